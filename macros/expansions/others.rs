#![deny(warnings)]
use ndis::prelude::*;
use ndis::{PdCounterParameters, ProtocolDriverHandle};
struct Driver;
struct Provider;
struct Counter;
fn set_options(
    _handle: ProtocolDriverHandle<'_>,
    _driver: &Driver,
) -> Result<(), NdisStatus> {
    Ok(())
}
#[allow(non_camel_case_types)]
/// The C entry point of [`set_options()`], a `PROTOCOL_SET_OPTIONS`.
enum set_options {}
#[allow(elided_lifetimes_in_paths)]
impl set_options {
    /// `NDIS_STATUS PROTOCOL_SET_OPTIONS(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext)`
    ///
    /// NDIS calls it inside NdisRegisterProtocolDriver, before that call has returned. IRQL: PASSIVE_LEVEL.
    /// Since NDIS 6.0.
    /// Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `DriverContext` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        ndis_driver_handle: ::ndis::c::set_options::NDIS_HANDLE,
        driver_context: ::ndis::c::set_options::NDIS_HANDLE,
    ) -> ::ndis::c::set_options::NDIS_STATUS {
        unsafe {
            ::ndis::callback::PROTOCOL_SET_OPTIONS::call((
                    ndis_driver_handle,
                    driver_context,
                ))
                .enter2(
                    set_options,
                    <ProtocolDriverHandle as ::ndis::View<_, 0>>::receive,
                    <&Driver as ::ndis::NullableLent>::receive::<_, 1>,
                    <Result<(), NdisStatus> as ::ndis::outcome::Status>::finish,
                )
        }
    }
}
unsafe impl ::ndis::Entry<::ndis::callback::PROTOCOL_SET_OPTIONS, (Driver,)>
for set_options {
    const ENTRY: ::ndis::c::set_options::SET_OPTIONS_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn uninstall() {}
#[allow(non_camel_case_types)]
/// The C entry point of [`uninstall()`], a `PROTOCOL_UNINSTALL`.
enum uninstall {}
#[allow(elided_lifetimes_in_paths)]
impl uninstall {
    /// `VOID PROTOCOL_UNINSTALL()`
    ///
    /// NDIS calls it when the protocol is being uninstalled, possibly during its registration. IRQL: PASSIVE_LEVEL.
    /// Since NDIS 6.0.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above.
    unsafe extern "system" fn entry() {
        unsafe {
            ::ndis::callback::PROTOCOL_UNINSTALL::call(())
                .enter0(uninstall, <() as ::ndis::outcome::Nothing>::finish)
        }
    }
}
unsafe impl ::ndis::Entry<::ndis::callback::PROTOCOL_UNINSTALL, ()> for uninstall {
    const ENTRY: ::ndis::c::protocol::UNINSTALL_PROTOCOL_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn allocate_counter(
    _provider: &Provider,
    _wanted: PdCounterParameters<'_>,
) -> Result<Handle<Counter>, AllocError> {
    Ok(Handle::new(Counter)?)
}
#[allow(non_camel_case_types)]
/// The C entry point of [`allocate_counter()`], a `NDIS_PD_ALLOCATE_COUNTER`.
enum allocate_counter {}
#[allow(elided_lifetimes_in_paths)]
impl allocate_counter {
    /// `NTSTATUS NDIS_PD_ALLOCATE_COUNTER(NDIS_PD_PROVIDER_HANDLE ProviderHandle, const NDIS_PD_COUNTER_PARAMETERS * CounterParameters, NDIS_PD_COUNTER_HANDLE * CounterHandle)`
    ///
    /// The PacketDirect client calls it to make a statistics counter. IRQL: PASSIVE_LEVEL.
    /// Since NDIS 6.50.
    /// Statuses: STATUS_SUCCESS, STATUS_INSUFFICIENT_RESOURCES.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `ProviderHandle` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        provider_handle: ::ndis::c::pd::NDIS_PD_PROVIDER_HANDLE,
        counter_parameters: *const ::ndis::c::pd::NDIS_PD_COUNTER_PARAMETERS,
        counter_handle: *mut ::ndis::c::pd::NDIS_PD_COUNTER_HANDLE,
    ) -> ::ndis::c::pd::NTSTATUS {
        unsafe {
            ::ndis::callback::NDIS_PD_ALLOCATE_COUNTER::call((
                    provider_handle,
                    counter_parameters,
                    counter_handle,
                ))
                .enter2(
                    allocate_counter,
                    <&Provider as ::ndis::Lent>::receive::<_, 0>,
                    <PdCounterParameters as ::ndis::View<_, 1>>::receive,
                    <Result<
                        Handle<Counter>,
                        AllocError,
                    > as ::ndis::outcome::Made>::finish::<_, 2>,
                )
        }
    }
}
unsafe impl ::ndis::Entry<
    ::ndis::callback::NDIS_PD_ALLOCATE_COUNTER,
    (Provider, <Result<Handle<Counter>, AllocError> as ::ndis::outcome::Owner>::Value),
> for allocate_counter {
    const ENTRY: ::ndis::c::pd::NDIS_PD_ALLOCATE_COUNTER_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn free_counter(counter: Handle<Counter>) {
    drop(counter);
}
#[allow(non_camel_case_types)]
/// The C entry point of [`free_counter()`], a `NDIS_PD_FREE_COUNTER`.
enum free_counter {}
#[allow(elided_lifetimes_in_paths)]
impl free_counter {
    /// `VOID NDIS_PD_FREE_COUNTER(NDIS_PD_COUNTER_HANDLE CounterHandle)`
    ///
    /// The PacketDirect client calls it to destroy a counter. IRQL: PASSIVE_LEVEL.
    /// Since NDIS 6.50.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `CounterHandle` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        counter_handle: ::ndis::c::pd::NDIS_PD_COUNTER_HANDLE,
    ) {
        unsafe {
            ::ndis::callback::NDIS_PD_FREE_COUNTER::call((counter_handle,))
                .enter1(
                    free_counter,
                    <Handle<Counter> as ::ndis::GivenBack>::receive::<_, 0>,
                    <() as ::ndis::outcome::Nothing>::finish,
                )
        }
    }
}
unsafe impl ::ndis::Entry<
    ::ndis::callback::NDIS_PD_FREE_COUNTER,
    (<Handle<Counter> as ::ndis::outcome::Owner>::Value,),
> for free_counter {
    const ENTRY: ::ndis::c::pd::NDIS_PD_FREE_COUNTER_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn main() {
    let _ = (set_options::entry, uninstall::entry);
    let _ = (allocate_counter::entry, free_counter::entry);
}
