//! Monotony and strain: Foster et al. 2001, and figures of other public unit tests.

use kneewise_core::load::monotony::{monotony, standard_deviation};
use kneewise_core::load::{Answer, Convention, Deviation, KNEEWISE, MONOTONY, STRAIN};

use super::{close, figure, within};

const POPULATION: Deviation = Deviation::Population;

/// Table 5 of Foster et al. 2001 (JSCR 15:109–115) prints nine sessions, 3400, 1.26 and 4284. Only
/// the population's deviation over the sessions gives that; over the seven days, which is how
/// monotony is defined, it is 1.21.
#[test]
fn foster_2001_table_5() {
    let sessions = [940.0, 50.0, 840.0, 280.0, 180.0, 390.0, 50.0, 390.0, 280.0];
    let printed = monotony(&sessions, POPULATION).unwrap();
    close(printed, 1.264_613_543_937_970_3);
    within(printed, 1.26, 0.005);
    close(monotony(&sessions, Deviation::Sample).unwrap(), 1.192_289_082_389_045_5);
    // It prints 3400 · 1.26.
    within(sessions.iter().sum::<f64>() * printed, 4284.0, 3400.0 * 0.005);

    let days = [940.0, 50.0, 1120.0, 180.0, 390.0, 50.0, 670.0];
    close(figure(&days, &MONOTONY, &KNEEWISE)[6].known().unwrap(), 1.211_599_682_160_133);
    within(figure(&days, &STRAIN, &KNEEWISE)[6].known().unwrap(), 4119.4, 0.05);
    close(monotony(&days, Deviation::Sample).unwrap(), 1.121_723_338_621_886);
}

#[test]
fn weeks_of_other_public_tests() {
    // The week; its sum; monotony and strain by the population's deviation and by a sample's.
    let weeks = [
        (
            [0.0, 20.0, 10.0, 10.0, 10.0, 10.0, 10.0],
            70.0,
            1.870_828_693_386_970_7,
            1.732_050_807_568_877_4,
            130.958_008_537_087_95,
            121.243_556_529_821_42,
        ),
        (
            [5.0, 15.0, 20.0, 20.0, 20.0, 25.0, 35.0],
            140.0,
            2.366_431_913_239_846_4,
            2.190_890_230_020_664_3,
            331.300_467_853_578_5,
            306.724_632_202_893,
        ),
        (
            [50.0, 0.0, 100.0, 50.0, 0.0, 150.0, 0.0],
            350.0,
            0.935_414_346_693_485_3,
            0.866_025_403_784_438_7,
            327.395_021_342_719_9,
            303.108_891_324_553_55,
        ),
        (
            [80.0, 0.0, 60.0, 0.0, 100.0, 50.0, 20.0],
            310.0,
            1.223_472_408_843_980_3,
            1.132_715_347_624_898,
            379.276_446_741_633_9,
            351.141_757_763_718_4,
        ),
        (
            [400.0, 0.0, 300.0, 0.0, 500.0, 0.0, 200.0],
            1400.0,
            1.037_749_043_325_541_6,
            0.960_768_922_830_522_8,
            1_452.848_660_655_758_3,
            1_345.076_491_962_732,
        ),
    ];
    for (week, sum, of_population, of_sample, strain_population, strain_sample) in weeks {
        close(week.iter().sum(), sum);
        close(monotony(&week, POPULATION).unwrap(), of_population);
        close(monotony(&week, Deviation::Sample).unwrap(), of_sample);
        // The log begins with a run, so a week that begins with rest has a day before it.
        let days = [&[1.0][..], &week].concat();
        close(figure(&days, &MONOTONY, &KNEEWISE)[7].known().unwrap(), of_population);
        within(figure(&days, &STRAIN, &KNEEWISE)[7].known().unwrap(), strain_population, 1e-8);
        let sample = Convention { deviation: Deviation::Sample, ..KNEEWISE };
        within(figure(&days, &STRAIN, &sample)[7].known().unwrap(), strain_sample, 1e-8);
    }
    within(standard_deviation(&weeks[3].0, POPULATION), 36.197, 5e-4);
    assert_eq!(figure(&[60.0; 7], &MONOTONY, &KNEEWISE)[6], Answer::Known(10.0), "the ceiling");
}

/// A table in BMJ Military Health gives a week's mean and deviation, and a monotony of 0.88. One
/// hard day and six alike have both.
#[test]
fn mean_and_deviation_of_the_example_in_bmj_military_health() {
    let (mean, deviation) = (790.0, 897.0);
    let mut days = [mean - deviation / 6.0_f64.sqrt(); 7];
    days[2] = mean + deviation * 6.0_f64.sqrt();
    close(standard_deviation(&days, POPULATION), deviation);
    within(figure(&days, &MONOTONY, &KNEEWISE)[6].known().unwrap(), 0.88, 0.005);
}
