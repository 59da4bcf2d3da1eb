//! Files, folders and archives of running watch files, with a ledger of what became of each
