//! The interrupt request level: what it is now, and where NDIS may call.

use core::fmt;

/// An interrupt request level (IRQL), `KIRQL` in wdm.h.
///
/// Higher numbers mask more interrupts. Which numbers a device's own level (DIRQL) may have depends on the processor.
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Irql(u8);

impl Irql {
    /// `PASSIVE_LEVEL`: ordinary threads; may wait and touch pageable memory.
    pub const PASSIVE: Irql = Irql(0);
    /// `APC_LEVEL`.
    pub const APC: Irql = Irql(1);
    /// `DISPATCH_LEVEL`: no waiting, no pageable memory.
    pub const DISPATCH: Irql = Irql(2);
    /// The lowest level a device interrupt may have.
    pub const DEVICE_MIN: Irql = Irql(3);
    /// The highest level a device interrupt may have on this processor family.
    pub const DEVICE_MAX: Irql = Irql(if cfg!(target_arch = "x86") { 26 } else { 12 });
    /// `HIGH_LEVEL`: all interrupts are masked, as during a bugcheck.
    pub const HIGH: Irql = Irql(if cfg!(target_arch = "x86") { 31 } else { 15 });

    /// The level with the number `raw`, as `KeGetCurrentIrql` returns it.
    pub const fn from_raw(raw: u8) -> Irql {
        Irql(raw)
    }

    /// The number of this level.
    pub const fn as_raw(self) -> u8 {
        self.0
    }

    /// The level the calling processor runs at now.
    ///
    /// With the `std` feature this is the calling thread's simulated level, see [`simulate`]; otherwise it is read
    /// from the processor (x86-64) or asked of the kernel (`KeGetCurrentIrql`: other processors, and everywhere with
    /// the feature `kernel-stand-in`).
    #[inline(always)]
    pub fn current() -> Irql {
        Irql(current::read())
    }
}

impl fmt::Debug for Irql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Irql::PASSIVE => f.write_str("PASSIVE_LEVEL"),
            Irql::APC => f.write_str("APC_LEVEL"),
            Irql::DISPATCH => f.write_str("DISPATCH_LEVEL"),
            Irql::HIGH => f.write_str("HIGH_LEVEL"),
            Irql(raw) => write!(f, "IRQL {raw}"),
        }
    }
}

impl fmt::Display for Irql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// The levels at which NDIS may make a call, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IrqlRange {
    /// The lowest legal level.
    pub min: Irql,
    /// The highest legal level.
    pub max: Irql,
}

impl IrqlRange {
    /// Whether `irql` is one of these levels.
    pub const fn contains(self, irql: Irql) -> bool {
        self.min.0 <= irql.0 && irql.0 <= self.max.0
    }
}

/// The level names of the catalogue: each a lowest and a highest number, since DIRQL is not one number.
pub(crate) mod level {
    #![allow(missing_docs)]
    use super::{Irql, IrqlRange};

    const fn exactly(irql: Irql) -> IrqlRange {
        IrqlRange { min: irql, max: irql }
    }
    pub(crate) const PASSIVE_LEVEL: IrqlRange = exactly(Irql::PASSIVE);
    pub(crate) const DISPATCH_LEVEL: IrqlRange = exactly(Irql::DISPATCH);
    pub(crate) const DIRQL: IrqlRange = IrqlRange { min: Irql::DEVICE_MIN, max: Irql::DEVICE_MAX };
    pub(crate) const HIGH_LEVEL: IrqlRange = exactly(Irql::HIGH);
}

/// Runs `body` with the calling thread's simulated level set to `irql`, and puts the old level back afterwards, also
/// when `body` panics. Only with the `std` feature: a real kernel's level is not touched by this crate.
///
/// ```
/// use ndis::irql::{self, Irql};
///
/// irql::simulate(Irql::DISPATCH, || assert_eq!(Irql::current(), Irql::DISPATCH));
/// assert_eq!(Irql::current(), Irql::PASSIVE);
/// ```
#[cfg(any(doc, feature = "std"))]
#[cfg_attr(docsrs, doc(cfg(feature = "std")))]
pub fn simulate<R>(irql: Irql, body: impl FnOnce() -> R) -> R {
    struct Restore(Irql);
    impl Drop for Restore {
        fn drop(&mut self) {
            current::write(self.0);
        }
    }
    let _restore = Restore(set_simulated(irql));
    body()
}

/// Sets the calling thread's simulated level, as a driver that raises or lowers the level would, and returns the old
/// one. Unlike [`simulate`] it does not put it back.
#[cfg(any(doc, feature = "std"))]
#[cfg_attr(docsrs, doc(cfg(feature = "std")))]
pub fn set_simulated(irql: Irql) -> Irql {
    let old = Irql::current();
    current::write(irql);
    old
}

#[cfg(any(doc, feature = "std"))]
mod current {
    use std::cell::Cell;

    std::thread_local! {
        static SIMULATED: Cell<u8> = const { Cell::new(0) };
    }

    #[inline(always)]
    pub(super) fn read() -> u8 {
        SIMULATED.get()
    }

    pub(super) fn write(irql: super::Irql) {
        SIMULATED.set(irql.0);
    }
}

#[cfg(all(not(any(doc, feature = "std")), target_arch = "x86_64", not(feature = "kernel-stand-in")))]
mod current {
    #[inline]
    pub(super) fn read() -> u8 {
        let level: u64;
        // SAFETY: reading CR8 has no side effect and is legal at any IRQL in kernel mode, the only place where a
        // build without `std` runs.
        unsafe { core::arch::asm!("mov {}, cr8", out(reg) level, options(nomem, nostack, preserves_flags)) };
        level as u8
    }
}

#[cfg(all(not(any(doc, feature = "std")), any(not(target_arch = "x86_64"), feature = "kernel-stand-in")))]
mod current {
    pub(super) use crate::contract::ntoskrnl::KeGetCurrentIrql as read;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;

    #[test]
    fn names() {
        assert_eq!(format!("{:?} {}", Irql::PASSIVE, Irql::HIGH), "PASSIVE_LEVEL HIGH_LEVEL");
        assert_eq!(format!("{:?}", Irql::from_raw(5)), "IRQL 5");
    }

    #[test]
    fn a_range_includes_both_ends() {
        let range = IrqlRange { min: Irql::APC, max: Irql::DISPATCH };
        assert!(!range.contains(Irql::PASSIVE));
        assert!(range.contains(Irql::APC) && range.contains(Irql::DISPATCH));
        assert!(!range.contains(Irql::DEVICE_MIN));
    }

    #[cfg(feature = "std")]
    #[test]
    fn the_simulated_level_comes_back_after_a_panic() {
        let caught = std::panic::catch_unwind(|| simulate(Irql::DISPATCH, || panic!("expected by the test")));
        assert!(caught.is_err());
        assert_eq!(Irql::current(), Irql::PASSIVE);
    }
}
