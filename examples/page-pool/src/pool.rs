//! A pool of pages.
#![forbid(unsafe_code)]

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ndis::{AllocError, SharedMemoryRequest};
use ndis_sim::Pages;

/// Bytes of a page.
pub const PAGE: usize = 4096;

/// Decides whether a request of so many bytes is served at all.
pub type Admission = fn(u32) -> Result<(), AllocError>;

/// A pool of pages, which lends memory to network adapters and keeps what comes back for the next request.
pub struct Pool {
    shelf: Arc<Shelf>,
    admission: Admission,
}

/// What the pool shares with the blocks it lent.
struct Shelf {
    /// How many bytes the pool holds at most, lent or not.
    limit: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Memory that came back, by its size and whether it is contiguous.
    kept: HashMap<Kind, Vec<Arc<Pages>>>,
    /// Bytes held, lent or kept.
    held: usize,
    /// Blocks lent.
    lent: usize,
}

/// Memory that can stand for other memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Kind {
    bytes: usize,
    contiguous: bool,
}

/// Memory that an adapter has. Dropped, it goes back to the pool.
pub struct Block {
    pages: Arc<Pages>,
    kind: Kind,
    shelf: Arc<Shelf>,
}

impl Pool {
    /// A pool of at most `limit` bytes.
    pub fn new(limit: usize, admission: Admission) -> Pool {
        Pool { shelf: Arc::new(Shelf { limit, state: Mutex::default() }), admission }
    }

    /// Lends memory for a request.
    ///
    /// # Errors
    ///
    /// What the admission says; [`AllocError::Resources`] when the pool or the system has no such memory.
    pub fn lend(&self, request: &SharedMemoryRequest<'_>) -> Result<Block, AllocError> {
        (self.admission)(request.length())?;
        let bytes = (request.length() as usize).next_multiple_of(PAGE);
        let kind = Kind { bytes, contiguous: request.is_contiguous() };
        let pages = self.shelf.take(kind).ok_or(AllocError::Resources)?;
        Ok(Block { pages, kind, shelf: Arc::clone(&self.shelf) })
    }

    /// How many blocks are lent.
    pub fn outstanding(&self) -> usize {
        self.shelf.lock().lent
    }

    /// A function that tells how many blocks are lent, also when the pool has gone.
    pub fn watch(&self) -> impl Fn() -> usize + Send + Sync + 'static {
        let shelf = Arc::clone(&self.shelf);
        move || shelf.lock().lent
    }
}

impl Shelf {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Kept memory of this kind, or new memory, for which other kept memory makes room if need be.
    fn take(&self, kind: Kind) -> Option<Arc<Pages>> {
        let mut state = self.lock();
        let kept = state.kept.get_mut(&kind).and_then(Vec::pop);
        let pages = match kept {
            Some(pages) => pages,
            None => {
                if state.held + kind.bytes > self.limit {
                    state.let_go();
                }
                if state.held + kind.bytes > self.limit {
                    return None;
                }
                let pages = Arc::new(Pages::allocate(kind.bytes, kind.contiguous)?);
                state.held += kind.bytes;
                pages
            }
        };
        state.lent += 1;
        Some(pages)
    }
}

impl State {
    /// Gives all kept memory back to the system.
    fn let_go(&mut self) {
        for (kind, pages) in self.kept.drain() {
            self.held -= kind.bytes * pages.len();
        }
    }
}

impl Block {
    /// The memory itself.
    pub fn pages(&self) -> &Pages {
        &self.pages
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        let mut state = self.shelf.lock();
        state.kept.entry(self.kind).or_default().push(Arc::clone(&self.pages));
        state.lent -= 1;
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("limit", &self.shelf.limit).finish_non_exhaustive()
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Block").field("bytes", &self.kind.bytes).finish_non_exhaustive()
    }
}
