//! A log kept by hand as a table: a row a run, with its day and its distance or duration.

use std::collections::HashMap;

use jiff::civil::{Date, Time};
use kneewise_core::Run;
use kneewise_core::measure::metric::{AVG_HEART_RATE, DISTANCE, Metric, PACE, PERCEIVED_EXERTION, TIMER};
use kneewise_core::run::Source;
use kneewise_read as read;
use kneewise_read::activity::{Labels, Note, NoteKind};
use kneewise_read::sport::{self, Sport, SubSport};
use kneewise_read::time::Timestamp;
use kneewise_read::unit::METRES_PER_MILE;
use kneewise_table::{Row, Table};

use crate::item::{Recording, RowOfRun};
use crate::ledger::ActivityRow;

/// One of these, besides `date`, makes a table a log: nothing that a program exports has them.
const MEASURES: [&str; 4] = ["distance_km", "distance_mi", "duration", "minutes"];

/// What else is read.
const OTHERS: [&str; 8] = ["date", "time", "exertion", "sport", "shoe", "gear", "heart_rate", "notes"];

/// A faster "run" has a distance or duration that cannot be (metres per second), as in the readers.
const MAX_SPEED_MPS: f64 = 12.5;

/// Notes of more lines than this would hide all others.
const MOST_LINES: usize = 20;

/// What is kept of what somebody wrote of a run (characters).
const MOST_OF_A_COMMENT: usize = 300;

/// Nobody runs more often in a day.
const MAX_ROWS_OF_A_DAY: u32 = 50;

/// What a table holds.
pub(crate) struct Log {
    pub rows: Vec<ActivityRow>,
    /// Of each row; small until it becomes a run.
    pub recordings: Vec<Recording>,
    pub notes: Vec<Note>,
    /// Whether it has more rows than were to be read.
    pub is_cut: bool,
}

impl RowOfRun {
    /// The run of a row of the log `name`, with what the ledger has of it.
    pub fn run(self, row: &ActivityRow, name: &str) -> Run {
        // Of a row only the two totals are known: the pace is theirs.
        let totals = row.timer_s.zip(row.distance_m.filter(|metres| *metres > 0.0));
        let pace_s_per_km = totals.map(|(seconds, metres)| 1000.0 * seconds / metres);
        let values: [(&Metric, Option<f64>); 5] = [
            (&DISTANCE, row.distance_m),
            (&TIMER, row.timer_s),
            (&PACE, pace_s_per_km),
            (&PERCEIVED_EXERTION, self.exertion),
            (&AVG_HEART_RATE, row.avg_heart_rate_bpm),
        ];
        let known: Vec<(&Metric, f64)> =
            values.iter().filter_map(|(metric, value)| Some((*metric, (*value)?))).collect();
        // What the row says is the runner's own clock.
        let mut run = Run::summary(row.start, Some(0), &known);
        run.sub_sport = row.sub_sport;
        // A run is a line of the file, as a recording is a member of an archive.
        run.sources = vec![Source::new(format!("{name}:{}", self.line), None)];
        run.gear = self.gear.map(String::from);
        run.set_labels(self.labels.map(|labels| *labels).unwrap_or_default());
        if !self.has_time {
            let text = format!("from line {} of a log kept by hand, without a time of day", self.line);
            run.notes = vec![Note::new(NoteKind::Clock, text)];
        }
        run
    }
}

