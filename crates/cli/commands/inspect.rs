//! `kneewise inspect`: everything in one file.

use anyhow::Context;
use kneewise_inspect::{Format, InspectError, Options, inspect};

use crate::args::{InspectArgs, InspectFormat};
use crate::{Ending, output, single};

pub fn run(args: &InspectArgs) -> anyhow::Result<Ending> {
    let name = || args.file.display().to_string();
    let file = args.output.as_deref();
    output::spare(file, args.file.ancestors())?;
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
    output::stream(file, |out| match inspect(&loaded.bytes, &options, out) {
        Ok(shown) => {
            if let Some(remark) = shown.remark() {
                output::complain(format_args!("{}: {remark}", name()));
            }
            Ok(())
        }
        // As itself, so that a closed pipe is known for one.
        Err(InspectError::Write(error)) => Err(error.into()),
        Err(error) => Err(error).with_context(name),
    })?;
    Ok(Ending::Done)
}
