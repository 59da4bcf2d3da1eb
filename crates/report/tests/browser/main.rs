//! The page in headless Chromium, opened from the disk as a runner opens it.
//!
//! It needs Chromium and its driver (Debian: `chromium`, `chromium-driver`), and for the test of
//! accessibility axe-core, whose file `KNEEWISE_AXE` names. Where they are missing the tests say
//! that they are skipped, unless `KNEEWISE_REQUIRE_BROWSER` is set. Pictures of what was seen are
//! left in the folder for temporary files of the build (`target/tmp/browser`).

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod driver;
mod pages;

use std::fs;
use std::io::Write;

use serde_json::Value;

use driver::{Browser, DARK, ENTER, FORCED, Look, PHONE, PHONE_DARK, RIGHT, STILL, TAB, WIDE};
use pages::{HOSTILE, folder, hostile, many, of_log, page_file, with_pain};

const OPEN_ALL: &str = "document.querySelectorAll('details').forEach(fold => fold.open = true);";

/// What asks for a look at the page, by name.
const LOOKS: [(&str, Look); 6] = [
    ("light", WIDE),
    ("dark", DARK),
    ("phone", PHONE),
    ("phone-dark", PHONE_DARK),
    ("forced", FORCED),
    ("still", STILL),
];

#[test]
fn the_page_asks_for_nothing_and_says_nothing_on_the_console() {
    let Some(browser) = Browser::start() else { return };
    for (name, html) in [("pain", with_pain()), ("sample-log", of_log("sample-log")), ("hostile", hostile())] {
        let file = page_file(name, &html);
        browser.requests();
        browser.console();
        browser.open(&file);
        browser.run(OPEN_ALL);
        let address = format!("file://{}", file.display());
        assert!(browser.requests().iter().all(|asked| *asked == address), "{name}");
        assert_eq!(browser.console(), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_first_finding_is_on_the_first_screen_in_every_look() {
    let Some(browser) = Browser::start() else { return };
    for (name, html) in [("pain", with_pain()), ("sample-log", of_log("sample-log")), ("care", pages::care())] {
        browser.open(&page_file(name, &html));
        for (look_name, look) in LOOKS {
            browser.look(look);
            let bottom =
                browser.number("return document.querySelector('.find .top').getBoundingClientRect().bottom + scrollY");
            assert!(bottom <= f64::from(look.height), "{name} {look_name}: {bottom} px");
            let wider = browser.number("return document.documentElement.scrollWidth - innerWidth");
            assert!(wider <= 0.0, "{name} {look_name}: wider than the screen by {wider} px");
            browser.screenshot(&folder().join(format!("{name}-{look_name}.png")));
        }
    }
}

/// Texts of one picture that lie on one another, as `title: text | text`.
const OVERLAPS: &str = "
    const found = [];
    for (const svg of document.querySelectorAll('svg.chart')) {
        if (!svg.clientWidth) continue;
        const texts = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
        texts.forEach(([a, one], i) => texts.slice(i + 1).forEach(([b, other]) => {
            const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
            const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
            if (wide > 2 && high > 4) found.push(svg.querySelector('title').textContent + ': ' + a + ' | ' + b);
        }));
    }
    return found.join('\\n');";

#[test]
fn no_label_of_a_chart_lies_on_another() {
    let Some(browser) = Browser::start() else { return };
    let logs = ["sample-log", "logs/comeback", "logs/gpx-only", "logs/strap-and-pods", "logs/steady"];
    let mut pages: Vec<(String, String)> = logs.map(|log| (log.replace('/', "-"), of_log(log))).into();
    pages.extend([("pain".to_owned(), with_pain()), ("many".to_owned(), many())]);
    for (name, html) in pages {
        browser.open(&page_file(&name, &html));
        browser.run(OPEN_ALL);
        for (look_name, look) in [("light", WIDE), ("phone", PHONE)] {
            browser.look(look);
            let spans = browser.number("return document.querySelectorAll('.spans > input').length") as usize;
            for span in 0..spans.max(1) {
                browser.run(&format!(
                    "const span = document.querySelectorAll('.spans > input')[{span}]; if (span) span.checked = true;"
                ));
                assert_eq!(browser.text(OVERLAPS), "", "{name}, {look_name}");
            }
        }
    }
}

#[test]
fn keys_reach_the_findings_and_step_through_a_chart_aloud() {
    let Some(browser) = Browser::start() else { return };
    browser.look(WIDE);
    browser.open(&page_file("pain", &with_pain()));
    browser.press(&[TAB]);
    assert_eq!(browser.text("return document.activeElement.className"), "skip");
    browser.press(&[ENTER]);
    assert_eq!(browser.text("return location.hash"), "#findings");
    browser.run("document.querySelector('.pain .plot').focus()");
    browser.press(&[RIGHT]);
    let first = browser.text("return document.querySelector('.pain [aria-live]').textContent");
    browser.press(&[RIGHT]);
    let second = browser.text("return document.querySelector('.pain [aria-live]').textContent");
    assert!(first.contains("km: ") && second.contains("km: ") && first != second, "{first} | {second}");
    assert!(browser.run("return !!document.querySelector('.pain path.cursor')").as_bool().unwrap());
    // A fold opens by its summary alone.
    browser.run("document.querySelector('#all-runs summary').focus()");
    browser.press(&[ENTER]);
    assert!(browser.run("return document.getElementById('all-runs').open").as_bool().unwrap());
    // Every control says by its frame that it has the focus.
    let bare = "return [...document.querySelectorAll('a,button,summary,input,.plot[tabindex]')].filter(what => {
        what.focus({ focusVisible: true });
        const shown = what.matches('.spans > input') ? what.nextElementSibling : what;
        return document.activeElement === what && what.checkVisibility() && getComputedStyle(shown).outlineStyle === 'none';
    }).map(what => what.outerHTML.slice(0, 80)).join('\\n')";
    assert_eq!(browser.text(bare), "");
}

#[test]
fn legends_hide_their_series_and_spans_change_what_is_drawn() {
    let Some(browser) = Browser::start() else { return };
    browser.look(WIDE);
    browser.open(&page_file("pain", &with_pain()));
    let hidden = "return document.querySelectorAll('.pain path.pain-during.off').length";
    assert_eq!(browser.number(hidden), 0.0);
    browser.click(".pain .legend li[data-key=pain-during] button");
    assert!(browser.number(hidden) >= 1.0);
    browser.click(".pain .legend li[data-key=pain-during] button");
    assert_eq!(browser.number(hidden), 0.0);
    let shown = "return [...document.querySelectorAll('.span')].filter(span => span.clientHeight).map(span => span.className).join()";
    let before = browser.text(shown);
    assert_eq!(before, "span of-all", "the log is not much longer than twelve weeks");
    browser.click(".spans > label:first-of-type");
    assert_eq!(browser.text(shown), "span of-12w");
}

#[test]
fn the_table_of_runs_filters_sorts_and_draws_older_runs_on_demand() {
    let Some(browser) = Browser::start() else { return };
    browser.open(&page_file("many", &many()));
    browser.run("document.getElementById('all-runs').open = true");
    let rows = "return document.querySelectorAll('table.runs tbody tr').length";
    let first = |k: usize| {
        browser.text(&format!("return document.querySelector('table.runs tbody tr').cells[{k}].textContent"))
    };
    assert_eq!(browser.number(rows), 200.0);
    let newest = first(0);
    browser.click("#all-runs button[type=button]:not(th button)");
    assert_eq!(browser.number(rows), 400.0);
    assert_eq!(first(0), newest);
    browser.click("table.runs th:first-child button");
    let oldest = first(0);
    assert!(oldest < newest, "{oldest} after {newest}");
    let filter = "const input = document.getElementById('runs-filter'); input.value = arguments[0] || '2013-05-1';
        input.dispatchEvent(new Event('input')); return document.querySelector('#all-runs [aria-live]').textContent";
    assert_eq!(browser.text(filter), "10 of 5000 runs");
    assert_eq!(browser.number(rows), 10.0);
    browser.click("table.runs th:nth-child(2) button");
    let km = browser
        .run("return [...document.querySelectorAll('table.runs tbody tr')].map(row => +row.cells[1].textContent)");
    let km: Vec<f64> = km.as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    assert!(km.is_sorted() && km.len() == 10, "{km:?}");
}

#[test]
fn with_scripts_off_everything_is_there() {
    let Some(browser) = Browser::start() else { return };
    browser.without_scripts();
    browser.look(WIDE);
    browser.open(&page_file("many", &many()));
    browser.run(OPEN_ALL);
    assert_eq!(browser.number("return document.querySelectorAll('#all-runs tbody tr').length"), 5000.0);
    assert!(browser.number("return document.querySelectorAll('.data table').length") > 5.0);
    browser.click(".spans > label:last-of-type");
    assert_eq!(
        browser.text("return [...document.querySelectorAll('.span')].find(span => span.clientHeight).className"),
        "span of-all"
    );
    browser.screenshot(&folder().join("many-without-scripts.png"));
}

#[test]
fn a_hostile_title_stays_a_text() {
    let Some(browser) = Browser::start() else { return };
    browser.open(&page_file("hostile", &hostile()));
    browser.run(OPEN_ALL);
    browser.run(
        "document.querySelector('.plot[tabindex]').dispatchEvent(new PointerEvent('pointermove', { clientX: 300 }))",
    );
    assert_eq!(browser.number("return document.images.length + document.scripts.length"), 2.0);
    assert_eq!(browser.text("return document.title.slice(0, 8)"), "kneewise");
    let told = browser.text("return document.querySelector('table.runs').textContent");
    assert!(told.contains(&HOSTILE[..60]), "{}", &told[..200]);
}

#[test]
fn axe_finds_nothing_in_light_dark_wide_narrow_open_and_closed() {
    let Some(browser) = Browser::start() else { return };
    let Ok(axe) = std::env::var("KNEEWISE_AXE") else {
        assert!(std::env::var_os("KNEEWISE_REQUIRE_BROWSER").is_none(), "KNEEWISE_AXE names no file");
        let _ = writeln!(std::io::stderr(), "SKIPPED: KNEEWISE_AXE names no file");
        return;
    };
    let axe = fs::read_to_string(axe).unwrap();
    let ask = "axe.run(document, { preload: false }).then(told => done(told.violations.map(kind =>
        kind.id + ': ' + kind.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')).join('\\n')));";
    for (name, html) in [("pain", with_pain()), ("sample-log", of_log("sample-log")), ("care", pages::care())] {
        for (look_name, look) in &LOOKS[..4] {
            browser.look(*look);
            browser.open(&page_file(name, &html));
            browser.run(&axe);
            assert_eq!(browser.wait(ask), "", "{name}, {look_name}");
            browser.run(OPEN_ALL);
            assert_eq!(browser.wait(ask), "", "{name}, {look_name}, all open");
        }
    }
}

#[test]
fn five_thousand_runs_keep_within_the_budgets() {
    let Some(browser) = Browser::start() else { return };
    let html = many();
    let file = page_file("many", &html);
    browser.look(WIDE);
    browser.open(&file);
    let elements = browser.number("return document.querySelectorAll('*').length");
    let painted = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0";
    // The first page that a browser opens waits for the browser; the others are the page's own.
    let mut first_paint = f64::MAX;
    for _ in 0..3 {
        browser.open(&file);
        browser.wait("requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 200)))");
        first_paint = first_paint.min(browser.number(painted));
    }
    let memory = browser.tab_memory().unwrap_or_default() as f64 / 1e6;
    let _ = writeln!(
        std::io::stderr(),
        "5,000 runs: {} bytes, {elements} elements, {memory:.0} MB, first paint after {first_paint:.0} ms",
        html.len()
    );
    assert!(html.len() <= 1_500_000, "{} bytes", html.len());
    assert!(elements <= 6_000.0, "{elements} elements");
    assert!(memory <= 150.0, "{memory} MB");
    assert!(first_paint > 0.0 && first_paint <= 500.0, "{first_paint} ms");
}

#[test]
fn the_first_sheet_on_paper_is_one_page() {
    let Some(browser) = Browser::start() else { return };
    for (name, html) in [("pain", with_pain()), ("sample-log", of_log("sample-log")), ("care", pages::care())] {
        browser.open(&page_file(name, &html));
        fs::write(folder().join(format!("{name}.pdf")), browser.print()).unwrap();
        // A sheet that is taller than the paper would go on overleaf: 297 mm less the margins, at
        // 96 pixels an inch.
        browser.devtools("Emulation.setEmulatedMedia", &serde_json::json!({ "media": "print" }));
        browser.devtools(
            "Emulation.setDeviceMetricsOverride",
            &serde_json::json!({ "width": 688, "height": 1017, "deviceScaleFactor": 1, "mobile": false }),
        );
        let heights = browser.run("return [...document.querySelectorAll('.sheet')].map(sheet => sheet.offsetHeight)");
        for height in heights.as_array().unwrap().iter().filter_map(Value::as_f64) {
            assert!((400.0..=1017.0).contains(&height), "{name}: {heights}");
        }
        browser.screenshot(&folder().join(format!("{name}-print.png")));
    }
}
