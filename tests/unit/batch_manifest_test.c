/* Manifest, page and log: valid whatever the ledger holds, the same each time. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>
#include <sodium.h>

#include "base/file.h"
#include "base/sign.h"
#include "batch/html.h"
#include "batch/manifest.h"
#include "batch/manifest_json.h"
#include "ledger_place.h"

static const struct manifest_tier tiers[] = {{{"open", 4}, {"Open", 4}},
                                             {{"circle", 6}, {"Inner <Circle>", 14}}};

static struct manifest_head a_head(void)
{
    return (struct manifest_head){.name = STR("2026-q4"),
                                  .edition = STR("2026-Q4"),
                                  .product = STR("Watch \xff & Wait"),
                                  .publisher = STR("</title><script>alert(1)</script>"),
                                  .language = STR("de\"><b>"),
                                  .program = STR("briefing 0.1.0"),
                                  .accent = STR("#12345g"),
                                  .tiers = tiers,
                                  .tier_count = 2};
}

static struct str content(struct place *place, const char *name)
{
    struct str text;
    const char *why, *path = file_join(&place->arena, str_from(place->folder), str_from(name));
    assert_true(file_read(&place->arena, path, 1 << 24, &text, &why, NULL));
    return text;
}

static bool write_manifest(struct place *place, struct ledger *ledger, const struct copy_key *key)
{
    struct manifest_head head = a_head();
    return manifest_write(ledger, STR("2026-q4"), 1, &head, manifest_path(&place->arena, place->folder, 0, 0),
                          key, NULL, &place->diags);
}

static bool write_index(struct place *place, struct ledger *ledger)
{
    struct manifest_head head = a_head();
    return index_write(ledger, STR("2026-q4"), 1, &head, place->folder, NULL, &place->diags);
}

/* What the manifest writes itself are the bytes that jansson would give. */
static void writes_strings_as_jansson_does(void **state)
{
    (void)state;
    char all[0x101];
    for (int i = 0; i < 0x100; i++)
        all[i] = (char)i;
    all[0x100] = '"';
    const struct str texts[] = {{all, sizeof all},
                                STR(""),
                                STR("plain / text \x7f"),
                                STR("\xe2\x80\xa8 \xf0\x9f\x98\x80 \xc3"),
                                STR("\xed\xa0\x80\\\"\n")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf ours = {0}, theirs = {0};
        manifest_text(&ours, texts[i]);
        json_write(&theirs, json_text(texts[i]), JSON_COMPACT | JSON_ENCODE_ANY);
        assert_int_equal(ours.n, theirs.n);
        assert_memory_equal(ours.p, theirs.p, ours.n);
        buf_done(&ours);
        buf_done(&theirs);
    }
}

static json_t *parsed(struct str text)
{
    json_t *value = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(value);
    return value;
}

static const char *text_at(const json_t *outputs, size_t i, const char *key)
{
    return json_string_value(json_object_get(json_array_get(outputs, i), key));
}

static void lists_outputs_by_path_with_their_verdict(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    struct ledger_output rows[] = {place_output("b.pdf"), place_output("a.pdf"), place_output("c.pdf"),
                                   place_output("old.pdf")};
    rows[1].name = STR("\xff\xfe<\"");
    rows[2].state = LEDGER_FAILED;
    rows[2].score = -1;
    rows[2].grade = rows[2].label = (struct str){0};
    rows[2].diagnostics = STR("[{\"code\": \"syntax\"}]");
    rows[0].state = LEDGER_PENDING;
    rows[3].seen = 0;
    for (size_t i = 0; i < 4; i++)
        place_put(place, ledger, &rows[i]);
    assert_true(write_manifest(place, ledger, NULL));
    json_t *value = parsed(content(place, "manifest.json"));
    json_t *outputs = json_object_get(value, "outputs"), *counts = json_object_get(value, "counts");
    assert_int_equal(json_array_size(outputs), 3);
    assert_string_equal(text_at(outputs, 0, "path"), "a.pdf");
    assert_string_equal(text_at(outputs, 0, "name"), "\xef\xbf\xbd\xef\xbf\xbd<\"");
    assert_string_equal(text_at(outputs, 0, "score"), "0.82");
    assert_string_equal(text_at(outputs, 0, "verdict"), "ok");
    assert_string_equal(text_at(outputs, 1, "verdict"), "failed");
    assert_string_equal(text_at(outputs, 2, "verdict"), "failed");
    assert_true(json_is_null(json_object_get(json_array_get(outputs, 2), "digest")));
    assert_true(json_is_null(json_object_get(json_array_get(outputs, 2), "score")));
    assert_true(json_is_null(json_object_get(json_array_get(outputs, 2), "member")));
    assert_int_equal(json_array_size(json_object_get(json_array_get(outputs, 2), "diagnostics")), 1);
    assert_int_equal(json_integer_value(json_object_get(counts, "failed")), 2);
    assert_int_equal(json_integer_value(json_object_get(counts, "pages")), 12);
    json_decref(value);
    struct str first = content(place, "manifest.json");
    assert_true(write_manifest(place, ledger, NULL));
    assert_true(str_eq(first, content(place, "manifest.json")));
    ledger_close(ledger);
    assert_int_equal(place->diags.errors, 0);
}

