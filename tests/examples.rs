//! The examples are whole programs; here they run.

#[path = "../examples/custom_rule.rs"]
mod custom_rule;
#[path = "../examples/flag_one_run.rs"]
mod flag_one_run;
#[path = "../examples/weekly_chart.rs"]
mod weekly_chart;

#[test]
fn flag_one_run_runs() {
    flag_one_run::main().unwrap();
}

#[test]
fn weekly_chart_runs() {
    weekly_chart::main().unwrap();
}

#[test]
fn custom_rule_runs() {
    custom_rule::main().unwrap();
}
