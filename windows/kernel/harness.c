/*
 * harness.exe [bugchecks | contained | registering | loading]: installs and starts the stand-in ndis.sys and
 * page-pool.sys from the current directory, asks the stand-in for its checks, or for those of that name, and prints
 * them. Exit code 0: all passed, 1: a check failed, 2: something did not start.
 */
#include "services.h"
#include <winioctl.h>
#include "report.h"

static int passed, failed;

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

/* Loads the driver for these checks only. */
static void test_once(SC_HANDLE driver, HANDLE device, const char *title, DWORD code) {
    if (!start(driver)) broken("start page-pool.sys");
    ask(device, title, code);
    stop(driver, "stop page-pool.sys");
}

static void test_contained(SC_HANDLE driver, HANDLE device) {
    for (int load = 1; load <= 2; load++) {
        test_once(driver, device, "contained panics", IOCTL_TEST_CONTAINED);
        ask(device, "unloaded", IOCTL_TEST_UNLOADED);
    }
    test_once(driver, device, "a panic at a raised level", IOCTL_TEST_RAISED);
    test_once(driver, device, "two panics", IOCTL_TEST_TWICE);
    test_once(driver, device, "a panic that must not unwind", IOCTL_TEST_NOUNWIND);
}

/* Loads the driver with memory for all but the pool's context, which set options makes. */
static void test_registering(SC_HANDLE driver, HANDLE device) {
    limit_pool(device, 2);
    if (start(driver)) broken("the driver started without memory");
    ask(device, "a panic inside the registration", IOCTL_TEST_REGISTERING);
}

/* Loads the driver without any memory, so that it panics while it loads; that ends its process and the stand-in's. */
static void test_loading(SC_HANDLE driver, HANDLE device) {
    limit_pool(device, 0);
    start(driver);
    exit(0);
}

int main(int count, char **arguments) {
    SC_HANDLE ndis, driver;
    HANDLE device;
    open_manager();
    ndis = install("NdisStandIn", "ndis.sys");
    driver = install("PagePool", "page-pool.sys");
    if (!start(ndis)) broken("start ndis.sys");
    device = CreateFileW(L"\\\\.\\" STAND_IN_DEVICE, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (device == INVALID_HANDLE_VALUE) broken("open the device");

    if (count > 1 && !strcmp(arguments[1], "bugchecks")) test_once(driver, device, "bugchecks", IOCTL_TEST_BUGCHECKS);
    else if (count > 1 && !strcmp(arguments[1], "contained")) test_contained(driver, device);
    else if (count > 1 && !strcmp(arguments[1], "registering")) test_registering(driver, device);
    else if (count > 1 && !strcmp(arguments[1], "loading")) test_loading(driver, device);
    else test(driver, device);

    CloseHandle(device);
    stop(ndis, "stop ndis.sys");
    DeleteService(driver);
    DeleteService(ndis);
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
