/* Lint of what a spec rests on: claims without a source, sources that repeat each other, dates that have
 * passed. */
#include "spec/idmap.h"
#include "prose/prose.h"
#include "spec/decode.h"
#include "spec/lint.h"

/* A claim is what the briefing states as a fact: key points, key figures, quotes, and what it does where that
 * is graded by a confidence; ungraded it sums up the rest. Why it matters and what to watch are judgements.
 */
static void claim(struct lint *lint, const struct refs *sources, struct span at, const char *what)
{
    if (sources->count == 0)
        diag_add(lint->diags, DIAG_CLAIM_WITHOUT_SOURCE, at, "this %s names no source", what);
}

static void check_claims(struct lint *lint)
{
    const struct spec *spec = lint->spec;
    if (spec->sources.count == 0) {
        if (spec->key_points.count)
            diag_add(lint->diags, DIAG_NO_SOURCES, spec->key_points.items[0].span,
                     "the spec lists no source for its claims");
        return;
    }
    for (size_t i = 0; i < spec->key_points.count; i++)
        claim(lint, &spec->key_points.items[i].sources, spec->key_points.items[i].span, "key point");
    for (size_t i = 0; i < spec->key_figures.count; i++)
        claim(lint, &spec->key_figures.items[i].sources, spec->key_figures.items[i].span, "key figure");
    for (size_t i = 0; i < spec->quotes.count; i++)
        claim(lint, &spec->quotes.items[i].sources, spec->quotes.items[i].span, "quote");
    for (size_t i = 0; i < spec->what_it_does.count; i++)
        if (spec->what_it_does.items[i].confidence.hundredths >= 0)
            claim(lint, &spec->what_it_does.items[i].sources, spec->what_it_does.items[i].span,
                  "graded point");
}

/* Follows `repeats` from each source until it meets one that was followed before: in this walk, then it is a
 * circle. */
static void check_circles(struct lint *lint)
{
    const struct source_list *sources = &lint->spec->sources;
    struct idmap ids;
    idmap_init(&ids, lint->arena, sources->count);
    for (size_t i = 0; i < sources->count; i++)
        if (sources->items[i].id.s.n)
            idmap_add(&ids, sources->items[i].id.s, i);
    size_t *walk = ARENA_ARRAY(lint->arena, size_t, sources->count);
    for (size_t start = 0; start < sources->count; start++) {
        size_t at = start;
        while (at != SIZE_MAX && walk[at] == 0) {
            walk[at] = start + 1;
            const struct source *source = &sources->items[at];
            size_t next = source->repeats.s.n ? idmap_find(&ids, source->repeats.s) : SIZE_MAX;
            if (next != SIZE_MAX && next != at && walk[next] == start + 1)
                diag_add(lint->diags, DIAG_REPEATS_CIRCLE, source->repeats.at,
                         "the sources repeat each other in a circle that comes back to '" STR_FMT "'",
                         STR_ARG(sources->items[next].id.s));
            at = next;
        }
    }
}

static void check_watch_dates(struct lint *lint)
{
    const struct spec *spec = lint->spec;
    for (size_t i = 0; i < spec->what_to_watch.count; i++) {
        const struct dated *by = &spec->what_to_watch.items[i].by;
        if (!date_is_set(by->date))
            continue;
        struct date last = date_last(by->date);
        struct str iso = date_iso(lint->arena, by->date);
        if (date_is_set(spec->as_of.date) && date_compare(last, spec->as_of.date) < 0)
            diag_add(lint->diags, DIAG_WATCH_PASSED, by->at,
                     "'by' " STR_FMT " had passed on 'as_of' " STR_FMT, STR_ARG(iso),
                     STR_ARG(date_iso(lint->arena, spec->as_of.date)));
        else if (spec->edition.kind != EDITION_NONE && date_compare(last, edition_first(spec->edition)) < 0)
            diag_add(lint->diags, DIAG_WATCH_PASSED, by->at,
                     "'by' " STR_FMT " lies before the edition " STR_FMT, STR_ARG(iso),
                     STR_ARG(edition_format(lint->arena, spec->edition)));
    }
}

/* A point is one statement: its two grades would be printed side by side. */
static void check_points(struct lint *lint, const struct point_list *points)
{
    for (size_t i = 0; i < points->count; i++)
        if (points->items[i].confidence.hundredths >= 0 &&
            points->items[i].likelihood.step != LIKELIHOOD_NONE)
            diag_add(lint->diags, DIAG_CONFIDENCE_WITH_LIKELIHOOD, points->items[i].span,
                     "this point has a confidence and a likelihood");
}

void lint_claims(struct lint *lint)
{
    if (lint->whole)
        check_claims(lint);
    check_circles(lint);
    check_watch_dates(lint);
    check_points(lint, &lint->spec->key_points);
    check_points(lint, &lint->spec->what_it_does);
    check_points(lint, &lint->spec->why_it_matters);
}
