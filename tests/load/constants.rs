//! One hundred points a day from nothing, by the three constants in use, as the formulas' authors'
//! texts imply; and that the presets have them.

use kneewise_core::load::{
    Answer, CONVENTIONS, DREEVE, ELEVATE, FATIGUE, FITNESS, FORM, GOLDENCHEETAH, KNEEWISE, RAMP, RUNALYZE, Smoothing,
    TRAININGPEAKS, window,
};

use super::{close, figure, known};

/// Weights for 42 and 7 days; fitness on day 1, 7 and 42; fatigue on day 7 and 42.
type Row = ([f64; 2], [f64; 3], [f64; 2]);

const ONE_OVER_N: Row = (
    [0.023_809_523_809_523_808, 0.142_857_142_857_142_85],
    [2.380_952_380_952_381, 15.522_322_747_634_842, 63.654_404_782_839_71],
    [66.008_332_291_088_62, 99.845_746_567_985_73],
);
const EXP_ONE_OVER_N: Row = (
    [0.023_528_313_347_756_735, 0.133_122_100_249_818_4],
    [2.352_831_334_775_673_5, 15.351_827_510_938_573, 63.212_055_882_855_715],
    [63.212_055_882_855_78, 99.752_124_782_333_37],
);
const TWO_OVER_N_PLUS_ONE: Row = (
    [0.046_511_627_906_976_744, 0.25],
    [4.651_162_790_697_675, 28.351_383_634_899_09, 86.471_587_161_847_07],
    [86.651_611_328_125, 99.999_434_317_084_66],
);

#[test]
fn a_hundred_a_day_by_each_constant() {
    let smoothings = [
        (Smoothing::OneOverN, ONE_OVER_N),
        (Smoothing::ExpOneOverN, EXP_ONE_OVER_N),
        (Smoothing::TwoOverNPlusOne, TWO_OVER_N_PLUS_ONE),
    ];
    for (smoothing, (alphas, fitness, fatigue)) in smoothings {
        close(smoothing.alpha(42.0), alphas[0]);
        close(smoothing.alpha(7.0), alphas[1]);
        let after = |days| window::ewma(&[100.0; 42], smoothing.alpha(days), 0.0).collect::<Vec<f64>>();
        let (slow, fast) = (after(42.0), after(7.0));
        [slow[0], slow[6], slow[41]].into_iter().zip(fitness).for_each(|(ours, theirs)| close(ours, theirs));
        [fast[6], fast[41]].into_iter().zip(fatigue).for_each(|(ours, theirs)| close(ours, theirs));
    }
}

#[test]
fn the_presets_take_the_constants_of_their_programs() {
    let presets = [
        (&TRAININGPEAKS, ONE_OVER_N),
        (&GOLDENCHEETAH, EXP_ONE_OVER_N),
        (&ELEVATE, EXP_ONE_OVER_N),
        (&RUNALYZE, TWO_OVER_N_PLUS_ONE),
    ];
    for (preset, (_, fitness, fatigue)) in presets {
        let (slow, fast) = (known(&[100.0; 42], &FITNESS, preset), known(&[100.0; 42], &FATIGUE, preset));
        close(slow[0].unwrap(), fitness[0]);
        close(slow[41].unwrap(), fitness[2]);
        close(fast[41].unwrap(), fatigue[1]);
    }
    assert_eq!(known(&[100.0; 42], &FITNESS, &DREEVE), [Some(100.0); 42], "begins with the first day's load");
}

#[test]
fn form_is_of_the_day_before_where_the_program_has_it_so() {
    let loads = [100.0, 50.0, 80.0];
    let (fitness, fatigue) = (known(&loads, &FITNESS, &GOLDENCHEETAH), known(&loads, &FATIGUE, &GOLDENCHEETAH));
    let form = known(&loads, &FORM, &GOLDENCHEETAH);
    assert_eq!(form[0], Some(0.0), "the seeds of both, which are 0");
    assert_eq!(form[2], Some(fitness[1].unwrap() - fatigue[1].unwrap()));
    assert_eq!(known(&loads, &FORM, &ELEVATE), form);
    let same_day = known(&loads, &FITNESS, &RUNALYZE)[2].unwrap() - known(&loads, &FATIGUE, &RUNALYZE)[2].unwrap();
    assert_eq!(known(&loads, &FORM, &RUNALYZE)[2], Some(same_day));
}

#[test]
fn a_short_history_is_an_answer_of_its_own() {
    let fitness = figure(&[100.0; 110], &FITNESS, &KNEEWISE);
    assert_eq!(fitness[95], Answer::NeedsDays { needs: 97, has: 96 });
    // Equal days of 100 from a start of 0: the start's weight is what is missing.
    let start_weight = |answer: Answer<f64>| 1.0 - answer.known().unwrap() / 100.0;
    assert!(start_weight(fitness[96]) <= 0.1 && start_weight(fitness[96]) > 0.097);
    assert_eq!(fitness[11].to_string(), "needs 97 days, has 12");
    let fatigue = figure(&[100.0; 110], &FATIGUE, &KNEEWISE);
    assert_eq!(fatigue[15], Answer::NeedsDays { needs: 17, has: 16 });
    assert!(start_weight(fatigue[16]) <= 0.1);
    assert_eq!(figure(&[100.0; 110], &FORM, &KNEEWISE)[96], Answer::NeedsDays { needs: 98, has: 97 });
    let ramp = figure(&[100.0; 110], &RAMP, &KNEEWISE);
    assert_eq!(ramp[102], Answer::NeedsDays { needs: 104, has: 103 });
    close(ramp[103].known().unwrap(), fitness[103].known().unwrap() - fitness[96].known().unwrap());
}

#[test]
fn a_mean_is_settled_on_the_first_day_on_which_its_start_weighs_a_tenth() {
    for convention in CONVENTIONS {
        for span_days in [convention.fitness_days, convention.fatigue_days] {
            let settled = convention.mean.settled_days(span_days);
            let weight = |days| convention.mean.start_weight(span_days, days);
            assert!(weight(settled) <= 0.1 && weight(settled - 1) > 0.1, "{} {span_days} {settled}", convention.id);
        }
        let ratio = convention.exponential_ratio;
        assert!(ratio.start_weight(ratio.settled_days()) <= 0.1, "{}", convention.id);
        assert!(ratio.start_weight(ratio.settled_days() - 1) > 0.1, "{}", convention.id);
    }
}
