//! Writes `trace/vmq.trace` to the standard output:
//!
//! ```text
//! cargo run --bin generate-trace > trace/vmq.trace
//! ```
//!
//! The text is the same on every run and on every machine. What the consumer is
//! expected to answer and to count comes from a model of it in this file, which
//! knows how many requests a queue makes but holds no memory.

use page_pool::trace;

use std::io::Write as _;

use trace::{Account, Faults, Mode, Operation, Queue, Status, Step};

const HEAD: &str = "\
vmq-trace 1

# What a VMQ network miniport asks of a provider of shared memory.
# Written by generate-trace; do not edit.
#
# One operation a line, `#` starts a comment. A is an adapter, Q a queue.
#
#   adapter  A align BYTES
#       Start an adapter: register scatter/gather DMA. BYTES is the alignment of
#       shared data, to which the 1514 bytes of a receive buffer are rounded up.
#   default  A suggested N                                    [expect STATUS]
#       Make the default queue, 0, and allocate its memory.
#   queue    A Q suggested N [lookahead BYTES] [vmq2 | sriov VPORT]
#                            [ring BYTES] [node N]            [expect STATUS]
#       Make a queue for N receive buffers (0 is 256, less than 64 is 64), with a
#       lookahead split, with requests of revision 2 (vmq2: by queue, sriov: by
#       virtual port) and not 1, with a contiguous descriptor ring, preferring a
#       node. No memory is asked for yet.
#   complete A Q...                                           [expect STATUS...]
#       Allocation complete: allocate the memory of these queues, in order. One
#       that fails does not stop the next.
#   free     A Q [outstanding N]                              [expect STATUS]
#       Free a queue of which N receive lists are still out. With any, its memory
#       is freed when they are back.
#   return   A Q N                                            [expect STATUS]
#       Bring N receive lists back.
#   halt     A [requests N refused N freed N peak BYTES]      [expect STATUS]
#       Free all queues, 0 to 7, and end the adapter. The account is what the
#       consumer counted since `adapter`: requests that reached the provider, how
#       many were refused, blocks freed, and the most bytes held at a time.
#
#   inject   A nth N STATUS   refuse the Nth request of A from here; said twice
#                             of one request, the later STATUS holds
#   exhaust  A after N        serve N more requests of A, then refuse all
#   limit    A bytes N        refuse requests of A for more than N bytes
#   restore  A                forget inject, exhaust and limit
#       Faults of the provider, for one adapter, forgotten by `adapter` too.
#       `exhaust` and `limit` refuse with RESOURCES.
#
# An operation succeeds (a free with lists outstanding: PENDING) unless `expect`
# says otherwise. The provider refuses nothing but what the faults say, so it
# needs room for the peaks of all adapters at once.
#
# Operations of one adapter are in order. Adapters do not depend on each other:
# each may have a thread of its own.
#
# What a consumer does with these operations (its numbers of buffers, its retries
# with half the entries, its order of freeing) follows a published sample driver.
# What is JUDGEMENT, because no source gives it: how often each operation comes,
# the mix of suggested numbers, of modes, nodes and rings, how many lists are
# outstanding and how they come back, and which faults come and how often. So are
# these rules: rings are what is contiguous, a ring is asked for first, freed last
# and not retried; a queue that failed may be completed again; a queue whose
# length would not fit 32 bits is refused when it is made.
";

/// What the suggested numbers are drawn from. A judgement: mostly the usual
/// number, and every one that the retry rule treats in a way of its own.
const SUGGESTED: [u32; 20] =
    [0, 0, 16, 16, 64, 64, 100, 100, 101, 101, 128, 128, 256, 256, 300, 300, 500, 500, 512, 1024];

const FRAME: u32 = 1514;
const QUEUES: usize = 8;

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included.
    fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high - low) + 1;
        low + (self.next() % span) as u32
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.between(1, n) == 1
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.between(0, choices.len() as u32 - 1) as usize]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.between(0, last as u32) as usize);
        }
    }
}

/// What kind of queues an adapter has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum World {
    /// Before NDIS 6.30: lookahead split.
    Split,
    /// Revision 1 without split.
    Plain,
    /// Revision 2, by queue.
    Vmq2,
    /// Revision 2, by virtual port.
    Sriov,
    /// Any of them.
    Mixed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unused,
    Made,
    Running,
    Freeing,
}

