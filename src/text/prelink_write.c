/* Build tool: a table as C, its pairs as classes. */
#include "text/prelink_compile.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { KINDS_MOST = 256, CLASSES_MOST = 256 };

/* Pairs as rows and columns of kinds, each of which stands once. */
struct classes {
    struct prelink_pair kinds[KINDS_MOST];
    size_t kind_count;
    uint8_t *kind; /* of each pair */
    uint8_t left[LOCALS_MOST], right[LOCALS_MOST];
    size_t rows[CLASSES_MOST], columns[CLASSES_MOST]; /* the first glyph of each */
    size_t row_count, column_count;
};

static uint8_t kind_of(const struct table *table, struct classes *classes, const struct prelink_pair *pair)
{
    size_t i = 0;
    for (; i < classes->kind_count; i++) {
        const struct prelink_pair *kind = &classes->kinds[i];
        if (kind->stop == pair->stop &&
            (kind->stop == PRELINK_STOP || (kind->kern == pair->kern && kind->unsafe == pair->unsafe)))
            return (uint8_t)i;
    }
    if (i == KINDS_MOST)
        prelink_fail(table->path, "has more kinds of pairs than a byte can tell");
    classes->kinds[classes->kind_count++] = pair->stop == PRELINK_STOP ? (struct prelink_pair){.stop = PRELINK_STOP} : *pair;
    return (uint8_t)i;
}

/* The class of glyph i by its pairs with all others; step is from one of them to the next. */
static uint8_t class_of(const struct table *table, const uint8_t *pairs, size_t start, size_t other_step,
                        size_t step, size_t *firsts, size_t *first_count, size_t i)
{
    for (size_t c = 0; c < *first_count; c++) {
        size_t j = 0;
        while (j < table->local_count && pairs[start + j * step] == pairs[firsts[c] * other_step + j * step])
            j++;
        if (j == table->local_count)
            return (uint8_t)c;
    }
    if (*first_count == CLASSES_MOST)
        prelink_fail(table->path, "has more classes of kerning than a byte can tell");
    firsts[(*first_count)++] = i;
    return (uint8_t)(*first_count - 1);
}

static void classify(const struct table *table, struct classes *classes)
{
    size_t n = table->local_count;
    classes->kind = prelink_make(n * n, 1);
    for (size_t i = 0; i < n * n; i++)
        classes->kind[i] = kind_of(table, classes, &table->pairs[i]);
    for (size_t i = 0; i < n; i++) {
        classes->left[i] = class_of(table, classes->kind, i * n, n, 1, classes->rows, &classes->row_count, i);
        classes->right[i] =
            class_of(table, classes->kind, i, 1, n, classes->columns, &classes->column_count, i);
    }
}

static bool ligates(const struct table *table, size_t local)
{
    for (size_t i = 0; i < table->ligature_count; i++)
        if (table->ligatures[i].parts[0] == local)
            return true;
    return false;
}

/* Also rare are faces that are TrueType: a house must ask for them. */
static void begin_array(struct buf *out, const struct table *table, const char *type, const char *name, size_t index,
                        const char *dimensions)
{
    const struct text_face *face = &table->opened->shown;
    bool rare = memcmp(table->data.p, "OTTO", 4) != 0 ||
                prelink_rare(face->fixed_pitch, face->italic, face->serif, face->weight);
    buf_printf(out, "%sstatic const %s %s_%zu%s = {\n", rare ? "RARE " : "", type, name, index, dimensions);
}

static void write_glyphs(struct buf *out, const struct table *table, const struct classes *classes,
                         size_t index)
{
    begin_array(out, table, "struct prelink_glyph", "glyphs", index, "[]");
    for (size_t i = 0; i < table->local_count; i++)
        buf_printf(out, "{%u,%d,%u,%u,%d},%s", table->locals[i].id, table->locals[i].advance,
                   classes->left[i], classes->right[i], ligates(table, i), i % 8 == 7 ? "\n" : "");
    buf_text(out, "};\n");
    begin_array(out, table, "uint8_t", "pairs", index, "[]");
    for (size_t r = 0; r < classes->row_count; r++) {
        for (size_t c = 0; c < classes->column_count; c++)
            buf_printf(out, "%u,",
                       classes->kind[classes->rows[r] * table->local_count + classes->columns[c]]);
        buf_char(out, '\n');
    }
    buf_text(out, "};\n");
    begin_array(out, table, "struct prelink_pair", "kinds", index, "[]");
    for (size_t i = 0; i < classes->kind_count; i++)
        buf_printf(out, "{%d,%d,%d},", classes->kinds[i].kern, classes->kinds[i].unsafe,
                   classes->kinds[i].stop);
    buf_text(out, "{0}};\n");
    begin_array(out, table, "struct prelink_ligature", "ligatures", index, "[]");
    for (size_t i = 0; i < table->ligature_count; i++) {
        const struct prelink_ligature *l = &table->ligatures[i];
        buf_printf(out, "{%u,{%u,%u,%u,%u},%u,%u},\n", l->sets, l->parts[0], l->parts[1], l->parts[2],
                   l->parts[3], l->count, l->made);
    }
    buf_text(out, "{0}};\n");
}

