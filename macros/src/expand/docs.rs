//! The documentation of what the attribute writes.

use super::Expansion;
use crate::catalogue::Callback;
use crate::model::expected_type;

impl Expansion<'_> {
    /// One line for the type.
    pub(super) fn item_docs(&self) -> String {
        let function = bare_name(&self.model.function.signature.ident);
        format!(" The C entry point of [`{function}()`], a `{}`.", self.model.callback.name)
    }

    /// The C prototype and the contract.
    pub(super) fn entry_docs(&self) -> String {
        let callback = self.model.callback;
        let function = bare_name(&self.model.function.signature.ident);
        let mut docs = format!(" `{}` for NDIS, which calls [`{function}()`].\n\n", prototype(callback));
        docs += &callback.doc.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        let (min, max) = callback.irql;
        docs += &match min == max {
            true => format!(" IRQL: {min}."),
            false => format!(" IRQL: {min} to {max}."),
        };
        if !callback.statuses.is_empty() {
            docs += &format!(" Statuses: {}.", callback.statuses.join(", "));
        }
        docs += &format!(" Since NDIS {}.", callback.since);
        let contexts: Vec<String> = self
            .model
            .taken()
            .filter(|argument| expected_type(argument.parameter).contains('T'))
            .map(|argument| format!("`{}`", argument.parameter.name))
            .collect();
        docs += "\n\n# Safety\n\nNDIS calls it, as that contract says";
        if !contexts.is_empty() {
            docs +=
                &format!("; {} came from a `Context` or `Handle` of the type the function takes", contexts.join(", "));
        }
        docs + "."
    }
}

fn prototype(callback: &Callback) -> String {
    let parameters: Vec<String> = callback
        .parameters
        .iter()
        .map(|parameter| format!("{} {}", c_spelling(parameter.c_type), parameter.name))
        .collect();
    format!("{} {}({})", callback.c_return, callback.name, parameters.join(", "))
}

/// A type as C writes it.
fn c_spelling(c_type: &str) -> String {
    match (c_type.strip_prefix("*const "), c_type.strip_prefix("*mut ")) {
        (Some(pointee), _) => format!("const {pointee} *"),
        (_, Some(pointee)) => format!("{pointee} *"),
        _ => c_type.into(),
    }
}

/// A name without the `r#` of a raw identifier.
fn bare_name(name: &syn::Ident) -> String {
    name.to_string().trim_start_matches("r#").into()
}