/// A queue as the model sees it.
#[derive(Clone)]
struct Slot {
    state: State,
    queue: Queue,
    entries: u32,
    outstanding: u32,
    /// The lengths of its blocks.
    blocks: Vec<u32>,
}

impl Slot {
    fn unused() -> Slot {
        Slot {
            state: State::Unused,
            queue: Queue { id: 0, suggested: 0, lookahead: 0, mode: Mode::Revision1, ring: 0, node: None },
            entries: 0,
            outstanding: 0,
            blocks: Vec::new(),
        }
    }
}

/// One adapter: the model of its consumer, and the lines written so far.
struct Adapter {
    number: u32,
    align: u32,
    world: World,
    random: Random,
    slots: Vec<Slot>,
    faults: Faults,
    held: u64,
    account: Account,
    lines: Vec<String>,
}

impl Adapter {
    fn new(number: u32, align: u32, world: World) -> Adapter {
        Adapter {
            number,
            align,
            world,
            random: Random(0x5EED_0000 + u64::from(number)),
            slots: vec![Slot::unused(); QUEUES],
            faults: Faults::new(),
            held: 0,
            account: Account::default(),
            lines: Vec::new(),
        }
    }

    // ---- lines ----

    fn comment(&mut self, text: &str) {
        self.lines.push(format!("# adapter {}: {text}", self.number));
    }

    fn write(&mut self, operation: Operation) {
        self.faults.apply(&operation);
        let step = Step { line: 0, adapter: self.number, operation };
        self.lines.push(step.to_string());
    }

    // ---- the model ----

    fn length(&self, entries: u32, entry: u32) -> u32 {
        entries * entry.next_multiple_of(self.align) + self.align
    }

    fn request(&mut self, slot: usize, length: u32) -> Result<(), Status> {
        self.account.requests += 1;
        if let Some(status) = self.faults.verdict(length) {
            self.account.refused += 1;
            return Err(status);
        }
        self.slots[slot].blocks.push(length);
        self.held += u64::from(length);
        self.account.peak = self.account.peak.max(self.held);
        Ok(())
    }

    fn requests(&mut self, slot: usize, entry: u32) -> Result<u32, Status> {
        let wanted = wanted(self.slots[slot].queue.suggested);
        let mut chunk = wanted;
        let mut got = 0;
        while got < wanted {
            let length = self.length(chunk, entry);
            match self.request(slot, length) {
                Ok(()) => got += chunk,
                Err(status) => {
                    chunk /= 2;
                    if chunk < 32 {
                        return Err(status);
                    }
                }
            }
        }
        Ok(got)
    }

    fn allocate(&mut self, slot: usize) -> Status {
        let queue = self.slots[slot].queue;
        let result = (|| {
            if queue.ring != 0 {
                self.request(slot, queue.ring)?;
            }
            if queue.lookahead != 0 {
                self.requests(slot, queue.lookahead.max(64))?;
            }
            self.requests(slot, FRAME)
        })();
        match result {
            Ok(entries) => {
                self.slots[slot].entries = entries;
                self.slots[slot].state = State::Running;
                Status::Success
            }
            Err(status) => {
                self.free_blocks(slot);
                status
            }
        }
    }

    fn free_blocks(&mut self, slot: usize) {
        for length in std::mem::take(&mut self.slots[slot].blocks) {
            self.held -= u64::from(length);
            self.account.freed += 1;
        }
    }

    fn unmake(&mut self, slot: usize) {
        self.free_blocks(slot);
        self.slots[slot] = Slot::unused();
    }

    // ---- operations ----

    fn start(&mut self) {
        self.account = Account::default();
        self.write(Operation::Adapter { align: self.align });
    }

    fn default_queue(&mut self, suggested: u32) {
        let expect = if self.slots[0].state != State::Unused {
            Status::InvalidState
        } else if u64::from(wanted(suggested)) * u64::from(FRAME.next_multiple_of(self.align)) + u64::from(self.align)
            > u64::from(u32::MAX)
        {
            Status::InvalidParameter
        } else {
            self.slots[0].queue.suggested = suggested;
            let status = self.allocate(0);
            if status != Status::Success {
                self.unmake(0);
            }
            status
        };
        self.write(Operation::Default { suggested, expect });
    }