/* The set whose map is this one's too: itself, or an earlier one. */
static unsigned same_map(const struct table *table, unsigned set)
{
    for (unsigned i = 0; i < set; i++)
        if (table->known[i] && memcmp(table->maps[i], table->maps[set], sizeof table->maps[set]) == 0)
            return i;
    return set;
}

static void write_numbers(struct buf *out, const uint16_t *numbers)
{
    for (unsigned i = 0; i < PRELINK_SLOTS; i++)
        buf_printf(out, "%u,%s", numbers[i], i % 24 == 23 ? "\n" : "");
}

/* Each map once; to list, which of them each set has. */
static void write_maps(struct buf *out, struct buf *list, const struct table *table, size_t index)
{
    unsigned count = 0, map[PRELINK_SETS];
    buf_printf(list, "maps_%zu, {", index);
    begin_array(out, table, "uint16_t", "maps", index, "[][PRELINK_SLOTS]");
    for (unsigned set = 0; set < PRELINK_SETS; set++) {
        map[set] = PRELINK_NO_MAP;
        if (table->known[set] && same_map(table, set) != set) {
            map[set] = map[same_map(table, set)];
        } else if (table->known[set]) {
            map[set] = count++;
            buf_char(out, '{');
            write_numbers(out, table->maps[set]);
            buf_text(out, "},\n");
        }
        buf_printf(list, "%u,", map[set]);
    }
    buf_text(out, "};\n");
    buf_text(list, "}},\n");
}

static void write_face(struct buf *list, const struct table *table)
{
    const struct face *face = table->opened;
    const struct text_face *shown = &face->shown;
    buf_printf(list, "{%d, %d, %d, %d, %d, %d, %d, %d, %d, %u, %u, %u, \"" STR_FMT "\", \"%s\", {",
               shown->units_per_em, shown->ascent, shown->descent, shown->cap_height, shown->x_height,
               shown->weight, shown->italic, shown->fixed_pitch, shown->serif, shown->embedding,
               face->substitute, text_face_glyph_count(shown), STR_ARG(shown->postscript_name), face->hyphen);
    for (size_t i = 0; i < sizeof face->low / sizeof face->low[0]; i++)
        buf_printf(list, "%" PRIu32 "u,", face->low[i]);
    buf_text(list, "}}, ");
}

static void write_inks(struct buf *out, const struct table *table, size_t index)
{
    begin_array(out, table, "struct face_ink", "inks", index, "[]");
    for (uint32_t g = 0; g < text_face_glyph_count(&table->opened->shown); g++) {
        struct face_ink ink = face_ink_of(table->opened, g);
        buf_printf(out, "{%d,%d},%s", ink.above, ink.below, g % 16 == 15 ? "\n" : "");
    }
    buf_text(out, "};\n");
}

void prelink_write(struct buf *out, struct buf *list, const struct table *table, size_t index)
{
    struct classes *classes = prelink_make(1, sizeof *classes);
    classify(table, classes);
    write_glyphs(out, table, classes, index);
    buf_printf(list,
               "    {%zu, %" PRIu64 "u, %" PRIu64
               "u, glyphs_%zu, %zu, pairs_%zu, kinds_%zu, %zu, ligatures_%zu, %zu, characters_%zu, ",
               table->data.n, prelink_digest(table->data), table->languages, index, table->local_count, index,
               index, classes->column_count, index, table->ligature_count, index);
    write_face(list, table);
    write_inks(out, table, index);
    buf_printf(list, "inks_%zu, ", index);
    begin_array(out, table, "uint16_t", "characters", index, "[]");
    write_numbers(out, table->characters);
    buf_text(out, "};\n");
    write_maps(out, list, table, index);
    free(classes->kind);
    free(classes);
}
