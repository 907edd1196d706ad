/* See vmq.h. C99 and the C library only. */

#include "vmq.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_BYTES 4096u
#define GUARD_BYTES 64u
#define GUARD_VALUE 0xA5u

/* What an allocation handle holds before the call, so that a handle that was
 * not written can be told from one that was. */
#define HANDLE_NOT_WRITTEN ((NDIS_HANDLE)(uintptr_t)0xA5A5A5A5u)

/* The runs of requests of a queue, in the order in which they are made. They
 * are freed in the opposite order. */
enum run {
    RUN_RING,
    RUN_LOOKAHEAD,
    RUN_RECEIVE, /* or post-lookahead, when the queue has a lookahead run */
    RUNS
};

/* Device addresses from `start` up to `last`, both included. */
struct range {
    uint64_t start;
    uint64_t last;
};

struct block {
    struct block *earlier; /* of the same run */
    NDIS_HANDLE allocation;
    NDIS_HANDLE shared;
    unsigned char *address;
    uint32_t length;
    bool patterned;
    uint64_t seed;
    struct range *ranges; /* in ascending order */
    size_t range_count;
};

struct queue {
    uint32_t state;
    uint32_t entries;
    uint64_t outstanding;
    VMQ_QUEUE_PARAMETERS parameters;
    struct block *runs[RUNS]; /* the last allocated first */
    VMQ_COUNTERS counters;
};

struct VMQ_ADAPTER {
    NDIS_HANDLE handle;
    NDIS_HANDLE dma;
    uint32_t align;
    uint32_t sg_list_size;
    bool halted;
    uint64_t serial; /* of the last block, for its pattern */
    VMQ_COUNTERS total;
    uint64_t violations;
    char first_violation[VMQ_TEXT];
    struct queue queues[VMQ_QUEUES];
};

/* One request: what the provider may write to, with guards around it. */
struct request {
    uint32_t queue_id;
    uint32_t mode;
    uint32_t vport;
    uint32_t node;
    uint32_t flags;
    NDIS_SHARED_MEMORY_USAGE usage;
    uint32_t length;
};

struct guarded_parameters {
    NDIS_SHARED_MEMORY_PARAMETERS parameters;
    unsigned char guard[GUARD_BYTES];
};

/* ---- violations ----------------------------------------------------------- */

#if defined(__MINGW32__)
#define PRINTF_LIKE(text, first) \
    __attribute__((format(__MINGW_PRINTF_FORMAT, text, first)))
#elif defined(__GNUC__)
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#else
#define PRINTF_LIKE(text, first)
#endif

PRINTF_LIKE(3, 4)
static void violation(VMQ_ADAPTER *adapter, uint32_t queue_id,
                      const char *format, ...)
{
    adapter->violations++;
    if (adapter->violations != 1) {
        return;
    }
    char *text = adapter->first_violation;
    int used = snprintf(text, VMQ_TEXT, "queue %lu: ", (unsigned long)queue_id);
    if (used < 0 || (size_t)used >= VMQ_TEXT) {
        used = 0;
    }
    va_list arguments;
    va_start(arguments, format);
    int more = vsnprintf(text + used, VMQ_TEXT - (size_t)used, format, arguments);
    va_end(arguments);
    if (more < 0) {
        text[used] = '\0';
    }
}

/* ---- counters ------------------------------------------------------------- */

static void add_live(VMQ_COUNTERS *counters, uint32_t length)
{
    counters->blocks++;
    counters->bytes += length;
    counters->live_blocks++;
    counters->live_bytes += length;
    if (counters->peak_blocks < counters->live_blocks) {
        counters->peak_blocks = counters->live_blocks;
    }
    if (counters->peak_bytes < counters->live_bytes) {
        counters->peak_bytes = counters->live_bytes;
    }
}

static void remove_live(VMQ_COUNTERS *counters, uint32_t length)
{
    counters->live_blocks--;
    counters->live_bytes -= length;
}

static void count_refusal(VMQ_COUNTERS *counters, NDIS_STATUS status)
{
    switch (status) {
    case NDIS_STATUS_RESOURCES:
        counters->refused_resources++;
        break;
    case NDIS_STATUS_FAILURE:
        counters->refused_failure++;
        break;
    case NDIS_STATUS_INVALID_PARAMETER:
        counters->refused_invalid_parameter++;
        break;
    default:
        counters->refused_other++;
        break;
    }
}

