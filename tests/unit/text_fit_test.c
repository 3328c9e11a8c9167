/* The choice of line ends, against every other choice there is: what text/fit.h says of costs is counted here
 * anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "text/fit.h"
#include "text_support.h"

enum { WORDS_MOST = 12, RATIO_ONE = 1024 };

/* A paragraph made of words and gaps. */
struct sample {
    struct candidate items[WORDS_MOST + 1];
    struct candidates_list list;
    struct measure measure;
};

static uint32_t random_state = 20260;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

/* Words of 20 to 80 with spaces of 10 between them, or hyphens, dashes and forced ends; all in thousands. */
static void make_sample(struct sample *sample)
{
    size_t count = 3 + next_random(WORDS_MOST - 2);
    int64_t x = 0, flex = 0, rigid = 0;
    *sample = (struct sample){.measure = {.width_mpt = 120000 + next_random(200) * 1000}};
    sample->measure.first_mpt = sample->measure.width_mpt - next_random(2) * 20000;
    sample->measure.ragged_mpt = next_random(4) ? 0 : sample->measure.width_mpt / 4;
    sample->measure.least_end_mpt = next_random(2) * 30000;
    for (size_t i = 1; i <= count; i++) {
        struct candidate *b = &sample->items[i];
        int64_t word = 20000 + next_random(60) * 1000;
        x += word;
        rigid += next_random(4) ? 0 : word;
        *b = (struct candidate){.end = (uint32_t)i, .start = (uint32_t)i, .end_sums.mpt = x, .end_sums.flex = flex};
        b->end_sums.rigid = b->start_sums.rigid = rigid;
        uint32_t kind = next_random(12);
        b->place = kind < 5 ? PLACE_SPACE : kind < 10 ? PLACE_HYPHEN : kind < 11 ? PLACE_DASH : PLACE_SOFT;
        if (i == count || next_random(30) == 0)
            b->place = PLACE_FORCED;
        if (place_has_hyphen(b->place))
            b->end_extra = 5000;
        b->end_hang = (int32_t)next_random(3) * 1000;
        if (b->place == PLACE_SPACE) {
            x += 10000;
            flex += 10000;
        }
        b->start_sums.mpt = x;
        b->start_sums.flex = flex;
        b->start_hang = (int32_t)next_random(2) * 1000;
    }
    sample->list = (struct candidates_list){.items = sample->items, .count = count + 1, .cap = WORDS_MOST + 1};
}

static int64_t penalty(uint8_t place)
{
    return place == PLACE_DASH ? 30 : place == PLACE_SOFT ? 40 : place == PLACE_HYPHEN ? 60 : 0;
}

struct way {
    int64_t cost;
    int class, hyphens;
    size_t at; /* candidate */
    bool ok;
};

/* The way that ends one more line at candidate `to`. Not ok when the line is worse than the tolerance allows.
 */
