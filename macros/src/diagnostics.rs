//! Every message of the macros. One rule a function; each appears in a compile-fail test.

use darling::util::SpannedValue;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Error, Lit, LitStr, Path, Type};

use crate::args::Abi;
use crate::catalogue::{Callback, Outcome, Parameter, snake};

// Messages about an option's value: darling adds the place.
pub(crate) const ABI_VALUES: &str = "`abi` must be one of \"system\", \"C\", \"stdcall\"";
pub(crate) const IRQL_VALUES: &str = "`irql` must be one of \"assert\", \"debug\", \"off\"";
pub(crate) const ON_PANIC_VALUES: &str = "`on_panic` must be one of \"contain\", \"fatal\"";
pub(crate) const UNSAFE_OPTION: &str = "the one unsafe option is `unsafe(export = \"symbol\")`";
pub(crate) const PATH_VALUE: &str = "expected the path of a module, without quotes and types, such as `crate::ndis`";
pub(crate) const NAME_VALUE: &str = "expected a name without quotes, such as `entry = AllocateEntry`";

fn at(tokens: impl ToTokens, message: impl std::fmt::Display) -> Error {
    Error::new_spanned(tokens, message)
}

// The attribute.

pub(crate) fn no_callback() -> Error {
    Error::new(
        Span::call_site(),
        "which callback? Name it as ndis.h does: `#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]`",
    )
}

pub(crate) fn quoted_callback(text: &LitStr) -> Error {
    at(text, format!("the callback is named without quotes: `{}`", text.value()))
}

pub(crate) fn not_a_callback_name(span: Span) -> Error {
    Error::new(span, "expected the name of a callback, such as `ALLOCATE_SHARED_MEMORY_HANDLER`")
}

pub(crate) fn callback_is_no_path(path: &Path) -> Error {
    let name = path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    at(path, format!("the callback is named without a path: `{name}`"))
}

pub(crate) fn callback_comes_first(option: &Ident) -> Error {
    at(option, format!("the callback's name comes first: `#[ndis_callback(NAME, {option} = ..)]`"))
}

pub(crate) fn unknown_callback(name: &Ident, nearest: Vec<&Callback>) -> Error {
    let hint = match &*nearest {
        [] => ": callbacks are named as in ndis.h, such as `ALLOCATE_SHARED_MEMORY_HANDLER`".into(),
        nearest => {
            let names: Vec<String> = nearest.iter().map(|callback| format!("`{}`", callback.name)).collect();
            format!("; did you mean {}?", names.join(" or "))
        }
    };
    at(name, format!("`{name}` is not an NDIS callback this crate knows{hint}"))
}

pub(crate) fn not_covered(name: &Ident) -> Error {
    at(name, format!("`{name}` is a callback of NDIS that this version of the crate does not cover yet"))
}

pub(crate) fn implemented_by_ndis(name: &Ident) -> Error {
    at(name, format!("NDIS implements `{name}` and the driver calls it: there is no entry point to write"))
}

pub(crate) fn not_an_option(literal: &Lit) -> Error {
    at(literal, "expected an option, such as `irql = \"debug\"`")
}

pub(crate) fn export_is_unsafe(option: &Path) -> Error {
    at(option, "a symbol may collide with another's: write `unsafe(export = \"symbol\")`")
}

pub(crate) fn abi_needs_types(abi: &SpannedValue<Abi>) -> Error {
    Error::new(
        abi.span(),
        format!(
            "this crate's own pointer types are `extern \"system\"`: `abi = \"{}\"` goes with `types = path` to \
             bindings that use it",
            abi.name()
        ),
    )
}

pub(crate) fn c_is_wrong_on_x86() -> &'static str {
    "NDIS callbacks are `__stdcall` on x86: `abi = \"C\"` would unbalance the stack. Use `abi = \"stdcall\"` there"
}

