//! The committed expansions: what the attribute writes, for people to read in `macros/expansions/`.
//!
//! Each file is a program from `expansions/input/` in which every attribute is replaced by what it writes. Run with
//! `BLESS=1` to write them anew, and read the difference. That they compile without a warning is tested in `ui-tests`.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::Visit;
use syn::{File, Item};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("expansions")
}

fn inputs() -> Vec<(String, File)> {
    let mut inputs: Vec<_> = fs::read_dir(folder().join("input"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap())
        })
        .collect();
    inputs.sort_by(|a, b| a.0.cmp(&b.0));
    inputs
}

/// The arguments of the attribute, and the item without it.
fn take_attribute(item: &Item) -> Option<(TokenStream, TokenStream)> {
    let Item::Fn(function) = item else { return None };
    let mut function = function.clone();
    let place = function.attrs.iter().position(|attribute| attribute.path().is_ident("ndis_callback"))?;
    let attribute = function.attrs.remove(place);
    Some((attribute.meta.require_list().unwrap().tokens.clone(), function.to_token_stream()))
}

/// The items the attribute writes in place of one item, the function first.
fn expand(args: TokenStream, item: TokenStream) -> Vec<Item> {
    let file: File = syn::parse2(crate::attribute::ndis_callback(args, item)).unwrap();
    file.items
}

fn expand_file(mut file: File) -> File {
    file.items = file
        .items
        .into_iter()
        .flat_map(|item| match take_attribute(&item) {
            Some((args, function)) => expand(args, function),
            None => vec![item],
        })
        .collect();
    file
}

#[test]
fn expansions_are_as_committed() {
    for (name, file) in inputs() {
        let path = folder().join(format!("{name}.rs"));
        let expanded = prettyplease::unparse(&expand_file(file));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &expanded).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(expanded == committed, "{name}.rs is not what the attribute writes; BLESS=1 writes it:\n{expanded}");
    }
}

#[test]
fn the_shared_memory_entry_has_at_most_35_lines() {
    let (_, file) = inputs().into_iter().find(|(name, _)| name == "shared_memory").unwrap();
    let (args, function) = file.items.iter().find_map(take_attribute).unwrap();
    let entry = expand(args, function).into_iter().find(|item| matches!(item, Item::Impl(_))).unwrap();
    let text = prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![entry] });
    let head = text.lines().position(|line| line.contains("fn entry")).unwrap();
    let end = text.lines().position(|line| line == "    }").unwrap();
    assert!(end - head < 35, "{} lines:\n{text}", end - head + 1);
}

/// Collects the paths that are not absolute.
#[derive(Default)]
struct Relative(HashSet<String>);

impl<'ast> Visit<'ast> for Relative {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.0.insert(names.join("::"));
        }
        syn::visit::visit_path(self, path);
    }
}

#[test]
fn expansions_name_nothing_but_absolute_paths() {
    for (name, file) in inputs() {
        for (args, function) in file.items.iter().filter_map(take_attribute) {
            let foreign = args.to_string().contains("types");
            let mut items = expand(args, function).into_iter();
            let Some(Item::Fn(function)) = items.next() else { panic!("the function comes first") };
            let mut theirs = Relative::default();
            theirs.visit_signature(&function.sig);
            theirs.visit_visibility(&function.vis);
            theirs.0.insert(function.sig.ident.to_string());
            let mut ours = Relative::default();
            let mut locals: HashSet<String> =
                ["raw", "call", "result", "Self", "Self::entry"].map(str::to_owned).into();
            for item in items {
                if let Item::Enum(item) = &item {
                    locals.insert(item.ident.to_string());
                }
                if let Item::Impl(item) = &item {
                    for function in item.items.iter().filter_map(|item| match item {
                        syn::ImplItem::Fn(function) => Some(function),
                        _ => None,
                    }) {
                        locals.extend(function.sig.inputs.iter().filter_map(|input| match input {
                            syn::FnArg::Typed(typed) => Some(typed.pat.to_token_stream().to_string()),
                            syn::FnArg::Receiver(_) => None,
                        }));
                    }
                }
                ours.visit_item(&item);
            }
            let attributes =
                ["allow", "doc", "non_camel_case_types", "unsafe", "export_name", "cfg", "dead_code", "unused_imports"];
            let left: Vec<_> = ours
                .0
                .into_iter()
                .filter(|path| !theirs.0.contains(path) && !locals.contains(path))
                .filter(|path| !attributes.contains(&path.as_str()))
                .filter(|path| !(foreign && path.starts_with("crate::bindings")))
                .collect();
            assert!(left.is_empty(), "{name}.rs: {left:?}");
        }
    }
}

#[test]
fn c_does_not_compile_on_x86() {
    let (_, file) = inputs().into_iter().find(|(name, _)| name == "foreign_types").unwrap();
    let (args, function) = file.items.iter().find_map(take_attribute).unwrap();
    let refusal = expand(args, function).into_iter().find_map(|item| match item {
        Item::Macro(item) => Some(item),
        _ => None,
    });
    let refusal = refusal.expect("an item that refuses x86");
    assert_eq!(refusal.attrs[0].to_token_stream().to_string(), "# [cfg (target_arch = \"x86\")]");
    let message: syn::LitStr = refusal.mac.parse_body().unwrap();
    assert_eq!(message.value(), crate::diagnostics::c_is_wrong_on_x86());
}
