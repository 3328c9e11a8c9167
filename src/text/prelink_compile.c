/* Build tool: asks HarfBuzz what it makes of letters and pairs of letters in each face, and writes it as C
 * tables for text/prelink.h. Usage: prelink_compile OUTPUT FONT…
 *
 * Why words set from them are as HarfBuzz sets them. Shaping replaces and places glyphs by the rules of GSUB
 * and GPOS. Rules for one glyph by itself show when a letter is shaped alone. Kerning of pairs sees two
 * neighbours, and shows when each pair is shaped. All other rules are read (prelink_rules.h) and, of those
 * that glyphs of the table alone can fulfil, each has two glyphs side by side: such pairs are left to
 * HarfBuzz. Ligatures are the exception: they are made where the glyphs that the font joins are those that
 * the letters have from first to last. */
#include "text/prelink_compile.h"

#include <hb-ot.h>
#include <hb.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "text/feature_bit.h"

enum { FEATURES_MOST = 16, FILE_MOST = 64 * 1024 * 1024 };

/* The tool has no tables. */
const struct prelink prelink_tables[] = {{0}};
const size_t prelink_table_count = 0;

_Noreturn void prelink_fail(const char *name, const char *why)
{
    fprintf(stderr, "prelink_compile: %s: %s\n", name, why);
    exit(1);
}

void *prelink_make(size_t n, size_t size)
{
    void *p = calloc(n, size);
    if (!p)
        prelink_fail("memory", "there is none");
    return p;
}

static const hb_codepoint_t no_character = HB_SET_VALUE_INVALID;

/* The character of a slot. */
static hb_codepoint_t character(unsigned slot)
{
    static hb_codepoint_t of[PRELINK_SLOTS];
    if (!of[0]) {
        for (size_t i = 0; i < PRELINK_SLOTS; i++)
            of[i] = no_character;
        for (hb_codepoint_t c = 0x20; c < 0x3000; c++)
            if (prelink_slot(c) != PRELINK_SLOTS - 1)
                of[prelink_slot(c)] = c;
    }
    return of[slot];
}

