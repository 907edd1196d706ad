//! What the tests know of each callback, written down from its documentation and not taken from the catalogue.

use ndis::sys::*;

use crate::common::memory::Memory;
use crate::fixture;

/// What NDIS gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// `VOID` returned.
    Nothing,
    /// A `BOOLEAN`.
    Boolean(u8),
    /// A status.
    Status(u32),
    /// No answer: the machine stops.
    Fatal,
    /// The function runs in spite of what happened.
    Run,
}
use Answer::*;

/// How the function gets the driver's context.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContextRole {
    /// There is none.
    None,
    /// `&T`
    Lent,
    /// `Option<&T>`
    Optional,
    /// `&T`, dropped afterwards.
    Retired,
}

/// What the function makes of the call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    Nothing,
    Boolean,
    Interrupt,
    Status,
    Made,
    Attached,
    Answered,
    Completed,
}

impl Shape {
    /// Whether the function can return an error.
    pub fn fails(self) -> bool {
        matches!(self, Shape::Status | Shape::Made | Shape::Attached | Shape::Answered)
    }
}

/// A structure that begins with a header.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    pub object_type: u8,
    /// The size of the first revision.
    pub minimum: u16,
    /// The size of the newest revision this crate knows, with padding.
    pub size: usize,
    /// Writes what the fixture's function expects, into memory of at least the first revision's size.
    pub write: fn(&Memory),
}

/// The arguments of a call, whatever the callback: each takes what it has.
#[derive(Clone, Copy, Debug)]
pub struct Arguments {
    pub context: NDIS_HANDLE,
    pub ndis_handle: NDIS_HANDLE,
    pub object: NDIS_HANDLE,
    pub made: PNDIS_HANDLE,
    pub given_back: NDIS_HANDLE,
    pub chain: PNET_BUFFER_LIST,
    pub boolean: PBOOLEAN,
    pub ulong: PULONG,
}

/// A callback.
#[derive(Clone, Copy)]
pub struct Callback {
    pub name: &'static str,
    pub call: unsafe fn(&Arguments) -> Answer,
    pub context: ContextRole,
    pub shape: Shape,
    /// The lowest and highest level NDIS calls at, both legal.
    pub irql: (u8, u8),
    /// It gets a handle of NDIS's own.
    pub ndis_handle: bool,
    /// It gets a handle back.
    pub given_back: bool,
    /// It completes requests through NDIS's handle of the object.
    pub completes: bool,
    pub object: Option<Object>,
    /// What NDIS gets when all is well ...
    pub ok: Answer,
    /// ... for a bad argument ...
    pub refused: Answer,
    /// ... called at a wrong level, or when the result cannot be delivered ...
    pub failed: Answer,
    /// ... after a panic ...
    pub panicked: Answer,
    /// ... when an earlier panic had poisoned the context.
    pub poisoned: Answer,
}

const SUCCESS: Answer = Status(0);
const FAILURE: Answer = Status(0xC000_0001);
const INVALID_PARAMETER: Answer = Status(0xC000_000D);
/// What the fixture's errors say.
pub const RESOURCES: Answer = Status(0xC000_009A);
const NOT_ACCEPTED: Answer = Status(0x0001_0003);

/// A callback that returns nothing.
const VOID: Callback = Callback {
    name: "",
    call: |_| Nothing,
    context: ContextRole::Lent,
    shape: Shape::Nothing,
    irql: (0, 0),
    ndis_handle: false,
    given_back: false,
    completes: false,
    object: None,
    ok: Nothing,
    refused: Nothing,
    failed: Nothing,
    panicked: Nothing,
    poisoned: Nothing,
};

/// A callback that has no legal answer when its function did not run to its end.
const MUST_RUN: Callback = Callback { refused: Fatal, failed: Fatal, panicked: Fatal, poisoned: Run, ..VOID };

/// A callback that succeeds or fails.
const fn fails_with(status: Answer) -> Callback {
    Callback { ok: SUCCESS, refused: status, failed: status, panicked: status, poisoned: status, ..VOID }
}

