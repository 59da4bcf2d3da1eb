//! The runner's diary: what was felt, and what no watch records.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::named::named;
use super::sign::Sign;
use crate::measure::metric::PERCEIVED_EXERTION;
use crate::run::Run;
use kneewise_read::time::DateExt;

/// Painful entries no further apart are of one pain (days). A heuristic.
pub const PAIN_GAP_DAYS: i64 = 10;

/// So many entries in a row that tell of no pain end it. A heuristic.
pub const QUIET_ENTRIES: usize = 3;

/// The entries of a diary, in order of their days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diary(Arc<Vec<Entry>>);

/// What the runner wrote of a day, or of a run on it. All but the day may be missing, which is not
/// 0 and not `no`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The day.
    pub date: Date,
    /// How much it hurt.
    pub pain: Pain,
    /// Which knee or leg.
    pub side: Option<Side>,
    /// Where it hurt.
    pub place: Option<Place>,
    /// How it began, where this is the first entry of a pain.
    pub onset: Option<Onset>,
    /// Whether the knee was swollen.
    pub swelling: Option<bool>,
    /// Whether it locked: stuck, and could not be bent or straightened.
    pub locking: Option<bool>,
    /// Whether it gave way.
    pub giving_way: Option<bool>,
    /// Whether a painkiller was taken before running: the score may then be too low.
    pub painkiller_before: Option<bool>,
    /// Whether a run was missed or cut short because of pain.
    pub missed_run: Option<bool>,
    /// The questions of [`crate::triage`] that were answered with yes; empty where all were
    /// answered with no, `None` where they were not asked.
    pub signs: Option<Vec<&'static Sign>>,
    /// Hours slept the night before.
    pub sleep_h: Option<f64>,
    /// How the sleep was, from 1 (very, very good) to 7 (very, very bad), as in Hooper's
    /// questionnaire.
    pub sleep_quality: Option<u8>,
    /// How hard the day's run was, from 0 to 10 on Borg's category-ratio scale.
    pub exertion_cr10: Option<f64>,
    /// Heart rate at rest in the morning, in beats per minute.
    pub resting_heart_rate_bpm: Option<f64>,
    /// Heart-rate variability in the morning (RMSSD), in milliseconds.
    pub hrv_ms: Option<f64>,
    /// Sessions of strength training on the day.
    pub strength_sessions: Option<u8>,
    /// Whatever else.
    pub note: String,
}

/// Pain from 0 (none) to 10 (the worst imaginable).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Pain {
    /// During the run.
    pub during: Option<u8>,
    /// In the hours after it.
    pub after: Option<u8>,
    /// The morning after the day of the entry.
    pub next_morning: Option<u8>,
}

impl Pain {
    /// Returns the worst of the three; `None` where none was told.
    pub fn worst(self) -> Option<u8> {
        self.during.max(self.after).max(self.next_morning)
    }
}

/// A side of the body.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Side {
    /// The left.
    Left,
    /// The right.
    Right,
    /// Both.
    Both,
}

/// Where it hurts. It names a place, and no structure below it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Place {
    /// On the inner side, in the gap between thigh and shin.
    InnerJointLine,
    /// On the inner side, two to four centimetres below that gap.
    InnerBelow,
    /// On the inner side, above that gap.
    InnerAbove,
    /// At the edge of the kneecap, or behind it.
    Kneecap,
    /// On the outer side.
    Outer,
    /// On the bone of the upper shin.
    ShinBone,
    /// Behind the knee.
    Back,
    /// All over the knee.
    Diffuse,
    /// Not at the knee.
    Elsewhere,
}

/// How a pain began.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Onset {
    /// At one moment: a twist, a blow, a fall.
    Sudden,
    /// Over days or weeks.
    Gradual,
    /// It has been there for months, on and off.
    LongStanding,
}

named!(Side {
    Left => "left", "left";
    Right => "right", "right";
    Both => "both", "both sides";
});

