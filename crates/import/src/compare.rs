//! Two recordings, compared at one setting of their clocks or another.

use crate::evidence::Evidence;
use crate::numbers::{correlation, detail, median};
use crate::pair::{Likeness, Pair, end_s};
use crate::trail::{Moment, Place, Trail};

/// Nobody is further than this (metres) from themselves.
const TWO_PLACES_M: f64 = 1000.0;

/// No device is wrong by more than this (metres) for most of a run.
const APART_M: f64 = 150.0;

/// Two that run on cover metres in one time that differ by no more than this factor.
const RUN_ON: f64 = 1.25;

/// The median distance (metres) of recordings of one run by clocks apart, and of those too short to
/// tell their pace.
const NEAR_APART_M: f64 = 25.0;
const NEAR_SHORT_M: f64 = 10.0;

/// The median distance (metres) of recordings that share the noise of their positions: one is the
/// other's copy, digit for digit.
const SAME_NOISE_M: f64 = 2.0;

/// Of two clocks the one by which recordings lie closer by this (metres) is the better.
pub(crate) const BETTER_M: f64 = 1.0;

/// Clocks are off by whole quarter hours, as time zones are, up to this many (fourteen hours), and
/// so many seconds besides.
pub(crate) const QUARTER_HOUR_S: f64 = 900.0;
pub(crate) const MOST_QUARTER_HOURS: f64 = 56.0;
pub(crate) const SLACK_S: f64 = 30.0;

/// Correlations of heart rates that are the same heart's, and that deny it by clocks apart.
pub(crate) const SAME_HEART: f64 = 0.95;
const DOUBTFUL_HEART: f64 = 0.8;

/// The least correlation of what is left of heart rates without their course over minutes, where
/// nothing but they tell; and one that other hearts do not have.
const SAME_DETAIL: f64 = 0.4;
const CLOSE_DETAIL: f64 = 0.6;

/// What is left of the heart rates of two runs correlates by less than this.
const OTHER_DETAIL: f64 = 0.2;

/// The least correlation of speeds of one run, where nothing but they tell.
const SAME_SPEED: f64 = 0.95;

/// A heart rate that varies by less than this (standard deviation, beats per minute) has nothing to
/// correlate; nor has a speed (metres per second).
const STEADY_BPM: f64 = 2.0;
const STEADY_DETAIL_BPM: f64 = 0.3;
const STEADY_MPS: f64 = 0.02;

/// Beats per minute by which what is left of a heart rate varies where it can deny anything:
/// devices smooth it and round it.
const LIVELY_DETAIL_BPM: f64 = 0.8;

/// A clock that fits worse than this (metres, or thousandths that a correlation lacks) is looked at
/// no closer.
const WORTH_A_LOOK: f64 = 150.0;

/// So many instants are compared at most, and so many at least.
const MOST_MOMENTS: usize = 128;
pub(crate) const LEAST_MOMENTS: usize = 5;

/// Shares of the shorter recording that two must have in common for a clock to be told by them, and
/// where one is a part of the other.
pub(crate) const IN_COMMON: f64 = 0.8;
const IN_COMMON_OF_PART: f64 = 0.95;

/// A part of a run that is shorter than this (seconds) is told by no other clock than its own: over
/// a short way many a pace is like another. Parts whose clocks agree may be that long together.
pub(crate) const LEAST_PART_S: f64 = 780.0;

/// Of a part that is shorter than this (seconds) too few instants are known to tell anything.
const LEAST_OF_PARTS_S: f64 = 180.0;

/// Recordings of unlike lengths may overlap at their ends by this share.
const LIKE_DURATION: f64 = 0.1;

/// The longest that a clock is looked for which is off by no quarter hour, in recordings that
/// overlap, and the steps (seconds).
const SEARCHED_S: f64 = 3600.0;
const STEP_S: f64 = 15.0;

/// A copy with another time written into it begins no later than this (seconds) after the end of
/// what it copies.
const WRITTEN_LATER_S: f64 = 7200.0;

/// A setting of the second clock by which two recordings may be one run: it is so many seconds on,
/// and they then lie so many metres apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Setting {
    pub later_s: f64,
    pub misfit_m: f64,
}

