use proptest::prelude::*;
use quick_xml::events::Event as Theirs;

use super::*;
use crate::xml::text::plain;

/// The events in a short writing: `name(`, `name:text`, `)name`.
fn events(document: &str) -> Vec<String> {
    let mut scanner = Scanner::new(document.as_bytes());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut out = Vec::new();
    while let Some(event) = scanner.next() {
        out.push(match event {
            Event::Open(tag) => format!("{}(", text(tag.name)),
            Event::Leaf(tag, inner) => format!("{}:{}", text(tag.name), text(&plain(inner))),
            Event::Close(name) => format!("){}", text(name)),
        });
    }
    out
}

fn faults(document: &str) -> Faults {
    let mut scanner = Scanner::new(document.as_bytes());
    while scanner.next().is_some() {}
    scanner.into_faults()
}

#[test]
fn elements_come_one_after_the_other() {
    let document =
        "\n<?xml version='1.0'?><!-- by hand --><x:gpx a='1>0'><trk>\n<n>a</n ><e/><m b=\"1\"></m></trk></x:gpx>\n";
    assert_eq!(events(document), ["gpx(", "trk(", "n:a", "e:", "m:", ")trk", ")gpx"]);
    assert_eq!(faults(document), Faults::default());
}

#[test]
fn attributes_are_found_by_name() {
    let document = "<a x:lat = '1' lon=\"2 > 1\" lon2=3 lat='4'/>";
    let Some(Event::Leaf(tag, _)) = Scanner::new(document.as_bytes()).next() else { panic!("a leaf") };
    assert_eq!(tag.attribute(b"lat"), Some(b"4".as_slice()));
    assert_eq!(tag.attribute(b"lon"), Some(b"2 > 1".as_slice()));
    assert_eq!(tag.attribute(b"lon2"), None, "a value without quotation marks");
}

#[test]
fn a_broken_place_costs_only_itself() {
    for (broken, expected) in [
        ("<a><b>1</b><tim<c>2</c></a>", vec!["a(", "b:1", "c:2", ")a"]),
        ("<a><b>1</b><tim 2</tim><c>2</c></a>", vec!["a(", "b:1", ")tim", "c:2", ")a"]),
        ("<a><b>1</b><c>2</d><e>3</e></a>", vec!["a(", "b:1", "c:2", "e:3", ")a"]),
        ("<a><b>1</b></q><e>3</e></a>", vec!["a(", "b:1", ")q", "e:3", ")a"]),
        ("<a><b>1</b><c x='1><d>2</d></c></a>", vec!["a(", "b:1", "c(", "d:2", ")c", ")a"]),
        ("<a><b>1</b><c>1 < 2</c><d>2</d></a>", vec!["a(", "b:1", "c:1 < 2", "d:2", ")a"]),
        ("<a><b>1</b><!-- <d>2</d></a>", vec!["a(", "b:1", "d:2", ")a"]),
        ("<a><b>1</b><c><d>2</d></a>", vec!["a(", "b:1", "c(", "d:2", ")a"]),
    ] {
        assert_eq!(events(broken), expected, "{broken}");
        let faults = faults(broken);
        assert_eq!((faults.places, faults.is_cut), (1, false), "{broken}: {faults:?}");
        assert!(faults.first.is_some_and(|(at, _)| at >= 11), "{broken}: {faults:?}");
    }
}

#[test]
fn a_document_that_ends_too_early_is_cut_and_not_broken() {
    let whole = "<a><b x='1'>1</b><!-- c --></a>";
    for end in 1..whole.len() {
        let faults = faults(&whole[..end]);
        // Within a comment nobody knows whether its end is to come.
        if !(21..27).contains(&end) {
            assert!(faults.is_cut && faults.places == 0, "{}: {faults:?}", &whole[..end]);
        }
    }
}

#[test]
fn a_document_type_may_name_a_schema_and_define_no_entities() {
    for harmless in [
        "<!DOCTYPE gpx><gpx/>",
        "<!DOCTYPE gpx SYSTEM \"http://example.org/gpx>.dtd\"><gpx/>",
        "<!DOCTYPE gpx [ <!ELEMENT gpx (#PCDATA)> ]><gpx/>",
    ] {
        assert_eq!(events(harmless), ["gpx:"], "{harmless}");
        assert_eq!(faults(harmless), Faults::default());
    }
    let bomb = "<!DOCTYPE gpx [<!ELEMENT gpx ANY><!ENTITY a 'b'>]><gpx>&a;</gpx>";
    assert_eq!(events(bomb), [""; 0]);
    assert_eq!(faults(bomb).defines_entities, Some(33));
}

