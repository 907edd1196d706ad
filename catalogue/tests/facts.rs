//! Every entry of the catalogue agrees with the facts collected from the WDK's headers and documentation, in `facts/`.
//!
//! Prototypes, versions, IRQL, tables, statuses and what pays must be equal. Roles are a judgement in both places, so what each
//! kind of role in the facts may be in the catalogue is spelled out here.

use std::collections::{BTreeMap, BTreeSet};

use ndis_catalogue::{Outcome, Parameter, Role, SLOTS, Statuses, all};
use toml::Value;

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
        assert_eq!(entry.c_return, text(fact, "return_type"), "{}", entry.name);
    }
}

#[test]
fn names_versions_and_tables_are_those_of_the_facts() {
    let callbacks = facts("callbacks.toml", "callback", "name");
    for entry in all() {
        let fact = &callbacks[entry.name];
        assert_eq!(entry.docs, text(fact, "function"), "{}", entry.name);
        assert_eq!(entry.since, text(fact, "min_ndis"), "{}", entry.name);
        let tables: Vec<_> = entry.tables.iter().map(|(table, field)| format!("{table}.{field}")).collect();
        assert_eq!(tables, texts(fact, "registered_in"), "{}", entry.name);
        assert_eq!(text(fact, "implementer"), "driver", "{}", entry.name);
        assert_eq!(entry.deprecated.is_some(), fact["deprecated"].as_bool().unwrap(), "{}", entry.name);
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
        assert_eq!(entry.statuses.named(), texts(&callbacks[entry.name], "statuses"), "{}", entry.name);
        let set: &[&str] = match entry.statuses {
            Statuses::None => &["none"],
            Statuses::Among(_) => &["open", "documented"],
            Statuses::Only(_) => &["closed"],
        };
        assert!(set.contains(&text(&roles[entry.name], "status_set")), "{}", entry.name);
    }
}

#[test]
fn what_the_facts_are_not_sure_of_is_marked_as_a_judgement() {
    let roles = facts("roles.toml", "role", "callback");
    for entry in all() {
        let is_sure = roles[entry.name]["sure"].as_bool().unwrap();
        assert!(is_sure || entry.judgement.is_some(), "{}", entry.name);
    }
}

#[test]
fn a_callback_that_may_pend_answers_an_operation() {
    let facts = facts("callbacks.toml", "callback", "name");
    for entry in all() {
        let answers = entry.outcome.answers();
        assert_eq!(answers, facts[entry.name]["may_pend"].as_bool().unwrap(), "{}", entry.name);
        let operation = |role| matches!(role, Role::Operation | Role::Event | Role::Binds);
        let operations = entry.places().filter(|(_, parameter)| operation(parameter.role)).count();
        assert_eq!(operations, usize::from(answers), "{}", entry.name);
    }
}

