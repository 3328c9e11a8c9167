/* Opening places for line ends: those that characters ask for, and those in what is wider than a line. */
#include "text/ruler.h"

#include <string.h>

enum { PART_MOST = 32 /* parts of a line between emergency breaks, so that their number is bounded */ };

/* Whether a line may end somewhere inside. */
static bool has_places(const struct para *para, uint32_t from, uint32_t to)
{
    for (uint32_t at = from + 1; at < to; at++)
        if (para->places[at] > PLACE_NEVER)
            return true;
    return false;
}

static void look_for_places(struct setting *setting, struct unit *unit)
{
    unit->has_places =
        unit->space == SPACE_NONE && !unit->forced && has_places(setting->para, unit->from, unit->to);
}

/* Opens the places that characters ask for, in any text. */
static void find_all_places(struct setting *setting)
{
    const struct para *para = setting->para;
    bool inside = places_find(para->text, para->places) || para->has_inside;
    for (size_t i = 0; inside && i < setting->units.count; i++)
        look_for_places(setting, &setting->units.items[i]);
}

static inline bool is_gap(const struct unit *unit)
{
    return unit->space == SPACE_FLEXIBLE;
}

/* Places inside of words from first on that stand together. */
static void find_inside(struct setting *setting, struct unit *first, const struct unit *end)
{
    if (!places_in_word(setting->para->text, first->from, end[-1].to, setting->para->places))
        return;
    for (; first < end; first++)
        look_for_places(setting, first);
}

/* The same where spaces are plain: what was found out about a word when it was shaped tells of it. */
static void find_places(struct setting *setting)
{
    const struct str text = setting->para->text;
    uint8_t *places = setting->para->places;
    struct unit *unit = setting->units.items, *const end = unit + setting->units.count;
    uint8_t before = 0; /* of the last word */
    bool gap = false;
    while (unit < end) {
        struct unit *first = unit++;
        if (first->spaced && first->shaped->places) { /* most are so: what is below, for one word */
            const uint8_t kinds = first->shaped->places;
            if (gap && places[first->from] != PLACE_NEVER)
                places[first->from] = kinds & WORD_CLOSES || before & WORD_OPENS ? PLACE_NEVER : PLACE_SPACE;
            if (kinds & WORD_INSIDE)
                find_inside(setting, first, unit);
            before = kinds;
            gap = true;
            continue;
        }
        if (is_gap(first)) {
            gap = true;
            continue;
        }
        while (unit < end && !unit[-1].spaced && !is_gap(unit))
            unit++;
        const bool whole = unit == first + 1 && first->space == SPACE_NONE && first->shaped->places;
        const uint8_t kinds =
            whole ? first->shaped->places : places_of_word(str_slice(text, first->from, unit[-1].to));
        if (gap && places[first->from] != PLACE_NEVER)
            places[first->from] = kinds & WORD_CLOSES || before & WORD_OPENS ? PLACE_NEVER : PLACE_SPACE;
        if (kinds & WORD_INSIDE)
            find_inside(setting, first, unit);
        before = kinds;
        gap = unit[-1].spaced;
    }
}

void places_open(struct setting *setting)
{
    if (setting->para->has_inside || setting->has_fixed)
        find_all_places(setting);
    else
        find_places(setting);
    setting->placed = true;
}

/* Never inside a ligature; and where letters make syllables (Devanagari and its kin) only between these. */
static bool may_open(const struct item *item, uint8_t start)
{
    bool plain = item->level & 1 || shaper_is_simple(item);
    return start == 1 || (plain && start != 0);
}

/* Opens places in bytes [from, to): after sensible signs and spaces, else between clusters not too close
 * together. */
static void open_between(struct setting *setting, size_t *unit_index, uint32_t from, uint32_t to,
                         int64_t part_mpt, struct ruler *ruler)
{
    struct str text = setting->para->text;
    uint8_t *places = setting->para->places;
    int64_t since = 0; /* width since the last place */
    while (setting->units.items[*unit_index].to <= from)
        ++*unit_index;
    for (size_t i = *unit_index; i < setting->units.count && setting->units.items[i].from < to; i++) {
        struct unit *unit = &setting->units.items[i];
        const struct item *item = &setting->items.items[unit->item];
        if (unit->from > from && places[unit->from] <= PLACE_NEVER && since >= part_mpt) {
            places[unit->from] = unit[-1].space != SPACE_NONE ? PLACE_SPACE : PLACE_CLUSTER;
            since = 0;
        }
        if (unit->space != SPACE_NONE || unit->forced) {
            since += unit->width_mpt;
            continue;
        }
        ruler_set(ruler, unit, setting->scratch);
        unit->has_places = true;
        int64_t last = -since;
        for (uint32_t at = unit->from, next; at < unit->to && at < to; at = next) {
            next = cluster_end((struct str){text.p, unit->to}, at);
            if (at <= from || at == unit->from || places[at] > PLACE_NEVER)
                continue;
            int64_t x = ruler_width(ruler, item, at - unit->from);
            bool syllable_is_wide = x - last >= part_mpt * PART_MOST / 4; /* better torn than off the page */
            if (!may_open(item, ruler->start[at - unit->from]) && !syllable_is_wide)
                continue;
            bool sensible = text.p[at - 1] && strchr("/.-_?&=#@:,;+", text.p[at - 1]);
            if (x - last < part_mpt && !sensible)
                continue;
            if (x - last >= part_mpt)
                last = x;
            places[at] = sensible && at + 1 < to ? PLACE_ADDRESS : PLACE_CLUSTER;
        }
        since = unit->width_mpt - last;
    }
}

bool candidates_open_wide(struct setting *setting, int64_t width_mpt)
{
    if (setting->candidates.widest_mpt <= width_mpt)
        return false;
    struct ruler ruler = {0};
    bool any = false;
    size_t unit = 0;
    for (size_t i = 1; i < setting->candidates.count; i++) {
        const struct candidate *a = &setting->candidates.items[i - 1], *b = a + 1;
        if (candidates_width(a, b) <= width_mpt || a->start >= b->end)
            continue;
        if (!any)
            units_part(setting);
        open_between(setting, &unit, a->start, b->end, width_mpt / PART_MOST, &ruler);
        any = true;
    }
    return any;
}
