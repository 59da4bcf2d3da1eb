//! The words for sports, as people and programs write them.
//!
//! A text is read word by word, without accents and case: whatever else it says, a word for running
//! makes it a run ("Stroller run"), a word for another sport makes it that one, and both together
//! make neither, save that who runs and walks in turn is running. What has no known word is
//! unknown, which is not the same as not told.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Sport, SubSport};

/// What a word says.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Says {
    /// It is a run.
    Run,
    /// It is one, of that kind.
    RunOf(SubSport),
    /// If it is a run, it is of that kind.
    Of(SubSport),
    /// It is another sport.
    Other(Sport, SubSport),
    /// Nothing was done.
    Rest,
    /// Nothing: it says that something was done, and not what.
    Neutral,
}

use Says::{Neutral, Of, Other, Rest, Run, RunOf};

const fn other(sport: Sport) -> Says {
    Other(sport, SubSport::Generic)
}

/// Whole texts that mean something else than their words, and the numbers of Strava's older
/// exports.
const TEXTS: &[(&str, Says)] = &[
    ("9", Run),
    ("1", other(Sport::Cycling)),
    ("4", other(Sport::Hiking)),
    ("10", other(Sport::Walking)),
    ("16", other(Sport::Swimming)),
    ("easy", Run),
    ("long", Run),
    ("steady", Run),
    ("recovery", Run),
    ("off", Rest),
    ("day off", Rest),
    ("race walk", other(Sport::Walking)),
    ("race walking", other(Sport::Walking)),
    ("gravel", other(Sport::Cycling)),
    ("stairs", Other(Sport::FitnessEquipment, SubSport::StairClimbing)),
    ("stair climbing", Other(Sport::FitnessEquipment, SubSport::StairClimbing)),
    ("hills", Run),
    ("sortie longue", Run),
    ("course a pied en interieur", RunOf(SubSport::IndoorRunning)),
    ("indoor running", RunOf(SubSport::IndoorRunning)),
    ("aqua jogging", other(Sport::Swimming)),
    ("walking pad", other(Sport::Walking)),
    ("swimrun", other(Sport::Multisport)),
    ("multi sport", other(Sport::Multisport)),
    ("mountain biking", Other(Sport::Cycling, SubSport::Mountain)),
    ("lap swimming", Other(Sport::Swimming, SubSport::LapSwimming)),
    ("open water swimming", Other(Sport::Swimming, SubSport::OpenWater)),
    ("strength training", Other(Sport::Training, SubSport::StrengthTraining)),
    ("e bike ride", other(Sport::EBiking)),
    ("ebike ride", other(Sport::EBiking)),
    ("street running", Run),
    ("road running", Run),
];

