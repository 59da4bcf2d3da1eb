//! `kneewise profile`: making one, and seeing what counts.

mod form;
mod imperial;
mod init;
mod show;

use anyhow::bail;

use crate::args::{InitArgs, ProfileCommand};
use crate::{Ending, ask, output, user_inputs};

pub fn run(command: &ProfileCommand) -> anyhow::Result<Ending> {
    match command {
        ProfileCommand::Init(args) => make(args),
        ProfileCommand::Show(args) => show::run(args),
    }
}

fn make(args: &InitArgs) -> anyhow::Result<Ending> {
    if !ask::is_possible() {
        output::write(
            None,
            &kneewise_profile::profile::to_toml(&kneewise_profile::Profile::default()),
            output::As::PLAIN,
        )?;
        return Ok(Ending::Done);
    }
    let path = user_inputs::profile_path(args.profile.as_deref())?;
    if path.symlink_metadata().is_ok() {
        bail!(
            "{} already exists and stays as it is; change it with any editor, or name another with --profile",
            path.display()
        );
    }
    let profile = ask::in_terminal(|asker| init::asked(asker, user_inputs::today(None)))?;
    kneewise_profile::write_new(&path, &kneewise_profile::profile::to_toml(&profile))?;
    output::warn(format_args!("wrote {}; change it with any editor", path.display()));
    Ok(Ending::Done)
}
