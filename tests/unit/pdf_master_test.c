/* Copies of a master: what they share, where they differ, and that nothing but their id decides their bytes.
 */
#include "pdf/master.h"

#include "pdf_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "pdf/mark.h"

#define ONE "7KQM-2F9X-AB3D-9TZC"
#define TWO "0123-4567-89AB-CDEF"

struct copies {
    struct arena arena;
    struct diags diags;
    struct text_face *serif, *sans;
    struct pages *pages;
    struct pdf_writer *writer;
    struct buf one, two;
};

static struct copy_id id_of(const char *text)
{
    struct copy_id id = {{0}};
    memcpy(id.text, text, strlen(text));
    return id;
}

static void line(struct copies *c, size_t page, uint32_t node, int32_t y, const char *text)
{
    pdf_line(&c->arena, c->pages, page, node, 60000, y, pdf_segment(&c->arena, c->serif, 10000, text, false));
}

static void make_slot(struct copies *c)
{
    struct copy_slot *slot = &c->pages->copy;
    *slot = (struct copy_slot){.face = c->sans, .size_mpt = 8000, .x = 60000, .y = 800000};
    for (size_t i = 0; i < sizeof slot->letters / sizeof *slot->letters; i++) {
        char letter[2] = {(COPY_ID_ALPHABET "-")[i], '\0'};
        const struct text_segment *segment = pdf_segment(&c->arena, c->sans, 8000, letter, false);
        slot->letters[i] = (struct copy_letter){segment->glyphs[0].id, segment->glyphs[0].advance_mpt};
    }
}

static int begin(void **state)
{
    struct copies *c = calloc(1, sizeof *c);
    arena_init(&c->arena);
    diags_init(&c->diags, &c->arena);
    c->serif = pdf_face_bundled("SourceSerif4-Regular.otf");
    c->sans = pdf_face_bundled("SourceSans3-Semibold.otf");
    c->pages = pdf_pages_new(&c->arena, 3);
    uint32_t p = pdf_node(&c->arena, c->pages, NODE_P, 1);
    for (int i = 0; i < 30; i++) {
        line(c, 0, p, 100000 + i * 14000,
             "Seven members of the board were elected again in March, so it was said");
        line(c, 1, p, 100000 + i * 14000, "The minutes tell of one vote against, by whom they do not tell");
    }
    make_slot(c);
    c->writer = pdf_writer_open();
    *state = c;
    return 0;
}

static int end(void **state)
{
    struct copies *c = *state;
    pdf_writer_close(c->writer);
    pdf_face_close(c->serif);
    pdf_face_close(c->sans);
    buf_done(&c->one);
    buf_done(&c->two);
    arena_done(&c->arena);
    free(c);
    return 0;
}

static struct pdf_master *master_by(struct copies *c, struct pdf_writer *writer, bool strong)
{
    const struct pdf_metadata metadata = {.title = STR("A title"),
                                          .language = STR("en-GB"),
                                          .digest = STR("0011"),
                                          .entity = STR("test-entity"),
                                          .tier = STR("open")};
    struct pdf_master *master = pdf_master_open(writer, c->pages, &metadata, strong, &c->diags);
    assert_non_null(master);
    assert_int_equal(c->diags.errors, 0);
    return master;
}

static void copy(const struct pdf_master *master, const char *id, struct buf *out)
{
    struct copy_id parsed = id_of(id);
    buf_clear(out);
    pdf_master_copy(master, &parsed, out);
}

static size_t find_from(const struct buf *in, size_t from, const char *what)
{
    size_t at = str_find(str_slice(buf_view(in), from, in->n), str_from(what));
    assert_true(at != SIZE_MAX);
    return from + at;
}

/* Bytes from one place to another of both copies made the same; they must have differed. */
static void level(struct copies *c, size_t from, size_t to)
{
    assert_memory_not_equal(c->one.p + from, c->two.p + from, to - from);
    memcpy(c->two.p + from, c->one.p + from, to - from);
}

