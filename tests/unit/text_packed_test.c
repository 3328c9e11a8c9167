/* Packed text: what is unpacked is what was packed, whatever the glyphs, and ordinary text becomes small. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "text/packed.h"
#include "text_support.h"

/* As far as the walk goes it meets the same glyphs, each a cluster within the text. */
static size_t check_walk(const struct text_packed *packed, const struct text_segment *back)
{
    struct text_walk walk = {.packed = packed};
    while (text_walk_next(&walk)) {
        const struct text_glyph *glyph = &back->glyphs[walk.glyph - 1];
        assert_true(walk.glyph <= back->glyph_count);
        assert_int_equal(walk.id, glyph->id);
        assert_int_equal(walk.at, glyph->cluster);
        assert_true(walk.size > 0 && walk.at + walk.size <= back->text.n);
        if (walk.glyph < back->glyph_count)
            assert_int_equal(walk.at + walk.size, glyph[1].cluster);
    }
    assert_false(text_walk_next(&walk));
    return walk.glyph;
}

/* How many glyphs the walk passes. */
static size_t check(struct arena *arena, const struct text_segment *segment)
{
    struct text_unpacked unpacked = {.arena = arena};
    const struct text_packed *packed = text_pack(arena, segment);
    const struct text_segment *back = text_unpack(&unpacked, packed);
    assert_ptr_equal(back->face, segment->face);
    assert_true(str_eq(back->text, segment->text) && back->text.p != segment->text.p);
    assert_int_equal(back->size_mpt, segment->size_mpt);
    assert_int_equal(back->width_mpt, segment->width_mpt);
    assert_int_equal(back->rtl, segment->rtl);
    assert_int_equal(back->space_after, segment->space_after);
    assert_int_equal(back->wider_pcm, segment->wider_pcm);
    assert_int_equal(back->glyph_count, segment->glyph_count);
    for (size_t i = 0; i < segment->glyph_count; i++)
        assert_memory_equal(&back->glyphs[i], &segment->glyphs[i], sizeof back->glyphs[i]);
    assert_ptr_equal(text_unpack(&unpacked, packed), back);
    const uint32_t *words = packed->glyphs;
    for (uint32_t i = 0, id; i < packed->glyph_count; i++) {
        int32_t advance_mpt;
        words = packed_get(words, &id, &advance_mpt);
        assert_true(id == segment->glyphs[i].id && advance_mpt == segment->glyphs[i].advance_mpt);
    }
    assert_ptr_equal(words, packed->text.p);
    assert_int_equal(packed_is_plain(packed), words - packed->glyphs == (ptrdiff_t)packed->glyph_count);
    return packed->rtl ? 0 : check_walk(packed, back);
}

static void keeps_any_glyph(void **state)
{
    static const uint32_t ids[] = {0, 1, 63, 64, 65535, UINT32_MAX};
    static const int32_t lengths[] = {0, 1, -1, 127, 128, 16383, 16384, -64, INT32_MAX, INT32_MIN};
    static const uint32_t clusters[] = {0, 1, 2, 7, 3, 0, UINT32_MAX, 0};
    enum {
        IDS = sizeof ids / sizeof *ids,
        LENGTHS = sizeof lengths / sizeof *lengths,
        CLUSTERS = sizeof clusters / sizeof *clusters,
        COUNT = 240
    };
    struct text_glyph glyphs[COUNT];
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT; i++)
        glyphs[i] = (struct text_glyph){.id = ids[i % IDS],
                                        .advance_mpt = lengths[i % LENGTHS],
                                        .dx_mpt = i % 3 ? 0 : lengths[i / 3 % LENGTHS],
                                        .dy_mpt = i % 5 ? 0 : lengths[i / 5 % LENGTHS],
                                        .cluster = clusters[i % CLUSTERS]};
    struct text_segment segment = {.size_mpt = 10000,
                                   .width_mpt = -7,
                                   .text = STR("any"),
                                   .rtl = true,
                                   .glyphs = glyphs,
                                   .glyph_count = COUNT};
    check(&arena, &segment);
    segment.rtl = false;
    check(&arena, &segment);
    segment = (struct text_segment){.size_mpt = 1, .space_after = true, .wider_pcm = -2000, .text = STR("")};
    check(&arena, &segment);
    arena_done(&arena);
}

static void keeps_lines_and_makes_them_small(void **state)
{
    struct text_run run =
        support_run("Flagging officials at the caf\xC3\xA9, \xE2\x80\x9Cwaving\xE2\x80\x9D, "
                    "for a week or so, had little effect on what was said there.");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 200000);
    struct arena arena;
    struct diags diags;
    size_t glyphs = 0, bytes = 0, packs = 0, walked = 0;
    (void)state;
    arena_init(&arena);
    diags_init(&diags, &arena);
    struct text_lines lines = support.engine->set(support.engine->self, &arena, &paragraph, &diags);
    assert_true(lines.count > 1);
    for (size_t i = 0; i < lines.count; i++)
        for (size_t k = 0; k < lines.items[i].segment_count; k++) {
            const struct text_segment *segment = &lines.items[i].segments[k];
            size_t before = arena.used_bytes;
            (void)!text_pack(&arena, segment);
            bytes += arena.used_bytes - before;
            glyphs += segment->glyph_count;
            packs++;
            walked += check(&arena, segment);
        }
    assert_true(walked + packs >= glyphs); /* all but hyphens that the text lacks */
    assert_true(bytes < packs * (sizeof(struct text_packed) + 16) + glyphs * 6);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_any_glyph),
        cmocka_unit_test(keeps_lines_and_makes_them_small),
    };
    return cmocka_run_group_tests(tests, support_open, support_close);
}
