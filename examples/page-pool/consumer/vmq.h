/*
 * A consumer of shared memory: the part of a VMQ network miniport that makes
 * receive queues, asks NdisAllocateSharedMemory for their receive buffers and
 * gives the buffers back.
 *
 * It keeps to what a real driver does (retry with half the entries, last
 * allocated first freed, and so on), and on top of that checks every answer it
 * gets. Anything the provider did wrong is a "violation": it is counted and the
 * first one is described in words. A run with a violation has failed.
 *
 * There is no global state. One adapter is used by one thread at a time;
 * several adapters may be used by several threads at once.
 */
#ifndef VMQ_H
#define VMQ_H

#include "ndis_min.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Queues of an adapter: 0 is the default queue, 1..7 are for virtual machines. */
#define VMQ_QUEUES 8u

/* Entries of a queue when the suggestion is 0, the fewest that make a queue
 * usable, and the smallest chunk that is asked for. */
#define VMQ_DEFAULT_ENTRIES 256u
#define VMQ_MINIMUM_ENTRIES 64u
#define VMQ_SMALLEST_CHUNK  32u

/* Bytes of an entry of the receive and post-lookahead runs, before rounding. */
#define VMQ_FRAME_BYTES 1514u

/* A smaller lookahead split is raised to the first, a larger one than the
 * second is refused. */
#define VMQ_LOOKAHEAD_LEAST 64u
#define VMQ_LOOKAHEAD_MOST  128u

/* Sizes of a descriptor ring. */
#define VMQ_RING_LEAST 4096u
#define VMQ_RING_MOST  65536u

/* Characters of a violation's text, the end mark included. */
#define VMQ_TEXT 256u

/* How the requests of a queue are written. */
#define VMQ_MODE_REVISION_1 0u /* revision 1, QueueId is the queue           */
#define VMQ_MODE_VMQ_2      1u /* revision 2, QueueId is the queue, VPortId 0 */
#define VMQ_MODE_SRIOV      2u /* revision 2, QueueId 0, VPortId is not 0     */

/* What state a queue is in. */
#define VMQ_QUEUE_UNUSED  0u /* not made                                       */
#define VMQ_QUEUE_MADE    1u /* made, its memory not yet asked for, or refused */
#define VMQ_QUEUE_RUNNING 2u /* has its memory                                 */
#define VMQ_QUEUE_FREEING 3u /* being freed, receive lists are still out       */

typedef struct VMQ_ADAPTER VMQ_ADAPTER;

typedef struct VMQ_QUEUE_PARAMETERS {
    uint32_t queue_id;
    uint32_t suggested;  /* receive buffers; 0: 256, fewer than 64: 64      */
    uint32_t lookahead;  /* lookahead split in bytes; 0: no split           */
    uint32_t mode;       /* VMQ_MODE_...                                    */
    uint32_t vport;      /* with VMQ_MODE_SRIOV, not 0; otherwise 0         */
    uint32_t ring_bytes; /* descriptor ring, contiguous; 0: none            */
    uint32_t node;       /* preferred node; MM_ANY_NODE_OK for any          */
} VMQ_QUEUE_PARAMETERS;

/* Of a queue (over all of its lives), or of an adapter. */
typedef struct VMQ_COUNTERS {
    uint64_t requests;    /* calls of NdisAllocateSharedMemory             */
    uint64_t retries;     /* those that repeat a refused one, halved       */
    uint64_t blocks;      /* those that succeeded                          */
    uint64_t bytes;       /* asked for and given                           */
    uint64_t freed;       /* calls of NdisFreeSharedMemory                 */
    uint64_t live_blocks; /* not yet freed                                 */
    uint64_t live_bytes;
    uint64_t peak_blocks;
    uint64_t peak_bytes;
    uint64_t refused_resources; /* requests that failed, by status         */
    uint64_t refused_failure;
    uint64_t refused_invalid_parameter;
    uint64_t refused_other;
    uint64_t completed;  /* times a queue got all of its memory            */
    uint64_t failed;     /* times it did not                               */
    uint64_t rejected;   /* operations the consumer itself turned down     */
    uint64_t own_memory; /* times malloc failed                            */
} VMQ_COUNTERS;

