/* From runs to one text with levels and places to break. */
#include "text/para.h"

#include <hb.h>

#include <string.h>

#include "base/bytes16.h"
#include "base/language.h"
#include "base/utf8.h"
#include "text/direction.h"
#include "text/face.h"
#include "text/icu.h"
#include "text/unicode.h"

enum { PARAGRAPH_MOST = 256 * 1024 * 1024, CLUSTER_MOST = 256, CLUSTER_LETTERS = 10, CLUSTER_SHORT = 24 };

enum space space_kind(uint32_t c)
{
    if (c == ' ')
        return SPACE_FLEXIBLE;
    if (c == 0xA0)
        return SPACE_JOINING;
    if (c == 0x1680 || (c >= 0x2000 && c <= 0x200A && c != 0x2007) || c == 0x205F || c == 0x3000)
        return SPACE_FIXED;
    return SPACE_NONE;
}

/* Bytes of a cluster with no more letters than any script joins (conjuncts, old Hangul, families of emoji),
 * so that it fits a line. Marks and joiners take no room and do not count. */
static size_t cut_cluster(struct str cluster)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    size_t letters = 0;
    for (size_t i = 0, next = 0; i < cluster.n; i = next) {
        int32_t c = utf8_next(cluster, &next);
        hb_unicode_general_category_t category =
            hb_unicode_general_category(unicode, c < 0 ? 0xFFFD : (hb_codepoint_t)c);
        letters += category != HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK &&
                   category != HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK &&
                   category != HB_UNICODE_GENERAL_CATEGORY_FORMAT;
        if (letters > CLUSTER_LETTERS)
            return i;
    }
    return cluster.n;
}

bool marks_are_piled(struct str text)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    unsigned marks = 0;
    for (size_t i = 0; i < text.n;) {
        if ((unsigned char)text.p[i] < 0xCC) { /* below U+0300 */
            marks = 0;
            i++;
            continue;
        }
        int32_t c = utf8_next(text, &i);
        hb_unicode_general_category_t category =
            hb_unicode_general_category(unicode, c < 0 ? 0xFFFD : (hb_codepoint_t)c);
        bool mark = category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
                    category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK;
        marks = mark && !code_point_is_ignorable((uint32_t)c) ? marks + 1 : 0;
        if (marks > MARKS_MOST)
            return true;
    }
    return false;
}

uint32_t cluster_end(struct str text, uint32_t at)
{
    const unsigned char *p = (const unsigned char *)text.p;
    if (at + 1 >= text.n || (p[at] < 0x80 && p[at + 1] < 0x80))
        return at + 1;
    size_t n = text.n - at < CLUSTER_MOST ? text.n - at : CLUSTER_MOST;
    while (n && at + n < text.n && (p[at + n] & 0xC0) == 0x80)
        n--; /* never cut a code point */
    size_t bytes = utf8_cluster_end((struct str){text.p + at, n ? n : 1}, 0);
    return at + (uint32_t)(bytes <= CLUSTER_SHORT ? bytes : cut_cluster((struct str){text.p + at, bytes}));
}

