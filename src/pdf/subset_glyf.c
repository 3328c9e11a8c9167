/* Subsetting a bundled face by ourselves, as hb-subset does it but for outlines that are said in fewer bytes
 * (glyf_table.h), so that a document in these faces needs no HarfBuzz. Sources: OpenType 1.9, tables glyf,
 * loca, head, hhea, hmtx, maxp. */
#include "pdf/subset_glyf.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/glyf_table.h"
#include "pdf/sfnt.h"

enum {
    HEADER = 10, /* of a glyph */
    REPEAT = 1 << 3,
    X_SHORT = 2,
    Y_SHORT = 4,
    X_SAME = 16,
    Y_SAME = 32,
    WORDS = 0x0001,
    SCALE = 0x0008,
    MORE = 0x0020,
    SCALES = 0x0040,
    MATRIX = 0x0080,
    INSTRUCTIONS = 0x0100,
    TABLES = 6,
    SHORT_LOCA_MOST = 0x1FFFE
};

/* What is read of the font, and what is kept of it. */
struct font_tables {
    struct str glyf, loca, head, hhea, hmtx, maxp;
    const struct glyf_table *table; /* NULL: there are none */
    unsigned glyph_count, metric_count;
    bool long_loca;
    uint16_t *place; /* of each glyph, one more than where it stands among the kept; 0: it is not kept */
    struct kept_glyph *kept; /* ascending when all are there */
    unsigned kept_count, kept_cap;
};

struct kept_glyph {
    struct str data; /* in table glyf; empty where it is blank */
    uint16_t id;
    bool ready; /* written anew: data goes into the subset as it is */
};

static unsigned u16(struct str s, size_t at)
{
    return at + 2 <= s.n ? (unsigned)((unsigned char)s.p[at] << 8 | (unsigned char)s.p[at + 1]) : 0;
}

static uint32_t u32(struct str s, size_t at)
{
    return (uint32_t)u16(s, at) << 16 | u16(s, at + 2);
}

static void put16(struct buf *out, unsigned value)
{
    buf_char(out, (char)(value >> 8));
    buf_char(out, (char)value);
}

static void set16(char *p, unsigned value)
{
    p[0] = (char)(value >> 8);
    p[1] = (char)value;
}

static bool read_tables(struct font_tables *font, const struct text_face *face)
{
    *font = (struct font_tables){.glyf = text_face_table(face, "glyf"),
                                 .loca = text_face_table(face, "loca"),
                                 .head = text_face_table(face, "head"),
                                 .hhea = text_face_table(face, "hhea"),
                                 .hmtx = text_face_table(face, "hmtx"),
                                 .maxp = text_face_table(face, "maxp")};
    font->table = glyf_table_find(face->data);
    font->glyph_count = u16(font->maxp, 4);
    font->metric_count = u16(font->hhea, 34);
    font->long_loca = u16(font->head, 50) == 1;
    return font->head.n == 54 && font->hhea.n == 36 && font->maxp.n == 32 && font->glyph_count &&
           font->metric_count && font->metric_count <= font->glyph_count &&
           font->loca.n >= ((size_t)font->glyph_count + 1) * (font->long_loca ? 4 : 2) &&
           font->hmtx.n >=
               4 * (size_t)font->metric_count + 2 * (size_t)(font->glyph_count - font->metric_count);
}

/* A glyph's bytes, those of glyf if it was not written anew. */
static struct kept_glyph glyph_of(const struct font_tables *font, unsigned glyph)
{
    size_t from, to;
    struct kept_glyph kept = {.id = (uint16_t)glyph};
    if (font->table)
        kept.data = glyf_glyph_find(font->table, glyph);
    kept.ready = kept.data.p != NULL;
    if (kept.ready)
        return kept;
    if (font->long_loca) {
        from = u32(font->loca, 4 * (size_t)glyph);
        to = u32(font->loca, 4 * (size_t)glyph + 4);
    } else {
        from = 2 * (size_t)u16(font->loca, 2 * (size_t)glyph);
        to = 2 * (size_t)u16(font->loca, 2 * (size_t)glyph + 2);
    }
    kept.data = from < to && to <= font->glyf.n && to - from >= HEADER ? str_slice(font->glyf, from, to)
                                                                       : (struct str){"", 0};
    return kept;
}

static bool is_composite(struct str glyph)
{
    return glyph.n >= HEADER && (u16(glyph, 0) & 0x8000);
}

