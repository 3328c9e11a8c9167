/* How a run ends: what waits for what, so that the disk is waited for seldom, and beside other work. */
#include "batch/finish.h"

#include "batch/tell.h"

enum {
    MOST_AT_ONCE = 10000,  /* outputs */
    MOST_REHEARSED = 1000, /* outputs: those of the last step are not noted before all is told of */
    SLOW_STEP_US = 1000000
};

/* What was told of, and the files of it that have no names yet. */
struct telling {
    struct ledger_told told;
    struct stream_set set;
    bool all;
};

/* A signed manifest has its name at once: what it names must be there before. On a slow disk others would
 * wait for the ledger too long. */
static bool goes_in_turn(const struct batch_run *run)
{
    const struct batch_request *request = run->request;
    bool pictures = request->thumbnails && request->shard.count == 0;
    return pictures || request->key || run->plan->output_count > MOST_AT_ONCE ||
           run->record.step_us > SLOW_STEP_US;
}

/* Makes manifest and page while the disk is waited for, as they are when all has come as it should. */
static bool rehearse(struct batch_run *run, struct telling *telling)
{
    if (goes_in_turn(run) || run->plan->output_count > MOST_REHEARSED)
        return true;
    if (!record_rehearse(run))
        return false;
    if (run->record.rehearsed)
        telling->all = tell_outputs(run, &telling->told, &telling->set);
    return true;
}

/* One transaction for the last words on outputs and run, one wait for the disk for names, manifest and page:
 * where telling of all takes so little that no other writer of the ledger waits for long. */
static bool tell_at_once(struct batch_run *run, struct telling *telling)
{
    bool made = run->record.renamed.count != 0, told = run->record.rehearsed;
    if (told)
        record_disk_begin(run);
    if (!ledger_begin(run->ledger, run->diags) || !record_last(run))
        return false;
    if (!told) {
        telling->all = tell_outputs(run, &telling->told, &telling->set);
        made = made || telling->set.count != 0;
        if (made)
            record_disk_begin(run);
    }
    bool synced = !(made || told) || record_disk_end(run);
    telling->all = tell_names(run, &telling->told, &telling->set, synced) && telling->all;
    return true;
}

static bool tell_in_turn(struct batch_run *run, struct telling *telling)
{
    if (!record_all(run))
        return false;
    telling->all = tell_outputs(run, &telling->told, NULL);
    return ledger_begin(run->ledger, run->diags);
}

/* The transaction is open. */
static bool end_record(struct batch_run *run, const struct ledger_told *told)
{
    const struct batch_request *request = run->request;
    const struct batch_progress *progress = &run->outcome->progress;
    batch_log_end(run->log, request->clock.now_ms(), progress->made, progress->kept, progress->failed,
                  (request->clock.monotonic_us() - run->started_us) / 1000);
    return ledger_run_end(run->ledger, run->id, request->clock.now_ms(),
                          progress->failed ? STR("failed") : STR("done"), run->diags) &&
           (!told || request->shard.count || ledger_told_put(run->ledger, run->folder, told, run->diags)) &&
           ledger_commit(run->ledger, run->diags);
}

bool finish_run(struct batch_run *run)
{
    struct telling telling = {0};
    bool ok = rehearse(run, &telling) && record_names(run);
    bool in_turn = goes_in_turn(run);
    run->record.rehearsed = run->record.rehearsed && !in_turn;
    if (!run->record.rehearsed)
        stream_set_done(&telling.set);
    ok = ok && (in_turn ? tell_in_turn(run, &telling) : tell_at_once(run, &telling));
    ok = ok && end_record(run, telling.all ? &telling.told : NULL);
    stream_set_done(&telling.set);
    return ok && telling.all;
}
