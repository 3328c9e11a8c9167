/* Bundled faces: what is read from their tables and cut from them without HarfBuzz is what HarfBuzz gives: to
 * the byte, but that contours of a glyph may stand in another order and begin at other points. */
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
#include "pdf/glyf_table.h"
#include "pdf/sfnt.h"
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

enum { POINTS_MOST = 2048, CONTOURS_MOST = 256, GLYPH_HEADER = 10 };

struct point {
    int x, y;
    bool on;
};

/* A simple glyph, read as OpenType 1.9 says (glyf, Simple Glyph Description). */
struct drawn {
    struct point points[POINTS_MOST];
    size_t ends[CONTOURS_MOST], contours, size;
};

static unsigned u8(struct str s, size_t at)
{
    assert_true(at < s.n);
    return (unsigned char)s.p[at];
}

static unsigned u16(struct str s, size_t at)
{
    return u8(s, at) << 8 | u8(s, at + 1);
}

static int coordinate(struct str glyph, size_t *at, unsigned flag, unsigned is_short, unsigned same)
{
    int value = 0;
    if (flag & is_short)
        value = flag & same ? (int)u8(glyph, *at) : -(int)u8(glyph, *at);
    else if (!(flag & same))
        value = (int16_t)u16(glyph, *at);
    *at += flag & is_short ? 1 : flag & same ? 0 : 2;
    return value;
}

static void draw(struct drawn *drawn, struct str glyph)
{
    static unsigned flags[POINTS_MOST];
    drawn->contours = u16(glyph, 0);
    assert_in_range(drawn->contours, 1, CONTOURS_MOST);
    size_t at = GLYPH_HEADER, n = 0;
    for (size_t c = 0; c < drawn->contours; c++, at += 2) {
        drawn->ends[c] = u16(glyph, at) + (size_t)1;
        assert_true(drawn->ends[c] > n);
        n = drawn->ends[c];
    }
    assert_in_range(n, 1, POINTS_MOST);
    assert_int_equal(u16(glyph, at), 0); /* instructions */
    at += 2;
    for (size_t i = 0; i < n;) {
        unsigned flag = u8(glyph, at++), times = flag & 8 ? u8(glyph, at++) + 1 : 1;
        assert_true(i + times <= n);
        for (; times; times--)
            flags[i++] = flag;
    }
    for (size_t i = 0; i < n; i++) {
        drawn->points[i].on = flags[i] & 1;
        drawn->points[i].x = (i ? drawn->points[i - 1].x : 0) + coordinate(glyph, &at, flags[i], 2, 16);
    }
    for (size_t i = 0; i < n; i++)
        drawn->points[i].y = (i ? drawn->points[i - 1].y : 0) + coordinate(glyph, &at, flags[i], 4, 32);
    drawn->size = at;
}

/* Whether two rings of points are the same, wherever they begin. */
static bool same_ring(const struct point *a, const struct point *b, size_t n)
{
    for (size_t shift = 0; shift < n; shift++) {
        size_t i = 0;
        while (i < n && a[i].x == b[(i + shift) % n].x && a[i].y == b[(i + shift) % n].y &&
               a[i].on == b[(i + shift) % n].on)
            i++;
        if (i == n)
            return true;
    }
    return false;
}

static void same_contours(const struct drawn *a, const struct drawn *b)
{
    bool taken[CONTOURS_MOST] = {false};
    assert_int_equal(a->contours, b->contours);
    for (size_t i = 0; i < a->contours; i++) {
        size_t from = i ? a->ends[i - 1] : 0, n = a->ends[i] - from, found = a->contours;
        for (size_t j = 0; j < b->contours && found == a->contours; j++) {
            size_t start = j ? b->ends[j - 1] : 0;
            if (!taken[j] && b->ends[j] - start == n && same_ring(a->points + from, b->points + start, n))
                found = j;
        }
        assert_true(found < a->contours);
        taken[found] = true;
    }
}

static struct str table_of(const struct sfnt *sfnt, const char *tag)
{
    for (size_t i = 0; i < sfnt->count; i++)
        if (strcmp(sfnt->tables[i].tag, tag) == 0)
            return sfnt->tables[i].data;
    fail_msg("no table %s", tag);
    return (struct str){0};
}

static struct str glyph_at(const struct sfnt *sfnt, size_t glyph)
{
    struct str loca = table_of(sfnt, "loca");
    bool is_long = u16(table_of(sfnt, "head"), 50) == 1;
    size_t from = 2 * (size_t)u16(loca, 2 * glyph), to = 2 * (size_t)u16(loca, 2 * glyph + 2);
    if (is_long) {
        from = (size_t)u16(loca, 4 * glyph) << 16 | u16(loca, 4 * glyph + 2);
        to = (size_t)u16(loca, 4 * glyph + 4) << 16 | u16(loca, 4 * glyph + 6);
    }
    assert_true(from <= to && to <= table_of(sfnt, "glyf").n);
    return str_slice(table_of(sfnt, "glyf"), from, to);
}

