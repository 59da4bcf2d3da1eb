//! Much of the week in a new pair of another kind, and shoes on ground they were not made for.

use jiff::civil::Date;

use crate::doc::documented;
use crate::knowledge::reference::{MALISOUX_2016, MALISOUX_2020};
use crate::log::TrainingLog;
use crate::runner::{Runner, Shoe, ShoeKind};
use kneewise_read::sport::SubSport;
use kneewise_read::time::DateExt;
use kneewise_read::unit::{Unit, Units, in_percent};

use crate::rule::brief::{Brief, Reading};
use crate::rule::form::own_form;
use crate::rule::options::settable;
use crate::rule::shoe_wear::{self, Distance, Worn};
use crate::rule::{
    self, Area, Clear, Coverage, Evidence, Flag, Missing, Outcome, Quantity, Remedy, Rule, Tier, Window, flagged_or,
    latest_first,
};

settable! {
    /// Days from its first on which a pair is new.
    new_days: u32 = 21, 1..=3660;
    /// More than this share of the metres of seven days (per cent) in it is flagged.
    share_percent: f64 = 30.0, 0.0..=100.0;
    /// Days before its first without a pair of its kind that make a pair one of another kind.
    before_days: u32 = 90, 1..=3660;
    /// Runs with a pair of a known kind that those days must hold.
    min_runs_before: usize = 3, 1..=10_000;
    /// Days up to the log's last in which surface and shoes are compared.
    ground_days: u32 = 28, 1..=3660;
    /// Runs on a surface the shoes were not made for that are flagged.
    min_ground_runs: usize = 3, 1..=10_000;
}

documented! {
    /// ## What it does
    /// * A pair is new for the three weeks from its first day. It is of another kind where you wore
    ///   no pair of its kind (neutral, support, cushioned, minimalist, racing, trail, spikes) in
    ///   the 90 days before. More than 30% of the distance of seven days in such a pair is notice:
    ///   one finding for each pair, with the latest such week.
    /// * At least three runs in the last 28 days on a surface the pair was not made for are info:
    ///   trail shoes on street, track or treadmill, spikes anywhere but on track and trail, other
    ///   shoes on trails.
    ///
    /// ## Why it matters
    /// Shoes change how a foot lands and which tissue takes the load, and tissue adapts over weeks.
    /// That is the reasoning of experts. Trials compared kinds of shoes, not how fast runners
    /// changed. In softer shoes 54 of 428 runners (12.6%) were injured, in harder ones 74 of 420
    /// (17.6%; Malisoux 2020, counts known from texts about it). In a trial of shoes with motion
    /// control 93 of 372 were injured. Fewer were injured with motion control, clearly only among
    /// those whose standing feet rolled inward.
    ///
    /// ## Limits
    /// No study gives the 30%, the three weeks or the surfaces: all are heuristics. A pair that the
    /// profile has known for longer than the log is new only by its first day there; a pair with an
    /// earlier distance is not new. Most files do not name the surface, and those count for no
    /// surface. A first week after a break is compared like any other. Where runs of a week have no
    /// distance, the week is flagged only if the share exceeds 30% even when those runs were as
    /// long as your longest, and clear only if it cannot exceed 30%.
    ///
    /// ## Example
    /// | date | km | shoe | `shoe_kind` | gear | outcome |
    /// |---|---|---|---|---|---|
    /// | 2026-03-01 | 8 | Blue | neutral | Blue | |
    /// | 2026-03-04 | 8 | | | Blue | |
    /// | 2026-03-08 | 8 | | | Blue | |
    /// | 2026-03-29 | 16 | | | Blue | |
    /// | 2026-03-31 | 6 | Light | minimalist | Light | clear 27 |
    /// | 2026-04-02 | 8 | | | Light | notice 47 |
    ///
    /// ## Options
    /// `new_days` (21), `share_percent` (30), `before_days` (90), `min_runs_before` (3),
    /// `ground_days` (28), `min_ground_runs` (3).
    ///
    /// ## References
    /// Malisoux 2020, Malisoux 2016.
    pub static NEW_SHOE: Rule {
        id: "new-shoe",
        name: "New kind of shoes",
        area: Area::Shoes,
        evidence: Evidence::Weak,
        is_preview: false,
        raised_by: &[],
        needs: "the kinds of your shoes in the profile, and which runs they were worn on",
        not_known: "No study has looked at how fast one can change shoes. The kind of a shoe shows little of its effect on you.",
        brief: Brief::new(
            "New kind of shoes",
            "Wear the new pair for short runs first.",
            &[
                Reading::above(Unit::Percent, "of a week in a new kind of shoe").event("a week with {} of its distance in a new kind of shoe"),
                Reading::at_least(Unit::Count, "runs on a surface they are not for"),
            ],
        ),
        references: &[
            &MALISOUX_2020,
            &MALISOUX_2016,
        ],
        check: check,
    }
}

