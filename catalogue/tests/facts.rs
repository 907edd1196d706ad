//! Every entry of the catalogue agrees with the facts collected from the WDK's headers and documentation, in `facts/`.
//!
//! Prototypes, versions, IRQL, tables and statuses must be equal. Roles are a judgement in both places, so what each
//! kind of role in the facts may be in the catalogue is spelled out here.

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

/// An entry, as text.
#[derive(Debug)]
struct Entry {
    name: &'static str,
    function: &'static str,
    pointer: &'static str,
    parameters: Vec<Parameter>,
    result: &'static str,
    since: &'static str,
    registered: Vec<String>,
    irql: (&'static str, &'static str),
    outcome: &'static str,
    made: Option<&'static str>,
    set: &'static str,
    statuses: Vec<&'static str>,
}

#[derive(Debug)]
struct Parameter {
    name: &'static str,
    c_type: &'static str,
    role: &'static str,
    slot: Option<&'static str>,
}

macro_rules! entries {
    ($family:ident:
        $( $(#[$doc:meta])* $name:ident = $function:literal {
            $(typedef $typedef:ident)? $(shares $shared:ident)?
            ($($param:ident: $ty:ty = $role:ident $(<$slot:ident>)? $(as $rust:ident)?,)*) -> $ret:ident
            since $since:literal
            registered [$($table:ident.$field:ident),*]
            irql $min:ident..=$max:ident
            returns $outcome:ident $(<$made:ident>)?
            statuses $set:ident [$($status:ident),*]
            $($answers:tt)*
        } )*
    ) => {
        fn $family() -> Vec<Entry> {
            vec![$(
                Entry {
                    name: stringify!($name),
                    function: $function,
                    pointer: concat!($(stringify!($typedef))? $(stringify!($shared))?),
                    parameters: vec![$(
                        Parameter {
                            name: stringify!($param),
                            c_type: stringify!($ty),
                            role: stringify!($role),
                            slot: [$(stringify!($slot),)?].first().copied(),
                        },
                    )*],
                    result: stringify!($ret),
                    since: stringify!($since),
                    registered: vec![$(concat!(stringify!($table), ".", stringify!($field)).to_owned()),*],
                    irql: (stringify!($min), stringify!($max)),
                    outcome: stringify!($outcome),
                    made: [$(stringify!($made),)?].first().copied(),
                    set: stringify!($set),
                    statuses: vec![$(stringify!($status)),*],
                },
            )*]
        }
    };
}

ndis_catalogue::for_each_callback! { entries }

macro_rules! all {
    ($($family:ident)*) => {
        fn all() -> Vec<Entry> {
            [$($family()),*].into_iter().flatten().collect()
        }
    };
}
ndis_catalogue::for_each_family! { all }

/// A file of facts, its tables by the value of one key.
fn facts(file: &str, table: &str, key: &str) -> BTreeMap<String, Value> {
    let path = format!("{}/../facts/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let facts: toml::Table = text.parse().unwrap();
    let rows = facts[table].as_array().unwrap();
    rows.iter().map(|row| (row[key].as_str().unwrap().to_owned(), row.clone())).collect()
}

fn text<'a>(fact: &'a Value, key: &str) -> &'a str {
    fact[key].as_str().unwrap()
}

fn texts<'a>(fact: &'a Value, key: &str) -> Vec<&'a str> {
    fact[key].as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect()
}

/// A C type of the facts, as the catalogue spells it.
fn rust_spelling(c: &str) -> String {
    let constant = c.strip_prefix("CONST ").and_then(|rest| rest.strip_suffix(" *"));
    match (constant, c.strip_suffix(" *")) {
        (Some(pointee), _) => format!("*const {pointee}"),
        (None, Some(pointee)) => format!("*mut {pointee}"),
        (None, None) => c.to_owned(),
    }
}

#[test]
fn prototypes_are_those_of_the_header() {
    let facts = facts("callbacks.toml", "callback", "name");
    for entry in all() {
        let fact = &facts[entry.name];
        let parameters: Vec<_> = entry
            .parameters
            .iter()
            .map(|parameter| (parameter.name.to_owned(), parameter.c_type.replace("* ", "*")))
            .collect();
        let expected: Vec<_> = fact["params"]
            .as_array()
            .unwrap()
            .iter()
            .map(|parameter| (text(parameter, "name").to_owned(), rust_spelling(text(parameter, "type"))))
            .collect();
        assert_eq!(parameters, expected, "{}", entry.name);
        assert_eq!(entry.result, text(fact, "return_type"), "{}", entry.name);
    }
}

#[test]
fn names_versions_and_tables_are_those_of_the_facts() {
    let callbacks = facts("callbacks.toml", "callback", "name");
    for entry in all() {
        let fact = &callbacks[entry.name];
        assert_eq!(entry.function, text(fact, "function"), "{}", entry.name);
        assert_eq!(entry.since, text(fact, "min_ndis"), "{}", entry.name);
        assert_eq!(entry.registered, texts(fact, "registered_in"), "{}", entry.name);
        assert_eq!(text(fact, "implementer"), "driver", "{}", entry.name);
        // An alias has the pointer type of what it is an alias of.
        let original = fact.get("alias_of").map_or(fact, |original| &callbacks[original.as_str().unwrap()]);
        assert!(texts(original, "pointer_typedefs").contains(&entry.pointer), "{}", entry.name);
    }
}

