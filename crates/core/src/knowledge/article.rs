//! Every statement of the article that this program answers: what research says of it, and what the
//! program does.
//!
//! The article is a general text on pain at the inner side of the knee in runners: its causes,
//! symptoms, prevention and care. Its statements are given in our words.

/// A statement of the article, and the answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct Statement {
    /// The part of the article: causes, symptoms and so on.
    pub part: Part,
    /// What the article says, in our words.
    pub says: &'static str,
    /// What research says of it.
    pub research: &'static str,
    /// What the program does about it, and what it cannot know.
    pub does: &'static str,
    /// The rules, cards, metrics and methods that do it, by the names that `kneewise explain`
    /// knows.
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
        "Of 254 injured beginners, a tenth had pain at the kneecap and about as many (9 %) something at the inner meniscus; the median time to recover was 71 days (Nielsen 2014, PLoS ONE).",
        "The diary asks where it hurts and names a place, never a structure. No file tells.",
        &["pain-zones"],
    ),
    row(
        Part::Causes,
        "It ranges from mild to severe.",
        "Physiotherapists use zones of pain; where they end is agreed on, not measured, and differs. Those here end at 2 and 5 of 10.",
        "The diary keeps 0 to 10 during, after and the next morning; the zones are told with the 24-hour rule.",
        &["pain-zones", "persistent-pain"],
    ),
    row(
        Part::Causes,
        "It can come from an injury at one moment (trauma).",
        "True, and another path than overuse.",
        "The questions that come first ask for a twist, a blow, a fall or a pop; a yes silences all advice on training. A watch's stop in mid-run proves nothing and is not read so.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "It can come from overuse.",
        "The best-supported pattern is a single run much longer than the longest of the month before (Frandsen 2025, 5,205 runners); weekly growth and load ratios told little or the contrary.",
        "The load rules, each with its grade; most are for context only.",
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
        "True in general; which one it is takes an examination.",
        "Not assessed: no data tells, and the program names no structure. The questions that come first say when somebody should look.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "Arthritis can be behind it.",
        "Mostly from 45 or 50 years on. Recreational running goes with less of it, not more (3.5 % against 10.2 % of people who do not run); competitive running with more (13.3 %; Alentorn-Geli 2017, known from texts about it).",
        "Nothing is flagged by age; a card tells both sides from 45 on. The profile keeps what a professional named.",
        &["arthritis"],
    ),
    row(
        Part::Causes,
        "A torn meniscus can be behind it.",
        "True; locking, giving way and swelling are what points to having it looked at.",
        "Not assessed. Locking, giving way again and again, and swelling after an injury are asked for and come before all training.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "One of the most common causes is an injury of the inner ligament (MCL).",
        "Overstated for runners: that injury is mostly one of a blow or twist; inner knee pain without one has several other common sources (table of the JABFM review).",
        "Not assessed: no file tells. The program names no structure.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "A damaged ligament hurts and swells.",
        "Swelling within hours of an injury is a reason to have it looked at the same day.",
        "Asked for in the questions that come first; the diary keeps swelling, and with a pain that began at one moment it counts as a yes.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "The cushions between the bones (menisci) can be damaged.",
        "As for a torn meniscus; damage shows in pictures of many knees that do not hurt.",
        "Not assessed.",
        &["red-flags"],
    ),
    row(
        Part::Causes,
        "One of the most common causes is overpronation: the foot rolls inward too far and strains the inner ligament.",
        "Two sides: of 927 beginners in neutral shoes, those whose feet roll inward were not injured more (Nielsen 2014 (feet)); of 372 runners they were, in standard shoes (1.80 times the rate, 95 % CI 1.01–3.22; Malisoux 2016). No direct evidence of the strain was found.",
        "No watch sees it. With pods on the shoes the sides and one's own change are told, never a label; a card gives both sides.",
        &["pronation-change", "overpronation"],
    ),
    row(
        Part::Causes,
        "Poor form puts more impact on the knees.",
        "Weak to moderate for some of it: step rate and overstriding change the forces in the knee; no prospective study links any running metric of a watch with injuries of the inner knee.",
        "The form rules, all for context, against your own usual form at the same pace where that is known.",
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
        "Mixed: supervised hip and core training went with fewer injuries in one trial with 325 beginners (0.66 times the rate of those who stretched, and how many of a hundred that is its summary does not say; Leppänen 2024); runners who later had kneecap pain had not been weaker.",
        "Strength itself cannot be seen. Whether it is trained is asked; none is a tip.",
        &["no-strength"],
    ),
    row(
        Part::Causes,
        "Improper shoes can lead to it.",
        "`Wrong for your arch` is not supported; cushioning, support for feet that roll inward, several pairs in turn and abrupt change have data.",
        "Distance, age, rotation and abrupt change of your shoes; no kind is recommended.",
        &["shoe-age", "shoe-rotation", "new-shoe", "arch-support"],
    ),
    row(
        Part::Symptoms,
        "It may come from injury, overuse or degeneration.",
        "A fair way to sort the onset: sudden, gradual, long-standing.",
        "The diary keeps how it began: at one moment and swollen comes before all training, for months on and off is a reason for a visit.",
        &["red-flags", "pain-zones"],
    ),
    row(
        Part::Symptoms,
        "A common symptom is a sharp pain at the inner side.",
        "Place and behaviour matter more than sharpness.",
        "The diary keeps place, side and score. Pain at the inner side makes some form findings weigh more.",
        &["pain-zones", "overstride"],
    ),
    row(
        Part::Symptoms,
        "It can make walking and climbing stairs hard.",
        "Then it is a reason to have it looked at; not being able to take four steps is one for the same day.",
        "Whether weight can be put on the leg is asked first, and whether stairs and walking are harder than before among what can wait for some days.",
        &["red-flags"],
    ),
    row(
        Part::Symptoms,
        "There may be swelling and stiffness.",
        "Swelling with fever is an emergency; swelling that comes back after runs is a reason for a visit.",
        "Asked for in the questions that come first; the diary keeps it, and a knee that was swollen on two days counts as a yes. Stiffness is not asked for.",
        &["red-flags"],
    ),
    row(
        Part::Symptoms,
        "It may be hard to straighten or bend the leg.",
        "A knee that is stuck is a reason for the same day.",
        "Asked for; an entry of a locked knee counts as a yes.",
        &["red-flags"],
    ),
    row(
        Part::Symptoms,
        "There may be a popping sensation.",
        "A click without pain is common and mostly nothing; a pop with an injury and swelling is a reason for the same day.",
        "Asked for as a pop together with swelling; a click alone is not.",
        &["red-flags"],
    ),
    row(
        Part::Prevention,
        "A healthy weight keeps pressure off the knees.",
        "In beginners with a BMI over 30, more than 3 km in the first week went with more injuries (Nielsen 2014 (first week)). In lean runners there is no such rule, and losing weight on purpose does harm of its own.",
        "Only where you give height and mass, only for the first week of a new runner; no advice on weight.",
        &["novice-first-week"],
    ),
    row(
        Part::Prevention,
        "Regular exercise strengthens the muscles around the knee.",
        "See weak muscles.",
        "Strength and other sports are asked for and counted.",
        &["no-strength", "no-other-sports"],
    ),
    row(
        Part::Prevention,
        "Stretching before and after keeps injuries away.",
        "Not supported: 0.85 times as many injuries, 95 % CI 0.65–1.12, in six trials with 5,130 people (Yeung 2011); how many of a hundred that is, its summary does not say.",
        "Nothing is flagged; a card tells both sides.",
        &["stretching"],
    ),
    row(
        Part::Prevention,
        "Warming up (implied).",
        "Little evidence, and another thing than stretching.",
        "The speed of the first ten minutes is measured against the rest; never a flag.",
        &["warm_up_speed_percent"],
    ),
    row(
        Part::Prevention,
        "Shoes that support the arch spread the weight and take stress off the knees.",
        "Only for feet that roll inward, in one trial (Malisoux 2016).",
        "A card tells both sides; the profile keeps what a professional said of your feet.",
        &["arch-support"],
    ),
    row(
        Part::Prevention,
        "Shoes should be made for the activity.",
        "Plausible, not tested.",
        "A trail shoe worn on roads, or the other way round, is told where the shoes are known.",
        &["new-shoe", "surface-change"],
    ),
    row(
        Part::Prevention,
        "Following these measures makes inner knee pain much less likely.",
        "No study shows that of the list as a whole.",
        "The program claims nothing of the kind: it describes patterns, and no flag is no clearance.",
        &[],
    ),
    row(
        Part::Care,
        "See a doctor, who finds the cause.",
        "Right for warning signs and for pain that stays.",
        "The questions that come first, and the rule on pain that stays, say when and how soon.",
        &["red-flags", "persistent-pain"],
    ),
    row(
        Part::Care,
        "Physiotherapy increases strength and flexibility.",
        "Reasonable in general; for pain at the kneecap, teaching runners to manage load and symptoms did as well alone as with exercises or gait retraining (Esculier 2018, 69 runners).",
        "No programme is prescribed. A report can be taken along.",
        &["pain-zones"],
    ),
    row(
        Part::Care,
        "Exercises such as leg extensions, calf raises and lunges.",
        "See physiotherapy.",
        "Sessions of strength can be kept in the diary; none is prescribed.",
        &["no-strength"],
    ),
    row(
        Part::Care,
        "Ice or heat as part of it.",
        "Both ease soreness for a while; healing sooner was not shown.",
        "A card with how to use it without harm to the skin.",
        &["ice"],
    ),
    row(
        Part::Care,
        "Medication, from anti-inflammatory tablets to steroid injections.",
        "A matter between you and a professional.",
        "No advice. The diary asks whether a painkiller was taken before a run, since the score may then be too low.",
        &["pain-zones"],
    ),
    row(
        Part::Care,
        "Pictures (X-ray, MRI, ultrasound) show how much is damaged.",
        "Pictures show changes in many knees that do not hurt; guidance asks for them with warning signs, or where they change what is done.",
        "No advice.",
        &["red-flags"],
    ),
    row(
        Part::Care,
        "Injections or surgery may follow.",
        "Outside what training data can speak of.",
        "No advice. The profile keeps earlier injuries.",
        &["previous-injury"],
    ),
    row(
        Part::Care,
        "Pain clinics make personal plans.",
        "Outside what training data can speak of.",
        "No advice. Reports come as text, Markdown, JSON and HTML to take along.",
        &[],
    ),
    row(
        Part::Home,
        "Ice for 15 to 20 minutes, several times a day.",
        "Guidance of 2020 questions routine ice (Dubois 2020).",
        "A card.",
        &["ice"],
    ),
    row(
        Part::Home,
        "Heat to loosen tight muscles.",
        "A comfort; not on a joint that is hot or swollen.",
        "A card.",
        &["ice"],
    ),
    row(
        Part::Home,
        "Gentle stretches of hamstrings and quadriceps ease the knee.",
        "Little evidence, little harm.",
        "A card.",
        &["stretching"],
    ),
    row(
        Part::Home,
        "Swimming and cycling spare the knee and strengthen it.",
        "Supported as an association: of 264 runners, each hour a week of other sports went with 0.85 times the rate of injuries (Malisoux 2013); 87 of the 264 were injured in 22 weeks.",
        "Sessions of other sports in your files are counted; none is a tip.",
        &["no-other-sports"],
    ),
    row(
        Part::Home,
        "It can weigh heavily on daily life.",
        "Researchers count pain as an injury that restricts or stops running for at least 7 days or 3 consecutive scheduled sessions, or that takes a \
            runner to a doctor or another health professional (Yamato 2015).",
        "Missed runs in the diary count; days without a run in the log are described, since they may have other reasons.",
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
         of it; and what kneewise does about it. `kneewise explain` prints each page named in the last column.\n\n{}",
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
