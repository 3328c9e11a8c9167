/* What the parts of `briefing mail` share: what it reads, the PDFs it attaches, and where letters go. */
#ifndef BRIEFING_CLI_MAILING_H
#define BRIEFING_CLI_MAILING_H

#include "batch/batch.h"
#include "batch/ledger.h"
#include "cli/batch_inputs.h"
#include "cli/cli.h"
#include "cli/session.h"
#include "mail/compose.h"
#include "mail/recipients.h"
#include "model/words.h"

/* ---- mail_inputs.c */

/* A newsletter's file; NULL with a diagnostic. */
struct newsletter *mail_newsletter_read(struct arena *arena, const char *path, struct diags *diags);

/* Everything that is read before a letter is written. */
struct mail_inputs {
    struct newsletter *newsletter; /* its date is set */
    struct batch_inputs batch;     /* house, roster, where PDFs and ledger are; all files of specs */
    bool from_run;                 /* PDFs are taken from a finished run, and none are made */
    bool sealed_run;               /* all of that run's PDFs are sealed */
    struct copy_key key;           /* wiped by mail_inputs_done */
    const struct spec **specs;     /* of `attach`, in its order */
    const char **spec_paths;       /* their files */
    size_t spec_count;
    struct edition_id edition; /* NONE: each spec's own */
};

/* false with diagnostics. Everything lives in the arena; done in either case. */
bool mail_inputs_read(struct mail_inputs *inputs, struct arena *arena, const struct options *options,
                      struct diags *diags);
void mail_inputs_done(struct mail_inputs *inputs);

/* The newsletter's specs as a run: one that nobody wrote down. */
struct run *mail_inputs_run(struct arena *arena, const struct newsletter *newsletter);

/* Whether each entity attached is that of a spec of the batch, and stands there once. */
void mail_inputs_check_attach(const struct newsletter *newsletter, const struct batch_inputs *batch,
                              struct diags *diags);

/* ---- mail_pdfs.c */

/* The PDFs of a mailing, as the batch engine makes or made them. */
struct mail_pdfs {
    struct arena *arena;
    const struct options *options;
    const struct mail_inputs *inputs;
    const struct mail_recipient *recipients;
    size_t recipient_count;
    struct session session;
    struct ledger *ledger; /* open for writing: it also records what is handed over */
    bool bound;            /* compendia are made */
    struct str *pictures;  /* of first pages: tier × briefing × (small, large), once drawn */
    bool *drawn;
    struct mail_store store;
};

/* Makes what is missing and opens the ledger. false with diagnostics. Close in either case. */
bool mail_pdfs_open(struct mail_pdfs *pdfs, struct arena *arena, const struct options *options,
                    const struct mail_inputs *inputs, const struct mail_recipient *recipients, size_t count,
                    struct diags *diags);
void mail_pdfs_close(struct mail_pdfs *pdfs);

/* ---- mail_send.c */

/* Where letters go: files in a folder, an mbox, a command; or nowhere, with --dry-run. */
struct mail_outcome {
    size_t written, already, doubtful, refused, failed, smaller;
    bool stopped;
};

/* The numbers of --tries and --rate (letters a minute; 0: any). false with a diagnostic. */
bool mail_send_limits(const struct options *options, unsigned *tries, unsigned *rate, struct diags *diags);

/* Writes and delivers every letter. Faults of one letter are diagnostics, and the next one follows; false
 * when none can follow. */
bool mail_send(struct arena *arena, const struct options *options, const struct mail_inputs *inputs,
               struct mail_pdfs *pdfs, struct mail_outcome *outcome, struct diags *diags);

/* ---- mail_check.c */

/* `briefing mail check DIR [NEWSLETTER]`. */
int mail_check_folder(struct arena *arena, const struct options *options, struct diags *diags);

/* ---- mail.c */

/* Becomes a signal's number when the user wants the mailing to end. */
extern volatile sig_atomic_t mail_stop;

#endif
