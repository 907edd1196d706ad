//! Every rule the macro can check by itself. Gathers all mistakes and emits no tokens.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Error, GenericArgument, GenericParam, Lifetime, PathArguments, Type, WherePredicate};

use crate::args::{Args, OnPanic};
use crate::catalogue::{self, Answer, Outcome, Parameter, Role, Taken};
use crate::diagnostics as say;
use crate::model::{Model, bare, context_ref, is_named, last_name, lent_reference, optional, types};

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
        && **on_panic == OnPanic::Contain
        && model.callback.answers.panicked == Answer::Fatal
    {
        errors.push(say::panic_cannot_be_contained(model.callback, on_panic.span()));
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
    let is_object = |parameter: &&Parameter| parameter.role.taken() == Taken::Object;
    let context = model.callback.parameters.iter().find(is_object);
    match model.function.signature.receiver() {
        Some(receiver) => errors.push(say::takes_self(receiver, context)),
        None => errors.extend(model.function.names_self().map(|this| say::takes_self(this, context))),
    }
}

fn arguments(model: &Model, errors: &mut Vec<Error>) {
    let signature = &model.function.signature;
    let missing = missing(model);
    if !missing.is_empty() && signature.receiver().is_none() {
        let parentheses = signature.paren_token.span.join();
        errors.push(say::missing_arguments(parentheses, &missing, &model.expected_signature()));
    }
    for surplus in &model.surplus {
        errors.push(say::surplus_argument(surplus, &model.expected_signature()));
    }
    if !model.surplus.is_empty() || !missing.is_empty() {
        return;
    }
    if let Some(value) = value_before_object(model) {
        errors.push(say::another_order(value, &model.expected_signature()));
        return;
    }
    let typed = model.arguments.iter().filter_map(|argument| Some((argument.parameter, argument.ty?)));
    errors.extend(typed.filter_map(|(parameter, ty)| argument(model, parameter, ty).err()));
    errors.extend(raw_object_of_a_debt(model).map(|(ty, object, value)| say::object_is_raw(ty, object, value)));
}

/// An object taken as C passes it, beside what goes back to NDIS with the object's handle: the context has the handle.
fn raw_object_of_a_debt<'a>(model: &Model<'a>) -> Option<(&'a Type, &'a Parameter, &'a Parameter)> {
    let mut payments = model.callback.owes.iter().chain(&model.callback.settles);
    payments.find(|payment| payment.arguments.contains(&"handle"))?;
    let of = |taken: Taken, raw: bool| {
        let mut arguments = model.arguments.iter().filter(move |argument| argument.parameter.role.taken() == taken);
        arguments.find_map(|argument| {
            argument.ty.filter(|ty| is_raw(model, argument.parameter, ty) == raw).map(|ty| (ty, argument.parameter))
        })
    };
    let ((ty, object), (_, value)) = (of(Taken::Object, true)?, of(Taken::Value, false)?);
    Some((ty, object, value))
}

/// The parameters that the function does not take: the last, or the objects where the value stands first.
fn missing<'a>(model: &Model<'a>) -> Vec<&'a Parameter> {
    let count = model.arguments.iter().filter(|argument| argument.ty.is_none()).count();
    let parameters = model.arguments.iter().map(|argument| argument.parameter);
    match value_before_object(model) {
        Some(_) => parameters.take(count).collect(),
        None => parameters.skip(model.arguments.len() - count).collect(),
    }
}

/// The first argument, if it is named like what the call is about: C has that first in some callbacks.
fn value_before_object<'a>(model: &Model<'a>) -> Option<&'a Type> {
    let (first, rest) = model.arguments.split_first()?;
    let is_it = |parameter: &Parameter| first.ty.is_some_and(|ty| is_named(ty, &catalogue::type_name(parameter)));
    let mut values = rest.iter().filter(|argument| argument.parameter.role.taken() == Taken::Value);
    first.ty.filter(|_| values.any(|argument| is_it(argument.parameter)))
}

/// Checks the type the function takes an argument as, as far as its spelling tells. What else is wrong the compiler sees.
fn argument(model: &Model, parameter: &Parameter, ty: &Type) -> Result<(), Error> {
    if let Type::ImplTrait(_) = bare(ty) {
        return Err(say::opaque_type(ty));
    }
    if is_raw(model, parameter, ty) {
        return Ok(());
    }
    match parameter.role.taken() {
        Taken::Object => context(parameter, ty),
        Taken::Handle => match bare(ty) {
            Type::Path(_) if may_be(ty, "Handle") => kept(ty),
            _ => Err(say::comes_back_by_value(ty, parameter)),
        },
        Taken::Value if !may_be_value(parameter, ty) => {
            Err(say::wrong_value(ty, parameter, &catalogue::raw_form(model.callback, parameter)))
        }
        Taken::Value => match lifetime(ty, &|lifetime| lifetime.is_some_and(is_static)) {
            Some(forever) => Err(say::lives_for_ever(forever)),
            None => Ok(()),
        },
        Taken::Nothing => Ok(()),
    }
}