/* An operation that is turned down before anything is done. */
static NDIS_STATUS rejected(VMQ_ADAPTER *adapter, uint32_t queue_id,
                            NDIS_STATUS status)
{
    adapter->total.rejected++;
    if (queue_id < VMQ_QUEUES) {
        adapter->queues[queue_id].counters.rejected++;
    }
    return status;
}

/* ---- the memory of a block ------------------------------------------------ */

static uint64_t mixed(uint64_t value)
{
    value ^= value >> 33;
    value *= UINT64_C(0xFF51AFD7ED558CCD);
    value ^= value >> 33;
    value *= UINT64_C(0xC4CEB9FE1A85EC53);
    value ^= value >> 33;
    return value;
}

/* The pattern is a number for every eight bytes, from the block's own seed. */
static uint64_t pattern_word(uint64_t seed, uint32_t at)
{
    return seed + (uint64_t)at * UINT64_C(0x9E3779B97F4A7C15);
}

/* Uses the block: clears all of it, as a driver does before it makes its
 * receive buffers, and writes the pattern. */
static void write_block(VMQ_ADAPTER *adapter, struct block *block)
{
    memset(block->address, 0, block->length);
    adapter->serial++;
    block->seed = mixed((uint64_t)(uintptr_t)adapter + mixed(adapter->serial));
    for (uint32_t at = 0; at < block->length;) {
        uint64_t word = pattern_word(block->seed, at);
        uint32_t left = block->length - at;
        uint32_t size = left < 8 ? left : 8;
        if (size == 8) {
            memcpy(block->address + at, &word, 8);
        } else {
            memcpy(block->address + at, &word, size);
        }
        at += size;
    }
    block->patterned = true;
}

/* The offset of the first eight bytes that changed, or the block's length. */
static uint32_t changed_at(const struct block *block)
{
    for (uint32_t at = 0; at < block->length;) {
        uint64_t word = pattern_word(block->seed, at);
        uint32_t left = block->length - at;
        uint32_t size = left < 8 ? left : 8;
        if (size == 8) {
            uint64_t found;
            memcpy(&found, block->address + at, 8);
            if (found != word) {
                return at;
            }
        } else if (memcmp(block->address + at, &word, size) != 0) {
            return at;
        }
        at += size;
    }
    return block->length;
}

/* ---- checks of a successful request --------------------------------------- */

static int compare_ranges(const void *left, const void *right)
{
    const struct range *a = left;
    const struct range *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

static bool ranges_meet(const struct block *a, const struct block *b)
{
    size_t i = 0;
    size_t j = 0;
    while (i < a->range_count && j < b->range_count) {
        if (a->ranges[i].last < b->ranges[j].start) {
            i++;
        } else if (b->ranges[j].last < a->ranges[i].start) {
            j++;
        } else {
            return true;
        }
    }
    return false;
}

/* Reads the list into the block's ranges. False when it cannot be used. */
static bool read_list(VMQ_ADAPTER *adapter, const struct request *request,
                      const SCATTER_GATHER_LIST *list, size_t capacity,
                      struct block *block)
{
    uint32_t id = request->queue_id;
    size_t count = list->NumberOfElements;
    if (count > capacity) {
        violation(adapter, id, "the list has %lu elements, its buffer room for %lu",
                  (unsigned long)count, (unsigned long)capacity);
        return false;
    }
    if ((request->flags & NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS) != 0 && count != 1) {
        violation(adapter, id, "a contiguous block has %lu elements and not one",
                  (unsigned long)count);
        return false;
    }
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t start = (uint64_t)list->Elements[i].Address.QuadPart;
        uint32_t length = list->Elements[i].Length;
        if (length == 0) {
            violation(adapter, id, "element %lu of %lu has no length",
                      (unsigned long)i, (unsigned long)count);
            return false;
        }
        if (start > UINT64_MAX - (length - 1)) {
            violation(adapter, id, "element %lu of %lu goes past the last address",
                      (unsigned long)i, (unsigned long)count);
            return false;
        }
        block->ranges[i].start = start;
        block->ranges[i].last = start + (length - 1);
        sum += length;
    }
    if (sum < request->length) {
        violation(adapter, id, "the elements hold %llu bytes of the %lu asked for",
                  (unsigned long long)sum, (unsigned long)request->length);
        return false;
    }
    qsort(block->ranges, count, sizeof block->ranges[0], compare_ranges);
    for (size_t i = 1; i < count; i++) {
        if (block->ranges[i].start <= block->ranges[i - 1].last) {
            violation(adapter, id, "two elements share the device address 0x%llx",
                      (unsigned long long)block->ranges[i].start);
            return false;
        }
    }
    block->range_count = count;
    return true;
}

