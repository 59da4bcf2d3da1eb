//! Members of an archive with the same bytes: read once, and answered for alike.

use std::collections::HashMap;

use crate::item::{Cost, Digest, Item, RunOf};
use crate::ledger::Outcome;

/// The members that were read, and which of them is the first with its bytes.
#[derive(Default)]
pub(crate) struct Seen {
    pub items: Vec<Item>,
    first: HashMap<Digest, usize>,
}

impl Seen {
    /// What was read of the same bytes.
    pub fn same(&self, digest: Digest) -> Option<&Item> {
        self.first.get(&digest).map(|first| &self.items[*first])
    }

    /// Takes in another member. A log that was read already counts once, whichever of them was read
    /// at the same time.
    pub fn push(&mut self, mut item: Item) {
        if let Some(digest) = item.digest {
            match self.same(digest).filter(|first| first.is_hand_kept) {
                Some(first) if item.is_hand_kept => {
                    let cost = Cost { rows: 0, ..item.cost };
                    item = Item { cost, ..again(first, &item.row.path, item.row.bytes) };
                }
                _ => drop(self.first.entry(digest).or_insert(self.items.len())),
            }
        }
        self.items.push(item);
    }
}

/// What another member with the bytes of `first` holds. Its cost is the caller's to say.
pub(crate) fn again(first: &Item, label: &str, size: u64) -> Item {
    let mut item = first.without_recordings();
    (item.row.path, item.row.bytes) = (label.to_owned(), size);
    if first.is_hand_kept {
        (item.row.outcome, item.row.activities) = (Outcome::Duplicate, Vec::new());
        item.row.reason = Some(format!("every row of it is in {} as well: they have the same bytes", first.row.path));
        return item;
    }
    // Copies of a recording are told as all copies are.
    item.row.activities.clone_from(&first.row.activities);
    item.recordings.clone_from(&first.recordings);
    for recording in &mut item.recordings {
        let Some(RunOf::Recorded(run)) = &mut recording.run else { continue };
        for source in &mut run.sources {
            label.clone_into(&mut source.name);
        }
    }
    item
}
