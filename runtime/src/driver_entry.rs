//! `driver_entry!`: the macro that makes an image of a driver, in the build where one can be made.

/// Defines `DriverEntry`, where the kernel enters an image: `ndis::driver_entry!(MyDriver);` in the image crate.
///
/// The type implements [`Driver`](crate::Driver). Its [`load`](crate::Driver::load) runs inside `DriverEntry`, its
/// [`unload`](crate::Driver::unload) inside the driver object's unload routine. That is how a protocol driver and a
/// filter driver unload; a miniport driver is told by NDIS, through its `MINIPORT_UNLOAD`.
///
/// With the feature `panic-unwind`, nothing else in the image's crate may run inside a callback: that crate is compiled to
/// abort, and a panic leaves its functions without running their destructors.
///
/// Only for images: with the feature `std` of `ndis`, or for another system than Windows, it does not compile.
#[cfg(any(doc, ndis_image))]
#[macro_export]
macro_rules! driver_entry {
    ($driver:ty) => {
        const _: () = {
            static LOADED: $crate::kernel::Loaded<$driver> =
                $crate::kernel::Loaded::none(::core::concat!(::core::module_path!(), "\0"));

            #[unsafe(no_mangle)]
            unsafe extern "system" fn DriverEntry(
                driver_object: $crate::sys::PDRIVER_OBJECT,
                _registry_path: $crate::sys::PUNICODE_STRING,
            ) -> $crate::sys::NTSTATUS {
                // SAFETY: the kernel called; `unload` below belongs to the same static.
                unsafe { LOADED.load(driver_object, ::core::option::Option::Some(unload)) }
            }

            unsafe extern "system" fn unload(driver_object: $crate::sys::PDRIVER_OBJECT) {
                // SAFETY: the kernel called, after `DriverEntry` asked it to.
                unsafe { LOADED.unload(driver_object) }
            }
        };
    };
}

/// Refuses: an image is built for Windows, without the feature `std`.
#[cfg(not(any(doc, all(windows, not(feature = "std")))))]
#[macro_export]
macro_rules! driver_entry {
    ($driver:ty) => {
        ::core::compile_error!(
            "a driver's image is built for a Windows target, without the feature `std` of `ndis`: \
             keep it out of the workspace in which something turns that feature on"
        );
    };
}
