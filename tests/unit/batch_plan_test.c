/* Plans of runs: what a first look finds, who gets what, shards, keys, and the order of tasks. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "batch/depends.h"
#include "batch/digest.h"
#include "batch/glance.h"
#include "batch/key.h"
#include "batch/message.h"
#include "batch/plan.h"
#include "batch/queue.h"
#include "batch/sweep.h"
#include "spec/spec_read.h"

enum { SPECS = 4 };

/* A folder with specs a, b, c and d, and a request for all of them. */
struct desk {
    char folder[64];
    struct arena arena;
    struct diags diags;
    const char *paths[SPECS];
    struct str tiers[3];
    struct copy_key key;
    struct batch_request request;
    struct plan plan;
    bool planned;
};

static const char *write_file(struct desk *desk, const char *name, const char *text)
{
    const char *why, *path = file_join(&desk->arena, str_from(desk->folder), str_from(name));
    assert_true(file_write(path, str_from(text), true, &why));
    return path;
}

static int enter(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    strcpy(desk->folder, "/tmp/briefing-plan-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    arena_init(&desk->arena);
    diags_init(&desk->diags, &desk->arena);
    for (int i = 0; i < SPECS; i++) {
        char name[16], text[64];
        snprintf(name, sizeof name, "%c.yaml", 'a' + i);
        snprintf(text, sizeof text, "briefing: 1\nid: %c\nedition: 2026-Q4\n", 'a' + i);
        desk->paths[i] = write_file(desk, name, text);
    }
    desk->tiers[0] = STR("open");
    desk->tiers[1] = STR("strategy-circle");
    desk->request = (struct batch_request){.house = house_default(&desk->arena, &desk->diags),
                                           .spec_paths = desk->paths,
                                           .spec_count = SPECS,
                                           .tiers = desk->tiers,
                                           .tier_count = 2,
                                           .key = &desk->key,
                                           .output = desk->folder};
    *state = desk;
    return 0;
}

static int leave(void **state)
{
    struct desk *desk = *state;
    char command[128];
    if (desk->planned)
        plan_done(&desk->plan);
    snprintf(command, sizeof command, "rm -rf '%s'", desk->folder);
    int result = system(command);
    arena_done(&desk->arena);
    free(desk);
    return result;
}

static void take_roster(struct desk *desk, const char *text)
{
    struct diag_source *source = diag_source_new(&desk->arena, STR("members.csv"), str_from(text));
    desk->request.roster = roster_read(&desk->arena, source, desk->request.house, &desk->diags);
    assert_non_null(desk->request.roster);
}

static void plan(struct desk *desk)
{
    if (desk->planned)
        plan_done(&desk->plan);
    desk->planned = true;
    assert_true(plan_init(&desk->plan, &desk->request, false, &desk->diags));
}

/* Paths of a state, each with a blank behind it. */
static const char *paths_of(struct desk *desk, enum plan_state state)
{
    struct buf text = {0};
    for (uint32_t i = 0; i < desk->plan.output_count; i++)
        if (desk->plan.outputs[i].state == state) {
            plan_path(&desk->plan, i, &text);
            buf_char(&text, ' ');
        }
    const char *paths = str_z(&desk->arena, buf_view(&text));
    buf_done(&text);
    return paths;
}

/* ---- the first look */

static void expect_glance(const char *text, const char *id, const char *edition)
{
    struct arena arena;
    arena_init(&arena);
    struct glance glance = glance_at(&arena, str_from(text));
    assert_true(str_is(glance.id, id));
    assert_true(str_is(edition_format(&arena, glance.edition), edition));
    arena_done(&arena);
}

static void glances(void **state)
{
    (void)state;
    expect_glance("briefing: 1\nid: one-two\nedition: 2026-Q4\n", "one-two", "2026-Q4");
    expect_glance("id: one\r\nas_of: 2026-05-01\r\n", "one", "2026-Q2");
    expect_glance("\xEF\xBB\xBFid: 'one'   # a comment\nedition: \"2026\"", "one", "2026");
    expect_glance("id : one\nprofile: |\n  id: two\n  edition: 2025\n", "one", "");
    expect_glance("# id: two\nid: one", "one", "");
    expect_glance("{\"briefing\": \"1\", \"id\": \"one\", \"edition\": \"2026-11\"}", "one", "2026-11");
    expect_glance("'id': one\n\"edition\": 2026-Q1\n", "one", "2026-Q1");
    expect_glance("id: &x one\ndeck: *x\n", "one", "");
    expect_glance("id: \"on\\u0065\"\n", "one", "");
    expect_glance("id: One\n", "", "");
    expect_glance("id: ../../etc\n", "", "");
    expect_glance("id: one\nid: two\n", "one", "");
    expect_glance("briefing: 1\n", "", "");
    expect_glance("id: one\nedition: 2026-Q9\nas_of: 2026-02-30\n", "one", "");
    expect_glance("", "", "");
    expect_glance(": : [\n", "", "");
}

/* ---- who gets what */

static void plans_specs_by_tiers(void **state)
{
    struct desk *desk = *state;
    desk->request.spec_count = 2;
    plan(desk);
    assert_string_equal(paths_of(desk, PLAN_MAKE), "a_2026-Q4_open.pdf a_2026-Q4_strategy-circle.pdf "
                                                   "b_2026-Q4_open.pdf b_2026-Q4_strategy-circle.pdf ");
    assert_int_equal(desk->plan.task_count, 4);
    assert_true(edition_parse(STR("2027"), &desk->request.edition));
    desk->request.tier_count = 1;
    desk->request.compendium = true;
    plan(desk);
    assert_string_equal(paths_of(desk, PLAN_MAKE),
                        "a_2027_open.pdf b_2027_open.pdf compendium_2027_open.pdf ");
}

static void plans_members(void **state)
{
    struct desk *desk = *state;
    desk->request.tier_count = 1;
    desk->request.compendium = true;
    take_roster(desk, "id,name,tier,entities,copy,unsubscribed\n"
                      "M-1,One,open,b a b,personal,\n"
                      "M-2,Two,strategy-circle,*,personal,\n"
                      "M-3,Three,leadership-alliance,c,shared,\n"
                      "M-4,Four,open,*,personal,2026-01-01\n"
                      "M-5,Five,open,a b ghost,personal,\n"
                      "M-6,Six,open,ghost,personal,\n");
    plan(desk);
    assert_int_equal(desk->diags.per_code[DIAG_UNKNOWN_ENTITY], 1);
    assert_string_equal(
        paths_of(desk, PLAN_MAKE),
        "a_2026-Q4_open.pdf members/M-1/a_2026-Q4_open.pdf members/M-5/a_2026-Q4_open.pdf "
        "members/M-2/a_2026-Q4_strategy-circle.pdf "
        "b_2026-Q4_open.pdf members/M-1/b_2026-Q4_open.pdf members/M-5/b_2026-Q4_open.pdf "
        "members/M-2/b_2026-Q4_strategy-circle.pdf "
        "c_2026-Q4_open.pdf members/M-2/c_2026-Q4_strategy-circle.pdf c_2026-Q4_leadership-alliance.pdf "
        "d_2026-Q4_open.pdf members/M-2/d_2026-Q4_strategy-circle.pdf "
        "compendium_2026-Q4_open.pdf members/M-1/compendium_2026-Q4_open.pdf "
        "members/M-5/compendium_2026-Q4_open.pdf members/M-2/compendium_2026-Q4_strategy-circle.pdf ");
    /* M-1 and M-5 watch the same: one layout for both. */
    const struct plan_group *last = &desk->plan.groups[desk->plan.group_count - 2];
    assert_true(last->compendium && last->personal && last->count == 2 && last->spec_count == 2);
}

static void plans_what_was_asked_for(void **state)
{
    struct desk *desk = *state;
    struct str only[] = {STR("b"), STR("compendium")}, members[] = {STR("m-1")}, shared[] = {STR("M-2")};
    desk->request.tier_count = 1;
    desk->request.compendium = true;
    desk->request.only = only;
    desk->request.only_count = 2;
    take_roster(desk, "id,name,tier,entities,copy\nM-1,One,open,a b,personal\nM-2,Two,open,c,shared\n");
    plan(desk);
    assert_string_equal(paths_of(desk, PLAN_MAKE),
                        "b_2026-Q4_open.pdf members/M-1/b_2026-Q4_open.pdf "
                        "compendium_2026-Q4_open.pdf members/M-1/compendium_2026-Q4_open.pdf ");
    desk->request.only_count = 1;
    desk->request.members = members;
    desk->request.member_count = 1;
    plan(desk);
    assert_string_equal(paths_of(desk, PLAN_MAKE), "members/M-1/b_2026-Q4_open.pdf ");
    desk->request.only_count = 0;
    desk->request.members = shared;
    plan(desk);
    assert_string_equal(paths_of(desk, PLAN_MAKE), "c_2026-Q4_open.pdf ");
    only[0] = STR("x");
    desk->request.only_count = 1;
    struct plan refused;
    assert_false(plan_init(&refused, &desk->request, false, &desk->diags));
    plan_done(&refused);
    assert_int_equal(desk->diags.per_code[DIAG_USAGE], 1);
    desk->request.only_count = 0;
    desk->request.key = NULL;
    assert_false(plan_init(&refused, &desk->request, false, &desk->diags));
    plan_done(&refused);
    assert_int_equal(desk->diags.per_code[DIAG_USAGE], 2);
}

static void names_what_has_no_name(void **state)
{
    struct desk *desk = *state;
    const char *paths[] = {desk->paths[0], write_file(desk, "x/a.yaml", "broken: ["),
                           write_file(desk, "A!.yaml", "id: {"), write_file(desk, "y/second.yaml", "id: a\n"),
                           write_file(desk, "z/...yaml", "")};
    desk->request.spec_paths = paths;
    desk->request.spec_count = 5;
    desk->request.tier_count = 1;
    plan(desk);
    assert_string_equal(paths_of(desk, PLAN_MAKE),
                        "a_2026-Q4_open.pdf a-2_open.pdf a-3_open.pdf unnamed_open.pdf ");
    assert_string_equal(desk->plan.specs[0].rival, paths[3]);
}

/* ---- shards */

static void divides_into_shards(void **state)
{
    struct desk *desk = *state;
    struct buf roster = {0};
    buf_text(&roster, "id,name,tier,entities\n");
    for (int i = 0; i < 3500; i++)
        buf_printf(&roster, "M-%d,Member,open,a\n", i);
    buf_char(&roster, 0);
    take_roster(desk, roster.p);
    plan(desk);
    assert_int_equal(desk->plan.task_count, 8 + 4); /* 3,500 copies: four chunks */
    uint32_t total = 0, whole = desk->plan.output_count;
    bool *seen = ARENA_ARRAY(&desk->arena, bool, whole);
    for (unsigned shard = 1; shard <= 3; shard++) {
        desk->request.shard = (struct batch_shard){shard, 3};
        plan(desk);
        plan_shards(&desk->plan, 3);
        uint32_t count = 0;
        for (uint32_t i = 0; i < whole; i++) {
            if (desk->plan.outputs[i].state != PLAN_MAKE)
                continue;
            assert_false(seen[i]);
            seen[i] = true;
            count++;
        }
        assert_true(count >= 500);
        total += count;
    }
    assert_int_equal(total, whole);
    buf_done(&roster);
}

/* ---- keys */

static const char *key(struct desk *desk, uint32_t output)
{
    return str_z(&desk->arena, key_of(&desk->plan, &desk->arena, output));
}

static void keys_tell_inputs_apart(void **state)
{
    struct desk *desk = *state;
    take_roster(desk, "id,name,tier,entities\nM-1,One,open,a\nM-2,Two,open,a\n");
    plan(desk);
    const char *edition = key(desk, 0), *copy = key(desk, 1), *other = key(desk, 2), *tier = key(desk, 3);
    assert_string_not_equal(edition, copy);
    assert_string_not_equal(copy, other);
    assert_string_not_equal(edition, tier);
    desk->request.strong_marks = true;
    plan(desk);
    assert_string_equal(key(desk, 0), edition);
    assert_string_not_equal(key(desk, 1), copy);
    desk->request.strong_marks = false;
    desk->key.bytes[0] ^= 1;
    plan(desk);
    assert_string_equal(key(desk, 0), edition);
    assert_string_not_equal(key(desk, 1), copy);
    desk->request.draft = true;
    plan(desk);
    assert_string_not_equal(key(desk, 0), edition);
    desk->request.draft = false;
    plan(desk);
    desk->plan.identity.program = STR("another");
    assert_string_not_equal(key(desk, 0), edition);
    plan(desk);
    desk->plan.identity.fonts = STR("others");
    assert_string_not_equal(key(desk, 0), edition);
    write_file(desk, "a.yaml", "briefing: 1\nid: a\nedition: 2026-Q4\n\n");
    plan(desk);
    assert_string_not_equal(key(desk, 0), edition);
    write_file(desk, "a.yaml", "briefing: 1\nid: a\nedition: 2026-Q4\n");
    struct ledger_score score = {{EDITION_QUARTER, 2026, 3}, 40};
    plan(desk);
    desk->plan.specs[0].scores = &score;
    desk->plan.specs[0].score_count = 1;
    assert_string_not_equal(key(desk, 0), edition);
}

/* Three capitals more, in places where sums of every fourth word are the same: still another spec. */
static void keys_tell_capitals_apart(void **state)
{
#define SPEC(numbers, board)                                                                                 \
    "briefing: 1\nid: a\nedition: 2026-Q4\nprofile: The authority of the region allots " numbers             \
    " to members and pays " board " each year.\n"
    struct desk *desk = *state;
    take_roster(desk, "id,name,tier,entities\nM-1,One,open,a\n");
    write_file(desk, "a.yaml", SPEC("numbers", "the board"));
    plan(desk);
    const char *before = key(desk, 0);
    write_file(desk, "a.yaml", SPEC("Numbers", "The Board"));
    plan(desk);
    assert_string_not_equal(key(desk, 0), before);
#undef SPEC
}

/* Who plans before there is a ledger takes no digest; the keys are those of the bytes that were read for
 * good. */
static void keys_need_no_digest_before(void **state)
{
    struct desk *desk = *state;
    struct plan fresh;
    plan(desk);
    const char *first = key(desk, 0), *second = key(desk, 2);
    assert_true(plan_init(&fresh, &desk->request, true, &desk->diags));
    struct str text = STR("briefing: 1\nid: a\nedition: 2026-Q4\n");
    assert_true(fresh.specs[0].mark == hash_mark(text));
    pid_t child = fork();
    if (child == 0) {
        digest_note(&fresh.specs[0], text);
        _exit(0);
    }
    int status = 1;
    assert_true(waitpid(child, &status, 0) == child && status == 0);
    assert_true(digest_note(&fresh.specs[0], text));
    assert_false(digest_note(&fresh.specs[0], STR("another text, made to bear the mark")));
    write_file(desk, "a.yaml", "briefing: 1\nid: a\nedition: 2026-Q4\ndeck: other\n");
    assert_true(str_is(key_of(&fresh, &desk->arena, 0), first));  /* told by the child */
    assert_true(str_is(key_of(&fresh, &desk->arena, 2), second)); /* read now */
    plan_done(&fresh);
    assert_true(plan_init(&fresh, &desk->request, true, &desk->diags));
    write_file(desk, "a.yaml", "briefing: 1\nid: a\nedition: 2026-Q4\n");
    assert_false(str_is(key_of(&fresh, &desk->arena, 0), first)); /* not what was planned */
    plan_done(&fresh);
}

/* ---- tasks */

static void orders_tasks(void **state)
{
    struct desk *desk = *state;
    struct queue queue;
    desk->request.compendium = true;
    plan(desk);
    desk->plan.outputs[1].state = PLAN_KEPT; /* a, strategy-circle */
    queue_init(&queue, &desk->plan);
    assert_int_equal(queue.count, 9);
    assert_int_equal(queue.specs, 7);
    uint32_t first = queue_take(&queue, &desk->plan, PLAN_NONE),
             second = queue_take(&queue, &desk->plan, PLAN_NONE);
    assert_int_equal(first, 0);  /* a */
    assert_int_equal(second, 1); /* b, open */
    assert_int_equal(queue_take(&queue, &desk->plan, second),
                     2); /* b, strategy-circle: its worker has read b */
    assert_int_equal(queue_take(&queue, &desk->plan, first), 3); /* c: nobody has begun it */
    queue_return(&queue, &desk->plan, first, 0);
    assert_int_equal(queue_take(&queue, &desk->plan, PLAN_NONE),
                     first); /* what a dead worker left comes first */
    for (uint32_t i = 4; i < 7; i++)
        assert_true(queue_take(&queue, &desk->plan, PLAN_NONE) < 7);
    assert_int_equal(queue_take(&queue, &desk->plan, PLAN_NONE),
                     PLAN_NONE); /* compendia wait for the others */
    for (uint32_t i = 0; i < 7; i++)
        queue_finish(&queue, i);
    assert_int_equal(queue_take(&queue, &desk->plan, PLAN_NONE), 7);
}

static void messages_come_in_pieces(void **state)
{
    (void)state;
    struct buf bytes = {0};
    struct message message;
    message_begin(&bytes, MESSAGE_OUTPUT);
    message_number(&bytes, -5);
    message_text(&bytes, STR("text"));
    message_text(&bytes, STR(""));
    message_end(&bytes, 0);
    size_t begun = bytes.n;
    message_begin(&bytes, MESSAGE_DONE);
    message_end(&bytes, begun);
    for (size_t n = 0; n < begun; n++) {
        size_t used = 0;
        assert_false(message_next((struct str){bytes.p, n}, &used, &message));
        assert_int_equal(used, 0);
    }
    size_t used = 0;
    assert_true(message_next(buf_view(&bytes), &used, &message));
    assert_int_equal(message.kind, MESSAGE_OUTPUT);
    assert_true(message_take_number(&message) == -5);
    assert_true(str_is(message_take_text(&message), "text"));
    assert_int_equal(message_take_text(&message).n, 0);
    assert_true(message_take_number(&message) == 0);
    assert_int_equal(message_take_text(&message).n, 0);
    assert_true(message_next(buf_view(&bytes), &used, &message));
    assert_int_equal(message.kind, MESSAGE_DONE);
    assert_false(message_next(buf_view(&bytes), &used, &message));
    buf_done(&bytes);
}

/* ---- files beside */

static void remembers_further_files(void **state)
{
    struct desk *desk = *state;
    const char *picture = write_file(desk, "pictures/a.png", "one");
    struct str files[] = {str_from(picture), STR("/fonts/ours.ttf"), STR("/etc/hostname"),
                          STR("/no/such/file")};
    struct compile_facts facts = {.files = files, .file_count = 4};
    struct buf lines = {0};
    struct depends_memory memory;
    desk->request.fonts_folder = "/fonts";
    plan(desk);
    depends_write(&desk->plan, &desk->plan.groups[0], &facts, &lines);
    assert_true(str_find(buf_view(&lines), STR(" a:pictures/a.png\n")) != SIZE_MAX);
    assert_true(str_find(buf_view(&lines), STR("ours.ttf")) == SIZE_MAX);
    assert_true(str_find(buf_view(&lines), STR("-1 0 /no/such/file\n")) != SIZE_MAX);
    depends_init(&memory);
    assert_true(depends_hold(&desk->plan, &memory, buf_view(&lines)));
    assert_true(depends_hold(&desk->plan, &memory, buf_view(&lines)));
    depends_done(&memory);
    write_file(desk, "pictures/a.png", "other");
    depends_init(&memory);
    assert_false(depends_hold(&desk->plan, &memory, buf_view(&lines)));
    assert_true(depends_hold(&desk->plan, &memory, STR("")));
    assert_false(depends_hold(&desk->plan, &memory, STR("3 4 gone:x.png\n")));
    assert_false(depends_hold(&desk->plan, &memory, STR("nonsense\n")));
    depends_done(&memory);
    buf_done(&lines);
}

static void sweeps_only_its_own(void **state)
{
    struct desk *desk = *state;
    const char *ours = write_file(desk, ".a_2026-Q4_open.pdf.briefing-abc123", "x"),
               *list = write_file(desk, ".manifest.json.briefing-abc123", "x"),
               *member = write_file(desk, "members/M-1/.a_2026-Q4_open.pdf.briefing-123456", "x"),
               *foreign = write_file(desk, ".z_2026-Q4_open.pdf.briefing-abc123", "x"),
               *plain = write_file(desk, "a_2026-Q4_open.pdf", "x");
    take_roster(desk, "id,name,tier,entities\nM-1,One,open,a\n");
    plan(desk);
    sweep_all(&desk->plan);
    assert_int_not_equal(access(ours, F_OK), 0);
    assert_int_not_equal(access(list, F_OK), 0);
    assert_int_not_equal(access(member, F_OK), 0);
    assert_int_equal(access(foreign, F_OK), 0);
    assert_int_equal(access(plain, F_OK), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(glances),
        cmocka_unit_test(messages_come_in_pieces),
        CASE(plans_specs_by_tiers),
        CASE(plans_members),
        CASE(plans_what_was_asked_for),
        CASE(names_what_has_no_name),
        CASE(divides_into_shards),
        CASE(keys_tell_inputs_apart),
        CASE(keys_tell_capitals_apart),
        CASE(keys_need_no_digest_before),
        CASE(orders_tasks),
        CASE(remembers_further_files),
        CASE(sweeps_only_its_own),
    };
    return cmocka_run_group_tests_name("plans of runs", tests, NULL, NULL);
}
