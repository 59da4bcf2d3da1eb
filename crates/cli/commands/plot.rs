//! `kneewise plot`

use std::path::Path;

use anyhow::bail;
use kneewise_report::chart::{self, Chart};

use crate::args::{ChartArg, PlotArgs};
use crate::{Ending, input, output};

/// The size of a plot in pixels; SVG scales to any other.
const SIZE_PX: (u32, u32) = (960, 480);

/// What would hold something else than its name says.
const OTHER_PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "pdf"];

pub fn run(args: &PlotArgs) -> anyhow::Result<Ending> {
    let file = args.output.as_deref();
    let extension = file.and_then(Path::extension).map(|extension| extension.to_string_lossy().to_lowercase());
    if extension.is_some_and(|extension| OTHER_PICTURES.contains(&extension.as_str())) {
        let shown = file.unwrap_or(Path::new("-")).display();
        bail!("{shown}: a plot is SVG; name a file that ends in .svg");
    }
    let mut input = input::import(&args.input, file)?;
    let report = input::report(&args.input, &mut input)?;
    let chart = match args.chart {
        ChartArg::WeeklyDistance => Chart::WeeklyDistance,
        ChartArg::SessionSpike => Chart::SessionSpike,
        ChartArg::StepRate => Chart::StepRate,
    };
    let svg = chart::draw(chart, &report, input.told.units, SIZE_PX.0, SIZE_PX.1)?;
    output::write(file, &svg, output::As::PLAIN)?;
    Ok(input::ending(&args.input, &input, Ending::Done))
}
