/* Pages made by hand. */
#include "pdf_pages.h"

#include <hb-ot.h>
#include <hb.h>
#include <libdeflate.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/face.h"

struct text_face *pdf_face_open(const char *path)
{
    const char *why;
    struct face *face = face_open(path, 0, &why);
    return face ? &face->shown : NULL;
}

void pdf_face_close(struct text_face *face)
{
    face_close((struct face *)face);
}

struct text_face *pdf_face_bundled(const char *file)
{
    static char path[8][512];
    static size_t next;
    char *to = path[next++ % 8];
    snprintf(to, sizeof path[0], "%s/fonts/%s", TEST_SRC, file);
    struct text_face *face = pdf_face_open(to);
    assert_non_null(face);
    return face;
}

struct text_segment *pdf_segment(struct arena *arena, const struct text_face *face, int32_t size_mpt, const char *text,
                                 bool rtl)
{
    struct text_segment *segment = ARENA_NEW(arena, struct text_segment);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text, -1, 0, -1);
    hb_buffer_set_direction(buffer, rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
    hb_shape(text_face_font(face), buffer, NULL, 0);
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
    *segment = (struct text_segment){.face = face, .size_mpt = size_mpt, .text = str_dup(arena, str_from(text)),
                                     .rtl = rtl};
    segment->glyphs = ARENA_ARRAY(arena, struct text_glyph, count);
    segment->glyph_count = count;
    for (unsigned i = 0; i < count; i++) {
        int64_t size = size_mpt, upem = face->units_per_em;
        segment->glyphs[i] = (struct text_glyph){.id = infos[i].codepoint,
                                                 .cluster = infos[i].cluster,
                                                 .advance_mpt = (int32_t)(positions[i].x_advance * size / upem),
                                                 .dx_mpt = (int32_t)(positions[i].x_offset * size / upem),
                                                 .dy_mpt = (int32_t)(positions[i].y_offset * size / upem)};
        segment->width_mpt += segment->glyphs[i].advance_mpt;
    }
    hb_buffer_destroy(buffer);
    return segment;
}

struct pages *pdf_pages_new(struct arena *arena, size_t count)
{
    struct pages *pages = ARENA_NEW(arena, struct pages);
    pages->width_mpt = 595276;
    pages->height_mpt = 841890;
    for (size_t i = 0; i < count; i++)
        (void)ARENA_PUSH(arena, pages);
    pages->nodes = ARENA_ARRAY(arena, struct page_node, 64);
    pages->node_cap = 64;
    pages->node_count = 2;
    pages->nodes[1].role = NODE_DOCUMENT;
    return pages;
}

uint32_t pdf_node(struct arena *arena, struct pages *pages, enum node_role role, uint32_t parent)
{
    pages->nodes = arena_grow(arena, pages->nodes, pages->node_count, &pages->node_cap, sizeof *pages->nodes);
    pages->nodes[pages->node_count] = (struct page_node){.role = role, .parent = parent};
    return (uint32_t)pages->node_count++;
}

struct page_item *pdf_item(struct arena *arena, struct pages *pages, size_t page, enum item_kind kind, uint32_t node)
{
    struct page *to = &pages->items[page];
    to->items = arena_grow(arena, to->items, to->item_count, &to->item_cap, sizeof *to->items);
    struct page_item *item = &to->items[to->item_count++];
    *item = (struct page_item){.kind = kind, .node = node};
    return item;
}

struct page_item *pdf_line(struct arena *arena, struct pages *pages, size_t page, uint32_t node, int32_t x_mpt,
                           int32_t y_mpt,
                           const struct text_segment *segment)
{
    struct page_item *item = pdf_item(arena, pages, page, ITEM_GLYPHS, node);
    item->x = x_mpt;
    item->y = y_mpt;
    item->u.glyphs.segment = text_pack(arena, segment);
    return item;
}

void pdf_make(struct arena *arena, const struct pages *pages, struct buf *out)
{
    struct diags diags;
    diags_init(&diags, arena);
    struct pdf_writer *writer = pdf_writer_open();
    struct pdf_metadata metadata = {.title = STR("A title & more"),
                                    .author = STR("Someone"),
                                    .subject = STR("A subject"),
                                    .language = STR("en-GB"),
                                    .producer = STR("briefing test"),
                                    .digest = STR("00112233"),
                                    .entity = STR("test-entity"),
                                    .edition = STR("2026-Q4"),
                                    .tier = STR("open"),
                                    .date = {2026, 11, 21},
                                    .page_labels_from_one = true};
    assert_true(pdf_write(writer, pages, &metadata, out, &diags));
    assert_int_equal(diags.errors, 0);
    pdf_writer_close(writer);
}

static size_t find(const struct buf *in, size_t from, const char *what)
{
    size_t at = str_find(str_slice(buf_view(in), from, in->n), str_from(what));
    return at == SIZE_MAX ? SIZE_MAX : from + at;
}

void pdf_inflate(struct buf *out, const struct buf *pdf)
{
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    enum { LARGEST = 4 * 1024 * 1024 };
    for (size_t at = 0; (at = find(pdf, at, ">>stream\n")) != SIZE_MAX;) {
        at += 9;
        size_t n = 0;
        buf_reserve(out, LARGEST);
        if (libdeflate_zlib_decompress_ex(inflater, pdf->p + at, pdf->n - at, out->p + out->n, LARGEST, NULL, &n) == 0)
            out->n += n;
        buf_char(out, '\n');
    }
    libdeflate_free_decompressor(inflater);
}

bool pdf_has(const struct buf *text, const char *what)
{
    return find(text, 0, what) != SIZE_MAX;
}
