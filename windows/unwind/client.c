/*
 * client.exe [cost | refuse NUMBER]: starts the driver unwind-test.sys from the current directory, and asks it for all
 * groups of checks, for what it costs, or to stop the machine.
 *
 * Exit code 0: all passed, 1: a check failed, 2: something did not start, 3: the machine did not stop.
 */
#include "../kernel/services.h"
#include <string.h>
#include <winioctl.h>

#define REQUEST(number) CTL_CODE(FILE_DEVICE_UNKNOWN, number, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define PANIC 10
#define FIRST_REFUSAL 16

/* As in src/report.rs. */
static struct report {
    unsigned int passed, failed;
    char text[8 * 1024];
} report;

static unsigned passed, failed;

static void check(const char *what, DWORD got, DWORD wanted) {
    if (got == wanted) {
        passed++;
    } else {
        failed++;
        printf("FAIL  %s: got %#lx, wanted %#lx\n", what, got, wanted);
    }
}

static void ask(HANDLE device, const char *name, int group) {
    DWORD length = 0;
    if (!DeviceIoControl(device, REQUEST(group), NULL, 0, &report, sizeof report, &length, NULL)) broken(name);
    check("the length of a report", length, sizeof report);
    check("a group has checks", report.passed + report.failed > 0, TRUE);
    passed += report.passed;
    failed += report.failed;
    if (*report.text) printf("%s:\n%s", name, report.text);
}

static DWORD error_of_panic(HANDLE device) {
    DWORD length;
    return DeviceIoControl(device, REQUEST(PANIC), NULL, 0, NULL, 0, &length, NULL) ? ERROR_SUCCESS : GetLastError();
}

static void test(HANDLE device) {
    static const char *const groups[] = {"callbacks", "registers", "threads", "foreign exception", "differential"};
    for (int i = 0; i < 3; i++) check("a panic in a request", error_of_panic(device), ERROR_GEN_FAILURE);
    for (int i = 0; i < 5; i++) ask(device, groups[i], 1 + i);
    check("a panic in a later request", error_of_panic(device), ERROR_GEN_FAILURE);
    ask(device, groups[0], 1);
}

int main(int count, char **arguments) {
    SC_HANDLE driver;
    HANDLE device;
    DWORD length;

    open_manager();
    driver = install("UnwindTest", "unwind-test.sys");
    if (!start(driver)) broken("start unwind-test.sys");
    device = CreateFileA("\\\\.\\UnwindTest", GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (device == INVALID_HANDLE_VALUE) broken("open the device");

    if (count > 2 && !strcmp(arguments[1], "refuse")) {
        /* The process that is Wine's kernel for this driver ends, and with it the request. */
        return DeviceIoControl(device, REQUEST(FIRST_REFUSAL + atoi(arguments[2])), NULL, 0, NULL, 0, &length, NULL) ? 3 : 0;
    }
    if (count > 1 && !strcmp(arguments[1], "cost")) ask(device, "cost", 6);
    else test(device);

    CloseHandle(device);
    stop(driver, "stop unwind-test.sys");
    DeleteService(driver);
    printf("%u passed, %u failed\n", passed, failed);
    return failed != 0;
}
