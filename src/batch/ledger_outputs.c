/* Outputs in a ledger: put, found, listed in the orders that manifest and index need. */
#include "batch/ledger_file.h"

/* The columns besides folder, each of the name of its field: one list for every statement here. */
/* clang-format off */
#define TEXTS(X)                                                                                             \
    X(path) X(kind) X(entity) X(edition) X(tier) X(member) X(copy) X(inputs) X(depends) X(temporary)         \
    X(digest) X(name) X(grade) X(label) X(diagnostics) X(stamp)
/* clang-format on */
#define NUMBERS(X) X(pages) X(bytes) X(mtime_ns) X(inode) X(run) X(seen)
#define SMALL_NUMBERS(X) X(score) X(state)

#define ALL(X) TEXTS(X) NUMBERS(X) SMALL_NUMBERS(X)
#define AS_COLUMN(name) ", " #name
#define AS_PLACE(name) ", ?"
#define AS_UPDATE(name) ", " #name " = excluded." #name
#define COLUMNS "folder" ALL(AS_COLUMN)
#define PLACES "?" ALL(AS_PLACE)
#define UPDATES "folder = excluded.folder" ALL(AS_UPDATE)

/* "?2 = 0": run 0 asks for all of a folder. */
#define OF_RUN " FROM outputs WHERE folder = ?1 AND (?2 = 0 OR seen = ?2)"

bool ledger_output_put(struct ledger *ledger, const struct ledger_output *output, struct diags *diags)
{
    const char *fault = ledger_output_fault(output);
    if (fault) {
        diag_add(diags, DIAG_INTERNAL, span_none(), "refused for the ledger: %s", fault);
        return false;
    }
    struct query query = query_open(ledger, STATEMENT_OUTPUT_PUT,
                                    "INSERT INTO outputs (" COLUMNS ") VALUES (" PLACES ")"
                                    " ON CONFLICT (folder, path) DO UPDATE SET " UPDATES);
    query_text(&query, output->folder);
#define BIND_TEXT(name) query_text(&query, output->name);
#define BIND_NUMBER(name) query_int(&query, (int64_t)output->name);
    TEXTS(BIND_TEXT)
    NUMBERS(BIND_NUMBER)
    SMALL_NUMBERS(BIND_NUMBER)
    return query_run(&query, diags);
}

bool ledger_output_done(struct ledger *ledger, struct str folder, struct str path, struct diags *diags)
{
    struct query query = query_open(
        ledger, STATEMENT_OUTPUT_DONE,
        "UPDATE outputs SET state = 1, temporary = '' WHERE folder = ? AND path = ? AND state = 0");
    query_text(&query, folder);
    query_text(&query, path);
    return query_run(&query, diags);
}

/* A number that no int holds is none of ours. */
static int small(int64_t value)
{
    return value >= -1 && value <= 1000 ? (int)value : 1001;
}

/* false with a diagnostic when the row is not as an output can be. */
static bool read_output(const struct query *query, struct ledger_output *output, struct diags *diags)
{
    int at = 0;
    *output = (struct ledger_output){.folder = query_column(query, at)};
#define READ_TEXT(name) output->name = query_column(query, ++at);
#define READ_NUMBER(name) output->name = query_column_int(query, ++at);
#define READ_SMALL(name) output->name = (__typeof__(output->name))small(query_column_int(query, ++at));
    TEXTS(READ_TEXT)
    NUMBERS(READ_NUMBER)
    SMALL_NUMBERS(READ_SMALL)
    const char *fault = ledger_output_fault(output);
    return !fault || ledger_damaged(query->ledger, diags, fault);
}

/* Where in the table a folder's rows lie, from an index alone. */
static bool find_range(struct ledger *ledger, struct str folder, int64_t *first, int64_t *last,
                       struct diags *diags)
{
    struct query query = query_open(ledger, STATEMENT_ONCE,
                                    "SELECT min(id), max(id) FROM outputs INDEXED BY outputs_by_path"
                                    " WHERE folder = ?");
    query_text(&query, folder);
    bool row, ok = query_next(&query, &row, diags);
    *first = query_column_int(&query, 0);
    *last = query_column_int(&query, 1);
    query_close(&query);
    return ok;
}

