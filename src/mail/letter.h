/* The letter of a newsletter: the same prose and the same briefings as plain text and as HTML. */
#ifndef BRIEFING_MAIL_LETTER_H
#define BRIEFING_MAIL_LETTER_H

#include "base/buf.h"
#include "edition/edition.h"
#include "model/words.h"

/* One briefing as the letter shows it. */
struct mail_card {
    const struct edition *edition;
    struct str file;        /* name of the attached file; empty: none is attached */
    size_t pages, bytes;    /* of that file */
    struct str link;        /* where it can be read instead or also; may be empty */
    struct str picture_id;  /* content id of its first page's picture; empty: none */
    unsigned picture_width; /* CSS pixels */
};

struct mail_letter {
    const struct house *house;
    const struct words *words;
    const struct tier *tier;  /* whose edition this is */
    const struct prose *text; /* what the desk writes; may be NULL */
    struct str subject, language;
    const struct mail_card *cards;
    size_t card_count;
    struct str
        bundle; /* name of the one file that binds all briefings, when that is attached; may be empty */
    struct str unsubscribe_url, unsubscribe_email; /* the member's; may be empty */
};

/* Lines of at most 76 columns where words allow it, ended by LF. */
void letter_text(struct buf *out, struct arena *arena, const struct mail_letter *letter);

/* A whole page of HTML for mail readers: tables for layout, styles inline, colours that also hold on a dark
 * ground; no script, no font and no picture from elsewhere. Everything that comes from a spec, house or
 * newsletter is escaped. */
void letter_html(struct buf *out, struct arena *arena, const struct mail_letter *letter);

#endif
