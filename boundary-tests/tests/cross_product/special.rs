//! What is special about one callback or type: what is in the structures, what the functions must see of it, and how they
//! answer. What is not here is any 0xA5, and not looked at.

use std::mem::offset_of;
use std::ptr::null_mut;

use ndis::operation::{Direction, Owes, Receive};
use ndis::prelude::*;
use ndis::sys::*;
use ndis::{OidKind, Operation, PdCounterType, PortNumber, RegistrationAttributes};

use crate::common::memory::Memory;
use crate::common::record::{expected_panic, ndis_handle, record};
use crate::fixture::{self, Block, Object, Trouble};
use crate::ndis_functions::calls;
use crate::stage::OBJECT;
use crate::table::Word;

/// NDIS's own handle that callbacks get.
pub const HANDLE: usize = 0xF11;
/// How many lists a chain has.
pub const LISTS: usize = 3;
/// The size of the scatter-gather list that a request for shared memory comes with: room for three elements.
pub const LIST_BYTES: usize = 16 + 3 * 24;

const OID: u32 = 0x0001_0101;
const ADDRESS: [u8; 6] = [1, 2, 3, 4, 5, 6];

macro_rules! write {
    ($memory:ident: $($structure:ident.$field:ident = $value:expr),* $(,)?) => {
        { $( $memory.write(offset_of!($structure, $field), $value); )* }
    };
}

/// Writes what the functions must see of a structure, into memory of at least its first revision's size.
pub fn fill(structure: &str, memory: &Memory, list: &Memory) {
    match structure {
        "NDIS_SHARED_MEMORY_PARAMETERS" => write! { memory:
            NDIS_SHARED_MEMORY_PARAMETERS.Flags = 0_u32,
            NDIS_SHARED_MEMORY_PARAMETERS.Length = 0x3800_u32,
            NDIS_SHARED_MEMORY_PARAMETERS.SGListBufferLength = LIST_BYTES as u32,
            NDIS_SHARED_MEMORY_PARAMETERS.SGListBuffer = list.as_ptr::<u8>(),
        },
        "NDIS_OID_REQUEST" => write! { memory:
            NDIS_OID_REQUEST.RequestType = NdisRequestQueryInformation,
            NDIS_OID_REQUEST.DATA = OID,
        },
        "NDIS_FILTER_ATTACH_PARAMETERS" => write! { memory:
            NDIS_FILTER_ATTACH_PARAMETERS.IfIndex = 7_u32,
            NDIS_FILTER_ATTACH_PARAMETERS.BaseMiniportIfIndex = 9_u32,
            NDIS_FILTER_ATTACH_PARAMETERS.MacAddressLength = 6_u16,
            NDIS_FILTER_ATTACH_PARAMETERS.CurrentMacAddress = ADDRESS,
        },
        "NDIS_BIND_PARAMETERS" => write! { memory:
            NDIS_BIND_PARAMETERS.MediaType = 4_i32,
            NDIS_BIND_PARAMETERS.MtuSize = 1500_u32,
            NDIS_BIND_PARAMETERS.MacAddressLength = 6_u16,
            NDIS_BIND_PARAMETERS.CurrentMacAddress = ADDRESS,
        },
        "NDIS_MINIPORT_INIT_PARAMETERS" => write! { memory: NDIS_MINIPORT_INIT_PARAMETERS.IfIndex = 7_u32 },
        "NDIS_MINIPORT_PAUSE_PARAMETERS" => write! { memory: NDIS_MINIPORT_PAUSE_PARAMETERS.PauseReason = 0x11_u32 },
        "NDIS_FILTER_PAUSE_PARAMETERS" => write! { memory: NDIS_FILTER_PAUSE_PARAMETERS.PauseReason = 0x11_u32 },
        "NDIS_STATUS_INDICATION" => write! { memory: NDIS_STATUS_INDICATION.StatusCode = NDIS_STATUS_RESOURCES },
        "NDIS_PD_COUNTER_PARAMETERS" => write! { memory: NDIS_PD_COUNTER_PARAMETERS.Type = PDCounterTypeTransmitQueue },
        "NET_PNP_EVENT_NOTIFICATION" => {
            let code = offset_of!(NET_PNP_EVENT_NOTIFICATION, NetPnPEvent) + offset_of!(NET_PNP_EVENT, NetEvent);
            memory.write(code, NetEventQueryRemoveDevice);
        }
        _ => {}
    }
}

/// Looks at what a function got.
pub trait Look {
    /// It is what the test passed.
    fn look(&self);
}

/// What nothing is known of.
pub trait LookAway {
    /// Nothing is looked at.
    fn look(&self) {}
}

impl<T> LookAway for &T {}

macro_rules! look {
    ($($name:ty: |$this:ident| $body:expr;)*) => {
        $(
            impl Look for $name {
                fn look(&self) {
                    let $this = self;
                    $body
                }
            }
        )*
    };
}