/// The share of seven days that was run in a new pair, as of one of its runs.
struct Share<'l> {
    shoe: &'l Shoe,
    kind: ShoeKind,
    first_day: Date,
    /// Of the distance that is known.
    percent: f64,
    /// The least and the most that it may be, where runs name no distance.
    least_percent: f64,
    most_percent: f64,
    in_it: Distance,
    /// Of all runs of the seven days.
    all: Distance,
    window: Window,
    runs: Vec<String>,
}

fn check(log: &TrainingLog, runner: &Runner, options: &rule::Options) -> Outcome {
    let (units, options) = (options.units, &options.new_shoe);
    let worn: Vec<Worn> = shoe_wear::worn(log, runner).into_iter().filter(|worn| worn.shoe.kind.is_some()).collect();
    let coverage =
        shoe_wear::coverage_of_distance(log, runner, |shoe| shoe.kind.is_some(), "a known pair of a known kind");
    if worn.len() < options.min_runs_before.max(1) {
        return not_assessed(log, runner, worn.len(), options);
    }
    let shares: Vec<Vec<Share>> = runner.shoes.iter().filter_map(|shoe| shares(shoe, &worn, log, options)).collect();
    let too_much = |shares: &Vec<Share>| {
        let share = shares.iter().rfind(|share| share.least_percent > options.share_percent)?;
        Some(new_flag(share, coverage, units, options))
    };
    let flags = shares.iter().filter_map(too_much).chain(ground_flag(&worn, log, coverage, options));
    flagged_or(latest_first(flags), || clear(log, &worn, &shares, coverage, options))
}

fn clear(log: &TrainingLog, worn: &[Worn], shares: &[Vec<Share>], coverage: Coverage, options: &Options) -> Outcome {
    if let Some(share) = shares.iter().flatten().find(|share| share.most_percent > options.share_percent) {
        return Missing::outcome(
            format!(
                "needs a distance for the runs in the seven days to {}, when you wore the new pair “{}”. {} of {} have none",
                own_form::day(share.window.to),
                share.shoe.name,
                share.all.runs_without,
                share.all.runs,
            ),
            shoe_wear::DISTANCE_REMEDY,
        );
    }
    let most = shares.iter().flatten().max_by(|a, b| a.percent.total_cmp(&b.percent));
    let message = match most {
        Some(most) => format!(
            "New pairs of another kind had at most {} of the distance of seven days (“{}”, to {}). More than {} is flagged.",
            in_percent(most.percent),
            most.shoe.name,
            own_form::day(most.window.to),
            in_percent(options.share_percent),
        ),
        None => format!(
            "None of {} runs with a known kind of shoe was in a new pair of another kind. For each pair, the {} days before its first run \
             were checked, as far as they are known.",
            worn.len(),
            options.before_days
        ),
    };
    Outcome::Clear(Clear {
        message: format!(
            "{message} Fewer than {} runs in the last {} days were on a surface that the pair was not made for.",
            options.min_ground_runs, options.ground_days
        ),
        measured: Some(Quantity::new(most.map_or(0.0, |most| most.percent), Unit::Percent)),
        limit: Some(Quantity::new(options.share_percent, Unit::Percent)),
        window: Window { from: worn[0].run.local_date, to: log.as_of() },
        coverage,
    })
}

