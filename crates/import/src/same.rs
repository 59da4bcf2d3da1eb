//! Whether two recordings are of one run: by time and place, else by time and heart rate, also
//! where the clock of one was off. `docs/copies.md` says it for people.

use crate::compare::{
    BETTER_M, Compared, IN_COMMON, LEAST_MOMENTS, MOST_QUARTER_HOURS, QUARTER_HOUR_S, SAME_HEART, SLACK_S, Setting,
};
use crate::item::Recording;
use crate::pair::{Likeness, Pair, end_s};

/// Two recordings with less than this in common (seconds) do not overlap.
const OVERLAP_S: f64 = 60.0;

/// The median distance (metres) of two recordings of one run by clocks alike.
const NEAR_M: f64 = 50.0;

/// That of a run that was typed in, which has no place.
const TYPED_MISFIT_M: f64 = 25.0;

/// A recording shorter than this (seconds) tells less of its pace.
pub(crate) const SHORT_S: f64 = 1200.0;

/// Nobody is two places, for more than a share of the time; nor so far off that no device can be so
/// wrong, for a larger one.
const TWO_PLACES_SHARE: f64 = 0.2;
const APART_SHARE: f64 = 0.8;

/// Copies by clocks apart differ by no more than these shares in distance and in duration.
const LIKE_DISTANCE: f64 = 0.05;
const LIKE_DISTANCE_BY_PLACES: f64 = 0.1;
const LIKE_DURATION: f64 = 0.1;
const EQUAL: f64 = 0.01;

/// A run that was typed in begins no later than this (seconds) after the end of the recording.
const TYPED_LATER_S: f64 = 7200.0;

/// A correlation of heart rates that says there were two hearts.
const OTHER_HEART: f64 = 0.5;

/// The farthest apart that the starts of copies can lie.
pub(crate) const FARTHEST_S: f64 = MOST_QUARTER_HOURS * QUARTER_HOUR_S + SLACK_S;

/// What two recordings are to one another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Relation {
    /// Nothing that is known.
    None,
    /// One run, by place or heart rate; the second's clock, and `later_s` seconds, is the first's.
    /// By it they lie within `misfit_m` metres of one another.
    Same { later_s: f64, misfit_m: f64 },
    /// One run, since nobody runs twice at once, and nothing says that they are two people.
    Overlap,
    /// Two people: further apart than anybody is from themselves.
    Apart { metres: f64 },
    /// Two people, by their heart rates.
    OtherHeart,
}

/// What two recordings of different sports, or of none, may be to one another where nothing but
/// time tells.
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
    let pair = Pair::new(a, b, likeness(a, b));
    let is_alike = pair.likeness >= Likeness::Alike;
    let shared_s = pair.shared_s();
    let is_overlap = shared_s >= OVERLAP_S.min(0.5 * pair.shorter_s()) && shared_s > 0.0;
    if !is_overlap {
        let by_noise = || is_alike.then(|| pair.by_noise()).flatten();
        return of_clock(&pair, pair.by_quarter_hours().or_else(by_noise));
    }
    let now = pair.compare(0.0);
    let by_clock = || pair.by_ends().or_else(|| pair.by_quarter_hours());
    if now.median_m.is_some_and(|metres| metres <= NEAR_M) {
        // On a loop a part of one may lie near a part of the other, where the whole of it lies on
        // the whole by another clock.
        let is_part = shared_s < IN_COMMON * pair.shorter_s();
        let fits_better = |later_s: &f64| pair.compare(*later_s).misfit() + BETTER_M < now.misfit();
        if let Some(later_s) = is_part.then(by_clock).flatten().filter(fits_better) {
            return of_clock(&pair, Some(later_s));
        }
        let slack = (-6..=6).map(|step| f64::from(step) * SLACK_S / 6.0);
        let misfit_m = pair.best_of(slack).map_or(now.misfit(), |(_, compared)| compared.misfit());
        return if is_other_heart(&now) { Relation::OtherHeart } else { Relation::Same { later_s: 0.0, misfit_m } };
    }
    if now.median_m.is_none() && now.heart.is_some_and(|r| r > SAME_HEART) {
        return of_clock(&pair, Some(0.0));
    }
    if let Some(later_s) = by_clock().or_else(|| pair.by_search(&now)) {
        return of_clock(&pair, Some(later_s));
    }
    if now.far_share > TWO_PLACES_SHARE {
        return Relation::Apart { metres: now.far_m };
    }
    if is_other_heart(&now) {
        return Relation::OtherHeart;
    }
    // On one way, one behind the other: a start a minute or two later, or another pace.
    let are_apart = now.in_common >= IN_COMMON && (now.apart_share > APART_SHARE || pair.draw_apart(&now));
    if let Some(metres) = now.median_m.filter(|_| are_apart) {
        return Relation::Apart { metres };
    }
    let is_known = now.median_m.is_some() || now.heart.is_some();
    let is_strap = || is_strap_of(a, b, shared_s) || is_strap_of(b, a, shared_s);
    if is_known || sports == Sports::Same || shares_most(a, b, shared_s, sports) || is_strap() {
        Relation::Overlap
    } else {
        Relation::None
    }
}

