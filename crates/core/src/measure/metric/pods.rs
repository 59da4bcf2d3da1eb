use std::ops::RangeInclusive;

use super::dynamics::{over_steady_running, steady_mean};
use super::over_the_run::fade_of;
use super::{Combine, Compute, Measured, Metric};
use crate::doc::documented;
use crate::measure::trace::Trace;
use kneewise_read::unit::Unit;

/// What only pods at the shoe tell.
pub static POD_METRICS: &[&Metric] = &[
    &LEG_SPRING_STIFFNESS,
    &LEG_SPRING_STIFFNESS_FADE,
    &FORM_POWER,
    &IMPACT_LOADING_RATE,
    &PRONATION_LEFT,
    &PRONATION_RIGHT,
    &FOOT_STRIKE_LEFT,
    &FOOT_STRIKE_RIGHT,
    &IMPACT_LEFT,
    &IMPACT_RIGHT,
    &BRAKING_LEFT,
    &BRAKING_RIGHT,
];

documented! {
    /// How stiff the leg is, taken for a spring, by a Stryd pod.
    ///
    /// **Written by** Stryd as the developer field `Leg Spring Stiffness` in kN/m.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: Stryd's developer field `Leg Spring Stiffness`, by a model that its maker has
    /// not published; the mean over steady running is our own method.
    ///
    /// **Limits**: the maker's own model, from movements of the foot; it rises with body mass.
    /// Zeros are missing values.
    pub static LEG_SPRING_STIFFNESS: Metric {
        id: "leg_spring_stiffness_kn_per_m",
        name: "Leg-spring stiffness",
        unit: Unit::KilonewtonsPerMetre,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| pod(trace, STIFFNESS.0, STIFFNESS.1, STIFFNESS_KN_PER_M)),
    }
}

documented! {
    /// By how much the leg's stiffness changed towards the end of the run, at one and the same
    /// speed on the flat: below 0 the leg gives more than at the start.
    ///
    /// **Formula** and what it is computed from: as the late change of step rate, of Stryd's
    /// developer field `Leg Spring Stiffness`.
    ///
    /// **Source**: our own method; the field is Stryd's, by a model that its maker has not
    /// published.
    ///
    /// **Limits**: those of the late change of step rate, and those of leg-spring stiffness. Soft
    /// ground lowers it too.
    pub static LEG_SPRING_STIFFNESS_FADE: Metric {
        id: "leg_spring_stiffness_fade_percent",
        name: "Late change of leg-spring stiffness",
        unit: Unit::Percent,
        combine: Combine::Longest,
        compute: Compute::FromActivity(stiffness_fade),
    }
}

documented! {
    /// The power that goes into moving up and down on the spot, by a Stryd pod.
    ///
    /// **Written by** Stryd as the developer field `Form Power` in watts.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: Stryd's developer field `Form Power`, by a model that its maker has not
    /// published; the mean over steady running is our own method.
    ///
    /// **Limits**: the maker's own model; it rises with body mass. Zeros are missing values.
    pub static FORM_POWER: Metric {
        id: "form_power_w",
        name: "Form power",
        unit: Unit::Watts,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| pod(trace, &["Form Power"], &["watts", "watt", "w"], 1.0..=400.0)),
    }
}

documented! {
    /// How fast the force rises as the foot lands, by a Stryd pod.
    ///
    /// **Written by** Stryd as the developer field `Impact Loading Rate`, in body weights per
    /// second. Where the file gives another unit there is none.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: Stryd's developer field `Impact Loading Rate`, by a model that its maker has not
    /// published; the mean over steady running is our own method.
    ///
    /// **Limits**: the maker's own model; it is not the loading rate of a force plate. Zeros are
    /// missing values.
    pub static IMPACT_LOADING_RATE: Metric {
        id: "impact_loading_rate_bw_per_s",
        name: "Impact loading rate",
        unit: Unit::BodyWeightsPerSecond,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| pod(trace, &["Impact Loading Rate"], &["bw/s", "body weights/s", "body weight/s", ""], 1.0..=400.0)),
    }
}

