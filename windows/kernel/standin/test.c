/*
 * The checks.
 */
#include "standin.h"

static VOID check(struct report *report, const char *name, LONG got, LONG wanted) {
    struct check *check = &report->checks[report->count];
    if (report->count == CHECKS) return;
    report->count++;
    for (ULONG i = 0; name[i] && i < sizeof check->name - 1; i++) check->name[i] = name[i];
    check->got = got;
    check->wanted = wanted;
}

static BOOLEAN is_filled(const UCHAR *bytes, ULONG length, UCHAR with) {
    for (ULONG i = 0; i < length; i++)
        if (bytes[i] != with) return FALSE;
    return TRUE;
}

static BOOLEAN begins(const char *text, const char *with) {
    while (*with)
        if (*text++ != *with++) return FALSE;
    return TRUE;
}

static VOID test_registration(struct report *report) {
    check(report, "protocol driver is registered", ndis.registered, TRUE);
    check(report, "with a context", ndis.protocol_context != NULL, TRUE);
    check(report, "provider is registered in set options", ndis.has_provider, TRUE);
    check(report, "with its flag", ndis.provider.Flags, NDIS_SHARED_MEMORY_PROVIDER_CHAR_SUPPORTS_PF_VPORTS);
    check(report, "with a context", ndis.provider.ProviderContext != NULL, TRUE);
    check(report, "records are registered for dumps", kernel.dump_record != NULL, TRUE);
}

static VOID test_success(struct report *report) {
    struct block one, other;
    LONG pool = kernel.pool_blocks;
    UCHAR *memory;

    block_prepare(&one, 10000);
    check(report, "allocate", block_allocate(&one), NDIS_STATUS_SUCCESS);
    check(report, "  a handle", one.handle != NULL && one.handle != (NDIS_HANDLE)0xBAD0, TRUE);
    check(report, "  the same in the parameters", one.parameters.SharedMemoryHandle == one.handle, TRUE);
    memory = one.parameters.VirtualAddress;
    check(report, "  memory that starts on a page", ((ULONG_PTR)memory & (PAGE_SIZE - 1)) == 0, TRUE);
    check(report, "  cleared", is_filled(memory, 10000, 0), TRUE);
    check(report, "  one element", one.list->NumberOfElements, 1);
    check(report, "  its physical address",
          one.list->Elements[0].Address.QuadPart == StandInGetPhysicalAddress(memory), TRUE);
    check(report, "  its length", one.list->Elements[0].Length, 10000);
    check(report, "  the rest of the list untouched",
          is_filled((UCHAR *)&one.list->Elements[1], 2 * sizeof one.list->Elements[1], 0), TRUE);
    memset(memory, 0x11, 10000);

    block_prepare(&other, 4096);
    other.parameters.Header.Revision = 2;
    other.parameters.Header.Size = NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2;
    other.parameters.VPortId = 3;
    check(report, "allocate for a virtual port", block_allocate(&other), NDIS_STATUS_SUCCESS);
    memset(other.parameters.VirtualAddress, 0x22, 4096);
    check(report, "  other memory", is_filled(memory, 10000, 0x11), TRUE);
    check(report, "  both are held", kernel.contiguous, 2);
    block_free(&one);
    check(report, "free", kernel.contiguous, 1);
    check(report, "  only the one", is_filled(other.parameters.VirtualAddress, 4096, 0x22), TRUE);
    block_free(&other);
    check(report, "free the other", kernel.contiguous, 0);
    check(report, "  and all pool", kernel.pool_blocks, pool);
}

/* A refused request leaves nothing behind: no handle, no memory, and the consumer's structures as they were. */
static VOID expect(struct report *report, const char *name, struct block *block, NDIS_STATUS wanted) {
    struct block before = *block;
    LONG pool = kernel.pool_blocks, contiguous = kernel.contiguous;
    NDIS_STATUS got = block_allocate(block);
    check(report, name, got, wanted);
    before.handle = NULL;
    if (memcmp(&before, block, sizeof before)) check(report, "  leaves the consumer's structures", 0, 1);
    if (kernel.pool_blocks != pool) check(report, "  frees its pool", kernel.pool_blocks, pool);
    if (kernel.contiguous != contiguous) check(report, "  frees its memory", kernel.contiguous, contiguous);
}

