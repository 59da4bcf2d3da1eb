//! Days of a profile that have not come yet. What day it is the caller knows: nothing here has a
//! clock.

use jiff::civil::Date;

use crate::document::{self, Keys, Problems};
use crate::{Problem, human};

/// Of a text that [`parse`](super::parse) takes: names each day after `today`, and a birth of less
/// than five years before it. Only a pair of shoes may be laid aside on a day to come.
///
/// Nothing waits on it, since what is said of a day counts from that day on. But most often the
/// year is a slip.
pub fn later_than(text: &str, today: Date) -> Vec<Problem> {
    let Ok(table) = document::parse(text, "") else { return Vec::new() };
    let problems = Problems::of(text);
    let keys = Keys { table: &table, at: 0, problems: &problems };
    not_after(today, keys, "began", keys.month("began"));
    for (list, key) in [("mass", "from"), ("limits", "from"), ("injuries", "month"), ("shoes", "since")] {
        for table in keys.tables(list) {
            let day = if key == "month" { table.month(key) } else { table.day(key) };
            not_after(today, table, key, day);
        }
    }
    let youngest = today.year().saturating_sub(human::YOUNGEST_YEARS);
    if keys.whole("birth_year", human::BIRTH_YEAR).is_some_and(|year| year > youngest) {
        keys.wrong("birth_year", &format!("is less than {} years before today, {today}", human::YOUNGEST_YEARS));
    }
    problems.sorted()
}

fn not_after(today: Date, keys: Keys, key: &str, day: Option<Date>) {
    if day.is_some_and(|day| day > today) {
        keys.wrong(key, &format!("is {}, which is after today, {today}", keys.typed(key)));
    }
}