/* Holds a new block against every block of the adapter that is still in use.
 * False when their memory overlaps. (That of different adapters is noticed by
 * the patterns.) */
static bool compare_with_live(VMQ_ADAPTER *adapter, uint32_t id,
                              const struct block *block)
{
    bool apart = true;
    uintptr_t start = (uintptr_t)block->address;
    uintptr_t last = start + (block->length - 1);
    for (uint32_t q = 0; q < VMQ_QUEUES; q++) {
        for (int run = 0; run < RUNS; run++) {
            const struct block *other = adapter->queues[q].runs[run];
            for (; other != NULL; other = other->earlier) {
                uintptr_t other_start = (uintptr_t)other->address;
                uintptr_t other_last = other_start + (other->length - 1);
                if (block->allocation == other->allocation) {
                    violation(adapter, id,
                              "its allocation handle is that of a block of queue %lu",
                              (unsigned long)q);
                }
                if (block->shared == other->shared) {
                    violation(adapter, id,
                              "its shared memory handle is that of a block of queue %lu",
                              (unsigned long)q);
                }
                if (other->address != NULL && start <= other_last && other_start <= last) {
                    violation(adapter, id,
                              "its memory overlaps that of a block of queue %lu",
                              (unsigned long)q);
                    apart = false;
                }
                if (ranges_meet(block, other)) {
                    violation(adapter, id,
                              "its device addresses overlap those of a block of queue %lu",
                              (unsigned long)q);
                }
            }
        }
    }
    return apart;
}

static bool guard_is_whole(const unsigned char *guard, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (guard[i] != GUARD_VALUE) {
            return false;
        }
    }
    return true;
}

/* The name of the first field that the provider changed and may not change,
 * or NULL. The answer fields are left out on success only. */
static const char *changed_field(const NDIS_SHARED_MEMORY_PARAMETERS *before,
                                 const NDIS_SHARED_MEMORY_PARAMETERS *after,
                                 bool success)
{
#define CHANGED(field) \
    (memcmp(&before->field, &after->field, sizeof before->field) != 0)
    if (CHANGED(Header)) {
        return "Header";
    }
    if (CHANGED(Flags)) {
        return "Flags";
    }
    if (CHANGED(QueueId)) {
        return "QueueId";
    }
    if (CHANGED(PreferredNode)) {
        return "PreferredNode";
    }
    if (CHANGED(Usage)) {
        return "Usage";
    }
    if (CHANGED(Length)) {
        return "Length";
    }
    if (CHANGED(SGListBufferLength)) {
        return "SGListBufferLength";
    }
    if (CHANGED(SGListBuffer)) {
        return "SGListBuffer";
    }
    /* In revision 1 this lies outside the structure and is part of the guard. */
    if (CHANGED(VPortId)) {
        return "VPortId";
    }
    if (!success && CHANGED(SharedMemoryHandle)) {
        return "SharedMemoryHandle";
    }
    if (!success && CHANGED(VirtualAddress)) {
        return "VirtualAddress";
    }
#undef CHANGED
    return NULL;
}

/* ---- one request ---------------------------------------------------------- */

/* What one request needs, got before the provider is called so that nothing
 * can fail afterwards. */
struct scratch {
    struct block *block;
    unsigned char *buffer; /* guard, scatter/gather list, guard */
    size_t list_bytes;
    size_t capacity;
};

static void free_scratch(struct scratch *scratch)
{
    if (scratch->block != NULL) {
        free(scratch->block->ranges);
        free(scratch->block);
    }
    free(scratch->buffer);
    scratch->block = NULL;
    scratch->buffer = NULL;
}

static bool make_scratch(struct scratch *scratch, uint32_t length)
{
    size_t pages = (size_t)(length / PAGE_BYTES) + (length % PAGE_BYTES != 0);
    scratch->capacity = pages;
    scratch->list_bytes =
        sizeof(SCATTER_GATHER_LIST) + pages * sizeof(SCATTER_GATHER_ELEMENT);
    scratch->buffer = malloc(scratch->list_bytes + 2 * (size_t)GUARD_BYTES);
    scratch->block = calloc(1, sizeof *scratch->block);
    if (scratch->block != NULL) {
        scratch->block->ranges = calloc(pages, sizeof scratch->block->ranges[0]);
    }
    if (scratch->buffer == NULL || scratch->block == NULL ||
        scratch->block->ranges == NULL) {
        free_scratch(scratch);
        return false;
    }
    memset(scratch->buffer, GUARD_VALUE, scratch->list_bytes + 2 * (size_t)GUARD_BYTES);
    memset(scratch->buffer + GUARD_BYTES, 0, scratch->list_bytes);
    return true;
}

