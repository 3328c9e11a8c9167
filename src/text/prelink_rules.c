/* Build tool: the rules of a font's layout tables that take more than one glyph. The fonts are our own; a
 * table that reaches beyond its end reads as zeros. */
#include "text/prelink_rules.h"

#include <hb-ot.h>

#include <stdlib.h>

enum {
    SUB_SINGLE = 1,
    SUB_MULTIPLE = 2,
    SUB_LIGATURE = 4,
    SUB_CHAIN = 6,
    SUB_EXTENSION = 7,
    POS_SINGLE = 1,
    POS_PAIR = 2,
    POS_MARK_FIRST = 4,
    POS_MARK_LAST = 6,
    POS_CHAIN = 8,
    POS_EXTENSION = 9,
    FLAGS_THAT_SKIP = 2 | 4 /* IGNORE_BASE_GLYPHS, IGNORE_LIGATURES; marks are never among the glyphs */
};

/* A table from a byte of it to its end. */
struct bytes {
    const unsigned char *p;
    size_t n;
};

struct reader {
    struct rules *rules;
    hb_face_t *face;
    hb_tag_t table;
    const hb_set_t *glyphs;
    unsigned lookup;
};

static unsigned u16(struct bytes b, size_t at)
{
    return at + 2 <= b.n ? (unsigned)(b.p[at] << 8 | b.p[at + 1]) : 0;
}

static struct bytes from(struct bytes b, size_t at)
{
    return at <= b.n ? (struct bytes){b.p + at, b.n - at} : (struct bytes){b.p, 0};
}

/* The subtable or coverage whose offset stands at a byte. */
static struct bytes follow(struct bytes b, size_t at)
{
    return from(b, u16(b, at));
}

/* The glyphs of a Coverage table in its order, as many as fit; their number. */
static size_t coverage_list(struct bytes b, hb_codepoint_t *out, size_t room)
{
    size_t count = u16(b, 2), n = 0;
    if (u16(b, 0) == 1) {
        for (size_t i = 0; i < count && n < room; i++)
            out[n++] = u16(b, 4 + 2 * i);
        return n;
    }
    for (size_t i = 0; i < count; i++)
        for (unsigned g = u16(b, 4 + 6 * i); g <= u16(b, 6 + 6 * i) && n < room; g++)
            out[n++] = g;
    return n;
}

/* Those glyphs of a Coverage table that were given. */
static hb_set_t *covered(const struct reader *reader, struct bytes coverage)
{
    enum { GLYPHS_MOST = 65536 };
    hb_codepoint_t *list = malloc(GLYPHS_MOST * sizeof *list);
    hb_set_t *set = hb_set_create();
    size_t n = list ? coverage_list(coverage, list, GLYPHS_MOST) : 0;
    for (size_t i = 0; i < n; i++)
        if (hb_set_has(reader->glyphs, list[i]))
            hb_set_add(set, list[i]);
    free(list);
    return set;
}

static bool is_live(const struct rule *rule)
{
    for (size_t i = 0; i < rule->count; i++)
        if (hb_set_is_empty(rule->parts[i]))
            return false;
    return rule->count > 1;
}

/* Takes a rule, or drops it when the glyphs given cannot fulfil it. */
static void take(struct reader *reader, struct rule *rule)
{
    struct rules *rules = reader->rules;
    if (rule->count == 1 && reader->table == HB_OT_TAG_GSUB)
        hb_set_union(rules->beyond, rule->parts[0]);
    if (!is_live(rule)) {
        for (size_t i = 0; i < rule->count; i++)
            hb_set_destroy(rule->parts[i]);
        return;
    }
    if (rules->count == rules->cap) {
        rules->cap = rules->cap ? 2 * rules->cap : 64;
        rules->items = realloc(rules->items, rules->cap * sizeof *rules->items);
        if (!rules->items)
            abort();
    }
    rule->lookup = reader->lookup;
    rules->items[rules->count++] = *rule;
}

