/* Members' copies in a ledger. */
#include "batch/ledger_file.h"

enum { COPY_TEXTS = 7 };

#define COLUMNS "copy, member, entity, edition, tier, path, digest, made_ms"

bool ledger_copy_put(struct ledger *ledger, const struct ledger_copy *copy, struct diags *diags)
{
    const char *fault = ledger_copy_fault(copy);
    if (fault) {
        diag_add(diags, DIAG_INTERNAL, span_none(), "refused for the ledger: %s", fault);
        return false;
    }
    /* Of the same copy made twice the later one counts, in whatever order ledgers are joined. */
    struct query query = query_open(
        ledger, STATEMENT_COPY_PUT,
        "INSERT INTO copies (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (copy) DO UPDATE SET member = excluded.member, entity = excluded.entity,"
        " edition = excluded.edition, tier = excluded.tier, path = excluded.path,"
        " digest = excluded.digest, made_ms = excluded.made_ms WHERE excluded.made_ms >= copies.made_ms");
    const struct str texts[COPY_TEXTS] = {copy->copy, copy->member, copy->entity, copy->edition,
                                          copy->tier, copy->path,   copy->digest};
    for (size_t i = 0; i < COPY_TEXTS; i++)
        query_text(&query, texts[i]);
    query_int(&query, copy->made_ms);
    return query_run(&query, diags);
}

static bool read_copy(const struct query *query, struct ledger_copy *copy, struct diags *diags)
{
    *copy = (struct ledger_copy){.copy = query_column(query, 0),
                                 .member = query_column(query, 1),
                                 .entity = query_column(query, 2),
                                 .edition = query_column(query, 3),
                                 .tier = query_column(query, 4),
                                 .path = query_column(query, 5),
                                 .digest = query_column(query, 6),
                                 .made_ms = query_column_int(query, 7)};
    const char *fault = ledger_copy_fault(copy);
    return !fault || ledger_damaged(query->ledger, diags, fault);
}

bool ledger_copy_find(struct ledger *ledger, struct arena *arena, struct str copy, struct ledger_copy *found,
                      bool *is, struct diags *diags)
{
    struct query query =
        query_open(ledger, STATEMENT_COPY_FIND, "SELECT " COLUMNS " FROM copies WHERE copy = ?");
    query_text(&query, copy);
    bool ok = query_next(&query, is, diags);
    if (ok && *is)
        ok = read_copy(&query, found, diags);
    if (ok && *is) {
        struct str *const texts[COPY_TEXTS] = {&found->copy, &found->member, &found->entity, &found->edition,
                                               &found->tier, &found->path,   &found->digest};
        for (size_t i = 0; i < COPY_TEXTS; i++)
            *texts[i] = str_dup(arena, *texts[i]);
    }
    query_close(&query);
    return ok;
}

bool ledger_copy_each(struct ledger *ledger, bool (*visit)(void *self, const struct ledger_copy *copy),
                      void *self, struct diags *diags)
{
    struct query query = query_open(ledger, STATEMENT_ONCE, "SELECT " COLUMNS " FROM copies ORDER BY copy");
    bool row = true, ok = true;
    while (ok && (ok = query_next(&query, &row, diags)) && row) {
        struct ledger_copy copy;
        ok = read_copy(&query, &copy, diags);
        if (ok && !visit(self, &copy))
            break;
    }
    query_close(&query);
    return ok;
}
