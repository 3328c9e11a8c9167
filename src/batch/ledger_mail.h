/* What a ledger knows of mailings: which member's letter was handed over, so that nobody gets it twice. */
#ifndef BRIEFING_BATCH_LEDGER_MAIL_H
#define BRIEFING_BATCH_LEDGER_MAIL_H

#include "batch/ledger.h"

enum ledger_letter_state {
    LETTER_SENDING, /* about to be handed over: after a kill nobody knows whether it was */
    LETTER_SENT,
    LETTER_REFUSED /* the command would not take it; the next run tries again */
};

/* (mailing, member) is its key. */
struct ledger_letter {
    struct str mailing, member, message_id;
    enum ledger_letter_state state;
    int64_t tries, at_ms;
    struct str note; /* what the command said last */
};

/* Makes the table where there is none yet. The calls below need it. All return false with a diagnostic when
 * the file fails; each put outside of a transaction is on the disk when it returns. */
bool ledger_letters_ready(struct ledger *ledger, struct diags *diags);
bool ledger_letter_put(struct ledger *ledger, const struct ledger_letter *letter, struct diags *diags);
bool ledger_letter_find(struct ledger *ledger, struct arena *arena, struct str mailing, struct str member,
                        struct ledger_letter *letter, bool *found, struct diags *diags);
/* Letters of a mailing by member; stops early, still true, when visit returns false. */
bool ledger_letter_each(struct ledger *ledger, struct str mailing,
                        bool (*visit)(void *self, const struct ledger_letter *letter), void *self,
                        struct diags *diags);

#endif
