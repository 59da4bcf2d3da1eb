//! `kneewise show`: one recording in full, or several that are one session.

use std::path::Path;

use anyhow::{Context, bail};
use kneewise_core::{Run, Runner};
use kneewise_import::{Loaded, Options, Outcome, import_loaded, zone};
use kneewise_read::activity::Activity;
use kneewise_read::read;
use kneewise_read::time::Zone;
use kneewise_read::unit::Units;
use kneewise_report::{Recording, Session, show};

use crate::args::ShowArgs;
use crate::output::As;
use crate::user_inputs::UserInputs;
use crate::{Ending, output, single, user_inputs};

/// A file and what was read of it.
pub struct Shown {
    file: Loaded,
    pub activities: Vec<Activity>,
    notes: Vec<String>,
}

pub fn run(args: &ShowArgs) -> anyhow::Result<Ending> {
    let file = args.output.as_deref();
    // An archive stands in the path of a file in it.
    output::spare_own(file, &user_inputs::own_places(&args.runner, None))?;
    output::spare_inputs(file, args.files.iter().flat_map(|path| path.ancestors()).map(Path::to_owned))?;
    let told = UserInputs::of_runner(&args.runner, args.units.map(Units::from), args.tz.clone())?;
    let asked = told.zone.clone();
    let runner = &told.runner;
    let shown = args.files.iter().map(|path| read_one(path, asked.as_ref())).collect::<anyhow::Result<Vec<_>>>()?;
    let runs = sessions(&shown, &Options { zone: asked.clone(), ..Options::default() });
    let sessions: Vec<Session> = runs.iter().map(|run| Session { run, runner }).collect();
    let recordings: Vec<Recording> = (shown.iter())
        .flat_map(|shown| shown.activities.iter().map(move |activity| (shown, activity)))
        .map(|(shown, activity)| recording(shown, activity, asked.as_ref(), runner))
        .collect();
    let style = output::style(args.color, file);
    let text = show(&sessions, &recordings, told.units, args.format, &style)?;
    let what = As::of_form(args.format, style.color);
    output::write(file, &text, what)?;
    Ok(Ending::Done)
}

pub fn read_one(path: &Path, asked: Option<&Zone>) -> anyhow::Result<Shown> {
    let file = single::file(path)?;
    let mut contents = match read(&file.bytes) {
        Err(_) if single::is_hand_kept(&file) => {
            bail!("{}: {}", file.name, single::hand_kept(&file.name))
        }
        read => read.with_context(|| file.name.clone())?,
    };
    for activity in &mut contents.activities {
        let zone = zone::of(activity, asked);
        activity.settle_clock(zone.as_ref());
    }
    let notes = file.damage.iter().cloned().chain(contents.notes.iter().map(ToString::to_string)).collect();
    Ok(Shown { file, activities: contents.activities, notes })
}

fn recording<'a>(shown: &'a Shown, activity: &'a Activity, asked: Option<&Zone>, runner: &'a Runner) -> Recording<'a> {
    Recording { file: &shown.file.name, activity, zone: zone::of(activity, asked), notes: shown.notes.clone(), runner }
}

/// The runs that several of the recordings are together, as `runs` joins them. Says of files named
/// together why they are none.
fn sessions(shown: &[Shown], options: &Options) -> Vec<Run> {
    if shown.iter().map(|shown| shown.activities.len()).sum::<usize>() < 2 {
        return Vec::new();
    }
    let files: Vec<Loaded> = shown.iter().map(|shown| shown.file.clone()).collect();
    let import = import_loaded(&files, options);
    for row in import.ledger.rows.iter().filter(|row| row.outcome == Outcome::Duplicate) {
        let reason = row.reason.as_deref().unwrap_or_default();
        output::warn(format_args!("{}: {reason}; counted once in a session", row.path));
    }
    if files.len() > 1 && import.runs.len() > 1 {
        output::warn(format_args!("not one session: there are more than 90 minutes between some of these runs"));
    }
    import.runs.into_iter().filter(|run| run.sources.len() > 1).collect()
}
