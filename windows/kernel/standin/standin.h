/*
 * What the parts of the stand-in share: what the kernel and NDIS know of the one driver under test.
 */
#ifndef STANDIN_H
#define STANDIN_H

#include "ndis6.h"
#include "../report.h"

#define UNLIMITED (-1)
#define PROCESSOR 5 /* the driver runs on it */

/* kernel.c */
extern struct kernel {
    KIRQL irql;
    LONG pool_blocks;      /* allocated and not freed */
    LONG contiguous;       /* the same of contiguous memory */
    LONG pool_left;        /* how many more blocks of pool there are, or UNLIMITED */
    LONG contiguous_left;  /* the same of contiguous memory */
    LONG wrong_frees;      /* blocks freed that were none, or with another tag */
    LONG calls_too_high;   /* calls of kernel functions above their level */
    LONG lines;            /* printed so far */
    char line[256];        /* the last one */
    KIRQL raises_irql;     /* so much, in each allocation of contiguous memory */
    KBUGCHECK_REASON_CALLBACK_RECORD *dump_record; /* the registered one */
    KBUGCHECK_REASON_CALLBACK_ROUTINE *dump_routine;
    BOOLEAN expects_bugcheck;
    ULONG_PTR bugcheck[5]; /* the code and the parameters of the last one */
    PVOID after_bugcheck[5]; /* where to go on, for __builtin_longjmp */
} kernel;

LONGLONG NTAPI StandInGetPhysicalAddress(PVOID address);

/* ndis::bugcheck::Record. */
struct record {
    char signature[8];
    ULONG state, reason;
    ULONGLONG context;
    ULONG line, column, processor, irql;
    char callback[64], file[88], message[256];
};
C_ASSERT(sizeof(struct record) == 0x1c0 && FIELD_OFFSET(struct record, message) == 0xc0);

/* The records that the kernel would add to a dump: the first panic, and what stopped the machine. */
const struct record *records(void);

/* ndis.c */
extern struct ndis {
    BOOLEAN registered;
    BOOLEAN has_provider;
    BOOLEAN poisoned;      /* and refuses to serve, after a panic */
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_HANDLE protocol_context;
    NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS provider;
    LONG deregistrations;
    LONG wrong_handles;
    LONG blocks_at_end;    /* of pool, when the deregistration returned */
    NDIS_STATUS set_options; /* what it returned */
    struct record panic;   /* the first panic until then */
    NDIS_STATUS last_call; /* the status of the allocation that came during the deregistration */
} ndis;

/* consumer.c: a consumer of shared memory. */
struct block {
    NDIS_HANDLE handle;
    NDIS_SHARED_MEMORY_PARAMETERS parameters;
    SCATTER_GATHER_LIST *list;
    char list_memory[sizeof(SCATTER_GATHER_LIST) + 4 * sizeof(SCATTER_GATHER_ELEMENT)];
};
VOID block_prepare(struct block *block, ULONG length);
NDIS_STATUS block_allocate(struct block *block);
VOID block_free(struct block *block);

/* test.c */
VOID test_loaded(struct report *report);
VOID test_unloaded(struct report *report);
VOID test_bugchecks(struct report *report);
VOID test_contained(struct report *report);
VOID test_raised(struct report *report);
VOID test_twice(struct report *report);
VOID test_nounwind(struct report *report);
VOID test_registering(struct report *report);

#endif
