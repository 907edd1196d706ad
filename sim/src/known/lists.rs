//! The net buffer lists that an adapter was given to send.

use std::collections::BTreeMap;

use ndis::sys::*;

use crate::known::handle::Handle;
use crate::memory::heap::Memory;
use crate::report::Rule;

/// The lists of an adapter, by address. They stay until it halts, so that a late or second completion of one is known
/// for what it is.
#[derive(Default)]
pub(crate) struct Lists(BTreeMap<usize, List>);

struct List {
    memory: Memory,
    _buffer: Memory,
    completed: bool,
}

impl Lists {
    /// Adds a list with one net buffer of no data, for the adapter `source`, before `next` in a chain.
    pub(crate) fn add(&mut self, source: Handle, next: PNET_BUFFER_LIST) -> PNET_BUFFER_LIST {
        let (memory, buffer) = (Memory::of::<NET_BUFFER_LIST>(), Memory::of::<NET_BUFFER>());
        let list: PNET_BUFFER_LIST = memory.start().as_ptr().cast();
        // SAFETY: the memory is a zeroed list, which nobody else has yet.
        unsafe {
            (&raw mut (*list).Next).write(next);
            (&raw mut (*list).FirstNetBuffer).write(buffer.start().as_ptr().cast());
            (&raw mut (*list).SourceHandle).write(source.as_raw());
        }
        self.0.insert(list.addr(), List { memory, _buffer: buffer, completed: false });
        list
    }

    /// Notes that a list has been completed, and returns the next in its chain; or says what is wrong with that.
    pub(crate) fn complete(&mut self, list: PNET_BUFFER_LIST) -> Result<PNET_BUFFER_LIST, (Rule, String)> {
        let unknown = || (Rule::UnknownNetBufferList, format!("the adapter was not given the list {list:?}"));
        let known = self.0.get_mut(&list.addr()).ok_or_else(unknown)?;
        if known.completed {
            return Err((Rule::ListCompletedTwice, format!("the list {list:?} was completed before")));
        }
        known.completed = true;
        let list: PNET_BUFFER_LIST = known.memory.start().as_ptr().cast();
        // SAFETY: the list is alive, and comes back from the driver right now.
        Ok(unsafe { (&raw const (*list).Next).read() })
    }

    /// How many lists are not completed.
    pub(crate) fn outstanding(&self) -> usize {
        self.0.values().filter(|list| !list.completed).count()
    }
}
