//! The size, alignment and offsets that C gives every struct of this module, checked at compile time.
//!
//! The numbers are those of Windows. The 64-bit ones hold on every system, so the host checks them too; the 32-bit ones
//! do not, since x86 Linux aligns 64-bit integers to 4 bytes, and are checked on Windows only.

use core::mem::offset_of;

use super::base::*;
use super::filter::*;
use super::miniport::*;
use super::nbl::*;
use super::oid::*;
use super::pd::*;
use super::protocol::*;
use super::set_options::*;
use super::shared_memory::*;

/// A number of bytes on targets with 64-bit pointers, and the same on those with 32-bit pointers.
#[doc(hidden)]
pub type Bytes = (usize, usize);

/// A struct's layout in C.
#[doc(hidden)]
#[derive(Debug)]
pub struct Layout {
    /// The struct.
    pub name: &'static str,
    /// Its size, padding included.
    pub size: Bytes,
    /// Its alignment.
    pub align: Bytes,
    /// The offset of each field that is declared, by name.
    pub offsets: &'static [(&'static str, Bytes)],
    /// The value of each `NDIS_SIZEOF_*` constant, by name.
    pub sizeofs: &'static [(&'static str, Bytes)],
}

/// Takes the layout of every struct, all numbers as 64-bit/32-bit, asserts them and makes them [`LAYOUTS`].
macro_rules! layouts {
    ($(
        $name:ident: size $size64:literal / $size32:literal, align $align64:literal / $align32:literal {
            $( $field:ident $offset64:literal / $offset32:literal ),* $(,)?
        } $( [ $( $sizeof:ident $end64:literal / $end32:literal ),* $(,)? ] )?
    )*) => {
        /// The layout of every struct of this module, in C.
        #[doc(hidden)]
        pub const LAYOUTS: &[Layout] = &[$(
            Layout {
                name: stringify!($name),
                size: ($size64, $size32),
                align: ($align64, $align32),
                offsets: &[$( (stringify!($field), ($offset64, $offset32)), )*],
                sizeofs: &[$($( (stringify!($sizeof), ($end64, $end32)), )*)?],
            },
        )*];

        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64", all(target_arch = "x86", windows)))]
        const _: () = {
            const fn here(wide: usize, narrow: usize) -> usize {
                if cfg!(target_pointer_width = "64") { wide } else { narrow }
            }
            $(
                assert!(size_of::<$name>() == here($size64, $size32), concat!("size of ", stringify!($name)));
                assert!(align_of::<$name>() == here($align64, $align32), concat!("alignment of ", stringify!($name)));
                $(assert!(
                    offset_of!($name, $field) == here($offset64, $offset32),
                    concat!("offset of ", stringify!($name), "::", stringify!($field)),
                );)*
                $($(assert!($sizeof as usize == here($end64, $end32), stringify!($sizeof));)*)?
            )*
        };
    };
}

