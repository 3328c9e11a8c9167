/* What prose may not have: each is found, named with its place, and left out. */
#include "prose/prose_reader.h"

#include <string.h>

struct span prose_place(const struct reader *r, size_t from, size_t to)
{
    return origin_span(r->origin, from, to);
}

void prose_extend(size_t *from, size_t *to, size_t start, size_t end)
{
    if (*from == NOWHERE)
        *from = start;
    *to = end;
}

static const char *hint_for(enum diag_code code)
{
    switch (code) {
    case DIAG_PROSE_HEADING: return "use `heading` of a section; a '#' that is meant is written \\#";
    case DIAG_PROSE_IMAGE: return "use `figure` of a section";
    case DIAG_PROSE_RULE: return "start another section; marks that are meant get a backslash before them";
    case DIAG_PROSE_TABLE: return "use `table` of a section";
    case DIAG_PROSE_TOO_DEEP: return "write it flatter; marks that are meant get a backslash before them";
    default: return "use **strong**, *emphasis*, lists and links; a '<' that is meant is written \\<";
    }
}

void prose_refuse(struct reader *r, enum diag_code code, size_t from, size_t to, const char *message)
{
    struct diag *diag = diag_add(r->diags, code, prose_place(r, from, to), "%s", message);
    diag_hint(r->diags, diag, "%s", hint_for(code));
}

static size_t line_start(struct str text, size_t at)
{
    while (at > 0 && text.p[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(struct str text, size_t at)
{
    while (at < text.n && text.p[at] != '\n')
        at++;
    return at;
}

/* Offset in the line of a rule that ends it, behind marks of lists and quotes only, or NOWHERE
 * (CommonMark 0.30, 4.1). */
static size_t rule_in(struct str line)
{
    size_t marks = 0, first = str_trim(line).n ? line.n : 0;
    char mark = '\0';
    while (first > 0) {
        char c = line.p[first - 1];
        if (c != ' ' && c != '\t') {
            if (c != '*' && c != '_' && c != '-')
                break;
            if (mark && c != mark)
                break;
            mark = c;
            marks++;
        }
        first--;
    }
    if (marks < 3)
        return NOWHERE;
    for (size_t i = 0; i < first; i++)
        if (!memchr("0123456789.)>*+- \t", line.p[i], 19))
            return NOWHERE;
    while (line.p[first] == ' ' || line.p[first] == '\t')
        first++;
    return first;
}

/* A rule has no text: it is the next line that holds one. What was searched in vain is not searched again. */
void prose_refuse_rule(struct reader *r)
{
    size_t from = r->at > r->rules_searched ? r->at : r->rules_searched;
    for (; from < r->text.n; from = line_end(r->text, from) + 1) {
        struct str line = str_slice(r->text, from, line_end(r->text, from));
        size_t first = rule_in(line);
        if (first == NOWHERE)
            continue;
        r->at = from + line.n;
        prose_refuse(r, DIAG_PROSE_RULE, from + first, r->at, "prose holds no rules across the page");
        return;
    }
    r->rules_searched = r->text.n;
    prose_refuse(r, DIAG_PROSE_RULE, r->at, r->at, "prose holds no rules across the page");
}

void prose_start_skipping(struct reader *r, enum diag_code code)
{
    r->skipping = 1;
    r->skipped_code = code;
    r->skipped_from = NOWHERE;
    r->skipped_to = r->at;
}

/* A heading without text: the next '#'. */
static void refuse_bare_heading(struct reader *r)
{
    size_t from = r->at;
    while (from < r->text.n && r->text.p[from] != '#')
        from++;
    r->at = from;
    while (r->at < r->text.n && r->text.p[r->at] == '#')
        r->at++;
    prose_refuse(r, DIAG_PROSE_HEADING, from, r->at, "prose holds no headings");
}

static void refuse_heading(struct reader *r)
{
    size_t from = r->skipped_from, to = r->skipped_to;
    if (from == NOWHERE) {
        refuse_bare_heading(r);
        return;
    }
    size_t mark = line_start(r->text, from);
    while (mark < from && r->text.p[mark] != '#')
        mark++;
    prose_refuse(r, DIAG_PROSE_HEADING, mark, to, "prose holds no headings");
    if (mark == from) /* underlined: past the line below it */
        r->at = line_end(r->text, to < r->text.n ? line_end(r->text, to) + 1 : to);
}

void prose_stop_skipping(struct reader *r)
{
    if (r->skipped_code == DIAG_PROSE_HEADING) {
        refuse_heading(r);
        return;
    }
    bool seen = r->skipped_from != NOWHERE;
    size_t from = seen ? r->skipped_from : r->at;
    size_t to = seen ? line_end(r->text, from) : r->at;
    if (r->skipped_code == DIAG_PROSE_TOO_DEEP)
        prose_refuse(r, DIAG_PROSE_TOO_DEEP, from, to, "lists and quotes more than 8 levels deep");
    else
        prose_refuse(r, DIAG_PROSE_HTML, from, to, "prose holds no HTML");
}

/* A closing tag is not reported when its opening one was. */
void prose_refuse_inline_html(struct reader *r, struct str html, size_t from)
{
    bool opens = html.n > 1 && html.p[0] == '<' && html.p[1] != '/';
    if (opens || !r->html_told) {
        struct span span = prose_place(r, from, from + html.n);
        struct diag *diag = diag_add(r->diags, DIAG_PROSE_HTML, span, "prose holds no HTML");
        bool line_break = str_starts(html, STR("<br"));
        diag_hint(r->diags, diag, "%s",
                  line_break ? "a backslash at the end of a line breaks it" : hint_for(DIAG_PROSE_HTML));
    }
    r->html_told = true;
}

/* The line below a table's head: | --- | :-: | */
static bool is_table_rule(struct str line)
{
    size_t bars = 0, dashes = 0;
    for (size_t i = 0; i < line.n; i++) {
        bars += line.p[i] == '|';
        dashes += line.p[i] == '-';
        if (line.p[i] != '|' && line.p[i] != '-' && line.p[i] != ':' && line.p[i] != ' ')
            return false;
    }
    return bars && dashes >= 3;
}

void prose_refuse_table(struct reader *r, struct str line, size_t from)
{
    if (is_table_rule(line))
        prose_refuse(r, DIAG_PROSE_TABLE, from, from + line.n, "prose holds no tables");
}