/* Where the component behind the one at a byte begins. */
static size_t component_end(struct str glyph, size_t at)
{
    unsigned flags = u16(glyph, at);
    return at + 4 + (flags & WORDS ? 4 : 2) +
           (flags & SCALE    ? 2
            : flags & SCALES ? 4
            : flags & MATRIX ? 8
                             : 0);
}

/* Keeps a glyph; false where there is none. */
static bool keep(struct font_tables *font, unsigned glyph)
{
    if (glyph >= font->glyph_count)
        return false;
    if (font->place[glyph])
        return true;
    if (font->kept_count == font->kept_cap) {
        font->kept_cap *= 2;
        font->kept = base_realloc(font->kept, font->kept_cap * sizeof *font->kept);
    }
    font->kept[font->kept_count++] = glyph_of(font, glyph);
    font->place[glyph] = (uint16_t)font->kept_count;
    return true;
}

static int by_id(const void *a, const void *b)
{
    return ((const struct kept_glyph *)a)->id - ((const struct kept_glyph *)b)->id;
}

/* Keeps what the kept glyphs are composed of, and what these are. */
static bool keep_components(struct font_tables *font)
{
    const unsigned before = font->kept_count;
    for (unsigned i = 0; i < font->kept_count; i++) {
        const struct str glyph = font->kept[i].data;
        if (!is_composite(glyph))
            continue;
        for (size_t at = HEADER, more = MORE; more; at = component_end(glyph, at)) {
            if (component_end(glyph, at) > glyph.n || !keep(font, u16(glyph, at + 2)))
                return false;
            more = u16(glyph, at) & MORE;
        }
    }
    if (font->kept_count == before)
        return true;
    qsort(font->kept, font->kept_count, sizeof *font->kept, by_id);
    for (unsigned i = 0; i < font->kept_count; i++)
        font->place[font->kept[i].id] = (uint16_t)(i + 1);
    return true;
}

/* Bytes of flags and coordinates from at on (glyf, Simple Glyph Description); 0: they do not fit the glyph.
 */
static size_t points_size(struct str glyph, size_t at, unsigned points)
{
    size_t start = at, coordinates = 0;
    for (unsigned done = 0; done < points;) {
        if (at + 2 > glyph.n)
            return 0;
        unsigned flag = (unsigned char)glyph.p[at++], times = 1;
        if (flag & REPEAT)
            times += (unsigned char)glyph.p[at++];
        coordinates += (size_t)times * ((flag & X_SHORT  ? 1u
                                         : flag & X_SAME ? 0u
                                                         : 2u) +
                                        (flag & Y_SHORT  ? 1u
                                         : flag & Y_SAME ? 0u
                                                         : 2u));
        done += times;
        if (done > points)
            return 0;
    }
    size_t size = at - start + coordinates;
    return start + size <= glyph.n ? size : 0;
}

/* A glyph without its instructions and what pads it. */
static bool add_simple(struct buf *out, struct str glyph)
{
    size_t contours = u16(glyph, 0), instructions = HEADER + 2 * contours;
    if (!contours || instructions + 2 > glyph.n)
        return false;
    size_t points = instructions + 2 + u16(glyph, instructions);
    size_t size = points_size(glyph, points, u16(glyph, instructions - 2) + 1);
    if (!size)
        return false;
    buf_str(out, str_slice(glyph, 0, instructions));
    put16(out, 0);
    buf_str(out, str_slice(glyph, points, points + size));
    return true;
}

static void add_composite(struct buf *out, const struct font_tables *font, struct str glyph)
{
    size_t start = out->n, end = HEADER, has_instructions = 0;
    buf_str(out, glyph);
    for (size_t more = MORE; more; end = component_end(glyph, end)) {
        unsigned flags = u16(glyph, end);
        set16(out->p + start + end, flags & ~(unsigned)INSTRUCTIONS);
        set16(out->p + start + end + 2, font->place[u16(glyph, end + 2)] - 1u);
        has_instructions = flags & INSTRUCTIONS;
        more = flags & MORE;
    }
    if (has_instructions)
        out->n = start + end;
}

