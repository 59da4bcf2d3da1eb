//! Lists every statement of the article that this program answers, with the research on it and
//! the program's part.
//!
//! The article is a general text on pain at the inner side of the knee in runners: its causes,
//! symptoms, prevention and care. Its statements are given in our words.

use crate::knowledge::NO_SCALE;

/// A statement of the article, and the answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct Statement {
    /// The part of the article: causes, symptoms and so on.
    pub part: Part,
    /// What the article says, in our words.
    pub says: &'static str,
    /// What research found.
    pub research: &'static str,
    /// What the program does about it, and what it cannot know.
    pub does: &'static str,
    /// The ids of the rules, cards, metrics and methods that do it.
    pub pages: &'static [&'static str],
}

/// A part of the article.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Part {
    /// What inner knee pain is, and where it comes from.
    Causes,
    /// How it shows.
    Symptoms,
    /// What keeps it away.
    Prevention,
    /// What is done about it by professionals.
    Care,
    /// What is done about it at home.
    Home,
}

impl Part {
    /// The heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Causes => "Causes",
            Self::Symptoms => "Symptoms",
            Self::Prevention => "Prevention",
            Self::Care => "Care",
            Self::Home => "At home",
        }
    }
}

const fn row(
    part: Part,
    says: &'static str,
    research: &'static str,
    does: &'static str,
    pages: &'static [&'static str],
) -> Statement {
    Statement { part, says, research, does, pages }
}

