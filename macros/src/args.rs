//! The arguments of `#[ndis_callback(...)]`: the callback's name, then options.

use darling::{FromMeta, ast::NestedMeta, util::SpannedValue};
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, LitStr, Meta, Path, Token};

use crate::diagnostics as say;

/// The attribute's arguments, parsed.
pub(crate) struct Args {
    /// The callback's name, which may be no callback at all.
    pub(crate) callback: Ident,
    pub(crate) options: Options,
}

/// What stands after the callback's name.
#[derive(Default, FromMeta)]
#[darling(default)]
pub(crate) struct Options {
    /// `abi = "system" | "C" | "stdcall"`
    #[darling(with = |option| value(option, say::ABI_VALUES, FromMeta::from_expr))]
    pub(crate) abi: SpannedValue<Abi>,
    /// `types = path`
    #[darling(with = |option| value(option, say::PATH_VALUE, module))]
    pub(crate) types: Option<Path>,
    /// `irql = "assert" | "debug" | "off"`
    #[darling(with = |option| value(option, say::IRQL_VALUES, FromMeta::from_expr))]
    pub(crate) irql: Irql,
    /// `on_panic = "contain" | "fatal"`
    #[darling(with = |option| value(option, say::ON_PANIC_VALUES, FromMeta::from_expr).map(Some))]
    pub(crate) on_panic: Option<SpannedValue<OnPanic>>,
    /// `entry = Name`
    #[darling(with = |option| value(option, say::NAME_VALUE, name))]
    pub(crate) entry: Option<Ident>,
    /// `crate = path`
    #[darling(rename = "crate", with = |option| value(option, say::PATH_VALUE, module))]
    pub(crate) krate: Option<Path>,
    /// `unsafe(export = "symbol")`
    #[darling(rename = "unsafe", with = unsafe_option)]
    pub(crate) export: Option<LitStr>,
}

/// The calling convention of the entry.
#[derive(Clone, Copy, PartialEq, Eq, Default, FromMeta)]
pub(crate) enum Abi {
    #[default]
    System,
    #[darling(rename = "C")]
    C,
    Stdcall,
}

impl Abi {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Abi::System => "system",
            Abi::C => "C",
            Abi::Stdcall => "stdcall",
        }
    }
}

/// When the entry compares the IRQL with the contract.
#[derive(Clone, Copy, PartialEq, Eq, Default, FromMeta)]
pub(crate) enum Irql {
    #[default]
    Assert,
    Debug,
    Off,
}

/// What the entry does when the function panicked.
#[derive(Clone, Copy, PartialEq, Eq, FromMeta)]
pub(crate) enum OnPanic {
    Contain,
    Fatal,
}

/// The one option in `unsafe(..)`.
#[derive(FromMeta)]
enum Unsafe {
    Export(LitStr),
}

fn unsafe_option(option: &Meta) -> darling::Result<Option<LitStr>> {
    Unsafe::from_meta(option)
        .map(|Unsafe::Export(symbol)| Some(symbol))
        .map_err(|_| darling::Error::custom(say::UNSAFE_OPTION).with_span(option))
}

/// Reads the value in `option = value`; one sentence says what is expected, whatever else stands there.
fn value<T>(option: &Meta, expected: &str, read: fn(&Expr) -> darling::Result<T>) -> darling::Result<T> {
    match option {
        Meta::NameValue(pair) => read(&pair.value).map_err(|_| darling::Error::custom(expected).with_span(&pair.value)),
        other => Err(darling::Error::custom(expected).with_span(other)),
    }
}

/// Reads a name, which darling would also take with quotes.
fn name(value: &Expr) -> darling::Result<Option<Ident>> {
    Ok(Some(syn::parse2(value.to_token_stream())?))
}

/// Reads the path of a module.
fn module(value: &Expr) -> darling::Result<Option<Path>> {
    Ok(Some(Path::parse_mod_style.parse2(value.to_token_stream())?))
}

/// Parses the arguments; what is wrong with the options is added to `errors`, and the rest goes on.
pub(crate) fn parse(tokens: TokenStream, errors: &mut Vec<syn::Error>) -> Option<Args> {
    if tokens.is_empty() {
        errors.push(say::no_callback());
        return None;
    }
    let parser = |input: ParseStream| {
        let callback = callback(input)?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok((callback, input.parse()?))
    };
    let (callback, rest) = parser.parse2(tokens).map_err(|error| errors.push(error)).ok()?;
    Some(Args { callback, options: options(rest, errors) })
}

/// Parses the options, each with those before it that are right, so that a wrong one hides no other.
fn options(tokens: TokenStream, errors: &mut Vec<syn::Error>) -> Options {
    let given = NestedMeta::parse_meta_list(tokens).unwrap_or_else(|error| {
        errors.push(error);
        Vec::new()
    });
    let (mut options, mut right) = (Options::default(), Vec::new());
    for option in &given {
        right.push(option.clone());
        match Options::from_list(&right) {
            Ok(parsed) => options = parsed,
            Err(error) => {
                right.pop();
                errors.push(mistake(option, error));
            }
        }
    }
    if *options.abi != Abi::System && options.types.is_none() {
        let is_types = |option: &NestedMeta| matches!(option, NestedMeta::Meta(meta) if meta.path().is_ident("types"));
        // Types that are wrong have their own message.
        if !given.iter().any(is_types) {
            errors.push(say::abi_needs_types(&options.abi));
        }
        options.abi = SpannedValue::default();
    }
    options
}

/// What is wrong with an option, which darling calls a field.
fn mistake(option: &NestedMeta, error: darling::Error) -> syn::Error {
    match option {
        NestedMeta::Lit(literal) => say::not_an_option(literal),
        NestedMeta::Meta(meta) if meta.path().is_ident("export") => say::export_is_unsafe(meta.path()),
        _ => {
            let error = syn::Error::from(error);
            syn::Error::new(error.span(), error.to_string().replacen("field", "option", 1))
        }
    }
}

/// Parses the callback's name.
fn callback(input: ParseStream) -> syn::Result<Ident> {
    if let Ok(text) = input.fork().parse::<LitStr>() {
        return Err(say::quoted_callback(&text));
    }
    let path: Path = input.parse().map_err(|error| say::not_a_callback_name(error.span()))?;
    let Some(callback) = path.get_ident() else { return Err(say::callback_is_no_path(&path)) };
    match input.peek(Token![=]) {
        true => Err(say::callback_comes_first(callback)),
        false => Ok(callback.clone()),
    }
}
