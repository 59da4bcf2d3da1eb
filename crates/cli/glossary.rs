//! Words that stand in tables, pages and sentences, and have no number of their own.

/// A word with its page.
pub struct Word {
    /// As it is typed.
    pub id: &'static str,
    /// For people.
    pub name: &'static str,
    /// What else it is called.
    pub aliases: &'static [&'static str],
    /// What it means, in Markdown.
    text: &'static str,
}

impl Word {
    /// The page as Markdown.
    pub fn manual_page(&self) -> String {
        format!("# {} (`{}`)\n\n{}\n", self.name, self.id, self.text)
    }
}

/// Every word.
pub static WORDS: [Word; 5] = [
    Word {
        id: "au",
        name: "Arbitrary unit",
        aliases: &["arbitrary unit", "arbitrary units"],
        text: "AU stands behind loads that have no unit of physics, such as minutes times an exertion from 0 to 10. A number in AU \
               can be compared with the same load of the same runner on another day. It cannot be compared with another load, and \
               says nothing of the strain on a tissue.\n\n\
               In AU: `session_rpe`, `trimp_banister`, `trimp_edwards`, `trimp_lucia`, `hr_stress`, `pace_stress`, `impact_index`, `ladder`.",
    },
    Word {
        id: "threshold-heart-rate",
        name: "Heart rate at a threshold",
        aliases: &["LTHR", "lactate threshold heart rate", "lactate threshold"],
        text: "The heart rate, in beats per minute, at the second (lactate) threshold, the hardest effort that can be kept steady, \
               as `--second-threshold-hr`; and at the first (aerobic) one, as `--first-threshold-hr`. `trimp_lucia`, \
               `hr_stress` and `easy_share_28d` use them.\n\n\
               **Limits**: a watch or a formula guesses it; a test with lactate or breathing measures it. No default is \
               made up: what needs it is left out and says so.",
    },
    Word {
        id: "band",
        name: "Band",
        aliases: &["bands"],
        text: "The range within which nine in ten of something lie. In `kneewise trend` of the form: of the runs of the baseline, each \
               held against the others; of other metrics: of the runs of 28 days. About one in ten lies outside where nothing \
               but chance is at work. The page of `trend` has how it is made.\n\n\
               The band of a load ratio, `ratio_coupled_low` to `ratio_coupled_high`, is of another kind: 95 % of the ratios \
               of days drawn anew lie within it.",
    },
    Word {
        id: "bridge",
        name: "Bridge between loads",
        aliases: &["--bridge", "bridging"],
        text: "A factor from one load to another, the median of the ratios over the runs that have both (at least ten). With \
               `--load ladder --bridge` runs that lack the best load are brought to it by such a factor; the answer names factor, \
               number of runs and quartiles. The page of `ladder` has the limits.",
    },
    Word {
        id: "ewma",
        name: "Exponentially weighted moving average",
        aliases: &["exponential mean", "exponential moving average"],
        text: "A mean over days in which each day counts for less the longer ago it is: today's mean is `w` times today's load and \
               `1 - w` times yesterday's mean. How `w` follows from a number of days, and what the mean begins with, differs between \
               programs: a convention says it (see `kneewise`, `goldencheetah`). `ratio_exponential` and, but where \
               a convention says otherwise, `fitness` and `fatigue` are made of such means.",
    },
];
