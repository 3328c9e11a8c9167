/* Values in words, all taken from model/words.def or the house. */
#include "block/wording.h"

#include <string.h>

#include "base/buf.h"
#include "block/languages.h"

struct str wording_number(struct builder *b, size_t number)
{
    return str_printf(b->arena, "%zu", number);
}

struct str wording_score(struct builder *b, int hundredths)
{
    return word_score(b->arena, &b->words, hundredths);
}

/* How dates are written in the briefing's language, unless the house says so; NULL: as model/words.def has them. */
static const struct language_dates *own_dates(struct builder *b)
{
    bool replaced = b->words.replaced[WORD_date_day] || b->words.replaced[WORD_date_month];
    for (int i = WORD_month_1; i <= WORD_month_short_12; i++)
        replaced |= b->words.replaced[i];
    return replaced ? NULL : language_dates_find(b->spec->language.s);
}

static struct str month_word(struct builder *b, unsigned month, bool brief)
{
    const struct language_dates *own = own_dates(b);
    if (own)
        return str_from((brief ? own->brief : own->months)[month - 1]);
    return WORD_OF(b, (brief ? WORD_month_short_1 : WORD_month_1) + (int)month - 1);
}

/* American English puts the month first, unless the house says how days are written. */
static struct str day_pattern(struct builder *b, bool brief)
{
    const struct language_dates *own = own_dates(b);
    if (own)
        return str_from(brief ? own->day_brief : own->day);
    if (!b->words.replaced[WORD_date_day] && str_is(b->spec->language.s, "en-US"))
        return STR("{month} {day}, {year}");
    return WORD_OF(b, WORD_date_day);
}

static struct str month_pattern(struct builder *b, bool brief)
{
    const struct language_dates *own = own_dates(b);
    return own ? str_from(brief ? own->month_brief : own->month) : WORD_OF(b, WORD_date_month);
}

static struct str day_word(struct builder *b, unsigned day)
{
    const struct language_dates *own = own_dates(b);
    return own && own->first && day == 1 ? str_from(own->first) : wording_number(b, day);
}

struct str wording_date(struct builder *b, struct date date, bool brief)
{
    if (!date_is_set(date))
        return (struct str){0};
    struct str year = wording_number(b, (size_t)date.year);
    if (!date.month)
        return year;
    struct word_slot slots[] = {{"month", month_word(b, date.month, brief)}, {"year", year}, {"day", {0}}};
    if (!date.day)
        return word_fill(b->arena, month_pattern(b, brief), slots, 2);
    slots[2].value = day_word(b, date.day);
    return word_fill(b->arena, day_pattern(b, brief), slots, 3);
}

struct str wording_edition(struct builder *b, struct edition_id edition)
{
    struct str year = wording_number(b, (size_t)edition.year);
    switch (edition.kind) {
    case EDITION_QUARTER:
        return FILL(b, WORD_edition_quarter, {"quarter", wording_number(b, edition.part)}, {"year", year});
    case EDITION_MONTH:
        if (!b->words.replaced[WORD_edition_month])
            return wording_date(b, (struct date){edition.year, edition.part, 0}, false);
        return FILL(b, WORD_edition_month, {"month", month_word(b, edition.part, false)}, {"year", year});
    case EDITION_YEAR:
        return FILL(b, WORD_edition_year, {"year", year});
    case EDITION_NONE:
        break;
    }
    return (struct str){0};
}

struct str wording_period(struct builder *b, struct date from, struct date to)
{
    struct str begin = wording_date(b, from, true), end = wording_date(b, to, true);
    if (begin.n && end.n) {
        bool years = !from.month && !to.month;
        return FILL(b, years ? WORD_period_between : WORD_period_between_long, {"from", begin}, {"to", end});
    }
    if (begin.n)
        return FILL(b, WORD_period_since, {"from", begin});
    if (end.n)
        return FILL(b, WORD_period_until, {"to", end});
    return (struct str){0};
}

