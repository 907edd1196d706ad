//! The arguments of `#[ndis_callback(...)]`: the callback's name, then options.

use darling::{FromMeta, ast::NestedMeta};
use proc_macro2::{Ident, Span};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, LitStr, Path, Token};

use crate::diagnostics as say;

/// The attribute's arguments, parsed.
pub(crate) struct Args {
    /// The callback's name, which may be no callback at all.
    pub(crate) callback: Ident,
    pub(crate) options: Options,
    /// `unsafe(export = "symbol")`
    pub(crate) export: Option<LitStr>,
}

/// The options that are not `unsafe`.
#[derive(Default, FromMeta)]
pub(crate) struct Options {
    /// `abi = "system" | "C" | "stdcall"`
    #[darling(default)]
    pub(crate) abi: Option<Abi>,
    /// `types = path`
    #[darling(default)]
    pub(crate) types: Option<PathValue>,
    /// `irql = "assert" | "debug" | "off"`
    #[darling(default)]
    pub(crate) irql: Irql,
    /// `on_panic = "contain" | "fatal"`
    #[darling(default)]
    pub(crate) on_panic: Option<OnPanic>,
    /// `entry = Name`
    #[darling(default)]
    pub(crate) entry: Option<IdentValue>,
    /// `crate = path`
    #[darling(default, rename = "crate")]
    pub(crate) krate: Option<PathValue>,
}

/// The calling convention of the entry.
pub(crate) struct Abi {
    pub(crate) name: LitStr,
}

impl FromMeta for Abi {
    fn from_value(value: &syn::Lit) -> darling::Result<Abi> {
        match value {
            syn::Lit::Str(name) if ["system", "C", "stdcall"].contains(&name.value().as_str()) => {
                Ok(Abi { name: name.clone() })
            }
            other => Err(darling::Error::custom(say::ABI_VALUES).with_span(other)),
        }
    }
}

/// When the entry compares the IRQL with the contract.
#[derive(Clone, Copy, PartialEq, Eq, Default, FromMeta)]
#[darling(rename_all = "snake_case")]
pub(crate) enum Irql {
    #[default]
    Assert,
    Debug,
    Off,
}

/// What the entry does when the function panicked.
pub(crate) struct OnPanic {
    pub(crate) fatal: bool,
    pub(crate) span: Span,
}

impl FromMeta for OnPanic {
    fn from_value(value: &syn::Lit) -> darling::Result<OnPanic> {
        match value {
            syn::Lit::Str(text) if text.value() == "contain" => Ok(OnPanic { fatal: false, span: text.span() }),
            syn::Lit::Str(text) if text.value() == "fatal" => Ok(OnPanic { fatal: true, span: text.span() }),
            other => Err(darling::Error::custom(say::ON_PANIC_VALUES).with_span(other)),
        }
    }
}

/// A path without quotes.
pub(crate) struct PathValue(pub(crate) Path);

impl FromMeta for PathValue {
    fn from_expr(expr: &Expr) -> darling::Result<PathValue> {
        match expr {
            Expr::Path(path) if path.qself.is_none() => Ok(PathValue(path.path.clone())),
            Expr::Group(group) => PathValue::from_expr(&group.expr),
            other => Err(darling::Error::custom(say::PATH_VALUE).with_span(other)),
        }
    }
}

/// A name without quotes.
pub(crate) struct IdentValue(pub(crate) Ident);

impl FromMeta for IdentValue {
    fn from_expr(expr: &Expr) -> darling::Result<IdentValue> {
        let PathValue(path) = PathValue::from_expr(expr)?;
        path.get_ident()
            .cloned()
            .map(IdentValue)
            .ok_or_else(|| darling::Error::custom(say::NAME_VALUE).with_span(&path))
    }
}

/// One argument after the callback's name.
enum Argument {
    Option(NestedMeta),
    Export(LitStr),
}

impl Parse for Argument {
    fn parse(input: ParseStream) -> syn::Result<Argument> {
        if !input.peek(Token![unsafe]) {
            return NestedMeta::parse(input).map(Argument::Option);
        }
        let keyword = input.parse::<Token![unsafe]>()?;
        let malformed = |_| syn::Error::new(keyword.span, say::UNSAFE_OPTION);
        let content;
        syn::parenthesized!(content in input);
        let option: Ident = content.parse().map_err(malformed)?;
        content.parse::<Token![=]>().map_err(malformed)?;
        let symbol = content.parse().map_err(malformed)?;
        if option != "export" || !content.is_empty() {
            return Err(malformed(content.error("")));
        }
        Ok(Argument::Export(symbol))
    }
}

/// Parses the arguments; what is wrong with the options is added to `errors`, and the rest goes on.
pub(crate) fn parse(tokens: proc_macro2::TokenStream, errors: &mut Vec<syn::Error>) -> Option<Args> {
    if tokens.is_empty() {
        errors.push(syn::Error::new(Span::call_site(), say::NO_CALLBACK));
        return None;
    }
    let parser = |input: ParseStream| {
        if let Ok(text) = input.fork().parse::<LitStr>() {
            return Err(say::quoted_callback(&text));
        }
        let callback: Ident = input.parse().map_err(|error| say::not_a_callback_name(error.span()))?;
        if input.peek(Token![=]) {
            return Err(say::callback_comes_first(&callback));
        }
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok((callback, Punctuated::<Argument, Token![,]>::parse_terminated(input)?))
    };
    let (callback, arguments) = match parser.parse2(tokens) {
        Ok(parsed) => parsed,
        Err(error) => {
            errors.push(error);
            return None;
        }
    };
    let (mut options, mut export) = (Vec::new(), None);
    for argument in arguments {
        match argument {
            Argument::Option(NestedMeta::Meta(meta)) if meta.path().is_ident("export") => {
                errors.push(say::export_is_unsafe(meta.path()));
            }
            Argument::Option(option) => options.push(option),
            Argument::Export(symbol) => export = Some(symbol),
        }
    }
    let options = Options::from_list(&options).unwrap_or_else(|error| {
        errors.push(error.into());
        Options::default()
    });
    Some(Args { callback, options, export })
}