/// The shares of a pair's first weeks, run by run; `None` where it is not new, or of no other kind,
/// or nothing tells.
fn shares<'l>(shoe: &'l Shoe, worn: &[Worn<'l>], log: &'l TrainingLog, options: &Options) -> Option<Vec<Share<'l>>> {
    let kind = shoe.kind.filter(|_| shoe.start_m <= 0.0)?;
    let in_it = || worn.iter().filter(|worn| shoe_wear::is_same(worn.shoe, shoe));
    let first_day = shoe.since.unwrap_or(in_it().next()?.run.local_date);
    let from = first_day.saturating_add_days(-i64::from(options.before_days));
    let before = || worn.iter().filter(|worn| (from..first_day).contains(&worn.run.local_date));
    if before().count() < options.min_runs_before || before().any(|worn| worn.shoe.kind == Some(kind)) {
        return None;
    }
    let longest_m = shoe_wear::longest_m(log);
    let is_new = |day: Date| (0..i64::from(options.new_days)).contains(&day.days_since(first_day));
    let share = |day: Date| {
        let window = Window { from: day.saturating_add_days(-6), to: day };
        let days = |day: Date| (window.from..=window.to).contains(&day);
        let of_week = || in_it().filter(|worn| days(worn.run.local_date));
        // Of a run in several pairs the rest is in others.
        let others =
            log.runs_between(window.from, window.to).iter().fold(Distance::default(), |sum, run| {
                match of_week().find(|in_it| std::ptr::eq(in_it.run, run)) {
                    None => sum.plus(run.distance_m()),
                    Some(in_it) => {
                        let rest_m = run.distance_m().zip(in_it.metres).map_or(0.0, |(all_m, in_it_m)| all_m - in_it_m);
                        if rest_m > 0.0 { sum.plus(Some(rest_m)) } else { sum }
                    }
                }
            });
        let in_it = Distance::in_pair(of_week());
        Share {
            shoe,
            kind,
            first_day,
            percent: percent(in_it.metres, others.metres),
            least_percent: percent(in_it.metres, others.at_most_m(longest_m)),
            most_percent: percent(in_it.at_most_m(longest_m), others.metres),
            in_it,
            all: Distance::of(log.runs_between(window.from, window.to).iter()),
            window,
            runs: of_week().map(|worn| worn.run.id.clone()).collect(),
        }
    };
    let mut days: Vec<Date> = in_it().map(|worn| worn.run.local_date).filter(|day| is_new(*day)).collect();
    days.dedup();
    Some(days.into_iter().map(share).collect())
}

/// The share of some metres in them and others together, in per cent; either may be infinite where
/// nobody knows.
fn percent(metres: f64, others: f64) -> f64 {
    match metres {
        metres if metres <= 0.0 => 0.0,
        metres if metres.is_infinite() => 100.0,
        metres => 100.0 * metres / (metres + others),
    }
}

