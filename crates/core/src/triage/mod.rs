//! The questions that come before any word on training, and what a yes to one of them means.
//!
//! They are those of common guidance for a painful knee (pages of the NHS for patients and for
//! referrals, the JABFM review of knee pain; the Ottawa knee rule), in plain words. They sort
//! nothing into conditions: a yes says that a doctor or physiotherapist should look, and how soon.

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
        "# Questions that come first (`red-flags`)\n\nA yes to one of these means that a doctor or physiotherapist should look before any thought \
         of running. `kneewise triage` asks them and keeps the answers in the diary if you like; a report then says so first and has nothing to \
         consider about training until you answer no to all of them, which it asks for after {HOLDS_DAYS} days.\n\n{header}{red}\n\
         These can wait for some days. A report says them first too, for {HOLDS_DAYS} days after a yes (a heuristic), and says what else it has to say.\n\n{header}{amber}\n\
         The diary is read as well. As a yes counts, until a later entry says no: a knee that was stuck, one that gave way on two days within four weeks, \
         one that was swollen within two days of a pain that began at one moment; pain of 7 of 10 and more in the last two weeks; and, of those that can wait, a knee swollen on two days, \
         pain on and off for three weeks and more with no more than ten days and two entries without it between, a run missed or \
         cut short because of pain that goes on, or on three days within six weeks, pain that rose past 5 of 10 within two weeks, and pain in somebody who may be under 18 by the year of birth.\n\n\
         **Source**: what guidance for painful knees has in common \
         (pages of the NHS for patients and for referrals; the JABFM review; the Ottawa knee rule: Stiell IG, et al. Annals of \
         Emergency Medicine 1995;26(4):405–413, known from texts about it). What counts as a yes \
         in the diary is a heuristic.\n\n\
         **Limits**: agreed on, not measured, and not complete. No to all of them is no clearance. They sort nothing into conditions.\n",
        red = rows(RED_FLAGS),
        amber = rows(AMBER_SIGNS),
    )
}
