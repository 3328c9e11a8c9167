/* Merging: the shards of a run become one ledger, one manifest, one page. */
#include "batch/batch.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "batch/ledger_file.h"
#include "batch/lock.h"
#include "batch/manifest.h"
#include "batch/manifest_json.h"

enum {
    MOST_SHARDS = 100000,
    WAIT_MS = 10000,
    LONGEST_HEAD = 1024 * 1024 /* bytes of a manifest before its outputs */
};

struct merge {
    struct arena *arena;
    const struct batch_merge *request;
    struct diags *diags;
    unsigned shards;
    bool *there; /* from 1 */
    json_t *head;
    struct ledger_run run; /* of them all, as it becomes */
};

/* ---- which shards there are */

/* "2" and what follows it; 0 when it is no number from 1 to MOST_SHARDS, plainly written. */
static unsigned read_number(const char **at)
{
    unsigned value = 0;
    if (**at < '1' || **at > '9')
        return 0;
    for (; **at >= '0' && **at <= '9' && value <= MOST_SHARDS; ++*at)
        value = value * 10 + (unsigned)(**at - '0');
    return value <= MOST_SHARDS ? value : 0;
}

static bool read_name(const char *name, unsigned *shard, unsigned *shards)
{
    if (strncmp(name, "ledger-", 7) != 0)
        return false;
    name += 7;
    *shard = read_number(&name);
    if (!*shard || strncmp(name, "-of-", 4) != 0)
        return false;
    name += 4;
    *shards = read_number(&name);
    return *shards && *shard <= *shards && strcmp(name, ".db") == 0;
}

static bool mismatch(struct merge *merge, const char *what)
{
    diag_add(merge->diags, DIAG_MERGE_MISMATCH, span_none(), "the shards in %s are not of one run: %s",
             merge->request->output, what);
    return false;
}

static void incomplete(struct merge *merge, unsigned shard, const char *what)
{
    diag_add(merge->diags, DIAG_MERGE_INCOMPLETE, span_none(), "shard %u of %u in %s %s", shard,
             merge->shards, merge->request->output, what);
}

static bool note_shard(struct merge *merge, unsigned shard, unsigned shards)
{
    if (merge->shards && merge->shards != shards)
        return mismatch(merge,
                        str_printf(merge->arena, "some are of %u, some of %u", merge->shards, shards).p);
    if (!merge->there)
        merge->there = ARENA_ARRAY(merge->arena, bool, (size_t)shards + 1);
    merge->shards = shards;
    merge->there[shard] = true;
    return true;
}

static bool find_shards(struct merge *merge)
{
    DIR *dir = opendir(merge->request->output);
    bool ok = true;
    unsigned shard, shards;
    if (!dir) {
        diag_add(merge->diags, DIAG_CANNOT_READ, span_none(), "cannot read the folder %s: %s",
                 merge->request->output, file_reason(errno));
        return false;
    }
    for (struct dirent *entry; ok && (entry = readdir(dir));) {
        if (read_name(entry->d_name, &shard, &shards))
            ok = note_shard(merge, shard, shards);
    }
    closedir(dir);
    if (ok && merge->shards == 0) {
        diag_add(merge->diags, DIAG_MERGE_INCOMPLETE, span_none(), "there is no ledger of a shard in %s",
                 merge->request->output);
        ok = false;
    }
    for (unsigned i = 1; ok && i <= merge->shards; i++) {
        if (!merge->there[i])
            incomplete(merge, i, "is missing");
    }
    return ok && merge->diags->errors == 0;
}

/* ---- whether they are of one run */

static struct ledger *open_shard(struct merge *merge, unsigned shard)
{
    const char *path = ledger_shard_path(merge->arena, merge->request->output, shard, merge->shards);
    size_t errors = merge->diags->errors;
    struct ledger *ledger = ledger_open(path, true, WAIT_MS, merge->diags);
    if (!ledger && merge->diags->errors == errors)
        incomplete(merge, shard, "has an empty ledger");
    return ledger;
}

