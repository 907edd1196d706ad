//! The attribute works wherever a function stands: in modules, in function bodies, in macros, on duplicates behind
//! `#[cfg]`, with raw identifiers, at any visibility.
#![deny(warnings)]
#![allow(dead_code)]

use ndis::prelude::*;

struct Adapter;

mod inner {
    use ndis::prelude::*;

    #[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
    pub(super) fn hangs(_adapter: &super::Adapter) -> bool {
        false
    }

    pub(crate) mod deeper {
        #[ndis::ndis_callback(MINIPORT_CHECK_FOR_HANG)]
        pub(in crate::inner) fn hangs(_adapter: &crate::Adapter) -> bool {
            false
        }
    }
}

use inner::hangs as hangs_of_inner;

fn body() {
    struct Local;

    #[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
    fn hangs(_local: &Local) -> bool {
        false
    }

    let _ = hangs::entry;
    let _ = hangs(&Local);
}

macro_rules! provider {
    ($allocate:ident, $free:ident, $pool:ty, $block:ty) => {
        #[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
        fn $allocate(_pool: &$pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<$block>, AllocError> {
            Err(AllocError::Resources)
        }

        #[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
        fn $free(_pool: &$pool, block: Handle<$block>) {
            drop(block);
        }
    };
}
provider!(allocate_pages, free_pages, Vec<usize>, [usize; 4]);

macro_rules! whole_types {
    ($name:ident($context:ty, $back:ty)) => {
        #[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
        fn $name(_context: $context, block: $back) {
            drop(block);
        }
    };
}
whole_types!(free_whole(&Adapter, Handle<u32>));

macro_rules! options {
    ($name:ident, $callback:ident, $entry:ident, $irql:literal) => {
        #[ndis_callback($callback, entry = $entry, irql = $irql)]
        fn $name(_adapter: &Adapter) -> bool {
            false
        }
    };
}
options!(hangs_by_options, MINIPORT_CHECK_FOR_HANG, HangsByOptions, "debug");

macro_rules! whole_function {
    ($($function:tt)*) => {
        #[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
        $($function)*
    };
}
whole_function! {
    fn hangs_whole(_adapter: &Adapter) -> bool {
        false
    }
}

#[cfg(debug_assertions)]
#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &Adapter) -> bool {
    true
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
#[cfg(not(debug_assertions))]
fn hangs(_adapter: &Adapter) -> bool {
    false
}

#[ndis_callback(PROTOCOL_UNINSTALL)]
fn r#type() {}

#[ndis_callback(PROTOCOL_UNINSTALL)]
fn r#match() {}

/// Documented, inlined, and with an argument that some builds do not use.
#[inline(never)]
#[must_use]
#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
#[allow(unused_variables)]
pub(crate) fn with_attributes(#[allow(unused)] adapter: &Adapter) -> bool {
    false
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn by_pattern(Adapter: &Adapter) -> bool {
    false
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn by_mut_and_wildcard(_: &Adapter, mut block: Handle<u32>) {
    block = Handle::new(*block + 1).unwrap();
    drop(block);
}

fn main() {
    body();
    let _ = hangs_of_inner::entry;
    assert!(hangs(&Adapter));
    r#type();
    let _ = r#type::entry;
    let _ = HangsByOptions::entry;
    let _ = hangs_by_options(&Adapter);
}
