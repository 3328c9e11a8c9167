/* A run at work: what its parts share. Only the process that the user started has one; workers do not. */
#ifndef BRIEFING_BATCH_RUN_H
#define BRIEFING_BATCH_RUN_H

#include "batch/manifest.h"
#include "batch/plan.h"
#include "batch/record.h"

/* Diagnostics that were told: each text once in a run, however many tiers or copies meet it. */
struct told {
    uint64_t *hashes;
    size_t count, size;
};

/* What this run knows of a briefing of which a compendium is to be bound. */
enum fate {
    FATE_NONE,   /* nothing, or that it was made */
    FATE_SOUND,  /* it can be made: it was tried */
    FATE_FAILED, /* it cannot be made */
    FATE_DEADLY  /* and whoever tries dies of it, or runs out of time or memory */
};

struct batch_run {
    struct plan *plan;
    const struct batch_request *request;
    const struct batch_watch *watch;
    struct batch_outcome *outcome;
    struct diags *diags; /* of the run as a whole */
    struct ledger *ledger;
    struct str folder; /* of outputs, as the ledger knows it */
    int64_t id;        /* of the run, in the ledger */
    struct ledger_told told_before; /* of the outputs, by the run before */
    bool unchanged;                 /* outputs are as that run left them: they stay under its number */
    struct batch_log *log;
    struct record record;
    struct told told;
    unsigned char *fates;    /* specs × tiers: enum fate */
    unsigned write_failures; /* one after the other */
    int64_t started_us;
};

unsigned char *run_fate(struct batch_run *run, uint32_t spec, uint32_t tier);

/* Tells a diagnostic's text to whoever watches, unless it was told before. */
void run_tell(struct batch_run *run, enum diag_severity severity, bool machine, struct str text);
/* The same for a list. */
void run_tell_all(struct batch_run *run, const struct diags *diags);

/* A row about an output of the plan as it stands before anything is known of how it came out. The strings
 * live in the arena. */
void run_row(struct batch_run *run, struct arena *arena, uint32_t output, struct ledger_output *row);

/* Tells whoever watches how far it has come. */
void run_progress(struct batch_run *run, struct str current, bool finished);

/* Whether the user wants it to end. */
bool run_stopped(const struct batch_run *run);

#endif
