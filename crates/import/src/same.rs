//! Whether two recordings are of one run: by time and place, else by time and heart rate, also where the clock of one
//! was off. `docs/copies.md` says it for people.

use crate::intake::Recording;
use crate::trail::{Moment, Place, Span, Trail};

/// Two recordings with less than this in common (seconds) do not overlap.
const OVERLAP_S: f64 = 60.0;

/// The median distance (metres) of two recordings of one run, by clocks alike and by clocks apart.
const NEAR_M: f64 = 50.0;
const NEAR_APART_M: f64 = 25.0;
const NEAR_SHORT_M: f64 = 10.0;

/// Of two clocks the one by which recordings lie closer by this (metres) is the better.
const BETTER_M: f64 = 1.0;

/// A recording shorter than this (seconds) tells less of its pace.
pub(crate) const SHORT_S: f64 = 1200.0;

/// The median distance (metres) of recordings that share the noise of their positions: one is the other's copy, digit for digit.
const SAME_NOISE_M: f64 = 2.0;

/// Nobody is further than this (metres) from themselves, for more than a share of the time.
const TWO_PLACES_M: f64 = 1000.0;
const TWO_PLACES_SHARE: f64 = 0.2;

/// Clocks are off by whole quarter hours, as time zones are, up to this many (fourteen hours), and so many seconds besides.
const QUARTER_HOUR_S: f64 = 900.0;
const MOST_QUARTER_HOURS: f64 = 56.0;
const SLACK_S: f64 = 30.0;

/// Copies by clocks apart differ by no more than these shares in distance and in duration.
const LIKE_DISTANCE: f64 = 0.05;
const LIKE_DISTANCE_BY_PLACES: f64 = 0.1;
const LIKE_DURATION: f64 = 0.1;

/// A run that was typed in begins no later than this (seconds) after the end of the recording.
const TYPED_LATER_S: f64 = 7200.0;

/// Correlations of heart rates that are the same heart's, that deny it by clocks apart, and that deny it by clocks alike.
const SAME_HEART: f64 = 0.95;
const DOUBTFUL_HEART: f64 = 0.8;
const OTHER_HEART: f64 = 0.5;

/// The least correlation of what is left of heart rates without their course over minutes.
const SAME_DETAIL: f64 = 0.4;

/// A heart rate that varies by less than this (standard deviation, beats per minute) has nothing to correlate.
const STEADY_BPM: f64 = 2.0;
const STEADY_DETAIL_BPM: f64 = 0.3;

/// A clock that fits worse than this (metres, or thousandths that a correlation lacks) is looked at no closer.
const WORTH_A_LOOK: f64 = 150.0;

/// So many instants are compared at most, and so many at least.
const MOST_MOMENTS: usize = 128;
const LEAST_MOMENTS: usize = 5;

/// Shares of the shorter recording that two must have in common for a clock to be told by them.
const IN_COMMON: f64 = 0.8;

/// The longest that a clock is looked for which is off by no quarter hour, in recordings that overlap, and the steps (seconds).
const SEARCHED_S: f64 = 3600.0;
const STEP_S: f64 = 15.0;

/// The farthest apart that the starts of copies can lie.
pub(crate) const FARTHEST_S: f64 = MOST_QUARTER_HOURS * QUARTER_HOUR_S + SLACK_S;

/// What two recordings are to one another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Relation {
    /// Nothing that is known.
    None,
    /// One run, by place or heart rate; the second's clock, and `later_s` seconds, is the first's. By it they lie within
    /// `misfit_m` metres of one another.
    Same { later_s: f64, misfit_m: f64 },
    /// One run, since nobody runs twice at once, and nothing says that they are two people.
    Overlap,
    /// Two people: further apart than anybody is from themselves.
    Apart { metres: f64 },
    /// Two people, by their heart rates.
    OtherHeart,
}

/// What two recordings of different sports, or of none, may be to one another where nothing but time tells.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Sports {
    /// One named sport.
    Same,
    /// One of them names none.
    Open,
    /// Two named sports.
    Different,
}

