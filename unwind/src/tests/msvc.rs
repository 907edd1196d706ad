extern crate std;

use std::vec::Vec;

use super::{image, words};
use crate::image::{Broken, Image};
use crate::tables::msvc::{Funclets, pending};
use crate::tables::{Call, Pending};

/// The tables of a function: the handler's data, the FuncInfo, then the three maps. Each number in them can be changed.
#[derive(Clone)]
struct Tables {
    func_info: [u32; 10],
    /// The state around it, and its funclet.
    unwind_map: Vec<[u32; 2]>,
    /// The lowest and the highest state inside, and for catching the highest state there, how many and which handlers.
    try_map: Vec<[u32; 5]>,
    /// Where the state begins.
    ip_map: Vec<[u32; 2]>,
}

/// Where the tables are; in front is the code, in which the funclets are.
const DATA: u32 = 0x100;
const FUNC_INFO: u32 = DATA + 4;
const NONE: u32 = u32::MAX;

/// No state up to 0x10, state 0 up to 0x20, 2 up to 0x30, and none again. State 2 is in state 1, that in 0.
fn tables() -> Tables {
    Tables {
        func_info: [0x1993_0522, 3, 0, 0, 0, 3, 0, 0, 0, 1],
        unwind_map: std::vec![[NONE, 0xa0], [0, 0], [1, 0xc0]],
        try_map: Vec::new(),
        ip_map: std::vec![[0x10, 0], [0x20, 2], [0x30, NONE]],
    }
}

impl Tables {
    fn image(&self) -> Image {
        let mut tables = self.clone();
        let unwind_map = FUNC_INFO + 40;
        let try_map = unwind_map + 8 * tables.unwind_map.len() as u32;
        let ip_map = try_map + 20 * tables.try_map.len() as u32;
        for (field, map) in [(2, unwind_map), (4, try_map), (6, ip_map)] {
            tables.func_info[field] += map;
        }
        let mut bytes = std::vec![0; DATA as usize];
        bytes.extend(words(&[FUNC_INFO]));
        bytes.extend(words(&tables.func_info));
        bytes.extend(words(tables.unwind_map.as_flattened()));
        bytes.extend(words(tables.try_map.as_flattened()));
        bytes.extend(words(tables.ip_map.as_flattened()));
        image(&bytes)
    }

    fn at(&self, return_to: u32) -> Result<Pending, Broken> {
        pending(&self.image(), Call { function: 0, return_to, data: DATA })
    }

    fn funclets(&self, state: u32) -> Result<Vec<u32>, Broken> {
        let image = self.image();
        let mut funclets = Funclets::of(&image, DATA, state)?;
        core::iter::from_fn(|| funclets.next().transpose()).collect()
    }
}

#[test]
fn a_call_has_the_state_that_began_last() {
    let tables = tables();
    for (return_to, expected) in [
        (0, Pending::Nothing),
        (0xf, Pending::Nothing),
        (0x10, Pending::Cleanup(0)),
        (0x1f, Pending::Cleanup(0)),
        (0x20, Pending::Cleanup(2)),
        (0x2f, Pending::Cleanup(2)),
        (0x30, Pending::Nothing),
        (0x1000, Pending::Nothing),
    ] {
        assert_eq!(tables.at(return_to), Ok(expected), "{return_to:#x}");
    }
}

#[test]
fn funclets_go_from_the_innermost_state_outwards() {
    let tables = tables();
    assert_eq!(tables.funclets(2), Ok(std::vec![0xc0, 0xa0])); // state 1 has none
    assert_eq!(tables.funclets(1), Ok(std::vec![0xa0]));
    assert_eq!(tables.funclets(0), Ok(std::vec![0xa0]));
}

#[test]
fn no_panic_leaves_a_try() {
    let mut tables = tables();
    tables.func_info[3] = 1;
    tables.try_map = std::vec![[1, 2, 3, 1, 0]];
    assert_eq!(tables.at(0x10), Ok(Pending::Cleanup(0)));
    assert_eq!(tables.at(0x20), Ok(Pending::Abort));
    tables.try_map = std::vec![[0, 1, 3, 1, 0]];
    assert_eq!(tables.at(0x10), Ok(Pending::Abort));
    assert_eq!(tables.at(0x20), Ok(Pending::Cleanup(2)));
    assert_eq!(tables.at(0x30), Ok(Pending::Nothing));
    tables.func_info[3] = 2;
    tables.try_map.push([2, 2, 3, 1, 0]);
    assert_eq!(tables.at(0x20), Ok(Pending::Abort));
}

#[test]
fn no_panic_leaves_a_noexcept_function() {
    let mut tables = tables();
    tables.func_info[9] = 1 | 4;
    assert_eq!(tables.at(0x10), Ok(Pending::Abort));
    assert_eq!(tables.at(0x30), Ok(Pending::Abort));
}

#[test]
fn flags_in_the_magic_number_are_no_matter_and_other_versions_are_broken() {
    let mut tables = tables();
    tables.func_info[0] = 0x1993_0522 | 0xe000_0000;
    assert_eq!(tables.at(0x10), Ok(Pending::Cleanup(0)));
    for magic in [0, 0x1993_0520, 0x1993_0521, 0x1993_0523] {
        tables.func_info[0] = magic;
        assert_eq!(tables.at(0x10), Err(Broken), "{magic:#x}");
    }
}

#[test]
fn a_state_that_the_function_does_not_have_is_broken() {
    let mut tables = tables();
    tables.ip_map[1] = [0x20, 3];
    assert_eq!(tables.at(0x20), Err(Broken));
    assert_eq!(tables.funclets(3), Err(Broken));
    tables.func_info[1] = 2;
    assert_eq!(tables.funclets(1), Ok(std::vec![0xa0]));
    assert_eq!(tables.funclets(2), Err(Broken));
}

#[test]
fn states_in_a_circle_are_broken() {
    let mut tables = tables();
    tables.unwind_map[0] = [0, 0xa0];
    assert_eq!(tables.at(0x10), Err(Broken));
    tables.unwind_map[0] = [2, 0xa0];
    assert_eq!(tables.at(0x20), Err(Broken));
}

#[test]
fn tables_that_leave_the_image_are_broken() {
    let mut outside = tables();
    outside.unwind_map[0][1] = 0x1_0000; // a funclet, which is noticed before the first one runs
    assert_eq!(outside.at(0x20), Err(Broken));
    for field in [2, 6] {
        let mut outside = tables();
        outside.func_info[field] = 0x1_0000;
        assert_eq!(outside.at(0x20), Err(Broken), "{field}");
    }
    let mut outside = tables();
    outside.func_info[3] = 1_000_000; // so many tries
    assert_eq!(outside.at(0x20), Err(Broken));
    let mut outside = tables();
    outside.func_info[5] = u32::MAX; // so many instructions
    assert_eq!(outside.at(0x2000_0000), Err(Broken));
    let nothing = image(&[0; DATA as usize]);
    assert_eq!(pending(&nothing, Call { function: 0, return_to: 0x20, data: DATA }), Err(Broken));
}