static VOID test_invalid_parameter(struct report *report) {
    NDIS_HANDLE context = ndis.provider.ProviderContext, handle;
    struct block block;
    LONG lines;

    block_prepare(&block, 0);
    expect(report, "no length", &block, NDIS_STATUS_INVALID_PARAMETER);
    block_prepare(&block, 0xFFFFFFFF);
    expect(report, "nearly 4 GiB", &block, NDIS_STATUS_INVALID_PARAMETER);
    block_prepare(&block, 4096);
    block.parameters.SGListBufferLength = FIELD_OFFSET(SCATTER_GATHER_LIST, Elements);
    expect(report, "a list without room", &block, NDIS_STATUS_INVALID_PARAMETER);

    lines = kernel.lines;
    block_prepare(&block, 4096);
    block.parameters.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    expect(report, "another object type", &block, NDIS_STATUS_INVALID_PARAMETER);
    block_prepare(&block, 4096);
    block.parameters.Header.Size = NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1 - 1;
    expect(report, "a structure that is too short", &block, NDIS_STATUS_INVALID_PARAMETER);
    block_prepare(&block, 4096);
    block.parameters.SGListBuffer = NULL;
    expect(report, "no list", &block, NDIS_STATUS_INVALID_PARAMETER);
    block_prepare(&block, 4096);
    ndis.provider.ProviderContext = NULL;
    expect(report, "no context", &block, NDIS_STATUS_INVALID_PARAMETER);
    ndis.provider.ProviderContext = (char *)context + 1;
    expect(report, "a misaligned context", &block, NDIS_STATUS_INVALID_PARAMETER);
    ndis.provider.ProviderContext = ndis.protocol_context;
    expect(report, "the driver's context", &block, NDIS_STATUS_INVALID_PARAMETER);
    ndis.provider.ProviderContext = context;

    handle = (NDIS_HANDLE)0xBAD0;
    check(report, "no parameters", ndis.provider.AllocateSharedMemoryHandler(context, NULL, &handle),
          NDIS_STATUS_INVALID_PARAMETER);
    check(report, "  no handle", handle == NULL, TRUE);
    check(report, "no place for the handle", ndis.provider.AllocateSharedMemoryHandler(context, &block.parameters, NULL),
          NDIS_STATUS_INVALID_PARAMETER);
    check(report, "every broken contract is printed", kernel.lines - lines, 8);
}

static VOID test_resources(struct report *report) {
    struct block block;
    NDIS_STATUS status;
    LONG pool = kernel.pool_blocks, blocks;

    block_prepare(&block, 4096);
    kernel.contiguous_left = 0;
    expect(report, "no contiguous memory", &block, NDIS_STATUS_RESOURCES);
    kernel.contiguous_left = UNLIMITED;
    block_prepare(&block, 65 << 20);
    expect(report, "more than the driver lends", &block, NDIS_STATUS_RESOURCES);
    for (blocks = 0;; blocks++) {
        block_prepare(&block, 4096);
        kernel.pool_left = blocks;
        status = block_allocate(&block);
        if (status != NDIS_STATUS_RESOURCES || blocks == 10) break;
        if (block.handle || kernel.pool_blocks != pool || kernel.contiguous)
            check(report, "pool that ends: nothing is kept", 0, 1);
    }
    kernel.pool_left = UNLIMITED;
    check(report, "pool that does not end any more", status, NDIS_STATUS_SUCCESS);
    check(report, "  had to be so many blocks", blocks, 2);
    block_free(&block);
}

