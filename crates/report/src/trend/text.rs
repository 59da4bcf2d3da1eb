//! A trend for a terminal.

use kneewise_core::baseline::{
    Against, Change, FormPoint, FormTrend, MetricPoint, MetricTrend, Month, Needs, Shift, bin_edges,
};
use kneewise_core::measure::form::FormMetric;
use kneewise_core::report::FOOTER;
use kneewise_read::unit::{Unit, Units, in_percent};

use super::Trend;
use crate::hint::Hint;
use crate::outline::{Block, Outline, Section, Table};
use crate::words::{self, count, printable};
use crate::{TextStyle, text as terminal};

/// Runs in the table.
const ROWS: usize = 20;

/// Months in the table above it.
const MONTHS: usize = 12;

/// Columns from the middle to either end of a strip, and to either limit of its band.
const STRIP: i32 = 6;
const STRIP_BAND: i32 = 3;
const STRIP_HEADER: &str = "···[··|··]···";

/// A trend as text: what changed of late, the last runs, what it rests on, what is not known.
pub fn text(trend: &Trend, units: Units, style: &TextStyle) -> String {
    let (title, sections) = match trend {
        Trend::Form(trend) => (title(trend.metric.name(), trend.as_of, trend.points.len()), form(trend, units)),
        Trend::Metric(trend) => (title(trend.metric.name, trend.as_of, trend.points.len()), metric(trend, units)),
    };
    let sections = sections.into_iter().filter(|section| !section.blocks.is_empty()).collect();
    terminal::render(&Outline { title, sections, footer: FOOTER.into() }, style)
}

fn title(name: &str, as_of: jiff::civil::Date, runs: usize) -> Vec<String> {
    vec!["kneewise trend".to_owned(), name.to_lowercase(), format!("as of {as_of}"), count(runs, "run")]
}

fn section(heading: &'static str, blocks: Vec<Block>) -> Section {
    Section { heading: heading.into(), blocks }
}

fn form(trend: &FormTrend, units: Units) -> Vec<Section> {
    if trend.points.is_empty() {
        let text = format!(
            "No run has {} over steady, flat running. Watches write it in FIT files; some numbers need a chest \
             strap or a pod, and GPX has only the step rate.",
            trend.metric.name().to_lowercase()
        );
        return vec![section("Nothing to show", vec![Block::Text(text)])];
    }
    vec![
        section("The last days compared with the weeks before", changes(trend, units)),
        section("Month by month", months(trend)),
        section("Run by run", vec![Block::Table(form_table(trend, units))]),
        section("Where it comes from", rests_on(trend, units)),
        section("Not known", vec![Block::Text(not_known(trend.metric).to_owned())]),
    ]
}

fn changes(trend: &FormTrend, units: Units) -> Vec<Block> {
    if trend.changes.is_empty() {
        return vec![Block::Text(format!("No run with it in the last {} days.", trend.options.recent_days))];
    }
    let sentences = trend.changes.iter().map(|change| Block::Text(sentence(trend, change, units)));
    let compared = trend.changes.iter().any(|change| change.outcome.is_ok());
    sentences.chain(compared.then(|| Block::Aside(two_baselines(trend)))).collect()
}

/// Why the last days and the single runs among them need not agree.
fn two_baselines(trend: &FormTrend) -> String {
    let (days, window) = (trend.options.recent_days, trend.options.window_days);
    format!(
        "Here the last {days} days are compared with one fixed baseline, the {window} days before them. Below, each run is compared with \
         the {window} days before its day, which move along: they include changes of some weeks ago. The last days can therefore differ \
         although each run in them is within its band."
    )
}

/// What became of the form of late, as a statement.
fn sentence(trend: &FormTrend, change: &Change, units: Units) -> String {
    let device =
        change.device.as_ref().map(|device| format!(", {}", printable(&device.to_string()))).unwrap_or_default();
    let on = format!("{}{device}", words::capital(change.surface.name()));
    match &change.outcome {
        Ok(shift) => format!("{on}: {}", shift_sentence(trend, shift)),
        Err(needs) => format!("{on}: not compared. It {}.", needs.sentence(units)),
    }
}

