//! Entries that check little: none at all, a `catch_unwind` with a match, and safer-ffi's.

use std::hint::black_box;
use std::ptr::NonNull;

use ndis::AllocError;
use ndis::sys::*;

use crate::Allocate;
use crate::memory::{self, Mode, Page};

pub struct Pool {
    mode: Mode,
    block: NonNull<Page>,
}

pub fn context(mode: Mode) -> NDIS_HANDLE {
    let block = NonNull::from(Box::leak(Box::new(Page::new())));
    Box::into_raw(Box::new(Pool { mode, block })).cast()
}

/// The same work for every function, without staging: the answer is written at once.
#[inline(never)]
fn work(pool: &Pool, request: &mut NDIS_SHARED_MEMORY_PARAMETERS, n: u32) -> Result<NonNull<Page>, AllocError> {
    black_box(n);
    match pool.mode {
        Mode::Ok => {
            // SAFETY: `context` leaked the block.
            let page = unsafe { pool.block.as_ref() };
            request.SharedMemoryHandle = pool.block.as_ptr().cast();
            request.VirtualAddress = page.0.as_ptr().cast();
            if request.Length > 0 && request.SGListBufferLength >= size_of::<crate::List>() as u32 {
                let list = request.SGListBuffer;
                let address = PHYSICAL_ADDRESS { QuadPart: 0x1000 };
                // SAFETY: the list has room for one element.
                unsafe {
                    (*list).NumberOfElements = 1;
                    let element = (&raw mut (*list).Elements).cast::<SCATTER_GATHER_ELEMENT>();
                    element.write(SCATTER_GATHER_ELEMENT { Address: address, Length: 4096, Reserved: 0 });
                }
            }
            Ok(pool.block)
        }
        Mode::Error => Err(AllocError::Resources),
        Mode::Panic => memory::panics(),
    }
}

#[allow(dead_code)]
fn status(error: AllocError) -> NDIS_STATUS {
    match error {
        AllocError::Resources => NDIS_STATUS_RESOURCES,
        AllocError::InvalidParameter => NDIS_STATUS_INVALID_PARAMETER,
        AllocError::Failure => NDIS_STATUS_FAILURE,
    }
}

#[cfg(variant = "bare")]
macro_rules! callback {
    ($name:ident, $n:literal) => {
        unsafe extern "system" fn $name(
            context: NDIS_HANDLE,
            parameters: PNDIS_SHARED_MEMORY_PARAMETERS,
            out: PNDIS_HANDLE,
        ) -> NDIS_STATUS {
            // SAFETY: NDIS passes what its contract says.
            unsafe {
                match work(&*context.cast::<Pool>(), &mut *parameters, $n) {
                    Ok(block) => {
                        *out = block.as_ptr().cast();
                        NDIS_STATUS_SUCCESS
                    }
                    Err(error) => status(error),
                }
            }
        }
    };
}

#[cfg(variant = "catch")]
macro_rules! callback {
    ($name:ident, $n:literal) => {
        unsafe extern "system" fn $name(
            context: NDIS_HANDLE,
            parameters: PNDIS_SHARED_MEMORY_PARAMETERS,
            out: PNDIS_HANDLE,
        ) -> NDIS_STATUS {
            if context.is_null() || parameters.is_null() || out.is_null() {
                return NDIS_STATUS_INVALID_PARAMETER;
            }
            // SAFETY: NDIS passes what its contract says.
            let result = std::panic::catch_unwind(|| unsafe { work(&*context.cast::<Pool>(), &mut *parameters, $n) });
            match result {
                Ok(Ok(block)) => {
                    // SAFETY: as above.
                    unsafe { *out = block.as_ptr().cast() };
                    NDIS_STATUS_SUCCESS
                }
                Ok(Err(error)) => status(error),
                Err(_) => NDIS_STATUS_FAILURE,
            }
        }
    };
}

#[cfg(variant = "safer_ffi")]
macro_rules! callback {
    ($name:ident, $n:literal) => {
        #[safer_ffi::ffi_export]
        fn $name(context: *mut std::ffi::c_void, parameters: *mut std::ffi::c_void, out: *mut std::ffi::c_void) -> i32 {
            if context.is_null() || parameters.is_null() || out.is_null() {
                return NDIS_STATUS_INVALID_PARAMETER;
            }
            // SAFETY: NDIS passes what its contract says.
            unsafe {
                match work(&*context.cast::<Pool>(), &mut *parameters.cast(), $n) {
                    Ok(block) => {
                        *out.cast() = block.as_ptr();
                        NDIS_STATUS_SUCCESS
                    }
                    Err(error) => status(error),
                }
            }
        }
    };
}

#[cfg(not(variant = "safer_ffi"))]
macro_rules! entry {
    ($name:ident) => {
        $name
    };
}

#[cfg(variant = "safer_ffi")]
macro_rules! entry {
    ($name:ident) => {{
        unsafe extern "C" {
            fn $name(
                context: NDIS_HANDLE,
                parameters: PNDIS_SHARED_MEMORY_PARAMETERS,
                out: PNDIS_HANDLE,
            ) -> NDIS_STATUS;
        }
        // SAFETY: "C" and "system" are the same convention on every target this runs on.
        unsafe {
            std::mem::transmute::<
                unsafe extern "C" fn(NDIS_HANDLE, PNDIS_SHARED_MEMORY_PARAMETERS, PNDIS_HANDLE) -> NDIS_STATUS,
                Allocate,
            >($name)
        }
    }};
}

include!(concat!(env!("OUT_DIR"), "/callbacks.rs"));
