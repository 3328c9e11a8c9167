/* Compendia through the whole pipeline: what is told of them, and members' copies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "compile_parts.h"
#include "spec/spec_read.h"
#include "text_support.h"

#define END "profile: Why.\nconfidence: {score: 0.80}\nkey_points: [Point]\n"

static const char *const texts[] = {
    "briefing: 1\nid: a\nedition: 2026-Q4\nentity: {name: Alpha, kind: network}\nmarking: {tlp: RED}\n" END,
    "briefing: 1\nid: b\nedition: 2026-Q4\nlanguage: de\nentity: {name: Beta, kind: place}\n" END,
};
enum { COUNT = sizeof texts / sizeof *texts };

struct bench {
    struct arena arena;
    struct diags diags;
    struct text_fonts *fonts;
    struct compile_context context;
    struct house *house;
    const struct spec *specs[COUNT];
};

static int set_up(void **state)
{
    struct bench *bench = base_malloc(sizeof *bench);
    memset(bench, 0, sizeof *bench);
    arena_init(&bench->arena);
    diags_init(&bench->diags, &bench->arena);
    bench->fonts = text_fonts_open(support_config(&bench->arena, false));
    bench->context.engine = text_engine_open(bench->fonts);
    bench->context.writer = pdf_writer_open();
    bench->house = house_default(&bench->arena, &bench->diags);
    for (size_t i = 0; i < COUNT; i++) {
        struct diag_source *source = diag_source_new(&bench->arena, STR("spec.yaml"), str_from(texts[i]));
        bench->specs[i] = spec_read(&bench->arena, source, NULL, &bench->diags);
        assert_non_null(bench->specs[i]);
    }
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    pdf_writer_close(bench->context.writer);
    text_engine_close(bench->context.engine);
    text_fonts_close(bench->fonts);
    arena_done(&bench->arena);
    free(bench);
    return 0;
}

static struct compiled *open_all(struct bench *bench, const struct compile_options *options)
{
    struct compiled *compiled =
        compile_compendium_open(&bench->context, bench->specs, COUNT, bench->house, options, &bench->diags);
    assert_non_null(compiled);
    assert_int_equal(bench->diags.errors, 0);
    return compiled;
}

static void facts_are_the_volume_s(void **state)
{
    struct bench *bench = *state;
    struct compile_options options = {.edition = {.tier = STR("open"), .date = {2026, 11, 22}}};
    struct compiled *compiled = open_all(bench, &options);
    const struct compile_facts *facts = compile_facts(compiled);
    assert_true(str_is(facts->entity, "compendium"));
    assert_true(str_is(facts->edition, "2026-Q4"));
    assert_true(str_is(facts->tier, "open"));
    assert_int_equal(facts->edition_id.kind, EDITION_QUARTER);
    assert_int_equal(facts->hundredths, -1);
    assert_int_equal(facts->grade.n, 0);
    assert_int_equal(facts->digest.n, 64);
    assert_int_equal(facts->pages, 4); /* cover, contents with summary, two briefings */
    assert_true(facts->file_count >= 2);
    compile_close(compiled);
}

/* The digest is that of what is shown. */
static void the_digest_tells_volumes_apart(void **state)
{
    struct bench *bench = *state;
    struct compile_options day = {.edition = {.date = {2026, 11, 22}}},
                           other_day = {.edition = {.date = {2026, 11, 23}}};
    struct compiled *a = open_all(bench, &day), *b = open_all(bench, &day), *c = open_all(bench, &other_day);
    const struct spec *first = bench->specs[0];
    bench->specs[0] = bench->specs[1];
    bench->specs[1] = first;
    struct compiled *d = open_all(bench, &day);
    assert_true(str_eq(compile_facts(a)->digest, compile_facts(b)->digest));
    assert_false(str_eq(compile_facts(a)->digest, compile_facts(c)->digest));
    assert_false(str_eq(compile_facts(a)->digest, compile_facts(d)->digest));
    compile_close(a);
    compile_close(b);
    compile_close(c);
    compile_close(d);
}

static bool holds(const struct buf *pdf, const char *text)
{
    return str_find(buf_view(pdf), str_from(text)) != SIZE_MAX;
}

static void members_have_copies_of_it(void **state)
{
    struct bench *bench = *state;
    static const unsigned char secret[] = "0123456789abcdef0123456789abcdef";
    struct copy_key key;
    assert_null(copy_key_make((struct str){(const char *)secret, 32}, &key));
    struct compile_options options = {.personal = true};
    struct compiled *compiled = open_all(bench, &options);
    assert_non_null(compiled->pages->copy.face);
    struct copy_id ids[2];
    struct buf copies[3] = {{0}, {0}, {0}};
    for (size_t i = 0; i < 2; i++) {
        struct copy_subject subject = {.member = i ? STR("m-2") : STR("m-1"),
                                       .entity = STR("compendium"),
                                       .edition = STR("2026-Q4"),
                                       .tier = STR("open")};
        ids[i] = copy_id_make(&key, &subject);
        assert_true(compile_copy(compiled, &ids[i], &options.seal, &copies[i], &bench->diags));
    }
    assert_true(compile_copy(compiled, &ids[0], &options.seal, &copies[2], &bench->diags));
    assert_true(str_eq(buf_view(&copies[0]), buf_view(&copies[2])));
    assert_int_equal(copies[0].n, copies[1].n);
    for (size_t i = 0; i < 2; i++) {
        assert_true(holds(&copies[i], ids[i].text));
        assert_false(holds(&copies[i], ids[1 - i].text));
    }
    for (size_t i = 0; i < 3; i++)
        buf_done(&copies[i]);
    compile_close(compiled);
}

/* The words before the id end where its slot begins, on every page of every part. */
static void the_slot_is_at_one_place(void **state)
{
    struct bench *bench = *state;
    struct compile_options options = {.personal = true};
    struct compiled *compiled = open_all(bench, &options);
    const struct pages *pages = compiled->pages;
    for (size_t p = 0; p < pages->count; p++) {
        size_t found = 0;
        for (size_t i = 0; i < pages->items[p].item_count; i++) {
            const struct page_item *item = &pages->items[p].items[i];
            if (item->kind != ITEM_GLYPHS || !str_starts(item->u.glyphs.segment->text, STR("Personal copy")))
                continue;
            found++;
            assert_int_equal(item->y, pages->copy.y);
            assert_true(item->x + item->u.glyphs.segment->width_mpt <= pages->copy.x);
        }
        assert_int_equal(found, 1);
    }
    compile_close(compiled);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(facts_are_the_volume_s, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_digest_tells_volumes_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(members_have_copies_of_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_slot_is_at_one_place, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
