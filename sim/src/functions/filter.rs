//! The functions that a filter calls about its modules.

use ndis::irql::Irql;
use ndis::sys::*;

use crate::known::carried::Carried;
use crate::known::handle::Kind;
use crate::machine::arguments::find;
use crate::report::Rule;

/// Sets the context of a filter module whose attach handler is running.
///
/// # Safety
///
/// `FilterAttributes` is NULL or points to a structure as long as its header says.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisFSetAttributes(
    NdisFilterHandle: NDIS_HANDLE,
    FilterModuleContext: NDIS_HANDLE,
    FilterAttributes: PNDIS_FILTER_ATTRIBUTES,
) -> NDIS_STATUS {
    const FUNCTION: &str = "NdisFSetAttributes";
    let module = find(FUNCTION, "NdisFilterHandle", NdisFilterHandle, &[Kind::FilterModule]);
    let Some((machine, handle)) = module else { return NDIS_STATUS_INVALID_PARAMETER };
    if !machine.at_most(FUNCTION, Irql::PASSIVE) {
        return NDIS_STATUS_FAILURE;
    }
    // SAFETY: the caller's contract.
    let header = unsafe {
        let object_type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
        let sizes = [NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1];
        machine.header(FUNCTION, "FilterAttributes", FilterAttributes, object_type, &sizes)
    };
    if header.is_none() {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    let context = Carried(FilterModuleContext);
    let attaching = machine.state().modules.get(handle).is_some_and(|module| module.set_attributes(context));
    if !attaching {
        let text = "the module's attach handler is not running".to_owned();
        machine.breach(Rule::AttributesOutsideAttach, FUNCTION, text);
        return NDIS_STATUS_INVALID_STATE;
    }
    NDIS_STATUS_SUCCESS
}

/// Completes a pause that was pending.
///
/// # Safety
///
/// None: the handle is only compared.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisFPauseComplete(NdisFilterHandle: NDIS_HANDLE) {
    const FUNCTION: &str = "NdisFPauseComplete";
    let module = find(FUNCTION, "NdisFilterHandle", NdisFilterHandle, &[Kind::FilterModule]);
    let Some((machine, handle)) = module else { return };
    machine.at_most(FUNCTION, Irql::DISPATCH);
    let expected = machine.state().modules.get(handle).is_some_and(|module| module.complete_pause());
    if !expected {
        machine.breach(Rule::UnexpectedPauseComplete, FUNCTION, "no pause is pending".to_owned());
    }
}