struct str wording_level(struct builder *b, enum level level)
{
    return level == LEVEL_NONE ? (struct str){0} : WORD_OF(b, WORD_level_low + (int)level - LEVEL_LOW);
}

struct str wording_kind(struct builder *b, enum entity_kind kind)
{
    return kind == ENTITY_NONE ? (struct str){0} : WORD_OF(b, WORD_entity_person + (int)kind - ENTITY_PERSON);
}

struct str wording_source_kind(struct builder *b, enum source_kind kind, bool meaning)
{
    if (kind == SOURCE_NONE || (meaning && kind == SOURCE_OTHER))
        return (struct str){0};
    return WORD_OF(b, (meaning ? WORD_source_primary_meaning : WORD_source_primary) + (int)kind - SOURCE_PRIMARY);
}

struct str wording_outlook(struct builder *b, enum outlook_direction outlook)
{
    return outlook == OUTLOOK_NONE ? (struct str){0} : WORD_OF(b,
                                                               WORD_outlook_positive + (int)outlook - OUTLOOK_POSITIVE);
}

struct str wording_direction(struct builder *b, enum direction direction)
{
    return direction == DIRECTION_NONE ? (struct str){0} : WORD_OF(b,
                                                                   WORD_direction_to + (int)direction - DIRECTION_TO);
}

static struct str quarter_months(struct builder *b, struct edition_id quarter)
{
    unsigned last = (unsigned)quarter.part * 3;
    return FILL(b, WORD_date_months, {"from", month_word(b, last - 2, true)}, {"to", month_word(b, last, true)},
                {"year", wording_number(b, (size_t)quarter.year)});
}

/* The quarter in which the edition's reader stands. A year's edition leaves it to as_of. */
static struct edition_id current_quarter(const struct builder *b)
{
    struct edition_id id = b->edition->id;
    struct date as_of = b->spec->as_of.date;
    if (id.kind == EDITION_QUARTER)
        return id;
    if (id.kind == EDITION_MONTH)
        return edition_quarter_of(edition_first(id));
    if (id.kind == EDITION_YEAR && date_is_set(as_of) && as_of.month && edition_holds(id, as_of))
        return edition_quarter_of(as_of);
    return (struct edition_id){0};
}

static struct str horizon_dates(struct builder *b, enum horizon horizon)
{
    struct edition_id id = b->edition->id, quarter = current_quarter(b);
    struct str year = wording_number(b, (size_t)id.year);
    if (id.kind == EDITION_NONE)
        return (struct str){0};
    switch (horizon) {
    case HORIZON_NOW:
        return id.kind == EDITION_QUARTER ? quarter_months(b, id) : wording_edition(b, id);
    case HORIZON_THIS_QUARTER:
        return quarter.kind ? quarter_months(b, quarter) : (struct str){0};
    case HORIZON_NEXT_QUARTER:
        return quarter.kind ? quarter_months(b, edition_next(quarter)) : (struct str){0};
    case HORIZON_THIS_YEAR:
        return year;
    case HORIZON_LONG_TERM:
        return FILL(b, WORD_horizon_after, {"year", year});
    case HORIZON_NONE:
        break;
    }
    return (struct str){0};
}

struct str wording_horizon(struct builder *b, enum horizon horizon)
{
    if (horizon == HORIZON_NONE)
        return (struct str){0};
    struct str word = WORD_OF(b, WORD_horizon_now + (int)horizon - HORIZON_NOW);
    struct str dates = horizon_dates(b, horizon);
    return dates.n ? FILL(b, WORD_horizon_dates, {"horizon", word}, {"dates", dates}) : word;
}

struct str wording_likelihood_term(struct builder *b, enum likelihood_step step, bool second)
{
    return WORD_OF(b, WORD_likelihood_remote + 2 * ((int)step - LIKELIHOOD_REMOTE) + second);
}

/* Intelligence Community Directive 203 (2015), D.6.e.2.a. */
struct str wording_likelihood_range(struct builder *b, enum likelihood_step step)
{
    static const uint8_t ranges[][2] = {{0, 0}, {1, 5}, {5, 20}, {20, 45}, {45, 55}, {55, 80}, {80, 95}, {95, 99}};
    return FILL(b, WORD_likelihood_range, {"from", wording_number(b, ranges[step][0])},
                {"to", wording_number(b, ranges[step][1])});
}

