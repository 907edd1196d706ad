//! The parameters of every callback as types, for the code that `#[ndis_callback]` writes.

use core::marker::PhantomData;

use crate::callback::Callback;

/// A parameter of a callback.
pub trait Parameter {
    /// The callback it is a parameter of.
    type Callback: Callback;
    /// Its C type.
    type Raw;
}

/// The parameter of `K` that has the role `R` and the C type `Raw`.
#[derive(Debug)]
pub struct Param<K, R, Raw>(PhantomData<(K, R, Raw)>);

impl<K: Callback, R, Raw> Parameter for Param<K, R, Raw> {
    type Callback = K;
    type Raw = Raw;
}

macro_rules! parameters {
    ($family:ident:
        $( $(#[$doc:meta])* $name:ident = $function:literal {
            $(typedef $typedef:ident)? $(shares $shared:ident)?
            ($($param:ident: $ty:ty = $role:ident $(<$slot:ident>)? $(as $rust:ident)?,)*) -> $ret:ident
            $($facts:tt)*
        } )*
    ) => {
        $(
            #[doc = concat!("The parameters of `", stringify!($name), "`.")]
            #[allow(non_snake_case)]
            pub mod $name {
                #[allow(unused_imports)]
                use crate::sys::{*, $family::*};

                $(
                    #[doc = concat!("`", stringify!($ty), " ", stringify!($param), "`")]
                    pub type $param = super::Param<
                        crate::callback::$name, crate::role::$role $(<crate::slot::$slot>)?, $ty
                    >;
                )*
            }
        )*
    };
}

ndis_catalogue::for_each_callback! { parameters }
