//! `#[derive(NdisError)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Error, Ident, Variant};

use crate::diagnostics as say;

/// The impl, or all mistakes and an impl that fits.
pub(crate) fn ndis_error(item: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Vec::new();
    let variants = match &input.data {
        Data::Enum(data) => data.variants.iter().collect(),
        _ => {
            errors.push(say::not_an_enum(&input.ident));
            Vec::new()
        }
    };
    if variants.is_empty() && errors.is_empty() {
        errors.push(say::no_variant(&input.ident));
    }
    let statuses: Vec<Ident> = variants
        .iter()
        .map(|variant| {
            status(variant).unwrap_or_else(|error| {
                errors.push(error);
                Ident::new("FAILURE", variant.ident.span())
            })
        })
        .collect();
    let name = &input.ident;
    let (generics, types, bounds) = input.generics.split_for_impl();
    let index = match variants.is_empty() {
        true => quote!(0),
        false => {
            let names = variants.iter().map(|variant| &variant.ident);
            let places = 0..variants.len();
            quote!(match self { #(Self::#names { .. } => #places,)* })
        }
    };
    let errors = errors.iter().map(Error::to_compile_error);
    quote! {
        #(#errors)*
        impl #generics ::ndis::NdisError for #name #types #bounds {
            const STATUSES: &'static [::ndis::NdisStatus] = &[#(::ndis::NdisStatus::#statuses),*];
            fn index(&self) -> usize {
                #index
            }
        }
    }
}

/// The status a variant becomes.
fn status(variant: &Variant) -> Result<Ident, Error> {
    let attributes: Vec<&Attribute> =
        variant.attrs.iter().filter(|attribute| attribute.path().is_ident("status")).collect();
    let attribute = match *attributes {
        [] => return Err(say::no_status(&variant.ident)),
        [one] => one,
        [_, second, ..] => return Err(say::several_statuses(second)),
    };
    let name: Ident = attribute.parse_args().map_err(|_| say::status_is_a_name(attribute))?;
    match name.to_string().as_str() {
        "SUCCESS" | "PENDING" => Err(say::status_is_no_error(&name)),
        text => match text.strip_prefix("NDIS_STATUS_") {
            Some(short) => Err(say::status_has_no_prefix(&name, short)),
            None => Ok(name),
        },
    }
}