/// Words by what they say. A language's words stand on a line of their own, without accents:
/// English, German, French, Dutch, Spanish and Portuguese, Italian, Polish, the Nordic ones, Czech,
/// Slovak, Hungarian and others, then other scripts. Those of scripts without spaces are also found
/// within a text.
const WORDS: &[(Says, &[&str])] = &[
    (
        Run,
        &[
            "run runs running runner jog jogs jogging parkrun race tempo interval intervals fartlek marathon strides",
            "halfmarathon racing repeats speedwork 5k 10k ultramarathon runwalk jeffing plogging orienteering",
            "lauf laufen laufe dauerlauf waldlauf joggen tempolauf intervalllauf intervalle bahnlauf berglauf stadtlauf",
            "volkslauf halbmarathon steigerungslauf nuchternlauf orientierungslauf gelandelauf lauftraining laufeinheit",
            "course courir footing fractionne semimarathon",
            "hardlopen hardloop hardloopsessie hardlooptraining duurloop duurlopen intervaltraining",
            "carrera correr corriendo trote trotar rodaje corrida maraton maratona",
            "corsa correre podismo ripetute",
            "bieg biegi bieganie biegowy trucht polmaraton",
            "lopning loptur loppass lopetur loping lopetrening lob lobetur lobetraening jogg joggetur hlaup",
            "beh behani behanie juoksu juokseminen juoksulenkki holkka futas kocogas kosu alergare trcanje tek jooks",
            "lari chay бег пробежка біг τρεξιμο ריצה جري ركض",
            "跑步 跑 慢跑 ランニング ジョギング ジョグ マラソン ラン 달리기 러닝 조깅",
        ],
    ),
    (
        RunOf(SubSport::Treadmill),
        &["treadmill laufband loopband tapisroulant esteira bieznia lopband lobeband juoksumatto futopad"],
    ),
    (RunOf(SubSport::Treadmill), &["跑步机 跑步機 トレッドミル ランニングマシン 러닝머신 트레드밀"]),
    (RunOf(SubSport::Trail), &["trail trailrun trailrunning traillauf 越野跑 トレイル トレイルラン 트레일"]),
    (RunOf(SubSport::Track), &["track bahn piste pista baan"]),
    (RunOf(SubSport::VirtualActivity), &["virtualrun"]),
    (Of(SubSport::VirtualActivity), &["virtual virtuell virtuelle virtuele zwift"]),
    (Of(SubSport::IndoorRunning), &["indoor 室内 室内跑"]),
    (RunOf(SubSport::Ultra), &["ultra"]),
    (
        other(Sport::Walking),
        &[
            "walk walks walking walker stroll",
            "spaziergang spazieren gehen walken",
            "marche promenade balade wandelen wandeling caminata caminar caminando paseo caminhada camminata camminare",
            "passeggiata spacer marsz chodzenie promenad gatur chuze chodze kavely seta gyaloglas yuruyus jalan ходьба",
            "步行 散步 健走 ウォーキング 散歩 걷기",
        ],
    ),
    (
        other(Sport::Hiking),
        &[
            "hike hikes hiking trek trekking",
            "wandern wanderung randonnee rando senderismo trilha escursione",
            "wedrowka vandring vaellus turistika tura поход 徒步 ハイキング 登山 하이킹 등산",
        ],
    ),
    (
        other(Sport::Cycling),
        &[
            "ride rides riding bike bikes biking cycling cycle cyclist spin spinning mtb velomobile",
            "rad radfahren radfahrt radtour fahrrad rennrad velo cyclisme cycliste fietsen fietsrit fiets wielrennen",
            "ciclismo bicicleta bici pedalada pedalata rower kolarstwo cykling cykel sykling sykkel cyklistika kolo",
            "pyoraily kerekpar bisiklet велосипед 骑行 騎行 サイクリング 자전거 virtualride",
        ],
    ),
    (other(Sport::EBiking), &["ebike ebiking ebikeride pedelec"]),
    (
        other(Sport::Swimming),
        &[
            "swim swims swimming pool aqua aquajogging aquajog water openwater",
            "schwimmen natation nage zwemmen natacion natacao nuoto plywanie simning svomning svomming plavani uinti",
            "uszas yuzme плавание 游泳 水泳 スイム 수영",
        ],
    ),
    (
        Other(Sport::Training, SubSport::StrengthTraining),
        &[
            "strength weights weight weightlifting lifting core crossfit calisthenics kettlebell",
            "kraft krafttraining kraftsport fitnessstudio musculation krachttraining fuerza pesas musculacao pesi silownia",
            "styrka styrketraining styrke posilovani posilovna voimaharjoittelu kuntosali силовая 力量 筋トレ 근력",
        ],
    ),
    (Other(Sport::Training, SubSport::Yoga), &["yoga ioga joga jooga йога 瑜伽 ヨガ 요가"]),
    (Other(Sport::Training, SubSport::Pilates), &["pilates"]),
    (
        Other(Sport::Training, SubSport::FlexibilityTraining),
        &["stretch stretching mobility flexibility dehnen dehnung etirement etirements estiramientos"],
    ),
    (
        other(Sport::Training),
        &[
            "workout training gym fitness crosstraining crosstrain entrenamiento treino allenamento physio physiotherapy aerobics zumba",
        ],
    ),
    (
        Other(Sport::FitnessEquipment, SubSport::Elliptical),
        &["elliptical ellipse crosstrainer elliptique eliptica elittica arctrainer"],
    ),
    (Other(Sport::FitnessEquipment, SubSport::StairClimbing), &["stairmaster stepper climbmill"]),
    (other(Sport::Rowing), &["row rowing rudern aviron roeien remo canottaggio ergometer"]),
    (
        other(Sport::Soccer),
        &["football soccer fussball voetbal futbol futebol calcio fotboll fotball fodbold fotbal jalkapallo futsal"],
    ),
    (other(Sport::Tennis), &["tennis tenis"]),
    (other(Sport::Racket), &["squash badminton padel racquetball racket pickleball"]),
    (other(Sport::Basketball), &["basketball basket"]),
    (other(Sport::Volleyball), &["volleyball"]),
    (other(Sport::Hockey), &["hockey"]),
    (other(Sport::Golf), &["golf"]),
    (other(Sport::Dance), &["dance dancing tanzen danse baile ballet"]),
    (other(Sport::RockClimbing), &["climb climbing bouldering klettern escalade escalada arrampicata"]),
    (other(Sport::IceSkating), &["skate skating eislauf eislaufen schaatsen patinage skridskor"]),
    (other(Sport::InlineSkating), &["inline rollerblading inlineskaten rollerski"]),
    (other(Sport::CrossCountrySkiing), &["langlauf skilanglauf skilauf nordicski xcski langrenn langdskidor hiihto"]),
    (other(Sport::AlpineSkiing), &["ski skiing snowboard snowboarding skifahren esqui"]),
    (other(Sport::Snowshoeing), &["snowshoe snowshoeing"]),
    (other(Sport::Kayaking), &["kayak kayaking canoe paddle paddling"]),
    (other(Sport::JumpRope), &["skipping jumprope"]),
    (other(Sport::Boxing), &["boxing kickboxing boxen boxe"]),
    (other(Sport::Hiit), &["hiit"]),
    (other(Sport::Driving), &["drive driving car"]),
    (other(Sport::HorsebackRiding), &["horse horseback reiten equitation"]),
    (other(Sport::Multisport), &["triathlon duathlon multisport aquathlon brick"]),
    (
        Rest,
        &[
            "rest resting sick ill injured missed skipped dns",
            "ruhe ruhetag pause krank repos malade rust rustdag descanso riposo odpoczynek wolne vila hvile odpocinek",
            "lepo piheno dinlenme отдых 休息 休み 休養 휴식",
        ],
    ),
    (
        Neutral,
        &[
            "other generic activity uncategorized default misc miscellaneous sonstiges andere autre otro outro altro overig",
        ],
    ),
];

