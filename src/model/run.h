/* A batch run, a newsletter, and the roster of members. */
#ifndef BRIEFING_MODEL_RUN_H
#define BRIEFING_MODEL_RUN_H

#include "model/house.h"

enum pdf_profile { PROFILE_NONE, PROFILE_ARCHIVE, PROFILE_SEALED };

struct run {
    struct diag_source *source;
    struct edition_id edition;
    struct text house, roster, output, ledger; /* paths as written; relative to the file */
    struct text_list specs;                    /* patterns as written */
    struct text_list tiers;
    bool compendium;
    enum pdf_profile profile;
    enum copy_marks marks; /* NONE: the house's */
};

struct address {
    struct text name, email;
};
struct mailing_list {
    struct text id, unsubscribe_url, unsubscribe_email;
};

struct newsletter {
    struct diag_source *source;
    struct edition_id edition;
    struct dated date;
    struct text house, run;
    struct text_list specs;
    struct address sender, from;
    struct text subject, reply_to;
    struct mailing_list list;
    struct prose *text;
    struct text_list attach;
    struct text size_budget;
    uint64_t size_budget_bytes; /* 0 when not given */
};

struct member {
    struct text id, name, email, tier, organisation;
    struct text_list entities; /* slugs */
    bool all_entities;         /* `*` */
    struct text language, password;
    bool personal_copy;
    struct dated unsubscribed;
    struct span span;
};
MODEL_LIST(member);

struct roster {
    struct diag_source *source;
    struct member_list members;
};

#endif