static struct way go_on(const struct sample *sample, const struct way *from, size_t to, int tolerance)
{
    const struct candidate *a = &sample->items[from->at], *b = &sample->items[to];
    const struct measure *measure = &sample->measure;
    bool last = to + 1 == sample->list.count, ragged = measure->ragged_mpt > 0;
    int64_t width = b->end_sums.mpt + b->end_extra - b->end_hang - a->start_sums.mpt - a->start_hang;
    int64_t slack = (from->at ? measure->width_mpt : measure->first_mpt) - width;
    int64_t flex = b->end_sums.flex - a->start_sums.flex, shrink = ragged ? 0 : flex * 3 / 10;
    int64_t stretch = ragged ? measure->ragged_mpt : flex * 48 / 100;
    int64_t wider = ragged ? 0 : (width - b->end_sums.rigid + a->start_sums.rigid) / 50;
    int64_t rest = slack > wider ? slack - wider : slack < -wider ? slack + wider : 0;
    struct way way = *from;
    way.at = to;
    way.ok = rest + shrink >= 0;
    if (!way.ok)
        return way;
    int64_t ratio = rest == 0              ? 0
                    : rest < 0             ? rest * RATIO_ONE / shrink
                    : rest >= 10 * stretch ? 10 * RATIO_ONE
                                           : rest * RATIO_ONE / stretch;
    int64_t size = ratio < 0 ? -ratio : ratio;
    int64_t part = !wider ? 0 : rest ? RATIO_ONE : llabs(slack) * RATIO_ONE / wider;
    int64_t badness = (100 * size * size * size + 10 * part * part * part) / (1 << 30);
    bool natural = b->place == PLACE_FORCED && slack >= 0;
    if (natural)
        badness = 0;
    way.hyphens = place_has_hyphen(b->place) ? from->hyphens + 1 : 0;
    int64_t length = measure->width_mpt - slack;
    bool least = last && from->at && a->place != PLACE_FORCED && length < measure->least_end_mpt;
    way.ok = badness <= tolerance && way.hyphens <= 2 && !(tolerance <= FIT_STRICT && least);
    int64_t line = 10 + badness + penalty(b->place);
    way.cost += line * line + (ragged ? 20000 : 0) + (way.hyphens == 2 ? 60000 : 0);
    way.class = natural || ragged        ? 1
                : 2 * ratio < -RATIO_ONE ? 0
                : 2 * ratio <= RATIO_ONE ? 1
                : ratio <= RATIO_ONE     ? 2
                                         : 3;
    int jump = way.class - from->class;
    if (!natural && (jump > 1 || jump < -1))
        way.cost += 10000;
    if (!last || !from->at)
        return way;
    int64_t enough = measure->width_mpt / (ragged ? 3 : 5);
    if (length < enough)
        way.cost += 40000 * ((enough - length) * RATIO_ONE / enough) / RATIO_ONE;
    way.cost += (least ? 40000 : 0) + (from->hyphens ? 10000 : 0) + (from->hyphens && flex == 0 ? 100000 : 0);
    return way;
}

/* The least cost of all ways; -1: there is none. Bit i of a number: a line ends at candidate i + 1. */
static int64_t least_cost(const struct sample *sample, int tolerance)
{
    size_t inner = sample->list.count - 2;
    int64_t least = -1;
    for (uint32_t ends = 0; ends < 1u << inner; ends++) {
        struct way way = {.class = 1, .ok = true};
        for (size_t i = 1; i < sample->list.count && way.ok; i++) {
            bool end = i == inner + 1 || ends >> (i - 1) & 1;
            if (end)
                way = go_on(sample, &way, i, tolerance);
            else if (sample->items[i].place == PLACE_FORCED)
                way.ok = false;
        }
        if (way.ok && (least < 0 || way.cost < least))
            least = way.cost;
    }
    return least;
}

static void the_cheapest_of_all_ways_is_found(void **state)
{
    (void)state;
    size_t none = 0, some = 0, hyphens = 0;
    for (int round = 0; round < 6000; round++) {
        struct sample sample;
        make_sample(&sample);
        int tolerance = next_random(3) ? FIT_LOOSE : FIT_STRICT;
        struct arena arena;
        arena_init(&arena);
        uint32_t *ends;
        size_t count;
        bool found = fit_lines(&sample.list, &sample.measure, tolerance, &arena, &ends, &count);
        int64_t least = least_cost(&sample, tolerance);
        assert_int_equal(found, least >= 0);
        none += !found;
        some += found;
        struct way way = {.class = 1, .ok = true};
        for (size_t i = 0; found && i < count; i++) {
            way = go_on(&sample, &way, ends[i], tolerance);
            assert_true(way.ok);
            hyphens += way.hyphens == 2;
        }
        if (found) {
            assert_int_equal(way.at, sample.list.count - 1);
            assert_int_equal(way.cost, least);
        }
        arena_done(&arena);
    }
    assert_true(none > 500 && some > 500 && hyphens > 50);
}

