/* The objects of a font: Type0 with Identity-H over a CIDFont, its descriptor and program, W and ToUnicode.
 * Source: ISO 32000-1, 9.7, 9.8, 9.9 and 9.10.3. */
#include "pdf/font.h"

#include <hb.h>

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "pdf/token.h"

static void make_tag(char tag[7], struct str program)
{
    unsigned char digest[32];
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, program.p, program.n);
    hash_done(&hash, digest);
    for (size_t i = 0; i < 6; i++)
        tag[i] = (char)('A' + digest[i] % 26);
    tag[6] = 0;
}

static int by_number(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* The font's program, made or kept from an earlier document. NULL when the face cannot be subset. */
static struct program *program_of(struct fonts *fonts, struct objects *objects, struct font *font)
{
    struct program_cache *cache = &fonts->cache->programs;
    struct program made = {.face = font->face, .count = font->count};
    made.ids = ARENA_ARRAY(fonts->arena, uint32_t, font->count);
    for (size_t i = 0; i < font->count; i++)
        made.ids[i] = font->items[i].id;
    qsort(made.ids, made.count, sizeof *made.ids, by_number);
    struct program *known = program_find(cache, font->face, made.ids, made.count);
    if (known)
        return known;
    struct subset subset;
    made.cids = ARENA_ARRAY(fonts->arena, uint16_t, font->count);
    bool ok = subset_make(&subset, font->face, made.ids, made.cids, made.count);
    if (ok) {
        made.cff = subset.cff;
        made.bytes = subset.data.n;
        made.deflated = objects_compress(objects, subset.data);
        make_tag(made.tag, subset.data);
    }
    subset_done(&subset);
    return ok ? program_keep(cache, &made) : NULL;
}

static struct str subset_name(struct arena *arena, const struct text_face *face, const struct program *program)
{
    char name[101];
    size_t n = 0;
    for (size_t i = 0; i < face->postscript_name.n && n < sizeof name - 1; i++) {
        char c = face->postscript_name.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')
            name[n++] = c;
    }
    name[n] = 0;
    return str_printf(arena, "%s+%s", program->tag, n ? name : "Font");
}

static int by_cid(const void *a, const void *b)
{
    const struct font_glyph *const *left = a, *const *right = b;
    return (*left)->cid - (*right)->cid;
}

static const struct font_glyph **sorted_glyphs(struct arena *arena, const struct font *font)
{
    const struct font_glyph **sorted = ARENA_ARRAY(arena, const struct font_glyph *, font->count);
    for (size_t i = 0; i < font->count; i++)
        sorted[i] = &font->items[i];
    qsort(sorted, font->count, sizeof(const struct font_glyph *), by_cid);
    return sorted;
}

static void add_widths(struct buf *out, const struct font_glyph **sorted, size_t count)
{
    buf_text(out, "/W[");
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || sorted[i]->cid != sorted[i - 1]->cid + 1) {
            if (i)
                buf_char(out, ']');
            token_int(out, sorted[i]->cid);
            buf_char(out, '[');
        } else {
            buf_char(out, ' ');
        }
        token_milli(out, sorted[i]->width_uem);
    }
    buf_text(out, count ? "]]" : "]");
}

static void add_mapping(struct buf *out, const struct font_glyph *glyph, struct buf *units)
{
    unsigned char code[2] = {(unsigned char)(glyph->cid >> 8), (unsigned char)glyph->cid};
    token_hex(out, code, 2);
    buf_clear(units);
    token_utf16(units, glyph->text);
    token_hex(out, units->p, units->n);
    buf_char(out, '\n');
}

/* Adobe Technical Note 5411. At most 100 entries a block. */
static void add_to_unicode(struct buf *out, const struct font_glyph **sorted, size_t count)
{
    struct buf units = {0};
    buf_text(out, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                  "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                  "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                  "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (size_t i = 0; i < count; i++) {
        if (i % 100 == 0) {
            if (i)
                buf_text(out, "endbfchar\n");
            token_int(out, (int64_t)(count - i < 100 ? count - i : 100));
            buf_text(out, " beginbfchar\n");
        }
        add_mapping(out, sorted[i], &units);
    }
    buf_text(out, count ? "endbfchar\nendcmap\n" : "endcmap\n");
    buf_text(out, "CMapName currentdict/CMap defineresource pop\nend\nend\n");
    buf_done(&units);
}

static int16_t read_i16(const char *table, unsigned at)
{
    const unsigned char *p = (const unsigned char *)table + at;
    return (int16_t)(p[0] << 8 | p[1]);
}

/* In thousandths of an em. */
static int64_t scaled(const struct text_face *face, int64_t units)
{
    return units * 1000 / face->units_per_em;
}