static bool read_standing(const struct query *query, struct ledger_output *output, struct diags *diags)
{
    *output = (struct ledger_output){.path = query_column(query, 0),
                                     .inputs = query_column(query, 1),
                                     .depends = query_column(query, 2),
                                     .temporary = query_column(query, 3),
                                     .digest = query_column(query, 4),
                                     .kind = query_column(query, 5),
                                     .entity = query_column(query, 6),
                                     .edition = query_column(query, 7),
                                     .bytes = query_column_int(query, 8),
                                     .mtime_ns = query_column_int(query, 9),
                                     .inode = query_column_int(query, 10),
                                     .state = (enum ledger_state)small(query_column_int(query, 11)),
                                     .seen = query_column_int(query, 12)};
    const char *fault = ledger_output_unsafe(output);
    return !fault || ledger_damaged(query->ledger, diags, fault);
}

/* Through the table and not through the index by path: each row would be sought for, and of 50,000 not all
 * pages stay in the cache. */
bool ledger_output_scan(struct ledger *ledger, struct str folder, bool whole,
                        bool (*visit)(void *self, const struct ledger_output *output), void *self,
                        struct diags *diags)
{
    int64_t first, last;
    if (!find_range(ledger, folder, &first, &last, diags))
        return false;
    struct query query = query_open(
        ledger, STATEMENT_ONCE,
        whole ? "SELECT " COLUMNS " FROM outputs NOT INDEXED WHERE id BETWEEN ? AND ? AND folder = ?"
              : "SELECT path, inputs, depends, temporary, digest, kind, entity, edition, bytes, mtime_ns,"
                " inode, state, seen FROM outputs NOT INDEXED WHERE id BETWEEN ? AND ? AND folder = ?");
    query_int(&query, first);
    query_int(&query, last);
    query_text(&query, folder);
    bool row = true, ok = true;
    while (ok && (ok = query_next(&query, &row, diags)) && row) {
        struct ledger_output output;
        ok = whole ? read_output(&query, &output, diags) : read_standing(&query, &output, diags);
        if (ok && !visit(self, &output))
            break;
    }
    query_close(&query);
    return ok;
}

void ledger_output_keep(struct ledger_output *output, struct arena *arena)
{
    output->folder = str_dup(arena, output->folder);
#define KEEP(name) output->name = str_dup(arena, output->name);
    TEXTS(KEEP)
}

bool ledger_output_find(struct ledger *ledger, struct arena *arena, struct str folder, struct str path,
                        struct ledger_output *output, bool *found, struct diags *diags)
{
    struct query query = query_open(ledger, STATEMENT_OUTPUT_FIND,
                                    "SELECT " COLUMNS " FROM outputs WHERE folder = ? AND path = ?");
    query_text(&query, folder);
    query_text(&query, path);
    bool ok = query_next(&query, found, diags);
    if (ok && *found)
        ok = read_output(&query, output, diags);
    if (ok && *found)
        ledger_output_keep(output, arena);
    query_close(&query);
    return ok;
}

static const char *part_sql(enum ledger_part part)
{
    switch (part) {
    case LEDGER_NOT_MADE:
        return "SELECT " COLUMNS OF_RUN " AND state <> 1 ORDER BY entity, member, edition, tier, path";
    case LEDGER_EDITIONS:
        return "SELECT " COLUMNS OF_RUN
               " AND member = '' AND kind <> 'compendium' ORDER BY entity, edition, tier, path";
    case LEDGER_COMPENDIA:
        return "SELECT " COLUMNS OF_RUN
               " AND member = '' AND kind = 'compendium' ORDER BY edition, tier, path";
    case LEDGER_MEMBERS:
        return "SELECT " COLUMNS OF_RUN " AND member > '' ORDER BY member, entity, tier, path";
    case LEDGER_ALL:
    default:
        return "SELECT " COLUMNS OF_RUN " ORDER BY path";
    }
}

