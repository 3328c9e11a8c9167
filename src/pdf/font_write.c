/* The objects of a font: Type0 with Identity-H over a CIDFont, its descriptor and program, W and ToUnicode.
 * Source: ISO 32000-1, 9.7, 9.8, 9.9 and 9.10.3. */
#include "pdf/font.h"

#include <hb.h>

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "pdf/deflate.h"
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
        make_tag(made.tag, subset.data);
    }
    struct program *kept = ok ? program_keep(cache, &made) : NULL;
    if (kept)
        deflate_begin(objects_deflater(objects), NULL, subset.data, &kept->deflated);
    subset_done(&subset);
    return kept;
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

/* A glyph's or variant's line of W, of ToUnicode, and of the map from codes to glyphs. */
struct coded {
    uint16_t code, gid;
    int32_t width_uem;
    struct str text;
};

static int by_code(const void *a, const void *b)
{
    return ((const struct coded *)a)->code - ((const struct coded *)b)->code;
}

static struct coded *sorted_codes(struct arena *arena, const struct font *font, size_t *count)
{
    struct coded *sorted = ARENA_ARRAY(arena, struct coded, font->count + font->variants.count);
    size_t n = 0;
    for (size_t i = 0; i < font->count; i++) {
        const struct font_glyph *glyph = &font->items[i];
        sorted[n++] = (struct coded){glyph->code, glyph->gid, glyph->width_uem, glyph->text};
    }
    for (size_t i = 0; font->narrow && i < font->variants.count; i++) {
        const struct font_variant *variant = &font->variants.items[i];
        const struct font_glyph *glyph = font_glyph_find(font, variant->id);
        sorted[n++] = (struct coded){variant->code, glyph ? glyph->gid : 0, glyph ? glyph->width_uem : 0,
                                     variant->text};
    }
    qsort(sorted, n, sizeof *sorted, by_code);
    *count = n;
    return sorted;
}

static void add_widths(struct buf *out, const struct coded *sorted, size_t count)
{
    buf_text(out, "/W[");
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || sorted[i].code != sorted[i - 1].code + 1) {
            if (i)
                buf_char(out, ']');
            token_int(out, sorted[i].code);
            buf_char(out, '[');
        } else {
            buf_char(out, ' ');
        }
        token_milli(out, sorted[i].width_uem);
    }
    buf_text(out, count ? "]]" : "]");
}

static void add_mapping(struct buf *out, const struct coded *coded, struct buf *units)
{
    unsigned char code[2] = {(unsigned char)(coded->code >> 8), (unsigned char)coded->code};
    token_hex(out, code, 2);
    buf_clear(units);
    token_utf16(units, coded->text);
    token_hex(out, units->p, units->n);
    buf_char(out, '\n');
}

/* Adobe Technical Note 5411. At most 100 entries a block. */
static void add_to_unicode(struct buf *out, const struct coded *sorted, size_t count)
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
        add_mapping(out, &sorted[i], &units);
    }
    buf_text(out, count ? "endbfchar\nendcmap\n" : "endcmap\n");
    buf_text(out, "CMapName currentdict/CMap defineresource pop\nend\nend\n");
    buf_done(&units);
}

/* Two bytes for each code up to the last, the glyph of the program (ISO 32000-1, 9.7.4.2). */
static void add_gids(struct buf *out, const struct coded *sorted, size_t count)
{
    size_t codes = count ? (size_t)sorted[count - 1].code + 1 : 0;
    buf_repeat(out, 0, 2 * codes);
    for (size_t i = 0; i < count; i++) {
        out->p[2 * sorted[i].code] = (char)(sorted[i].gid >> 8);
        out->p[2 * sorted[i].code + 1] = (char)sorted[i].gid;
    }
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
    struct str head = text_face_table(face, "head");
    buf_text(out, "/FontBBox[");
    for (unsigned i = 0; i < 4; i++) {
        if (i)
            buf_char(out, ' ');
        token_int(out, head.n >= 54 ? scaled(face, read_i16(head.p, 36 + 2 * i)) : 0);
    }
    buf_char(out, ']');
}

/* 16.16 in 'post', degrees counter-clockwise. */
static int64_t italic_angle_milli(const struct text_face *face)
{
    struct str post = text_face_table(face, "post");
    int64_t angle = 0;
    if (post.n >= 8)
        angle = (int64_t)read_i16(post.p, 4) * 1000 + (int64_t)(uint16_t)read_i16(post.p, 6) * 1000 / 65536;
    return angle;
}

enum { FLAG_FIXED = 1, FLAG_SERIF = 2, FLAG_SYMBOLIC = 4, FLAG_ITALIC = 64 }; /* 9.8.2 */

