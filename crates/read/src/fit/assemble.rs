//! Makes activities of the decoded messages: one for each session, with the records of its time.

use crate::fit::protocol::EPOCH_UNIX_S;

use crate::activity::{Activity, Device, Format, Lap, Note, NoteKind, Span, Split, SplitKind, Totals};
use crate::clock::Moves;
use crate::sport::{Sport, SubSport};
use crate::time::Timestamp;

use super::decode::Decoded;
use super::developer;
use super::fields::Message;
use super::profile::{self, TotalsFields, field, message};
use super::records::Records;
use super::samples::{self, Tidied};
use super::wearer;

/// What a sequence holds.
pub(super) struct Assembled {
    pub activities: Vec<Activity>,
    /// Activities beyond those that were asked for.
    pub left_out: usize,
    /// What a user should know about the sequence as a whole.
    pub notes: Vec<Note>,
}

/// At most so many activities of a sequence; else what other kind of file it is, or `None` for one
/// of an activity in which nothing is recorded.
pub(super) fn activities(mut decoded: Decoded, at_most: usize) -> Result<Assembled, Option<&'static str>> {
    let notes = of_another_kind(&decoded).map_err(Some)?.into_iter().collect();
    let untimed = decoded.records.untimed;
    let moves = samples::set_clock_right(&mut decoded.records);
    let (mut activities, left_out) = without_samples(&decoded, at_most);
    if activities.is_empty() && left_out == 0 {
        return Err((untimed > 0).then_some("samples without a time"));
    }
    if activities.is_empty() {
        return Ok(Assembled { activities, left_out, notes });
    }
    let tidied = samples::tidy(&mut decoded);
    let Decoded { mut records, messages, .. } = decoded;
    developer::name_the_nameless(&mut records.developer);
    share_out(records, &mut activities);
    let of_file = OfFile::of(&messages);
    let starts: Vec<Timestamp> = activities.iter().map(|a| a.start).collect();
    for (i, activity) in activities.iter_mut().enumerate() {
        activity.wearer = wearer::of(&messages, i);
        of_file.give(activity, i == 0, starts.get(i + 1).copied());
        if activity.sport == Sport::Generic {
            let (start, next_start) = (activity.start, starts.get(i + 1).copied());
            let is_own = |time: Timestamp| (i == 0 || time >= start) && next_start.is_none_or(|next| time < next);
            let laps = messages.iter().filter(|m| m.number == message::LAP);
            (activity.sport, activity.sub_sport) =
                sport_of_laps(laps, is_own).unwrap_or((activity.sport, activity.sub_sport));
        }
        activity.notes.extend(tidying(untimed, tidied, &moves));
    }
    Ok(Assembled { activities, left_out, notes })
}

/// That a file of another kind holds a recorded session after all; `Err` with its kind where it
/// does not.
fn of_another_kind(decoded: &Decoded) -> Result<Option<Note>, &'static str> {
    let Some(other) = file_type(&decoded.messages).filter(|t| *t != FILE_TYPE_ACTIVITY) else { return Ok(None) };
    let kind = profile::file_kind(other);
    let has_session = decoded.messages.iter().any(|m| m.number == message::SESSION);
    if !has_session || decoded.records.timestamps.is_empty() {
        return Err(kind);
    }
    let text = format!("the file calls itself one of {kind}, but holds a recorded session: read as an activity");
    Ok(Some(Note::new(NoteKind::Damage, text)))
}

/// What a file tells beside its records, each list in order of time.
struct OfFile {
    device: Option<Device>,
    utc_offset_s: Option<i32>,
    pauses: Vec<(Timestamp, Timestamp)>,
    splits: Vec<(Timestamp, SplitKind, f64)>,
    laps: Vec<(Timestamp, Totals)>,
}

impl OfFile {
    fn of(messages: &[Message]) -> Self {
        let of = |number: u16| messages.iter().filter(move |m| m.number == number);
        let mut splits: Vec<_> = of(message::SPLIT).filter_map(split).collect();
        splits.sort_by_key(|(from, ..)| *from);
        let mut laps: Vec<(Timestamp, Totals)> = of(message::LAP).filter_map(lap).collect();
        laps.sort_by_key(|(start, _)| *start);
        Self { device: device(messages), utc_offset_s: utc_offset_s(messages), pauses: pauses(messages), splits, laps }
    }

