/* Build tool: kerning of pairs, and pairs of which only HarfBuzz knows. */
#include "text/prelink_compile.h"

#include <hb-ot.h>
#include <hb.h>

#include <stdlib.h>

static struct prelink_pair *pair_at(const struct table *table, size_t a, size_t b)
{
    return &table->pairs[a * table->local_count + b];
}

/* Kerning alone: without the features that replace glyphs. */
static unsigned shape_glyphs(struct table *table, const hb_codepoint_t *text, size_t n)
{
    static const hb_tag_t off[] = {HB_TAG('c', 'c', 'm', 'p'), HB_TAG('l', 'o', 'c', 'l'),
                                   HB_TAG('l', 'i', 'g', 'a'), HB_TAG('c', 'l', 'i', 'g'),
                                   HB_TAG('c', 'a', 'l', 't'), HB_TAG('r', 'l', 'i', 'g'),
                                   HB_TAG('r', 'c', 'l', 't'), HB_TAG('r', 'v', 'r', 'n'),
                                   HB_TAG('l', 't', 'r', 'a'), HB_TAG('l', 't', 'r', 'm')};
    hb_feature_t features[sizeof off / sizeof off[0]];
    for (size_t i = 0; i < sizeof off / sizeof off[0]; i++)
        features[i] = (hb_feature_t){off[i], 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    unsigned made = prelink_shape(table, table->own, text, n, features, sizeof off / sizeof off[0]);
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(table->buffer, NULL);
    for (size_t i = 0; i < n; i++)
        if (made != n || infos[i].codepoint != text[i] - OWN_AREA)
            prelink_fail(table->path, "glyphs are replaced without a feature");
    return made;
}

/* Shapes a glyph before each other, in one line with .notdef between the pairs: a b . a c . a d . … */
static void measure_row(struct table *table, size_t a, hb_codepoint_t *text)
{
    size_t count = table->local_count;
    shape_glyphs(table, &(hb_codepoint_t){OWN_AREA + table->locals[a].id}, 1);
    int alone = hb_buffer_get_glyph_positions(table->buffer, NULL)->x_advance;
    for (size_t b = 0; b < count; b++) {
        text[3 * b] = OWN_AREA + table->locals[a].id;
        text[3 * b + 1] = OWN_AREA + table->locals[b].id;
        text[3 * b + 2] = OWN_AREA;
    }
    shape_glyphs(table, text, 3 * count);
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(table->buffer, NULL);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(table->buffer, NULL);
    for (size_t b = 0; b < count; b++) {
        const hb_glyph_position_t *p = &positions[3 * b];
        *pair_at(table, a, b) = (struct prelink_pair){
            .kern = (int16_t)(p->x_advance - alone),
            .unsafe = (hb_glyph_info_get_glyph_flags(&infos[3 * b + 1]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0,
            .stop = p->x_offset || p->y_offset || p->y_advance || p[1].x_offset || p[1].y_offset ||
                            p->x_advance - alone < -1000 || p->x_advance - alone > 1000 ||
                            table->locals[a].alone || table->locals[b].alone
                        ? PRELINK_STOP
                        : PRELINK_GO};
    }
}

/* Whether a glyph may be one of part's while the rules of a set apply. Where that has small capitals, so has only a part
 * of the word: the rest of it is as without. */
static bool meets(const struct local *local, unsigned set, const hb_set_t *part)
{
    if (set & PRELINK_SMALL_CAPS && meets(local, set & ~(unsigned)PRELINK_SMALL_CAPS, part))
        return true;
    const hb_set_t *was = local->was[set];
    if (!was)
        return false;
    hb_set_t *common = hb_set_copy(was);
    hb_set_intersect(common, part);
    bool any = !hb_set_is_empty(common);
    hb_set_destroy(common);
    return any;
}

static void stop_pairs(struct table *table, unsigned set, const hb_set_t *left, const hb_set_t *right)
{
    uint8_t stop = set & PRELINK_SMALL_CAPS ? PRELINK_STOP_SMALL_CAPS : PRELINK_STOP;
    bool *meets_right = prelink_make(table->local_count, sizeof *meets_right);
    for (size_t i = 0; i < table->local_count; i++)
        meets_right[i] = meets(&table->locals[i], set, right);
    for (size_t a = 0; a < table->local_count; a++) {
        bool meets_left = meets(&table->locals[a], set, left);
        for (size_t b = 0; b < table->local_count; b++)
            if (meets_left && meets_right[b] && pair_at(table, a, b)->stop < stop)
                pair_at(table, a, b)->stop = stop;
    }
    free(meets_right);
}

/* Of the neighbours that a rule asks for, the ones that stop the fewest pairs. */
static void stop_rule(struct table *table, unsigned set, const struct rule *rule)
{
    size_t best = 0;
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i + 1 < rule->count; i++) {
        uint64_t pairs =
            (uint64_t)hb_set_get_population(rule->parts[i]) * hb_set_get_population(rule->parts[i + 1]);
        if (pairs < least) {
            least = pairs;
            best = i;
        }
    }
    stop_pairs(table, set, rule->parts[best], rule->parts[best + 1]);
}

void prelink_find_pairs(struct table *table)
{
    size_t count = table->local_count;
    table->pairs = prelink_make(count * count, sizeof *table->pairs);
    hb_codepoint_t *text = prelink_make(3 * count, sizeof *text);
    for (size_t a = 0; a < count; a++)
        measure_row(table, a, text);
    free(text);
    for (unsigned set = 0; set < PRELINK_SETS; set++)
        for (size_t i = 0; i < table->rules[set].count; i++)
            if (table->rules[set].items[i].made == HB_SET_VALUE_INVALID)
                stop_rule(table, set, &table->rules[set].items[i]);
}
