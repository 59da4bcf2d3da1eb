//! Charts.

use kneewise_core::runner::diary::{Pain, Side};
use kneewise_core::runner::{Diary, Entry};
use kneewise_core::{Report, Runner, Settings, analyze};
use kneewise_read::activity::{Activity, Channel, Format, Samples};
use kneewise_read::sport::Sport;
use kneewise_read::time::{DateExt, Timestamp};
use kneewise_read::unit::Units;

use super::{AS_OF, report, runs};
use crate::chart::{self, CHARTS, Data, Drawing, Step, View};

const WIDE: View = View { width_px: 700.0, height_px: 320.0, days: None };
const PHONE: View = View { width_px: 336.0, height_px: 260.0, days: None };

fn drawn(name: &str, report: &Report, units: Units, view: &View) -> Drawing {
    let chart = chart::find(name).expect("a chart");
    (chart.draw)(&Data { report, units }, view)
}

fn with_pain() -> Report {
    let entry = |days: i64, after: u8| Entry {
        pain: Pain { during: Some(after / 2), after: Some(after), next_morning: Some(1) },
        side: Some(Side::Right),
        ..Entry::on(AS_OF.saturating_add_days(-days))
    };
    let runner = Runner { diary: Diary::new(vec![entry(9, 2), entry(5, 4), entry(2, 6)]), ..Runner::default() };
    analyze(runs(), &runner, &Settings::default(), AS_OF)
}

#[test]
fn every_chart_is_found_by_its_name_and_says_when_it_has_nothing_to_show() {
    let empty = report(Vec::new(), AS_OF);
    let data = Data { report: &empty, units: Units::Metric };
    for chart in CHARTS {
        assert_eq!(chart::find(chart.name).map(|found| found.name), Some(chart.name));
        let svg = chart::svg(chart, &data, &WIDE).expect("draws");
        assert!(svg.contains(chart.title) && svg.trim_end().ends_with("</svg>"), "{}", chart.name);
        // The study's numbers are there without a run.
        assert_eq!((chart.draw)(&data, &WIDE).is_empty, chart.name != "risk", "{}", chart.name);
        assert!(chart::svg(chart, &data, &View { width_px: 100.0, ..WIDE }).is_err());
    }
}

#[test]
fn shapes_lie_within_their_picture_and_tables_are_whole() {
    let report = with_pain();
    for chart in CHARTS {
        for view in [WIDE, PHONE] {
            let drawing = (chart.draw)(&Data { report: &report, units: Units::Metric }, &view);
            let points = drawing.shapes.iter().flat_map(|shape| &shape.path.0);
            for step in points {
                let (Step::Move(x, y) | Step::Line(x, y)) = *step else { continue };
                let within =
                    (-1.0..=drawing.width_px + 1.0).contains(&x) && (-1.0..=drawing.height_px + 1.0).contains(&y);
                assert!(within, "{} {x} {y} in {} by {}", chart.name, drawing.width_px, drawing.height_px);
            }
            let columns = drawing.table.header.len();
            assert!(drawing.table.rows.iter().all(|row| row.len() == columns), "{}", chart.name);
            let rows = drawing.table.rows.len();
            assert!(drawing.rows_x.is_empty() || drawing.rows_x.len() == rows, "{}", chart.name);
            assert!(drawing.is_empty || !drawing.description.is_empty(), "{}", chart.name);
        }
    }
}

#[test]
fn a_series_is_one_path() {
    let report = with_pain();
    for chart in CHARTS {
        let drawing = (chart.draw)(&Data { report: &report, units: Units::Metric }, &WIDE);
        let mut classes: Vec<&str> = drawing.shapes.iter().map(|shape| shape.class).collect();
        let all = classes.len();
        classes.sort_unstable();
        classes.dedup();
        // Grid and axis of two panels are two.
        assert!(all - classes.len() <= 3, "{}: {classes:?}", chart.name);
    }
}

#[test]
fn flagged_runs_differ_in_shape_and_weeks_are_in_the_units_asked_for() {
    let report = report(runs(), AS_OF);
    let spikes = drawn("session-spike", &report, Units::Metric, &WIDE);
    let marks =
        |class: &str| spikes.shapes.iter().find(|shape| shape.class == class).map_or(0, |shape| shape.path.0.len() / 5);
    assert_eq!((marks("mark warm"), marks("mark flagged")), (0, 2), "runs of 1.36 and 2.13 times");
    let unit = |units| {
        drawn("weekly-distance", &report, units, &WIDE).labels.into_iter().map(|label| label.text).collect::<Vec<_>>()
    };
    assert!(unit(Units::Metric).contains(&"km a week".to_owned()));
    assert!(unit(Units::Imperial).contains(&"mi a week".to_owned()));
}

#[test]
fn a_week_without_a_run_is_no_bar_and_its_medians_break() {
    let mut some = runs();
    let from = AS_OF.saturating_add_days(-60);
    some.retain(|run| run.local_date < from || run.local_date > from.saturating_add_days(28));
    let drawing = drawn("weekly-distance", &report(some, AS_OF), Units::Metric, &WIDE);
    assert!(drawing.labels.iter().any(|label| label.text == "no runs"), "{:?}", drawing.labels);
    let medians = drawing.shapes.iter().find(|shape| shape.class == "base").expect("medians");
    let begins = medians.path.0.iter().filter(|step| matches!(step, Step::Move(..))).count();
    assert!(begins >= 2, "a line each side of the break");
}

