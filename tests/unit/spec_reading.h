/* Reading files in tests: an arena and a list of diagnostics for each test. */
#ifndef BRIEFING_TESTS_SPEC_READING_H
#define BRIEFING_TESTS_SPEC_READING_H

#include "diag/diag.h"

struct reading {
    struct arena arena;
    struct diags diags;
};

/* Set-up and tear-down of a test for cmocka; *state is a struct reading. */
int reading_open(void **state);
int reading_close(void **state);

/* A file of that name and text, in the reading's arena. */
struct diag_source *reading_source(struct reading *reading, const char *name, const char *text);

#endif
