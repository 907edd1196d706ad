//! The statuses against the facts.

use std::collections::BTreeSet;
use std::fs;

use ndis::{NdisStatus, sys};
use serde::Deserialize;

#[derive(Deserialize)]
struct Facts {
    status: Vec<Status>,
}

#[derive(Deserialize)]
struct Status {
    name: String,
    signed: i32,
}

#[test]
fn statuses_are_those_of_the_facts() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../facts/status.toml")).unwrap();
    let facts: Facts = toml::from_str(&text).unwrap();
    let facts: BTreeSet<_> = facts.status.iter().map(|fact| (fact.name.as_str(), fact.signed)).collect();
    let ours: BTreeSet<_> = NdisStatus::NAMES.iter().map(|(status, name)| (*name, status.as_raw())).collect();
    let differences: Vec<_> = ours.symmetric_difference(&facts).collect();
    assert!(differences.is_empty(), "{differences:?}");
    assert_eq!(ours.len(), NdisStatus::NAMES.len(), "a row stands twice");
}

#[test]
fn constants_have_the_names_they_print() {
    assert_eq!(NdisStatus::RESOURCES.name(), Some("NDIS_STATUS_RESOURCES"));
    assert_eq!(sys::NDIS_STATUS_RESOURCES, NdisStatus::RESOURCES.as_raw());
    assert_eq!(sys::NDIS_STATUS_PENDING, 0x103);
}

#[test]
fn debug_and_display_print_the_name_and_the_value() {
    assert_eq!(format!("{:?}", NdisStatus::SUCCESS), "NDIS_STATUS_SUCCESS (0x00000000)");
    assert_eq!(format!("{:?}", NdisStatus::PENDING), "NDIS_STATUS_PENDING (0x00000103)");
    assert_eq!(format!("{}", NdisStatus::RESOURCES), "NDIS_STATUS_RESOURCES (0xC000009A)");
    assert_eq!(format!("{:?}", NdisStatus::from_raw(-1)), "NDIS_STATUS(0xFFFFFFFF)");
}

#[test]
fn of_several_names_the_current_one_is_printed() {
    assert_eq!(NdisStatus::INCOMPATABLE_QOS.name(), Some("NDIS_STATUS_INCOMPATIBLE_QOS"));
    assert_eq!(NdisStatus::WW_INDICATION.name(), Some("NDIS_STATUS_MEDIA_SPECIFIC_INDICATION"));
}

#[test]
fn only_success_is_a_success() {
    for (status, name) in NdisStatus::NAMES {
        assert_eq!(status.is_success(), *status == NdisStatus::SUCCESS, "{name}");
    }
    for status in [NdisStatus::PENDING, NdisStatus::ALREADY_COMPLETE, NdisStatus::INDICATION_REQUIRED] {
        assert!(status.as_raw() > 0 && !status.is_success());
    }
}

#[test]
fn conversions_keep_the_value() {
    assert_eq!(NdisStatus::from(i32::from(NdisStatus::FAILURE)), NdisStatus::FAILURE);
    assert_eq!(NdisStatus::from_raw(0), NdisStatus::SUCCESS);
}
