//! The questions that come before any word on training, and what a yes to one of them means.
//!
//! They are those of common guidance for a painful knee (pages of the NHS for patients and for referrals, the JABFM review of
//! knee pain; the Ottawa knee rule, Stiell IG, et al., from memory), in plain words. They sort nothing into
//! conditions: a yes says that somebody with training should look, and how soon.

use std::fmt;

use jiff::civil::Date;

use crate::runner::Runner;
use crate::runner::diary::Entry;
use crate::time::DateExt;

/// A yes silences all training advice for so many days after the entry (days). A heuristic: who still has it answers again.
pub const HOLDS_DAYS: i64 = 28;

/// A question to which yes means care first.
#[derive(Debug, Eq, PartialEq)]
pub struct RedFlag {
    /// The name in `diary.csv` and in data.
    pub id: &'static str,
    /// The question, in plain words.
    pub question: &'static str,
    /// How soon somebody should look.
    pub urgency: Urgency,
    /// What to do.
    pub care: &'static str,
}

/// How soon somebody with training should look.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// At once.
    Emergency,
    /// The same day, or the next morning.
    SameDay,
    /// Within days.
    WithinDays,
    /// Within about two weeks.
    WithinWeeks,
}

impl Urgency {
    /// In plain words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Emergency => "now, as an emergency",
            Self::SameDay => "today, or tomorrow morning at the latest",
            Self::WithinDays => "within the next days",
            Self::WithinWeeks => "within about two weeks",
        }
    }
}

impl fmt::Display for Urgency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// The questions, the most urgent first.
pub static RED_FLAGS: [RedFlag; 10] = [
    RedFlag {
        id: "fever",
        question: "Is the knee badly swollen, hot or red, and do you have fever or chills or feel ill?",
        urgency: Urgency::Emergency,
        care: "Go to an emergency department today.",
    },
    RedFlag {
        id: "calf-or-breath",
        question: "Is your calf swollen or tender, or are you short of breath or have pain in the chest?",
        urgency: Urgency::Emergency,
        care: "Call the emergency number, or go to an emergency department now.",
    },
    RedFlag {
        id: "numb-or-cold",
        question: "Is the foot numb, weak or cold?",
        urgency: Urgency::Emergency,
        care: "Go to an emergency department now.",
    },
    RedFlag {
        id: "no-weight",
        question: "Can you not put weight on the leg or take four steps, or has the knee changed its shape?",
        urgency: Urgency::SameDay,
        care: "Have it looked at today, in urgent care or an emergency department. Do not run on it.",
    },
    RedFlag {
        id: "injury",
        question: "Did it start with a twist, a blow, a fall or a pop, and did the knee swell within hours?",
        urgency: Urgency::SameDay,
        care: "Have it looked at today or tomorrow. Do not run on it until then.",
    },
    RedFlag {
        id: "locked",
        question: "Is the knee stuck, so that you cannot straighten or bend it?",
        urgency: Urgency::SameDay,
        care: "Have it looked at today. Do not force it.",
    },
    RedFlag {
        id: "worse-fast",
        question: "Is it getting worse quickly, from hour to hour or from day to day?",
        urgency: Urgency::SameDay,
        care: "Have it looked at today or tomorrow.",
    },
    RedFlag {
        id: "gives-way",
        question: "Does the knee give way, or lock, again and again?",
        urgency: Urgency::WithinDays,
        care: "See a doctor or physiotherapist within days, and leave running until then.",
    },
    RedFlag {
        id: "bone",
        question: "Does one spot on the bone hurt to the touch, more with every run, and still when you walk or hop? \
            Or have you eaten too little for your training, missed periods, or had a stress fracture before?",
        urgency: Urgency::WithinDays,
        care: "Stop running, and see a doctor within days.",
    },
    RedFlag {
        id: "night",
        question: "Does it hurt all the time at rest or wake you at night, or have you lost weight without \
            wanting to, or had cancer?",
        urgency: Urgency::WithinDays,
        care: "See a doctor within days.",
    },
];

