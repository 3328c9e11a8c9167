/* Where md4c 0.4.8 is quadratic, found by trying: it looks for the line of every bracket from the paragraph's first
 * line on, joins the lines between nested brackets once a pair, and visits every open list at every line. Prose
 * that people write is far below these bounds. */
#include "prose/prose_parts.h"

enum {
    NESTED_BRACKETS = 64,
    LINE_MARKERS = 64,  /* of lists and quotes at the start of one line */
    INDENTATION = 256,  /* columns */
};
static const size_t bracket_steps = (size_t)1 << 24; /* brackets of a paragraph times its lines */

struct meter {
    size_t paragraph; /* offset of its first byte */
    size_t lines, brackets, nested;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Markers and columns before the text of the line [from, to); returns false when there are too many. */
static bool line_is_shallow(struct str text, size_t from, size_t to, bool *blank)
{
    size_t markers = 0, columns = 0, i = from;
    for (; i < to; i++) {
        char c = text.p[i];
        size_t j = i;
        if (c == ' ' || c == '\t') {
            columns += c == '\t' ? 4 : 1;
            if (columns > INDENTATION)
                return false;
            continue;
        }
        columns = 0;
        if (is_digit(c)) {
            while (j < to && is_digit(text.p[j]) && j - i < 9)
                j++;
            if (j == to || (text.p[j] != '.' && text.p[j] != ')'))
                break;
        } else if (c != '>' && c != '-' && c != '+' && c != '*') {
            break;
        }
        bool ends = j + 1 >= to || text.p[j + 1] == ' ' || text.p[j + 1] == '\t';
        if (c != '>' && !ends)
            break;
        i = j;
        if (++markers > LINE_MARKERS)
            return false;
    }
    *blank = i >= to && markers == 0;
    return true;
}

/* False when the brackets of the line take the paragraph over a bound. */
static bool count_brackets(struct meter *meter, struct str text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (text.p[i] == '[') {
            meter->brackets++;
            if (++meter->nested > NESTED_BRACKETS)
                return false;
        } else if (text.p[i] == ']' && meter->nested > 0) {
            meter->nested--;
        }
    }
    return meter->brackets * ++meter->lines <= bracket_steps;
}

bool prose_check_effort(struct str text, const struct diag_origin *origin, struct diags *diags)
{
    struct meter meter = {0};
    for (size_t from = 0, to; from < text.n; from = to + 1) {
        bool blank = false;
        for (to = from; to < text.n && text.p[to] != '\n';)
            to++;
        if (!line_is_shallow(text, from, to, &blank)) {
            struct diag *diag = diag_add(diags, DIAG_PROSE_TOO_DEEP, origin_span(origin, from, to),
                                         "lists and quotes more than %d levels deep", PROSE_MAX_LEVELS);
            diag_hint(diags, diag, "write it flatter; marks that are meant get a backslash before them");
            return false;
        }
        if (blank)
            meter = (struct meter){.paragraph = to + 1};
        else if (!count_brackets(&meter, text, from, to)) {
            struct diag *diag = diag_add(diags, DIAG_PROSE_COMPLEX, origin_span(origin, meter.paragraph, to),
                                         "more brackets in this paragraph than can be matched");
            diag_hint(diags, diag, "split the paragraph, or use fewer brackets");
            return false;
        }
    }
    return true;
}
