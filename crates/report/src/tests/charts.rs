//! Charts.

use kneewise_read::unit::Units;

use super::{AS_OF, report, runs};
use crate::chart::{self, CHARTS, Chart};

#[test]
fn every_chart_is_found_by_its_name_and_says_when_it_has_nothing_to_show() {
    let (full, empty) = (report(runs(), AS_OF), report(Vec::new(), AS_OF));
    for &chart in CHARTS {
        assert_eq!(Chart::find(chart.name()), Some(chart));
        let svg = chart::draw(chart, &full, Units::Metric, 640, 320).expect("draws");
        assert!(svg.contains(chart.title()) && svg.trim_end().ends_with("</svg>"));
        let svg = chart::draw(chart, &empty, Units::Metric, 640, 320).expect("draws");
        assert!(svg.contains("No run"), "{chart}");
        assert!(chart::draw(chart, &full, Units::Metric, 100, 100).is_err());
    }
}

#[test]
fn charts_show_flags_by_shape_and_weeks_in_the_units_asked_for() {
    let report = report(runs(), AS_OF);
    let spikes = chart::draw(Chart::SessionSpike, &report, Units::Metric, 640, 320).expect("draws");
    assert_eq!(spikes.matches("<polygon").count(), 2 + 2, "two flagged runs and two signs in the legend");
    let weekly = |units| chart::draw(Chart::WeeklyDistance, &report, units, 640, 320).expect("draws");
    assert!(weekly(Units::Metric).contains("km per week") && weekly(Units::Imperial).contains("mi per week"));
}

#[test]
fn every_colour_of_a_chart_has_one_for_dark_pages() {
    let dark = chart::theme::dark_ink();
    let report = report(runs(), AS_OF);
    for &chart in CHARTS {
        let svg = chart::draw(chart, &report, Units::Metric, 640, 320).expect("draws");
        for colour in svg.split(['"']).filter(|value| value.starts_with('#')) {
            assert!(dark.contains(&format!("[fill=\"{colour}\"]")), "{chart}: {colour}");
        }
    }
}
