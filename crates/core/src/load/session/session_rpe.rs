use super::{Compute, Load, Missing};
use crate::doc::documented;
use crate::measure::metric::{self, Measured};
use crate::run::{Part, Run};
use crate::runner::Runner;
use kneewise_read::unit::Unit;

documented! {
    /// Session-RPE: the effort of the whole run on Borg's CR10 scale (0 to 10), times its minutes
    /// on the timer:
    ///
    /// `load = CR10 · minutes`
    ///
    /// **Computed from** the metrics `perceived_exertion_cr10`, as entered on the watch, and
    /// `timer_s`. A session of several recordings with an exertion each is their sum. Where the
    /// watch has no exertion, that of the diary counts. If a day has as many entries as runs, they
    /// belong to the runs in order; otherwise the last entry counts for each run of the day. One
    /// entry too many may have been written after midnight. It then belongs to the evening run of
    /// the day before, if that has none.
    ///
    /// **Limits**: it is the runner's word, and its time matters; the method asks half an hour
    /// after the end. An exertion of 0 gives a load of 0.
    ///
    /// **Source**: Foster et al., A new approach to monitoring exercise training. Journal of
    /// Strength and Conditioning Research 2001;15(1):109–115.
    pub static SESSION_RPE: Load {
        id: "session_rpe",
        name: "Session-RPE",
        unit: Unit::Arbitrary,
        compute: Compute::Of(compute),
    }
}

fn compute(run: &Run, runner: &Runner) -> Result<Measured, Missing> {
    let of_day = || {
        let entries = runner.diary.between(run.local_date, run.local_date);
        entries.iter().rev().find_map(|entry| entry.exertion_cr10)
    };
    let timer = || super::metric(run, &metric::TIMER, "a timer time in the file");
    let parts = run.parts();
    let by_part = |exertions: &[f64]| {
        let minutes = |part: &Part| part.timer_s.unwrap_or(0.0) / 60.0;
        parts.iter().zip(exertions).map(|(part, exertion)| exertion * minutes(part)).sum()
    };
    if let Some(highest) = run.value(&metric::PERCEIVED_EXERTION) {
        let exertions: Vec<f64> = parts.iter().map(|part| part.exertion_cr10.unwrap_or(highest)).collect();
        let value = if parts.len() > 1 { by_part(&exertions) } else { highest * timer()?.value / 60.0 };
        return Ok(Measured { value, over_s: timer()?.value, basis: "perceived exertion and timer time" });
    }
    let own = run.diary_exertion_cr10.as_slice();
    let value = match own {
        [] => of_day().ok_or(Missing { needs: NEEDS })? * timer()?.value / 60.0,
        [one] => one * timer()?.value / 60.0,
        several => by_part(several),
    };
    Ok(Measured { value, over_s: timer()?.value, basis: DIARY })
}

const DIARY: &str = "perceived exertion of the day in the diary, and timer time";

const NEEDS: &str = "the perceived exertion, entered on the watch or in the diary";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::{PERCEIVED_EXERTION, TIMER};
    use crate::runner::{Diary, Entry};
    use jiff::civil::date;
    use kneewise_read::time::Timestamp;

    #[test]
    fn the_diary_s_exertion_counts_where_the_watch_has_none() {
        let start = Timestamp::parse_iso8601("2026-03-01T08:00:00Z").expect("a time").0;
        let entry = |day, exertion| Entry { exertion_cr10: exertion, ..Entry::on(date(2026, 3, day)) };
        let entries = vec![entry(1, Some(4.0)), entry(1, Some(5.0)), entry(1, None), entry(2, Some(9.0))];
        let runner = Runner { diary: Diary::new(entries), ..Runner::default() };
        let load = |values: &[_], runner: &Runner| compute(&Run::summary(start, Some(0), values), runner);
        let told = load(&[(&TIMER, 1800.0)], &runner).expect("a load");
        assert_eq!((told.value, told.basis.contains("diary")), (150.0, true));
        assert_eq!(load(&[(&TIMER, 1800.0), (&PERCEIVED_EXERTION, 2.0)], &runner).expect("a load").value, 60.0);
        assert!(load(&[(&TIMER, 1800.0)], &Runner::default()).is_err());
    }

    #[test]
    fn each_part_of_a_session_has_its_own_exertion() {
        let part = |start: &str, seconds, exertion: Option<f64>| {
            let start = Timestamp::parse_iso8601(start).expect("a time").0;
            let told = exertion.map(|cr10| (&PERCEIVED_EXERTION, cr10));
            Run::summary(start, Some(0), &[(&TIMER, seconds)].into_iter().chain(told).collect::<Vec<_>>())
        };
        let joined = |first, second| {
            let parts = vec![part("2026-03-01T08:00:00Z", 1200.0, first), part("2026-03-01T08:30:00Z", 2400.0, second)];
            crate::run::sessions(parts, crate::run::SESSION_GAP_S).remove(0)
        };
        let load = |run: &Run| compute(run, &Runner::default()).map(|load| load.value).ok();
        assert_eq!(load(&joined(Some(2.0), Some(9.0))), Some(2.0 * 20.0 + 9.0 * 40.0));
        assert_eq!(load(&joined(None, Some(9.0))), Some(9.0 * 60.0), "what is not told is as the rest");
        let mut run = joined(None, None);
        run.diary_exertion_cr10 = vec![3.0, 7.0];
        assert_eq!(load(&run), Some(3.0 * 20.0 + 7.0 * 40.0));
    }
}
