/* The order in which files and ledger learn of an output, so that whoever kills us at whatever moment,
 * nothing is lost and nothing is made twice: a worker writes it under a temporary name; the disk has it; the
 * ledger notes digest and name (PENDING); it takes its own name; the disk has that; the ledger notes it
 * (DONE). Many outputs go through each step together, and the disk is waited for once in a step: for the
 * names of the step before and for the bytes of this one. Meanwhile others come in. */
#ifndef BRIEFING_BATCH_RECORD_H
#define BRIEFING_BATCH_RECORD_H

#include "batch/disk.h"
#include "batch/ledger.h"

struct batch_run;

struct record_item {
    uint32_t output;
    int64_t took_us;
    struct ledger_output row;
    bool for_publication; /* its score */
    bool failed;
    bool noted; /* the ledger already has its last word */
};

struct record_batch {
    struct arena arena;
    struct record_item *items;
    size_t count, cap;
    int64_t since_us; /* the first one came */
};

struct record {
    struct record_batch now;     /* reported by workers */
    struct record_batch waiting; /* for the disk */
    struct record_batch renamed; /* waits to be noted as DONE */
    bool *score_put;             /* of each spec */
    int64_t begun_us, step_us;   /* the step at hand, if any; what the last one took */
    bool stepping, safe;         /* safe: the disk has not failed in this step */
    bool rehearsed, open;        /* see record_rehearse; open: its transaction is */
    struct disk *disk;           /* of the outputs; NULL: it is not waited for, or cannot be */
};

void record_init(struct batch_run *run);
void record_done(struct batch_run *run);

/* Where the next item's strings go, and the item itself. */
struct arena *record_arena(struct batch_run *run);
void record_add(struct batch_run *run, const struct record_item *item);

/* Does what is due: when there are many, when some have waited, when the disk has what it was waited for.
 * false with a diagnostic when the ledger fails. */
bool record_flush(struct batch_run *run);

/* Microseconds until record_flush has something to do; -1: nothing waits, or for the disk: then the other one
 * is readable when it has. -1: no disk is waited for. */
int64_t record_wait_us(const struct batch_run *run);
int record_news(const struct batch_run *run);

/* Nothing more will come: begins the last step, if there is anything to do. */
void record_begin_last(struct batch_run *run);
/* Of a last step that waits for a disk: rehearsed is set then, and until record_names the ledger says in an
 * open transaction what it will say when all is done: manifest and page can be made meanwhile. false with a
 * diagnostic. */
bool record_rehearse(struct batch_run *run);
/* All steps but the last one: every output has its name. rehearsed is no longer set if it came otherwise. */
bool record_names(struct batch_run *run);
/* The last one, in a transaction of the caller's; who waits for the disk before it is committed. */
bool record_last(struct batch_run *run);
/* Whether the disk has all that was written and named before the first of these: true where nobody asks. */
void record_disk_begin(struct batch_run *run);
bool record_disk_end(struct batch_run *run);

/* All of that. */
bool record_all(struct batch_run *run);

#endif
