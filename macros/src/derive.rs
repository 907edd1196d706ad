//! `#[derive(NdisError)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::ParseStream;
use syn::{Attribute, Data, DeriveInput, Error, Ident, Path, Token, Variant};

use crate::diagnostics as say;

/// The impl, or all mistakes and an impl that fits.
pub(crate) fn ndis_error(item: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Vec::new();
    let krate = krate(&input, &mut errors);
    let variants: Vec<&Variant> = match &input.data {
        Data::Enum(data) if data.variants.is_empty() => {
            errors.push(say::no_variant(&input.ident));
            Vec::new()
        }
        Data::Enum(data) => data.variants.iter().collect(),
        _ => {
            errors.push(say::not_an_enum(&input.ident));
            Vec::new()
        }
    };
    let statuses = variants.iter().map(|variant| {
        status(variant).unwrap_or_else(|error| {
            errors.push(error);
            Ident::new("FAILURE", variant.ident.span())
        })
    });
    let statuses: Vec<Ident> = statuses.collect();
    let errors = errors.iter().map(Error::to_compile_error);
    let name = &input.ident;
    let (generics, types, bounds) = input.generics.split_for_impl();
    let index = match &*variants {
        [] => quote!(loop {}),
        variants => {
            let names = variants.iter().map(|variant| &variant.ident);
            let places = 0..variants.len();
            quote!(match self { #(Self::#names { .. } => #krate::StatusIndex::of::<#places>(),)* })
        }
    };
    // `inline`: at opt-level s an entry that returns an error takes 159 instructions with it, 164 without.
    quote! {
        #(#errors)*
        impl #generics #krate::NdisError for #name #types #bounds {
            const STATUSES: &'static [#krate::NdisStatus] = &[#(#krate::NdisStatus::#statuses),*];
            #[inline]
            fn status_index(&self) -> #krate::StatusIndex<Self> {
                #index
            }
        }
    }
}

/// The path of the runtime crate: `::ndis`, or what `#[status(crate = path)]` on the enum says.
fn krate(input: &DeriveInput, errors: &mut Vec<Error>) -> TokenStream {
    let mut krate = quote!(::ndis);
    for attribute in status_attributes(&input.attrs) {
        let path = attribute.parse_args_with(|input: ParseStream| {
            input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            input.call(Path::parse_mod_style)
        });
        match path {
            Ok(path) => krate = quote!(#path),
            Err(_) => errors.push(say::status_of_the_enum(attribute)),
        }
    }
    krate
}

/// The status a variant becomes.
fn status(variant: &Variant) -> Result<Ident, Error> {
    let attribute = match *status_attributes(&variant.attrs).collect::<Vec<_>>() {
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

fn status_attributes(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("status"))
}