    fn queue(&mut self, queue: Queue) {
        let fits = u64::from(wanted(queue.suggested)) * u64::from(FRAME.next_multiple_of(self.align))
            + u64::from(self.align)
            <= u64::from(u32::MAX);
        let ring = queue.ring == 0 || (queue.mode != Mode::Revision1 && (4096..=65536).contains(&queue.ring));
        let expect = if queue.id == 0 || queue.id as usize >= QUEUES {
            Status::InvalidParameter
        } else if self.slots[queue.id as usize].state != State::Unused {
            Status::InvalidState
        } else if !fits || !ring || queue.mode == (Mode::Sriov { vport: 0 }) {
            Status::InvalidParameter
        } else if queue.lookahead > 128 || (queue.lookahead != 0 && queue.mode != Mode::Revision1) {
            Status::NotSupported
        } else {
            let slot = &mut self.slots[queue.id as usize];
            slot.state = State::Made;
            slot.queue = queue;
            Status::Success
        };
        self.write(Operation::Queue { queue, expect });
    }

    fn complete(&mut self, queues: &[u32]) {
        let mut expect = Vec::new();
        for id in queues {
            let slot = *id as usize;
            expect.push(if slot == 0 || slot >= QUEUES || self.slots[slot].state == State::Unused {
                Status::InvalidParameter
            } else if self.slots[slot].state != State::Made {
                Status::InvalidState
            } else {
                self.allocate(slot)
            });
        }
        self.write(Operation::Complete { queues: queues.to_vec(), expect });
    }

    fn free(&mut self, queue: u32, outstanding: u32) {
        let slot = queue as usize;
        let expect = if slot == 0 || slot >= QUEUES || self.slots[slot].state == State::Unused {
            Status::InvalidParameter
        } else if self.slots[slot].state == State::Freeing {
            Status::InvalidState
        } else if outstanding > self.slots[slot].entries {
            Status::InvalidParameter
        } else if outstanding != 0 {
            self.slots[slot].state = State::Freeing;
            self.slots[slot].outstanding = outstanding;
            Status::Pending
        } else {
            self.unmake(slot);
            Status::Success
        };
        self.write(Operation::Free { queue, outstanding, expect });
    }

    fn give_back(&mut self, queue: u32, lists: u32) {
        let slot = queue as usize;
        let expect = if slot >= QUEUES || lists == 0 {
            Status::InvalidParameter
        } else if self.slots[slot].state != State::Freeing {
            Status::InvalidState
        } else if lists > self.slots[slot].outstanding {
            Status::InvalidParameter
        } else {
            self.slots[slot].outstanding -= lists;
            if self.slots[slot].outstanding == 0 {
                self.unmake(slot);
            }
            Status::Success
        };
        self.write(Operation::Return { queue, lists, expect });
    }

    fn halt(&mut self) {
        let out = self.slots.iter().any(|slot| slot.outstanding != 0);
        if out {
            self.write(Operation::Halt { account: None, expect: Status::InvalidState });
            return;
        }
        for slot in 0..QUEUES {
            self.unmake(slot);
        }
        self.write(Operation::Halt { account: Some(self.account), expect: Status::Success });
    }

    fn inject(&mut self, nth: u64, status: Status) {
        self.write(Operation::Inject { nth, status });
    }

    fn exhaust(&mut self, after: u64) {
        self.write(Operation::Exhaust { after });
    }

    /// Serves chunks of at most so many entries.
    fn limit(&mut self, entries: u32) {
        let bytes = self.length(entries, FRAME);
        self.write(Operation::Limit { bytes });
    }

    fn restore(&mut self) {
        self.write(Operation::Restore);
    }

    // ---- choices ----

    fn of(&self, state: State) -> Vec<u32> {
        (1..QUEUES as u32).filter(|id| self.slots[*id as usize].state == state).collect()
    }

    fn suggested(&mut self) -> u32 {
        self.random.pick(&SUGGESTED)
    }

    /// A queue such as this adapter has.
    fn like(&mut self, id: u32, suggested: u32) -> Queue {
        let world = match self.world {
            World::Mixed => self.random.pick(&[World::Split, World::Plain, World::Vmq2, World::Sriov]),
            world => world,
        };
        let mut queue = Queue { id, suggested, lookahead: 0, mode: Mode::Revision1, ring: 0, node: None };
        match world {
            World::Plain | World::Mixed => return queue,
            World::Split => {
                if !self.random.one_in(4) {
                    queue.lookahead = self.random.pick(&[32, 64, 64, 96, 128, 128, 128]);
                }
                return queue;
            }
            World::Vmq2 => queue.mode = Mode::Vmq2,
            World::Sriov => {
                let vport = id + self.random.pick(&[0, 0, 8, 100]);
                queue.mode = Mode::Sriov { vport };
            }
        }
        if self.random.one_in(2) {
            queue.ring = self.random.pick(&[4096, 8192, 16384, 65536]);
        }
        if !self.random.one_in(3) {
            queue.node = Some(self.random.between(0, 1));
        }
        queue
    }

