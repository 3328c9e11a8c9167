/* Diagnostics as text: position, severity, message, the line with a caret, the hint. */
#include "diag/render.h"

#include "base/utf8.h"
#include "diag/lines.h"
#include "diag/visible.h"

enum {
    GUTTER = 5,       /* columns for the line's number */
    WIDEST = 100,     /* columns of an excerpt */
    LEFT_OF_CARET = 40, /* characters shown before the caret of a line that was cut */
    LONGEST = 1200,   /* bytes of an excerpt: characters without a width could be any number */
};

struct painter {
    struct buf *out;
    bool color;
    struct lines lines; /* of the last source that was asked for */
};

static const char *const severity_words[] = {"note", "warning", "error"};
static const char *const severity_colors[] = {"\x1b[1;36m", "\x1b[1;35m", "\x1b[1;31m"};

static void paint(struct painter *p, const char *sequence)
{
    if (p->color)
        buf_text(p->out, sequence);
}

static const struct lines *lines_of(struct painter *p, const struct diag_source *source)
{
    if (p->lines.source != source) {
        lines_done(&p->lines);
        lines_init(&p->lines, source);
    }
    return &p->lines;
}

/* What of a line is shown. */
struct window {
    size_t from, to;       /* offsets */
    bool cut_left, cut_right;
};

/* More than stop when the text is that wide or far too long. */
static size_t width_of(struct str text, size_t from, size_t to, size_t stop)
{
    if (to - from > LONGEST)
        return stop + 1;
    struct buf ignored = {0};
    size_t width = 0;
    while (from < to && width <= stop)
        width += visible_add(&ignored, text, &from, width);
    buf_done(&ignored);
    return width;
}

static size_t back(struct str text, size_t at, size_t least, size_t characters)
{
    while (characters-- > 0 && at > least)
        do
            at--;
        while (at > least && ((unsigned char)text.p[at] & 0xC0) == 0x80);
    return at;
}

static struct window window_around(struct str text, size_t from, size_t to, size_t caret)
{
    struct window window = {.from = from, .to = to};
    if (width_of(text, from, to, WIDEST) <= WIDEST)
        return window;
    window.from = back(text, caret, from, LEFT_OF_CARET);
    if (width_of(text, from, caret, LEFT_OF_CARET) <= LEFT_OF_CARET)
        window.from = from;
    window.cut_left = window.from > from;
    size_t width = window.cut_left, at = window.from;
    struct buf ignored = {0};
    while (at < to) {
        size_t next = at;
        width += visible_add(&ignored, text, &next, width);
        if ((width >= WIDEST || next - window.from > LONGEST) && next > caret)
            break;
        at = next;
    }
    buf_done(&ignored);
    window.to = at;
    window.cut_right = at < to;
    return window;
}

static void add_excerpt(struct painter *p, struct span span, size_t line, enum diag_severity severity)
{
    struct str text = span.source->text;
    size_t from, to;
    lines_range(&p->lines, line, &from, &to);
    size_t start = span.start < from ? from : span.start > to ? to : span.start;
    size_t end = span.end < start ? start : span.end > to ? to : span.end;
    struct window window = window_around(text, from, to, start);
    buf_printf(p->out, "%*zu |", GUTTER, line);
    size_t column = 0, caret = 0, tail = 0, before = p->out->n;
    buf_char(p->out, ' ');
    if (window.cut_left) {
        buf_text(p->out, "…");
        column++;
    }
    caret = tail = column;
    for (size_t i = window.from; i < window.to;) {
        size_t at = i;
        column += visible_add(p->out, text, &i, column);
        if (at < start)
            caret = tail = column;
        else if (at < end)
            tail = column;
    }
    if (window.cut_right)
        buf_text(p->out, "…");
    while (p->out->n > before && p->out->p[p->out->n - 1] == ' ')
        p->out->n--;
    buf_printf(p->out, "\n%*s | ", GUTTER, "");
    buf_repeat(p->out, ' ', caret);
    paint(p, severity_colors[severity]);
    buf_char(p->out, '^');
    if (tail > caret)
        buf_repeat(p->out, '~', tail - caret - 1);
    paint(p, "\x1b[0m");
    buf_char(p->out, '\n');
}

static void add_one(struct painter *p, const struct diag *diag)
{
    size_t line = 0;
    paint(p, "\x1b[1m");
    if (diag->span.source) {
        struct line_column place = lines_find(lines_of(p, diag->span.source), diag->span.start);
        line = place.line;
        visible_text(p->out, diag->span.source->name);
        buf_printf(p->out, ":%zu:%zu: ", place.line, place.column);
    } else {
        buf_text(p->out, "briefing: ");
    }
    paint(p, severity_colors[diag->severity]);
    buf_text(p->out, severity_words[diag->severity]);
    if (diag->severity != DIAG_NOTE)
        buf_printf(p->out, "[%s]", diag_info(diag->code)->name);
    buf_char(p->out, ':');
    paint(p, "\x1b[0m");
    buf_char(p->out, ' ');
    visible_text(p->out, diag->message);
    buf_char(p->out, '\n');
    if (diag->span.source && !diag->span.source->confidential)
        add_excerpt(p, diag->span, line, diag->severity);
    if (diag->hint.n) {
        buf_printf(p->out, "%*s = help: ", GUTTER, "");
        visible_text(p->out, diag->hint);
        buf_char(p->out, '\n');
    }
}

void diag_render_text(struct buf *out, const struct diags *diags, bool color)
{
    struct painter painter = {.out = out, .color = color};
    for (const struct diag *diag = diags->first; diag; diag = diag->next) {
        add_one(&painter, diag);
        for (const struct diag *note = diag->notes; note; note = note->next)
            add_one(&painter, note);
    }
    lines_done(&painter.lines);
    for (int code = 0; code < DIAG_CODE_COUNT; code++)
        if (diags->per_code[code] > diags->limit)
            buf_printf(out, "briefing: note: %zu more of [%s] are not shown\n", diags->per_code[code] - diags->limit,
                       diag_info((enum diag_code)code)->name);
}