named!(Place {
    InnerJointLine => "inner-joint-line", "inner side, in the gap between thigh and shin";
    InnerBelow => "inner-below", "inner side, two to four centimetres below the gap";
    InnerAbove => "inner-above", "inner side, above the gap";
    Kneecap => "kneecap", "edge of the kneecap, or behind it";
    Outer => "outer", "outer side";
    ShinBone => "shin-bone", "bone of the upper shin";
    Back => "back", "behind the knee";
    Diffuse => "diffuse", "all over the knee";
    Elsewhere => "elsewhere", "not at the knee";
});

named!(Onset {
    Sudden => "sudden", "at one moment: a twist, a blow, a fall";
    Gradual => "gradual", "over days or weeks";
    LongStanding => "long-standing", "on and off for months";
});

impl Place {
    /// Returns whether it is at the knee.
    pub fn is_knee(self) -> bool {
        self != Self::Elsewhere
    }

    /// Returns whether it is on the inner side of the knee.
    pub fn is_inner_knee(self) -> bool {
        matches!(self, Self::InnerJointLine | Self::InnerBelow | Self::InnerAbove)
    }
}

impl Entry {
    /// Returns an entry that says nothing yet.
    pub fn on(date: Date) -> Self {
        Self { date, ..Self::default() }
    }

    /// Returns whether it tells of a knee: a place that is not told is taken for one.
    pub fn is_of_knee(&self) -> bool {
        self.place.is_none_or(Place::is_knee)
    }

    /// Returns whether every question of [`crate::triage`] was answered with no.
    pub fn has_no_signs(&self) -> bool {
        self.signs.as_ref().is_some_and(Vec::is_empty)
    }

    /// Returns the worst knee pain of the entry: a pain without a place is taken for the knee's.
    /// `None` where it tells of none, or of another place.
    pub fn knee_pain(&self) -> Option<u8> {
        self.pain.worst().filter(|_| self.is_of_knee())
    }

    /// Returns whether a run was missed or cut short because of the knee. Pain of 0 that day is no
    /// objection: rest keeps a knee quiet.
    pub fn missed_for_knee(&self) -> bool {
        self.missed_run == Some(true) && self.is_of_knee()
    }

    /// Returns whether it records anything about how a knee felt: a pain, 0 included, or a run
    /// missed for it.
    pub fn records_knee(&self) -> bool {
        self.knee_pain().is_some() || self.missed_for_knee()
    }

    /// Returns whether it tells of pain on the inner side of a knee.
    pub fn hurts_inside(&self) -> bool {
        self.knee_pain().is_some_and(|pain| pain > 0) && self.place.is_some_and(Place::is_inner_knee)
    }
}

