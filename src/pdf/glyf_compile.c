/* Build tool: writes the outlines of glyphs that the prelinked tables know, and of what these are
 * composed of, as C tables for pdf/glyf_table.h. Usage: glyf_compile OUTPUT FONT… */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "pdf/glyf_pack.h"
#include "pdf/sfnt.h"
#include "text/prelink.h"

enum {
    FILE_MOST = 64 * 1024 * 1024,
    GLYPHS_MOST = 0x10000,
    HEADER = 10,
    WORDS = 0x0001,
    PLACED = 0x0002,
    SCALE = 0x0008,
    MORE = 0x0020,
    SCALES = 0x0040,
    MATRIX = 0x0080,
    INSTRUCTIONS = 0x0100
};

struct font {
    const char *path;
    struct str glyf, loca;
    bool long_loca;
    size_t glyph_count;
    bool kept[GLYPHS_MOST];
};

static _Noreturn void fail(const char *name, const char *why)
{
    fprintf(stderr, "glyf_compile: %s: %s\n", name, why);
    exit(1);
}

static unsigned u16(struct str s, size_t at)
{
    return at + 2 <= s.n ? (unsigned)((unsigned char)s.p[at] << 8 | (unsigned char)s.p[at + 1]) : 0;
}

static uint32_t u32(struct str s, size_t at)
{
    return (uint32_t)u16(s, at) << 16 | u16(s, at + 2);
}

static struct str glyph_of(const struct font *font, size_t glyph)
{
    size_t from = font->long_loca ? u32(font->loca, 4 * glyph) : 2 * (size_t)u16(font->loca, 2 * glyph);
    size_t to = font->long_loca ? u32(font->loca, 4 * glyph + 4) : 2 * (size_t)u16(font->loca, 2 * glyph + 2);
    if (from > to || to > font->glyf.n || (from < to && to - from < HEADER))
        fail(font->path, "has a glyph outside of its table");
    return str_slice(font->glyf, from, to);
}

static bool is_composite(struct str glyph)
{
    return u16(glyph, 0) & 0x8000;
}

static size_t component_end(struct str glyph, size_t at)
{
    unsigned flags = u16(glyph, at);
    return at + (flags & WORDS ? 8 : 6) + (flags & SCALE ? 2 : flags & SCALES ? 4 : flags & MATRIX ? 8 : 0);
}

/* Keeps what a glyph is composed of; the size without instructions. */
static size_t keep_components(struct font *font, struct str glyph)
{
    size_t at = HEADER;
    for (unsigned more = MORE; more; at = component_end(glyph, at)) {
        unsigned flags = u16(glyph, at), component = u16(glyph, at + 2);
        if (component_end(glyph, at) > glyph.n || component >= font->glyph_count)
            fail(font->path, "has a glyph with damaged components");
        if (!(flags & PLACED))
            fail(font->path, "places a component by its points, whose order changes here");
        font->kept[component] = true;
        more = flags & MORE;
    }
    return at;
}

/* Letters beyond Latin-1, and beyond ASCII small capitals and raised letters, are too rare to be worth their
 * memory. */
static bool is_common(size_t slot, unsigned set)
{
    if (set & (PRELINK_SMALL_CAPS | PRELINK_SUPERSCRIPT))
        return slot <= prelink_slot('~');
    return slot < prelink_slot(0x100) || slot > prelink_slot(0x17F);
}

static void keep_known(struct font *font, const struct prelink *known)
{
    for (unsigned set = 0; set < PRELINK_SETS; set++) {
        if (known->map_of[set] == PRELINK_NO_MAP)
            continue;
        const uint16_t *map = known->maps[known->map_of[set]];
        for (size_t i = 0; i < PRELINK_SLOTS; i++)
            if (map[i] != PRELINK_NONE && is_common(i, set))
                font->kept[known->glyphs[map[i]].id] = true;
    }
    for (size_t i = 0; i < known->ligature_count; i++)
        font->kept[known->glyphs[known->ligatures[i].made].id] = true;
}

static void keep_all(struct font *font, const struct prelink *known)
{
    keep_known(font, known);
    for (size_t before = 0, count = 1; count != before;) { /* components of components too */
        before = count;
        count = 0;
        for (size_t g = 0; g < font->glyph_count; g++) {
            count += font->kept[g];
            if (font->kept[g] && is_composite(glyph_of(font, g)))
                keep_components(font, glyph_of(font, g));
        }
    }
}

