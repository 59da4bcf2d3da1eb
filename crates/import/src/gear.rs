//! What Strava's export says of its files: `activities.csv` names a pair of shoes for each, and has
//! what the runner called it, wrote of it and marked as a race.

use std::collections::HashMap;

use kneewise_read::activity::Labels;
use kneewise_table::Table;

use crate::item::{Entry, Item, Listed};

/// Where a list has what it says, by the places of the columns.
struct Columns {
    file: usize,
    gear: Option<usize>,
    name: Option<usize>,
    comment: Option<usize>,
    race: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Option<Self> {
        Self::by_names(table).or_else(|| Self::by_places(table))
    }

    fn by_names(table: &Table) -> Option<Self> {
        table.column("activity_id")?;
        let [name, comment, race] =
            ["activity_name", "activity_description", "competition"].map(|column| table.column(column));
        let gear = table.column("activity_gear").or_else(|| table.column("gear"));
        Some(Self { file: table.column("filename")?, gear, name, comment, race })
    }

    /// Strava translates the header, and keeps the order of the columns: number, date, name, sport
    /// and description first, the gear before the file, which lies in a folder of one name.
    fn by_places(table: &Table) -> Option<Self> {
        /// So many columns a list has since it marks races, and there it does so.
        const WITH_RACES: usize = 99;
        const RACE: usize = 95;
        const FOLDER: &str = "activities/";
        const SOME: usize = 50;
        let is_number = |field: &String| !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit());
        let rows: Vec<Vec<String>> = table.rows().take(SOME).filter_map(|row| row.fields.ok()).collect();
        let is_file = |place: &usize| {
            let mut named = rows.iter().filter_map(|row| row.get(*place)).filter(|field| !field.is_empty()).peekable();
            named.peek().is_some() && named.all(|field| field.starts_with(FOLDER))
        };
        let is_list = !rows.is_empty() && rows.iter().all(|row| row.first().is_some_and(is_number));
        let file = (9..14).find(is_file).filter(|_| is_list)?;
        let race = (table.columns().len() >= WITH_RACES).then_some(RACE);
        Some(Self { file, gear: Some(file - 1), name: Some(2), comment: Some(4), race })
    }
}

/// The files that a list names, of so many rows at most; `None` where the bytes are no such list.
pub(crate) fn list(bytes: &[u8], most_rows: usize) -> Option<Listed> {
    let table = Table::new(bytes)?;
    let Columns { file, gear, name, comment, race } = Columns::of(&table)?;
    let entry = |fields: Vec<String>| {
        let text = |i: Option<usize>| {
            let field = fields.get(i?).map(|field| field.trim());
            field.filter(|field| !field.is_empty()).map(str::to_owned)
        };
        let is_race =
            text(race).is_some_and(|mark| matches!(mark.to_lowercase().as_str(), "1" | "1.0" | "true" | "yes"));
        let labels = Labels { name: text(name), comment: text(comment), is_race };
        let entry = Entry { gear: text(gear), labels };
        Some((text(Some(file))?, entry)).filter(|(_, entry)| *entry != Entry::default())
    };
    Some(table.rows().take(most_rows).filter_map(|row| entry(row.fields.ok()?)).collect())
}

/// Gives the runs of the files beside each list what it says of them. What people changed in their
/// log later than in the file counts.
pub(crate) fn assign(items: &mut [Item]) {
    let mut listed: HashMap<String, Entry> = HashMap::new();
    for item in items.iter_mut() {
        let folder = item.row.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = |file: String| if folder.is_empty() { file } else { format!("{folder}/{file}") };
        listed.extend(std::mem::take(&mut item.listed).into_iter().map(|(file, entry)| (path(file), entry)));
    }
    for item in items {
        let Some(entry) = listed.get(&item.row.path) else { continue };
        item.recordings.iter_mut().for_each(|recording| recording.set_listed(entry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_any_language_is_told_by_the_places_of_its_columns() {
        let wide = |title: &str, last: &str| format!("{title}{},{last}\n", ",".repeat(95 - 13));
        let header = "Activiteits-ID,Datum,Naam,Type,Beschrijving,Tijd,Afstand,Hartslag,Poging,Woon-werk,Notitie,\
                      Uitrusting,Bestandsnaam";
        let row = "123456789,\"6 mrt. 2024, 14:23:15\",Rondje,Hardloopsessie,\"Koud, nat\",1800,\"5,04\",,,,,Ghost 15,\
                   activities/1.fit.gz";
        let new = format!("{}{}", wide(header, "Wedstrijd,,,"), wide(row, "1.0,,,"));
        let entry = |bytes: &str| list(bytes.as_bytes(), 10).and_then(|mut files| files.remove("activities/1.fit.gz"));
        let labels =
            |is_race| Labels { name: Some("Rondje".to_owned()), comment: Some("Koud, nat".to_owned()), is_race };
        assert_eq!(entry(&new), Some(Entry { gear: Some("Ghost 15".to_owned()), labels: labels(true) }));
        let old = "活动 ID,日期,名称,类型,描述,耗时,距离,努力,通勤,装备,文件名\n\
                   123456789,2020年1月2日,Rondje,跑步,\"Koud, nat\",1800,5.04,,,Ghost 15,activities/1.fit.gz\n";
        assert_eq!(entry(old), Some(Entry { gear: Some("Ghost 15".to_owned()), labels: labels(false) }));
        let log = "Datum,a,b,c,d,e,f,g,h,i,j\n2026-01-01,,,,,,,,,,activities/1.fit.gz\n";
        assert_eq!(entry(log), None, "no number of an activity");
    }
}
