//! The scalars, handles and small structs that every family of NDIS declarations is made of.
//!
//! C's `long` is 32 bits wide on Windows whatever the target, so [`LONG`] and [`ULONG`] are `i32` and `u32`.

use core::ffi::c_void;

/// No value: what a C function without a result returns.
pub type VOID = ();
/// Pointer to anything.
pub type PVOID = *mut c_void;
/// Unsigned byte.
pub type UCHAR = u8;
/// A byte that is 0 for false and anything else for true.
pub type BOOLEAN = u8;
/// Pointer to a [`BOOLEAN`].
pub type PBOOLEAN = *mut BOOLEAN;
/// Unsigned 16-bit integer.
pub type USHORT = u16;
/// Signed 32-bit integer.
pub type LONG = i32;
/// Unsigned 32-bit integer.
pub type ULONG = u32;
/// Pointer to a [`ULONG`].
pub type PULONG = *mut ULONG;
/// Unsigned 32-bit integer, from C's `unsigned int`.
pub type UINT = u32;
/// Pointer to a [`UINT`].
pub type PUINT = *mut UINT;
/// Signed 64-bit integer.
pub type LONGLONG = i64;
/// Unsigned 64-bit integer.
pub type ULONG64 = u64;
/// Unsigned integer as wide as a pointer.
pub type ULONG_PTR = usize;
/// A size in bytes.
pub type SIZE_T = usize;
/// UTF-16 code unit.
pub type WCHAR = u16;
/// Pointer to UTF-16 code units whose number is known from elsewhere.
pub type PWCH = *mut WCHAR;
/// Pointer to constant UTF-16 text that ends in a zero code unit.
pub type PCWSTR = *const WCHAR;

/// A globally unique identifier.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GUID {
    /// The first 32 bits.
    pub Data1: ULONG,
    /// The next 16.
    pub Data2: USHORT,
    /// The next 16.
    pub Data3: USHORT,
    /// The rest.
    pub Data4: [UCHAR; 8],
}

/// Opaque handle: NDIS hands out its own and carries those of the driver.
pub type NDIS_HANDLE = PVOID;
/// Pointer to an [`NDIS_HANDLE`].
pub type PNDIS_HANDLE = *mut NDIS_HANDLE;
/// Raw status of an NDIS call. A non-negative one need not be a success: compare it with `NDIS_STATUS_SUCCESS`.
pub type NDIS_STATUS = i32;
/// Raw status of a kernel call outside NDIS. PacketDirect callbacks return it too.
pub type NTSTATUS = i32;
/// Number of an NDIS port on a miniport adapter.
pub type NDIS_PORT_NUMBER = ULONG;

/// The port every adapter has.
pub const NDIS_DEFAULT_PORT_NUMBER: NDIS_PORT_NUMBER = 0;

/// The operation succeeded.
pub const STATUS_SUCCESS: NTSTATUS = 0x0000_0000;
/// The operation goes on and is completed later.
pub const STATUS_PENDING: NTSTATUS = 0x0000_0103;
/// The operation failed.
pub const STATUS_UNSUCCESSFUL: NTSTATUS = 0xC000_0001_u32.cast_signed();
/// An argument is not valid.
pub const STATUS_INVALID_PARAMETER: NTSTATUS = 0xC000_000D_u32.cast_signed();
/// There is not enough memory or another resource.
pub const STATUS_INSUFFICIENT_RESOURCES: NTSTATUS = 0xC000_009A_u32.cast_signed();
/// The operation is not supported.
pub const STATUS_NOT_SUPPORTED: NTSTATUS = 0xC000_00BB_u32.cast_signed();

/// First member of every versioned NDIS structure: which structure it is, in which revision, how long.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_OBJECT_HEADER {
    /// One of the `NDIS_OBJECT_TYPE_*` constants.
    pub Type: UCHAR,
    /// One of the structure's own `*_REVISION_*` constants.
    pub Revision: UCHAR,
    /// The `NDIS_SIZEOF_*` constant that belongs to the revision, in bytes.
    pub Size: USHORT,
}
/// Pointer to an [`NDIS_OBJECT_HEADER`].
pub type PNDIS_OBJECT_HEADER = *mut NDIS_OBJECT_HEADER;

