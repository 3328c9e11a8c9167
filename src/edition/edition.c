/* Making an edition: the gate, the filtered copy, the panels, and what is computed after filtering. */
#include "edition/edition.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/decimal.h"
#include "edition/count.h"
#include "edition/digest.h"
#include "edition/filter.h"

static const struct tier *choose_tier(struct arena *arena, const struct house *house, struct str asked,
                                      struct diags *diags)
{
    const struct tier *tier = house_tier(house, asked.n ? asked : house->default_tier.s);
    if (tier)
        return tier;
    struct str *ids = ARENA_ARRAY(arena, struct str, house->tiers.count + 1);
    for (size_t i = 0; i < house->tiers.count; i++)
        ids[i] = house->tiers.items[i].id.s;
    struct str wrong = asked.n ? asked : house->default_tier.s;
    struct diag *diag = diag_add(diags, DIAG_UNKNOWN_TIER_OPTION, asked.n ? span_none() : house->default_tier.at,
                                 "the house has no tier '" STR_FMT "'", STR_ARG(wrong));
    struct str near = str_nearest(wrong, ids, house->tiers.count);
    if (near.n)
        diag_hint(diags, diag, "did you mean '" STR_FMT "'?", STR_ARG(near));
    return NULL;
}

static bool score_may_be_published(struct arena *arena, const struct score *score, const struct band *band,
                                   bool internal,
                                   struct diags *diags)
{
    if (!band || band->publish || internal)
        return true;
    struct str value = score_format(arena, score->hundredths);
    struct str from = score_format(arena, band->from.hundredths), to = score_format(arena, band->to.hundredths);
    struct diag *diag = diag_add(diags, DIAG_NOT_FOR_PUBLICATION, score->at,
                                 "score " STR_FMT " is in the band '" STR_FMT "' (" STR_FMT "–" STR_FMT
                                 "), which is not for publication",
                                 STR_ARG(value), STR_ARG(band->label.s), STR_ARG(from), STR_ARG(to));
    diag_hint(diags, diag, "--internal prints it, and marks every page as internal");
    return false;
}

struct edition_id edition_choose(const struct spec *spec, struct edition_id asked)
{
    if (asked.kind != EDITION_NONE)
        return asked;
    if (spec->edition.kind != EDITION_NONE)
        return spec->edition;
    if (date_is_set(spec->as_of.date))
        return edition_quarter_of(spec->as_of.date);
    return (struct edition_id){0};
}

static int compare_history(const void *left, const void *right)
{
    const struct history_entry *a = left, *b = right;
    int order = edition_compare(a->edition, b->edition);
    if (order)
        return order;
    return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

/* History tells of earlier editions: an older edition that is made again does not know what came after it. */
static void settle_history(struct edition *edition)
{
    struct history_entry_list *history = &edition->spec.confidence.history;
    size_t kept = 0;
    for (size_t i = 0; i < history->count; i++)
        if (edition->id.kind == EDITION_NONE || edition_compare(history->items[i].edition, edition->id) < 0)
            history->items[kept++] = history->items[i];
    history->count = kept;
    if (!kept)
        return;
    qsort(history->items, kept, sizeof *history->items, compare_history);
    edition->has_change = true;
    edition->previous = history->items[kept - 1].edition;
    edition->previous_hundredths = history->items[kept - 1].score.hundredths;
}

/* Positions of tiers by id. */
static struct id_index index_tiers(struct arena *arena, const struct house *house)
{
    struct id_index ids = {0};
    for (size_t i = 0; i < house->tiers.count; i++)
        id_index_add(arena, &ids, house->tiers.items[i].id.s);
    id_index_sort(&ids);
    return ids;
}

/* The first tier in the house's order that the section is for and that the reader reads (or does not), or SIZE_MAX. */
static size_t first_tier(const struct filter *filter, const struct id_index *tiers, const struct section *section,
                         bool readable)
{
    struct text fallback = filter->house->default_tier;
    const struct text *items = section->audience.count ? section->audience.items : &fallback;
    size_t count = section->audience.count ? section->audience.count : 1;
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t tier = id_index_find(tiers, items[i].s);
        if (tier < first && (id_index_find(&filter->readable, items[i].s) != SIZE_MAX) == readable)
            first = tier;
    }
    return first;
}

