//! Asks the questions that come before any advice on training.
//!
//! They are those of common guidance for a painful knee (pages of the NHS for patients and for
//! referrals, the JABFM review of knee pain; the Ottawa knee rule), in plain words. They name
//! no condition: a yes is a reason to see a doctor or physiotherapist, and how soon.

mod care;
mod concern;

pub use crate::runner::sign::{AMBER_SIGNS, RED_FLAGS, Sign, Urgency, before_scores, find, signs};
pub use care::{HOLDS_DAYS, Referral, care, comes_first};
pub(crate) use concern::{Concern, concerns};

/// Returns the questions as a manual page, in Markdown.
pub fn page() -> String {
    let line = |sign: &Sign| format!("| `{}` | {} | {} | {} |\n", sign.id, sign.question, sign.urgency, sign.care);
    let rows = |signs: &[Sign]| signs.iter().map(line).collect::<String>();
    let header = "| name | question | how soon | what to do |\n|---|---|---|---|\n";
    format!(
        "# Questions that come first (`red-flags`)\n\nA yes to one of these is a reason to see a doctor or physiotherapist before any running. \
         You can keep the answers in the diary. A report then shows them first and gives no advice on training until you answer no to all of \
         them. After {HOLDS_DAYS} days it asks you to answer again.\n\n{header}{red}\n\
         These can wait for some days. A report shows them first too, for {HOLDS_DAYS} days after a yes (a heuristic), and everything else \
         after them.\n\n{header}{amber}\n\
         The diary counts as well. Until a later entry says no, these count as a yes:\n\n\
         * a knee that was stuck, one that gave way on two days within four weeks, or one that was swollen within two days of a pain that \
         began suddenly;\n\
         * pain of at least 7 out of 10 in the last two weeks;\n\
         * of those that can wait: a knee swollen on two days; pain on and off for at least three weeks, with at most ten days and two \
         entries without it between; a run missed or cut short because of pain that continues, or on three days within six weeks; pain that \
         rose past 5 out of 10 within two weeks; and pain in somebody who may be under 18 by the year of birth.\n\n\
         **Source**: common guidance for painful knees \
         (pages of the NHS for patients and for referrals; the JABFM review; the Ottawa knee rule: Stiell IG, et al. Annals of \
         Emergency Medicine 1995;26(4):405–413, known from texts about it). The rules for the diary are heuristics.\n\n\
         **Limits**: the questions are agreed on, not measured, and not complete. No to all of them is no clearance. They name no condition.\n",
        red = rows(RED_FLAGS),
        amber = rows(AMBER_SIGNS),
    )
}