typedef struct VMQ_REPORT {
    VMQ_COUNTERS total;
    uint64_t violations;
    uint32_t sg_list_size; /* the answer of NdisMRegisterScatterGatherDma  */
    uint32_t queues_live;  /* queues that are not VMQ_QUEUE_UNUSED         */
    char first_violation[VMQ_TEXT]; /* empty when there is none; UTF-8     */
} VMQ_REPORT;

typedef struct VMQ_QUEUE_REPORT {
    VMQ_COUNTERS counters;
    uint64_t outstanding; /* receive lists that are still out              */
    uint32_t state;       /* VMQ_QUEUE_...                                 */
    uint32_t entries;     /* receive buffers it has; 0 when it has none    */
} VMQ_QUEUE_REPORT;

/* Registers scatter/gather DMA for the adapter. `align` is the alignment of
 * shared data: a power of two from 8 to 4096. `*adapter` is NULL on failure.
 * INVALID_PARAMETER for a bad argument, RESOURCES when there is no memory,
 * otherwise the status of the registration. */
NDIS_STATUS vmq_adapter_create(NDIS_HANDLE ndis_handle, uint32_t align,
                               VMQ_ADAPTER **adapter);

/* Frees the object. An adapter that was not halted is halted first, as though
 * every outstanding receive list had come back. NULL is allowed. */
void vmq_adapter_destroy(VMQ_ADAPTER *adapter);

/* Makes queue 0 and allocates its memory, as a driver does while its adapter
 * is being initialised. It lives until the halt. Revision 1, no split. */
NDIS_STATUS vmq_default_queue(VMQ_ADAPTER *adapter, uint32_t suggested);

/* Makes a queue. No shared memory is asked for. */
NDIS_STATUS vmq_queue_make(VMQ_ADAPTER *adapter,
                           const VMQ_QUEUE_PARAMETERS *parameters);

/* Allocation complete: asks for the memory of each queue in the order of the
 * array. `statuses` has `count` elements and gets one for each queue; the
 * failure of one queue does not stop the next. The result says only whether
 * the operation as a whole was possible. */
NDIS_STATUS vmq_queues_complete(VMQ_ADAPTER *adapter, const uint32_t *queue_ids,
                                uint32_t count, NDIS_STATUS *statuses);

/* Frees a queue of which `outstanding` receive lists are still out. PENDING
 * when there are any: the memory is then freed by the vmq_lists_return that
 * brings back the last of them. */
NDIS_STATUS vmq_queue_free(VMQ_ADAPTER *adapter, uint32_t queue_id,
                           uint32_t outstanding);

/* Brings back `count` receive lists of a queue that is being freed. */
NDIS_STATUS vmq_lists_return(VMQ_ADAPTER *adapter, uint32_t queue_id,
                             uint32_t count);

/* Frees every queue that still exists, in the order of their ids, and ends the
 * DMA registration. INVALID_STATE, and nothing is done, while receive lists
 * are out: NDIS does not halt an adapter before they are back. */
NDIS_STATUS vmq_adapter_halt(VMQ_ADAPTER *adapter);

/* Both may be called at any time until the adapter is destroyed, and are most
 * useful after the halt. */
void vmq_adapter_report(const VMQ_ADAPTER *adapter, VMQ_REPORT *report);

/* INVALID_PARAMETER when there is no such queue. */
NDIS_STATUS vmq_queue_report(const VMQ_ADAPTER *adapter, uint32_t queue_id,
                             VMQ_QUEUE_REPORT *report);

#ifdef __cplusplus
}
#endif

#endif /* VMQ_H */
