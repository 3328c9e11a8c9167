/* What workers report, and what becomes of it: rows for the ledger, diagnostics for people, counts. */
#ifndef BRIEFING_BATCH_ACCOUNT_H
#define BRIEFING_BATCH_ACCOUNT_H

#include "batch/message.h"
#include "batch/run.h"

/* What is known of the task that a worker is at. */
struct account {
    struct arena arena;
    bool facts; /* it is laid out, or has failed to be */
    bool told;  /* its diagnostics stand in a row */
    bool for_publication;
    int score;
    int64_t pages;
    struct str name, grade, label, depends, diagnostics, brief;
};

void account_begin(struct account *account); /* forgets the task before */
void account_done(struct account *account);

void account_diagnostic(struct batch_run *run, struct message *message);
void account_facts(struct account *account, struct message *message);
/* Gives the output. */
uint32_t account_output(struct batch_run *run, struct account *account, struct message *message);

/* An output failed before a worker could say so itself; diagnostics: JSON. */
void account_failure(struct batch_run *run, uint32_t output, struct str diagnostics);

#endif
