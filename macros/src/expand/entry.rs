//! The entry point: one call into the runtime, which receives the arguments, calls the function and delivers its
//! result.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::Expansion;
use crate::args::Irql;
use crate::catalogue::{Outcome, Role};
use crate::model::{Argument, local};
use crate::paths::ident;

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
        let (head, conditions) = (self.head(), self.conditions());
        let enter = self.paths.item(quote!(__private::enter));
        let callback = self.paths.callback(self.model.callback.name);
        let raw = self.model.arguments.iter().map(|argument| self.raw(argument));
        let (policy, call) = (self.policy(), self.call());
        let finish = self.finish(&call);
        let body = quote!(unsafe { #enter::<#callback, _>((#(#raw,)*), #policy, |#call| #finish) });
        let body = match (self.has_foreign_types(), self.model.callback.c_return) {
            (false, _) | (_, "VOID") => body,
            (true, c_return) => {
                let c_return = self.paths.c_type(c_return);
                quote!((#body) as #c_return)
            }
        };
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
            #[doc = #docs]
            #export
            #visibility unsafe extern #abi fn entry(#(#locals: #types),*) #result
        }
    }

    /// What the entry checks.
    fn policy(&self) -> TokenStream {
        let mut policy = self.paths.item(quote!(Policy::CATALOGUE));
        let check = match self.args.options.irql {
            Irql::Assert => None,
            Irql::Debug => Some(ident("Debug")),
            Irql::Off => Some(ident("Off")),
        };
        if let Some(check) = check {
            let check = self.paths.item(quote!(IrqlCheck::#check));
            policy = quote!(#policy.irql(#check));
        }
        if self.args.options.on_panic.as_ref().is_some_and(|on_panic| on_panic.fatal) {
            let fatal = self.paths.item(quote!(OnPanic::Fatal));
            policy = quote!(#policy.on_panic(#fatal));
        }
        policy
    }

    /// The name under which the entry has the runtime's state of the call.
    fn call(&self) -> Ident {
        local("call", &self.model.function.signature.ident.to_string())
    }

    /// Calls the function and delivers its result.
    fn finish(&self, call: &Ident) -> TokenStream {
        let function = &self.model.function.signature.ident;
        let received = self.model.taken().map(|argument| self.receive(argument, call));
        let (result, outcome) = (self.result(), self.outcome());
        let outs: Vec<_> = self.model.outs().map(|argument| self.raw(argument)).collect();
        let outs = match &*outs {
            [] => None,
            [one] => Some(quote!(, #one)),
            several => Some(quote!(, (#(#several),*))),
        };
        quote!(<#result as #outcome>::finish(#function(#(#received),*), #call #outs))
    }

    /// An argument as the runtime has it.
    fn raw(&self, argument: &Argument) -> TokenStream {
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

    /// An argument as the function takes it.
    fn receive(&self, argument: &Argument, call: &Ident) -> TokenStream {
        let role = ident(match argument.parameter.role {
            Role::Lent | Role::NullableLent | Role::Retired => "Lent",
            Role::GivenBack => "GivenBack",
            Role::Value | Role::IrqlFlags => "Value",
            _ => "View",
        });
        let role = self.paths.item(quote!(argument::#role));
        let parameter = self.paths.parameter(self.model.callback.name, argument.parameter.name);
        let ty = anonymous(argument.ty.to_token_stream());
        let raw = self.raw(argument);
        quote!(<#ty as #role<'_, #parameter>>::receive(#raw, #call)?)
    }

    /// The function's return type.
    pub(super) fn result(&self) -> TokenStream {
        match self.model.result() {
            Some(ty) => anonymous(ty.to_token_stream()),
            None => quote!(()),
        }
    }

    /// The trait that delivers the function's result, with its arguments.
    pub(super) fn outcome(&self) -> TokenStream {
        let outcome = self.paths.outcome(self.model.callback.outcome);
        let callback = self.paths.callback(self.model.callback.name);
        let outs: Vec<_> = self.model.outs().map(|argument| self.paths.own_c_type(argument.parameter.c_type)).collect();
        match (self.model.callback.outcome, &*outs) {
            (Outcome::Made, [out]) => quote!(#outcome<#callback, #out>),
            (Outcome::Interrupt, outs) => quote!(#outcome<#callback, (#(#outs),*)>),
            _ => quote!(#outcome<#callback>),
        }
    }
}

/// A type with its named lifetimes left to inference, since the function's are not known in the entry.
pub(super) fn anonymous(tokens: TokenStream) -> TokenStream {
    let mut after_quote = false;
    tokens
        .into_iter()
        .map(|token| {
            let is_lifetime = std::mem::replace(&mut after_quote, false);
            match token {
                TokenTree::Punct(punct) => {
                    after_quote = punct.as_char() == '\'';
                    TokenTree::Punct(punct)
                }
                TokenTree::Ident(name) if is_lifetime && name != "static" => {
                    TokenTree::Ident(Ident::new("_", name.span()))
                }
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), anonymous(group.stream()));
                    inner.set_span(group.span());
                    TokenTree::Group(inner)
                }
                other => other,
            }
        })
        .collect()
}
