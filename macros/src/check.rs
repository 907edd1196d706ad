//! Every rule the macro can check by itself. Gathers all mistakes and emits no tokens.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Error, GenericArgument, GenericParam, Lifetime, PathArguments, Type, TypePath, WherePredicate};

use crate::args::Args;
use crate::catalogue::{self, Outcome, Parameter, Role};
use crate::diagnostics as say;
use crate::model::{Model, bare, context_ref, expected_type, lent_reference, optional, types};

/// What is wrong with the function and the options.
pub(crate) fn check(model: &Model, args: &Args, errors: &mut Vec<Error>) {
    attributes(model, args, errors);
    qualifiers(model, errors);
    generics(model, errors);
    place(model, errors);
    arguments(model, errors);
    result(model, errors);
}

fn attributes(model: &Model, args: &Args, errors: &mut Vec<Error>) {
    if let Some(on_panic) = &args.options.on_panic
        && !on_panic.fatal
        && model.callback.panic_is_fatal
    {
        errors.push(say::panic_cannot_be_contained(model.callback, on_panic.span));
    }
    errors.extend(model.function.other_attributes().map(say::twice));
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
}

fn generics(model: &Model, errors: &mut Vec<Error>) {
    let generics = &model.function.signature.generics;
    for parameter in &generics.params {
        match parameter {
            GenericParam::Lifetime(lifetime) => {
                let forever = lifetime.bounds.iter().find(|bound| is_static(bound));
                errors.extend(forever.map(say::outlives_static));
            }
            other => errors.push(say::is_generic(other)),
        }
    }
    for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
        if let WherePredicate::Lifetime(predicate) = predicate {
            let forever = predicate.bounds.iter().find(|bound| is_static(bound));
            errors.extend(forever.map(say::outlives_static));
        }
    }
}

/// The function is a free one, as far as its signature tells.
fn place(model: &Model, errors: &mut Vec<Error>) {
    let is_lent = |role| matches!(role, Role::Lent | Role::NullableLent | Role::Retired);
    let context = model.callback.parameters.iter().find(|parameter| is_lent(parameter.role));
    match model.function.signature.receiver() {
        Some(receiver) => errors.push(say::takes_self(receiver, context)),
        None => errors.extend(model.function.names_self().map(|this| say::takes_self(this, context))),
    }
}

fn arguments(model: &Model, errors: &mut Vec<Error>) {
    let signature = &model.function.signature;
    let missing: Vec<_> = model.taken().filter(|argument| argument.ty.is_none()).map(|a| a.parameter).collect();
    if !missing.is_empty() && signature.receiver().is_none() {
        let parentheses = signature.paren_token.span.join();
        errors.push(say::missing_arguments(parentheses, &missing, &model.expected_signature()));
    }
    for surplus in &model.surplus {
        errors.push(say::surplus_argument(surplus, &model.expected_signature()));
    }
    if model.surplus.is_empty() && missing.is_empty() {
        let typed = model.taken().filter_map(|argument| Some((argument.parameter, argument.ty?)));
        errors.extend(typed.filter_map(|(parameter, ty)| argument(parameter, ty).err()));
    }
}

/// Checks the type the function takes an argument as, as far as its spelling tells.
fn argument(parameter: &Parameter, ty: &Type) -> Result<(), Error> {
    match bare(ty) {
        Type::ImplTrait(_) => return Err(say::opaque_type(ty)),
        Type::Ptr(_) => return Err(say::raw_pointer(ty, parameter, &expected_type(parameter))),
        _ => {}
    }
    match parameter.role {
        Role::Lent | Role::NullableLent | Role::Retired => context(parameter, ty),
        Role::GivenBack => match bare(ty) {
            Type::Path(_) if may_be(ty, "Handle") => kept(ty),
            _ => Err(say::comes_back_by_value(ty, parameter)),
        },
        Role::View | Role::Operation | Role::NdisHandle | Role::Owned | Role::Value | Role::IrqlFlags => {
            if !matches!(bare(ty), Type::Path(path) if !is_another(parameter, path)) {
                return Err(say::taken_by_value(ty, parameter, &expected_type(parameter)));
            }
            match lifetime(ty, &|lifetime| lifetime.is_some_and(is_static)) {
                Some(forever) => Err(say::lives_for_ever(forever)),
                None => Ok(()),
            }
        }
        Role::MadeOut | Role::Out => Ok(()),
    }
}

/// Whether a path surely does not name the type that stands for the parameter: it names a number, the C type, or what
/// stands for another parameter. Whatever else it names is for the compiler to see, since it may be an alias.
fn is_another(parameter: &Parameter, path: &TypePath) -> bool {
    let Some(name) = path.path.segments.last().map(|last| last.ident.to_string()) else { return false };
    if parameter.rust == Some(&*name) {
        return false;
    }
    let mut parameters = catalogue::all().flat_map(|callback| callback.parameters);
    NUMBERS.contains(&&*name) || parameters.any(|other| other.c_type == name || other.rust == Some(&*name))
}