static void add_part(struct rule *rule, hb_set_t *part)
{
    if (rule->count < RULE_PARTS) /* what is left out makes the rule one that more words fulfil */
        rule->parts[rule->count++] = part;
    else
        hb_set_destroy(part);
}

/* Two sets for all rules of a lookup: wherever one applies, a glyph of the first stands left of one of the
 * second. */
static void take_whole_lookup(struct reader *reader)
{
    hb_set_t *before = hb_set_create(), *input = hb_set_create(), *after = hb_set_create();
    hb_ot_layout_lookup_collect_glyphs(reader->face, reader->table, reader->lookup, before, input, after,
                                       NULL);
    hb_set_union(before, input);
    hb_set_union(after, input);
    hb_set_intersect(before, reader->glyphs);
    hb_set_intersect(after, reader->glyphs);
    struct rule rule = {.parts = {before, after}, .count = 2, .made = HB_SET_VALUE_INVALID};
    take(reader, &rule);
    hb_set_destroy(input);
}

/* Of lookups that are not read, and of those that pass over glyphs and join some that do not stand side by
 * side. */
static void give_up_glyphs(struct reader *reader)
{
    hb_set_t *all = hb_set_create();
    hb_ot_layout_lookup_collect_glyphs(reader->face, reader->table, reader->lookup, all, all, all, NULL);
    hb_set_intersect(all, reader->glyphs);
    hb_set_union(reader->rules->beyond, all);
    hb_set_destroy(all);
}

static void read_ligatures(struct reader *reader, struct bytes subtable)
{
    enum { FIRSTS_MOST = 4096 };
    static hb_codepoint_t firsts[FIRSTS_MOST];
    size_t count = coverage_list(follow(subtable, 2), firsts, FIRSTS_MOST);
    for (size_t i = 0; i < count; i++) {
        if (!hb_set_has(reader->glyphs, firsts[i]))
            continue;
        struct bytes set = follow(subtable, 6 + 2 * i);
        for (size_t j = 0; j < u16(set, 0); j++) {
            struct bytes ligature = follow(set, 2 + 2 * j);
            struct rule rule = {.made = u16(ligature, 0)};
            for (size_t k = 0; k < u16(ligature, 2); k++) {
                hb_codepoint_t glyph = k ? u16(ligature, 2 + 2 * k) : firsts[i];
                hb_set_t *part = hb_set_create();
                if (hb_set_has(reader->glyphs, glyph))
                    hb_set_add(part, glyph);
                add_part(&rule, part);
            }
            take(reader, &rule);
        }
    }
}

/* Adds the coverages of one of the three lists of a chained rule; the byte behind the list. */
static size_t add_coverages(struct reader *reader, struct rule *rule, struct bytes subtable, size_t at,
                            bool backwards)
{
    size_t count = u16(subtable, at);
    for (size_t i = 0; i < count; i++)
        add_part(rule, covered(reader, follow(subtable, at + 2 + 2 * (backwards ? count - 1 - i : i))));
    return at + 2 + 2 * count;
}

static void read_chain(struct reader *reader, struct bytes subtable)
{
    if (u16(subtable, 0) != 3) {
        if (reader->table == HB_OT_TAG_GSUB)
            give_up_glyphs(reader);
        else
            take_whole_lookup(reader);
        return;
    }
    struct rule rule = {.made = HB_SET_VALUE_INVALID};
    size_t at = add_coverages(reader, &rule, subtable, 2, true);
    at = add_coverages(reader, &rule, subtable, at, false);
    add_coverages(reader, &rule, subtable, at, false);
    take(reader, &rule);
}

static void read_substitution(struct reader *reader, unsigned type, struct bytes subtable)
{
    if (type == SUB_LIGATURE)
        read_ligatures(reader, subtable);
    else if (type == SUB_CHAIN)
        read_chain(reader, subtable);
    else if (type != SUB_SINGLE && type != SUB_MULTIPLE)
        give_up_glyphs(reader);
}

