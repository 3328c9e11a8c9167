/* One font file: mapping, metrics, names, permission, coverage. */
#include "text/face.h"

#include <hb-ot.h>
#include <hb.h>

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/mapping.h"

enum {
    OS2_WEIGHT = 4,
    OS2_TYPE = 8,
    OS2_CLASS = 30,
    OS2_PANOSE = 32,
    OS2_SELECTION = 62,
    TYPE_RESTRICTED = 0x0002,
    TYPE_NO_SUBSET = 0x0100,
    TYPE_BITMAP_ONLY = 0x0200
};

static void open_font(const struct face *face)
{
    const struct str *data = &face->shown.data;
    hb_blob_t *blob = hb_blob_create(data->p, (unsigned)data->n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *hb = hb_face_create(blob, face->shown.index);
    hb_blob_destroy(blob);
    *face->font = hb_font_create(hb);
    hb_face_destroy(hb);
}

static hb_font_t *font_of(const struct face *face)
{
    if (!*face->font)
        open_font(face);
    return *face->font;
}

/* A big-endian number of a table, 0 where the table is too short. */
static unsigned table_u16(const struct str *table, size_t at)
{
    if (at + 2 > table->n)
        return 0;
    const unsigned char *p = (const unsigned char *)table->p + at;
    return (unsigned)(p[0] << 8 | p[1]);
}

static size_t table_size(hb_face_t *hb, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(hb, tag);
    size_t size = hb_blob_get_length(blob);
    hb_blob_destroy(blob);
    return size;
}

static bool has_outlines(hb_face_t *hb)
{
    return hb_face_get_glyph_count(hb) > 0 && table_size(hb, HB_TAG('c', 'm', 'a', 'p')) > 0 &&
           (table_size(hb, HB_TAG('g', 'l', 'y', 'f')) > 0 || table_size(hb, HB_TAG('C', 'F', 'F', ' ')) > 0);
}

static uint64_t table_u32(const struct str *table, size_t at)
{
    return (uint64_t)table_u16(table, at) << 16 | table_u16(table, at + 2);
}

/* All tables lie within the file (OpenType 1.9, Organization of an OpenType Font). Of a file that was cut
 * short HarfBuzz makes do with what is left: letters without a shape. */
static bool is_whole(const struct str *data, unsigned index)
{
    size_t at = str_starts(*data, STR("ttcf")) ? (size_t)table_u32(data, 12 + 4 * (size_t)index) : 0;
    unsigned count = table_u16(data, at + 4);
    for (unsigned i = 0; i < count; i++) {
        size_t record = at + 12 + 16 * (size_t)i;
        if (table_u32(data, record + 8) + table_u32(data, record + 12) > data->n)
            return false;
    }
    return at + 12 + 16 * (size_t)count <= data->n;
}

static bool is_serif(const struct str *os2)
{
    unsigned kind = os2->n > OS2_PANOSE ? (unsigned char)os2->p[OS2_PANOSE] : 0;
    unsigned serif = os2->n > OS2_PANOSE + 1 ? (unsigned char)os2->p[OS2_PANOSE + 1] : 0;
    if (kind == 2 && serif >= 2)
        return serif <= 10;
    unsigned family = table_u16(os2, OS2_CLASS) >> 8;
    return family >= 1 && family <= 7 && family != 6;
}

/* Weight, slant, serifs and permission, from the tables OS/2 and post (OpenType 1.9). */
static bool read_style(struct face *face, hb_face_t *hb)
{
    hb_blob_t *os2_blob = hb_face_reference_table(hb, HB_TAG('O', 'S', '/', '2'));
    hb_blob_t *post_blob = hb_face_reference_table(hb, HB_TAG('p', 'o', 's', 't'));
    unsigned n = 0;
    struct str os2 = {hb_blob_get_data(os2_blob, &n), 0};
    os2.n = n;
    struct str post = {hb_blob_get_data(post_blob, &n), 0};
    post.n = n;
    struct text_face *shown = &face->shown;
    unsigned weight = table_u16(&os2, OS2_WEIGHT);
    shown->weight = weight >= 1 && weight <= 1000 ? (int)weight : 400;
    shown->italic = (table_u16(&os2, OS2_SELECTION) & 1) || table_u16(&post, 4) || table_u16(&post, 6);
    shown->fixed_pitch = table_u16(&post, 12) || table_u16(&post, 14);
    shown->serif = is_serif(&os2);
    shown->embedding = table_u16(&os2, OS2_TYPE);
    hb_blob_destroy(os2_blob);
    hb_blob_destroy(post_blob);
    return !(shown->embedding & (TYPE_RESTRICTED | TYPE_NO_SUBSET | TYPE_BITMAP_ONLY));
}

static int glyph_top(hb_font_t *font, hb_codepoint_t c)
{
    hb_codepoint_t glyph;
    hb_glyph_extents_t extents;
    if (!hb_font_get_nominal_glyph(font, c, &glyph) || !hb_font_get_glyph_extents(font, glyph, &extents))
        return 0;
    return extents.y_bearing;
}

static int metric(hb_font_t *font, hb_ot_metrics_tag_t tag)
{
    hb_position_t value;
    return hb_ot_metrics_get_position(font, tag, &value) ? value : 0;
}

static void read_metrics(struct text_face *shown, hb_font_t *font)
{
    int em = shown->units_per_em;
    shown->ascent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
    shown->descent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
    if (shown->ascent <= 0 || shown->ascent > 4 * em)
        shown->ascent = em * 8 / 10;
    if (shown->descent >= 0 || shown->descent < -4 * em)
        shown->descent = -em * 2 / 10;
    shown->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT);
    shown->x_height = metric(font, HB_OT_METRICS_TAG_X_HEIGHT);
    if (shown->cap_height <= 0)
        shown->cap_height = glyph_top(font, 'H');
    if (shown->x_height <= 0)
        shown->x_height = glyph_top(font, 'x');
    if (shown->cap_height <= 0)
        shown->cap_height = em * 7 / 10;
    if (shown->x_height <= 0)
        shown->x_height = em / 2;
}

