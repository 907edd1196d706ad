//! The table: how each callback is called through C, and what is expected of it.

use super::answers::{Answer, Answers};
use super::exceptions::{LEVELS, VALUES};
use super::facts::{Callback, Facts, Meaning, Parameter};
use super::fixture::kept;

/// Who calls the entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Caller {
    /// The table itself.
    Rust,
    /// The functions of [`c_callers`](super::c_callers).
    C,
}

/// The table as Rust: a slice of rows, whose type is that of whoever includes it. A call goes to `fixture::name::entry`, any
/// function of the C type.
pub fn table(facts: &Facts, caller: Caller) -> String {
    let rows: String = facts.callbacks.iter().map(|callback| row(callback, facts, caller)).collect();
    format!("&[\n{rows}]\n")
}

fn row(callback: &Callback, facts: &Facts, caller: Caller) -> String {
    let Answers { ok, refused, failed, panicked, poisoned } = Answers::of(callback, facts);
    let irql =
        LEVELS.iter().find(|(name, _)| *name == callback.name).map_or(callback.irql, |(_, level)| (*level, *level));
    let parameters: String =
        callback.parameters.iter().map(|parameter| format!("        {},\n", meaning(parameter, facts))).collect();
    format!(
        "Callback {{
    name: \"{name}\",
    call: {call},
    parameters: &[\n{parameters}    ],
    gives: {gives},
    may_fail: {may_fail},
    is_closed: {is_closed},
    irql: {irql:?},
    settled: {settled},
    ok: {ok}, refused: {refused}, failed: {failed}, panicked: {panicked}, poisoned: {poisoned},
}},\n",
        name = callback.name,
        call = call(callback, caller),
        gives = callback.gives().map_or("None".into(), |function| format!("Some(\"{function}\")")),
        may_fail = matches!(ok, Answer::Status(_)) && callback.may_fail(),
        is_closed = callback.is_closed(),
        settled = settled(callback, facts),
    )
}

/// A call through a C function pointer, with a word for each argument.
fn call(callback: &Callback, caller: Caller) -> String {
    let types: String =
        callback.parameters.iter().map(|parameter| format!("_: {}, ", parameter.rust_type(""))).collect();
    let words: String = (0..callback.parameters.len()).map(|place| format!("from_word(words[{place}]), ")).collect();
    let argument = if words.is_empty() { "_" } else { "words" };
    let (name, returns) = (&callback.name, &callback.returns);
    let entry = format!("unsafe extern \"system\" fn({types}) -> {returns}");
    let (before, call, after) = match caller {
        Caller::Rust => (String::new(), format!("entry({words})"), ""),
        Caller::C => (
            format!(
                "unsafe extern \"C\" {{
            fn call_{name}(entry: {entry}, {types}_: &mut BOOLEAN) -> {returns};
        }}
        let mut came_back = FALSE;
        "
            ),
            format!("call_{name}(entry, {words}&mut came_back)"),
            // What did not come back to C is no answer.
            "\n        if came_back != TRUE {\n            return Answer::Fatal;\n        }",
        ),
    };
    let (keep, answer) = match returns.as_str() {
        "VOID" => ("", "Answer::Nothing"),
        "BOOLEAN" => ("let answer = ", "Answer::Boolean(answer)"),
        _ => ("let answer = ", "Answer::Status(answer.cast_unsigned())"),
    };
    format!(
        "|{argument}| {{
        {before}let entry: {entry} = fixture::{}::entry;
        // SAFETY: the test passes what the entry must cope with.
        {keep}unsafe {{ {call} }};{after}
        {answer}
    }}",
        name.to_lowercase(),
    )
}

