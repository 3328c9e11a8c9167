/* Reading dates, editions and scores. */
#include "spec/decode_scalar.h"

#include <string.h>

#include "base/decimal.h"
#include "spec/syntax.h"

static bool looks_like_date(struct str s)
{
    if (s.n != 4 && s.n != 7 && s.n != 10)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((i == 4 || i == 7) ? s.p[i] != '-' : !syntax_is_digit(s.p[i]))
            return false;
    return true;
}

void scalar_date(struct reader *reader, const struct field *field, const struct yaml_node *node, void *place)
{
    struct dated dated = {.at = node->span};
    bool loose = field->kind == FIELD_LOOSE_DATE;
    struct str s;
    if (!scalar_line(reader, field, node, &s))
        return;
    if (!date_parse(s, loose, &dated.date)) {
        struct date other;
        struct diag *diag = diag_add(reader->diags, DIAG_BAD_DATE, node->span,
                                     looks_like_date(s) && !date_parse(s, true, &other)
                                         ? "there is no date '" STR_FMT "' in the calendar"
                                         : "'" STR_FMT "' is no date",
                                     STR_ARG(decode_shown(reader->arena, s)));
        diag_hint(reader->diags, diag,
                  loose ? "write YYYY-MM-DD, YYYY-MM or YYYY" : "write YYYY-MM-DD, such as 2026-11-21");
        return;
    }
    memcpy(place, &dated, sizeof dated);
}

void scalar_edition(struct reader *reader, const struct field *field, const struct yaml_node *node,
                    void *place)
{
    struct edition_id edition;
    struct str s;
    if (!scalar_line(reader, field, node, &s))
        return;
    if (edition_parse(s, &edition)) {
        memcpy(place, &edition, sizeof edition);
        return;
    }
    scalar_bad(reader, DIAG_BAD_EDITION, node, s, "edition",
               "write a quarter as 2026-Q4, a month as 2026-11, a year as 2026");
}

static size_t places_of(struct str s)
{
    size_t dot = str_find(s, STR("."));
    return dot == SIZE_MAX ? 0 : s.n - dot - 1;
}

/* "82%", "0,82" and ".82" are what people write: the score that is meant, or an empty slice. */
static struct str score_meant(struct arena *arena, struct str s)
{
    struct str number = str_ends(s, STR("%")) ? str_trim(str_slice(s, 0, s.n - 1)) : s;
    if (number.n != s.n)
        return str_is(number, "100") ? STR("1.00")
               : number.n == 2       ? str_printf(arena, "0." STR_FMT, STR_ARG(number))
               : number.n == 1       ? str_printf(arena, "0.0" STR_FMT, STR_ARG(number))
                                     : (struct str){0};
    if (s.n > 4)
        return (struct str){0};
    if (s.p[0] == '.')
        return str_printf(arena, "0" STR_FMT, STR_ARG(s));
    return s.n > 1 && s.p[1] == ',' ? str_printf(arena, "%c." STR_FMT, s.p[0], STR_ARG(str_slice(s, 2, s.n)))
                                    : (struct str){0};
}

static void hint_score(struct reader *reader, struct diag *diag, struct str s)
{
    int hundredths;
    struct str meant = score_meant(reader->arena, s);
    if (meant.n && score_parse(meant, &hundredths) == SCORE_OK && places_of(meant) <= 2)
        diag_hint(reader->diags, diag, "did you mean " STR_FMT "?", STR_ARG(meant));
    else
        diag_hint(reader->diags, diag, "a score is a decimal from 0.00 to 1.00");
}

void scalar_score(struct reader *reader, const struct field *field, const struct yaml_node *node, void *place)
{
    struct score score = {.hundredths = -1, .at = node->span};
    struct str s;
    struct diag *diag;
    if (!scalar_line(reader, field, node, &s))
        return;
    enum score_problem problem = score_parse(s, &score.hundredths);
    struct str text = decode_shown(reader->arena, s);
    switch (problem) {
    case SCORE_OK:
        if (places_of(s) <= 2 && (s.n == 1 || s.p[1] == '.')) {
            memcpy(place, &score, sizeof score);
            return;
        }
        diag = diag_add(reader->diags, DIAG_BAD_SCORE, node->span,
                        "a score has at most two places: '" STR_FMT "'", STR_ARG(text));
        diag_hint(reader->diags, diag, "did you mean " STR_FMT "?",
                  STR_ARG(score_format(reader->arena, score.hundredths)));
        return;
    case SCORE_TOO_FINE:
        diag = diag_add(reader->diags, DIAG_BAD_SCORE, node->span,
                        STR_FMT " lies between " STR_FMT " and " STR_FMT ": a score has at most two places",
                        STR_ARG(text), STR_ARG(score_format(reader->arena, score.hundredths)),
                        STR_ARG(score_format(reader->arena, score.hundredths + 1)));
        diag_hint(reader->diags, diag, "choose one of the two: scores are never rounded");
        return;
    case SCORE_OUT_OF_RANGE:
        diag_add(reader->diags, DIAG_BAD_SCORE, node->span, STR_FMT " lies outside 0.00 to 1.00",
                 STR_ARG(text));
        return;
    case SCORE_NOT_DECIMAL:
        diag =
            diag_add(reader->diags, DIAG_BAD_SCORE, node->span, "'" STR_FMT "' is no score", STR_ARG(text));
        hint_score(reader, diag, s);
        return;
    }
}