/// Every statement, in the order of the article.
pub static ARTICLE: &[Statement] = &[
    row(
        Part::Causes,
        "Many runners have pain at the inner side of the knee.",
        "Of 254 injured beginners, a tenth had pain at the kneecap and 9% a problem at the inner meniscus. The median time to recover was 71 days (Nielsen 2014, PLoS ONE).",
        "The diary asks where it hurts. It names a place, never a structure. No file records it.",
        &["pain-zones"],
    ),
    row(
        Part::Causes,
        "It ranges from mild to severe.",
        "Physiotherapists use zones of pain. Their limits are agreed on, not measured, and differ. Here they are 2 and 5 out of 10.",
        "The diary keeps 0 to 10 during and after runs and the next morning. The report shows the zones, and whether pain settled within a day.",
        &["pain-zones", "persistent-pain"],
    ),
    row(
        Part::Causes,
        "It can come from an injury at one moment (trauma).",
        "True. This is not overuse.",
        "The first questions ask about a twist, a blow, a fall or a pop. A yes silences all advice on training. A stop in mid-run shows nothing and is not used.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "It can come from overuse.",
        "The best-supported pattern is a single run much longer than the longest of the month before (Frandsen 2025, 5,205 runners). Weekly growth and load ratios showed little, or the opposite.",
        "The load rules, each with its grade of evidence. Most are for context only.",
        &[
            "session-spike",
            "weekly-jump",
            "two-week-ramp",
            "load-ratio",
            "monotony",
            "fitness-ramp",
            "no-rest-days",
            "long-run-share",
            "return-after-break",
            "intensity-share",
            "speed-spike",
            "downhill-spike",
            "knee-load-index",
            "novice-first-week",
            "before-pain",
        ],
    ),
    row(
        Part::Causes,
        "Ligaments and tendons around the joint can be injured.",
        "True in general. It takes an examination to find which one.",
        "Not assessed: no data show it, and the program names no structure. The first questions show when to see a doctor or physiotherapist.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "Arthritis can be behind it.",
        "Mostly from 45 or 50 years on. Recreational running is linked to less of it, not more: 3.5%, compared with 10.2% of people who do not run. Competitive running is linked to more (13.3%; Alentorn-Geli 2017, known from texts about it).",
        "Nothing is flagged by age. A card gives both sides from 45 on. The profile keeps a condition that a professional named.",
        &["arthritis"],
    ),
    row(
        Part::Causes,
        "A torn meniscus can be behind it.",
        "True. Locking, giving way and swelling are reasons to see a doctor.",
        "Not assessed. The first questions ask about locking, repeated giving way, and swelling after an injury. They come before all training.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "One of the most common causes is an injury of the inner ligament (MCL).",
        "Overstated for runners. That injury mostly follows a blow or twist. Inner knee pain without one has several other common sources (table of the JABFM review).",
        "Not assessed: no file records it. The program names no structure.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "A damaged ligament hurts and swells.",
        "Swelling within hours of an injury is a reason to see a doctor the same day.",
        "The first questions ask about it. The diary keeps swelling; with a pain that began at one moment it counts as a yes.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "The cushions between the bones (menisci) can be damaged.",
        "As for a torn meniscus. Scans show damage in many knees that do not hurt.",
        "Not assessed.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "One of the most common causes is overpronation: the foot rolls inward too far and strains the inner ligament.",
        "There are two sides. Among 927 beginners in neutral shoes, those whose feet roll inward were not injured more (Nielsen 2014 (feet)). Among 372 runners they were, in standard shoes (1.80 times the rate, 95% CI 1.01–3.22; Malisoux 2016). No direct evidence of the strain was found.",
        "No watch sees it. With pods on the shoes the report shows the two sides and changes, never a label. A card gives both sides.",
        &["pronation-change", "overpronation"],
    ),
    row(
        Part::Causes,
        "Poor form puts more impact on the knees.",
        "The evidence is weak to moderate for some of it: step rate and overstriding change the forces in the knee. No prospective study links any running metric of a watch with injuries of the inner knee.",
        "The form rules, all for context, compare you with your usual form at the same pace where that is known.",
        &[
            "low-step-rate",
            "late-step-rate-fade",
            "contact-balance",
            "vertical-ratio-rise",
            "overstride",
            "late-stance-drift",
            "strike-change",
            "form-change",
            "trend",
        ],
    ),
    row(
        Part::Causes,
        "Weak muscles around the knee absorb less shock.",
        "Mixed. Supervised hip and core training was linked to fewer injuries in one trial with 325 beginners (0.66 times the rate of those who stretched; Leppänen 2024). Runners who later had kneecap pain had not been weaker.",
        "Strength itself cannot be seen. The profile asks whether you train it; none is a tip.",
        &["no-strength"],
    ),
    row(
        Part::Causes,
        "Improper shoes can lead to it.",
        "`Wrong for your arch` is not supported. There are data on cushioning, support for feet that roll inward, several pairs in turn and abrupt change.",
        "The report shows distance, age, rotation and abrupt change of your shoes. It recommends no kind.",
        &["shoe-age", "shoe-rotation", "new-shoe", "arch-support"],
    ),
    row(
        Part::Symptoms,
        "It may come from injury, overuse or degeneration.",
        "This is a fair way to sort the onset: sudden, gradual, long-standing.",
        "The diary keeps how it began. A sudden start with swelling comes before all training. Months of pain on and off are a reason for a visit.",
        &["red-flags", "pain-zones"],
    ),
    row(
        Part::Symptoms,
        "A common symptom is a sharp pain at the inner side.",
        "Place and behaviour matter more than sharpness.",
        "The diary keeps place, side and score. Pain at the inner side raises some form findings one level.",
        &["pain-zones", "overstride"],
    ),
    row(
        Part::Symptoms,
        "It can make walking and climbing stairs hard.",
        "Then it is a reason to see somebody. Being unable to take four steps is a reason for the same day.",
        "The first questions ask whether you can put weight on the leg. Those that can wait ask whether stairs and walking are harder than before.",
        &["red-flags"],
    ),
    row(
        Part::Symptoms,
        "There may be swelling and stiffness.",
        "Swelling with fever is an emergency. Swelling that comes back after runs is a reason for a visit.",
        "The first questions ask about it. The diary keeps it; a knee that was swollen on two days counts as a yes. The program does not ask about stiffness.",
        &["red-flags"],
    ),
    row(
        Part::Symptoms,
        "It may be hard to straighten or bend the leg.",
        "A knee that is stuck is a reason for the same day.",
        "The first questions ask about it. A diary entry with a locked knee counts as a yes.",
        &["red-flags"],
    ),
    row(
        Part::Symptoms,
        "There may be a popping sensation.",
        "A click without pain is common and mostly harmless. A pop with an injury and swelling is a reason for the same day.",
        "The first questions ask about a pop together with swelling, not about a click alone.",
        &["red-flags"],
    ),
    row(
        Part::Prevention,
        "A healthy weight keeps pressure off the knees.",
        "In beginners with a BMI over 30, more than 3 km in the first week was linked to more injuries (Nielsen 2014 (first week)). There is no such rule for lean runners, and deliberate weight loss can do harm.",
        "The rule applies only where you give height and mass, and only to the first week of a new runner. There is no advice on weight.",
        &["novice-first-week"],
    ),
    row(
        Part::Prevention,
        "Regular exercise strengthens the muscles around the knee.",
        "See weak muscles.",
        "The profile asks about strength and other sports, and the report counts them.",
        &["no-strength", "no-other-sports"],
    ),
    row(
        Part::Prevention,
        "Stretching before and after keeps injuries away.",
        "Not supported: 0.85 times as many injuries, 95% CI 0.65–1.12, in six trials with 5,130 people (Yeung 2011).",
        "Nothing is flagged. A card gives both sides.",
        &["stretching"],
    ),
    row(
        Part::Prevention,
        "Warming up (implied).",
        "There is little evidence. Warming up is not stretching.",
        "The speed of the first ten minutes is compared with the rest. It is never flagged.",
        &["warm_up_speed_percent"],
    ),
    row(
        Part::Prevention,
        "Shoes that support the arch spread the weight and take stress off the knees.",
        "Only for feet that roll inward, in one trial (Malisoux 2016).",
        "A card gives both sides. The profile keeps a professional's description of your feet.",
        &["arch-support"],
    ),
    row(
        Part::Prevention,
        "Shoes should be made for the activity.",
        "Plausible, not tested.",
        "The report shows trail shoes worn on roads, and the other way round, where the shoes are known.",
        &["new-shoe", "surface-change"],
    ),
    row(
        Part::Prevention,
        "Following these measures makes inner knee pain much less likely.",
        "No study shows that for the whole list.",
        "The program claims nothing like that. It describes patterns, and no flag is no clearance.",
        &[],
    ),
    row(
        Part::Care,
        "See a doctor, who finds the cause.",
        "Right for warning signs and for pain that stays.",
        "The first questions, and the rule on pain that stays, show when and how soon.",
        &["red-flags", "persistent-pain"],
    ),
    row(
        Part::Care,
        "Physiotherapy increases strength and flexibility.",
        "Reasonable in general. For pain at the kneecap, teaching runners to manage load and symptoms did as well alone as with exercises or gait retraining (Esculier 2018, 69 runners).",
        "No programme is prescribed. You can take a report along.",
        &["pain-zones"],
    ),
    row(
        Part::Care,
        "Exercises such as leg extensions, calf raises and lunges.",
        "See physiotherapy.",
        "The diary can record strength sessions. None is prescribed.",
        &["no-strength"],
    ),
    row(
        Part::Care,
        "Ice or heat can be part of it.",
        "Both ease soreness for a while. Faster healing was not shown.",
        "A card explains how to use it without harm to the skin.",
        &["ice"],
    ),
    row(
        Part::Care,
        "Medication, from anti-inflammatory tablets to steroid injections.",
        "A matter between you and a professional.",
        "No advice. The diary asks whether you took a painkiller before a run, because the score may then be too low.",
        &["pain-zones"],
    ),
    row(
        Part::Care,
        "Scans (X-ray, MRI, ultrasound) show the damage.",
        "Scans show changes in many knees that do not hurt. Guidance asks for them with warning signs, or where they change the treatment.",
        "No advice.",
        &["red-flags"],
    ),
    row(
        Part::Care,
        "Injections or surgery may follow.",
        "Training data cannot answer this.",
        "No advice. The profile keeps earlier injuries.",
        &["previous-injury"],
    ),
    row(
        Part::Care,
        "Pain clinics make personal plans.",
        "Training data cannot answer this.",
        "No advice. Reports come as text, Markdown, JSON and HTML to take along.",
        &[],
    ),
    row(
        Part::Home,
        "Ice for 15 to 20 minutes, several times a day.",
        "Guidance from 2020 questions routine ice (Dubois 2020).",
        "There is a card.",
        &["ice"],
    ),
    row(
        Part::Home,
        "Heat to loosen tight muscles.",
        "Heat is a comfort, but not on a joint that is hot or swollen.",
        "There is a card.",
        &["ice"],
    ),
    row(
        Part::Home,
        "Gentle stretches of hamstrings and quadriceps ease the knee.",
        "There is little evidence and little harm.",
        "There is a card.",
        &["stretching"],
    ),
    row(
        Part::Home,
        "Swimming and cycling spare the knee and strengthen it.",
        "Supported as an association: among 264 runners (87 injured in 22 weeks), each hour a week of other sports was linked to 0.85 times the rate of injuries (Malisoux 2013).",
        "The report counts sessions of other sports in your files; none is a tip.",
        &["no-other-sports"],
    ),
    row(
        Part::Home,
        "It can weigh heavily on daily life.",
        "Researchers count pain as an injury that restricts or stops running for at least 7 days or 3 consecutive scheduled sessions, or that takes a \
            runner to a doctor or another health professional (Yamato 2015).",
        "Missed runs in the diary count. Days without a run in the log are described, because they may have other reasons.",
        &["persistent-pain", "return-after-break"],
    ),
];