static void same_glyph(struct str own, struct str real)
{
    static struct drawn a, b;
    assert_int_equal(own.n == 0, real.n == 0);
    if (real.n == 0)
        return;
    assert_true(own.n >= GLYPH_HEADER);
    assert_memory_equal(own.p, real.p, GLYPH_HEADER);
    if (u16(real, 0) & 0x8000) { /* composite */
        assert_true(own.n <= real.n && real.n < own.n + 4);
        assert_memory_equal(own.p, real.p, own.n);
        for (size_t i = own.n; i < real.n; i++)
            assert_int_equal(u8(real, i), 0); /* what pads it */
        return;
    }
    draw(&a, own);
    draw(&b, real);
    assert_true(own.n - a.size < 2); /* nothing but what makes it even */
    same_contours(&a, &b);
}

static void same_tables(const struct sfnt *own, const struct sfnt *real)
{
    static const char *const same[] = {"hhea", "hmtx", "maxp"};
    assert_int_equal(own->count, real->count);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_true(str_eq(table_of(own, same[i]), table_of(real, same[i])));
    struct str own_head = table_of(own, "head"), real_head = table_of(real, "head");
    assert_int_equal(own_head.n, real_head.n);
    assert_memory_equal(own_head.p, real_head.p, 8);
    assert_memory_equal(own_head.p + 12, real_head.p + 12, 8); /* between are the sum of all and dates */
    assert_memory_equal(own_head.p + 36, real_head.p + 36, own_head.n - 36);
    for (size_t g = 0; g < u16(table_of(own, "maxp"), 4); g++)
        same_glyph(glyph_at(own, g), glyph_at(real, g));
}

static void subsets_match(size_t f, const uint32_t *ids, size_t count)
{
    uint16_t own_cids[SET_MOST] = {0}, real_cids[SET_MOST] = {0};
    struct face other = *support.faces[f];
    struct subset own, real;
    other.shown.bundled = false;
    assert_true(subset_make(&own, &support.faces[f]->shown, ids, own_cids, count));
    assert_true(subset_make(&real, &other.shown, ids, real_cids, count));
    assert_non_null(own.own);
    assert_null(real.own);
    assert_int_equal(own.cff, real.cff);
    same_tables(&own.sfnt, &real.sfnt);
    assert_memory_equal(own_cids, real_cids, count * sizeof *own_cids);
    subset_done(&own);
    subset_done(&real);
}

static void subsets_are_those_of_harfbuzz(void **state)
{
    (void)state;
    support.seed = 7;
    for (size_t f = 0; f < support.count; f++)
        for (unsigned i = 0; i < SETS; i++) {
            uint32_t ids[SET_MOST];
            size_t count = random_ids(ids, text_face_glyph_count(&support.faces[f]->shown));
            assert_true(support.faces[f]->shown.bundled);
            subsets_match(f, ids, count);
        }
}

/* Every glyph that was written anew when the program was built. */
static void glyphs_written_anew_are_the_same(void **state)
{
    (void)state;
    for (size_t f = 0; f < support.count; f++) {
        const struct text_face *face = &support.faces[f]->shown;
        const struct glyf_table *table = glyf_table_find(face->data);
        assert_non_null(table);
        assert_true(table->glyph_count > 200);
        uint32_t ids[SET_MOST];
        size_t count = 0;
        for (size_t i = 0; i < table->glyph_count; i++) {
            struct str glyph = glyf_glyph_find(table, table->glyphs[i].glyph);
            assert_true(glyph.p && glyph.n == table->glyphs[i].size);
            assert_true(i == 0 || table->glyphs[i - 1].glyph < table->glyphs[i].glyph);
            ids[count++] = table->glyphs[i].glyph;
            if (count < SET_MOST && i + 1 < table->glyph_count)
                continue;
            subsets_match(f, ids, count);
            count = 0;
        }
        assert_null(glyf_glyph_find(table, 0xFFFFF).p);
    }
    assert_null(glyf_table_find(STR("no font at all")));
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
        cmocka_unit_test(faces_are_as_opened),           cmocka_unit_test(glyphs_are_those_of_harfbuzz),
        cmocka_unit_test(subsets_are_those_of_harfbuzz), cmocka_unit_test(glyphs_written_anew_are_the_same),
        cmocka_unit_test(ids_beyond_are_refused),
    };
    return cmocka_run_group_tests(tests, open_faces, close_faces);
}