/// Type of structures that have none of their own.
pub const NDIS_OBJECT_TYPE_DEFAULT: UCHAR = 0x80;
/// Type of an `NDIS_MINIPORT_INIT_PARAMETERS`.
pub const NDIS_OBJECT_TYPE_MINIPORT_INIT_PARAMETERS: UCHAR = 0x81;
/// Type of an `NDIS_SG_DMA_DESCRIPTION`.
pub const NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION: UCHAR = 0x83;
/// Type of an `NDIS_STATUS_INDICATION`.
pub const NDIS_OBJECT_TYPE_STATUS_INDICATION: UCHAR = 0x98;
/// Type of an `NDIS_BIND_PARAMETERS`.
pub const NDIS_OBJECT_TYPE_BIND_PARAMETERS: UCHAR = 0x86;
/// Type of an `NDIS_OPEN_PARAMETERS`.
pub const NDIS_OBJECT_TYPE_OPEN_PARAMETERS: UCHAR = 0x87;
/// Type of an `NDIS_MINIPORT_DRIVER_CHARACTERISTICS`.
pub const NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS: UCHAR = 0x8A;
/// Type of an `NDIS_FILTER_ATTRIBUTES`.
pub const NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES: UCHAR = 0x8D;
/// Type of an `NDIS_PROTOCOL_DRIVER_CHARACTERISTICS`.
pub const NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS: UCHAR = 0x95;
/// Type of an `NDIS_OID_REQUEST`.
pub const NDIS_OBJECT_TYPE_OID_REQUEST: UCHAR = 0x96;
/// Type of an `NDIS_FILTER_ATTACH_PARAMETERS`.
pub const NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS: UCHAR = 0x99;
/// Type of an `NDIS_FILTER_PAUSE_PARAMETERS`.
pub const NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS: UCHAR = 0x9A;
/// Type of an `NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES`.
pub const NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES: UCHAR = 0x9E;
/// Type of an `NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS`.
pub const NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS: UCHAR = 0xB0;

/// Counted UTF-16 text, not necessarily zero-terminated.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct UNICODE_STRING {
    /// Length of the text in bytes.
    pub Length: USHORT,
    /// Size of the buffer in bytes.
    pub MaximumLength: USHORT,
    /// The text.
    pub Buffer: PWCH,
}
/// Pointer to a [`UNICODE_STRING`].
pub type PUNICODE_STRING = *mut UNICODE_STRING;
/// NDIS's name for a [`UNICODE_STRING`].
pub type NDIS_STRING = UNICODE_STRING;
/// Pointer to an [`NDIS_STRING`].
pub type PNDIS_STRING = *mut NDIS_STRING;

/// A 64-bit signed integer.
///
/// In C it is a union whose other member is the two 32-bit halves. The alignment is that of `i64`, which on Windows
/// is 8 on x86 too; stating it as `align(8)` would change how MSVC's x86 ABI passes the type by value.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct LARGE_INTEGER {
    /// All 64 bits.
    pub QuadPart: LONGLONG,
}
/// An address as a device sees it.
pub type PHYSICAL_ADDRESS = LARGE_INTEGER;
/// NDIS's name for a [`PHYSICAL_ADDRESS`].
pub type NDIS_PHYSICAL_ADDRESS = PHYSICAL_ADDRESS;
/// Pointer to an [`NDIS_PHYSICAL_ADDRESS`].
pub type PNDIS_PHYSICAL_ADDRESS = *mut NDIS_PHYSICAL_ADDRESS;

/// Locally unique identifier of a network interface.
///
/// In C it is a union with bit fields: 24 reserved bits, 24 bits of index, 16 bits of interface type.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NET_LUID_LH {
    /// All 64 bits.
    pub Value: ULONG64,
}
/// The current name of [`NET_LUID_LH`].
pub type NET_LUID = NET_LUID_LH;
/// Number of a network interface on this machine.
pub type NET_IFINDEX = ULONG;

/// Declares structs that are only ever seen through a pointer, each with the name of that pointer.
macro_rules! opaque {
    ($( $(#[$doc:meta])* $name:ident, $pointer:ident; )*) => {$(
        $(#[$doc])*
        #[repr(C)]
        #[derive(Debug)]
        pub struct $name {
            _opaque: [u8; 0],
            _neither_send_sync_nor_unpin: core::marker::PhantomData<(*mut u8, core::marker::PhantomPinned)>,
        }
        #[doc = concat!("Pointer to [`", stringify!($name), "`].")]
        pub type $pointer = *mut $name;
    )*};
}
pub(super) use opaque;

opaque! {
    /// The I/O manager's record of a loaded driver.
    DRIVER_OBJECT, PDRIVER_OBJECT;
    /// The I/O manager's record of a device.
    DEVICE_OBJECT, PDEVICE_OBJECT;
}

/// Number of bytes from the start of a struct to the end of one of its fields: what `NDIS_SIZEOF_*` constants are.
///
/// Not `size_of`, which would count padding after the field and fields of later revisions.
macro_rules! size_through {
    ($struct:ty, $field:ident) => {
        crate::sys::base::end_of::<$struct, _>(core::mem::offset_of!($struct, $field), |s| &s.$field)
    };
}
pub(super) use size_through;

/// Where a field ends that starts at `offset`, in bytes. The second argument tells the field's type.
pub(super) const fn end_of<Struct, Field>(offset: usize, _: fn(&Struct) -> &Field) -> USHORT {
    (offset + size_of::<Field>()) as USHORT
}
