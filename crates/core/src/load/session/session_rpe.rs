use super::{Compute, Load, Missing};
use crate::doc::documented;
use crate::metric::{self, Measured};
use crate::run::Run;
use crate::runner::Runner;
use crate::unit::Unit;

documented! {
    /// Session-RPE: how hard the whole run felt on Borg's CR10 scale (0 to 10), times its minutes on the timer:
    ///
    /// `load = CR10 · minutes`
    ///
    /// **Computed from** the metrics `perceived_exertion_cr10`, as entered on the watch, and `timer_s`. Where the watch has no
    /// exertion, that of the day in the diary counts, for each run of the day; of several entries the last.
    ///
    /// **Limits**: it is what the runner says, and when they say it matters; the method asks half an hour after the end. An
    /// exertion of 0 gives a load of 0.
    ///
    /// **Source**: Foster et al., A new approach to monitoring exercise training. Journal of Strength and Conditioning
    /// Research 2001;15(1):109–115.
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
    let (exertion, basis) = match (run.value(&metric::PERCEIVED_EXERTION), of_day()) {
        (Some(exertion), _) => (exertion, "perceived exertion and timer time"),
        (None, Some(exertion)) => (exertion, "perceived exertion of the day in the diary, and timer time"),
        (None, None) => return Err(Missing { needs: "the perceived exertion, entered on the watch or in the diary" }),
    };
    let timer = super::metric(run, &metric::TIMER, "a timer time in the file")?;
    Ok(Measured { value: exertion * timer.value / 60.0, over_s: timer.value, basis })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::{PERCEIVED_EXERTION, TIMER};
    use crate::runner::{Diary, Entry};
    use crate::time::Timestamp;
    use jiff::civil::date;

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
}
