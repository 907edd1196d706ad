//! Registration of drivers and of optional handlers.

use std::mem;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use ndis::NdisStatus;
use ndis::irql::{self, Irql};
use ndis::sys::*;
use ndis_sim::{Ask, Machine, Rule};

use crate::raw::{Provider, Wrong, assert_rules, deregister, protocol, register, set_options, table};

type Protocol = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS;
type Miniport = NDIS_MINIPORT_DRIVER_CHARACTERISTICS;

fn register_protocol(spoil: impl Fn(&mut Protocol)) -> (NDIS_STATUS, NDIS_HANDLE) {
    let mut name = [u16::from(b'p')];
    let mut table = protocol(&mut name);
    spoil(&mut table);
    let mut handle = ptr::without_provenance_mut(0x77);
    // SAFETY: the table is as long as it says or too short to be looked at.
    let status = unsafe { NdisRegisterProtocolDriver(ptr::null_mut(), &raw mut table, &raw mut handle) };
    assert_eq!(handle.is_null(), status != NDIS_STATUS_SUCCESS);
    (status, handle)
}

#[test]
fn wrong_protocol_characteristics() {
    let machine = Machine::new();
    machine.run(|| {
        for spoil in [
            (|table| table.Header.Type = 0x80) as fn(&mut Protocol),
            |table| table.Header.Revision = 0,
            |table| table.Header.Size -= 1,
            |table| table.Header.Revision = 2,
            |table| table.MajorNdisVersion = 5,
            |table| table.Name.Length = 0,
            |table| table.Name.Buffer = ptr::null_mut(),
            |table| table.UnbindAdapterHandlerEx = None,
            |table| table.ReceiveNetBufferListsHandler = None,
        ] {
            assert_eq!(register_protocol(spoil).0, NDIS_STATUS_BAD_CHARACTERISTICS);
        }
        // SAFETY: NULL pointers are not followed.
        unsafe {
            let mut handle = ptr::null_mut();
            let status = NdisRegisterProtocolDriver(ptr::null_mut(), ptr::null_mut(), &raw mut handle);
            assert_eq!(status, NDIS_STATUS_BAD_CHARACTERISTICS);
            let status = NdisRegisterProtocolDriver(ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
            assert_eq!(status, NDIS_STATUS_FAILURE);
        }
        irql::simulate(Irql::DISPATCH, || assert_eq!(register_protocol(|_| {}).0, NDIS_STATUS_FAILURE));
        let (status, driver) = register_protocol(|_| {});
        assert_eq!(status, NDIS_STATUS_SUCCESS);
        deregister(driver);
        deregister(driver);
        deregister(ptr::null_mut());
    });
    use Rule::*;
    assert_rules(
        &machine.finish(),
        &[
            ObjectHeader,
            ObjectHeader,
            ObjectHeader,
            ObjectHeader,
            Characteristics,
            Characteristics,
            Characteristics,
            MissingHandler,
            MissingHandler,
            BadPointer,
            BadPointer,
            RaisedIrql,
            StaleHandle,
            BadPointer,
        ],
    );
}

#[test]
fn outside_every_machine_nothing_registers() {
    let mut handle = ptr::null_mut();
    let mut name = [u16::from(b'p')];
    let mut table = protocol(&mut name);
    // SAFETY: the table is complete.
    let status = unsafe { NdisRegisterProtocolDriver(ptr::null_mut(), &raw mut table, &raw mut handle) };
    assert_eq!((status, handle), (NDIS_STATUS_FAILURE, ptr::null_mut()));
}

#[test]
fn a_set_options_handler_that_fails() {
    let machine = Machine::new();
    machine.run(|| {
        let mut provider = Provider::new(Wrong::Nothing);
        provider.set_options = NdisStatus::RESOURCES;
        let provider = Arc::new(provider);
        assert_eq!(register(&provider), Err(NdisStatus::RESOURCES));
        assert_eq!(*provider.registered.lock().unwrap(), [NdisStatus::SUCCESS]);
        // The provider went with its driver.
        let adapter = machine.adapter();
        adapter.register_dma().unwrap();
        let block = adapter.allocate(Ask::new(1)).unwrap();
        assert_eq!(provider.outstanding(), 0);
        adapter.free(&block);
        adapter.halt();
    });
    machine.finish().assert_clean();
}

#[test]
fn a_set_options_handler_that_pends_or_raises() {
    unsafe extern "system" fn raises(_: NDIS_HANDLE, _: NDIS_HANDLE) -> NDIS_STATUS {
        irql::set_simulated(Irql::DISPATCH);
        NDIS_STATUS_SUCCESS
    }
    let machine = Machine::new();
    machine.run(|| {
        let mut provider = Provider::new(Wrong::Nothing);
        provider.set_options = NdisStatus::PENDING;
        assert_eq!(register(&Arc::new(provider)), Err(NdisStatus::FAILURE));
        let (status, driver) = register_protocol(|table| table.SetOptionsHandler = Some(raises));
        assert_eq!((status, Irql::current()), (NDIS_STATUS_SUCCESS, Irql::PASSIVE));
        deregister(driver);
    });
    assert_rules(&machine.finish(), &[Rule::IllegalStatus, Rule::IrqlChanged]);
}

#[test]
fn wrong_provider_characteristics() {
    /// Tries wrong tables, and then the right one.
    unsafe extern "system" fn tries(driver: NDIS_HANDLE, context: NDIS_HANDLE) -> NDIS_STATUS {
        // SAFETY: the context is a provider that the test keeps; an `Arc` of it is made for this call only.
        let provider = mem::ManuallyDrop::new(unsafe { Arc::from_raw(context.cast::<Provider>()) });
        for (spoil, status) in [
            (
                (|table| table.Header.Type = 0x80) as fn(&mut NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS),
                NDIS_STATUS_INVALID_PARAMETER,
            ),
            (|table| table.Header.Revision = 0, NDIS_STATUS_INVALID_PARAMETER),
            (|table| table.Header.Size -= 1, NDIS_STATUS_INVALID_PARAMETER),
            (|table| table.AllocateSharedMemoryHandler = None, NDIS_STATUS_INVALID_PARAMETER),
            (|table| table.FreeSharedMemoryHandler = None, NDIS_STATUS_INVALID_PARAMETER),
            (|_| {}, NDIS_STATUS_SUCCESS),
        ] {
            let mut table = table(&provider);
            spoil(&mut table);
            // SAFETY: the table is as long as it says or too short to be looked at.
            let found = unsafe { NdisSetOptionalHandlers(driver, (&raw mut table).cast()) };
            assert_eq!(found, status);
        }
        let mut table = table(&provider);
        irql::simulate(Irql::DISPATCH, || {
            // SAFETY: the table is complete.
            let status = unsafe { NdisSetOptionalHandlers(driver, (&raw mut table).cast()) };
            assert_eq!(status, NDIS_STATUS_FAILURE);
        });
        NDIS_STATUS_SUCCESS
    }
    let machine = Machine::new();
    let provider = Arc::new(Provider::new(Wrong::Nothing));
    machine.run(|| {
        let mut name = [u16::from(b'p')];
        let mut protocol = protocol(&mut name);
        protocol.SetOptionsHandler = Some(tries);
        let mut handle = ptr::null_mut();
        // SAFETY: the table is complete, and its handlers are for its context.
        let status = unsafe { NdisRegisterProtocolDriver(provider.context(), &raw mut protocol, &raw mut handle) };
        assert_eq!(status, NDIS_STATUS_SUCCESS);
        deregister(handle);
    });
    use Rule::*;
    let rules = [ObjectHeader, ObjectHeader, ObjectHeader, MissingHandler, MissingHandler, RaisedIrql];
    assert_rules(&machine.finish(), &rules);
}

#[test]
fn a_provider_registers_inside_set_options_only() {
    let machine = Machine::new();
    let provider = Arc::new(Provider::new(Wrong::Nothing));
    machine.run(|| {
        let driver = register(&provider).unwrap();
        let adapter = machine.adapter();
        let mut table = table(&provider);
        // SAFETY: the table is complete, and its handlers are for its context.
        unsafe {
            let table = (&raw mut table).cast();
            assert_eq!(NdisSetOptionalHandlers(driver, table), NDIS_STATUS_INVALID_STATE);
            assert_eq!(NdisSetOptionalHandlers(adapter.handle(), table), NDIS_STATUS_INVALID_PARAMETER);
            assert_eq!(NdisSetOptionalHandlers(provider.context(), table), NDIS_STATUS_INVALID_PARAMETER);
            deregister(driver);
            assert_eq!(NdisSetOptionalHandlers(driver, table), NDIS_STATUS_INVALID_PARAMETER);
        }
        assert_eq!(driver.addr(), provider.driver.load(Relaxed), "one handle, inside and after");
    });
    let rules = [Rule::OutsideSetOptions, Rule::HandleKind, Rule::UnknownHandle, Rule::StaleHandle];
    assert_rules(&machine.finish(), &rules);
}

#[test]
fn a_driver_that_stays_registered() {
    let machine = Machine::new();
    machine.run(|| register_protocol(|_| {}));
    let report = machine.finish();
    assert_rules(&report, &[Rule::DriverStillRegistered]);
    assert_eq!(report.breaches()[0].text, "a protocol driver, \"p\", is still registered");
}

/// A complete table of a miniport driver.
fn miniport() -> Miniport {
    unsafe extern "system" fn initialize(_: NDIS_HANDLE, _: NDIS_HANDLE, _: PNDIS_MINIPORT_INIT_PARAMETERS) -> i32 {
        NDIS_STATUS_FAILURE
    }
    unsafe extern "system" fn halt(_: NDIS_HANDLE, _: NDIS_HALT_ACTION) {}
    unsafe extern "system" fn unload(_: PDRIVER_OBJECT) {}
    unsafe extern "system" fn pause(_: NDIS_HANDLE, _: PNDIS_MINIPORT_PAUSE_PARAMETERS) -> NDIS_STATUS {
        NDIS_STATUS_SUCCESS
    }
    unsafe extern "system" fn restart(_: NDIS_HANDLE, _: PNDIS_MINIPORT_RESTART_PARAMETERS) -> NDIS_STATUS {
        NDIS_STATUS_SUCCESS
    }
    unsafe extern "system" fn oid(_: NDIS_HANDLE, _: PNDIS_OID_REQUEST) -> NDIS_STATUS {
        NDIS_STATUS_NOT_SUPPORTED
    }
    unsafe extern "system" fn send(_: NDIS_HANDLE, _: PNET_BUFFER_LIST, _: NDIS_PORT_NUMBER, _: ULONG) {}
    unsafe extern "system" fn returned(_: NDIS_HANDLE, _: PNET_BUFFER_LIST, _: ULONG) {}
    unsafe extern "system" fn cancel(_: NDIS_HANDLE, _: PVOID) {}
    unsafe extern "system" fn event(_: NDIS_HANDLE, _: PNET_DEVICE_PNP_EVENT) {}
    unsafe extern "system" fn shutdown(_: NDIS_HANDLE, _: NDIS_SHUTDOWN_ACTION) {}
    // SAFETY: all fields are numbers or optional function pointers, for which zeros are a value.
    let mut table: Miniport = unsafe { mem::zeroed() };
    table.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
        Revision: NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2,
        Size: NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2,
    };
    table.MajorNdisVersion = 6;
    table.InitializeHandlerEx = Some(initialize);
    table.HaltHandlerEx = Some(halt);
    table.UnloadHandler = Some(unload);
    table.PauseHandler = Some(pause);
    table.RestartHandler = Some(restart);
    table.OidRequestHandler = Some(oid);
    table.SendNetBufferListsHandler = Some(send);
    table.ReturnNetBufferListsHandler = Some(returned);
    table.CancelSendHandler = Some(cancel);
    table.DevicePnPEventNotifyHandler = Some(event);
    table.ShutdownHandlerEx = Some(shutdown);
    table.CancelOidRequestHandler = Some(cancel);
    table
}