static bool add_glyphs(const struct font_tables *font, struct buf *glyf, struct buf *loca)
{
    for (unsigned i = 0; i < font->kept_count; i++) {
        const struct kept_glyph *kept = &font->kept[i];
        const struct str glyph = kept->id ? kept->data : (struct str){"", 0}; /* .notdef is never drawn */
        put16(loca, (unsigned)(glyf->n / 2));
        if (is_composite(glyph))
            add_composite(glyf, font, glyph);
        else if (kept->ready)
            buf_str(glyf, glyph);
        else if (glyph.n && !add_simple(glyf, glyph))
            return false;
        if (glyf->n % 2)
            buf_char(glyf, '\0');
        if (glyf->n > SHORT_LOCA_MOST)
            return false;
    }
    put16(loca, (unsigned)(glyf->n / 2));
    if (glyf->n == 0) /* blank glyphs alone: readers take a table without bytes for a damaged one */
        buf_char(glyf, '\0');
    return true;
}

static unsigned advance_of(const struct font_tables *font, unsigned glyph)
{
    return u16(font->hmtx, 4 * (size_t)(glyph < font->metric_count ? glyph : font->metric_count - 1));
}

static unsigned bearing_of(const struct font_tables *font, unsigned glyph)
{
    size_t at = glyph < font->metric_count ? 4 * (size_t)glyph + 2
                                           : 2 * (size_t)font->metric_count + 2 * (size_t)glyph;
    return u16(font->hmtx, at);
}

/* Widths and bearings; glyphs at the end that are as wide as the one before have bearings alone. The number
 * with both. */
static unsigned add_metrics(const struct font_tables *font, struct buf *hmtx)
{
    unsigned both = 0, last = 0x10000;
    for (unsigned i = 0; i < font->kept_count; i++) {
        unsigned advance = advance_of(font, font->kept[i].id);
        if (advance != last)
            both = i + 1;
        last = advance;
    }
    for (unsigned i = 0; i < font->kept_count; i++) {
        if (i < both)
            put16(hmtx, advance_of(font, font->kept[i].id));
        put16(hmtx, bearing_of(font, font->kept[i].id));
    }
    return both;
}

static void add_heads(const struct font_tables *font, unsigned both, struct buf *head, struct buf *hhea,
                      struct buf *maxp)
{
    buf_str(head, font->head);
    memset(head->p + 8, 0, 4);   /* checkSumAdjustment */
    memset(head->p + 20, 0, 16); /* created, modified */
    set16(head->p + 50, 0);      /* indexToLocFormat: short */
    buf_str(hhea, font->hhea);
    set16(hhea->p + 34, both);
    buf_str(maxp, font->maxp);
    set16(maxp->p + 4, font->kept_count);
    memset(maxp->p + 14, 0, 14); /* what instructions need */
    set16(maxp->p + 14, 1);      /* maxZones */
}

static bool make(struct font_tables *font, const uint32_t *ids, uint16_t *gids, size_t count,
                 struct sfnt *sfnt, struct buf *out)
{
    bool ok = keep(font, 0);
    for (size_t i = 0; i < count && ok; i++)
        ok = keep(font, ids[i]);
    if (!ok || !keep_components(font))
        return false;
    for (size_t i = 0; i < count; i++)
        gids[i] = (uint16_t)(font->place[ids[i]] - 1);
    static const char *const tags[TABLES] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"};
    struct buf tables[TABLES] = {{0}};
    ok = add_glyphs(font, &tables[0], &tables[4]);
    if (ok) {
        unsigned both = add_metrics(font, &tables[3]);
        add_heads(font, both, &tables[1], &tables[2], &tables[5]);
        size_t total = 0, at = 0;
        for (size_t i = 0; i < TABLES; i++)
            total += tables[i].n;
        buf_reserve(out, total); /* so that it stays where it is */
        for (size_t i = 0; i < TABLES; i++) {
            buf_str(out, buf_view(&tables[i]));
            sfnt_set(sfnt, tags[i], str_slice(buf_view(out), at, out->n));
            at = out->n;
        }
    }
    for (size_t i = 0; i < TABLES; i++)
        buf_done(&tables[i]);
    return ok;
}

bool subset_glyf(const struct text_face *face, const uint32_t *ids, uint16_t *gids, size_t count,
                 struct sfnt *sfnt, struct buf *out)
{
    struct font_tables font;
    if (!read_tables(&font, face))
        return false;
    font.place = calloc(font.glyph_count, sizeof *font.place);
    if (!font.place)
        base_out_of_memory();
    font.kept_count = 0;
    font.kept_cap = (unsigned)count + 16;
    font.kept = base_malloc(font.kept_cap * sizeof *font.kept);
    bool ok = make(&font, ids, gids, count, sfnt, out);
    free(font.kept);
    free(font.place);
    return ok;
}
