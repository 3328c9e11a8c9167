/* Programs in CFF: every glyph of the bundled faces, written into a program and read again by HarfBuzz, has
 * the outline and the name that it has in the font file; codes and widths are read as Adobe's Technical Notes
 * 5176 and 5177 say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <hb-ot.h>
#include <hb.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/cff_write.h"
#include "bundled_faces.h"

enum { SEGMENTS_MOST = 4096, CONTOURS_MOST = 512, CODES_AT_ONCE = 200, NO_OPERATOR = -1 };

static struct bundled_faces support;

static int open_faces(void **state)
{
    (void)state;
    return bundled_faces_open(&support, ".otf");
}

static int close_faces(void **state)
{
    (void)state;
    bundled_faces_close(&support);
    return 0;
}

/* ---- outlines */

struct segment {
    float values[6]; /* of a line the last two; the others are zero */
};

/* Contours as rings: a line that closes one is there, one of no length is not. */
struct drawn {
    struct segment segments[SEGMENTS_MOST];
    size_t ends[CONTOURS_MOST], contours, count;
    float start[2], pen[2];
};

static void add(struct drawn *drawn, const float values[6])
{
    assert_true(drawn->count < SEGMENTS_MOST);
    memcpy(drawn->segments[drawn->count++].values, values, 6 * sizeof *values);
    drawn->pen[0] = values[4];
    drawn->pen[1] = values[5];
}

static void on_move(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    struct drawn *drawn = data;
    (void)funcs, (void)state, (void)user;
    drawn->start[0] = drawn->pen[0] = x;
    drawn->start[1] = drawn->pen[1] = y;
}

static void on_line(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    struct drawn *drawn = data;
    (void)funcs, (void)state, (void)user;
    if (x != drawn->pen[0] || y != drawn->pen[1])
        add(drawn, (float[6]){0, 0, 0, 0, x, y});
}

static void on_curve(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2,
                     float y2, float x3, float y3, void *user)
{
    (void)funcs, (void)state, (void)user;
    add(data, (float[6]){x1, y1, x2, y2, x3, y3});
}

static void on_close(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user)
{
    struct drawn *drawn = data;
    on_line(funcs, data, state, drawn->start[0], drawn->start[1], user);
    assert_true(drawn->contours < CONTOURS_MOST);
    if (drawn->count > (drawn->contours ? drawn->ends[drawn->contours - 1] : 0))
        drawn->ends[drawn->contours++] = drawn->count;
}

