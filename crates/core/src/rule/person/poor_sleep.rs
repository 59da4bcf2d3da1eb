//! Short or bad sleep over a week.

use crate::doc::documented;
use crate::knowledge::reference::{DE_JONGE_2025, JOHNSTON_2019, POOR_SLEEP_2025};
use crate::log::TrainingLog;
use crate::runner::diary::of_days;
use crate::runner::{Entry, Runner};
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units, in_percent};

use crate::rule::brief::{Brief, Reading};
use crate::rule::load::session_spike::{self, Comparison};
use crate::rule::options::settable;
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window, flagged_or,
};

settable! {
    /// Days whose nights are taken.
    window_days: i64 = 7, 1..=3660;
    /// Nights of those that must be in the diary.
    min_nights: usize = 4, 1..=10_000;
    /// A mean of fewer hours than this is short.
    min_sleep_h: f64 = 7.0, 0.0..=24.0;
    /// A mean quality of at least this is bad (1 very, very good to 7 very, very bad).
    bad_quality: f64 = 5.0, 1.0..=7.0;
    /// A mean quality no worse than this is never bad, however well you slept before.
    good_quality: f64 = 3.0, 1.0..=7.0;
    /// Days before those whose nights their quality is compared with.
    baseline_days: i64 = 90, 1..=3660;
    /// Nights of those that must have a quality.
    min_baseline_nights: usize = 28, 1..=10_000;
}

