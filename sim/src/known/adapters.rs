//! The miniport adapters.

use std::collections::BTreeMap;

use ndis::NdisStatus;
use ndis::sys::*;

use crate::known::handle::Handle;
use crate::known::lists::Lists;
use crate::known::requests::Requests;
use crate::known::table::Table;
use crate::report::Rule;

/// The adapters that have not halted.
#[derive(Default)]
pub(crate) struct Adapters(BTreeMap<Handle, AdapterState>);

/// What NDIS knows of an adapter.
#[derive(Default)]
pub(crate) struct AdapterState {
    pub(crate) dma: Option<Handle>,
    /// The registration is this crate's own, which ends with the adapter.
    pub(crate) own_dma: bool,
    pub(crate) requests: Requests,
    pub(crate) lists: Lists,
}

impl Adapters {
    pub(crate) fn add(&mut self, handle: Handle) {
        self.0.insert(handle, AdapterState::default());
    }

    pub(crate) fn get(&mut self, handle: Handle) -> Option<&mut AdapterState> {
        self.0.get_mut(&handle)
    }

    pub(crate) fn remove(&mut self, handle: Handle) -> Option<AdapterState> {
        self.0.remove(&handle)
    }

    /// Ends a registration of scatter/gather DMA.
    pub(crate) fn deregister_dma(&mut self, dma: Handle) {
        self.0.values_mut().filter(|adapter| adapter.dma == Some(dma)).for_each(|adapter| adapter.dma = None);
    }

    /// Notes that an adapter, which has no requests if it is gone, has completed one; or says what is wrong with that.
    pub(crate) fn complete_request(
        &mut self,
        adapter: Handle,
        request: PNDIS_OID_REQUEST,
        status: NdisStatus,
    ) -> Result<(), (Rule, String)> {
        let mut none = Requests::default();
        self.get(adapter).map_or(&mut none, |adapter| &mut adapter.requests).complete(request, status)
    }

    /// Notes that an adapter, which has no lists if it is gone, has completed one, and returns the next in its chain; or
    /// says what is wrong with that.
    pub(crate) fn complete_list(
        &mut self,
        adapter: Handle,
        list: PNET_BUFFER_LIST,
    ) -> Result<PNET_BUFFER_LIST, (Rule, String)> {
        let mut none = Lists::default();
        self.get(adapter).map_or(&mut none, |adapter| &mut adapter.lists).complete(list)
    }
}

impl AdapterState {
    /// What the adapter owes.
    pub(crate) fn unfinished(&self, breaches: &mut Vec<(Rule, String)>) {
        let requests = self.requests.outstanding();
        if requests > 0 {
            breaches.push((Rule::OidNotCompleted, format!("{requests} OID requests were never completed")));
        }
        let lists = self.lists.outstanding();
        if lists > 0 {
            breaches.push((Rule::ListNotCompleted, format!("{lists} net buffer lists were never completed")));
        }
    }
}

impl Table for Adapters {
    fn unfinished(&self, breaches: &mut Vec<(Rule, String)>) {
        self.0.values().for_each(|adapter| adapter.unfinished(breaches));
    }
}
