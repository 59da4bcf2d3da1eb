//! Explains the words of tables, pages and sentences that are no metric.

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
pub static WORDS: &[Word] = &[
    Word {
        id: "au",
        name: "Arbitrary unit",
        aliases: &["arbitrary unit", "arbitrary units"],
        text: "AU is the unit of loads without a unit of physics, such as minutes times an exertion from 0 to 10. \
               A number in AU can be compared with the same load of the same runner on another day. It cannot be \
               compared with another load, and does not show the strain on a tissue.\n\nIn AU: `session_rpe`, \
               `trimp_banister`, `trimp_edwards`, `trimp_lucia`, `hr_stress`, `pace_stress`, `impact_index`, \
               `ladder`.",
    },
    Word {
        id: "threshold-heart-rate",
        name: "Heart rate at a threshold",
        aliases: &["LTHR", "lactate threshold heart rate", "lactate threshold"],
        text: "The heart rate, in beats per minute, at the second (lactate) threshold, the hardest effort that \
               can be kept steady, as `--second-threshold-hr`; and at the first (aerobic) threshold, as \
               `--first-threshold-hr`. `trimp_lucia`, `hr_stress` and `easy_share_28d` use them.\n\n**Limits**: a \
               watch or a formula guesses it; a test with lactate or breathing measures it. There is no default: \
               values that need it are left out, and the output says so.",
    },
    Word {
        id: "band",
        name: "Band",
        aliases: &["bands"],
        text: "The range that holds nine in ten values. In `kneewise trend` of form these are the runs of the \
               baseline, each compared with the others; for other metrics, the runs of 28 days. By chance alone \
               about one in ten is outside. The page of `trend` describes the method.\n\nThe band of a load \
               ratio, `ratio_coupled_low` to `ratio_coupled_high`, is different: it holds 95% of the ratios of \
               days drawn again at random.",
    },
    Word {
        id: "bridge",
        name: "Conversion between loads",
        aliases: &["--bridge", "bridging"],
        text: "A factor from one load to another, the median of the ratios over the runs that have both (at least \
               ten). With `--load ladder --bridge` such a factor converts runs that lack the best load. The \
               answer names the factor, the number of runs and the quartiles. The page of `ladder` has the limits.",
    },
    Word {
        id: "ewma",
        name: "Exponentially weighted moving average",
        aliases: &["exponential mean", "exponential moving average"],
        text: "A mean over days in which older days count for less: today's mean is `w` times today's load plus \
               `1 - w` times yesterday's mean. Programs differ in the `w` for a number of days and in the start \
               of the mean. A convention sets both (see `kneewise`, `goldencheetah`). `ratio_exponential` is made \
               of such means, and so are `fitness` and `fatigue`, unless the convention differs.",
    },
    Word {
        id: "load",
        name: "Load of a run",
        aliases: &["loads", "training load"],
        text: "A number for the demand of a run, in one of several forms. `kneewise show` prints each that it can \
               work out. With `--load` of `days` and `weeks`, fitness, fatigue, ratio and the other values over \
               days are made of the load you name.\n\n* by the work done: `distance_m`, `duration_s`, `steps`\n* \
               by how hard it felt: `session_rpe`\n* by the heart rate: `trimp_banister`, `trimp_edwards`, \
               `trimp_lucia`, `hr_stress`\n* by the pace: `pace_stress`\n* by steps and their length: \
               `impact_index`\n* the best available of these: `ladder`\n\n**Limits**: none measures the load on a \
               knee. Loads in different units cannot be compared.",
    },
    Word {
        id: "bpm",
        name: "Beats per minute",
        aliases: &["beats per minute"],
        text: "The unit of heart rates. A column `bpm` is the mean over a run (`avg_heart_rate_bpm`) or over a \
               split, `max` the highest (`max_heart_rate_bpm`).",
    },
    Word {
        id: "split",
        name: "Split",
        aliases: &["splits", "up or down", "+"],
        text: "A recording cut at each kilometre (or mile, with `--units imperial`) of its distance, as it was \
               recorded.\n\n* time: the timer's, without pauses and gaps. A sample's time is shared between two \
               splits as if its speed were even\n* pace: the split's length over that time\n* bpm, spm: means \
               weighted by time, over the samples that have one; standing counts\n* up or down: altitude at the \
               end minus altitude at the beginning, so a hill and its way back make 0\n* `+0.40` is the rest \
               after the last whole kilometre\n* `*`: part of the split has no samples; time, pace and means are \
               those of the rest\n\n**Limits**: a counter that lags makes one split slow and the next fast. The \
               best times use the clock, splits the timer: with a pause in them they differ.",
    },
    Word {
        id: "zones",
        name: "Time in zones",
        aliases: &["zone", "time in zones", "heart rate zones", "share"],
        text: "Seconds of the recording with a heart rate in each zone, and their share of all seconds with a \
               heart rate. Five zones are those of Edwards, from 50% of the highest heart rate in steps of 10%. \
               Three zones are those of Lucía, by the first and second threshold. The line above the table names \
               the source of the limits. The last zone has no upper end.\n\n**Limits**: heart rates that no heart \
               can have are left out. Guessed limits make guessed zones. The pages of `trimp_edwards` and \
               `trimp_lucia` describe how loads are made of them.",
    },
    Word {
        id: "pauses",
        name: "Pauses",
        aliases: &["pause"],
        text: "Times in which the timer was stopped, by the runner or by the watch (auto-pause), and their total. \
               They count in `elapsed_s` and in the best times, and in no other time. GPX files record none. A \
               silence in the recording of more than 30 s (or ten times its usual interval) is a gap, not a \
               pause; its time does not count anywhere else either.",
    },
    Word {
        id: "recording",
        name: "Where a recording is from",
        aliases: &["format", "device", "samples", "laps", "lap", "file", "where"],
        text: "The lines that `kneewise show` and `kneewise runs` print about a file.\n\n* format: FIT, GPX or \
               TCX, found from the content\n* device: the device or program that wrote it, as far as the file \
               names it\n* samples: the number of moments recorded, and the average time between them; all values \
               are made of them\n* laps: cut by the runner or the watch; kneewise does not use them\n* where: \
               indoors, on a track or trail and so on, where the file says so",
    },
    Word {
        id: "basis",
        name: "Source of a value",
        aliases: &["from", "over", "based on"],
        text: "`from ...` after a value of `kneewise show` names its source in this recording, because one value \
               can come from the device's total, from samples or from positions; in JSON it is `basis`. `over \
               14:55 of 38:37` is the part of the recorded time that it covers, where that is not all of it.",
    },
    Word {
        id: "steady-running",
        name: "Steady running",
        aliases: &["steady", "steady flat running", "steady, flat running"],
        text: "The samples from which form is taken: at least 1.5 m/s, less than 2% up or down where an altitude \
               is recorded, at least ten seconds from the start, the end and every pause, and a step rate of 100 \
               to 260 spm where there is one.\n\n**Limits**: our choice, so that standing, walking, hills and \
               starts do not look like a change of form.",
    },
    Word {
        id: "sparkline",
        name: "How it went",
        aliases: &["how it went", "sparklines", "altitude"],
        text: "A line of 32 small blocks in `kneewise show`, one for each 32nd of the recorded time, left to \
               right. Each block is the mean over its stretch, weighted by time. The line spans its lowest to its \
               highest value, which are shown at its end. For pace higher is faster. Altitude is as recorded. A \
               gap is a stretch without a value. Two lines cannot be compared by their heights.",
    },
    Word {
        id: "last-days",
        name: "Last 7 days, last 28 days",
        aliases: &["last 7 days", "last 28 days", "7 d", "28 d"],
        text: "In the lines at the top of a report: the findings whose days end in the last 28. Elsewhere: runs, \
               distance and timer time of the last 7 or 28 days, including the day of the report, on the runner's \
               calendar. The day of the report is that of the last run, or the one named with `--as-of`. Runs \
               without a distance are counted and named. In tables of days and weeks `7 d` and `28 d` are the \
               sums of the load over 7 and 28 days.",
    },
    Word {
        id: "longest-run",
        name: "Longest run in 30 days",
        aliases: &["longest run", "longest run in 30 days"],
        text: "The longest distance of one run on the day of the report and the 30 days before it. Next to it is \
               1.10 times that distance, rounded down: a next run up to there is in the reference of the rule \
               `session-spike`. The number comes from one study. It is not a limit of what a knee can bear.",
    },
    Word {
        id: "in-short",
        name: "In short",
        aliases: &[
            "in short",
            "before that",
            "not found",
            "checked, nothing found",
            "not assessed",
            "not recently",
            "last run",
            "back after a break",
            "if a knee hurts",
        ],
        text: "The few lines at the top of a report count what follows below.\n\n* last 28 days: findings whose \
               days end in them, with the signs of their levels\n* last run: shown if it was at least a week ago; \
               a later diary entry moves the day of a report\n* before that: earlier findings, and the day of the \
               latest\n* not found: rules that were checked and found nothing, which is no clearance to run\n* \
               not assessed: rules that could not be checked at all, and those that could earlier but not in the \
               last 28 days; the end of the report groups them by what they need",
    },
    Word {
        id: "study-words",
        name: "Words of studies",
        aliases: &[
            "CI",
            "confidence interval",
            "95% CI",
            "odds",
            "rate",
            "median",
            "medians",
            "percentage point",
            "percentage points",
            "cohort",
        ],
        text: "The words in sentences about studies.\n\n* times the rate: as many injuries in the same time, in \
               one group as in another. 1.5 times a few is still few, so a report gives the total where the study \
               does\n* odds: those injured for each one not injured; where injuries are rare, nearly the same as \
               the rate\n* 95% CI: the range that fits the data of the study; where it includes 1.0 (no \
               difference), the result may be chance\n* median: the middle one, half are above it\n* percentage \
               point: from 50% to 52% is two\n* cohort: people who were followed; a trial assigns each a \
               programme by lot, which shows more about causes",
    },
    Word {
        id: "tier",
        name: "Level of a finding",
        aliases: &["tiers", "info", "notice", "elevated"],
        text: "How much attention a finding asks for.\n\n* ○ info: for context\n* ◆ notice: worth watching\n* ▲ \
               elevated: worth considering a change; only on moderate or better evidence, or for pain\n\nA level \
               is no probability of an injury, and no level is clearance to run. The page of each rule has its \
               limits.",
    },
    Word {
        id: "finding",
        name: "Finding",
        aliases: &["findings", "measured", "limit", "last day", "assessed", "coverage"],
        text: "A result of one rule of the report. In the line below it:\n\n* measured: the value of the rule, as \
               its page describes (a ratio, per cent, days, spm)\n* limit: the value that it passed, or the \
               lowest that is flagged\n* assessed: how many of the runs, weeks or days could be assessed, and why \
               the others could not\n* run: the file of the run, or of the first of them and how many there \
               are\n* last day: the last day of the finding\n* ×: times as much\n\nFindings of the last 28 days \
               are shown in full, earlier ones in a table, all of them in JSON.",
    },
    Word {
        id: "runner",
        name: "Facts about the runner",
        aliases: &[
            "height",
            "sex",
            "the runner",
            "limits",
            "profile",
            "resting heart rate",
            "first threshold",
            "second threshold",
            "threshold pace",
        ],
        text: "Height, sex, heart rates and thresholds, each with its source.\n\n* as you say: on the command \
               line; otherwise in the profile (`kneewise profile show`)\n* set in the watch: the settings in the \
               file of the run, where you give none\n\nNothing is guessed: values that need a missing fact are \
               left out, and the output says so.",
    },
    Word {
        id: "evidence",
        name: "Evidence grade",
        aliases: &["evidence grade", "strong", "moderate", "weak", "consensus", "contested", "heuristic"],
        text: "How good the evidence is that a pattern is linked to injuries.\n\n* strong: consistent over \
               several good studies\n* moderate: one large cohort or a randomised trial\n* weak: small or \
               indirect studies\n* consensus: agreed on by professionals, without a study of the number\n* \
               contested: studies contradict each other\n* heuristic: a rule of thumb without a study of the \
               number\n\nIt limits the level: weak evidence and consensus give notice at most, contested and \
               heuristic info.",
    },
    Word {
        id: "ledger",
        name: "Outcome of a file",
        aliases: &["read", "salvaged", "duplicate", "merged", "skipped", "unreadable", "outcome"],
        text: "Every input has one outcome; `kneewise scan` lists them.\n\n* read: whole\n* salvaged: damaged; \
               the readable part was kept\n* duplicate: a richer input holds the same, and it counts once\n* \
               merged: read, and its recording is part of a session that an earlier input begins\n* skipped: \
               whole, but not an activity of a watch\n* unreadable: nothing could be read",
    },
    Word {
        id: "session",
        name: "Run or session",
        aliases: &["sessions", "run", "runs", "session of several files"],
        text: "One run is a recording, or several of one day no more than 90 minutes apart, such as warm-up, race \
               and cool-down. Their distances and times add up; the page of each other value describes how it \
               combines.",
    },
    Word {
        id: "columns",
        name: "Columns of tables",
        aliases: &["column", "date", "day", "week from", "id", "is", "expect", "diff", "outside", "month", "min"],
        text: "The headings of `kneewise runs`, `days`, `weeks` and `trend`.\n\n* date, day: the day on the \
               runner's clock; week from: its first day\n* id: the run's, as in JSON and in findings\n* km, time, \
               pace: `distance_m`, `timer_s`, `pace_s_per_km`; moving, elapsed: `moving_time_s`, `elapsed_s`\n* \
               bpm, max: `avg_heart_rate_bpm`, `max_heart_rate_bpm`\n* spm, step m, steps: `avg_step_rate_spm`, \
               `avg_step_length_m`, `steps`\n* up m, down m: `ascent_m`, `descent_m`\n* min, is, expect, diff, \
               band, outside: in `trend`, the minutes of steady running, the measured value, the value expected \
               from your usual form at that speed, the difference, and whether it is within the band",
    },
];