/// What a and b are to one another.
pub(crate) fn relation(a: &Recording, b: &Recording, sports: Sports) -> Relation {
    match (a.trail().has_time(), b.trail().has_time()) {
        (true, true) => {}
        (true, false) => return typed_in(b, a, sports),
        (false, true) => {
            return match typed_in(a, b, sports) {
                Relation::Same { later_s, misfit_m } => Relation::Same { later_s: -later_s, misfit_m },
                other => other,
            };
        }
        (false, false) => return both_typed_in(a, b, sports),
    }
    let pair = Pair { a, b, later_s: a.start.seconds_since(b.start) };
    let shared_s = pair.shared_s();
    let is_overlap = shared_s >= OVERLAP_S.min(0.5 * pair.shorter_s()) && shared_s > 0.0;
    let is_alike = are_alike(a, b);
    if !is_overlap {
        return pair.of_clock(is_alike.then(|| pair.by_quarter_hours().or_else(|| pair.by_noise())).flatten());
    }
    let now = pair.compare(0.0);
    let by_clock = || is_alike.then(|| pair.by_ends().or_else(|| pair.by_quarter_hours())).flatten();
    if now.median_m.is_some_and(|metres| metres <= NEAR_M) {
        // On a loop a part of one may lie near a part of the other, where the whole of it lies on the whole by another clock.
        let is_part = shared_s < IN_COMMON * pair.shorter_s();
        let fits_better = |later_s: &f64| pair.compare(*later_s).misfit() + BETTER_M < now.misfit();
        if let Some(later_s) = is_part.then(by_clock).flatten().filter(fits_better) {
            return pair.of_clock(Some(later_s));
        }
        let slack = (-6..=6).map(|step| f64::from(step) * SLACK_S / 6.0);
        let misfit_m = pair.best_of(slack).map_or(now.misfit(), |(_, compared)| compared.misfit());
        return if now.is_other_heart() { Relation::OtherHeart } else { Relation::Same { later_s: 0.0, misfit_m } };
    }
    if now.median_m.is_none() && now.heart.is_some_and(|r| r > SAME_HEART) {
        return pair.of_clock(Some(0.0));
    }
    let by_clock = by_clock();
    if let Some(later_s) = by_clock.or_else(|| pair.by_search(&now)) {
        return pair.of_clock(Some(later_s));
    }
    if now.far_share > TWO_PLACES_SHARE {
        return Relation::Apart { metres: now.far_m };
    }
    if now.is_other_heart() {
        return Relation::OtherHeart;
    }
    let is_known = now.median_m.is_some() || now.heart.is_some();
    if is_known || sports == Sports::Same || shares_most(a, b, shared_s, sports) {
        Relation::Overlap
    } else {
        Relation::None
    }
}

/// Whether two recordings are of much the same distance (where both know one) and duration.
fn are_alike(a: &Recording, b: &Recording) -> bool {
    // Positions say it better, and their noise adds to a distance.
    let have_places =
        [a, b].into_iter().all(|of| of.trail().moments(LEAST_MOMENTS).any(|moment| moment.place.is_some()));
    let distance = if have_places { LIKE_DISTANCE_BY_PLACES } else { LIKE_DISTANCE };
    is_like_distance(a, b, distance).unwrap_or(true)
        && (is_like(a.recorded_s, b.recorded_s, LIKE_DURATION)
            || is_like(a.duration_s(), b.duration_s(), LIKE_DURATION))
}

fn is_like_distance(a: &Recording, b: &Recording, share: f64) -> Option<bool> {
    Some(is_like(a.distance_m?.into(), b.distance_m?.into(), share))
}

fn is_like(a: f64, b: f64, share: f64) -> bool {
    (a - b).abs() <= share * a.max(b)
}