static struct object *write_descriptor(struct objects *objects, const struct text_face *face, struct str name,
                                       const struct program *made)
{
    struct object *program = object_new(objects);
    object_store_later(program, &made->deflated);
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

/* What goes with a program: ToUnicode of a wide font, the map from codes to glyphs of a narrow one. */
static struct object *write_map(struct fonts *fonts, struct objects *objects, struct program *program,
                                struct str map)
{
    if (!str_eq(program->map, map))
        program_keep_map(&fonts->cache->programs, program, map, objects_compress(objects, map));
    struct object *object = object_new(objects);
    object_store(object, program->map_deflated, "FlateDecode");
    return object;
}

/* Numbers of the objects that all narrow fonts share. */
struct shared {
    uint32_t cmap, to_unicode;
};

static void write_font(struct fonts *fonts, struct objects *objects, struct font *font,
                       struct program *program, const struct shared *shared)
{
    struct arena *arena = objects_arena(objects);
    struct str name = subset_name(arena, font->face, program);
    size_t count;
    const struct coded *sorted = sorted_codes(arena, font, &count);
    struct buf raw = {0};
    if (font->narrow)
        add_gids(&raw, sorted, count);
    else
        add_to_unicode(&raw, sorted, count);
    const struct object *map = write_map(fonts, objects, program, buf_view(&raw));

    const struct object *descriptor = write_descriptor(objects, font->face, name, program);
    struct object *cid_font = object_new(objects);
    buf_clear(&raw);
    buf_printf(&raw, "/Type/Font/Subtype/%s/BaseFont", program->cff ? "CIDFontType0" : "CIDFontType2");
    token_name(&raw, name);
    buf_text(&raw, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor");
    token_ref(&raw, descriptor->id);
    if (font->narrow) {
        buf_text(&raw, "/CIDToGIDMap");
        token_ref(&raw, map->id);
    } else if (!program->cff) {
        buf_text(&raw, "/CIDToGIDMap/Identity");
    }
    add_widths(&raw, sorted, count);
    object_raw(cid_font, buf_view(&raw));

    buf_clear(&raw);
    buf_text(&raw, "/Type/Font/Subtype/Type0/BaseFont");
    token_name(&raw, name);
    buf_text(&raw, program->cff ? "-Identity-H" : "");
    buf_text(&raw, "/Encoding");
    if (font->narrow)
        token_ref(&raw, shared->cmap);
    else
        buf_text(&raw, "/Identity-H");
    buf_text(&raw, "/DescendantFonts[");
    token_ref(&raw, cid_font->id);
    buf_text(&raw, "]/ToUnicode");
    token_ref(&raw, font->narrow ? shared->to_unicode : map->id);
    font->object = object_new(objects);
    object_raw(font->object, buf_view(&raw));
    buf_done(&raw);
}

static struct str copy_of(struct str s)
{
    char *copy = base_malloc(s.n);
    memcpy(copy, s.p, s.n);
    return (struct str){copy, s.n};
}

/* Deflated anew only where it is other than in the document before. */
static struct object *write_stream(struct objects *objects, struct font_stream *kept, struct str plain)
{
    if (!str_eq(kept->plain, plain) || !kept->deflated.n) {
        struct str deflated = objects_compress(objects, plain);
        free((void *)kept->plain.p);
        free((void *)kept->deflated.p);
        *kept = (struct font_stream){copy_of(plain), copy_of(deflated)};
    }
    struct object *object = object_new(objects);
    object_store(object, kept->deflated, "FlateDecode");
    return object;
}

static struct shared write_shared(struct fonts *fonts, struct objects *objects)
{
    struct buf out = {0};
    struct object *cmap = write_stream(objects, &fonts->cache->codes, codes_cmap());
    buf_text(&out, "/Type/CMap/CMapName/" CODES_CMAP_NAME
                   "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/WMode 0");
    object_raw(cmap, buf_view(&out));
    buf_clear(&out);
    codes_to_unicode(&fonts->codes, &out);
    const struct object *to_unicode = write_stream(objects, &fonts->cache->to_unicode, buf_view(&out));
    struct shared shared = {cmap->id, to_unicode->id};
    buf_done(&out);
    return shared;
}

bool fonts_write(struct fonts *fonts, struct objects *objects, const struct text_face **failed)
{
    struct program **programs = ARENA_ARRAY(fonts->arena, struct program *, fonts->count + 1);
    bool narrow = false;
    for (size_t i = 0; i < fonts->count; i++) {
        struct font *font = &fonts->items[i];
        programs[i] = program_of(fonts, objects, font);
        if (!programs[i]) {
            *failed = font->face;
            return false;
        }
        font_number(font, programs[i]);
        font_encode(&fonts->codes, font, programs[i]);
        narrow = narrow || font->narrow;
    }
    struct shared shared = {0};
    if (narrow)
        shared = write_shared(fonts, objects);
    for (size_t i = 0; i < fonts->count; i++)
        write_font(fonts, objects, &fonts->items[i], programs[i], &shared);
    return true;
}
