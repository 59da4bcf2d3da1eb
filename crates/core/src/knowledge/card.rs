//! Gives both sides of statements of the article that studies do not support.

use serde::ser::SerializeStruct;

use crate::doc::documented;
use crate::knowledge::reference::{
    self, ALENTORN_GELI_2017, DUBOIS_2020, LEPPANEN_2024, LO_2018, MALISOUX_2013, MALISOUX_2016, MALISOUX_2020,
    NIELSEN_2014_FEET, RELPH_2022, Reference, THEISEN_2014, WILLEMS_2021, YEUNG_2011,
};
use crate::log::TrainingLog;
use crate::runner::Runner;

/// A statement that many runners have heard, and what studies found.
#[derive(Debug)]
#[non_exhaustive]
pub struct Card {
    /// The stable name in data.
    pub id: &'static str,
    /// What is said, in a few words.
    pub name: &'static str,
    /// Both sides in a sentence or two, for a report.
    pub short: &'static str,
    /// The publications.
    pub references: &'static [&'static Reference],
    /// Whether it belongs in the report of a runner.
    pub belongs: fn(&TrainingLog, &Runner) -> bool,
    /// The manual page, in Markdown.
    pub doc: &'static str,
}

/// Every card, in the order in which reports show them.
pub static CARDS: &[&Card] = &[&STRETCHING, &OVERPRONATION, &ARCH_SUPPORT, &ICE, &ARTHRITIS];

impl serde::Serialize for Card {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut card = serializer.serialize_struct("Card", 4)?;
        card.serialize_field("id", self.id)?;
        card.serialize_field("name", self.name)?;
        card.serialize_field("text", self.short)?;
        card.serialize_field("sources", &reference::shorts(self.references))?;
        card.end()
    }
}

impl Card {
    /// The manual page as Markdown.
    pub fn manual_page(&self) -> String {
        let Self { id, name, .. } = self;
        format!("# {name} (`{id}`)\n\n{}", crate::doc::page(self.doc))
    }
}

fn always(_: &TrainingLog, _: &Runner) -> bool {
    true
}

fn where_it_hurts(log: &TrainingLog, runner: &Runner) -> bool {
    runner.diary.of_last(90, log.as_of()).iter().any(|entry| entry.knee_pain().is_some_and(|pain| pain > 0))
}

fn from_forty_five(log: &TrainingLog, runner: &Runner) -> bool {
    runner.age_on(log.as_of()).is_some_and(|age| age >= 45)
}

documented! {
    /// **What is said**: stretching before and after running keeps runners from injuries. The
    /// article says so, and most runners were taught it.
    ///
    /// **What research found**: a Cochrane review put six trials with 5,130 people together (Yeung
    /// 2011). Those who stretched had 0.85 times as many injuries of the leg, with a 95% confidence
    /// interval from 0.65 to 1.12. The difference may be chance. Its summary gives no absolute
    /// numbers. In a trial of 325 beginners (Leppänen 2024) stretching was the programme that hip
    /// and core training did better than.
    ///
    /// **For it**: it does no harm, many runners like it, and it makes people more flexible, which
    /// is its purpose. A slow start of a run is something else: see `warm_up_speed_percent`.
    ///
    /// **What kneewise does**: nothing is flagged, whether you stretch or not.
    pub static STRETCHING: Card {
        id: "stretching",
        name: "\u{201c}Stretching before and after keeps injuries away\u{201d}",
        short: "In six trials with 5,130 people, those who stretched had 0.85 times as many leg injuries (95% CI 0.65–1.12; no absolute numbers). \
            The difference may be chance. Stretching does no harm; stretch if you like it.",
        references: &[&YEUNG_2011, &LEPPANEN_2024],
        belongs: always,
    }
}

documented! {
    /// **What is said**: feet that roll inward too far (overpronation) strain the inner side of the
    /// knee. The article names it first among the causes.
    ///
    /// **What research found**: 927 beginners, 1,854 feet, ran in neutral shoes for a year (Nielsen
    /// 2014 (feet)). Those whose feet roll inward were not injured more; over 1,000 km they were
    /// injured less. No study was found that shows a strain of the inner ligament by it.
    ///
    /// **For it**: in a blinded trial with 372 runners (Malisoux 2016), those whose feet roll
    /// inward had, in standard shoes, 1.80 times the rate of injuries (95% CI 1.01–3.22) of those
    /// with neutral feet. Shoes with motion control were linked to 0.34 times the rate (0.13–0.84)
    /// in those whose feet roll inward, with no clear difference in the others. In all, 93 of the
    /// 372 were injured. Injuries ascribed to rolling inward had 0.41 times the rate with motion
    /// control (0.17–0.98; Willems 2021). None of it is about the knee alone.
    ///
    /// **What kneewise does**: no watch sees the foot, but pods on the shoe do. With pods the
    /// report shows the two sides and changes from your usual (`pronation-change`), never a label.
    pub static OVERPRONATION: Card {
        id: "overpronation",
        name: "\u{201c}Overpronation strains the inner knee\u{201d}",
        short: "Among 927 beginners in neutral shoes, those whose feet roll inward were not injured more often in a year. In a trial of \
            372 runners (93 injured) they were, in standard shoes: 1.80 times the rate of runners with neutral feet (95% CI 1.01–3.22).",
        references: &[&NIELSEN_2014_FEET, &MALISOUX_2016, &WILLEMS_2021],
        belongs: always,
    }
}

