//! Several machines, and several threads on one.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::{Arc, Barrier};
use std::thread;

use ndis_sim::{Adapter, Ask, Machine, Pages, Rule};

use crate::raw::{Provider, Wrong, assert_rules, deregister, register, with};

/// How often something is done that Miri does slowly.
const MANY: usize = if cfg!(miri) { 3 } else { 200 };

fn is_send_and_sync<T: Send + Sync>() {}

#[test]
fn machines_share_nothing() {
    is_send_and_sync::<Machine>();
    is_send_and_sync::<Adapter>();
    is_send_and_sync::<Pages>();
    thread::scope(|scope| {
        for number in 0..4 {
            scope.spawn(move || {
                let wrong = number % 2 == 1;
                let provider = Provider::new(if wrong { Wrong::NoSharedMemoryHandle } else { Wrong::Nothing });
                let report = with(provider, |machine, adapter, _| {
                    machine.refuse_pages(2);
                    let block = adapter.allocate(Ask::new(1)).unwrap();
                    assert!(adapter.allocate(Ask::new(1)).is_err());
                    adapter.free(&block);
                });
                assert_rules(&report, if wrong { &[Rule::NullSharedMemoryHandle] } else { &[] });
                assert_eq!((report.counts().allocations, report.counts().all_failures()), (1, 1));
            });
        }
    });
}

#[test]
fn a_handle_knows_its_machine_on_every_thread() {
    let report = with(Provider::new(Wrong::Nothing), |_, adapter, _| {
        let other = Machine::new();
        other.refuse_pages(1);
        thread::scope(|scope| {
            scope.spawn(|| {
                // In no machine: the handle says which.
                let block = adapter.allocate(Ask::new(1)).unwrap();
                // In another one: the handle still says which.
                other.run(|| {
                    adapter.free(&block);
                    adapter.free(&adapter.allocate(Ask::new(1)).unwrap());
                });
            });
        });
        other.finish().assert_clean();
    });
    report.assert_clean();
    assert_eq!(report.counts().allocations, 2);
}

#[test]
fn a_machine_inside_another() {
    let (outer, inner) = (Machine::new(), Machine::new());
    outer.run(|| {
        inner.run(|| assert!(Pages::allocate(1, false).is_some()));
        let _pages = Pages::allocate(1, false);
        assert_eq!((outer.report().counts().live_pages, inner.report().counts().live_pages), (1, 0));
    });
    outer.finish().assert_clean();
    inner.finish().assert_clean();
}

#[test]
fn eight_threads_on_one_provider() {
    const BOUND: usize = 6 * 4096;
    let report = with(Provider::new(Wrong::Nothing), |machine, adapter, provider| {
        machine.limit_page_bytes(BOUND);
        machine.watch_outstanding("raw", {
            let provider = Arc::clone(provider);
            move || provider.outstanding()
        });
        let adapters: Vec<Adapter> = (0..8).map(|_| machine.adapter()).collect();
        thread::scope(|scope| {
            for (number, own) in adapters.iter().enumerate() {
                own.register_dma().unwrap();
                scope.spawn(move || {
                    // Half of them share an adapter.
                    let adapter = if number % 2 == 0 { own } else { adapter };
                    for round in 0..MANY {
                        let ask = Ask::new((round % 3) as u32 * 4096 + 1);
                        if let Ok(block) = adapter.allocate(ask) {
                            machine.check_outstanding();
                            adapter.free(&block);
                        }
                    }
                });
            }
        });
        assert_eq!(provider.outstanding(), 0);
    });
    report.assert_clean();
    let counts = report.counts();
    assert_eq!(counts.allocations + counts.all_failures(), 8 * MANY as u64);
    assert_eq!(counts.allocations, counts.frees);
    assert!(counts.peak_bytes <= BOUND as u64);
    assert_eq!(counts.live_page_bytes, 0);
}

#[test]
fn deregistration_waits_for_the_calls_that_run() {
    let (inside, go_on) = (Arc::new(Barrier::new(2)), Arc::new(AtomicBool::new(false)));
    let running = Arc::new(AtomicBool::new(false));
    let mut provider = Provider::new(Wrong::Fails);
    provider.during = Box::new({
        let (inside, go_on, running) = (Arc::clone(&inside), Arc::clone(&go_on), Arc::clone(&running));
        move || {
            running.store(true, SeqCst);
            inside.wait();
            while !go_on.load(SeqCst) {
                thread::yield_now();
            }
            running.store(false, SeqCst);
        }
    });
    let machine = Machine::new();
    let provider = Arc::new(provider);
    machine.run(|| {
        let driver = register(&provider).unwrap();
        let adapter = machine.adapter();
        adapter.register_dma().unwrap();
        let driver = driver.addr();
        thread::scope(|scope| {
            scope.spawn(|| assert!(adapter.allocate(Ask::new(1)).is_err()));
            inside.wait();
            let deregistering = scope.spawn(move || deregister(std::ptr::without_provenance_mut(driver)));
            // Time for a deregistration that does not wait to show itself.
            let early = (0..MANY * 50).any(|_| {
                thread::yield_now();
                deregistering.is_finished()
            });
            go_on.store(true, SeqCst);
            deregistering.join().unwrap();
            assert!(!early, "the provider was being called");
            assert!(!running.load(SeqCst));
        });
        let block = adapter.allocate(Ask::new(1)).unwrap();
        adapter.free(&block);
        assert_eq!(provider.calls.load(Relaxed), 1, "no call after the deregistration");
        adapter.halt();
    });
    machine.finish().assert_clean();
}

#[test]
fn a_provider_may_call_ndis() {
    // An allocation inside an allocation: no lock of the simulation is held around a driver's code.
    let machine = Arc::new(Machine::new());
    let adapter = Arc::new(machine.adapter());
    adapter.register_dma().unwrap();
    let nested = AtomicBool::new(false);
    let mut provider = Provider::new(Wrong::Nothing);
    provider.during = Box::new({
        let (machine, adapter) = (Arc::clone(&machine), Arc::clone(&adapter));
        move || {
            if !nested.swap(true, SeqCst) {
                let block = adapter.allocate(Ask::new(1)).unwrap();
                assert!(!machine.report().is_clean() || machine.report().counts().live_blocks == 1);
                adapter.free(&block);
            }
        }
    });
    let provider = Arc::new(provider);
    machine.run(|| {
        let driver = register(&provider).unwrap();
        let block = adapter.allocate(Ask::new(1)).unwrap();
        adapter.free(&block);
        deregister(driver);
    });
    assert_eq!(provider.calls.load(Relaxed), 2);
    machine.report().assert_clean();
}
