/*
 * NDIS as a protocol driver sees it: registration, with the set options callback in it, and its end.
 */
#include "standin.h"

struct ndis ndis;

/* What real NDIS calls a handle of a driver. */
#define DRIVER_HANDLE ((NDIS_HANDLE)&ndis)

static BOOLEAN is_complete(const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *driver) {
    return driver->Header.Type == NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS && driver->Header.Revision == 2 &&
           driver->Header.Size == sizeof *driver && driver->MajorNdisVersion == 6 && driver->MinorNdisVersion == 30 &&
           driver->Name.Length == 8 * sizeof(WCHAR) && !memcmp(driver->Name.Buffer, L"PagePool", driver->Name.Length) &&
           driver->BindAdapterHandlerEx && driver->UnbindAdapterHandlerEx && driver->OpenAdapterCompleteHandlerEx &&
           driver->CloseAdapterCompleteHandlerEx && driver->NetPnPEventHandler && driver->OidRequestCompleteHandler &&
           driver->ReceiveNetBufferListsHandler && driver->SendNetBufferListsCompleteHandler;
}

NDIS_STATUS NTAPI NdisRegisterProtocolDriver(NDIS_HANDLE context, NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *driver,
                                             PNDIS_HANDLE handle) {
    NDIS_STATUS status = NDIS_STATUS_SUCCESS;
    *handle = NULL;
    if (!is_complete(driver)) return NDIS_STATUS_BAD_CHARACTERISTICS;
    memset(&ndis, 0, sizeof ndis);
    ndis.protocol = *driver;
    ndis.protocol_context = context;
    if (driver->SetOptionsHandler) status = driver->SetOptionsHandler(DRIVER_HANDLE, context);
    ndis.set_options = status;
    ndis.panic = *records(); /* the image goes when it fails to load */
    if (status != NDIS_STATUS_SUCCESS) {
        ndis.has_provider = FALSE;
        return status;
    }
    ndis.registered = TRUE;
    *handle = DRIVER_HANDLE;
    return status;
}

NDIS_STATUS NTAPI NdisSetOptionalHandlers(NDIS_HANDLE handle, NDIS_OBJECT_HEADER *handlers) {
    if (handle != DRIVER_HANDLE) return NDIS_STATUS_INVALID_PARAMETER;
    if (handlers->Type != NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS || handlers->Revision != 1 ||
        handlers->Size != sizeof ndis.provider)
        return NDIS_STATUS_BAD_CHARACTERISTICS;
    memcpy(&ndis.provider, handlers, sizeof ndis.provider);
    ndis.has_provider = TRUE;
    return NDIS_STATUS_SUCCESS;
}

/* A consumer may call the provider until this returns, so what the calls need must live until then. */
VOID NTAPI NdisDeregisterProtocolDriver(NDIS_HANDLE handle) {
    struct block block;
    if (handle != DRIVER_HANDLE || !ndis.registered) {
        ndis.wrong_handles++;
        return;
    }
    block_prepare(&block, 4096);
    ndis.last_call = block_allocate(&block);
    if (ndis.last_call == NDIS_STATUS_SUCCESS) block_free(&block);
    ndis.blocks_at_end = kernel.pool_blocks;
    ndis.registered = ndis.has_provider = FALSE;
    ndis.deregistrations++;
}