documented! {
    /// **What is said**: shoes that support the arch spread the weight and help everyone's knees.
    ///
    /// **What research found**: the only trial in favour of support (Malisoux 2016, 372 runners)
    /// found it for feet that roll inward only: 0.34 times the rate of injuries (95% CI 0.13–0.84)
    /// there, 0.78 times (0.44–1.37) in neutral ones. In all, 93 of the 372 were injured. Runners
    /// with pronated feet in standard shoes were injured 1.80 times as often as those with neutral
    /// feet (1.01–3.22). Injuries ascribed to rolling inward had 0.41 times the rate with motion
    /// control (0.17–0.98; Willems 2021). A Cochrane review of running shoes (Relph 2022) calls the
    /// certainty of all of it low.
    ///
    /// **What else is known about shoes**: of 848 runners (Malisoux 2020), those in hard shoes had
    /// 1.52 times the rate of injuries (1.07–2.16; 74 of 420, 17.6%) of those in soft ones (54 of
    /// 428, 12.6%; counts known from texts about it), most of all the lighter runners. In an
    /// earlier trial with 247 (Theisen 2014), whose shoes differed less in hardness (by 15%), there
    /// was no clear difference (0.92 times, 0.57–1.48). Of 264 (Malisoux 2013; 87 injured in 22
    /// weeks), those who wore several pairs in turn had 0.61 times (0.39–0.97) the rate.
    ///
    /// **What kneewise does**: it counts the kilometres and the age of your shoes and reports
    /// abrupt changes. It recommends no kind.
    pub static ARCH_SUPPORT: Card {
        id: "arch-support",
        name: "\u{201c}Arch support helps everyone\u{201d}",
        short: "In a trial with 372 runners, motion-control shoes were linked to fewer injuries in feet that roll inward, with no clear \
            difference in others. Soft shoes were linked to fewer than hard ones in a trial with 848. A trial with 247 found no clear difference.",
        references: &[&MALISOUX_2013, &MALISOUX_2016, &MALISOUX_2020, &THEISEN_2014, &WILLEMS_2021, &RELPH_2022],
        belongs: always,
    }
}

documented! {
    /// **What is said**: ice for 15 to 20 minutes, several times a day, and heat for stiff muscles,
    /// heal a sore knee.
    ///
    /// **What research found**: both ease soreness for a while. Faster healing was not shown for
    /// either. Guidance for soft-tissue injuries from 2020 (Dubois 2020, "PEACE and LOVE")
    /// questions routine ice and puts load and movement first.
    ///
    /// **For it**: if it feels good you may use it. Put a cloth between ice and skin, for at most
    /// 15 to 20 minutes. Use neither ice nor heat on numb skin or with circulation problems, and no
    /// heat on a joint that is hot or swollen.
    ///
    /// **What kneewise does**: nothing. The care of your knee is between you and a professional.
    pub static ICE: Card {
        id: "ice",
        name: "\u{201c}Ice heals a sore knee\u{201d}",
        short: "Ice and heat ease soreness for a while. Faster healing was not shown. Put a cloth between ice and skin, for 15 to 20 \
            minutes, and never use ice on numb skin or with circulation problems.",
        references: &[&DUBOIS_2020],
        belongs: where_it_hurts,
    }
}

documented! {
    /// **What is said**: arthritis is behind inner knee pain, and running wears the knees out. The
    /// article says the first; many runners have heard the second.
    ///
    /// **What research found**: a summary of studies found worn hips and knees in 3.5% of
    /// recreational runners, 10.2% of people who do not run and 13.3% of competitive runners
    /// (Alentorn-Geli 2017, known from texts about it). Among people of at least 50 who already had
    /// it in the knee (Lo 2018), those who ran did not have more new pain (odds 0.9 times, 95% CI
    /// 0.6–1.6). Those in pain lost it rather more often (1.7 times, 1.0–2.8). The texts that were
    /// read give no number of people and no absolute numbers.
    ///
    /// **Limits**: people who run may differ from people who do not in weight and much else.
    /// Arthritis becomes more common from about 45 or 50 years on. Only a professional can say
    /// whether a knee has it.
    ///
    /// **What kneewise does**: nothing is flagged by age.
    pub static ARTHRITIS: Card {
        id: "arthritis",
        name: "\u{201c}Running wears the knees out\u{201d}",
        short: "Studies (known from texts about them) found worn hips and knees in 3.5% of recreational runners, 13.3% of competitive \
            ones and 10.2% of people who do not run. Many people with arthritis keep running; ask a professional about yours.",
        references: &[&ALENTORN_GELI_2017, &LO_2018],
        belongs: from_forty_five,
    }
}

#[cfg(test)]
mod tests {
    use super::CARDS;

    #[test]
    fn every_card_tells_both_sides_and_its_sources() {
        for card in CARDS {
            // A line may break within a name.
            let doc = card.doc.split_whitespace().collect::<Vec<_>>().join(" ");
            for part in ["**What is said**", "**What research found**", "**What kneewise does**"] {
                assert!(doc.contains(part), "{}: {part}", card.id);
            }
            assert!(
                doc.contains("**For it**") || doc.contains("**Limits**") || doc.contains("**What else"),
                "{}",
                card.id
            );
            for reference in card.references {
                assert!(doc.contains(reference.short), "{}: {reference}", card.id);
            }
            assert!(card.short.len() < 300, "{}: {}", card.id, card.short.len());
        }
    }
}