#[test]
fn pain_has_three_shapes_and_ends_at_ten() {
    let drawing = drawn("pain", &with_pain(), Units::Metric, &WIDE);
    for class in ["pain-during", "pain-after", "pain-morning"] {
        assert!(drawing.shapes.iter().any(|shape| shape.class == class), "{class}");
    }
    assert!(drawing.labels.iter().any(|label| label.text == "10"));
    assert!(drawing.description.contains("reached 6 out of 10"), "{}", drawing.description);
}

#[test]
fn colours_come_from_the_style_sheet_alone() {
    let report = report(runs(), AS_OF);
    for chart in CHARTS {
        let svg = chart::svg(chart, &Data { report: &report, units: Units::Metric }, &WIDE).expect("draws");
        let drawn = svg.split("</style>").nth(1).unwrap_or_default();
        assert!(!drawn.contains("fill=") && !drawn.contains("stroke=") && !drawn.contains("style="), "{}", chart.name);
    }
}

#[test]
fn every_class_has_its_looks() {
    let report = with_pain();
    for chart in CHARTS {
        let drawing = (chart.draw)(&Data { report: &report, units: Units::Metric }, &WIDE);
        for class in drawing.shapes.iter().flat_map(|shape| shape.class.split(' ')) {
            assert!(chart::svg::STYLE.contains(&format!(".{class}")), "{}: {class}", chart.name);
        }
    }
}

/// An hour's run of a loop of 12 km or less, with a stop in the middle.
fn recording(radius_m: f64) -> Activity {
    let mut activity = Activity::new(Format::Fit, Timestamp::UNIX_EPOCH);
    activity.sport = Sport::Running;
    let n = 1800;
    let degrees = radius_m / 111_195.0;
    let turn = |i: usize| std::f64::consts::TAU * i as f64 / n as f64;
    activity.samples = Samples::new((0..n).map(|i| 2.0 * i as f64).collect());
    let speed = |i: usize| if (900..930).contains(&i) { 0.0 } else { 3.0 + turn(3 * i).sin() };
    activity.samples.set(Channel::Speed, (0..n).map(speed).collect());
    activity.samples.set(Channel::HeartRate, (0..n).map(|i| 140.0 + 10.0 * turn(i).sin()).collect());
    activity.samples.set(Channel::Latitude, (0..n).map(|i| 47.0 + degrees * turn(i).sin()).collect());
    activity.samples.set(Channel::Longitude, (0..n).map(|i| 8.0 + degrees * (1.0 - turn(i).cos())).collect());
    activity
}

#[test]
fn a_recording_has_a_panel_for_each_measure_and_a_gap_where_it_stood() {
    let drawing = chart::run_drawing(&recording(1900.0), Units::Metric, &WIDE, false).expect("draws");
    let lines: Vec<_> = drawing.shapes.iter().filter(|shape| shape.class == "line").collect();
    assert_eq!(lines.len(), 2, "pace and heart rate");
    let begins = |i: usize| lines[i].path.0.iter().filter(|step| matches!(step, Step::Move(..))).count();
    assert_eq!((begins(0), begins(1)), (2, 1), "a stop has no pace");
    assert_eq!(drawing.table.header.len(), 3);
    assert!(drawing.table.rows.len() == drawing.rows_x.len() && !drawing.table.rows.is_empty());
}

#[test]
fn an_outline_leaves_out_both_ends_and_every_coordinate() {
    let (with, without) = [true, false]
        .map(|has| chart::run_drawing(&recording(1900.0), Units::Metric, &WIDE, has).expect("draws"))
        .into();
    let route = |drawing: &Drawing| drawing.shapes.iter().find(|shape| shape.class == "base").cloned();
    assert!(route(&without).is_none(), "off unless it is asked for");
    let (Step::Move(x, y), Some(Step::Line(to_x, to_y))) =
        (route(&with).expect("a route").path.0[0], route(&with).expect("a route").path.0.last().copied())
    else {
        panic!("a line");
    };
    // The loop is as wide as its room, 3.8 km; its ends are left out on both sides.
    let km = WIDE.width_px * 0.3 / 3.8;
    assert!((x - to_x).hypot(y - to_y) > 0.8 * km, "{x} {y} to {to_x} {to_y}");
    let svg = chart::svg_of(&with);
    assert!(!svg.contains("47.0") && !svg.contains("8.0 "), "no coordinate");
    let short = chart::run_drawing(&recording(150.0), Units::Metric, &WIDE, true).expect("draws");
    assert!(route(&short).is_none() && short.description.contains("left out"), "{}", short.description);
}

#[cfg(feature = "png")]
#[test]
fn every_chart_is_a_picture_of_its_colours_too() {
    let report = with_pain();
    for chart in CHARTS {
        let drawing = chart::drawing(chart, &Data { report: &report, units: Units::Metric }, &WIDE).expect("draws");
        let picture = chart::png_of(&drawing).expect("a picture");
        let mut reader = png::Decoder::new(std::io::Cursor::new(&picture)).read_info().expect("PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut pixels).expect("a frame");
        assert!(f64::from(info.width) > 2.0 * drawing.width_px && f64::from(info.height) > 2.0 * drawing.height_px);
        let colors: std::collections::BTreeSet<&[u8]> = pixels.chunks(3).collect();
        assert!(colors.len() > 8 && colors.contains(&[0xFF; 3][..]), "{}: {} colours", chart.name, colors.len());
    }
}