impl Diary {
    /// Returns a diary of entries in any order; those of one day stay in theirs.
    ///
    /// A score beyond its scale, or a number that cannot be, counts as not given.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.iter_mut().for_each(Entry::settle);
        entries.sort_by_key(|entry| entry.date);
        Self(Arc::new(entries))
    }

    /// Returns the entries, in order of their days.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// Returns whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the entries of the days from `from` to `to`, both included.
    pub fn between(&self, from: Date, to: Date) -> &[Entry] {
        let begin = self.0.partition_point(|entry| entry.date < from);
        let end = self.0.partition_point(|entry| entry.date <= to);
        &self.0[begin..end.max(begin)]
    }

    /// Gives the runs of each day, which are in order of time, the exertions that its entries tell
    /// of.
    ///
    /// As many as there are sessions are one each, in order, and as many as there are recordings in
    /// them one a recording; of any other number the last is every session's. Where a day has one
    /// more, the first may have been written after midnight: it is the evening run's of the day
    /// before, where that has none.
    pub fn tell(&self, runs: &mut [Run]) {
        let exertions =
            |entries: &[Entry]| entries.iter().filter_map(|entry| entry.exertion_cr10).collect::<Vec<f64>>();
        let mut told: BTreeMap<Date, Vec<f64>> =
            self.0.chunk_by(|a, b| a.date == b.date).map(|day| (day[0].date, exertions(day))).collect();
        let mut days: BTreeMap<Date, Vec<&mut Run>> = BTreeMap::new();
        for run in runs {
            days.entry(run.local_date).or_default().push(run);
        }
        for (day, runs) in &days {
            let next = day.saturating_add_days(1);
            let lacks = |run: &Run| run.value(&PERCEIVED_EXERTION).is_none();
            let is_late = runs.last().is_some_and(|run| lacks(run) && ends_late(run));
            // Of the runs of a day the last one alone may lack an entry.
            let own = told.get(day).map_or(0, Vec::len);
            let lacks_one = own == 0 || own + 1 == runs.len();
            let of_next = days.get(&next).map_or(0, Vec::len);
            if let Some(after) = told.get_mut(&next).filter(|after| is_late && lacks_one && after.len() == of_next + 1)
            {
                let first = after.remove(0);
                told.entry(*day).or_default().push(first);
            }
        }
        for (day, runs) in days {
            let Some(told) = told.get(&day).filter(|told| !told.is_empty()) else { continue };
            let recordings: Vec<usize> = runs.iter().map(|run| run.parts().len()).collect();
            let mut left = told.iter().copied();
            let n_sessions = runs.len();
            for (run, parts) in runs.into_iter().zip(&recordings) {
                let own = match told.len() {
                    n if n == n_sessions => 1,
                    n if n == recordings.iter().sum::<usize>() => *parts,
                    _ => 0,
                };
                run.diary_exertion_cr10 = if own == 0 {
                    told.last().copied().into_iter().collect()
                } else {
                    left.by_ref().take(own).collect()
                };
            }
        }
    }

    /// Returns the first and the last day of a knee pain that goes on: painful entries no more than
    /// [`PAIN_GAP_DAYS`] and fewer than [`QUIET_ENTRIES`] apart, the last no longer ago than that.
    pub fn knee_pain_going_on(&self, to: Date) -> Option<(Date, Date)> {
        let told = self.between(Date::MIN, to).iter().filter(|entry| entry.records_knee());
        let mut spell: Option<(Date, Date)> = None;
        let mut quiet = 0;
        for entry in told {
            let date = entry.date;
            if entry.knee_pain().unwrap_or(0) == 0 && !entry.missed_for_knee() {
                quiet += 1;
                continue;
            }
            let goes_on = |(_, last): &(Date, Date)| quiet < QUIET_ENTRIES && date.days_since(*last) <= PAIN_GAP_DAYS;
            spell = Some((spell.filter(goes_on).map_or(date, |(first, _)| first), date));
            quiet = 0;
        }
        spell.filter(|(_, last)| quiet < QUIET_ENTRIES && to.days_since(*last) <= PAIN_GAP_DAYS)
    }

    /// Returns the entries of the last `days` days up to `to`.
    pub fn of_last(&self, days: i64, to: Date) -> &[Entry] {
        self.between(to.saturating_add_days(1 - days), to)
    }
}

/// Whether a run ended so late that its entry may have been written after midnight. A heuristic.
fn ends_late(run: &Run) -> bool {
    const EVENING_S: i64 = 20 * 3600;
    let Some(end) = run.end() else { return false };
    let of_day = (end.unix_ms().div_euclid(1000) + i64::from(run.utc_offset_s)).rem_euclid(86_400);
    run.last_date() > run.local_date || of_day >= EVENING_S
}

