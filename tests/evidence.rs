//! What pages and findings say of studies, held to the numbers that the sources print.

use kneewise_core::knowledge::article;
use kneewise_core::knowledge::card::CARDS;
use kneewise_core::knowledge::reference::{self, REFERENCES};
use kneewise_core::load::FIGURES;
use kneewise_core::rule::RULES;
use kneewise_core::rule::before_pain::BEFORE_PAIN;
use kneewise_core::triage;

use crate::corpus::LOGS;
use crate::support::{kneewise, shared};

/// A page of `explain`, on one line.
fn page(id: &str) -> String {
    let rule = RULES.iter().find(|rule| rule.id == id).map(|rule| rule.manual_page());
    let card = || CARDS.iter().find(|card| card.id == id).map(|card| card.manual_page());
    let text = rule.or_else(card).unwrap_or_else(|| match id {
        "before-pain" => BEFORE_PAIN.manual_page(),
        "article" => article::page(),
        "references" => reference::page(),
        id => panic!("no page {id}"),
    });
    on_one_line(&text)
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each statement beside the publication that it is read in: page, what it must say, its source.
const SAID: &[(&str, &[&str], &str)] = &[
    ("session-spike", &["2.2 overuse injuries in 1,000 runs", "72%", "rises between 1 and 10%"], "Frandsen 2025"),
    ("session-spike", &["No second study was found by November 2026", "1.64 and 1.52"], "Frandsen 2025"),
    ("monotony", &["25 athletes", "high percentage of illnesses", "no result on injuries"], "Foster 1998"),
    ("monotony", &["33,640", "496 injuries", "1.93%", "1.33%"], "Lövdal 2021"),
    ("morning-heart", &["Resting heart rate is not among its measures"], "Bellenger 2016"),
    ("persistent-pain", &["at least 7 days or 3 consecutive scheduled sessions", "health professional"], "Yamato 2015"),
    ("two-week-ramp", &["33,640", "496 injuries", "1.16 times as high (0.94–1.42)"], "Lövdal 2021"),
    ("fitness-ramp", &["33,640", "496 injuries", "21 days", "assumed paces"], "Lövdal 2021"),
    ("intensity-share", &["no heart rate", "1.75", "1.40–2.18"], "Lövdal 2021"),
    ("intensity-share", &["12.1 injuries in 1,000 hours"], "Theisen 2014"),
    (
        "weekly-jump",
        &["8 days later, the odds were 1.41 times as high (1.16–1.72)", "watch the second week"],
        "Lövdal 2021",
    ),
    ("weekly-jump", &["430 recreational runners", "33.4%"], "Cloosterman 2024"),
    ("pronation-change", &["1.80 times (95% CI 1.01–3.22)", "standard shoes", "93"], "Malisoux 2016"),
    ("pronation-change", &["0.41", "0.17–0.98"], "Willems 2021"),
    ("overpronation", &["1.80", "1.01–3.22", "0.41", "0.17–0.98"], "Willems 2021"),
    ("arch-support", &["1.80", "1.01–3.22", "0.41", "0.17–0.98"], "Willems 2021"),
    ("shoe-rotation", &["87 of the 264"], "Malisoux 2013"),
    ("long-run-share", &["264 runners, 87 of whom were injured in 22 weeks"], "Malisoux 2013"),
    ("previous-injury", &["87 of the 264", "12.1 injuries in 1,000 hours"], "Theisen 2014"),
    ("no-other-sports", &["87 of 264", "12.1 injuries in 1,000 hours"], "Theisen 2014"),
    ("new-shoe", &["54 of 428", "12.6%", "74 of 420", "17.6%"], "Malisoux 2020"),
    ("new-shoe", &["93 of 372"], "Malisoux 2016"),
    ("poor-sleep", &["1.36", "1.04–1.78", "hours showed no further result"], "Poor sleep 2025"),
    ("poor-sleep", &["95 endurance athletes", "under 7 hours", "1.51", "1.13–2.02"], "Johnston 2019"),
    ("load-ratio", &["435 Dutch runners", "9.6%", "1.3%", "1.38"], "Nakaoka 2021"),
    ("load-ratio", &["735 marathon runners", "more days at 1.5 and above"], "Toresdahl 2023"),
    ("no-strength", &["720", "7.1%", "7.3%", "0.57–1.63"], "Toresdahl 2020"),
    ("late-stance-drift", &["49 runners", "0.2 and 0.6"], "Davis 2021"),
    ("low-step-rate", &["76 runners", "39 were injured"], "Winter 2020"),
    ("low-step-rate", &["166", "154"], "Chan 2018"),
    ("article", &["at least 7 days or 3 consecutive scheduled sessions", "health professional"], "Yamato 2015"),
    ("monotony", &["minor injuries", "kilometres", "estimate of training stress"], "Foster 1998"),
    ("two-week-ramp", &["42 days after an injury", "1.23", "1.02–1.48"], "Lövdal 2021"),
    ("fitness-ramp", &["1.04", "1.01–1.08", "two injuries"], "Lövdal 2021"),
    ("weekly-jump", &["20.8%", "20.3%", "1.59 times", "0.96–2.66"], "Buist 2008"),
    ("before-pain", &["Look back one day first"], "known from a text about it"),
    ("references", &["doi:10.1136/bjsports-2015-095788"], "Gabbett 2016"),
    ("references", &["2020;54(2):72–73"], "Dubois 2020"),
    ("references", &["CD013368.pub2"], "Relph 2022"),
    ("references", &["doi:10.1177/0363546506298279", "limits of pain that it used were not read"], "Silbernagel 2007"),
    ("references", &["PMID 2246166"], "Morton 1990"),
    ("references", &["doi:10.1249/MSS.0000000000000890"], "Luedke 2016"),
    ("references", &["doi:10.2519/jospt.2015.5741"], "Yamato 2015"),
    ("before-pain", &["1,666 injuries", "28%", "64%", "8%"], "known from a text about it"),
];

#[test]
fn each_number_stands_on_its_page_with_its_source() {
    for (id, numbers, source) in SAID {
        let page = page(id);
        for said in numbers.iter().chain([source]) {
            assert!(page.contains(said), "`{said}` is not on the page of {id}:\n{page}");
        }
    }
}

#[test]
fn findings_quote_the_same_numbers() {
    let studies: Vec<(&str, &str)> = (LOGS.iter().flat_map(|log| &log.report.findings))
        .filter_map(|finding| Some((finding.rule, finding.study.as_deref()?)))
        .collect();
    for (rule, number) in [
        ("session-spike", "2.2 overuse injuries in 1,000 runs"),
        ("session-spike", "rises between 1 and 10%"),
        ("persistent-pain", "at least 7 days or 3 consecutive scheduled sessions"),
        ("two-week-ramp", "496 injuries in 33,640 runner-days"),
        ("two-week-ramp", "1.16 (0.94–1.42)"),
        ("weekly-jump", "1.41 times as high, 95% CI 1.16–1.72"),
    ] {
        let mut of_rule = studies.iter().filter(|(of, _)| *of == rule).peekable();
        assert!(of_rule.peek().is_some(), "the corpus has a flag of {rule}");
        assert!(of_rule.all(|(_, study)| study.contains(number)), "{rule}: {number}");
    }
}

/// Statements that their sources do not bear out.
const NEVER: &[&str] = &[
    "about 3 injuries in 1,000",
    "illness, not with injury",
    "follow training status loosely",
    "a week of training or three planned runs",
    "a week of training or three runs",
    "583 injuries",
    "42,766",
    "from memory",
    "mostly showed nothing",
    "how many were hurt in either group its summary",
    "no study has linked either measure",
];

#[test]
fn nothing_that_the_sources_deny_is_said_anywhere() {
    let pages = RULES.iter().map(|rule| rule.manual_page()).chain(CARDS.iter().map(|card| card.manual_page()));
    let pages = pages.chain(FIGURES.iter().map(|figure| figure.manual_page()));
    let own = [article::page(), triage::page(), reference::page(), BEFORE_PAIN.manual_page()];
    let shorts = CARDS.iter().map(|card| card.short.to_owned());
    let findings = LOGS.iter().flat_map(|log| &log.report.findings);
    let told = findings.flat_map(|finding| [Some(finding.message.clone()), finding.study.clone()]).flatten();
    for text in pages.chain(own).chain(shorts).chain(told) {
        let text = on_one_line(&text);
        for denied in NEVER {
            assert!(!text.contains(denied), "`{denied}` in:\n{text}");
        }
    }
}

#[test]
fn the_page_of_references_says_how_each_is_known() {
    let page = reference::page();
    for reference in REFERENCES {
        let line = page.lines().find(|line| line.starts_with(&format!("* **{}**", reference.short)));
        assert!(line.is_some_and(|line| line.ends_with(&format!("({})", reference.known.words()))), "{reference}");
    }
}

/// A diary of pain from 6 to 10 with three runs missed, beside the log kept by hand.
const PAINFUL: &str = "date,pain_during,pain_after,missed_run\n2026-04-02,6,6,\n2026-04-05,,8,yes\n2026-04-08,,9,yes\n2026-04-12,,10,yes\n";

#[test]
fn no_report_says_what_the_sources_deny() {
    let folder = tempfile::tempdir().expect("a folder");
    let diary = folder.path().join("diary.csv");
    std::fs::write(&diary, PAINFUL).expect("written");
    let mut inputs: Vec<Vec<String>> = LOGS.iter().map(|log| vec![format!("fixtures/{}", log.name)]).collect();
    let of_diary = ["fixtures/logs/hand-kept/log.csv", "--diary", diary.to_str().expect("a path")];
    inputs.push(of_diary.map(str::to_owned).to_vec());
    let histories = ["data/histories/arthurfsy2/FIT", "data/histories/tang-hi/GPX"];
    inputs.extend(histories.into_iter().filter_map(shared).map(|path| vec![path.display().to_string()]));
    for input in &inputs {
        for format in ["text", "markdown", "json", "html"] {
            let mut arguments = vec!["report", "--full", "--format", format];
            arguments.extend(input.iter().map(String::as_str));
            let output = kneewise(&arguments);
            assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
            let text = on_one_line(&String::from_utf8_lossy(&output.stdout));
            for denied in NEVER {
                assert!(!text.contains(denied), "`{denied}` in {arguments:?}");
            }
        }
    }
}

#[test]
fn a_diary_of_pain_from_six_to_ten_points_to_care_before_anything_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let diary = folder.path().join("diary.csv");
    std::fs::write(&diary, PAINFUL).expect("written");
    for format in ["text", "markdown", "json"] {
        let log = "fixtures/logs/hand-kept/log.csv";
        let diary = diary.to_str().expect("a path");
        let output = kneewise(&["report", log, "--diary", diary, "--full", "--format", format]);
        let text = on_one_line(&String::from_utf8_lossy(&output.stdout));
        let lower = text.to_lowercase();
        let care = lower.find("see a doctor or physiotherapist within the next few days").expect("care");
        let findings = lower.find(if format == "json" {
            "\"findings\""
        } else if format == "html" {
            "what stands out"
        } else {
            "findings of the last 28 days"
        });
        assert!(findings.is_some_and(|findings| format == "json" || care < findings), "{format}: {text}");
        assert!(lower.contains("elevated"), "{format}: {text}");
        assert!(
            text.contains("reached 10 out of 10") && text.contains("On 3 days you missed a run"),
            "{format}: {text}"
        );
    }
}
