/* libcsv, opened on first need: only rosters need it. Each function here is one of libcsv's, and hands its
 * arguments on to it. */
#include "base/library.h"

#include <csv.h>

#define CALL(name, arguments) LIBRARY_CALL(BRIEFING_CSV_SONAME, name, arguments)
#define PASS(name, arguments) LIBRARY_PASS(BRIEFING_CSV_SONAME, name, arguments)

int csv_init(struct csv_parser *p, unsigned char options)
{
    CALL(csv_init, (p, options));
}

int csv_fini(struct csv_parser *p, void (*cb1)(void *, size_t, void *), void (*cb2)(int, void *), void *data)
{
    CALL(csv_fini, (p, cb1, cb2, data));
}

void csv_free(struct csv_parser *p)
{
    PASS(csv_free, (p));
}

int csv_error(struct csv_parser *p)
{
    CALL(csv_error, (p));
}

size_t csv_parse(struct csv_parser *p, const void *s, size_t len, void (*cb1)(void *, size_t, void *),
                 void (*cb2)(int, void *), void *data)
{
    CALL(csv_parse, (p, s, len, cb1, cb2, data));
}

void csv_set_blk_size(struct csv_parser *p, size_t size)
{
    PASS(csv_set_blk_size, (p, size));
}