fn meaning(parameter: &Parameter, facts: &Facts) -> String {
    let value = VALUES.iter().find(|(c_type, _)| *c_type == parameter.c_type).map_or(5, |(_, value)| *value);
    match &parameter.meaning {
        Meaning::Object { nullable, ends } => {
            format!("Parameter::Object {{ nullable: {nullable}, ends: Ends::{ends:?} }}")
        }
        Meaning::Handle { family } => format!("Parameter::Handle(Kept::{})", kept(family)),
        Meaning::Made { family } => format!("Parameter::Made(Kept::{})", kept(family)),
        Meaning::Structure | Meaning::Request => {
            format!("Parameter::Structure({})", structure(&parameter.c_type, facts))
        }
        Meaning::RequestBack => format!("Parameter::RequestBack({})", structure(&parameter.c_type, facts)),
        Meaning::Lists { lent_if_flag } => format!("Parameter::Lists {{ may_be_lent: {lent_if_flag} }}"),
        Meaning::NdisHandle => "Parameter::NdisHandle".into(),
        Meaning::Value => format!("Parameter::Value({value})"),
        Meaning::Flags { dispatch: None } => "Parameter::Flags { dispatch: 0 }".into(),
        Meaning::Flags { dispatch: Some(flag) } => format!("Parameter::Flags {{ dispatch: {flag} }}"),
        Meaning::Out => format!("Parameter::{}", if parameter.c_type == "PBOOLEAN" { "Boolean" } else { "Ulong" }),
        Meaning::Reserved => "Parameter::Reserved".into(),
    }
}

/// A structure that begins with a header.
fn structure(c_type: &str, facts: &Facts) -> String {
    let name = c_type.trim_start_matches("CONST ").trim_end_matches(" *");
    let name = name.strip_prefix('P').filter(|pointee| facts.structures.contains_key(*pointee)).unwrap_or(name);
    let structure = facts.structures.get(name).unwrap_or_else(|| panic!("the facts do not know {name}"));
    let object_type = name.strip_prefix("NDIS_").map(|rest| format!("NDIS_OBJECT_TYPE_{rest}"));
    // What has no type of its own is of the default one.
    let object_type = object_type.and_then(|name| facts.object_types.get(&name));
    let object_type = object_type.unwrap_or(&facts.object_types["NDIS_OBJECT_TYPE_DEFAULT"]);
    let minimum = structure.sizes.first().unwrap_or_else(|| panic!("{name} has no size")).size_x64;
    format!(
        "Structure {{ name: \"{name}\", object_type: {object_type:#x}, minimum: {minimum}, size: {} }}",
        structure.sizeof_x64
    )
}

/// What settles a call, and the NDIS function that does.
fn settled(callback: &Callback, facts: &Facts) -> String {
    let (how, function) = match (callback.passes_on(), callback.paid_by(facts)) {
        (Some(function), _) => ("Passed".into(), function),
        (None, Some(function)) if callback.has(|meaning| matches!(meaning, Meaning::Lists { .. })) => {
            let status = callback.role.failure_value.contains("NDIS_STATUS_FAILURE");
            (format!("Lists {{ have_status: {status} }}"), function)
        }
        (None, Some(function)) if callback.has(|meaning| *meaning == Meaning::RequestBack) => {
            ("Original".into(), function)
        }
        (None, Some(function)) => ("Answered".into(), function),
        (None, None) => return "None".into(),
    };
    let arguments: Vec<_> = arguments(callback, function, facts);
    let level = facts.level(&facts.functions[function].irql_max);
    format!(
        "Some(Settled {{ how: How::{how}, function: \"{function}\", arguments: &[{}], highest_level: {level} }})",
        arguments.join(", ")
    )
}

/// The arguments of the function that settles a call, by what the callback was called with.
fn arguments(callback: &Callback, function: &str, facts: &Facts) -> Vec<String> {
    let function = &facts.functions[function];
    let place = |is: &dyn Fn(&Meaning) -> bool| {
        let place = callback.place(is).unwrap_or_else(|| panic!("{}: nothing to settle with", callback.name));
        format!("Paid::Argument({place})")
    };
    let argument = |parameter: &super::facts::RawParameter| match parameter.c_type.as_str() {
        "NDIS_HANDLE" if function.releases(&parameter.name) => place(&|meaning| *meaning == Meaning::NdisHandle),
        "NDIS_HANDLE" => "Paid::Handle".into(),
        "NDIS_STATUS" => "Paid::Status".into(),
        "BOOLEAN" => "Paid::Boolean".into(),
        "ULONG" => "Paid::Flags".into(),
        _ if callback.has(|meaning| *meaning == Meaning::RequestBack) => "Paid::Original".into(),
        c_type => {
            let place = callback.parameters.iter().position(|own| own.c_type == c_type);
            format!(
                "Paid::Argument({})",
                place.unwrap_or_else(|| panic!("{}: no {c_type} to settle with", callback.name))
            )
        }
    };
    function.params.iter().map(argument).collect()
}
