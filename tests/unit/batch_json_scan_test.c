/* Diagnostics read where they stand, against jansson: the same bytes, the same members, and nothing taken
 * that it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "batch/json_scan.h"
#include "batch/manifest_json.h"
#include "diag/diag.h"
#include "diag/render.h"

enum { TRIES = 60000, MOST = 2000 };

static uint32_t seed = 20260301;

static uint32_t below(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(seed >> 8) * n >> 24);
}

/* What jansson makes of a list; false: it refuses. */
static bool through_jansson(struct str text, struct buf *out)
{
    json_t *list = manifest_diagnostics(text);
    if (list)
        json_write(out, list, JSON_COMPACT);
    return list != NULL;
}

static void add_diags(struct diags *diags, struct diag_source *source)
{
    struct diag *diag =
        diag_add(diags, DIAG_USAGE, span_at(source, 2, 5), "\"a\\b\" in %s", "Z\xC3\xBCrich \t\n");
    diag_hint(diags, diag, "did you mean '%s'?", "/\xE2\x80\xA8\xF0\x9F\x98\x80");
    diag_note(diags, diag, span_at(source, 0, 1), "the first time");
    diag_note(diags, diag, span_none(), "%s", "");
    diag_add(diags, DIAG_CANNOT_WRITE, span_none(), "cannot write x: %s", "disk full");
}

/* All that the program writes is taken, and becomes what jansson makes of it. */
static void takes_what_is_written(void **state)
{
    (void)state;
    struct arena arena;
    struct diags diags;
    arena_init(&arena);
    diags_init(&diags, &arena);
    struct diag_source source = {.name = STR("a \"b\".yaml"), .text = STR("one\ntwo\n")};
    struct buf json = {0}, ours = {0}, theirs = {0};
    for (int many = 0; many < 2; many++) {
        buf_clear(&json);
        buf_clear(&ours);
        buf_clear(&theirs);
        diag_render_json(&json, &diags);
        assert_true(json_scan(buf_view(&json), &ours, NULL, NULL));
        assert_true(through_jansson(buf_view(&json), &theirs));
        assert_int_equal(ours.n, theirs.n);
        assert_memory_equal(ours.p, theirs.p, ours.n);
        assert_true(json_scan(buf_view(&ours), NULL, NULL, NULL));
        buf_clear(&json);
        diag_render_json_tight(&json, &diags);
        assert_int_equal(ours.n, json.n);
        assert_memory_equal(ours.p, json.p, ours.n);
        add_diags(&diags, &source);
    }
    buf_done(&json);
    buf_done(&ours);
    buf_done(&theirs);
    arena_done(&arena);
}

struct heard {
    struct buf text;
    int objects;
};

static void hear(void *self, struct str key, struct str value)
{
    struct heard *heard = self;
    if (key.n == 0) {
        heard->objects++;
        return;
    }
    buf_str(&heard->text, key);
    buf_char(&heard->text, '=');
    json_scan_text(&heard->text, value);
    buf_char(&heard->text, ';');
}

static void tells_of_members(void **state)
{
    (void)state;
    struct heard heard = {{0}, 0};
    assert_true(json_scan(
        STR(" [ {\"a\": \"x\\n\\\"\\\\\\t/\", \"b\": null, \"c\": [{\"a\": \"no\"}], \"d\" : \"\" }, {} ] "),
        NULL, hear, &heard));
    buf_char(&heard.text, 0);
    assert_string_equal(heard.text.p, "a=x\n\"\\\t/;b=;c=;d=;");
    assert_int_equal(heard.objects, 2);
    buf_done(&heard.text);
}

static void leaves_what_needs_a_closer_look(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "{}",
                                        "[1]",
                                        "[\"a\"]",
                                        "[[]]",
                                        "[{}",
                                        "[{}]]",
                                        "[{},]",
                                        "[{\"a\":1.5}]",
                                        "[{\"a\":1e3}]",
                                        "[{\"a\":-0}]",
                                        "[{\"a\":01}]",
                                        "[{\"a\":1,\"a\":2}]",
                                        "[{\"a\":\"\\u0041\"}]",
                                        "[{\"a\":\"\\/\"}]",
                                        "[{\"a\":\"\x01\"}]",
                                        "[{\"a\":\"\xff\"}]",
                                        "[{\"a\":[[[{}]]]}]",
                                        "[{\"a\":1234567890123456789}]",
                                        "[{\"a\":nul}]",
                                        "[{\"a\"}]",
                                        "[{a:1}]",
                                        "[{\"a\":\"}]"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf out = {0};
        buf_text(&out, "kept");
        assert_false(json_scan(str_from(texts[i]), &out, NULL, NULL));
        assert_true(str_is(buf_view(&out), "kept"));
        buf_done(&out);
    }
}

/* Texts with a few bytes changed: what is taken, jansson takes too, for the same bytes. */
static void agrees_on_chance_texts(void **state)
{
    (void)state;
    static const char text[] =
        "[\n  {\n    \"file\": \"/a/b.yaml\",\n    \"line\": 12,\n    \"hint\": null, \"x\": true,\n"
        "    \"message\": \"it's \\\"so\\\" \xE2\x80\x94 \\\\ n\",\n    \"notes\": [{\"line\": -5, \"m\": "
        "\"\"}]\n"
        "  }, {\"file\": false}\n]\n";
    static const char often[] = "\"\\[]{},: 0123-.enulltrf/\xE2\x80\n";
    size_t taken = 0;
    for (int i = 0; i < TRIES; i++) {
        char changed[MOST];
        size_t n = sizeof text - 1;
        memcpy(changed, text, n);
        for (uint32_t changes = below(4); changes; changes--) {
            size_t at = below((uint32_t)n);
            switch (below(3)) {
            case 0:
                changed[at] = often[below(sizeof often - 1)];
                break;
            case 1:
                memmove(changed + at, changed + at + 1, n - at - 1);
                n--;
                break;
            default:
                memmove(changed + at + 1, changed + at, n - at);
                changed[at] = often[below(sizeof often - 1)];
                n++;
            }
        }
        struct buf ours = {0}, theirs = {0};
        if (json_scan((struct str){changed, n}, &ours, NULL, NULL)) {
            taken++;
            if (!through_jansson((struct str){changed, n}, &theirs) || ours.n != theirs.n ||
                memcmp(ours.p, theirs.p, ours.n) != 0)
                fail_msg("%.*s", (int)n, changed);
        }
        buf_done(&ours);
        buf_done(&theirs);
    }
    assert_true(taken > TRIES / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_is_written),
        cmocka_unit_test(tells_of_members),
        cmocka_unit_test(leaves_what_needs_a_closer_look),
        cmocka_unit_test(agrees_on_chance_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
