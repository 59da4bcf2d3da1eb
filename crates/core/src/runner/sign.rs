//! The questions, and how soon a yes to each needs a doctor or physiotherapist.

use std::fmt;

/// A question about a painful knee to which yes means that a doctor or physiotherapist should look.
#[derive(Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Sign {
    /// The name in `diary.csv` and in data.
    pub id: &'static str,
    /// The question, in plain words.
    pub question: &'static str,
    /// How soon somebody should look.
    pub urgency: Urgency,
    /// What to do.
    pub care: &'static str,
}

/// How soon a doctor or physiotherapist should look.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
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
    /// Returns whether there is nothing to consider about training until then.
    pub fn comes_first(self) -> bool {
        self < Self::WithinWeeks
    }

    /// Returns it in plain words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Emergency => "now, as an emergency",
            Self::SameDay => "today, or tomorrow morning at the latest",
            Self::WithinDays => "within the next few days",
            Self::WithinWeeks => "within about two weeks",
        }
    }
}

impl fmt::Display for Urgency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// What cannot wait, the most urgent first.
pub static RED_FLAGS: &[Sign] = &[
    Sign {
        id: "fever",
        question: "Is the knee badly swollen, hot or red, and do you have fever or chills or feel ill?",
        urgency: Urgency::Emergency,
        care: "Go to an emergency department today.",
    },
    Sign {
        id: "calf-or-breath",
        question: "Is your calf swollen or tender, are you short of breath, or do you have chest pain?",
        urgency: Urgency::Emergency,
        care: "Call the emergency number, or go to an emergency department now.",
    },
    Sign {
        id: "numb-or-cold",
        question: "Is the foot numb, weak or cold?",
        urgency: Urgency::Emergency,
        care: "Go to an emergency department now.",
    },
    Sign {
        id: "no-weight",
        question: "Are you unable to put weight on the leg or to take four steps, or has the knee changed its shape?",
        urgency: Urgency::SameDay,
        care: "See a doctor today, in urgent care or an emergency department. Do not run on it.",
    },
    Sign {
        id: "injury",
        question: "Did it start with a twist, a blow, a fall or a pop, and did the knee swell within hours?",
        urgency: Urgency::SameDay,
        care: "See a doctor today or tomorrow. Do not run on it until then.",
    },
    Sign {
        id: "locked",
        question: "Is the knee stuck, so that you cannot straighten or bend it?",
        urgency: Urgency::SameDay,
        care: "See a doctor today. Do not force the knee.",
    },
    Sign {
        id: "worse-fast",
        question: "Is the knee getting worse quickly, from hour to hour or from day to day?",
        urgency: Urgency::SameDay,
        care: "See a doctor today or tomorrow.",
    },
    Sign {
        id: "gives-way",
        question: "Does the knee give way or lock repeatedly?",
        urgency: Urgency::WithinDays,
        care: "See a doctor or physiotherapist within the next few days, and do not run until then.",
    },
    Sign {
        id: "bone",
        question: "Does one spot on the bone hurt to the touch, more with every run, and also when you walk or hop (this matters more if you \
            eat little for your training, miss periods or had a stress fracture)?",
        urgency: Urgency::WithinDays,
        care: "Stop running, and see a doctor within the next few days.",
    },
    Sign {
        id: "night",
        question: "Does the knee hurt all the time at rest, or wake you at night (this matters more if you lost weight without \
            trying, or had cancer)?",
        urgency: Urgency::WithinDays,
        care: "See a doctor within the next few days.",
    },
    Sign {
        id: "strong-pain",
        question: "Has the knee pain been 7 out of 10 or more?",
        urgency: Urgency::WithinDays,
        care: "See a doctor or physiotherapist within the next few days, and do not run until then.",
    },
];

/// Returns the red flags that an entry's pain scores do not tell: what to ask before them.
pub fn before_scores() -> &'static [Sign] {
    RED_FLAGS.split_last().map_or(&[], |(_strong_pain, asked)| asked)
}

/// What to do about a sign that can wait for some days.
const SOON: &str = "See a doctor or physiotherapist within about two weeks.";

/// What can wait for some days, and should not wait for long.
pub static AMBER_SIGNS: &[Sign] = &[
    Sign {
        id: "three-weeks",
        question: "Has the knee hurt for more than three weeks?",
        urgency: Urgency::WithinWeeks,
        care: SOON,
    },
    Sign {
        id: "swells-again",
        question: "Does the knee swell again after runs?",
        urgency: Urgency::WithinWeeks,
        care: SOON,
    },
    Sign {
        id: "stairs",
        question: "Are stairs or walking harder than they were before it hurt?",
        urgency: Urgency::WithinWeeks,
        care: SOON,
    },
    Sign {
        id: "missed-runs",
        question: "Have you missed or cut short at least three runs because of it?",
        urgency: Urgency::WithinWeeks,
        care: SOON,
    },
    Sign {
        id: "rising-pain",
        question: "Is the pain stronger than it was a week ago?",
        urgency: Urgency::WithinWeeks,
        care: SOON,
    },
    Sign {
        id: "under-18",
        question: "Are you under 18?",
        urgency: Urgency::WithinWeeks,
        care: "See a doctor or physiotherapist within about two weeks, because your knees are still growing.",
    },
    Sign {
        id: "knee-history",
        question: "Have you had surgery on this knee, or do you have an artificial joint or an inflammatory joint disease, or \
            take blood thinners?",
        urgency: Urgency::WithinWeeks,
        care: "See the doctor who knows your case within about two weeks.",
    },
];

/// Returns every sign, the most urgent first.
pub fn signs() -> impl Iterator<Item = &'static Sign> + Clone {
    RED_FLAGS.iter().chain(AMBER_SIGNS)
}

/// Returns the sign of a name such as `locked`.
pub fn find(id: &str) -> Option<&'static Sign> {
    signs().find(|sign| sign.id == id)
}