/* The PostScript name (name ID 6), of the characters that it may have; else made from the file's name. */
static void read_name(struct text_face *shown, hb_face_t *hb)
{
    char name[128];
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, hb_language_from_string("en", -1), &size, name);
    const char *from = name;
    if (!size) {
        const char *slash = strrchr(shown->path, '/');
        from = slash ? slash + 1 : shown->path;
        size = (unsigned)strlen(from);
    }
    char *clean = base_malloc(64);
    size_t n = 0;
    for (unsigned i = 0; i < size && n < 63; i++)
        if (from[i] > ' ' && from[i] < 127 && !strchr("[](){}<>/%", from[i]))
            clean[n++] = from[i];
    clean[n] = '\0';
    shown->postscript_name = (struct str){clean, n};
}

static void read_coverage(struct face *face)
{
    hb_font_t *font = font_of(face);
    hb_codepoint_t glyph;
    for (uint32_t c = 0x20; c < FACE_LOW_LIMIT; c++)
        if (hb_font_get_nominal_glyph(font, c, &glyph) && glyph)
            face->low[c / 32] |= 1u << c % 32;
    if ((hb_font_get_nominal_glyph(font, 0xFFFD, &glyph) && glyph) ||
        (hb_font_get_nominal_glyph(font, '?', &glyph) && glyph))
        face->substitute = glyph;
    if (face_has(face, 0x2010))
        memcpy(face->hyphen, "\xE2\x80\x90", 4);
    else if (face_has(face, '-'))
        memcpy(face->hyphen, "-", 2);
}

