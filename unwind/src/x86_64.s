// Arguments are in rcx and rdx. A function that calls others leaves them 32 bytes above its rsp, which is a multiple of
// 16.

    .text

// ndis_unwind_catch(rcx: call, rdx: run) -> al: calls run(call) and returns what it returns. The unwinder knows it by
// its address, and where it ends a panic, it goes on behind the call with 1 in rax.
    .p2align 4
    .globl ndis_unwind_catch
    .def ndis_unwind_catch; .scl 2; .type 32; .endef
    .seh_proc ndis_unwind_catch
    .seh_handler {boundary}, @unwind
ndis_unwind_catch:
    sub rsp, 40
    .seh_stackalloc 40
    .seh_endprologue
    call rdx
    nop                             // so that the return address is in the body and not in the epilogue
    add rsp, 40
    ret
    .seh_endproc

// ndis_unwind_raise() -> eax: returns the refusal of the first pass; otherwise the second ends at a boundary. Between
// the passes the registers that a function keeps are what they were, so they are captured again.
    .p2align 4
    .globl ndis_unwind_raise
    .def ndis_unwind_raise; .scl 2; .type 32; .endef
    .seh_proc ndis_unwind_raise
ndis_unwind_raise:
    sub rsp, 32 + 304 + 8
    .seh_stackalloc 32 + 304 + 8
    .seh_endprologue
    lea rcx, [rsp + 32]
    call ndis_unwind_capture
    call {search}
    test eax, eax
    jnz 2f
    lea rcx, [rsp + 32]
    call ndis_unwind_capture
    call {unwind}
    int3
2:  add rsp, 32 + 304 + 8
    ret
    .seh_endproc

// ndis_unwind_capture(rcx: registers): writes the registers that its caller has behind this call. Keeps rcx. A leaf.
    .p2align 4
    .globl ndis_unwind_capture
    .def ndis_unwind_capture; .scl 2; .type 32; .endef
ndis_unwind_capture:
    mov [rcx + {integers} + 3*8], rbx
    mov [rcx + {integers} + 5*8], rbp
    mov [rcx + {integers} + 6*8], rsi
    mov [rcx + {integers} + 7*8], rdi
    mov [rcx + {integers} + 12*8], r12
    mov [rcx + {integers} + 13*8], r13
    mov [rcx + {integers} + 14*8], r14
    mov [rcx + {integers} + 15*8], r15
    lea rax, [rsp + 8]
    mov [rcx + {integers} + 4*8], rax
    mov rax, [rsp]
    mov [rcx + {rip}], rax
    movaps [rcx + {vectors} + 0*16], xmm6
    movaps [rcx + {vectors} + 1*16], xmm7
    movaps [rcx + {vectors} + 2*16], xmm8
    movaps [rcx + {vectors} + 3*16], xmm9
    movaps [rcx + {vectors} + 4*16], xmm10
    movaps [rcx + {vectors} + 5*16], xmm11
    movaps [rcx + {vectors} + 6*16], xmm12
    movaps [rcx + {vectors} + 7*16], xmm13
    movaps [rcx + {vectors} + 8*16], xmm14
    movaps [rcx + {vectors} + 9*16], xmm15
    xor eax, eax
    rdsspq rax                      // leaves it 0 where there is no shadow stack, also on processors that have none
    test rax, rax
    jz 2f
    add rax, 8                      // behind the return address of this call
2:  mov [rcx + {shadow_stack}], rax
    ret

// ndis_unwind_resume(rcx: registers): never returns. The registers are below the rsp that is set here, where an
// interrupt may write, so nothing is read after that.
    .p2align 4
    .globl ndis_unwind_resume
    .def ndis_unwind_resume; .scl 2; .type 32; .endef
ndis_unwind_resume:
    mov rax, [rcx + {shadow_stack}]
    test rax, rax
    jz 3f
    rdsspq rdx                      // take the return addresses of the frames that go off the shadow stack
    sub rax, rdx
    shr rax, 3
2:  mov edx, 255                    // incsspq takes the count from the lowest byte
    cmp rax, rdx
    cmovb rdx, rax
    incsspq rdx
    sub rax, rdx
    jnz 2b
3:  movaps xmm6, [rcx + {vectors} + 0*16]
    movaps xmm7, [rcx + {vectors} + 1*16]
    movaps xmm8, [rcx + {vectors} + 2*16]
    movaps xmm9, [rcx + {vectors} + 3*16]
    movaps xmm10, [rcx + {vectors} + 4*16]
    movaps xmm11, [rcx + {vectors} + 5*16]
    movaps xmm12, [rcx + {vectors} + 6*16]
    movaps xmm13, [rcx + {vectors} + 7*16]
    movaps xmm14, [rcx + {vectors} + 8*16]
    movaps xmm15, [rcx + {vectors} + 9*16]
    mov rbx, [rcx + {integers} + 3*8]
    mov rbp, [rcx + {integers} + 5*8]
    mov rsi, [rcx + {integers} + 6*8]
    mov rdi, [rcx + {integers} + 7*8]
    mov r12, [rcx + {integers} + 12*8]
    mov r13, [rcx + {integers} + 13*8]
    mov r14, [rcx + {integers} + 14*8]
    mov r15, [rcx + {integers} + 15*8]
    mov rax, [rcx + {integers} + 0*8]
    mov rdx, [rcx + {integers} + 2*8]
    mov r11, [rcx + {rip}]
    mov rsp, [rcx + {integers} + 4*8]
    jmp r11
