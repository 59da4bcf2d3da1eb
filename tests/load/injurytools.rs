//! The R package injurytools (lzumeta/injurytools, commit 8cc2d127): the summary of its data
//! `injd`.

use kneewise_core::load::incidence::incidence;

use super::within;

#[test]
fn injuries_and_days_lost_by_a_hundred_matches() {
    let by_100_matches = |cases| incidence(cases, 140_950.0, 90.0 * 100.0).unwrap();
    let injuries = by_100_matches(209.0);
    within(injuries.rate, 13.3452, 5e-5);
    within(injuries.low, 11.536, 5e-4);
    within(injuries.high, 15.154, 1e-3);
    let days_lost = by_100_matches(3420.0);
    within(days_lost.rate, 218.375, 5e-4);
    within(days_lost.low, 211.057, 1e-3);
    within(days_lost.high, 225.694, 1e-3);
    assert_eq!(incidence(3.0, 0.0, 1000.0), None);
}