fn new_flag(share: &Share, coverage: Coverage, units: Units, options: &Options) -> Flag {
    Flag {
        tier: Tier::Notice,
        message: format!(
            "You ran {} in “{}” in the seven days to {}, {} of the distance{}. More than {} is flagged. The pair was new on {}. You \
             had worn no pair of its kind ({}) in the {} days before.",
            share.in_it.words(units),
            share.shoe.name,
            own_form::day(share.window.to),
            in_percent(share.percent),
            share.all.note(),
            in_percent(options.share_percent),
            own_form::day(share.first_day),
            share.kind.words(),
            options.before_days),
        study: "Experts advise changing shoes gradually. No study has looked at how fast. In one trial 54 of 428 runners (12.6%) were \
                injured in soft shoes and 74 of 420 (17.6%) in hard ones. In another the kind of shoe mattered for some feet and not for \
                others (93 of 372 injured)."
            .to_owned(),
        consider: "Wear the new pair for short, easy runs first, alongside the old one.".to_owned(),
        measured: Quantity::new(share.percent, Unit::Percent),
        limit: Quantity::new(options.share_percent, Unit::Percent),
        window: share.window,
        runs: share.runs.clone(),
        coverage,
    }
}

/// Whether shoes of a kind were made for other ground than the one that the file names.
fn is_off_its_ground(kind: ShoeKind, ground: SubSport) -> bool {
    let is_trail = matches!(ground, SubSport::Trail | SubSport::Mountain | SubSport::Backcountry | SubSport::Obstacle);
    let is_hard = ground.is_indoor() || matches!(ground, SubSport::Street | SubSport::Road);
    match kind {
        ShoeKind::Trail => is_hard || ground == SubSport::Track,
        ShoeKind::Spikes => is_hard,
        _ => is_trail,
    }
}

fn ground_flag(worn: &[Worn], log: &TrainingLog, coverage: Coverage, options: &Options) -> Option<Flag> {
    let from = log.as_of().saturating_add_days(1 - i64::from(options.ground_days));
    let is_off = |worn: &&Worn| worn.shoe.kind.is_some_and(|kind| is_off_its_ground(kind, worn.run.sub_sport));
    let recent = || worn.iter().filter(|worn| worn.run.local_date >= from);
    let off: Vec<&Worn> = recent().filter(is_off).collect();
    let latest = off.last().filter(|_| off.len() >= options.min_ground_runs.max(1))?;
    Some(Flag {
        tier: Tier::Info,
        message: format!(
            "{} of {} runs with known shoes in the last {} days were on a surface the pair was not made for. {} or more are flagged. The \
             latest was on {} in “{}” ({}).",
            off.len(),
            recent().count(),
            options.ground_days,
            options.min_ground_runs.max(1),
            own_form::day(latest.run.local_date),
            latest.shoe.name,
            latest.shoe.kind.map_or("", ShoeKind::words),
        ),
        study: "It is plausible that shoes should fit the surface. No study has looked at it.".to_owned(),
        consider: "Wear another pair on this surface, if you have one.".to_owned(),
        measured: Quantity::new(off.len() as f64, Unit::Count),
        limit: Quantity::new(options.min_ground_runs as f64, Unit::Count),
        window: Window { from: off[0].run.local_date, to: latest.run.local_date },
        runs: off.iter().map(|worn| worn.run.id.clone()).collect(),
        coverage,
    })
}

