//! What documents say of the example and of the simulator is so.

const README: &str = include_str!("../../../README.md");
const FIRST_DRIVER: &str = include_str!("first_driver.rs");
const FUNCTIONS: &str = include_str!("../../../runtime/src/sys/functions.rs");
const SIM: &str = include_str!("../../../sim/src/lib.rs");

#[test]
fn the_first_driver_is_the_tested_one() {
    let fence = "`".repeat(3);
    assert!(README.contains(&format!("{fence}rust\n{FIRST_DRIVER}{fence}\n")), "README.md and first_driver.rs differ");
}

#[test]
fn the_simulator_lists_the_functions_that_it_lacks() {
    let declared: Vec<_> = FUNCTIONS.split("pub fn ").skip(1).filter_map(|rest| rest.split('(').next()).collect();
    let (_, rest) = SIM.split_once("# What it does not play").unwrap();
    let (lacks, rest) = rest.split_once("//! # ").unwrap();
    let (_, exports) = rest.split_once("pub use ").unwrap();
    let is_word_of = |text: &str, name| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
    for &name in &declared {
        assert_ne!(is_word_of(lacks, name), is_word_of(exports, name), "{name}");
    }
    let defined = declared.iter().filter(|name| is_word_of(exports, name)).count();
    let counts = format!("{defined} of the {} NDIS functions", declared.len());
    assert!(lacks.contains(&counts), "{counts}");
    assert!(README.contains(&format!("{defined} of {} in `ndis-sim`", declared.len())), "{counts}, says no README");
}
