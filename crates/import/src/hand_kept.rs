//! A log kept by hand as a table: a row a run, with its day and its distance or duration.

use std::collections::HashMap;

use jiff::civil::{Date, Time};
use kneewise_core::activity::{Note, NoteKind};
use kneewise_core::metric::{AVG_HEART_RATE, DISTANCE, Metric, PACE, PERCEIVED_EXERTION, TIMER};
use kneewise_core::run::Source;
use kneewise_core::sport::{self, Sport, SubSport};
use kneewise_core::time::Timestamp;
use kneewise_core::{Run, read};
use kneewise_table::{Row, Table};

/// One of these, besides `date`, makes a table a log: nothing that a program exports has them.
const MEASURES: [&str; 4] = ["distance_km", "distance_mi", "duration", "minutes"];

/// What else is read.
const OTHERS: [&str; 8] = ["date", "time", "exertion", "sport", "shoe", "gear", "heart_rate", "notes"];

/// A faster "run" has a distance or duration that cannot be (metres per second), as in the readers.
const MAX_SPEED_MPS: f64 = 12.5;

const METRES_PER_MILE: f64 = 1609.344;

/// Notes of more lines than this would hide all others.
const MOST_LINES: usize = 20;

/// What a table holds.
pub(crate) struct Log {
    pub activities: Vec<Kept>,
    pub notes: Vec<Note>,
}

/// A row: an activity of which only a summary is known.
pub(crate) struct Kept {
    pub sport: Sport,
    pub sub_sport: SubSport,
    /// Where the row tells no time of day, such that the runs of a day lie apart from one another.
    pub start: Timestamp,
    pub distance_m: Option<f64>,
    pub seconds: Option<f64>,
    /// The run that it is, if it is one.
    pub run: Option<Run>,
}

/// The log in the bytes of a file; `None` where they are none.
pub(crate) fn log(bytes: &[u8], name: &str, options: read::Options) -> Option<Log> {
    let table = table(bytes)?;
    let mut notes = Vec::new();
    let mut rows: Vec<(usize, Told)> = Vec::new();
    let (mut bad, mut unknown, mut of_rest) = (Vec::new(), Vec::new(), 0);
    for row in table.rows() {
        let line = row.line;
        match Told::of(row, &table) {
            Ok(Some(told)) => {
                unknown.extend(told.unknown_sport.as_ref().map(|word| (line, word.clone())));
                rows.push((line, told));
            }
            Ok(None) => of_rest += 1,
            Err(why) => bad.push(format!("line {line} not read: {why}")),
        }
    }
    let more = bad.len().saturating_sub(MOST_LINES);
    notes.extend(bad.into_iter().take(MOST_LINES).map(|text| Note::new(NoteKind::Damage, text)));
    if more > 0 {
        notes.push(Note::new(NoteKind::Damage, format!("{more} more lines not read")));
    }
    let unread: Vec<&str> = (table.columns().iter().map(String::as_str))
        .filter(|column| {
            !column.is_empty() && !MEASURES.contains(column) && !OTHERS.contains(column) && *column != "note"
        })
        .collect();
    if !unread.is_empty() {
        notes.push(Note::new(NoteKind::Samples, format!("columns not read: {}", unread.join(", "))));
    }
    notes.extend(sports(&rows, &unknown, of_rest));
    let mut of_day: HashMap<Date, (i64, i64)> = HashMap::new();
    for (_, told) in rows.iter().filter(|(_, told)| told.time.is_none()) {
        of_day.entry(told.date).or_default().1 += 1;
    }
    let kept = |(line, told): (usize, Told)| {
        let start = if let Some(time) = told.time {
            told.date.to_datetime(time)
        } else {
            let (nth, of) = of_day.get_mut(&told.date)?;
            *nth += 1;
            // In the middle of its share of the day, so that no two runs of a day are taken for one session.
            let seconds = (*nth * 2 - 1) * 43_200 / *of;
            told.date.to_datetime(Time::midnight()).checked_add(jiff::Span::new().seconds(seconds)).ok()?
        };
        let start = Timestamp::from_unix_s(start.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())?;
        Some(told.kept(line, start, name, options))
    };
    let activities = rows.into_iter().filter_map(kept).collect();
    Some(Log { activities, notes })
}

/// What was made of the words for sports, where that is not plain.
fn sports(rows: &[(usize, Told)], unknown: &[(usize, String)], of_rest: usize) -> Vec<Note> {
    let mut texts = Vec::new();
    for (line, word) in unknown.iter().take(MOST_LINES) {
        texts.push(format!("line {line}: the sport \"{word}\" is not known here, so it is not counted as a run"));
    }
    if unknown.len() > MOST_LINES {
        texts.push(format!("{} more lines with a sport that is not known here", unknown.len() - MOST_LINES));
    }
    match of_rest {
        0 => {}
        1 => texts.push("1 line is of rest, and is no run".to_owned()),
        n => texts.push(format!("{n} lines are of rest, and are no runs")),
    }
    let untold = rows.iter().filter(|(_, told)| !told.names_sport).count();
    if untold > 0 && rows.iter().any(|(_, told)| told.sport != Sport::Running) {
        texts.push(format!("{untold} of {} lines name no sport and are taken for runs", rows.len()));
    }
    texts.into_iter().map(|text| Note::new(NoteKind::Sport, text)).collect()
}

