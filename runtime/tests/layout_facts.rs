//! The raw declarations against the facts: layouts, `NDIS_SIZEOF_*` values and the values of all other constants.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ndis::sys::layout::{Bytes, LAYOUTS};
use serde::Deserialize;

/// What C nests without a name in `NDIS_OID_REQUEST`. The facts have only the size of the whole: that of `DATA`.
const NAMELESS_IN_C: [&str; 4] =
    ["NDIS_OID_REQUEST_QUERY", "NDIS_OID_REQUEST_SET", "NDIS_OID_REQUEST_METHOD", "NDIS_OID_REQUEST_DATA"];

/// What C code has from wdm.h, not from an NDIS header.
const OF_WDM: [&str; 2] = ["TRUE", "FALSE"];

#[derive(Deserialize)]
struct StructFacts {
    #[serde(rename = "struct")]
    structs: Vec<Struct>,
    #[serde(rename = "enum")]
    enums: Vec<Enum>,
    object_types: BTreeMap<String, i64>,
    constants: BTreeMap<String, i64>,
    revisions: BTreeMap<String, i64>,
    sizeof: BTreeMap<String, Sizeof>,
}

#[derive(Deserialize)]
struct Characteristics {
    characteristics: Vec<Struct>,
}

#[derive(Deserialize)]
struct StatusFacts {
    status: Vec<Status>,
}

#[derive(Deserialize)]
struct Struct {
    name: String,
    kind: Option<String>,
    sizeof_x64: Option<usize>,
    sizeof_x86: Option<usize>,
    align_x64: Option<usize>,
    align_x86: Option<usize>,
    #[serde(default)]
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    offset_x64: i64,
    offset_x86: i64,
}

impl Field {
    /// Where the field is, if it is there on all targets: the facts say -1 where it is not.
    fn offset(&self) -> Option<Bytes> {
        usize::try_from(self.offset_x64).ok().zip(usize::try_from(self.offset_x86).ok())
    }
}

#[derive(Deserialize)]
struct Enum {
    values: Vec<EnumValue>,
}

#[derive(Deserialize)]
struct EnumValue {
    name: String,
    value: i64,
}

#[derive(Deserialize)]
struct Sizeof {
    x64: usize,
    x86: usize,
}

#[derive(Deserialize)]
struct Status {
    nt: Option<String>,
    value: i64,
}

fn facts<T: for<'de> Deserialize<'de>>(file: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../facts").join(file);
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The lines of all sources of `ndis::sys`.
fn source_lines() -> Vec<String> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sys");
    let text = fs::read_dir(sources).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    text.flat_map(|text| text.lines().map(String::from).collect::<Vec<_>>()).collect()
}

/// The structs of the facts that one of the two files describes, by name.
fn structs() -> BTreeMap<String, Vec<Struct>> {
    let mut structs = BTreeMap::<_, Vec<_>>::new();
    let all = facts::<StructFacts>("structs.toml").structs;
    for fact in all.into_iter().chain(facts::<Characteristics>("characteristics.toml").characteristics) {
        structs.entry(fact.name.clone()).or_default().push(fact);
    }
    structs
}

#[test]
fn layouts_are_those_of_the_facts() {
    let structs = structs();
    for layout in LAYOUTS.iter().filter(|layout| !NAMELESS_IN_C.contains(&layout.name)) {
        let name = layout.name;
        for fact in structs.get(name).unwrap_or_else(|| panic!("{name} is not in the facts")) {
            assert_eq!(Some(layout.size), fact.sizeof_x64.zip(fact.sizeof_x86), "size of {name}");
            if let Some(align) = fact.align_x64.zip(fact.align_x86) {
                assert_eq!(layout.align, align, "alignment of {name}");
            }
            for (field, offset) in layout.offsets {
                let same_name = |fact: &&Field| fact.name == *field;
                let fact = fact.fields.iter().find(same_name).unwrap_or_else(|| panic!("{name} has no {field}"));
                assert_eq!(Some(*offset), fact.offset(), "offset of {name}::{field}");
            }
        }
    }
}

#[test]
fn no_field_is_forgotten() {
    let structs = structs();
    for layout in LAYOUTS.iter().filter(|layout| !NAMELESS_IN_C.contains(&layout.name)) {
        let declared: BTreeSet<_> = layout.offsets.iter().map(|(_, offset)| Some(*offset)).collect();
        for fact in structs[layout.name].iter().filter(|fact| fact.kind.as_deref() != Some("union")) {
            for field in &fact.fields {
                assert!(declared.contains(&field.offset()), "nothing in {} stands for {}", layout.name, field.name);
            }
        }
    }
}

#[test]
fn sizes_of_revisions_are_those_of_the_facts() {
    let facts = facts::<StructFacts>("structs.toml").sizeof;
    for (name, value) in LAYOUTS.iter().flat_map(|layout| layout.sizeofs) {
        let fact = facts.get(*name).unwrap_or_else(|| panic!("{name} is not in the facts"));
        assert_eq!(*value, (fact.x64, fact.x86), "{name}");
    }
}

#[test]
fn every_declaration_has_its_row() {
    let rows = LAYOUTS.iter().flat_map(|layout| layout.sizeofs.iter().map(|(name, _)| *name).chain([layout.name]));
    let lines = source_lines();
    let mut declared = BTreeSet::new();
    let mut laid_out_as_in_c = false;
    for line in &lines {
        let structure = line.strip_prefix("pub struct ").or(line.strip_prefix("pub union "));
        declared.extend(structure.filter(|_| laid_out_as_in_c).and_then(|rest| rest.split(' ').next()));
        laid_out_as_in_c = line.contains("repr(C") || laid_out_as_in_c && line.starts_with("#[");

        let constant = line.strip_prefix("pub const ").and_then(|rest| rest.split(':').next());
        declared.extend(constant.filter(|name| name.starts_with("NDIS_SIZEOF_")));
    }
    let differences: Vec<_> = declared.symmetric_difference(&rows.collect()).copied().collect();
    assert!(differences.is_empty(), "declared without a row, or a row without a declaration: {differences:?}");
}

#[test]
fn constants_are_those_of_the_facts() {
    let facts_of_structs = facts::<StructFacts>("structs.toml");
    let enums = facts_of_structs.enums.into_iter().flat_map(|fact| fact.values).map(|fact| (fact.name, fact.value));
    let statuses = facts::<StatusFacts>("status.toml").status.into_iter();
    let statuses = statuses.filter_map(|fact| Some((fact.nt?, fact.value)));
    let mut facts = BTreeMap::new();
    facts.extend(facts_of_structs.object_types);
    facts.extend(facts_of_structs.constants);
    facts.extend(facts_of_structs.revisions);
    facts.extend(enums.chain(statuses));

    let mut checked = 0;
    for line in source_lines() {
        let Some((name, value)) = line.strip_prefix("pub const ").and_then(constant) else { continue };
        assert!(
            OF_WDM.contains(&name) || facts.get(name) == Some(&value),
            "{name} is {value}, not {:?}",
            facts.get(name)
        );
        checked += 1;
    }
    assert!(checked > 100, "only {checked} constants were found");
}

/// The name and value of `NAME: TYPE = LITERAL;`, if the value is an integer literal.
fn constant(declaration: &str) -> Option<(&str, i64)> {
    let (name, rest) = declaration.split_once(": ")?;
    let (_, value) = rest.split_once(" = ")?;
    let literal = value.trim_end_matches(';').trim_end_matches("_u32.cast_signed()").replace('_', "");
    let value = match literal.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16),
        None => literal.parse(),
    };
    Some((name, value.ok()?))
}
