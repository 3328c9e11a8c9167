/* Quotation marks, apostrophes, spaced signs and minus signs. */
#include "block/typography.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/bytes16.h"
#include "base/utf8.h"

static bool is_digit(int32_t c)
{
    return c >= '0' && c <= '9';
}

/* Whether a mark after c can open: at the start, after a blank, a bracket, a dash or another opening mark. */
static bool opens_after(int32_t c)
{
    static const int32_t openers[] = {
        0, ' ', '(', '[', '{', '/', '"', '\'', 0xa0, 0xab, 0x2013, 0x2014, 0x2018, 0x201c, 0x201e, 0x2028, 0x202f,
    };
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (c == openers[i])
            return true;
    return false;
}

static bool is_blank_or_end(int32_t c)
{
    return c <= 0 || c == ' ' || c == 0xa0 || c == 0x202f || c == 0x2028;
}

static void add_double(struct buf *out, const struct quote_marks *marks, struct quote_state *state, int32_t next)
{
    if (opens_after(state->previous) && !is_blank_or_end(next)) {
        state->open = true;
        buf_str(out, marks->open);
    } else if (state->open) {
        state->open = false;
        buf_str(out, marks->close);
    } else {
        buf_char(out, '"');
    }
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Words that English writes with an apostrophe for their cut beginning. Where a second mark follows at once
 * the word is quoted, but for 'n'. */
static bool is_elided(struct str rest)
{
    static const char *const words[] = {"tis", "twas", "twere", "twill", "twould", "twixt", "til", "em", "n"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t n = 0;
        while (words[i][n] && n < rest.n && lower(rest.p[n]) == words[i][n])
            n++;
        char next = n < rest.n ? lower(rest.p[n]) : ' ';
        bool ends = (unsigned char)next < 0x80 && (next < 'a' || next > 'z');
        if (!words[i][n] && ends && (next != '\'' || n == 1))
            return true;
    }
    return false;
}

/* rest: the text behind the mark, whose first character is next. */
static void add_single(struct buf *out, const struct quote_marks *marks, struct quote_state *state,
                       int32_t next, struct str rest)
{
    static const struct str apostrophe = {"’", sizeof "’" - 1};
    bool after_elision = state->elided;
    state->elided = false;
    if (opens_after(state->previous)) {
        if (is_digit(next)) { /* '90s */
            buf_str(out, apostrophe);
        } else if (is_elided(rest)) {
            buf_str(out, apostrophe);
            state->elided = rest.n > 1 && lower(rest.p[0]) == 'n' && rest.p[1] == '\'';
        } else if (marks->open_single.n && !is_blank_or_end(next)) {
            state->open_single = true;
            buf_str(out, marks->open_single);
        } else {
            state->typed_single = !is_blank_or_end(next);
            buf_char(out, '\'');
        }
    } else if (is_digit(state->previous) && (is_digit(next) || is_blank_or_end(next)) && !state->open_single) {
        buf_char(out, '\'');
    } else {
        bool ends = is_blank_or_end(next) || next == '.' || next == ',' || next == ')' || next == '"';
        bool closes = state->open_single && ends && !after_elision;
        if (closes) {
            state->open_single = false;
            buf_str(out, marks->close_single);
        } else if (ends && state->typed_single) {
            state->typed_single = false;
            buf_char(out, '\'');
        } else {
            buf_str(out, apostrophe);
        }
    }
}

static bool is_spaced_sign(int32_t c)
{
    return c == ';' || c == ':' || c == '!' || c == '?';
}

/* Whether a sign that is spaced stands at `at` and ends what is before it: another such sign, a blank or a closing
 * mark follows. */
static bool ends_with_sign(struct str text, size_t at)
{
    int32_t c = at < text.n ? utf8_next(text, &at) : 0;
    if (c == 0xbb)
        return true;
    int32_t next = at < text.n ? utf8_next(text, &at) : 0;
    return is_spaced_sign(c) && (is_blank_or_end(next) || is_spaced_sign(next) || next == 0xbb || next == 0x201d ||
                                 next == '"' || next == ')' || next == ']');
}

/* Whether a narrow space may stand behind what came last: no blank, no opening mark, no other sign. */
static bool takes_space_behind(const struct quote_state *state)
{
    int32_t c = state->previous;
    bool opens = c == '"' ? state->open : opens_after(c);
    return !is_blank_or_end(c) && !opens && !is_spaced_sign(c);
}

/* Whether a narrow no-break space belongs at `at`, and bytes of the typed space that it stands for, 0 for none. */
static bool is_narrow_space(struct str text, size_t at, const struct quote_state *state, size_t *typed)
{
    size_t end = at;
    int32_t c = utf8_next(text, &end);
    *typed = c == ' ' || c == 0xa0 || c == 0x202f ? end - at : 0;
    return state->previous == 0xab || (takes_space_behind(state) && ends_with_sign(text, at + *typed));
}

/* Whether the hyphen before `at` was typed for a minus sign: a number follows, and nothing that it could join to that. */
static bool is_minus(struct str text, size_t at, const struct quote_state *state)
{
    return (is_blank_or_end(state->previous) || state->previous == '(') && at < text.n && is_digit(text.p[at]);
}

/* Whether a sign of percent or per mille stands at `at`. */
static bool is_percent(struct str text, size_t at)
{
    int32_t c = at < text.n ? utf8_next(text, &at) : 0;
    return c == '%' || c == 0x2030;
}

static inline bytes16 may_change(bytes16 bytes)
{
    return ~bytes16_between(bytes, 0x20, 0x7E) | bytes16_is(bytes, '"') | bytes16_is(bytes, '\'') |
           bytes16_is(bytes, '-') | bytes16_is(bytes, '%');
}

/* The end of what is left as it is from `at` on, in languages that space no signs; previous stands before it.
 * A blank before a sign of percent, which may be bound to it, is no part of that. */
static size_t past_unchanged(struct str text, size_t at, int32_t previous)
{
    static const struct ascii_set unchanged =
        ASCII_SET(ASCII_PRINTED_LOW & ~(ASCII_BIT('"') | ASCII_BIT('\'') | ASCII_BIT('-') | ASCII_BIT('%')),
                  ASCII_PRINTED_HIGH);
    size_t from = at;
    for (;;) {
        at = ascii_past(&unchanged, text, bytes16_past(text, at, may_change));
        if (at > from && text.p[at - 1] == ' ' && is_digit(at - from > 1 ? text.p[at - 2] : previous) &&
            is_percent(text, at))
            return at - 1;
        if (at == text.n || text.p[at] != '%')
            return at;
        at++;
    }
}

struct str typography_quotes(struct arena *arena, struct str text, const struct quote_marks *marks,
                             struct quote_state *state)
{
    struct buf out = {0};
    bool changed = false;
    for (size_t at = 0; at < text.n;) {
        size_t from = at, typed = 0;
        if (!marks->spaced)
            at = past_unchanged(text, at, state->previous);
        if (at > from) {
            if (changed)
                buf_str(&out, str_slice(text, from, at));
            state->previous = (unsigned char)text.p[at - 1];
            continue;
        }
        int32_t c = utf8_next(text, &at);
        bool narrow = marks->spaced && is_narrow_space(text, from, state, &typed);
        bool minus = c == '-' && is_minus(text, at, state);
        bool bound = c == ' ' && is_digit(state->previous) && is_percent(text, at);
        if (!changed && (narrow || minus || bound || c == '"' || c == '\'')) {
            buf_str(&out, str_slice(text, 0, from));
            changed = true;
        }
        if (narrow) {
            buf_text(&out, "\u202f");
            state->previous = 0x202f;
            at = from + typed;
            continue;
        }
        if (c == '"' || c == '\'') {
            size_t peek = at;
            int32_t next = peek < text.n ? utf8_next(text, &peek) : 0;
            if (c == '"')
                add_double(&out, marks, state, next);
            else
                add_single(&out, marks, state, next, str_slice(text, at, text.n));
        } else if (minus) {
            buf_text(&out, "\u2212");
        } else if (bound) {
            buf_text(&out, "\u00a0");
        } else if (changed) {
            buf_str(&out, str_slice(text, from, at));
        }
        state->previous = c;
    }
    if (changed)
        text = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return text;
}
