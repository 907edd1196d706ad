/*
 * An NDIS function that is not there, compiled once per function with its name
 * as ABSENT. Linkers for PE want a definition of every function that any code
 * names, also code that is never called, such as that of a test which links the
 * crate `ndis` for its constants. A definition in ndis-sim or in the test itself
 * comes first.
 */
__attribute__((noreturn)) void ABSENT(void)
{
    __builtin_trap();
}