/* All that was found out when the program was built. */
static void take_prelinked(struct face *face, const struct prelink_face *known)
{
    struct text_face *shown = &face->shown;
    shown->bundled = true;
    shown->units_per_em = known->units_per_em;
    shown->ascent = known->ascent;
    shown->descent = known->descent;
    shown->cap_height = known->cap_height;
    shown->x_height = known->x_height;
    shown->weight = known->weight;
    shown->italic = known->italic;
    shown->fixed_pitch = known->fixed_pitch;
    shown->serif = known->serif;
    shown->embedding = known->embedding;
    size_t n = strlen(known->name);
    char *name = base_malloc(n + 1);
    memcpy(name, known->name, n + 1);
    shown->postscript_name = (struct str){name, n};
    memcpy(face->low, known->low, sizeof face->low);
    face->substitute = known->substitute;
    memcpy(face->hyphen, known->hyphen, strlen(known->hyphen));
    struct str hhea = text_face_table(shown, "hhea");
    face->metrics = text_face_table(shown, "hmtx");
    face->metric_count = table_u16(&hhea, 34);
}

static struct divisor divisor_of(int units_per_em)
{
    struct divisor by = {.em = (uint64_t)units_per_em, .shift = 31};
    while (1ULL << (by.shift - 31) < by.em)
        by.shift++;
    by.inverse = ((1ULL << by.shift) + by.em - 1) / by.em;
    return by;
}

struct face *face_open(const char *path, unsigned index, const char **why)
{
    struct str data;
    if (!mapping_open(path, &data, why))
        return NULL;
    if (data.n > UINT32_MAX) {
        mapping_close(data);
        *why = "is too large for a font";
        return NULL;
    }
    struct face *face = base_malloc(sizeof *face);
    memset(face, 0, sizeof *face);
    face->inks = base_malloc(sizeof *face->inks);
    *face->inks = (struct face_inks){0};
    face->font = base_malloc(sizeof *face->font);
    *face->font = NULL;
    struct text_face *shown = &face->shown;
    shown->path = path;
    shown->index = index;
    shown->data = data;
    face->prelinked = index == 0 ? prelink_find(data) : NULL;
    if (face->prelinked) {
        take_prelinked(face, &face->prelinked->face);
        *face->inks = (struct face_inks){face->prelinked->inks, NULL, face->prelinked->face.glyph_count};
        face->em = divisor_of(shown->units_per_em);
        return face;
    }
    hb_font_t *font = font_of(face);
    hb_face_t *hb = hb_font_get_face(font);
    shown->units_per_em = (int)hb_face_get_upem(hb);
    face->em = divisor_of(shown->units_per_em);
    if (!is_whole(&data, index))
        *why = "is damaged: a table reaches beyond its end";
    else if (!has_outlines(hb))
        *why = "is no OpenType font with outlines";
    else if (!read_style(face, hb))
        *why = "may not be embedded, by its own licence bits";
    else {
        read_metrics(shown, font);
        read_name(shown, hb);
        read_coverage(face);
        return face;
    }
    face_close(face);
    return NULL;
}

void face_close(struct face *face)
{
    if (!face)
        return;
    if (*face->font)
        hb_font_destroy(*face->font);
    free(face->font);
    mapping_close(face->shown.data);
    free((void *)face->shown.postscript_name.p);
    free(face->inks->own);
    free(face->inks);
    free(face);
}

/* Spaces of a fixed width, which HarfBuzz makes from the space when a font lacks them. */
static bool is_made_of_space(uint32_t c)
{
    return (c >= 0x2000 && c <= 0x200A) || c == 0xA0 || c == 0x202F || c == 0x205F || c == 0x3000;
}

static const struct face *face_of(const struct text_face *shown)
{
    return (const struct face *)shown;
}

void *text_face_font(const struct text_face *shown)
{
    return font_of(face_of(shown));
}

