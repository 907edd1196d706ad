# Functions that nobody calls: unwind codes that compilers write seldom, for the comparison with RtlVirtualUnwind.

# Saves and an allocation that need more than 16 bits.
function seldom_far
    sub rsp, 0x98000
    .seh_stackalloc 0x98000
    mov [rsp + 0x90008], rbx
    .seh_savereg rbx, 0x90008
    mov [rsp + 0x90010], r15
    .seh_savereg r15, 0x90010
    movaps [rsp + 0x91000], xmm7
    .seh_savexmm xmm7, 0x91000
    movaps [rsp + 0x91010], xmm15
    .seh_savexmm xmm15, 0x91010
    .seh_endprologue
    nop
    ud2
    .seh_endproc

# The largest distance of a frame pointer, which is not rbp.
function seldom_frame
    push r12
    .seh_pushreg r12
    push r13
    .seh_pushreg r13
    sub rsp, 0x108
    .seh_stackalloc 0x108
    lea r13, [rsp + 0xf0]
    .seh_setframe r13, 0xf0
    movaps [rsp + 0x20], xmm6
    .seh_savexmm xmm6, 0x20
    .seh_endprologue
    nop
    ud2
    .seh_endproc

# Registers that a function need not keep are saved too, and come back.
function seldom_volatile
    push rax
    .seh_pushreg rax
    sub rsp, 0x40
    .seh_stackalloc 0x40
    movaps [rsp + 0x20], xmm5
    .seh_savexmm xmm5, 0x20
    .seh_endprologue
    nop
    ud2
    .seh_endproc

# A function whose second part saves more, as compilers write it for rare paths. Its tables are written by hand: LLVM's
# `.seh_startchained` lets the first part go on to the end.
    .p2align 4
    .globl seldom_first
seldom_first:
    push rbx
    sub rsp, 0x50
    nop
    .globl seldom_second
seldom_second:
    mov [rsp + 0x30], rsi
    movaps [rsp + 0x40], xmm9
    nop
    ud2
seldom_end:
    .section .xdata, "dr"
    .p2align 2
seldom_first_info:
    .byte 1, 5, 2, 0                // version 1, bytes of prologue, slots
    .byte 5, 0x92                   // 0x50 bytes of stack
    .byte 1, 0x30                   // push rbx
seldom_second_info:
    .byte 0x21, 11, 4, 0            // version 1 and chained
    .byte 11, 0x98, 4, 0            // xmm9
    .byte 5, 0x64, 6, 0             // rsi
    .long seldom_first@IMGREL, seldom_second@IMGREL, seldom_first_info@IMGREL
    .section .pdata, "dr"
    .long seldom_first@IMGREL, seldom_second@IMGREL, seldom_first_info@IMGREL
    .long seldom_second@IMGREL, seldom_end@IMGREL, seldom_second_info@IMGREL
    .text

.purgem function
