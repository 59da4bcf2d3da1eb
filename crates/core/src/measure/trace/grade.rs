//! How steep the ground is at each sample.

use kneewise_read::activity::{Channel, Samples};
use kneewise_read::climb::altitude::Altitude;

/// The grade at a sample is that over this many metres to either side.
const HALF_WINDOW_M: f64 = 30.0;

/// The same where the altitude sways as a satellite receiver's does: 3 m of sway over 60 m would be
/// a hill of 7%.
const HALF_WINDOW_SWAYING_M: f64 = 100.0;

/// How steep it is, and over what that was looked at.
#[derive(Debug)]
pub(crate) struct Grade {
    /// At each sample, metres up per metre along; NaN where none is known.
    pub column: Vec<f64>,
    /// Whether the altitude sways, so that the window is 100 m to either side and not 30 m.
    pub is_swaying: bool,
}

/// The grade at each sample in metres up per metre along, NaN where none is known; `None` without
/// an altitude or a distance.
///
/// It is the change of altitude over that of distance between the first sample no more than 30 m
/// back and the first 30 m or more ahead. Where the altitude sways it is 100 m.
pub(crate) fn along(samples: &Samples, looks: Altitude) -> Option<Grade> {
    let (altitude, distance) = (samples.column(Channel::Altitude)?, samples.column(Channel::Distance)?);
    let is_swaying = looks == Altitude::Swaying;
    let half_window_m = if is_swaying { HALF_WINDOW_SWAYING_M } else { HALF_WINDOW_M };
    let is_known = |i: usize| !altitude[i].is_nan() && !distance[i].is_nan();
    let column = if (0..samples.len()).all(is_known) {
        slopes(altitude, distance, half_window_m)
    } else {
        let known: Vec<usize> = (0..samples.len()).filter(|&i| is_known(i)).collect();
        let of_known = |column: &[f64]| known.iter().map(|i| column[*i]).collect::<Vec<_>>();
        let mut grade = vec![f64::NAN; samples.len()];
        for (i, slope) in known.iter().zip(slopes(&of_known(altitude), &of_known(distance), half_window_m)) {
            grade[*i] = slope;
        }
        grade
    };
    Some(Grade { column, is_swaying })
}

/// The grade at each of some samples that all have an altitude and a distance.
fn slopes(altitude: &[f64], distance: &[f64], half_window_m: f64) -> Vec<f64> {
    let (mut from, mut to) = (0, 0);
    let slope = |&at_m: &f64| {
        while distance[from] < at_m - half_window_m {
            from += 1;
        }
        while to + 1 < distance.len() && distance[to] < at_m + half_window_m {
            to += 1;
        }
        let metres = distance[to] - distance[from];
        if metres >= half_window_m / 2.0 { (altitude[to] - altitude[from]) / metres } else { f64::NAN }
    };
    distance.iter().map(slope).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graded(samples: &Samples) -> Option<Grade> {
        along(samples, Altitude::of(samples)?)
    }

    fn samples(metres_a_sample: f64, altitude: impl Fn(f64) -> f64) -> Samples {
        let distance: Vec<f64> = (0..200).map(|i| f64::from(i) * metres_a_sample).collect();
        let mut samples = Samples::new((0..200).map(f64::from).collect());
        samples.set(Channel::Altitude, distance.iter().map(|metres| altitude(*metres)).collect());
        samples.set(Channel::Distance, distance);
        samples
    }

    #[test]
    fn an_even_slope_has_its_grade_at_every_sample() {
        for metres_a_sample in [0.5, 3.0, 80.0] {
            let grade = graded(&samples(metres_a_sample, |metres| 400.0 - 0.05 * metres)).expect("a grade");
            let known: Vec<f64> = grade.column.into_iter().filter(|grade| !grade.is_nan()).collect();
            assert!(known.len() >= 199, "{} at {metres_a_sample} m", known.len());
            assert!(known.iter().all(|grade| (grade + 0.05).abs() < 1e-9));
        }
    }

    #[test]
    fn who_stands_still_has_the_grade_of_the_place() {
        let mut standing = samples(3.0, |metres| 0.1 * metres);
        let halt = |column: &[f64]| (0..200).map(|i: usize| column[i.min(100)]).collect::<Vec<f64>>();
        for channel in [Channel::Altitude, Channel::Distance] {
            let column = halt(standing.column(channel).expect("a column"));
            standing.set(channel, column);
        }
        let grade = graded(&standing).expect("a grade");
        assert!(grade.column.iter().all(|grade| (grade - 0.1).abs() < 1e-9));
    }

    #[test]
    fn without_an_altitude_no_grade_is_known() {
        assert!(graded(&Samples::new(vec![0.0, 1.0])).is_none());
        let short = samples(0.01, |_| 5.0);
        assert!(
            graded(&short).expect("both columns").column.iter().all(|grade| grade.is_nan()),
            "two metres are no slope"
        );
    }
}