/* Asks for one block. `*own` is set when it was not the provider that failed. */
static NDIS_STATUS ask(VMQ_ADAPTER *adapter, const struct request *request,
                       bool retry, struct block **list_of_blocks, bool *own)
{
    uint32_t id = request->queue_id;
    struct queue *queue = &adapter->queues[id];
    struct scratch scratch;
    *own = false;
    if (!make_scratch(&scratch, request->length)) {
        *own = true;
        queue->counters.own_memory++;
        adapter->total.own_memory++;
        return NDIS_STATUS_RESOURCES;
    }

    SCATTER_GATHER_LIST *list =
        (SCATTER_GATHER_LIST *)(void *)(scratch.buffer + GUARD_BYTES);
    list->NumberOfElements = (ULONG)scratch.capacity;

    size_t size = request->mode == VMQ_MODE_REVISION_1
                      ? NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1
                      : NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2;
    struct guarded_parameters guarded;
    memset(&guarded, GUARD_VALUE, sizeof guarded);
    memset(&guarded, 0, size);
    NDIS_SHARED_MEMORY_PARAMETERS *parameters = &guarded.parameters;
    parameters->Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters->Header.Size = (USHORT)size;
    parameters->Flags = request->flags;
    parameters->PreferredNode = request->node;
    parameters->Usage = request->usage;
    parameters->Length = request->length;
    parameters->SGListBufferLength = (ULONG)scratch.list_bytes;
    parameters->SGListBuffer = list;
    if (request->mode == VMQ_MODE_REVISION_1) {
        parameters->Header.Revision = NDIS_SHARED_MEMORY_PARAMETERS_REVISION_1;
        parameters->QueueId = id;
    } else {
        parameters->Header.Revision = NDIS_SHARED_MEMORY_PARAMETERS_REVISION_2;
        if (request->mode == VMQ_MODE_SRIOV) {
            parameters->QueueId = NDIS_DEFAULT_RECEIVE_QUEUE_ID;
            parameters->VPortId = request->vport;
        } else {
            parameters->QueueId = id;
            parameters->VPortId = NDIS_DEFAULT_VPORT_ID;
        }
    }
    NDIS_SHARED_MEMORY_PARAMETERS before;
    memcpy(&before, parameters, sizeof before);

    NDIS_HANDLE allocation = HANDLE_NOT_WRITTEN;
    queue->counters.requests++;
    adapter->total.requests++;
    if (retry) {
        queue->counters.retries++;
        adapter->total.retries++;
    }
    NDIS_STATUS status =
        NdisAllocateSharedMemory(adapter->handle, parameters, &allocation);
    bool success = status == NDIS_STATUS_SUCCESS;

    if (!guard_is_whole(scratch.buffer, GUARD_BYTES)) {
        violation(adapter, id, "bytes before the scatter/gather buffer were written");
    }
    if (!guard_is_whole(scratch.buffer + GUARD_BYTES + scratch.list_bytes, GUARD_BYTES)) {
        violation(adapter, id, "bytes past the scatter/gather buffer were written");
    }
    if (!guard_is_whole((const unsigned char *)&guarded + size, sizeof guarded - size)) {
        violation(adapter, id, "bytes past the parameters were written");
    }
    const char *field = changed_field(&before, parameters, success);
    if (field != NULL) {
        violation(adapter, id, "%s changed in a request that %s", field,
                  success ? "succeeded" : "failed");
    }

    if (!success) {
        if (status == NDIS_STATUS_PENDING) {
            violation(adapter, id, "the request was answered PENDING");
        }
        if (allocation != NULL) {
            violation(adapter, id, "the allocation handle of a failed request is %s",
                      allocation == HANDLE_NOT_WRITTEN ? "not written" : "not NULL");
        }
        count_refusal(&queue->counters, status);
        count_refusal(&adapter->total, status);
        free_scratch(&scratch);
        return status;
    }

    struct block *block = scratch.block;
    block->allocation = allocation;
    block->shared = parameters->SharedMemoryHandle;
    block->address = parameters->VirtualAddress;
    block->length = request->length;
    bool usable = true;
    if (allocation == NULL || allocation == HANDLE_NOT_WRITTEN) {
        violation(adapter, id, "the allocation handle of a block is %s",
                  allocation == NULL ? "NULL" : "not written");
        block->allocation = NULL;
        usable = false;
    }
    if (block->shared == NULL) {
        violation(adapter, id, "the shared memory handle of a block is NULL");
        usable = false;
    }
    if (block->address == NULL) {
        violation(adapter, id, "the virtual address of a block is NULL");
        usable = false;
    } else if ((uintptr_t)block->address > UINTPTR_MAX - (block->length - 1)) {
        violation(adapter, id, "the virtual addresses of a block go past the last one");
        usable = false;
    }
    usable = read_list(adapter, request, list, scratch.capacity, block) && usable;
    usable = usable && compare_with_live(adapter, id, block);
    if (usable) {
        write_block(adapter, block);
    }

    block->earlier = *list_of_blocks;
    *list_of_blocks = block;
    add_live(&queue->counters, block->length);
    add_live(&adapter->total, block->length);

    /* The scatter/gather buffer is only the consumer's way to get the answer. */
    scratch.block = NULL;
    free_scratch(&scratch);
    return NDIS_STATUS_SUCCESS;
}

