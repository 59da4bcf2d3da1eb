//! The examples are whole programs; here they run.

#[path = "../examples/custom_rule.rs"]
mod custom_rule;
#[path = "../examples/profile_and_diary.rs"]
mod profile_and_diary;
#[path = "../examples/samples_as_columns.rs"]
#[allow(dead_code, reason = "the arguments of the tests are not its own")]
mod samples_as_columns;
#[path = "../examples/samples_without_a_file.rs"]
mod samples_without_a_file;
#[path = "../examples/upload_to_json.rs"]
#[allow(dead_code, reason = "the arguments of the tests are not its own")]
mod upload_to_json;
#[path = "../examples/weekly_chart.rs"]
#[allow(dead_code, reason = "the arguments of the tests are not its own")]
mod weekly_chart;

#[test]
fn upload_to_json_runs() {
    upload_to_json::run(&[]).unwrap();
}

#[test]
fn samples_without_a_file_runs() {
    samples_without_a_file::main().unwrap();
}

#[test]
fn samples_as_columns_runs() {
    samples_as_columns::run(&[]).unwrap();
}

#[test]
fn profile_and_diary_runs() {
    profile_and_diary::main().unwrap();
}

#[test]
fn weekly_chart_runs() {
    weekly_chart::run(&[]).unwrap();
}

#[test]
fn custom_rule_runs() {
    custom_rule::main().unwrap();
}
