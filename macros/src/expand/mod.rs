//! What the attribute writes: the function as it is, and beside it its entry point.

mod check;
mod docs;
mod entry;
mod marker;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use crate::args::{self, Args};
use crate::catalogue::{self, Callback};
use crate::diagnostics as say;
use crate::input::Function;
use crate::model::Model;
use crate::paths::Paths;

/// The attribute: the function, and its entry point or all its mistakes.
pub(crate) fn ndis_callback(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Vec::new();
    let args = args::parse(args, &mut errors);
    let callback = args.as_ref().and_then(|args| known(args, &mut errors));
    let function = match Function::parse(item.clone()) {
        Ok(function) => Some(function),
        Err(error) => {
            errors.push(say::not_a_function(callback.map_or("..", |callback| callback.name), &error));
            None
        }
    };
    let generated = match (&args, callback, &function) {
        (Some(args), Some(callback), Some(function)) => {
            let model = Model::new(callback, function);
            crate::check::check(&model, args, &mut errors);
            let expansion = Expansion::new(&model, args);
            match errors.is_empty() {
                true => expansion.whole(),
                false if function.stands_alone() => expansion.stub(),
                false => TokenStream::new(),
            }
        }
        _ => TokenStream::new(),
    };
    let errors = errors.iter().map(syn::Error::to_compile_error);
    // A function without a body gets one, so that the compiler does not say the same again.
    let item = match &function {
        Some(Function { has_body: false, attributes, visibility, signature }) => {
            quote!(#(#attributes)* #[allow(unused_variables)] #visibility #signature { loop {} })
        }
        _ => item,
    };
    quote!(#item #(#errors)* #generated)
}

/// The callback that the attribute names.
fn known(args: &Args, errors: &mut Vec<syn::Error>) -> Option<&'static Callback> {
    let name = args.callback.to_string();
    let callback = catalogue::find(&name);
    if callback.is_none() {
        errors.push(match catalogue::is_implemented_by_ndis(&name) {
            true => say::implemented_by_ndis(&args.callback),
            false => say::unknown_callback(&args.callback, catalogue::nearest(&name)),
        });
    }
    callback
}

/// Everything one expansion is written from.
pub(crate) struct Expansion<'a> {
    model: &'a Model<'a>,
    args: &'a Args,
    paths: Paths,
    /// The name of the generated item.
    name: syn::Ident,
}

impl<'a> Expansion<'a> {
    fn new(model: &'a Model<'a>, args: &'a Args) -> Expansion<'a> {
        let name = match &args.options.entry {
            Some(entry) => entry.0.clone(),
            None => model.function.signature.ident.clone(),
        };
        let paths = Paths::new(model.callback.family, args.options.krate.as_ref(), args.options.types.as_ref());
        Expansion { model, args, paths, name }
    }

    /// The type, its entry point, and what registration knows of them.
    fn whole(&self) -> TokenStream {
        let (item, entry) = (self.item(), self.entry());
        let (marker, checks) = (self.marker(), self.checks());
        quote!(#item #entry #marker #checks)
    }

    /// Beside errors: the same names with the same types, so that one mistake does not become ten.
    fn stub(&self) -> TokenStream {
        let (item, entry, marker) = (self.item(), self.stub_entry(), self.stub_marker());
        quote!(#item #entry #marker)
    }
}
