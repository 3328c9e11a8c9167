/* The confidence meter: the score on its scale, its history, and all of it in words. */
#include "base/language.h"
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

#include <stdlib.h>

enum {
    MOST_POINTS = 24,  /* of the sparkline: six years of quarters; the latest are drawn */
    MOST_IN_WORDS = 8, /* of the alternative text */
};

static int compare_bands(const void *left, const void *right)
{
    const struct meter_band *a = left, *b = right;
    return (a->from > b->from) - (a->from < b->from);
}

/* Beyond Latin-1 only signs that the bundled fonts have. Time runs as the language is written. */
static struct str arrow(enum outlook_direction outlook, bool rtl)
{
    static const char *const arrows[2][5] = {{"", "↗", "→", "↘", "±"}, {"", "↖", "←", "↙", "±"}};
    return str_from(arrows[rtl][outlook]);
}

static struct str history_words(struct builder *b)
{
    const struct history_entry_list *history = &b->spec->confidence.history;
    struct str parts[MOST_IN_WORDS];
    size_t first = history->count > MOST_IN_WORDS ? history->count - MOST_IN_WORDS : 0, count = 0;
    for (size_t i = first; i < history->count; i++)
        parts[count++] = FILL(b, WORD_meter_alt_point, {"edition", wording_edition(b, history->items[i].edition)},
                              {"score", wording_score(b, history->items[i].score.hundredths)});
    return wording_join(b, parts, count, ", ");
}

static struct str meter_alt(struct builder *b, const struct block *meter)
{
    struct str history = history_words(b);
    struct str parts[4] = {
        FILL(b, WORD_meter_alt, {"score", meter->u.meter.score}, {"grade", meter->u.meter.grade},
             {"label", meter->u.meter.label}),
    };
    if (meter->u.meter.outlook.n)
        parts[1] = FILL(b, WORD_meter_alt_outlook, {"outlook", meter->u.meter.outlook});
    if (history.n)
        parts[2] = FILL(b, WORD_meter_alt_history, {"history", history});
    if (meter->u.meter.caption.n)
        parts[3] = FILL(b, WORD_run_in, {"label", meter->u.meter.caption});
    return wording_join(b, parts, 4, " ");
}

static void add_bands(struct builder *b, struct block *meter)
{
    const struct band_list *bands = &b->house->scale.bands;
    meter->u.meter.bands = ARENA_ARRAY(b->arena, struct meter_band, bands->count + 1);
    meter->u.meter.band_count = bands->count;
    for (size_t i = 0; i < bands->count; i++)
        meter->u.meter.bands[i] = (struct meter_band){bands->items[i].from.hundredths, bands->items[i].to.hundredths,
                                                      bands->items[i].grade.s, bands->items[i].label.s};
    if (bands->count > 1)
        qsort(meter->u.meter.bands, bands->count, sizeof *meter->u.meter.bands, compare_bands);
}

static void add_points(struct builder *b, struct block *meter)
{
    const struct history_entry_list *history = &b->spec->confidence.history;
    if (!history->count)
        return;
    size_t first = history->count >= MOST_POINTS ? history->count - MOST_POINTS + 1 : 0;
    struct meter_point *points = ARENA_ARRAY(b->arena, struct meter_point, history->count - first + 1);
    size_t count = 0;
    for (size_t i = first; i < history->count; i++)
        points[count++] = (struct meter_point){history->items[i].score.hundredths,
                                               wording_score(b, history->items[i].score.hundredths),
                                               wording_edition(b, history->items[i].edition)};
    points[count++] = (struct meter_point){meter->u.meter.hundredths, meter->u.meter.score,
                                           wording_edition(b, b->edition->id)};
    meter->u.meter.points = points;
    meter->u.meter.point_count = count;
}

void meter_add(struct builder *b, struct block_list *page)
{
    const struct confidence *confidence = &b->spec->confidence;
    if (confidence->score.hundredths < 0 || !b->edition->band)
        return;
    struct block *meter = block_add(b, page, BLOCK_METER, STYLE_SCORE);
    meter->keep_together = true;
    meter->at = confidence->score.at;
    inline_add(b, &meter->inlines, WORD_OF(b, WORD_confidence), 0);
    meter->u.meter.hundredths = confidence->score.hundredths;
    meter->u.meter.score = wording_score(b, confidence->score.hundredths);
    meter->u.meter.grade = b->edition->band->grade.s;
    meter->u.meter.label = b->edition->band->label.s;
    meter->u.meter.outlook = wording_outlook(b, confidence->outlook);
    meter->u.meter.outlook_arrow = arrow(confidence->outlook, language_is_rtl(b->language));
    meter->u.meter.caption = wording_change(b);
    add_bands(b, meter);
    add_points(b, meter);
    meter->u.meter.alt = meter_alt(b, meter);
}
