//! What is left to the compiler to check in the author's crate.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::Expansion;
use crate::catalogue::Outcome;
use crate::diagnostics as say;
use crate::paths::ident;

impl Expansion<'_> {
    pub(super) fn checks(&self) -> TokenStream {
        let (statuses, layouts, abi, panics) = (self.statuses(), self.layouts(), self.abi(), self.panics());
        quote!(#statuses #layouts #abi #panics)
    }

    /// Every status that the function's error can become is one the callback may return.
    fn statuses(&self) -> TokenStream {
        let fails = !matches!(self.model.callback.outcome, Outcome::Nothing | Outcome::Boolean | Outcome::Completed);
        let Some(ty) = self.model.result().filter(|_| fails && self.model.callback.statuses_are_closed) else {
            return TokenStream::new();
        };
        let conditions = self.conditions();
        let result = self.result();
        let outcome = self.paths.outcome(self.model.callback.outcome);
        let here = Span::call_site().located_at(ty.span());
        let check = self.paths.item(["__private", "check_statuses"]).at(here);
        let callback = self.paths.callback(self.model.callback.name).at(here);
        let check = quote_spanned!(here=> #check::<#callback>(<#result as #outcome>::STATUSES));
        quote! {
            #(#conditions)*
            const _: () = #check;
        }
    }

    /// The structures of foreign bindings are laid out as the runtime reads them.
    fn layouts(&self) -> TokenStream {
        if !self.has_foreign_types() {
            return TokenStream::new();
        }
        let conditions = self.conditions();
        let assert_layout = self.paths.item(["__assert_layout"]);
        let structures = self.model.arguments.iter().filter_map(|argument| argument.parameter.structure());
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
        let is_c = self.args.options.abi.as_ref().is_some_and(|abi| abi.name.value() == "C");
        if !is_c {
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