/* Of a file that is_whole has seen, or that is bundled. */
struct str text_face_table(const struct text_face *shown, const char *tag)
{
    const struct str *data = &shown->data;
    size_t at = str_starts(*data, STR("ttcf")) ? (size_t)table_u32(data, 12 + 4 * (size_t)shown->index) : 0;
    unsigned count = table_u16(data, at + 4);
    for (unsigned i = 0; i < count; i++) {
        size_t record = at + 12 + 16 * (size_t)i;
        if (record + 16 > data->n || memcmp(data->p + record, tag, 4) != 0)
            continue;
        size_t start = (size_t)table_u32(data, record + 8), n = (size_t)table_u32(data, record + 12);
        if (start + n <= data->n)
            return (struct str){data->p + start, n};
    }
    return (struct str){"", 0};
}

unsigned text_face_glyph_count(const struct text_face *shown)
{
    const struct prelink *known = face_of(shown)->prelinked;
    return known ? known->face.glyph_count
                 : hb_face_get_glyph_count(hb_font_get_face(font_of(face_of(shown))));
}

uint32_t text_face_glyph(const struct text_face *shown, uint32_t code_point)
{
    const struct face *face = face_of(shown);
    unsigned slot = prelink_slot(code_point);
    if (face->prelinked && slot != PRELINK_SLOTS - 1)
        return face->prelinked->characters[slot];
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(font_of(face), code_point, &glyph) ? glyph : 0;
}

int32_t text_face_advance(const struct text_face *shown, uint32_t glyph)
{
    const struct face *face = face_of(shown);
    const unsigned count = face->metric_count;
    if (!face->prelinked)
        return hb_font_get_glyph_h_advance(font_of(face), glyph);
    if (glyph >= face->prelinked->face.glyph_count || !count)
        return 0;
    return (int32_t)table_u16(&face->metrics, 4 * (size_t)(glyph < count ? glyph : count - 1));
}

bool face_has(const struct face *face, uint32_t code_point)
{
    if (code_point < FACE_LOW_LIMIT)
        return face->low[code_point / 32] >> code_point % 32 & 1;
    return text_face_glyph(&face->shown, code_point) != 0;
}

int face_letter_height(const struct face *face, uint32_t code_point)
{
    return glyph_top(font_of(face), code_point);
}

static int16_t clamp16(int value)
{
    return (int16_t)(value > INT16_MAX ? INT16_MAX : value < -INT16_MAX ? -INT16_MAX : value);
}

struct face_ink face_measure_ink(const struct face *face, uint32_t glyph)
{
    struct face_ink ink = {-INT16_MAX, -INT16_MAX};
    struct face_inks *inks = face->inks;
    unsigned count = text_face_glyph_count(&face->shown);
    if (glyph >= count)
        return ink;
    if (!inks->own) {
        inks->items = inks->own = calloc(count, sizeof *inks->own);
        if (!inks->own)
            base_out_of_memory();
        inks->count = count;
    }
    hb_glyph_extents_t extents;
    if (hb_font_get_glyph_extents(font_of(face), glyph, &extents) && extents.height != 0)
        ink = (struct face_ink){clamp16(extents.y_bearing), clamp16(-extents.y_bearing - extents.height)};
    inks->own[glyph] = ink;
    return ink;
}

bool code_point_is_ignorable(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0xAD, 0xAD},      {0x34F, 0x34F},   {0x61C, 0x61C},     {0x115F, 0x1160},
                  {0x17B4, 0x17B5},  {0x180B, 0x180F}, {0x200B, 0x200F},   {0x202A, 0x202E},
                  {0x2060, 0x206F},  {0x3164, 0x3164}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
                  {0xFFA0, 0xFFA0},  {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
                  {0xE0000, 0xE0FFF}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

bool face_has_cluster(const struct face *face, struct str cluster)
{
    for (size_t i = 0; i < cluster.n;) {
        int32_t next = utf8_next(cluster, &i);
        uint32_t c = next < 0 ? 0xFFFD : (uint32_t)next;
        if (face_has(face, c))
            continue;
        if (is_made_of_space(c) && face_has(face, ' '))
            continue;
        if (c == 0x2011 && (face_has(face, 0x2010)))
            continue;
        if (c < 0x80 || !code_point_is_ignorable(c))
            return false;
    }
    return true;
}