static void writes_an_empty_run(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    assert_true(write_manifest(place, ledger, NULL));
    assert_true(write_index(place, ledger));
    json_t *value = parsed(content(place, "manifest.json"));
    assert_int_equal(json_array_size(json_object_get(value, "outputs")), 0);
    assert_true(json_is_array(json_object_get(value, "outputs")));
    json_decref(value);
    ledger_close(ledger);
}

static void tells_of_a_ledger_with_rubbish_for_diagnostics(void **state)
{
    struct place *place = *state;
    static const char *const rubbish[] = {"<script>", "{}", "[1,", "[\"\\ud800\"]"};
    for (size_t i = 0; i < sizeof rubbish / sizeof *rubbish; i++) {
        struct ledger *ledger = place_ledger(place);
        struct ledger_output row = place_output("a.pdf");
        row.diagnostics = str_from(rubbish[i]);
        diags_init(&place->diags, &place->arena);
        place_put(place, ledger, &row);
        assert_false(write_manifest(place, ledger, NULL));
        assert_true(place_has(place, DIAG_LEDGER_UNREADABLE, "a.pdf"));
        ledger_close(ledger);
    }
    assert_int_not_equal(access(manifest_path(&place->arena, place->folder, 0, 0), F_OK), 0);
}

static void unhex(const char *text, unsigned char *bytes, size_t n)
{
    assert_int_equal(sodium_hex2bin(bytes, n, text, strlen(text), NULL, NULL, NULL), 0);
}

static void signs_so_that_a_change_shows(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    struct ledger_output row = place_output("a.pdf");
    struct copy_key key = {{1, 2, 3}};
    struct sign_pair pair, other;
    unsigned char public_key[32], signature[64];
    place_put(place, ledger, &row);
    assert_true(write_manifest(place, ledger, &key));
    struct str text = content(place, "manifest.json");
    json_t *value = parsed(content(place, "manifest.json.sig"));
    unhex(json_string_value(json_object_get(value, "public_key")), public_key, sizeof public_key);
    unhex(json_string_value(json_object_get(value, "signature")), signature, sizeof signature);
    json_decref(value);
    unsigned char digest[32];
    crypto_generichash(digest, sizeof digest, (const unsigned char *)text.p, text.n, NULL, 0);
    assert_int_equal(crypto_sign_verify_detached(signature, digest, sizeof digest, public_key), 0);
    digest[0] ^= 1;
    assert_int_not_equal(crypto_sign_verify_detached(signature, digest, sizeof digest, public_key), 0);
    sign_pair_make(&key, &pair);
    assert_memory_equal(pair.public_key, public_key, sizeof public_key);
    assert_memory_not_equal(pair.secret, key.bytes, sizeof key.bytes);
    key.bytes[31] ^= 1;
    sign_pair_make(&key, &other);
    assert_memory_not_equal(other.public_key, public_key, sizeof public_key);
    assert_true(write_manifest(place, ledger, NULL));
    assert_int_not_equal(
        access(file_join(&place->arena, str_from(place->folder), STR("manifest.json.sig")), F_OK), 0);
    ledger_close(ledger);
}

static size_t times(struct str text, const char *what)
{
    size_t count = 0, n = strlen(what);
    for (size_t at; (at = str_find(text, str_from(what))) != SIZE_MAX; count++)
        text = str_slice(text, at + n, text.n);
    return count;
}