/// Shown with the feature `panic-unwind`, for which the kernel test builds a driver.
pub(crate) const PANICS_MUST_UNWIND: &str = "a panic in this callback cannot be contained, as the feature `panic-unwind` of \
     `ndis` promises: this crate is built with `panic = \"abort\"`. Keep callbacks in the driver's library, built with \
     `panic = \"unwind\"`, and give `-C panic=abort` to the image's crate alone";

pub(crate) fn panic_cannot_be_contained(callback: &Callback, span: Span) -> Error {
    Error::new(span, format!("`{}` has no way to tell NDIS of a failure: a panic in it is always fatal", callback.name))
}

pub(crate) fn twice(attribute: impl ToTokens) -> Error {
    at(attribute, "one function is the entry of one callback: write a function for each, which may call a common one")
}

// The item.

pub(crate) fn not_a_function(callback: &str, error: &Error) -> Error {
    Error::new(error.span(), format!("`#[ndis_callback({callback})]` goes on a function"))
}

pub(crate) fn no_body(name: &Ident) -> Error {
    at(name, format!("`{name}` has no body: the attribute goes on the function NDIS is to call"))
}

pub(crate) fn is_async(token: impl ToTokens) -> Error {
    at(token, "NDIS waits for the callback to return: the function cannot be `async`")
}

pub(crate) fn is_const(token: impl ToTokens) -> Error {
    at(token, "a callback runs when NDIS calls it: the function cannot be `const`")
}

pub(crate) fn is_unsafe(token: impl ToTokens) -> Error {
    at(token, "the function is safe: the entry checks what NDIS passes before it calls it. Remove `unsafe`")
}

pub(crate) fn has_abi(token: impl ToTokens) -> Error {
    at(token, "the function is an ordinary Rust function: the attribute writes the `extern` entry point. Remove this")
}

pub(crate) fn is_generic(token: impl ToTokens) -> Error {
    at(token, "NDIS calls one function: it cannot be generic over types or constants")
}

pub(crate) fn outlives_static(token: impl ToTokens) -> Error {
    at(token, "what NDIS lends is lent for this call only: nothing may be required to live longer")
}

pub(crate) fn takes_self(token: impl ToTokens, parameter: Option<&Parameter>) -> Error {
    let hint = match parameter {
        Some(parameter) => format!("the context comes as an argument, `{}: &T`", snake(parameter)),
        None => "NDIS passes no context to this callback".into(),
    };
    at(token, format!("the attribute goes on a free function: {hint}"))
}

pub(crate) fn is_variadic(token: impl ToTokens) -> Error {
    at(token, "NDIS passes a fixed number of arguments")
}

// The parameters.

pub(crate) fn missing_arguments(parentheses: Span, missing: &[&Parameter], expected: &str) -> Error {
    let names: Vec<String> = missing.iter().map(|parameter| format!("`{}`", snake(parameter))).collect();
    Error::new(
        parentheses,
        format!("missing {} that NDIS passes. The function is\n\n    {expected}", names.join(" and ")),
    )
}

pub(crate) fn surplus_argument(argument: impl ToTokens, expected: &str) -> Error {
    at(
        argument,
        format!("NDIS passes no such argument, or it is a part of one before it. The function is\n\n    {expected}"),
    )
}

pub(crate) fn another_order(ty: &Type, expected: &str) -> Error {
    at(
        ty,
        format!(
            "the driver's own object comes first, and then what the call is about. The function is\n\n    {expected}"
        ),
    )
}

pub(crate) fn wrong_value(ty: &Type, parameter: &Parameter, raw: &str) -> Error {
    at(ty, format!("`{}` is taken as `{}`, or as C passes it: `{raw}`", parameter.name, parameter.spelling()))
}

pub(crate) fn object_is_raw(ty: &Type, object: &Parameter, value: &Parameter) -> Error {
    at(
        ty,
        format!(
            "`{}` goes back to NDIS with the handle that is in the context `{}`: take that as `&T`, or both as C passes them",
            value.name, object.name
        ),
    )
}

pub(crate) fn context_is_lent(ty: &Type, parameter: &Parameter) -> Error {
    at(ty, format!("NDIS lends `{}` for the call, to several callers at once: take it as `&T`", parameter.name))
}