/// The log in the bytes of a file, of which so many rows are read and no more; `None` where they
/// are none.
pub(crate) fn log(bytes: &[u8], options: read::Options, most_rows: usize) -> Option<Log> {
    let table = table(bytes)?;
    let mut notes = Vec::new();
    // Room for all rows at once, and so never for twice as many.
    let lines = (memchr::memchr_iter(b'\n', bytes).count() + 1).min(most_rows);
    let (mut activities, mut recordings) = (Vec::with_capacity(lines), Vec::with_capacity(lines));
    let mut timeless: Vec<u32> = Vec::new();
    let (mut bad, mut bad_lines) = (Vec::new(), 0);
    let mut of_day: HashMap<Date, OfDay> = HashMap::new();
    let mut is_cut = false;
    let mut sports = Sports::default();
    for row in table.rows() {
        if activities.len() == most_rows {
            is_cut = true;
            break;
        }
        let line = row.line;
        let told = match Told::of(row, &table) {
            Ok(Some(told)) => {
                sports.take(line, &told);
                of_day.entry(told.date).or_default().count(told)
            }
            Ok(None) => {
                sports.of_rest += 1;
                continue;
            }
            Err(why) => Err(why),
        };
        match told {
            Ok(told) => {
                let has_time = told.time.is_some();
                if let Some((row, recording)) = told.kept(line, options) {
                    timeless.extend((!has_time).then_some(activities.len() as u32));
                    activities.push(row);
                    recordings.push(recording);
                }
            }
            Err(why) => {
                bad_lines += 1;
                if bad.len() < MOST_LINES {
                    bad.push(format!("line {line} not read: {why}"));
                }
            }
        }
    }
    let more = bad_lines - bad.len();
    notes.extend(bad.into_iter().map(|text| Note::new(NoteKind::Damage, text)));
    if more > 0 {
        notes.push(Note::new(NoteKind::Damage, format!("{more} more lines not read")));
    }
    notes.extend(unread_columns(&table));
    notes.extend(sports.notes(activities.len()));
    for i in timeless {
        spread(&mut activities[i as usize], &mut recordings[i as usize], &mut of_day);
    }
    Some(Log { rows: activities, recordings, notes, is_cut })
}

fn unread_columns(table: &Table) -> Option<Note> {
    let is_unread = |column: &&str| {
        !column.is_empty() && !MEASURES.contains(column) && !OTHERS.contains(column) && *column != "note"
    };
    let unread: Vec<&str> = table.columns().iter().map(String::as_str).filter(is_unread).collect();
    let text = format!("columns not read: {}", unread.join(", "));
    (!unread.is_empty()).then(|| Note::new(NoteKind::Samples, text))
}

/// Gives a row without a time of day the middle of its share of the day, so that no two runs of a
/// day are taken for one session.
fn spread(row: &mut ActivityRow, recording: &mut Recording, of_day: &mut HashMap<Date, OfDay>) {
    let Some(of_day) = of_day.get_mut(&row.start.date_at_offset(0)) else { return };
    of_day.nth += 1;
    let later_s = f64::from((of_day.nth * 2 - 1) * 43_200 / of_day.timeless);
    row.start = row.start.plus_seconds(later_s);
    recording.start = row.start;
    recording.end = recording.end.plus_seconds(later_s);
}

/// The rows of a day.
#[derive(Default)]
struct OfDay {
    rows: u32,
    /// Those without a time of day, and how many of them have got one.
    timeless: u32,
    nth: u32,
}

impl OfDay {
    /// Takes another row in.
    ///
    /// # Errors
    /// A clause, where there are too many.
    fn count(&mut self, told: Told) -> Result<Told, String> {
        if self.rows == MAX_ROWS_OF_A_DAY {
            return Err(format!("more than {MAX_ROWS_OF_A_DAY} rows of {}", told.date));
        }
        self.rows += 1;
        self.timeless += u32::from(told.time.is_none());
        Ok(told)
    }
}

/// What the rows of a log say of sports.
#[derive(Default)]
struct Sports {
    /// Lines with words that are not known, the first of them with the word.
    unknown: Vec<(usize, String)>,
    unknown_lines: usize,
    of_rest: usize,
    /// Lines that name no sport.
    untold: usize,
    names_others: bool,
}

impl Sports {
    fn take(&mut self, line: usize, told: &Told) {
        self.untold += usize::from(!told.names_sport);
        self.names_others |= told.sport != Sport::Running;
        let Some(word) = &told.unknown_sport else { return };
        self.unknown_lines += 1;
        if self.unknown.len() < MOST_LINES {
            self.unknown.push((line, word.clone()));
        }
    }

