/* Characters that no file may have: bytes that are no UTF-8, control characters, hidden changes of direction. */
#include "yaml/yaml_parts.h"

#include <string.h>

#include "base/bytes16.h"
#include "base/utf8.h"

enum {
    BLANKS_MANY = 4096,   /* a run of blanks that no person types */
    DIRECTIVES_MOST = 16, /* libyaml compares each %TAG with all others */
};
/* libyaml clears a buffer as long as the longest run of blanks at every further run: bytes to clear at most. */
static const size_t blanks_work_most = (size_t)1 << 32;

enum fault { FAULT_NONE, FAULT_CONTROL, FAULT_BIDI };

/* tab, line feed and carriage return are for the caller to judge. */
static enum fault fault_of(int32_t c)
{
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F))
        return FAULT_CONTROL;
    if (c >= 0x202A && c <= 0x202E)
        return FAULT_BIDI;
    if (c == 0x2028 || c == 0x2029 || c == 0xFEFF || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE)
        return FAULT_CONTROL;
    return FAULT_NONE;
}

static const char *name_of(int32_t c)
{
    switch (c) {
    case 0x00: return "a NUL character";
    case 0x07: return "a bell character";
    case 0x08: return "a backspace";
    case 0x0B: return "a vertical tab";
    case 0x0C: return "a form feed";
    case 0x0D: return "a carriage return";
    case 0x1B: return "an escape character";
    case 0x7F: return "a delete character";
    case 0x85: return "a next-line character";
    case 0x2028: return "a line separator";
    case 0x2029: return "a paragraph separator";
    case 0x202A: return "a left-to-right embedding";
    case 0x202B: return "a right-to-left embedding";
    case 0x202C: return "a pop of directional formatting";
    case 0x202D: return "a left-to-right override";
    case 0x202E: return "a right-to-left override";
    case 0xFEFF: return "a byte order mark";
    default: break;
    }
    return c >= 0xFDD0 ? "a noncharacter" : "a control character";
}

static void report_character(struct diags *diags, enum fault fault, int32_t c, struct span span, bool escaped)
{
    const char *by = escaped ? " by an escape" : "";
    if (fault == FAULT_BIDI) {
        struct diag *diag =
            diag_add(diags, DIAG_BIDI_CONTROL, span, "%s (U+%04X) in the text%s", name_of(c), (unsigned)c, by);
        diag_hint(diags, diag, "delete it; where direction must be marked, use isolates (U+2066 to U+2069)");
        return;
    }
    struct diag *diag =
        diag_add(diags, DIAG_CONTROL_CHARACTER, span, "%s (U+%04X) in the text%s", name_of(c), (unsigned)c, by);
    if (c == 0x2028 || c == 0x2029 || c == 0x85)
        diag_hint(diags, diag, "end the line as usual; in prose a backslash at its end breaks a line");
    else
        diag_hint(diags, diag, "delete it");
}

/* What word processors save where Latin-1 has no character, or NULL. */
static const char *cp1252(unsigned char byte)
{
    static const struct {
        unsigned char byte;
        const char *character;
    } known[] = {{0x80, "€"}, {0x85, "…"}, {0x91, "‘"}, {0x92, "’"},
                 {0x93, "“"}, {0x94, "”"}, {0x96, "–"}, {0x97, "—"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].byte == byte)
            return known[i].character;
    return NULL;
}

/* Hexadecimal list of the first bytes of a run, for the message. */
static void report_bytes(struct diags *diags, struct diag_source *source, size_t from, size_t to)
{
    static const char digits[] = "0123456789ABCDEF";
    char list[3 * 8 + 4] = "";
    size_t n = 0;
    for (size_t i = from; i < to && i < from + 6; i++) {
        unsigned char byte = (unsigned char)source->text.p[i];
        if (n)
            list[n++] = ' ';
        list[n++] = digits[byte >> 4];
        list[n++] = digits[byte & 15];
    }
    bool one = to - from == 1;
    struct diag *diag = diag_add(diags, DIAG_INVALID_UTF8, span_at(source, from, to), "byte%s 0x%s%s %s no UTF-8",
                                 one ? "" : "s", list, to - from > 6 ? "…" : "", one ? "is" : "are");
    unsigned char byte = (unsigned char)source->text.p[from];
    if (one && byte >= 0xC0)
        diag_hint(diags, diag, "save the file as UTF-8; in Latin-1 this byte is '%c%c'", 0xC3, byte - 0x40);
    else if (one && cp1252(byte))
        diag_hint(diags, diag, "save the file as UTF-8; in Windows-1252 this byte is '%s'", cp1252(byte));
    else
        diag_hint(diags, diag, "save the file as UTF-8");
}

/* Puts a character of the same length, which means nothing to YAML, in place of bytes [from, to); what is no
 * character gets one for each byte. */
static void blot_out(char *copy, size_t from, size_t to, bool character)
{
    static const char blots[][5] = {"", "x", "\xC2\xBF", "\xEF\xBF\xBD", "\xF0\x9F\x84\xB0"};
    size_t n = to - from;
    for (size_t i = 0; i < n; i++)
        copy[from + i] = character ? blots[n][i] : 'x';
}

static bool is_plain_byte(char c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || c == '\r';
}

static inline bytes16 may_be_faulty(bytes16 bytes)
{
    return ~bytes16_between(bytes, 0x20, 0x7E) & ~bytes16_is(bytes, '\n');
}