_Static_assert(LEDGER_DONE == 1, "written so in the statements here");

bool ledger_output_part(struct ledger *ledger, enum ledger_part part, struct str folder, int64_t run,
                        bool (*visit)(void *self, const struct ledger_output *output), void *self,
                        struct diags *diags)
{
    struct query query = query_open(ledger, STATEMENT_ONCE, part_sql(part));
    query_text(&query, folder);
    query_int(&query, run);
    bool row = true, ok = true;
    while (ok && (ok = query_next(&query, &row, diags)) && row) {
        struct ledger_output output;
        ok = read_output(&query, &output, diags);
        if (ok && !visit(self, &output))
            break;
    }
    query_close(&query);
    return ok;
}

bool ledger_output_each(struct ledger *ledger, struct str folder, int64_t run,
                        bool (*visit)(void *self, const struct ledger_output *output), void *self,
                        struct diags *diags)
{
    return ledger_output_part(ledger, LEDGER_ALL, folder, run, visit, self, diags);
}

bool ledger_output_totals(struct ledger *ledger, struct str folder, int64_t run, struct ledger_totals *totals,
                          struct diags *diags)
{
    /* total() and not sum(): it cannot overflow on numbers that somebody else wrote. */
    struct query query =
        query_open(ledger, STATEMENT_ONCE,
                   "SELECT count(*), count(*) FILTER (WHERE state <> 1),"
                   " CAST(total(pages) FILTER (WHERE state = 1) AS INTEGER),"
                   " CAST(total(bytes) FILTER (WHERE state = 1) AS INTEGER),"
                   " count(*) FILTER (WHERE member > ''), count(DISTINCT member) FILTER (WHERE member > ''),"
                   " count(*) FILTER (WHERE member = '' AND kind = 'compendium'),"
                   " count(DISTINCT entity) FILTER (WHERE member = '' AND kind <> 'compendium')" OF_RUN);
    query_text(&query, folder);
    query_int(&query, run);
    bool row, ok = query_next(&query, &row, diags);
    *totals = (struct ledger_totals){0};
    if (ok && row)
        *totals = (struct ledger_totals){.outputs = query_column_int(&query, 0),
                                         .not_made = query_column_int(&query, 1),
                                         .pages = query_column_int(&query, 2),
                                         .bytes = query_column_int(&query, 3),
                                         .personal = query_column_int(&query, 4),
                                         .members = query_column_int(&query, 5),
                                         .compendia = query_column_int(&query, 6),
                                         .entities = query_column_int(&query, 7)};
    query_close(&query);
    return ok;
}

bool ledger_output_seen(struct ledger *ledger, struct str folder, struct str path, int64_t run,
                        struct diags *diags)
{
    struct query query =
        query_open(ledger, STATEMENT_OUTPUT_SEEN,
                   "UPDATE outputs SET seen = ?1 WHERE folder = ?2 AND path = ?3 AND seen <> ?1");
    query_int(&query, run);
    query_text(&query, folder);
    query_text(&query, path);
    return query_run(&query, diags);
}

bool ledger_output_adopt(struct ledger *ledger, struct str folder, int64_t from_run, int64_t to_run,
                         struct diags *diags)
{
    struct query query =
        query_open(ledger, STATEMENT_ONCE, "UPDATE outputs SET seen = ?1 WHERE folder = ?2 AND seen = ?3");
    query_int(&query, to_run);
    query_text(&query, folder);
    query_int(&query, from_run);
    return query_run(&query, diags);
}

bool ledger_output_forget(struct ledger *ledger, struct str folder, struct str path, struct diags *diags)
{
    struct query query =
        query_open(ledger, STATEMENT_ONCE, "DELETE FROM outputs WHERE folder = ? AND path = ?");
    query_text(&query, folder);
    query_text(&query, path);
    return query_run(&query, diags);
}