static VOID test_irql(struct report *report) {
    struct block block;
    LONG lines = kernel.lines;

    block_prepare(&block, 4096);
    kernel.irql = DISPATCH_LEVEL;
    expect(report, "allocate at DISPATCH_LEVEL", &block, NDIS_STATUS_FAILURE);
    check(report, "  stays there", kernel.irql, DISPATCH_LEVEL);
    kernel.irql = APC_LEVEL;
    expect(report, "allocate at APC_LEVEL", &block, NDIS_STATUS_FAILURE);
    kernel.irql = PASSIVE_LEVEL;
    check(report, "  both are printed", kernel.lines - lines, 2);
    check(report, "  with the level", begins(kernel.line, "ALLOCATE_SHARED_MEMORY_HANDLER: called at APC_LEVEL, legal is PASSIVE_LEVEL"), TRUE);
    check(report, "allocate at PASSIVE_LEVEL again", block_allocate(&block), NDIS_STATUS_SUCCESS);
    block_free(&block);
}

/* Many blocks of many sizes, freed in another order. */
static VOID test_many(struct report *report) {
    static struct block blocks[64];
    LONG pool = kernel.pool_blocks, failures = 0, overlaps = 0;

    for (ULONG round = 0; round < 50; round++) {
        for (ULONG i = 0; i < 64; i++) {
            ULONG length = 1 + (round * 64 + i) * 7919 % 100000;
            block_prepare(&blocks[i], length);
            if (block_allocate(&blocks[i])) failures++;
            else memset(blocks[i].parameters.VirtualAddress, (int)i, length);
        }
        for (ULONG i = 0; i < 64; i++) {
            struct block *block = &blocks[i * 37 % 64];
            if (!block->handle) continue;
            if (!is_filled(block->parameters.VirtualAddress, block->parameters.Length, (UCHAR)(i * 37 % 64))) overlaps++;
            block_free(block);
        }
    }
    check(report, "3200 blocks: allocated", failures, 0);
    check(report, "  disjoint", overlaps, 0);
    check(report, "  memory given back", kernel.contiguous, 0);
    check(report, "  pool given back", kernel.pool_blocks, pool);
}

#define BUGCHECK_CODE 0xE04E4449

enum { WRITTEN = 2, CONTRACT = 1, PANIC = 2, CONTAINED = 3, NOUNWIND = 0x12 };

/* What a queue of this number brings the driver to, see panicking.rs. */
enum { PANICS = 13, PANICS_AT_HEIGHT = 14, RUNS_OUT = 15 };

/* Asks for memory for a queue, at a level. */
static NTSTATUS ask(ULONG queue, KIRQL level, struct block *block) {
    NTSTATUS status;
    block_prepare(block, 4096);
    block->parameters.QueueId = queue;
    kernel.irql = level;
    status = block_allocate(block);
    kernel.irql = PASSIVE_LEVEL;
    return status;
}

/* Overwrites what the frames left that a bugcheck ended, as no stopped machine goes on in their place. */
static __attribute__((noinline)) VOID scrub_stack(ULONG pages) {
    volatile UCHAR stack[PAGE_SIZE / 2];
    for (ULONG i = 0; i < sizeof stack; i++) stack[i] = 0;
    if (pages) scrub_stack(pages - 1);
    stack[0] = 1; /* so that this frame is still needed */
}

/* The same; returns how many bugchecks that made. */
static LONG stop(ULONG queue, KIRQL level) {
    struct block block;
    memset(kernel.bugcheck, 0, sizeof kernel.bugcheck);
    kernel.expects_bugcheck = TRUE;
    if (!__builtin_setjmp(kernel.after_bugcheck)) ask(queue, level, &block);
    scrub_stack(32);
    kernel.irql = PASSIVE_LEVEL;
    kernel.expects_bugcheck = FALSE;
    return kernel.bugcheck[0] != 0;
}

/* The same for a block that is given back. */
static LONG stop_free(struct block *block) {
    memset(kernel.bugcheck, 0, sizeof kernel.bugcheck);
    kernel.expects_bugcheck = TRUE;
    if (!__builtin_setjmp(kernel.after_bugcheck)) block_free(block);
    scrub_stack(32);
    kernel.expects_bugcheck = FALSE;
    return kernel.bugcheck[0] != 0;
}

static VOID check_bugcheck(struct report *report, const struct record *record, ULONG reason) {
    ULONG_PTR *bugcheck = kernel.bugcheck;
    check(report, "  with the code", (LONG)bugcheck[0], (LONG)BUGCHECK_CODE);
    check(report, "  the reason", (LONG)bugcheck[1], reason);
    check(report, "  the record", bugcheck[2] == (ULONG_PTR)record, TRUE);
    check(report, "  the line", (LONG)bugcheck[3], record->line);
    check(report, "  the message", bugcheck[4] == (ULONG_PTR)record->message, TRUE);
}

