//! The runs, days and weeks of a training log as polars data frames
