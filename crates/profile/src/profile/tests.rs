use super::*;
use jiff::civil::date;
use kneewise_core::runner::{Shoe, ShoeKind};
use kneewise_read::sport::SubSport;

fn wrong(text: &str) -> String {
    parse(text, "p.toml").expect_err("something wrong").to_string()
}

fn full() -> Profile {
    let limits = Limits {
        max_heart_rate_bpm: Some(188.0),
        resting_heart_rate_bpm: Some(52.5),
        threshold_speed_mps: Some(1000.0 / 270.0),
        ..Limits::default()
    };
    let runner = Runner {
        birth_year: Some(1988),
        sex: Some(Sex::Female),
        height_m: Some(1.68),
        began: Some(date(2024, 3, 1)),
        masses: vec![MassFrom { from: Some(date(2026, 1, 1)), kg: 64.5 }, MassFrom { from: None, kg: 66.0 }],
        limits: vec![LimitsFrom { from: Some(date(2026, 2, 1)), limits }],
        injuries: Some(vec![Injury {
            site: Site::LowerLeg,
            side: Some(Side::Left),
            month: date(2025, 11, 1),
            is_recovered: Some(false),
        }]),
        conditions: vec!["in \"my\" words \\ and\tyours".to_owned(), "two".to_owned()],
        orthoses: Some(false),
        foot_posture: Some(FootPosture::HighlyPronated),
        strength_per_week: Some(1.5),
        stretches: Some(true),
        other_sports_h_per_week: Some(2.0),
        shoes: vec![Shoe {
            name: "Road #2".to_owned(),
            kind: Some(ShoeKind::Trail),
            since: Some(date(2026, 1, 15)),
            until: Some(date(2026, 1, 15)),
            start_m: 120_500.0,
            limit_m: Some(800_000.0),
            gear: Some("g1".to_owned()),
            default_for: vec![SubSport::Trail, SubSport::Generic],
            is_default: true,
        }],
        ..Runner::default()
    };
    let time_zone = Some("Europe/Berlin".to_owned());
    Profile { runner, time_zone, week_start: Some(Weekday::Sunday), units: Some(Units::Imperial) }
}

#[test]
fn what_is_written_is_read_again() {
    let text = to_toml(&full());
    assert_eq!(parse(&text, "p.toml").unwrap_or_else(|error| panic!("{error}\n{text}")), full());
}

#[test]
fn a_template_says_nothing_until_its_lines_are_uncommented_and_then_is_right() {
    let template = to_toml(&Profile::default());
    assert_eq!(parse(&template, "p.toml").unwrap(), Profile::default());
    let is_line = |line: &str| line.starts_with("# [[") || line.starts_with("# ") && line.contains(" = ");
    let lines = template.lines().filter(|line| is_line(line)).map(|line| &line[2..]);
    let text = lines.collect::<Vec<_>>().join("\n");
    let profile = parse(&text, "p.toml").unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(
        (
            profile.runner.shoes.len(),
            profile.runner.injuries.map_or(0, |injuries| injuries.len()),
            profile.runner.height_m
        ),
        (1, 1, Some(1.68))
    );
    assert!(KEYS.iter().all(|key| text.contains(key)), "the template shows every key");
}

#[test]
fn all_that_is_wrong_is_named_with_its_line() {
    let said =
        wrong("heigth_m = 1.68\nsex = \"femal\"\n\n[[shoes]]\nname = \"A\"\nlimit = 800\n[[shoes]]\nname = \"a\"\n");
    for line in [
        "p.toml:1: `heigth_m` is not known; did you mean `height_m`?",
        "p.toml:2: `sex` is \"femal\", which is not known; did you mean `female`?",
        "p.toml:6: `limit` is not known; did you mean `limit_km`?",
        "p.toml:8: `name` \"a\" is another pair already; give each a different name",
        "nothing of p.toml was used",
    ] {
        assert!(said.contains(line), "{said}");
    }
    assert!(wrong("height_m = \n").contains("p.toml:1: no TOML"));
}

