//! Parquet files as other programs read them: pyarrow and `DuckDB`, of the Python that
//! `KNEEWISE_PYTHON` names.

#![allow(clippy::print_stderr, reason = "what is skipped is told")]

use std::process::Command;

const READ: &str = r#"
import sys, pyarrow.parquet as pq, duckdb
table = pq.read_table(sys.argv[1])
types = {field.name: str(field.type) for field in table.schema}
assert types["start"] == "timestamp[ms, tz=UTC]", types
assert types["local_date"] == "date32[day]", types
assert types["distance_m"] == "double", types
assert pq.read_metadata(sys.argv[1]).metadata[b"unit.distance_m"] == b"m"
query = f"select count(*), sum(distance_m) from '{sys.argv[1]}'"
rows, metres = duckdb.connect().execute(query).fetchone()
print(rows, table.num_rows, round(metres))
"#;

#[test]
fn pyarrow_and_duckdb_read_the_runs() {
    let Some(python) = std::env::var_os("KNEEWISE_PYTHON") else {
        eprintln!("skipped: KNEEWISE_PYTHON names no Python with pyarrow and duckdb");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("runs.parquet");
    let kneewise = env!("CARGO_BIN_EXE_kneewise");
    let log = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sample-log");
    let runs = |format: &[&str]| Command::new(kneewise).args(["runs", log]).args(format).output().expect("it runs");
    assert!(runs(&["--format", "parquet", "-o", file.to_str().expect("a name")]).status.success());
    let json: serde_json::Value =
        serde_json::from_slice(&runs(&["--format", "json"]).stdout).expect("JSON of the same runs");
    let rows = json["runs"].as_array().or(json.as_array()).expect("runs");
    let metres: f64 = rows.iter().filter_map(|run| run["distance_m"].as_f64()).sum();
    let read = Command::new(python).args(["-c", READ]).arg(&file).output().expect("Python runs");
    let told = String::from_utf8_lossy(&read.stdout).trim().to_owned();
    assert_eq!(told, format!("{0} {0} {metres:.0}", rows.len()), "{}", String::from_utf8_lossy(&read.stderr));
}
