#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kneewise_fuzz::toml(bytes));
