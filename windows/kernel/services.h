/*
 * Drivers as services: installed from the current directory, started and stopped. What a harness needs first ends it.
 */
#ifndef SERVICES_H
#define SERVICES_H

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

static SC_HANDLE manager;

static int broken(const char *what) {
    printf("%s: error %lu\n", what, GetLastError());
    exit(2);
}

static void open_manager(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    manager = OpenSCManagerA(NULL, NULL, SC_MANAGER_ALL_ACCESS);
    if (!manager) broken("service manager");
}

/*
 * Wine gives each driver a process of its own, in which it would see another copy of ndis.sys, unless both are in one
 * load order group.
 */
static SC_HANDLE install(const char *name, const char *file) {
    char path[MAX_PATH];
    SC_HANDLE service = OpenServiceA(manager, name, SERVICE_ALL_ACCESS);
    if (service) { /* left by a run that was killed */
        DeleteService(service);
        CloseServiceHandle(service);
    }
    if (!GetFullPathNameA(file, sizeof path, path, NULL)) broken(file);
    service = CreateServiceA(manager, name, name, SERVICE_ALL_ACCESS, SERVICE_KERNEL_DRIVER, SERVICE_DEMAND_START,
                             SERVICE_ERROR_NORMAL, path, "NdisTest", NULL, NULL, NULL, NULL);
    if (!service) broken(name);
    return service;
}

static BOOL start(SC_HANDLE service) {
    SERVICE_STATUS status;
    if (!StartServiceA(service, 0, NULL)) return FALSE;
    for (int i = 0; i < 200; i++) {
        if (!QueryServiceStatus(service, &status)) return FALSE;
        if (status.dwCurrentState != SERVICE_START_PENDING) break;
        Sleep(20);
    }
    return status.dwCurrentState == SERVICE_RUNNING;
}

static void stop(SC_HANDLE service, const char *name) {
    SERVICE_STATUS status;
    if (!ControlService(service, SERVICE_CONTROL_STOP, &status)) broken(name);
    for (int i = 0; i < 200 && QueryServiceStatus(service, &status); i++) {
        if (status.dwCurrentState == SERVICE_STOPPED) return;
        Sleep(20);
    }
    broken(name);
}

#endif