/* Reports every faulty place from offset bom on; gives a copy with the places blotted out, or NULL when clean. */
static char *check_characters(struct arena *arena, struct diag_source *source, size_t bom, struct diags *diags)
{
    struct str text = source->text;
    char *copy = NULL;
    for (size_t i = bom; i < text.n;) {
        i = bytes16_past(text, i, may_be_faulty);
        if (i < text.n && is_plain_byte(text.p[i])) {
            i++;
            continue;
        }
        if (i == text.n)
            break;
        size_t from = i;
        int32_t c = utf8_next(text, &i);
        enum fault fault = c < 0 ? FAULT_NONE : fault_of(c);
        if (c >= 0 && fault == FAULT_NONE)
            continue;
        if (!copy) {
            copy = arena_alloc(arena, text.n);
            memcpy(copy, text.p, text.n);
        }
        if (c >= 0) {
            report_character(diags, fault, c, span_at(source, from, i), false);
            blot_out(copy, from, i, true);
            continue;
        }
        for (size_t next = i; next < text.n && utf8_next(text, &next) < 0;)
            i = next;
        report_bytes(diags, source, from, i);
        blot_out(copy, from, i, false);
    }
    return copy;
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool starts_line(struct str text, size_t bom, size_t i)
{
    return i == bom || text.p[i - 1] == '\n' || text.p[i - 1] == '\r';
}

/* Whether there may be more blanks in a row, or more directives, than are looked at closely. */
static bool wants_count(struct str text, size_t bom)
{
    size_t directives = 0;
    for (size_t i = bom; i < text.n; i++) {
        const char *percent = memchr(text.p + i, '%', text.n - i);
        if (!percent)
            break;
        i = (size_t)(percent - text.p);
        directives += starts_line(text, bom, i);
        if (directives > DIRECTIVES_MOST)
            return true;
    }
    for (size_t i = bom; i < text.n; i += BLANKS_MANY) { /* one of these is in every run that is too long */
        size_t from = i, to = i;
        while (from > bom && is_gap(text.p[from - 1]) && i - from < BLANKS_MANY)
            from--;
        while (to < text.n && is_gap(text.p[to]) && to - from <= BLANKS_MANY)
            to++;
        if (to - from > BLANKS_MANY)
            return true;
    }
    return false;
}

/* Finds texts that would keep libyaml busy for minutes. */
static bool check_effort(struct diag_source *source, size_t bom, struct diags *diags)
{
    struct str text = source->text;
    size_t runs = 0, longest = 0, longest_end = 0, run = 0, directives = 0;
    if (!wants_count(text, bom))
        return true;
    for (size_t i = bom; i < text.n; i++) {
        char c = text.p[i];
        if (is_gap(c)) {
            if (run++ == 0)
                runs++;
            if (run > longest) {
                longest = run;
                longest_end = i + 1;
            }
            continue;
        }
        run = 0;
        if (c == '%' && starts_line(text, bom, i) && ++directives > DIRECTIVES_MOST) {
            diag_add(diags, DIAG_TOO_COMPLEX, span_at(source, i, i + 1),
                     "more than %d lines that start with '%%'", DIRECTIVES_MOST);
            return false;
        }
    }
    if (longest > BLANKS_MANY && longest > blanks_work_most / runs) {
        diag_add(diags, DIAG_TOO_COMPLEX, span_at(source, longest_end - longest, longest_end),
                 "%zu blanks in a row, in a file with %zu gaps", longest, runs);
        return false;
    }
    return true;
}

/* By its byte order mark, or by a NUL in every other of the first four bytes. */
static bool is_utf16(struct str text)
{
    if (text.n < 2)
        return false;
    if (str_starts(text, STR("\xFF\xFE")) || str_starts(text, STR("\xFE\xFF")))
        return true;
    return text.n >= 4 && !text.p[0] != !text.p[1] && !text.p[0] == !text.p[2] && !text.p[1] == !text.p[3];
}

bool yaml_check_source(struct arena *arena, struct diag_source *source, struct yaml_input *input, struct diags *diags)
{
    struct str text = source->text;
    if (is_utf16(text)) {
        struct diag *diag = diag_add(diags, DIAG_INVALID_UTF8, span_at(source, 0, 1), "this is UTF-16, not UTF-8");
        diag_hint(diags, diag, "save the file as UTF-8");
        return false;
    }
    input->bom = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    const char *copy = check_characters(arena, source, input->bom, diags);
    input->text = (struct str){(copy ? copy : text.p) + input->bom, text.n - input->bom};
    return check_effort(source, input->bom, diags);
}

struct str yaml_check_text(struct arena *arena, struct diag_source *source, struct diags *diags)
{
    struct yaml_input input;
    if (!yaml_check_source(arena, source, &input, diags))
        return (struct str){0};
    return input.bom ? (struct str){input.text.p - input.bom, input.text.n + input.bom} : input.text;
}

void yaml_check_escapes(struct arena *arena, const struct yaml_node *scalar, struct diags *diags)
{
    struct str value = scalar->value;
    struct diag_origin origin = {0};
    for (size_t i = 0; i < value.n;) {
        if (is_plain_byte(value.p[i]) && value.p[i] != '\r') {
            i++;
            continue;
        }
        size_t from = i;
        int32_t c = utf8_next(value, &i);
        enum fault fault = c < 0 ? FAULT_NONE : fault_of(c);
        if (fault == FAULT_NONE)
            continue;
        if (!origin.span.source)
            origin = yaml_origin(arena, scalar);
        struct span span = origin_span(&origin, from, i);
        /* What stands there unescaped was reported when the source was checked. */
        if (span.start < span.source->text.n && span.source->text.p[span.start] == '\\')
            report_character(diags, fault, c, span, true);
    }
}