/// How two recordings compare by one setting of their clocks.
#[derive(Default)]
pub(crate) struct Compared {
    /// The median of their distances in metres; `None` where they have too few positions in common.
    pub median_m: Option<f64>,
    /// The largest of the medians of the thirds of their time.
    worst_third_m: Option<f64>,
    /// The median of the last third of it.
    last_third_m: Option<f64>,
    /// The share of instants at which they were two places, and the median distance of those.
    pub far_share: f64,
    pub far_m: f64,
    /// The share of instants at which no device is so wrong.
    pub apart_share: f64,
    /// The correlation of their heart rates, where both vary.
    pub heart: Option<f64>,
    /// That of their ups and downs of minutes: warming up makes all heart rates alike.
    heart_detail: Option<f64>,
    /// Whether those of both vary by enough to tell hearts apart.
    is_detail_lively: bool,
    /// The correlation of their speeds, where neither places nor heart rates are common.
    speed: Option<f64>,
    /// The share of the compared instants that both know.
    pub in_common: f64,
}

impl Compared {
    /// How far from one run, to choose among clocks.
    pub fn misfit(&self) -> f64 {
        self.worst_third_m.unwrap_or_else(|| 1000.0 * (1.0 - self.heart.or(self.speed).unwrap_or(-1.0)))
    }

    /// Whether the heart rates say that there were two hearts, or two days of one.
    fn are_hearts_apart(&self) -> bool {
        self.heart.is_some_and(|r| r < DOUBTFUL_HEART)
            || self.is_detail_lively && self.heart_detail.is_some_and(|r| r < OTHER_DETAIL)
    }

    fn is_one_heart(&self) -> bool {
        self.heart.is_some_and(|r| r > SAME_HEART) && self.heart_detail.is_some_and(|r| r > CLOSE_DETAIL)
    }
}

