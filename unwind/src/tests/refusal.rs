extern crate std;

use std::collections::HashSet;
use std::string::ToString;

use crate::Refusal;

#[test]
fn the_numbers_stay_and_each_has_its_sentence() {
    use Refusal::{ForeignFrame, NoBoundary, Nounwind, Tables, TooDeep};
    let all = [NoBoundary, Nounwind, ForeignFrame, TooDeep, Tables];
    assert_eq!(all.map(|refusal| refusal as u32), [1, 2, 3, 4, 5]);
    assert_eq!(all.iter().map(ToString::to_string).collect::<HashSet<_>>().len(), all.len());
}
