//! The annotated item: a function whose signature is parsed and whose body stays what it is.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Signature, Visibility};

/// A function. Its body is not parsed, so that half-written bodies get the compiler's own errors.
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    pub(crate) has_body: bool,
}

impl Parse for Function {
    fn parse(input: ParseStream) -> syn::Result<Function> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let signature = input.parse()?;
        let rest: TokenStream = input.parse()?;
        let has_body = matches!(rest.into_iter().next(), Some(TokenTree::Group(_)));
        Ok(Function { attributes, visibility, signature, has_body })
    }
}
