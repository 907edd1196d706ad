//! Optional handlers: registered inside a driver's own registration, in its set options callback.

use core::ffi::c_void;
use core::fmt;
use core::ptr::NonNull;

use crate::boundary::argument::from_c;
use crate::boundary::call::State;
use crate::contract::breach::BreachKind;
use crate::contract::status::NdisStatus;
use crate::family::registration::IsGiven;
use crate::family::shared_memory::SharedMemoryProvider;
use crate::sys::NdisSetOptionalHandlers;
use crate::value::context::ContextValue;
use crate::value::handle::HandleValue;

/// Handles of drivers being registered, one type per kind of driver.
macro_rules! driver_handles {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            pub struct $name<'call> {
                raw: NonNull<c_void>,
                state: &'call State,
            }

            impl $name<'_> {
                /// Registers a shared memory provider, `NdisSetOptionalHandlers`. IRQL: PASSIVE_LEVEL.
                ///
                /// NDIS may call the provider before this returns. Its context now belongs to the driver's
                /// registration and is freed when that one has ended.
                ///
                /// # Errors
                ///
                /// NDIS's status; the provider's context is freed. `NDIS_STATUS_INVALID_PARAMETER` also when the
                /// driver was registered without a context, since nothing could own the provider's then.
                pub fn register_shared_memory_provider<P, B, A, F>(
                    &self,
                    provider: SharedMemoryProvider<P, B, A, F>,
                ) -> Result<(), NdisStatus>
                where
                    P: ContextValue,
                    B: HandleValue,
                    A: IsGiven,
                    F: IsGiven,
                {
                    register(self.raw, self.state, provider)
                }
            }

            impl fmt::Debug for $name<'_> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_tuple(stringify!($name)).field(&self.raw).finish()
                }
            }

            from_c! { $name<'c> from crate::sys::NDIS_HANDLE; |raw, state| {
                let raw = NonNull::new(raw).ok_or(BreachKind::NullPointer)?;
                Ok($name { raw, state })
            } }
        )*
    };
}

driver_handles! {
    /// NDIS's handle of a protocol driver, during its set options callback.
    ProtocolDriverHandle;
    /// NDIS's handle of a miniport driver, during its set options callback.
    MiniportDriverHandle;
}

fn register<P: ContextValue, B: HandleValue, A, F>(
    driver: NonNull<c_void>,
    state: &State,
    provider: SharedMemoryProvider<P, B, A, F>,
) -> Result<(), NdisStatus> {
    let owner = state.context().ok_or(NdisStatus::INVALID_PARAMETER)?;
    let mut characteristics = provider.characteristics();
    // SAFETY: the handle is the one NDIS passed to the set options callback that is running; the table is complete,
    // its context is alive, and its entries are for that context.
    let status = unsafe { NdisSetOptionalHandlers(driver.as_ptr(), (&raw mut characteristics).cast()) };
    let status = NdisStatus::from_raw(status);
    if !status.is_success() {
        return Err(status);
    }
    // SAFETY: the provider owned its context and gives it up; the owner's is freed after the driver's deregistration,
    // after which NDIS calls no provider of it.
    unsafe { owner.adopt(provider.into_context().into_header()) };
    Ok(())
}
