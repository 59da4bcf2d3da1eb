//! The publications that rules and cards rest on, each once, and how each is known to those who
//! wrote this program.

use std::fmt;

/// A publication.
#[derive(Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Reference {
    /// First author and year: `Frandsen 2025`.
    pub short: &'static str,
    /// Authors, title (or, in parentheses, what it is about), journal, year, doi.
    pub full: &'static str,
    /// How it is known.
    pub known: Known,
}

/// How a publication is known to those who wrote this program. A number that was not read where it
/// was published may be wrong, and whoever quotes it should look it up.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Known {
    /// Read where it was published, often its abstract only.
    AtSource,
    /// Read of in other texts, which were read.
    Secondhand,
}

impl Known {
    /// Returns how it is known, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::AtSource => "read at the source",
            Self::Secondhand => "known from texts about it",
        }
    }
}

/// The whole citation, and how it is known where it was not read.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.full)?;
        match self.known {
            Known::AtSource => Ok(()),
            Known::Secondhand => write!(f, " ({})", self.known.words()),
        }
    }
}

/// The short names of some, as reports give them.
pub fn shorts(references: &[&'static Reference]) -> Vec<&'static str> {
    references.iter().map(|reference| reference.short).collect()
}

macro_rules! references {
    ($($name:ident, $short:literal, $known:ident, $full:literal;)+) => {
        $(#[doc = concat!("`", $full, "`.")] pub static $name: Reference = Reference { short: $short, full: $full, known: Known::$known };)+

        /// All of them, by their first authors.
        pub static REFERENCES: &[&Reference] = &[$(&$name),+];
    };
}

references! {
    ALENTORN_GELI_2017, "Alentorn-Geli 2017", Secondhand,
        "Alentorn-Geli E, et al. The association of recreational and competitive running with hip and knee osteoarthritis. Journal of Orthopaedic & Sports Physical Therapy 2017;47:373. doi:10.2519/jospt.2017.7137";
    BELLENGER_2016, "Bellenger 2016", AtSource,
        "Bellenger CR, et al. Monitoring athletic training status through autonomic heart rate regulation: a systematic review and meta-analysis. Sports Medicine 2016;46:1461–1486. doi:10.1007/s40279-016-0484-2";
    BUIST_2008, "Buist 2008", AtSource,
        "Buist I, et al. No effect of a graded training program on the number of running-related injuries in novice runners. American Journal of Sports Medicine 2008;36:33–39. doi:10.1177/0363546507307505";
    CHAN_2018, "Chan 2018", AtSource,
        "Chan ZYS, et al. Gait retraining for the reduction of injury occurrence in novice distance runners: 1-year follow-up of a randomized controlled trial. American Journal of Sports Medicine 2018;46(2):388–395. doi:10.1177/0363546517736277";
    CLANSEY_2012, "Clansey 2012", AtSource,
        "Clansey AC, et al. Effects of fatigue on running mechanics associated with tibial stress fracture risk. Medicine & Science in Sports & Exercise 2012;44(10):1917–1923. doi:10.1249/MSS.0b013e318259480d";
    CLOOSTERMAN_2024, "Cloosterman 2024", AtSource,
        "Cloosterman KLA, et al. (weekly growth of distance and injuries of 430 recreational runners). Journal of Athletic Training 2024. doi:10.4085/1062-6050-0430.23";
    DAMSTED_2019, "Damsted 2019", AtSource,
        "Damsted C, et al. The association between changes in weekly running distance and running-related injury. Journal of Orthopaedic & Sports Physical Therapy 2019;49(4):230–238. doi:10.2519/jospt.2019.8541";
    DAVIS_2021, "Davis 2021", AtSource,
        "Davis JJ, Gruber AH. Leg stiffness, joint stiffness, and running-related injury: evidence from a prospective cohort study. Orthopaedic Journal of Sports Medicine 2021;9(5). doi:10.1177/23259671211011213. PMC8155767";
    DEJONG_2020, "DeJong 2020", AtSource,
        "DeJong AF, Hertel J. Validation of foot-strike assessment using wearable sensors during running. Journal of Athletic Training 2020;55(12):1307. meridian.allenpress.com/jat/article/55/12/1307/446283";
    DE_JONGE_2025, "de Jonge 2025", AtSource,
        "de Jonge J, et al. Sleep profiles and running-related injuries. Applied Sciences 2025;15(19):10814. doi:10.3390/app151910814";
    DUBOIS_2020, "Dubois 2020", AtSource,
        "Dubois B, Esculier J-F. Soft-tissue injuries simply need PEACE and LOVE. British Journal of Sports Medicine 2020;54(2):72–73. doi:10.1136/bjsports-2019-101253";
    EDWARDS_2018, "Edwards 2018", AtSource,
        "Edwards WB. Modeling overuse injuries in sport as a mechanical fatigue phenomenon. Exercise and Sport Sciences Reviews 2018;46:224–231. doi:10.1249/JES.0000000000000163";
    ESCULIER_2016, "Esculier 2016", AtSource,
        "Esculier J-F, et al. (protocol of a trial in runners with patellofemoral pain). BMC Musculoskeletal Disorders 2016;17:5. PMC4702381";
    ESCULIER_2018, "Esculier 2018", AtSource,
        "Esculier JF, et al. Is combining gait retraining or an exercise programme with education better than education alone in treating runners with patellofemoral pain? British Journal of Sports Medicine 2018;52:659–666. doi:10.1136/bjsports-2016-096988";
    FOSTER_1998, "Foster 1998", AtSource,
        "Foster C. Monitoring training in athletes with reference to overtraining syndrome. Medicine & Science in Sports & Exercise 1998;30(7):1164–1168. doi:10.1097/00005768-199807000-00023";
    FOSTER_2001, "Foster 2001", AtSource,
        "Foster C, et al. A new approach to monitoring exercise training. Journal of Strength and Conditioning Research 2001;15(1):109–115. doi:10.1519/00124278-200102000-00019";
    FRANDSEN_2025, "Frandsen 2025", AtSource,
        "Schuster Brandt Frandsen J, et al. How much running is too much? British Journal of Sports Medicine 2025;59(17):1203–1210. doi:10.1136/bjsports-2024-109380";
    FRIEL_2015, "Friel 2015", Secondhand,
        "Friel J. The CTL ramp rate. joefrielsblog.com, May 2015 (a coach's page, not a study)";
    GABBETT_2016, "Gabbett 2016", AtSource,
        "Gabbett TJ. The training–injury prevention paradox. British Journal of Sports Medicine 2016;50:273–280. doi:10.1136/bjsports-2015-095788";
    GARMIN, "Garmin", AtSource,
        "Garmin. Running dynamics: ground contact time balance, in the owner's manuals of watches (a maker's page, not a study)";
    HEIDERSCHEIT_2011, "Heiderscheit 2011", AtSource,
        "Heiderscheit BC, et al. Effects of step rate manipulation on joint mechanics during running. Medicine & Science in Sports & Exercise 2011;43(2):296–302. doi:10.1249/MSS.0b013e3181ebedf4";
    HUNTER_2019, "Hunter 2019", AtSource,
        "Hunter JG, et al. (cumulative tibial load of mixed running speeds). Medicine & Science in Sports & Exercise 2019;51(6):1178–1185. doi:10.1249/MSS.0000000000001888";
    IMPELLIZZERI_2021, "Impellizzeri 2021", AtSource,
        "Impellizzeri FM, et al. What role do chronic workloads play in the acute to chronic workload ratio? Time to dismiss ACWR and its underlying theory. Sports Medicine 2021;51:581–592. doi:10.1007/s40279-020-01378-6";
    JOHNSTON_2019, "Johnston 2019", AtSource,
        "Johnston R, et al. General health complaints and sleep associated with new injury within an endurance sporting population: a prospective study. Journal of Science and Medicine in Sport 2020;23(3):252–257 (first online 2019). doi:10.1016/j.jsams.2019.10.013";
    LENHART_2014, "Lenhart 2014", AtSource,
        "Lenhart RL, et al. Increasing running step rate reduces patellofemoral joint forces. Medicine & Science in Sports & Exercise 2014;46(3):557–564. doi:10.1249/MSS.0b013e3182a78c3a";
    LEPPANEN_2024, "Leppänen 2024", AtSource,
        "Leppänen M, et al. (hip and core, and ankle and foot exercises in novice runners, a randomised trial). British Journal of Sports Medicine 2024;58:722–732. doi:10.1136/bjsports-2023-107926";
    LIEBERMAN_2015, "Lieberman 2015", AtSource,
        "Lieberman DE, et al. Effects of stride frequency and foot position at landing on braking force, hip torque, impact peak force and the metabolic cost of running in humans. Journal of Experimental Biology 2015;218:3406–3414. doi:10.1242/jeb.125500";
    LOLLI_2019, "Lolli 2019", AtSource,
        "Lolli L, et al. Mathematical coupling causes spurious correlation within the conventional acute-to-chronic workload ratio calculations. British Journal of Sports Medicine 2019;53(15):921–922. doi:10.1136/bjsports-2017-098110";
    LOVDAL_2021, "Lövdal 2021", Secondhand,
        "Lövdal SS, et al. (logs and injuries of 74 runners; data doi:10.34894/UWU9PV). International Journal of Sports Physiology and Performance 2021;16(10):1522–1531. doi:10.1123/ijspp.2020-0518. Re-analysed by the open-source project TrailRunCoach";
    LO_2018, "Lo 2018", AtSource,
        "Lo GH, et al. (running with osteoarthritis of the knee). Clinical Rheumatology 2018. PMC6095814";
    LUEDKE_2016, "Luedke 2016", AtSource,
        "Luedke LE, et al. Influence of step rate on shin injury and anterior knee pain in high school runners. Medicine & Science in Sports & Exercise 2016;48(7):1244–1250. doi:10.1249/MSS.0000000000000890";
    MALISOUX_2013, "Malisoux 2013", AtSource,
        "Malisoux L, et al. (parallel use of different running shoes and injuries). Scandinavian Journal of Medicine & Science in Sports 2015;25:110–115. doi:10.1111/sms.12154 (first online 2013)";
    MALISOUX_2016, "Malisoux 2016", AtSource,
        "Malisoux L, et al. (motion control shoes, a randomised trial). British Journal of Sports Medicine 2016;50(8):481–487. doi:10.1136/bjsports-2015-095031";
    MALISOUX_2020, "Malisoux 2020", AtSource,
        "Malisoux L, et al. (shoe cushioning, body mass and injuries, a randomised trial). American Journal of Sports Medicine 2020;48(2):473–480. doi:10.1177/0363546519892578";
    MILLER_2014, "Miller 2014", AtSource,
        "Miller RH, et al. Why don't most runners get knee osteoarthritis? Medicine & Science in Sports & Exercise 2014;46(3). doi:10.1249/MSS.0000000000000135";
    MORTON_1990, "Morton 1990", AtSource,
        "Morton RH, Fitz-Clarke JR, Banister EW. Modeling human performance in running. Journal of Applied Physiology 1990;69:1171–1177. PMID 2246166";
    NAKAOKA_2021, "Nakaoka 2021", AtSource,
        "Nakaoka G, et al. (the load ratio and injuries of 435 Dutch runners). Sports Medicine 2021. doi:10.1007/s40279-021-01483-0";
    NIELSEN_2014_FEET, "Nielsen 2014 (feet)", AtSource,
        "Nielsen RØ, et al. (foot pronation and injuries of novice runners in neutral shoes). British Journal of Sports Medicine 2014;48:440–447. doi:10.1136/bjsports-2013-092202";
    NIELSEN_2014_FIRST_WEEK, "Nielsen 2014 (first week)", AtSource,
        "Nielsen RØ, et al. (body mass index and distance in the first week of running). International Journal of Sports Physical Therapy 2014;9(3):338–345. PMC4060311";
    NIELSEN_2014_WEEKLY_DISTANCE, "Nielsen 2014 (weekly distance)", AtSource,
        "Nielsen RØ, et al. Excessive progression in weekly running distance and risk of running-related injuries. Journal of Orthopaedic & Sports Physical Therapy 2014;44(10):739–747. doi:10.2519/jospt.2014.5164";
    OVERSTRIDE_2020, "Overstride 2020", AtSource,
        "Overstride-induced medial knee desmopathy: an overlooked condition in runners. Journal of Athletic Training 2020;55(12):1255. meridian.allenpress.com/jat/article/55/12/1255/447917";
    POOR_SLEEP_2025, "Poor sleep 2025", AtSource,
        "Poor sleep quality is associated with an increased risk of running-related injuries: a prospective study of 339 runners over six months. Scandinavian Journal of Medicine & Science in Sports 2025. lida.sport-iat.de/dvmf/Record/4096310";
    RAMSKOV_2018, "Ramskov 2018", AtSource,
        "Ramskov D, et al. Progression in running intensity or running volume (the Run Clever trial). BMJ Open Sport & Exercise Medicine 2018;4:e000333. doi:10.1136/bmjsem-2017-000333";
    RELPH_2022, "Relph 2022", AtSource,
        "Relph N, et al. Running shoes for preventing lower limb running injuries in adults. Cochrane Database of Systematic Reviews 2022. doi:10.1002/14651858.CD013368.pub2";
    RISTOLAINEN_2014, "Ristolainen 2014", AtSource,
        "Ristolainen L, et al. Training-related risk factors in the etiology of overuse injuries in endurance sports. Journal of Sports Medicine and Physical Fitness 2014;54(1):78–87. minervamedica.it, article R40Y2014N01A0078";
    SARAGIOTTO_2014, "Saragiotto 2014", AtSource,
        "Saragiotto BT, et al. What are the main risk factors for running-related injuries? Sports Medicine 2014. doi:10.1007/s40279-014-0194-6";
    SHIH_2023, "Shih 2023", AtSource,
        "Shih Y, Ho K-Y. Lower extremity support moment and distribution of joint moments during sloped running. Journal of Sports Science and Medicine 2023;22:111–116. doi:10.52082/jssm.2023.111";
    SILBERNAGEL_2007, "Silbernagel 2007", AtSource,
        "Silbernagel KG, et al. Continued sports activity, using a pain-monitoring model, during rehabilitation in patients with Achilles tendinopathy. American Journal of Sports Medicine 2007;35:897–906 (the limits of pain that it used were not read). doi:10.1177/0363546506298279";
    TELHAN_2010, "Telhan 2010", AtSource,
        "Telhan G, et al. Lower limb joint kinetics during moderately sloped running. Journal of Athletic Training 2010;45(1):16–21. PMC2808749";
    THAKKAR_2019, "Thakkar 2019", AtSource,
        "Thakkar B, et al. Tibiofemoral joint forces in female recreational runners vary with step frequency. Medicine & Science in Sports & Exercise 2019;51(7):1444–1450. doi:10.1249/MSS.0000000000001915";
    THEISEN_2014, "Theisen 2014", AtSource,
        "Theisen D, et al. (midsole hardness of standard cushioned shoes, a randomised trial). British Journal of Sports Medicine 2014;48(5):371–376. doi:10.1136/bjsports-2013-092613";
    TORESDAHL_2020, "Toresdahl 2020", AtSource,
        "Toresdahl BG, et al. (a strength programme done at home by 720 first-time marathon runners, a randomised trial). Sports Health 2020. doi:10.1177/1941738119877180";
    TORESDAHL_2023, "Toresdahl 2023", AtSource,
        "Toresdahl BG, et al. (the load ratio and injuries of 735 marathon runners). British Journal of Sports Medicine 2023. doi:10.1136/bjsports-2022-105670";
    VAN_DER_WORP_2015, "van der Worp 2015", AtSource,
        "van der Worp MP, et al. Injuries in runners; a systematic review on risk factors and sex differences. PLoS ONE 2015;10(2):e0114937. doi:10.1371/journal.pone.0114937";
    WILLEMS_2021, "Willems 2021", AtSource,
        "Willems TM, et al. (motion control shoes and pronation-related injuries). Journal of Orthopaedic & Sports Physical Therapy 2021;51(3):135–143. doi:10.2519/jospt.2021.9710";
    WILLIAMS_2017, "Williams 2017", AtSource,
        "Williams S, et al. Better way to determine the acute:chronic workload ratio? British Journal of Sports Medicine 2017;51:209–210. doi:10.1136/bjsports-2016-096589";
    WILLSON_2014, "Willson 2014", AtSource,
        "Willson JD, et al. Effects of step length on patellofemoral joint stress in female runners with and without patellofemoral pain. Clinical Biomechanics 2014;29:243–247. A copy at c.coek.info";
    WINTER_2020, "Winter 2020", AtSource,
        "Winter SC, et al. (running form, injuries and their onset in 76 distance runners). 2020. PMC7222667";
    YAMATO_2015, "Yamato 2015", AtSource,
        "Yamato TP, Saragiotto BT, Lopes AD. A consensus definition of running-related injury in recreational runners. Journal of Orthopaedic & Sports Physical Therapy 2015;45(5):375–380. doi:10.2519/jospt.2015.5741";
    YEUNG_2011, "Yeung 2011", AtSource,
        "Yeung SS, Yeung EW, Gillespie LD. Interventions for preventing lower limb soft-tissue running injuries. Cochrane Database of Systematic Reviews 2011. doi:10.1002/14651858.CD001256.pub2";
}

/// All of them as a page, in Markdown.
pub fn page() -> String {
    let line = |reference: &&Reference| {
        format!("* **{}**: {} ({})\n", reference.short, reference.full, reference.known.words())
    };
    let lines: String = REFERENCES.iter().map(line).collect();
    format!(
        "# References (`references`)\n\nThe publications that rules and cards rest on, and how each is known. \
         Read at the source: where it was published, often the abstract only. Known from texts about it: \
         the numbers may be wrong there, so look them up before you quote them. Where no DOI was found, the address is given at \
         which it was read.\n\n{lines}"
    )
}

#[cfg(test)]
mod tests {
    use super::REFERENCES;
    use crate::knowledge::card::CARDS;
    use crate::rule::RULES;

    /// A reader can find each: by a DOI, an entry of a library, or the address where it was read.
    #[test]
    fn each_can_be_found() {
        for reference in REFERENCES {
            let has = |words: &[&str]| words.iter().any(|words| reference.full.contains(words));
            let is_page = has(&["(a coach's page", "(a maker's page"]);
            let has_address = has(&["allenpress.com/", "lida.sport-iat.de/", "minervamedica.it", "c.coek.info"]);
            assert!(has(&["doi:10.", "PMC", "PMID"]) || is_page || has_address, "{reference}");
        }
    }

    #[test]
    fn each_stands_once_and_something_rests_on_it() {
        for (i, reference) in REFERENCES.iter().enumerate() {
            assert!(REFERENCES[..i].iter().all(|earlier| earlier.short != reference.short), "{reference}");
            let cited = (RULES.iter().map(|rule| rule.references)).chain(CARDS.iter().map(|card| card.references));
            assert!(cited.flatten().any(|cited| cited == reference), "{reference} is cited nowhere");
        }
    }
}