documented! {
    /// How far the left foot rolls inward after it lands; inward is negative, as the pod writes it.
    ///
    /// **Written by** `RunScribe` pods as the developer field `RS_Pronation_L` in degrees.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: `RunScribe`'s developer field `RS_Pronation_L`, by a method of its maker's; the
    /// mean over steady running is our own method.
    ///
    /// **Limits**: a pod's angle on a shoe and not the joint's. Rolling inward is what feet do, and
    /// 927 beginners who did so more were not hurt more often in the year that followed (Nielsen
    /// RØ, et al. Br J Sports Med 2014;48:440–447). A difference between the sides, or from the
    /// runner's usual value, shows more than the value itself.
    pub static PRONATION_LEFT: Metric {
        id: "pronation_left_deg",
        name: "Pronation, left",
        unit: Unit::Degrees,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| pod(trace, &["RS_Pronation_L"], &["deg", "degrees", "\u{b0}", ""], -60.0..=40.0)),
    }
}

documented! {
    /// How far the right foot rolls inward after it lands; inward is negative, as the pod writes
    /// it.
    ///
    /// **Written by** `RunScribe` pods as the developer field `RS_Pronation_R` in degrees.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: `RunScribe`'s developer field `RS_Pronation_R`, by a method of its maker's; the
    /// mean over steady running is our own method.
    ///
    /// **Limits**: a pod's angle on a shoe and not the joint's. Rolling inward is what feet do, and
    /// 927 beginners who did so more were not hurt more often in the year that followed (Nielsen
    /// RØ, et al. Br J Sports Med 2014;48:440–447). A difference between the sides, or from the
    /// runner's usual value, shows more than the value itself.
    pub static PRONATION_RIGHT: Metric {
        id: "pronation_right_deg",
        name: "Pronation, right",
        unit: Unit::Degrees,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| pod(trace, &["RS_Pronation_R"], &["deg", "degrees", "\u{b0}", ""], -60.0..=40.0)),
    }
}

documented! {
    /// Which part of the left foot lands first, on the pod's scale from 1 (heel) to 16 (toes).
    ///
    /// **Written by** `RunScribe` pods as the developer field `RS_FootStrike_L`, a number without a
    /// unit. Up to 5 is the heel, 6 to 10 the middle of the foot, 11 or more its front.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: `RunScribe`'s developer field `RS_FootStrike_L`; the scale from its maker's own
    /// program for watches, the three parts of it from a study that held the pods against cameras
    /// (DeJong AF, Hertel J. J Athl Train 2020;55:1307); the mean over steady running is of our own
    /// making.
    ///
    /// **Limits**: the maker's own model, from how the shoe turns between landing and lying flat.
    /// That this field has the scale of that program, which writes others, is taken for granted. In
    /// that study, of 800 steps of 20 athletes, it named the part right in 78 of a hundred, and the
    /// middle of the foot in 55. It depends on the shoe, the speed and the slope. Zeros are missing
    /// values.
    pub static FOOT_STRIKE_LEFT: Metric {
        id: "foot_strike_left",
        name: "Foot strike, left",
        unit: Unit::Arbitrary,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| pod(trace, &["RS_FootStrike_L"], &[""], 1.0..=16.0)),
    }
}

documented! {
    /// Which part of the right foot lands first, on the pod's scale from 1 (heel) to 16 (toes).
    ///
    /// **Written by** `RunScribe` pods as the developer field `RS_FootStrike_R`, a number without a
    /// unit. Up to 5 is the heel, 6 to 10 the middle of the foot, 11 or more its front.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: `RunScribe`'s developer field `RS_FootStrike_R`; the scale from its maker's own
    /// program for watches, the three parts of it from a study that held the pods against cameras
    /// (DeJong AF, Hertel J. J Athl Train 2020;55:1307); the mean over steady running is of our own
    /// making.
    ///
    /// **Limits**: the maker's own model, from how the shoe turns between landing and lying flat.
    /// That this field has the scale of that program, which writes others, is taken for granted. In
    /// that study, of 800 steps of 20 athletes, it named the part right in 78 of a hundred, and the
    /// middle of the foot in 55. It depends on the shoe, the speed and the slope. Zeros are missing
    /// values.
    pub static FOOT_STRIKE_RIGHT: Metric {
        id: "foot_strike_right",
        name: "Foot strike, right",
        unit: Unit::Arbitrary,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| pod(trace, &["RS_FootStrike_R"], &[""], 1.0..=16.0)),
    }
}

