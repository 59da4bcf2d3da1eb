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
//!     .filter_map(|activity| Run::from_activity(activity, "morning.gpx", None).ok())
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
//! The data follows one line, and the modules stand in its order:
//!
//! * [`kneewise_read`] makes an [`Activity`] of a FIT, GPX or TCX file; nothing after it knows a
//!   format.
//! * [`measure`] makes a [`Run`] of it: numbers with what they rest on, no samples.
//! * [`run::sessions`] joins a warm-up, a race and its cool-down.
//! * [`TrainingLog`] puts the runs on the runner's days and weeks; [`load`] says what each adds and
//!   what follows from it over days, [`baseline`] how its form differs from the runner's own.
//! * [`rule`] holds the overuse rules, [`analyze`] asks them all and gives a [`Report`].
//!
//! This crate does no input or output of its own: no paths, clock, environment, threads or time
//! zone of the machine. Files, folders and archives are `kneewise-import`'s; text, HTML and charts
//! are `kneewise-report`'s; data frames are `kneewise-frame`'s.

pub mod baseline;
pub mod columns;
mod doc;
pub mod knowledge;
pub mod load;
pub mod log;
pub mod measure;
pub mod report;
pub mod rule;
pub mod run;
pub mod runner;
pub mod triage;

pub use kneewise_read::{Activity, Contents, ReadError, read};
pub use log::TrainingLog;
pub use report::{Finding, Report, Settings, analyze, analyze_with};
pub use run::Run;
pub use runner::Runner;