static unsigned features_of(unsigned set, hb_feature_t *features)
{
    static const struct feature_bit table[] = FEATURE_BITS(PRELINK_);
    unsigned count = 0;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (set & table[i].bit)
            features[count++] =
                (hb_feature_t){table[i].tag, table[i].value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    if (set & PRELINK_SMALL_CAPS)
        features[count++] =
            (hb_feature_t){HB_TAG('c', '2', 's', 'c'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    return count;
}

static hb_segment_properties_t properties_of(const char *language)
{
    return (hb_segment_properties_t){.direction = HB_DIRECTION_LTR,
                                     .script = HB_SCRIPT_LATIN,
                                     .language = *language ? hb_language_from_string(language, -1) : NULL};
}

unsigned prelink_shape(struct table *table, hb_font_t *font, const hb_codepoint_t *text, size_t n,
                       const hb_feature_t *features, unsigned feature_count)
{
    hb_buffer_clear_contents(table->buffer);
    hb_buffer_add_codepoints(table->buffer, text, (int)n, 0, (int)n);
    hb_segment_properties_t properties = properties_of("en");
    hb_buffer_set_segment_properties(table->buffer, &properties);
    hb_buffer_set_flags(table->buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES |
                                           HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
    hb_shape(font, table->buffer, features, feature_count);
    return hb_buffer_get_length(table->buffer);
}

/* The lookups that shaping in a language goes through. Fractions, which a fraction slash alone calls, are not
 * among them: it is no character of ours. */
static void lookups_of(const struct table *table, unsigned set, const char *language, hb_set_t *gsub,
                       hb_set_t *gpos)
{
    hb_feature_t features[FEATURES_MOST];
    unsigned count = features_of(set, features);
    static const hb_tag_t off[] = {HB_TAG('f', 'r', 'a', 'c'), HB_TAG('n', 'u', 'm', 'r'),
                                   HB_TAG('d', 'n', 'o', 'm')};
    for (size_t i = 0; i < sizeof off / sizeof off[0]; i++)
        features[count++] = (hb_feature_t){off[i], 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    hb_segment_properties_t properties = properties_of(language);
    hb_shape_plan_t *plan = hb_shape_plan_create(table->face, &properties, features, count, NULL);
    hb_ot_shape_plan_collect_lookups(plan, HB_OT_TAG_GSUB, gsub);
    hb_ot_shape_plan_collect_lookups(plan, HB_OT_TAG_GPOS, gpos);
    hb_shape_plan_destroy(plan);
}

/* Languages that go through the lookups that English does. */
static void find_languages(struct table *table)
{
    if (prelink_language_count > 64)
        prelink_fail("languages", "are more than 64");
    for (size_t i = 0; i < prelink_language_count && i < 64; i++) {
        bool same = true;
        for (unsigned set = 0; set < PRELINK_SETS && same; set++) {
            if (!table->gsub[set])
                continue;
            hb_set_t *gsub = hb_set_create(), *gpos = hb_set_create();
            lookups_of(table, set, prelink_languages[i], gsub, gpos);
            same = hb_set_is_equal(gsub, table->gsub[set]) && hb_set_is_equal(gpos, table->gpos[set]);
            hb_set_destroy(gsub);
            hb_set_destroy(gpos);
        }
        if (same)
            table->languages |= UINT64_C(1) << i;
    }
}

/* All that a glyph may become by rules for one glyph. The set is the caller's. */
static hb_set_t *becomes(const struct table *table, const hb_set_t *singles, hb_codepoint_t first,
                         hb_codepoint_t last)
{
    hb_set_t *set = hb_set_create();
    hb_set_add(set, first);
    hb_set_add(set, last);
    hb_ot_layout_lookups_substitute_closure(table->face, singles, set);
    return set;
}

/* Where a glyph stands among the locals; added when it is not there. Takes over was. */
static uint16_t local_of(struct table *table, unsigned set, struct local local, hb_set_t *was)
{
    size_t i = 0;
    while (i < table->local_count &&
           (table->locals[i].id != local.id || table->locals[i].advance != local.advance ||
            table->locals[i].alone != local.alone))
        i++;
    if (i == LOCALS_MOST)
        prelink_fail(table->path, "has too many glyphs");
    if (i == table->local_count)
        table->locals[table->local_count++] = local;
    hb_set_t **own = &table->locals[i].was[set];
    if (*own) {
        hb_set_union(*own, was);
        hb_set_destroy(was);
    } else {
        *own = was;
    }
    return (uint16_t)i;
}

/* What stands in the buffer, if it is one glyph where the pen is. */
static bool one_glyph(const struct table *table, struct local *local)
{
    if (hb_buffer_get_length(table->buffer) != 1)
        return false;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(table->buffer, NULL);
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(table->buffer, NULL);
    *local = (struct local){.id = info->codepoint, .advance = position->x_advance};
    return info->codepoint && !position->x_offset && !position->y_offset && !position->y_advance &&
           !hb_glyph_info_get_glyph_flags(info) && position->x_advance >= 0 &&
           position->x_advance <= INT16_MAX &&
           hb_ot_layout_get_glyph_class(table->face, info->codepoint) != HB_OT_LAYOUT_GLYPH_CLASS_MARK;
}

/* Controls, and what is invisible by default. */
static bool is_left_out(hb_codepoint_t c)
{
    return c == no_character || c == 0xAD || (c >= 0x2028 && c <= 0x202E);
}

/* Each letter by itself. */
static void map_characters(struct table *table, unsigned set, const hb_set_t *singles)
{
    hb_feature_t features[FEATURES_MOST];
    unsigned count = features_of(set, features);
    for (unsigned slot = 0; slot < PRELINK_SLOTS; slot++) {
        hb_codepoint_t c = character(slot), nominal = 0;
        struct local local;
        table->maps[set][slot] = PRELINK_NONE;
        if (is_left_out(c))
            continue;
        prelink_shape(table, table->font, &c, 1, features, count);
        if (!one_glyph(table, &local))
            continue;
        local.alone = !hb_font_get_nominal_glyph(table->font, c, &nominal);
        hb_set_t *was = becomes(table, singles, local.alone ? local.id : nominal, local.id);
        table->maps[set][slot] = local_of(table, set, local, was);
    }
}

static bool has_any(const hb_set_t *glyphs, const hb_set_t *of)
{
    hb_set_t *common = hb_set_copy(glyphs);
    hb_set_intersect(common, of);
    bool any = !hb_set_is_empty(common);
    hb_set_destroy(common);
    return any;
}

/* Drops the letters of which nothing can be known. */
static void drop(struct table *table, unsigned set, const hb_set_t *beyond)
{
    for (unsigned slot = 0; slot < PRELINK_SLOTS; slot++) {
        uint16_t *glyph = &table->maps[set][slot];
        if (*glyph != PRELINK_NONE && has_any(table->locals[*glyph].was[set], beyond))
            *glyph = PRELINK_NONE;
    }
}

/* The letter of a glyph that no rule for one glyph makes or changes; no_character: there is none. */
static hb_codepoint_t letter_of(const struct table *table, unsigned set, hb_codepoint_t id, uint16_t *glyph)
{
    hb_codepoint_t found = no_character;
    for (unsigned slot = 0; slot < PRELINK_SLOTS; slot++) {
        uint16_t at = table->maps[set][slot];
        if (at == PRELINK_NONE || !hb_set_has(table->locals[at].was[set], id))
            continue;
        if (table->locals[at].id != id || hb_set_get_population(table->locals[at].was[set]) != 1 ||
            (found != no_character && *glyph != at))
            return no_character;
        found = character(slot);
        *glyph = at;
    }
    return found;
}

static bool same_parts(const struct prelink_ligature *a, const struct prelink_ligature *b)
{
    return a->count == b->count && a->made == b->made && memcmp(a->parts, b->parts, sizeof a->parts) == 0;
}

/* Takes a ligature if it can be made from the letters alone. */
static bool take_ligature(struct table *table, unsigned set, const struct rule *rule, const hb_set_t *singles)
{
    struct prelink_ligature ligature = {.sets = 1u << set, .count = (uint16_t)rule->count};
    hb_codepoint_t letters[PRELINK_PARTS];
    if (rule->count > PRELINK_PARTS)
        return false;
    for (size_t i = 0; i < rule->count; i++) {
        letters[i] = letter_of(table, set, hb_set_get_min(rule->parts[i]), &ligature.parts[i]);
        if (letters[i] == no_character)
            return false;
    }
    hb_feature_t features[FEATURES_MOST];
    unsigned count = features_of(set, features);
    prelink_shape(table, table->font, letters, rule->count, features, count);
    struct local local;
    if (!one_glyph(table, &local))
        return false;
    hb_set_t *was = becomes(table, singles, rule->made, local.id);
    bool is_made = local.id == rule->made || hb_set_has(was, local.id);
    ligature.made = local_of(table, set, local, was);
    if (!is_made)
        return false;
    for (size_t i = 0; i < table->ligature_count; i++)
        if (same_parts(&table->ligatures[i], &ligature)) {
            table->ligatures[i].sets |= ligature.sets;
            return true;
        }
    if (table->ligature_count == LIGATURES_MOST)
        return false;
    table->ligatures[table->ligature_count++] = ligature;
    return true;
}

static void add_glyphs(hb_set_t *glyphs, const struct rule *rule)
{
    for (size_t i = 0; i < rule->count; i++)
        hb_set_union(glyphs, rule->parts[i]);
    hb_set_add(glyphs, rule->made);
}

/* Whether ligatures of another lookup join or make glyphs of this one: one of them would have to wait for the
 * other. */
static bool waits(const struct rules *rules, const struct rule *rule)
{
    hb_set_t *own = hb_set_create(), *others = hb_set_create();
    add_glyphs(own, rule);
    for (size_t i = 0; i < rules->count; i++)
        if (rules->items[i].made != HB_SET_VALUE_INVALID && rules->items[i].lookup != rule->lookup)
            add_glyphs(others, &rules->items[i]);
    hb_set_intersect(own, others);
    bool any = !hb_set_is_empty(own);
    hb_set_destroy(own);
    hb_set_destroy(others);
    return any;
}

static void take_ligatures(struct table *table, unsigned set, const hb_set_t *singles)
{
    struct rules *rules = &table->rules[set];
    bool *taken = prelink_make(rules->count + 1, sizeof *taken);
    for (size_t i = 0; i < rules->count; i++)
        taken[i] = rules->items[i].made != HB_SET_VALUE_INVALID && !waits(rules, &rules->items[i]) &&
                   take_ligature(table, set, &rules->items[i], singles);
    for (size_t i = 0; i < rules->count; i++)
        if (!taken[i])
            rules->items[i].made =
                HB_SET_VALUE_INVALID; /* a rule like others: its pairs are left to HarfBuzz */
    free(taken);
}

/* The face as the program would open it, and its characters. */
static void find_characters(struct table *table)
{
    const char *why = "";
    table->opened = face_open(table->path, 0, &why);
    if (!table->opened)
        prelink_fail(table->path, why);
    for (unsigned slot = 0; slot < PRELINK_SLOTS; slot++)
        if (character(slot) != no_character)
            table->characters[slot] = (uint16_t)text_face_glyph(&table->opened->shown, character(slot));
}

/* All glyphs that letters may be while the rules of a set apply; where it has small capitals, of letters that have none
 * too, for they may stand beside. */
static hb_set_t *glyphs_of(const struct table *table, unsigned set)
{
    hb_set_t *glyphs = hb_set_create();
    for (size_t i = 0; i < table->local_count; i++) {
        if (table->locals[i].was[set])
            hb_set_union(glyphs, table->locals[i].was[set]);
        if (set & PRELINK_SMALL_CAPS && table->locals[i].was[set & ~(unsigned)PRELINK_SMALL_CAPS])
            hb_set_union(glyphs, table->locals[i].was[set & ~(unsigned)PRELINK_SMALL_CAPS]);
    }
    return glyphs;
}

/* Small capitals: what is unknown of letters beside them. */
static void check_beside(struct table *table, unsigned set)
{
    unsigned beside = set & ~(unsigned)PRELINK_SMALL_CAPS;
    for (unsigned slot = 0; slot < PRELINK_SLOTS && beside != set; slot++) {
        uint16_t glyph = table->maps[beside][slot];
        if (glyph != PRELINK_NONE && has_any(table->locals[glyph].was[beside], table->rules[set].beyond))
            table->known[set] = false;
    }
}

static void find_set(struct table *table, unsigned set)
{
    if (set & PRELINK_SMALL_CAPS && (set & PRELINK_SUPERSCRIPT || !table->known[set & ~(unsigned)PRELINK_SMALL_CAPS]))
        return; /* raised text has none */
    table->gsub[set] = hb_set_create();
    table->gpos[set] = hb_set_create();
    lookups_of(table, set, "en", table->gsub[set], table->gpos[set]);
    if (!hb_set_is_equal(table->gpos[set], table->gpos[0])) /* pairs are shaped once for all sets */
        return;
    table->known[set] = true;
    hb_set_t *singles = hb_set_create();
    rules_singles(table->face, table->gsub[set], singles);
    map_characters(table, set, singles);
    hb_set_t *glyphs = glyphs_of(table, set);
    hb_ot_layout_lookups_substitute_closure(table->face, table->gsub[set], glyphs);
    struct rules *rules = &table->rules[set];
    rules_read(rules, table->face, HB_OT_TAG_GSUB, table->gsub[set], glyphs);
    drop(table, set, rules->beyond);
    take_ligatures(table, set, singles);
    rules_read(rules, table->face, HB_OT_TAG_GPOS, table->gpos[set], glyphs);
    drop(table, set, rules->beyond);
    check_beside(table, set);
    hb_set_destroy(singles);
    hb_set_destroy(glyphs);
}

static void table_done(struct table *table)
{
    for (size_t i = 0; i < table->local_count; i++)
        for (unsigned set = 0; set < PRELINK_SETS; set++)
            hb_set_destroy(table->locals[i].was[set]);
    for (unsigned set = 0; set < PRELINK_SETS; set++) {
        rules_done(&table->rules[set]);
        hb_set_destroy(table->gsub[set]);
        hb_set_destroy(table->gpos[set]);
    }
    free(table->pairs);
    hb_buffer_destroy(table->buffer);
    hb_font_destroy(table->own);
    hb_font_destroy(table->font);
    hb_face_destroy(table->face);
    face_close(table->opened);
    free(table);
}

static hb_bool_t own_glyph(hb_font_t *font, void *data, hb_codepoint_t c, hb_codepoint_t *glyph, void *user)
{
    (void)font;
    (void)data;
    (void)user;
    *glyph = c - OWN_AREA;
    return c >= OWN_AREA;
}

static struct table *table_make(const char *path, struct str data)
{
    struct table *table = prelink_make(1, sizeof *table);
    table->path = path;
    table->data = data;
    hb_blob_t *blob = hb_blob_create(data.p, (unsigned)data.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    table->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    table->font = hb_font_create(table->face);
    table->own = hb_font_create_sub_font(table->font);
    hb_font_funcs_t *functions = hb_font_funcs_create();
    hb_font_funcs_set_nominal_glyph_func(functions, own_glyph, NULL, NULL);
    hb_font_set_funcs(table->own, functions, NULL, NULL);
    hb_font_funcs_destroy(functions);
    table->buffer = hb_buffer_create();
    for (unsigned set = 0; set < PRELINK_SETS; set++)
        find_set(table, set);
    find_languages(table);
    find_characters(table);
    prelink_find_pairs(table);
    return table;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        prelink_fail("usage", "prelink_compile OUTPUT FONT...");
    struct buf out = {0}, list = {0};
    buf_text(&out, "/* What HarfBuzz makes of the bundled faces, found out by prelink_compile when the "
                   "program was built. */\n"
                   "#include \"base/rare.h\"\n#include \"text/prelink.h\"\n\n");
    for (int i = 2; i < argc; i++) {
        struct arena arena;
        arena_init(&arena);
        struct str data;
        const char *why;
        if (!file_read(&arena, argv[i], FILE_MOST, &data, &why, NULL))
            prelink_fail(argv[i], why);
        if (!prelink_digest(data))
            prelink_fail(argv[i], "is no font");
        struct table *table = table_make(argv[i], data);
        prelink_write(&out, &list, table, (size_t)i - 2);
        table_done(table);
        arena_done(&arena);
    }
    buf_printf(&out, "\nconst struct prelink prelink_tables[] = {\n" STR_FMT "    {0}};\n",
               STR_ARG(buf_view(&list)));
    buf_printf(&out, "const size_t prelink_table_count = %d;\n", argc - 2);
    const char *why;
    bool ok = file_write(argv[1], buf_view(&out), true, &why);
    if (!ok)
        fprintf(stderr, "prelink_compile: %s: %s\n", argv[1], why);
    buf_done(&out);
    buf_done(&list);
    return ok ? 0 : 1;
}
