/* For the tests of ledgers: a folder of one's own, and samples of what a ledger holds. */
#ifndef BRIEFING_TESTS_LEDGER_PLACE_H
#define BRIEFING_TESTS_LEDGER_PLACE_H

#include "base/buf.h"
#include "batch/ledger.h"

struct place {
    char folder[64], path[96]; /* of the ledger */
    struct arena arena;
    struct diags diags;
};

/* cmocka's setup and teardown; *state is a struct place. */
int place_enter(void **state);
int place_leave(void **state);

bool place_has(const struct place *place, enum diag_code code, const char *words);
struct ledger *place_ledger(struct place *place); /* opened for writing */

struct ledger_output place_output(const char *path); /* of the folder "2026-q4" */
struct ledger_copy place_copy(const char *id, const char *member, int64_t made_ms);
struct ledger_run place_run(unsigned shard, unsigned shards); /* of the folder "out" */
void place_put(struct place *place, struct ledger *ledger, const struct ledger_output *output);

/* Gathers paths, a space behind each. stop_after 0: all. */
struct listing {
    struct buf text;
    size_t stop_after;
};
bool listing_add(void *self, const struct ledger_output *output);

void place_expect_part(struct place *place, struct ledger *ledger, enum ledger_part part, int64_t run,
                       const char *paths);

#endif
