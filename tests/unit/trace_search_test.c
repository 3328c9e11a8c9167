/* Marks read from boxes, the odds, and that the right member is named and never another. */
#include "trace/search.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int open_arena(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

/* ---- reading */

enum { GAP = 2500, WIDTH = 20000 };

/* Adds a line of words "w<line>x<n>" of which every third, from the third on, is moved by shift * sign(line,
 * n). */
static void add_line(struct trace_words *words, int line, int count, int shift, int (*sign)(int line, int n))
{
    int32_t at = 70000;
    for (int n = 0; n < count; n++) {
        bool moved = n >= 2 && n % 3 == 2 && n + 2 < count;
        int32_t by = moved ? shift * sign(line, n) : 0;
        struct str text = str_printf(&arena, "w%dx%d", line, n);
        *ARENA_PUSH(&arena, words) = (struct trace_word){.text = text,
                                                         .page = 1,
                                                         .left_mpt = at + by,
                                                         .right_mpt = at + by + WIDTH,
                                                         .starts_line = n == 0};
        at += WIDTH + GAP;
    }
}

static int up(int line, int n)
{
    (void)line;
    (void)n;
    return 1;
}

static int alternating(int line, int n)
{
    return (line + n) % 2 ? 1 : -1;
}

static void reads_marks(void **state)
{
    (void)state;
    static const int scales[] = {200, 100, 60, 400, 900};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        struct trace_words words = {.pages = 1};
        struct trace_marks marks;
        for (int line = 0; line < 10; line++)
            add_line(&words, line, 13, scales[i], alternating); /* words 2, 5, 8 */
        marks_read(&arena, &words, &marks);
        assert_int_equal(marks.count, 30);
        for (size_t k = 0; k < marks.count; k++) {
            char *end;
            const char *letters = str_z(&arena, marks.items[k].letters);
            assert_int_equal(*letters, 'w');
            int line = (int)strtol(letters + 1, &end, 10);
            assert_int_equal(*end, 'x');
            int before = (int)strtol(end + 1, NULL, 10);
            assert_int_equal(marks.items[k].sign, alternating(line, before + 1));
        }
    }
}

static void reads_no_marks_where_none_are(void **state)
{
    (void)state;
    static const int shifts[] = {0, 10, 40, 2000};
    for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++) {
        struct trace_words words = {.pages = 1};
        struct trace_marks marks;
        for (int line = 0; line < 10; line++)
            add_line(&words, line, 13, shifts[i], up);
        marks_read(&arena, &words, &marks);
        assert_int_equal(marks.count, 0);
    }
    struct trace_words words = {.pages = 1};
    struct trace_marks marks;
    for (int line = 0; line < 10; line++)
        add_line(&words, line, 4, 200, up); /* too short */
    marks_read(&arena, &words, &marks);
    assert_int_equal(marks.count, 0);
}

static void same_letters_count_once(void **state)
{
    (void)state;
    struct trace_words words = {.pages = 1};
    struct trace_marks marks;
    for (int i = 0; i < 50; i++)
        add_line(&words, 7, 5, 200, up);
    marks_read(&arena, &words, &marks);
    assert_int_equal(marks.count, 1);
    assert_int_equal(marks.items[0].sign, 1);
    for (int i = 0; i < 50; i++)
        add_line(&words, 7, 5, -200, up); /* as many say the reverse */
    marks_read(&arena, &words, &marks);
    assert_int_equal(marks.count, 0);
}

/* ---- odds: exact sums of binomials, computed with another program */

static void odds(void **state)
{
    (void)state;
    static const struct {
        size_t agree, count, copies;
        double wanted;
    } cases[] = {{43, 43, 5000, -9.245319809},      {60, 66, 5000, -8.166565495},
                 {66, 66, 1, -19.867979714},        {105, 120, 8000, -13.480197768},
                 {212, 215, 184500, -53.236241332}, {700, 1000, 5000, -33.354929681}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double chance = marks_chance(cases[i].agree, cases[i].count, cases[i].copies);
        assert_true(fabs(chance - cases[i].wanted) < 1e-6);
    }
    assert_true(marks_chance(0, 0, 5000) == 0);
    assert_true(marks_chance(50, 100, 1) == 0);
    assert_true(marks_chance(31, 60, 5000) == 0);
    assert_true(isfinite(marks_chance(1000000, 1000000, 1)));
}

