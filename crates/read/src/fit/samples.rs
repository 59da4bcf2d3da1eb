//! From records to samples: in order, each moment once, cadence in one piece, channels from
//! wherever the file has them.

use crate::activity::{Channel, DeveloperColumn, Samples};

use crate::clock::{Moves, Recorded};

use super::decode::Decoded;
use super::developer::DeveloperField;
use super::profile;
use super::records::Records;

/// What was done to a series to make it one.
#[derive(Clone, Copy, Default)]
pub(super) struct Tidied {
    /// Records that stood before an earlier one.
    pub reordered: usize,
    /// Records that were joined with another of the same second.
    pub joined: usize,
}

/// Puts the records in order of time, joins those that are one, and gives them the heart rate that
/// a strap handed over later.
pub(super) fn tidy(decoded: &mut Decoded) -> Tidied {
    let records = &mut decoded.records;
    let tidied = Tidied { reordered: sort_by_time(records), joined: join_doubled(records) };
    if !decoded.beats.is_empty() {
        let heart_rate = std::mem::take(&mut decoded.beats).at(&records.timestamps);
        records.columns.resize_with(records.columns.len().max(profile::FIRST_DEVELOPER), Vec::new);
        let column = &mut records.columns[Channel::HeartRate as usize];
        column.resize(records.timestamps.len(), f64::NAN);
        column.iter_mut().zip(heart_rate).filter(|(_, bpm)| !bpm.is_nan()).for_each(|(slot, bpm)| *slot = bpm);
    }
    tidied
}

/// Moves records that were written on another clock to where they stand in the file.
pub(super) fn set_clock_right(records: &mut Records) -> Moves {
    let times = &mut records.timestamps;
    if times.is_sorted() {
        return Moves::default();
    }
    let time_s: Vec<f64> = times.iter().map(|time| f64::from(*time)).collect();
    let column = |channel: Channel| records.columns.get(channel as usize).map_or(&[][..], Vec::as_slice);
    let recorded = Recorded {
        time_s: &time_s,
        lat: column(Channel::Latitude),
        lon: column(Channel::Longitude),
        distance: column(Channel::Distance),
    };
    let moves = recorded.moves();
    if !moves.is_empty() {
        for (row, time) in times.iter_mut().enumerate() {
            *time = (f64::from(*time) + moves.of(row)) as u32;
        }
    }
    moves
}

fn sort_by_time(records: &mut Records) -> usize {
    let out_of_order = records.timestamps.windows(2).filter(|pair| pair[1] < pair[0]).count();
    if out_of_order > 0 {
        let mut order: Vec<usize> = (0..records.timestamps.len()).collect();
        order.sort_by_key(|&i| records.timestamps[i]);
        pick(records, &order);
    }
    out_of_order
}

/// Joins records of one second that do not contradict each other: some devices write one twice, or
/// one for each sensor. Left apart, all but the first of a second would last no time and count for
/// nothing.
fn join_doubled(records: &mut Records) -> usize {
    let times = &records.timestamps;
    if times.windows(2).all(|pair| pair[0] != pair[1]) {
        return 0;
    }
    let mut columns: Vec<&mut Vec<f64>> = records.columns.iter_mut().filter(|c| !c.is_empty()).collect();
    let mut kept: Vec<usize> = Vec::with_capacity(times.len());
    for row in 0..times.len() {
        let twin = kept.last().copied().filter(|&last| times[last] == times[row]);
        let agrees = |column: &&mut Vec<f64>, last: usize| {
            column[last].is_nan() || column[row].is_nan() || column[last] == column[row]
        };
        match twin.filter(|&last| columns.iter().all(|column| agrees(column, last))) {
            Some(last) => {
                for column in columns.iter_mut().filter(|column| column[last].is_nan()) {
                    column[last] = column[row];
                }
            }
            None => kept.push(row),
        }
    }
    let joined = times.len() - kept.len();
    if joined > 0 {
        pick(records, &kept);
    }
    joined
}

/// Makes `rows` the rows of the series, in that order.
fn pick(records: &mut Records, rows: &[usize]) {
    records.timestamps = rows.iter().map(|&i| records.timestamps[i]).collect();
    for column in records.columns.iter_mut().filter(|c| !c.is_empty()) {
        *column = rows.iter().map(|&i| column[i]).collect();
    }
}

/// The samples of records in order, their times counted from the start of the activity as the
/// device gives it (FIT seconds); records can lie before it. Also names the developer fields that
/// filled a channel.
pub(super) fn samples(records: Records, start: i64) -> (Samples, Vec<String>) {
    let mut samples = Samples::new(records.timestamps.iter().map(|t| (i64::from(*t) - start) as f64).collect());
    let mut columns = records.columns;
    columns.resize_with(profile::FIRST_DEVELOPER + records.developer.len(), Vec::new);
    let developer = columns.split_off(profile::FIRST_DEVELOPER);
    let fraction = columns.pop().unwrap_or_default();
    let mut cadence = columns.pop().unwrap_or_default();
    if !fraction.is_empty() && !cadence.is_empty() {
        cadence.iter_mut().zip(&fraction).filter(|(_, f)| !f.is_nan()).for_each(|(c, f)| *c += f);
    }
    drop(fraction);
    columns[Channel::StepRate as usize] = cadence;
    for (channel, column) in Channel::ALL.iter().copied().zip(columns).filter(|(_, column)| !column.is_empty()) {
        samples.set(channel, column);
    }
    let mut stand_ins = Vec::new();
    for (field, values) in records.developer.into_iter().zip(developer).filter(|(_, values)| !values.is_empty()) {
        stand_ins.extend(stand_in(&mut samples, &field, &values));
        samples.push_developer(DeveloperColumn { name: field.name, unit: field.unit, values });
    }
    (samples, stand_ins)
}

/// Fills a channel that the device did not record from the developer field that stands for it.
fn stand_in(samples: &mut Samples, field: &DeveloperField, values: &[f64]) -> Option<String> {
    let (channel, factor) = field.stands_for()?;
    // Pods write 0 while the runner stands.
    let is_measured = values.iter().any(|value| *value > 0.0);
    if samples.column(channel).is_some() || !is_measured {
        return None;
    }
    samples.set(channel, values.iter().map(|value| value * factor).collect());
    Some(format!("{} ({})", field.name, field.unit))
}
