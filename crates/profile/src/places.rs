//! Where the runner's files are, by the XDG base directory specification.

use std::ffi::OsString;
use std::path::PathBuf;

/// The folders of a runner's files; `None` where nothing says where home is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Places {
    config: Option<PathBuf>,
    data: Option<PathBuf>,
}

impl Places {
    /// Returns the places that environment variables name: `XDG_CONFIG_HOME` and `XDG_DATA_HOME`,
    /// else `.config` and `.local/share` in `HOME` (or `USERPROFILE`). A path that is not absolute
    /// is passed over, as the specification says.
    ///
    /// ```
    /// let places = kneewise_profile::Places::of(|name| (name == "HOME").then(|| "/home/ann".into()));
    /// assert_eq!(places.profile(), Some("/home/ann/.config/kneewise/profile.toml".into()));
    /// assert_eq!(places.diary(), Some("/home/ann/.local/share/kneewise/diary.csv".into()));
    /// ```
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let folder = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = folder("HOME").or_else(|| folder("USERPROFILE"));
        let in_home = |path: &str| home.as_ref().map(|home| home.join(path));
        let own = |folder: PathBuf| folder.join("kneewise");
        Self {
            config: folder("XDG_CONFIG_HOME").or_else(|| in_home(".config")).map(own),
            data: folder("XDG_DATA_HOME").or_else(|| in_home(".local/share")).map(own),
        }
    }

    /// Returns the profile.
    pub fn profile(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|folder| folder.join("profile.toml"))
    }

    /// Returns the settings of rules.
    pub fn settings(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|folder| folder.join("kneewise.toml"))
    }

    /// Returns the diary.
    pub fn diary(&self) -> Option<PathBuf> {
        self.data.as_ref().map(|folder| folder.join("diary.csv"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xdg_folders_come_before_home_and_relative_ones_are_none() {
        let places = |set: &'static [(&str, &str)]| {
            Places::of(move |name| set.iter().find(|(known, _)| *known == name).map(|(_, path)| path.into()))
        };
        let set = places(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "/c"), ("XDG_DATA_HOME", "d")]);
        assert_eq!(set.settings(), Some("/c/kneewise/kneewise.toml".into()));
        assert_eq!(set.diary(), Some("/h/.local/share/kneewise/diary.csv".into()), "a relative path is passed over");
        assert_eq!(places(&[("HOME", "")]), Places::default());
    }
}
