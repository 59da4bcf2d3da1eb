//! FIT: its sequences, and their messages one by one.

mod named;
mod raw;
mod walk;

use kneewise_read::fit::protocol::{Checksum, Ending, Extent, Header};
use serde::{Serialize, Serializer};

use crate::count::Counts;
use crate::note::Note;
use crate::value::Value;
use named::{Descriptions, Namer};
use walk::{Item, Walk};

pub(crate) use named::message_name;

/// A data message.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Message {
    /// Its name, as `record`, or `unknown_` and its number.
    pub kind: String,
    /// Its number in the FIT profile.
    pub number: u16,
    /// Where its header byte stands in the file.
    pub offset: usize,
    /// What it holds, without fields that say "no value".
    pub fields: Vec<Field>,
    /// What kept some of its fields from having the profile's names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// One field of a message.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Field {
    pub name: String,
    pub number: u8,
    /// The developer data index of a field that an app or a pod added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub developer: Option<u8>,
    pub value: Value,
    /// Empty for a plain number or code.
    pub units: String,
}

/// A FIT file, looked over once.
pub(crate) struct Fit<'a> {
    bytes: &'a [u8],
    sequences: Vec<Sequence>,
    /// What the header of each sequence says, and whether that is so.
    pub outlines: Vec<Outline>,
    /// How many data messages there are of each number.
    pub counts: Counts<u16>,
    /// How many definition messages there are.
    pub definitions: usize,
    /// What is wrong with the file.
    pub notes: Vec<Note>,
    /// How many places may still be looked at in search of sound messages.
    tries: usize,
}

/// What the header of a sequence says, and whether that is so.
#[derive(Debug, Serialize)]
pub(crate) struct Outline {
    /// Where the header begins in the file.
    pub offset: usize,
    pub header_size: usize,
    #[serde(serialize_with = "as_word")]
    pub header_checksum: Checksum,
    pub protocol: String,
    pub profile: String,
    /// Bytes of messages, as the header has it.
    pub declared: usize,
    /// Bytes of messages that there are.
    pub present: usize,
    #[serde(serialize_with = "as_word")]
    pub checksum: Checksum,
}

/// One header with its messages.
struct Sequence {
    /// Where its messages begin and end in the file.
    from: usize,
    to: usize,
    descriptions: Descriptions,
    /// The tries that were left when it was looked over.
    tries: usize,
}

/// Places of damage that are named; after them they are only counted.
const MAX_PLACES: usize = 20;

impl<'a> Fit<'a> {
    /// Returns whether the bytes begin as a FIT file does.
    pub fn is(bytes: &[u8]) -> bool {
        Header::parse(bytes).is_some()
    }