#[test]
fn depth_costs_no_memory() {
    let deep = "<a>".repeat(1000) + &"</a>".repeat(1000);
    let mut scanner = Scanner::new(deep.as_bytes());
    while scanner.next().is_some() {
        assert!(scanner.open.len() <= MOST_OPEN);
    }
}

#[test]
fn no_repetition_costs_more_than_its_length() {
    for piece in
        ["<!--", "<![CDATA[", "<!DOCTYPE[", "<!DOCTYPE'", "<?", "<", "<a ", "<a x='", "</", "<a><!--", "&", "<a>&"]
    {
        // A walk that looked to the end from each of these places would take minutes.
        let document = "<a>".to_owned() + &piece.repeat(1 << 20);
        assert!(events(&document).len() <= 2 << 20, "{piece}");
        plain(document.as_bytes());
    }
}

/// What quick-xml says of a document, in the same writing.
fn their_events(document: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(document);
    let mut out: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut is_leaf = false;
    loop {
        match reader.read_event().expect("well-formed") {
            Theirs::Start(tag) => {
                out.push(format!("{}(", tag.local_name().as_ref()));
                text.clear();
                is_leaf = true;
            }
            Theirs::Empty(tag) => {
                out.push(format!("{}:", tag.local_name().as_ref()));
                is_leaf = false;
            }
            Theirs::End(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                if is_leaf {
                    out.pop();
                    out.push(format!("{name}:{text}"));
                } else {
                    out.push(format!("){name}"));
                }
                is_leaf = false;
            }
            Theirs::Text(piece) => text.push_str(&piece),
            Theirs::CData(piece) => text.push_str(&piece),
            Theirs::GeneralRef(reference) => text.push_str(match &*reference {
                "amp" => "&",
                "lt" => "<",
                "#233" => "é",
                other => panic!("{other}"),
            }),
            Theirs::Eof => return out,
            _ => {}
        }
    }
}

/// A document of nested elements in every manner of writing.
fn document() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["a", "gpxtpx:hr", "trkpt", "n-1.x", "été"]);
    let attributes = prop::sample::select(vec!["", " x='1'", " x = \"a'b\" y='>'", "\n\tlat='1'  ", " e=''"]);
    let text = prop::collection::vec(
        prop::sample::select(vec![
            "1.5",
            " ",
            "\r\n",
            "&amp;",
            "&lt;",
            "&#233;",
            "ü > y",
            "<!-- <b> -->",
            "<![CDATA[<c>]]>",
            "<?do <it?>",
        ]),
        0..4,
    )
    .prop_map(|pieces| pieces.concat());
    let leaf = (name.clone(), attributes.clone(), text.clone(), prop::bool::ANY).prop_map(
        |(name, attributes, text, empty)| {
            if empty { format!("<{name}{attributes}/>") } else { format!("<{name}{attributes}>{text}</{name} >") }
        },
    );
    let element = leaf.prop_recursive(4, 32, 5, move |inner| {
        (name.clone(), attributes.clone(), prop::collection::vec((text.clone(), inner), 1..5)).prop_map(
            |(name, attributes, inner)| {
                let inner: String = inner.into_iter().map(|(text, element)| text + &element).collect();
                format!("<{name}{attributes}>{inner}</{name}>")
            },
        )
    });
    element.prop_map(|element| format!("<?xml version=\"1.0\"?>\n{element}\n"))
}

proptest! {
    /// The same elements and texts as quick-xml finds, and nothing to complain of.
    #[test]
    fn agrees_with_quick_xml(document in document()) {
        prop_assert_eq!(events(&document), their_events(&document));
        prop_assert_eq!(faults(&document), Faults::default());
    }

    /// Whatever the bytes, the walk ends, and every place that it tells of lies within them.
    #[test]
    fn survives_anything(pieces in prop::collection::vec(prop::sample::select(vec![
        "<", ">", "/", "a", "b", "</a>", "<a>", "<a x='", "'", "\"", "=", " ", "<!--", "-->", "<![CDATA[", "]]>", "<?",
        "?>", "<!DOCTYPE", "[", "]", "&", "&#x;", ";", ":", "é", "\0", "<!",
    ]), 0..40)) {
        let document = pieces.concat();
        let mut scanner = Scanner::new(document.as_bytes());
        let mut events = 0;
        while scanner.next().is_some() {
            events += 1;
        }
        prop_assert!(events <= document.len());
        let faults = scanner.into_faults();
        prop_assert!(faults.lost_bytes <= document.len(), "{:?}", faults);
        prop_assert!(faults.first.is_none_or(|(at, _)| at < document.len()), "{:?}", faults);
    }
}
