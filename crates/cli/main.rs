//! kneewise
fn main() {}
