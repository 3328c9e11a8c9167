/* Who gets a letter, and why others do not. */
#ifndef BRIEFING_MAIL_RECIPIENTS_H
#define BRIEFING_MAIL_RECIPIENTS_H

#include "model/run.h"

enum mail_skip {
    MAIL_SENT_TO,   /* gets one */
    MAIL_NOT_ASKED, /* left out by --only or --sample */
    MAIL_NO_ADDRESS,
    MAIL_BAD_ADDRESS,
    MAIL_SAME_ADDRESS, /* an earlier member has it */
    MAIL_UNSUBSCRIBED
};

struct mail_recipient {
    const struct member *member;
    enum mail_skip skip;
    const struct member *twin; /* who has the same address */
};

struct mail_choice {
    const struct str *only; /* ids of members; count 0: all */
    size_t only_count;
    size_t sample; /* at most so many, from every tier in turn; 0: all */
};

/* One entry a member, in the order of the roster; *sent is how many get a letter. An address counts once
 * whatever the case of its letters: the first of those who have it gets the letter, and nobody does when one
 * of them has unsubscribed, on whatever day. */
struct mail_recipient *recipients_choose(struct arena *arena, const struct roster *roster,
                                         const struct mail_choice *choice, size_t *sent);

/* Words for a report: "has no e-mail address". */
const char *recipients_reason(enum mail_skip skip);

#endif
