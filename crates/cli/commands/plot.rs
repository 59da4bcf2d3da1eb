//! `kneewise plot`

use std::path::Path;

use anyhow::{Context, bail};
use kneewise_read::sport::Sport;
use kneewise_report::chart::{self, Data, Drawing, RUN, View};

use super::show::read_one;
use crate::args::PlotArgs;
use crate::user_inputs::{self, UserInputs};
use crate::{Ending, input, output};

/// The size of a plot; SVG scales to any other.
const VIEW: View = View::new(960.0, 400.0);

/// The size of the plot of a run, which has up to four panels.
const RUN_VIEW: View = View::new(960.0, 620.0);

/// What would hold something else than its name says.
const OTHER_PICTURES: [&str; 5] = ["jpg", "jpeg", "gif", "webp", "pdf"];

pub fn run(args: &PlotArgs) -> anyhow::Result<Ending> {
    let file = args.output.as_deref();
    let ends_in = file.and_then(Path::extension).map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_png = ends_in == "png";
    if OTHER_PICTURES.contains(&ends_in.as_str()) || is_png && !cfg!(feature = "png") {
        let shown = file.unwrap_or(Path::new("-")).display();
        let forms = if cfg!(feature = "png") {
            "SVG or PNG; name a file that ends in .svg or .png"
        } else {
            "SVG; name a file that ends in .svg"
        };
        bail!("{shown}: a plot is {forms}");
    }
    if args.chart == RUN {
        write(file, is_png, &of_run(args)?)?;
        return Ok(Ending::Done);
    }
    if args.map {
        bail!("--map is for the chart `{RUN}`");
    }
    let mut input = input::import(&args.input, file)?;
    let report = input::report(&args.input, &mut input)?;
    let chart = chart::find(&args.chart).with_context(|| format!("nothing is called `{}`", args.chart))?;
    let data = Data::new(&report, input.told.units);
    write(file, is_png, &chart::drawing(chart, &data, &VIEW)?)?;
    Ok(input::ending(&args.input, &input, Ending::Done))
}

/// One recording: of a file of several, the first run.
fn of_run(args: &PlotArgs) -> anyhow::Result<Drawing> {
    let [path] = args.input.paths.as_slice() else { bail!("the chart `{RUN}` draws one recording; name one file") };
    let file = args.output.as_deref();
    output::spare_own(file, &user_inputs::own_places(&args.input.runner, None))?;
    output::spare_inputs(file, path.ancestors().map(Path::to_owned))?;
    let units = args.input.units.map(Into::into);
    let told = UserInputs::of_runner(&args.input.runner, units, args.input.tz.clone())?;
    let shown = read_one(path, told.zone.as_ref())?;
    let is_run = |activity: &&kneewise_read::activity::Activity| activity.sport == Sport::Running;
    let activity = shown.activities.iter().find(is_run).or(shown.activities.first());
    let activity = activity.with_context(|| format!("{}: no recording in it", path.display()))?;
    Ok(chart::run_drawing(activity, told.units, &RUN_VIEW, args.map)?)
}

fn write(file: Option<&Path>, is_png: bool, drawing: &Drawing) -> anyhow::Result<()> {
    #[cfg(feature = "png")]
    if let Some(path) = file.filter(|_| is_png) {
        let picture = chart::png_of(drawing)?;
        return output::to_file(path, |out| Ok(out.write_all(&picture)?));
    }
    output::write(file, &chart::svg_of(drawing), output::As::Cells)
}
