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
pub static WORDS: &[Word] = &[
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
    Word {
        id: "load",
        name: "Load of a run",
        aliases: &["loads", "training load"],
        text: "A number for how much a run asked, in one of several ways. `kneewise show` prints each that it can work out; with `--load` \
               of `days` and `weeks` the figures over days (fitness, fatigue, ratio and so on) are made of the one that is named.\n\n\
               * what was done: `distance_m`, `duration_s`, `steps`\n\
               * how hard it felt: `session_rpe`\n\
               * by the heart rate: `trimp_banister`, `trimp_edwards`, `trimp_lucia`, `hr_stress`\n\
               * by the pace: `pace_stress`\n\
               * by steps and their length: `impact_index`\n\
               * the best of these that there is: `ladder`\n\n\
               **Limits**: none measures what a knee bears. Loads in different units cannot be compared.",
    },
    Word {
        id: "bpm",
        name: "Beats per minute",
        aliases: &["beats per minute"],
        text: "The unit of heart rates. A column `bpm` is the mean over a run (`avg_heart_rate_bpm`) or over a split, `max` the \
               highest (`max_heart_rate_bpm`).",
    },
    Word {
        id: "split",
        name: "Split",
        aliases: &["splits", "up or down", "+"],
        text: "A recording cut at each kilometre (or mile, with `--units imperial`) of its distance, as it was recorded.\n\n\
               * time: the timer's, without pauses and gaps. A sample's time is shared between two splits as if its speed were even\n\
               * pace: the split's length over that time\n\
               * bpm, spm: means weighted by time, over the samples that have one; standing counts\n\
               * up or down: altitude at the end less altitude at the beginning, so that a hill and its way back make 0\n\
               * `+0.40` is the rest behind the last whole kilometre\n\
               * `*`: part of the split has no samples; time, pace and means are those of the rest\n\n\
               **Limits**: a counter that lags makes one split slow and the next fast. The best times run by the clock, splits by the \
               timer: with a pause in them they differ.",
    },
    Word {
        id: "zones",
        name: "Time in zones",
        aliases: &["zone", "time in zones", "heart rate zones", "share"],
        text: "Seconds of the recording with a heart rate in each zone, and their share of all seconds that have one. Five zones are \
               those of Edwards, from 50 % of the highest heart rate in steps of 10 %; three are those of Lucía, \
               by the first and second threshold. The line above the table says whose limits they are. The last zone has no upper end.\n\n\
               **Limits**: heart rates that cannot be the heart's are left out. Where the limits are guessed, so are the zones. `trimp_edwards` \
               and `trimp_lucia` tell how loads are made of them.",
    },
    Word {
        id: "pauses",
        name: "Pauses",
        aliases: &["pause"],
        text: "Times in which the timer was stopped, by the runner or by the watch (auto-pause), and how long they were in all. They count in \
               `elapsed_s` and in the best times, and in nothing else that has a time. GPX files tell of none. A silence of \
               the recording of more than 30 s (or ten times its usual interval) is no pause but a gap, whose time counts nowhere else either.",
    },
    Word {
        id: "recording",
        name: "Where a recording is from",
        aliases: &["format", "device", "samples", "laps", "lap", "file", "where"],
        text: "What `kneewise show` and `kneewise runs` say of a file.\n\n\
               * format: FIT, GPX or TCX, told by the content\n\
               * device: what wrote it, as far as the file says\n\
               * samples: how many moments were recorded, and how far apart they are in the mean; the figures are made of them\n\
               * laps: cut by the runner or the watch; kneewise makes nothing of them\n\
               * where: indoors, on a track or trail and so on, where the file says",
    },
    Word {
        id: "basis",
        name: "What a figure rests on",
        aliases: &["from", "over", "based on"],
        text: "`from ...` behind a figure of `kneewise show` says what it was computed from in this recording, since one figure can come from \
               the device's total, from samples or from positions; in JSON it is `basis`. `over 14:55 of 38:37` says how much of the \
               recorded time it rests on, where that is not all of it.",
    },
    Word {
        id: "steady-running",
        name: "Steady running",
        aliases: &["steady", "steady flat running", "steady, flat running"],
        text: "The samples over which form is looked at: at least 1.5 m/s, less than 2 % up or down where an altitude tells, ten seconds or \
               more from the start, the end and every pause, a step rate of 100 to 260 spm where there is one.\n\n\
               **Limits**: chosen by us, so that standing, walking, hills and starting off do not pass for a change of form.",
    },
    Word {
        id: "sparkline",
        name: "How it went",
        aliases: &["how it went", "sparklines", "altitude"],
        text: "A line of 32 small blocks in `kneewise show`, one for each 32nd of the recorded time, left to right. Each block is the \
               mean over its stretch, weighted by time; the line goes from its own lowest to its own highest, which stand at its end. For pace \
               higher is faster. Altitude is as it was recorded. A gap is a stretch without a value. Two lines cannot be compared by their heights.",
    },
    Word {
        id: "last-days",
        name: "Last 7 days, last 28 days",
        aliases: &["last 7 days", "last 28 days", "7 d", "28 d"],
        text: "In the lines at the top of a report: the findings whose days end in the last 28. Elsewhere: runs, distance and timer time of the last 7 or 28 days, the day of the report included, on the runner's calendar. The day of the \
               report is that of the last run, or what `--as-of` says. Runs without a distance are counted and named. In tables of days and \
               weeks `7 d` and `28 d` are the sums of the load over as many days.",
    },
    Word {
        id: "longest-run",
        name: "Longest run in 30 days",
        aliases: &["longest run", "longest run in 30 days"],
        text: "The longest distance of one run on the day of the report and the 30 days before it. Beside it stands 1.10 times as much, rounded \
               down: up to there a next run would lie in the reference of the rule `session-spike`. It is a number from one study, \
               not a limit of what a knee bears.",
    },
    Word {
        id: "in-short",
        name: "In short",
        aliases: &[
            "in short",
            "before that",
            "not found",
            "not assessed",
            "not of late",
            "last run",
            "back after a break",
            "if a knee hurts",
        ],
        text: "The few lines at the top of a report count what stands below.\n\n\
               * last 28 days: findings whose days end in them, with the signs of their tiers\n\
               * last run: where it was a week ago or more; a later entry of the diary moves the day of a report\n\
               * before that: findings of earlier, and the day of the latest\n\
               * not found: rules that could look and found nothing, which is no clearance to run\n\
               * not assessed: rules that could not look at all, and those that could earlier and not in the last 28 days; \
               the end of the report groups them by what it would take",
    },
    Word {
        id: "study-words",
        name: "Words of studies",
        aliases: &[
            "CI",
            "confidence interval",
            "95 % CI",
            "odds",
            "rate",
            "median",
            "medians",
            "percentage point",
            "percentage points",
            "cohort",
        ],
        text: "What the sentences on studies say.\n\n\
               * times the rate: as many injuries in the same time, in one group as in another. 1.5 times as many of few are still few, so \
               that a report says how many there were in all, where the study does\n\
               * odds: those injured for each one not injured; where injuries are rare, nearly the same as the rate\n\
               * 95 % CI: the range that the data of the study leave room for; where it holds 1.0 (no difference), chance may be all there is\n\
               * median: the middle one, half are above it\n\
               * percentage point: from 50 % to 52 % are two\n\
               * cohort: people who were followed; a trial gives each a programme by lot, which tells more of causes",
    },
    Word {
        id: "tier",
        name: "Tier of a finding",
        aliases: &["tiers", "info", "notice", "elevated"],
        text: "How much attention a finding asks for.\n\n\
               * ○ info: for context\n\
               * ◆ notice: worth watching\n\
               * ▲ elevated: worth considering a change; only on moderate or better evidence\n\n\
               A tier is no probability of an injury, and none is no clearance to run. The page of each rule has its limits.",
    },
    Word {
        id: "finding",
        name: "Finding",
        aliases: &["findings", "measured", "limit", "last day", "assessed", "coverage"],
        text: "What a rule of the report says. In the line below it:\n\n\
               * measured: the value that the rule looks at, as its page tells (a ratio, per cent, days, spm)\n\
               * limit: the value that it passed, or the lowest that would have been noted\n\
               * assessed: coverage, how many of the runs, weeks or days could be looked at, and why not the others\n\
               * run: the file of the run, or of the first of them and how many there are\n\
               * last day: the last day that it speaks of\n\
               * ×: times as much\n\n\
               Findings of the last 28 days stand in full, earlier ones in a table, all of them in JSON.",
    },
    Word {
        id: "runner",
        name: "What holds of the runner",
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
        text: "Height, sex, heart rates and thresholds that figures rest on, each with who said it.\n\n\
               * as you say: on the command line, else in the profile (`kneewise profile show`)\n\
               * set in the watch: the settings that the file of the run holds, where you say nothing\n\n\
               What nobody says is not guessed: figures that need it are left out and say so.",
    },
    Word {
        id: "evidence",
        name: "Evidence grade",
        aliases: &["evidence grade", "strong", "moderate", "weak", "consensus", "contested", "heuristic"],
        text: "How good the evidence is that a pattern goes with injuries.\n\n\
               * strong: consistent over several good studies\n\
               * moderate: one large cohort or a randomised trial\n\
               * weak: small or indirect studies\n\
               * consensus: agreed on by professionals, without a study behind the number\n\
               * contested: studies contradict each other\n\
               * heuristic: a rule of thumb without a study behind the number\n\n\
               It holds the tier: weak evidence and consensus give notice at the most, contested and heuristic info.",
    },
    Word {
        id: "ledger",
        name: "What became of a file",
        aliases: &["read", "salvaged", "duplicate", "merged", "skipped", "unreadable", "outcome"],
        text: "Every input has one outcome; `kneewise scan` lists them.\n\n\
               * read: whole\n\
               * salvaged: damaged, and what could be read was kept\n\
               * duplicate: holds what a richer input holds as well, and counts once\n\
               * merged: read, and its recording is part of a session that an earlier input begins\n\
               * skipped: whole, but nothing of a watch's activity\n\
               * unreadable: nothing could be read",
    },
    Word {
        id: "session",
        name: "Run or session",
        aliases: &["sessions", "run", "runs", "session of several files"],
        text: "What counts as one run: a recording, or several of one day no more than 90 minutes apart, such as warm-up, race and \
               cool-down. Their distances and times add up; how other figures combine stands on each one's page.",
    },
    Word {
        id: "columns",
        name: "Columns of tables",
        aliases: &["column", "date", "day", "week from", "id", "is", "expect", "diff", "outside", "month", "min"],
        text: "What the heads of `kneewise runs`, `days`, `weeks` and `trend` stand for.\n\n\
               * date, day: the day on the runner's clock; week from: its first day\n\
               * id: the run's, as in JSON and in findings\n\
               * km, time, pace: `distance_m`, `timer_s`, `pace_s_per_km`; moving, elapsed: `moving_time_s`, `elapsed_s`\n\
               * bpm, max: `avg_heart_rate_bpm`, `max_heart_rate_bpm`\n\
               * spm, step m, steps: `avg_step_rate_spm`, `avg_step_length_m`, `steps`\n\
               * up m, down m: `ascent_m`, `descent_m`\n\
               * min, is, expect, diff, band, outside: of `trend`, the minutes of steady running, what was measured, what your own runs at \
               that speed lead to expect, the difference, and whether it lies within the band",
    },
];
