//! What registration knows of the entry point: the callback, and the types of its contexts, slot by slot.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Type, TypeReference};

use super::Expansion;
use super::entry::Written;
use crate::model::{bare, lent_reference, optional};

impl Expansion<'_> {
    /// Says which callback the entry point is for, with which contexts. The pointer's type is checked by this too.
    pub(super) fn marker(&self) -> TokenStream {
        let name = &self.name;
        let conditions = self.conditions();
        if self.has_foreign_types() {
            let pointer = self.paths.c_type(self.model.callback.pointer);
            // Not a call: of a call with a wrong argument the compiler would show core's source, where it is installed.
            return quote! {
                #(#conditions)*
                impl #name {
                    #[allow(dead_code)]
                    const TYPE: #pointer = ::core::option::Option::Some { 0: Self::entry };
                }
            };
        }
        let entry = self.paths.item("Entry");
        let callback = self.paths.callback(self.model.callback.name);
        let pointer = self.paths.item("Pointer");
        let contexts = self.contexts();
        quote! {
            #(#conditions)*
            unsafe impl #entry<#callback, (#(#contexts,)*)> for #name {
                const ENTRY: #pointer<#callback> = ::core::option::Option::Some(Self::entry);
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
        let entry = self.paths.item("Entry");
        let callback = self.paths.callback(self.model.callback.name);
        let pointer = self.paths.item("Pointer");
        quote! {
            #(#conditions)*
            unsafe impl<Contexts> #entry<#callback, Contexts> for #name {
                const ENTRY: #pointer<#callback> = ::core::option::Option::Some(Self::entry);
            }
        }
    }

    /// The driver's own types in the arguments that are contexts or handles, in their order, then in the result that makes one.
    fn contexts(&self) -> Vec<Written<'_>> {
        let kept = self.model.arguments.iter().filter(|argument| argument.parameter.role.is_kept());
        let made = self.model.result().filter(|_| self.model.callback.outcome.makes());
        kept.filter_map(|argument| argument.ty).chain(made).map(|ty| self.context(ty)).collect()
    }

    /// The driver's own type in an argument or a result, as the compiler knows it.
    fn context<'t>(&self, ty: &'t Type) -> Written<'t> {
        if let Type::Reference(TypeReference { elem, .. }) = bare(ty) {
            // No name can hide what a reference is.
            return self.with_lifetimes(elem, "static");
        }
        let (ty, kept) = (self.for_ever(ty), self.paths.item("Kept"));
        Written::Changed(quote!(<#ty as #kept>::Value))
    }

    /// A type as it is for an object that lives for ever: an impl has no call to take lifetimes from.
    fn for_ever<'t>(&self, ty: &'t Type) -> Written<'t> {
        match bare(ty) {
            Type::Reference(TypeReference { elem, .. }) => {
                let elem = self.with_lifetimes(elem, "static");
                Written::Changed(quote!(&'static #elem))
            }
            other => match optional(other) {
                Some(inner) if lent_reference(other).is_some() => {
                    let inner = self.for_ever(inner);
                    Written::Changed(quote!(::core::option::Option<#inner>))
                }
                _ => self.with_lifetimes(other, "static"),
            },
        }
    }
}
