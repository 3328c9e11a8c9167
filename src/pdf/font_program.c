/* A font's program: its file cut down and deflated, and what its font's entries say of it: name, widths and
 * descriptor. Source: ISO 32000-1, 9.6.2, 9.6.6.4, 9.7.4.3, 9.8 and 9.9. */
#include "pdf/font.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "pdf/cff_write.h"
#include "pdf/deflate.h"
#include "pdf/sfnt.h"
#include "pdf/token.h"

enum { CODES = 256 }; /* of a narrow font */

/* From what the program is made of: its file, whose sum stands in table head, its glyphs and their codes. */
static void make_tag(char tag[7], const struct program_key *key)
{
    struct str head = text_face_table(key->face, "head");
    unsigned char digest[32];
    struct hash hash;
    struct buf words = {0};
    for (size_t i = 0; i < key->word_count; i++) {
        buf_char(&words, (char)(key->words[i] >> 8));
        buf_char(&words, (char)key->words[i]);
    }
    hash_init(&hash);
    hash_add(&hash, key->face->postscript_name.p, key->face->postscript_name.n);
    hash_add(&hash, head.p, head.n);
    hash_add(&hash, words.p, words.n);
    hash_done(&hash, digest);
    buf_done(&words);
    for (size_t i = 0; i < 6; i++)
        tag[i] = (char)('A' + digest[i] % 26);
    tag[6] = 0;
}

/* Gives the tables of a narrow font one that finds glyphs by code, which is appended to cmap; false when
 * there is no room. */
static bool set_cmap(struct sfnt *sfnt, const struct program *program, struct buf *cmap)
{
    const struct program_key *key = &program->key;
    uint16_t gids[CODES] = {0};
    for (size_t i = 0; i < key->glyph_count; i++)
        gids[key->words[key->glyph_count + i] % CODES] = program->gids[i];
    for (size_t i = 2 * key->glyph_count; i + 1 < key->word_count; i += 2)
        gids[key->words[i + 1] % CODES] = program->gids[program_glyph(key, key->words[i])];
    sfnt_cmap(gids, cmap);
    return sfnt_set(sfnt, "cmap", buf_view(cmap));
}

/* Widths of a narrow font, from the first code to the last (ISO 32000-1, Table 111). */
static void add_narrow_widths(struct buf *out, const struct program *program)
{
    const struct program_key *key = &program->key;
    int32_t widths[CODES];
    unsigned first = CODES, last = 0;
    for (unsigned i = 0; i < CODES; i++)
        widths[i] = -1;
    for (size_t i = 0; i < key->glyph_count; i++)
        widths[key->words[key->glyph_count + i] % CODES] = program->widths_uem[i];
    for (size_t i = 2 * key->glyph_count; i + 1 < key->word_count; i += 2)
        widths[key->words[i + 1] % CODES] = program->widths_uem[program_glyph(key, key->words[i])];
    for (unsigned i = 0; i < CODES; i++)
        if (widths[i] >= 0) {
            first = first == CODES ? i : first;
            last = i;
        }
    if (first == CODES)
        first = 0;
    buf_text(out, "/FirstChar ");
    token_int(out, first);
    buf_text(out, "/LastChar ");
    token_int(out, last);
    buf_text(out, "/Widths[");
    for (unsigned i = first; i <= last; i++) {
        if (i > first)
            buf_char(out, ' ');
        token_milli(out, widths[i] < 0 ? 0 : widths[i]);
    }
    buf_char(out, ']');
}

struct cid {
    uint16_t cid;
    int32_t width_uem;
};

static int by_cid(const void *a, const void *b)
{
    return ((const struct cid *)a)->cid - ((const struct cid *)b)->cid;
}

/* Those of a wide one (9.7.4.3). */
static void add_wide_widths(struct buf *out, const struct program *program)
{
    size_t count = program->key.glyph_count;
    struct cid *sorted = base_malloc((count + 1) * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct cid){program->gids[i], program->widths_uem[i]};
    qsort(sorted, count, sizeof *sorted, by_cid);
    buf_text(out, "/W[");
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || sorted[i].cid != sorted[i - 1].cid + 1) {
            if (i)
                buf_char(out, ']');
            token_int(out, sorted[i].cid);
            buf_char(out, '[');
        } else {
            buf_char(out, ' ');
        }
        token_milli(out, sorted[i].width_uem);
    }
    buf_text(out, count ? "]]" : "]");
    free(sorted);
}

/* The face's name behind the tag of a subset. */
static void add_name(struct buf *out, const struct program *program)
{
    const struct text_face *face = program->key.face;
    char name[101];
    size_t n = 0;
    for (size_t i = 0; i < face->postscript_name.n && n < sizeof name - 1; i++) {
        char c = face->postscript_name.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')
            name[n++] = c;
    }
    buf_text(out, program->tag);
    buf_char(out, '+');
    buf_str(out, n ? (struct str){name, n} : STR("Font"));
}

