//! PacketDirect providers: what their callbacks see.
#![allow(non_upper_case_globals)] // the names of C enumerators stand in patterns

use core::fmt;
use core::marker::PhantomData;
use core::ptr::NonNull;

use crate::boundary::argument::from_c;
use crate::boundary::object;
use crate::sys::NDIS_OBJECT_TYPE_DEFAULT;
use crate::sys::pd::*;

/// The counter a PacketDirect client wants, `NDIS_PD_COUNTER_PARAMETERS`.
pub struct PdCounterParameters<'call> {
    parameters: NonNull<NDIS_PD_COUNTER_PARAMETERS>,
    call: PhantomData<&'call ()>,
}

/// What a PacketDirect counter counts, `NDIS_PD_COUNTER_TYPE`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum PdCounterType {
    /// `PDCounterTypeUnknown`
    Unknown,
    /// `PDCounterTypeReceiveQueue`
    ReceiveQueue,
    /// `PDCounterTypeTransmitQueue`
    TransmitQueue,
    /// `PDCounterTypeReceiveFilter`
    ReceiveFilter,
    /// A value that this version does not know.
    Other(i32),
}

impl PdCounterParameters<'_> {
    /// What the counter is to count, `Type`.
    pub fn counter_type(&self) -> PdCounterType {
        // SAFETY: the client keeps the structure unchanged during the call; the field is in its first revision.
        match unsafe { (&raw const (*self.parameters.as_ptr()).Type).read() } {
            PDCounterTypeUnknown => PdCounterType::Unknown,
            PDCounterTypeReceiveQueue => PdCounterType::ReceiveQueue,
            PDCounterTypeTransmitQueue => PdCounterType::TransmitQueue,
            PDCounterTypeReceiveFilter => PdCounterType::ReceiveFilter,
            other => PdCounterType::Other(other),
        }
    }
}

impl fmt::Debug for PdCounterParameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PdCounterParameters").field("counter_type", &self.counter_type()).finish()
    }
}

from_c! { PdCounterParameters<'c> from *const NDIS_PD_COUNTER_PARAMETERS; |raw, _| {
    const MINIMUM: u16 = NDIS_SIZEOF_PD_COUNTER_PARAMETERS_REVISION_1;
    // SAFETY: the client passed the pointer in this parameter, so there is a header behind it.
    let parameters = unsafe { object::object(raw.cast_mut(), NDIS_OBJECT_TYPE_DEFAULT, MINIMUM) }?;
    Ok(PdCounterParameters { parameters, call: PhantomData })
} }