/* ---- naming */

enum { MEMBERS = 2000 };

static struct roster *make_roster(void)
{
    struct roster *roster = ARENA_NEW(&arena, struct roster);
    for (int i = 0; i < MEMBERS; i++) {
        struct member *member = ARENA_PUSH(&arena, &roster->members);
        member->id.s = str_printf(&arena, "M-%04d", i);
        member->tier.s = i % 2 ? STR("open") : STR("inner");
        ARENA_PUSH(&arena, &member->entities)->s = STR("quiet-harbour");
    }
    return roster;
}

static const struct str tiers[] = {{"open", 4}, {"inner", 5}}, shown[] = {{"compendium", 10}};

static struct trace_source make_source(struct copy_key *key)
{
    struct trace_source source = {.roster = make_roster(),
                                  .key = key,
                                  .tiers = tiers,
                                  .tier_count = 2,
                                  .shown = shown,
                                  .shown_count = 1};
    assert_null(copy_key_make(STR("a key for tests, of 32 bytes or more"), key));
    editions_add(&arena, &source.editions, (struct edition_id){EDITION_QUARTER, 2026, 4});
    return source;
}

static struct copy_id id_of(const struct copy_key *key, const char *member, const char *tier)
{
    struct copy_subject subject = {str_from(member), STR("quiet-harbour"), STR("2026-Q4"), str_from(tier)};
    return copy_id_make(key, &subject);
}

/* Marks of a copy, every eighth of them turned round if so wanted, or, without an id, of chance. */
static struct trace_marks marks_of(const struct copy_id *id, size_t count, bool wrong)
{
    struct trace_marks marks = {0};
    for (size_t i = 0; i < count; i++) {
        struct trace_mark *mark = ARENA_PUSH(&arena, &marks);
        mark->letters = str_printf(&arena, "place%zuof%d", i, rand());
        mark->sign = id ? copy_id_sign(id, mark->letters) : (rand() & 64 ? 1 : -1);
        if (wrong && i % 8 == 7)
            mark->sign = -mark->sign;
    }
    return marks;
}

static struct trace_search search_for(const struct trace_source *source, const struct trace_marks *marks)
{
    struct trace_search search = {0};
    struct diags diags;
    diags_init(&diags, &arena);
    assert_true(search_marks(&arena, source, marks, &search, &diags));
    assert_int_equal(diags.errors, 0);
    return search;
}

static void names_the_member(void **state)
{
    (void)state;
    struct copy_key key;
    struct trace_source source = make_source(&key);
    static const char *const whose[][2] = {{"M-0000", "inner"}, {"M-1999", "open"}, {"M-0777", "inner"}};
    for (size_t i = 0; i < 3; i++) {
        struct copy_id id = id_of(&key, whose[i][0], whose[i][1]);
        struct trace_marks marks = marks_of(&id, 120, true);
        struct trace_search search = search_for(&source, &marks);
        assert_int_equal(search.hits.count, 1);
        assert_true(str_is(search.hits.items[0].who.member, whose[i][0]));
        assert_true(str_is(search.hits.items[0].who.tier, whose[i][1]));
        assert_true(str_is(search.hits.items[0].who.entity, "quiet-harbour"));
        assert_true(str_is(search.hits.items[0].who.edition, "2026-Q4"));
        assert_int_equal(search.hits.items[0].agree, 105);
        assert_int_equal(search.copies, MEMBERS * 4);
        assert_true(search.hits.items[0].marked);
        assert_ptr_equal(search.hits.items[0].who.person,
                         candidates_person(source.roster, str_from(whose[i][0])));
    }
}

