//! The callback and the function, side by side.

use proc_macro2::{Ident, Span};
use syn::{FnArg, GenericArgument, PathArguments, ReturnType, Type, TypeReference};

use crate::catalogue::{Callback, Outcome, Parameter, Role, snake};
use crate::input::Function;

/// The callback and the function, side by side.
pub(crate) struct Model<'a> {
    pub(crate) callback: &'static Callback,
    pub(crate) function: &'a Function,
    /// The C parameters, each with its name in the entry point.
    pub(crate) parameters: Vec<(&'static Parameter, Ident)>,
    /// What the function takes, in its order.
    pub(crate) arguments: Vec<Argument<'a>>,
    /// What the function has beyond them.
    pub(crate) surplus: Vec<&'a FnArg>,
}

/// Something that the function takes.
pub(crate) struct Argument<'a> {
    /// Its place: that of its C parameter, counted from 0, or the one behind the last.
    pub(crate) place: usize,
    pub(crate) parameter: &'static Parameter,
    /// The type the function takes it as; `None` if the function has no such argument.
    pub(crate) ty: Option<&'a Type>,
}

impl<'a> Model<'a> {
    pub(crate) fn new(callback: &'static Callback, function: &'a Function) -> Model<'a> {
        let name = function.signature.ident.to_string();
        let parameters =
            callback.parameters.iter().map(|parameter| (parameter, local(&snake(parameter), &name))).collect();
        let mut types = function.signature.inputs.iter().filter(|input| matches!(input, FnArg::Typed(_)));
        let is_raw = result(function).is_some_and(|ty| is_raw_result(callback, ty));
        let outs = callback.places().filter(|(_, parameter)| is_raw && is_out(parameter));
        let arguments = callback
            .arguments()
            .chain(outs)
            .map(|(place, parameter)| Argument {
                place,
                parameter,
                ty: types.next().and_then(|input| match input {
                    FnArg::Typed(typed) => Some(&*typed.ty),
                    FnArg::Receiver(_) => None,
                }),
            })
            .collect();
        Model { callback, function, parameters, arguments, surplus: types.collect() }
    }

    /// The function's return type, unless it is `()` unsaid.
    pub(crate) fn result(&self) -> Option<&'a Type> {
        result(self.function)
    }

    /// The function answers as C does.
    pub(crate) fn is_raw_result(&self) -> bool {
        self.result().is_some_and(|ty| is_raw_result(self.callback, ty))
    }

    /// The signature the callback wants, to copy: if the function answers as C does, then that.
    pub(crate) fn expected_signature(&self) -> String {
        let spelled = |argument: &Argument| match is_out(argument.parameter) {
            true => format!("{}: {}", snake(argument.parameter), argument.parameter.c_type),
            false => format!("{}: {}", snake(argument.parameter), argument.parameter.spelling()),
        };
        let arguments: Vec<String> = self.arguments.iter().map(spelled).collect();
        let result = match self.callback.outcome {
            Outcome::Nothing => String::new(),
            _ if self.is_raw_result() => format!(" -> {}", self.callback.c_return),
            outcome => format!(" -> {}", outcome.spelling()),
        };
        format!("fn {}({}){result}", self.function.signature.ident, arguments.join(", "))
    }
}

fn result(function: &Function) -> Option<&Type> {
    match &function.signature.output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some(ty),
    }
}

/// Whether a type is spelled as the callback's C return type.
fn is_raw_result(callback: &Callback, ty: &Type) -> bool {
    callback.outcome != Outcome::Nothing && is_named(ty, callback.c_return)
}

/// Whether the function takes the parameter only when it answers as C does.
fn is_out(parameter: &Parameter) -> bool {
    matches!(parameter.role, Role::Makes | Role::Out)
}

/// The name of a local of the entry: one that does not hide the function it calls.
fn local(name: &str, function: &str) -> Ident {
    Ident::new(&if name == function { format!("{name}_") } else { name.into() }, Span::call_site())
}

/// The type itself, without the invisible groups and the parentheses around it.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        other => other,
    }
}

/// The last name of a path.
pub(crate) fn last_name(ty: &Type) -> Option<&Ident> {
    let Type::Path(path) = bare(ty) else { return None };
    path.path.segments.last().map(|last| &last.ident)
}

/// Whether that is this one.
pub(crate) fn is_named(ty: &Type, name: &str) -> bool {
    last_name(ty).is_some_and(|last| last == name)
}

/// The `T` of an `Option<T>`.
pub(crate) fn optional(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = bare(ty) else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    types(&last.arguments).next()
}

/// The types in the arguments of `Path<..>`.
pub(crate) fn types(arguments: &PathArguments) -> impl Iterator<Item = &Type> {
    let arguments = match arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The reference by which a context is lent, as `&T` or `Option<&T>`.
pub(crate) fn lent_reference(ty: &Type) -> Option<&TypeReference> {
    match bare(optional(ty).unwrap_or(ty)) {
        Type::Reference(reference) => Some(reference),
        _ => None,
    }
}

/// The `T` of a `ContextRef<'_, T>`.
pub(crate) fn context_ref(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = bare(ty) else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "ContextRef")?;
    types(&last.arguments).next()
}