documented! {
    /// ## What it does
    /// Averages the nights of the last seven days in your diary. Each of these is info:
    ///
    /// * fewer than 7 hours on average;
    /// * an average quality (1 is very, very good, 7 very, very bad) in the worst quarter of your
    ///   nights: worse than three in four nights of the 90 days before, where at least 28 of them
    ///   have a quality, and worse than 3 (good);
    /// * an average quality of 5 (bad) or more, however your other nights were.
    ///
    /// A bad quality in the same seven days as a run much longer than those of the month before
    /// (see `session-spike`) is notice.
    ///
    /// ## Why it matters
    /// Among 339 runners followed for 26 weeks, those who slept badly had 1.36 times the rate of
    /// new injuries (95% CI 1.04–1.78). That is the quality of sleep; its hours showed no further
    /// result in that study. Hours did in another: among 95 endurance athletes followed for a year,
    /// those who slept under 7 hours had 1.51 times the rate (1.13–2.02) two weeks later (Johnston
    /// 2019). In 425 others asked once, a profile of poor sleep was linked to more injuries in the
    /// year before. The summaries give no absolute numbers. Raising bad sleep together with a long
    /// run is an idea (heuristic): no study looked at both.
    ///
    /// ## Limits
    /// This is an association: pain and worry keep people awake too. The limits of 5, of 3 and of
    /// 28 nights are heuristic. The limit of 7 hours comes from 95 athletes of five endurance
    /// sports and is the usual advice for adults. Hours from a watch are not read.
    ///
    /// ## Example
    /// | date | `sleep_h` | sleep | outcome |
    /// |---|---|---|---|
    /// | 2026-03-01 | 7.5 | 2 | |
    /// | 2026-03-02 | 7.0 | 3 | |
    /// | 2026-03-03 | 7.5 | 3 | not assessed |
    /// | 2026-03-04 | 7.0 | 2 | clear 7 |
    /// | 2026-03-05 | 5.0 | 6 | info 7 |
    ///
    /// ## Options
    /// `window_days` (7), `min_nights` (4), `min_sleep_h` (7), `bad_quality` (5), `good_quality`
    /// (3), `baseline_days` (90), `min_baseline_nights` (28).
    ///
    /// ## References
    /// Poor sleep 2025, Johnston 2019, de Jonge 2025.
    pub static POOR_SLEEP: Rule {
        id: "poor-sleep",
        name: "Sleep",
        area: Area::Person,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "four nights of the last seven days in the diary",
        not_known: "Whether more sleep would help a runner is unknown.",
        brief: Brief::new(
            "Short or bad sleep",
            "Keep the week easy until you sleep better.",
            &[
                Reading::below(Unit::Hours, "of sleep a night"),
                Reading::at_least(Unit::Count, "of 7, 7 being the worst"),
            ],
        ),
        references: &[
            &POOR_SLEEP_2025,
            &JOHNSTON_2019,
            &DE_JONGE_2025,
        ],
        check: check,
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<(f64, usize)> {
    let (sum, n) = values.fold((0.0, 0), |(sum, n), value| (sum + value, n + 1));
    (n > 0).then(|| (sum / n as f64, n))
}

/// The quality that three in four of the nights before the latest were no worse than; `None` where
/// too few are told.
fn usual_quality(log: &TrainingLog, runner: &Runner, options: &Options) -> Option<f64> {
    let before = log.as_of().saturating_add_days(-options.window_days);
    let nights = runner.diary.of_last(options.baseline_days, before);
    let mut scores: Vec<u8> = of_days(nights, |entry| entry.sleep_quality).map(|(_, score)| score).collect();
    if scores.len() < options.min_baseline_nights {
        return None;
    }
    scores.sort_unstable();
    // The least score that three quarters and more do not exceed.
    let rank = (3 * scores.len()).div_ceil(4);
    scores.get(rank.checked_sub(1)?).map(|score| f64::from(*score))
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (units, of_spikes, options) = (options.units, &options.session_spike, &options.poor_sleep);
    let measured = match measure(log, runner, options) {
        Ok(measured) => measured,
        Err(missing) => return Outcome::NotAssessed(missing),
    };
    let is_found = measured.is_short(options) || measured.is_bad(options);
    let flag = is_found.then(|| {
        let from = log.as_of().saturating_add_days(1 - options.window_days);
        let spike = session_spike::spikes(log, of_spikes).into_iter().rfind(|spike| spike.run.local_date >= from);
        flag(&measured, spike.filter(|_| measured.is_bad(options)), options, units)
    });
    flagged_or(flag, || {
        let (value, limit) = measured.value_and_limit(options);
        Outcome::Clear(Clear {
            message: sentence(&measured, options),
            measured: Some(value),
            limit: Some(limit),
            window: measured.window,
            coverage: measured.coverage,
        })
    })
}

/// The nights of the last days.
struct Measured {
    /// The mean hours and the mean quality, each with the number of nights that tell it.
    hours: Option<(f64, usize)>,
    quality: Option<(f64, usize)>,
    /// The quality that the runner's own nights before were no worse than, and no better than what
    /// is never bad.
    usual: Option<f64>,
    window: Window,
    coverage: Coverage,
}

fn measure(log: &TrainingLog, runner: &Runner, options: &Options) -> Result<Measured, Missing> {
    let nights = runner.diary.of_last(options.window_days, log.as_of());
    let enough = |(_, n): &(f64, usize)| *n >= options.min_nights;
    let hours = mean(of_days(nights, |entry| entry.sleep_h).map(|(_, hours)| hours)).filter(enough);
    let quality = mean(of_days(nights, |entry| entry.sleep_quality).map(|(_, score)| f64::from(score))).filter(enough);
    let told = |entry: &Entry| entry.sleep_h.is_some() || entry.sleep_quality.is_some();
    if hours.is_none() && quality.is_none() {
        let n = of_days(nights, |entry| told(entry).then_some(())).count();
        return Err(Missing {
            reason: format!(
                "needs {} nights of the last {} days in the diary. It has {n}",
                options.min_nights, options.window_days
            ),
            remedy: Remedy::diary(format!("{} more nights in the diary", options.min_nights.saturating_sub(n))),
        });
    }
    let days = nights.chunk_by(|a, b| a.date == b.date);
    let dated = days.map(|entries| (entries[0].date, entries.iter().any(told)));
    Ok(Measured {
        hours,
        quality,
        usual: usual_quality(log, runner, options).map(|usual| usual.max(options.good_quality)),
        window: Window { from: nights[0].date, to: log.as_of() },
        coverage: Coverage::count("days in the diary", log.as_of(), dated),
    })
}

impl Measured {
    fn is_short(&self, options: &Options) -> bool {
        self.hours.is_some_and(|(hours, _)| hours < options.min_sleep_h)
    }

    fn is_bad(&self, options: &Options) -> bool {
        let over_usual = |quality: f64| self.usual.is_some_and(|usual| quality > usual);
        self.quality.is_some_and(|(quality, _)| quality >= options.bad_quality || over_usual(quality))
    }

    /// What is told in numbers: the quality where it alone is over its limit, otherwise the hours
    /// as far as they are known.
    fn value_and_limit(&self, options: &Options) -> (Quantity, Quantity) {
        let bad_from = self.usual.map_or(options.bad_quality, |usual| usual.min(options.bad_quality));
        let of_quality = |quality: f64| (Quantity::new(quality, Unit::Count), Quantity::new(bad_from, Unit::Count));
        match (self.hours, self.quality) {
            (_, Some((quality, _))) if self.is_bad(options) && !self.is_short(options) => of_quality(quality),
            (Some((hours, _)), _) => {
                (Quantity::new(hours, Unit::Hours), Quantity::new(options.min_sleep_h, Unit::Hours))
            }
            (None, quality) => of_quality(quality.map_or(0.0, |(quality, _)| quality)),
        }
    }
}

/// A finding; with a long run in the same days, if there was one, it weighs more.
fn flag(measured: &Measured, spike: Option<Comparison>, options: &Options, units: Units) -> Flag {
    let beside = spike.map_or_else(String::new, |spike| {
        format!(
            " You also ran {} on {}, {} more than any run of the month before. Together they are raised one level.",
            units.distance(spike.run.distance_m().unwrap_or(0.0)),
            spike.run.local_date.in_words_with_weekday(),
            in_percent(100.0 * (spike.ratio - 1.0)),
        )
    });
    let (value, limit) = measured.value_and_limit(options);
    Flag {
        tier: if spike.is_some() { Tier::Notice } else { Tier::Info },
        message: format!("{}{beside}", sentence(measured, options)),
        study: STUDY.to_owned(),
        consider: "Keep the week easy until you sleep better.".to_owned(),
        measured: value,
        limit,
        window: measured.window,
        runs: spike.map(|spike| spike.run.id.clone()).into_iter().collect(),
        coverage: measured.coverage,
    }
}

/// How the nights were, against what; and what of them is not told.
fn sentence(measured: &Measured, options: &Options) -> String {
    let Measured { hours, quality, usual, .. } = *measured;
    let slept = hours.map(|(hours, n)| format!("slept {hours:.1} hours a night ({n} nights)"));
    let rated = quality.map(|(quality, n)| format!("rated your sleep {quality:.1}, where 7 is the worst ({n} nights)"));
    let told: Vec<String> = slept.into_iter().chain(rated).collect();
    let (days, before) = (options.window_days, options.baseline_days);
    let bad = match usual.filter(|usual| *usual < options.bad_quality) {
        Some(usual) => format!("a rating over {usual} (worse than three in four nights of the {before} days before)"),
        None => format!("a rating of {} or more", options.bad_quality),
    };
    let not_told = match (hours, quality) {
        (Some(_), None) => " The diary has no rating of your sleep, which the studies looked at.",
        (None, _) => " The diary has no hours of sleep.",
        _ => "",
    };
    let rule_of_thumb = match (quality, usual) {
        (Some(_), None) => format!(
            " The limit of the rating is a rule of thumb, because the {before} days before have fewer than {} rated nights.",
            options.min_baseline_nights
        ),
        _ => String::new(),
    };
    format!(
        "In the last {days} days you {}. Fewer than {} hours, or {bad}, is flagged.{not_told}{rule_of_thumb}",
        told.join(" and "),
        options.min_sleep_h,
    )
}

const STUDY: &str = "Among 339 runners followed for 26 weeks, those who slept badly had 1.36 times the rate of new injuries (95% CI 1.04–1.78). The \
    hours of sleep made no difference there. Among 95 endurance athletes, those who slept under 7 hours had 1.51 times the rate \
    (1.13–2.02) two weeks later.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::DISTANCE;
    use crate::run::Run;
    use crate::runner::Diary;
    use jiff::civil::{Date, Weekday, date};
    use kneewise_read::time::Timestamp;

    const AS_OF: Date = date(2026, 3, 31);

    /// What is said of a week of nights of such a quality after so many of these, with weekly runs
    /// of 10 km and a last one of so many.
    fn said(quality: u8, before: &[u8], last_km: f64) -> (Option<Tier>, String) {
        let night = |days_ago: usize, quality: u8| Entry {
            sleep_quality: Some(quality),
            ..Entry::on(AS_OF.saturating_add_days(-(days_ago as i64)))
        };
        let week = (0..7).map(|n| night(n, quality));
        let earlier = before.iter().enumerate().map(|(n, quality)| night(7 + n, *quality));
        let run = |n: i64| {
            let start = Timestamp::from_unix_s(1_774_944_000 - n * 7 * 86_400).expect("in range");
            Run::summary(start, Some(0), &[(&DISTANCE, if n == 0 { 1000.0 * last_km } else { 10_000.0 })])
        };
        let log = TrainingLog::new((0..9).map(run).collect(), AS_OF, Weekday::Monday);
        let runner = Runner { diary: Diary::new(week.chain(earlier).collect()), ..Runner::default() };
        match check(&log, &runner, &rule::Options::default()) {
            Outcome::Flagged(flags) => (Some(flags[0].tier), flags[0].message.clone()),
            Outcome::Clear(clear) => (None, clear.message),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn two_lines_of_one_date_are_one_night() {
        let on = |days: &[i64]| {
            let night = |ago: &i64| Entry { sleep_h: Some(5.0), ..Entry::on(AS_OF.saturating_add_days(-*ago)) };
            let log = TrainingLog::new(Vec::new(), AS_OF, Weekday::Monday);
            let runner = Runner { diary: Diary::new(days.iter().map(night).collect()), ..Runner::default() };
            check(&log, &runner, &rule::Options::default())
        };
        let Outcome::NotAssessed(missing) = on(&[0, 0, 1, 1]) else { panic!("two nights are too few") };
        assert!(missing.reason.ends_with("It has 2"), "{}", missing.reason);
        let Outcome::Flagged(flags) = on(&[0, 0, 1, 2, 3]) else { panic!("five hours are short") };
        assert!(flags[0].message.contains("(4 nights)"), "{}", flags[0].message);
    }

    #[test]
    fn bad_is_the_worst_quarter_of_the_runner_s_own_nights() {
        // Of 28 nights 21 are no worse than the quartile.
        let nights = |quartile: u8, n: usize| [vec![2; n - 8], vec![quartile], vec![6; 7]].concat();
        let tier = |quality, before: &[u8]| said(quality, before, 10.0).0;
        assert_eq!(tier(4, &nights(3, 28)), Some(Tier::Info));
        assert_eq!(tier(4, &nights(4, 28)), None, "as bad as the quartile is not worse");
        assert_eq!(tier(4, &nights(3, 28)[1..]), None, "27 nights are too few");
        assert_eq!(tier(3, &nights(2, 28)), None, "good sleep after very good sleep");
        assert_eq!((tier(5, &nights(6, 28)), tier(5, &[])), (Some(Tier::Info), Some(Tier::Info)), "bad as ever");
        assert!(said(4, &[], 10.0).1.contains("a rule of thumb"));
    }

    #[test]
    fn bad_sleep_and_a_spike_in_the_same_days_weigh_more() {
        let (tier, message) = said(5, &[], 15.0);
        assert_eq!(tier, Some(Tier::Notice));
        assert!(message.contains("You also ran 15.0 km on Tue 31 Mar 2026, 50% more"), "{message}");
        assert_eq!(said(2, &[], 15.0).0, None, "a spike alone is another rule's");
    }
}