static void lets_no_text_become_markup(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    static const char evil[] = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>\xff\x01&amp;";
    struct str text = {evil, sizeof evil - 1};
    static const char *const kinds[] = {"edition", "copy", "compendium"};
    for (unsigned i = 0; i < 12; i++) {
        struct ledger_output row = place_output(str_printf(&place->arena, "%u\"><script>#?%%:.pdf", i).p);
        row.kind = str_from(kinds[i % 3]);
        row.entity = row.name = row.grade = row.label = row.tier = row.edition = row.copy = text;
        row.member = i % 3 == 1 ? text : (struct str){0};
        row.state = i < 6 ? LEDGER_DONE : LEDGER_FAILED;
        row.diagnostics =
            STR("[{\"severity\": \"<script>\", \"code\": \"<b>\", \"file\": \"</script>\", \"line\": \"x\","
                " \"message\": \"<script>\", \"hint\": \"<script>\"}, 7, null, {\"message\": 3}]");
        place_put(place, ledger, &row);
    }
    assert_true(write_index(place, ledger));
    struct str page = content(place, "index.html");
    assert_int_equal(times(page, "<script"), 1);
    assert_int_equal(times(page, "</script"), 1);
    assert_int_equal(times(page, "<img"), 0);
    assert_int_equal(times(page, "<b>"), 2); /* the name of the run, and the member */
    assert_int_equal(times(page, "12345g"), 0);
    assert_int_equal(times(page, "\x01"), 0);
    assert_int_equal(times(page, "\xff"), 0);
    assert_int_equal(times(page, "href=\"0%22%3E%3Cscript%3E%23%3F%25%3A.pdf\""), 1);
    assert_true(times(page, "&quot;&gt;&lt;script&gt;") > 10);
    ledger_close(ledger);
    assert_int_equal(place->diags.errors, 0);
}

static void gathers_failures_by_their_cause(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    for (unsigned i = 0; i < 400; i++) {
        struct ledger_output row = place_output(str_printf(&place->arena, "%u.pdf", i).p);
        row.kind = STR("copy");
        row.member = str_printf(&place->arena, "M-%03u", i);
        row.state = LEDGER_FAILED;
        row.diagnostics = i < 300 ? STR("[{\"severity\": \"error\", \"message\": \"one cause for all\"}]")
                                  : str_printf(&place->arena, "[{\"message\": \"cause %u\"}]", i);
        place_put(place, ledger, &row);
    }
    for (unsigned i = 0; i < 400; i++) {
        struct ledger_output row = place_output(str_printf(&place->arena, "e%u.pdf", i).p);
        row.entity = str_printf(&place->arena, "zz-%03u", i);
        row.state = LEDGER_PENDING;
        place_put(place, ledger, &row);
    }
    assert_true(write_index(place, ledger));
    struct str page = content(place, "index.html");
    assert_int_equal(times(page, "one cause for all"), 1);
    assert_int_equal(times(page, " and 288 more"), 1);
    assert_int_equal(times(page, "81 more outputs failed for other reasons"), 1);
    assert_int_equal(times(page, "Not finished when the run ended"), 299);
    assert_int_equal(times(page, "101 more outputs of other entities failed"), 1);
    ledger_close(ledger);
}

static void says_when_it_cannot_write(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    const char *path = manifest_path(&place->arena, place->folder, 0, 0);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_false(write_manifest(place, ledger, NULL));
    assert_true(place_has(place, DIAG_CANNOT_WRITE, "manifest.json"));
    struct manifest_head head = a_head();
    assert_false(index_write(ledger, STR("2026-q4"), 1, &head, "/nowhere/at/all", NULL, &place->diags));
    assert_true(place_has(place, DIAG_CANNOT_WRITE, "/nowhere/at/all"));
    ledger_close(ledger);
}

static void sweeps_what_a_killed_writer_left(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    const char *why,
        *left = file_join(&place->arena, str_from(place->folder), STR(".manifest.json.briefing-Ab12Cd"));
    const char *other = file_join(&place->arena, str_from(place->folder), STR(".other.json.briefing-Ab12Cd"));
    assert_true(file_write(left, STR("{"), false, &why));
    assert_true(file_write(other, STR("{"), false, &why));
    assert_true(write_manifest(place, ledger, NULL));
    assert_int_not_equal(access(left, F_OK), 0);
    assert_int_equal(access(other, F_OK), 0);
    ledger_close(ledger);
}

