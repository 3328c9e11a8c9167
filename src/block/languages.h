/* What each language does its own way: quotation marks, the names of months and the order of a date. Private to
 * block/. */
#ifndef BRIEFING_BLOCK_LANGUAGES_H
#define BRIEFING_BLOCK_LANGUAGES_H

#include <stdbool.h>

#include "base/str.h"

/* Marks around a quotation, and around one inside it. */
struct language_marks {
    const char *language, *open, *close, *inner_open, *inner_close;
};

struct language_dates {
    const char *language;
    const char *months[12], *brief[12];
    const char *day, *day_brief;     /* a {day}, {month} and {year} */
    const char *month, *month_brief; /* a {month} and {year} */
    const char *first;               /* of a month, or NULL: "1" */
};

/* "de-AT" is "de". */
bool language_is(struct str language, const char *primary);

/* Whether ; : ! ? and the insides of guillemets are set off by a narrow no-break space. */
bool language_spaces_signs(struct str language);

/* Those of a language (BCP 47), or NULL. English has marks here and no dates: its words are model/words.def's. */
const struct language_marks *language_marks_find(struct str language);
const struct language_dates *language_dates_find(struct str language);

#endif
