//! What Strava's export says of its files: `activities.csv` names a pair of shoes for each, and has
//! what the runner called it, wrote of it and marked as a race.

use std::collections::HashMap;

use kneewise_read::activity::Labels;
use kneewise_table::Table;

use crate::intake::Item;

/// What a list says of each file, by its path from the list's folder.
pub(crate) type Listed = HashMap<String, Entry>;

/// What a list says of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entry {
    pub gear: Option<String>,
    pub labels: Labels,
}

/// The files that a list names, of so many rows at most; `None` where the bytes are no such list.
pub(crate) fn list(bytes: &[u8], most_rows: usize) -> Option<Listed> {
    let table = Table::new(bytes)?;
    let (id, file) = (table.column("activity_id"), table.column("filename")?);
    id?;
    let gear = table.column("activity_gear").or_else(|| table.column("gear"));
    let [name, comment, race] =
        ["activity_name", "activity_description", "competition"].map(|column| table.column(column));
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
