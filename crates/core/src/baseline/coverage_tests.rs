//! The band holds what it says: on simulated runners whose runs differ by chance alone.

use jiff::civil::{Date, date};

use super::fit::{Baseline, Observed};
use super::{Options, form_trend};
use crate::measure::form::{FormAtSpeed, FormMetric};
use crate::measure::metric::DISTANCE;
use crate::run::Run;
use kneewise_read::time::{DateExt, Timestamp};

/// Numbers in a fixed order, of a standard normal distribution.
struct Chance(u64);

impl Chance {
    /// From 0 up to 1 (splitmix64).
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }
}

const USUAL_MPS: f64 = 3.0;
const SPEED_SD_MPS: f64 = 0.2;
const STEP_RATE_SD: f64 = 2.0;

/// A run's mean speed and step rate: 170 at 3 m/s, 9 more for each m/s, and chance.
fn drawn(chance: &mut Chance, speed_mps: f64) -> (f64, f64) {
    (speed_mps, 170.0 + 9.0 * (speed_mps - USUAL_MPS) + STEP_RATE_SD * chance.normal())
}

fn run(day: i64, bins: &[(f64, f64, f64)]) -> Run {
    let local: Date = date(2026, 1, 1).saturating_add_days(day);
    let start = Timestamp::parse_iso8601(&format!("{local}T07:00:00Z")).expect("a time").0;
    let mut run = Run::summary(start, Some(0), &[(&DISTANCE, 8000.0)]);
    let bin = |&(mps, seconds, spm): &(f64, f64, f64)| FormAtSpeed::new(mps, seconds, &[(FormMetric::StepRate, spm)]);
    run.form_by_speed = bins.iter().map(bin).collect();
    run
}

/// Of a hundred next runs, how many lie outside: at a usual speed, and 4 standard deviations of the
/// baseline's speeds faster.
fn outside(n: i64, runners: u32) -> (f64, f64) {
    let mut chance = Chance(20_261_130 + n.unsigned_abs());
    let (mut usual, mut faster) = (0_u32, 0_u32);
    for _ in 0..runners {
        let points: Vec<(f64, f64)> = (0..n)
            .map(|_| {
                let speed_mps = USUAL_MPS + SPEED_SD_MPS * chance.normal();
                drawn(&mut chance, speed_mps)
            })
            .collect();
        let runs: Vec<Run> = (0..n).zip(&points).map(|(day, (mps, spm))| run(day, &[(*mps, 1200.0, *spm)])).collect();
        let said: Vec<Observed> = runs.iter().filter_map(|run| Observed::by(run, FormMetric::StepRate)).collect();
        let baseline = Baseline::of(FormMetric::StepRate, &said.iter().collect::<Vec<_>>(), 2).expect("enough runs");
        let mean = points.iter().map(|(mps, _)| mps).sum::<f64>() / n as f64;
        let squares = points.iter().map(|(mps, _)| (mps - mean) * (mps - mean)).sum::<f64>();
        let mut is_outside = |speed_mps: f64| {
            let (speed_mps, spm) = drawn(&mut chance, speed_mps);
            u32::from((spm - baseline.curve.at(speed_mps)).abs() > baseline.band_at(speed_mps))
        };
        faster += is_outside(mean + 4.0 * (squares / (n as f64 - 1.0)).sqrt());
        let speed_mps = USUAL_MPS + SPEED_SD_MPS * chance.normal();
        let (_, spm) = drawn(&mut chance, speed_mps);
        usual += u32::from((spm - baseline.curve.at(speed_mps)).abs() > baseline.band_at(speed_mps));
    }
    let percent = |outside: u32| 100.0 * f64::from(outside) / f64::from(runners);
    (percent(usual), percent(faster))
}

#[test]
fn eight_to_twelve_of_a_hundred_next_runs_lie_outside() {
    for (n, runners) in [(8, 4000), (12, 4000), (20, 4000), (40, 3000)] {
        let (usual, faster) = outside(n, runners);
        assert!((8.0..=12.0).contains(&usual), "{n} runs: {usual:.1}%");
        assert!((8.0..=12.0).contains(&faster), "{n} runs, 4 SD faster: {faster:.1}%");
    }
}

/// The same over whole trends, of runs at many speeds each: the baseline moves along and has 8 to
/// some 60 runs.
#[test]
fn so_they_do_in_a_trend() {
    let mut chance = Chance(7);
    let (mut outside, mut compared) = (0, 0);
    for _ in 0..30 {
        let runs: Vec<Run> = (0..200)
            .filter(|day| day % 7 % 2 == 0)
            .map(|day| {
                let speed_mps = USUAL_MPS + SPEED_SD_MPS * chance.normal();
                let (_, spm) = drawn(&mut chance, speed_mps);
                let bin = |at: i32| {
                    let off = f64::from(at) / 10.0;
                    (speed_mps + off, 200.0, spm + 9.0 * off + 0.5 * chance.normal())
                };
                run(day, &(-3..=3).map(bin).collect::<Vec<_>>())
            })
            .collect();
        let as_of = runs.iter().map(|run| run.local_date).max().expect("runs");
        let (out, of) = form_trend(&runs, FormMetric::StepRate, as_of, &Options::default()).outside();
        outside += out;
        compared += of;
    }
    let percent = 100.0 * outside as f64 / compared as f64;
    assert!(compared > 2000 && (8.0..=12.0).contains(&percent), "{percent:.1}% of {compared}");
}
