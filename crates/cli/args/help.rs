//! The longer help texts: what data formats hold, and examples.

pub const INSPECT_HELP: &str = "Shows positions, and everything else in the file: think before you pass it on. Times are UTC \
    unless a field says local. Names and units of FIT are those of the public profile; other fields are shown \
    by number, as unknown_79.\n\n\
    JSON of FIT: format, bytes, sequences [offset, header_size, header_checksum, protocol, profile, declared and present \
    bytes of messages, checksum], messages [kind, number, offset, fields [name, number, value, units; developer, of a \
    field that an app or pod added]; problem, where it could not be read in one piece]. JSON of GPX and TCX: format, \
    bytes, elements [name, depth, offset, attributes [name, value], text]. Both: shown and total, of what was asked \
    for; notes; damaged.\n\n\
    Examples:\n  \
    kneewise inspect run.fit | less\n  \
    kneewise inspect run.fit.gz --messages session,lap\n  \
    kneewise inspect run.gpx --messages trkpt --limit 3";

pub const RUNS_HELP: &str = "JSON: an array of runs. In each: id, start, local_date, sport, sub_sport, source, name, comment, is_race, every metric that `kneewise explain` lists, by its id (null where no file has it), basis (the source of each), notes. CSV: \
    the same without basis. Parquet: also without name, comment and is_race.\n\n\
    Examples:\n  \
    kneewise runs activities/ --since 2026-05-01\n  \
    kneewise runs export.zip --format csv > runs.csv";

pub const DAYS_HELP: &str = "JSON: schema_version, load, name, unit, formula (where programs have different ones), convention, bridges \
    [from, to, factor, runs, lower_quartile, upper_quartile, used_for], days. In each day: date, load_id, convention, runs, \
    runs_without (a value), load, basis, every value over days that `kneewise explain` lists, by its id (null where it is not known), \
    unknown (why not). CSV: the fields of a day without unknown.\n\n\
    Examples:\n  \
    kneewise days activities/\n  \
    kneewise days activities/ --load trimp_banister --sex female --max-hr 188 --resting-hr 52\n  \
    kneewise days activities/ --convention goldencheetah --format csv > days.csv";

pub const WEEKS_HELP: &str = "JSON: an array of weeks. In each: start, distance_m, timer_s, runs, runs_without_distance, complete. With \
    --load, as in `kneewise days`, but with weeks for days; in each week: start, load_id, convention, runs, runs_without, \
    load, complete, last_date, and the values of that day.\n\n\
    Examples:\n  \
    kneewise weeks activities/ --last 12\n  \
    kneewise weeks activities/ --load duration --format json";

pub const CHECK_HELP: &str = "Your profile, rules and diary are read first. An error in profile.toml or kneewise.toml ends with exit code 2 and \
    names file and line; nothing is checked then. A diary line that cannot be read is named, and the rest counts; with --strict \
    that is exit code 2 as well. Without runs, `kneewise profile show` and `kneewise diary list` check the profile and the diary, and \
    `kneewise explain session-spike` shows the limits in force.\n\n\
    Examples:\n  \
    kneewise check activities/ --since 2026-05-01\n  \
    kneewise check activities/ --fail-on elevated --strict";

pub const TREND_HELP: &str = "Form: step-rate, step-length, stance-time, vertical-oscillation, balance. Each run is compared with a \
    baseline of your runs of the 90 days before, by the same device on the same surface, at the speeds of the run. \
    Every other metric that `kneewise explain` lists, such as avg_heart_rate_bpm, is shown as measured, with a running median \
    and the range of nine in ten over 28 days; nothing is adjusted.\n\n\
    --since shows the runs from that day on; their baselines still include earlier runs.\n\n\
    `kneewise explain trend` describes the method and its limits.\n\n\
    JSON of form: schema_version, metric, unit, as_of, adjusted_for, options [window_days, min_runs, min_seconds, \
    recent_days, min_recent_runs], compared, outside, changes [device, surface, runs, median_residual, median_residual_percent, band, \
    is_outside, baseline_runs, baseline_from, baseline_to, baseline_seconds, baseline_slowest_mps, baseline_fastest_mps, \
    baseline_intercept, baseline_slope, needs], points [run, local_date, device, surface, note, seconds, speed_mps, measured, \
    compared_seconds, compared_speed_mps, compared_measured, expected, residual, residual_percent, band, is_outside, \
    running_median_residual, baseline_runs, baseline_from, baseline_to, baseline_seconds, baseline_slowest_mps, baseline_fastest_mps, \
    baseline_slope, needs]. JSON of other metrics: schema_version, metric, unit, as_of, adjusted_for, days, points [run, \
    local_date, value, basis, running_median, band_low, band_high]. CSV: metric, unit and the fields of a point.\n\n\
    Examples:\n  \
    kneewise trend step-rate activities/\n  \
    kneewise trend stance-time activities/ --format svg -o stance.svg\n  \
    kneewise trend pace_s_per_km export.zip --format csv";

pub const SHOW_HELP: &str = "Examples:\n  kneewise show run.fit\n  kneewise show run.gpx --units imperial\n  kneewise show run.fit.gz --format json\n  \
    kneewise show export.zip/run.fit\n  kneewise show warm-up.fit race.fit\n\n\
    JSON: an array with an object for each activity of the files. In it: file, format, name, comment, is_race, sport, sub_sport, start, utc_offset_s, device, samples, \
    recorded_s, runner [id, value, from], metrics [id, value, unit, basis, over_s], missing, splits [from_m, to_m, sampled_m, seconds, heart_rate_bpm, \
    step_rate_spm, altitude_change_m], loads [id, value, unit, basis, over_s, needs], zones [name, from_bpm, to_bpm, seconds], \
    pauses [from_s, to_s], notes. Before these, for each session of several recordings: session_of [file], start, utc_offset_s, runner, \
    metrics, missing, loads, zones, notes.";

pub const PROFILE_HELP: &str = "The profile is a text file: $XDG_CONFIG_HOME/kneewise/profile.toml, otherwise \
    ~/.config/kneewise/profile.toml. Only you can read it (mode 0600), and it stays on this computer. It takes precedence over \
    the settings in a watch's file, and the command line takes precedence over it.\n\n\
    Examples:\n  \
    kneewise profile init\n  \
    kneewise profile show activities/";

pub const DIARY_HELP: &str = "The diary is a table: $XDG_DATA_HOME/kneewise/diary.csv, otherwise \
    ~/.local/share/kneewise/diary.csv. Only you can read it (mode 0600), and it stays on this computer. Lines are only \
    added; one with an error is named and stays as it is.\n\n\
    Examples:\n  \
    kneewise diary add\n  \
    kneewise diary add --pain 2 --after 1 --side left --place inner-below --exertion 4\n  \
    kneewise diary list --last 10";