static void take_run(struct merge *merge, const struct ledger_run *run)
{
    struct ledger_run *all = &merge->run;
    if (all->name.p == NULL) {
        *all = *run;
        all->shard = all->shards = 0;
        return;
    }
    if (!str_eq(all->name, run->name))
        mismatch(merge, "their names differ");
    else if (!str_eq(all->edition, run->edition))
        mismatch(merge, "their editions differ");
    else if (!str_eq(all->program, run->program))
        mismatch(merge, "different versions of the program made them");
    if (run->started_ms < all->started_ms)
        all->started_ms = run->started_ms;
    if (run->ended_ms > all->ended_ms)
        all->ended_ms = run->ended_ms;
    if (str_is(run->status, "failed"))
        all->status = run->status;
}

static void check_run(struct merge *merge, unsigned shard)
{
    struct ledger_run run;
    int64_t id;
    const char *path = ledger_shard_path(merge->arena, merge->request->output, shard, merge->shards);
    struct ledger *ledger = open_shard(merge, shard);
    if (!ledger)
        return;
    struct str folder = ledger_folder(merge->arena, path, merge->request->output);
    if (ledger_run_last(ledger, merge->arena, folder, shard, merge->shards, &run, &id, merge->diags)) {
        if (id == 0)
            incomplete(merge, shard, "has no run in its ledger");
        else if (run.ended_ms == 0)
            incomplete(merge, shard, "did not end: start it again with --resume");
        else
            take_run(merge, &run);
    }
    ledger_close(ledger);
}

/* What stands before the outputs: we write it so that it need not be read with them. NULL: no manifest of
 * ours. */
static json_t *read_head(struct str text)
{
    text = str_slice(text, 0, LONGEST_HEAD);
    size_t at = str_find(text, STR(",\n  \"outputs\": ["));
    if (at == SIZE_MAX)
        return NULL;
    struct buf head = {0};
    buf_str(&head, str_slice(text, 0, at));
    buf_text(&head, "\n}");
    json_t *object = json_loadb(head.p, head.n, JSON_REJECT_DUPLICATES, NULL);
    buf_done(&head);
    if (json_integer_value(json_object_get(object, "manifest")) == 1)
        return object;
    json_decref(object);
    return NULL;
}

static void check_manifest(struct merge *merge, unsigned shard)
{
    const char *path = manifest_path(merge->arena, merge->request->output, shard, merge->shards), *why;
    struct str text;
    if (!file_map(path, &text, &why)) {
        incomplete(merge, shard, "has no manifest");
        return;
    }
    json_t *head = read_head(text);
    file_unmap(text);
    if (!head) {
        incomplete(merge, shard, "has a manifest that is none of ours");
        return;
    }
    json_object_del(head, "shard");
    json_object_del(head, "counts");
    if (merge->head && !json_equal(merge->head, head))
        mismatch(merge, "the heads of their manifests differ");
    if (merge->head)
        json_decref(head);
    else
        merge->head = head;
}

static bool check(struct merge *merge)
{
    for (unsigned i = 1; i <= merge->shards; i++) {
        check_run(merge, i);
        check_manifest(merge, i);
    }
    return merge->diags->errors == 0;
}

/* ---- one ledger */

static bool join_shards(struct merge *merge, struct ledger *into)
{
    bool ok = true;
    for (unsigned i = 1; ok && i <= merge->shards; i++) {
        struct ledger *shard = open_shard(merge, i);
        ok = shard && ledger_join(into, shard, merge->diags);
        ledger_close(shard);
    }
    return ok;
}

/* The run that they make together; what each shard saw last, it saw. */
static bool adopt(struct merge *merge, struct ledger *into, int64_t *id)
{
    struct ledger_run run;
    int64_t from;
    if (!ledger_run_same(into, &merge->run, id, merge->diags) ||
        !ledger_run_put(into, &merge->run, id, merge->diags))
        return false;
    for (unsigned i = 1; i <= merge->shards; i++) {
        if (!ledger_run_last(into, merge->arena, merge->run.folder, i, merge->shards, &run, &from,
                             merge->diags) ||
            !ledger_output_adopt(into, merge->run.folder, from, *id, merge->diags))
            return false;
    }
    return true;
}