/// What a text names: [`Sport::Generic`] where it is empty or neutral, [`Sport::Unknown`] for a day
/// of rest; `None` where none of its words is known.
pub(super) fn find(text: &str) -> Option<(Sport, SubSport)> {
    let words = words(text);
    if words.is_empty() {
        return Some((Sport::Generic, SubSport::Generic));
    }
    let whole = words.join(" ");
    let exact = TEXTS.iter().find(|(text, _)| *text == whole).map(|(_, says)| *says);
    let profile = whole.replace(' ', "_");
    let of_that_name = || (0..=u8::MAX).map(Sport::from_fit_code).find(|sport| sport.name() == profile);
    if exact.is_none()
        && let Some(sport) = of_that_name().filter(|sport| !matches!(sport, Sport::Unknown | Sport::Running))
    {
        return Some((sport, SubSport::Generic));
    }
    let said = exact.map_or_else(|| words.iter().flat_map(|word| says(word)).collect(), |says| vec![says]);
    together(&said)
}

/// What several words say together.
fn together(said: &[Says]) -> Option<(Sport, SubSport)> {
    if said.contains(&Rest) {
        return Some((Sport::Unknown, SubSport::Generic));
    }
    let is_run = said.iter().any(|says| matches!(says, Run | RunOf(_)));
    let names_run = said.contains(&Run);
    // A training is of whatever else is named.
    let others: Vec<(Sport, SubSport)> = said
        .iter()
        .filter_map(|says| if let Other(sport, sub) = says { Some((*sport, *sub)) } else { None })
        .filter(|other| !is_run || *other != (Sport::Training, SubSport::Generic))
        .collect();
    // Who runs and walks in turn is running; who walks on a treadmill is not.
    let is_run_and_walk = names_run && others.iter().all(|(sport, _)| *sport == Sport::Walking);
    match others.as_slice() {
        others if is_run && (others.is_empty() || is_run_and_walk) => {
            let kind = |says: &Says| match says {
                RunOf(sub_sport) | Of(sub_sport) => Some(*sub_sport),
                _ => None,
            };
            Some((Sport::Running, said.iter().find_map(kind).unwrap_or(SubSport::Generic)))
        }
        [] if said.contains(&Neutral) => Some((Sport::Generic, SubSport::Generic)),
        [] => None,
        _ if names_run => None,
        [.., last] => Some(*others.iter().find(|(sport, _)| *sport != Sport::Training).unwrap_or(last)),
    }
}

