/* The container of font programs: what is written is read again, sums are right, damage is refused, and a
 * table cmap says of each code what it was given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "pdf/sfnt.h"

static uint32_t u32(struct str s, size_t at)
{
    uint32_t value = 0;
    for (size_t i = 0; i < 4; i++)
        value = value << 8 | (unsigned char)s.p[at + i];
    return value;
}

static unsigned u16(struct str s, size_t at)
{
    return (unsigned)(unsigned char)s.p[at] << 8 | (unsigned char)s.p[at + 1];
}

/* Of 32-bit words, zeros behind the last byte (OpenType 1.9, Calculating Checksums). */
static uint32_t sum(struct str s)
{
    uint32_t total = 0;
    for (size_t i = 0; i < s.n; i++)
        total += (uint32_t)(unsigned char)s.p[i] << (24 - 8 * (i % 4));
    return total;
}

static void put_file(struct buf *file, struct sfnt *sfnt)
{
    static const char head[] = "\0\1\0\0\0\1\0\0wxyz\x5F\x0F\x3C\xF5";
    *sfnt = (struct sfnt){.count = 0};
    assert_true(sfnt_set(sfnt, "loca", STR("\0\0\0\1\0\2")));
    assert_true(sfnt_set(sfnt, "head", (struct str){head, sizeof head - 1}));
    assert_true(sfnt_set(sfnt, "cvt ", STR("old")));
    assert_true(sfnt_set(sfnt, "glyf", STR("outlines, all of them")));
    assert_true(sfnt_set(sfnt, "cvt ", STR("x")));
    sfnt_write(sfnt, file);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct sfnt made, back;
    struct buf file = {0};
    put_file(&file, &made);
    struct str view = buf_view(&file);
    assert_true(sfnt_read(&back, view));
    assert_int_equal(back.count, 4);
    static const char *const tags[] = {"cvt ", "glyf", "head", "loca"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(back.tables[i].tag, tags[i]);
        assert_int_equal(back.tables[i].data.n, made.tables[i].data.n);
        if (i != 2)
            assert_true(str_eq(back.tables[i].data, made.tables[i].data));
        assert_int_equal((back.tables[i].data.p - view.p) % 4, 0);
    }
    assert_true(str_eq(back.tables[0].data, STR("x")));
    assert_int_equal(u16(view, 4), 4);
    assert_int_equal(u16(view, 6), 64);
    assert_int_equal(u16(view, 8), 2);
    assert_int_equal(u16(view, 10), 0);
    assert_int_equal(view.n % 4, 0);
    buf_done(&file);
}

static void sums_are_right(void **state)
{
    (void)state;
    struct sfnt made, back;
    struct buf file = {0};
    put_file(&file, &made);
    struct str view = buf_view(&file);
    assert_true(sfnt_read(&back, view));
    assert_int_equal(sum(view), 0xB1B0AFBAu);
    for (size_t i = 0; i < 4; i++) {
        bool is_head = strcmp(back.tables[i].tag, "head") == 0;
        uint32_t adjustment = is_head ? u32(back.tables[i].data, 8) : 0;
        assert_int_equal(u32(view, 12 + 16 * i + 4), sum(back.tables[i].data) - adjustment);
    }
    buf_done(&file);
}

static void damage_is_refused(void **state)
{
    (void)state;
    struct sfnt sfnt;
    struct buf file = {0};
    put_file(&file, &sfnt);
    for (size_t n = 0; n < file.n; n++)
        if (sfnt_read(&sfnt, (struct str){file.p, n}))
            assert_true(n >= 12 + 16 * 4);
    file.p[12 + 8] = (char)0xFF; /* a table that begins far beyond */
    assert_false(sfnt_read(&sfnt, buf_view(&file)));
    file.p[4] = 1; /* more tables than anyone has */
    assert_false(sfnt_read(&sfnt, buf_view(&file)));
    assert_false(sfnt_read(&sfnt, STR("OTTO\0\1\0\0\0\0\0\0")));
    sfnt = (struct sfnt){.count = 0};
    for (unsigned i = 0; i <= SFNT_TABLES_MOST; i++) {
        char tag[8];
        snprintf(tag, sizeof tag, "t%03u", i);
        assert_int_equal(sfnt_set(&sfnt, tag, STR("")), i < SFNT_TABLES_MOST);
    }
    buf_done(&file);
}

/* The glyph of a code, as a reader of PDFs finds it. */
static unsigned glyph_of(struct str cmap, unsigned code)
{
    assert_int_equal(u16(cmap, 0), 0);
    assert_int_equal(u16(cmap, 2), 1);
    assert_int_equal(u32(cmap, 4), 0x10000); /* Macintosh, Roman */
    struct str table = str_slice(cmap, u32(cmap, 8), cmap.n);
    assert_int_equal(u16(table, 2), table.n);
    assert_int_equal(u16(table, 4), 0);
    if (u16(table, 0) == 0)
        return (unsigned char)table.p[6 + code];
    assert_int_equal(u16(table, 0), 6);
    unsigned first = u16(table, 6), count = u16(table, 8);
    return code >= first && code < first + count ? u16(table, 10 + 2 * (size_t)(code - first)) : 0;
}

static void codes_lead_to_glyphs(void **state)
{
    (void)state;
    static const unsigned most[] = {0, 90, 255, 256, 2000};
    for (size_t m = 0; m < sizeof most / sizeof *most; m++)
        for (unsigned step = 1; step < 90; step += 29) {
            uint16_t gids[256] = {0};
            struct buf cmap = {0};
            for (unsigned code = 33; code < 250 && most[m]; code += step)
                gids[code] = (uint16_t)(most[m] - (code - 33) % most[m]);
            sfnt_cmap(gids, &cmap);
            for (unsigned code = 0; code < 256; code++)
                assert_int_equal(glyph_of(buf_view(&cmap), code), gids[code]);
            buf_done(&cmap);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(sums_are_right),
        cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(codes_lead_to_glyphs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