/* One transaction: a killed merge changed nothing. */
static bool join_all(struct merge *merge, struct ledger *into, int64_t *id)
{
    merge->run.folder = ledger_folder(merge->arena, merge->request->ledger, merge->request->output);
    return ledger_begin(into, merge->diags) && join_shards(merge, into) && adopt(merge, into, id) &&
           ledger_commit(into, merge->diags);
}

/* ---- one manifest */

static struct str member(const struct merge *merge, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    struct str text = {0};
    if (json_is_string(value))
        text = (struct str){json_string_value(value), json_string_length(value)};
    return str_dup(merge->arena, text);
}

static struct manifest_head head_of(struct merge *merge)
{
    const json_t *tiers = json_object_get(merge->head, "tiers");
    size_t count = json_array_size(tiers);
    struct manifest_tier *list = ARENA_ARRAY(merge->arena, struct manifest_tier, count);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct manifest_tier){member(merge, json_array_get(tiers, i), "id"),
                                         member(merge, json_array_get(tiers, i), "label")};
    return (struct manifest_head){.name = member(merge, merge->head, "run"),
                                  .edition = member(merge, merge->head, "edition"),
                                  .product = member(merge, merge->head, "product"),
                                  .publisher = member(merge, merge->head, "publisher"),
                                  .language = member(merge, merge->head, "language"),
                                  .program = member(merge, merge->head, "program"),
                                  .accent = member(merge, merge->head, "accent"),
                                  .tiers = list,
                                  .tier_count = count};
}

static bool tell(struct merge *merge, struct ledger *ledger, int64_t id, struct batch_outcome *outcome)
{
    const struct batch_merge *request = merge->request;
    struct ledger_totals totals;
    struct manifest_head head = head_of(merge);
    struct str folder = merge->run.folder;
    const char *path = manifest_path(merge->arena, request->output, 0, 0);
    if (!ledger_output_totals(ledger, folder, id, &totals, merge->diags) ||
        !manifest_write(ledger, folder, id, &head, path, request->key, NULL, merge->diags))
        return false;
    if (request->thumbnails)
        thumbnails_make(ledger, folder, id, request->output, request->jobs, merge->diags);
    outcome->progress = (struct batch_progress){.planned = (size_t)totals.outputs,
                                                .made = (size_t)(totals.outputs - totals.not_made),
                                                .failed = (size_t)totals.not_made,
                                                .bytes = (uint64_t)totals.bytes,
                                                .finished = true};
    const struct ledger_told told = {.run = id}; /* of its files nothing: the next run writes its own */
    return index_write(ledger, folder, id, &head, request->output, NULL, merge->diags) &&
           ledger_told_put(ledger, folder, &told, merge->diags);
}

static bool merge_all(struct merge *merge, struct batch_outcome *outcome)
{
    if (!find_shards(merge) || !check(merge))
        return false;
    struct ledger *into = ledger_open(merge->request->ledger, false, WAIT_MS, merge->diags);
    int64_t id;
    bool ok = into && join_all(merge, into, &id) && tell(merge, into, id, outcome);
    ledger_close(into);
    return ok;
}

bool batch_merge(struct arena *arena, const struct batch_merge *request, struct batch_outcome *outcome,
                 struct diags *diags)
{
    struct merge merge = {.arena = arena, .request = request, .diags = diags};
    struct batch_lock lock;
    DIR *dir = opendir(request->output); /* taking the lock would make it */
    *outcome = (struct batch_outcome){0};
    if (!dir)
        return find_shards(&merge);
    closedir(dir);
    /* As a whole run would: no shard is at work while we hold it. */
    if (!lock_take(&lock, arena, request->output, (struct batch_shard){0}, diags))
        return false;
    bool ok = merge_all(&merge, outcome);
    lock_give(&lock, ok);
    json_decref(merge.head);
    return ok;
}
