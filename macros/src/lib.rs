//! The macros of the [`ndis`](https://docs.rs/ndis) crate, which re-exports them with their documentation.

mod args;
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

#[doc = include_str!("../docs/ndis_callback.md")]
#[proc_macro_attribute]
pub fn ndis_callback(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::ndis_callback(args.into(), item.into()).into()
}

#[doc = include_str!("../docs/ndis_defaults.md")]
#[proc_macro_attribute]
pub fn ndis_defaults(args: TokenStream, item: TokenStream) -> TokenStream {
    defaults::ndis_defaults(args.into(), item.into()).into()
}

#[doc = include_str!("../docs/ndis_error.md")]
#[proc_macro_derive(NdisError, attributes(status))]
pub fn ndis_error(item: TokenStream) -> TokenStream {
    derive::ndis_error(item.into()).into()
}
