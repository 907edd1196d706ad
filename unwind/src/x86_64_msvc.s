// ndis_unwind_call_funclet(rcx: funclet, rdx: establisher): a funclet is a function that takes the establisher in rdx.
// Called from here, since funclets are in no table of Control Flow Guard, with which Rust would check the call.
    .text
    .p2align 4
    .globl ndis_unwind_call_funclet
    .def ndis_unwind_call_funclet; .scl 2; .type 32; .endef
    .seh_proc ndis_unwind_call_funclet
ndis_unwind_call_funclet:
    sub rsp, 40
    .seh_stackalloc 40
    .seh_endprologue
    call rcx
    nop                             // so that the return address is in the body and not in the epilogue
    add rsp, 40
    ret
    .seh_endproc

// __chkstk(rax: size): a function whose frame is larger than a page calls this first. Touches each page, so that a
// stack overflow is met at its guard page. Keeps all registers, rax included.
    .p2align 4
    .globl __chkstk
    .def __chkstk; .scl 2; .type 32; .endef
    .seh_proc __chkstk
__chkstk:
    push rcx
    .seh_pushreg rcx
    push rax
    .seh_pushreg rax
    .seh_endprologue
    lea rcx, [rsp + 24]             // the caller's rsp
2:  cmp rax, 0x1000
    jb 3f
    sub rcx, 0x1000
    test [rcx], ecx
    sub rax, 0x1000
    jmp 2b
3:  sub rcx, rax
    test [rcx], ecx
    pop rax
    pop rcx
    ret
    .seh_endproc