/* Signs that only tell the direction: marks, embeddings, overrides, isolates. */
static bool is_bidi_control(uint32_t c)
{
    return c == 0x200E || c == 0x200F || c == 0x61C || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* Scripts that are written without spaces, and what stands among them: their line breaks are left to ICU. */
static bool breaks_anywhere(uint32_t c)
{
    return (c >= 0xE00 && c <= 0x11FF) || c == 0x1361 || (c >= 0x1780 && c <= 0x17FF) ||
           (c >= 0x1950 && c <= 0x1AAF) || (c >= 0x1B00 && c <= 0x1B7F) || (c >= 0x2E80 && c <= 0xA4CF) ||
           (c >= 0xA960 && c <= 0xA9FF) || (c >= 0xAA60 && c <= 0xAADF) || (c >= 0xAC00 && c <= 0xD7FF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFFEF) ||
           (c >= 0x16FE0 && c <= 0x1B2FF) || (c >= 0x1F000 && c <= 0x3FFFF);
}

/* A letter that runs from left to right. */
static bool has_ltr(struct str text)
{
    for (size_t i = 0; i < text.n;) {
        int32_t c = utf8_next(text, &i);
        if (c >= 0 && !direction_is_rtl((uint32_t)c) && unicode_is_letter((uint32_t)c))
            return true;
    }
    return false;
}

struct survey {
    bool controls, rtl, anywhere, any_cut, is_ascii;
    size_t invalid; /* bytes that are no UTF-8 */
};

static inline bytes16 not_printed(bytes16 bytes)
{
    return ~bytes16_between(bytes, 0x20, 0x7E);
}

static struct survey survey_text(struct str text)
{
    struct survey found = {.is_ascii = true};
    for (size_t i = 0; (i = bytes16_past(text, i, not_printed)) < text.n;) {
        unsigned char byte = (unsigned char)text.p[i];
        if (byte < 0x80) {
            found.controls |= byte < 0x20;
            found.is_ascii &= byte != 0x7F;
            i++;
            continue;
        }
        found.is_ascii = false;
        int32_t next = utf8_next(text, &i);
        uint32_t c = next < 0 ? 0xFFFD : (uint32_t)next;
        found.invalid += next < 0;
        found.any_cut |= next < 0 || c == 0xAD || (c >= 0x200B && c <= 0x200F) || c >= 0xFEFF ||
                         (c >= 0x2028 && c <= 0x2069);
        found.controls |= c < 0xA0 || c == 0x2029;
        found.rtl |= direction_is_rtl(c);
        found.anywhere |= breaks_anywhere(c);
    }
    return found;
}

/* The runs one after the other, and where each starts. */
static struct str join_runs(const struct text_paragraph *in, uint32_t *run_start, struct arena *arena)
{
    size_t total = 0;
    for (size_t i = 0; i < in->count; i++) {
        run_start[i] = (uint32_t)total;
        size_t n = in->runs[i].text.n;
        total += n < PARAGRAPH_MOST - total ? n : PARAGRAPH_MOST - total;
    }
    run_start[in->count] = (uint32_t)total;
    char *text = arena_alloc(arena, total + PARA_BEHIND);
    for (size_t i = 0; i < in->count; i++)
        if (run_start[i + 1] > run_start[i])
            memcpy(text + run_start[i], in->runs[i].text.p, run_start[i + 1] - run_start[i]);
    return (struct str){text, total};
}

/* What becomes of a code point that only steers: left out, with its meaning left as a place. */
static bool steers(uint32_t c, enum place *meaning)
{
    *meaning = PLACE_NONE;
    if (c == 0xAD)
        *meaning = PLACE_SOFT;
    else if (c == 0x200B)
        *meaning = PLACE_FREE;
    else if (c == 0x2060 || c == 0xFEFF)
        *meaning = PLACE_NEVER;
    else
        return is_bidi_control(c);
    return true;
}

/* Writes the text, of at most size bytes, without what steers; bytes that are no UTF-8 become U+FFFD,
 * controls become spaces. */
static void clean(struct para *para, struct str source, size_t size, const uint8_t *levels,
                  const uint8_t *edges, const uint8_t *breaks, struct arena *keep, struct arena *scratch)
{
    char *out = arena_alloc(keep, size + PARA_BEHIND);
    para->places = arena_alloc(scratch, size + 1);
    if (levels) {
        para->levels = arena_alloc(scratch, size + 1);
        para->edges = arena_alloc(scratch, size + 1);
    }
    struct {
        uint32_t *items;
        size_t count, cap;
    } at = {0}, bytes = {0};
    size_t n = 0, run = 0;
    uint32_t before = 0;
    uint8_t edge = 0;
    enum place pending = PLACE_NONE;
    for (size_t i = 0; i < source.n;) {
        size_t from = i;
        for (; run < para->in->count && para->run_start[run] <= from; run++)
            para->run_start[run] = (uint32_t)n;
        int32_t next = utf8_next(source, &i);
        uint32_t c = next < 0 ? 0xFFFD : (uint32_t)next;
        enum place meaning;
        if (levels && edges[from] && (!edge || edges[from] < edge))
            edge = edges[from];
        if (steers(c, &meaning)) {
            pending = meaning > pending ? meaning : pending;
        } else {
            size_t start = n;
            if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2029) {
                out[n++] = ' ';
            } else if (next < 0) {
                static const char replacement[] = {'\xEF', '\xBF', '\xBD'};
                memcpy(out + n, replacement, sizeof replacement);
                n += sizeof replacement;
            } else {
                memcpy(out + n, source.p + from, i - from);
                n += i - from;
            }
            if (pending == PLACE_NONE && breaks && breaks[from] &&
                (breaks_anywhere(before) || breaks_anywhere(c))) {
                pending = PLACE_BETWEEN;
                para->has_between = true;
            }
            para->places[start] = (uint8_t)pending;
            if (levels) {
                memset(para->levels + start, levels[from], n - start);
                para->edges[start] = edge;
                edge = 0;
            }
            pending = c == 0x2028 ? PLACE_FORCED : PLACE_NONE;
            before = c;
        }
        if ((int64_t)i - (int64_t)n != (bytes.count ? (int32_t)bytes.items[bytes.count - 1] : 0)) {
            *(uint32_t *)ARENA_PUSH(scratch, &at) = (uint32_t)n;
            *(uint32_t *)ARENA_PUSH(scratch, &bytes) = (uint32_t)(int32_t)((int64_t)i - (int64_t)n);
        }
    }
    for (; run <= para->in->count; run++)
        para->run_start[run] = (uint32_t)n;
    para->places[n] = PLACE_NONE;
    para->text = (struct str){out, n};
    para->cut_at = at.items;
    para->cut_bytes = bytes.items;
    para->cut_count = at.count;
}