pub(crate) fn context_is_shared(ty: &Type, parameter: &Parameter) -> Error {
    at(
        ty,
        format!(
            "`{}` is shared with callbacks that run at the same time: take it as `&T`, and change what is behind it \
             with atomics or a lock",
            parameter.name
        ),
    )
}

pub(crate) fn context_is_never_null(ty: &Type, parameter: &Parameter) -> Error {
    at(ty, format!("NDIS never passes NULL for `{}`: take it as `&T`, without `Option`", parameter.name))
}

pub(crate) fn context_is_unsized(ty: &Type) -> Error {
    at(
        ty,
        "a context is a sized type of the driver's: not a slice, a `str` or a `dyn Trait`. Lend a struct that has it",
    )
}

pub(crate) fn opaque_type(ty: &Type) -> Error {
    at(ty, "`impl Trait` names no type: registration compares the types of the contexts. Name the type")
}

pub(crate) fn kept_for_long(borrow: impl ToTokens) -> Error {
    at(borrow, "NDIS keeps this long after the call, so it cannot borrow: own what is in it, or share it with an `Arc`")
}

pub(crate) fn lives_for_ever(lifetime: impl ToTokens) -> Error {
    at(lifetime, "what NDIS passes is lent for this call, not `'static`: remove the lifetime")
}

pub(crate) fn comes_back_by_value(ty: &Type, parameter: &Parameter) -> Error {
    at(ty, format!("`{}` comes back to the driver for good: take it by value, as `Handle<T>`", parameter.name))
}

// The result.

pub(crate) fn never_returns(ty: &Type) -> Error {
    at(ty, "NDIS waits for the callback to return: `!` never does")
}

pub(crate) fn opaque_result(ty: &Type) -> Error {
    at(ty, "`impl Trait` names no type: the entry must know what to hand to NDIS. Name the type")
}

pub(crate) fn wrong_result(place: impl ToTokens, outcome: Outcome) -> Error {
    at(place, outcome.sentence())
}

pub(crate) fn no_result(name: &Ident, expected: &str) -> Error {
    at(name, format!("NDIS waits for an answer of `{name}`, which returns nothing. The function is\n\n    {expected}"))
}

// The defaults.

pub(crate) fn not_a_default(option: impl ToTokens) -> Error {
    at(option, "the options for a whole module are `abi`, `types`, `irql`, `on_panic` and `crate`")
}

pub(crate) fn not_a_module_with_a_body(item: impl ToTokens) -> Error {
    at(item, "the defaults go on a module whose body is here: `mod callbacks { .. }`")
}

// The derive.

pub(crate) fn not_an_enum(name: &Ident) -> Error {
    at(name, "`NdisError` is derived for an enum, with `#[status(RESOURCES)]` on each variant")
}

pub(crate) fn no_variant(name: &Ident) -> Error {
    at(name, format!("`{name}` has no variant, so it is no error that could become a status"))
}

pub(crate) fn status_of_the_enum(attribute: impl ToTokens) -> Error {
    at(attribute, "each variant becomes a status, the enum none: only `#[status(crate = path)]` goes on it")
}

pub(crate) fn no_status(variant: &Ident) -> Error {
    at(
        variant,
        format!("which NDIS_STATUS does `{variant}` become? Write `#[status(RESOURCES)]`, or another, above it"),
    )
}

pub(crate) fn several_statuses(attribute: impl ToTokens) -> Error {
    at(attribute, "a variant becomes one status: remove the others")
}

pub(crate) fn status_is_a_name(attribute: impl ToTokens) -> Error {
    at(attribute, "expected one name of an NDIS_STATUS without its prefix, such as `#[status(RESOURCES)]`")
}

pub(crate) fn status_has_no_prefix(name: &Ident, short: &str) -> Error {
    at(name, format!("statuses are named without their prefix here: `#[status({short})]`"))
}

pub(crate) fn status_is_no_error(name: &Ident) -> Error {
    at(name, format!("NDIS_STATUS_{name} says that nothing went wrong: an error becomes a failure status"))
}
