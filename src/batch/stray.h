/* Strays: PDFs of an earlier plan of the same run that are still in its folder, and that it would make no
 * more: a member changed the tier or left, an entity was taken out. They stand in no manifest, and somebody
 * may send them. PDFs of other editions, and of runs of another name, are none. */
#ifndef BRIEFING_BATCH_STRAY_H
#define BRIEFING_BATCH_STRAY_H

#include "batch/run.h"

struct strays {
    struct batch_run *run;
    struct ledger *ledger; /* of the run; in a dry run, one that is only read */
    struct str folder;     /* of outputs, as it knows it */
    struct arena arena;
    int64_t *ids; /* of the runs of this name, ascending */
    size_t id_count, id_cap;
    bool ids_known;
    struct str *items; /* paths */
    size_t count, cap;
};

/* A row that no output of the plan has, and whose file is there. false with a diagnostic when the ledger
 * fails. */
bool strays_take(struct strays *strays, const struct ledger_output *row);
bool strays_are_looked_for(const struct batch_run *run);

/* Warns of them; or, with --prune, removes them with their rows. Not while the ledger is being read. */
bool strays_settle(struct strays *strays, int home);
void strays_done(struct strays *strays);

#endif
