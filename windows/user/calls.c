/*
 * Calls entries as NDIS would: through C's own function pointer types. One
 * function per callback; each has work left to do when the entry returns, so
 * that there is a C frame below the entry.
 */
#include "ndis_decl.h"

/* How many calls have come back to C. */
unsigned long long ndis_c_came_back;

#define CALL(result, callback, parameters, arguments) \
    result call_##callback parameters;                \
    result call_##callback parameters                 \
    {                                                 \
        result answer = entry arguments;              \
        ndis_c_came_back++;                           \
        return answer;                                \
    }

#define CALL_VOID(callback, parameters, arguments)    \
    void call_##callback parameters;                  \
    void call_##callback parameters                   \
    {                                                 \
        entry arguments;                              \
        ndis_c_came_back++;                           \
    }

CALL(NDIS_STATUS, ALLOCATE_SHARED_MEMORY_HANDLER,
     (ALLOCATE_SHARED_MEMORY_HANDLER entry, NDIS_HANDLE provider,
      PNDIS_SHARED_MEMORY_PARAMETERS parameters, PNDIS_HANDLE made),
     (provider, parameters, made))

CALL_VOID(FREE_SHARED_MEMORY_HANDLER,
          (FREE_SHARED_MEMORY_HANDLER entry, NDIS_HANDLE provider,
           NDIS_HANDLE block),
          (provider, block))

CALL(NDIS_STATUS, PROTOCOL_SET_OPTIONS,
     (SET_OPTIONS_HANDLER entry, NDIS_HANDLE driver, NDIS_HANDLE context),
     (driver, context))

CALL(NDIS_STATUS, MINIPORT_SET_OPTIONS,
     (SET_OPTIONS_HANDLER entry, NDIS_HANDLE driver, NDIS_HANDLE context),
     (driver, context))

CALL_VOID(MINIPORT_CANCEL_SEND,
          (MINIPORT_CANCEL_SEND_HANDLER entry, NDIS_HANDLE adapter, PVOID id),
          (adapter, id))

CALL(BOOLEAN, MINIPORT_CHECK_FOR_HANG,
     (MINIPORT_CHECK_FOR_HANG_HANDLER entry, NDIS_HANDLE adapter),
     (adapter))

CALL_VOID(MINIPORT_HALT,
          (MINIPORT_HALT_HANDLER entry, NDIS_HANDLE adapter,
           NDIS_HALT_ACTION action),
          (adapter, action))

CALL(BOOLEAN, MINIPORT_ISR,
     (MINIPORT_ISR_HANDLER entry, NDIS_HANDLE interrupt, PBOOLEAN queue,
      PULONG processors),
     (interrupt, queue, processors))

CALL(NDIS_STATUS, MINIPORT_OID_REQUEST,
     (MINIPORT_OID_REQUEST_HANDLER entry, NDIS_HANDLE adapter,
      PNDIS_OID_REQUEST request),
     (adapter, request))

CALL_VOID(MINIPORT_SEND_NET_BUFFER_LISTS,
          (MINIPORT_SEND_NET_BUFFER_LISTS_HANDLER entry, NDIS_HANDLE adapter,
           PNET_BUFFER_LIST lists, NDIS_PORT_NUMBER port, ULONG flags),
          (adapter, lists, port, flags))

CALL_VOID(MINIPORT_SHUTDOWN,
          (MINIPORT_SHUTDOWN_HANDLER entry, NDIS_HANDLE adapter,
           NDIS_SHUTDOWN_ACTION action),
          (adapter, action))

CALL(NDIS_STATUS, FILTER_ATTACH,
     (FILTER_ATTACH_HANDLER entry, NDIS_HANDLE module, NDIS_HANDLE driver,
      PNDIS_FILTER_ATTACH_PARAMETERS parameters),
     (module, driver, parameters))

CALL_VOID(FILTER_DETACH,
          (FILTER_DETACH_HANDLER entry, NDIS_HANDLE module),
          (module))

CALL(NDIS_STATUS, FILTER_PAUSE,
     (FILTER_PAUSE_HANDLER entry, NDIS_HANDLE module,
      PNDIS_FILTER_PAUSE_PARAMETERS parameters),
     (module, parameters))

CALL_VOID(PROTOCOL_UNINSTALL, (UNINSTALL_PROTOCOL_HANDLER entry), ())

CALL(NTSTATUS, NDIS_PD_ALLOCATE_COUNTER,
     (NDIS_PD_ALLOCATE_COUNTER_HANDLER entry, NDIS_PD_PROVIDER_HANDLE provider,
      const NDIS_PD_COUNTER_PARAMETERS *parameters,
      NDIS_PD_COUNTER_HANDLE *made),
     (provider, parameters, made))

CALL_VOID(NDIS_PD_FREE_COUNTER,
          (NDIS_PD_FREE_COUNTER_HANDLER entry, NDIS_PD_COUNTER_HANDLE counter),
          (counter))
