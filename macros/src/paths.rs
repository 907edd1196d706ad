//! Every path the macro may write: all absolute, all through the runtime crate.

use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};

/// The runtime crate's module for what the macro writes.
const DOOR: &str = "__private";

/// The paths of one expansion.
pub(crate) struct Paths {
    /// The runtime crate.
    krate: Vec<TokenTree>,
    /// The runtime's own C types in the prototypes of the callback's family.
    own_types: Vec<TokenTree>,
    /// The C types that the entry point is written in, if they are others.
    types: Option<Vec<TokenTree>>,
}

impl Paths {
    pub(crate) fn new(family: &'static str, krate: Option<&syn::Path>, types: Option<&syn::Path>) -> Paths {
        let tokens = |path: &dyn ToTokens| -> Vec<TokenTree> { path.to_token_stream().into_iter().collect() };
        let krate = krate.map_or_else(|| tokens(&quote!(::ndis)), |path| tokens(path));
        let own_types = tokens(&Path::new(&krate, [DOOR, "c", family]));
        Paths { krate, own_types, types: types.map(|path| tokens(path)) }
    }

    /// An item behind the runtime crate's door.
    pub(crate) fn item(&self, name: &'static str) -> Path<'_> {
        Path::new(&self.krate, [DOOR, name])
    }

    /// A constant of such an item.
    pub(crate) fn constant(&self, item: &'static str, name: &'static str) -> Path<'_> {
        Path::new(&self.krate, [DOOR, item, name])
    }

    /// The marker of a callback.
    pub(crate) fn callback(&self, name: &'static str) -> Path<'_> {
        Path::new(&self.krate, ["callback", name])
    }

    /// A C type of the entry point, as the catalogue spells it.
    pub(crate) fn c_type(&self, c_type: &'static str) -> Path<'_> {
        Path::to_type(self.types.as_ref().unwrap_or(&self.own_types), c_type)
    }

    /// The runtime's own C type of the same name.
    pub(crate) fn own_c_type(&self, c_type: &'static str) -> Path<'_> {
        Path::to_type(&self.own_types, c_type)
    }
}

/// A path, or a pointer to the type it leads to.
///
/// It writes its tokens one by one into what it is written into: a stream made for each path would be copied into the
/// next one, which took an eighth of the macro's instructions.
pub(crate) struct Path<'a> {
    pointer: Option<&'static str>,
    module: &'a [TokenTree],
    names: Vec<&'static str>,
    span: Option<Span>,
}

impl<'a> Path<'a> {
    fn new<const N: usize>(module: &'a [TokenTree], names: [&'static str; N]) -> Path<'a> {
        Path { pointer: None, module, names: names.to_vec(), span: None }
    }

    /// A type such as `NAME` or `*const NAME`, which is in `module`.
    fn to_type(module: &'a [TokenTree], c_type: &'static str) -> Path<'a> {
        match c_type.strip_prefix('*').and_then(|pointer| pointer.trim_start().split_once(' ')) {
            Some((pointer, name)) => Path { pointer: Some(pointer), ..Path::new(module, [name]) },
            None => Path::new(module, [c_type]),
        }
    }

    /// The same path, as if it stood there.
    pub(crate) fn at(self, span: Span) -> Path<'a> {
        Path { span: Some(span), ..self }
    }
}

impl ToTokens for Path<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let span = self.span.unwrap_or_else(Span::call_site);
        let punct = |tokens: &mut TokenStream, punct: char, spacing| {
            let mut punct = Punct::new(punct, spacing);
            punct.set_span(span);
            tokens.append(punct);
        };
        if let Some(pointer) = self.pointer {
            punct(tokens, '*', Spacing::Alone);
            tokens.append(Ident::new(pointer, span));
        }
        for token in self.module {
            let mut token = token.clone();
            if let Some(span) = self.span {
                token.set_span(span);
            }
            tokens.append(token);
        }
        for name in &self.names {
            punct(tokens, ':', Spacing::Joint);
            punct(tokens, ':', Spacing::Alone);
            tokens.append(Ident::new(name, span));
        }
    }
}

pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
