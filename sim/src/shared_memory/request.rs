//! A consumer's request, read and checked, and the answer that it gets.

use std::mem::{self, offset_of};
use std::ptr;

use ndis::sys::*;

use crate::machine::inner::Inner;
use crate::memory::frames::PAGE_SIZE;

/// What a consumer asks for.
pub(crate) struct Request {
    /// As the consumer passed them, with NULL for the answers.
    pub(crate) fields: NDIS_SHARED_MEMORY_PARAMETERS,
    /// What newer revisions than the type knows have behind it.
    pub(crate) tail: Vec<u8>,
}

/// Where the fields that the type knows end.
pub(crate) const KNOWN: usize = NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2 as usize;
pub(crate) const WHOLE: usize = size_of::<NDIS_SHARED_MEMORY_PARAMETERS>();

impl Request {
    /// Reads and checks a consumer's parameters.
    ///
    /// # Safety
    ///
    /// As `NdisAllocateSharedMemory` says.
    pub(crate) unsafe fn read(
        machine: &Inner,
        function: &'static str,
        parameters: PNDIS_SHARED_MEMORY_PARAMETERS,
    ) -> Option<Request> {
        const SIZES: [u16; 2] =
            [NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1, NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2];
        let name = "SharedMemoryParameters";
        // SAFETY: the caller's contract.
        let header = unsafe { machine.header(function, name, parameters, NDIS_OBJECT_TYPE_DEFAULT, &SIZES) }?;
        let size = usize::from(header.Size);
        // SAFETY: all fields are numbers or raw pointers, for which zeros are a value.
        let mut fields: NDIS_SHARED_MEMORY_PARAMETERS = unsafe { mem::zeroed() };
        let mut tail = vec![0; size.saturating_sub(WHOLE)];
        // SAFETY: the parameters have `size` bytes; the targets have the lengths that are copied.
        unsafe {
            ptr::copy_nonoverlapping(parameters.cast::<u8>(), (&raw mut fields).cast(), size.min(KNOWN));
            if !tail.is_empty() {
                ptr::copy_nonoverlapping(parameters.cast::<u8>().add(WHOLE), tail.as_mut_ptr(), tail.len());
            }
        }
        fields.SharedMemoryHandle = ptr::null_mut();
        fields.VirtualAddress = ptr::null_mut();
        let request = Request { fields, tail };
        let list = request.fields.SGListBuffer;
        if request.capacity() > 0 && !machine.pointer(function, "SharedMemoryParameters->SGListBuffer", list) {
            return None;
        }
        Some(request)
    }

    /// A request of revision 1, with a list of this memory.
    pub(crate) fn of_one_page(list: &mut [u64]) -> Request {
        // SAFETY: all fields are numbers or raw pointers, for which zeros are a value.
        let mut fields: NDIS_SHARED_MEMORY_PARAMETERS = unsafe { mem::zeroed() };
        fields.Header = NDIS_OBJECT_HEADER {
            Type: NDIS_OBJECT_TYPE_DEFAULT,
            Revision: NDIS_SHARED_MEMORY_PARAMETERS_REVISION_1,
            Size: NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1,
        };
        fields.PreferredNode = MM_ANY_NODE_OK;
        fields.Usage = NdisSharedMemoryUsageOther;
        fields.Length = PAGE_SIZE as u32;
        fields.SGListBufferLength = size_of_val(list) as u32;
        fields.SGListBuffer = list.as_mut_ptr().cast();
        Request { fields, tail: Vec::new() }
    }

    pub(crate) fn size(&self) -> usize {
        self.fields.Header.Size.into()
    }

    pub(crate) fn has_vport(&self) -> bool {
        self.size() >= KNOWN
    }

    pub(crate) fn is_contiguous(&self) -> bool {
        self.fields.Flags & NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS != 0
    }

    /// How many elements the list has room for.
    pub(crate) fn capacity(&self) -> usize {
        let bytes = self.fields.SGListBufferLength as usize;
        bytes.saturating_sub(offset_of!(SCATTER_GATHER_LIST, Elements)) / size_of::<SCATTER_GATHER_ELEMENT>()
    }
}

/// What a consumer gets.
pub(crate) struct Answer {
    pub(crate) shared_memory_handle: NDIS_HANDLE,
    pub(crate) virtual_address: PVOID,
    pub(crate) elements: Vec<SCATTER_GATHER_ELEMENT>,
}

impl Answer {
    /// # Safety
    ///
    /// The parameters are those of the request that is answered.
    pub(crate) unsafe fn write_to(&self, parameters: PNDIS_SHARED_MEMORY_PARAMETERS, request: &Request) {
        // SAFETY: the fields are in the first revision; the list has room for the elements, which was checked.
        unsafe {
            (&raw mut (*parameters).SharedMemoryHandle).write(self.shared_memory_handle);
            (&raw mut (*parameters).VirtualAddress).write(self.virtual_address);
            let list = (&raw const (*parameters).SGListBuffer).read();
            if request.capacity() > 0 {
                (&raw mut (*list).NumberOfElements).write(self.elements.len() as u32);
                let elements = (&raw mut (*list).Elements).cast::<SCATTER_GATHER_ELEMENT>();
                elements.copy_from_nonoverlapping(self.elements.as_ptr(), self.elements.len());
            }
        }
    }
}