/* ---- runs of requests ----------------------------------------------------- */

static void free_run(VMQ_ADAPTER *adapter, uint32_t id, enum run run)
{
    struct queue *queue = &adapter->queues[id];
    while (queue->runs[run] != NULL) {
        struct block *block = queue->runs[run];
        queue->runs[run] = block->earlier;
        if (block->patterned) {
            uint32_t at = changed_at(block);
            if (at != block->length) {
                violation(adapter, id,
                          "byte %lu or one of the next 7 of a block of %lu bytes "
                          "changed while the block was in use",
                          (unsigned long)at, (unsigned long)block->length);
            }
        }
        if (block->allocation != NULL) {
            queue->counters.freed++;
            adapter->total.freed++;
            NdisFreeSharedMemory(adapter->handle, block->allocation);
        }
        remove_live(&queue->counters, block->length);
        remove_live(&adapter->total, block->length);
        free(block->ranges);
        free(block);
    }
}

/* Receive or post-lookahead, then lookahead, then the ring. */
static void free_blocks(VMQ_ADAPTER *adapter, uint32_t id)
{
    free_run(adapter, id, RUN_RECEIVE);
    free_run(adapter, id, RUN_LOOKAHEAD);
    free_run(adapter, id, RUN_RING);
    adapter->queues[id].entries = 0;
}

static uint32_t wanted_entries(uint32_t suggested)
{
    if (suggested == 0) {
        return VMQ_DEFAULT_ENTRIES;
    }
    return suggested < VMQ_MINIMUM_ENTRIES ? VMQ_MINIMUM_ENTRIES : suggested;
}

/* The bytes that so many entries take, with room to align the first of them. */
static uint64_t run_bytes(uint32_t entries, uint32_t entry, uint32_t align)
{
    uint64_t rounded = ((uint64_t)entry + (align - 1)) & ~(uint64_t)(align - 1);
    return (uint64_t)entries * rounded + align;
}

static struct request request_of(const VMQ_QUEUE_PARAMETERS *parameters)
{
    struct request request;
    memset(&request, 0, sizeof request);
    request.queue_id = parameters->queue_id;
    request.mode = parameters->mode;
    request.vport = parameters->vport;
    request.node = parameters->node;
    return request;
}

/* Asks until `wanted` entries have come. After a refusal the number of entries
 * of a request is halved, and it stays halved; a run whose next request would
 * be for fewer than 32 entries has failed. */
