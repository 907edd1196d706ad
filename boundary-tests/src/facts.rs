//! The facts about the callbacks of the catalogue, put together from their files.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::exceptions::PASSED_BY_THE_DRIVER;

/// The folder of the facts.
pub const FACTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../facts");

/// What the generators know.
#[derive(Debug)]
pub struct Facts {
    /// The callbacks, in the order of the catalogue.
    pub callbacks: Vec<Callback>,
    pub(super) functions: BTreeMap<String, Function>,
    pub(super) structures: BTreeMap<String, Structure>,
    pub(super) object_types: BTreeMap<String, u8>,
    pub(super) statuses: BTreeMap<String, u32>,
    levels: BTreeMap<String, u8>,
}

/// A callback.
#[derive(Debug)]
pub struct Callback {
    /// The name in ndis.h.
    pub name: String,
    /// The C return type.
    pub returns: String,
    /// The C parameters.
    pub parameters: Vec<Parameter>,
    /// The names of the pointer to it.
    pub pointers: Vec<String>,
    /// The type of the name itself is a pointer.
    pub is_pointer: bool,
    pub(super) entry: &'static ndis_catalogue::Callback,
    /// The lowest and the highest level NDIS calls at.
    pub(super) irql: (u8, u8),
    pub(super) may_pend: bool,
    completes_with: Option<String>,
    pub(super) role: Role,
}

/// A C parameter.
#[derive(Debug)]
pub struct Parameter {
    /// The name in ndis.h.
    pub name: String,
    /// The C type.
    pub c_type: String,
    pub(super) meaning: Meaning,
    /// What the catalogue says of it.
    pub(super) entry: &'static ndis_catalogue::Parameter,
}

/// What a parameter is for the driver.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning {
    /// The driver's object; whether it may be NULL, and when it ends.
    Object {
        nullable: bool,
        ends: Ends,
    },
    /// A handle of the driver's that comes back.
    Handle {
        family: String,
    },
    /// Where a handle of the driver's is written.
    Made {
        family: String,
    },
    /// A structure with a header.
    Structure,
    /// A request with a header.
    Request,
    /// The driver's own request, which comes back.
    RequestBack,
    /// Net buffer lists; whether a flag says that they are lent.
    Lists {
        lent_if_flag: bool,
    },
    NdisHandle,
    Value,
    /// Flags of lists; which one says that the call is made at DISPATCH_LEVEL.
    Flags {
        dispatch: Option<String>,
    },
    Out,
    Reserved,
}

/// When an object ends.
#[derive(Debug, PartialEq)]
pub(super) enum Ends {
    Never,
    OnReturn,
    OnSuccess,
}

#[derive(Deserialize, Debug)]
pub(super) struct Role {
    callback: String,
    params: Vec<RoleParameter>,
    context_made_by: Option<String>,
    pub(super) failure_value: String,
    pub(super) poison_answer: String,
    status_set: String,
}

#[derive(Deserialize, Debug)]
struct RoleParameter {
    role: String,
    #[serde(default)]
    nullable: bool,
    #[serde(default)]
    family: String,
    released: Option<String>,
    lent_if_flag: Option<String>,
    dispatch_flag: Option<String>,
    owed_via: Option<String>,
}

#[derive(Deserialize)]
struct RawCallback {
    name: String,
    return_type: String,
    params: Vec<RawParameter>,
    typedef_kind: String,
    pointer_typedefs: Vec<String>,
    irql_min: String,
    irql_max: String,
    may_pend: bool,
    completes_with: Option<String>,
}

#[derive(Deserialize, Debug)]
pub(super) struct RawParameter {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) c_type: String,
}

/// An NDIS function.
#[derive(Deserialize, Debug)]
pub(super) struct Function {
    name: String,
    pub(super) params: Vec<RawParameter>,
    #[serde(default)]
    pub(super) irql_max: String,
    pays_debt_of: Vec<String>,
    #[serde(default)]
    handles: Vec<FunctionHandle>,
}

#[derive(Deserialize, Debug)]
struct FunctionHandle {
    param: String,
    role: String,
}

#[derive(Deserialize, Debug)]
pub(super) struct Structure {
    name: String,
    #[serde(default)]
    pub(super) sizeof_x64: u16,
    #[serde(default)]
    pub(super) sizes: Vec<Size>,
}

