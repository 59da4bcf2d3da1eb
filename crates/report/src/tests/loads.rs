//! Days and weeks of a load.

use kneewise_core::load::{self, CONVENTIONS, FigureContext, LOADS, Series};

use super::{AS_OF, runs};
use crate::{TextStyle, loads};
use jiff::civil::Weekday;
use kneewise_core::{Runner, TrainingLog};
use kneewise_read::unit::Units;

#[test]
fn tables_of_every_load_keep_to_the_width_and_cut_no_cell() {
    let log = TrainingLog::new(runs(), AS_OF, Weekday::Monday);
    let runner = Runner::default();
    for load in LOADS.iter().copied() {
        for convention in CONVENTIONS.iter().copied() {
            let series = Series::of(&log, &runner, load, convention).expect("one rung");
            let ground = FigureContext::new(&log, &runner, &series, convention);
            for width in [50, 80, 250] {
                let style = TextStyle { color: false, width };
                let days = loads::days_table(&load::days_of(&ground), &ground, Units::Imperial, &style);
                let weeks = loads::weeks_table(&load::weeks(&ground), &ground, Units::Metric, &style);
                for table in [days, weeks] {
                    assert!(table.lines().all(|line| line.chars().count() <= width), "{width}\n{table}");
                    assert!(!table.contains('…') && !table.contains("NaN"), "{table}");
                    assert!(!table.contains(" -0 ") && !table.contains("-0.0"), "{table}");
                    assert!(table.contains(series.load.id) && table.contains(convention.id), "{table}");
                    // Each figure has its line or is named as left out.
                    let said = table.replace('\n', " ");
                    let glosses = load::FIGURES.iter().filter(|figure| said.contains(&format!(" {}: ", figure.id)));
                    let count = glosses.count();
                    assert!(count > 0 && (count >= 17 || said.contains("No room here for ")), "{table}");
                }
            }
        }
    }
}

#[test]
fn the_reasons_for_what_is_not_known_stand_below() {
    let log = TrainingLog::new(runs().into_iter().take(4).collect(), jiff::civil::date(2025, 12, 10), Weekday::Monday);
    let runner = Runner::default();
    let days = |load| {
        let series = Series::of(&log, &runner, load, &load::KNEEWISE).expect("one rung");
        let ground = FigureContext::new(&log, &runner, &series, &load::KNEEWISE);
        loads::days_table(&load::days_of(&ground), &ground, Units::Metric, &TextStyle::default()).replace('\n', " ")
    };
    let told = days(&load::DISTANCE);
    assert!(
        told.contains("Not known on 2025-12-10: 28 d, ratio: needs 28 days, has 10; fitness: needs 97 days, has 10"),
        "{told}"
    );
}