    /// What was made of the words, where that is not plain.
    fn notes(self, rows: usize) -> impl Iterator<Item = Note> {
        let more = self.unknown_lines - self.unknown.len();
        let unknown = self.unknown.into_iter().map(|(line, word)| {
            format!("line {line}: the sport \"{word}\" is not known here, so it is not counted as a run")
        });
        let more = (more > 0).then(|| format!("{more} more lines with a sport that is not known here"));
        let of_rest = match self.of_rest {
            0 => None,
            1 => Some("1 line records rest, not a run".to_owned()),
            n => Some(format!("{n} lines record rest, not runs")),
        };
        let untold = (self.untold > 0 && self.names_others)
            .then(|| format!("{} of {rows} lines name no sport and count as runs", self.untold));
        let texts = unknown.chain(more).chain(of_rest).chain(untold);
        texts.map(|text| Note::new(NoteKind::Sport, text))
    }
}

/// The table in the bytes of a file, where it is a log.
fn table(bytes: &[u8]) -> Option<Table<'_>> {
    // Recordings and archives are told apart before; other bytes with these words in their first
    // line are no accident.
    let table = Table::new(bytes)?;
    let is_log = table.column("date").is_some() && MEASURES.iter().any(|name| table.column(name).is_some());
    is_log.then_some(table)
}

/// What a row says.
struct Told {
    date: Date,
    time: Option<Time>,
    sport: Sport,
    sub_sport: SubSport,
    /// Whether the row says what was done.
    names_sport: bool,
    /// A word for a sport that is not known.
    unknown_sport: Option<String>,
    distance_m: Option<f64>,
    seconds: Option<f64>,
    exertion: Option<f64>,
    heart_rate_bpm: Option<f64>,
    gear: Option<String>,
    labels: Labels,
}

/// Reads the distance in metres and the duration in seconds; `None` where a row has none.
///
/// # Errors
/// A clause that says which of them cannot be.
fn metres_and_seconds(
    number: impl Fn(&str, f64, f64) -> Result<Option<f64>, String>,
    duration: Option<&str>,
) -> Result<(Option<f64>, Option<f64>), String> {
    let km = number("distance_km", 0.0, 1000.0)?.map(|km| km * 1000.0);
    let miles = number("distance_mi", 0.0, 1000.0)?.map(|miles| miles * METRES_PER_MILE);
    let minutes = number("minutes", 0.0, 6000.0)?.map(|minutes| minutes * 60.0);
    let seconds = duration.map(duration_s).transpose()?.or(minutes);
    let is_positive = |value: &f64| *value > 0.0;
    Ok((km.or(miles).filter(is_positive), seconds.filter(is_positive)))
}

