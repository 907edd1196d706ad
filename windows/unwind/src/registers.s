# The register test: C's side of a call, which has a pattern in every register that a call must keep.
# Bits 0..7 of a result are the general registers as counted below, bits 8..17 xmm6 to xmm15.

.macro each_general action
    \action rbx, 0
    \action rbp, 1
    \action rsi, 2
    \action rdi, 3
    \action r12, 4
    \action r13, 5
    \action r14, 6
    \action r15, 7
.endm

.macro each_xmm action
    .irp n, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    \action xmm\n, (\n - 6)
    .endr
.endm

# A frame that saves all of them, from SAVED on above the stack pointer.
.set SAVED, 0x40
.macro push_general reg, n
    push \reg
    .seh_pushreg \reg
.endm
.macro save_xmm reg, n
    movaps [rsp + SAVED + 16 * \n], \reg
    .seh_savexmm \reg, SAVED + 16 * \n
.endm
.macro save_all
    each_general push_general
    sub rsp, 0xe8
    .seh_stackalloc 0xe8
    each_xmm save_xmm
    .seh_endprologue
.endm
.macro load_xmm reg, n
    movaps \reg, [rsp + SAVED + 16 * \n]
.endm
.macro return_restored
    each_xmm load_xmm
    add rsp, 0xe8
    .irp reg, r15, r14, r13, r12, rdi, rsi, rbp, rbx
    pop \reg
    .endr
    ret
    .seh_endproc
.endm

    .section .rdata, "dr"
    .p2align 4
patterns_general:
.macro pattern_general reg, n
    .quad 0x1122334455667788 + 0x0101010101010101 * \n
.endm
    each_general pattern_general
patterns_xmm:
.macro pattern_xmm reg, n
    .quad 0x2132435465768798 + 0x0101010101010101 * \n
    .quad 0x7161514131211101 - 0x0101010101010101 * \n
.endm
    each_xmm pattern_xmm

    .text

# u32 call_with_patterns(callback, call, &status): calls it, and says which registers are not what they were.
.macro set_general reg, n
    mov \reg, [rip + patterns_general + 8 * \n]
.endm
.macro set_xmm reg, n
    movaps \reg, [rip + patterns_xmm + 16 * \n]
.endm
.macro test_general reg, n
    cmp \reg, [rip + patterns_general + 8 * \n]
    je 2f
    or eax, 1 << \n
2:
.endm
.macro test_xmm reg, n
    pcmpeqb \reg, [rip + patterns_xmm + 16 * \n]
    pmovmskb ecx, \reg
    cmp ecx, 0xffff
    je 2f
    or eax, 1 << (8 + \n)
2:
.endm

function call_with_patterns
    save_all
    mov [rsp + 0x20], r8
    mov rax, rcx
    mov rcx, rdx
    each_general set_general
    each_xmm set_xmm
    call rax
    mov r8, [rsp + 0x20]
    mov [r8], eax
    xor eax, eax
    each_general test_general
    each_xmm test_xmm
    return_restored

# void call_clobbered(body, call): calls it with other values in all of them, as any function may.
.macro clobber_general reg, n
    not \reg
.endm
.macro clobber_xmm reg, n
    pcmpeqd \reg, \reg
.endm

function call_clobbered
    save_all
    each_general clobber_general
    each_xmm clobber_xmm
    mov rax, rcx
    mov rcx, rdx
    call rax
    return_restored

# void call_clobbered_framed(body, call): the same with a frame pointer, saves by `mov`, and a stack that grew after the
# prologue.
.macro save_general_framed reg, n
    .ifnc \reg, rbp
    mov [rsp + 0x120 + 8 * \n], \reg
    .seh_savereg \reg, 0x120 + 8 * \n
    .endif
.endm
.macro load_general_framed reg, n
    .ifnc \reg, rbp
    mov \reg, [rbp - 0x80 + 0x120 + 8 * \n]
    .endif
.endm
.macro load_xmm_framed reg, n
    movaps \reg, [rbp - 0x80 + SAVED + 16 * \n]
.endm
.macro clobber_general_framed reg, n
    .ifnc \reg, rbp
    not \reg
    .endif
.endm

function call_clobbered_framed
    push rbp
    .seh_pushreg rbp
    sub rsp, 0x160
    .seh_stackalloc 0x160
    lea rbp, [rsp + 0x80]
    .seh_setframe rbp, 0x80
    each_general save_general_framed
    each_xmm save_xmm
    .seh_endprologue
    sub rsp, 0x230
    each_general clobber_general_framed
    each_xmm clobber_xmm
    mov rax, rcx
    mov rcx, rdx
    call rax
    each_general load_general_framed
    each_xmm load_xmm_framed
    lea rsp, [rbp - 0x80 + 0x160]
    pop rbp
    ret
    .seh_endproc

# Callbacks that are wrong on purpose: they catch a panic, and then change one bit of one register. `wrong_callbacks` has
# them in the order of the bits; an xmm register has two, one for each of its halves.
.macro wrong name, change:vararg
function wrong_\name
    sub rsp, 40
    .seh_stackalloc 40
    .seh_endprologue
    call {caught}
    \change
    add rsp, 40
    ret
    .seh_endproc
.endm
.macro wrong_general reg, n
    wrong \reg, btc \reg, 41
.endm
.macro one_byte_of reg, shift
    pcmpeqd xmm0, xmm0
    \shift xmm0, 15
    pxor \reg, xmm0
.endm
.macro wrong_xmm reg, n
    wrong low_\reg, one_byte_of \reg, psrldq
    wrong high_\reg, one_byte_of \reg, pslldq
.endm
    each_general wrong_general
    each_xmm wrong_xmm

    .section .rdata, "dr"
    .p2align 4
    .globl wrong_callbacks
wrong_callbacks:
.macro address_general reg, n
    .quad wrong_\reg
.endm
.macro address_xmm reg, n
    .quad wrong_low_\reg, wrong_high_\reg
.endm
    each_general address_general
    each_xmm address_xmm
    .text
.purgem function
