/* Reading finished messages as a strict mail system would, before one does. */
#ifndef BRIEFING_MAIL_CHECK_H
#define BRIEFING_MAIL_CHECK_H

#include "base/copy_id.h"
#include "model/run.h"

/* What a PDF says of itself; empty where it says nothing. */
struct mail_pdf_facts {
    bool sealed; /* encrypted: nothing can be read of it */
    struct str entity, edition, tier, copy;
};

struct mail_check {
    const struct roster *roster; /* NULL: addresses and tiers are not compared */
    const struct house *house;   /* tells which tiers read others; with a roster */
    const struct copy_key *key;  /* NULL: copy ids are not recomputed */
    uint64_t budget;             /* bytes of a message; 0: none */
    void *self;
    /* Reads a PDF's metadata, in the arena; false when it is no PDF. */
    bool (*inspect)(void *self, struct arena *arena, struct str pdf, struct mail_pdf_facts *facts);
};

/* Adds a diagnostic for each fault of one message: bytes beyond 7 bits, long lines, mixed line ends; headers
 * missing, doubled or empty; the tree of parts and their encodings; pictures that the HTML asks for and that
 * are not there; PDFs that are none; over budget; an address that is not in the roster, a member who has
 * unsubscribed, a PDF of another tier or of another member's copy. */
void mail_check_message(struct arena *arena, const struct mail_check *check, struct diag_source *source,
                        struct diags *diags);

#endif
