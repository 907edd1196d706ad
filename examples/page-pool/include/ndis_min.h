/*
 * The small part of the NDIS interface that the consumer of shared memory in
 * this example needs: the names of ndis.h and wdm.h, with types of fixed width,
 * and no header of any driver kit.
 *
 * Layouts are asserted at the end of the file, for 64-bit targets and for
 * 32-bit Windows.
 */
#ifndef NDIS_MIN_H
#define NDIS_MIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Every NDIS function and callback is __stdcall on 32-bit x86 Windows; other
 * targets have a single native convention. Windows compilers accept the word
 * on every target and ignore it where it means nothing. */
#if defined(_WIN32)
#define NTAPI __stdcall
#else
#define NTAPI
#endif

/* ---- base types ---------------------------------------------------------- */

typedef void VOID;
typedef void *PVOID;
typedef uint8_t UCHAR;
typedef uint16_t USHORT;
typedef uint32_t ULONG;
typedef int32_t LONG;
typedef int64_t LONGLONG;
typedef uintptr_t ULONG_PTR;

typedef PVOID NDIS_HANDLE;
typedef NDIS_HANDLE *PNDIS_HANDLE;
typedef int32_t NDIS_STATUS;

/* Only ever handled by its address. */
typedef struct _DEVICE_OBJECT DEVICE_OBJECT;
typedef DEVICE_OBJECT *PDEVICE_OBJECT;

typedef union _LARGE_INTEGER {
    struct {
        ULONG LowPart;
        LONG HighPart;
    } u;
    LONGLONG QuadPart;
} LARGE_INTEGER;

typedef LARGE_INTEGER PHYSICAL_ADDRESS;
typedef PHYSICAL_ADDRESS *PNDIS_PHYSICAL_ADDRESS;

/* ---- status values ------------------------------------------------------- */

/* An NDIS_STATUS is a signed 32-bit number, and a number that is not negative
 * need not mean success: compare with NDIS_STATUS_SUCCESS. */
#define NDIS_STATUS_SUCCESS           ((NDIS_STATUS)0)
#define NDIS_STATUS_PENDING           ((NDIS_STATUS)0x103)
#define NDIS_STATUS_FAILURE           ((NDIS_STATUS)-1073741823) /* 0xC0000001 */
#define NDIS_STATUS_INVALID_PARAMETER ((NDIS_STATUS)-1073741811) /* 0xC000000D */
#define NDIS_STATUS_RESOURCES         ((NDIS_STATUS)-1073741670) /* 0xC000009A */
#define NDIS_STATUS_NOT_SUPPORTED     ((NDIS_STATUS)-1073741637) /* 0xC00000BB */
#define NDIS_STATUS_INVALID_STATE     ((NDIS_STATUS)-1073741436) /* 0xC0000184 */

/* ---- versioned structures ------------------------------------------------ */

typedef struct _NDIS_OBJECT_HEADER {
    UCHAR Type;
    UCHAR Revision;
    USHORT Size;
} NDIS_OBJECT_HEADER;

#define NDIS_OBJECT_TYPE_DEFAULT            0x80
#define NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION 0x83

/* Header.Size is where the revision's last field ends, not sizeof. */
#define NDIS_MIN_SIZE_THROUGH(type, field) \
    (offsetof(type, field) + sizeof(((type *)0)->field))

/* ---- scatter/gather lists ------------------------------------------------ */

typedef struct _SCATTER_GATHER_ELEMENT {
    PHYSICAL_ADDRESS Address;
    ULONG Length;
    ULONG_PTR Reserved;
} SCATTER_GATHER_ELEMENT;

typedef struct _SCATTER_GATHER_LIST {
    ULONG NumberOfElements;
    ULONG_PTR Reserved;
    SCATTER_GATHER_ELEMENT Elements[];
} SCATTER_GATHER_LIST, *PSCATTER_GATHER_LIST;

