//! kneewise-core: running watch files in, training load and overuse risk factors out.
//!
//! The whole line in one example, from the bytes of a file to what the rules say:
//!
//! ```
//! use kneewise_core::run::{SESSION_GAP_S, sessions};
//! use kneewise_core::{Run, Runner, Settings, analyze, read};
//!
//! # let gpx = br#"<gpx version="1.1"><trk><type>running</type><trkseg>
//! #   <trkpt lat="47.0" lon="8.0"><time>2026-03-01T07:30:00Z</time></trkpt>
//! #   <trkpt lat="47.001" lon="8.0"><time>2026-03-01T07:30:40Z</time></trkpt>
//! # </trkseg></trk></gpx>"#;
//! # let bytes = &gpx[..];
//! let contents = read(bytes)?;
//! let runs: Vec<Run> = (contents.activities.iter())
//!     .filter_map(|activity| Run::from_activity(activity, "morning.gpx", None))
//!     .collect();
//! let runs = sessions(runs, SESSION_GAP_S);
//! let as_of = runs[0].local_date;
//! let report = analyze(runs, &Runner::default(), &Settings::default(), as_of);
//! for finding in &report.findings {
//!     println!("{}: {:?} {}", finding.rule, finding.outcome, finding.message);
//! }
//! # Ok::<(), kneewise_core::ReadError>(())
//! ```
//!
//! What was recorded, a column a channel:
//!
//! ```
//! use kneewise_core::activity::Channel;
//! use kneewise_core::read;
//!
//! # let gpx = br#"<gpx version="1.1"><trk><trkseg>
//! #   <trkpt lat="47.0" lon="8.0"><ele>410</ele><time>2026-03-01T07:30:00Z</time></trkpt>
//! #   <trkpt lat="47.001" lon="8.0"><ele>412</ele><time>2026-03-01T07:30:40Z</time></trkpt>
//! # </trkseg></trk></gpx>"#;
//! # let bytes = &gpx[..];
//! for activity in read(bytes)?.activities {
//!     let samples = &activity.samples;
//!     for (i, metres) in samples.recorded(Channel::Altitude) {
//!         println!("{} s: {metres} m", samples.time_s()[i]);
//!     }
//!     for column in samples.developer() {
//!         println!("{} in {}: {} values", column.name, column.unit, column.values.len());
//!     }
//!     activity.splits.iter().for_each(|split| println!("{:?} from {} s", split.kind, split.span.from_s));
//!     activity.notes.iter().for_each(|note| println!("note: {note}"));
//! #   assert_eq!((samples.recorded(Channel::Altitude).count(), activity.notes.is_empty()), (2, false));
//! }
//! # Ok::<(), kneewise_core::ReadError>(())
//! ```
//!
//! The data follows one line, and the modules stand in its order:
//!
//! * [`mod@read`] makes an [`Activity`] of a FIT, GPX or TCX file; nothing after it knows a format.
//! * [`metric`] and [`form`] make a [`Run`] of it: numbers with what they rest on, no samples.
//! * [`run::sessions`] joins a warm-up, a race and its cool-down.
//! * [`TrainingLog`] puts the runs on the runner's days and weeks; [`load`] says what each adds and what follows from it
//!   over days, [`baseline`] how its form differs from the runner's own.
//! * [`rule`] holds the overuse rules, [`analyze`] asks them all and gives a [`Report`].
//!
//! This crate does no input or output of its own: no paths, clock, environment, threads or time zone of
//! the machine. Files, folders and archives are `kneewise-import`'s; text, HTML and charts are `kneewise-report`'s;
//! data frames are `kneewise-frame`'s.

pub mod activity;
mod altitude;
pub mod article;
pub mod baseline;
pub mod before_pain;
pub mod card;
mod catch_up;
mod climb;
mod doc;
pub mod form;
mod grade;
pub mod heart_rate;
mod heart_rate_quality;
mod limits;
pub mod load;
pub mod log;
mod median;
pub mod metric;
pub mod read;
pub mod reference;
pub mod report;
pub mod rule;
pub mod run;
pub mod runner;
mod sample_time;
pub mod split;
pub mod sport;
pub mod time;
pub mod trace;
pub mod triage;
pub mod unit;
pub mod witness;
pub mod zones;

pub use activity::Activity;
pub use log::TrainingLog;
pub use read::{Contents, ReadError, read};
pub use report::{Finding, Report, Settings, analyze, analyze_with};
pub use run::Run;
pub use runner::Runner;
