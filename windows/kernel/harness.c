/*
 * harness.exe DIRECTORY [bugchecks]: installs and starts the stand-in ndis.sys and page-pool.sys from there, asks the
 * stand-in for its checks, or for those of bugchecks, and prints them. Exit code 0: all passed, 1: a check failed, 2:
 * something did not start.
 */
#include <stdarg.h>
#include <stdio.h>
#include <windows.h>
#include <winioctl.h>
#include "report.h"

static SC_HANDLE manager;
static int passed, failed;

static int broken(const char *what) {
    printf("%s: error %lu\n", what, GetLastError());
    exit(2);
}

/*
 * Wine gives each driver a process of its own, in which it would see another copy of ndis.sys, unless both are in one
 * load order group.
 */
static SC_HANDLE install(const char *directory, const char *name, const char *file) {
    char path[MAX_PATH];
    SC_HANDLE service = OpenServiceA(manager, name, SERVICE_ALL_ACCESS);
    if (service) { /* left by a run that was killed */
        DeleteService(service);
        CloseServiceHandle(service);
    }
    snprintf(path, sizeof path, "%s\\%s", directory, file);
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

static void show(const char *name, long got, long wanted) {
    if (got == wanted) {
        passed++;
        printf("ok    %s\n", name);
    } else {
        failed++;
        printf("FAIL  %s: got %#lx, wanted %#lx\n", name, got, wanted);
    }
}

static void ask(HANDLE device, const char *title, DWORD code) {
    static struct report report;
    DWORD length = 0;
    printf("-- %s\n", title);
    if (!DeviceIoControl(device, code, NULL, 0, &report, sizeof report, &length, NULL)) broken(title);
    if (length != sizeof report || !report.count) show("a report", length, sizeof report);
    for (unsigned long i = 0; i < report.count; i++)
        show(report.checks[i].name, report.checks[i].got, report.checks[i].wanted);
}

static void limit_pool(HANDLE device, long blocks) {
    DWORD length;
    if (!DeviceIoControl(device, IOCTL_LIMIT_POOL, &blocks, sizeof blocks, NULL, 0, &length, NULL)) broken("limit");
}

/* Loads, tests and unloads the driver, again and again. */
static void test(SC_HANDLE driver, HANDLE device) {
    long blocks;
    for (int load = 1; load <= 2; load++) {
        if (!start(driver)) broken("start page-pool.sys");
        ask(device, "loaded", IOCTL_TEST);
        stop(driver, "stop page-pool.sys");
        ask(device, "unloaded", IOCTL_TEST_UNLOADED);
    }

    printf("-- loaded with too little pool\n");
    for (blocks = 0; blocks < 10; blocks++) {
        limit_pool(device, blocks);
        if (start(driver)) break;
    }
    limit_pool(device, -1);
    show("the driver needs so many blocks to load", blocks, 3);
    if (blocks < 10) stop(driver, "stop page-pool.sys");
    ask(device, "unloaded", IOCTL_TEST_UNLOADED);
}

static void test_bugchecks(SC_HANDLE driver, HANDLE device) {
    if (!start(driver)) broken("start page-pool.sys");
    ask(device, "bugchecks", IOCTL_TEST_BUGCHECKS);
    stop(driver, "stop page-pool.sys");
}

int main(int count, char **arguments) {
    SC_HANDLE ndis, driver;
    HANDLE device;
    if (count < 2) return 2;
    setvbuf(stdout, NULL, _IONBF, 0);
    manager = OpenSCManagerA(NULL, NULL, SC_MANAGER_ALL_ACCESS);
    if (!manager) broken("service manager");
    ndis = install(arguments[1], "NdisStandIn", "ndis.sys");
    driver = install(arguments[1], "PagePool", "page-pool.sys");
    if (!start(ndis)) broken("start ndis.sys");
    device = CreateFileW(L"\\\\.\\" STAND_IN_DEVICE, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (device == INVALID_HANDLE_VALUE) broken("open the device");

    if (count > 2 && !strcmp(arguments[2], "bugchecks")) test_bugchecks(driver, device);
    else test(driver, device);

    CloseHandle(device);
    stop(ndis, "stop ndis.sys");
    DeleteService(driver);
    DeleteService(ndis);
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
