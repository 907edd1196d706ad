/*
 * The stand-in as a driver of its own: a device through which the harness asks for checks.
 */
#include "standin.h"

static UNICODE_STRING device_name = RTL_CONSTANT_STRING(L"\\Device\\" STAND_IN_DEVICE);
static UNICODE_STRING link_name = RTL_CONSTANT_STRING(L"\\DosDevices\\" STAND_IN_DEVICE);
static PDEVICE_OBJECT device;

static NTSTATUS control(PIRP irp, PIO_STACK_LOCATION io) {
    PVOID buffer = irp->AssociatedIrp.SystemBuffer;
    ULONG code = io->Parameters.DeviceIoControl.IoControlCode;
    if (code == IOCTL_LIMIT_POOL) {
        if (io->Parameters.DeviceIoControl.InputBufferLength < sizeof(LONG)) return STATUS_INVALID_PARAMETER;
        kernel.pool_left = *(LONG *)buffer;
        return STATUS_SUCCESS;
    }
    if (io->Parameters.DeviceIoControl.OutputBufferLength < sizeof(struct report)) return STATUS_BUFFER_TOO_SMALL;
    memset(buffer, 0, sizeof(struct report));
    switch (code) {
    case IOCTL_TEST: test_loaded(buffer); break;
    case IOCTL_TEST_UNLOADED: test_unloaded(buffer); break;
    case IOCTL_TEST_BUGCHECKS: test_bugchecks(buffer); break;
    case IOCTL_TEST_CONTAINED: test_contained(buffer); break;
    case IOCTL_TEST_RAISED: test_raised(buffer); break;
    case IOCTL_TEST_TWICE: test_twice(buffer); break;
    case IOCTL_TEST_REGISTERING: test_registering(buffer); break;
    case IOCTL_TEST_NOUNWIND: test_nounwind(buffer); break;
    default: return STATUS_INVALID_DEVICE_REQUEST;
    }
    irp->IoStatus.Information = sizeof(struct report);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI dispatch(PDEVICE_OBJECT object, PIRP irp) {
    PIO_STACK_LOCATION io = IoGetCurrentIrpStackLocation(irp);
    NTSTATUS status;
    (void)object;
    irp->IoStatus.Information = 0;
    status = io->MajorFunction == IRP_MJ_DEVICE_CONTROL ? control(irp, io) : STATUS_SUCCESS;
    irp->IoStatus.Status = status;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static VOID NTAPI unload(PDRIVER_OBJECT driver) {
    (void)driver;
    IoDeleteSymbolicLink(&link_name);
    IoDeleteDevice(device);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING registry_path) {
    NTSTATUS status = IoCreateDevice(driver, 0, &device_name, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
    (void)registry_path;
    if (status) return status;
    IoCreateSymbolicLink(&link_name, &device_name);
    for (ULONG i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++) driver->MajorFunction[i] = dispatch;
    driver->DriverUnload = unload;
    return STATUS_SUCCESS;
}
