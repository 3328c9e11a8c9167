/* Bundled faces: what is read from their tables and cut from them without HarfBuzz is what HarfBuzz gives, to
 * the byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>
#include <hb.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "pdf/font.h"
#include "text/face.h"

enum { FACES_MOST = 64, SETS = 60, SET_MOST = 120 };

static struct {
    struct face *faces[FACES_MOST];
    char paths[FACES_MOST][512];
    size_t count;
    uint32_t seed;
} support;

static int open_faces(void **state)
{
    (void)state;
    DIR *dir = opendir(TEST_SRC "/fonts");
    if (!dir)
        return -1;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL && support.count < FACES_MOST;) {
        if (!strstr(entry->d_name, ".ttf"))
            continue;
        const char *why;
        char *path = support.paths[support.count];
        snprintf(path, sizeof support.paths[0], TEST_SRC "/fonts/%s", entry->d_name);
        support.faces[support.count] = face_open(path, 0, &why);
        if (!support.faces[support.count])
            return -1;
        support.count++;
    }
    closedir(dir);
    return support.count ? 0 : -1;
}

static int close_faces(void **state)
{
    (void)state;
    for (size_t i = 0; i < support.count; i++)
        face_close(support.faces[i]);
    return 0;
}

static uint32_t random_below(uint32_t n)
{
    support.seed = support.seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(support.seed >> 8) * n >> 24);
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Different glyphs in ascending order, near one another or from the whole face. */
static size_t random_ids(uint32_t *ids, unsigned glyphs)
{
    size_t wanted = random_below(SET_MOST), count = 0;
    uint32_t from = random_below(2) ? random_below(glyphs) : 0;
    for (size_t i = 0; i < wanted; i++)
        ids[count++] = from ? from + random_below(glyphs - from) : random_below(glyphs);
    qsort(ids, count, sizeof *ids, ascending);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!kept || ids[kept - 1] != ids[i])
            ids[kept++] = ids[i];
    return kept;
}

static void subsets_are_those_of_harfbuzz(void **state)
{
    (void)state;
    support.seed = 7;
    for (size_t f = 0; f < support.count; f++) {
        struct face other = *support.faces[f];
        assert_true(other.shown.bundled);
        other.shown.bundled = false;
        unsigned glyphs = text_face_glyph_count(&other.shown);
        for (unsigned i = 0; i < SETS; i++) {
            uint32_t ids[SET_MOST];
            uint16_t own_cids[SET_MOST], real_cids[SET_MOST];
            size_t count = random_ids(ids, glyphs);
            struct subset own, real;
            assert_true(subset_make(&own, &support.faces[f]->shown, ids, own_cids, count));
            assert_true(subset_make(&real, &other.shown, ids, real_cids, count));
            assert_non_null(own.own);
            assert_null(real.own);
            assert_int_equal(own.cff, real.cff);
            assert_int_equal(own.data.n, real.data.n);
            assert_memory_equal(own.data.p, real.data.p, real.data.n);
            assert_memory_equal(own_cids, real_cids, count * sizeof *own_cids);
            subset_done(&own);
            subset_done(&real);
        }
    }
}

/* A glyph that the face has not. */
static void ids_beyond_are_refused(void **state)
{
    (void)state;
    const struct text_face *face = &support.faces[0]->shown;
    uint32_t id = text_face_glyph_count(face);
    uint16_t cid;
    struct subset subset;
    bool made = subset_make(&subset, face, &id, &cid, 1);
    if (made)
        subset_done(&subset);
    assert_false(made);
}

static void glyphs_are_those_of_harfbuzz(void **state)
{
    (void)state;
    for (size_t f = 0; f < support.count; f++) {
        const struct text_face *face = &support.faces[f]->shown;
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
        char path[] = "/tmp/briefing-subset-test-XXXXXX";
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
        cmocka_unit_test(subsets_are_those_of_harfbuzz),
        cmocka_unit_test(ids_beyond_are_refused),
    };
    return cmocka_run_group_tests(tests, open_faces, close_faces);
}
