//! The callback and the function, side by side.

use proc_macro2::{Ident, Span};
use syn::{FnArg, GenericArgument, PathArguments, ReturnType, Type, TypeReference};

use crate::catalogue::{Callback, Outcome, Parameter, Role};
use crate::diagnostics::snake;
use crate::input::Function;

/// The callback and the function, side by side.
pub(crate) struct Model<'a> {
    pub(crate) callback: &'static Callback,
    pub(crate) function: &'a Function,
    /// The C parameters, each with what the function has for it.
    pub(crate) arguments: Vec<Argument<'a>>,
    /// What the function has beyond them.
    pub(crate) surplus: Vec<&'a FnArg>,
}

/// A C parameter.
pub(crate) struct Argument<'a> {
    pub(crate) parameter: &'static Parameter,
    /// Its name in the entry point.
    pub(crate) local: Ident,
    /// The type the function takes it as; `None` if the function does not take it, or has no such argument.
    pub(crate) ty: Option<&'a Type>,
}

impl<'a> Model<'a> {
    pub(crate) fn new(callback: &'static Callback, function: &'a Function) -> Model<'a> {
        let mut taken = function.signature.inputs.iter().filter(|input| matches!(input, FnArg::Typed(_)));
        let name = function.signature.ident.to_string();
        let arguments = callback
            .parameters
            .iter()
            .map(|parameter| Argument {
                parameter,
                local: local(&snake(parameter.name), &name),
                ty: match parameter.role.is_out() {
                    true => None,
                    false => taken.next().and_then(|input| match input {
                        FnArg::Typed(typed) => Some(&*typed.ty),
                        FnArg::Receiver(_) => None,
                    }),
                },
            })
            .collect();
        Model { callback, function, arguments, surplus: taken.collect() }
    }

    /// The arguments that the function takes.
    pub(crate) fn taken(&self) -> impl Iterator<Item = &Argument<'a>> {
        self.arguments.iter().filter(|argument| !argument.parameter.role.is_out())
    }

    /// The function's return type, unless it is `()` unsaid.
    pub(crate) fn result(&self) -> Option<&'a Type> {
        match &self.function.signature.output {
            ReturnType::Default => None,
            ReturnType::Type(_, ty) => Some(ty),
        }
    }

    /// The signature the callback wants, to copy.
    pub(crate) fn expected_signature(&self) -> String {
        let arguments: Vec<String> = self
            .taken()
            .map(|argument| format!("{}: {}", snake(argument.parameter.name), expected_type(argument.parameter)))
            .collect();
        let result = match self.callback.outcome {
            Outcome::Nothing => "",
            Outcome::Boolean => " -> bool",
            Outcome::Interrupt => " -> Interrupt",
            Outcome::Status => " -> Result<(), E>",
            Outcome::Made => " -> Result<Handle<T>, E>",
            Outcome::Attached => " -> Result<Context<T>, E>",
            Outcome::Answered => " -> Result<Answered, E>",
            Outcome::Completed => " -> Answered",
        };
        format!("fn {}({}){result}", self.function.signature.ident, arguments.join(", "))
    }
}

/// The name of a local of the entry: one that does not hide the function it calls.
fn local(name: &str, function: &str) -> Ident {
    Ident::new(&if name == function { format!("{name}_") } else { name.into() }, Span::call_site())
}

/// The Rust type a parameter is taken as, as one writes it.
pub(crate) fn expected_type(parameter: &Parameter) -> String {
    let name = parameter.rust.unwrap_or_default();
    match parameter.role {
        Role::Lent | Role::Retired => "&T".into(),
        Role::NullableLent => "Option<&T>".into(),
        Role::GivenBack => "Handle<T>".into(),
        Role::View | Role::Operation | Role::NdisHandle => format!("{name}<'_>"),
        Role::Owned | Role::Value | Role::IrqlFlags | Role::MadeOut | Role::Out => name.into(),
    }
}

/// The type itself, without the invisible groups and the parentheses around it.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        other => other,
    }
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

/// The `T` of a context that is lent as `&T`, `Option<&T>` or `ContextRef<'_, T>`.
pub(crate) fn lent(ty: &Type) -> Option<&Type> {
    lent_reference(ty).map(|reference| &*reference.elem).or_else(|| context_ref(ty))
}
