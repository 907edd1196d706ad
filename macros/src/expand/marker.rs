//! What registration knows of the entry point: the callback, and the types of its contexts, slot by slot.

use proc_macro2::TokenStream;
use quote::quote;

use super::Expansion;
use crate::catalogue::{Outcome, Role};
use crate::model::lent;

impl Expansion<'_> {
    /// Says which callback the entry point is for, with which contexts. The pointer's type is checked by this too.
    pub(super) fn marker(&self) -> TokenStream {
        let name = &self.name;
        let conditions = self.conditions();
        let pointer = self.paths.c_type(self.model.callback.pointer);
        if self.has_foreign_types() {
            // Not a call: of a call with a wrong argument the compiler would show core's source, where it is installed.
            return quote! {
                #(#conditions)*
                impl #name {
                    #[allow(dead_code)]
                    const TYPE: #pointer = ::core::option::Option::Some { 0: Self::entry };
                }
            };
        }
        let entry = self.paths.item(["Entry"]);
        let callback = self.paths.callback(self.model.callback.name);
        let contexts = self.contexts();
        quote! {
            #(#conditions)*
            unsafe impl #entry<#callback, (#(#contexts,)*)> for #name {
                const ENTRY: #pointer = ::core::option::Option::Some(Self::entry);
            }
        }
    }

    /// Beside errors: fits any contexts, so that registration finds no second mistake.
    pub(super) fn stub_marker(&self) -> TokenStream {
        if self.has_foreign_types() {
            return TokenStream::new();
        }
        let name = &self.name;
        let conditions = self.conditions();
        let entry = self.paths.item(["Entry"]);
        let callback = self.paths.callback(self.model.callback.name);
        let pointer = self.paths.c_type(self.model.callback.pointer);
        quote! {
            #(#conditions)*
            unsafe impl<Contexts> #entry<#callback, Contexts> for #name {
                const ENTRY: #pointer = ::core::option::Option::Some(Self::entry);
            }
        }
    }

    /// The types of the contexts and handles, in the order of the C parameters, what is made last.
    fn contexts(&self) -> Vec<TokenStream> {
        let owner = self.paths.item(["outcome", "Owner"]);
        let mut contexts = Vec::new();
        for argument in self.model.taken() {
            let Some(ty) = argument.ty else { continue };
            match argument.parameter.role {
                Role::Lent | Role::NullableLent | Role::Retired => {
                    contexts.extend(lent(ty).map(|context| self.anonymous(quote!(#context))));
                }
                Role::GivenBack => {
                    let ty = self.anonymous(quote!(#ty));
                    contexts.push(quote!(<#ty as #owner>::Value));
                }
                _ => {}
            }
        }
        if matches!(self.model.callback.outcome, Outcome::Made | Outcome::Attached) {
            let result = self.result();
            contexts.push(quote!(<#result as #owner>::Value));
        }
        contexts
    }
}
