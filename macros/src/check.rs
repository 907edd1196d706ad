//! Every rule the macro can check by itself. Gathers all mistakes and emits no tokens.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Error, FnArg, GenericParam, Type};

use crate::args::Args;
use crate::catalogue::{Outcome, Role};
use crate::diagnostics as say;
use crate::model::{Argument, Model, bare, expected_type, lent, optional};

/// What is wrong with the function and the options.
pub(crate) fn check(model: &Model, args: &Args, errors: &mut Vec<Error>) {
    options(model, args, errors);
    qualifiers(model, errors);
    arguments(model, errors);
    result(model, errors);
}

fn options(model: &Model, args: &Args, errors: &mut Vec<Error>) {
    if let (Some(abi), None) = (&args.options.abi, &args.options.types) {
        if abi.name.value() != "system" {
            errors.push(say::abi_needs_types(&abi.name));
        }
    }
    if let Some(on_panic) = &args.options.on_panic {
        if !on_panic.fatal && model.callback.panic_is_fatal {
            errors.push(say::panic_cannot_be_contained(model.callback, on_panic.span));
        }
    }
    for attribute in &model.function.attributes {
        if attribute.path().segments.last().is_some_and(|last| last.ident == "ndis_callback") {
            errors.push(say::twice(attribute));
        }
    }
}

fn qualifiers(model: &Model, errors: &mut Vec<Error>) {
    let signature = &model.function.signature;
    if !model.function.has_body {
        errors.push(say::no_body(&signature.ident));
    }
    errors.extend(signature.asyncness.as_ref().map(say::is_async));
    errors.extend(signature.constness.as_ref().map(say::is_const));
    if let syn::Safety::Unsafe(token) = &signature.safety {
        errors.push(say::is_unsafe(token));
    }
    errors.extend(signature.abi.as_ref().map(say::has_abi));
    errors.extend(signature.variadic.as_ref().map(say::is_variadic));
    for parameter in &signature.generics.params {
        match parameter {
            GenericParam::Lifetime(lifetime) => {
                let outlives = lifetime.bounds.iter().any(|bound| bound.ident == "static");
                errors.extend(outlives.then(|| say::outlives_static(lifetime)));
            }
            other => errors.push(say::is_generic(other)),
        }
    }
    if let Some(clause) = &signature.generics.where_clause {
        errors.extend(clause.predicates.iter().map(say::outlives_static));
    }
    for input in &signature.inputs {
        if let FnArg::Receiver(receiver) = input {
            let context = model.callback.parameters.iter().find(|p| matches!(p.role, Role::Lent | Role::Retired));
            errors.push(say::takes_self(receiver, context));
        }
    }
}

fn arguments(model: &Model, errors: &mut Vec<Error>) {
    let has_receiver = model.function.signature.receiver().is_some();
    let missing: Vec<_> = model.taken().filter(|argument| argument.ty.is_none()).map(|a| a.parameter).collect();
    if !missing.is_empty() && !has_receiver {
        let place = model.function.signature.paren_token.span.join();
        let place = proc_macro2::Group::new(proc_macro2::Delimiter::Parenthesis, TokenStream::new()).with_span(place);
        errors.push(say::missing_arguments(place, &missing, &model.expected_signature()));
    }
    for surplus in &model.surplus {
        errors.push(say::surplus_argument(surplus, &model.expected_signature()));
    }
    if model.surplus.is_empty() && missing.is_empty() {
        for argument in model.taken() {
            if let Some(ty) = argument.ty {
                errors.extend(argument_type(argument, ty).err());
            }
        }
    }
}

/// A group with a span of its own, so that an empty pair of parentheses can be pointed at.
trait WithSpan {
    fn with_span(self, span: proc_macro2::Span) -> Self;
}

impl WithSpan for proc_macro2::Group {
    fn with_span(mut self, span: proc_macro2::Span) -> Self {
        self.set_span(span);
        self
    }
}

/// Checks the type the function takes an argument as, as far as its spelling tells.
fn argument_type(argument: &Argument, ty: &Type) -> Result<(), Error> {
    let parameter = argument.parameter;
    let expected = expected_type(parameter);
    if let Type::ImplTrait(_) = bare(ty) {
        return Err(say::opaque_type(ty));
    }
    if let Type::Ptr(_) = bare(ty) {
        return Err(say::raw_pointer(ty, parameter, &expected));
    }
    match parameter.role {
        Role::Lent | Role::NullableLent | Role::Retired => {
            if optional(ty).is_some() && parameter.role != Role::NullableLent {
                return Err(say::context_is_never_null(ty, parameter));
            }
            let Some(context) = lent(ty) else { return Err(say::context_is_lent(ty, parameter)) };
            if let Type::Reference(reference) = bare(optional(ty).unwrap_or(ty)) {
                if reference.mutability.is_some() {
                    return Err(say::context_is_shared(ty, parameter));
                }
                if let Some(lifetime) = reference.lifetime.as_ref().filter(|lifetime| lifetime.ident == "static") {
                    return Err(say::lives_for_ever(lifetime));
                }
            }
            match bare(context) {
                Type::Slice(_) | Type::TraitObject(_) => Err(say::context_is_unsized(ty)),
                Type::Path(path) if path.path.is_ident("str") => Err(say::context_is_unsized(ty)),
                Type::ImplTrait(_) => Err(say::opaque_type(ty)),
                _ => Ok(()),
            }
        }
        Role::GivenBack => match bare(ty) {
            Type::Path(_) => Ok(()),
            _ => Err(say::comes_back_by_value(ty, parameter)),
        },
        Role::View | Role::Operation | Role::NdisHandle | Role::Owned | Role::Value | Role::IrqlFlags => {
            if !matches!(bare(ty), Type::Path(_)) {
                return Err(say::taken_by_value(ty, parameter, &expected));
            }
            match static_lifetime(ty.to_token_stream()) {
                Some(lifetime) => Err(say::lives_for_ever(lifetime)),
                None => Ok(()),
            }
        }
        Role::MadeOut | Role::Out => Ok(()),
    }
}

/// The `'static` in a type, if it has one.
fn static_lifetime(tokens: TokenStream) -> Option<TokenStream> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(quote) if quote.as_char() == '\'' => {
                if let Some(TokenTree::Ident(name)) = tokens.peek() {
                    if name == "static" {
                        return Some(TokenStream::from_iter([TokenTree::Punct(quote), TokenTree::Ident(name.clone())]));
                    }
                }
            }
            TokenTree::Group(group) => {
                if let Some(found) = static_lifetime(group.stream()) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

fn result(model: &Model, errors: &mut Vec<Error>) {
    match model.result() {
        None if model.callback.outcome != Outcome::Nothing => {
            errors.push(say::no_result(&model.function.signature.ident, &model.expected_signature()));
        }
        Some(ty) => match bare(ty) {
            Type::Never(_) => errors.push(say::never_returns(ty)),
            Type::ImplTrait(_) => errors.push(say::opaque_result(ty)),
            _ => {}
        },
        None => {}
    }
}
