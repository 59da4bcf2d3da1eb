//! Charts.

use kneewise_core::runner::diary::{Pain, Side};
use kneewise_core::runner::{Diary, Entry};
use kneewise_core::{Report, Runner, Settings, analyze};
use kneewise_read::time::DateExt;
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