static void add_bbox(struct buf *out, const struct text_face *face)
{
    hb_blob_t *blob = hb_face_reference_table(face->hb_face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned n;
    const char *head = hb_blob_get_data(blob, &n);
    buf_text(out, "/FontBBox[");
    for (unsigned i = 0; i < 4; i++) {
        if (i)
            buf_char(out, ' ');
        token_int(out, n >= 54 ? scaled(face, read_i16(head, 36 + 2 * i)) : 0);
    }
    buf_char(out, ']');
    hb_blob_destroy(blob);
}

/* 16.16 in 'post', degrees counter-clockwise. */
static int64_t italic_angle_milli(const struct text_face *face)
{
    hb_blob_t *blob = hb_face_reference_table(face->hb_face, HB_TAG('p', 'o', 's', 't'));
    unsigned n;
    const char *post = hb_blob_get_data(blob, &n);
    int64_t angle = 0;
    if (n >= 8)
        angle = (int64_t)read_i16(post, 4) * 1000 + (int64_t)(uint16_t)read_i16(post, 6) * 1000 / 65536;
    hb_blob_destroy(blob);
    return angle;
}

enum { FLAG_FIXED = 1, FLAG_SERIF = 2, FLAG_SYMBOLIC = 4, FLAG_ITALIC = 64 }; /* 9.8.2 */

static struct object *write_descriptor(struct objects *objects, const struct text_face *face, struct str name,
                                       const struct program *made)
{
    struct object *program = object_new(objects);
    object_store(program, made->deflated, "FlateDecode");
    struct buf raw = {0};
    if (made->cff) {
        object_name(program, "Subtype", "CIDFontType0C");
    } else {
        buf_printf(&raw, "/Length1 %zu", made->bytes);
        object_raw(program, buf_view(&raw));
        buf_clear(&raw);
    }
    struct object *descriptor = object_new(objects);
    buf_text(&raw, "/Type/FontDescriptor/FontName");
    token_name(&raw, name);
    buf_printf(&raw, "/Flags %d",
               FLAG_SYMBOLIC | (face->fixed_pitch ? FLAG_FIXED : 0) | (face->serif ? FLAG_SERIF : 0) |
                   (face->italic ? FLAG_ITALIC : 0));
    add_bbox(&raw, face);
    buf_text(&raw, "/ItalicAngle ");
    token_milli(&raw, italic_angle_milli(face));
    /* No table tells the stems' width; this is near what faces of that weight have. */
    int weight = face->weight ? face->weight : 400;
    buf_printf(&raw, "/Ascent %d/Descent %d/CapHeight %d/StemV %d", (int)scaled(face, face->ascent),
               (int)scaled(face, face->descent), (int)scaled(face, face->cap_height), 50 + weight * weight / 4225);
    buf_text(&raw, made->cff ? "/FontFile3" : "/FontFile2");
    token_ref(&raw, program->id);
    object_raw(descriptor, buf_view(&raw));
    buf_done(&raw);
    return descriptor;
}

static void write_font(struct fonts *fonts, struct objects *objects, struct font *font, struct program *program)
{
    struct arena *arena = objects_arena(objects);
    struct str name = subset_name(arena, font->face, program);
    const struct font_glyph **sorted = sorted_glyphs(arena, font);
    struct buf raw = {0};
    add_to_unicode(&raw, sorted, font->count);
    if (!str_eq(program->to_unicode, buf_view(&raw)))
        program_keep_to_unicode(&fonts->cache->programs, program, buf_view(&raw),
                                objects_compress(objects, buf_view(&raw)));
    struct object *to_unicode = object_new(objects);
    object_store(to_unicode, program->to_unicode_deflated, "FlateDecode");

    const struct object *descriptor = write_descriptor(objects, font->face, name, program);
    struct object *cid_font = object_new(objects);
    buf_clear(&raw);
    buf_printf(&raw, "/Type/Font/Subtype/%s/BaseFont", program->cff ? "CIDFontType0" : "CIDFontType2");
    token_name(&raw, name);
    buf_text(&raw, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor");
    token_ref(&raw, descriptor->id);
    if (!program->cff)
        buf_text(&raw, "/CIDToGIDMap/Identity");
    add_widths(&raw, sorted, font->count);
    object_raw(cid_font, buf_view(&raw));

    buf_clear(&raw);
    buf_text(&raw, "/Type/Font/Subtype/Type0/BaseFont");
    token_name(&raw, name);
    buf_text(&raw, program->cff ? "-Identity-H" : "");
    buf_text(&raw, "/Encoding/Identity-H/DescendantFonts[");
    token_ref(&raw, cid_font->id);
    buf_text(&raw, "]/ToUnicode");
    token_ref(&raw, to_unicode->id);
    font->object = object_new(objects);
    object_raw(font->object, buf_view(&raw));
    buf_done(&raw);
}

bool fonts_write(struct fonts *fonts, struct objects *objects, const struct text_face **failed)
{
    for (size_t i = 0; i < fonts->count; i++) {
        struct font *font = &fonts->items[i];
        struct program *program = program_of(fonts, objects, font);
        if (!program) {
            *failed = font->face;
            return false;
        }
        font_number(font, program);
        write_font(fonts, objects, font, program);
    }
    return true;
}
