/* Values in words: dates, editions, periods, levels, likelihoods. Private to block/. */
#ifndef BRIEFING_BLOCK_WORDING_H
#define BRIEFING_BLOCK_WORDING_H

#include "block/build.h"

struct str wording_number(struct builder *b, size_t number);
struct str wording_score(struct builder *b, int hundredths);
/* "15 November 2026", "November 2026", "2026"; empty when not set. brief: "15 Nov 2026". */
struct str wording_date(struct builder *b, struct date date, bool brief);
/* "Q4 2026", "November 2026", "2026"; empty for none. */
struct str wording_edition(struct builder *b, struct edition_id edition);
/* "2016–2019", "since 2016", "until 2019", or empty. */
struct str wording_period(struct builder *b, struct date from, struct date to);
/* Empty for the NONE of each. */
struct str wording_level(struct builder *b, enum level level);
struct str wording_kind(struct builder *b, enum entity_kind kind);
/* meaning: what the kind stands for; `other` has none. */
struct str wording_source_kind(struct builder *b, enum source_kind kind, bool meaning);
struct str wording_outlook(struct builder *b, enum outlook_direction outlook);
struct str wording_direction(struct builder *b, enum direction direction);
/* "Next quarter (Jan–Mar 2027)": the dates are those that it means for the edition, as far as one is known. */
struct str wording_horizon(struct builder *b, enum horizon horizon);
/* The term that was typed, in the page's words, and "55–80%". Marks the term as used, for the legend. */
struct str wording_likelihood(struct builder *b, const struct likelihood *likelihood);
struct str wording_likelihood_term(struct builder *b, enum likelihood_step step, bool second);
struct str wording_likelihood_range(struct builder *b, enum likelihood_step step);
/* "Up 0.03 since Q3 2026 (0.61)", or empty. */
struct str wording_change(struct builder *b);
/* "a", "a and b", "a, b and c"; skips empty ones. */
struct str wording_list(struct builder *b, const struct text *items, size_t count);
/* Texts with a separator between those that are not empty. */
struct str wording_join(struct builder *b, const struct str *items, size_t count, const char *separator);
/* A URL as readers say it: without "https://", "mailto:" and a closing "/". */
struct str wording_url(struct str url);
/* Quotation marks of a language; double ones of the house come first. */
struct quote_marks wording_quotes(struct builder *b, struct str language);
/* The same inside a quotation that marks stand around already. */
struct quote_marks wording_inner_quotes(struct builder *b, struct str language);
/* The language when it is another than the document's, else empty. */
struct str wording_language(struct builder *b, struct str language);

#endif