/// All words of the table; each says one thing. Long lists ask for many words.
static KNOWN: LazyLock<HashMap<&str, Says>> = LazyLock::new(|| {
    let words = WORDS.iter().flat_map(|(says, lines)| lines.iter().map(move |line| (*says, *line)));
    words.flat_map(|(says, line)| line.split(' ').map(move |word| (word, says))).collect()
});

/// Returns whether a word is of a script that has no spaces between words.
fn is_spaceless(word: &str) -> bool {
    word.chars().next().is_some_and(|first| first >= '\u{2E80}')
}

/// What one word says; of a script without spaces, what is found in it.
fn says(word: &str) -> Vec<Says> {
    if let Some(says) = KNOWN.get(word) {
        return vec![*says];
    }
    if !word.chars().any(|letter| letter >= '\u{2E80}') {
        return Vec::new();
    }
    let all = KNOWN.iter().map(|(known, says)| (*says, *known));
    let mut found: Vec<(Says, &str)> = all.filter(|(_, known)| is_spaceless(known) && word.contains(known)).collect();
    // The same order whatever the order of the table.
    found.sort_unstable_by_key(|(_, known)| (word.find(known), *known));
    // A longer word within the text says more than a shorter one in it.
    let longest = found.clone();
    found.retain(|(_, known)| !longest.iter().any(|(_, other)| other.len() > known.len() && other.contains(known)));
    found.into_iter().map(|(says, _)| says).collect()
}

/// A text's words in small letters without accents; `VirtualRun` and `trail_running` are two words
/// each.
fn words(text: &str) -> Vec<String> {
    // Who writes a novel into a sport's cell is not read to the end.
    const LONGEST: usize = 200;
    let mut words: Vec<String> = vec![String::new()];
    let mut before_is_small = false;
    for letter in text.trim().chars().take(LONGEST) {
        if !letter.is_alphanumeric() && !is_mark(letter) {
            words.push(String::new());
            before_is_small = false;
            continue;
        }
        if letter.is_uppercase() && before_is_small {
            words.push(String::new());
        }
        before_is_small = letter.is_lowercase();
        let Some(word) = words.last_mut() else { continue };
        letter.to_lowercase().filter(|small| !is_mark(*small)).for_each(|small| plain(small, word));
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a character only puts an accent on the one before it.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&letter)
}

