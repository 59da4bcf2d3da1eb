//! kneewise-profile: the runner's own files. They stay on the runner's machine, and nobody else may
//! read what is written here (mode 0600 where there are modes).
//!
//! * `profile.toml` ([`profile`]): the runner, and how reports should look to them.
//! * `kneewise.toml` ([`settings`]): which rules are asked, and with which limits.
//! * `diary.csv` ([`diary`]): pain, sleep, exertion, a line a day or run. It is only ever added to.
//!
//! ```
//! use kneewise_profile::{diary, profile, settings};
//!
//! let runner = profile::parse("height_m = 1.68\n[[shoes]]\nname = \"Road\"\ndefault = true\n", "profile.toml")?.runner;
//! assert_eq!((runner.height_m, runner.shoes[0].is_default), (Some(1.68), true));
//!
//! let wrong = profile::parse("\nheigth_m = 1.68\n", "profile.toml").unwrap_err().to_string();
//! assert!(wrong.contains("profile.toml:2: `heigth_m` is not known; did you mean `height_m`?"), "{wrong}");
//!
//! let rules = settings::parse("[rules.session-spike]\nsmall = 1.15\n", "kneewise.toml")?;
//! assert_eq!(rules.options.session_spike.small, 1.15);
//!
//! let kept = diary::parse(b"date,pain_after,note\n2026-03-01,2,\"fine, hilly\"\n2026-03-32,1,\n", "diary.csv")?;
//! assert_eq!((kept.diary.entries().len(), kept.problems[0].line), (1, 3));
//! # Ok::<(), kneewise_profile::Error>(())
//! ```
//!
//! [`Places`] says where the files are. No file is no error here: who reads one asks [`read`] for
//! what is there.

pub mod diary;
mod document;
mod error;
mod file;
pub mod human;
mod places;
pub mod profile;
pub mod settings;
mod spelling;

pub use error::{Error, Problem};
pub use file::{read, write_new};
pub use places::Places;
pub use profile::Profile;
pub use settings::Rules;