fn register_miniport(context: NDIS_HANDLE, mut table: Miniport) -> (NDIS_STATUS, NDIS_HANDLE) {
    let mut handle = ptr::without_provenance_mut(0x77);
    let out = &raw mut handle;
    // SAFETY: the table is as long as it says or too short to be looked at; its handlers are for its context.
    let status = unsafe { NdisMRegisterMiniportDriver(ptr::null_mut(), ptr::null_mut(), context, &raw mut table, out) };
    assert_eq!(handle.is_null(), status != NDIS_STATUS_SUCCESS);
    (status, handle)
}

#[test]
fn a_miniport_driver_with_a_provider() {
    let machine = Machine::new();
    let provider = Arc::new(Provider::new(Wrong::Nothing));
    machine.run(|| {
        let mut table = miniport();
        table.SetOptionsHandler = Some(set_options);
        let (status, driver) = register_miniport(provider.context(), table);
        assert_eq!(status, NDIS_STATUS_SUCCESS);
        let adapter = machine.adapter();
        adapter.register_dma().unwrap();
        let block = adapter.allocate(Ask::new(1)).unwrap();
        assert_eq!(provider.outstanding(), 1);
        adapter.free(&block);
        adapter.halt();
        deregister(driver);
        // SAFETY: the handles are only compared.
        unsafe {
            NdisMDeregisterMiniportDriver(driver);
            NdisMDeregisterMiniportDriver(driver);
        }
    });
    assert_rules(&machine.finish(), &[Rule::HandleKind, Rule::StaleHandle]);
}

#[test]
fn wrong_miniport_characteristics() {
    let machine = Machine::new();
    machine.run(|| {
        for spoil in [
            (|table| table.Header.Type = 0x80) as fn(&mut Miniport),
            |table| table.Header.Size -= 1,
            |table| table.Header.Revision = 3,
            |table| table.MajorNdisVersion = 5,
            |table| table.CancelOidRequestHandler = None,
        ] {
            let mut table = miniport();
            spoil(&mut table);
            assert_eq!(register_miniport(ptr::null_mut(), table).0, NDIS_STATUS_BAD_CHARACTERISTICS);
        }
    });
    use Rule::*;
    assert_rules(&machine.finish(), &[ObjectHeader, ObjectHeader, ObjectHeader, Characteristics, MissingHandler]);
}