layouts! {
    NDIS_OBJECT_HEADER: size 4/4, align 2/2 { Type 0/0, Revision 1/1, Size 2/2 }

    GUID: size 16/16, align 4/4 { Data1 0/0, Data2 4/4, Data3 6/6, Data4 8/8 }

    UNICODE_STRING: size 16/8, align 8/4 { Length 0/0, MaximumLength 2/2, Buffer 8/4 }

    LARGE_INTEGER: size 8/8, align 8/8 { QuadPart 0/0 }

    NET_LUID_LH: size 8/8, align 8/8 { Value 0/0 }

    SCATTER_GATHER_ELEMENT: size 24/16, align 8/8 { Address 0/0, Length 8/8, Reserved 16/12 }

    SCATTER_GATHER_LIST: size 16/8, align 8/8 { NumberOfElements 0/0, Reserved 8/4, Elements 16/8 }

    NDIS_SHARED_MEMORY_PARAMETERS: size 72/44, align 8/4 {
        Header 0/0, Flags 4/4, QueueId 8/8, SharedMemoryHandle 16/12, PreferredNode 24/16, Usage 28/20, Length 32/24,
        VirtualAddress 40/28, SGListBufferLength 48/32, SGListBuffer 56/36, VPortId 64/40,
    } [
        NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1 64/40,
        NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2 68/44,
    ]

    NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS: size 32/20, align 8/4 {
        Header 0/0, Flags 4/4, ProviderContext 8/8, AllocateSharedMemoryHandler 16/12, FreeSharedMemoryHandler 24/16,
    } [
        NDIS_SIZEOF_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1 32/20,
    ]

    NET_BUFFER_SHARED_MEMORY: size 32/20, align 8/4 {
        NextSharedMemorySegment 0/0, SharedMemoryFlags 8/4, SharedMemoryHandle 16/8, SharedMemoryOffset 24/12,
        SharedMemoryLength 28/16,
    }

    NDIS_DRIVER_OPTIONAL_HANDLERS: size 4/4, align 2/2 { Header 0/0 }

    NDIS_MINIPORT_DRIVER_CHARACTERISTICS: size 160/84, align 8/4 {
        Header 0/0, MajorNdisVersion 4/4, MinorNdisVersion 5/5, MajorDriverVersion 6/6, MinorDriverVersion 7/7,
        Flags 8/8, SetOptionsHandler 16/12, InitializeHandlerEx 24/16, HaltHandlerEx 32/20, UnloadHandler 40/24,
        PauseHandler 48/28, RestartHandler 56/32, OidRequestHandler 64/36, SendNetBufferListsHandler 72/40,
        ReturnNetBufferListsHandler 80/44, CancelSendHandler 88/48, CheckForHangHandlerEx 96/52,
        ResetHandlerEx 104/56, DevicePnPEventNotifyHandler 112/60, ShutdownHandlerEx 120/64,
        CancelOidRequestHandler 128/68, DirectOidRequestHandler 136/72, CancelDirectOidRequestHandler 144/76,
        SynchronousOidRequestHandler 152/80,
    } [
        NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 136/72,
        NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2 152/80,
        NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3 160/84,
    ]

    NDIS_MINIPORT_INIT_PARAMETERS: size 64/40, align 8/8 {
        Header 0/0, Flags 4/4, AllocatedResources 8/8, IMDeviceInstanceContext 16/12, MiniportAddDeviceContext 24/16,
        IfIndex 32/20, NetLuid 40/24, DefaultPortAuthStates 48/32, PciDeviceCustomProperties 56/36,
    } [
        NDIS_SIZEOF_MINIPORT_INIT_PARAMETER_REVISION_1 64/40,
    ]

    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES: size 32/20, align 8/4 {
        Header 0/0, MiniportAdapterContext 8/4, AttributeFlags 16/8, CheckForHangTimeInSeconds 20/12,
        InterfaceType 24/16,
    } [
        NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1 28/20,
        NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2 28/20,
    ]

    NDIS_MINIPORT_PAUSE_PARAMETERS: size 12/12, align 4/4 {
        Header 0/0, Flags 4/4, PauseReason 8/8,
    } [
        NDIS_SIZEOF_MINIPORT_PAUSE_PARAMETERS_REVISION_1 12/12,
    ]

    NDIS_SG_DMA_DESCRIPTION: size 48/28, align 8/4 {
        Header 0/0, Flags 4/4, MaximumPhysicalMapping 8/8, ProcessSGListHandler 16/12,
        SharedMemAllocateCompleteHandler 24/16, ScatterGatherListSize 32/20, PdoOverride 40/24,
    } [
        NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1 36/24,
        NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_2 48/28,
    ]

    NDIS_FILTER_ATTACH_PARAMETERS: size 224/168, align 8/8 {
        Header 0/0, IfIndex 4/4, NetLuid 8/8, FilterModuleGuidName 16/16, BaseMiniportIfIndex 24/20,
        BaseMiniportInstanceName 32/24, BaseMiniportName 40/28, MediaConnectState 48/32, MediaDuplexState 52/36,
        XmitLinkSpeed 56/40, RcvLinkSpeed 64/48, MiniportMediaType 72/56, MiniportPhysicalMediaType 76/60,
        MiniportMediaSpecificAttributes 80/64, DefaultOffloadConfiguration 88/68, MacAddressLength 96/72,
        CurrentMacAddress 98/74, BaseMiniportNetLuid 136/112, LowerIfIndex 144/120, LowerIfNetLuid 152/128,
        Flags 160/136, HDSplitCurrentConfig 168/140, ReceiveFilterCapabilities 176/144,
        MiniportPhysicalDeviceObject 184/148, NicSwitchCapabilities 192/152, BaseMiniportIfConnectorPresent 200/156,
        SriovCapabilities 208/160, NicSwitchArray 216/164,
    } [
        NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_1 164/140,
        NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_2 176/144,
        NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_3 200/156,
        NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_4 224/168,
    ]

    NDIS_FILTER_ATTRIBUTES: size 8/8, align 4/4 {
        Header 0/0, Flags 4/4,
    } [
        NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1 8/8,
    ]

    NDIS_FILTER_PAUSE_PARAMETERS: size 12/12, align 4/4 {
        Header 0/0, Flags 4/4, PauseReason 8/8,
    } [
        NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1 12/12,
    ]

    NDIS_BIND_PARAMETERS: size 312/240, align 8/8 {
        Header 0/0, ProtocolSection 8/4, AdapterName 16/8, PhysicalDeviceObject 24/12, MediaType 32/16, MtuSize 36/20,
        MaxXmitLinkSpeed 40/24, XmitLinkSpeed 48/32, MaxRcvLinkSpeed 56/40, RcvLinkSpeed 64/48,
        MediaConnectState 72/56, MediaDuplexState 76/60, LookaheadSize 80/64, PowerManagementCapabilities 88/68,
        SupportedPacketFilters 96/72, MaxMulticastListSize 100/76, MacAddressLength 104/80, CurrentMacAddress 106/82,
        PhysicalMediumType 140/116, RcvScaleCapabilities 144/120, BoundIfNetluid 152/128, BoundIfIndex 160/136,
        LowestIfNetluid 168/144, LowestIfIndex 176/152, AccessType 180/156, DirectionType 184/160,
        ConnectionType 188/164, IfType 192/168, IfConnectorPresent 194/170, ActivePorts 200/172,
        DataBackFillSize 208/176, ContextBackFillSize 212/180, MacOptions 216/184, CompartmentId 220/188,
        DefaultOffloadConfiguration 224/192, TcpConnectionOffloadCapabilities 232/196, BoundAdapterName 240/200,
        HDSplitCurrentConfig 248/204, ReceiveFilterCapabilities 256/208, PowerManagementCapabilitiesEx 264/212,
        NicSwitchCapabilities 272/216, NDKEnabled 280/220, NDKCapabilities 288/224, SriovCapabilities 296/228,
        NicSwitchArray 304/232,
    } [
        NDIS_SIZEOF_BIND_PARAMETERS_REVISION_1 248/204,
        NDIS_SIZEOF_BIND_PARAMETERS_REVISION_2 256/208,
        NDIS_SIZEOF_BIND_PARAMETERS_REVISION_3 280/220,
        NDIS_SIZEOF_BIND_PARAMETERS_REVISION_4 312/236,
    ]

    NDIS_OPEN_PARAMETERS: size 56/28, align 8/4 {
        Header 0/0, AdapterName 8/4, MediumArray 16/8, MediumArraySize 24/12, SelectedMediumIndex 32/16,
        FrameTypeArray 40/20, FrameTypeArraySize 48/24,
    } [
        NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1 52/28,
    ]

    NET_PNP_EVENT: size 152/76, align 8/4 {
        NetEvent 0/0, Buffer 8/4, BufferLength 16/8, NdisReserved 24/12, TransportReserved 56/28, TdiReserved 88/44,
        TdiClientReserved 120/60,
    }

    NET_PNP_EVENT_NOTIFICATION: size 176/96, align 8/4 {
        Header 0/0, PortNumber 4/4, NetPnPEvent 8/8, Flags 160/84, SwitchId 164/88, VPortId 168/92,
    } [
        NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1 164/88,
        NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_2 172/96,
    ]

    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS: size 128/68, align 8/4 {
        Header 0/0, MajorNdisVersion 4/4, MinorNdisVersion 5/5, MajorDriverVersion 6/6, MinorDriverVersion 7/7,
        Flags 8/8, Name 16/12, SetOptionsHandler 32/20, BindAdapterHandlerEx 40/24, UnbindAdapterHandlerEx 48/28,
        OpenAdapterCompleteHandlerEx 56/32, CloseAdapterCompleteHandlerEx 64/36, NetPnPEventHandler 72/40,
        UninstallHandler 80/44, OidRequestCompleteHandler 88/48, StatusHandlerEx 96/52,
        ReceiveNetBufferListsHandler 104/56, SendNetBufferListsCompleteHandler 112/60,
        DirectOidRequestCompleteHandler 120/64,
    } [
        NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1 120/64,
        NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2 128/68,
    ]

    NDIS_STATUS_INDICATION: size 112/68, align 8/4 {
        Header 0/0, SourceHandle 8/4, PortNumber 16/8, StatusCode 20/12, Flags 24/16, DestinationHandle 32/20,
        RequestId 40/24, StatusBuffer 48/28, StatusBufferSize 56/32, Guid 60/36, NdisReserved 80/52,
    } [
        NDIS_SIZEOF_STATUS_INDICATION_REVISION_1 112/68,
    ]

    NDIS_PD_COUNTER_PARAMETERS: size 24/16, align 8/4 {
        Header 0/0, Flags 4/4, CounterName 8/8, Type 16/12,
    } [
        NDIS_SIZEOF_PD_COUNTER_PARAMETERS_REVISION_1 20/16,
    ]

    NDIS_OID_REQUEST_QUERY: size 32/20, align 8/4 {
        Oid 0/0, InformationBuffer 8/4, InformationBufferLength 16/8, BytesWritten 20/12, BytesNeeded 24/16,
    }

    NDIS_OID_REQUEST_SET: size 32/20, align 8/4 {
        Oid 0/0, InformationBuffer 8/4, InformationBufferLength 16/8, BytesRead 20/12, BytesNeeded 24/16,
    }

    NDIS_OID_REQUEST_METHOD: size 40/32, align 8/4 {
        Oid 0/0, InformationBuffer 8/4, InputBufferLength 16/8, OutputBufferLength 20/12, MethodId 24/16,
        BytesWritten 28/20, BytesRead 32/24, BytesNeeded 36/28,
    }

    NDIS_OID_REQUEST_DATA: size 40/32, align 8/4 {
        Oid 0/0, QUERY_INFORMATION 0/0, SET_INFORMATION 0/0, METHOD_INFORMATION 0/0,
    }

    NDIS_OID_REQUEST: size 248/152, align 8/4 {
        Header 0/0, RequestType 4/4, PortNumber 8/8, Timeout 12/12, RequestId 16/16, RequestHandle 24/20, DATA 32/24,
        NdisReserved 72/56, MiniportReserved 200/120, SourceReserved 216/128, SupportedRevision 232/136,
        Reserved1 233/137, Reserved2 234/138, SwitchId 236/140, VPortId 240/144, Flags 244/148,
    } [
        NDIS_SIZEOF_OID_REQUEST_REVISION_1 236/140,
        NDIS_SIZEOF_OID_REQUEST_REVISION_2 248/152,
    ]

    NET_BUFFER_LIST: size 368/192, align 16/8 {
        Next 0/0, FirstNetBuffer 8/4, Context 16/8, ParentNetBufferList 24/12, NdisPoolHandle 32/16,
        NdisReserved 48/24, ProtocolReserved 64/32, MiniportReserved 96/48, Scratch 112/56, SourceHandle 120/60,
        NblFlags 128/64, ChildRefCount 132/68, Flags 136/72, Status 140/76, NetBufferListInfo 144/80,
    }

    NET_BUFFER: size 176/96, align 16/8 {
        Next 0/0, CurrentMdl 8/4, CurrentMdlOffset 16/8, stDataLength 24/12, MdlChain 32/16, DataOffset 40/20,
        ChecksumBias 48/24, Reserved 50/26, NdisPoolHandle 56/28, NdisReserved 64/32, ProtocolReserved 80/40,
        MiniportReserved 128/64, DataPhysicalAddress 160/80, SharedMemoryInfo 168/88,
    }
}