static bool for_default_tier(const struct filter *filter, const struct section *section)
{
    for (size_t i = 0; i < section->audience.count; i++)
        if (str_eq(section->audience.items[i].s, filter->house->default_tier.s))
            return true;
    return section->audience.count == 0;
}

/* Walks the whole spec's sections beside the filtered ones: tier marks for those kept, panels for the others. */
static void settle_sections(struct edition *edition, struct filter *filter, const struct spec *spec)
{
    struct arena *arena = filter->arena;
    const struct house *house = filter->house;
    struct id_index tiers = index_tiers(arena, house);
    struct text_list *teasers = ARENA_ARRAY(arena, struct text_list, house->tiers.count + 1);
    size_t *panel_of = ARENA_ARRAY(arena, size_t, house->tiers.count + 1); /* panel number + 1 */
    edition->section_tiers = ARENA_ARRAY(arena, const struct tier *, edition->spec.sections.count + 1);
    edition->panels = ARENA_ARRAY(arena, struct locked_panel, house->tiers.count + 1);
    size_t kept = 0;
    for (size_t i = 0; i < spec->sections.count; i++) {
        const struct section *section = &spec->sections.items[i];
        if (filter_reads(filter, &section->audience)) {
            size_t mark = for_default_tier(filter, section) ? SIZE_MAX : first_tier(filter, &tiers, section, true);
            edition->section_tiers[kept++] = mark == SIZE_MAX ? NULL : &house->tiers.items[mark];
            continue;
        }
        size_t locked = first_tier(filter, &tiers, section, false);
        if (locked == SIZE_MAX)
            continue;
        if (!panel_of[locked]) {
            edition->panels[edition->panel_count] =
                (struct locked_panel){.tier = &house->tiers.items[locked], .before_section = kept};
            panel_of[locked] = ++edition->panel_count;
        }
        if (section->teaser.s.n)
            *ARENA_PUSH(arena, &teasers[panel_of[locked] - 1]) = section->teaser;
    }
    for (size_t i = 0; i < edition->panel_count; i++) {
        edition->panels[i].teasers = teasers[i].items;
        edition->panels[i].teaser_count = teasers[i].count;
    }
}

static void settle_withheld(struct edition *edition, struct filter *filter)
{
    edition->withheld = filter->withheld;
    for (size_t i = 0; i < filter->house->scale.bands.count; i++) {
        if (!filter->withheld[i].count)
            continue;
        edition->withheld[edition->withheld_band_count++] = filter->withheld[i];
        edition->withheld_claims += filter->withheld[i].count;
    }
}

struct edition *edition_make(struct arena *arena, const struct spec *spec, const struct house *house,
                             const struct edition_options *options, struct diags *diags)
{
    const struct tier *tier = choose_tier(arena, house, options->tier, diags);
    int score = spec->confidence.score.hundredths;
    const struct band *band = score < 0 ? NULL : house_band(house, score);
    bool published = score_may_be_published(arena, &spec->confidence.score, band, options->internal, diags);
    if (!tier || !published)
        return NULL;
    struct edition *edition = ARENA_NEW(arena, struct edition);
    edition->house = house;
    edition->tier = tier;
    edition->band = band;
    edition->id = edition_choose(spec, options->edition);
    edition->date = options->date;
    edition->internal = options->internal;
    edition->draft = options->draft;
    struct filter *filter = ARENA_NEW(arena, struct filter);
    filter_init(filter, arena, spec, house, tier, options->internal);
    edition->reads_default = filter->reads_default;
    filter_spec(filter, &edition->spec, spec);
    edition->source_ids = &filter->sources;
    edition->spec.edition = edition->id;
    if (!edition->spec.language.s.n)
        edition->spec.language = house->language;
    if (!edition->spec.language.s.n)
        edition->spec.language.s = STR("en-GB");
    settle_history(edition);
    settle_sections(edition, filter, spec);
    settle_withheld(edition, filter);
    edition->independent_sources = count_independent(arena, &edition->spec.sources, &filter->sources);
    edition->words = count_words(&edition->spec);
    edition->reading_minutes = count_minutes(edition->words);
    if (!options->without_digest)
        edition->digest = edition_digest(arena, edition);
    return edition;
}

struct str edition_digest_of(const struct edition *edition)
{
    if (edition->pending)
        edition->pending->await(edition->pending);
    return edition->digest;
}

size_t edition_source_index(const struct edition *edition, struct str id)
{
    return id_index_find(edition->source_ids, id);
}
