//! Every callback of the catalogue, in its plainest form.
#![deny(warnings)]
#![forbid(unsafe_code)]
#![allow(dead_code)]

use ndis::prelude::*;
use ndis::{
    CancelId, FilterAttachParameters, FilterModuleHandle, FilterPause, HaltAction, Interrupt, MiniportDriverHandle,
    OidRequest, PdCounterParameters, PortNumber, ProtocolDriverHandle, SendChain, SendFlags, ShutdownAction,
};

struct Thing;