static void copies_differ_only_where_they_must(void **state)
{
    struct copies *c = *state;
    struct pdf_master *master = master_by(c, c->writer, false);
    copy(master, ONE, &c->one);
    copy(master, TWO, &c->two);
    pdf_master_close(master);
    assert_int_equal(c->one.n, c->two.n);
    size_t letters = find_from(&c->one, 0, "\n[<");
    level(c, letters, find_from(&c->one, letters, "]TJ"));
    size_t tag = find_from(&c->one, 0, "<briefing:copy>") + strlen("<briefing:copy>");
    assert_memory_equal(c->one.p + tag, ONE "</briefing:copy>", strlen(ONE "</briefing:copy>"));
    level(c, tag, tag + strlen(ONE));
    size_t id = find_from(&c->one, find_from(&c->one, 0, "/ID[<"), "><") + 2;
    level(c, id, id + 32);
    assert_memory_equal(c->one.p, c->two.p, c->one.n);
}

static void what_copies_share_comes_first(void **state)
{
    struct copies *c = *state;
    struct pdf_master *master = master_by(c, c->writer, true);
    copy(master, ONE, &c->one);
    copy(master, TWO, &c->two);
    pdf_master_close(master);
    size_t same = 0;
    while (same < c->one.n && c->one.p[same] == c->two.p[same])
        same++;
    assert_true(find_from(&c->one, 0, "/ObjStm") < same);
    assert_true(find_from(&c->one, 0, "<?xpacket") > same);
}

static void copies_do_not_depend_on_earlier_ones(void **state)
{
    struct copies *c = *state;
    for (int strong = 0; strong < 2; strong++) {
        struct pdf_master *master = master_by(c, c->writer, strong);
        copy(master, TWO, &c->one);
        copy(master, ONE, &c->one);
        pdf_master_close(master);
        /* A master by a writer that made nothing before. */
        struct pdf_writer *fresh = pdf_writer_open();
        master = master_by(c, fresh, strong);
        copy(master, ONE, &c->two);
        pdf_master_close(master);
        pdf_writer_close(fresh);
        assert_int_equal(c->one.n, c->two.n);
        assert_memory_equal(c->one.p, c->two.p, c->one.n);
    }
}

/* The inflater checks each stream's Adler-32, which is patched with the marks. */
static void marks_change_numbers_and_nothing_else(void **state)
{
    struct copies *c = *state;
    struct pdf_master *master = master_by(c, c->writer, true);
    assert_in_range(pdf_master_marks(master), 60, 60 * MARK_MOST);
    copy(master, ONE, &c->one);
    copy(master, TWO, &c->two);
    pdf_master_close(master);
    struct buf first = {0}, second = {0};
    pdf_inflate(&first, &c->one);
    pdf_inflate(&second, &c->two);
    assert_int_equal(first.n, second.n);
    size_t changed = 0;
    for (size_t i = 0; i < first.n; i++) {
        if (first.p[i] == second.p[i])
            continue;
        changed++;
        assert_non_null(memchr("-0123456789 ", first.p[i], 12));
        assert_non_null(memchr("-0123456789 ", second.p[i], 12));
    }
    assert_true(changed > 0);
    assert_true(pdf_has(&first, "/P<</MCID 0>>BDC"));
    buf_done(&first);
    buf_done(&second);
}

static void digest_is_that_of_all_bytes(void **state)
{
    struct copies *c = *state;
    struct pdf_master *master = master_by(c, c->writer, true);
    buf_text(&c->one, "something before");
    size_t before = c->one.n;
    struct copy_id id = id_of(ONE);
    pdf_master_copy(master, &id, &c->one);
    struct str pdf = str_slice(buf_view(&c->one), before, c->one.n);
    unsigned char quick[32], whole[32];
    pdf_master_digest(master, pdf, quick);
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, pdf.p, pdf.n);
    hash_done(&hash, whole);
    assert_memory_equal(quick, whole, sizeof whole);
    pdf_master_close(master);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(copies_differ_only_where_they_must, begin, end),
        cmocka_unit_test_setup_teardown(what_copies_share_comes_first, begin, end),
        cmocka_unit_test_setup_teardown(copies_do_not_depend_on_earlier_ones, begin, end),
        cmocka_unit_test_setup_teardown(marks_change_numbers_and_nothing_else, begin, end),
        cmocka_unit_test_setup_teardown(digest_is_that_of_all_bytes, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
