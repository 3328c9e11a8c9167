/* Build tool: writes the outlines of faces as C tables for pdf/cff_table.h. Usage: cff_compile OUTPUT FONT…
 */
#include <hb-ot.h>
#include <hb.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "pdf/cff.h"
#include "pdf/cff_number.h"
#include "pdf/cff_table.h"
#include "pdf/charstring.h"
#include "text/prelink.h"

enum { FILE_MOST = 64 * 1024 * 1024, NAME_MOST = 64, NUMBER_MOST = 16383, NOMINAL_MOST = 2048 };

struct font {
    const char *path;
    hb_face_t *face;
    hb_font_t *font;
    unsigned glyph_count;
    int *widths;
    int default_width, nominal_width;
    bool rare;
};

/* An outline while HarfBuzz draws it. */
struct drawing {
    const char *path;
    struct outline outline;
    struct outline_point start, pen;
};

static _Noreturn void fail(const char *name, const char *why)
{
    fprintf(stderr, "cff_compile: %s: %s\n", name, why);
    exit(1);
}

static struct outline_point point_at(const struct drawing *drawing, float x, float y)
{
    if (x != floorf(x) || y != floorf(y) || fabsf(x) > NUMBER_MOST || fabsf(y) > NUMBER_MOST)
        fail(drawing->path, "has a point that no short number tells");
    return (struct outline_point){(int)x, (int)y};
}

static void add_segment(struct drawing *drawing, bool curve, struct outline_point a, struct outline_point b,
                        struct outline_point end)
{
    struct outline *outline = &drawing->outline;
    if (outline->segment_count == outline->segment_cap) {
        outline->segment_cap = 2 * outline->segment_cap + 64;
        outline->segments = base_realloc(outline->segments, outline->segment_cap * sizeof *outline->segments);
    }
    outline->segments[outline->segment_count++] = (struct outline_segment){curve, {a, b, end}};
    drawing->pen = end;
}

static void add_line(struct drawing *drawing, struct outline_point end)
{
    if (end.x != drawing->pen.x || end.y != drawing->pen.y)
        add_segment(drawing, false, end, end, end);
}

static void begin(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    struct drawing *drawing = data;
    struct outline *outline = &drawing->outline;
    (void)funcs, (void)state, (void)user;
    if (outline->contour_count == outline->contour_cap) {
        outline->contour_cap = 2 * outline->contour_cap + 16;
        outline->contours = base_realloc(outline->contours, outline->contour_cap * sizeof *outline->contours);
    }
    outline->contours[outline->contour_count++] = (struct outline_contour){.first = outline->segment_count};
    drawing->pen = drawing->start = point_at(drawing, x, y);
}

static void line(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    struct drawing *drawing = data;
    (void)funcs, (void)state, (void)user;
    add_line(drawing, point_at(drawing, x, y));
}

static void curve(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2,
                  float y2, float x3, float y3, void *user)
{
    struct drawing *drawing = data;
    (void)funcs, (void)state, (void)user;
    add_segment(drawing, true, point_at(drawing, x1, y1), point_at(drawing, x2, y2),
                point_at(drawing, x3, y3));
}

static void end(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user)
{
    struct drawing *drawing = data;
    struct outline *outline = &drawing->outline;
    (void)funcs, (void)state, (void)user;
    add_line(drawing, drawing->start);
    struct outline_contour *contour = &outline->contours[outline->contour_count - 1];
    contour->count = outline->segment_count - contour->first;
    if (contour->count == 0)
        outline->contour_count--;
}

static hb_draw_funcs_t *make_pen(void)
{
    hb_draw_funcs_t *pen = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(pen, begin, NULL, NULL);
    hb_draw_funcs_set_line_to_func(pen, line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(pen, curve, NULL, NULL);
    hb_draw_funcs_set_close_path_func(pen, end, NULL, NULL);
    return pen;
}

/* Letters that most texts have: the widths of a face are told from theirs. */
static bool is_common(const struct prelink *known, uint32_t glyph)
{
    const uint16_t *map = known->maps[known->map_of[0]];
    for (unsigned i = 0; i < prelink_slot(0x100 - 1); i++)
        if (map[i] != PRELINK_NONE && known->glyphs[map[i]].id == glyph)
            return true;
    return false;
}

/* Bytes of the widths of common letters. */
static size_t widths_size(const int *widths, size_t count, int default_width, int nominal_width)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        if (widths[i] != default_width)
            size += cff_number_size(widths[i] - nominal_width);
    return size;
}