/* The program of a simple font in CFF. Its widths are those of its charstrings (ISO 19005-3, 6.2.11.5), whatever a
 * damaged file says. */
static bool make_cff(struct program *made, struct buf *file)
{
    const struct program_key *key = &made->key;
    const struct cff_table *table = cff_table_find(key->face->data);
    if (!table)
        return false;
    uint32_t glyphs[CFF_CODES] = {0};
    struct cff_twin twins[CFF_CODES];
    size_t twin_count = 0;
    for (size_t i = 0; i < key->glyph_count; i++) {
        glyphs[key->words[key->glyph_count + i] % CFF_CODES] = key->words[i];
        made->widths_uem[i] = table->glyphs[key->words[i]].width * 1000;
    }
    for (size_t i = 2 * key->glyph_count; i + 1 < key->word_count && twin_count < CFF_CODES; i += 2)
        twins[twin_count++] = (struct cff_twin){(uint8_t)key->words[i + 1], key->words[i]};
    cff_write(table, made->name, glyphs, twins, twin_count, file);
    return true;
}

/* The program's file in malloc'ed memory; without bytes when the face cannot be subset. */
static struct buf make_file(struct program *made, bool narrow)
{
    struct subset subset;
    struct buf file = {0}, cmap = {0};
    const struct program_key *key = &made->key;
    if (narrow && make_cff(made, &file)) {
        made->cff = true;
        return file;
    }
    bool ok = subset_make(&subset, key->face, key->words, made->gids, key->glyph_count);
    made->cff = ok && subset.cff;
    if (made->cff && !narrow)
        buf_str(&file, subset.data);
    else if (ok && !made->cff && (!narrow || set_cmap(&subset.sfnt, made, &cmap)))
        sfnt_write(&subset.sfnt, &file);
    subset_done(&subset);
    buf_done(&cmap);
    return file;
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

/* All but which object the program is. */
static void add_descriptor(struct buf *out, const struct program *program)
{
    const struct text_face *face = program->key.face;
    buf_text(out, "/Type/FontDescriptor/FontName");
    token_name(out, program->name);
    buf_printf(out, "/Flags %d",
               FLAG_SYMBOLIC | (face->fixed_pitch ? FLAG_FIXED : 0) | (face->serif ? FLAG_SERIF : 0) |
                   (face->italic ? FLAG_ITALIC : 0));
    add_bbox(out, face);
    buf_text(out, "/ItalicAngle ");
    token_milli(out, italic_angle_milli(face));
    /* No table tells the stems' width; this is near what faces of that weight have. */
    int weight = face->weight ? face->weight : 400;
    buf_printf(out, "/Ascent %d/Descent %d/CapHeight %d/StemV %d", (int)scaled(face, face->ascent),
               (int)scaled(face, face->descent), (int)scaled(face, face->cap_height),
               50 + weight * weight / 4225);
    buf_text(out, program->cff ? "/FontFile3" : "/FontFile2");
}

/* Of a damaged face no wider than WIDTH_MOST, so that what is counted with it has room in 64 bits. */
static int32_t width_uem(const struct text_face *face, uint32_t glyph)
{
    enum { WIDTH_MOST = 100 * 1000000 };
    int64_t width = (int64_t)text_face_advance(face, glyph) * 1000000 / face->units_per_em;
    return width < 0 ? 0 : width > WIDTH_MOST ? WIDTH_MOST : (int32_t)width;
}

struct program *font_program(struct fonts *fonts, struct objects *objects, const struct font *font)
{
    struct program_cache *cache = &fonts->cache->programs;
    struct program made = {.key = font_key(fonts->arena, font)};
    struct program *kept = program_find(cache, &made.key);
    if (kept)
        return kept;
    struct buf widths = {0}, name = {0}, descriptor = {0};
    made.gids = ARENA_ARRAY(fonts->arena, uint16_t, font->count);
    memset(made.gids, 0, font->count * sizeof *made.gids);
    made.widths_uem = ARENA_ARRAY(fonts->arena, int32_t, font->count);
    for (size_t i = 0; i < font->count; i++)
        made.widths_uem[i] = width_uem(font->face, made.key.words[i]);
    make_tag(made.tag, &made.key);
    add_name(&name, &made);
    made.name = buf_view(&name);
    struct buf file = make_file(&made, font->narrow);
    if (file.n) {
        made.bytes = file.n;
        if (font->narrow)
            add_narrow_widths(&widths, &made);
        else
            add_wide_widths(&widths, &made);
        made.widths = buf_view(&widths);
        add_descriptor(&descriptor, &made);
        made.descriptor = buf_view(&descriptor);
        kept = program_keep(cache, &made);
        deflate_begin(objects_deflater(objects), NULL,
                      font->narrow && made.cff ? DEFLATE_PROGRAM : DEFLATE_OTHER, buf_view(&file),
                      &kept->deflated);
    }
    buf_done(&file);
    buf_done(&widths);
    buf_done(&name);
    buf_done(&descriptor);
    return kept;
}
