/*
 * The part of ndis.h that a protocol driver with a shared memory provider needs, on top of mingw-w64's wdm.h, whose
 * companion ndis.h knows no NDIS 6 callback. Names and layouts are those of the Windows headers.
 */
#ifndef NDIS6_H
#define NDIS6_H

#include <stdarg.h>
#include <wdm.h>

typedef PVOID NDIS_HANDLE, *PNDIS_HANDLE;
typedef int NDIS_STATUS;

#define NDIS_STATUS_SUCCESS ((NDIS_STATUS)0)
#define NDIS_STATUS_RESOURCES ((NDIS_STATUS)0xC000009A)
#define NDIS_STATUS_INVALID_PARAMETER ((NDIS_STATUS)0xC000000D)
#define NDIS_STATUS_FAILURE ((NDIS_STATUS)0xC0000001)
#define NDIS_STATUS_BAD_CHARACTERISTICS ((NDIS_STATUS)0xC0010005)

typedef struct {
    UCHAR Type;
    UCHAR Revision;
    USHORT Size;
} NDIS_OBJECT_HEADER;

#define NDIS_OBJECT_TYPE_DEFAULT 0x80
#define NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS 0x95
#define NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS 0xB0

typedef struct {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG QueueId;
    NDIS_HANDLE SharedMemoryHandle;
    ULONG PreferredNode;
    int Usage;
    ULONG Length;
    PVOID VirtualAddress;
    ULONG SGListBufferLength;
    SCATTER_GATHER_LIST *SGListBuffer;
    ULONG VPortId; /* since revision 2 */
} NDIS_SHARED_MEMORY_PARAMETERS;

#define NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1 RTL_SIZEOF_THROUGH_FIELD(NDIS_SHARED_MEMORY_PARAMETERS, SGListBuffer)
#define NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2 RTL_SIZEOF_THROUGH_FIELD(NDIS_SHARED_MEMORY_PARAMETERS, VPortId)
#define NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS 0x1
#define NDIS_SHARED_MEMORY_USAGE_RECEIVE 4
#ifndef MM_ANY_NODE_OK
#define MM_ANY_NODE_OK 0x80000000
#endif

typedef NDIS_STATUS(NTAPI *ALLOCATE_SHARED_MEMORY_HANDLER)(
    NDIS_HANDLE ProviderContext, NDIS_SHARED_MEMORY_PARAMETERS *Parameters, PNDIS_HANDLE pSharedMemoryProviderContext);
typedef VOID(NTAPI *FREE_SHARED_MEMORY_HANDLER)(NDIS_HANDLE ProviderContext, NDIS_HANDLE SharedMemoryProviderContext);
typedef NDIS_STATUS(NTAPI *SET_OPTIONS_HANDLER)(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext);

typedef struct {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_HANDLE ProviderContext;
    ALLOCATE_SHARED_MEMORY_HANDLER AllocateSharedMemoryHandler;
    FREE_SHARED_MEMORY_HANDLER FreeSharedMemoryHandler;
} NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS;

#define NDIS_SHARED_MEMORY_PROVIDER_CHAR_SUPPORTS_PF_VPORTS 0x1

typedef struct {
    NDIS_OBJECT_HEADER Header;
    UCHAR MajorNdisVersion;
    UCHAR MinorNdisVersion;
    UCHAR MajorDriverVersion;
    UCHAR MinorDriverVersion;
    ULONG Flags;
    UNICODE_STRING Name;
    SET_OPTIONS_HANDLER SetOptionsHandler;
    /* Nothing binds here, so these are never called. */
    PVOID BindAdapterHandlerEx;
    PVOID UnbindAdapterHandlerEx;
    PVOID OpenAdapterCompleteHandlerEx;
    PVOID CloseAdapterCompleteHandlerEx;
    PVOID NetPnPEventHandler;
    PVOID UninstallHandler;
    PVOID OidRequestCompleteHandler;
    PVOID StatusHandlerEx;
    PVOID ReceiveNetBufferListsHandler;
    PVOID SendNetBufferListsCompleteHandler;
    PVOID DirectOidRequestCompleteHandler;
} NDIS_PROTOCOL_DRIVER_CHARACTERISTICS;

C_ASSERT(sizeof(NDIS_SHARED_MEMORY_PARAMETERS) == 0x48);
C_ASSERT(FIELD_OFFSET(NDIS_SHARED_MEMORY_PARAMETERS, SGListBuffer) == 0x38);
C_ASSERT(sizeof(NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS) == 0x20);
C_ASSERT(sizeof(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS) == 0x80);

#endif