static void draw(struct drawn *drawn, hb_font_t *font, hb_codepoint_t glyph)
{
    hb_draw_funcs_t *pen = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(pen, on_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(pen, on_line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(pen, on_curve, NULL, NULL);
    hb_draw_funcs_set_close_path_func(pen, on_close, NULL, NULL);
    drawn->contours = drawn->count = 0;
    hb_font_get_glyph_shape(font, glyph, pen, drawn);
    hb_draw_funcs_destroy(pen);
}

/* Whether two rings are the same, wherever they begin. */
static bool same_ring(const struct segment *a, const struct segment *b, size_t n)
{
    for (size_t shift = 0; shift < n; shift++)
        if (memcmp(a, b + shift, (n - shift) * sizeof *a) == 0 &&
            memcmp(a + (n - shift), b, shift * sizeof *a) == 0)
            return true;
    return false;
}

static void same_outline(const struct drawn *a, const struct drawn *b)
{
    bool taken[CONTOURS_MOST] = {false};
    assert_int_equal(a->contours, b->contours);
    for (size_t i = 0; i < a->contours; i++) {
        size_t from = i ? a->ends[i - 1] : 0, n = a->ends[i] - from, found = a->contours;
        for (size_t j = 0; j < b->contours && found == a->contours; j++) {
            size_t start = j ? b->ends[j - 1] : 0;
            if (!taken[j] && b->ends[j] - start == n && same_ring(a->segments + from, b->segments + start, n))
                found = j;
        }
        assert_true(found < a->contours);
        taken[found] = true;
    }
}

/* ---- programs, as a reader of PDFs finds their parts */

struct program {
    struct str data, name;
    unsigned charset, encoding, charstrings, private, private_size;
    int default_width, nominal_width;
    hb_font_t *font;
    struct str maxp; /* table of its own for HarfBuzz; others are the face's */
    const struct text_face *face;
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

/* Entry i of the INDEX at a byte; *end is behind the INDEX. */
static struct str entry_of(struct str data, size_t at, unsigned i, size_t *end)
{
    unsigned count = u16(data, at), size = count ? u8(data, at + 2) : 0, offsets[3] = {1, 1, 1};
    *end = at + 2;
    if (!count)
        return (struct str){0};
    const unsigned which[3] = {i, i + 1, count};
    for (unsigned k = 0; k < 3; k++) {
        offsets[k] = 0;
        for (unsigned b = 0; b < size; b++)
            offsets[k] = offsets[k] << 8 | u8(data, at + 3 + which[k] * size + b);
    }
    size_t base = at + 2 + (count + 1) * size;
    *end = base + offsets[2];
    assert_true(offsets[0] <= offsets[1] && offsets[1] <= offsets[2] && *end <= data.n);
    return str_slice(data, base + offsets[0], base + offsets[1]);
}

static int number(struct str s, size_t *at)
{
    unsigned b = u8(s, (*at)++);
    if (b == 28) {
        *at += 2;
        return (int16_t)u16(s, *at - 2);
    }
    assert_in_range(b, 32, 254);
    if (b <= 246)
        return (int)b - 139;
    int low = (int)u8(s, (*at)++);
    return b <= 250 ? (int)(b - 247) * 256 + low + 108 : -(int)(b - 251) * 256 - low - 108;
}

static void read_dict(struct program *program, struct str dict)
{
    int values[8] = {0};
    for (size_t at = 0, n = 0; at < dict.n;) {
        if (u8(dict, at) > 21) {
            assert_true(n < 8);
            values[n++] = number(dict, &at);
            continue;
        }
        switch (u8(dict, at++)) {
        case 5:
            assert_int_equal(n, 4);
            break;
        case 15:
            program->charset = (unsigned)values[0];
            break;
        case 16:
            program->encoding = (unsigned)values[0];
            break;
        case 17:
            program->charstrings = (unsigned)values[0];
            break;
        case 18:
            program->private_size = (unsigned)values[0];
            program->private = (unsigned)values[1];
            break;
        case 20:
            program->default_width = values[0];
            break;
        case 21:
            program->nominal_width = values[0];
            break;
        default:
            fail_msg("an operator of no use");
        }
        n = 0;
    }
}

static hb_blob_t *table_of(hb_face_t *face, hb_tag_t tag, void *data)
{
    const struct program *program = data;
    char name[5] = {0};
    (void)face;
    hb_tag_to_string(tag, name);
    struct str table = text_face_table(program->face, name);
    if (tag == HB_TAG('C', 'F', 'F', ' '))
        table = program->data;
    else if (tag == HB_TAG('m', 'a', 'x', 'p'))
        table = program->maxp;
    else if (tag != HB_TAG('h', 'e', 'a', 'd') && tag != HB_TAG('h', 'h', 'e', 'a'))
        return NULL;
    return hb_blob_create(table.p, (unsigned)table.n, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
}

static void open_program(struct program *program, struct str data, const struct text_face *face)
{
    size_t end;
    *program = (struct program){.data = data, .face = face};
    assert_memory_equal(data.p, "\1\0\4", 3);
    program->name = entry_of(data, 4, 0, &end);
    read_dict(program, entry_of(data, end, 0, &end));
    read_dict(program, str_slice(data, program->private, program->private + program->private_size));
    unsigned count = u16(data, program->charstrings);
    const char maxp[] = {0, 0, 0x50, 0, (char)(count >> 8), (char)count};
    program->maxp = (struct str){maxp, sizeof maxp};
    hb_face_t *hb = hb_face_create_for_tables(table_of, program, NULL);
    assert_int_equal(hb_face_get_glyph_count(hb), count);
    program->font = hb_font_create(hb);
    hb_face_destroy(hb);
    (void)entry_of(data, program->charstrings, 0, &end);
    assert_int_equal(end, data.n);
}

static struct str charstring_of(const struct program *program, unsigned glyph)
{
    size_t end;
    return entry_of(program->data, program->charstrings, glyph, &end);
}

/* The glyph of a code (Technical Note 5176, section 12), by its place in the program; 0: none. */
static unsigned glyph_of(const struct program *program, unsigned code)
{
    size_t at = program->encoding;
    unsigned format = u8(program->data, at++), glyph = 1, found = 0;
    for (unsigned left = u8(program->data, at++); left; left--) {
        unsigned first = u8(program->data, at++), more = format & 1 ? u8(program->data, at++) : 0;
        if (code >= first && code <= first + more) {
            assert_int_equal(found, 0);
            found = glyph + code - first;
        }
        glyph += more + 1;
    }
    for (unsigned left = format & 0x80 ? u8(program->data, at++) : 0; left; left--, at += 3) {
        if (u8(program->data, at) != code)
            continue;
        assert_int_equal(found, 0);
        size_t place = program->charset;
        unsigned names = u8(program->data, place++), wanted = u16(program->data, at + 1);
        for (glyph = 1; glyph < u16(program->data, program->charstrings) && !found;) {
            unsigned first = u16(program->data, place), more = names ? u8(program->data, place + 2) : 0;
            if (wanted >= first && wanted <= first + more)
                found = glyph + wanted - first;
            glyph += more + 1;
            place += names ? 3 : 2;
        }
    }
    return found;
}

/* A charstring's width, which stands before what its first operator needs (Technical Note 5177, 4.1). */
static int width_of(const struct program *program, unsigned glyph)
{
    struct str s = charstring_of(program, glyph);
    int first = 0;
    size_t at = 0, n = 0;
    while (u8(s, at) >= 32 || u8(s, at) == 28) {
        int value = number(s, &at);
        first = n++ ? first : value;
    }
    size_t needs = u8(s, at) == 21 ? 2 : u8(s, at) == 14 ? 0 : 1;
    assert_true(u8(s, at) == 21 || u8(s, at) == 22 || u8(s, at) == 4 || u8(s, at) == 14);
    assert_true(n == needs || n == needs + 1);
    return n > needs ? program->nominal_width + first : program->default_width;
}

static void glyph_is_the_same(const struct program *program, unsigned glyph, uint32_t id)
{
    static struct drawn own, real;
    char own_name[128] = {0}, real_name[128] = {0};
    hb_font_t *font = text_face_font(program->face);
    draw(&own, program->font, glyph);
    draw(&real, font, id);
    same_outline(&own, &real);
    assert_true(hb_font_get_glyph_name(program->font, glyph, own_name, sizeof own_name));
    assert_true(hb_font_get_glyph_name(font, id, real_name, sizeof real_name));
    assert_string_equal(own_name, real_name);
    assert_int_equal(width_of(program, glyph), text_face_advance(program->face, id));
}

/* Writes the glyphs of codes and reads them again. */
static void check_program(const struct text_face *face, const uint32_t glyphs[CFF_CODES],
                          const struct cff_twin *twins, size_t twin_count)
{
    const struct cff_table *table = cff_table_find(face->data);
    struct program program;
    struct buf out = {0};
    uint32_t wanted[CFF_CODES];
    unsigned count = 1;
    memcpy(wanted, glyphs, sizeof wanted);
    for (size_t i = 0; i < twin_count; i++)
        wanted[twins[i].code] = twins[i].glyph;
    cff_write(table, STR("ABCDEF+Name"), glyphs, twins, twin_count, &out);
    open_program(&program, buf_view(&out), face);
    assert_true(str_is(program.name, "ABCDEF+Name"));
    assert_true(str_eq(charstring_of(&program, 0), STR("\16")));
    for (unsigned code = 0; code < CFF_CODES; code++) {
        unsigned glyph = glyph_of(&program, code);
        assert_int_equal(glyph != 0, wanted[code] != 0);
        if (glyph)
            glyph_is_the_same(&program, glyph, wanted[code]);
        count += glyphs[code] != 0;
    }
    assert_int_equal(u16(program.data, program.charstrings), count);
    hb_font_destroy(program.font);
    buf_done(&out);
}

static void all_glyphs_are_those_of_the_file(void **state)
{
    (void)state;
    for (size_t f = 0; f < support.count; f++) {
        const struct text_face *face = &support.faces[f]->shown;
        const struct cff_table *table = cff_table_find(face->data);
        assert_non_null(table);
        assert_int_equal(table->glyph_count, text_face_glyph_count(face));
        assert_true(table->glyph_count > 1000);
        for (uint32_t id = 1; id < table->glyph_count;) {
            uint32_t glyphs[CFF_CODES] = {0};
            for (unsigned code = 1; code <= CODES_AT_ONCE && id < table->glyph_count; code++)
                glyphs[code] = id++;
            check_program(face, glyphs, NULL, 0);
        }
    }
    assert_null(cff_table_find(STR("no font at all")));
}

/* Few glyphs and many, in ranges and alone, with names of the face's own, some with a second code. */
static void codes_lead_to_glyphs(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (unsigned round = 0; round < 200; round++) {
        const struct text_face *face = &support.faces[round % support.count]->shown;
        uint32_t glyphs[CFF_CODES] = {0}, id = 1;
        struct cff_twin twins[CFF_CODES];
        size_t twin_count = 0;
        unsigned odds = 1 + round % 9;
        for (unsigned code = 1; code < CFF_CODES; code++) {
            seed = seed * 1664525u + 1013904223u;
            if ((seed >> 16) % odds == 0)
                glyphs[code] = id++ + (seed >> 24) % 2 * 600;
            else if ((seed >> 16) % odds == 1 && code > 40 && glyphs[code - 1] && twin_count < 30)
                twins[twin_count++] = (struct cff_twin){(uint8_t)code, glyphs[code - 1]};
        }
        check_program(face, glyphs, twins, twin_count);
    }
    const uint32_t none[CFF_CODES] = {0};
    check_program(&support.faces[0]->shown, none, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_glyphs_are_those_of_the_file),
        cmocka_unit_test(codes_lead_to_glyphs),
    };
    return cmocka_run_group_tests(tests, open_faces, close_faces);
}
