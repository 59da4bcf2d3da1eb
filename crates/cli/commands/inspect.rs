//! `kneewise inspect`: everything in one file.

use std::path::Path;

use anyhow::Context;
use kneewise_inspect::{Format, InspectError, Options, inspect};

use crate::args::{InspectArgs, InspectFormat};
use crate::output::As;
use crate::{Ending, output, single, user_inputs};

pub fn run(args: &InspectArgs) -> anyhow::Result<Ending> {
    let name = || args.file.display().to_string();
    let file = args.output.as_deref();
    output::spare_own(file, &user_inputs::default_places())?;
    output::spare_inputs(file, args.file.ancestors().map(Path::to_owned))?;
    let loaded = single::file(&args.file)?;
    let mut notes = Vec::new();
    if loaded.is_unpacked {
        notes.push("unpacked from gzip".to_owned());
    }
    notes.extend(loaded.damage);
    let options = Options {
        format: match args.format {
            InspectFormat::Text => Format::Text,
            InspectFormat::Json => Format::Json,
        },
        kinds: args.messages.clone(),
        limit: args.limit,
        width: output::terminal_columns(file),
        notes,
    };
    let what = As::data_if(args.format == InspectFormat::Json);
    output::stream(file, what, |out| match inspect(&loaded.bytes, &options, out) {
        Ok(shown) => {
            if let Some(remark) = shown.remark() {
                output::warn(format_args!("{}: {remark}", name()));
            }
            Ok(())
        }
        // As itself, so that a closed pipe is known for one.
        Err(InspectError::Write(error)) => Err(error.into()),
        Err(error) => Err(error).with_context(name),
    })?;
    Ok(Ending::Done)
}
