/* One member's message: the letter, the briefings in the member's own edition, and a size that mailboxes
 * take. */
#ifndef BRIEFING_MAIL_COMPOSE_H
#define BRIEFING_MAIL_COMPOSE_H

#include "base/token.h"
#include "edition/edition.h"
#include "mail/message.h"
#include "model/run.h"

/* How far a message was made smaller to fit. Each step keeps what the ones before gave up. */
enum mail_step {
    MAIL_WHOLE,          /* every PDF attached, first pages shown */
    MAIL_SMALL_PICTURES, /* first pages shown at half the width */
    MAIL_NO_PICTURES,
    MAIL_ONE_FILE, /* one PDF that binds all, instead of several */
    MAIL_LINKS     /* links to the house's base_url instead of PDFs */
};

/* A finished PDF. Its data lives in the arena that it was asked with, or longer. */
struct mail_pdf {
    struct str name; /* of its file, without folder */
    struct str data;
    size_t pages;
};

/* Where finished PDFs and pictures of their first pages come from. Each returns false with a diagnostic; no
 * picture (no program that draws one) is an empty one. */
struct mail_store {
    void *self;
    /* Of briefing number `entity` for a member: the copy or shared edition that is theirs. */
    bool (*pdf)(void *self, struct arena *arena, const struct member *member, size_t entity,
                struct mail_pdf *pdf, struct diags *diags);
    /* All briefings of the newsletter bound in one for a member; an empty name when there is none. */
    bool (*bundle)(void *self, struct arena *arena, const struct member *member, struct mail_pdf *pdf,
                   struct diags *diags);
    /* The first page of a tier's edition, which nobody's copy line stands on, as JPEG of so many pixels in
     * width. */
    bool (*picture)(void *self, struct arena *arena, const struct tier *tier, size_t entity, unsigned width,
                    struct str *jpeg, struct diags *diags);
};

struct mail_mailing {
    const struct newsletter *newsletter;
    const struct house *house;
    const struct words *words;
    const struct copy_key *key;      /* of tokens and message ids */
    const struct spec *const *specs; /* of the briefings, in the order of `attach` */
    size_t spec_count;
    const struct mail_store *store;
};

/* What one tier reads of a mailing: made once, used for each of its members. */
struct mail_reading {
    const struct tier *tier;
    const struct edition **editions; /* one a briefing */
};

/* Editions for a tier, never internal, never a draft. NULL with diagnostics. */
struct mail_reading *mail_reading_make(struct arena *arena, const struct mail_mailing *mailing,
                                       const struct tier *tier, struct diags *diags);

struct mail_made {
    enum mail_step step;
    struct str message_id; /* in the arena */
    struct str token;      /* the member's, of links to unsubscribe; in the arena */
    size_t bytes;
};

/* Appends a member's message, with CRLF or LF (see message.h). It is known to keep the newsletter's budget
 * (10 MB when it names none) before a byte of it leaves this function; steps down mail_step by mail_step
 * otherwise. false with a diagnostic: it cannot be made to fit (the largest PDF is named), or something of it
 * failed. */
bool mail_compose(struct arena *arena, const struct mail_mailing *mailing, const struct mail_reading *reading,
                  const struct member *member, bool crlf, struct buf *out, struct mail_made *made,
                  struct diags *diags);

/* The member's address for unsubscribing, by the newsletter's list; empty when it has none. */
struct str mail_unsubscribe_url(struct arena *arena, const struct mail_mailing *mailing,
                                const struct member *member);

/* The name of a mailing in a ledger, and what message ids are made of: its list, edition, day and file name.
 * The same letter with a word mended is the same mailing. */
struct str mail_mailing_name(struct arena *arena, const struct newsletter *newsletter);

/* "thumbnails at half their width", for a report. */
const char *mail_step_words(enum mail_step step);

enum { MAIL_BUDGET_BYTES = 10000000, MAIL_PICTURE_PIXELS = 120 /* of CSS; twice as many are drawn */ };

#endif