documented! {
    /// The shock along the leg as the left foot lands, in multiples of gravity.
    ///
    /// **Written by** `RunScribe` pods as the developer field `RS_Impact_GS_L` in g.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: `RunScribe`'s developer field `RS_Impact_GS_L`, by a method of its maker's; the
    /// mean over steady running is our own method.
    ///
    /// **Limits**: measured at the shoe, so it depends on the shoe and on where the pod sits. Zeros
    /// are missing values.
    pub static IMPACT_LEFT: Metric {
        id: "impact_left_g",
        name: "Impact, left",
        unit: Unit::StandardGravities,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| pod(trace, &["RS_Impact_GS_L"], &["g", "gs", ""], 0.1..=50.0)),
    }
}

documented! {
    /// The shock along the leg as the right foot lands, in multiples of gravity.
    ///
    /// **Written by** `RunScribe` pods as the developer field `RS_Impact_GS_R` in g.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: `RunScribe`'s developer field `RS_Impact_GS_R`, by a method of its maker's; the
    /// mean over steady running is our own method.
    ///
    /// **Limits**: measured at the shoe, so it depends on the shoe and on where the pod sits. Zeros
    /// are missing values.
    pub static IMPACT_RIGHT: Metric {
        id: "impact_right_g",
        name: "Impact, right",
        unit: Unit::StandardGravities,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| pod(trace, &["RS_Impact_GS_R"], &["g", "gs", ""], 0.1..=50.0)),
    }
}

documented! {
    /// How hard the left foot brakes as it lands, in multiples of gravity.
    ///
    /// **Written by** `RunScribe` pods as the developer field `RS_Braking_GS_L` in g.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: `RunScribe`'s developer field `RS_Braking_GS_L`, by a method of its maker's; the
    /// mean over steady running is our own method.
    ///
    /// **Limits**: measured at the shoe, so it depends on the shoe and on where the pod sits. Zeros
    /// are missing values.
    pub static BRAKING_LEFT: Metric {
        id: "braking_left_g",
        name: "Braking, left",
        unit: Unit::StandardGravities,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| pod(trace, &["RS_Braking_GS_L"], &["g", "gs", ""], 0.1..=50.0)),
    }
}

documented! {
    /// How hard the right foot brakes as it lands, in multiples of gravity.
    ///
    /// **Written by** `RunScribe` pods as the developer field `RS_Braking_GS_R` in g.
    ///
    #[doc = over_steady_running!()]
    ///
    /// **Source**: `RunScribe`'s developer field `RS_Braking_GS_R`, by a method of its maker's; the
    /// mean over steady running is our own method.
    ///
    /// **Limits**: measured at the shoe, so it depends on the shoe and on where the pod sits. Zeros
    /// are missing values.
    pub static BRAKING_RIGHT: Metric {
        id: "braking_right_g",
        name: "Braking, right",
        unit: Unit::StandardGravities,
        combine: Combine::Mean,
        compute: Compute::FromActivity(|trace| pod(trace, &["RS_Braking_GS_R"], &["g", "gs", ""], 0.1..=50.0)),
    }
}

/// The names and units of a Stryd pod's leg-spring stiffness.
const STIFFNESS: (&[&str], &[&str]) = (&["Leg Spring Stiffness"], &["kN/m"]);

/// Values outside this are a pod's slip.
const STIFFNESS_KN_PER_M: RangeInclusive<f64> = 1.0..=60.0;

