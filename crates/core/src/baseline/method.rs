//! The manual page of the comparison with one's own baseline.

use crate::doc::documented;

/// How a comparison is made, with its manual page.
#[derive(Debug)]
#[non_exhaustive]
pub struct Method {
    /// The name by which `kneewise explain` finds it.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// The manual page, in Markdown.
    pub doc: &'static str,
}

impl Method {
    /// Returns the manual page as Markdown: `docs/trend.md` is made of it, and `kneewise explain
    /// trend` prints it.
    pub fn manual_page(&self) -> String {
        format!("# {} (`{}`)\n\n{}", self.name, self.id, crate::doc::page(self.doc))
    }
}

documented! {
    /// ## What it does
    /// Compares the form of each run with the runner's usual form in the 90 days before, at the
    /// speeds of the run: step rate, step length, stance time, vertical oscillation and balance.
    ///
    /// Form depends on speed: a faster runner takes more and longer steps and is on the ground for
    /// a shorter time. The average of a run mostly shows how fast it was. With speed, grade,
    /// surface and device taken out, the rest shows whether the runner ran differently than before.
    ///
    /// ## How
    /// * **Comparable running**: samples at 1.5 m/s or more, on less than 2% grade where an
    ///   altitude is recorded, at least ten seconds from each start and stop, in bins of 0.1 m/s
    ///   with the median of each. A run needs ten minutes of it.
    /// * **The baseline**: the runs of the 90 days before the day of the run, never those of that
    ///   day, recorded by the same device on the same surface (road, trail, track, treadmill: the
    ///   sub-sport of the file; a file without one counts as road). It needs 8 runs. A new watch
    ///   begins a new baseline. A session joined from recordings of several devices or surfaces is
    ///   not compared at all. The baseline covers the speeds between which 95% of its time lies and
    ///   is not extended beyond them: half of a run's time must be there, and only that part is
    ///   compared.
    /// * **The line**: each run is a point, the mean speed and the mean value, weighted by time.
    ///   Its slope is the weighted median of the slopes between all pairs of runs (Theil and Sen),
    ///   each weighted by the difference of their speeds; its height is the median over the runs.
    ///   Odd runs do not distort it.
    /// * **Its form**: step rate and vertical oscillation are straight over speed. Stance time is
    ///   straight over 1 / speed: the body moves about the same way over the standing foot at every
    ///   speed, so the time for it falls like 1 / speed. For step length, the step rate that speed
    ///   and length give (speed / length) is straight over speed, because the two are the same at a
    ///   given speed. Balance is compared at all speeds alike.
    /// * **Residual**: measured minus expected, each the mean over the run's bins, weighted by
    ///   time.
    /// * **Band**: the distance within which nine in ten further runs lie by chance. It begins with
    ///   the distance of each of the baseline's runs from the line of the slope of all and the
    ///   median height of the others: the ordered distance at place 0.9 · (n + 1). A run has drawn
    ///   the slope to itself, so each distance is first divided by the root of 1 + (π/2)/(n − 1) −
    ///   h. Here h is the square of its distance from the mean speed, divided by the sum of all
    ///   these squares. The band at a speed is then wider by the root of 1 + (π/2)/n + 1.1 · h,
    ///   because the line's height and slope are uncertain, more so far from the usual speed. With
    ///   8 runs, whose largest distance is not large enough, it is wider by another tenth. The
    ///   spread of runs is not assumed.
    ///
    ///   Simulated runners whose runs differ by chance alone gave these numbers of next runs
    ///   outside, in a hundred (4,000 runners each, 3,000 with 40 runs; below, the same band
    ///   without the widening):
    ///
    ///   | runs in the baseline | 8 | 12 | 20 | 40 |
    ///   |---|---|---|---|---|
    ///   | next run at a usual speed | 9.3 | 9.2 | 9.6 | 10.3 |
    ///   | next run faster by 4 standard deviations of speed | 10.3 | 9.4 | 10.2 | 9.5 |
    ///   | without widening, at a usual speed | 16.8 | 12.5 | 12.7 | 11.3 |
    ///   | without widening, faster by 4 standard deviations | 35.4 | 26.8 | 22.2 | 16.7 |
    ///
    ///   Real runs differ by more than chance: by the months between them, wind, heat, hills and
    ///   company. In two open histories (A and B of the base rates in `docs/rules.md`) these
    ///   numbers of runs in a hundred are outside the band of the comparable runs before them; in
    ///   parentheses, the number of runs that were compared:
    ///
    ///   | runs in the baseline | 8 | 12 | 20 | 40 |
    ///   |---|---|---|---|---|
    ///   | A, step rate | 14.5 (138) | 8.0 (125) | 7.9 (89) | 12.9 (31) |
    ///   | A, step length | 11.6 (138) | 8.0 (125) | 7.9 (89) | 16.1 (31) |
    ///   | B, step rate | 12.1 (313) | 11.0 (310) | 10.9 (302) | 12.4 (282) |
    ///   | B, step length | 11.8 (313) | 11.9 (310) | 12.9 (302) | 11.7 (282) |
    /// * **Over time**: the median of the residuals of 28 days, from three runs on.
    /// * **Recently**: the runs of the last 28 days against one baseline of the 90 days before
    ///   those. This baseline is fixed, while the baseline of each run moves along. The last days
    ///   can therefore be outside their band although none of their runs is. Where the median of
    ///   their residuals is further out than the band of single runs, a run in the middle of the
    ///   recent ones would have been unusual before.
    ///
    /// ## What slopes to expect
    /// Between groups of runners in published studies the step rate rises by about 6 to 7 steps per
    /// minute for each m/s (college runners 177 at 4.6 m/s, high-school runners 171 at 3.8 m/s:
    /// Luedke 2021). A single runner's slope can be half or twice that: in two real histories it
    /// was 13 and 9. It is therefore fitted, not assumed.
    ///
    /// ## Limits
    /// * A baseline moves along: after 90 days a change is the runner's usual form, and a slow
    ///   drift may never leave the band. The running median shows both as they happen.
    /// * A line over speed holds within a runner's usual speeds. Sprints behave differently.
    /// * If form and speed changed together within the baseline, the line takes some of the change
    ///   for an effect of speed.
    /// * The watch is known, the strap or pod on it is not: a new one can look like a new form. In
    ///   GPX and TCX the device is the program that wrote the file. Firmware changes are not seen.
    /// * Indoors the speed is the watch's guess, mostly from the steps themselves; a belt
    ///   calibrated between shifts it. Where the total was corrected afterwards the speeds are
    ///   scaled to it; where it was not, a note on the run's point says so.
    /// * Trail runs recorded as plain runs are among the road runs.
    /// * Shoes, tiredness, wind, heat, company and an easy or a hard day are not taken out.
    /// * A baseline of 8 runs has a less certain line than one of 60, and a wider band; each answer
    ///   gives the number.
    ///
    /// No prospective study links any of these numbers of a watch, or a change of them, with knee
    /// injuries. Abrupt changes of form move load from one tissue to another. The comparison
    /// describes; it does not judge.
    ///
    /// ## Other metrics
    /// Trends of every other run metric, such as `avg_heart_rate_bpm`, are shown as measured, with
    /// the median (from three runs on) and the middle 90% (from ten on) of the runs of the 28 days
    /// up to and including each. Nothing is adjusted: a change of speed, surface or device is a
    /// change of the number.
    ///
    /// ## References
    /// * Sen PK. Estimates of the regression coefficient based on Kendall's tau. Journal of the
    ///   American Statistical Association 1968;63:1379–1389. doi:10.1080/01621459.1968.10480934
    /// * Roberts TJ, Kram R, Weyand PG, Taylor CR. Energetics of bipedal running I. Metabolic cost
    ///   of generating force. Journal of Experimental Biology 1998;201:2745–2751 (time on the
    ///   ground falls with speed)
    /// * Luedke LE, et al. (step rate, height and injuries of collegiate runners). Frontiers in
    ///   Sports and Active Living 2021. doi:10.3389/fspor.2020.628348 (step rates of two groups)
    pub static METHOD: Method {
        id: "trend",
        name: "Form compared with your usual",
    }
}
