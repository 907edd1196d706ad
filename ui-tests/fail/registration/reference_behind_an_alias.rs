use ndis::SharedMemoryProvider;
use ndis::prelude::*;

struct Pool;
struct OtherPool;
struct Block;
type Lent<'a> = &'a OtherPool;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: Lent<'_>, _block: Handle<Block>) {}

fn provider(pool: Context<Pool>) -> impl Sized {
    SharedMemoryProvider::<_, Block>::new(pool).free::<free>()
}

fn main() {}