/// The questions as a manual page, in Markdown.
pub fn page() -> String {
    let line = |flag: &RedFlag| format!("| `{}` | {} | {} | {} |\n", flag.id, flag.question, flag.urgency, flag.care);
    let rows: String = RED_FLAGS.iter().map(line).collect();
    format!(
        "# Questions that come first (`red-flags`)\n\nA yes to any of them means that somebody with training should look before any thought \
         of running. `kneewise triage` asks them, `kneewise diary add` keeps the answers; for {HOLDS_DAYS} days after a yes (a heuristic; who still has it answers again) a report says so \
         first and has nothing to consider about training. Two entries of a knee that gave way, or one of a knee that was stuck, count as a \
         yes.\n\n| name | question | how soon | what to do |\n|---|---|---|---|\n{rows}\n**Source**: what guidance for painful knees has in common \
         (pages of the NHS for patients and for referrals; the JABFM review; the Ottawa knee rule, from memory).\n\n\
         **Limits**: agreed on, not measured, and not complete. Ten times no is no clearance. They sort nothing into conditions. If \
         you are under 18, had knee surgery, or take blood thinners, ask somebody earlier.\n"
    )
}

/// The question of a name such as `locked`.
pub fn find(id: &str) -> Option<&'static RedFlag> {
    RED_FLAGS.iter().find(|flag| flag.id == id)
}

/// What a diary says that comes before all training.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Care {
    /// How soon.
    pub urgency: Urgency,
    /// What to do.
    pub care: &'static str,
    /// What was said, and on which day.
    pub because: String,
    /// The day of the entry.
    pub date: Date,
}

/// What the entries of the last [`HOLDS_DAYS`] days say that comes before all training, the most urgent first; empty
/// where they say nothing of the kind.
///
/// An entry that tells of a locked knee counts as a yes to that question, two that tell of one that gave way as a yes to
/// the other.
pub fn care(runner: &Runner, as_of: Date) -> Vec<Care> {
    let entries = runner.diary.of_last(HOLDS_DAYS, as_of);
    let gave_way = entries.iter().filter(|entry| entry.giving_way == Some(true)).count();
    let flags_of = |entry: &Entry| {
        let locked = (entry.locking == Some(true)).then(|| find("locked")).flatten();
        let gives_way = (entry.giving_way == Some(true) && gave_way > 1).then(|| find("gives-way")).flatten();
        entry.red_flags.iter().copied().chain(locked).chain(gives_way).collect::<Vec<_>>()
    };
    let mut told: Vec<Care> = Vec::new();
    for (entry, flag) in
        entries.iter().rev().flat_map(|entry| flags_of(entry).into_iter().map(move |flag| (entry, flag)))
    {
        if told.iter().all(|care| care.because != flag.question) {
            let because = flag.question.to_owned();
            told.push(Care { urgency: flag.urgency, care: flag.care, because, date: entry.date });
        }
    }
    told.sort_by_key(|care| (care.urgency, -care.date.days_since(as_of)));
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::Diary;
    use jiff::civil::date;

    fn runner(entries: Vec<Entry>) -> Runner {
        Runner { diary: Diary::new(entries), ..Runner::default() }
    }

    #[test]
    fn the_most_urgent_comes_first_and_each_once() {
        let entry = |day, ids: &[&str]| Entry {
            red_flags: ids.iter().filter_map(|id| find(id)).collect(),
            ..Entry::on(date(2026, 3, day))
        };
        let runner = runner(vec![entry(1, &["gives-way"]), entry(5, &["gives-way", "fever"])]);
        let told: Vec<_> = care(&runner, date(2026, 3, 6)).iter().map(|care| (care.urgency, care.date.day())).collect();
        assert_eq!(told, [(Urgency::Emergency, 5), (Urgency::WithinDays, 5)]);
        assert!(care(&runner, date(2026, 4, 2)).is_empty(), "28 days later");
        assert!(!care(&runner, date(2026, 4, 1)).is_empty());
    }

    #[test]
    fn a_knee_that_locked_once_or_gave_way_twice_counts() {
        let gave_way = |day| Entry { giving_way: Some(true), ..Entry::on(date(2026, 3, day)) };
        assert!(care(&runner(vec![gave_way(1)]), date(2026, 3, 6)).is_empty());
        assert_eq!(care(&runner(vec![gave_way(1), gave_way(4)]), date(2026, 3, 6)).len(), 1);
        let locked = Entry { locking: Some(true), ..Entry::on(date(2026, 3, 1)) };
        assert_eq!(care(&runner(vec![locked]), date(2026, 3, 6))[0].urgency, Urgency::SameDay);
    }
}
