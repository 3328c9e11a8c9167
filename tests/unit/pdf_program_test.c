/* Font programs kept from document to document: found again by their glyphs alone, kept within a bound, and
 * never a reason for other bytes. */
#include "pdf_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "diag/diag.h"
#include "pdf/program.h"

enum { LARGE = 150 * 1024 };

/* A face is told by its address alone. */
static const struct text_face *face_number(size_t i)
{
    static const struct text_face faces[4];
    return &faces[i];
}

/* Three glyphs and their codes. */
static struct program_key key_of(uint32_t words[6], size_t face, uint32_t first_id)
{
    for (uint32_t i = 0; i < 3; i++) {
        words[i] = first_id + (i == 2 ? 7 : i);
        words[3 + i] = 'a' + i;
    }
    return (struct program_key){face_number(face), words, 3, 6};
}

static struct program *keep(struct program_cache *cache, size_t face, uint32_t first_id, size_t bytes)
{
    uint32_t words[6];
    uint16_t gids[] = {1, 2, 3};
    int32_t widths[] = {500, 600, 700};
    char *data = calloc(1, bytes);
    memset(data, (int)first_id, bytes);
    struct program program = {.key = key_of(words, face, first_id),
                              .gids = gids,
                              .widths_uem = widths,
                              .widths = STR("/Widths[]")};
    memcpy(program.tag, "ABCDEF", 7);
    struct program *kept = program_keep(cache, &program);
    kept->deflated = (struct str){data, bytes};
    return kept;
}

static struct program *find(struct program_cache *cache, size_t face, uint32_t first_id)
{
    uint32_t words[6];
    struct program_key key = key_of(words, face, first_id);
    return program_find(cache, &key);
}

static void found_by_face_and_glyphs(void **state)
{
    (void)state;
    struct program_cache cache = {0};
    assert_null(find(&cache, 0, 5));
    struct program *a = keep(&cache, 0, 5, 10), *b = keep(&cache, 1, 5, 20), *c = keep(&cache, 0, 6, 30);
    assert_ptr_equal(find(&cache, 0, 5), a);
    assert_ptr_equal(find(&cache, 1, 5), b);
    assert_ptr_equal(find(&cache, 0, 6), c);
    assert_null(find(&cache, 1, 6));
    uint32_t words[6];
    struct program_key key = key_of(words, 0, 5);
    assert_int_equal(program_glyph(&key, 6), 1);
    assert_int_equal(program_glyph(&key, 12), 2);
    key.glyph_count = 2;
    assert_null(program_find(&cache, &key));
    key = key_of(words, 0, 5);
    key.word_count = 5;
    assert_null(program_find(&cache, &key));
    key = key_of(words, 0, 5);
    words[4]++; /* another code */
    assert_null(program_find(&cache, &key));
    assert_int_equal(a->deflated.n, 10);
    assert_int_equal(a->deflated.p[9], 5);
    assert_int_equal(a->gids[2], 3);
    assert_int_equal(a->widths_uem[1], 600);
    assert_true(str_eq(a->widths, STR("/Widths[]")));
    assert_string_equal(a->tag, "ABCDEF");
    program_cache_done(&cache);
    assert_int_equal(cache.bytes, 0);
}

static void unicode_is_that_of_the_last_document(void **state)
{
    (void)state;
    struct program_cache cache = {0};
    struct program *program = keep(&cache, 0, 5, 10);
    size_t before = cache.bytes;
    assert_int_equal(program->map.n, 0);
    program_keep_map(&cache, program, STR("plain"), STR("packed"));
    program_keep_map(&cache, program, STR("other"), STR("small"));
    assert_true(str_eq(program->map, STR("other")));
    assert_true(str_eq(program->map_deflated, STR("small")));
    assert_int_equal(cache.bytes, before + 10);
    program_cache_done(&cache);
    assert_int_equal(cache.bytes, 0);
}

static void what_was_used_longest_ago_goes_first(void **state)
{
    (void)state;
    struct program_cache cache = {0};
    for (uint32_t i = 0; i < 3; i++)
        keep(&cache, 0, 10 * i, LARGE);
    program_cache_trim(&cache);
    assert_non_null(find(&cache, 0, 20));
    assert_non_null(find(&cache, 0, 10));
    assert_non_null(find(&cache, 0, 0)); /* nothing was too much yet; this is the latest now */
    keep(&cache, 0, 30, LARGE);
    program_cache_trim(&cache);
    assert_null(find(&cache, 0, 20));
    assert_non_null(find(&cache, 0, 30));
    assert_non_null(find(&cache, 0, 10));
    assert_non_null(find(&cache, 0, 0));
    assert_true(cache.bytes < 4 * LARGE);
    for (uint32_t i = 4; i < 200; i++) {
        keep(&cache, 0, 10 * i, LARGE);
        program_cache_trim(&cache);
        assert_true(cache.bytes < 4 * LARGE);
    }
    program_cache_done(&cache);
}

static void write_line(struct pdf_writer *writer, const struct text_face *face, const char *text,
                       struct buf *pdf)
{
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    struct pages *pages = pdf_pages_new(&arena, 1);
    uint32_t node = pdf_node(&arena, pages, NODE_P, 1);
    pdf_line(&arena, pages, 0, node, 60000, 100000, pdf_segment(&arena, face, 10000, text, false));
    struct pdf_metadata metadata = {.title = STR("T"), .language = STR("en"), .digest = STR("d")};
    assert_true(pdf_write(writer, pages, &metadata, pdf, &diags));
    arena_done(&arena);
}

/* Whatever a writer made before, a document has the bytes that a new writer gives it. */
static void documents_before_leave_no_trace(void **state)
{
    (void)state;
    static const char *const texts[] = {"first words", "other glyphs: QZ", "first words", "sdrow tsrif",
                                        "first\xC2\xA0words"};
    struct text_face *face = pdf_face_bundled("SourceSerif4-Regular.otf");
    struct pdf_writer *writer = pdf_writer_open();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf warm = {0}, cold = {0};
        struct pdf_writer *fresh = pdf_writer_open();
        write_line(writer, face, texts[i], &warm);
        write_line(fresh, face, texts[i], &cold);
        pdf_writer_close(fresh);
        assert_true(warm.n > 0);
        assert_true(str_eq(buf_view(&warm), buf_view(&cold)));
        buf_done(&warm);
        buf_done(&cold);
    }
    pdf_writer_close(writer);
    pdf_face_close(face);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found_by_face_and_glyphs),
        cmocka_unit_test(unicode_is_that_of_the_last_document),
        cmocka_unit_test(what_was_used_longest_ago_goes_first),
        cmocka_unit_test(documents_before_leave_no_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
