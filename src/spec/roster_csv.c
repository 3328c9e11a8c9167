/* libcsv does not say where a field stands. So it is fed piece by piece, each up to the next comma or line
 * end: whatever it reports while it reads a piece ends at that piece's last byte. */
#include "spec/roster_csv.h"

#include <csv.h>
#include <string.h>

enum { BLOCK_BYTES = 4096 };

struct scan {
    struct arena *arena;
    struct diag_source *source;
    struct str text;
    struct diags *diags;
    csv_visit *visit;
    void *context;
    struct csv_row row;
    size_t field_start, piece_end; /* piece_end: without the comma or line end */
    bool heard;                    /* libcsv reported something of this piece */
};

static void on_field(void *data, size_t n, void *context)
{
    struct scan *scan = context;
    struct text *field = ARENA_PUSH(scan->arena, &scan->row);
    size_t start = scan->field_start, end = scan->piece_end;
    const char *p = scan->text.p;
    while (start < end && (p[start] == ' ' || p[start] == '\t'))
        start++;
    while (end > start && (p[end - 1] == ' ' || p[end - 1] == '\t'))
        end--;
    field->at = span_at(scan->source, start, end);
    struct str written = str_slice(scan->text, start, end), read = {data, n};
    field->s = str_eq(written, read) ? written : str_dup(scan->arena, read);
    scan->field_start = scan->piece_end + 1;
    scan->heard = true;
}

static void on_row(int end, void *context)
{
    struct scan *scan = context;
    (void)end;
    scan->heard = true;
    if (scan->row.count == 0)
        return;
    scan->row.span = scan->row.items[0].at;
    scan->visit(scan->context, &scan->row);
    scan->row.count = 0;
}

static void open_parser(struct csv_parser *parser)
{
    if (csv_init(parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        base_out_of_memory();
    csv_set_blk_size(parser, BLOCK_BYTES);
}

static void report_quotes(struct scan *scan, size_t at)
{
    struct diag *diag = diag_add(scan->diags, DIAG_ROSTER_QUOTES, span_at(scan->source, at, at + 1),
                                 "quotation marks that do not fit together");
    diag_hint(scan->diags, diag, "put the whole field in quotation marks and double those inside it");
}

static size_t next_line(struct str text, size_t at)
{
    const char *end = memchr(text.p + at, '\n', text.n - at);
    return end ? (size_t)(end - text.p) + 1 : text.n;
}

static size_t piece_end(struct str text, size_t at)
{
    while (at < text.n && text.p[at] != ',' && text.p[at] != '\n' && text.p[at] != '\r')
        at++;
    return at;
}

/* A line end before any field: a blank line, or the second half of CR LF. */
static bool is_blank_line(const struct scan *scan)
{
    struct str text = scan->text;
    return !scan->heard && scan->row.count == 0 && scan->piece_end < text.n &&
           text.p[scan->piece_end] != ',' &&
           str_trim(str_slice(text, scan->field_start, scan->piece_end)).n == 0;
}

void csv_read(struct arena *arena, struct diag_source *source, struct str text, struct diags *diags,
              csv_visit *visit, void *context)
{
    struct scan scan = {arena, source, text, diags, visit, context, .heard = false};
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        scan.field_start = 3;
    struct csv_parser parser;
    open_parser(&parser);
    for (size_t at = scan.field_start; at < text.n;) {
        scan.piece_end = piece_end(text, at);
        scan.heard = false;
        size_t n = scan.piece_end - at + (scan.piece_end < text.n);
        size_t read = csv_parse(&parser, text.p + at, n, on_field, on_row, &scan);
        if (read == n) {
            at += n;
            if (is_blank_line(&scan))
                scan.field_start = at;
            continue;
        }
        if (csv_error(&parser) != CSV_EPARSE)
            base_out_of_memory();
        report_quotes(&scan, at + read);
        csv_free(&parser);
        open_parser(&parser);
        scan.row.count = 0;
        at = scan.field_start = next_line(text, at + read);
    }
    scan.piece_end = text.n;
    if (csv_fini(&parser, on_field, on_row, &scan) != 0)
        report_quotes(&scan, scan.field_start);
    csv_free(&parser);
}
