/* The Unicode Consortium's own test files (Debian's unicode-data) against what text/ really uses: levels and
 * the order of a line (UAX #9), places where a line may end (UAX #14), clusters (UAX #29). Each test has a
 * list of exceptions in tests/unicode, in groups under a comment which says why. What fails and is not listed
 * fails the test, and so does what is listed and passes, or is no case of the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "text/icu.h"
#include "text/para.h"
#include "text_support.h"

#define DATA "/usr/share/unicode/"
#define LISTS TEST_SRC "/tests/unicode/"

enum { CODES_MOST = 1024, SHOWN_MOST = 20, FILE_MOST = 64 << 20 };

/* One case: its code points, where each begins in UTF-8, and whether the file has a break before each. */
struct example {
    uint32_t codes[CODES_MOST];
    size_t from[CODES_MOST + 1];
    bool breaks[CODES_MOST + 1];
    size_t count;
    char bytes[4 * CODES_MOST];
};

static void example_add(struct example *example, uint32_t c)
{
    assert_true(example->count + 1 < CODES_MOST);
    char *out = example->bytes + example->from[example->count];
    size_t n = 0;
    int rest = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    out[n++] = (char)(rest ? (0xF0 << (3 - rest) & 0xFF) | c >> 6 * rest : c);
    for (int i = rest - 1; i >= 0; i--)
        out[n++] = (char)(0x80 | (c >> 6 * i & 0x3F));
    example->codes[example->count++] = c;
    example->from[example->count] = example->from[example->count - 1] + n;
}

static struct str example_text(const struct example *example)
{
    return (struct str){example->bytes, example->from[example->count]};
}

/* The part of text before a sign, which is taken off it. */
static bool take(struct str *text, const char *sign, struct str *part)
{
    if (!text->n)
        return false;
    size_t end = str_find(*text, str_from(sign));
    *part = str_slice(*text, 0, end == SIZE_MAX ? text->n : end);
    *text = str_slice(*text, end == SIZE_MAX ? text->n : end + strlen(sign), text->n);
    return true;
}

static void example_read(struct example *example, struct str line)
{
    struct str word;
    memset(example, 0, sizeof *example);
    while (take(&line, " ", &word)) {
        if (str_eq(word, STR("÷")) || str_eq(word, STR("×")))
            example->breaks[example->count] = word.p[1] == '\xB7';
        else if (word.n)
            example_add(example, (uint32_t)strtoul(word.p, NULL, 16));
    }
}

/* ---- lists of exceptions */

struct exceptions {
    const char *path;
    struct arena arena;
    struct {
        struct exception {
            struct str key;
            bool met;
        } * items;
        size_t count, cap;
    } list;
    size_t cases, failed;
};

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct exception *)a)->key, ((const struct exception *)b)->key);
}

static void exceptions_read(struct exceptions *known, const char *path)
{
    const char *why = NULL;
    struct str text, line;
    bool explained = false;
    *known = (struct exceptions){.path = path};
    arena_init(&known->arena);
    if (!file_read(&known->arena, path, FILE_MOST, &text, &why, NULL))
        fail_msg("%s: %s", path, why);
    while (take(&text, "\n", &line)) {
        if (line.n && line.p[0] != '#' && !explained)
            fail_msg("%s: a group without a comment that explains it", path);
        explained = line.n && (explained || line.p[0] == '#');
        if (line.n && line.p[0] != '#')
            ARENA_PUSH(&known->arena, &known->list)->key = line;
    }
    if (known->list.count)
        qsort(known->list.items, known->list.count, sizeof known->list.items[0], by_key);
}

static void judge(struct exceptions *known, struct str key, bool passes)
{
    struct exception wanted = {.key = key};
    struct exception *found = known->list.count ? bsearch(&wanted, known->list.items, known->list.count,
                                                          sizeof known->list.items[0], by_key)
                                                : NULL;
    known->cases++;
    if (found)
        found->met = true;
    if (passes == !found)
        return;
    if (known->failed++ < SHOWN_MOST)
        print_error("%s: " STR_FMT "\n", passes ? "listed, but passes" : "fails", STR_ARG(key));
    if (getenv("UNICODE_FAILURES") && !passes) /* for writing the lists */
        printf("FAIL " STR_FMT "\n", STR_ARG(key));
}

static void exceptions_done(struct exceptions *known, size_t cases_least)
{
    for (size_t i = 0; i < known->list.count; i++)
        if (!known->list.items[i].met && known->failed++ < SHOWN_MOST)
            print_error("listed, but no case: " STR_FMT "\n", STR_ARG(known->list.items[i].key));
    size_t failed = known->failed, cases = known->cases;
    arena_done(&known->arena);
    if (failed)
        fail_msg("%zu of %zu cases: see %s", failed, cases, known->path);
    assert_true(cases >= cases_least);
}

/* ---- the files */

static struct str data;

static struct str data_open(const char *path)
{
    const char *why = NULL;
    if (!file_map(path, &data, &why)) {
        print_message("%s: %s (package unicode-data)\n", path, why);
        skip();
    }
    return data;
}

