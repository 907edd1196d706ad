//! The arguments of `#[ndis_callback(...)]`: the callback's name, then options.

use darling::{FromMeta, ast::NestedMeta};
use proc_macro2::{Ident, Span, TokenStream};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, Lit, LitStr, Meta, Path, Token};

use crate::catalogue::similar;
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

/// The names of the options; darling gets no other.
const OPTIONS: [&str; 6] = ["abi", "types", "irql", "on_panic", "entry", "crate"];

/// The calling convention of the entry.
pub(crate) struct Abi {
    pub(crate) name: LitStr,
}

impl FromMeta for Abi {
    fn from_meta(meta: &Meta) -> darling::Result<Abi> {
        value(meta, say::ABI_VALUES, |expr| {
            let name = text(expr)?;
            ["system", "C", "stdcall"].contains(&&*name.value()).then(|| Abi { name: name.clone() })
        })
    }
}

/// When the entry compares the IRQL with the contract.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Irql {
    #[default]
    Assert,
    Debug,
    Off,
}

impl FromMeta for Irql {
    fn from_meta(meta: &Meta) -> darling::Result<Irql> {
        value(meta, say::IRQL_VALUES, |expr| match &*text(expr)?.value() {
            "assert" => Some(Irql::Assert),
            "debug" => Some(Irql::Debug),
            "off" => Some(Irql::Off),
            _ => None,
        })
    }
}

/// What the entry does when the function panicked.
pub(crate) struct OnPanic {
    pub(crate) fatal: bool,
    pub(crate) span: Span,
}

impl FromMeta for OnPanic {
    fn from_meta(meta: &Meta) -> darling::Result<OnPanic> {
        value(meta, say::ON_PANIC_VALUES, |expr| {
            let text = text(expr)?;
            let fatal = match &*text.value() {
                "contain" => false,
                "fatal" => true,
                _ => return None,
            };
            Some(OnPanic { fatal, span: text.span() })
        })
    }
}

/// A path without quotes.
pub(crate) struct PathValue(pub(crate) Path);

impl FromMeta for PathValue {
    fn from_meta(meta: &Meta) -> darling::Result<PathValue> {
        value(meta, say::PATH_VALUE, |expr| path(expr).cloned().map(PathValue))
    }
}

/// A name without quotes.
pub(crate) struct IdentValue(pub(crate) Ident);

impl FromMeta for IdentValue {
    fn from_meta(meta: &Meta) -> darling::Result<IdentValue> {
        value(meta, say::NAME_VALUE, |expr| path(expr)?.get_ident().cloned().map(IdentValue))
    }
}

/// Reads the value in `option = value`; one sentence says what is expected, whatever else stands there.
fn value<T>(option: &Meta, expected: &str, read: impl FnOnce(&Expr) -> Option<T>) -> darling::Result<T> {
    match option {
        Meta::NameValue(pair) => {
            read(bare(&pair.value)).ok_or_else(|| darling::Error::custom(expected).with_span(&pair.value))
        }
        other => Err(darling::Error::custom(expected).with_span(other)),
    }
}

/// The expression without the invisible groups that macro variables come in.
fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(group) => bare(&group.expr),
        other => other,
    }
}

fn text(expr: &Expr) -> Option<&LitStr> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
        _ => None,
    }
}

fn path(expr: &Expr) -> Option<&Path> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => Some(&path.path),
        _ => None,
    }
}

/// One argument after the callback's name.
enum Argument {
    Option(Ident, Box<Meta>),
    Export(Ident, LitStr),
}

impl Parse for Argument {
    fn parse(input: ParseStream) -> syn::Result<Argument> {
        if input.peek(Lit) {
            return Err(say::not_an_option(&input.parse::<Lit>()?));
        }
        if !input.peek(Token![unsafe]) {
            let meta: Box<Meta> = input.parse()?;
            let name = meta.path().get_ident().cloned().ok_or_else(|| say::not_an_option(meta.path()))?;
            return Ok(Argument::Option(name, meta));
        }
        let keyword = input.parse::<Token![unsafe]>()?;
        let content;
        syn::parenthesized!(content in input);
        let export = |input: ParseStream| {
            let option: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            Ok((option, input.parse::<LitStr>()?))
        };
        match export.parse2(content.parse()?) {
            Ok((option, symbol)) if option == "export" => Ok(Argument::Export(option, symbol)),
            _ => Err(say::unsafe_option(keyword)),
        }
    }
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
        Ok((callback, Punctuated::<Argument, Token![,]>::parse_terminated(input)?))
    };
    let (callback, arguments) = parser.parse2(tokens).map_err(|error| errors.push(error)).ok()?;
    let (mut given, mut metas, mut export) = (Vec::new(), Vec::new(), None);
    for argument in arguments {
        let (Argument::Option(name, _) | Argument::Export(name, _)) = &argument;
        if given.contains(name) {
            errors.push(say::duplicate_option(name));
            continue;
        }
        given.push(name.clone());
        match argument {
            Argument::Export(_, symbol) => export = Some(symbol),
            Argument::Option(name, _) if name == "export" => errors.push(say::export_is_unsafe(&name)),
            Argument::Option(name, meta) if OPTIONS.iter().any(|known| name == known) => {
                metas.push(NestedMeta::Meta(*meta));
            }
            Argument::Option(name, _) => {
                let nearest = similar(&name.to_string(), OPTIONS.into_iter(), |known| known);
                errors.push(say::unknown_option(&name, nearest, &OPTIONS));
            }
        }
    }
    let mut options = Options::from_list(&metas).unwrap_or_else(|error| {
        errors.push(error.into());
        Options::default()
    });
    if let (Some(abi), None) = (&options.abi, &options.types)
        && abi.name.value() != "system"
    {
        errors.push(say::abi_needs_types(&abi.name));
        options.abi = None;
    }
    Some(Args { callback, options, export })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_an_option() {
        let all = OPTIONS.map(|name| format!("{name} = 0")).join(", ");
        let list = NestedMeta::parse_meta_list(all.parse().unwrap()).unwrap();
        let errors = Options::from_list(&list).err().unwrap().flatten();
        assert!(errors.len() == OPTIONS.len() && !errors.to_string().contains("Unknown"), "{errors}");
    }
}
