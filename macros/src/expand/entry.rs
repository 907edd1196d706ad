//! The entry point: one call into the runtime, which receives the arguments, calls the function and delivers its
//! result.

use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};

use super::Expansion;
use crate::args::Irql;
use crate::catalogue::Role;
use crate::model::Argument;

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

    /// Enters the call: with the C arguments, the function, how each argument is received and how the result is
    /// delivered.
    fn body(&self) -> TokenStream {
        let function = &self.model.function.signature.ident;
        let raw = self.model.arguments.iter().map(|argument| self.own_type(argument));
        let callback = self.paths.callback(self.model.callback.name);
        let policy = self.policy().map(|policy| quote!(.with(#policy)));
        let enter = format_ident!("enter{}", self.model.taken().count());
        let (receive, finish) = (self.receive(), self.finish());
        let entered = quote! {
            #callback::call((#(#raw,)*)) #policy .#enter(#function, #(#receive,)* #finish)
        };
        let is_cast = self.has_foreign_types() && self.model.callback.c_return != "VOID";
        let cast = is_cast.then(|| {
            let c_return = self.paths.c_type(self.model.callback.c_return);
            quote!(as #c_return)
        });
        quote!(unsafe { #entered #cast })
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

    /// How each argument becomes what the function takes.
    fn receive(&self) -> impl Iterator<Item = TokenStream> {
        self.places().filter(|(_, argument)| !argument.parameter.role.is_out()).map(|(place, argument)| {
            let ty = short(self.anonymous(argument.ty.to_token_stream()));
            let handle = |role| {
                let role = self.paths.item([role]);
                quote!(<#ty as #role>::receive::<_, #place>)
            };
            let other = |role| {
                let role = self.paths.item([role]);
                quote!(<#ty as #role<_, #place>>::receive)
            };
            match argument.parameter.role {
                Role::Lent => handle("Lent"),
                Role::NullableLent => handle("NullableLent"),
                Role::Retired => handle("Retired"),
                Role::GivenBack => handle("GivenBack"),
                Role::Value | Role::IrqlFlags => other("Value"),
                _ => other("View"),
            }
        })
    }

    /// How the result is delivered.
    fn finish(&self) -> TokenStream {
        let (ty, outcome) = (self.result(), self.paths.outcome(self.model.callback.outcome));
        let outs: Vec<_> =
            self.places().filter(|(_, argument)| argument.parameter.role.is_out()).map(|(place, _)| place).collect();
        let outs = (!outs.is_empty()).then(|| quote!(::<_, #(#outs),*>));
        quote!(<#ty as #outcome>::finish #outs)
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