/* Two members put their copies together, line by line. */
static void names_both(void **state)
{
    (void)state;
    struct copy_key key;
    struct trace_source source = make_source(&key);
    struct copy_id one = id_of(&key, "M-0010", "inner"), other = id_of(&key, "M-0011", "open");
    struct trace_marks marks = marks_of(&one, 600, false);
    for (size_t i = 0; i < 600; i += 2)
        marks.items[i].sign = copy_id_sign(&other, marks.items[i].letters);
    struct trace_search search = search_for(&source, &marks);
    assert_int_equal(search.hits.count, 2);
    assert_true(str_is(search.hits.items[0].who.member, "M-0010"));
    assert_true(str_is(search.hits.items[1].who.member, "M-0011"));
}

static void names_nobody(void **state)
{
    (void)state;
    struct copy_key key, strange;
    struct trace_source source = make_source(&key);
    assert_null(copy_key_make(STR("another key for tests, of 32 bytes or more"), &strange));
    size_t best = 0;
    for (int i = 0; i < 60; i++) {
        struct copy_id id = id_of(&strange, "M-0010", "inner");
        struct trace_marks marks = marks_of(i % 2 ? &id : NULL, 30 + (size_t)i * 3, false);
        struct trace_search search = search_for(&source, &marks);
        assert_int_equal(search.hits.count, 0);
        assert_int_equal(search.copies, MEMBERS * 4);
        best = search.best_agree > best ? search.best_agree : best;
    }
    assert_true(best > 60);
    /* 42 of 42 is one in 2^42: too little among 8,000. */
    struct copy_id id = id_of(&key, "M-0010", "inner");
    struct trace_marks few = marks_of(&id, 42, false), enough = marks_of(&id, 43, false);
    assert_int_equal(search_for(&source, &few).hits.count, 0);
    assert_int_equal(search_for(&source, &enough).hits.count, 1);
    /* Below 30 nobody is even tried. */
    struct trace_marks hopeless = marks_of(&id, 29, false);
    assert_true(search_is_hopeless(&hopeless));
    assert_int_equal(search_for(&source, &hopeless).copies, 0);
}

static void finds_ids(void **state)
{
    (void)state;
    struct copy_key key;
    struct trace_source source = make_source(&key);
    struct trace_search search = {0};
    struct diags diags;
    diags_init(&diags, &arena);
    struct trace_ids ids = {0};
    *ARENA_PUSH(&arena, &ids) =
        (struct trace_id){.id = id_of(&key, "m-1234", "open"), .pages = 3, .first_page = 2};
    assert_true(search_ids(&arena, &source, &ids, &search, &diags)); /* a tier that is not the member's */
    assert_int_equal(search.hits.count, 1);
    assert_true(str_is(search.hits.items[0].who.member, "M-1234"));
    assert_true(str_is(search.hits.items[0].who.tier, "open"));
    assert_int_equal(search.hits.items[0].pages, 3);
    assert_false(search.hits.items[0].who.recorded);
    /* Of an entity that nobody watches, until all may be tried. */
    static const struct str known[] = {{"other-entity", 12}};
    struct copy_subject subject = {STR("M-0001"), known[0], STR("2026-Q4"), STR("open")};
    ids.items[0].id = copy_id_make(&key, &subject);
    source.entities = known;
    source.entity_count = 1;
    search = (struct trace_search){0};
    assert_true(search_ids(&arena, &source, &ids, &search, &diags));
    assert_int_equal(search.hits.count, 0);
    source.all_watch_all = true;
    assert_true(search_ids(&arena, &source, &ids, &search, &diags));
    assert_int_equal(search.hits.count, 1);
    assert_false(search.cut);
}

int main(void)
{
    srand(20261122);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_marks),
        cmocka_unit_test(reads_no_marks_where_none_are),
        cmocka_unit_test(same_letters_count_once),
        cmocka_unit_test(odds),
        cmocka_unit_test(names_the_member),
        cmocka_unit_test(names_both),
        cmocka_unit_test(names_nobody),
        cmocka_unit_test(finds_ids),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
