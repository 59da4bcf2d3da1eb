//! `kneewise plot`

use std::path::Path;

use anyhow::{Context, bail};
use kneewise_report::chart::{self, Data, View};

use crate::args::PlotArgs;
use crate::{Ending, input, output};

/// The size of a plot; SVG scales to any other.
const VIEW: View = View::new(960.0, 400.0);

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
    let chart = chart::find(&args.chart).with_context(|| format!("nothing is called `{}`", args.chart))?;
    let data = Data::new(&report, input.told.units);
    let svg = chart::svg(chart, &data, &VIEW)?;
    output::write(file, &svg, output::As::PLAIN)?;
    Ok(input::ending(&args.input, &input, Ending::Done))
}