    /// Gives an activity what lies between its start and that of the next; the first has what comes
    /// before it as well.
    fn give(&self, activity: &mut Activity, is_first: bool, next_start: Option<Timestamp>) {
        let start = activity.start;
        let is_before_next = |t: Timestamp| next_start.is_none_or(|next| t < next);
        activity.device.clone_from(&self.device);
        activity.utc_offset_s = self.utc_offset_s;
        let first_lap = if is_first { 0 } else { self.laps.partition_point(|(lap_start, _)| *lap_start < start) };
        let own_laps = self.laps[first_lap..].iter().take_while(|(lap_start, _)| is_before_next(*lap_start));
        let own_lap = |(lap_start, totals): &(Timestamp, Totals)| Lap {
            start_s: lap_start.seconds_since(start),
            totals: totals.clone(),
        };
        activity.laps = own_laps.map(own_lap).collect();
        let first_pause = self.pauses.partition_point(|(_, to)| *to <= start);
        let own_pauses = self.pauses[first_pause..].iter().take_while(|(from, _)| is_before_next(*from));
        let own_pause = |(from, to): &(Timestamp, Timestamp)| Span {
            from_s: from.seconds_since(start).max(0.0),
            to_s: next_start.map_or(*to, |next| *to.min(&next)).seconds_since(start),
        };
        activity.pauses = own_pauses.map(own_pause).collect();
        let own_split = |(from, kind, seconds): &(Timestamp, SplitKind, f64)| {
            let from_s = from.seconds_since(start);
            Split { kind: *kind, span: Span { from_s, to_s: from_s + seconds } }
        };
        let first_split = if is_first { 0 } else { self.splits.partition_point(|(from, ..)| *from < start) };
        let own_splits = self.splits[first_split..].iter().take_while(|(from, ..)| is_before_next(*from));
        activity.splits = own_splits.map(own_split).collect();
    }
}

/// What was done to the records of a file.
fn tidying(untimed: usize, tidied: Tidied, moves: &Moves) -> impl Iterator<Item = Note> {
    let counted = [
        ("samples left out for want of a time", untimed),
        ("samples that stood out of order in the file, now sorted by time", tidied.reordered),
        ("samples joined with another of the same second", tidied.joined),
    ];
    let told = counted.into_iter().filter(|(_, n)| *n > 0);
    let told = told.map(|(text, n)| Note::counted(NoteKind::Samples, text, n));
    told.chain(moves.notes())
}

const FILE_TYPE_ACTIVITY: u8 = 4;

fn file_type(messages: &[Message]) -> Option<u8> {
    messages.iter().filter(|m| m.number == message::FILE_ID).find_map(|m| m.code(field::FILE_ID_TYPE))
}

/// The activities with what their summaries say, in order of time, or what can be made of a
/// recording that ended before the watch wrote a summary; and how many there are beyond `at_most`.
fn without_samples(decoded: &Decoded, at_most: usize) -> (Vec<Activity>, usize) {
    let times = &decoded.records.timestamps;
    let sessions = decoded.messages.iter().filter(|m| m.number == message::SESSION);
    let mut sessions: Vec<(u32, &Message)> = sessions.filter_map(|m| Some((session_start(m, times)?, m))).collect();
    sessions.sort_by_key(|(start, _)| *start);
    // Some watches sum up a session more than once, at first what there is by then: the longest
    // tells all of it.
    sessions.dedup_by(|later, earlier| {
        let is_again =
            later.0 == earlier.0 && later.1.code(field::SESSION_SPORT) == earlier.1.code(field::SESSION_SPORT);
        if is_again && length_s(later.1) > length_s(earlier.1) {
            earlier.1 = later.1;
        }
        is_again
    });
    let mut activities = match sessions.as_slice() {
        [] if times.is_empty() => of_laps(&decoded.messages, at_most),
        [] => without_session(&decoded.records, &decoded.messages, at_most),
        sessions => sessions
            .iter()
            .take(at_most)
            .filter_map(|(start, m)| from_session(m, *start, sport_since(*start, decoded)))
            .collect(),
    };
    trust_the_samples(&mut activities, times);
    (activities, sessions.len().saturating_sub(at_most))
}

/// When a session began: by its own word; else its end less its length; else with its first record.
fn session_start(m: &Message, times: &[u32]) -> Option<u32> {
    let by_its_end = || Some(m.timestamp?.saturating_sub(length_s(m)? as u32));
    let stated = m.number(profile::SESSION_TOTALS.start_time).map(|s| s as u32);
    stated.or_else(by_its_end).or(times.iter().min().copied()).or(m.timestamp)
}