/* No place to break inside the runs that keep together, and none before what stands raised behind a character
 * that is written without spaces: a mark of reference begins no line. */
static void keep_together(struct para *para)
{
    for (size_t i = 0; i < para->in->count; i++) {
        const struct text_run *run = &para->in->runs[i];
        uint32_t from = para->run_start[i], to = para->run_start[i + 1];
        if (run->format.superscript && from < to && para->places[from] == PLACE_BETWEEN)
            para->places[from] = PLACE_NEVER;
        for (uint32_t at = from + 1; run->no_break && at < to; at++)
            if (para->places[at] != PLACE_FORCED)
                para->places[at] = PLACE_NEVER;
    }
}

void para_init(struct para *para, const struct text_paragraph *in, struct arena *keep, struct arena *scratch)
{
    *para = (struct para){.in = in, .run_start = ARENA_ARRAY(scratch, uint32_t, in->count + 1)};
    struct str source = join_runs(in, para->run_start, keep);
    struct survey found = survey_text(source);
    para->is_ascii = found.is_ascii;
    bool rtl_language = language_is_rtl(str_from(in->language));
    uint8_t *levels = NULL, *edges = NULL, *breaks = NULL;
    if (found.rtl || rtl_language) {
        levels = arena_alloc(scratch, source.n + 1);
        edges = arena_alloc(scratch, source.n + 1);
        if (!direction_levels(in, source, para->run_start, found.rtl, has_ltr(source), scratch, levels, edges,
                              &para->rtl))
            levels = NULL;
    }
    bool by_text = !in->language || in->align == TEXT_JUSTIFY;
    para->from_right = by_text ? para->rtl : rtl_language;
    if (found.anywhere) {
        breaks = arena_alloc(scratch, source.n + 1);
        if (!icu_breaks(scratch, source, in->language, breaks))
            breaks = NULL;
    }
    if (found.controls || found.any_cut || levels || breaks) {
        clean(para, source, source.n + 2 * found.invalid, levels, edges, breaks, keep, scratch);
        para->has_inside = true;
    } else {
        para->text = source;
        para->places = arena_alloc(scratch, source.n + 1);
    }
    keep_together(para);
}

size_t para_source(const struct para *para, uint32_t at)
{
    size_t low = 0, high = para->cut_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (para->cut_at[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return (size_t)((int64_t)at + (low ? (int32_t)para->cut_bytes[low - 1] : 0));
}

size_t para_run(const struct para *para, uint32_t at)
{
    size_t low = 0, high = para->in->count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (para->run_start[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}