/* ---- shared memory ------------------------------------------------------- */

typedef ULONG NDIS_RECEIVE_QUEUE_ID;
typedef ULONG NDIS_NIC_SWITCH_VPORT_ID;
typedef ULONG NODE_REQUIREMENT;

#define NDIS_DEFAULT_RECEIVE_QUEUE_ID ((NDIS_RECEIVE_QUEUE_ID)0)
#define NDIS_DEFAULT_VPORT_ID         ((NDIS_NIC_SWITCH_VPORT_ID)0)
#define MM_ANY_NODE_OK                ((NODE_REQUIREMENT)0x80000000u)

typedef enum _NDIS_SHARED_MEMORY_USAGE {
    NdisSharedMemoryUsageUndefined = 0,
    NdisSharedMemoryUsageXmit = 1,
    NdisSharedMemoryUsageXmitHeader = 2,
    NdisSharedMemoryUsageXmitData = 3,
    NdisSharedMemoryUsageReceive = 4,
    NdisSharedMemoryUsageReceiveLookahead = 5,
    NdisSharedMemoryUsageReceivePostLookahead = 6,
    NdisSharedMemoryUsageReceiveHeader = 7,
    NdisSharedMemoryUsageReceiveData = 8,
    NdisSharedMemoryUsageOther = 9,
    NdisSharedMemoryUsageMax = 10
} NDIS_SHARED_MEMORY_USAGE;

/* One address range is wanted, so one element in the list. */
#define NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS 0x00000001u

#define NDIS_SHARED_MEMORY_PARAMETERS_REVISION_1 1
#define NDIS_SHARED_MEMORY_PARAMETERS_REVISION_2 2

/* Goes in and comes back changed: SharedMemoryHandle, VirtualAddress and the
 * memory that SGListBuffer points to are the provider's answer. */
typedef struct _NDIS_SHARED_MEMORY_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_RECEIVE_QUEUE_ID QueueId;
    NDIS_HANDLE SharedMemoryHandle;
    NODE_REQUIREMENT PreferredNode;
    NDIS_SHARED_MEMORY_USAGE Usage;
    ULONG Length;
    PVOID VirtualAddress;
    ULONG SGListBufferLength;
    PSCATTER_GATHER_LIST SGListBuffer;
    /* From revision 2. */
    NDIS_NIC_SWITCH_VPORT_ID VPortId;
} NDIS_SHARED_MEMORY_PARAMETERS, *PNDIS_SHARED_MEMORY_PARAMETERS;

#define NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1 \
    NDIS_MIN_SIZE_THROUGH(NDIS_SHARED_MEMORY_PARAMETERS, SGListBuffer)
#define NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2 \
    NDIS_MIN_SIZE_THROUGH(NDIS_SHARED_MEMORY_PARAMETERS, VPortId)

/* PASSIVE_LEVEL, after NdisMRegisterScatterGatherDma. Never pends. On failure
 * the allocation handle is NULL. */
NDIS_STATUS NTAPI NdisAllocateSharedMemory(
    NDIS_HANDLE NdisHandle,
    PNDIS_SHARED_MEMORY_PARAMETERS SharedMemoryParameters,
    PNDIS_HANDLE pAllocationHandle);

/* PASSIVE_LEVEL, once for every handle that NdisAllocateSharedMemory gave. */
VOID NTAPI NdisFreeSharedMemory(
    NDIS_HANDLE NdisHandle,
    NDIS_HANDLE AllocationHandle);

/* ---- scatter/gather DMA registration ------------------------------------- */

typedef VOID (NTAPI *MINIPORT_PROCESS_SG_LIST_HANDLER)(
    PDEVICE_OBJECT pDO,
    PVOID Reserved,
    PSCATTER_GATHER_LIST pSGL,
    PVOID Context);

