/* The faults that a test may ask for. */
#include "batch/fault.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MEAL_BYTES = 16 << 20, MEALS = 256 /* no more than 4 GiB, should there be no limit */ };

static void eat_memory(void)
{
    for (int i = 0; i < MEALS; i++)
        memset(base_malloc(MEAL_BYTES), 1, MEAL_BYTES);
    base_out_of_memory();
}

void fault_befall(const char *fault, const char *stage, struct str path)
{
    const char *colon = fault ? strchr(fault, ':') : NULL;
    if (!colon || str_find(path, str_from(colon + 1)) == SIZE_MAX)
        return;
    struct str what = {fault, (size_t)(colon - fault)};
    if (*stage) {
        if (!str_starts(what, str_from(stage)))
            return;
        what = str_slice(what, strlen(stage) + 1, what.n);
    }
    if (str_is(what, "crash"))
        abort();
    if (str_is(what, "memory"))
        eat_memory();
    while (str_is(what, "hang"))
        pause();
}
