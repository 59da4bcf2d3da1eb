//! What people who think in miles type, as the profile has it: in SI units, held to what can be.

use std::ops::RangeInclusive;

use kneewise_profile::human;

const METRES_PER_INCH: f64 = 0.0254;
const KG_PER_POUND: f64 = 0.453_592_37;
const KM_PER_MILE: f64 = 1.609_344;

/// Metres of a height such as `5'7"` or `5 7`.
pub fn height_m(typed: &str) -> Result<f64, String> {
    let numbers = typed.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|part| !part.is_empty());
    let numbers: Option<Vec<f64>> = numbers.map(|part| part.parse().ok()).collect();
    let inches = match numbers.as_deref() {
        Some([feet]) => Some(12.0 * feet),
        Some([feet, inches]) if *inches < 12.0 => Some(12.0 * feet + inches),
        _ => None,
    };
    let metres = inches.map(|inches| rounded(inches * METRES_PER_INCH, 1000.0));
    let metres = metres.filter(|metres| human::HEIGHT_M.contains(metres));
    metres.ok_or_else(|| format!("{typed} is not a height in feet and inches from 3'4\" to 7'6\", such as 5'7\""))
}

/// Kilograms of pounds.
pub fn mass_kg(typed: &str) -> Result<f64, String> {
    let (low, high) = (human::MASS_KG.start() / KG_PER_POUND, human::MASS_KG.end() / KG_PER_POUND);
    let pounds = number(typed, &(low.ceil()..=high.floor()), "pounds")?;
    Ok(rounded(pounds * KG_PER_POUND, 100.0))
}

/// Kilometres of miles that a pair of shoes may have.
pub fn km(typed: &str) -> Result<f64, String> {
    Ok(rounded(number(typed, &(0.0..=12_000.0), "miles")? * KM_PER_MILE, 100.0))
}

/// A pace per kilometre, such as `4:30`, of one per mile.
pub fn pace_per_km(typed: &str) -> Result<String, String> {
    let read = || {
        let (minutes, seconds) = typed.split_once(':')?;
        let (minutes, seconds): (u32, u32) = (minutes.trim().parse().ok()?, seconds.trim().parse().ok()?);
        let per_mile = minutes.checked_mul(60)?.checked_add(seconds).filter(|_| seconds < 60)?;
        let per_km = (f64::from(per_mile) / KM_PER_MILE).round() as u32;
        human::PACE_S_PER_KM.contains(&per_km).then(|| format!("{}:{:02}", per_km / 60, per_km % 60))
    };
    read().ok_or_else(|| {
        format!("{typed} is not a pace in minutes and seconds per mile from 3:14 to 33:46, such as 7:15")
    })
}

/// `5'7"`
pub fn height(metres: f64) -> String {
    let inches = (metres / METRES_PER_INCH).round();
    format!("{}'{}\"", (inches / 12.0).floor(), inches % 12.0)
}

/// `142 lb`
pub fn mass(kg: f64) -> String {
    format!("{:.0} lb", kg / KG_PER_POUND)
}

fn number(typed: &str, range: &RangeInclusive<f64>, unit: &str) -> Result<f64, String> {
    let number = typed.replace(',', ".").parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("{typed} is not a number of {unit} from {} to {}", range.start(), range.end()))
}

/// No more digits than were meant.
fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feet_pounds_and_paces_per_mile_are_held_to_what_can_be() {
        for typed in ["5'7\"", "5 7", "5 ft 7 in", "5’7”"] {
            assert_eq!(height_m(typed), Ok(1.702), "{typed}");
        }
        assert_eq!((height_m("6"), height_m("3'4"), height_m("7'6")), (Ok(1.829), Ok(1.016), Ok(2.286)));
        for slip in ["1.68", "168", "5'12", "3'3", "7'7", "", "x", "5 7 1"] {
            assert!(height_m(slip).is_err(), "{slip}");
        }
        assert_eq!((mass_kg("142"), mass_kg("56"), mass_kg("551")), (Ok(64.41), Ok(25.4), Ok(249.93)));
        assert!(mass_kg("55").is_err() && mass_kg("552").is_err() && mass_kg("nan").is_err());
        assert_eq!(
            (height(1.702).as_str(), height(1.829).as_str(), mass(64.41).as_str()),
            ("5'7\"", "6'0\"", "142 lb")
        );
        assert_eq!(pace_per_km("7:15").as_deref(), Ok("4:30"));
        assert!(pace_per_km("3:14").is_ok() && pace_per_km("33:46").is_ok());
        for slip in ["3:10", "33:50", "7:60", "7", "7.15"] {
            assert!(pace_per_km(slip).is_err(), "{slip}");
        }
        assert_eq!(km("500"), Ok(804.67));
    }
}