/// Returns what entries tell of their days: one value a day, that of its last entry that has one. A
/// day with several runs has several entries, and was one night and one morning all the same.
pub fn of_days<'a, T: 'a>(
    entries: &'a [Entry],
    value: impl Fn(&Entry) -> Option<T> + 'a,
) -> impl Iterator<Item = (Date, T)> + 'a {
    let days = entries.chunk_by(|a, b| a.date == b.date);
    days.filter_map(move |day| Some((day.first()?.date, day.iter().rev().find_map(&value)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_of_several_entries_has_one_value() {
        let entry = |day, sleep_h| Entry { sleep_h, ..Entry::on(date(2026, 3, day)) };
        let entries = [entry(1, Some(6.0)), entry(1, Some(7.0)), entry(1, None), entry(2, None)];
        let hours: Vec<_> = of_days(&entries, |entry| entry.sleep_h).collect();
        assert_eq!(hours, [(date(2026, 3, 1), 7.0)]);
    }

    #[test]
    fn a_pain_without_a_place_is_the_knee_s_and_one_elsewhere_is_not() {
        let entry =
            |place| Entry { pain: Pain { after: Some(3), ..Pain::default() }, place, ..Entry::on(date(2026, 3, 1)) };
        assert_eq!(entry(None).knee_pain(), Some(3));
        assert_eq!(entry(Some(Place::Elsewhere)).knee_pain(), None);
        assert!(entry(Some(Place::InnerBelow)).hurts_inside() && !entry(Some(Place::Kneecap)).hurts_inside());
        assert_eq!(Entry::on(date(2026, 3, 1)).knee_pain(), None, "not told is not 0");
    }

    #[test]
    fn each_run_of_a_day_has_its_own_exertion() {
        use crate::measure::metric::TIMER;
        use crate::run::{SESSION_GAP_S, sessions};
        use kneewise_read::time::Timestamp;
        let told = |starts: &[&str], entries: &[(i8, f64)]| {
            let run = |start: &&str| {
                let start = Timestamp::parse_iso8601(&format!("2026-03-{start}:00Z")).expect("a time").0;
                Run::summary(start, Some(0), &[(&TIMER, 1800.0)])
            };
            let mut runs = sessions(starts.iter().map(run).collect(), SESSION_GAP_S);
            let entry =
                |(day, cr10): &(i8, f64)| Entry { exertion_cr10: Some(*cr10), ..Entry::on(date(2026, 3, *day)) };
            Diary::new(entries.iter().map(entry).collect()).tell(&mut runs);
            runs.into_iter().map(|run| run.diary_exertion_cr10).collect::<Vec<_>>()
        };
        assert_eq!(told(&["09T06:00", "09T18:00"], &[(9, 3.0), (9, 8.0)]), [[3.0], [8.0]]);
        assert_eq!(told(&["09T06:00", "09T18:00"], &[(9, 3.0)]), [[3.0], [3.0]], "one for both");
        assert_eq!(told(&["09T06:00", "09T07:00"], &[(9, 3.0), (9, 8.0)]), [[3.0, 8.0]], "a warm-up and a race");
        assert_eq!(told(&["09T06:00"], &[(9, 3.0), (9, 8.0)]), [[8.0]], "of several the last");
        assert_eq!(told(&["09T22:00"], &[(10, 7.0)]), [[7.0]], "written after midnight");
        assert_eq!(told(&["09T08:00", "09T22:00"], &[(9, 3.0), (10, 7.0)]), [[3.0], [7.0]], "that of the second run");
        assert_eq!(told(&["09T22:00", "10T08:00"], &[(10, 7.0), (10, 2.0)]), [[7.0], [2.0]]);
        assert_eq!(told(&["09T22:00", "10T08:00"], &[(10, 7.0)]), [vec![], vec![7.0]], "the day's own run comes first");
        assert_eq!(told(&["09T08:00"], &[(10, 7.0)]), [[0.0; 0]], "a morning's run has no entry of the next day");
    }

    #[test]
    fn every_name_leads_back() {
        assert!(Place::ALL.iter().all(|place| Place::named(place.name()) == Some(*place)));
        assert_eq!(Side::named("Left"), None);
    }

    #[test]
    fn the_last_days_end_with_the_day_itself() {
        let diary = Diary::new((1..=9).rev().map(|day| Entry::on(date(2026, 3, day))).collect());
        let days = |entries: &[Entry]| entries.iter().map(|entry| entry.date.day()).collect::<Vec<_>>();
        assert_eq!(days(diary.of_last(3, date(2026, 3, 8))), [6, 7, 8]);
    }
}
