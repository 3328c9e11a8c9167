/* Clocks, processors and numbers of the command line. */
#define _GNU_SOURCE /* sched_getaffinity */
#include "cli/machine.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"

int64_t machine_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t machine_monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

unsigned machine_processors(void)
{
    cpu_set_t set;
    unsigned count = sched_getaffinity(0, sizeof set, &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
    char text[64];
    size_t n = 0;
    const char *why;
    if (file_read_into("/sys/fs/cgroup/cpu.max", text, sizeof text - 1, &n, &why)) {
        text[n] = 0;
        char *rest;
        unsigned long long quota = strtoull(text, &rest, 10), period = strtoull(rest, NULL, 10);
        if (quota && period && (quota + period - 1) / period < count)
            count = (unsigned)((quota + period - 1) / period);
    }
    return count ? count : 1;
}

bool machine_number(const struct options *options, enum option_id option, unsigned least, unsigned most,
                    unsigned *value, struct diags *diags)
{
    const char *text = options->value[option];
    unsigned number = 0;
    size_t digits = text ? strspn(text, "0123456789") : 0;
    if (!text)
        return true;
    for (size_t i = 0; i < digits && number <= most; i++)
        number = number * 10 + (unsigned)(text[i] - '0');
    if (digits == 0 || text[digits] || number < least || number > most) {
        diag_add(diags, DIAG_USAGE, span_none(), "--%s: '%s' is no whole number from %u to %u",
                 option_infos[option].name, text, least, most);
        return false;
    }
    *value = number;
    return true;
}
