// _Unwind_Resume(): what a landing pad ends with. Goes on with the second pass behind the frame that calls this.
    .text
    .p2align 4
    .globl _Unwind_Resume
    .def _Unwind_Resume; .scl 2; .type 32; .endef
    .seh_proc _Unwind_Resume
_Unwind_Resume:
    sub rsp, 32 + 304 + 8
    .seh_stackalloc 32 + 304 + 8
    .seh_endprologue
    lea rcx, [rsp + 32]
    call ndis_unwind_capture
    call {unwind}
    int3
    .seh_endproc