fn shift_sentence(trend: &FormTrend, shift: &Shift) -> String {
    let metric = trend.metric;
    let band = plain(metric, shift.band);
    let verdict = if shift.is_outside() {
        format!("is more than the day-to-day spread: by chance nine in ten single runs are within {band} of the line")
    } else {
        format!("is within the day-to-day spread: by chance nine in ten single runs are within {band} of the line")
    };
    format!(
        "over the last {} days your {} was {} than expected from the {} days before at the same speeds: the median of {} \
         compared with {} from {} to {}. That {verdict}.",
        trend.options.recent_days,
        metric.name().to_lowercase(),
        difference(metric, shift),
        trend.options.window_days,
        count(shift.runs, "run"),
        shift.baseline.runs,
        shift.baseline.window.from,
        shift.baseline.window.to,
    )
}

/// The last months, where there are more runs than the table of runs shows.
fn months(trend: &FormTrend) -> Vec<Block> {
    let months = trend.months();
    if trend.points.len() <= ROWS || months.is_empty() {
        return Vec::new();
    }
    let row = |month: &Month| {
        vec![
            month.first.strftime("%b %Y").to_string(),
            format!("{:>4}", month.compared),
            format!("{:>7}", month.outside),
            format!("{:>5}", bare_signed(trend.metric, month.median)),
            format!("{:>5}", format!("±{}", bare(trend.metric, month.band))),
            strip(month.median, month.band),
        ]
    };
    vec![Block::Table(Table {
        caption: format!(
            "The median difference from your usual in {}, and the band of single runs: ● within it, ◆ outside",
            unit(trend.metric)
        ),
        header: ["month", "runs", "outside", " diff", " band", STRIP_HEADER].map(Into::into).into(),
        rows: months[months.len().saturating_sub(MONTHS)..].iter().map(row).collect(),
        more: String::new(),
    })]
}

fn form_table(trend: &FormTrend, units: Units) -> Table {
    let shown = &trend.points[trend.points.len().saturating_sub(ROWS)..];
    let earlier = trend.points.len() - shown.len();
    let caption = format!(
        "Measured and expected in {}. The strip: difference from your usual, [ ] the band of nine in ten, ● a run \
         within it, ◆ one outside",
        trend.metric.unit_symbol()
    );
    Table {
        caption,
        header: ["day", "   pace", "min", "    is", "expect", " diff", " band", "28 days", STRIP_HEADER]
            .map(Into::into)
            .into(),
        rows: shown.iter().map(|point| form_row(point, trend.metric, units)).collect(),
        more: if earlier == 0 {
            String::new()
        } else {
            format!("{} before these: {}", count(earlier, "run"), Hint::Csv)
        },
    }
}

fn form_row(point: &FormPoint, metric: FormMetric, units: Units) -> Vec<String> {
    let against = point.against.as_ref();
    let of = |value: fn(&Against) -> f64, show: fn(FormMetric, f64) -> String| {
        against.map_or_else(|_| "-".to_owned(), |against| show(metric, value(against)))
    };
    let right = |text: String, width: usize| format!("{text:>width$}");
    let measured = against.map_or(point.measured, |against| against.measured);
    let (speed_mps, seconds) =
        against.map_or((point.speed_mps, point.seconds), |against| (against.speed_mps, against.seconds));
    vec![
        point.date.to_string(),
        right(units.pace_at(speed_mps), 7),
        right(format!("{:.0}", seconds / 60.0), 3),
        right(bare(metric, measured), 6),
        right(of(|against| against.expected, bare), 6),
        right(of(|against| against.residual, bare_signed), 5),
        right(of(|against| against.band, |metric, value| format!("±{}", bare(metric, value))), 5),
        right(point.running_median.map_or_else(|| "-".to_owned(), |median| bare_signed(metric, median)), 7),
        against.map_or_else(short_needs, |against| strip(against.residual, against.band)),
    ]
}

/// Where a difference lies in its band: `···[·●|··]···` within it, `·◆·[··|··]···` outside. A mark
/// never stands on a bracket.
fn strip(difference: f64, band: f64) -> String {
    let is_outside = difference.abs() > band;
    let places = difference / band * f64::from(STRIP_BAND);
    let places = if is_outside && !places.is_finite() { f64::from(STRIP).copysign(difference) } else { places };
    let nearest = if places.is_finite() { places.round().abs() as i32 } else { 0 };
    let (from, to, mark) = if is_outside { (STRIP_BAND + 1, STRIP, '◆') } else { (0, STRIP_BAND - 1, '●') };
    let at = nearest.clamp(from, to) * if places < 0.0 { -1 } else { 1 };
    let sign = |place: i32| match place {
        _ if place == at => mark,
        0 => '|',
        _ if place == -STRIP_BAND => '[',
        _ if place == STRIP_BAND => ']',
        _ => '·',
    };
    (-STRIP..=STRIP).map(sign).collect()
}