#[test]
fn irql_ranges_are_those_of_the_facts() {
    let facts = facts("callbacks.toml", "callback", "name");
    for entry in all() {
        let fact = &facts[entry.name];
        assert_eq!(entry.irql, (text(fact, "irql_min"), text(fact, "irql_max")), "{}", entry.name);
    }
}

#[test]
fn statuses_are_those_of_the_facts() {
    let callbacks = facts("callbacks.toml", "callback", "name");
    let roles = facts("roles.toml", "role", "callback");
    for entry in all() {
        assert_eq!(entry.statuses, texts(&callbacks[entry.name], "statuses"), "{}", entry.name);
        assert_eq!(entry.set, text(&roles[entry.name], "status_set"), "{}", entry.name);
    }
}

#[test]
fn a_callback_that_may_pend_answers_a_request() {
    let facts = facts("callbacks.toml", "callback", "name");
    for entry in all() {
        let answers = matches!(entry.outcome, "Answered" | "Completed");
        assert_eq!(answers, facts[entry.name]["may_pend"].as_bool().unwrap(), "{}", entry.name);
        let operations = entry.parameters.iter().filter(|parameter| parameter.role == "Operation").count();
        assert_eq!(operations, usize::from(answers), "{}", entry.name);
    }
}

#[test]
fn roles_are_those_of_the_facts() {
    let facts = facts("roles.toml", "role", "callback");
    for entry in all() {
        let fact = facts[entry.name]["params"].as_array().unwrap();
        assert_eq!(entry.parameters.len(), fact.len(), "{}", entry.name);
        for (parameter, fact) in entry.parameters.iter().zip(fact) {
            let nullable = fact.get("nullable").is_some_and(|nullable| nullable.as_bool().unwrap());
            let released = fact.get("released").map(|released| released.as_str().unwrap());
            let legal: &[&str] = match (text(fact, "role"), released) {
                ("context_lent", None) if nullable => &["NullableLent"],
                ("context_lent", None) => &["Lent"],
                ("context_given_back", Some("entry")) => &["GivenBack"],
                ("context_given_back", Some("return")) => &["Retired"],
                ("context_made_out", None) => &["MadeOut"],
                ("in" | "inout", None) => &["View", "Operation"],
                ("oid_request", None) => &["Operation"],
                ("nbl_chain_owned", None) => &["Owned"],
                ("ndis_handle", None) => &["NdisHandle"],
                ("value", None) => &["Value", "IrqlFlags"],
                ("flags", None) => &["IrqlFlags"],
                ("out", None) => &["Out"],
                other => panic!("{}: no role for {other:?}", entry.name),
            };
            assert!(legal.contains(&parameter.role), "{}: {parameter:?} is {fact:?}", entry.name);
        }
    }
}

/// Slots whose contexts come from a registration or an NDIS call of the driver, not from a callback.
const MADE_BY_REGISTRATION: [&str; 7] =
    ["SharedMemoryProvider", "ProtocolDriver", "MiniportDriver", "Adapter", "Interrupt", "FilterDriver", "PdProvider"];

#[test]
fn every_slot_has_its_makers_and_takers() {
    let (mut makers, mut takers) = (BTreeSet::from(MADE_BY_REGISTRATION), BTreeSet::new());
    for entry in all() {
        makers.extend(entry.made);
        takers.extend(entry.parameters.iter().filter_map(|parameter| parameter.slot));
    }
    assert_eq!(makers, takers);
}

#[test]
fn a_handle_that_a_callback_makes_is_given_back_to_one() {
    let ends: BTreeSet<_> = all()
        .iter()
        .flat_map(|entry| &entry.parameters)
        .filter(|parameter| matches!(parameter.role, "GivenBack" | "Retired"))
        .filter_map(|parameter| parameter.slot)
        .collect();
    for entry in all() {
        assert!(entry.made.is_none_or(|slot| ends.contains(slot)), "{}", entry.name);
    }
}

macro_rules! names {
    ($($name:ident)*) => {
        const IMPLEMENTED_BY_NDIS: &[&str] = &[$(stringify!($name)),*];
    };
}
ndis_catalogue::implemented_by_ndis! { names }

#[test]
fn ndis_implements_what_the_facts_say() {
    let facts = facts("callbacks.toml", "callback", "name");
    let theirs: BTreeSet<_> =
        facts.iter().filter(|(_, fact)| text(fact, "implementer") != "driver").map(|(name, _)| name.as_str()).collect();
    assert_eq!(theirs, BTreeSet::from_iter(IMPLEMENTED_BY_NDIS.iter().copied()));
}
