//! The one way from a C entry point into a driver's function and back.

#[cfg(not(debug_assertions))]
use core::mem::ManuallyDrop;
#[cfg(not(debug_assertions))]
use core::ptr::NonNull;

use crate::boundary::call::{Call, RawCall, Refusal};
#[cfg(not(debug_assertions))]
use crate::boundary::call::{EntryState, State};
use crate::boundary::callback::Callback;
#[cfg(not(debug_assertions))]
use crate::boundary::outcome::Delivered;
use crate::boundary::outcome::Finished;
#[cfg(not(debug_assertions))]
use crate::boundary::twins;
#[cfg(not(debug_assertions))]
use crate::stop::panic;

/// The driver's function: a pointer in a development build, so that functions of the same types share what is compiled.
#[cfg(debug_assertions)]
macro_rules! function {
    ($($argument:ident)*) => { fn($($argument),*) -> R };
}
#[cfg(not(debug_assertions))]
macro_rules! function {
    ($($argument:ident)*) => { impl FnOnce($($argument),*) -> R };
}

/// `enterN` runs a call whose function takes N arguments: makes the out parameters ready, checks the IRQL, receives the
/// arguments, calls the function, delivers its result, and answers NDIS as the catalogue says when any of that went wrong.
macro_rules! enter {
    ($($name:ident($($receive:ident: $argument:ident),*);)*) => {
        impl<K: Callback> RawCall<K> {
            $(
                /// Runs the call.
                ///
                /// # Safety
                ///
                /// NDIS called an entry point of `K` with the arguments this call was made from. Each is received once, in
                /// its place, as what the catalogue says; `finish` delivers what the callback's outcome says. `self` does
                /// not outlive that entry point.
                #[allow(clippy::too_many_arguments)] // that is what a callback has
                #[cfg_attr(debug_assertions, inline(never))]
                #[cfg_attr(not(debug_assertions), inline(always))]
                pub unsafe fn $name<'c, $($argument,)* R>(
                    &'c self,
                    function: function!($($argument)*),
                    $($receive: unsafe fn(&'c Call<K>) -> Result<$argument, Refusal>,)*
                    finish: unsafe fn(R, &Call<K>) -> Finished<K>,
                ) -> K::Return {
                    // SAFETY: each argument is received once and the function runs, guaranteed by the caller.
                    let body = move |call: &'c Call<K>| unsafe {
                        $(
                            let $receive = match $receive(call) {
                                Ok(argument) => argument,
                                Err(refusal) => return Err(refusal),
                            };
                        )*
                        finish(function($($receive),*), call)
                    };
                    // SAFETY: guaranteed by the caller.
                    unsafe { self.run(body) }
                }
            )*
        }
    };
}

enter! {
    enter0();
    enter1(a: A);
    enter2(a: A, b: B);
    enter3(a: A, b: B, c: C);
    enter4(a: A, b: B, c: C, d: D);
    enter5(a: A, b: B, c: C, d: D, e: E);
    enter6(a: A, b: B, c: C, d: D, e: E, f: F);
}

#[cfg(not(debug_assertions))]
impl<K: Callback> RawCall<K> {
    /// What happens in a call, in order. (Its twin of a development build is in `erased.rs`.)
    ///
    /// # Safety
    ///
    /// As for `enter0`, with what `body` receives and delivers.
    #[inline(always)]
    unsafe fn run<'c>(&'c self, body: impl FnOnce(&'c Call<K>) -> Finished<K>) -> K::Return {
        let site = self.site();
        // Empty again when the function's result was delivered: then nothing is to be dropped.
        let scratch = ManuallyDrop::new(K::Scratch::default());
        let state = State::new(EntryState::now(K::IRQL, self.policy));
        // SAFETY: the scratch is declared before the call, which stays here.
        let call = unsafe { Call::<K>::new(self, state, &scratch) };
        let site = if const { twins::is_simple::<K>() } { site } else { site.with(&call) };
        let result = panic::boundary(site, || {
            // SAFETY: all that is borrowed for `'c` goes to the function, and with its result to `finish`, before the call
            // ends. Neither keeps it, since `'c` ends within the entry point.
            let lent: &'c Call<K> = unsafe { NonNull::from(&call).as_ref() };
            // SAFETY: these are the arguments NDIS passed.
            let result = unsafe { K::prepare(call.raw, &call.state) }
                .map_err(Refusal::from)
                .and_then(|()| call.check_irql())
                .and_then(|()| body(lent));
            match result {
                Ok(delivered) => Ok(delivered),
                Err(refusal) if const { twins::is_simple::<K>() } => {
                    Ok(Delivered(twins::refused_simple::<K>(refusal.kind(), &scratch)))
                }
                Err(refusal) => Err(refusal),
            }
        });
        match result {
            Ok(Ok(Delivered(value))) => value,
            // SAFETY: as above; a refused call did not get what is settled, or has noted that it did.
            Ok(Err(refusal)) => unsafe { twins::refused(&call, refusal.kind()) },
            Err(caught) if const { twins::is_simple::<K>() } => {
                // SAFETY: the context was lent to the function in this call.
                unsafe { twins::panicked_simple::<K>(caught, call.state.first_lent(), call.entry(), &scratch) }
            }
            // SAFETY: as above.
            Err(caught) => unsafe { twins::panicked(&call, caught) },
        }
    }
}