/// How long a session took by its own word.
fn length_s(m: &Message) -> Option<f64> {
    m.number(profile::SESSION_TOTALS.elapsed).or(m.number(profile::SESSION_TOTALS.timer))
}

/// A watch may wait this long (seconds) from its start for a first sample, or go on after its
/// summary.
const LONGEST_WAIT_S: f64 = 900.0;

/// A lone session whose samples all lie outside the time that it says it took began with them: its
/// clock was set meanwhile, or the byte is damaged. Left as it is, it would seem to last over other
/// days' runs.
fn trust_the_samples(activities: &mut [Activity], times: &[u32]) {
    let ([activity], Some(first), Some(last)) = (activities, times.iter().min(), times.iter().max()) else { return };
    let (Some(first), Some(last)) = (instant(*first), instant(*last)) else { return };
    let length_s = activity.totals.elapsed_s.or(activity.totals.timer_s).unwrap_or(0.0);
    let is_after = first.seconds_since(activity.start) > length_s + LONGEST_WAIT_S;
    let is_before = last.seconds_since(activity.start) < -LONGEST_WAIT_S;
    if is_after || is_before {
        let text =
            format!("begins with its first sample: the start that the watch wrote, {}, is far from it", activity.start);
        activity.notes.push(Note::new(NoteKind::Samples, text));
        activity.start = first;
    }
}

fn instant(fit_seconds: u32) -> Option<Timestamp> {
    Timestamp::from_unix_s(EPOCH_UNIX_S + i64::from(fit_seconds))
}

/// What the watch was switched to at a time, or at first.
fn sport_since(start: u32, decoded: &Decoded) -> (Sport, SubSport) {
    let times = &decoded.records.timestamps;
    let mut switches = decoded.messages.iter().filter(|m| m.number == message::SPORT);
    let is_by_then = |m: &&Message| times.get(m.records_before).is_some_and(|time| *time <= start);
    let by_then = switches.clone().rfind(is_by_then);
    by_then.or_else(|| switches.next()).map_or((Sport::Generic, SubSport::Generic), sport)
}

/// What a `sport` message says.
fn sport(m: &Message) -> (Sport, SubSport) {
    let sport = m.code(field::SPORT_SPORT).map_or(Sport::Generic, Sport::from_fit_code);
    (sport, m.code(field::SPORT_SUB_SPORT).map_or(SubSport::Generic, SubSport::from_fit_code))
}

/// The sport that all laps of a session name, where its summary names none.
fn sport_of_laps<'m>(
    laps: impl Iterator<Item = &'m Message>,
    is_own: impl Fn(Timestamp) -> bool,
) -> Option<(Sport, SubSport)> {
    let named = |m: &Message| {
        lap_start(m).filter(|start| is_own(*start))?;
        let sport = Sport::from_fit_code(m.code(field::LAP_SPORT)?);
        let sub_sport = m.code(field::LAP_SUB_SPORT).map_or(SubSport::Generic, SubSport::from_fit_code);
        Some((sport, sub_sport)).filter(|(sport, _)| *sport != Sport::Generic)
    };
    let mut named = laps.filter_map(named);
    let first = named.next()?;
    named.all(|other| other.0 == first.0).then_some(first)
}

/// A session; where it names no sport, that of the file's `sport` message.
fn from_session(m: &Message, start: u32, switched_to: (Sport, SubSport)) -> Option<Activity> {
    let mut activity = Activity::new(Format::Fit, instant(start)?);
    (activity.sport, activity.sub_sport) = match m.code(field::SESSION_SPORT) {
        None => switched_to,
        Some(code) => {
            let sub_sport = m.code(field::SESSION_SUB_SPORT).map_or(SubSport::Generic, SubSport::from_fit_code);
            (Sport::from_fit_code(code), sub_sport)
        }
    };
    activity.totals = totals(m, &profile::SESSION_TOTALS);
    activity.totals.perceived_exertion = m.number(field::SESSION_WORKOUT_RPE);
    activity.totals.feel = m.number(field::SESSION_WORKOUT_FEEL).filter(|feel| *feel <= 100.0);
    Some(activity)
}

