//! kneewise-read: bytes of FIT, GPX and TCX files in, activities out.
//!
//! ```
//! use kneewise_read::activity::Channel;
//! use kneewise_read::read;
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
//! # Ok::<(), kneewise_read::ReadError>(())
//! ```
//!
//! Nothing after this crate knows a file format. It does no input or output of its own.
//!
//! A format is one module with `is`, which knows it by its first bytes, and `read`. Each reader
//! fills an [`Activity`] with what the file says; `clean::finish` then does for all formats alike
//! what does not depend on one: order, distance and speed from positions, and the basis of cadence.

mod cadence;
mod clean;
pub mod climb;
mod clock;
mod columns;
mod doubled;
pub mod fit;
mod geodesy;
mod gpx;
mod gpx_totals;
mod model;
mod recorded;
mod tcx;
mod way;
mod xml;

pub use activity::Activity;
pub use model::{activity, limits, sample_time, sport, surface, time, unit, witness};
pub use recorded::{Columns, WrongLength};

use crate::activity::{Format, Note, NoteKind};
use crate::sport::{Sport, SubSport};

/// What a file held.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Contents {
    /// The format, by the file's first bytes.
    pub format: Format,
    /// The activities in it, of every sport, in the file's order.
    pub activities: Vec<Activity>,
    /// What a user should know about the file as a whole; damage is said here.
    pub notes: Vec<Note>,
}

/// Why a file gave no activity.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are not of a format that is read here.
    #[error("neither FIT, GPX nor TCX by its content")]
    UnknownFormat,
    /// A whole file of something else, such as a course or a watch's settings.
    #[error("{format} file with {kind}{}: no activity", if *is_damaged { ", damaged" } else { "" })]
    NotAnActivity {
        /// The format.
        format: Format,
        /// What it holds instead.
        kind: String,
        /// Whether something is wrong with it besides.
        is_damaged: bool,
    },
    /// The file is damaged, and only whole ones were asked for.
    #[error("{format} file that is damaged: {problem}")]
    NotWhole {
        /// The format.
        format: Format,
        /// What is wrong with it.
        problem: String,
    },
    /// The format was recognised but nothing in the file could be read as an activity.
    #[error("{format} file without anything readable: {problem} at byte {offset}")]
    Damaged {
        /// The format.
        format: Format,
        /// Where reading came to its end.
        offset: u64,
        /// What was wrong there.
        problem: String,
    },
    /// The file asks for something that is not done for any file.
    #[error("{format} file refused: {problem}, at byte {offset}")]
    Refused {
        /// The format.
        format: Format,
        /// Where it asks for it.
        offset: u64,
        /// What it asks for.
        problem: String,
    },
}

impl ReadError {
    /// Returns whether the file is whole, and simply holds no activity.
    pub fn is_not_an_activity(&self) -> bool {
        matches!(self, Self::NotAnActivity { .. } | Self::UnknownFormat)
    }
}

/// Returns the format of a file by its first bytes; its name does not matter.
pub fn sniff(bytes: &[u8]) -> Option<Format> {
    if fit::is(bytes) {
        return Some(Format::Fit);
    }
    match xml::root_name(bytes)?.as_slice() {
        b"gpx" => Some(Format::Gpx),
        b"TrainingCenterDatabase" => Some(Format::Tcx),
        _ => None,
    }
}

/// How a file is read where there is a choice.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Options {
    /// Take activities whose file names no sport for runs. Many GPX files name none.
    pub untyped_are_runs: bool,
    /// Refuse a file with any damage, instead of keeping what could be read of it.
    pub strict: bool,
}

/// Reads every activity in a FIT, GPX or TCX file.
///
/// Damage costs only what is damaged: what could be read comes out, and a note of kind
/// [`Damage`](crate::activity::NoteKind::Damage) says where and what was lost.
///
/// # Errors
/// [`ReadError`] when not a single activity could be read.
pub fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    read_with(bytes, &Options::default())
}

/// Reads every activity in a file as the options say.
///
/// # Errors
/// [`ReadError`] when not a single activity could be read, or the file is damaged and only whole
/// ones were asked for.
///
/// ```
/// use kneewise_read::{Options, ReadError, read, read_with};
/// let cut = br#"<gpx><trk><trkseg><trkpt lat="30" lon="-40"><time>2026-05-09T07:00:00Z</time></trkpt><trkpt la"#;
/// assert_eq!(read(cut).unwrap().activities.len(), 1);
/// let strict = Options { strict: true, ..Options::default() };
/// assert!(matches!(read_with(cut, &strict), Err(ReadError::NotWhole { .. })));
/// ```
pub fn read_with(bytes: &[u8], options: &Options) -> Result<Contents, ReadError> {
    let read = match sniff(bytes).ok_or(ReadError::UnknownFormat)? {
        Format::Fit => fit::read(bytes),
        Format::Gpx => gpx::read(bytes),
        Format::Tcx => tcx::read(bytes),
        Format::Samples => return Err(ReadError::UnknownFormat),
    };
    let mut contents = match read {
        Err(ReadError::NotAnActivity { format, kind, is_damaged: true }) if options.strict => {
            return Err(ReadError::NotWhole { format, problem: format!("{kind}, damaged") });
        }
        read => read?,
    };
    doubled::leave_out(&mut contents.activities, &mut contents.notes);
    if options.strict {
        let of_activities = contents.activities.iter().flat_map(|activity| &activity.notes);
        let mut notes = contents.notes.iter().chain(of_activities);
        if let Some(damage) = notes.find(|note| note.kind == NoteKind::Damage) {
            return Err(ReadError::NotWhole { format: contents.format, problem: damage.text.clone() });
        }
    }
    let activities = std::mem::take(&mut contents.activities).into_iter();
    contents.activities = activities.flat_map(clean::parts).collect();
    for activity in &mut contents.activities {
        settle_sport(activity, options.untyped_are_runs);
        clean::finish(activity);
        if activity.sport == Sport::Running && !activity.has_measurements() {
            let text = "it holds the times of its samples and nothing that was measured; not counted as a run";
            activity.notes.push(Note::new(NoteKind::Samples, text));
        }
        if !activity.is_dated() {
            let text = format!(
                "the device's clock was not set (it says {}), so this is not counted among the runs",
                activity.start
            );
            activity.notes.push(Note::new(NoteKind::Clock, text));
        }
    }
    Ok(contents)
}

/// Says of an activity without a sport what becomes of it.
fn settle_sport(activity: &mut Activity, untyped_are_runs: bool) {
    if is_run_by_sub_sport(activity) {
        let text =
            format!("the file calls it {}, {}; taken for a run", activity.sport.name(), activity.sub_sport.name());
        activity.sport = Sport::Running;
        activity.notes.push(Note::new(NoteKind::Sport, text));
    }
    if activity.sport != Sport::Generic {
        return;
    }
    let text = if untyped_are_runs {
        activity.sport = Sport::Running;
        "the file names no sport; taken for a run, as asked"
    } else {
        "the file names no sport, so it is not counted as a run"
    };
    activity.notes.push(Note::new(NoteKind::Sport, text));
}

/// Watches that know no running on a treadmill call it a machine, and name the machine.
fn is_run_by_sub_sport(activity: &Activity) -> bool {
    matches!(activity.sport, Sport::Generic | Sport::FitnessEquipment)
        && matches!(
            activity.sub_sport,
            SubSport::Treadmill | SubSport::IndoorRunning | SubSport::Street | SubSport::Track | SubSport::Trail
        )
}
