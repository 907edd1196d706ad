//! The device that the client talks to: each request is a group of checks, a panic, or an end of the machine.

use core::ffi::c_void;
use core::ptr;

use crate::call::boundary;
use crate::kernel::{UnicodeString, unicode};
use crate::report::{Output, Report};
use crate::{callbacks, cost, differential, foreign, refusals, registers, threads};

/// The parts of a `DRIVER_OBJECT` that a driver fills in.
#[repr(C)]
#[derive(Debug)]
pub struct Driver {
    _kind: [u32; 2],
    device: *mut c_void,
    _fields: [usize; 11],
    unload: Option<extern "system" fn(&Driver)>,
    dispatch: [Option<extern "system" fn(*const c_void, &mut Irp) -> i32>; 28],
}

/// The parts of an `IRP` that are used here.
#[repr(C)]
#[derive(Debug)]
pub struct Irp {
    _head: [usize; 3],
    buffer: *mut c_void,
    _fields: [usize; 2],
    status: i32,
    information: usize,
    _more: [usize; 15],
    location: *const Location,
}

/// The part of an `IO_STACK_LOCATION` that is used here.
#[repr(C)]
#[derive(Debug)]
struct Location {
    major: u8,
    _flags: [u8; 7],
    output_length: u32,
    _padding: u32,
    _input_length: usize,
    code: u32,
}

const _: () = {
    assert!(core::mem::offset_of!(Driver, unload) == 0x68 && core::mem::offset_of!(Irp, status) == 0x30);
    assert!(core::mem::offset_of!(Irp, location) == 0xb8 && core::mem::offset_of!(Location, code) == 0x18);
};

#[link(name = "ntoskrnl.exe", kind = "raw-dylib", modifiers = "+verbatim")]
unsafe extern "system" {
    fn IoCreateDevice(
        driver: *mut Driver,
        extension: u32,
        name: *const UnicodeString,
        kind: u32,
        characteristics: u32,
        exclusive: u8,
        device: *mut *mut c_void,
    ) -> i32;
    fn IoDeleteDevice(device: *mut c_void);
    fn IoCreateSymbolicLink(link: *const UnicodeString, name: *const UnicodeString) -> i32;
    fn IoDeleteSymbolicLink(link: *const UnicodeString) -> i32;
    fn IofCompleteRequest(irp: *mut Irp, boost: i8);
}

/// What the requests from 1 on check.
const GROUPS: [fn(&mut Report<'_>); 6] =
    [callbacks::check, registers::check, threads::check, foreign::check, differential::check, cost::report];

const LINK: UnicodeString = unicode!(b"\\??\\UnwindTest");
const DEVICE_CONTROL: usize = 14;
const STATUS_INVALID_PARAMETER: i32 = 0xC000_000D_u32 as i32;

/// Makes the device.
pub fn load(driver: &mut Driver) -> i32 {
    const CREATE: usize = 0;
    const CLOSE: usize = 2;
    const UNKNOWN: u32 = 0x22;

    boundary(|| {
        let name = unicode!(b"\\Device\\UnwindTest");
        let mut device = ptr::null_mut();
        // SAFETY: the arguments are as documented; the names outlive the calls.
        let status = unsafe { IoCreateDevice(driver, 0, &name, UNKNOWN, 0, 0, &mut device) };
        if status != 0 {
            return status;
        }
        for major in [CREATE, CLOSE, DEVICE_CONTROL] {
            driver.dispatch[major] = Some(dispatch);
        }
        driver.unload = Some(unload);
        // SAFETY: as above.
        unsafe { IoCreateSymbolicLink(&LINK, &name) }
    })
}

extern "system" fn unload(driver: &Driver) {
    // SAFETY: both were made in `load`.
    unsafe {
        IoDeleteSymbolicLink(&LINK);
        IoDeleteDevice(driver.device);
    }
}

extern "system" fn dispatch(_device: *const c_void, irp: &mut Irp) -> i32 {
    // SAFETY: every request has a stack location.
    let location = unsafe { &*irp.location };
    let code = if location.major as usize == DEVICE_CONTROL { location.code >> 2 & 0xfff } else { 0 };
    let has_room = location.output_length as usize == size_of::<Output>();
    irp.status = match code {
        0 => 0,
        1..=9 => match GROUPS.get(code as usize - 1) {
            Some(group) if has_room => {
                // SAFETY: the request's buffer is as long as its output, aligned as the pool is, and nobody else's.
                group(&mut Report::new(unsafe { &mut *irp.buffer.cast::<Output>() }));
                0
            }
            _ => STATUS_INVALID_PARAMETER,
        },
        10 => boundary(|| panic!("in a request")),
        code => refusals::refuse(code),
    };
    let status = irp.status;
    irp.information = if status == 0 && has_room { size_of::<Output>() } else { 0 };
    // SAFETY: the request is not used any more.
    unsafe { IofCompleteRequest(irp, 0) };
    status
}