    fn make(&mut self, id: u32, suggested: u32) {
        let queue = self.like(id, suggested);
        self.queue(queue);
    }

    /// Frees a queue, with lists outstanding as often as not.
    fn free_some_way(&mut self, id: u32) {
        let entries = self.slots[id as usize].entries;
        let outstanding = if entries != 0 && self.random.one_in(2) {
            let most = self.random.pick(&[4, 40, entries]).min(entries);
            self.random.between(1, most)
        } else {
            0
        };
        self.free(id, outstanding);
    }

    /// Brings back some of the lists of a queue, or all.
    fn give_some_back(&mut self, id: u32) {
        let outstanding = self.slots[id as usize].outstanding;
        let lists = if self.random.one_in(3) { self.random.between(1, outstanding) } else { outstanding };
        self.give_back(id, lists);
    }

    /// Frees every queue but the default one, in a random order.
    fn settle(&mut self) {
        let mut ids: Vec<u32> = (1..QUEUES as u32).collect();
        self.random.shuffle(&mut ids);
        for id in ids {
            match self.slots[id as usize].state {
                State::Unused => continue,
                State::Freeing => {}
                State::Made | State::Running => self.free_some_way(id),
            }
            let outstanding = self.slots[id as usize].outstanding;
            if outstanding != 0 {
                self.give_back(id, outstanding);
            }
        }
    }

    // ---- what happens to an adapter ----

    /// The host starts: several queues are completed by one call.
    fn boot(&mut self, count: u32, default: Option<u32>) {
        self.start();
        if let Some(suggested) = default {
            self.default_queue(suggested);
        }
        let mut ids: Vec<u32> = (1..=count).collect();
        for id in &ids {
            let suggested = self.random.pick(&[0, 64, 128, 256, 256]);
            self.make(*id, suggested);
        }
        self.random.shuffle(&mut ids);
        self.complete(&ids);
    }

    /// Virtual machines start and stop, one at a time.
    fn machines(&mut self, times: u32) {
        self.comment("virtual machines start and stop");
        for _ in 0..times {
            let unused = self.of(State::Unused);
            let running = self.of(State::Running);
            if running.is_empty() || (!unused.is_empty() && self.random.one_in(2)) {
                let id = self.random.pick(&unused);
                let suggested = self.suggested();
                self.make(id, suggested);
                self.complete(&[id]);
            } else {
                let id = self.random.pick(&running);
                self.free_some_way(id);
            }
            for id in self.of(State::Freeing) {
                self.give_some_back(id);
            }
        }
        self.settle();
    }

    /// Queues are made and freed in a random order while the provider has
    /// pieces of different sizes to give, and refuses a request now and then.
    fn churn(&mut self, times: u32, pieces: &[u32], fault: u32) {
        let sizes: Vec<String> = pieces.iter().map(u32::to_string).collect();
        self.comment(&format!("churn, pieces of at most {} entries", sizes.join(" or ")));
        for time in 0..times {
            if time % 12 == 0 {
                let piece = self.random.pick(pieces);
                self.limit(piece);
            }
            if fault != 0 && self.random.one_in(fault) {
                let nth = u64::from(self.random.between(1, 9));
                let status = self.random.pick(&[
                    Status::Resources,
                    Status::Resources,
                    Status::Resources,
                    Status::Failure,
                    Status::InvalidParameter,
                ]);
                self.inject(nth, status);
            }
            let made = self.of(State::Made);
            let id = self.random.between(1, QUEUES as u32 - 1);
            match self.slots[id as usize].state {
                State::Unused => {
                    let suggested = self.suggested();
                    self.make(id, suggested);
                    if !self.random.one_in(4) {
                        self.complete(&[id]);
                    }
                }
                State::Made if self.random.one_in(8) => self.free(id, 0),
                State::Made => {
                    let mut ids = made;
                    self.random.shuffle(&mut ids);
                    self.complete(&ids);
                }
                State::Running => self.free_some_way(id),
                State::Freeing => self.give_some_back(id),
            }
        }
        self.restore();
        self.settle();
    }