/// What remains of a recording that ended before the watch wrote its summary: an activity, or one
/// for each sport that the watch was switched to.
fn without_session(records: &Records, messages: &[Message], at_most: usize) -> Vec<Activity> {
    let switches = messages.iter().filter(|m| m.number == message::SPORT);
    let mut begins: Vec<(usize, (Sport, SubSport))> = switches.map(|m| (m.records_before, sport(m))).collect();
    begins.dedup_by(|later, earlier| later.1 == earlier.1);
    // Of two sports without a record between them the later one is meant.
    begins.dedup_by(|later, earlier| {
        let at_once = later.0 == earlier.0;
        if at_once {
            earlier.1 = later.1;
        }
        at_once
    });
    match begins.first_mut() {
        Some(first) => first.0 = 0,
        None => begins.push((0, (Sport::Generic, SubSport::Generic))),
    }
    // The last of many takes the records of all that would follow.
    begins.truncate(at_most);
    let begun = begins.into_iter().filter_map(|(row, sport)| {
        let mut activity = Activity::new(Format::Fit, instant(*records.timestamps.get(row)?)?);
        (activity.sport, activity.sub_sport) = sport;
        let text = "the watch wrote no summary of the activity; its totals are worked out from the samples";
        activity.notes.push(Note::new(NoteKind::Samples, text));
        Some(activity)
    });
    let mut activities: Vec<Activity> = begun.collect();
    activities.sort_by_key(|activity| activity.start);
    activities
}

/// What the laps tell where nothing else is left of a recording: an activity, or one for each sport
/// that they name in turn.
fn of_laps(messages: &[Message], at_most: usize) -> Vec<Activity> {
    let laps = messages.iter().filter(|m| m.number == message::LAP);
    let mut laps: Vec<(Timestamp, Option<u8>)> =
        laps.filter_map(|m| Some((lap_start(m)?, m.code(field::LAP_SPORT)))).collect();
    laps.sort_by_key(|(start, _)| *start);
    let switched_to = messages.iter().find(|m| m.number == message::SPORT).map(sport);
    let activity = |laps: &[(Timestamp, Option<u8>)]| {
        let mut activity = Activity::new(Format::Fit, laps[0].0);
        if let Some((sport, sub_sport)) = switched_to.filter(|_| laps[0].1.is_none()) {
            (activity.sport, activity.sub_sport) = (sport, sub_sport);
        }
        let text = "the watch wrote neither a summary nor samples; the totals are those of the laps";
        activity.notes.push(Note::new(NoteKind::Samples, text));
        activity
    };
    let is_one_sport = |a: Option<u8>, b: Option<u8>| a.is_none() || b.is_none() || a == b;
    laps.chunk_by(|a, b| is_one_sport(a.1, b.1)).take(at_most).map(activity).collect()
}

/// Cadence and steps are in the file's own count here, strides for runs; `clean` makes them steps.
fn totals(m: &Message, f: &TotalsFields) -> Totals {
    let plus_fraction = |whole: Option<f64>, fraction: u8| whole.map(|w| w + m.number(fraction).unwrap_or(0.0));
    Totals {
        distance_m: m.number(f.distance),
        timer_s: m.number(f.timer),
        elapsed_s: m.number(f.elapsed),
        moving_s: m.number(f.moving),
        ascent_m: m.number(f.ascent),
        descent_m: m.number(f.descent),
        avg_heart_rate_bpm: m.number(f.avg_heart_rate),
        max_heart_rate_bpm: m.number(f.max_heart_rate),
        avg_step_rate_spm: plus_fraction(m.number(f.avg_cadence), f.avg_fractional_cadence),
        steps: plus_fraction(m.number(f.cycles), f.fractional_cycles),
        perceived_exertion: None,
        feel: None,
    }
}

fn lap(m: &Message) -> Option<(Timestamp, Totals)> {
    Some((lap_start(m)?, totals(m, &profile::LAP_TOTALS)))
}

/// When a lap began: by its own word, else its end less its length.
fn lap_start(m: &Message) -> Option<Timestamp> {
    let own = &profile::LAP_TOTALS;
    let length_s = || m.number(own.elapsed).or(m.number(own.timer)).unwrap_or(0.0);
    let by_its_end = || Some(m.timestamp?.saturating_sub(length_s() as u32));
    instant(m.number(own.start_time).map(|s| s as u32).or_else(by_its_end)?)
}

/// A stretch that the watch took for running, walking, warming up and so on, and how long it
/// lasted.
fn split(m: &Message) -> Option<(Timestamp, SplitKind, f64)> {
    let kind = match m.code(field::SPLIT_TYPE)? {
        3 | 12 => SplitKind::Work,
        4 | 7 | 13 => SplitKind::Rest,
        5 => SplitKind::WarmUp,
        6 => SplitKind::CoolDown,
        17 => SplitKind::Run,
        18 => SplitKind::Walk,
        22 => SplitKind::Stand,
        _ => return None,
    };
    Some((instant(m.number(field::SPLIT_START_TIME)? as u32)?, kind, m.number(field::SPLIT_ELAPSED)?))
}