/// Writes a small letter without its accent.
fn plain(letter: char, to: &mut String) {
    const PLAIN: &[(&str, &str)] = &[
        ("a", "àáâãäåāăąạảấầẩậ"),
        ("c", "çćč"),
        ("d", "ďđð"),
        ("e", "èéêëēėęěẹẻếềệ"),
        ("g", "ğ"),
        ("i", "ìíîïīįı"),
        ("l", "łľĺ"),
        ("n", "ñńň"),
        ("o", "òóôõöøőōọỏốồộ"),
        ("r", "řŕ"),
        ("s", "śšşș"),
        ("t", "ťţț"),
        ("u", "ùúûüūůűųụủ"),
        ("y", "ýÿ"),
        ("z", "źżž"),
        ("ss", "ß"),
        ("ae", "æ"),
        ("oe", "œ"),
        ("ε", "έ"),
    ];
    if letter.is_ascii() {
        return to.push(letter);
    }
    match PLAIN.iter().find(|(_, accented)| accented.contains(letter)) {
        Some((plain, _)) => to.push_str(plain),
        None => to.push(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_call_a_run_is_one_in_many_languages() {
        for text in [
            "Run",
            "Jog",
            "Easy run",
            "Long Run",
            "long-run",
            "Run/Walk",
            "run-walk",
            "parkrun",
            "Lauf",
            "Stroller run",
            "tempo",
            "Intervals",
            "Dauerlauf",
            "langer Lauf",
            "course à pied",
            "Course a\u{300} pied",
            "Footing",
            "hardlopen",
            "Hardloopsessie",
            "carrera",
            "Corrida",
            "corsa",
            "bieg",
            "bieganie",
            "löpning",
            "LØB",
            "běh",
            "juoksu",
            "futás",
            "koşu",
            "бег",
            "跑步",
            "户外跑步",
            "ランニング",
            "달리기",
            "Morning run with Tim",
            "Race",
            "5k",
            "Training run",
            "Interval training",
            "Off-road run",
            "gym run",
        ] {
            assert_eq!(find(text), Some((Sport::Running, SubSport::Generic)), "{text}");
        }
    }

    #[test]
    fn words_for_a_run_tell_its_kind() {
        for (text, sub_sport) in [
            ("Treadmill", SubSport::Treadmill),
            ("treadmill_running", SubSport::Treadmill),
            ("Laufband", SubSport::Treadmill),
            ("跑步机", SubSport::Treadmill),
            ("Trail Run", SubSport::Trail),
            ("trailrun", SubSport::Trail),
            ("Track", SubSport::Track),
            ("VirtualRun", SubSport::VirtualActivity),
            ("Zwift Run", SubSport::VirtualActivity),
            ("indoor_running", SubSport::IndoorRunning),
            ("Ultra run", SubSport::Ultra),
        ] {
            assert_eq!(find(text), Some((Sport::Running, sub_sport)), "{text}");
        }
    }

    #[test]
    fn what_is_no_run_never_becomes_one() {
        for text in [
            "Yoga",
            "Rest",
            "Rest day",
            "Football",
            "Walk",
            "Hike",
            "Ride",
            "Spinning",
            "Pilates",
            "Gym",
            "Strength",
            "Swim",
            "Elliptical",
            "Aqua jogging",
            "pool running",
            "Langlauf",
            "Eislaufen",
            "Treadmill walk",
            "Trail walk",
            "Bike race",
            "Track cycling",
            "Zwift ride",
            "VirtualRide",
            "Wandern",
            "randonnée",
            "Fietsrit",
            "Skipped run",
            "Tuesday",
            "Zwift",
            "swim + run",
            "cross-country skiing",
            "步行",
            "ヨガ",
            "Workout",
            "wheelchair_push_run",
            "Race walk",
            "Day off",
        ] {
            let named = find(text);
            assert!(
                named.is_none_or(|(sport, _)| !matches!(sport, Sport::Running | Sport::Generic)),
                "{text}: {named:?}"
            );
        }
    }

    #[test]
    fn a_text_without_a_known_word_is_unknown_and_a_neutral_one_is_not() {
        assert_eq!((find("Tuesday"), find("Quidditch")), (None, None));
        for text in ["", "  ", "Other", "uncategorized", "---"] {
            assert_eq!(find(text), Some((Sport::Generic, SubSport::Generic)), "{text}");
        }
    }

    #[test]
    fn every_word_of_the_table_says_one_thing_and_is_written_as_texts_are_read() {
        let mut seen = std::collections::HashSet::new();
        for word in WORDS.iter().flat_map(|(_, lines)| lines.iter().flat_map(|line| line.split(' '))) {
            assert!(seen.insert(word), "{word} stands twice");
            assert_eq!(words(word), [word], "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC*") {
            let _ = find(&text);
        }
    }
}