macro_rules! call {
    ($function:ident($($argument:ident $(as $cast:ident)?),*) $answer:expr) => {
        |arguments| {
            let _ = arguments;
            // SAFETY: the test passes what the entry must cope with.
            let answer = unsafe { fixture::$function::entry($(call!(@ arguments $argument $($cast)?)),*) };
            let to_answer: fn(_) -> Answer = $answer;
            to_answer(answer)
        }
    };
    (@ $arguments:ident $argument:ident cast) => { $arguments.$argument.cast() };
    (@ $arguments:ident stopped) => { NdisHaltDeviceStopped };
    (@ $arguments:ident power_off) => { NdisShutdownPowerOff };
    (@ $arguments:ident cancel_id) => { crate::common::ndis_handle(5) };
    (@ $arguments:ident port) => { 3 };
    (@ $arguments:ident no_flags) => { 0 };
    (@ $arguments:ident $argument:ident) => { $arguments.$argument };
}

fn nothing((): ()) -> Answer {
    Nothing
}

fn status(status: i32) -> Answer {
    Status(status.cast_unsigned())
}

/// The size of the scatter-gather list that the fixture's request comes with: room for three elements.
pub const LIST_BYTES: usize = 16 + 3 * 24;

/// Every callback of the catalogue.
pub const CALLBACKS: &[Callback] = &[
    Callback {
        name: "ALLOCATE_SHARED_MEMORY_HANDLER",
        call: call!(allocate(context, object as cast, made) status),
        shape: Shape::Made,
        object: Some(Object {
            object_type: 0x80,
            minimum: NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1,
            size: size_of::<NDIS_SHARED_MEMORY_PARAMETERS>(),
            write: |memory| {
                memory.write(std::mem::offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, Flags), 0_u32);
                memory.write(std::mem::offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, Length), 0x3800_u32);
                memory
                    .write(std::mem::offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, SGListBufferLength), LIST_BYTES as u32);
            },
        }),
        refused: INVALID_PARAMETER,
        ..fails_with(FAILURE)
    },
    Callback {
        name: "FREE_SHARED_MEMORY_HANDLER",
        call: call!(free(context, given_back) nothing),
        given_back: true,
        poisoned: Run,
        ..VOID
    },
    Callback {
        name: "PROTOCOL_SET_OPTIONS",
        call: call!(protocol_set_options(ndis_handle, context) status),
        context: ContextRole::Optional,
        shape: Shape::Status,
        ndis_handle: true,
        refused: INVALID_PARAMETER,
        ..fails_with(FAILURE)
    },
    Callback {
        name: "MINIPORT_SET_OPTIONS",
        call: call!(miniport_set_options(ndis_handle, context) status),
        shape: Shape::Status,
        ndis_handle: true,
        refused: INVALID_PARAMETER,
        ..fails_with(FAILURE)
    },
    Callback {
        name: "MINIPORT_CANCEL_SEND",
        call: call!(cancel_send(context, cancel_id) nothing),
        irql: (0, 2),
        ..VOID
    },
    Callback {
        name: "MINIPORT_CHECK_FOR_HANG",
        call: call!(check_for_hang(context) Boolean),
        shape: Shape::Boolean,
        ok: Boolean(1),
        refused: Boolean(0),
        failed: Boolean(0),
        panicked: Boolean(0),
        poisoned: Boolean(0),
        ..VOID
    },
    Callback {
        name: "MINIPORT_HALT",
        call: call!(halt(context, stopped) nothing),
        context: ContextRole::Retired,
        ..MUST_RUN
    },
    Callback {
        name: "MINIPORT_ISR",
        call: call!(isr(context, boolean, ulong) Boolean),
        shape: Shape::Interrupt,
        irql: (3, 12),
        ok: Boolean(1),
        refused: Boolean(0),
        failed: Boolean(0),
        panicked: Fatal,
        poisoned: Fatal,
        ..VOID
    },
    Callback {
        name: "MINIPORT_OID_REQUEST",
        call: call!(oid_request(context, object as cast) status),
        shape: Shape::Answered,
        completes: true,
        object: Some(Object {
            object_type: 0x96,
            minimum: NDIS_SIZEOF_OID_REQUEST_REVISION_1,
            size: size_of::<NDIS_OID_REQUEST>(),
            write: |memory| {
                memory.write(std::mem::offset_of!(NDIS_OID_REQUEST, RequestType), NdisRequestQueryInformation);
                memory.write(std::mem::offset_of!(NDIS_OID_REQUEST, DATA), 0x0001_0101_u32);
            },
        }),
        ..fails_with(NOT_ACCEPTED)
    },
    Callback {
        name: "MINIPORT_SEND_NET_BUFFER_LISTS",
        call: call!(send(context, chain, port, no_flags) nothing),
        irql: (0, 2),
        completes: true,
        ..VOID
    },
    Callback { name: "MINIPORT_SHUTDOWN", call: call!(shutdown(context, power_off) nothing), ..VOID },
    Callback {
        name: "FILTER_ATTACH",
        call: call!(attach(ndis_handle, context, object as cast) status),
        context: ContextRole::Optional,
        shape: Shape::Attached,
        ndis_handle: true,
        object: Some(Object {
            object_type: 0x99,
            minimum: NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_1,
            size: size_of::<NDIS_FILTER_ATTACH_PARAMETERS>(),
            write: |memory| {
                memory.write(std::mem::offset_of!(NDIS_FILTER_ATTACH_PARAMETERS, IfIndex), 7_u32);
                memory.write(std::mem::offset_of!(NDIS_FILTER_ATTACH_PARAMETERS, BaseMiniportIfIndex), 9_u32);
                memory.write(std::mem::offset_of!(NDIS_FILTER_ATTACH_PARAMETERS, MacAddressLength), 6_u16);
                memory.write(
                    std::mem::offset_of!(NDIS_FILTER_ATTACH_PARAMETERS, CurrentMacAddress),
                    [1_u8, 2, 3, 4, 5, 6],
                );
            },
        }),
        ..fails_with(FAILURE)
    },
    Callback { name: "FILTER_DETACH", call: call!(detach(context) nothing), context: ContextRole::Retired, ..MUST_RUN },
    Callback {
        name: "FILTER_PAUSE",
        call: call!(pause(context, object as cast) status),
        shape: Shape::Completed,
        completes: true,
        object: Some(Object {
            object_type: 0x9A,
            minimum: NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1,
            size: size_of::<NDIS_FILTER_PAUSE_PARAMETERS>(),
            write: |memory| memory.write(std::mem::offset_of!(NDIS_FILTER_PAUSE_PARAMETERS, PauseReason), 0x11_u32),
        }),
        ok: SUCCESS,
        ..MUST_RUN
    },
    Callback { name: "PROTOCOL_UNINSTALL", call: call!(uninstall() nothing), context: ContextRole::None, ..VOID },
    Callback {
        name: "NDIS_PD_ALLOCATE_COUNTER",
        call: call!(allocate_counter(context as cast, object as cast, made as cast) status),
        shape: Shape::Made,
        object: Some(Object {
            object_type: 0x80,
            minimum: NDIS_SIZEOF_PD_COUNTER_PARAMETERS_REVISION_1,
            size: size_of::<NDIS_PD_COUNTER_PARAMETERS>(),
            write: |memory| {
                memory.write(std::mem::offset_of!(NDIS_PD_COUNTER_PARAMETERS, Type), PDCounterTypeTransmitQueue);
            },
        }),
        ..fails_with(RESOURCES)
    },
    Callback {
        name: "NDIS_PD_FREE_COUNTER",
        call: call!(free_counter(given_back as cast) nothing),
        context: ContextRole::None,
        given_back: true,
        ..VOID
    },
];
