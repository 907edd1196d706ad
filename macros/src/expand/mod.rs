//! What the attribute writes: the function as it is, and beside it its entry point.

mod check;
mod docs;
mod entry;
mod marker;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use crate::args::Args;
use crate::model::Model;
use crate::paths::Paths;

/// Everything one expansion is written from.
pub(crate) struct Expansion<'a> {
    model: &'a Model<'a>,
    args: &'a Args,
    paths: Paths,
    /// The name of the generated item.
    name: syn::Ident,
}

impl<'a> Expansion<'a> {
    pub(crate) fn new(model: &'a Model<'a>, args: &'a Args) -> Expansion<'a> {
        let name = match &args.options.entry {
            Some(entry) => entry.clone(),
            None => model.function.signature.ident.clone(),
        };
        let paths = Paths::new(model.callback.family, args.options.krate.as_ref(), args.options.types.as_ref());
        Expansion { model, args, paths, name }
    }

    /// The type, its entry point, and what registration knows of them.
    pub(crate) fn whole(&self) -> TokenStream {
        let (item, entry) = (self.item(), self.entry());
        let (marker, checks) = (self.marker(), self.checks());
        quote!(#item #entry #marker #checks)
    }

    /// Beside errors: the same names with the same types, so that one mistake does not become ten.
    pub(crate) fn stub(&self) -> TokenStream {
        let (item, entry, marker) = (self.item(), self.stub_entry(), self.stub_marker());
        quote!(#item #entry #marker)
    }
}
