# The begin of a function with unwind info. Who includes this forgets the macro at its end (`.purgem function`), since all
# assembly of an image may become one file.
.macro function name
    .p2align 4
    .globl \name
    .def \name
    .scl 2
    .type 32
    .endef
    .seh_proc \name
\name:
.endm
