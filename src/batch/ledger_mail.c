/* Letters in a ledger. */
#include "batch/ledger_mail.h"

#include "batch/ledger_file.h"

#define COLUMNS "mailing, member, message_id, state, tries, at_ms, note"

bool ledger_letters_ready(struct ledger *ledger, struct diags *diags)
{
    struct query query = query_open(
        ledger, STATEMENT_ONCE,
        "CREATE TABLE IF NOT EXISTS letters (mailing TEXT NOT NULL, member TEXT NOT NULL, message_id TEXT "
        "NOT NULL,"
        " state INTEGER NOT NULL, tries INTEGER NOT NULL, at_ms INTEGER NOT NULL, note TEXT NOT NULL,"
        " PRIMARY KEY (mailing, member)) STRICT, WITHOUT ROWID");
    return query_run(&query, diags);
}

bool ledger_letter_put(struct ledger *ledger, const struct ledger_letter *letter, struct diags *diags)
{
    struct query query = query_open(
        ledger, STATEMENT_ONCE, "INSERT OR REPLACE INTO letters (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?)");
    query_text(&query, letter->mailing);
    query_text(&query, letter->member);
    query_text(&query, letter->message_id);
    query_int(&query, letter->state);
    query_int(&query, letter->tries);
    query_int(&query, letter->at_ms);
    query_text(&query, letter->note);
    return query_run(&query, diags);
}

/* Texts live as long as the row. */
static bool read_letter(const struct query *query, struct ledger_letter *letter, struct diags *diags)
{
    int64_t state = query_column_int(query, 3);
    if (state < LETTER_SENDING || state > LETTER_REFUSED)
        return ledger_damaged(query->ledger, diags, "a letter has a state that there is not");
    *letter = (struct ledger_letter){.mailing = query_column(query, 0),
                                     .member = query_column(query, 1),
                                     .message_id = query_column(query, 2),
                                     .state = (enum ledger_letter_state)state,
                                     .tries = query_column_int(query, 4),
                                     .at_ms = query_column_int(query, 5),
                                     .note = query_column(query, 6)};
    return true;
}

bool ledger_letter_find(struct ledger *ledger, struct arena *arena, struct str mailing, struct str member,
                        struct ledger_letter *letter, bool *found, struct diags *diags)
{
    struct query query = query_open(ledger, STATEMENT_ONCE,
                                    "SELECT " COLUMNS " FROM letters WHERE mailing = ? AND member = ?");
    query_text(&query, mailing);
    query_text(&query, member);
    bool ok = query_next(&query, found, diags);
    ok = ok && (!*found || read_letter(&query, letter, diags));
    if (ok && *found) {
        letter->mailing = str_dup(arena, letter->mailing);
        letter->member = str_dup(arena, letter->member);
        letter->message_id = str_dup(arena, letter->message_id);
        letter->note = str_dup(arena, letter->note);
    }
    query_close(&query);
    return ok;
}

bool ledger_letter_each(struct ledger *ledger, struct str mailing,
                        bool (*visit)(void *self, const struct ledger_letter *letter), void *self,
                        struct diags *diags)
{
    struct query query = query_open(ledger, STATEMENT_ONCE,
                                    "SELECT " COLUMNS " FROM letters WHERE mailing = ? ORDER BY member");
    query_text(&query, mailing);
    bool row = false, ok;
    struct ledger_letter letter;
    while ((ok = query_next(&query, &row, diags)) && row) {
        ok = read_letter(&query, &letter, diags);
        if (!ok || !visit(self, &letter))
            break;
    }
    query_close(&query);
    return ok;
}
