/*
 * mingw-w64's own ddk/ndis.h, from ndis.h on the compiler's path. Two mistakes
 * of version 10 are repaired by the preprocessor alone: an enumeration that also
 * stands in ntddndis.h, and a comma that is missing in a prototype.
 */
#ifndef MINGW_NDIS_H
#define MINGW_NDIS_H

#include <ntddk.h>
#include <stddef.h>

#define _NDIS_REQUEST_TYPE          _NDIS_REQUEST_TYPE_UM
#define NDIS_REQUEST_TYPE           NDIS_REQUEST_TYPE_UM
#define PNDIS_REQUEST_TYPE          PNDIS_REQUEST_TYPE_UM
#define NdisRequestQueryInformation NdisRequestQueryInformation_UM
#define NdisRequestSetInformation   NdisRequestSetInformation_UM
#define NdisRequestQueryStatistics  NdisRequestQueryStatistics_UM
#define NdisRequestOpen             NdisRequestOpen_UM
#define NdisRequestClose            NdisRequestClose_UM
#define NdisRequestSend             NdisRequestSend_UM
#define NdisRequestTransferData     NdisRequestTransferData_UM
#define NdisRequestReset            NdisRequestReset_UM
#define NdisRequestGeneric1         NdisRequestGeneric1_UM
#define NdisRequestGeneric2         NdisRequestGeneric2_UM
#define NdisRequestGeneric3         NdisRequestGeneric3_UM
#define NdisRequestGeneric4         NdisRequestGeneric4_UM
#define NdisRequestMethod           NdisRequestMethod_UM
typedef int NDIS_STATUS, *PNDIS_STATUS;
#include <ntddndis.h>
#undef _NDIS_REQUEST_TYPE
#undef NDIS_REQUEST_TYPE
#undef PNDIS_REQUEST_TYPE
#undef NdisRequestQueryInformation
#undef NdisRequestSetInformation
#undef NdisRequestQueryStatistics
#undef NdisRequestOpen
#undef NdisRequestClose
#undef NdisRequestSend
#undef NdisRequestTransferData
#undef NdisRequestReset
#undef NdisRequestGeneric1
#undef NdisRequestGeneric2
#undef NdisRequestGeneric3
#undef NdisRequestGeneric4
#undef NdisRequestMethod
#undef NDIS_PROTOCOL_ID_MAX
#undef NDIS_PROTOCOL_ID_MASK
#define NdisMWanIndicateReceiveComplete(x) \
    NdisMWanIndicateReceiveComplete(NDIS_HANDLE a_, NDIS_HANDLE b_)
#include <ndis.h>
#undef NdisMWanIndicateReceiveComplete
#include <ifdef.h>

#endif /* MINGW_NDIS_H */
