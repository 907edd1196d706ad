//! The entry point: one call into the runtime, which receives the arguments, calls the function and delivers its
//! result.

use proc_macro2::{Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{GenericArgument, PathArguments, Type, TypePath};

use super::Expansion;
use crate::args::{Irql, OnPanic};
use crate::catalogue::Parameter;

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
        let export = self.args.options.export.as_ref().map(|symbol| quote!(#[unsafe(export_name = #symbol)]));
        let abi = self.args.options.abi.name();
        let locals = self.model.parameters.iter().map(|(_, local)| local);
        let types = self.model.parameters.iter().map(|(parameter, _)| self.paths.c_type(parameter.c_type));
        let result = match self.model.callback.c_return {
            "VOID" => TokenStream::new(),
            c_return => {
                let c_return = self.paths.c_type(c_return);
                quote!(-> #c_return)
            }
        };
        quote! {
            #[doc = #docs]
            #export
            #visibility unsafe extern #abi fn entry(#(#locals: #types),*) #result
        }
    }

    /// Enters the call: with the C arguments, the function, how each argument is received and how the result is
    /// delivered.
    fn body(&self) -> TokenStream {
        let function = &self.model.function.signature.ident;
        let locals = self.model.parameters.iter().map(|(_, local)| local);
        let casts = self.model.parameters.iter().map(|(parameter, _)| self.to_own_type(parameter));
        let callback = self.paths.callback(self.model.callback.name);
        let policy = self.policy().map(|policy| quote!(.with(#policy)));
        let enter = format_ident!("enter{}", self.model.arguments.len());
        let (receive, finish) = (self.receive(), self.finish());
        let is_cast = self.has_foreign_types() && self.model.callback.c_return != "VOID";
        let cast = is_cast.then(|| {
            let c_return = self.paths.c_type(self.model.callback.c_return);
            quote!(as #c_return)
        });
        quote! {
            unsafe { #callback::call((#(#locals #casts,)*)) #policy .#enter(#function, #(#receive,)* #finish) #cast }
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
            let check = self.paths.constant("IrqlCheck", check);
            quote!(.irql(#check))
        });
        let is_fatal = self.args.options.on_panic.is_some_and(|on_panic| *on_panic == OnPanic::Fatal);
        let on_panic = is_fatal.then(|| {
            let fatal = self.paths.constant("OnPanic", "Fatal");
            quote!(.on_panic(#fatal))
        });
        if check.is_none() && on_panic.is_none() {
            return None;
        }
        let policy = self.paths.constant("Policy", "CATALOGUE");
        Some(quote!(#policy #check #on_panic))
    }

    /// What makes a C argument one of the runtime's own type.
    fn to_own_type(&self, parameter: &Parameter) -> Option<TokenStream> {
        if !self.has_foreign_types() {
            return None;
        }
        // ndis.h names pointer types so.
        let is_pointer = parameter.c_type.starts_with(['*', 'P']) || parameter.c_type.ends_with("HANDLE");
        if is_pointer {
            return Some(quote!(.cast()));
        }
        let own = self.paths.own_c_type(parameter.c_type);
        Some(quote!(as #own))
    }

    /// How each argument becomes what the function takes.
    fn receive(&self) -> impl Iterator<Item = TokenStream> {
        self.model.arguments.iter().map(move |argument| {
            // All of it stands where the author's type does, and so does what the compiler says of it.
            let here = Span::call_site().located_at(argument.ty.span());
            let (ty, place) = (self.anonymous(argument.ty), Literal::usize_unsuffixed(argument.place));
            let callback = self.paths.callback(self.model.callback.name).at(here);
            let argument = self.paths.item("Argument").at(here);
            quote_spanned!(here=> <#ty as #argument<#callback, #place>>::receive)
        })
    }

    /// How the result is delivered.
    pub(super) fn finish(&self) -> TokenStream {
        let here = Span::call_site().located_at(self.model.result().span());
        let (ty, outcome) = (self.result(), self.paths.item("Outcome").at(here));
        let callback = self.paths.callback(self.model.callback.name).at(here);
        quote_spanned!(here=> <#ty as #outcome<#callback>>::finish)
    }

    /// The function's return type.
    pub(super) fn result(&self) -> Written<'_> {
        match self.model.result() {
            Some(ty) => self.anonymous(Some(ty)),
            None => Written::Changed(quote!(())),
        }
    }

    /// A type with the function's own lifetimes left to inference, since the entry does not know them.
    fn anonymous<'t>(&self, ty: Option<&'t Type>) -> Written<'t> {
        match (ty, self.model.function.signature.generics.lifetimes().next()) {
            (Some(ty), Some(_)) => self.with_lifetimes(ty, "_"),
            (ty, _) => Written::AsSpelled(ty),
        }
    }

    /// A type with this lifetime in place of the function's own and of those that are left open.
    pub(super) fn with_lifetimes<'t>(&self, ty: &'t Type, lifetime: &str) -> Written<'t> {
        if has_no_lifetime(ty) {
            return Written::AsSpelled(Some(ty));
        }
        let own: Vec<_> = self.model.function.signature.generics.lifetimes().map(|own| &own.lifetime.ident).collect();
        Written::Changed(with_lifetimes(ty.to_token_stream(), &own, lifetime))
    }
}

/// A type as the expansion has it. (One that is as it is spelled is written at once: a stream is copied into the next one.)
pub(super) enum Written<'a> {
    AsSpelled(Option<&'a Type>),
    Changed(TokenStream),
}

impl ToTokens for Written<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Written::AsSpelled(ty) => ty.to_tokens(tokens),
            Written::Changed(changed) => changed.to_tokens(tokens),
        }
    }
}

/// Whether a type clearly names no lifetime.
fn has_no_lifetime(ty: &Type) -> bool {
    let Type::Path(TypePath { qself: None, path, .. }) = ty else { return false };
    path.segments.iter().all(|segment| match &segment.arguments {
        PathArguments::None => true,
        PathArguments::AngleBracketed(arguments) => {
            arguments.args.iter().all(|argument| matches!(argument, GenericArgument::Type(ty) if has_no_lifetime(ty)))
        }
        PathArguments::Parenthesized(_) => false,
    })
}

fn with_lifetimes(tokens: TokenStream, own: &[&Ident], lifetime: &str) -> TokenStream {
    let (mut after_quote, mut after_name) = (false, false);
    let tokens = tokens.into_iter().map(|token| {
        let is_lifetime = std::mem::replace(&mut after_quote, is_quote(Some(&token)));
        let is_own = std::mem::replace(&mut after_name, !is_lifetime && is_name(&token));
        match token {
            // The arguments of a function type, or of a macro: the lifetimes there are its own.
            TokenTree::Group(_) if is_own => token,
            TokenTree::Ident(name) if is_lifetime && (name == "_" || own.contains(&&name)) => {
                TokenTree::Ident(Ident::new(lifetime, name.span()))
            }
            TokenTree::Group(group) => regroup(&group, with_lifetimes(group.stream(), own, lifetime)),
            other => other,
        }
    });
    tokens.collect()
}

/// Whether a group after the token belongs to it: after `fn`, `Fn` and the like, and after the `!` of a macro.
fn is_name(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(name) => name != "mut" && name != "const" && name != "dyn",
        TokenTree::Punct(punct) => punct.as_char() == '!',
        _ => false,
    }
}

fn regroup(group: &Group, tokens: TokenStream) -> TokenTree {
    let mut regrouped = Group::new(group.delimiter(), tokens);
    regrouped.set_span(group.span());
    TokenTree::Group(regrouped)
}

fn is_quote(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '\'')
}
