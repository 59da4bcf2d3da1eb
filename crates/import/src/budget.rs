//! What one input may cost, handed down through archives, gzip and tables.
//!
//! What counts is what comes out of an archive, never what it claims: bytes, members and rows. Who
//! reads members at once reads some of them in vain where a budget ends; what is kept is the same
//! however many are read at once, because the members are added up in their order afterwards.

use kneewise_read::activity::{Note, NoteKind};

use crate::item::{self, Cost, Item};

/// The most that an input, an archive with all that is in it, may hold.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// Bytes of a file as it lies there.
    pub file_bytes: u64,
    /// Bytes of a packed file, unpacked; more where it is large: see `unpacked_times`.
    pub member_bytes: u64,
    /// Bytes of all that an input unpacks to; more where it is large.
    pub unpacked_bytes: u64,
    /// So many times its bytes may anything unpack to: FIT shrinks to a third, GPX to a twentieth.
    pub unpacked_times: u64,
    /// Members of archives; an input of few bytes may have one for every 50 of them, and 1000 in
    /// any case.
    pub members: usize,
    /// Rows of logs kept by hand. Half as many in any case; more where the input has a row's bytes
    /// for each.
    pub rows: usize,
    /// What a program offers where an input holds more, as a clause; empty without an offer.
    pub offer: &'static str,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            member_bytes: 8 << 20,
            unpacked_bytes: 64 << 20,
            unpacked_times: 50,
            members: 200_000,
            rows: 100_000,
            offer: "",
        }
    }
}

impl Limits {
    /// Ten times the usual ones.
    pub fn larger() -> Self {
        let Self { file_bytes, member_bytes, unpacked_bytes, unpacked_times, members, rows, offer } = Self::default();
        Self {
            file_bytes: 10 * file_bytes,
            member_bytes: 10 * member_bytes,
            unpacked_bytes: 10 * unpacked_bytes,
            unpacked_times: 10 * unpacked_times,
            members: 10 * members,
            rows: 10 * rows,
            offer,
        }
    }

    /// The most bytes that so many packed ones may unpack to.
    pub(crate) fn unpacked(&self, packed_bytes: u64) -> u64 {
        packed_bytes.saturating_mul(self.unpacked_times).clamp(self.member_bytes, self.file_bytes)
    }

    /// The budget of an input of so many bytes.
    pub(crate) fn of_input(&self, bytes: u64) -> Budget {
        const BYTES_OF_A_MEMBER: u64 = 50;
        const MEMBERS_IN_ANY_CASE: usize = 1000;
        /// A day, a comma, a digit and a line end.
        const BYTES_OF_A_ROW: u64 = 13;
        /// What a row costs once it is a run bounds how many a small file can stand for.
        const SMALL_BYTES: u64 = 1 << 20;
        const SMALL_ROWS: usize = 50_000;
        let of = |each: u64| usize::try_from(bytes / each).unwrap_or(usize::MAX);
        let members = of(BYTES_OF_A_MEMBER);
        let of_rows = if bytes <= SMALL_BYTES { 0 } else { of(BYTES_OF_A_ROW) };
        let in_any_case = (self.rows / 2).max(SMALL_ROWS);
        let rows = of_rows.max(in_any_case).min(self.rows);
        Budget {
            unpacked_bytes: bytes.saturating_mul(self.unpacked_times).max(self.unpacked_bytes),
            members: members.max(MEMBERS_IN_ANY_CASE).min(self.members),
            rows,
            rows_in_all: rows,
            offer: self.offer,
        }
    }
}

/// What is left to an input.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Budget {
    pub unpacked_bytes: u64,
    pub members: usize,
    pub rows: usize,
    /// What `rows` was at first.
    pub rows_in_all: usize,
    /// What a program offers where it is spent.
    pub offer: &'static str,
}

/// Which part of a budget is spent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Spent {
    Bytes,
    Members,
    Rows,
}

impl Budget {
    /// Takes a cost off.
    ///
    /// # Errors
    /// What of it the budget has not. The rest is taken off all the same.
    pub fn spend(&mut self, cost: Cost) -> Result<(), Spent> {
        let rest = (
            self.unpacked_bytes.checked_sub(cost.unpacked_bytes),
            self.members.checked_sub(cost.members),
            self.rows.checked_sub(cost.rows),
        );
        let (bytes, members, rows) = rest;
        *self = Self {
            unpacked_bytes: bytes.unwrap_or(0),
            members: members.unwrap_or(0),
            rows: rows.unwrap_or(0),
            rows_in_all: self.rows_in_all,
            offer: self.offer,
        };
        match rest {
            (None, ..) => Err(Spent::Bytes),
            (_, None, _) => Err(Spent::Members),
            (.., None) => Err(Spent::Rows),
            _ => Ok(()),
        }
    }

    /// Why a part of it of an input is spent, as a clause.
    pub fn words(&self, spent: Spent) -> String {
        let what = match spent {
            Spent::Bytes => format!("more than {} MB unpacked", self.unpacked_bytes >> 20),
            Spent::Members => format!("more than {} files", self.members),
            Spent::Rows => format!("more than {} rows", self.rows_in_all),
        };
        match self.offer {
            "" => format!("{what} in one input"),
            offer => format!("{what} in one input; {offer}"),
        }
    }
}

/// The items of an input in their order, as far as its budget reaches; what is beyond it is said.
pub(crate) fn within(items: Vec<Item>, label: &str, bytes: u64, budget: Budget) -> Vec<Item> {
    let mut left = budget;
    let mut kept = Vec::with_capacity(items.len());
    for mut item in items {
        let rows = left.rows;
        match left.spend(item.cost) {
            Ok(()) => kept.push(item),
            Err(Spent::Rows) => {
                item.keep_rows(rows, Note::new(NoteKind::Damage, beyond_rows(rows, &budget.words(Spent::Rows))));
                kept.push(item);
            }
            Err(spent) => {
                let at = item.row.path;
                let reason = format!("not read from {at} on: {}", budget.words(spent));
                kept.push(item::unreadable(label, bytes, reason));
                break;
            }
        }
    }
    kept
}

/// What is said of a log of which only so many rows are read.
pub(crate) fn beyond_rows(rows: usize, why: &str) -> String {
    format!("only the first {rows} rows read: {why}")
}