typedef VOID (NTAPI *MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE_HANDLER)(
    NDIS_HANDLE MiniportAdapterContext,
    PVOID VirtualAddress,
    PNDIS_PHYSICAL_ADDRESS PhysicalAddress,
    ULONG Length,
    PVOID Context);

#define NDIS_SG_DMA_64_BIT_ADDRESS 0x00000001u

#define NDIS_SG_DMA_DESCRIPTION_REVISION_1 1
#define NDIS_SG_DMA_DESCRIPTION_REVISION_2 2

typedef struct _NDIS_SG_DMA_DESCRIPTION {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG MaximumPhysicalMapping;
    MINIPORT_PROCESS_SG_LIST_HANDLER ProcessSGListHandler;
    MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE_HANDLER SharedMemAllocateCompleteHandler;
    ULONG ScatterGatherListSize; /* the answer */
    /* From revision 2. */
    DEVICE_OBJECT *PdoOverride;
} NDIS_SG_DMA_DESCRIPTION, *PNDIS_SG_DMA_DESCRIPTION;

#define NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1 \
    NDIS_MIN_SIZE_THROUGH(NDIS_SG_DMA_DESCRIPTION, ScatterGatherListSize)
#define NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_2 \
    NDIS_MIN_SIZE_THROUGH(NDIS_SG_DMA_DESCRIPTION, PdoOverride)

/* PASSIVE_LEVEL, while the adapter is being initialised. */
NDIS_STATUS NTAPI NdisMRegisterScatterGatherDma(
    NDIS_HANDLE MiniportAdapterHandle,
    PNDIS_SG_DMA_DESCRIPTION DmaDescription,
    PNDIS_HANDLE NdisMiniportDmaHandle);

/* PASSIVE_LEVEL, while the adapter is being halted. */
VOID NTAPI NdisMDeregisterScatterGatherDma(
    NDIS_HANDLE NdisMiniportDmaHandle);

/* ---- layouts ------------------------------------------------------------- */

/* _Static_assert is C11; C99 compilers get an array whose size is negative
 * when the condition does not hold. */
#if defined(__cplusplus)
#define NDIS_MIN_ASSERT(name, condition) static_assert(condition, #name)
#elif (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L) || defined(_MSC_VER)
#define NDIS_MIN_ASSERT(name, condition) _Static_assert(condition, #name)
#else
#define NDIS_MIN_ASSERT(name, condition) \
    typedef char ndis_min_##name[(condition) ? 1 : -1]
#endif

#if UINTPTR_MAX == 0xFFFFFFFFFFFFFFFFu
#define NDIS_MIN_PICK(on64, on32) (on64)
#define NDIS_MIN_LAYOUT_KNOWN 1
#elif defined(_WIN32)
#define NDIS_MIN_PICK(on64, on32) (on32)
#define NDIS_MIN_LAYOUT_KNOWN 1
#endif

#ifdef NDIS_MIN_LAYOUT_KNOWN