static VOID check_record(struct report *report, const struct record *record, ULONG reason, const char *callback,
                         PVOID context, KIRQL irql, const char *file, const char *message) {
    check(report, "  recorded, with its signature", begins(record->signature, "NDISREC1"), TRUE);
    check(report, "  written", record->state, WRITTEN);
    check(report, "  its reason", record->reason, reason);
    check(report, "  its callback", begins(record->callback, callback), TRUE);
    check(report, "  its context", record->context == (ULONG_PTR)context, TRUE);
    check(report, "  its processor", record->processor, PROCESSOR);
    check(report, "  its level", record->irql, irql);
    check(report, "  its file", begins(record->file, file), TRUE);
    check(report, "  its line and column", record->line && record->column, reason != CONTRACT);
    check(report, "  its message", begins(record->message, message), TRUE);
}

VOID test_bugchecks(struct report *report) {
    static const char callback[] = "ALLOCATE_SHARED_MEMORY_HANDLER";
    PVOID context = ndis.provider.ProviderContext;

    check(report, "a legal call stops nothing", stop(7, PASSIVE_LEVEL), 0);
    check(report, "  and records nothing", records()[0].state | records()[1].state, 0);
    check(report, "  though it could", begins(records()[0].signature, "NDISREC1"), TRUE);

    check(report, "a call at DISPATCH_LEVEL stops the machine", stop(7, DISPATCH_LEVEL), 1);
    check_bugcheck(report, &records()[1], CONTRACT);
    check_record(report, &records()[1], CONTRACT, callback, context, DISPATCH_LEVEL, "",
                 "called at DISPATCH_LEVEL, legal is PASSIVE_LEVEL");
    check(report, "  and says why", begins(kernel.line, "bugcheck: ALLOCATE_SHARED_MEMORY_HANDLER: called at DISPATCH_LEVEL"), TRUE);

    check(report, "a panic stops the machine", stop(PANICS, PASSIVE_LEVEL), 1);
    check_bugcheck(report, &records()[0], PANIC);
    check_record(report, &records()[0], PANIC, callback, context, PASSIVE_LEVEL, "src/panicking.rs", "queue 13 brings bad luck");
    check(report, "  and says where", begins(kernel.line, "panicked at src/panicking.rs:"), TRUE);

    check(report, "another does, too", stop(RUNS_OUT, PASSIVE_LEVEL), 1);
    check(report, "  and leaves the first record", begins(records()[0].message, "queue 13"), TRUE);
    check(report, "  and the other", begins(records()[1].message, "called at DISPATCH_LEVEL"), TRUE);
}

VOID test_contained(struct report *report) {
    struct block kept, block;
    LONG pool, contiguous, lines;

    check(report, "allocate", ask(7, PASSIVE_LEVEL, &kept), NDIS_STATUS_SUCCESS);
    pool = kernel.pool_blocks;
    contiguous = kernel.contiguous;
    check(report, "a panic is a failure", ask(PANICS, PASSIVE_LEVEL, &block), NDIS_STATUS_FAILURE);
    check(report, "  without a handle", block.handle == NULL, TRUE);
    check(report, "  nothing of it is left", kernel.pool_blocks - pool, 0);
    check(report, "  nor of its memory", kernel.contiguous - contiguous, 0);
    check_record(report, &records()[0], CONTAINED, "ALLOCATE_SHARED_MEMORY_HANDLER", ndis.provider.ProviderContext,
                 PASSIVE_LEVEL, "src/panicking.rs", "queue 13 brings bad luck");
    ndis.poisoned = TRUE;
    lines = kernel.lines;
    check(report, "the context is poisoned", ask(7, PASSIVE_LEVEL, &block), NDIS_STATUS_FAILURE);
    check(report, "  which is printed", kernel.lines - lines, 1);
    check(report, "  with the reason",
          begins(kernel.line, "ALLOCATE_SHARED_MEMORY_HANDLER: not run, an earlier panic poisoned its context"), TRUE);
    block_free(&kept);
    check(report, "memory can still be given back", kernel.contiguous, contiguous - 1);
    check(report, "  with its block", kernel.pool_blocks, pool - 1);
    check(report, "nothing stopped the machine", records()[1].state, 0);
}

