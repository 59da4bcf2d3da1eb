//! The integration tests: one binary, one module a subject.
//!
//! Tests on real files need a folder `../shared/data` beside the checkout; without it they say on
//! standard error that they were skipped. Everything else runs anywhere.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod baseline;
mod cases;
mod cli;
mod copies;
mod corpus;
mod damage;
mod days;
mod docs;
mod evidence;
mod examples;
mod first_screen;
mod fit;
mod fit_oracle;
mod fitparser_agrees;
mod fixtures;
mod formats;
mod fuzz_smoke;
mod hostile;
mod inspect;
mod interface;
mod invariants;
mod load;
mod metrics;
mod one_judgement;
mod one_run;
mod own_files;
#[cfg(feature = "parquet")]
mod parquet;
mod prose;
mod random_fit;
mod random_xml;
mod real_files;
mod real_invariants;
mod rooms;
mod rule_properties;
mod safety;
mod show;
mod support;
mod three_runners;
mod words;