/// Why there is no strip, in a word or two; the sentences stand below the table.
fn short_needs(needs: &Needs) -> String {
    match needs {
        Needs::Running { .. } => "too short",
        Needs::Runs { new_device_since: Some(_), .. } => "new device",
        Needs::Runs { .. } => "few before",
        Needs::Speeds { .. } => "other speeds",
        Needs::OneKind => "mixed",
        _ => "",
    }
    .to_owned()
}

fn rests_on(trend: &FormTrend, units: Units) -> Vec<Block> {
    let (outside, compared) = trend.outside();
    let mut facts =
        vec![format!("{compared} of {} could be compared with your earlier runs", count(trend.points.len(), "run"))];
    if compared > 0 {
        facts.push(format!(
            "{outside} of them ({}) are outside their band; by chance alone it is about one in ten",
            in_percent(100.0 * outside as f64 / compared as f64)
        ));
    }
    let last = trend.points.iter().rev().find_map(|point| point.against.as_ref().ok().map(|against| (point, against)));
    facts.extend(last.map(|(point, against)| {
        let (slowest_mps, fastest_mps) = bin_edges(&against.speeds_mps);
        format!(
            "the baseline of {} ({}): {} from {} to {}, {:.0} minutes of steady, flat running between {} and {}, the only paces that it covers; {}",
            point.date,
            point.surface,
            count(against.runs, "run"),
            against.window.from,
            against.window.to,
            against.baseline_seconds / 60.0,
            units.pace_at(fastest_mps),
            units.pace_at(slowest_mps),
            slope(trend.metric, against),
        )
    }));
    let noted = |point: &&FormPoint| point.note.is_some() && point.against.is_ok();
    facts.extend(trend.points.iter().rfind(noted).and_then(|point| Some((point.date, point.note?))).map(
        |(date, note)| {
            let n = trend.points.iter().filter(noted).count();
            format!("{} of those compared, the last on {date}: {note}", count(n, "run"))
        },
    ));
    // The latest of each kind: what it would take now.
    let mut kinds = Vec::new();
    for (point, needs) in trend.points.iter().rev().filter_map(|point| Some((point, point.against.as_ref().err()?))) {
        let kind = std::mem::discriminant(needs);
        if !kinds.contains(&kind) {
            kinds.push(kind);
            let alike =
                |point: &&FormPoint| point.against.as_ref().is_err_and(|needs| std::mem::discriminant(needs) == kind);
            let n = trend.points.iter().filter(alike).count();
            facts.push(format!(
                "{} not compared, {}({}, {}) because it {}",
                count(n, "run"),
                if n == 1 { "" } else { "the last " },
                point.date,
                point.surface,
                needs.sentence(units)
            ));
        }
    }
    vec![Block::List(facts)]
}

/// How the expected value goes with speed, in words.
fn slope(metric: FormMetric, against: &Against) -> String {
    let slope = against.slope;
    match metric {
        FormMetric::StanceTimeBalance => "it is compared at all speeds alike".to_owned(),
        FormMetric::StanceTime => format!("stance time changes by {slope:+.0} ms · m/s over 1 / speed"),
        FormMetric::StepLength => {
            format!("the step rate that the length leaves changes by {slope:+.1} spm for each m/s")
        }
        _ => format!("{slope:+.1} {} for each m/s faster", metric.unit_symbol()),
    }
}

fn not_known(metric: FormMetric) -> &'static str {
    match metric {
        FormMetric::StanceTimeBalance => {
            "Two sensors on one run can name opposite sides. Camber, a track's curves and the position of the strap shift it. No study \
             shows that a shift leads to a knee injury. This describes; it does not judge."
        }
        FormMetric::StepRate | FormMetric::StepLength => {
            "Whether a change is for better or worse is unknown: no study shows that a runner's change of it leads to a knee injury \
             or avoids one. Shoes, tiredness, wind, heat and company are not seen, nor a different strap or pod on the same watch. This \
             describes; it does not judge."
        }
        _ => {
            "The accuracy of a watch's number is unknown, and so is whether a change is for better or worse: no study links it to knee \
             injuries. Shoes, tiredness, wind and heat are not seen, nor a different strap or pod on the same watch. This describes; it \
             does not judge."
        }
    }
}