/// A run of which only the totals are known: it has the distance of the recording, and begins with it or is told of within
/// hours of its end. The setting of its clock that makes one of the two.
fn typed_in(typed: &Recording, recorded: &Recording, sports: Sports) -> Relation {
    let after_s = typed.start.seconds_since(recorded.start);
    let is_then = (-OVERLAP_S..=end_s(recorded.trail()) + TYPED_LATER_S).contains(&after_s);
    let is_like_time = typed.duration_s() <= 0.0 || are_alike(typed, recorded);
    let same_distance = is_like_distance(typed, recorded, LIKE_DISTANCE);
    if sports == Sports::Different {
        return Relation::None;
    }
    if is_then && is_like_time && same_distance == Some(true) {
        return Relation::Same { later_s: -after_s, misfit_m: NEAR_APART_M };
    }
    // Nothing but the time tells.
    let shared_s = recorded.spans().map(|span| shared(span, typed.whole())).sum();
    let begins_with = after_s.abs() <= 2.0 * OVERLAP_S && typed.duration_s() <= 0.0;
    if begins_with || shares_most(typed, recorded, shared_s, sports) { Relation::Overlap } else { Relation::None }
}

fn both_typed_in(a: &Recording, b: &Recording, sports: Sports) -> Relation {
    let shorter_s = a.duration_s().min(b.duration_s());
    let is_same = if shorter_s <= 0.0 {
        a.start.seconds_since(b.start).abs() <= 2.0 * OVERLAP_S
    } else {
        shares_most(a, b, shared(a.whole(), b.whole()), sports)
    };
    if is_same && sports != Sports::Different { Relation::Overlap } else { Relation::None }
}

/// Whether two recordings share most of their time: of one sport the shorter's, else the longer's. What names no sport may be a
/// day of a phone's track.
fn shares_most(a: &Recording, b: &Recording, shared_s: f64, sports: Sports) -> bool {
    let (a_s, b_s) = (a.time_s(), b.time_s());
    let of_s = if sports == Sports::Same { a_s.min(b_s) } else { a_s.max(b_s) };
    sports != Sports::Different && shared_s > 0.0 && shared_s >= IN_COMMON * of_s
}

fn shared(a: Span, b: Span) -> f64 {
    (a.to_s.min(b.to_s) - a.from_s.max(b.from_s)).max(0.0)
}

/// Two recordings with samples. By clocks alike an instant of a is `later_s` seconds later since the start of b.
struct Pair<'r> {
    a: &'r Recording,
    b: &'r Recording,
    later_s: f64,
}

/// How two recordings compare by one setting of their clocks.
#[derive(Default)]
struct Compared {
    /// The median of their distances in metres; `None` where they have too few positions in common.
    median_m: Option<f64>,
    /// The largest of the medians of the thirds of their time.
    worst_third_m: Option<f64>,
    /// The share of instants at which they were two places, and the median distance of those.
    far_share: f64,
    far_m: f64,
    /// The correlation of their heart rates, where both vary.
    heart: Option<f64>,
    /// That of their ups and downs of minutes: warming up makes all heart rates alike.
    heart_detail: Option<f64>,
    /// The share of the compared instants that both know.
    in_common: f64,
    /// Whether one of them is [short](SHORT_S).
    is_short: bool,
}

impl Compared {
    fn is_other_heart(&self) -> bool {
        self.heart.is_some_and(|r| r < OTHER_HEART)
    }

    /// Whether this setting of the clocks makes one run of two recordings.
    fn is_same_by_clocks_apart(&self) -> bool {
        let is_common = self.in_common >= IN_COMMON;
        // Over a short way many a pace is like another.
        let (near_m, doubtful_heart) =
            if self.is_short { (NEAR_SHORT_M, SAME_HEART) } else { (NEAR_APART_M, DOUBTFUL_HEART) };
        let by_place = self.worst_third_m.map(|metres| metres < near_m);
        is_common
            && match (by_place, self.heart) {
                (Some(by_place), heart) => by_place && heart.is_none_or(|r| r >= doubtful_heart),
                (None, Some(r)) => r > SAME_HEART && self.heart_detail.is_some_and(|r| r > SAME_DETAIL),
                (None, None) => false,
            }
    }

    /// How far from one run, to choose among clocks.
    fn misfit(&self) -> f64 {
        self.worst_third_m.unwrap_or_else(|| 1000.0 * (1.0 - self.heart.unwrap_or(-1.0)))
    }
}