/// The settings of b's clock, off by quarter hours, by which one of two recordings may be a part of
/// the other, the closest first; none where both have much the same length. A part that is too
/// short to be told alone is among them.
pub(crate) fn parts_by_other_clocks(a: &Recording, b: &Recording) -> Vec<Setting> {
    let pair = Pair::new(a, b, likeness(a, b));
    let may_be = pair.likeness == Likeness::Unlike && a.trail().has_time() && b.trail().has_time();
    if may_be { pair.parts_by_quarter_hours() } else { Vec::new() }
}

/// Whether the first has nothing but the heart rate that the second, a run, lacks, and all of its
/// time: a strap writes a file of its own, and names the sport that it likes.
fn is_strap_of(strap: &Recording, run: &Recording, shared_s: f64) -> bool {
    const ALL_OF_IT: f64 = 0.9;
    let has_place = |of: &Recording| of.trail().moments(LEAST_MOMENTS).any(|moment| moment.place.is_some());
    let has_heart = |of: &Recording| of.trail().moments(LEAST_MOMENTS).any(|moment| moment.bpm.is_some());
    run.run.is_some()
        && strap.run.is_none()
        && strap.distance_m.is_none_or(|metres| metres <= 0.0)
        && !has_place(strap)
        && has_heart(strap)
        && !has_heart(run)
        && shared_s >= ALL_OF_IT * strap.time_s().max(run.time_s())
}

fn of_clock(pair: &Pair, later_s: Option<f64>) -> Relation {
    let same = |later_s: f64| Relation::Same { later_s, misfit_m: pair.compare(later_s).misfit() };
    later_s.map_or(Relation::None, same)
}

fn is_other_heart(compared: &Compared) -> bool {
    compared.heart.is_some_and(|r| r < OTHER_HEART)
}

/// How like two recordings are in distance and duration.
fn likeness(a: &Recording, b: &Recording) -> Likeness {
    // Positions say it better, and their noise adds to a distance.
    let have_places =
        [a, b].into_iter().all(|of| of.trail().moments(LEAST_MOMENTS).any(|moment| moment.place.is_some()));
    let distance = if have_places { LIKE_DISTANCE_BY_PLACES } else { LIKE_DISTANCE };
    let is_like_time =
        |share: f64| is_like(a.recorded_s, b.recorded_s, share) || is_like(a.duration_s(), b.duration_s(), share);
    if is_like_distance(a, b, EQUAL) == Some(true) && is_like_time(EQUAL) {
        Likeness::Equal
    } else if is_like_distance(a, b, distance).unwrap_or(true) && is_like_time(LIKE_DURATION) {
        Likeness::Alike
    } else {
        Likeness::Unlike
    }
}

fn is_like_distance(a: &Recording, b: &Recording, share: f64) -> Option<bool> {
    Some(is_like(a.distance_m?.into(), b.distance_m?.into(), share))
}

fn is_like(a: f64, b: f64, share: f64) -> bool {
    (a - b).abs() <= share * a.max(b)
}

/// A run of which only the totals are known: it has the distance of the recording, and begins with
/// it or is told of within hours of its end. The setting of its clock that makes one of the two.
fn typed_in(typed: &Recording, recorded: &Recording, sports: Sports) -> Relation {
    let after_s = typed.start.seconds_since(recorded.start);
    if sports == Sports::Different {
        return Relation::None;
    }
    let same = Relation::Same { later_s: -after_s, misfit_m: TYPED_MISFIT_M };
    let likeness = likeness(typed, recorded);
    let is_then = (-OVERLAP_S..=end_s(recorded.trail()) + TYPED_LATER_S).contains(&after_s);
    let is_like_time = typed.duration_s() <= 0.0 || likeness >= Likeness::Alike;
    if is_then && is_like_time && is_like_distance(typed, recorded, LIKE_DISTANCE) == Some(true) {
        return same;
    }
    // Nothing but the time tells.
    let shared_s = recorded.spans().map(|span| span.shared_with(typed.whole())).sum();
    let begins_with = after_s.abs() <= 2.0 * OVERLAP_S && typed.duration_s() <= 0.0;
    if begins_with || shares_most(typed, recorded, shared_s, sports) { Relation::Overlap } else { Relation::None }
}

fn both_typed_in(a: &Recording, b: &Recording, sports: Sports) -> Relation {
    let shorter_s = a.duration_s().min(b.duration_s());
    let is_same = if shorter_s <= 0.0 {
        a.start.seconds_since(b.start).abs() <= 2.0 * OVERLAP_S
    } else {
        shares_most(a, b, a.whole().shared_with(b.whole()), sports)
    };
    if is_same && sports != Sports::Different { Relation::Overlap } else { Relation::None }
}

/// Whether two recordings share most of their time: of one sport the shorter's, else the longer's.
/// What names no sport may be a day of a phone's track.
fn shares_most(a: &Recording, b: &Recording, shared_s: f64, sports: Sports) -> bool {
    let (a_s, b_s) = (a.time_s(), b.time_s());
    let of_s = if sports == Sports::Same { a_s.min(b_s) } else { a_s.max(b_s) };
    sports != Sports::Different && shared_s > 0.0 && shared_s >= IN_COMMON * of_s
}