/// Checks the type a context is lent as.
fn context(parameter: &Parameter, ty: &Type) -> Result<(), Error> {
    if optional(ty).is_some() && parameter.role != Role::NullableLent {
        return Err(say::context_is_never_null(ty, parameter));
    }
    if context_ref(ty).is_some() {
        return Ok(());
    }
    let Some(reference) = lent_reference(ty) else { return Err(say::context_is_lent(ty, parameter)) };
    if reference.mutability.is_some() {
        return Err(say::context_is_shared(ty, parameter));
    }
    if let Some(forever) = reference.lifetime.as_ref().filter(|lifetime| is_static(lifetime)) {
        return Err(say::lives_for_ever(forever));
    }
    match bare(&reference.elem) {
        Type::Slice(_) | Type::TraitObject(_) => Err(say::context_is_unsized(ty)),
        Type::Path(path) if path.path.is_ident("str") => Err(say::context_is_unsized(ty)),
        Type::ImplTrait(_) => Err(say::opaque_type(ty)),
        _ => Ok(()),
    }
}

/// Checks the type of what NDIS keeps after the call: it cannot borrow.
fn kept(ty: &Type) -> Result<(), Error> {
    match lifetime(ty, &|lifetime| !lifetime.is_some_and(is_static)) {
        Some(borrow) => Err(say::kept_for_long(borrow)),
        None => Ok(()),
    }
}

fn result(model: &Model, errors: &mut Vec<Error>) {
    let outcome = model.callback.outcome;
    let Some(ty) = model.result() else {
        if outcome != Outcome::Nothing {
            errors.push(say::no_result(&model.function.signature.ident, &model.expected_signature()));
        }
        return;
    };
    match bare(ty) {
        Type::Never(_) => errors.push(say::never_returns(ty)),
        Type::ImplTrait(_) => errors.push(say::opaque_result(ty)),
        _ if !may_be_result(outcome, ty) => errors.push(say::wrong_result(ty, outcome)),
        _ if matches!(outcome, Outcome::Made | Outcome::Attached) => {
            errors.extend(success(ty).and_then(|made| kept(made).err()));
        }
        _ => {}
    }
}

/// Whether a type may be what a callback's function returns, as far as its spelling tells: it may be an alias.
fn may_be_result(outcome: Outcome, ty: &Type) -> bool {
    let (fails, name) = match outcome {
        Outcome::Nothing => (false, "()"),
        Outcome::Boolean => (false, "bool"),
        Outcome::Interrupt => (false, "Interrupt"),
        Outcome::Completed => (false, "Answered"),
        Outcome::Status => (true, "()"),
        Outcome::Made => (true, "Handle"),
        Outcome::Attached => (true, "Context"),
        Outcome::Answered => (true, "Answered"),
    };
    match success(ty) {
        Some(success) if fails => may_be(success, name),
        _ => may_be(ty, if fails { "Result" } else { name }),
    }
}

/// The `T` of a `Result<T, E>`.
fn success(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = bare(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Result")?;
    types(&last.arguments).next()
}

/// Whether a type may be the one of this name: its own name is this one, or not well known.
fn may_be(ty: &Type, name: &str) -> bool {
    const WELL_KNOWN: &[&str] = &[
        "Answered",
        "BOOLEAN",
        "Box",
        "Context",
        "Handle",
        "Interrupt",
        "NDIS_HANDLE",
        "NDIS_STATUS",
        "NTSTATUS",
        "NdisStatus",
        "Option",
        "Result",
        "String",
        "Vec",
    ];
    match bare(ty) {
        Type::Path(path) => path.path.segments.last().is_none_or(|last| {
            last.ident == name || !WELL_KNOWN.iter().chain(NUMBERS).any(|known| last.ident == known)
        }),
        Type::Tuple(tuple) => tuple.elems.is_empty() && name == "()",
        Type::Macro(_) => true,
        _ => false,
    }
}

/// The plain types of Rust.
const NUMBERS: &[&str] = &["bool", "u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64", "isize"];

fn is_static(lifetime: &Lifetime) -> bool {
    lifetime.ident == "static"
}

/// The first lifetime in the spelling of a type that is a wrong one, or the reference that leaves it out. What
/// functions and trait objects in it are about is their own.
fn lifetime(ty: &Type, is_wrong: &dyn Fn(Option<&Lifetime>) -> bool) -> Option<TokenStream> {
    match bare(ty) {
        Type::Reference(reference) if is_wrong(reference.lifetime.as_ref()) => Some(match &reference.lifetime {
            Some(lifetime) => lifetime.to_token_stream(),
            None => reference.to_token_stream(),
        }),
        Type::Reference(reference) => lifetime(&reference.elem, is_wrong),
        Type::Array(array) => lifetime(&array.elem, is_wrong),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(|ty| lifetime(ty, is_wrong)),
        Type::Path(path) => path.path.segments.iter().find_map(|segment| {
            let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
            let mut lifetimes = arguments.args.iter().filter_map(|argument| match argument {
                GenericArgument::Lifetime(lifetime) => Some(lifetime),
                _ => None,
            });
            let wrong = lifetimes.find(|lifetime| is_wrong(Some(lifetime))).map(ToTokens::to_token_stream);
            wrong.or_else(|| types(&segment.arguments).find_map(|ty| lifetime(ty, is_wrong)))
        }),
        _ => None,
    }
}
