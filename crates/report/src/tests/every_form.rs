//! What holds for every form of a report, one added tomorrow too.

use kneewise_core::report::FOOTER;

use super::{AS_OF, document, report, runs};
use crate::{Detail, FORMATS, TextStyle, format_of_extension, format_of_name, render};

#[test]
fn every_form_closes_with_the_footer_and_knows_its_own_results() {
    let report = report(runs(), AS_OF);
    for format in FORMATS {
        for detail in [Detail::Brief, Detail::Full] {
            let text = render(&document(&report, detail), format, &TextStyle::default()).expect("renders");
            let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(one_line.contains(FOOTER), "{format:?}, {detail:?}");
            let is_ours = |(begin, further): &(&str, &str)| text.starts_with(begin) && text.contains(further);
            assert!(format.marks.iter().any(is_ours), "{format:?}, {detail:?}: {:?}", &text[..60]);
        }
    }
}

#[test]
fn a_form_is_found_by_its_names_and_by_the_ends_of_its_files() {
    for format in FORMATS {
        assert!(std::iter::once(&format.name).chain(format.aliases).all(|name| format_of_name(name) == Some(*format)));
        assert!(format.extensions.iter().all(|end| format_of_extension(&end.to_uppercase()) == Some(*format)));
    }
    assert!(format_of_name("pdf").is_none() && format_of_extension("docx").is_none());
}
