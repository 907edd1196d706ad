//! What is left to the compiler to check in the author's crate.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::Expansion;
use crate::args::Abi;
use crate::catalogue::{self, Statuses};
use crate::diagnostics as say;
use crate::paths::ident;

impl Expansion<'_> {
    pub(super) fn checks(&self) -> TokenStream {
        let (statuses, layouts, abi, panics) = (self.statuses(), self.layouts(), self.abi(), self.panics());
        quote!(#statuses #layouts #abi #panics)
    }

    /// Every status that the function's error can become is one the callback may return.
    fn statuses(&self) -> TokenStream {
        let callback = self.model.callback;
        let is_closed = callback.outcome.fails() && matches!(callback.statuses, Statuses::Only(_));
        let Some(ty) = self.model.result().filter(|_| is_closed && !self.model.is_raw_result()) else {
            return TokenStream::new();
        };
        let conditions = self.conditions();
        let here = Span::call_site().located_at(ty.span());
        let (check, verdict) = (self.paths.item("check_statuses").at(here), self.paths.item("Verdict").at(here));
        let (callback, result) = (self.paths.callback(self.model.callback.name).at(here), self.result());
        let check = quote_spanned!(here=> #check(#verdict::<#callback, #result>::WRONG));
        let no_verdict = self.paths.item("NoVerdict");
        quote! {
            #(#conditions)*
            const _: () = {
                #[allow(unused_imports)]
                use #no_verdict as _;
                #check
            };
        }
    }

    /// The structures of foreign bindings are laid out as the runtime reads them.
    fn layouts(&self) -> TokenStream {
        if !self.has_foreign_types() {
            return TokenStream::new();
        }
        let conditions = self.conditions();
        let assert_layout = self.paths.item("assert_layout");
        let structures = self.model.callback.parameters.iter().filter_map(catalogue::structure);
        structures
            .map(|structure| {
                let (own, foreign) = (ident(structure), self.paths.c_type(structure));
                quote! {
                    #(#conditions)*
                    const _: () = { #assert_layout!(#own, #foreign); };
                }
            })
            .collect()
    }

    /// The calling convention is one the target calls with.
    fn abi(&self) -> TokenStream {
        if *self.args.options.abi != Abi::C {
            return TokenStream::new();
        }
        let message = say::c_is_wrong_on_x86();
        quote! {
            #[cfg(target_arch = "x86")]
            ::core::compile_error!(#message);
        }
    }

    /// Panics unwind in this crate, where they are promised to.
    fn panics(&self) -> TokenStream {
        if !cfg!(feature = "panic-unwind") {
            return TokenStream::new();
        }
        let message = say::PANICS_MUST_UNWIND;
        quote_spanned! {self.args.callback.span()=>
            #[cfg(not(panic = "unwind"))]
            ::core::compile_error!(#message);
        }
    }
}
