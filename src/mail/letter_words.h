/* Phrases that both forms of the letter print. Private to mail/. */
#ifndef BRIEFING_MAIL_LETTER_WORDS_H
#define BRIEFING_MAIL_LETTER_WORDS_H

#include "mail/letter.h"

/* "Organisation · Hong Kong SAR, China" */
struct str letter_kind(struct arena *arena, const struct mail_letter *letter, const struct mail_card *card);
/* "0.82 · B Strong evidence"; empty without a score. */
struct str letter_grade(struct arena *arena, const struct mail_letter *letter, const struct mail_card *card);
/* "Confidence 0.82, grade B: Strong evidence" for those who hear it; empty without a score. */
struct str letter_grade_spoken(struct arena *arena, const struct mail_letter *letter,
                               const struct mail_card *card);
/* "Attached: larus-limited_2026-Q4_open.pdf (4 pages, 57 kB)"; empty when nothing is attached. */
struct str letter_attached(struct arena *arena, const struct mail_letter *letter,
                           const struct mail_card *card);
/* The tiers that some briefing of the letter locks something for, each once, in the order first met; *count
 * is set. */
const struct tier **letter_locked(struct arena *arena, const struct mail_letter *letter, size_t *count);
/* A locked tier's "Only for Strategy Circle", and what its invitation says: its text, else its address. */
struct str letter_panel_title(struct arena *arena, const struct mail_letter *letter, const struct tier *tier);
struct str letter_invitation(const struct tier *tier);
/* Why the reader gets the letter. */
struct str letter_why(struct arena *arena, const struct mail_letter *letter);
/* "Acme Research Ltd, 1 High Street", as far as the house says it. */
struct str letter_imprint(struct arena *arena, const struct mail_letter *letter);
/* The language of a right-to-left script? */
bool letter_is_rtl(struct str language);

#endif
