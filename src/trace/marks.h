/* The marks in the spacing of a PDF's text (pdf/mark.h), and which copy they are of. */
#ifndef BRIEFING_TRACE_MARKS_H
#define BRIEFING_TRACE_MARKS_H

#include "base/copy_id.h"
#include "trace/words.h"

/* One marked place of the text. */
struct trace_mark {
    struct str letters;
    int sign; /* +1 or -1 */
};
struct trace_marks {
    struct trace_mark *items; /* places with the same letters are one: they bear the same sign */
    size_t count, cap;
};

/* Reads them from the places of the words. In a text without marks there are few or none, of any sign. */
void marks_read(struct arena *arena, const struct trace_words *words, struct trace_marks *marks);

/* How many of the signs are those of a copy. */
size_t marks_agree(const struct trace_marks *marks, const struct copy_id *id);

/* The same for one of very many copies: gives up, with 0, as soon as it hardly can be the one. */
size_t marks_agree_quick(const struct trace_marks *marks, const struct copy_id *id);

/* The decimal logarithm of the chance that one of `copies` copies agrees in `agree` places or more of
 * `count`, and yet has nothing to do with the text: at most copies times the tail of the binomial
 * distribution with one half (Bonferroni). It holds for any text at all, for the signs of a copy are a digest
 * that nobody chose. */
double marks_chance(size_t agree, size_t count, size_t copies);

/* A copy is named only where that chance is below 10 to the power of this. */
enum { MARKS_SURE = -9 };

#endif