/// What pays is what the facts name, and it is given what the function takes: by the types of its parameters.
#[test]
fn debts_are_paid_by_the_functions_of_the_facts() {
    let callbacks = facts("callbacks.toml", "callback", "name");
    let roles = facts("roles.toml", "role", "callback");
    let functions = facts("functions.toml", "function", "name");
    for entry in all() {
        let owed =
            roles[entry.name]["params"].as_array().unwrap().iter().find_map(|parameter| parameter.get("owed_via"));
        let completes = callbacks[entry.name].get("completes_with").or(owed).map(|name| name.as_str().unwrap());
        // What comes back pays for the callback in which it was passed on.
        let comes_back = entry.parameters.iter().any(|parameter| parameter.role == Role::ComesBack);
        let Some(owes) = entry.owes else {
            assert_eq!(completes, None, "{}", entry.name);
            continue;
        };
        let pays = texts(&functions[owes.function], "pays_debt_of");
        let pays_for = entry.name.strip_suffix("_COMPLETE").filter(|_| comes_back).unwrap_or(entry.name);
        assert!(pays.contains(&pays_for), "{}: {} pays for {pays:?}", entry.name, owes.function);
        assert!(comes_back || completes == Some(owes.function), "{}: {completes:?}", entry.name);
        let taken = functions[owes.function]["params"].as_array().unwrap();
        assert_eq!(taken.len(), owes.arguments.len(), "{}", entry.name);
        for (argument, parameter) in owes.arguments.iter().zip(taken) {
            let c_type = match *argument {
                "handle" => "NDIS_HANDLE",
                "status" => "NDIS_STATUS",
                "chain" => "PNET_BUFFER_LIST",
                "flags" => "ULONG",
                "boolean" => "BOOLEAN",
                "original" => "PNDIS_OID_REQUEST",
                name => entry.parameters.iter().find(|parameter| parameter.name == name).unwrap().c_type,
            };
            assert_eq!(c_type, text(parameter, "type"), "{}: {argument}", entry.name);
        }
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
            let legal: &[Role] = match (text(fact, "role"), released) {
                ("context_lent", None) if nullable => &[Role::LentOrNull, Role::Event],
                ("context_lent", None) => &[Role::Lent],
                ("context_given_back", Some("entry")) => &[Role::GivenBack],
                ("context_given_back", Some("return")) => &[Role::Retired],
                ("context_given_back", Some("success" | "success_or_completion")) => &[Role::Ended],
                ("context_made_out", None) => &[Role::Makes],
                ("in" | "inout", None) => &[Role::View, Role::Operation, Role::Binds, Role::Part],
                ("oid_request", None) => &[Role::Operation],
                ("oid_request_returned", None) => &[Role::ComesBack],
                ("nbl_chain_owned", None) => match fact.get("lent_if_flag") {
                    Some(_) => &[Role::Received],
                    None => &[Role::Owned],
                },
                ("ndis_handle", None) => &[Role::NdisHandle, Role::Part],
                ("value" | "flags", None) => &[Role::Value, Role::Level, Role::Part],
                // `AddressingReset` is what a reset answers beside its status.
                ("out", None) => &[Role::Out, Role::Operation],
                ("reserved", None) => &[Role::Reserved],
                other => panic!("{}: no role for {other:?}", entry.name),
            };
            assert!(legal.contains(&parameter.role), "{}: {parameter:?} is {fact:?}", entry.name);
        }
    }
}

/// Slots whose contexts come from a registration or an NDIS call of the driver, not from a callback.
const MADE_BY_REGISTRATION: [&str; 8] = [
    "SharedMemoryProvider",
    "ProtocolDriver",
    "MiniportDriver",
    "Interrupt",
    "Timer",
    "FilterDriver",
    "AddressFamily",
    "PdProvider",
];

#[test]
fn every_slot_has_its_makers_and_takers() {
    let (mut makers, mut takers) = (BTreeSet::from(MADE_BY_REGISTRATION), BTreeSet::new());
    for entry in all() {
        makers.extend(entry.made());
        makers.extend(
            entry.parameters.iter().filter(|parameter| parameter.role == Role::Binds).filter_map(Parameter::slot),
        );
        takers.extend(entry.slots().filter(|slot| Some(*slot) != entry.made()));
    }
    let slots: BTreeSet<_> = SLOTS.iter().map(|(slot, _)| *slot).collect();
    assert_eq!(makers, slots);
    assert_eq!(takers, slots);
}

#[test]
fn a_handle_that_a_callback_makes_is_given_back_to_one() {
    let ends = |parameter: &&Parameter| matches!(parameter.role, Role::GivenBack | Role::Retired | Role::Ended);
    let ends: BTreeSet<_> = all().flat_map(|entry| entry.parameters).filter(ends).filter_map(Parameter::slot).collect();
    for entry in all() {
        assert!(entry.made().is_none_or(|slot| ends.contains(slot)), "{}", entry.name);
        assert_eq!(entry.made().is_some(), entry.outcome.makes(), "{}", entry.name);
        assert!(entry.outcome != Outcome::Made || entry.makes.is_none(), "{}", entry.name);
    }
}

#[test]
fn the_names_are_those_of_the_facts() {
    let facts = facts("callbacks.toml", "callback", "name");
    let (drivers, ndis): (Vec<_>, Vec<_>) = facts.iter().partition(|(_, fact)| text(fact, "implementer") == "driver");
    let names = |facts: Vec<(&String, _)>| BTreeSet::from_iter(facts.into_iter().map(|(name, _)| name.clone()));
    let known = |names: &[&str]| BTreeSet::from_iter(names.iter().map(|name| (*name).to_owned()));
    assert_eq!(names(drivers), known(ndis_catalogue::IMPLEMENTED_BY_DRIVERS));
    assert_eq!(names(ndis), known(ndis_catalogue::IMPLEMENTED_BY_NDIS));
}
