//! The callbacks' types in C.

use super::facts::Facts;

/// The types of the callbacks and of pointers to them, as ndis.h declares them, with `NTAPI` as a kernel build has it.
pub fn c_prototypes(facts: &Facts) -> String {
    let mut text = String::new();
    for callback in &facts.callbacks {
        let parameters: Vec<_> =
            callback.parameters.iter().map(|parameter| format!("\n    {}", parameter.c_declaration())).collect();
        let parameters = if parameters.is_empty() { "void".into() } else { parameters.join(",") };
        let (returns, name) = (&callback.returns, &callback.name);
        if callback.is_pointer {
            text += &format!("typedef {returns} (NTAPI *{name})({parameters});\n\n");
            continue;
        }
        text += &format!("typedef {returns} (NTAPI {name})({parameters});\n");
        for pointer in callback.pointers.iter().filter(|pointer| *pointer != name) {
            text += &format!("typedef {name} *{pointer};\n");
        }
        text += "\n";
    }
    text
}