look! {
    Handle<Object>: |handle| assert_eq!(handle.0, 1);
    Handle<Block>: |handle| assert_eq!(handle.tracked.0, 1);
    CancelId: |id| assert_eq!(id.as_raw().addr(), 5);
    HaltAction: |action| assert_eq!(*action, HaltAction::Stopped);
    ShutdownAction: |action| assert_eq!(*action, ShutdownAction::PowerOff);
    SharedMemoryRequest<'_>: |request| assert_eq!(request.length(), 0x3800);
    MiniportOidRequest<'_>: |request| assert_eq!((request.kind(), request.oid()), (OidKind::Query, OID));
    FilterOidRequest<'_>: |request| assert_eq!((request.kind(), request.oid()), (OidKind::Query, OID));
    ForwardedOid<'_>: |request| assert_eq!((request.oid(), request.status()), (OID, NdisStatus::RESOURCES));
    MiniportPause<'_>: |pause| assert_eq!(pause.reason(), 0x11);
    FilterPause<'_>: |pause| assert_eq!(pause.reason(), 0x11);
    PdCounterParameters<'_>: |wanted| assert_eq!(wanted.counter_type(), PdCounterType::TransmitQueue);
    StatusIndication<'_>: |indication| assert_eq!(indication.code(), NdisStatus::RESOURCES);
    VcHandle<'_>: |handle| assert_eq!(handle.as_raw().addr(), HANDLE);
    MiniportInit<'_>: |init| assert_eq!((init.as_raw().addr(), init.interface_index()), (HANDLE, 7));
    FilterAttach<'_>: |attach| {
        assert_eq!((attach.as_raw().addr(), attach.mac_address()), (HANDLE, &ADDRESS[..]));
        assert_eq!((attach.interface_index(), attach.miniport_interface_index()), (7, 9));
    };
    BindRequest<'_, Object>: |bind| {
        assert_eq!((bind.media_type(), bind.mtu(), bind.mac_address()), (4, 1500, &ADDRESS[..]));
    };
    ProtocolEvent<'_, Object>: |event| match event {
        ProtocolEvent::Binding(binding, event) => assert_eq!((binding.0, event.code()), (0, NetEventQueryRemoveDevice)),
        ProtocolEvent::Driver(event) => assert_eq!(event.code(), NetEventQueryRemoveDevice),
    };
}

impl<D: Direction> Look for Chain<D> {
    fn look(&self) {
        assert_eq!((self.port(), self.flags(), self.count()), (PortNumber(3), 0, LISTS));
    }
}

impl<D: Receive> Look for Received<'_, D> {
    fn look(&self) {
        match self {
            Received::Owned(chain) => chain.look(),
            Received::Lent(chain) => assert_eq!(chain.count(), LISTS),
        }
    }
}

/// What gives NDIS a context.
pub trait Make {
    /// What the function returns of it.
    type Made;

    /// Gives it, or has it given when the function has returned.
    fn make(&self, context: Context<Object>) -> Self::Made;
}

impl Make for FilterAttach<'_> {
    type Made = Context<Object>;

    fn make(&self, context: Context<Object>) -> Context<Object> {
        context
    }
}

impl Make for MiniportInit<'_> {
    type Made = Initialized<Object>;

    fn make(&self, context: Context<Object>) -> Initialized<Object> {
        self.register(context, RegistrationAttributes::default()).unwrap()
    }
}

/// What is answered.
pub trait Answer {
    /// Answers it as the test says.
    fn answer(self) -> Result<Answered, Trouble>;
}

impl<K: Owes> Answer for Operation<'_, K> {
    fn answer(self) -> Result<Answered, Trouble> {
        Ok(fixture::answer(self))
    }
}

impl Answer for BindRequest<'_, Object> {
    fn answer(self) -> Result<Answered, Trouble> {
        let binding = Context::new(Object::new(0)).unwrap();
        let answered = self.open(binding, &[0]).map_err(|_| Trouble::failure())?;
        fixture::panic_if_pended();
        Ok(answered)
    }
}

impl Answer for ProtocolEvent<'_, Object> {
    fn answer(self) -> Result<Answered, Trouble> {
        match self {
            ProtocolEvent::Binding(_, event) => event.answer(),
            ProtocolEvent::Driver(event) => Ok(event.done()),
        }
    }
}

/// Panics always: what poisons the context.
#[ndis_callback(MINIPORT_CANCEL_SEND)]
fn panics(_object: &Object, _id: CancelId) {
    expected_panic()
}

/// Poisons a context as a driver does: by a panic in a callback that is lent it.
pub fn poison(context: NDIS_HANDLE) {
    // SAFETY: the context is one of the fixture's.
    let ((), breaches) = record(|| unsafe { panics::entry(context, null_mut()) });
    assert_eq!(breaches.len(), 1);
}

/// Passes every request down.
#[ndis_callback(FILTER_OID_REQUEST)]
pub fn forward(_module: &Object, request: FilterOidRequest<'_>) -> Answered {
    request.forward()
}

/// A clone of a request that a filter module has passed down, whose completion has not come yet.
pub fn forwarded(request: PNDIS_OID_REQUEST) -> Word {
    let module = Context::new(Object::new(0)).unwrap();
    // SAFETY: NDIS's functions are stand-ins, to which any value is a handle.
    unsafe { module.set_ndis_handle(ndis_handle(OBJECT)) };
    // SAFETY: the context and the request are live.
    let answer = unsafe { forward::entry(module.as_raw(), request) };
    assert_eq!(answer, NDIS_STATUS_PENDING);
    let calls = calls();
    let [allocated, passed_down] = &calls[..] else { panic!("{calls:?}") };
    assert_eq!((allocated.function, passed_down.function), ("NdisAllocateCloneOidRequest", "NdisFOidRequest"));
    assert_eq!(allocated.arguments[..2], [ndis_handle(OBJECT), request.cast()]);
    assert_eq!(passed_down.arguments[0], ndis_handle(OBJECT));
    passed_down.arguments[1]
}
