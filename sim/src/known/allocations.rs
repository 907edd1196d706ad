//! The blocks of shared memory that consumers have, and where their memory is.

use std::collections::BTreeMap;
use std::mem;
use std::ops::RangeInclusive;
use std::ptr;

use ndis::sys::{PVOID, SCATTER_GATHER_ELEMENT};

use crate::known::carried::Carried;
use crate::known::handle::Handle;
use crate::known::table::Table;
use crate::memory::frames::Frames;
use crate::memory::ranges::{Ranges, range};
use crate::report::Rule;

/// The blocks that consumers have.
#[derive(Default)]
pub(crate) struct Allocations {
    blocks: BTreeMap<Handle, Allocation>,
    /// The memory of those of providers, where the processor sees it and where a device does.
    virtual_memory: Ranges,
    physical_memory: Ranges,
}

/// A block that a consumer has.
pub(crate) struct Allocation {
    /// None for memory of the HAL.
    pub(crate) provider: Option<usize>,
    /// The adapter it was allocated for; none for an early call of a provider.
    consumer: Option<Handle>,
    /// The provider's handle.
    pub(crate) block: Carried,
    pub(crate) length: u32,
    place: Place,
    /// Its consumer or its provider is gone, which was reported.
    lost: bool,
    /// The memory of the HAL.
    _memory: Option<Frames>,
}

/// Where a provider's block is.
#[derive(Default)]
pub(crate) struct Place {
    processor: Vec<RangeInclusive<u64>>,
    device: Vec<RangeInclusive<u64>>,
}

impl Allocation {
    pub(crate) fn of_provider(
        provider: usize,
        consumer: Option<Handle>,
        block: Carried,
        length: u32,
        place: Place,
    ) -> Allocation {
        Allocation { provider: Some(provider), consumer, block, length, place, lost: false, _memory: None }
    }

    pub(crate) fn of_hal(consumer: Option<Handle>, length: u32, memory: Frames) -> Allocation {
        let (block, place) = (Carried(ptr::null_mut()), Place::default());
        Allocation { provider: None, consumer, block, length, place, lost: false, _memory: Some(memory) }
    }
}

impl Allocations {
    /// Takes the place that a provider says; or says what is wrong with it.
    pub(crate) fn take_place(
        &mut self,
        virtual_address: PVOID,
        length: u32,
        elements: &[SCATTER_GATHER_ELEMENT],
    ) -> Result<Place, (Rule, String)> {
        let in_use = |what, range: RangeInclusive<u64>| {
            let text = format!(
                "{what} {:#x} to {:#x} are those of a block in use, or given twice",
                range.start(),
                range.end()
            );
            (Rule::MemoryInUse, text)
        };
        let elements = elements.iter();
        let place = Place {
            processor: range(virtual_address.addr() as u64, length).into_iter().collect(),
            device: elements.filter_map(|run| range(run.Address.QuadPart.cast_unsigned(), run.Length)).collect(),
        };
        self.virtual_memory.take(&place.processor).map_err(|range| in_use("the addresses", range))?;
        if let Err(range) = self.physical_memory.take(&place.device) {
            self.virtual_memory.give_back(&place.processor);
            return Err(in_use("the device's addresses", range));
        }
        Ok(place)
    }

    pub(crate) fn add(&mut self, handle: Handle, allocation: Allocation) {
        self.blocks.insert(handle, allocation);
    }

    /// The adapter that a block was allocated for.
    pub(crate) fn consumer(&self, handle: Handle) -> Option<Handle> {
        self.blocks.get(&handle).and_then(|block| block.consumer)
    }

    /// Removes a block, whose place is free then.
    pub(crate) fn remove(&mut self, handle: Handle) -> Option<Allocation> {
        let mut block = self.blocks.remove(&handle)?;
        self.give_back(mem::take(&mut block.place));
        Some(block)
    }

    /// The adapter is gone: says which blocks are lost by that.
    pub(crate) fn lose_consumer(&mut self, adapter: Handle) -> Option<String> {
        amount(self.blocks.values_mut().filter(|block| block.consumer == Some(adapter)).filter_map(lose))
    }

    /// Providers are gone, and their memory with them: says which blocks are lost by that.
    pub(crate) fn lose_providers(&mut self, gone: &[usize]) -> Option<String> {
        let is_gone = |block: &&mut Allocation| block.provider.is_some_and(|provider| gone.contains(&provider));
        let places: Vec<_> =
            self.blocks.values_mut().filter(is_gone).map(|block| mem::take(&mut block.place)).collect();
        places.into_iter().for_each(|place| self.give_back(place));
        amount(self.blocks.values_mut().filter(is_gone).filter_map(lose))
    }

    fn give_back(&mut self, place: Place) {
        self.virtual_memory.give_back(&place.processor);
        self.physical_memory.give_back(&place.device);
    }
}

/// Marks a block as lost; its length, unless it was lost before.
fn lose(block: &mut Allocation) -> Option<u32> {
    (!mem::replace(&mut block.lost, true)).then_some(block.length)
}

/// How many blocks of how many bytes these are; none if there is no block.
fn amount(lengths: impl Iterator<Item = u32>) -> Option<String> {
    let (blocks, bytes) = lengths.fold((0, 0), |(blocks, bytes), length| (blocks + 1, bytes + u64::from(length)));
    (blocks > 0).then(|| format!("{blocks} blocks of {bytes} bytes"))
}

impl Table for Allocations {
    fn unfinished(&self, breaches: &mut Vec<(Rule, String)>) {
        if let Some(live) = amount(self.blocks.values().filter(|block| !block.lost).map(|block| block.length)) {
            breaches.push((Rule::BlocksNeverFreed, format!("{live} were never freed")));
        }
    }
}
