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

/* Asks for memory for a queue, at a level; returns how many bugchecks that made. */
static LONG stop(ULONG queue, KIRQL level) {
    struct block block;
    memset(kernel.bugcheck, 0, sizeof kernel.bugcheck);
    kernel.expects_bugcheck = TRUE;
    kernel.irql = level;
    if (!__builtin_setjmp(kernel.after_bugcheck)) {
        block_prepare(&block, 4096);
        block.parameters.QueueId = queue;
        block_allocate(&block);
    }
    kernel.irql = PASSIVE_LEVEL;
    kernel.expects_bugcheck = FALSE;
    return kernel.bugcheck[0] != 0;
}

VOID test_bugchecks(struct report *report) {
    static const char callback[] = "ALLOCATE_SHARED_MEMORY_HANDLER";
    ULONG_PTR *bugcheck = kernel.bugcheck;

    check(report, "a legal call stops nothing", stop(7, PASSIVE_LEVEL), 0);
    check(report, "a call at DISPATCH_LEVEL stops the machine", stop(7, DISPATCH_LEVEL), 1);
    check(report, "  with the code", (LONG)bugcheck[0], (LONG)BUGCHECK_CODE);
    check(report, "  the length of the callback's name", (LONG)bugcheck[2], sizeof callback - 1);
    check(report, "  the name", bugcheck[2] < 64 && begins((char *)bugcheck[1], callback), TRUE);
    check(report, "  no line", (LONG)bugcheck[3], 0);
    check(report, "  and says why", begins(kernel.line, "bugcheck: ALLOCATE_SHARED_MEMORY_HANDLER: called at DISPATCH_LEVEL"), TRUE);
    check(report, "a panic stops the machine", stop(13, PASSIVE_LEVEL), 1);
    check(report, "  with the code", (LONG)bugcheck[0], (LONG)BUGCHECK_CODE);
    check(report, "  the source file", bugcheck[2] == 13 && begins((char *)bugcheck[1], "src/broken.rs"), TRUE);
    check(report, "  the line and the column", bugcheck[3] > 1 && bugcheck[4] > 1, TRUE);
    check(report, "  and says where", begins(kernel.line, "panicked at src/broken.rs:"), TRUE);
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
    check(report, "the provider served until then", ndis.last_call, NDIS_STATUS_SUCCESS);
    check(report, "both contexts lived until then", ndis.blocks_at_end, 2);
    check(report, "no pool is left", kernel.pool_blocks, 0);
    check(report, "no memory is left", kernel.contiguous, 0);
    check(report, "every block was freed once, with its tag", kernel.wrong_frees, 0);
    check(report, "the kernel was called at legal levels", kernel.calls_too_high, 0);
}
