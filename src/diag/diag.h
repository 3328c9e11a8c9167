/* Diagnostics: source texts, positions in them, and the list that every phase adds to. */
#ifndef BRIEFING_DIAG_DIAG_H
#define BRIEFING_DIAG_DIAG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* One input text. */
struct diag_source {
    struct str name; /* as the user gave it; "<stdin>" for standard input */
    struct str text;
    bool confidential; /* a place in it is told, but no line of it is shown: a roster's hold passwords */
};

/* Bytes [start, end) of a source. source NULL: no position (errors about the machine or the command line). */
struct span {
    struct diag_source *source;
    uint32_t start, end;
};

enum diag_severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

enum diag_code {
#define CODE(id, name, severity, machine, allow, meaning, example, cure) DIAG_##id,
#include "diag/codes.def"
#undef CODE
    DIAG_CODE_COUNT
};

/* What codes.def says of a code. */
struct diag_info {
    const char *name;            /* "unknown-key" */
    enum diag_severity severity; /* before --allow and --warnings-as-errors */
    bool machine;                /* the machine failed us: exit status 3 */
    bool allow;                  /* --allow may turn it into a warning */
    const char *meaning, *example, *cure;
};

struct diag {
    struct diag *next;
    enum diag_code code;
    enum diag_severity severity;
    struct span span;
    struct str message; /* without position and severity, no full stop at its end */
    struct str hint;    /* may be empty */
    struct diag *notes; /* further positions: "first given here" */
};

struct diags {
    struct arena *arena; /* the texts and the list live here */
    struct diag *first, **last;
    size_t errors, warnings; /* after --allow */
    bool machine_failed;
    bool allowed[DIAG_CODE_COUNT];
    bool warnings_as_errors;
    size_t
        limit; /* at most this many of one code are kept (default 100), the rest only counted in per_code */
    size_t per_code[DIAG_CODE_COUNT];
    struct diag *spare; /* what diag_add returns past the limit: hints and notes on it vanish */
};

void diags_init(struct diags *diags, struct arena *arena);

const struct diag_info *diag_info(enum diag_code code);
/* The code of that name, or DIAG_CODE_COUNT. */
enum diag_code diag_code_find(struct str name);

/* Adds a diagnostic with the code's own severity. Returns it, for a hint or a note to be hung on; never NULL.
 */
struct diag *diag_add(struct diags *diags, enum diag_code code, struct span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Moves a diagnostic of another list with the same arena to the end of this one; past the limit of its code it is only
 * counted. */
void diag_take(struct diags *diags, struct diag *diag);
/* An empty list with the settings of another, for what is found apart from it. */
void diags_fork(struct diags *apart, const struct diags *diags, struct arena *arena);
/* Copies what was found apart into the list, where it ended when its `last` was place; what was added to it
 * since stands behind. */
void diags_join(struct diags *diags, struct diag **place, const struct diags *apart);
/* Counts more diagnostics of a code and severity, which are not in the list. */
void diag_count(struct diags *diags, enum diag_code code, enum diag_severity severity, size_t more);
void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_note(struct diags *diags, struct diag *diag, struct span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Ordered as read: by source in order of first mention, position, then order of adding. */
void diags_sort(struct diags *diags);

struct diag_source *diag_source_new(struct arena *arena, struct str name, struct str text);

struct span span_none(void);
struct span span_at(struct diag_source *source, size_t start, size_t end);
/* 1-based line, and 1-based column in code points; 1:1 for an empty source. */
void span_line_column(struct span span, size_t *line, size_t *column);

/* From byte `value` of a scalar's value on, it stands in its source from byte `source` on, byte for byte. */
struct diag_stretch {
    uint32_t value, source;
};

/* Where the bytes of a scalar's value stand in its source: in stretches, in order, the first of which begins at byte 0
 * and which tell of the value's end too. None: the value is the source from span.start on. */
struct diag_origin {
    struct span span; /* the whole scalar */
    const struct diag_stretch *stretches;
    size_t count;
};

struct span origin_span(const struct diag_origin *origin, size_t from, size_t to);

#endif