impl Pair<'_> {
    fn shared_s(&self) -> f64 {
        let b: Vec<Span> = self.b.trail().spans().collect();
        let mut from = 0;
        let mut shared_s = 0.0;
        for span in self.a.trail().spans().map(|span| span.later(self.later_s)) {
            from += b[from..].iter().take_while(|b| b.to_s < span.from_s).count();
            shared_s += b[from..].iter().take_while(|b| b.from_s < span.to_s).map(|b| shared(*b, span)).sum::<f64>();
        }
        shared_s
    }

    fn shorter_s(&self) -> f64 {
        self.a.trail().seconds().min(self.b.trail().seconds())
    }

    /// Compares the two where b's clock is set `set_s` seconds on.
    fn compare(&self, set_s: f64) -> Compared {
        self.compare_at(set_s, MOST_MOMENTS)
    }

    fn compare_at(&self, set_s: f64, most: usize) -> Compared {
        // The instants of the shorter one, so that all of them may have a counterpart.
        let is_a_shorter = self.a.trail().seconds() <= self.b.trail().seconds();
        let (of, other, later_s) = if is_a_shorter {
            (self.a.trail(), self.b.trail(), self.later_s - set_s)
        } else {
            (self.b.trail(), self.a.trail(), set_s - self.later_s)
        };
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
        let mut compared = Compared {
            heart: correlation(&rates, STEADY_BPM),
            // Of use where positions are missing.
            heart_detail: if metres.is_empty() { correlation(&detail(&rates), STEADY_DETAIL_BPM) } else { None },
            in_common: known as f64 / all.max(1) as f64,
            is_short: self.shorter_s() < SHORT_S,
            ..Compared::default()
        };
        if metres.len() >= LEAST_MOMENTS {
            let third = metres.len().div_ceil(3);
            compared.worst_third_m = metres.chunks(third).map(|third| median(&mut third.to_vec())).reduce(f64::max);
            compared.median_m = Some(median(&mut metres));
            let mut far: Vec<f64> = metres.iter().copied().filter(|metres| *metres > TWO_PLACES_M).collect();
            compared.far_share = far.len() as f64 / metres.len() as f64;
            compared.far_m = if far.is_empty() { 0.0 } else { median(&mut far) };
        }
        compared
    }

    fn of_clock(&self, later_s: Option<f64>) -> Relation {
        let same = |later_s: f64| Relation::Same { later_s, misfit_m: self.compare(later_s).misfit() };
        later_s.map_or(Relation::None, same)
    }

    /// The setting of b's clock by which the two begin, or end, together.
    fn by_ends(&self) -> Option<f64> {
        let start_s = self.later_s;
        let end_s = self.later_s + end_s(self.a.trail()) - end_s(self.b.trail());
        [start_s, end_s].into_iter().find(|set_s| self.compare(*set_s).is_same_by_clocks_apart())
    }

    /// The setting of b's clock near a whole quarter hour that makes one run of the two.
    fn by_quarter_hours(&self) -> Option<f64> {
        if !self.is_one_way() {
            return None;
        }
        let slack_s = LIKE_DURATION * self.a.trail().seconds().max(self.b.trail().seconds()) + SLACK_S;
        let (low, high) = ((self.later_s - slack_s) / QUARTER_HOUR_S, (self.later_s + slack_s) / QUARTER_HOUR_S);
        let low = low.ceil().max(-MOST_QUARTER_HOURS);
        let high = high.floor().min(MOST_QUARTER_HOURS);
        let mut quarter = low;
        while quarter <= high {
            let set_s = quarter * QUARTER_HOUR_S;
            let steps = (-6..=6).map(|step| set_s + f64::from(step) * SLACK_S / 6.0);
            // The very start is tried as well: it is what a wrong clock leaves as it is.
            let start_s = Some(self.later_s).filter(|start_s| (start_s - set_s).abs() <= SLACK_S);
            let coarse = self.best_of(steps.chain(start_s)).filter(|(_, compared)| compared.misfit() < WORTH_A_LOOK);
            let best = coarse.and_then(|(set_s, _)| self.best_of(Self::about(set_s)));
            if let Some((set_s, _)) = best.filter(|(_, compared)| quarter != 0.0 && compared.is_same_by_clocks_apart())
            {
                return Some(set_s);
            }
            quarter += 1.0;
        }
        None
    }

    /// The setting of b's clock where the two share what no second lap repeats, the noise of the positions and the heart's every
    /// beat: one was written, or sent, with another time.
    fn by_noise(&self) -> Option<f64> {
        let between_s =
            self.later_s.abs() - if self.later_s < 0.0 { end_s(self.a.trail()) } else { end_s(self.b.trail()) };
        if between_s > TYPED_LATER_S {
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

    fn best_of(&self, settings: impl Iterator<Item = f64>) -> Option<(f64, Compared)> {
        settings.map(|set_s| (set_s, self.compare(set_s))).min_by(|a, b| a.1.misfit().total_cmp(&b.1.misfit()))
    }

    /// Whether some points of the shorter lie near the way of the other, whenever: what no clock can mend is not tried.
    fn is_one_way(&self) -> bool {
        const FEW: usize = 8;
        const SOME: usize = 96;
        let (a, b) = (self.a.trail(), self.b.trail());
        let (short, long) = if a.seconds() <= b.seconds() { (a, b) } else { (b, a) };
        let places: Vec<_> = long.moments(SOME).filter_map(|moment| moment.place).collect();
        let probes: Vec<_> = short.moments(FEW).filter_map(|moment| moment.place).collect();
        // Between two of the points it went some way.
        let step_m = places.windows(2).map(|pair| pair[0].metres_to(pair[1])).fold(0.0, f64::max);
        let is_near = |probe: &&Place| places.iter().any(|place| place.metres_to(**probe) < step_m + 2.0 * NEAR_M);
        places.is_empty() || probes.iter().filter(is_near).count() as f64 >= IN_COMMON * probes.len() as f64
    }

    /// The smallest setting of b's clock by which two overlapping recordings lie on one another: on a loop a larger one may as
    /// well, a lap on.
    fn by_search(&self, now: &Compared) -> Option<f64> {
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
            let (set_s, compared) = self.best_of(Self::about(set_s))?;
            compared.is_same_by_clocks_apart().then_some(set_s)
        })
    }
}