static void logs_whole_lines_in_utc(void **state)
{
    struct place *place = *state;
    const char *path = file_join(&place->arena, str_from(place->folder), STR("log"));
    struct manifest_head head = a_head();
    struct ledger_output row = place_output("a\"b.pdf");
    row.diagnostics = STR("[{\"code\": \"syntax\"}]");
    for (int i = 0; i < 2; i++) {
        struct batch_log *log = batch_log_open(path, &place->diags);
        assert_non_null(log);
        batch_log_run(log, 1790000000123, &head, 3, 2);
        batch_log_output(log, -1, "made", &row, 1500);
        batch_log_worker(log, 0, 77, "killed", STR("x.pdf"));
        batch_log_end(log, 951782400000, 1, 2, 3, 4);
        batch_log_close(log);
    }
    static const char *const expected[][2] = {
        {"2026-09-21T14:13:20.123Z", "run"},
        {"1969-12-31T23:59:59.999Z", "made"},
        {"1970-01-01T00:00:00.000Z", "worker"},
        {"2000-02-29T00:00:00.000Z", "end"},
    };
    struct str text = content(place, "log");
    for (size_t i = 0; i < 8; i++) {
        size_t end = str_find(text, STR("\n"));
        assert_true(end != SIZE_MAX);
        json_t *line = parsed(str_slice(text, 0, end));
        assert_string_equal(json_string_value(json_object_get(line, "time")), expected[i % 4][0]);
        assert_string_equal(json_string_value(json_object_get(line, "event")), expected[i % 4][1]);
        if (i == 1) {
            assert_string_equal(json_string_value(json_object_get(line, "path")), "a\"b.pdf");
            assert_int_equal(json_array_size(json_object_get(line, "diagnostics")), 1);
        }
        json_decref(line);
        text = str_slice(text, end + 1, text.n);
    }
    assert_int_equal(text.n, 0);
}

static void tells_once_that_the_log_failed(void **state)
{
    struct place *place = *state;
    assert_null(batch_log_open("/nowhere/at/all", &place->diags));
    assert_true(place_has(place, DIAG_CANNOT_WRITE, "/nowhere/at/all"));
    if (access("/dev/full", W_OK) == 0) {
        struct batch_log *log = batch_log_open("/dev/full", &place->diags);
        assert_non_null(log);
        for (int i = 0; i < 3; i++)
            batch_log_end(log, 0, 0, 0, 0, 0);
        batch_log_close(log);
        assert_int_equal(place->diags.errors, 2);
        assert_true(place_has(place, DIAG_CANNOT_WRITE, "no space left"));
    }
    batch_log_end(NULL, 0, 0, 0, 0, 0);
    batch_log_close(NULL);
}

static void writes_sizes_and_counts_for_people(void **state)
{
    static const struct {
        int64_t value;
        const char *size, *count;
    } cases[] = {
        {0, "0 bytes", "0"},
        {1, "1 byte", "1"},
        {999, "999 bytes", "999"},
        {1000, "1\xc2\xa0KB", "1,000"},
        {210499, "210\xc2\xa0KB", "210,499"},
        {999499, "999\xc2\xa0KB", "999,499"},
        {999500, "1.0\xc2\xa0MB", "999,500"},
        {1449999, "1.4\xc2\xa0MB", "1,449,999"},
        {9949999, "9.9\xc2\xa0MB", "9,949,999"},
        {9950000, "10\xc2\xa0MB", "9,950,000"},
        {26667084, "27\xc2\xa0MB", "26,667,084"},
        {3000000000, "3.0\xc2\xa0GB", "3,000,000,000"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf size = {0}, count = {0};
        html_size(&size, cases[i].value);
        html_count(&count, cases[i].value);
        assert_true(str_is(buf_view(&size), cases[i].size));
        assert_true(str_is(buf_view(&count), cases[i].count));
        buf_done(&size);
        buf_done(&count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_strings_as_jansson_does),
        cmocka_unit_test_setup_teardown(lists_outputs_by_path_with_their_verdict, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(writes_an_empty_run, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(tells_of_a_ledger_with_rubbish_for_diagnostics, place_enter,
                                        place_leave),
        cmocka_unit_test_setup_teardown(signs_so_that_a_change_shows, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(lets_no_text_become_markup, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(gathers_failures_by_their_cause, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(says_when_it_cannot_write, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(sweeps_what_a_killed_writer_left, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(logs_whole_lines_in_utc, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(tells_once_that_the_log_failed, place_enter, place_leave),
        cmocka_unit_test(writes_sizes_and_counts_for_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
