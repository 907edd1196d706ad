//! Chains of net buffer lists, as a protocol driver would send them.

use std::ptr::null_mut;

use ndis::sys::{NET_BUFFER_LIST, PNET_BUFFER_LIST};

/// A status that nobody completes with.
pub const NOT_COMPLETED: i32 = 0x7777;

/// The lists of a chain, which live as long as this.
#[derive(Debug)]
pub struct Lists(Vec<PNET_BUFFER_LIST>);

impl Lists {
    /// A chain of so many lists.
    pub fn new(length: usize) -> Lists {
        // SAFETY: all zero is a valid list: null pointers and numbers.
        let list = |_| Box::into_raw(Box::new(unsafe { std::mem::zeroed::<NET_BUFFER_LIST>() }));
        let lists: Vec<_> = (0..length).map(list).collect();
        for (place, list) in lists.iter().enumerate() {
            // SAFETY: the list is alive and nobody else uses it.
            unsafe {
                (&raw mut (**list).Next).write(lists.get(place + 1).copied().unwrap_or(null_mut()));
                (&raw mut (**list).Status).write(NOT_COMPLETED);
            }
        }
        Lists(lists)
    }

    /// The first list: what is passed for the whole chain.
    pub fn first(&self) -> PNET_BUFFER_LIST {
        self.0[0]
    }

    /// All of them, in the order in which they were linked.
    pub fn all(&self) -> &[PNET_BUFFER_LIST] {
        &self.0
    }

    /// Where in the chain a list was.
    pub fn place(&self, list: PNET_BUFFER_LIST) -> usize {
        self.0.iter().position(|own| *own == list).expect("a list of this chain")
    }

    /// The statuses in the lists.
    pub fn statuses(&self) -> Vec<i32> {
        // SAFETY: the lists are alive; nobody writes to them now.
        self.0.iter().map(|list| unsafe { (&raw const (**list).Status).read() }).collect()
    }
}

impl Drop for Lists {
    fn drop(&mut self) {
        for list in &self.0 {
            // SAFETY: from `Box::into_raw`, and nobody uses it any more.
            drop(unsafe { Box::from_raw(*list) });
        }
    }
}
