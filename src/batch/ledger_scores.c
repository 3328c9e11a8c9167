/* Scores by edition in a ledger. */
#include "batch/ledger_file.h"

#include <stdlib.h>

bool ledger_score_put(struct ledger *ledger, struct str entity, struct edition_id edition, int hundredths,
                      struct diags *diags)
{
    if (edition.kind == EDITION_NONE || hundredths < 0 || hundredths > 100) {
        diag_add(diags, DIAG_INTERNAL, span_none(),
                 "refused for the ledger: a score of no edition or out of range");
        return false;
    }
    struct arena scratch;
    arena_init(&scratch);
    struct query query =
        query_open(ledger, STATEMENT_SCORE_PUT,
                   "INSERT INTO scores (entity, edition, hundredths) VALUES (?, ?, ?)"
                   " ON CONFLICT (entity, edition) DO UPDATE SET hundredths = excluded.hundredths");
    query_text(&query, entity);
    query_text(&query, edition_format(&scratch, edition));
    query_int(&query, hundredths);
    bool ok = query_run(&query, diags);
    arena_done(&scratch);
    return ok;
}

static bool read_score(const struct query *query, int column, struct ledger_score *score, struct diags *diags)
{
    int64_t hundredths = query_column_int(query, column + 1);
    if (!edition_parse(query_column(query, column), &score->edition) || hundredths < 0 || hundredths > 100)
        return ledger_damaged(query->ledger, diags, "a score has no edition or is out of range");
    score->hundredths = (int)hundredths;
    return true;
}

static int by_edition(const void *a, const void *b)
{
    return edition_compare(((const struct ledger_score *)a)->edition,
                           ((const struct ledger_score *)b)->edition);
}

bool ledger_scores(struct ledger *ledger, struct arena *arena, struct str entity,
                   struct ledger_score **scores, size_t *count, struct diags *diags)
{
    struct {
        struct ledger_score *items;
        size_t count, cap;
    } list = {0};
    struct query query = query_open(
        ledger, STATEMENT_ONCE, "SELECT edition, hundredths FROM scores WHERE entity = ? ORDER BY edition");
    query_text(&query, entity);
    bool row = true, ok = true;
    while (ok && (ok = query_next(&query, &row, diags)) && row) {
        struct ledger_score score;
        ok = read_score(&query, 0, &score, diags);
        if (ok)
            *ARENA_PUSH(arena, &list) = score;
    }
    query_close(&query);
    if (ok && list.count)
        qsort(list.items, list.count, sizeof *list.items, by_edition);
    *scores = list.items;
    *count = list.count;
    return ok;
}

bool ledger_score_each(struct ledger *ledger,
                       bool (*visit)(void *self, struct str entity, const struct ledger_score *score),
                       void *self, struct diags *diags)
{
    struct query query = query_open(
        ledger, STATEMENT_ONCE, "SELECT entity, edition, hundredths FROM scores ORDER BY entity, edition");
    bool row = true, ok = true;
    while (ok && (ok = query_next(&query, &row, diags)) && row) {
        struct ledger_score score;
        ok = read_score(&query, 1, &score, diags);
        if (ok && !visit(self, query_column(&query, 0), &score))
            break;
    }
    query_close(&query);
    return ok;
}