/// Whether a parameter is taken as C passes it, with all its parts, as far as the type's spelling tells.
fn is_raw(model: &Model, parameter: &Parameter, ty: &Type) -> bool {
    let parts = catalogue::parts(model.callback, parameter).count();
    match bare(ty) {
        Type::Tuple(tuple) => parts > 0 && tuple.elems.len() == parts + 1,
        Type::Ptr(_) => parts == 0,
        _ => parts == 0 && is_named(ty, parameter.c_type),
    }
}

/// Whether a type may be what the call is about, as far as its spelling tells: it may be an alias.
fn may_be_value(parameter: &Parameter, ty: &Type) -> bool {
    let Type::Path(path) = bare(ty) else { return matches!(bare(ty), Type::Macro(_)) };
    let Some(last) = path.path.segments.last() else { return true };
    let is_another = |name: &str| parameter.of != Some(name) && catalogue::is_value(name);
    let name = last.ident.to_string();
    if name != catalogue::type_name(parameter) {
        // The C type comes with its parts, if it has any.
        return name != parameter.c_type && !is_another(&name) && !NUMBERS.contains(&&*name);
    }
    let is_of_another = |ty: &Type| last_name(ty).is_some_and(|name| is_another(&name.to_string()));
    // What an event or a binding is of is the driver's own.
    !matches!(parameter.role, Role::Owned | Role::Received) || !types(&last.arguments).any(is_of_another)
}

/// Checks the type a context is lent as.
fn context(parameter: &Parameter, ty: &Type) -> Result<(), Error> {
    if optional(ty).is_some() && parameter.role != Role::LentOrNull {
        return Err(say::context_is_never_null(ty, parameter));
    }
    if context_ref(ty).is_some() {
        return Ok(());
    }
    let Some(reference) = lent_reference(ty) else {
        return match bare(ty) {
            // What has a lifetime may be an alias of a reference.
            Type::Path(_) if lifetime(ty, &|_| true).is_some() => Ok(()),
            _ => Err(say::context_is_lent(ty, parameter)),
        };
    };
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
        let name = &model.function.signature.ident;
        match outcome {
            Outcome::Nothing => {}
            // What the function takes as C passes it, it passes on by itself.
            Outcome::Passed if has_raw_value(model) => {}
            Outcome::Passed => errors.push(say::wrong_result(name, outcome)),
            _ => errors.push(say::no_result(name, &model.expected_signature())),
        }
        return;
    };
    match bare(ty) {
        Type::Never(_) => errors.push(say::never_returns(ty)),
        Type::ImplTrait(_) => errors.push(say::opaque_result(ty)),
        _ if model.is_raw_result() => {}
        _ if !may_be_result(outcome, ty) => errors.push(say::wrong_result(ty, outcome)),
        _ if outcome.makes() => {
            errors.extend(success(ty).and_then(|made| kept(made).err()));
        }
        _ => {}
    }
}

/// Whether the function takes what the call is about as C passes it.
fn has_raw_value(model: &Model) -> bool {
    let mut values = model.arguments.iter().filter(|argument| argument.parameter.role.taken() == Taken::Value);
    values.any(|argument| argument.ty.is_some_and(|ty| is_raw(model, argument.parameter, ty)))
}

/// Whether a type may be what a callback's function returns, as far as its spelling tells: it may be an alias.
fn may_be_result(outcome: Outcome, ty: &Type) -> bool {
    let wanted = outcome.spelling();
    let made = wanted.strip_prefix("Result<").and_then(|rest| rest.split(['<', ',']).next());
    match (made, success(ty)) {
        (Some(made), Some(success)) => may_be(success, made),
        // An operation that may fail may also be answered without an error.
        (Some("Answered"), None) if is_named(ty, "Answered") => true,
        (Some(_), None) => may_be(ty, "Result"),
        (None, _) => may_be(ty, wanted),
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

/// The first wrong lifetime in a type, or the reference that omits it. Function pointers and trait objects are not
/// searched.
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
