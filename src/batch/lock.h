/* Locks on a folder of outputs: one run at a time, or the shards of one run beside each other; and on a
 * ledger by which letters are handed over. */
#ifndef BRIEFING_BATCH_LOCK_H
#define BRIEFING_BATCH_LOCK_H

#include "batch/batch.h"

struct batch_lock {
    int folder, shard; /* descriptors; -1: none */
    bool unclean;      /* the run before was killed: it may have left temporary files */
};

/* Takes the lock, waiting a second for the last workers of a killed run to be gone: they hold it with their
 * parent. Makes the folder. false with a diagnostic: somebody else holds it, or the folder cannot be written.
 * Locks end with the process, however it ends. */
bool lock_take(struct batch_lock *lock, struct arena *arena, const char *folder, struct batch_shard shard,
               struct diags *diags);

/* A mailing's lock on its ledger, beside which it stands: two at a time would hand a letter over twice. */
bool lock_take_mailing(struct batch_lock *lock, struct arena *arena, const char *ledger, struct diags *diags);

/* Gives it back. clean: nothing was left behind. */
void lock_give(struct batch_lock *lock, bool clean);

#endif