/// The page as Markdown: a table for each part.
pub fn page() -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let line = |statement: &Statement| {
        let pages: Vec<String> = statement.pages.iter().map(|page| format!("`{page}`")).collect();
        let Statement { says, research, does, .. } = statement;
        format!("| {} | {} | {} | {} |\n", cell(says), cell(research), cell(does), pages.join(", "))
    };
    let part = |statements: &[Statement]| {
        let rows: String = statements.iter().map(line).collect();
        let heading = statements[0].part.name();
        format!(
            "## {heading}\n\n| the article says | research says | kneewise does | pages |\n|---|---|---|---|\n{rows}"
        )
    };
    let parts: Vec<String> = ARTICLE.chunk_by(|a, b| a.part == b.part).map(part).collect();
    format!(
        "# The article (`article`)\n\nEvery statement of a general article on inner knee pain in runners, in our words; what research says \
         about it; and what kneewise does about it. The last column names the pages that say more. {NO_SCALE}\n\n{}",
        parts.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::ARTICLE;
    use crate::knowledge::card::CARDS;
    use crate::measure::metric;
    use crate::rule::RULES;

    /// Pages of other kinds.
    const OTHERS: [&str; 3] = ["red-flags", "before-pain", "trend"];

    #[test]
    fn every_page_that_is_named_is_there() {
        for page in ARTICLE.iter().flat_map(|statement| statement.pages) {
            let is_rule = RULES.iter().any(|rule| rule.id == *page);
            let is_card = CARDS.iter().any(|card| card.id == *page);
            assert!(is_rule || is_card || metric::find(page).is_some() || OTHERS.contains(page), "{page}");
        }
    }

    #[test]
    fn every_rule_and_card_answers_something_or_says_why_it_is_here() {
        // Needed, but not in the article: earlier injuries are in it only as a history of surgery.
        const BEYOND: [&str; 3] = ["previous-injury", "poor-sleep", "morning-heart"];
        let named = |id: &str| ARTICLE.iter().any(|statement| statement.pages.contains(&id));
        for id in RULES.iter().map(|rule| rule.id).chain(CARDS.iter().map(|card| card.id)) {
            assert!(named(id) || BEYOND.contains(&id), "{id}");
        }
    }
}
