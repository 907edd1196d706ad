//! Two threads write one place without a lock: what ThreadSanitizer must see, or its silence elsewhere proves nothing.

static mut PLACE: u32 = 0;

fn main() {
    let other = std::thread::spawn(|| {
        // SAFETY: none; this is the race.
        unsafe { PLACE = 1 };
    });
    // SAFETY: none; this is the race.
    unsafe { PLACE = 2 };
    other.join().expect("the other thread does not panic");
}
