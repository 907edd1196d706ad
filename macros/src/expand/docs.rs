//! The documentation of what the attribute writes.

use super::Expansion;
use crate::catalogue::Callback;

impl Expansion<'_> {
    /// One line for the type.
    pub(super) fn item_docs(&self) -> String {
        let function = bare_name(&self.model.function.signature.ident);
        format!(" The C entry point of [`{function}()`], a `{}`.", self.model.callback.name)
    }

    /// The C prototype and the contract. One text: an attribute for each line took 1.4 % of rustc's instructions.
    pub(super) fn entry_docs(&self) -> String {
        let callback = self.model.callback;
        let (min, max) = callback.irql;
        let irql = if min == max { min.into() } else { format!("{min} to {max}") };
        let mut lines = vec![
            format!(" `{}`", prototype(callback)),
            String::new(),
            format!("{} IRQL: {irql}.", callback.about.concat()),
            format!(" Since NDIS {}.", callback.since),
        ];
        if !callback.statuses.named().is_empty() {
            lines.push(format!(" Statuses: {}.", callback.statuses.named().join(", ")));
        }
        let kept = callback.parameters.iter().filter(|parameter| parameter.role.is_kept());
        let contexts: Vec<&str> = kept.map(|parameter| parameter.name).collect();
        lines.extend([String::new(), " # Safety".into(), String::new()]);
        lines.push(match &*contexts {
            [] => " For NDIS to call, as above.".into(),
            contexts => format!(
                " For NDIS to call, as above; {} of the type that the function takes.",
                match contexts {
                    [one] => format!("`{one}` is one"),
                    several => format!("`{}` are each one", several.join("`, `")),
                }
            ),
        });
        lines.join("\n")
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
    let words: Vec<&str> = c_type.trim_start_matches('*').split_whitespace().collect();
    match *words {
        ["const", pointee] => format!("const {pointee} *"),
        ["mut", pointee] => format!("{pointee} *"),
        _ => c_type.into(),
    }
}

/// A name without the `r#` of a raw identifier.
fn bare_name(name: &syn::Ident) -> String {
    name.to_string().trim_start_matches("r#").into()
}
