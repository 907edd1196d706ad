//! `#[ndis_callback(..)]`, from its tokens to what it writes: arguments and item, the callback beside the function, every rule,
//! and the tokens.

use proc_macro2::TokenStream;
use quote::quote;

use crate::args::{self, Args};
use crate::catalogue::{self, Callback};
use crate::check::check;
use crate::diagnostics as say;
use crate::expand::Expansion;
use crate::input::Function;
use crate::model::Model;

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
            check(&model, args, &mut errors);
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
        errors.push(if catalogue::is_implemented_by_ndis(&name) {
            say::implemented_by_ndis(&args.callback)
        } else if catalogue::is_not_covered(&name) {
            say::not_covered(&args.callback)
        } else {
            say::unknown_callback(&args.callback, catalogue::nearest(&name))
        });
    }
    callback
}
