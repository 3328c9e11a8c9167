/* The list of diagnostics, and positions in sources. */
#include "diag/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { LIMIT_PER_CODE = 100 };

static const struct diag_info infos[DIAG_CODE_COUNT] = {
#define CODE(id, name, severity, machine, allow, meaning, example, cure)                                     \
    [DIAG_##id] = {name, severity, machine, allow, meaning, example, cure},
#include "diag/codes.def"
#undef CODE
};

void diags_init(struct diags *diags, struct arena *arena)
{
    *diags = (struct diags){.arena = arena, .limit = LIMIT_PER_CODE};
    diags->last = &diags->first;
}

const struct diag_info *diag_info(enum diag_code code)
{
    return &infos[code];
}

enum diag_code diag_code_find(struct str name)
{
    for (int code = 0; code < DIAG_CODE_COUNT; code++)
        if (str_is(name, infos[code].name))
            return (enum diag_code)code;
    return DIAG_CODE_COUNT;
}

static struct str format_text(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    size_t size = n > 0 ? (size_t)n : 0;
    char *text = arena_alloc(arena, size + 1);
    vsnprintf(text, size + 1, format, again);
    va_end(again);
    return (struct str){text, size};
}

static enum diag_severity severity_of(const struct diags *diags, enum diag_code code)
{
    enum diag_severity severity = infos[code].severity;
    if (severity == DIAG_ERROR && infos[code].allow && diags->allowed[code])
        return DIAG_WARNING;
    if (severity == DIAG_WARNING && diags->warnings_as_errors)
        return DIAG_ERROR;
    return severity;
}

/* What every diagnostic past the limit shares, so that a million of them take no memory. */
static struct diag *spare_diag(struct diags *diags, enum diag_code code)
{
    if (!diags->spare)
        diags->spare = ARENA_NEW(diags->arena, struct diag);
    diags->spare->code = code;
    return diags->spare;
}

void diag_count(struct diags *diags, enum diag_code code, enum diag_severity severity, size_t more)
{
    if (severity == DIAG_ERROR)
        diags->errors += more;
    else if (severity == DIAG_WARNING)
        diags->warnings += more;
    if (severity == DIAG_ERROR && more > 0 && infos[code].machine)
        diags->machine_failed = true;
    diags->per_code[code] += more;
}

static void append(struct diags *diags, struct diag *diag)
{
    diag->next = NULL;
    *diags->last = diag;
    diags->last = &diag->next;
}

void diag_take(struct diags *diags, struct diag *diag)
{
    diag_count(diags, diag->code, diag->severity, 1);
    if (diags->per_code[diag->code] <= diags->limit)
        append(diags, diag);
}

static struct diag *copy_diag(struct arena *arena, const struct diag *diag)
{
    struct diag *copy = ARENA_NEW(arena, struct diag);
    *copy = *diag;
    copy->message = str_dup(arena, diag->message);
    copy->hint = str_dup(arena, diag->hint);
    return copy;
}

void diags_fork(struct diags *apart, const struct diags *diags, struct arena *arena)
{
    diags_init(apart, arena);
    memcpy(apart->allowed, diags->allowed, sizeof apart->allowed);
    apart->warnings_as_errors = diags->warnings_as_errors;
    apart->limit = diags->limit;
}

void diags_join(struct diags *diags, struct diag **place, const struct diags *apart)
{
    struct diag *behind = *place;
    bool at_end = diags->last == place;
    for (const struct diag *diag = apart->first; diag; diag = diag->next) {
        if (diags->per_code[diag->code]++ >= diags->limit)
            continue;
        struct diag *copy = *place = copy_diag(diags->arena, diag);
        for (struct diag **note = &copy->notes; *note; note = &(*note)->next)
            *note = copy_diag(diags->arena, *note);
        place = &copy->next;
    }
    *place = behind;
    if (at_end)
        diags->last = place;
    for (int code = 0; code < DIAG_CODE_COUNT; code++)
        if (apart->per_code[code] > apart->limit) /* those that were only counted */
            diags->per_code[code] += apart->per_code[code] - apart->limit;
    diags->errors += apart->errors;
    diags->warnings += apart->warnings;
    diags->machine_failed = diags->machine_failed || apart->machine_failed;
}

struct diag *diag_add(struct diags *diags, enum diag_code code, struct span span, const char *format, ...)
{
    enum diag_severity severity = severity_of(diags, code);
    diag_count(diags, code, severity, 1);
    if (diags->per_code[code] > diags->limit)
        return spare_diag(diags, code);
    struct diag *diag = ARENA_NEW(diags->arena, struct diag);
    diag->code = code;
    diag->severity = severity;
    diag->span = span;
    va_list args;
    va_start(args, format);
    diag->message = format_text(diags->arena, format, args);
    va_end(args);
    append(diags, diag);
    return diag;
}

void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...)
{
    if (diag == diags->spare)
        return;
    va_list args;
    va_start(args, format);
    diag->hint = format_text(diags->arena, format, args);
    va_end(args);
}