static bool next_case(struct str *text, struct str *line)
{
    while (take(text, "\n", line)) {
        size_t comment = str_find(*line, STR("#"));
        *line = str_trim(str_slice(*line, 0, comment == SIZE_MAX ? line->n : comment));
        if (line->n)
            return true;
    }
    return false;
}

/* ---- UAX #9 */

/* What a case of BidiCharacterTest.txt holds. */
struct bidi_case {
    struct example example;
    enum icu_base base;
    bool rtl;
    int levels[CODES_MOST]; /* -1: none, the rules take it out */
    size_t order[CODES_MOST], order_count;
};

static void bidi_read(struct bidi_case *bidi, struct str line)
{
    struct str fields[5], word;
    for (size_t i = 0; i < 5; i++)
        if (!take(&line, ";", &fields[i]))
            fields[i] = (struct str){0};
    example_read(&bidi->example, fields[0]);
    bidi->base = fields[1].p[0] == '0' ? ICU_LTR : fields[1].p[0] == '1' ? ICU_RTL : ICU_FIRST_STRONG;
    bidi->rtl = fields[2].p[0] == '1';
    for (size_t i = 0; take(&fields[3], " ", &word); i++)
        bidi->levels[i] = word.p[0] == 'x' ? -1 : (int)strtol(word.p, NULL, 10);
    bidi->order_count = 0;
    while (take(&fields[4], " ", &word))
        bidi->order[bidi->order_count++] = strtoul(word.p, NULL, 10);
}

static void levels_are_those_of_uax_9(void **state)
{
    (void)state;
    struct str text = data_open(DATA "BidiCharacterTest.txt"), line;
    struct exceptions known;
    exceptions_read(&known, LISTS "levels.txt");
    static struct bidi_case bidi;
    struct arena scratch;
    arena_init(&scratch);
    while (next_case(&text, &line)) {
        bidi_read(&bidi, line);
        uint8_t levels[sizeof bidi.example.bytes];
        bool rtl = false;
        bool same =
            icu_levels(&scratch, example_text(&bidi.example), bidi.base, NULL, 0, levels, NULL, &rtl) &&
            rtl == bidi.rtl;
        for (size_t i = 0; same && i < bidi.example.count; i++)
            same = bidi.levels[i] < 0 || levels[bidi.example.from[i]] == bidi.levels[i];
        judge(&known, line, same);
        arena_done(&scratch);
        arena_init(&scratch);
    }
    arena_done(&scratch);
    exceptions_done(&known, 91000);
    file_unmap(data);
}

/* Where the glyph cluster that a byte of the paragraph belongs to starts; SIZE_MAX: the line shows none of
 * it. */
struct shown {
    size_t order[CODES_MOST * 4], count; /* starts of clusters, from left to right */
    size_t start[CODES_MOST * 4];
};

static void shown_read(struct shown *shown, const struct text_line *line, size_t bytes)
{
    shown->count = 0;
    for (size_t i = 0; i < bytes; i++)
        shown->start[i] = SIZE_MAX;
    for (size_t i = 0; i < line->segment_count; i++) {
        const struct text_segment *segment = &line->segments[i];
        bool starts[CODES_MOST * 4] = {false};
        for (size_t j = 0; j < segment->glyph_count; j++) {
            size_t at = segment->text_at + segment->glyphs[j].cluster;
            starts[at] = true;
            if (!shown->count || shown->order[shown->count - 1] != at)
                shown->order[shown->count++] = at;
        }
        for (size_t at = segment->text_at, start = SIZE_MAX; at < segment->text_at + segment->text.n; at++)
            shown->start[at] = start = starts[at] ? at : start;
    }
}

/* The line that the engine sets, read from left to right. A mark of direction before the text gives it its
 * base, as a paragraph's language would. */
static bool order_is_right(struct bidi_case *bidi)
{
    static struct example marked;
    memset(&marked, 0, sizeof marked);
    if (bidi->base != ICU_FIRST_STRONG)
        example_add(&marked, bidi->base == ICU_RTL ? 0x200F : 0x200E);
    size_t first = marked.count;
    for (size_t i = 0; i < bidi->example.count; i++)
        example_add(&marked, bidi->example.codes[i]);
    struct arena arena, scratch;
    struct diags diags;
    arena_init(&arena);
    arena_init(&scratch);
    diags_init(&diags, &arena);
    struct text_run run = support_run("");
    run.text = example_text(&marked);
    struct text_paragraph paragraph = support_paragraph(&run, 1, 10000000);
    paragraph.align = TEXT_LEFT;
    paragraph.language = NULL;
    paragraph.hyphenate = false;
    struct text_lines lines = support.engine->set(support.engine->self, &arena, &paragraph, &diags);
    struct para para; /* tells which byte of the text became which */
    para_init(&para, &paragraph, &arena, &scratch);
    static struct shown shown;
    shown.count = 0;
    size_t at[CODES_MOST], place = 0;
    for (size_t i = 0; i < marked.count; i++) {
        while (place < para.text.n && para_source(&para, (uint32_t)place) < marked.from[i])
            place++;
        bool here = place < para.text.n && para_source(&para, (uint32_t)place) == marked.from[i];
        at[i] = here ? place : SIZE_MAX;
    }
    for (size_t i = 0; i < para.text.n; i++)
        shown.start[i] = SIZE_MAX;
    if (lines.count)
        shown_read(&shown, &lines.items[0], para.text.n);
    bool same = lines.count <= 1;
    size_t next = 0, before = SIZE_MAX;
    for (size_t i = 0; same && i < bidi->order_count; i++) {
        size_t byte = at[bidi->order[i] + first];
        size_t start = byte == SIZE_MAX ? SIZE_MAX : shown.start[byte];
        if (start == SIZE_MAX || start == before)
            continue; /* spaces at the ends of a line, signs that steer; more of the same cluster */
        same = next < shown.count && shown.order[next++] == start;
        before = start;
    }
    same = same && next == shown.count;
    arena_done(&arena);
    arena_done(&scratch);
    return same;
}