/// Gives each activity the records from its start to the next one's; the first also what came
/// before.
fn share_out(records: Records, activities: &mut [Activity]) {
    let starts: Vec<i64> = activities.iter().map(|a| a.start.unix_ms() / 1000 - EPOCH_UNIX_S).collect();
    let begins = |start: &i64| records.timestamps.partition_point(|t| i64::from(*t) < *start);
    let rows: Vec<usize> = std::iter::once(0).chain(starts[1..].iter().map(begins)).collect();
    for (records, (activity, start)) in records.split(&rows).into_iter().zip(activities.iter_mut().zip(starts)) {
        fill(activity, records, start);
    }
}

fn fill(activity: &mut Activity, records: Records, start: i64) {
    let (samples, stand_ins) = samples::samples(records, start);
    activity.samples = samples;
    if !stand_ins.is_empty() {
        let text = format!("taken from fields that an app or a pod added to the file: {}", stand_ins.join(", "));
        activity.notes.push(Note::new(NoteKind::Samples, text));
    }
}

/// The watch's clock against UTC, from the activity message that gives both.
fn utc_offset_s(messages: &[Message]) -> Option<i32> {
    let m = messages.iter().find(|m| m.number == message::ACTIVITY)?;
    let local = m.number(field::ACTIVITY_LOCAL_TIMESTAMP)?;
    let offset_s = local - f64::from(m.timestamp?);
    // Clocks stand at quarters of an hour; the two stamps may be some seconds apart. Watches that
    // write UTC twice say nothing: who does live by UTC has the zone of the first position for it.
    let quarters = (offset_s / 900.0).round();
    let is_plausible = quarters != 0.0 && quarters.abs() <= 14.0 * 4.0 && (offset_s - quarters * 900.0).abs() < 120.0;
    is_plausible.then(|| quarters as i32 * 900)
}

fn device(messages: &[Message]) -> Option<Device> {
    let creator = |m: &&Message| m.number == message::DEVICE_INFO && m.number(field::DEVICE_INFO_INDEX) == Some(0.0);
    let from = |m: &Message, maker: u8, product: u8, name: u8| {
        let maker = m.number(maker).map(|code| match profile::manufacturer(code as u16) {
            Some(known) => known.to_owned(),
            None => format!("maker {code}"),
        });
        let product =
            m.text(name).map(str::to_owned).or_else(|| m.number(product).map(|code| format!("product {code}")));
        Some(Device { manufacturer: maker?, product: product.unwrap_or_default() })
    };
    let of_file = messages
        .iter()
        .find(|m| m.number == message::FILE_ID)
        .and_then(|m| from(m, field::FILE_ID_MANUFACTURER, field::FILE_ID_PRODUCT, field::FILE_ID_PRODUCT_NAME));
    of_file.or_else(|| {
        let m = messages.iter().find(creator)?;
        from(m, field::DEVICE_INFO_MANUFACTURER, field::DEVICE_INFO_PRODUCT, field::DEVICE_INFO_PRODUCT_NAME)
    })
}

/// From each stop of the timer to its next start, in order.
fn pauses(messages: &[Message]) -> Vec<(Timestamp, Timestamp)> {
    const START: u8 = 0;
    const STOPS: [u8; 4] = [1, 4, 8, 9]; // stop, stop_all, stop_disable, stop_disable_all
    let mut stopped: Option<Timestamp> = None;
    let mut pauses = Vec::new();
    for m in messages.iter().filter(|m| m.number == message::EVENT) {
        let (Some(at), Some(kind)) = (m.timestamp.and_then(instant), m.code(field::EVENT_TYPE)) else { continue };
        if kind == START {
            if let Some(since) = stopped.take().filter(|since| *since < at) {
                pauses.push((since, at));
            }
        } else if STOPS.contains(&kind) {
            stopped.get_or_insert(at);
        }
    }
    // Events of a file whose clock was set while recording can stand out of order.
    pauses.sort_unstable();
    pauses.dedup_by(|later, earlier| {
        let overlap = later.0 <= earlier.1;
        if overlap {
            earlier.1 = earlier.1.max(later.1);
        }
        overlap
    });
    pauses
}
