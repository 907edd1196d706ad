//! The entry point: one call into the runtime, which receives the arguments, calls the function and delivers its
//! result.

use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::Expansion;
use crate::args::Irql;
use crate::catalogue::Role;
use crate::model::{Argument, local};

impl Expansion<'_> {
    /// The type that the entry point belongs to.
    pub(super) fn item(&self) -> TokenStream {
        let (name, docs) = (&self.name, self.item_docs());
        let visibility = &self.model.function.visibility;
        let conditions = self.conditions();
        quote! {
            #(#conditions)*
            #[allow(non_camel_case_types)]
            #[doc = #docs]
            #visibility enum #name {}
        }
    }

    /// The entry point, as an associated function of that type.
    pub(super) fn entry(&self) -> TokenStream {
        let name = &self.name;
        let (head, body, conditions) = (self.head(), self.body(), self.conditions());
        quote! {
            #(#conditions)*
            #[allow(elided_lifetimes_in_paths)]
            impl #name { #head { #body } }
        }
    }

    /// The entry point without a body that could be wrong.
    pub(super) fn stub_entry(&self) -> TokenStream {
        let name = &self.name;
        let (head, conditions) = (self.head(), self.conditions());
        quote! {
            #(#conditions)*
            #[allow(unused_variables)]
            impl #name { #head { loop {} } }
        }
    }

    /// `#[cfg]`s of the function, which go for everything beside it.
    pub(super) fn conditions(&self) -> Vec<&syn::Attribute> {
        self.model.function.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
    }

    pub(super) fn has_foreign_types(&self) -> bool {
        self.args.options.types.is_some()
    }

    /// The signature of the entry point, with its documentation.
    fn head(&self) -> TokenStream {
        let docs = self.entry_docs();
        let visibility = &self.model.function.visibility;
        let export = self.args.export.as_ref().map(|symbol| quote!(#[unsafe(export_name = #symbol)]));
        let abi = match &self.args.options.abi {
            Some(abi) => abi.name.to_token_stream(),
            None => quote!("system"),
        };
        let locals = self.model.arguments.iter().map(|argument| &argument.local);
        let types = self.model.arguments.iter().map(|argument| self.paths.c_type(argument.parameter.c_type));
        let result = match self.model.callback.c_return {
            "VOID" => TokenStream::new(),
            c_return => {
                let c_return = self.paths.c_type(c_return);
                quote!(-> #c_return)
            }
        };
        quote! {
            #(#[doc = #docs])*
            #export
            #visibility unsafe extern #abi fn entry(#(#locals: #types),*) #result
        }
    }

    /// Enters the call, in which each argument is received and the result delivered.
    fn body(&self) -> TokenStream {
        let function = &self.model.function.signature.ident;
        let [raw, call, result] = ["raw", "call", "result"].map(|name| local(name, &function.to_string()));
        let arguments = self.model.arguments.iter().map(|argument| self.own_type(argument));
        let callback = self.paths.callback(self.model.callback.name);
        let policy = self.policy().map(|policy| quote!(.with(#policy)));
        let received = self.received(&raw, &call);
        let (ty, outcome) = (self.result(), self.paths.outcome(self.model.callback.outcome));
        let outs = self.outs(&raw);
        let taken = match self.model.arguments.is_empty() {
            true => quote!(_),
            false => raw.to_token_stream(),
        };
        let enter = quote! {
            #call.enter(|#call, #taken| {
                let #result = #function(#received);
                <#ty as #outcome>::finish(#result, #call #outs)
            })
        };
        let enter = match (self.has_foreign_types(), self.model.callback.c_return) {
            (true, c_return) if c_return != "VOID" => {
                let c_return = self.paths.c_type(c_return);
                quote!((#enter) as #c_return)
            }
            _ => enter,
        };
        quote! {
            let #raw = (#(#arguments,)*);
            let #call = #callback::call(#raw) #policy;
            unsafe { #enter }
        }
    }

    /// What the entry checks, if that is not what the catalogue says.
    fn policy(&self) -> Option<TokenStream> {
        let check = match self.args.options.irql {
            Irql::Assert => None,
            Irql::Debug => Some("Debug"),
            Irql::Off => Some("Off"),
        };
        let check = check.map(|check| {
            let check = self.paths.item(["IrqlCheck", check]);
            quote!(.irql(#check))
        });
        let is_fatal = self.args.options.on_panic.as_ref().is_some_and(|on_panic| on_panic.fatal);
        let on_panic = is_fatal.then(|| {
            let fatal = self.paths.item(["OnPanic", "Fatal"]);
            quote!(.on_panic(#fatal))
        });
        if check.is_none() && on_panic.is_none() {
            return None;
        }
        let policy = self.paths.item(["Policy", "CATALOGUE"]);
        Some(quote!(#policy #check #on_panic))
    }

    /// An argument in the runtime's own type.
    fn own_type(&self, argument: &Argument) -> TokenStream {
        let Argument { local, parameter, .. } = argument;
        if !self.has_foreign_types() {
            return local.to_token_stream();
        }
        if parameter.role.is_value() {
            let own = self.paths.own_c_type(parameter.c_type);
            return quote!(#local as #own);
        }
        quote!(#local.cast())
    }

    /// The arguments as the function takes them, each received in its place.
    fn received(&self, raw: &Ident, call: &Ident) -> TokenStream {
        let received =
            self.places().filter(|(_, argument)| !argument.parameter.role.is_out()).map(|(place, argument)| {
                let (role, by_place) = match argument.parameter.role {
                    Role::Lent => ("Lent", false),
                    Role::NullableLent => ("NullableLent", false),
                    Role::Retired => ("Retired", false),
                    Role::GivenBack => ("GivenBack", false),
                    Role::Value | Role::IrqlFlags => ("Value", true),
                    _ => ("View", true),
                };
                let role = self.paths.item([role]);
                let parameter = by_place.then(|| quote!(<_, #place>));
                let ty = short(self.anonymous(argument.ty.to_token_stream()));
                let is_typed_handle =
                    argument.parameter.role.is_context() && argument.parameter.c_type != "NDIS_HANDLE";
                let cast = is_typed_handle.then(|| quote!(.cast()));
                quote!(<#ty as #role #parameter>::receive(#raw.#place #cast, #call)?)
            });
        quote!(#(#received),*)
    }

    /// The out parameters as the result is delivered to them.
    fn outs(&self, raw: &Ident) -> Option<TokenStream> {
        let outs = self.places().filter(|(_, argument)| argument.parameter.role.is_out()).map(|(place, argument)| {
            let is_typed_handle =
                argument.parameter.role == Role::MadeOut && argument.parameter.c_type != "PNDIS_HANDLE";
            let cast = is_typed_handle.then(|| quote!(.cast()));
            quote!(#raw.#place #cast)
        });
        match &*outs.collect::<Vec<_>>() {
            [] => None,
            [one] => Some(quote!(, #one)),
            several => Some(quote!(, (#(#several),*))),
        }
    }

    /// The C parameters with their places.
    fn places(&self) -> impl Iterator<Item = (Literal, &Argument<'_>)> {
        self.model.arguments.iter().enumerate().map(|(place, argument)| (Literal::usize_unsuffixed(place), argument))
    }

    /// The function's return type.
    pub(super) fn result(&self) -> TokenStream {
        match self.model.result() {
            Some(ty) => self.anonymous(ty.to_token_stream()),
            None => quote!(()),
        }
    }

    /// A type with the function's own lifetimes left to inference, since the entry does not know them.
    pub(super) fn anonymous(&self, tokens: TokenStream) -> TokenStream {
        let own: Vec<_> = self.model.function.signature.generics.lifetimes().map(|own| &own.lifetime.ident).collect();
        anonymous(tokens, &own)
    }
}

fn anonymous(tokens: TokenStream, own: &[&Ident]) -> TokenStream {
    if own.is_empty() {
        return tokens;
    }
    let mut after_quote = false;
    let tokens = tokens.into_iter().map(|token| {
        let is_lifetime = std::mem::replace(&mut after_quote, is_quote(Some(&token)));
        match token {
            TokenTree::Ident(name) if is_lifetime && own.contains(&&name) => {
                TokenTree::Ident(Ident::new("_", name.span()))
            }
            TokenTree::Group(group) => regroup(&group, anonymous(group.stream(), own)),
            other => other,
        }
    });
    tokens.collect()
}

/// A type without its lists of nothing but one lifetime to infer: in an expression they can be left out.
fn short(tokens: TokenStream) -> TokenStream {
    let mut short: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Punct(close) if close.as_char() == '>' => match short.as_slice() {
                [.., open, quote, TokenTree::Ident(name)] if is_open(open) && is_quote(Some(quote)) && name == "_" => {
                    short.truncate(short.len() - 3);
                }
                _ => short.push(TokenTree::Punct(close)),
            },
            TokenTree::Group(group) => short.push(regroup(&group, self::short(group.stream()))),
            other => short.push(other),
        }
    }
    short.into_iter().collect()
}

fn regroup(group: &Group, tokens: TokenStream) -> TokenTree {
    let mut regrouped = Group::new(group.delimiter(), tokens);
    regrouped.set_span(group.span());
    TokenTree::Group(regrouped)
}

fn is_quote(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '\'')
}

fn is_open(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '<')
}