static const char prose[] =
    "The organisation of the registration services was looked at anew by representatives of the communities, "
    "in "
    "spite of considerable reservations; the negotiations that followed made the institutional "
    "accountability of "
    "the administration stronger, and its transparency too. Who is responsible for communication between "
    "regions "
    "was left open, although recommendations went from hand to hand among participants, and the "
    "extraordinary "
    "circumstances of that year asked for supplementary documentation of how the administration proceeds.";

static struct text_lines set(struct arena *arena, const char *text, int32_t width_mpt, struct diags *diags)
{
    diags_init(diags, arena);
    struct text_run *run = ARENA_NEW(arena, struct text_run);
    *run = support_run(text);
    struct text_paragraph paragraph = support_paragraph(run, 1, width_mpt);
    paragraph.hyphenate = true;
    return support.engine->set(support.engine->self, arena, &paragraph, diags);
}

/* Titles: no more lines than when they are filled up, and the shortest is no shorter than any other way leaves it. */
static void titles_are_balanced(void **state)
{
    (void)state;
    static const char title[] = "A registry of the region and the many who would like to be asked about its future";
    size_t turned = 0;
    for (int32_t width = 120000; width < 300000; width += 3000) {
        struct arena arena;
        arena_init(&arena);
        struct diags diags;
        diags_init(&diags, &arena);
        struct text_run run = support_run(title);
        struct text_paragraph paragraph = support_paragraph(&run, 1, width);
        paragraph.align = TEXT_LEFT;
        struct text_lines lines[2];
        int32_t least[2] = {INT32_MAX, INT32_MAX};
        for (int i = 0; i < 2; i++) {
            paragraph.balanced = i;
            lines[i] = support.engine->set(support.engine->self, &arena, &paragraph, &diags);
            for (size_t k = 0; k < lines[i].count; k++)
                if (lines[i].items[k].width_mpt < least[i])
                    least[i] = lines[i].items[k].width_mpt;
        }
        assert_int_equal(lines[0].count, lines[1].count);
        assert_true(lines[1].count < 2 || least[1] >= least[0]);
        turned += least[1] > least[0];
        arena_done(&arena);
    }
    assert_true(turned > 15);
}

/* At every measure that layout justifies: 24 ems and more. */
static void hyphens_and_last_lines_keep_their_rules(void **state)
{
    (void)state;
    size_t hyphenated = 0;
    for (int32_t width = 240000; width < 480000; width += 1500) {
        struct arena arena;
        arena_init(&arena);
        struct diags diags;
        struct text_lines lines = set(&arena, prose, width, &diags);
        size_t row = 0;
        for (size_t i = 0; i < lines.count; i++) {
            row = lines.items[i].hyphenated ? row + 1 : 0;
            hyphenated += lines.items[i].hyphenated;
            assert_true(row <= 2);
        }
        assert_true(lines.items[lines.count - 1].width_mpt >= 20000);
        assert_int_equal(diags.warnings + diags.errors, 0);
        arena_done(&arena);
    }
    assert_true(hyphenated > 50);
}

static void an_overfull_line_is_reported_once(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct text_lines lines = set(&arena, "WW WW", 4000, &diags);
    assert_true(lines.items[0].width_mpt > 4000);
    assert_int_equal(diags.per_code[DIAG_LINE_OVERFULL], 1);
    struct text_run run = support_run("WW WW");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 4000);
    support.engine->set(support.engine->self, &arena, &paragraph, &diags);
    assert_int_equal(diags.per_code[DIAG_LINE_OVERFULL], 1);
    set(&arena, "WW WW", 40000, &diags);
    assert_int_equal(diags.per_code[DIAG_LINE_OVERFULL], 0);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(titles_are_balanced),
                                       cmocka_unit_test(the_cheapest_of_all_ways_is_found),
                                       cmocka_unit_test(hyphens_and_last_lines_keep_their_rules),
                                       cmocka_unit_test(an_overfull_line_is_reported_once)};
    return cmocka_run_group_tests(tests, support_open, support_close);
}
