//! Every option, and all of them together.
#![deny(warnings)]
#![allow(dead_code)]

use ndis::prelude::*;

extern crate ndis as other;

struct Adapter;

macro_rules! hangs {
    (@ $name:ident [$($options:tt)*]) => {
        #[ndis_callback(MINIPORT_CHECK_FOR_HANG, $($options)*)]
        fn $name(_adapter: &Adapter) -> bool {
            false
        }
    };
}

hangs!(@ no_option []);
hangs!(@ irql_assert [irql = "assert"]);
hangs!(@ irql_debug [irql = "debug"]);
hangs!(@ irql_off [irql = "off"]);
hangs!(@ on_panic_contain [on_panic = "contain"]);
hangs!(@ on_panic_fatal [on_panic = "fatal",]);
hangs!(@ entry_name [entry = HangsEntry]);
hangs!(@ other_crate [crate = other]);
hangs!(@ crate_by_path [crate = crate::other]);
hangs!(@ global_crate [crate = ::ndis]);
hangs!(@ abi_system [abi = "system"]);
hangs!(@ exported [unsafe(export = "driver_hangs")]);
hangs!(@ all [entry = All, irql = "debug", on_panic = "fatal", crate = other, abi = "system", unsafe(export = "driver_all")]);

unsafe extern "system" {
    fn driver_hangs(context: ndis::sys::NDIS_HANDLE) -> ndis::sys::BOOLEAN;
}

fn main() {
    let context = Context::new(Adapter).unwrap();
    // SAFETY: the symbol is the entry above, and this is its context.
    assert_eq!(unsafe { driver_hangs(context.as_raw()) }, 0);
    let _ = (HangsEntry::entry, All::entry, abi_system::entry);
}