    /// For every suggested number, with pieces of every size: the first, a
    /// middle and the last request of the run is refused.
    fn chunks(&mut self, pieces: &[u32]) {
        self.comment("the first, a middle and the last chunk is refused");
        for suggested in [0, 16, 64, 100, 101, 128, 256, 300, 500, 512, 1024] {
            let piece = self.random.pick(pieces);
            let mut chunk = wanted(suggested);
            let mut refused = 0;
            while chunk > piece && chunk / 2 >= 32 {
                chunk /= 2;
                refused += 1;
            }
            let served = wanted(suggested).div_ceil(chunk);
            let id = self.random.between(1, QUEUES as u32 - 1);
            self.limit(chunk);
            for place in [1, served.div_ceil(2), served] {
                let mut queue = self.like(id, suggested);
                queue.ring = 0;
                queue.lookahead = 0;
                self.queue(queue);
                self.inject(u64::from(refused + place), Status::Resources);
                self.complete(&[id]);
                if self.slots[id as usize].state == State::Made && self.random.one_in(2) {
                    // Asked once more, it succeeds.
                    self.complete(&[id]);
                }
                self.free(id, 0);
            }
            self.restore();
        }
    }

    /// The first run of a queue succeeds and the second does not.
    fn second_run(&mut self, times: u32) {
        self.comment("nothing is left for the second run, the first is freed");
        for _ in 0..times {
            let id = self.random.between(1, QUEUES as u32 - 1);
            let suggested = self.suggested();
            let mut queue = self.like(id, suggested);
            if queue.mode == Mode::Revision1 {
                queue.lookahead = self.random.pick(&[64, 128]);
            } else {
                queue.ring = self.random.pick(&[4096, 32768]);
            }
            self.queue(queue);
            // One request is the whole first run. With two, a part of the
            // second is served before the rest is refused.
            let after = self.random.between(1, 2);
            if after == 2 {
                self.inject(2, Status::Resources);
                self.exhaust(3);
            } else {
                self.exhaust(1);
            }
            self.complete(&[id]);
            self.restore();
            self.free(id, 0);
        }
    }

    /// One of several queues finds nothing left, the others are served.
    fn burst(&mut self, times: u32) {
        self.comment("a queue in the middle of a burst fails, the others do not");
        for _ in 0..times {
            let mut ids: Vec<u32> = (1..QUEUES as u32).collect();
            self.random.shuffle(&mut ids);
            ids.truncate(self.random.between(3, 7) as usize);
            for id in &ids {
                let suggested = self.random.pick(&[64, 100]);
                let mut queue = self.like(*id, suggested);
                queue.ring = 0;
                queue.lookahead = 0;
                self.queue(queue);
            }
            let first = u64::from(self.random.between(2, ids.len() as u32 - 1));
            // 64 and 100 entries are halved once before they are too few.
            self.inject(first, Status::Resources);
            self.inject(first + 1, Status::Failure);
            self.complete(&ids);
            self.restore();
            self.settle();
        }
    }

    /// Operations that may not reach the provider.
    fn malformed(&mut self) {
        self.comment("operations that the consumer turns down");
        let plain = |id| Queue { id, suggested: 64, lookahead: 0, mode: Mode::Revision1, ring: 0, node: None };
        let id = self.random.between(1, QUEUES as u32 - 2);
        let other = id + 1;
        // No such queue, or not one for a virtual machine.
        for bad in [0, 8, 9, 255, u32::MAX] {
            self.queue(plain(bad));
            self.complete(&[bad]);
            self.free(bad, 0);
            self.give_back(bad, 1);
        }
        // Not made.
        self.complete(&[id]);
        self.free(id, 0);
        self.give_back(id, 1);
        // Requests that cannot be written.
        for queue in [
            Queue { lookahead: 129, ..plain(id) },
            Queue { lookahead: 64, mode: Mode::Vmq2, ..plain(id) },
            Queue { ring: 4096, ..plain(id) },
            Queue { ring: 4095, mode: Mode::Vmq2, ..plain(id) },
            Queue { ring: 65537, mode: Mode::Vmq2, ..plain(id) },
            Queue { mode: Mode::Sriov { vport: 0 }, ..plain(id) },
            Queue { suggested: u32::MAX, ..plain(id) },
        ] {
            self.queue(queue);
        }
        // Freed without ever being completed, and with lists it cannot have.
        self.queue(plain(id));
        self.queue(plain(id));
        self.free(id, 1);
        self.free(id, 0);
        self.free(id, 0);
        // Completed twice, in one array and in two, next to queues not made.
        self.queue(plain(id));
        self.complete(&[8, id, other, id, 0]);
        self.complete(&[id]);
        self.free(id, 65);
        // Used while it is being freed.
        self.free(id, 2);
        self.queue(plain(id));
        self.complete(&[id]);
        self.free(id, 0);
        self.give_back(id, 0);
        self.give_back(id, 3);
        self.halt();
        self.give_back(id, 1);
        self.give_back(id, 1);
        self.give_back(id, 1);
        // The number is free again.
        self.queue(plain(id));
        self.complete(&[id]);
        self.settle();
    }

