/* Reading files in tests. */
#include "spec_reading.h"

int reading_open(void **state)
{
    static struct reading reading;
    arena_init(&reading.arena);
    diags_init(&reading.diags, &reading.arena);
    *state = &reading;
    return 0;
}

int reading_close(void **state)
{
    struct reading *reading = *state;
    arena_done(&reading->arena);
    return 0;
}

struct diag_source *reading_source(struct reading *reading, const char *name, const char *text)
{
    return diag_source_new(&reading->arena, str_from(name), str_from(text));
}
