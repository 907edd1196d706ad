//! The macros of the [`ndis`](https://docs.rs/ndis) crate, which re-exports them with their documentation.

mod args;
mod attribute;
mod catalogue;
mod check;
mod defaults;
mod derive;
mod diagnostics;
mod expand;
mod input;
mod model;
mod paths;

use proc_macro::TokenStream;

#[allow(missing_docs)] // the manual is where `ndis` re-exports it
#[proc_macro_attribute]
pub fn ndis_callback(args: TokenStream, item: TokenStream) -> TokenStream {
    attribute::ndis_callback(args.into(), item.into()).into()
}

#[allow(missing_docs)] // the manual is where `ndis` re-exports it
#[proc_macro_attribute]
pub fn ndis_defaults(args: TokenStream, item: TokenStream) -> TokenStream {
    defaults::ndis_defaults(args.into(), item.into()).into()
}

#[allow(missing_docs)] // the manual is where `ndis` re-exports it
#[proc_macro_derive(NdisError, attributes(status))]
pub fn ndis_error(item: TokenStream) -> TokenStream {
    derive::ndis_error(item.into()).into()
}
