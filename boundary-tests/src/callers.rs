//! The callbacks' callers in C.

use super::facts::{Callback, Facts};

/// A C function `call_` for each callback, which calls the entry it gets through C's own type, and says that the call came
/// back: so it has work left when the entry returns, and there is a C frame below the entry.
pub fn c_callers(facts: &Facts) -> String {
    facts.callbacks.iter().map(caller).collect()
}

fn caller(callback: &Callback) -> String {
    let parameters: String =
        callback.parameters.iter().map(|parameter| format!("{}, ", parameter.c_declaration())).collect();
    let names: Vec<_> = callback.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let (keep, give) = match callback.returns.as_str() {
        "VOID" => (String::new(), ""),
        returns => (format!("{returns} answer = "), " answer"),
    };
    let (returns, name, pointer) = (&callback.returns, &callback.name, callback.c_pointer());
    let head = format!("{returns} call_{name}({pointer} entry, {parameters}BOOLEAN *came_back)");
    let arguments = names.join(", ");
    format!("{head};\n{head}\n{{\n    {keep}entry({arguments});\n    *came_back = 1;\n    return{give};\n}}\n\n")
}