impl Told {
    /// Reads a row; `None` of a day of rest.
    ///
    /// # Errors
    /// A clause that says what is wrong with it.
    fn of(row: Row, table: &Table) -> Result<Option<Self>, String> {
        let fields = row.fields.map_err(|broken| broken.to_string())?;
        let text = |name: &str| {
            let field = fields.get(table.column(name)?)?.trim();
            Some(field).filter(|text| !text.is_empty())
        };
        let number = |name: &str, low: f64, high: f64| match text(name) {
            None => Ok(None),
            Some(text) => (table.number(text).filter(|number| (low..=high).contains(number)).map(Some))
                .ok_or_else(|| format!("{name} \"{text}\" is not a number from {low} to {high}")),
        };
        let day = text("date").unwrap_or_default();
        let date: Option<Date> = day.parse().ok().filter(|date: &Date| (1990..2200).contains(&date.year()));
        let date = date.ok_or_else(|| format!("date \"{day}\" is not a day such as 2026-03-01"))?;
        let time = match text("time") {
            None => None,
            Some(text) => Some(clock(text).ok_or_else(|| format!("time \"{text}\" is not a time such as 07:30"))?),
        };
        let word = text("sport");
        if word.is_some_and(sport::is_rest) {
            return Ok(None);
        }
        // In a log of runs nobody writes "run" into every row.
        let (sport, sub_sport) = word.map_or((Sport::Running, SubSport::Generic), sport::from_words);
        let unknown_sport = word.filter(|word| !sport::is_known(word)).map(|word| word.chars().take(40).collect());
        let (distance_m, seconds) = metres_and_seconds(number, text("duration"))?;
        if distance_m.is_none() && seconds.is_none() {
            return Err("neither a distance nor a duration".to_owned());
        }
        if sport == Sport::Running && distance_m.zip(seconds).is_some_and(|(m, s)| m / s > MAX_SPEED_MPS) {
            return Err(
                "the distance is too long for that time; write a duration as 1:05:00 (hours, minutes, seconds)"
                    .to_owned(),
            );
        }
        Ok(Some(Self {
            date,
            time,
            sport,
            sub_sport,
            names_sport: word.is_some(),
            unknown_sport,
            distance_m,
            seconds,
            exertion: number("exertion", 0.0, 10.0)?,
            heart_rate_bpm: number("heart_rate", 25.0, 250.0)?,
            gear: text("gear").or_else(|| text("shoe")).map(str::to_owned),
            labels: Labels {
                name: None,
                comment: text("notes")
                    .or_else(|| text("note"))
                    .map(|text| text.chars().take(MOST_OF_A_COMMENT).collect()),
                is_race: word.is_some_and(sport::is_race),
            },
        }))
    }

    /// The activity that it is; at the beginning of its day where no time is told.
    fn kept(self, line: usize, options: read::Options) -> Option<(ActivityRow, Recording)> {
        let is_run = self.sport == Sport::Running || self.sport == Sport::Generic && options.untyped_are_runs;
        let has_time = self.time.is_some();
        let start = self.date.to_datetime(self.time.unwrap_or_else(Time::midnight));
        let start = Timestamp::from_unix_s(start.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())?;
        let gear = self.gear.map(String::into_boxed_str);
        let labels = Some(self.labels).filter(|labels| *labels != Labels::default()).map(Box::new);
        let row = ActivityRow {
            sport: self.sport,
            sub_sport: self.sub_sport,
            start,
            local_date: Some(start.date_at_offset(0)),
            samples: 0,
            distance_m: self.distance_m,
            timer_s: self.seconds,
            avg_heart_rate_bpm: self.heart_rate_bpm.filter(|_| is_run),
            avg_step_rate_spm: None,
        };
        let run = is_run.then_some(RowOfRun { line: line as u32, has_time, exertion: self.exertion, gear, labels });
        Some((row, Recording::of_row(start, self.seconds.unwrap_or(0.0), self.distance_m, run)))
    }
}

/// A time of day such as `7:30` or `07:30:15`.
fn clock(text: &str) -> Option<Time> {
    let parts: Vec<i8> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts.as_slice() {
        [hour, minute] => Time::new(*hour, *minute, 0, 0).ok(),
        [hour, minute, second] => Time::new(*hour, *minute, *second, 0).ok(),
        _ => None,
    }
}

/// Seconds of `1:05:00` or `45:30`. Below ten minutes `m:ss` is refused: many write hours and
/// minutes so.
fn duration_s(text: &str) -> Result<f64, String> {
    let parts: Option<Vec<u32>> = text.split(':').map(|part| part.trim().parse().ok()).collect();
    match parts.as_deref() {
        Some([h @ 0..=99, m @ 0..=59, s @ 0..=59]) => Ok(f64::from(h * 3600 + m * 60 + s)),
        Some([m @ 10..=599, s @ 0..=59]) => Ok(f64::from(m * 60 + s)),
        Some([0..=9, 0..=59]) => {
            Err(format!("duration \"{text}\" may be minutes or hours; write 0:09:30 or 9:30:00, or a column `minutes`"))
        }
        _ => Err(format!("duration \"{text}\" is not a duration such as 1:05:00 or 45:30")),
    }
}