    /// Looks over the bytes of a file: where its sequences and messages lie.
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut fit = Self {
            bytes,
            sequences: Vec::new(),
            outlines: Vec::new(),
            counts: Counts::default(),
            definitions: 0,
            notes: Vec::new(),
            tries: kneewise_read::fit::protocol::damage::tries(bytes.len()),
        };
        let mut at = 0;
        while let Some(header) = Header::parse(&bytes[at..]) {
            at = fit.sequence(at, header);
            let rest = &bytes[at..];
            if rest.iter().all(|byte| *byte == 0) {
                if !rest.is_empty() {
                    fit.notes.push(Note::remark(format!("{} bytes of 0 from byte {at} on", rest.len())));
                }
                break;
            }
            let next = Header::find(rest).unwrap_or(rest.len());
            if next > 0 {
                fit.damage(format!("{next} bytes from byte {at} on are not FIT"));
            }
            at += next;
        }
        fit
    }

    fn damage(&mut self, text: String) {
        self.notes.push(Note::damage(text));
    }

    /// Takes in the sequence at `start`; returns where the next one begins.
    fn sequence(&mut self, start: usize, header: Header) -> usize {
        let extent = Extent::of(&self.bytes[start..], &header);
        let [from, to, end] = [extent.messages.start, extent.messages.end, extent.end].map(|at| start + at);
        if header.claims_nonsense() {
            let claimed = header.claimed_size;
            self.damage(format!("the header at byte {start} claims to have {claimed} bytes; it has 12 or 14"));
        }
        match extent.ending {
            Ending::Whole => {}
            Ending::WrongChecksum => {
                self.damage(format!("the checksum at byte {to} does not match what is before it"));
            }
            Ending::NoSize(_) => {
                self.damage(format!("the header at byte {start} declares no data; shown to the end of the file"));
            }
            Ending::SizeTooSmall(_) => {
                let text = format!("the header at byte {start} declares less data than there is; shown to the end");
                self.damage(text);
            }
            Ending::CutOff(missing) => {
                self.damage(format!("the file is cut off: {missing} bytes are missing at its end"));
            }
        }
        if header.checksum == Checksum::Wrong {
            self.damage(format!("the header at byte {start} does not match its own checksum"));
        }
        self.outlines.push(Outline {
            offset: start,
            header_size: header.size,
            header_checksum: header.checksum,
            protocol: format!("{}.{}", header.protocol >> 4, header.protocol & 0xF),
            profile: format!("{}.{:02}", header.profile / 100, header.profile % 100),
            declared: header.data_size,
            present: to - from,
            checksum: extent.checksum(),
        });
        let tries = self.tries;
        let descriptions = self.look_over(from, to);
        self.sequences.push(Sequence { from, to, descriptions, tries });
        end
    }

    /// Counts messages and gathers the descriptions of developer fields, of which some watches
    /// write the use before the description.
    fn look_over(&mut self, from: usize, to: usize) -> Descriptions {
        let mut descriptions = Descriptions::new();
        let mut lost = Vec::new();
        let mut walk = Walk::new(&self.bytes[from..to], self.tries);
        for step in &mut walk {
            match step.item {
                Item::Definition => self.definitions += 1,
                Item::Data(definition) => {
                    self.counts.add(definition.message);
                    if definition.message == named::FIELD_DESCRIPTION {
                        let body = &self.bytes[from + step.at + 1..from + step.at + step.len];
                        if let Some((key, described)) = named::description(&definition, body) {
                            descriptions.entry(key).or_insert(described);
                        }
                    }
                }
                Item::Lost(problem) => lost.push((from + step.at, step.len, problem)),
            }
        }
        self.tries = walk.tries();
        for (at, len, problem) in lost.iter().take(MAX_PLACES) {
            self.damage(format!("{len} bytes at byte {at} are no message: {problem}"));
        }
        if lost.len() > MAX_PLACES {
            let more = &lost[MAX_PLACES..];
            let bytes: usize = more.iter().map(|(_, len, _)| len).sum();
            self.damage(format!("{} more such places, of {bytes} bytes in all", more.len()));
        }
        descriptions
    }

    /// Returns all data messages, in the order of the file.
    pub fn messages(&self) -> impl Iterator<Item = Message> {
        self.sequences.iter().flat_map(|sequence| {
            let mut namer = Namer::new(sequence.descriptions.clone());
            let data = &self.bytes[sequence.from..sequence.to];
            Walk::new(data, sequence.tries).filter_map(move |step| match step.item {
                Item::Data(definition) => {
                    let body = &data[step.at + 1..step.at + step.len];
                    let (fields, problem) = namer.read(data[step.at], &definition, body);
                    Some(Message {
                        kind: message_name(definition.message),
                        number: definition.message,
                        offset: sequence.from + step.at,
                        fields,
                        problem,
                    })
                }
                Item::Definition | Item::Lost(_) => None,
            })
        })
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over so")]
fn as_word<S: Serializer>(checksum: &Checksum, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match checksum {
        Checksum::Right => "ok",
        Checksum::Wrong => "wrong",
        Checksum::Missing => "missing",
    })
}
