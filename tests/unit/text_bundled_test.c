/* Bundled faces: what was found out of them when the program was built is what HarfBuzz says of the files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <hb.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bundled_faces.h"

static struct bundled_faces support;

static int open_faces(void **state)
{
    (void)state;
    return bundled_faces_open(&support, "");
}

static int close_faces(void **state)
{
    (void)state;
    bundled_faces_close(&support);
    return 0;
}

static void glyphs_are_those_of_harfbuzz(void **state)
{
    (void)state;
    for (size_t f = 0; f < support.count; f++) {
        const struct text_face *face = &support.faces[f]->shown;
        assert_true(face->bundled);
        hb_font_t *font = text_face_font(face);
        assert_int_equal(text_face_glyph_count(face), hb_face_get_glyph_count(hb_font_get_face(font)));
        for (uint32_t c = 0; c < 0x3000; c++) {
            hb_codepoint_t glyph = 0;
            bool has = hb_font_get_nominal_glyph(font, c, &glyph);
            assert_int_equal(text_face_glyph(face, c), has ? glyph : 0);
        }
        for (uint32_t g = 0; g < text_face_glyph_count(face); g++) {
            hb_glyph_extents_t extents;
            assert_true(hb_font_get_glyph_extents(font, g, &extents));
            struct face_ink ink = face_ink_of(support.faces[f], g);
            assert_null(support.faces[f]->inks->own);
            assert_int_equal(text_face_advance(face, g), hb_font_get_glyph_h_advance(font, g));
            assert_int_equal(ink.above, extents.height ? extents.y_bearing : -INT16_MAX);
            assert_int_equal(ink.below, extents.height ? -extents.y_bearing - extents.height : -INT16_MAX);
        }
    }
}

/* The same font with a byte more, which is no bundled file, is opened by HarfBuzz. */
static void faces_are_as_opened(void **state)
{
    (void)state;
    for (size_t f = 0; f < support.count; f++) {
        const struct text_face *known = &support.faces[f]->shown;
        char path[] = "/tmp/briefing-bundled-test-XXXXXX";
        int fd = mkstemp(path);
        assert_true(fd >= 0);
        assert_int_equal(write(fd, known->data.p, known->data.n), known->data.n);
        assert_int_equal(write(fd, "", 1), 1);
        close(fd);
        const char *why;
        struct face *face = face_open(path, 0, &why);
        unlink(path);
        assert_non_null(face);
        const struct text_face *opened = &face->shown;
        assert_false(opened->bundled);
        assert_true(str_eq(opened->postscript_name, known->postscript_name));
        assert_int_equal(opened->units_per_em, known->units_per_em);
        assert_int_equal(opened->ascent, known->ascent);
        assert_int_equal(opened->descent, known->descent);
        assert_int_equal(opened->cap_height, known->cap_height);
        assert_int_equal(opened->x_height, known->x_height);
        assert_int_equal(opened->weight, known->weight);
        assert_int_equal(opened->italic, known->italic);
        assert_int_equal(opened->fixed_pitch, known->fixed_pitch);
        assert_int_equal(opened->serif, known->serif);
        assert_int_equal(opened->embedding, known->embedding);
        assert_memory_equal(face->low, support.faces[f]->low, sizeof face->low);
        assert_int_equal(face->substitute, support.faces[f]->substitute);
        assert_string_equal(face->hyphen, support.faces[f]->hyphen);
        face_close(face);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faces_are_as_opened),
        cmocka_unit_test(glyphs_are_those_of_harfbuzz),
    };
    return cmocka_run_group_tests(tests, open_faces, close_faces);
}
