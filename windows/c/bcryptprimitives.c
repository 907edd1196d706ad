/* The one function that Rust's standard library takes from bcryptprimitives.dll,
 * for versions of Wine that do not have this library. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
    return RtlGenRandom(data, (ULONG)length);
}
