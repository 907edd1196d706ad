/*
 * A consumer of shared memory: what NdisAllocateSharedMemory and NdisFreeSharedMemory pass to the provider.
 */
#include "standin.h"

VOID block_prepare(struct block *block, ULONG length) {
    NDIS_SHARED_MEMORY_PARAMETERS *parameters = &block->parameters;
    memset(block, 0, sizeof *block);
    block->handle = (NDIS_HANDLE)0xBAD0;
    block->list = (SCATTER_GATHER_LIST *)block->list_memory;
    block->list->NumberOfElements = 0xBAD;
    parameters->Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters->Header.Revision = 1;
    parameters->Header.Size = NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1;
    parameters->Flags = NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS;
    parameters->QueueId = 7;
    parameters->SharedMemoryHandle = (NDIS_HANDLE)0xBAD0;
    parameters->PreferredNode = MM_ANY_NODE_OK;
    parameters->Usage = NDIS_SHARED_MEMORY_USAGE_RECEIVE;
    parameters->Length = length;
    parameters->VirtualAddress = (PVOID)0xBAD0;
    parameters->SGListBufferLength = sizeof block->list_memory;
    parameters->SGListBuffer = block->list;
}

NDIS_STATUS block_allocate(struct block *block) {
    return ndis.provider.AllocateSharedMemoryHandler(ndis.provider.ProviderContext, &block->parameters, &block->handle);
}

VOID block_free(struct block *block) {
    ndis.provider.FreeSharedMemoryHandler(ndis.provider.ProviderContext, block->handle);
}
