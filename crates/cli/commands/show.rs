//! `kneewise show`: one recording in full.

use anyhow::Context;
use kneewise_core::read;
use kneewise_core::time::Zone;
use kneewise_core::unit::Units;
use kneewise_import::{load, zone};
use kneewise_report::{Recording, ShowFormat, show};

use crate::args::{ShowArgs, ShowFormatArg};
use crate::told::Told;
use crate::{Ending, output};

pub fn run(args: &ShowArgs) -> anyhow::Result<Ending> {
    let name = args.file.display().to_string();
    let file = args.output.as_deref();
    output::spare(file, std::iter::once(args.file.as_path()))?;
    let told = Told::of_runner(&args.runner, args.units.map(Units::from))?;
    let asked = args.tz.as_deref().or(told.time_zone.as_deref()).map(Zone::named).transpose()?;
    let loaded = load(&args.file).with_context(|| name.clone())?;
    let contents = read(&loaded.bytes).with_context(|| name.clone())?;
    let notes: Vec<String> = loaded.damage.into_iter().chain(contents.notes.iter().map(ToString::to_string)).collect();
    let recordings: Vec<Recording> = (contents.activities.iter())
        .map(|activity| Recording {
            file: &name,
            activity,
            zone: zone::of(activity, asked.as_ref()),
            notes: notes.clone(),
            runner: &told.runner,
        })
        .collect();
    let format = match args.format {
        ShowFormatArg::Text => ShowFormat::Text,
        ShowFormatArg::Md => ShowFormat::Markdown,
        ShowFormatArg::Json => ShowFormat::Json,
    };
    output::write(file, &show(&recordings, told.units, format, &output::style(args.color, file))?)?;
    Ok(Ending::Done)
}