static void lines_are_in_the_order_of_uax_9(void **state)
{
    (void)state;
    struct str text = data_open(DATA "BidiCharacterTest.txt"), line;
    struct exceptions known;
    exceptions_read(&known, LISTS "order.txt");
    static struct bidi_case bidi;
    while (next_case(&text, &line)) {
        bidi_read(&bidi, line);
        judge(&known, line, order_is_right(&bidi));
    }
    exceptions_done(&known, 91000);
    file_unmap(data);
}

/* ---- UAX #14 */

static void breaks_are_those_of_uax_14(void **state)
{
    (void)state;
    struct str text = data_open(DATA "auxiliary/LineBreakTest.txt"), line;
    struct exceptions known;
    exceptions_read(&known, LISTS "breaks.txt");
    static struct example example;
    struct arena scratch;
    arena_init(&scratch);
    while (next_case(&text, &line)) {
        example_read(&example, line);
        uint8_t breaks[sizeof example.bytes + 1] = {0};
        bool same = icu_breaks(&scratch, example_text(&example), NULL, breaks);
        for (size_t i = 1; same && i <= example.count; i++)
            same = breaks[example.from[i]] == example.breaks[i];
        judge(&known, line, same);
        arena_done(&scratch);
        arena_init(&scratch);
    }
    arena_done(&scratch);
    exceptions_done(&known, 7000);
    file_unmap(data);
}

/* A paragraph's places are ICU's only in scripts without spaces; elsewhere they are the few that a typesetter
 * takes. None of them may stand where the standard forbids it. */
static void places_are_allowed_by_uax_14(void **state)
{
    (void)state;
    struct str text = data_open(DATA "auxiliary/LineBreakTest.txt"), line;
    struct exceptions known;
    exceptions_read(&known, LISTS "places.txt");
    static struct example example;
    struct arena arena, scratch;
    arena_init(&arena);
    arena_init(&scratch);
    while (next_case(&text, &line)) {
        example_read(&example, line);
        struct text_run run = support_run("");
        run.text = example_text(&example);
        struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
        paragraph.language = NULL;
        struct para para;
        para_init(&para, &paragraph, &arena, &scratch);
        places_find(para.text, para.places);
        bool allowed = true;
        for (uint32_t at = 1; at < para.text.n; at++) {
            if (para.places[at] <= PLACE_NEVER)
                continue;
            size_t source = para_source(&para, at), i = 0;
            while (example.from[i] < source)
                i++;
            /* Signs that steer are gone: a place after them is a place before what follows. */
            allowed = allowed && example.from[i] == source && example.breaks[i];
        }
        judge(&known, line, allowed);
        arena_done(&arena);
        arena_init(&arena);
        arena_done(&scratch);
        arena_init(&scratch);
    }
    arena_done(&arena);
    arena_done(&scratch);
    exceptions_done(&known, 7000);
    file_unmap(data);
}

/* ---- UAX #29 */

static void clusters_are_those_of_uax_29(void **state)
{
    (void)state;
    struct str text = data_open(DATA "auxiliary/GraphemeBreakTest.txt"), line;
    struct exceptions known;
    exceptions_read(&known, LISTS "clusters.txt");
    static struct example example;
    while (next_case(&text, &line)) {
        example_read(&example, line);
        struct str whole = example_text(&example);
        bool same = true;
        for (size_t i = 0, end; same && i < example.count; i = end) {
            end = i + 1;
            while (end < example.count && !example.breaks[end])
                end++;
            same = utf8_cluster_end(whole, example.from[i]) == example.from[end] &&
                   cluster_end(whole, (uint32_t)example.from[i]) == example.from[end];
        }
        judge(&known, line, same);
    }
    exceptions_done(&known, 600);
    file_unmap(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_are_those_of_uax_9),    cmocka_unit_test(lines_are_in_the_order_of_uax_9),
        cmocka_unit_test(breaks_are_those_of_uax_14),   cmocka_unit_test(places_are_allowed_by_uax_14),
        cmocka_unit_test(clusters_are_those_of_uax_29),
    };
    return cmocka_run_group_tests(tests, support_open, support_close);
}
