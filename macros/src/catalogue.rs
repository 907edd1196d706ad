//! Looks callbacks up in the catalogue.

pub(crate) use ndis_catalogue::{Answer, Callback, Outcome, Parameter, Role, Statuses, Taken};

/// The callback of this name in ndis.h.
pub(crate) fn find(name: &str) -> Option<&'static Callback> {
    ndis_catalogue::all().find(|callback| callback.name == name)
}

/// Whether NDIS implements the callback type of this name.
pub(crate) fn is_implemented_by_ndis(name: &str) -> bool {
    ndis_catalogue::IMPLEMENTED_BY_NDIS.contains(&name)
}

/// Whether it is a callback of ndis.h that has no entry yet.
pub(crate) fn is_not_covered(name: &str) -> bool {
    ndis_catalogue::IMPLEMENTED_BY_DRIVERS.contains(&name)
}

/// The callbacks the author may have meant by `name`: those that the documentation, a pointer type or a table's field
/// calls so, or else the one with the most similar name.
pub(crate) fn nearest(name: &str) -> Vec<&'static Callback> {
    let also_called = |callback: &&Callback| {
        callback.docs == name || callback.pointer == name || callback.tables.iter().any(|(_, field)| *field == name)
    };
    let mut meant: Vec<_> = ndis_catalogue::all().filter(also_called).collect();
    if meant.is_empty() {
        meant.extend(similar(name));
    }
    meant
}

/// The callback with the name most similar to `name`, if one is similar enough.
fn similar(name: &str) -> Option<&'static Callback> {
    let name = name.to_lowercase();
    ndis_catalogue::all()
        .map(|callback| (strsim::jaro_winkler(&callback.name.to_lowercase(), &name), callback))
        .filter(|(similarity, _)| *similarity > 0.85)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, callback)| callback)
}

/// The name of the type that the function takes for the parameter: `Chain` for `Chain<MiniportSend>`.
pub(crate) fn type_name(parameter: &Parameter) -> String {
    let spelling = parameter.spelling().to_string();
    spelling.split('<').next().unwrap_or_default().to_owned()
}

/// Whether functions for some callback take a value of this name, or one about it.
pub(crate) fn is_value(name: &str) -> bool {
    let mut values = ndis_catalogue::all().flat_map(Callback::arguments).map(|(_, parameter)| parameter);
    values.any(|value| value.role.taken() == Taken::Value && (value.of == Some(name) || type_name(value) == name))
}

/// The parameters that are parts of this one.
pub(crate) fn parts(callback: &'static Callback, parameter: &Parameter) -> impl Iterator<Item = &'static Parameter> {
    let name = parameter.name;
    callback.parameters.iter().filter(move |part| part.role == Role::Part && part.of == Some(name))
}

/// The parameter as C passes it: with its parts a tuple.
pub(crate) fn raw_form(callback: &'static Callback, parameter: &Parameter) -> String {
    let parts: Vec<&str> = parts(callback, parameter).map(|part| part.c_type).collect();
    match &*parts {
        [] => parameter.c_type.into(),
        parts => format!("({}, {})", parameter.c_type, parts.join(", ")),
    }
}

/// The name of the structure the parameter points to, if the runtime looks into one.
pub(crate) fn structure(parameter: &Parameter) -> Option<&'static str> {
    let name = parameter.c_type.rsplit(' ').next().unwrap_or(parameter.c_type);
    let is_typedef = name == parameter.c_type;
    let looked_into = matches!(
        parameter.role,
        Role::View | Role::Operation | Role::Owned | Role::Received | Role::ComesBack | Role::Binds
    );
    let is_pointer = !is_typedef || name.starts_with('P');
    (looked_into && is_pointer).then(|| name.strip_prefix('P').filter(|_| is_typedef).unwrap_or(name))
}

/// The parameter's name as Rust spells it: `shared_memory_parameters` for `SharedMemoryParameters`. The `p` of C's `pName`
/// is left out.
pub(crate) fn snake(parameter: &Parameter) -> String {
    snake_case(parameter.name)
}

fn snake_case(name: &str) -> String {
    let name = &*name.replace("PnP", "Pnp");
    let name = match name.strip_prefix('p') {
        Some(rest) if rest.starts_with(char::is_uppercase) => rest,
        _ => name,
    };
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (i, letter) in letters.iter().enumerate() {
        let word_begins = letter.is_uppercase()
            && i > 0
            && (letters[i - 1].is_lowercase() || letters.get(i + 1).is_some_and(|next| next.is_lowercase()));
        if word_begins {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    // `pDO` would become a keyword.
    if syn::parse_str::<syn::Ident>(&snake).is_err() {
        snake.push('_');
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callbacks_are_found_by_their_other_names() {
        for (called, name) in [
            ("MiniportHaltEx", "MINIPORT_HALT"),
            ("HaltHandlerEx", "MINIPORT_HALT"),
            ("MINIPORT_HALT_HANDLER", "MINIPORT_HALT"),
            ("ALLOCATE_SHARED_MEMORY_HANDLR", "ALLOCATE_SHARED_MEMORY_HANDLER"),
            ("filter_pause", "FILTER_PAUSE"),
        ] {
            let meant: Vec<_> = nearest(called).iter().map(|callback| callback.name).collect();
            assert_eq!(meant, [name], "{called}");
        }
        assert!(nearest("SetOptionsHandler").len() > 1);
        assert!(nearest("printk").is_empty());
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = ndis_catalogue::all().map(|callback| callback.name).collect();
        names.sort();
        let before = names.len();
        names.dedup();
        assert_eq!(names.len(), before);
    }

    #[test]
    fn c_names_become_snake_case() {
        for (c, rust) in [
            ("ProviderContext", "provider_context"),
            ("pSharedMemoryProviderContext", "shared_memory_provider_context"),
            ("NdisPDQueueArray", "ndis_pd_queue_array"),
            ("PortNumber", "port_number"),
            ("CancelId", "cancel_id"),
            ("DPC", "dpc"),
            ("NetPnPEventNotification", "net_pnp_event_notification"),
            ("pDO", "do_"),
        ] {
            assert_eq!(snake_case(c), rust);
        }
    }
}