#[test]
fn values_are_held_to_their_range_at_its_ends() {
    let height = |text: &str| parse(&format!("height_m = {text}"), "p.toml").map(|profile| profile.runner.height_m);
    assert_eq!(height("1.01").unwrap(), Some(1.01));
    assert_eq!(height("2.29").unwrap(), Some(2.29));
    for text in ["1", "2.3", "168", "5.7", "nan", "inf", "\"1.68\"", "99999999999999999999"] {
        let right = format!("`height_m` is {text}; it must be a number from 1.01 to 2.29 metres, such as 1.68");
        assert!(height(text).unwrap_err().to_string().contains(&right), "{text}");
    }
    for (key, ends, beyond) in [
        ("max_heart_rate_bpm", [100, 230], [99, 231]),
        ("resting_heart_rate_bpm", [25, 120], [24, 121]),
        ("second_threshold_bpm", [60, 230], [59, 231]),
    ] {
        let limit = |bpm: i32| parse(&format!("[[limits]]\n{key} = {bpm}"), "p.toml").is_ok();
        assert!(ends.into_iter().all(limit) && !beyond.into_iter().any(limit), "{key}");
    }
    let year = |text: &str| parse(&format!("birth_year = {text}"), "p.toml").map(|profile| profile.runner.birth_year);
    assert_eq!(year("1900").unwrap(), Some(1900));
    assert!(year("1899").is_err() && year("88").is_err() && year("1988.5").is_err());
}

#[test]
fn what_cannot_be_true_together_is_refused() {
    let limits =
        |low: &str, high: &str| format!("[[limits]]\nresting_heart_rate_bpm = {low}\nmax_heart_rate_bpm = {high}\n");
    assert!(wrong(&limits("110", "110")).contains("p.toml:2: `resting_heart_rate_bpm` must be below"));
    assert!(parse(&limits("110", "111"), "p.toml").is_ok());
    assert!(wrong("[[shoes]]\nname = \"A\"\nsince = 2026-03-02\nuntil = 2026-03-01").contains("must not be before"));
    assert!(wrong("[[mass]]\nfrom = 2026-01-01").contains("a [[mass]] without `kg`"));
    assert!(wrong("[[injuries]]\nsite = \"knee\"\nmonth = \"2026-13\"").contains("a year and a month"));
    assert!(wrong("began = 2026-03-01").contains("a year and a month in quotation marks, such as \"2025-11\""));
    assert!(
        wrong("birth_year = 1988\nbegan = \"1987-12\"").contains("p.toml:2: `began` must not be before `birth_year`")
    );
    assert!(wrong("time_zone = \"Middle/Earth\"").contains("not a time zone"));
    assert!(wrong("[shoes]\nname = \"A\"").contains("must be written as [[shoes]]"));
    assert!(wrong("[[limits]]\nthreshold_pace_per_km = \"1:59\"").contains("from 2:00 to 20:59"));
}

#[test]
fn days_to_come_are_named_and_so_is_a_child() {
    let today = date(2026, 3, 4);
    let later = |text: &str| {
        assert!(parse(text, "p.toml").is_ok(), "{text}");
        later_than(text, today).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(later("began = \"2026-04\""), ["1: `began` is \"2026-04\", which is after today, 2026-03-04"]);
    let text = "birth_year = 2022\n[[mass]]\nfrom = 2026-03-05\nkg = 60\n[[limits]]\nfrom = 2027-01-01\n[[injuries]]\nsite = \"knee\"\n\
        month = \"2026-04\"\n[[shoes]]\nname = \"A\"\nsince = \"2062-03-04\"\nuntil = 2063-01-01\n";
    assert_eq!(
        later(text),
        [
            "1: `birth_year` is less than 5 years before today, 2026-03-04",
            "3: `from` is 2026-03-05, which is after today, 2026-03-04",
            "6: `from` is 2027-01-01, which is after today, 2026-03-04",
            "9: `month` is \"2026-04\", which is after today, 2026-03-04",
            "12: `since` is \"2062-03-04\", which is after today, 2026-03-04",
        ]
    );
    let text =
        "birth_year = 2021\n[[mass]]\nfrom = 2026-03-04\nkg = 60\n[[injuries]]\nsite = \"knee\"\nmonth = \"2026-03\"\n";
    assert!(later(text).is_empty(), "{:?}", later(text));
}

#[test]
fn a_file_of_many_slips_is_read_in_one_pass_and_named_in_short() {
    let keys = |n: usize| (0..n).fold(String::new(), |text, i| text + &format!("key_{i} = {i}\n"));
    let wrong = |text: &str| parse(text, "p.toml").unwrap_err().to_string();
    let said = wrong(&keys(40_000));
    assert!(
        said.starts_with("p.toml:1: `key_0` is not known") && said.contains("and 39950 more; nothing of p.toml"),
        "{said}"
    );
    assert!(wrong(&format!("{} = 1\n", "k".repeat(100_000))).len() < 1000);
    assert!(wrong(&"[[shoes]]\nname = \"a\"\n".repeat(1001)).contains("`shoes` has more than 1000 of them"));
}