struct str wording_likelihood(struct builder *b, const struct likelihood *likelihood)
{
    if (likelihood->step == LIKELIHOOD_NONE)
        return (struct str){0};
    int word = WORD_likelihood_remote + 2 * ((int)likelihood->step - LIKELIHOOD_REMOTE) + 1;
    bool second = str_eq(likelihood->term, word_english((enum word_id)word));
    b->likelihood_used[likelihood->step][second] = true;
    return wording_likelihood_term(b, likelihood->step, second);
}

struct str wording_change(struct builder *b)
{
    const struct edition *edition = b->edition;
    int score = b->spec->confidence.score.hundredths;
    if (!edition->has_change || score < 0 || edition->previous_hundredths < 0)
        return (struct str){0};
    int difference = score - edition->previous_hundredths;
    enum word_id word = difference > 0 ? WORD_change_up : difference < 0 ? WORD_change_down : WORD_change_none;
    return FILL(b, word, {"difference", wording_score(b, difference < 0 ? -difference : difference)},
                {"edition", wording_edition(b, edition->previous)}, {"score",
                                                                     wording_score(b, edition->previous_hundredths)});
}

struct str wording_join(struct builder *b, const struct str *items, size_t count, const char *separator)
{
    struct buf out = {0};
    for (size_t i = 0; i < count; i++) {
        if (!items[i].n)
            continue;
        if (out.n)
            buf_text(&out, separator);
        buf_str(&out, items[i]);
    }
    struct str joined = str_dup(b->arena, buf_view(&out));
    buf_done(&out);
    return joined;
}

struct str wording_list(struct builder *b, const struct text *items, size_t count)
{
    struct str *texts = ARENA_ARRAY(b->arena, struct str, count + 1);
    size_t filled = 0;
    for (size_t i = 0; i < count; i++)
        if (items[i].s.n)
            texts[filled++] = items[i].s;
    if (filled < 2)
        return filled ? texts[0] : (struct str){0};
    return FILL(b, WORD_and_last, {"list", wording_join(b, texts, filled - 1, ", ")}, {"last", texts[filled - 1]});
}

struct str wording_url(struct str url)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (str_starts(url, str_from(schemes[i])))
            url = str_slice(url, strlen(schemes[i]), url.n);
    if (url.n > 1 && url.p[url.n - 1] == '/')
        url.n--;
    return url;
}

static struct quote_marks find_quotes(const struct builder *b, struct str language)
{
    struct quote_marks marks = {.open = WORD_OF(b, WORD_quote_open), .close = WORD_OF(b, WORD_quote_close)};
    const struct language_marks *own = language_marks_find(language);
    marks.spaced = language_spaces_signs(language);
    if (language_is(language, "en") || language_is(language, "de")) {
        marks.open_single = str_from(own->inner_open);
        marks.close_single = str_from(own->inner_close);
    }
    if (b->words.replaced[WORD_quote_open] || b->words.replaced[WORD_quote_close] || !own)
        return marks;
    marks.open = str_from(own->open);
    marks.close = str_from(own->close);
    return marks;
}

struct quote_marks wording_quotes(struct builder *b, struct str language)
{
    if (!b->marks_language.p || !str_eq(b->marks_language, language)) {
        b->marks_language = language;
        b->quote_marks = find_quotes(b, language);
    }
    return b->quote_marks;
}

struct quote_marks wording_inner_quotes(struct builder *b, struct str language)
{
    struct quote_marks marks = wording_quotes(b, language);
    const struct language_marks *own = language_marks_find(language);
    if (!own)
        return marks;
    marks.open = str_from(own->inner_open);
    marks.close = str_from(own->inner_close);
    return marks;
}

struct str wording_language(struct builder *b, struct str language)
{
    return str_eq(language, b->spec->language.s) ? (struct str){0} : language;
}
