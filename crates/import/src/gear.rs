//! What Strava's export says of gear: its `activities.csv` names a pair of shoes for each file beside it.

use std::collections::HashMap;

use kneewise_table::Table;

use crate::intake::Item;

/// Which gear each file has, by its path from the list's folder.
pub(crate) type Gear = HashMap<String, String>;

/// The gear that a list names, of so many rows at most; `None` where the bytes are no such list.
pub(crate) fn list(bytes: &[u8], most_rows: usize) -> Option<Gear> {
    let table = Table::new(bytes)?;
    let (id, file) = (table.column("activity_id"), table.column("filename")?);
    let gear = table.column("activity_gear").or_else(|| table.column("gear"));
    id?;
    let pair = |fields: Vec<String>| {
        let text = |i: usize| fields.get(i).map(|field| field.trim()).filter(|field| !field.is_empty());
        Some((text(file)?.to_owned(), text(gear?)?.to_owned()))
    };
    Some(table.rows().take(most_rows).filter_map(|row| pair(row.fields.ok()?)).collect())
}

/// Gives the runs of the files beside each list their gear.
pub(crate) fn assign(items: &mut [Item]) {
    let mut named: HashMap<String, String> = HashMap::new();
    for item in items.iter_mut() {
        let folder = item.row.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = |file: String| if folder.is_empty() { file } else { format!("{folder}/{file}") };
        named.extend(std::mem::take(&mut item.gear).into_iter().map(|(file, gear)| (path(file), gear)));
    }
    for item in items {
        let Some(gear) = named.get(&item.row.path) else { continue };
        item.recordings.iter_mut().for_each(|recording| recording.set_gear(gear));
    }
}
