/*
 * The kernel's functions as the driver imports them: a simulated IRQL, and memory that is counted, runs out on demand,
 * and is looked at when it comes back. The .def file gives them their names.
 */
#include "standin.h"

struct kernel kernel = {.pool_left = UNLIMITED, .contiguous_left = UNLIMITED};

/* In front of each block; as long as the alignment of the pool. */
struct block_header {
    ULONG magic;
    ULONG tag;
    ULONG_PTR bytes;
};
#define LIVE 0x4556494C
#define DEAD 0x44414544

static VOID at_most(KIRQL level) {
    if (kernel.irql > level) kernel.calls_too_high++;
}

static BOOLEAN take(LONG *left) {
    if (*left == 0) return FALSE;
    if (*left != UNLIMITED) --*left;
    return TRUE;
}

KIRQL NTAPI StandInGetCurrentIrql(void) { return kernel.irql; }

PVOID NTAPI StandInAllocatePoolWithTag(int type, SIZE_T bytes, ULONG tag) {
    struct block_header *header;
    at_most(DISPATCH_LEVEL);
    if (!take(&kernel.pool_left)) return NULL;
    header = ExAllocatePoolWithTag(type, sizeof *header + bytes, tag);
    if (!header) return NULL;
    *header = (struct block_header){LIVE, tag, bytes};
    memset(header + 1, 0xA5, bytes);
    kernel.pool_blocks++;
    return header + 1;
}

VOID NTAPI StandInFreePoolWithTag(PVOID block, ULONG tag) {
    struct block_header *header = (struct block_header *)block - 1;
    at_most(DISPATCH_LEVEL);
    if (header->magic != LIVE || header->tag != tag) {
        kernel.wrong_frees++;
        return;
    }
    header->magic = DEAD;
    memset(block, 0xDD, header->bytes);
    kernel.pool_blocks--;
    ExFreePoolWithTag(header, tag);
}

/* Contiguous memory is pool too: behind the first page boundary of a longer block, whose start is noted before it. */
PVOID NTAPI StandInAllocateContiguousNodeMemory(SIZE_T bytes, PHYSICAL_ADDRESS lowest, PHYSICAL_ADDRESS highest,
                                                PHYSICAL_ADDRESS boundary, ULONG protection, ULONG node) {
    PVOID start, *pages;
    (void)lowest, (void)highest, (void)boundary, (void)node;
    at_most(DISPATCH_LEVEL);
    kernel.irql += kernel.raises_irql;
    if (protection != PAGE_READWRITE || !take(&kernel.contiguous_left)) return NULL;
    start = ExAllocatePoolWithTag(NonPagedPool, bytes + 2 * PAGE_SIZE, 'tnoC');
    if (!start) return NULL;
    pages = (PVOID *)(((ULONG_PTR)start + 2 * PAGE_SIZE - 1) & ~(ULONG_PTR)(PAGE_SIZE - 1));
    pages[-1] = start;
    memset(pages, 0xA5, bytes);
    kernel.contiguous++;
    return pages;
}

VOID NTAPI StandInFreeContiguousMemory(PVOID pages) {
    at_most(DISPATCH_LEVEL);
    kernel.contiguous--;
    ExFreePoolWithTag(((PVOID *)pages)[-1], 'tnoC');
}

/* Far from every virtual address, so that one is not taken for the other. */
LONGLONG NTAPI StandInGetPhysicalAddress(PVOID address) { return (LONGLONG)(ULONG_PTR)address | 0x1000000000000000; }

/* The driver's lines are all of one text. */
ULONG StandInPrint(ULONG component, ULONG level, PCSTR format, ...) {
    va_list arguments;
    const char *text;
    ULONG i;
    va_start(arguments, format);
    text = va_arg(arguments, const char *);
    va_end(arguments);
    for (i = 0; text[i] && i < sizeof kernel.line - 1; i++) kernel.line[i] = text[i];
    kernel.line[i] = 0;
    kernel.lines++;
    if (component != DPFLTR_IHVNETWORK_ID || level != DPFLTR_ERROR_LEVEL) return STATUS_INVALID_PARAMETER;
    return DbgPrintEx(component, level, format, text);
}

/* As if the machine had more than one. */
ULONG NTAPI StandInGetCurrentProcessorNumberEx(PROCESSOR_NUMBER *number) {
    (void)number;
    return PROCESSOR;
}

/* The thread's, from Wine's TEB. */
VOID NTAPI StandInGetStackLimits(ULONG_PTR *low, ULONG_PTR *high) {
    __asm__("movq %%gs:0x08, %0" : "=r"(*high));
    __asm__("movq %%gs:0x10, %0" : "=r"(*low));
}

BOOLEAN NTAPI StandInRegisterBugCheckReasonCallback(KBUGCHECK_REASON_CALLBACK_RECORD *record,
                                                    KBUGCHECK_REASON_CALLBACK_ROUTINE *routine,
                                                    KBUGCHECK_CALLBACK_REASON reason, PUCHAR component) {
    (void)component;
    if (kernel.dump_record || record->State || reason != KbCallbackSecondaryDumpData) return FALSE;
    record->State = 1;
    kernel.dump_record = record;
    kernel.dump_routine = routine;
    return TRUE;
}

BOOLEAN NTAPI StandInDeregisterBugCheckReasonCallback(KBUGCHECK_REASON_CALLBACK_RECORD *record) {
    if (kernel.dump_record != record) return FALSE;
    record->State = 0;
    kernel.dump_record = NULL;
    return TRUE;
}

const struct record *records(void) {
    static const struct record none[2];
    KBUGCHECK_SECONDARY_DUMP_DATA data = {.MaximumAllowed = PAGE_SIZE};
    if (!kernel.dump_record) return none;
    kernel.dump_routine(KbCallbackSecondaryDumpData, kernel.dump_record, &data, sizeof data);
    return data.OutBufferLength == 2 * sizeof(struct record) ? data.OutBuffer : none;
}

/* An expected one ends the call in which it came: the driver's frames are forgotten, as those of a stopped machine. */
VOID NTAPI StandInBugCheckEx(ULONG code, ULONG_PTR p1, ULONG_PTR p2, ULONG_PTR p3, ULONG_PTR p4) {
    ULONG_PTR bugcheck[] = {code, p1, p2, p3, p4};
    if (kernel.expects_bugcheck) {
        memcpy(kernel.bugcheck, bugcheck, sizeof bugcheck);
        __builtin_longjmp(kernel.after_bugcheck, 1);
    }
    KeBugCheckEx(code, p1, p2, p3, p4);
}
