//! `#[ndis_defaults(...)]`: options for every callback of a module.

use darling::ast::NestedMeta;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Error, Meta, Token};

use crate::diagnostics as say;

/// The options that can go for several callbacks.
const SHARED: [&str; 5] = ["abi", "types", "irql", "on_panic", "crate"];

/// The module, with the options added to each `#[ndis_callback(...)]` in it that does not have its own.
pub(crate) fn ndis_defaults(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Vec::new();
    let options = match Punctuated::<Meta, Token![,]>::parse_terminated.parse2(args) {
        Ok(options) => options.into_iter().collect(),
        Err(error) => {
            errors.push(error);
            Vec::new()
        }
    };
    errors.extend(options.iter().filter(|option| name(option).is_none()).map(say::not_a_default));
    let options: Vec<Meta> = options.into_iter().filter(|option| name(option).is_some()).collect();
    let mut has_body = false;
    let item: TokenStream = item
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                has_body = true;
                regroup(&group, add(group.stream(), &options))
            }
            other => other,
        })
        .collect();
    if !has_body {
        errors.push(say::not_a_module_with_a_body(&item));
    }
    let errors = errors.iter().map(Error::to_compile_error);
    quote!(#item #(#errors)*)
}

/// The name of an option that can be a default.
fn name(option: &Meta) -> Option<&'static str> {
    SHARED.into_iter().find(|name| option.path().is_ident(name))
}

/// The tokens with the options added to each attribute in them, at any depth.
fn add(tokens: TokenStream, options: &[Meta]) -> TokenStream {
    let mut after_hash = false;
    tokens
        .into_iter()
        .map(|token| {
            let is_attribute = std::mem::replace(&mut after_hash, false);
            match token {
                TokenTree::Group(group) if is_attribute && group.delimiter() == Delimiter::Bracket => {
                    regroup(&group, add_to_attribute(group.stream(), options))
                }
                TokenTree::Group(group) => regroup(&group, add(group.stream(), options)),
                TokenTree::Punct(punct) => {
                    after_hash = punct.as_char() == '#';
                    TokenTree::Punct(punct)
                }
                other => other,
            }
        })
        .collect()
}

/// The inside of an attribute's brackets, with the options added if it is ours, at once or in a `cfg_attr`.
fn add_to_attribute(tokens: TokenStream, options: &[Meta]) -> TokenStream {
    let mut name = String::new();
    tokens
        .into_iter()
        .map(|token| match (&*name, token) {
            ("ndis_callback", TokenTree::Group(group)) => regroup(&group, add_missing(group.stream(), options)),
            ("cfg_attr", TokenTree::Group(group)) => regroup(&group, add_to_attribute(group.stream(), options)),
            (_, token) => {
                name = token.to_string();
                token
            }
        })
        .collect()
}

/// The arguments of `#[ndis_callback(...)]`, with the options that are not among them.
fn add_missing(arguments: TokenStream, options: &[Meta]) -> TokenStream {
    let own = NestedMeta::parse_meta_list(arguments.clone()).unwrap_or_default();
    if own.is_empty() {
        // It is for the attribute to say what is wrong.
        return arguments;
    }
    let is_given =
        |option: &Meta| own.iter().any(|own| matches!(own, NestedMeta::Meta(own) if name(own) == name(option)));
    let missing = options.iter().filter(|option| !is_given(option));
    quote!(#(#own),* #(, #missing)*)
}

fn regroup(group: &Group, tokens: TokenStream) -> TokenTree {
    let mut regrouped = Group::new(group.delimiter(), tokens.into_token_stream());
    regrouped.set_span(group.span());
    TokenTree::Group(regrouped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defaults(args: TokenStream, item: TokenStream) -> String {
        ndis_defaults(args, item).to_string()
    }

    #[test]
    fn options_are_added_where_they_are_missing() {
        let module = quote! {
            mod callbacks {
                #[ndis_callback(FILTER_PAUSE)]
                fn pause() {}
                #[ndis::ndis_callback(FILTER_DETACH, irql = "off")]
                fn detach() {}
                #[ndis_callback(FILTER_ATTACH,)]
                fn attach() {}
                #[other(FILTER_DETACH)]
                fn other() {}
            }
        };
        let expected = quote! {
            mod callbacks {
                #[ndis_callback(FILTER_PAUSE, irql = "debug", crate = ndis)]
                fn pause() {}
                #[ndis::ndis_callback(FILTER_DETACH, irql = "off", crate = ndis)]
                fn detach() {}
                #[ndis_callback(FILTER_ATTACH, irql = "debug", crate = ndis)]
                fn attach() {}
                #[other(FILTER_DETACH)]
                fn other() {}
            }
        };
        assert_eq!(defaults(quote!(irql = "debug", crate = ndis), module), expected.to_string());
    }

    #[test]
    fn a_word_in_a_value_is_no_option() {
        let module = quote! {
            mod callbacks {
                #[ndis_callback(FILTER_PAUSE, types = crate::bindings)]
                fn pause() {}
            }
        };
        let expected = quote! {
            mod callbacks {
                #[ndis_callback(FILTER_PAUSE, types = crate::bindings, crate = my_ndis)]
                fn pause() {}
            }
        };
        assert_eq!(defaults(quote!(crate = my_ndis), module), expected.to_string());
    }

    #[test]
    fn conditional_attributes_get_options_too() {
        let module = quote! {
            mod callbacks {
                #[cfg_attr(windows, ndis_callback(FILTER_PAUSE), inline)]
                fn pause() {}
                #[cfg_attr(all(windows), cfg_attr(feature = "detach", ndis::ndis_callback(FILTER_DETACH)))]
                fn detach() {}
            }
        };
        let expected = quote! {
            mod callbacks {
                #[cfg_attr(windows, ndis_callback(FILTER_PAUSE, irql = "off"), inline)]
                fn pause() {}
                #[cfg_attr(all(windows), cfg_attr(feature = "detach", ndis::ndis_callback(FILTER_DETACH, irql = "off")))]
                fn detach() {}
            }
        };
        assert_eq!(defaults(quote!(irql = "off"), module), expected.to_string());
    }

    #[test]
    fn options_of_one_function_are_refused() {
        let output = defaults(
            quote!(entry = Name),
            quote!(
                mod callbacks {}
            ),
        );
        assert!(output.contains("compile_error"), "{output}");
    }

    #[test]
    fn a_module_in_another_file_is_refused() {
        let output = defaults(
            quote!(irql = "off"),
            quote!(
                mod callbacks;
            ),
        );
        assert!(output.contains("compile_error"), "{output}");
    }
}