fn not_assessed(log: &TrainingLog, runner: &Runner, known: usize, options: &Options) -> Outcome {
    let needs = format!("{} runs with a pair whose kind is known", options.min_runs_before);
    if known == 0 && !shoe_wear::worn(log, runner).is_empty() {
        return Missing::outcome(
            format!("needs {needs}. No pair has a kind"),
            Remedy::profile("add the kind of your shoes to the profile"),
        );
    }
    Outcome::NotAssessed(shoe_wear::missing(&needs, log, runner, known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::form::own_form::made;
    use crate::run::Run;

    fn shoe(name: &str, kind: ShoeKind) -> Shoe {
        Shoe { name: name.to_owned(), kind: Some(kind), ..Shoe::default() }
    }

    /// Runs of 10 km: day, shoe, ground.
    fn said(shoes: &[Shoe], runs: &[(i64, &str, SubSport)]) -> String {
        let run = |&(n, gear, ground): &(i64, &str, SubSport)| -> Run {
            let mut run = made::with(n, &[]);
            (run.gear, run.sub_sport) = (Some(gear.to_owned()), ground);
            run
        };
        let runner = Runner { shoes: shoes.to_vec(), ..Runner::default() };
        made::said(&NEW_SHOE, runs.iter().map(run).collect(), &runner)
    }

    const ROAD: SubSport = SubSport::Generic;

    #[test]
    fn only_another_kind_within_three_weeks_counts() {
        let blue = shoe("Blue", ShoeKind::Neutral);
        let with = |new: Shoe, first, later: i64| {
            let mut runs: Vec<_> = (0..5).map(|n| (n, "Blue", ROAD)).collect();
            runs.extend([(first, "New", ROAD), (later, "New", ROAD)]);
            said(&[blue.clone(), new], &runs)
        };
        let new = |kind| shoe("New", kind);
        assert_eq!(with(new(ShoeKind::Racing), 5, 7), "notice 33.33");
        assert_eq!(with(new(ShoeKind::Neutral), 5, 7), "clear", "the same kind");
        assert_eq!(with(Shoe { start_m: 50_000.0, ..new(ShoeKind::Racing) }, 5, 7), "clear", "not new");
        assert_eq!(with(new(ShoeKind::Racing), 5, 25), "notice 100.00", "the 21st day");
        assert_eq!(with(new(ShoeKind::Racing), 5, 26), "clear", "the 22nd; the first was a sixth of its week");
    }

    #[test]
    fn thirty_per_cent_are_not_more_than_thirty() {
        let shoes = [shoe("Blue", ShoeKind::Neutral), shoe("New", ShoeKind::Minimalist)];
        let mut runs: Vec<_> = (0..7).map(|n| (n, "Blue", ROAD)).collect();
        runs.extend((7..9).map(|n| (n, "New", ROAD)));
        assert_eq!(said(&shoes, &runs), "clear", "two of seven");
        runs.push((9, "New", ROAD));
        assert_eq!(said(&shoes, &runs), "notice 42.86");
    }

    #[test]
    fn a_run_without_a_distance_may_be_a_long_one() {
        let said = |in_new: i64, unknown: &str| {
            let with = |mut run: Run, gear: &str| {
                run.gear = Some(gear.to_owned());
                run
            };
            let mut runs: Vec<Run> = (0..5).map(|n| with(made::with(n, &[]), "Blue")).collect();
            runs.extend((0..in_new).map(|n| with(made::with(6 + n, &[]), "New")));
            runs.push(with(made::without_distance(5), unknown));
            let shoes = vec![shoe("Blue", ShoeKind::Neutral), shoe("New", ShoeKind::Racing)];
            made::said(&NEW_SHOE, runs, &Runner { shoes, ..Runner::default() })
        };
        assert_eq!(said(3, "Blue"), "notice 50.00", "3 of 6 runs of 10 km, or of 7 with the unknown one");
        assert_eq!(said(2, "Blue"), "not assessed", "2 of 6, or of 7");
        assert_eq!(said(1, "Blue"), "clear", "1 of 6, or of 7");
        assert_eq!(said(2, "New"), "notice 33.33", "2 of 6, or 3 of 7");
        assert_eq!(said(1, "New"), "clear", "1 of 6, or 2 of 7");
    }

    #[test]
    fn trail_shoes_on_the_street_are_info() {
        let shoes = [shoe("Hill", ShoeKind::Trail), shoe("Blue", ShoeKind::Neutral)];
        let on = |gear, ground| said(&shoes, &[(0, gear, ground), (1, gear, ground), (2, gear, ground)]);
        assert_eq!(on("Hill", SubSport::Street), "info 3.00");
        assert_eq!(on("Blue", SubSport::Trail), "info 3.00");
        assert_eq!(on("Hill", SubSport::Trail), "clear");
        assert_eq!(on("Hill", SubSport::Generic), "clear", "most files name no ground");
    }
}
