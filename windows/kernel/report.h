/*
 * What the user-mode harness asks of the stand-in and what it gets: a list of checks.
 */
#ifndef REPORT_H
#define REPORT_H

#define STAND_IN_DEVICE L"NdisStandIn"
#define CHECKS 96

struct check {
    char name[60];
    long got;
    long wanted;
};

struct report {
    unsigned long count;
    struct check checks[CHECKS];
};

/* The checks while the driver is loaded: no input, a report out. */
#define IOCTL_TEST CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
/* The checks after the driver has gone: no input, a report out. */
#define IOCTL_TEST_UNLOADED CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)
/* The checks of what stops the machine: no input, a report out. Afterwards the driver is in no good state. */
#define IOCTL_TEST_BUGCHECKS CTL_CODE(FILE_DEVICE_UNKNOWN, 0x803, METHOD_BUFFERED, FILE_ANY_ACCESS)
/* The checks of panics that are contained: no input, a report out. Afterwards the provider's context is poisoned. */
#define IOCTL_TEST_CONTAINED CTL_CODE(FILE_DEVICE_UNKNOWN, 0x804, METHOD_BUFFERED, FILE_ANY_ACCESS)
/* The checks of those that stop the machine all the same, one at a time. Afterwards the driver is in no good state. */
#define IOCTL_TEST_RAISED CTL_CODE(FILE_DEVICE_UNKNOWN, 0x805, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_TEST_TWICE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x806, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_TEST_NOUNWIND CTL_CODE(FILE_DEVICE_UNKNOWN, 0x807, METHOD_BUFFERED, FILE_ANY_ACCESS)
/* The checks after a driver failed to load because its set options callback panicked: no input, a report out. */
#define IOCTL_TEST_REGISTERING CTL_CODE(FILE_DEVICE_UNKNOWN, 0x808, METHOD_BUFFERED, FILE_ANY_ACCESS)
/* The next driver gets so many blocks of pool and no more: a long in, nothing out. */
#define IOCTL_LIMIT_POOL CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)

#endif