    /// Halts with queues in every state in which they can be.
    fn halt_with_queues(&mut self) {
        self.comment("halt with queues that were not freed");
        let mut ids: Vec<u32> = (1..QUEUES as u32).collect();
        self.random.shuffle(&mut ids);
        for id in &ids[..5] {
            let suggested = self.random.pick(&[64, 128, 256]);
            self.make(*id, suggested);
        }
        self.limit(128);
        self.complete(&ids[1..5]);
        self.free(ids[1], 0);
        self.halt();
    }
}

fn wanted(suggested: u32) -> u32 {
    match suggested {
        0 => 256,
        some => some.max(64),
    }
}

/// An adapter from the start of the host to its end.
fn life(number: u32, align: u32, world: World) -> Adapter {
    let mut adapter = Adapter::new(number, align, world);
    let default = number.is_multiple_of(2).then_some(64);
    adapter.boot(7, default);
    adapter.settle();
    adapter.machines(60);
    adapter.chunks(&[32, 64, 128]);
    adapter.malformed();
    adapter.second_run(12);
    adapter.churn(320, &[32, 64, 128, 1024], 16);
    adapter.burst(8);
    adapter.chunks(&[64, 128, 256]);
    adapter.halt_with_queues();
    adapter.boot(adapter.number % 6 + 2, None);
    adapter.settle();
    adapter.churn(320, &[32, 64, 64, 256], 10);
    adapter.halt_with_queues();
    adapter
}

/// An adapter that comes and goes.
fn visitor(number: u32, align: u32, world: World) -> Adapter {
    let mut adapter = Adapter::new(number, align, world);
    for round in 0..8 {
        let count = adapter.random.between(2, 7);
        adapter.boot(count, (round % 3 == 0).then_some(128));
        adapter.settle();
        adapter.churn(40, &[32, 64, 128, 256], 10);
        if round % 4 == 1 {
            adapter.malformed();
        }
        adapter.halt_with_queues();
    }
    adapter
}

/// The whole text.
fn generate() -> String {
    let adapters = [
        life(0, 64, World::Split),
        life(1, 64, World::Plain),
        life(2, 128, World::Vmq2),
        life(3, 64, World::Sriov),
        visitor(4, 128, World::Mixed),
        visitor(5, 64, World::Mixed),
    ];
    let mut text = String::from(HEAD);
    let mut random = Random(0x5EED);
    let mut next = [0; 6];
    loop {
        // An adapter with more lines left comes up more often, so that all of
        // them last until the end.
        let left: Vec<usize> =
            (0..adapters.len()).flat_map(|index| vec![index; adapters[index].lines.len() - next[index]]).collect();
        if left.is_empty() {
            return text;
        }
        let index = random.pick(&left);
        let lines = &adapters[index].lines;
        let mut many = random.between(1, 24);
        while many != 0 && next[index] < lines.len() {
            let line = &lines[next[index]];
            next[index] += 1;
            // A comment stays with the line after it.
            if line.starts_with('#') {
                text.push('\n');
            } else {
                many -= 1;
            }
            text.push_str(line);
            text.push('\n');
        }
    }
}

fn main() -> std::io::Result<()> {
    std::io::stdout().lock().write_all(generate().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_a_trace() {
        let trace = trace::parse(&generate()).unwrap();
        let account = trace.account().unwrap();
        assert_eq!(trace.adapters(), [0, 1, 2, 3, 4, 5]);
        assert!((6_000..=15_000).contains(&account.requests), "{account:?}");
        assert_eq!(account.requests, account.refused + account.freed);
    }

    #[test]
    fn every_step_is_written_as_it_was_read() {
        let text = generate();
        let lines: Vec<&str> = text.lines().collect();
        for step in trace::parse(&text).unwrap().steps {
            assert_eq!(step.to_string(), lines[step.line - 1]);
        }
    }
}