#define NDIS_MIN_SIZE(type, on64, on32) \
    NDIS_MIN_ASSERT(size_##type, sizeof(type) == NDIS_MIN_PICK(on64, on32))
#define NDIS_MIN_AT(type, field, on64, on32) \
    NDIS_MIN_ASSERT(at_##type##_##field, \
                    offsetof(type, field) == NDIS_MIN_PICK(on64, on32))
#define NDIS_MIN_VALUE(name, on64, on32) \
    NDIS_MIN_ASSERT(value_##name, (name) == NDIS_MIN_PICK(on64, on32))

NDIS_MIN_SIZE(NDIS_HANDLE, 8, 4);
NDIS_MIN_SIZE(NDIS_STATUS, 4, 4);
NDIS_MIN_SIZE(PHYSICAL_ADDRESS, 8, 8);

NDIS_MIN_SIZE(NDIS_OBJECT_HEADER, 4, 4);
NDIS_MIN_AT(NDIS_OBJECT_HEADER, Type, 0, 0);
NDIS_MIN_AT(NDIS_OBJECT_HEADER, Revision, 1, 1);
NDIS_MIN_AT(NDIS_OBJECT_HEADER, Size, 2, 2);

NDIS_MIN_SIZE(SCATTER_GATHER_ELEMENT, 24, 16);
NDIS_MIN_AT(SCATTER_GATHER_ELEMENT, Address, 0, 0);
NDIS_MIN_AT(SCATTER_GATHER_ELEMENT, Length, 8, 8);
NDIS_MIN_AT(SCATTER_GATHER_ELEMENT, Reserved, 16, 12);

NDIS_MIN_SIZE(SCATTER_GATHER_LIST, 16, 8);
NDIS_MIN_AT(SCATTER_GATHER_LIST, NumberOfElements, 0, 0);
NDIS_MIN_AT(SCATTER_GATHER_LIST, Reserved, 8, 4);
NDIS_MIN_AT(SCATTER_GATHER_LIST, Elements, 16, 8);

NDIS_MIN_SIZE(NDIS_SHARED_MEMORY_USAGE, 4, 4);
NDIS_MIN_SIZE(NDIS_SHARED_MEMORY_PARAMETERS, 72, 44);
NDIS_MIN_AT(NDIS_SHARED_MEMORY_PARAMETERS, Header, 0, 0);
NDIS_MIN_AT(NDIS_SHARED_MEMORY_PARAMETERS, Flags, 4, 4);
NDIS_MIN_AT(NDIS_SHARED_MEMORY_PARAMETERS, QueueId, 8, 8);
NDIS_MIN_AT(NDIS_SHARED_MEMORY_PARAMETERS, SharedMemoryHandle, 16, 12);
NDIS_MIN_AT(NDIS_SHARED_MEMORY_PARAMETERS, PreferredNode, 24, 16);
NDIS_MIN_AT(NDIS_SHARED_MEMORY_PARAMETERS, Usage, 28, 20);
NDIS_MIN_AT(NDIS_SHARED_MEMORY_PARAMETERS, Length, 32, 24);
NDIS_MIN_AT(NDIS_SHARED_MEMORY_PARAMETERS, VirtualAddress, 40, 28);
NDIS_MIN_AT(NDIS_SHARED_MEMORY_PARAMETERS, SGListBufferLength, 48, 32);
NDIS_MIN_AT(NDIS_SHARED_MEMORY_PARAMETERS, SGListBuffer, 56, 36);
NDIS_MIN_AT(NDIS_SHARED_MEMORY_PARAMETERS, VPortId, 64, 40);
NDIS_MIN_VALUE(NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1, 64, 40);
NDIS_MIN_VALUE(NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2, 68, 44);

NDIS_MIN_SIZE(NDIS_SG_DMA_DESCRIPTION, 48, 28);
NDIS_MIN_AT(NDIS_SG_DMA_DESCRIPTION, Header, 0, 0);
NDIS_MIN_AT(NDIS_SG_DMA_DESCRIPTION, Flags, 4, 4);
NDIS_MIN_AT(NDIS_SG_DMA_DESCRIPTION, MaximumPhysicalMapping, 8, 8);
NDIS_MIN_AT(NDIS_SG_DMA_DESCRIPTION, ProcessSGListHandler, 16, 12);
NDIS_MIN_AT(NDIS_SG_DMA_DESCRIPTION, SharedMemAllocateCompleteHandler, 24, 16);
NDIS_MIN_AT(NDIS_SG_DMA_DESCRIPTION, ScatterGatherListSize, 32, 20);
NDIS_MIN_AT(NDIS_SG_DMA_DESCRIPTION, PdoOverride, 40, 24);
NDIS_MIN_VALUE(NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1, 36, 24);
NDIS_MIN_VALUE(NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_2, 48, 28);

#endif /* NDIS_MIN_LAYOUT_KNOWN */

#ifdef __cplusplus
}
#endif

#endif /* NDIS_MIN_H */