static void read_position(struct reader *reader, unsigned type, struct bytes subtable)
{
    if (type == POS_PAIR) {
        if (u16(subtable, 6)) /* a value for the second glyph too: it is no first of another pair then */
            take_whole_lookup(reader);
    } else if (type >= POS_MARK_FIRST && type <= POS_MARK_LAST) {
        struct rule rule = {.made = HB_SET_VALUE_INVALID};
        add_part(&rule, hb_set_copy(reader->glyphs));
        add_part(&rule, covered(reader, follow(subtable, 2)));
        take(reader, &rule);
    } else if (type == POS_CHAIN) {
        read_chain(reader, subtable);
    } else if (type != POS_SINGLE) {
        take_whole_lookup(reader);
    }
}

/* The lookup of a table, and its type behind extensions. */
static struct bytes find_lookup(struct bytes table, unsigned index)
{
    struct bytes list = follow(table, 8);
    return follow(list, 2 + 2 * (size_t)index);
}

static struct bytes find_subtable(struct bytes lookup, size_t i, unsigned extension, unsigned *type)
{
    struct bytes subtable = follow(lookup, 6 + 2 * i);
    *type = u16(lookup, 0);
    if (*type != extension)
        return subtable;
    *type = u16(subtable, 2);
    return from(subtable, (size_t)u16(subtable, 4) << 16 | u16(subtable, 6));
}

static void read_lookup(struct reader *reader, struct bytes table)
{
    bool gsub = reader->table == HB_OT_TAG_GSUB;
    struct bytes lookup = find_lookup(table, reader->lookup);
    if (u16(lookup, 2) & FLAGS_THAT_SKIP) {
        give_up_glyphs(reader);
        return;
    }
    for (size_t i = 0; i < u16(lookup, 4); i++) {
        unsigned type;
        struct bytes subtable = find_subtable(lookup, i, gsub ? SUB_EXTENSION : POS_EXTENSION, &type);
        if (gsub)
            read_substitution(reader, type, subtable);
        else
            read_position(reader, type, subtable);
    }
}

static struct bytes table_bytes(hb_blob_t *blob)
{
    unsigned n;
    const char *p = hb_blob_get_data(blob, &n);
    return (struct bytes){(const unsigned char *)p, n};
}

void rules_read(struct rules *rules, hb_face_t *face, hb_tag_t table, const hb_set_t *lookups,
                const hb_set_t *glyphs)
{
    if (!rules->beyond)
        rules->beyond = hb_set_create();
    struct reader reader = {.rules = rules, .face = face, .table = table, .glyphs = glyphs};
    hb_blob_t *blob = hb_face_reference_table(face, table);
    for (reader.lookup = HB_SET_VALUE_INVALID; hb_set_next(lookups, &reader.lookup);)
        read_lookup(&reader, table_bytes(blob));
    hb_blob_destroy(blob);
}

void rules_done(struct rules *rules)
{
    for (size_t i = 0; i < rules->count; i++)
        for (size_t j = 0; j < rules->items[i].count; j++)
            hb_set_destroy(rules->items[i].parts[j]);
    free(rules->items);
    hb_set_destroy(rules->beyond);
    *rules = (struct rules){0};
}

void rules_singles(hb_face_t *face, const hb_set_t *lookups, hb_set_t *singles)
{
    hb_blob_t *blob = hb_face_reference_table(face, HB_OT_TAG_GSUB);
    for (hb_codepoint_t i = HB_SET_VALUE_INVALID; hb_set_next(lookups, &i);) {
        unsigned type;
        find_subtable(find_lookup(table_bytes(blob), i), 0, SUB_EXTENSION, &type);
        if (type == SUB_SINGLE)
            hb_set_add(singles, i);
    }
    hb_blob_destroy(blob);
}