impl Pair<'_> {
    /// Compares the two where b's clock is set `set_s` seconds on.
    pub fn compare(&self, set_s: f64) -> Compared {
        self.compare_at(set_s, MOST_MOMENTS)
    }

    fn compare_at(&self, set_s: f64, most: usize) -> Compared {
        let (of, other, later_s) = self.sides(set_s);
        let mut all = 0_usize;
        let mut metres: Vec<f64> = Vec::new();
        let mut rates: Vec<(f64, f64)> = Vec::new();
        let mut known = 0_usize;
        for moment in of.moments(most) {
            all += 1;
            let there: Moment = other.at(moment.time_s + later_s);
            let place = moment.place.zip(there.place).map(|(a, b)| a.metres_to(b));
            let bpm = moment.bpm.zip(there.bpm);
            known += usize::from(place.is_some() || bpm.is_some());
            metres.extend(place);
            rates.extend(bpm);
        }
        let detail = detail(&rates);
        let mut compared = Compared {
            heart: correlation(&rates, STEADY_BPM),
            heart_detail: correlation(&detail, STEADY_DETAIL_BPM),
            is_detail_lively: correlation(&detail, LIVELY_DETAIL_BPM).is_some(),
            in_common: known as f64 / all.max(1) as f64,
            ..Compared::default()
        };
        if metres.len() >= LEAST_MOMENTS {
            let third = metres.len().div_ceil(3);
            let mut thirds = metres.chunks(third).map(|third| median(&mut third.to_vec()));
            compared.worst_third_m = thirds.clone().reduce(f64::max);
            compared.last_third_m = thirds.next_back();
            compared.median_m = Some(median(&mut metres));
            let share = |most_m: f64| metres.iter().filter(|m| **m > most_m).count() as f64 / metres.len() as f64;
            (compared.far_share, compared.apart_share) = (share(TWO_PLACES_M), share(APART_M));
            let mut far: Vec<f64> = metres.iter().copied().filter(|metres| *metres > TWO_PLACES_M).collect();
            compared.far_m = if far.is_empty() { 0.0 } else { median(&mut far) };
        } else if compared.heart.is_none() && self.likeness == Likeness::Equal {
            let speeds = speeds(of, other, later_s, most);
            compared.speed = correlation(&speeds, STEADY_MPS);
            compared.in_common = (speeds.len() + 1) as f64 / all.max(1) as f64;
        }
        compared
    }

    /// Whether one run was recorded, saved or sent twice, where b's clock is set `set_s` seconds
    /// on.
    pub fn is_one_run(&self, set_s: f64) -> bool {
        self.is_one_run_from(set_s, LEAST_PART_S)
    }

    /// The same, where a part of a run lasts `least_part_s` seconds or more.
    fn is_one_run_from(&self, set_s: f64, least_part_s: f64) -> bool {
        let is_alike = self.likeness >= Likeness::Alike;
        if !is_alike && self.shorter_s() < least_part_s {
            return false;
        }
        let compared = self.compare(set_s);
        if compared.in_common < if is_alike { IN_COMMON } else { IN_COMMON_OF_PART } {
            return false;
        }
        let Some(metres) = compared.worst_third_m else {
            return match (compared.heart, compared.speed) {
                (Some(r), _) => {
                    let least = if is_alike { SAME_DETAIL } else { CLOSE_DETAIL };
                    r > SAME_HEART && compared.heart_detail.is_some_and(|r| r > least)
                }
                (None, speed) => speed.is_some_and(|r| r > SAME_SPEED),
            };
        };
        if metres >= NEAR_APART_M || compared.are_hearts_apart() {
            return false;
        }
        if let Some(evidence) = Evidence::of(self, set_s) {
            return !evidence.is_second_run(compared.is_one_heart());
        }
        // Over a short way many a pace is like another: other parts must say so too.
        let may_be_short = is_alike || least_part_s < LEAST_PART_S;
        may_be_short && metres < NEAR_SHORT_M && compared.heart.is_none_or(|r| r > SAME_HEART)
    }

    /// The setting of b's clock by which the two begin, or end, together.
    pub fn by_ends(&self) -> Option<f64> {
        let start_s = self.later_s;
        let end_s = self.later_s + end_s(self.a.trail()) - end_s(self.b.trail());
        [start_s, end_s].into_iter().find(|set_s| self.is_one_run(*set_s))
    }

    /// The setting of b's clock near a whole quarter hour by which the two are closest, of those
    /// that make one run of them: round a loop a lap may take about as long.
    pub fn by_quarter_hours(&self) -> Option<f64> {
        self.quarter_hours(LEAST_PART_S).first().map(|setting| setting.later_s)
    }

    /// All such settings by which one may be a part of the other, also of a part that is too short
    /// to be told alone; the closest first.
    pub fn parts_by_quarter_hours(&self) -> Vec<Setting> {
        self.quarter_hours(LEAST_OF_PARTS_S)
    }

    fn quarter_hours(&self, least_part_s: f64) -> Vec<Setting> {
        let is_too_short = self.likeness < Likeness::Alike && self.shorter_s() < least_part_s;
        if is_too_short || !self.is_one_way() {
            return Vec::new();
        }
        let (a_s, b_s) = (end_s(self.a.trail()), end_s(self.b.trail()));
        let slack_s = LIKE_DURATION * a_s.max(b_s) + SLACK_S;
        // From beginning together to ending together.
        let (low_s, high_s) = (self.later_s + (a_s - b_s).min(0.0), self.later_s + (a_s - b_s).max(0.0));
        let low = ((low_s - slack_s) / QUARTER_HOUR_S).ceil().max(-MOST_QUARTER_HOURS);
        let high = ((high_s + slack_s) / QUARTER_HOUR_S).floor().min(MOST_QUARTER_HOURS);
        let mut settings = Vec::new();
        let mut quarter = low;
        while quarter <= high {
            settings.extend(self.near_quarter_hour(quarter, least_part_s).filter(|_| quarter != 0.0));
            quarter += 1.0;
        }
        let order = |a: &Setting, b: &Setting| {
            let metres = |setting: &Setting| (setting.misfit_m / BETTER_M).round();
            metres(a).total_cmp(&metres(b)).then(a.later_s.abs().total_cmp(&b.later_s.abs()))
        };
        settings.sort_by(order);
        settings
    }

    /// The best setting within half a minute of a quarter hour, if it makes one run of the two.
    fn near_quarter_hour(&self, quarter: f64, least_part_s: f64) -> Option<Setting> {
        let set_s = quarter * QUARTER_HOUR_S;
        let steps = (-6..=6).map(|step| set_s + f64::from(step) * SLACK_S / 6.0);
        // The very start is tried as well: it is what a wrong clock leaves as it is.
        let start_s = Some(self.later_s).filter(|start_s| (start_s - set_s).abs() <= SLACK_S);
        let (set_s, _) = self.best_of(steps.chain(start_s)).filter(|(_, compared)| compared.misfit() < WORTH_A_LOOK)?;
        let (later_s, compared) = self.best_of(Self::about(set_s))?;
        self.is_one_run_from(later_s, least_part_s).then(|| Setting { later_s, misfit_m: compared.misfit() })
    }

    /// The setting of b's clock where the two share what no second lap repeats, the noise of the
    /// positions and the heart's every beat: one was written, or sent, with another time.
    pub fn by_noise(&self) -> Option<f64> {
        let between_s =
            self.later_s.abs() - if self.later_s < 0.0 { end_s(self.a.trail()) } else { end_s(self.b.trail()) };
        if between_s > WRITTEN_LATER_S {
            return None;
        }
        let compared = self.compare(self.later_s);
        let is_noise_shared = compared.worst_third_m? < SAME_NOISE_M && compared.in_common >= IN_COMMON;
        (is_noise_shared && compared.heart? > 0.99).then_some(self.later_s)
    }

    /// The settings of b's clock by seconds about one.
    fn about(set_s: f64) -> impl Iterator<Item = f64> + use<> {
        (-8..=8).map(move |second| set_s + f64::from(second))
    }

    pub fn best_of(&self, settings: impl Iterator<Item = f64>) -> Option<(f64, Compared)> {
        settings.map(|set_s| (set_s, self.compare(set_s))).min_by(|a, b| a.1.misfit().total_cmp(&b.1.misfit()))
    }

    /// Whether two that `now` lie on one way draw apart, and both run on: by another pace.
    pub fn draw_apart(&self, now: &Compared) -> bool {
        if now.last_third_m.is_none_or(|metres| metres <= APART_M) || !self.is_one_way() {
            return false;
        }
        let (of, other, later_s) = self.sides(0.0);
        let to_s = end_s(of);
        let from_s = to_s - of.seconds() / 3.0;
        let metres = |trail: &Trail, later_s: f64| {
            Some(trail.metres_at(to_s + later_s)? - trail.metres_at(from_s + later_s)?).filter(|metres| *metres > 0.0)
        };
        let both = metres(of, 0.0).zip(metres(other, later_s));
        both.is_some_and(|(a, b)| a <= RUN_ON * b && b <= RUN_ON * a)
    }

    /// Whether some points of the shorter lie near the way of the other, whenever: what no clock
    /// can mend is not tried.
    fn is_one_way(&self) -> bool {
        const FEW: usize = 8;
        const SOME: usize = 96;
        const NEAR_THE_WAY_M: f64 = 100.0;
        let (short, long, _) = self.sides(0.0);
        let places: Vec<_> = long.moments(SOME).filter_map(|moment| moment.place).collect();
        let probes: Vec<_> = short.moments(FEW).filter_map(|moment| moment.place).collect();
        // Between two of the points it went some way.
        let step_m = places.windows(2).map(|pair| pair[0].metres_to(pair[1])).fold(0.0, f64::max);
        let is_near = |probe: &&Place| places.iter().any(|place| place.metres_to(**probe) < step_m + NEAR_THE_WAY_M);
        places.is_empty() || probes.iter().filter(is_near).count() as f64 >= IN_COMMON * probes.len() as f64
    }

    /// The smallest setting of b's clock by which two overlapping recordings lie on one another: on
    /// a loop a larger one may as well, a lap on.
    pub fn by_search(&self, now: &Compared) -> Option<f64> {
        const FEW: usize = 12;
        now.median_m?;
        if !self.is_one_way() {
            return None;
        }
        let steps = (SEARCHED_S / STEP_S) as i32;
        let coarse = (0..=steps).flat_map(|step| [step, -step]).map(|step| f64::from(step) * STEP_S);
        let is_near = |set_s: &f64| {
            let compared = self.compare_at(*set_s, FEW);
            compared.in_common >= IN_COMMON && compared.worst_third_m.is_some_and(|metres| metres < 3.0 * NEAR_APART_M)
        };
        coarse.filter(is_near).find_map(|set_s| {
            let (set_s, _) = self.best_of(Self::about(set_s))?;
            self.is_one_run(set_s).then_some(set_s)
        })
    }
}

/// The speeds of both from one instant to the next, in metres per second.
fn speeds(of: &Trail, other: &Trail, later_s: f64, most: usize) -> Vec<(f64, f64)> {
    let times: Vec<f64> = of.moments(most).map(|moment| moment.time_s).collect();
    let speed = |trail: &Trail, from_s: f64, to_s: f64| {
        let is_known = to_s > from_s && trail.is_during(from_s) && trail.is_during(to_s);
        let metres = || Some(trail.metres_at(to_s)? - trail.metres_at(from_s)?);
        is_known.then(metres).flatten().map(|metres| metres / (to_s - from_s))
    };
    let pairs = times.windows(2).map(|pair| (pair[0], pair[1]));
    pairs.filter_map(|(from, to)| speed(of, from, to).zip(speed(other, from + later_s, to + later_s))).collect()
}
