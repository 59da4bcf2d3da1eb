//! kneewise-parquet: columns of a training log as an Apache Parquet file.
//!
//! ```
//! use jiff::civil::Weekday;
//! use kneewise_core::measure::metric::DISTANCE;
//! use kneewise_core::{Run, TrainingLog, columns};
//! use kneewise_read::time::Timestamp;
//!
//! let start = Timestamp::from_unix_s(1_772_350_200).expect("in range");
//! let run = Run::summary(start, Some(0), &[(&DISTANCE, 5000.0)]);
//! let as_of = run.local_date;
//! let log = TrainingLog::new(vec![run], as_of, Weekday::Monday);
//! let mut file = Vec::new();
//! kneewise_parquet::write(&columns::runs(&log), &mut file)?;
//! assert!(file.starts_with(b"PAR1"));
//! # Ok::<(), kneewise_parquet::ParquetError>(())
//! ```
//!
//! Dates are `DATE`, instants `TIMESTAMP(MILLIS, UTC)`, counts unsigned, and a missing number is
//! null. The key `unit.NAME` of the file's metadata has the unit of each column of numbers.

use std::io::Write;
use std::sync::Arc;

use jiff::civil::Date;
use kneewise_core::columns::{Column, Values};
use kneewise_read::time::DateExt;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError as Failed;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ParquetError {
    /// The stream failed, or the columns make no file; the text says why.
    #[error("Parquet: {0}")]
    Write(String),
}

/// Writes columns of equal length as a Parquet file of one row group, compressed by Snappy.
///
/// # Errors
/// [`ParquetError::Write`] when the stream fails, or a column is longer than another.
pub fn write(columns: &[Column], out: impl Write + Send) -> Result<(), ParquetError> {
    written(columns, out).map_err(|error| ParquetError::Write(error.to_string()))
}

/// Writes the file; the crate's own error says why not.
fn written(columns: &[Column], out: impl Write + Send) -> parquet::errors::Result<()> {
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder("kneewise").with_fields(fields).build()?;
    let units = columns.iter().filter_map(|column| {
        let unit = column.unit?;
        Some(KeyValue::new(format!("unit.{}", column.name), unit.symbol().to_owned()))
    });
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("kneewise ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(units.collect()))
        .build();
    let mut file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    for column in columns {
        write_column(&column.values, &mut group)?;
    }
    group.close()?;
    file.close()?;
    Ok(())
}

/// The schema of one column.
fn field(column: &Column) -> parquet::errors::Result<TypePtr> {
    let count = LogicalType::integer(32, false);
    let instant = LogicalType::timestamp(true, TimeUnit::MILLIS);
    let (physical, logical) = match &column.values {
        Values::Texts(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Values::Counts(_) => (Physical::INT32, Some(count)),
        Values::Dates(_) => (Physical::INT32, Some(LogicalType::Date)),
        Values::InstantsMs(_) => (Physical::INT64, Some(instant)),
        Values::Flags(_) => (Physical::BOOLEAN, None),
        _ => (Physical::DOUBLE, None),
    };
    let is_optional = matches!(column.values, Values::Numbers(_));
    let repetition = if is_optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_logical_type(logical)
        .with_repetition(repetition)
        .build()?;
    Ok(Arc::new(field))
}

fn write_column<W: Write + Send>(
    values: &Values,
    group: &mut SerializedRowGroupWriter<'_, W>,
) -> parquet::errors::Result<()> {
    let Some(mut writer) = group.next_column()? else { return Ok(()) };
    match values {
        Values::Texts(texts) => {
            let texts: Vec<ByteArray> = texts.iter().map(|text| text.as_str().into()).collect();
            writer.typed::<ByteArrayType>().write_batch(&texts, None, None)?;
        }
        Values::Numbers(numbers) => {
            let known: Vec<f64> = numbers.iter().copied().flatten().collect();
            let levels: Vec<i16> = numbers.iter().map(|number| i16::from(number.is_some())).collect();
            writer.typed::<DoubleType>().write_batch(&known, Some(&levels), None)?;
        }
        Values::Counts(counts) => {
            let counts: Vec<i32> = counts.iter().map(|n| *n as i32).collect();
            writer.typed::<Int32Type>().write_batch(&counts, None, None)?;
        }
        Values::Dates(dates) => {
            let days: Vec<i32> = dates.iter().map(|date| date.days_since(Date::ZERO_EPOCH) as i32).collect();
            writer.typed::<Int32Type>().write_batch(&days, None, None)?;
        }
        Values::InstantsMs(instants) => {
            writer.typed::<Int64Type>().write_batch(instants, None, None)?;
        }
        Values::Flags(flags) => {
            writer.typed::<BoolType>().write_batch(flags, None, None)?;
        }
        _ => return Err(Failed::General("a kind of column that has no type here".to_owned())),
    }
    writer.close()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};
    use kneewise_core::measure::metric::{DISTANCE, METRICS};
    use kneewise_core::{Run, TrainingLog, columns};
    use kneewise_read::time::Timestamp;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    fn log() -> TrainingLog {
        let run = |time: &str, values: &[_]| {
            let (start, offset) = Timestamp::parse_iso8601(time).expect("a time");
            Run::summary(start, offset, values)
        };
        let known = run("2026-03-01T23:30:00+01:00", &[(&DISTANCE, 5000.0)]);
        let unknown = run("2026-03-03T07:00:00+01:00", &[]);
        TrainingLog::new(vec![known, unknown], date(2026, 3, 4), Weekday::Monday)
    }

    fn read(columns: &[Column]) -> SerializedFileReader<bytes::Bytes> {
        let mut file = Vec::new();
        write(columns, &mut file).expect("written");
        SerializedFileReader::new(bytes::Bytes::from(file)).expect("a Parquet file")
    }

    #[test]
    fn every_metric_is_a_column_and_missing_is_null() {
        let file = read(&columns::runs(&log()));
        let rows: Vec<_> = file.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect();
        let value = |row: usize, name: &str| {
            let (_, field) = rows[row].get_column_iter().find(|(known, _)| *known == name).expect("a column");
            field.clone()
        };
        assert!(METRICS.iter().all(|metric| matches!(value(1, metric.id), Field::Null)));
        assert_eq!(value(0, "distance_m"), Field::Double(5000.0));
        assert_eq!(value(0, "start"), Field::TimestampMillis(1_772_404_200_000));
        assert_eq!(value(0, "local_date"), Field::Date(20_513));
        assert_eq!(value(0, "sport"), Field::Str("running".to_owned()));
    }

    #[test]
    fn units_stand_in_the_metadata() {
        let file = read(&columns::runs(&log()));
        let known = file.metadata().file_metadata().key_value_metadata().expect("metadata").clone();
        let unit = |name: &str| known.iter().find(|pair| pair.key == name).and_then(|pair| pair.value.clone());
        assert_eq!(unit("unit.distance_m").as_deref(), Some("m"));
        assert_eq!(unit("unit.sport"), None);
    }

    #[test]
    fn days_are_dense_and_weeks_have_a_row_each() {
        assert_eq!(read(&columns::days(&log())).metadata().file_metadata().num_rows(), 4);
        assert_eq!(read(&columns::weeks(&log())).metadata().file_metadata().num_rows(), 2);
    }
}