fn stiffness_fade(trace: &Trace) -> Option<Measured> {
    let value = series(trace, STIFFNESS.0, STIFFNESS.1)?;
    fade_of(trace, value, &STIFFNESS_KN_PER_M, "the pod's samples, first and last third at like speeds")
}

/// The mean over steady running of a series that a pod wrote under one of `names`, in one of
/// `units`.
fn pod(trace: &Trace, names: &[&str], units: &[&str], plausible: RangeInclusive<f64>) -> Option<Measured> {
    let value = series(trace, names, units)?;
    steady_mean(trace, value, plausible, "the pod's samples of steady running")
}

/// The values of a series that a pod wrote under one of `names`, in one of `units`; NaN where it
/// has none.
fn series<'t>(trace: &Trace<'t>, names: &[&str], units: &[&str]) -> Option<impl Fn(usize) -> f64 + use<'t>> {
    let is_one_of = |text: &str, known: &[&str]| known.iter().any(|k| k.eq_ignore_ascii_case(text.trim()));
    let columns = trace.activity.samples.developer();
    let column = columns.iter().find(|column| is_one_of(&column.name, names) && is_one_of(&column.unit, units))?;
    Some(move |i: usize| Some(column.values[i]).filter(|value| *value != 0.0).unwrap_or(f64::NAN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::metric::of_columns;
    use kneewise_read::activity::{Channel, DeveloperColumn};

    fn of(metric: &Metric, name: &str, unit: &str, values: Vec<f64>) -> Option<f64> {
        let column = DeveloperColumn { name: name.to_owned(), unit: unit.to_owned(), values };
        let columns = [(Channel::Speed, vec![3.0; 300])];
        of_columns(metric, &columns, |activity| activity.samples.push_developer(column)).map(|measured| measured.value)
    }

    #[test]
    fn a_leg_that_gives_more_in_the_last_third_has_faded() {
        let minutes = 30;
        let with = |late: f64| {
            let stiffness = (0..minutes * 60).map(|i| if i < minutes * 40 { 10.0 } else { late }).collect();
            let column =
                DeveloperColumn { name: "Leg Spring Stiffness".to_owned(), unit: "kN/m".to_owned(), values: stiffness };
            let columns = [
                (Channel::Speed, vec![3.05; minutes * 60]),
                (Channel::Distance, (0..minutes * 60).map(|i| 3.05 * i as f64).collect()),
            ];
            let fade = of_columns(&LEG_SPRING_STIFFNESS_FADE, &columns, |activity| {
                activity.samples.push_developer(column);
            });
            fade.map(|measured| measured.value.round())
        };
        assert_eq!([10.0, 9.0, 0.0].map(with), [Some(0.0), Some(-10.0), None], "zeros are missing");
    }

    #[test]
    fn a_pod_s_series_counts_by_its_name_and_unit() {
        let with_zeros: Vec<f64> = (0..300).map(|i| if i % 3 == 0 { 0.0 } else { 11.5 }).collect();
        assert_eq!(
            of(&LEG_SPRING_STIFFNESS, "Leg Spring Stiffness", "KN/m", with_zeros),
            Some(11.5),
            "zeros are missing"
        );
        assert_eq!(of(&LEG_SPRING_STIFFNESS, "Leg Spring Stiffness", "N/m", vec![11.5; 300]), None, "another unit");
        assert_eq!(of(&PRONATION_LEFT, "RS_Pronation_L", "deg", vec![-12.5; 300]), Some(-12.5));
        assert_eq!(of(&PRONATION_RIGHT, "RS_Pronation_L", "deg", vec![-12.5; 300]), None, "the other foot");
        let with_gaps: Vec<f64> = (0..300).map(|i| [0.0, 1.0, 2.0, 17.0][i % 4]).collect();
        assert_eq!(of(&FOOT_STRIKE_LEFT, "RS_FootStrike_L", "", with_gaps), Some(1.5), "of 1 to 16");
        assert_eq!(of(&IMPACT_RIGHT, "RS_Impact_GS_R", "G", vec![13.0; 300]), Some(13.0));
    }
}