/* A composite without its instructions. */
static void add_composite(struct font *font, struct str glyph, struct buf *bytes)
{
    size_t start = bytes->n, end = keep_components(font, glyph);
    buf_str(bytes, str_slice(glyph, 0, end));
    for (size_t at = HEADER; at < end; at = component_end(glyph, at))
        bytes->p[start + at] = (char)(bytes->p[start + at] & ~(INSTRUCTIONS >> 8));
}

static void open_font(struct font *font, const char *path, struct str data)
{
    struct sfnt sfnt;
    *font = (struct font){.path = path};
    if (!sfnt_read(&sfnt, data))
        fail(path, "is no TrueType font");
    for (size_t i = 0; i < sfnt.count; i++) {
        const struct sfnt_table *table = &sfnt.tables[i];
        if (strcmp(table->tag, "glyf") == 0)
            font->glyf = table->data;
        else if (strcmp(table->tag, "loca") == 0)
            font->loca = table->data;
        else if (strcmp(table->tag, "head") == 0)
            font->long_loca = u16(table->data, 50) == 1;
    }
    font->glyph_count = font->loca.n / (font->long_loca ? 4 : 2);
    if (font->glyph_count-- == 0 || font->glyph_count > GLYPHS_MOST)
        fail(path, "has no outlines");
}

static void add_font(struct buf *out, struct buf *list, struct font *font, struct str data, size_t index)
{
    const struct prelink *known = prelink_find(data);
    if (!known)
        fail(font->path, "has no prelinked table");
    keep_all(font, known);
    struct buf bytes = {0};
    size_t count = 0;
    buf_printf(out, "static const struct glyf_glyph glyphs_%zu[] = {\n", index);
    for (size_t g = 0; g < font->glyph_count; g++) {
        if (!font->kept[g])
            continue;
        struct str glyph = g ? glyph_of(font, g) : STR(""); /* .notdef is never drawn */
        size_t at = bytes.n;
        if (is_composite(glyph))
            add_composite(font, glyph, &bytes);
        else if (glyph.n && !glyf_pack(glyph, &bytes))
            fail(font->path, "has a damaged glyph");
        buf_printf(out, "{%zu,%zu,%zu},%s", at, g, bytes.n - at, ++count % 8 ? "" : "\n");
    }
    buf_printf(out, "};\nstatic const unsigned char bytes_%zu[] = {\n", index);
    for (size_t i = 0; i < bytes.n; i++)
        buf_printf(out, "%u,%s", (unsigned char)bytes.p[i], i % 32 == 31 ? "\n" : "");
    buf_text(out, "0};\n");
    buf_printf(list, "    {%" PRIu64 "u, glyphs_%zu, bytes_%zu, %zu},\n", prelink_digest(data), index, index,
               count);
    buf_done(&bytes);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        fail("usage", "glyf_compile OUTPUT FONT...");
    static struct font font;
    struct buf out = {0}, list = {0};
    buf_text(&out,
             "/* Outlines of the bundled faces, written anew by glyf_compile when the program was built. */\n"
             "#include \"pdf/glyf_table.h\"\n\n");
    for (int i = 2; i < argc; i++) {
        struct arena arena;
        struct str data;
        const char *why;
        arena_init(&arena);
        if (!file_read(&arena, argv[i], FILE_MOST, &data, &why, NULL))
            fail(argv[i], why);
        open_font(&font, argv[i], data);
        add_font(&out, &list, &font, data, (size_t)i);
        arena_done(&arena);
    }
    buf_printf(&out, "\nconst struct glyf_table glyf_tables[] = {\n" STR_FMT "    {0}};\n",
               STR_ARG(buf_view(&list)));
    buf_printf(&out, "const size_t glyf_table_count = %d;\n", argc - 2);
    const char *why;
    bool ok = file_write(argv[1], buf_view(&out), true, &why);
    if (!ok)
        fprintf(stderr, "glyf_compile: %s: %s\n", argv[1], why);
    buf_done(&out);
    buf_done(&list);
    return ok ? 0 : 1;
}