static NDIS_STATUS run_requests(VMQ_ADAPTER *adapter, uint32_t id, enum run run,
                                NDIS_SHARED_MEMORY_USAGE usage, uint32_t entry)
{
    struct queue *queue = &adapter->queues[id];
    struct request request = request_of(&queue->parameters);
    uint32_t wanted = wanted_entries(queue->parameters.suggested);
    uint32_t chunk = wanted;
    uint64_t got = 0;
    bool retry = false;
    request.usage = usage;
    while (got < wanted) {
        bool own;
        /* Fits: checked for the wanted number when the queue was made. */
        request.length = (uint32_t)run_bytes(chunk, entry, adapter->align);
        NDIS_STATUS status = ask(adapter, &request, retry, &queue->runs[run], &own);
        if (status == NDIS_STATUS_SUCCESS) {
            got += chunk;
            retry = false;
            continue;
        }
        chunk /= 2;
        retry = true;
        if (own || chunk < VMQ_SMALLEST_CHUNK) {
            return status;
        }
    }
    if (run == RUN_RECEIVE) {
        queue->entries = got > UINT32_MAX ? UINT32_MAX : (uint32_t)got;
    }
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ask_for_ring(VMQ_ADAPTER *adapter, uint32_t id)
{
    struct queue *queue = &adapter->queues[id];
    struct request request = request_of(&queue->parameters);
    bool own;
    request.usage = NdisSharedMemoryUsageOther;
    request.flags = NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS;
    request.length = queue->parameters.ring_bytes;
    return ask(adapter, &request, false, &queue->runs[RUN_RING], &own);
}

static uint32_t lookahead_entry(uint32_t lookahead)
{
    return lookahead < VMQ_LOOKAHEAD_LEAST ? VMQ_LOOKAHEAD_LEAST : lookahead;
}

/* All of a queue's memory, or none of it. */
static NDIS_STATUS allocate_blocks(VMQ_ADAPTER *adapter, uint32_t id)
{
    struct queue *queue = &adapter->queues[id];
    uint32_t lookahead = queue->parameters.lookahead;
    NDIS_STATUS status = NDIS_STATUS_SUCCESS;
    if (queue->parameters.ring_bytes != 0) {
        status = ask_for_ring(adapter, id);
    }
    if (status == NDIS_STATUS_SUCCESS && lookahead != 0) {
        status = run_requests(adapter, id, RUN_LOOKAHEAD,
                              NdisSharedMemoryUsageReceiveLookahead,
                              lookahead_entry(lookahead));
    }
    if (status == NDIS_STATUS_SUCCESS) {
        /* Entries of the post-lookahead run keep the whole size: the first
         * bytes of each are left unused, so that offsets stay the same. */
        status = run_requests(adapter, id, RUN_RECEIVE,
                              lookahead != 0 ? NdisSharedMemoryUsageReceivePostLookahead
                                             : NdisSharedMemoryUsageReceive,
                              VMQ_FRAME_BYTES);
    }
    if (status == NDIS_STATUS_SUCCESS) {
        queue->state = VMQ_QUEUE_RUNNING;
        queue->counters.completed++;
        adapter->total.completed++;
    } else {
        free_blocks(adapter, id);
        queue->counters.failed++;
        adapter->total.failed++;
    }
    return status;
}

static void unmake(VMQ_ADAPTER *adapter, uint32_t id)
{
    struct queue *queue = &adapter->queues[id];
    free_blocks(adapter, id);
    memset(&queue->parameters, 0, sizeof queue->parameters);
    queue->outstanding = 0;
    queue->state = VMQ_QUEUE_UNUSED;
}

/* ---- the adapter ---------------------------------------------------------- */

/* This consumer sends nothing, so NDIS never has a list to hand to it. */
static VOID NTAPI process_sg_list(PDEVICE_OBJECT device, PVOID reserved,
                                  PSCATTER_GATHER_LIST list, PVOID context)
{
    (void)device;
    (void)reserved;
    (void)list;
    (void)context;
}

NDIS_STATUS vmq_adapter_create(NDIS_HANDLE ndis_handle, uint32_t align,
                               VMQ_ADAPTER **adapter)
{
    if (adapter == NULL) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    *adapter = NULL;
    if (ndis_handle == NULL || align < 8 || align > PAGE_BYTES ||
        (align & (align - 1)) != 0) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    VMQ_ADAPTER *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    made->handle = ndis_handle;
    made->align = align;

    NDIS_SG_DMA_DESCRIPTION description;
    memset(&description, 0, sizeof description);
    description.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    description.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    description.Header.Size = (USHORT)NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
    description.Flags = NDIS_SG_DMA_64_BIT_ADDRESS;
    description.MaximumPhysicalMapping = VMQ_FRAME_BYTES;
    description.ProcessSGListHandler = process_sg_list;
    NDIS_STATUS status =
        NdisMRegisterScatterGatherDma(ndis_handle, &description, &made->dma);
    if (status != NDIS_STATUS_SUCCESS) {
        free(made);
        return status;
    }
    made->sg_list_size = description.ScatterGatherListSize;
    *adapter = made;
    return NDIS_STATUS_SUCCESS;
}

void vmq_adapter_destroy(VMQ_ADAPTER *adapter)
{
    if (adapter == NULL) {
        return;
    }
    if (!adapter->halted) {
        for (uint32_t id = 0; id < VMQ_QUEUES; id++) {
            adapter->queues[id].outstanding = 0;
        }
        (void)vmq_adapter_halt(adapter);
    }
    free(adapter);
}

NDIS_STATUS vmq_adapter_halt(VMQ_ADAPTER *adapter)
{
    if (adapter == NULL) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    if (adapter->halted) {
        return rejected(adapter, VMQ_QUEUES, NDIS_STATUS_INVALID_STATE);
    }
    for (uint32_t id = 0; id < VMQ_QUEUES; id++) {
        if (adapter->queues[id].outstanding != 0) {
            return rejected(adapter, VMQ_QUEUES, NDIS_STATUS_INVALID_STATE);
        }
    }
    for (uint32_t id = 0; id < VMQ_QUEUES; id++) {
        if (adapter->queues[id].state != VMQ_QUEUE_UNUSED) {
            unmake(adapter, id);
        }
    }
    NdisMDeregisterScatterGatherDma(adapter->dma);
    adapter->dma = NULL;
    adapter->halted = true;
    return NDIS_STATUS_SUCCESS;
}

/* ---- operations on queues ------------------------------------------------- */

/* Whether a request for so many entries of all of a queue's runs fits the
 * 32 bits of its length. */
static bool lengths_fit(const VMQ_ADAPTER *adapter,
                        const VMQ_QUEUE_PARAMETERS *parameters)
{
    uint32_t wanted = wanted_entries(parameters->suggested);
    return run_bytes(wanted, VMQ_FRAME_BYTES, adapter->align) <= UINT32_MAX;
}

NDIS_STATUS vmq_default_queue(VMQ_ADAPTER *adapter, uint32_t suggested)
{
    if (adapter == NULL) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    VMQ_QUEUE_PARAMETERS parameters;
    memset(&parameters, 0, sizeof parameters);
    parameters.suggested = suggested;
    if (adapter->halted || adapter->queues[0].state != VMQ_QUEUE_UNUSED) {
        return rejected(adapter, 0, NDIS_STATUS_INVALID_STATE);
    }
    if (!lengths_fit(adapter, &parameters)) {
        return rejected(adapter, 0, NDIS_STATUS_INVALID_PARAMETER);
    }
    adapter->queues[0].parameters = parameters;
    adapter->queues[0].state = VMQ_QUEUE_MADE;
    NDIS_STATUS status = allocate_blocks(adapter, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        unmake(adapter, 0);
    }
    return status;
}

NDIS_STATUS vmq_queue_make(VMQ_ADAPTER *adapter,
                           const VMQ_QUEUE_PARAMETERS *parameters)
{
    if (adapter == NULL) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    if (parameters == NULL) {
        return rejected(adapter, VMQ_QUEUES, NDIS_STATUS_INVALID_PARAMETER);
    }
    uint32_t id = parameters->queue_id;
    if (adapter->halted) {
        return rejected(adapter, id, NDIS_STATUS_INVALID_STATE);
    }
    if (id == 0 || id >= VMQ_QUEUES) {
        return rejected(adapter, id, NDIS_STATUS_INVALID_PARAMETER);
    }
    struct queue *queue = &adapter->queues[id];
    if (queue->state != VMQ_QUEUE_UNUSED) {
        return rejected(adapter, id, NDIS_STATUS_INVALID_STATE);
    }
    if (parameters->mode > VMQ_MODE_SRIOV || !lengths_fit(adapter, parameters)) {
        return rejected(adapter, id, NDIS_STATUS_INVALID_PARAMETER);
    }
    /* Never both ids in one request: a VPort with SR-IOV, and only then. */
    if ((parameters->mode == VMQ_MODE_SRIOV) !=
        (parameters->vport != NDIS_DEFAULT_VPORT_ID)) {
        return rejected(adapter, id, NDIS_STATUS_INVALID_PARAMETER);
    }
    if (parameters->ring_bytes != 0 &&
        (parameters->mode == VMQ_MODE_REVISION_1 ||
         parameters->ring_bytes < VMQ_RING_LEAST ||
         parameters->ring_bytes > VMQ_RING_MOST)) {
        return rejected(adapter, id, NDIS_STATUS_INVALID_PARAMETER);
    }
    if (parameters->lookahead > VMQ_LOOKAHEAD_MOST ||
        (parameters->lookahead != 0 && parameters->mode != VMQ_MODE_REVISION_1)) {
        return rejected(adapter, id, NDIS_STATUS_NOT_SUPPORTED);
    }
    queue->parameters = *parameters;
    queue->state = VMQ_QUEUE_MADE;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS complete_one(VMQ_ADAPTER *adapter, uint32_t id)
{
    if (id == 0 || id >= VMQ_QUEUES ||
        adapter->queues[id].state == VMQ_QUEUE_UNUSED) {
        return rejected(adapter, id, NDIS_STATUS_INVALID_PARAMETER);
    }
    if (adapter->queues[id].state != VMQ_QUEUE_MADE) {
        return rejected(adapter, id, NDIS_STATUS_INVALID_STATE);
    }
    return allocate_blocks(adapter, id);
}

NDIS_STATUS vmq_queues_complete(VMQ_ADAPTER *adapter, const uint32_t *queue_ids,
                                uint32_t count, NDIS_STATUS *statuses)
{
    if (adapter == NULL) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    if (adapter->halted) {
        return rejected(adapter, VMQ_QUEUES, NDIS_STATUS_INVALID_STATE);
    }
    if (count == 0 || queue_ids == NULL || statuses == NULL) {
        return rejected(adapter, VMQ_QUEUES, NDIS_STATUS_INVALID_PARAMETER);
    }
    for (uint32_t i = 0; i < count; i++) {
        statuses[i] = complete_one(adapter, queue_ids[i]);
    }
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS vmq_queue_free(VMQ_ADAPTER *adapter, uint32_t queue_id,
                           uint32_t outstanding)
{
    if (adapter == NULL) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    if (adapter->halted) {
        return rejected(adapter, queue_id, NDIS_STATUS_INVALID_STATE);
    }
    if (queue_id == 0 || queue_id >= VMQ_QUEUES) {
        return rejected(adapter, queue_id, NDIS_STATUS_INVALID_PARAMETER);
    }
    struct queue *queue = &adapter->queues[queue_id];
    if (queue->state == VMQ_QUEUE_UNUSED) {
        return rejected(adapter, queue_id, NDIS_STATUS_INVALID_PARAMETER);
    }
    if (queue->state == VMQ_QUEUE_FREEING) {
        return rejected(adapter, queue_id, NDIS_STATUS_INVALID_STATE);
    }
    /* Lists that are out are buffers of the queue: it cannot have more. */
    if (outstanding > queue->entries) {
        return rejected(adapter, queue_id, NDIS_STATUS_INVALID_PARAMETER);
    }
    if (outstanding != 0) {
        queue->state = VMQ_QUEUE_FREEING;
        queue->outstanding = outstanding;
        return NDIS_STATUS_PENDING;
    }
    unmake(adapter, queue_id);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS vmq_lists_return(VMQ_ADAPTER *adapter, uint32_t queue_id,
                             uint32_t count)
{
    if (adapter == NULL) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    if (adapter->halted) {
        return rejected(adapter, queue_id, NDIS_STATUS_INVALID_STATE);
    }
    if (queue_id >= VMQ_QUEUES || count == 0) {
        return rejected(adapter, queue_id, NDIS_STATUS_INVALID_PARAMETER);
    }
    struct queue *queue = &adapter->queues[queue_id];
    if (queue->state != VMQ_QUEUE_FREEING) {
        return rejected(adapter, queue_id, NDIS_STATUS_INVALID_STATE);
    }
    if (count > queue->outstanding) {
        return rejected(adapter, queue_id, NDIS_STATUS_INVALID_PARAMETER);
    }
    queue->outstanding -= count;
    if (queue->outstanding == 0) {
        unmake(adapter, queue_id);
    }
    return NDIS_STATUS_SUCCESS;
}

/* ---- reports -------------------------------------------------------------- */

void vmq_adapter_report(const VMQ_ADAPTER *adapter, VMQ_REPORT *report)
{
    if (report == NULL) {
        return;
    }
    memset(report, 0, sizeof *report);
    if (adapter == NULL) {
        return;
    }
    report->total = adapter->total;
    report->violations = adapter->violations;
    report->sg_list_size = adapter->sg_list_size;
    memcpy(report->first_violation, adapter->first_violation,
           sizeof report->first_violation);
    for (uint32_t id = 0; id < VMQ_QUEUES; id++) {
        report->queues_live += adapter->queues[id].state != VMQ_QUEUE_UNUSED;
    }
}

NDIS_STATUS vmq_queue_report(const VMQ_ADAPTER *adapter, uint32_t queue_id,
                             VMQ_QUEUE_REPORT *report)
{
    if (report == NULL) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    memset(report, 0, sizeof *report);
    if (adapter == NULL || queue_id >= VMQ_QUEUES) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    const struct queue *queue = &adapter->queues[queue_id];
    report->counters = queue->counters;
    report->outstanding = queue->outstanding;
    report->state = queue->state;
    report->entries = queue->entries;
    return NDIS_STATUS_SUCCESS;
}
