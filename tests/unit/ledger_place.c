/* A folder for a ledger, and samples. */
#define _XOPEN_SOURCE 700
#include "ledger_place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int place_enter(void **state)
{
    static struct place place;
    strcpy(place.folder, "/tmp/briefing-ledger-XXXXXX");
    if (!mkdtemp(place.folder))
        return -1;
    snprintf(place.path, sizeof place.path, "%s/run.db", place.folder);
    arena_init(&place.arena);
    diags_init(&place.diags, &place.arena);
    *state = &place;
    return 0;
}

int place_leave(void **state)
{
    struct place *place = *state;
    char command[160];
    snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    arena_done(&place->arena);
    return system(command);
}

bool place_has(const struct place *place, enum diag_code code, const char *words)
{
    for (const struct diag *diag = place->diags.first; diag; diag = diag->next) {
        if (diag->code == code && str_find(diag->message, str_from(words)) != SIZE_MAX)
            return true;
    }
    return false;
}

struct ledger *place_ledger(struct place *place)
{
    struct ledger *ledger = ledger_open(place->path, false, 0, &place->diags);
    assert_non_null(ledger);
    return ledger;
}

struct ledger_output place_output(const char *path)
{
    return (struct ledger_output){.folder = STR("2026-q4"),
                                  .path = str_from(path),
                                  .kind = STR("edition"),
                                  .entity = STR("lu-heng"),
                                  .edition = STR("2026-Q4"),
                                  .tier = STR("open"),
                                  .inputs = STR("00ff"),
                                  .depends = STR("12 34 images/portrait.png\n"),
                                  .digest = STR("abcdef0123456789"),
                                  .name = STR("Lu Heng"),
                                  .grade = STR("A"),
                                  .label = STR("High"),
                                  .diagnostics = STR("[]"),
                                  .score = 82,
                                  .pages = 12,
                                  .bytes = 4096,
                                  .mtime_ns = 1234567890123456789,
                                  .inode = 42,
                                  .state = LEDGER_DONE,
                                  .run = 1,
                                  .seen = 1};
}

struct ledger_copy place_copy(const char *id, const char *member, int64_t made_ms)
{
    return (struct ledger_copy){.copy = str_from(id),
                                .member = str_from(member),
                                .entity = STR("lu-heng"),
                                .edition = STR("2026-Q4"),
                                .tier = STR("open"),
                                .path = STR("copies/x.pdf"),
                                .digest = STR("ab"),
                                .made_ms = made_ms};
}

struct ledger_run place_run(unsigned shard, unsigned shards)
{
    return (struct ledger_run){.name = STR("2026-q4"),
                               .folder = STR("out"),
                               .edition = STR("2026-Q4"),
                               .program = STR("cafe"),
                               .shard = shard,
                               .shards = shards,
                               .started_ms = 1000,
                               .status = STR("running")};
}

void place_put(struct place *place, struct ledger *ledger, const struct ledger_output *output)
{
    assert_true(ledger_output_put(ledger, output, &place->diags));
}

bool listing_add(void *self, const struct ledger_output *output)
{
    struct listing *listing = self;
    buf_str(&listing->text, output->path);
    buf_char(&listing->text, ' ');
    return listing->stop_after == 0 || --listing->stop_after;
}

void place_expect_part(struct place *place, struct ledger *ledger, enum ledger_part part, int64_t run,
                       const char *paths)
{
    struct listing listing = {0};
    assert_true(ledger_output_part(ledger, part, STR("2026-q4"), run, listing_add, &listing, &place->diags));
    buf_char(&listing.text, 0);
    assert_string_equal(listing.text.p, paths);
    buf_done(&listing.text);
}
