//! From what was read to a report: what the files say of the runner, and which day it looks back
//! from.

use jiff::civil::Date;
use kneewise_core::report::{LastDay, last_day};
use kneewise_core::runner::{Diary, OtherSession};
use kneewise_core::{Report, Runner, Settings, analyze};
use kneewise_read::sport::Sport;

use crate::Import;
use crate::ledger::{ActivityRow, Outcome, Row};

/// The reason why there is nothing to report on.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoReport {
    /// There are no files.
    #[error("there are no files")]
    NoFiles,
    /// No file holds an activity; the ledger says why.
    #[error("nothing in the files could be read")]
    NothingReadable,
    /// No activity has a date, and nobody named a day.
    #[error("no activity has a date")]
    NoDate,
}

impl Import {
    /// Makes the report of everything that was read, as the program makes it.
    ///
    /// The runner is told what the files [say of them](Import::tell). Without `as_of` the report
    /// looks back from the [last day](Import::last_day). The runs go into the report, and the
    /// ledger stays.
    ///
    /// # Errors
    /// [`NoReport`] when there is nothing to report on. Other sports alone do give a report.
    pub fn report(
        &mut self,
        runner: &mut Runner,
        settings: &Settings,
        as_of: Option<Date>,
    ) -> Result<Report, NoReport> {
        if self.ledger.inputs == 0 {
            return Err(NoReport::NoFiles);
        }
        if !self.ledger.has_activities() {
            return Err(NoReport::NothingReadable);
        }
        self.tell(runner);
        let as_of = as_of.or_else(|| Some(self.last_day(&runner.diary)?.date)).ok_or(NoReport::NoDate)?;
        Ok(analyze(std::mem::take(&mut self.runs), runner, settings, as_of))
    }

    /// Returns the day of the last run, without one of the last activity, or of a later diary
    /// entry.
    pub fn last_day(&self, diary: &Diary) -> Option<LastDay> {
        let activities = self.ledger.rows.iter().flat_map(|row| &row.activities);
        // The runner's own day, on which its session counts too.
        let day = |activity: &ActivityRow| activity.local_date.unwrap_or_else(|| activity.start.date_at_offset(0));
        last_day(&self.runs, activities.map(day).max(), diary)
    }

    /// Tells the runner of the sessions of other sports in the files, and of recordings that name
    /// no sport. Telling twice changes nothing.
    pub fn tell(&self, runner: &mut Runner) {
        let (sessions, days) = (self.other_sessions(), self.unnamed_days());
        runner.other_sessions.retain(|known| !sessions.contains(known));
        runner.other_sessions.extend(sessions);
        runner.unnamed_days.extend(days);
        runner.unnamed_days.sort_unstable();
        runner.unnamed_days.dedup();
    }

    /// Returns the sessions of other sports: those that move the body by its own strength.
    pub fn other_sessions(&self) -> Vec<OtherSession> {
        let rows = self.ledger.rows.iter().filter(|row| row.outcome != Outcome::Duplicate);
        let activities = rows.flat_map(|row| &row.activities).filter(|activity| is_other(activity.sport));
        let session = |activity: &ActivityRow| {
            let ActivityRow { sport, sub_sport, timer_s: seconds, .. } = *activity;
            Some(OtherSession { date: activity.local_date?, sport, sub_sport, seconds })
        };
        activities.filter_map(session).collect()
    }

    /// Returns the days of recordings that name no sport and are not among the runs.
    pub fn unnamed_days(&self) -> Vec<Date> {
        let rows = self.ledger.rows.iter().filter(|row| row.outcome != Outcome::Duplicate);
        let is_run = |row: &Row| self.runs.iter().flat_map(|run| &run.sources).any(|source| source.name == row.path);
        let is_unnamed = |activity: &&ActivityRow| matches!(activity.sport, Sport::Generic | Sport::Unknown);
        let unnamed = rows.filter(|row| row.activities.iter().any(|activity| is_unnamed(&activity)) && !is_run(row));
        let mut days: Vec<Date> = unnamed
            .flat_map(|row| row.activities.iter().filter(is_unnamed))
            .filter_map(|activity| activity.local_date)
            .collect();
        days.sort_unstable();
        days
    }
}

fn is_other(sport: Sport) -> bool {
    !matches!(
        sport,
        Sport::Running
            | Sport::Generic
            | Sport::Unknown
            | Sport::Transition
            | Sport::Multisport
            | Sport::Flying
            | Sport::Motorcycling
            | Sport::Boating
            | Sport::Driving
            | Sport::Fishing
            | Sport::Snowmobiling
            | Sport::Meditation
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, import_bytes};
    use jiff::civil::date;

    fn gpx(sport: &str, day: &str) -> Import {
        let point = |second| format!("<trkpt lat='47' lon='8'><time>{day}T08:00:{second}Z</time></trkpt>");
        let points = [point("00"), point("30")].concat();
        let text = format!("<gpx><trk>{sport}<trkseg>{points}</trkseg></trk></gpx>");
        import_bytes("a.gpx", text.into_bytes(), &Options::default())
    }

    #[test]
    fn telling_twice_changes_nothing_and_keeps_what_is_known() {
        let ride = gpx("<type>cycling</type>", "2026-03-01");
        let swim = OtherSession {
            date: date(2026, 2, 1),
            sport: Sport::Swimming,
            sub_sport: kneewise_read::sport::SubSport::Generic,
            seconds: None,
        };
        let mut runner = Runner { other_sessions: vec![swim], ..Runner::default() };
        ride.tell(&mut runner);
        gpx("", "2026-03-02").tell(&mut runner);
        let once = runner.clone();
        ride.tell(&mut runner);
        gpx("", "2026-03-02").tell(&mut runner);
        assert_eq!(runner, once);
        assert_eq!((runner.other_sessions.len(), runner.unnamed_days.as_slice()), (2, &[date(2026, 3, 2)][..]));
    }

    #[test]
    fn a_report_looks_back_from_the_last_run_or_says_why_there_is_none() {
        let of = |import: &mut Import| {
            import.report(&mut Runner::default(), &Settings::default(), None).map(|report| report.as_of)
        };
        assert_eq!(of(&mut gpx("<type>running</type>", "2026-03-01")), Ok(date(2026, 3, 1)));
        assert_eq!(of(&mut gpx("<type>cycling</type>", "2026-03-02")), Ok(date(2026, 3, 2)));
        assert_eq!(
            of(&mut import_bytes("a.txt", b"hello".to_vec(), &Options::default())),
            Err(NoReport::NothingReadable)
        );
        assert_eq!(of(&mut crate::import(&[], &Options::default())), Err(NoReport::NoFiles));
    }
}