#[derive(Deserialize, Debug)]
pub(super) struct Size {
    pub(super) size_x64: u16,
}

#[derive(Deserialize)]
struct Status {
    name: String,
    value: u32,
}

#[derive(Deserialize)]
struct Callbacks {
    callback: Vec<RawCallback>,
}

#[derive(Deserialize)]
struct Roles {
    role: Vec<Role>,
}

#[derive(Deserialize)]
struct Functions {
    function: Vec<Function>,
}

#[derive(Deserialize)]
struct Structures {
    #[serde(rename = "struct")]
    structures: Vec<Structure>,
    object_types: BTreeMap<String, u8>,
}

#[derive(Deserialize)]
struct Statuses {
    status: Vec<Status>,
    ntstatus: Vec<Status>,
}

#[derive(Deserialize)]
struct Levels {
    x64: BTreeMap<String, u8>,
}

fn file<T: DeserializeOwned>(name: &str) -> T {
    let text = fs::read_to_string(format!("{FACTS}/{name}")).expect("the facts are beside this crate");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Rows by their names.
fn by_name<T>(rows: Vec<T>, name: impl Fn(&T) -> &String) -> BTreeMap<String, T> {
    rows.into_iter().map(|row| (name(&row).clone(), row)).collect()
}

impl Facts {
    /// Reads the facts about the callbacks of the catalogue.
    pub fn read() -> Facts {
        let mut callbacks = by_name(file::<Callbacks>("callbacks.toml").callback, |row| &row.name);
        let mut roles = by_name(file::<Roles>("roles.toml").role, |row| &row.callback);
        let functions = by_name(file::<Functions>("functions.toml").function, |row| &row.name);
        let structures: Structures = file("structs.toml");
        let statuses: Statuses = file("status.toml");
        let levels = file::<Levels>("irql.toml").x64;
        let callbacks = ndis_catalogue::all()
            .map(|entry| {
                let known = |known: bool| assert!(known, "the facts do not know {}", entry.name);
                known(callbacks.contains_key(entry.name) && roles.contains_key(entry.name));
                let raw = callbacks.remove(entry.name).expect("found above");
                Callback::new(entry, raw, roles.remove(entry.name).expect("found above"), &levels)
            })
            .collect();
        Facts {
            callbacks,
            functions,
            object_types: structures.object_types,
            structures: by_name(structures.structures, |row| &row.name),
            statuses: statuses.status.into_iter().chain(statuses.ntstatus).map(|row| (row.name, row.value)).collect(),
            levels,
        }
    }

    /// The number of a level by its name.
    pub(super) fn level(&self, name: &str) -> u8 {
        self.levels[name]
    }
}

impl Callback {
    fn new(
        entry: &'static ndis_catalogue::Callback,
        raw: RawCallback,
        role: Role,
        levels: &BTreeMap<String, u8>,
    ) -> Callback {
        assert_eq!(raw.params.len(), role.params.len(), "{}", entry.name);
        assert_eq!(raw.params.len(), entry.parameters.len(), "{}", entry.name);
        let parameters = raw
            .params
            .into_iter()
            .zip(&role.params)
            .zip(entry.parameters)
            .map(|((raw, role), entry)| Parameter {
                meaning: role.meaning(&raw),
                name: raw.name,
                c_type: raw.c_type,
                entry,
            })
            .collect();
        // A device's level is any of several.
        let level = |name: &str, end: &str| levels[if name == "DIRQL" { end } else { name }];
        Callback {
            name: raw.name,
            returns: raw.return_type,
            parameters,
            pointers: raw.pointer_typedefs,
            is_pointer: raw.typedef_kind == "pointer",
            entry,
            irql: (level(&raw.irql_min, "DIRQL_MIN"), level(&raw.irql_max, "DIRQL_MAX")),
            may_pend: raw.may_pend,
            completes_with: raw.completes_with,
            role,
        }
    }

    /// The C type of a pointer to it.
    pub fn c_pointer(&self) -> String {
        if self.is_pointer { self.name.clone() } else { format!("{} *", self.name) }
    }

    /// The place of the parameter that means this.
    pub(super) fn place(&self, is: impl Fn(&Meaning) -> bool) -> Option<usize> {
        self.parameters.iter().position(|parameter| is(&parameter.meaning))
    }

    pub(super) fn has(&self, is: impl Fn(&Meaning) -> bool) -> bool {
        self.place(is).is_some()
    }

    /// NDIS accepts a failure of it.
    pub(super) fn may_fail(&self) -> bool {
        !self.role.failure_value.starts_with("none legal")
    }

    /// It may return only the statuses that are documented.
    pub(super) fn is_closed(&self) -> bool {
        self.role.status_set == "closed"
    }

    /// The function by which NDIS is given a context that the function makes, where that is no out parameter.
    pub(super) fn gives(&self) -> Option<&str> {
        let (_, made) = self.role.context_made_by.as_ref()?.split_once("MAKES family ")?;
        made.split_once(" via ")?.1.split([' ', ',', ';']).next()
    }

    /// What a call that does not reach the driver is passed on by.
    pub(super) fn passes_on(&self) -> Option<&str> {
        if PASSED_BY_THE_DRIVER.contains(&self.name.as_str()) {
            return None;
        }
        let function = self.role.failure_value.strip_suffix(" pass-through")?;
        function.split(' ').next_back().filter(|function| function.starts_with("Ndis"))
    }

    /// The function that pays what the driver comes to owe by a call.
    pub(super) fn paid_by<'a>(&'a self, facts: &'a Facts) -> Option<&'a str> {
        let owed = self.role.params.iter().find_map(|parameter| parameter.owed_via.as_ref());
        let named = owed.or(self.completes_with.as_ref()).map(|name| (name.as_str(), self.name.as_str()));
        // What comes back pays for the callback in which it was passed on.
        let original =
            self.name.strip_suffix("_COMPLETE").filter(|_| self.has(|meaning| *meaning == Meaning::RequestBack));
        let by_original = original.and_then(|original| {
            let pays = |function: &&Function| function.pays_debt_of.iter().any(|paid| paid == original);
            facts.functions.values().find(pays).map(|function| (function.name.as_str(), original))
        });
        let (function, paid) = named.or(by_original)?;
        let pays = facts.functions[function].pays_debt_of.iter().any(|name| name == paid);
        assert!(pays, "{}: the facts do not agree that {function} pays", self.name);
        Some(function)
    }
}

impl Parameter {
    /// The declaration in C.
    pub fn c_declaration(&self) -> String {
        format!("{} {}", self.c_type.replace("CONST ", "const "), self.name)
    }

    /// The C type as Rust spells it, found by this path.
    pub fn rust_type(&self, path: &str) -> String {
        let constant = self.c_type.strip_prefix("CONST ").and_then(|rest| rest.strip_suffix(" *"));
        match (constant, self.c_type.strip_suffix(" *")) {
            (Some(pointee), _) => format!("*const {path}{pointee}"),
            (None, Some(pointee)) => format!("*mut {path}{pointee}"),
            (None, None) => format!("{path}{}", self.c_type),
        }
    }
}

impl RoleParameter {
    fn meaning(&self, raw: &RawParameter) -> Meaning {
        match (self.role.as_str(), self.released.as_deref()) {
            ("context_lent", None) => Meaning::Object { nullable: self.nullable, ends: Ends::Never },
            ("context_given_back", Some("return")) => Meaning::Object { nullable: false, ends: Ends::OnReturn },
            ("context_given_back", Some("success" | "success_or_completion")) => {
                Meaning::Object { nullable: false, ends: Ends::OnSuccess }
            }
            ("context_given_back", Some("entry")) => Meaning::Handle { family: self.family.clone() },
            ("context_made_out", None) => Meaning::Made { family: self.family.clone() },
            ("in" | "inout", None) => Meaning::Structure,
            ("oid_request", None) => Meaning::Request,
            ("oid_request_returned", None) => Meaning::RequestBack,
            ("nbl_chain_owned", None) => Meaning::Lists { lent_if_flag: self.lent_if_flag.is_some() },
            ("ndis_handle", None) => Meaning::NdisHandle,
            ("value", None) => Meaning::Value,
            ("flags", None) => Meaning::Flags { dispatch: self.dispatch_flag.clone() },
            ("out", None) => Meaning::Out,
            ("reserved", None) => Meaning::Reserved,
            other => panic!("{}: no test knows what {other:?} is", raw.name),
        }
    }
}

impl Function {
    /// The parameter is a token of the callback's, which the function uses up, and no handle of an object.
    pub(super) fn releases(&self, parameter: &str) -> bool {
        self.handles.iter().any(|handle| handle.param == parameter && handle.role == "releases")
    }
}
