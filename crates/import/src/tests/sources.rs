//! Inputs from elsewhere than a path.

use super::*;

#[test]
fn a_path_of_the_ledger_leads_to_its_file() {
    let fit = fit_activity::write(&run(0));
    let inner = zipped(&[("b.fit", &fit)]);
    let outer = zipped(&[("a/", b""), ("a/a.fit.gz", &gzipped(&fit)), ("inner.zip", &inner), ("inner", b"no archive")]);
    let (folder, import) = import_files(&[("export.zip", &outer)]);
    for row in import.ledger.rows.iter().filter(|row| !row.activities.is_empty()) {
        let loaded = load(row.path.as_ref()).expect("the file");
        assert_eq!((loaded.name, loaded.bytes == fit), (row.path.clone(), true));
    }
    let at = |within: &str| load(&folder.path().join(within)).map(|_| ()).expect_err("no recording");
    assert!(matches!(at("export.zip"), LoadError::Archive));
    assert!(matches!(at("export.zip/inner.zip"), LoadError::Archive));
    assert!(matches!(at("export.zip/a"), LoadError::NotInArchive { .. }), "a folder in it");
    assert!(matches!(at("export.zip/c.fit"), LoadError::NotInArchive { .. }));
    assert!(matches!(at(""), LoadError::Folder));
    assert!(matches!(at("c.fit"), LoadError::Io(_)));
}

#[test]
fn files_that_were_loaded_make_the_runs_that_their_paths_make() {
    let (early, late) = (fit_activity::write(&run(0)), fit_activity::write(&run(1)));
    let (folder, import) = import_files(&[("a.fit", &early), ("b.fit", &late), ("c.fit", &early)]);
    let load = |name: &str| load(&folder.path().join(name)).expect("a file");
    let loaded = import_loaded(&[load("c.fit"), load("a.fit"), load("b.fit")], &Options::default());
    assert_eq!((outcomes(&loaded), loaded.runs.len()), (outcomes(&import), 1));
    assert_eq!(loaded.runs[0].source(), import.runs[0].source());
}

/// Everything below a folder, by paths and by readers of its files in another order, from two
/// threads.
fn both_ways(folder: &std::path::Path) -> (Import, Import) {
    let paths = [folder.to_owned()];
    let options = Options::default();
    let importer = Importer::new(&options);
    let mut all = files(&paths);
    all.reverse();
    let add = |path: &PathBuf| {
        let bytes = fs::read(path).expect("a file");
        importer.add(&path.to_string_lossy(), Cursor::new(bytes));
    };
    let (some, rest) = all.split_at(all.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| some.iter().for_each(add));
        rest.iter().for_each(add);
    });
    (import(&paths, &options), importer.finish())
}

#[test]
fn files_from_anywhere_make_the_import_that_their_paths_make() {
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let made = TempDir::new().expect("a folder");
    let fit = fit_activity::write(&run(0));
    let inner = zipped(&[("a.fit", &fit), ("again.fit", &fit)]);
    let outer = zipped(&[("inner.zip", &inner), ("b.gpx.gz", &gzipped(gpx::write(&run(5)).as_bytes())), ("c", b"")]);
    let cut = &outer[..outer.len() - 30];
    for (name, bytes) in [("outer.zip", &outer[..]), ("outer.zip.gz", &gzipped(&outer)), ("cut.zip", cut)] {
        fs::write(made.path().join(name), bytes).expect("written");
    }
    let folders = ["sample-log", "logs/gpx-only", "logs/comeback", "logs/hand-kept", "formats"];
    for folder in folders.map(|folder| fixtures.join(folder)).iter().map(PathBuf::as_path).chain([made.path()]) {
        let (by_path, by_reader) = both_ways(folder);
        assert!(!by_path.ledger.rows.is_empty());
        assert_eq!(by_path.ledger.to_string(), by_reader.ledger.to_string());
        assert!(format!("{by_path:?}") == format!("{by_reader:?}"), "{}", folder.display());
        // As an upload, too.
        for file in files(&[folder.to_owned()]) {
            let name = file.to_string_lossy();
            let upload = import_bytes(&name, fs::read(&file).expect("a file"), &Options::default());
            let by_path = import(std::slice::from_ref(&file), &Options::default());
            assert!(format!("{by_path:?}") == format!("{upload:?}"), "{name}");
        }
    }
}

#[test]
fn inputs_of_one_name_are_told_apart() {
    let options = Options::default();
    let importer = Importer::new(&options);
    for name in ["a.csv", "a.csv#2", "a.csv", "a.csv"] {
        importer.add(name, Cursor::new("x"));
    }
    let paths: Vec<String> = importer.finish().ledger.rows.into_iter().map(|row| row.path).collect();
    assert_eq!(paths, ["a.csv", "a.csv#2", "a.csv#3", "a.csv#4"]);
}

#[test]
fn a_source_that_fails_is_a_row_that_says_so() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the line is dead"))
        }
    }
    impl std::io::Seek for Broken {
        fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
            Ok(0)
        }
    }
    let options = Options::default();
    let importer = Importer::new(&options);
    importer.add("a.fit", Broken);
    let import = importer.finish();
    assert_eq!(
        (outcomes(&import), import.ledger.rows[0].reason.as_deref()),
        (vec![Outcome::Unreadable], Some("the line is dead"))
    );
}