void diag_note(struct diags *diags, struct diag *diag, struct span span, const char *format, ...)
{
    if (diag == diags->spare)
        return;
    struct diag *note = ARENA_NEW(diags->arena, struct diag);
    note->code = diag->code;
    note->severity = DIAG_NOTE;
    note->span = span;
    va_list args;
    va_start(args, format);
    note->message = format_text(diags->arena, format, args);
    va_end(args);
    struct diag **last = &diag->notes;
    while (*last)
        last = &(*last)->next;
    *last = note;
}

struct sort_entry {
    struct diag *diag;
    size_t source_rank, order;
};

static int compare_entries(const void *left, const void *right)
{
    const struct sort_entry *a = left, *b = right;
    if (a->source_rank != b->source_rank)
        return a->source_rank < b->source_rank ? -1 : 1;
    if (a->diag->span.start != b->diag->span.start)
        return a->diag->span.start < b->diag->span.start ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

void diags_sort(struct diags *diags)
{
    size_t count = 0;
    for (struct diag *diag = diags->first; diag; diag = diag->next)
        count++;
    if (count < 2)
        return;
    struct sort_entry *entries = ARENA_ARRAY(diags->arena, struct sort_entry, count);
    size_t i = 0;
    for (struct diag *diag = diags->first; diag; diag = diag->next, i++) {
        entries[i] = (struct sort_entry){diag, i, i};
        /* Few sources, and neighbours mostly share one: looking back is cheap. */
        for (size_t j = i; j-- > 0;)
            if (entries[j].diag->span.source == diag->span.source) {
                entries[i].source_rank = entries[j].source_rank;
                break;
            }
    }
    qsort(entries, count, sizeof *entries, compare_entries);
    diags->last = &diags->first;
    for (i = 0; i < count; i++) {
        *diags->last = entries[i].diag;
        diags->last = &entries[i].diag->next;
    }
    *diags->last = NULL;
}

struct diag_source *diag_source_new(struct arena *arena, struct str name, struct str text)
{
    struct diag_source *source = ARENA_NEW(arena, struct diag_source);
    source->name = str_dup(arena, name);
    source->text = text;
    return source;
}

struct span span_none(void)
{
    return (struct span){0};
}

struct span span_at(struct diag_source *source, size_t start, size_t end)
{
    size_t most = source->text.n;
    if (start > most)
        start = most;
    if (end > most)
        end = most;
    return (struct span){source, (uint32_t)start, (uint32_t)(end < start ? start : end)};
}

void span_line_column(struct span span, size_t *line, size_t *column)
{
    *line = *column = 1;
    if (!span.source)
        return;
    struct str text = span.source->text;
    size_t from = 0, end = span.start < text.n ? span.start : text.n;
    for (size_t i = 0; i < end; i++) {
        bool crlf = text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
        if (text.p[i] == '\n' || (text.p[i] == '\r' && !crlf)) {
            ++*line;
            from = i + 1;
        }
    }
    if (from == 0 && text.n >= 3 && (unsigned char)text.p[0] == 0xEF && (unsigned char)text.p[1] == 0xBB &&
        (unsigned char)text.p[2] == 0xBF)
        from = end < 3 ? end : 3; /* the byte order mark takes no column */
    *column = utf8_length(str_slice(text, from, end)) + 1;
}

static size_t origin_offset(const struct diag_origin *origin, size_t at)
{
    size_t first = 0, count = origin->count; /* the stretch is among these */
    while (count > 1) {
        size_t half = count / 2;
        bool later = origin->stretches[first + half].value <= at;
        first += later ? half : 0;
        count = later ? count - half : half;
    }
    return origin->stretches[first].source + (at - origin->stretches[first].value);
}

struct span origin_span(const struct diag_origin *origin, size_t from, size_t to)
{
    struct span span = origin->span;
    if (!span.source)
        return span;
    if (!origin->count)
        return span_at(span.source, origin->span.start + from, origin->span.start + to);
    return span_at(span.source, origin_offset(origin, from), origin_offset(origin, to));
}
