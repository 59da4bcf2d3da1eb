//! The FIT protocol, for all who read FIT files: headers and checksums, which bytes belong to a
//! recording, definitions, base types, and where sound messages begin again behind damage.
//!
//! Follows the FIT protocol (Garmin, "Flexible and Interoperable Data Transfer Protocol") where
//! files do, and the files where they do not. What messages and fields mean is the FIT profile's
//! matter and not known here.
//!
//! ```
//! use kneewise_read::fit::protocol::{Definition, Kind};
//! // Local type 3: message 20, one field: number 3 (a heart rate), one byte, base type 2.
//! let bytes = [0x43, 0, 0, 20, 0, 1, 3, 1, 2];
//! assert_eq!(Kind::of(bytes[0]), Kind::Definition { local: 3, developer: false });
//! let (definition, used) = Definition::parse(&bytes[1..], false).expect("it is whole");
//! assert_eq!((definition.message, definition.body_size, used), (20, 1, 8));
//! let field = definition.fields[0];
//! assert_eq!(field.base_type.map(|base_type| base_type.read(&[142], false)), Some(142.0));
//! ```

mod base_type;
mod crc;
pub mod damage;
mod definition;
mod extent;
mod header;
mod sound;
mod time;

pub use base_type::BaseType;
pub use crc::crc16;
pub use definition::{Definition, DeveloperFieldDefinition, FieldDefinition, Kind, RECORD};
pub use extent::{Ending, Extent};
pub use header::{Checksum, Header};
pub use sound::{Shape, Shapes, looks_sound};
pub use time::{EPOCH_UNIX_S, MAX_JUMP_S, TIMESTAMP, count_on};