fn metric(trend: &MetricTrend, units: Units) -> Vec<Section> {
    if trend.points.is_empty() {
        let text = format!("No run has it. `kneewise explain {}` describes what it is computed from.", trend.metric.id);
        return vec![section("Nothing to show", vec![Block::Text(text)])];
    }
    let show = |value: f64| words::figure(trend.metric, value, units);
    // A speed is told as a pace, and all paces from the fastest.
    let range = |(low, high): (f64, f64)| match trend.metric.unit {
        Unit::MetresPerSecond => format!("{} to {}", show(high), show(low)),
        _ => format!("{} to {}", show(low), show(high)),
    };
    let shown = &trend.points[trend.points.len().saturating_sub(ROWS)..];
    let earlier = trend.points.len() - shown.len();
    let row = |point: &MetricPoint| {
        vec![
            point.date.to_string(),
            show(point.value),
            point.running_median.map_or_else(|| "-".to_owned(), show),
            point.band.map_or_else(|| "-".to_owned(), range),
        ]
    };
    let table = Table {
        caption: format!("As measured, with the median and the middle 90% of the runs of {} days", trend.days),
        header: ["day", "run", "median", "90% of runs"].map(Into::into).into(),
        rows: shown.iter().map(row).collect(),
        more: if earlier == 0 {
            String::new()
        } else {
            format!("{} before these: {}", count(earlier, "run"), Hint::Csv)
        },
    };
    let text = "Nothing is adjusted: a change of speed, surface, distance or device shows as a change of this number. Form compared with \
        your usual at the same speed: step-rate, step-length, stance-time, vertical-oscillation, balance.";
    vec![
        section("Run by run", vec![Block::Table(table)]),
        section("Where it comes from", vec![Block::Text(text.to_owned())]),
    ]
}

fn decimals(metric: FormMetric) -> usize {
    match metric {
        FormMetric::StepLength => 0,
        FormMetric::StanceTimeBalance => 2,
        _ => 1,
    }
}

fn bare(metric: FormMetric, value: f64) -> String {
    format!("{value:.*}", decimals(metric))
}

fn bare_signed(metric: FormMetric, value: f64) -> String {
    let text = format!("{value:+.*}", decimals(metric));
    // What rounds to nothing has no sign.
    if text.chars().any(|c| ('1'..='9').contains(&c)) { text } else { text[1..].to_owned() }
}

fn plain(metric: FormMetric, value: f64) -> String {
    format!("{} {}", bare(metric, value), unit(metric))
}

/// `2.1 spm (1.2%) higher`.
fn difference(metric: FormMetric, shift: &Shift) -> String {
    let by = plain(metric, shift.median.abs());
    if metric == FormMetric::StanceTimeBalance {
        return format!("{by} more to the {}", if shift.median < 0.0 { "right" } else { "left" });
    }
    let higher = match (metric, shift.median < 0.0) {
        (FormMetric::StepLength | FormMetric::StanceTime, true) => "shorter",
        (FormMetric::StepLength | FormMetric::StanceTime, false) => "longer",
        (_, true) => "lower",
        (_, false) => "higher",
    };
    format!("{by} ({:.1}%) {higher}", shift.percent().abs())
}

fn unit(metric: FormMetric) -> &'static str {
    if metric == FormMetric::StanceTimeBalance { "percentage points" } else { metric.unit_symbol() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_and_outside_of_a_band_never_look_alike() {
        assert_eq!(strip(0.0, 2.0), "···[··●··]···");
        assert_eq!(strip(-0.7, 2.0), "···[·●|··]···");
        assert_eq!(strip(2.0, 2.0), "···[··|·●]···", "the band's end is within it");
        assert_eq!(strip(2.01, 2.0), "···[··|··]◆··");
        assert_eq!(strip(-100.0, 2.0), "◆··[··|··]···");
        assert_eq!(strip(-1.0, 0.0), "◆··[··|··]···");
        assert_eq!(strip(0.0, 0.0), "···[··●··]···");
    }
}
