//! Every path the macro may write: all absolute, all through the runtime crate.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::args::PathValue;
use crate::catalogue::Outcome;

/// The paths of one expansion.
pub(crate) struct Paths {
    /// The runtime crate.
    krate: TokenStream,
    /// The module of the C types that the entry point is written in.
    types: TokenStream,
}

impl Paths {
    pub(crate) fn new(krate: Option<&PathValue>, types: Option<&PathValue>) -> Paths {
        let krate = match krate {
            Some(PathValue(path)) => quote!(#path),
            None => quote!(::ndis),
        };
        let types = match types {
            Some(PathValue(path)) => quote!(#path),
            None => quote!(#krate::sys),
        };
        Paths { krate, types }
    }

    /// An item of the runtime crate, such as `Policy::CATALOGUE`.
    pub(crate) fn item(&self, path: TokenStream) -> TokenStream {
        let krate = &self.krate;
        quote!(#krate::#path)
    }

    /// The marker of a callback.
    pub(crate) fn callback(&self, name: &str) -> TokenStream {
        let name = ident(name);
        self.item(quote!(callback::#name))
    }

    /// The trait of an outcome.
    pub(crate) fn outcome(&self, outcome: Outcome) -> TokenStream {
        let name = ident(match outcome {
            Outcome::Nothing => "Nothing",
            Outcome::Boolean => "Boolean",
            Outcome::Interrupt => "Interrupt",
            Outcome::Status => "Status",
            Outcome::Made => "Made",
            Outcome::Attached => "Attached",
            Outcome::Answered => "Answered",
            Outcome::Completed => "Completed",
        });
        self.item(quote!(outcome::#name))
    }

    /// A C type of the entry point, as the catalogue spells it.
    pub(crate) fn c_type(&self, c_type: &str) -> TokenStream {
        in_module(c_type, &self.types)
    }

    /// The runtime's own C type of the same name.
    pub(crate) fn own_c_type(&self, c_type: &str) -> TokenStream {
        let krate = &self.krate;
        in_module(c_type, &quote!(#krate::sys))
    }
}

/// A C type such as `*const NAME` with its name in a module.
fn in_module(c_type: &str, module: &TokenStream) -> TokenStream {
    let tokens: TokenStream = c_type.parse().expect("the catalogue's types are Rust types");
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(name) if name != "mut" && name != "const" => {
                let name = format_ident!("{name}");
                quote!(#module::#name)
            }
            other => other.into(),
        })
        .collect()
}

pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