VOID test_raised(struct report *report) {
    kernel.raises_irql = DISPATCH_LEVEL;
    check(report, "a panic that leaves the level raised stops", stop(PANICS_AT_HEIGHT, PASSIVE_LEVEL), 1);
    kernel.raises_irql = 0;
    check_bugcheck(report, &records()[1], CONTRACT);
    check(report, "  the panic was recorded", begins(records()[0].message, "queue 14"), TRUE);
    check(report, "  at its level", records()[0].irql, DISPATCH_LEVEL);
    check_record(report, &records()[1], CONTRACT, "ALLOCATE_SHARED_MEMORY_HANDLER", NULL, DISPATCH_LEVEL, "",
                 "called at PASSIVE_LEVEL, returned at DISPATCH_LEVEL");
}

VOID test_twice(struct report *report) {
    struct block three_pages, block;
    block_prepare(&three_pages, 3 * PAGE_SIZE);
    check(report, "allocate", block_allocate(&three_pages), NDIS_STATUS_SUCCESS);
    check(report, "a panic is contained", ask(PANICS, PASSIVE_LEVEL, &block), NDIS_STATUS_FAILURE);
    check(report, "another on the poisoned context stops", stop_free(&three_pages), 1);
    check_bugcheck(report, &records()[1], PANIC);
    check_record(report, &records()[1], PANIC, "FREE_SHARED_MEMORY_HANDLER", ndis.provider.ProviderContext, PASSIVE_LEVEL,
                 "src/panicking.rs", "all good things are three");
    check(report, "  the first is still there", begins(records()[0].message, "queue 13"), TRUE);
}

VOID test_nounwind(struct report *report) {
    check(report, "running out of memory stops", stop(RUNS_OUT, PASSIVE_LEVEL), 1);
    check_bugcheck(report, &records()[0], NOUNWIND);
    check_record(report, &records()[0], NOUNWIND, "ALLOCATE_SHARED_MEMORY_HANDLER", ndis.provider.ProviderContext,
                 PASSIVE_LEVEL, "", "memory allocation of");
    check(report, "  in one record", records()[1].state, 0);
}

VOID test_registering(struct report *report) {
    check(report, "a panic inside the registration is a failure", ndis.set_options, NDIS_STATUS_FAILURE);
    check_record(report, &ndis.panic, CONTAINED, "PROTOCOL_SET_OPTIONS", ndis.protocol_context, PASSIVE_LEVEL,
                 "src/panicking.rs", "no memory, no driver");
    check(report, "  so the driver is not registered", ndis.registered, FALSE);
    check(report, "  no pool is left", kernel.pool_blocks, 0);
    check(report, "  nothing is registered for dumps", kernel.dump_record == NULL, TRUE);
}

VOID test_loaded(struct report *report) {
    test_registration(report);
    if (!ndis.has_provider) return;
    test_success(report);
    test_invalid_parameter(report);
    test_resources(report);
    test_irql(report);
    test_many(report);
}

VOID test_unloaded(struct report *report) {
    check(report, "deregistered once", ndis.deregistrations, 1);
    check(report, "with the right handle", ndis.wrong_handles, 0);
    check(report, "the provider was called until then", ndis.last_call,
          ndis.poisoned ? NDIS_STATUS_FAILURE : NDIS_STATUS_SUCCESS);
    check(report, "both contexts lived until then", ndis.blocks_at_end, 2);
    check(report, "no pool is left", kernel.pool_blocks, 0);
    check(report, "no memory is left", kernel.contiguous, 0);
    check(report, "every block was freed once, with its tag", kernel.wrong_frees, 0);
    check(report, "the kernel was called at legal levels", kernel.calls_too_high, 0);
    check(report, "nothing is registered for dumps", kernel.dump_record == NULL, TRUE);
}
