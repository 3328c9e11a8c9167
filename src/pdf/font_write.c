/* The objects of a font: a simple one, Type1 with a program in CFF or TrueType, whose program finds the
 * glyphs of codes, or Type0 with Identity-H over a CIDFont; its descriptor and program, and ToUnicode.
 * Source: ISO 32000-1, 9.6, 9.7, 9.9 and 9.10.3. */
#include "pdf/font.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/token.h"

/* A glyph's line of ToUnicode. */
struct coded {
    uint16_t code;
    struct str text;
};

static int by_code(const void *a, const void *b)
{
    return ((const struct coded *)a)->code - ((const struct coded *)b)->code;
}

static struct coded *sorted_codes(struct arena *arena, const struct font *font)
{
    struct coded *sorted = ARENA_ARRAY(arena, struct coded, font->count);
    for (size_t i = 0; i < font->count; i++)
        sorted[i] = (struct coded){font->items[i].code, font->items[i].text};
    qsort(sorted, font->count, sizeof *sorted, by_code);
    return sorted;
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

static struct object *write_descriptor(struct objects *objects, const struct program *made, bool narrow)
{
    struct object *program = object_new(objects);
    struct buf raw = {0};
    object_store_later(program, &made->deflated);
    if (made->cff) {
        object_name(program, "Subtype", narrow ? "Type1C" : "CIDFontType0C");
    } else {
        buf_text(&raw, "/Length1 ");
        token_int(&raw, (int64_t)made->bytes);
        object_raw(program, buf_view(&raw));
        buf_clear(&raw);
    }
    struct object *descriptor = object_new(objects);
    buf_str(&raw, made->descriptor);
    token_ref(&raw, program->id);
    object_raw(descriptor, buf_view(&raw));
    buf_done(&raw);
    return descriptor;
}

/* ToUnicode of a wide font. */
static struct object *write_map(struct fonts *fonts, struct objects *objects, struct program *program,
                                struct str map)
{
    if (!str_eq(program->map, map))
        program_keep_map(&fonts->cache->programs, program, map,
                         objects_compress(objects, DEFLATE_OTHER, map));
    struct object *object = object_new(objects);
    object_store(object, program->map_deflated, "FlateDecode");
    return object;
}

static void write_narrow(struct objects *objects, struct font *font, const struct program *program,
                         uint32_t to_unicode)
{
    const struct object *descriptor = write_descriptor(objects, program, true);
    struct buf raw = {0};
    buf_printf(&raw, "/Type/Font/Subtype/%s/BaseFont", program->cff ? "Type1" : "TrueType");
    token_name(&raw, program->name);
    buf_str(&raw, program->widths);
    buf_text(&raw, "/FontDescriptor");
    token_ref(&raw, descriptor->id);
    buf_text(&raw, "/ToUnicode");
    token_ref(&raw, to_unicode);
    font->object = object_new(objects);
    object_raw(font->object, buf_view(&raw));
    buf_done(&raw);
}

static void write_wide(struct fonts *fonts, struct objects *objects, struct font *font,
                       struct program *program)
{
    struct buf raw = {0};
    add_to_unicode(&raw, sorted_codes(objects_arena(objects), font), font->count);
    const struct object *map = write_map(fonts, objects, program, buf_view(&raw));

    const struct object *descriptor = write_descriptor(objects, program, false);
    struct object *cid_font = object_new(objects);
    buf_clear(&raw);
    buf_printf(&raw, "/Type/Font/Subtype/%s/BaseFont", program->cff ? "CIDFontType0" : "CIDFontType2");
    token_name(&raw, program->name);
    buf_text(&raw, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor");
    token_ref(&raw, descriptor->id);
    if (!program->cff)
        buf_text(&raw, "/CIDToGIDMap/Identity");
    buf_str(&raw, program->widths);
    object_raw(cid_font, buf_view(&raw));

    buf_clear(&raw);
    buf_text(&raw, "/Type/Font/Subtype/Type0/BaseFont");
    token_name(&raw, program->name);
    buf_text(&raw, program->cff ? "-Identity-H" : "");
    buf_text(&raw, "/Encoding/Identity-H/DescendantFonts[");
    token_ref(&raw, cid_font->id);
    buf_text(&raw, "]/ToUnicode");
    token_ref(&raw, map->id);
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
        struct str deflated = objects_compress(objects, DEFLATE_SMALL, plain);
        free((void *)kept->plain.p);
        free((void *)kept->deflated.p);
        *kept = (struct font_stream){copy_of(plain), copy_of(deflated)};
    }
    struct object *object = object_new(objects);
    object_store(object, kept->deflated, "FlateDecode");
    return object;
}

bool fonts_write(struct fonts *fonts, struct objects *objects, const struct text_face **failed)
{
    struct program **programs = ARENA_ARRAY(fonts->arena, struct program *, fonts->count + 1);
    bool narrow = false;
    for (size_t i = 0; i < fonts->count; i++) {
        struct font *font = &fonts->items[i];
        font_encode(&fonts->codes, font);
        programs[i] = font_program(fonts, objects, font);
        if (!programs[i]) {
            *failed = font->face;
            return false;
        }
        font_number(font, programs[i]);
        narrow = narrow || font->narrow;
    }
    uint32_t to_unicode = 0;
    if (narrow) {
        struct buf out = {0};
        codes_to_unicode(&fonts->codes, &out);
        to_unicode = write_stream(objects, &fonts->cache->to_unicode, buf_view(&out))->id;
        buf_done(&out);
    }
    for (size_t i = 0; i < fonts->count; i++)
        if (fonts->items[i].narrow)
            write_narrow(objects, &fonts->items[i], programs[i], to_unicode);
        else
            write_wide(fonts, objects, &fonts->items[i], programs[i]);
    return true;
}