fn end_s(trail: &Trail) -> f64 {
    trail.spans().last().map_or(0.0, |span| span.to_s)
}

fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    if values.is_empty() { 0.0 } else { *values.select_nth_unstable_by(middle, f64::total_cmp).1 }
}

/// What is left of the pairs without their mean over the eleven about each.
fn detail(pairs: &[(f64, f64)]) -> Vec<(f64, f64)> {
    const ABOUT: usize = 11;
    let left = |about: &[(f64, f64)]| {
        let (a, b) = about.iter().fold((0.0, 0.0), |(a, b), pair| (a + pair.0, b + pair.1));
        let n = about.len() as f64;
        let middle = about[ABOUT / 2];
        (middle.0 - a / n, middle.1 - b / n)
    };
    pairs.windows(ABOUT).map(left).collect()
}

/// Pearson's correlation; `None` for a few pairs, and where one side varies by less than `steady` (standard deviation).
fn correlation(pairs: &[(f64, f64)], steady: f64) -> Option<f64> {
    const FEW: usize = 20;
    if pairs.len() < FEW {
        return None;
    }
    let n = pairs.len() as f64;
    let (sum_a, sum_b) = pairs.iter().fold((0.0, 0.0), |(a, b), pair| (a + pair.0, b + pair.1));
    let (mean_a, mean_b) = (sum_a / n, sum_b / n);
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (a, b) in pairs.iter().map(|(a, b)| (a - mean_a, b - mean_b)) {
        (aa, bb, ab) = (aa + a * a, bb + b * b, ab + a * b);
    }
    let varies = |square_sum: f64| (square_sum / n).sqrt() >= steady;
    (varies(aa) && varies(bb)).then(|| ab / (aa * bb).sqrt())
}
