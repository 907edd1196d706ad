//! Stand-ins for the NDIS functions that settle calls.

use std::collections::BTreeSet;

use super::facts::Facts;

/// The functions as Rust. Each notes its name, its arguments as words, and the lists it gets.
pub fn stand_ins(facts: &Facts) -> String {
    let settles = facts.callbacks.iter().filter_map(|callback| callback.passes_on().or(callback.paid_by(facts)));
    let mut text = String::new();
    for name in settles.collect::<BTreeSet<_>>() {
        let parameters = &facts.functions[name].params;
        // By their letters: the names of C would want an `allow`.
        let named: Vec<_> = ('a'..).zip(parameters).collect();
        let taken: Vec<_> = named.iter().map(|(name, own)| format!("{name}: {}", word(&own.c_type))).collect();
        let noted: Vec<_> = named.iter().map(|(name, _)| format!("to_word({name})")).collect();
        let lists = named.iter().find(|(_, own)| own.c_type == "PNET_BUFFER_LIST");
        let lists = lists.map_or("null_mut()".into(), |(name, _)| format!("{name}.cast()"));
        text += &format!(
            "#[unsafe(no_mangle)]\nunsafe extern \"system\" fn {name}({}) {{\n    note(\"{name}\", &[{}], {lists});\n}}\n\n",
            taken.join(", "),
            noted.join(", "),
        );
    }
    text
}

/// The Rust type of a C type's size.
fn word(c_type: &str) -> &str {
    match c_type {
        "NDIS_STATUS" | "NTSTATUS" => "i32",
        "ULONG" | "UINT" | "NDIS_PORT_NUMBER" => "u32",
        "BOOLEAN" => "u8",
        _ => "*mut c_void",
    }
}