/* Chooses the width that need not be told, the commonest one, and the one from which others are told in the
 * fewest bytes. */
static void choose_widths(struct font *font, const struct prelink *known)
{
    int *common = base_malloc((font->glyph_count + 1) * sizeof *common);
    size_t count = 0, most = 0, least = SIZE_MAX;
    for (unsigned g = 1; g < font->glyph_count; g++)
        if (is_common(known, g))
            common[count++] = font->widths[g];
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        for (size_t j = 0; j < count; j++)
            same += common[j] == common[i];
        if (same > most) {
            most = same;
            font->default_width = common[i];
        }
    }
    for (int nominal = 0; nominal < NOMINAL_MOST; nominal++) {
        size_t size = widths_size(common, count, font->default_width, nominal);
        if (size < least) {
            least = size;
            font->nominal_width = nominal;
        }
    }
    free(common);
}

static void open_font(struct font *font, const char *path, struct str data)
{
    hb_blob_t *blob = hb_blob_create(data.p, (unsigned)data.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    *font = (struct font){.path = path, .face = hb_face_create(blob, 0)};
    hb_blob_destroy(blob);
    const struct prelink *known = prelink_find(data);
    if (!known)
        fail(path, "has no prelinked table");
    if (hb_face_get_upem(font->face) != 1000)
        fail(path, "has an em of other than 1000 units, which a matrix would have to tell");
    font->font = hb_font_create(font->face);
    font->glyph_count = hb_face_get_glyph_count(font->face);
    font->widths = base_malloc((font->glyph_count + 1) * sizeof *font->widths);
    for (unsigned g = 0; g < font->glyph_count; g++)
        font->widths[g] = hb_font_get_glyph_h_advance(font->font, g);
    choose_widths(font, known);
    const struct prelink_face *face = &known->face;
    font->rare = prelink_rare(face->fixed_pitch, face->italic, face->serif, face->weight);
}

static void close_font(struct font *font)
{
    hb_font_destroy(font->font);
    hb_face_destroy(font->face);
    free(font->widths);
}

/* Appends all charstrings, and fills where each begins. */
static void pack_charstrings(struct buf *bytes, const struct font *font, struct cff_glyph *glyphs)
{
    hb_draw_funcs_t *pen = make_pen();
    struct drawing drawing = {.path = font->path};
    for (unsigned g = 0; g < font->glyph_count; g++) {
        int width = font->widths[g] - font->nominal_width;
        drawing.outline.segment_count = drawing.outline.contour_count = 0;
        hb_font_get_glyph_shape(font->font, g, pen, &drawing);
        glyphs[g].at = (uint32_t)bytes->n;
        glyphs[g].width = (int16_t)font->widths[g];
        charstring_pack(&drawing.outline, font->widths[g] == font->default_width ? NULL : &width, bytes);
    }
    glyphs[font->glyph_count] = (struct cff_glyph){.at = (uint32_t)bytes->n};
    free(drawing.outline.segments);
    free(drawing.outline.contours);
    hb_draw_funcs_destroy(pen);
}

/* Appends the names that are no standard strings, and fills what each glyph is called. */
static void find_names(struct buf *strings, const struct font *font, struct cff_glyph *glyphs)
{
    uint16_t *names = base_malloc((font->glyph_count + 1) * sizeof *names);
    hb_blob_t *blob = hb_face_reference_table(font->face, HB_TAG('C', 'F', 'F', ' '));
    unsigned n = 0;
    const char *p = hb_blob_get_data(blob, &n);
    if (!cff_names((struct str){p, n}, names, font->glyph_count))
        fail(font->path, "names no glyphs");
    for (unsigned g = 0; g < font->glyph_count; g++) {
        glyphs[g].name = names[g];
        if (names[g] < CFF_STANDARD_STRINGS)
            continue;
        char name[NAME_MOST];
        size_t number = CFF_STANDARD_STRINGS + strings->n;
        if (!hb_font_get_glyph_name(font->font, g, name, sizeof name) || number > UINT16_MAX)
            fail(font->path, "has a glyph without a name, or too many names");
        buf_add(strings, name, strlen(name) + 1);
        glyphs[g].name = (uint16_t)number;
    }
    hb_blob_destroy(blob);
    free(names);
}

/* What is looked at together stands together: letters are among the first glyphs. */
static void write_glyphs(struct buf *out, const struct font *font, size_t index)
{
    struct buf bytes = {0}, strings = {0};
    struct cff_glyph *glyphs = base_malloc((font->glyph_count + 1) * sizeof *glyphs);
    pack_charstrings(&bytes, font, glyphs);
    find_names(&strings, font, glyphs);
    buf_printf(
        out,
        "%sstatic const struct {\nchar strings[%zu];\nstruct cff_glyph glyphs[%u];\nunsigned char bytes[%zu];\n"
        "} face_%zu = {\n",
        font->rare ? "RARE " : "", strings.n + 1, font->glyph_count + 1, bytes.n + 1, index);
    for (size_t i = 0; i < strings.n; i += strlen(strings.p + i) + 1)
        buf_printf(out, "\"%s\\0\"\n", strings.p + i);
    buf_text(out, "\"\", {\n");
    for (unsigned g = 0; g <= font->glyph_count; g++)
        buf_printf(out, "{%u,%u,%d},%s", glyphs[g].at, glyphs[g].name, glyphs[g].width,
                   g % 16 == 15 ? "\n" : "");
    buf_text(out, "}, {\n");
    for (size_t i = 0; i < bytes.n; i++)
        buf_printf(out, "%u,%s", (unsigned char)bytes.p[i], i % 32 == 31 ? "\n" : "");
    buf_text(out, "0}};\n");
    free(glyphs);
    buf_done(&bytes);
    buf_done(&strings);
}

/* FontBBox, from table head (OpenType 1.9). */
static void write_box(struct buf *list, const struct font *font)
{
    hb_blob_t *blob = hb_face_reference_table(font->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned n = 0;
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(blob, &n);
    if (n < 54)
        fail(font->path, "has no head");
    for (size_t i = 36; i < 44; i += 2)
        buf_printf(list, "%d,", (int16_t)(p[i] << 8 | p[i + 1]));
    hb_blob_destroy(blob);
}

static void add_font(struct buf *out, struct buf *list, const struct font *font, struct str data,
                     size_t index)
{
    write_glyphs(out, font, index);
    buf_printf(list, "    {%" PRIu64 "u, face_%zu.glyphs, face_%zu.bytes, face_%zu.strings, %u, %d, %d, {",
               prelink_digest(data), index, index, index, font->glyph_count, font->default_width,
               font->nominal_width);
    write_box(list, font);
    buf_text(list, "}},\n");
}

int main(int argc, char **argv)
{
    if (argc < 2)
        fail("usage", "cff_compile OUTPUT FONT...");
    struct buf out = {0}, list = {0};
    buf_text(&out,
             "/* Outlines of the bundled faces, written anew by cff_compile when the program was built. */\n"
             "#include \"base/rare.h\"\n#include \"pdf/cff_table.h\"\n\n");
    for (int i = 2; i < argc; i++) {
        struct arena arena;
        struct str data;
        struct font font;
        const char *why;
        arena_init(&arena);
        if (!file_read(&arena, argv[i], FILE_MOST, &data, &why, NULL))
            fail(argv[i], why);
        open_font(&font, argv[i], data);
        add_font(&out, &list, &font, data, (size_t)i);
        close_font(&font);
        arena_done(&arena);
    }
    buf_printf(&out, "\nconst struct cff_table cff_tables[] = {\n" STR_FMT "    {0}};\n",
               STR_ARG(buf_view(&list)));
    buf_printf(&out, "const size_t cff_table_count = %d;\n", argc - 2);
    const char *why;
    bool ok = file_write(argv[1], buf_view(&out), true, &why);
    if (!ok)
        fprintf(stderr, "cff_compile: %s: %s\n", argv[1], why);
    buf_done(&out);
    buf_done(&list);
    return ok ? 0 : 1;
}
