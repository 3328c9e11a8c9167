/* Handing a mailing over, message by message, with a record in the ledger: what was taken is not sent again,
 * and what was in flight when somebody pulled the plug is told apart. */
#ifndef BRIEFING_MAIL_HANDOFF_H
#define BRIEFING_MAIL_HANDOFF_H

#include <signal.h>

#include "batch/ledger_mail.h"

struct handoff {
    struct ledger *ledger; /* open for writing, ledger_letters_ready */
    struct str mailing;    /* mail_mailing_name */
    const char *command;   /* "sendmail -t -i" */
    const char *folder;    /* where messages wait for the command, in files without a name */
    unsigned tries;        /* at least 1: while the command says "later" */
    unsigned per_minute;   /* messages; 0: as fast as the command takes them */
    unsigned seconds;      /* for the command, a message */
    bool retry_doubtful;
    int64_t (*now_ms)(void);           /* for the record */
    int64_t (*monotonic_us)(void);     /* for the rate */
    const volatile sig_atomic_t *stop; /* becomes 1 when the user wants it to end; NULL: never */
    int64_t next_ms;                   /* private; 0 at first */
};

enum handoff_verdict {
    HANDOFF_SENT,
    HANDOFF_ALREADY,  /* by an earlier run */
    HANDOFF_DOUBTFUL, /* was in flight when a run was killed, or the command itself was */
    HANDOFF_REFUSED,  /* by the command */
    HANDOFF_STOPPED   /* by the user, before the command had it */
};

/* Whether a member's letter is still to be sent. false: *verdict is ALREADY or DOUBTFUL, or the ledger
 * failed, which is in diags. */
bool handoff_wanted(struct handoff *handoff, struct str member, enum handoff_verdict *verdict,
                    struct diags *diags);

/* Hands it over: waits for its turn, writes into the ledger that it is about to go, runs the command, up to
 * `tries` times, and writes how that ended. note (at least 256 bytes) gets what the command said. false with
 * a diagnostic when ledger or machine fail; *verdict is set either way. */
bool handoff_send(struct handoff *handoff, struct str member, struct str message_id, struct str message,
                  enum handoff_verdict *verdict, char *note, struct diags *diags);

#endif