/// The table in the bytes of a file, where it is a log.
fn table(bytes: &[u8]) -> Option<Table<'_>> {
    // Recordings and archives are told apart before; other bytes with these words in their first line are no accident.
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
                .ok_or_else(|| format!("{name} \"{text}\" is no number from {low} to {high}")),
        };
        let day = text("date").unwrap_or_default();
        let date: Option<Date> = day.parse().ok().filter(|date: &Date| (1990..2200).contains(&date.year()));
        let date = date.ok_or_else(|| format!("date \"{day}\" is no day such as 2026-03-01"))?;
        let time = match text("time") {
            None => None,
            Some(text) => Some(clock(text).ok_or_else(|| format!("time \"{text}\" is no time such as 07:30"))?),
        };
        let word = text("sport");
        if word.is_some_and(sport::is_rest) {
            return Ok(None);
        }
        // In a log of runs nobody writes "run" into every row.
        let (sport, sub_sport) = word.map_or((Sport::Running, SubSport::Generic), sport::from_words);
        let unknown_sport = word.filter(|word| !sport::is_known(word)).map(|word| word.chars().take(40).collect());
        let km = number("distance_km", 0.0, 1000.0)?.map(|km| km * 1000.0);
        let miles = number("distance_mi", 0.0, 1000.0)?.map(|miles| miles * METRES_PER_MILE);
        let distance_m = km.or(miles).filter(|metres| *metres > 0.0);
        let minutes = number("minutes", 0.0, 6000.0)?.map(|minutes| minutes * 60.0);
        let seconds = match text("duration") {
            Some(text) => Some(duration_s(text)?),
            None => minutes,
        };
        let seconds = seconds.filter(|seconds| *seconds > 0.0);
        if distance_m.is_none() && seconds.is_none() {
            return Err("neither a distance nor a duration".to_owned());
        }
        if sport == Sport::Running && distance_m.zip(seconds).is_some_and(|(m, s)| m / s > MAX_SPEED_MPS) {
            return Err(
                "nobody runs so far in that time; write a duration as 1:05:00 (hours, minutes, seconds)".to_owned()
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
        }))
    }

    fn kept(self, line: usize, start: Timestamp, name: &str, options: read::Options) -> Kept {
        let is_run = self.sport == Sport::Running || self.sport == Sport::Generic && options.untyped_are_runs;
        // Of a row only the two totals are known: the pace is theirs.
        let totals = self.seconds.zip(self.distance_m.filter(|metres| *metres > 0.0));
        let pace_s_per_km = totals.map(|(seconds, metres)| 1000.0 * seconds / metres);
        let values: [(&Metric, Option<f64>); 5] = [
            (&DISTANCE, self.distance_m),
            (&TIMER, self.seconds),
            (&PACE, pace_s_per_km),
            (&PERCEIVED_EXERTION, self.exertion),
            (&AVG_HEART_RATE, self.heart_rate_bpm),
        ];
        let known: Vec<(&Metric, f64)> =
            values.iter().filter_map(|(metric, value)| Some((*metric, (*value)?))).collect();
        let run = is_run.then(|| {
            // What the row says is the runner's own clock.
            let mut run = Run::summary(start, Some(0), &known);
            run.sub_sport = self.sub_sport;
            // A run is a line of the file, as a recording is a member of an archive.
            run.sources = vec![Source { name: format!("{name}:{line}"), format: None }];
            run.gear.clone_from(&self.gear);
            if self.time.is_none() {
                let text = format!("from line {line} of a log kept by hand, without a time of day");
                run.notes.push(Note::new(NoteKind::Clock, text));
            }
            run
        });
        Kept {
            sport: self.sport,
            sub_sport: self.sub_sport,
            start,
            distance_m: self.distance_m,
            seconds: self.seconds,
            run,
        }
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

/// Seconds of `1:05:00` or `45:30`. Below ten minutes `m:ss` is refused: many write hours and minutes so.
fn duration_s(text: &str) -> Result<f64, String> {
    let parts: Option<Vec<u32>> = text.split(':').map(|part| part.trim().parse().ok()).collect();
    match parts.as_deref() {
        Some([h @ 0..=99, m @ 0..=59, s @ 0..=59]) => Ok(f64::from(h * 3600 + m * 60 + s)),
        Some([m @ 10..=599, s @ 0..=59]) => Ok(f64::from(m * 60 + s)),
        Some([0..=9, 0..=59]) => {
            Err(format!("duration \"{text}\" may be minutes or hours; write 0:09:30 or 9:30:00, or a column `minutes`"))
        }
        _ => Err(format!("duration \"{text}\" is none such as 1:05:00 or 45:30")),
    }
}
