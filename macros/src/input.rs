//! The annotated item: a function whose signature is parsed and whose body stays what it is.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, PathSegment, Signature, Token, Visibility};

/// A function. Its body is not parsed, so that half-written bodies get the compiler's own errors.
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    pub(crate) has_body: bool,
}

impl Function {
    /// Parses an item up to its body. The parser would copy every token of the body, so it does not get them.
    pub(crate) fn parse(item: TokenStream) -> syn::Result<Function> {
        let mut tokens: Vec<TokenTree> = item.into_iter().collect();
        let has_body = tokens.pop_if(|last| matches!(last, TokenTree::Group(_))).is_some();
        let parser = |input: ParseStream| {
            let attributes = input.call(Attribute::parse_outer)?;
            let (visibility, signature) = (input.parse()?, input.parse()?);
            input.parse::<Option<Token![;]>>()?;
            Ok(Function { attributes, visibility, signature, has_body })
        };
        parser.parse2(tokens.into_iter().collect())
    }

    /// Attributes of the same name as the one that is being expanded.
    pub(crate) fn other_attributes(&self) -> impl Iterator<Item = &Attribute> {
        let is_other = |name: &PathSegment| name.ident == "ndis_callback";
        self.attributes.iter().filter(move |attribute| attribute.path().segments.last().is_some_and(is_other))
    }

    /// Whether the attribute may write items beside it: it is not in an `impl` or a `trait`, as far as it shows, and no
    /// other attribute writes them.
    pub(crate) fn stands_alone(&self) -> bool {
        self.has_body && self.names_self().is_none() && self.other_attributes().next().is_none()
    }

    /// The first `self` or `Self` in the signature.
    pub(crate) fn names_self(&self) -> Option<TokenTree> {
        names_self(self.signature.to_token_stream())
    }
}

fn names_self(signature: TokenStream) -> Option<TokenTree> {
    signature.into_iter().find_map(|token| match &token {
        TokenTree::Ident(name) if name == "self" || name == "Self" => Some(token),
        TokenTree::Group(group) => names_self(group.stream()),
        _ => None,
    })
}
