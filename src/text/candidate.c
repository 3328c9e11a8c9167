/* Candidates for line ends, with all that a line breaker needs to know of them. */
#include "text/unit.h"

#include <hb.h>

#include <string.h>

#include "text/margin.h"

enum {
    EXACT_BYTES = 256, /* in longer units breaks inside are measured roughly, on the safe side */
    EXACT_BREAKS = 8,  /* as are those after so many in a unit: shaping anew for each would be quadratic */
    PART_MOST = 32     /* parts of a line between emergency breaks, so that their number is bounded */
};

/* Running sums inside one unit, by byte. */
struct ruler {
    int64_t *advance; /* font units before the byte */
    uint32_t *clusters;
    uint8_t *start; /* 1: a cluster starts here; 2: but the line may not simply be broken before it */
    size_t cap;
};

static void ruler_set(struct ruler *ruler, const struct unit *unit, struct arena *scratch)
{
    size_t n = unit->to - unit->from;
    if (n + 1 > ruler->cap) {
        ruler->cap = n + 1;
        ruler->advance = ARENA_ARRAY(scratch, int64_t, ruler->cap);
        ruler->clusters = ARENA_ARRAY(scratch, uint32_t, ruler->cap);
        ruler->start = arena_alloc(scratch, ruler->cap);
    }
    memset(ruler->advance, 0, (n + 1) * sizeof ruler->advance[0]);
    memset(ruler->start, 0, n + 1);
    for (size_t i = 0; i < unit->shaped->count; i++) {
        const struct shaped_glyph *glyph = &unit->shaped->glyphs[i];
        if (glyph->cluster >= n)
            continue;
        ruler->advance[glyph->cluster] += glyph->advance;
        ruler->start[glyph->cluster] |= glyph->unsafe ? 3 : 1;
    }
    int64_t sum = 0;
    uint32_t clusters = 0;
    for (size_t i = 0; i <= n; i++) {
        int64_t here = ruler->advance[i];
        ruler->advance[i] = sum;
        ruler->clusters[i] = clusters;
        sum += here;
        clusters += ruler->start[i] != 0;
    }
    /* Some fonts join letters of many syllables: inside of that the width is shared out. */
    for (size_t i = 0, from = 0; i <= n; i++) {
        if (i < n && !ruler->start[i])
            continue;
        for (size_t at = from + 1; at < i; at++)
            ruler->advance[at] = ruler->advance[from] +
                                 (ruler->advance[i] - ruler->advance[from]) * (int64_t)(at - from) / (int64_t)(i - from);
        from = i;
    }
}

static int64_t ruler_width(const struct ruler *ruler, const struct item *item, uint32_t offset)
{
    return scale_mpt(ruler->advance[offset], item->face, item->size_mpt) +
           (int64_t)item->tracking_mpt * ruler->clusters[offset];
}

static int32_t clamp32(int64_t value)
{
    return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : (int32_t)value;
}

static int64_t part_width(struct setting *setting, const struct item *item, uint32_t from, uint32_t to,
                          bool hyphen)
{
    const struct shaped *shaped =
        shaper_shape(setting->shaper, setting->scratch, item, setting->para->text, from, to, hyphen);
    return shaped_width(shaped, item);
}

/* Of the words of one item all hyphens hang alike. */
static int32_t hyphen_hang(struct setting *setting, const struct item *item)
{
    struct known_hang *known = &setting->known_hangs[KNOWN_HANGS];
    if (known->item != item)
        *known = (struct known_hang){item, '-', margin_hyphen_mpt(item)};
    return known->mpt;
}

/* What breaking a unit at a byte adds on both sides. Where it is not measured, an eighth of an em is allowed
 * for kerning that is no more, and an em for a ligature that is broken. */
static void measure_break(struct setting *setting, const struct unit *unit, const struct ruler *ruler,
                          struct candidate *candidate, unsigned *measured)
{
    const struct item *item = &setting->items.items[unit->item];
    uint32_t at = candidate->end, offset = at - unit->from;
    bool hyphen = place_has_hyphen(candidate->place);
    bool inside = ruler->start && at < unit->to;
    bool unsafe = inside && ruler->start[offset] != 1;
    if (hyphen && setting->hangs)
        candidate->end_hang = hyphen_hang(setting, item);
    if (!hyphen && !unsafe)
        return;
    if (unit->to - unit->from > EXACT_BYTES || candidate->place == PLACE_CLUSTER ||
        *measured >= EXACT_BREAKS) {
        bool ligature = unsafe && !ruler->start[offset];
        candidate->end_extra =
            (ligature ? item->size_mpt : item->size_mpt / 8) + (hyphen ? item->size_mpt / 2 : 0);
        candidate->start_extra = ligature ? item->size_mpt : 0;
        return;
    }
    ++*measured;
    int64_t before = inside ? ruler_width(ruler, item, offset) : unit->width_mpt;
    candidate->end_extra = clamp32(part_width(setting, item, unit->from, at, hyphen) - before);
    if (unsafe)
        candidate->start_extra =
            clamp32(part_width(setting, item, at, unit->to, false) - (unit->width_mpt - before));
}

/* A hyphen can be set after the unit's text. */
static bool may_hyphenate(const struct setting *setting, const struct unit *unit)
{
    const struct item *item = &setting->items.items[unit->item];
    return item->face->hyphen[0] && !item->missing && !(item->level & 1) && unit->space == SPACE_NONE &&
           !unit->forced;
}

/* Where the walk over the units has come to. */
struct walk {
    struct setting *setting;
    struct ruler ruler;
    struct sums here;        /* up to the current unit */
    const struct item *item; /* of the unit before, number */
    uint32_t index;
    struct sums end;         /* up to the end of the content so far, */
    uint32_t end_at;         /* which is there, */
    const struct unit *last; /* in this unit; NULL: there is none since the last forced end */
};

static int32_t start_hang(const struct setting *setting, const struct unit *unit, uint32_t at)
{
    return setting->hangs ? margin_start_mpt(&setting->items.items[unit->item], setting->para->text, at) : 0;
}

/* Commas and stops come again and again. */
static int32_t hang_of(struct setting *setting, const struct item *item, uint32_t end)
{
    struct str text = setting->para->text;
    unsigned char sign = (unsigned char)text.p[end - 1];
    if (sign >= 0x80)
        return margin_end_mpt(item, text, end);
    struct known_hang *known = &setting->known_hangs[sign % KNOWN_HANGS];
    if (known->item != item || known->sign != sign)
        *known = (struct known_hang){item, sign, margin_end_mpt(item, text, end)};
    return known->mpt;
}

/* Letters do not hang. */
static inline int32_t end_hang(struct setting *setting, const struct unit *unit, uint32_t end)
{
    if (!setting->hangs || !end || margin_is_straight((unsigned char)setting->para->text.p[end - 1]))
        return 0;
    return hang_of(setting, &setting->items.items[unit->item], end);
}

/* Passes a unit, which is no forced break: its part in the sums. */
static inline void walk_over(struct walk *walk, const struct unit *unit)
{
    if (!walk->item || unit->item != walk->index) {
        walk->index = unit->item;
        walk->item = &walk->setting->items.items[unit->item];
    }
    walk->here.mpt += unit->width_mpt;
    if (walk->item->square)
        walk->here.rigid += unit->width_mpt;
    if ((unit->space == SPACE_FLEXIBLE || unit->space == SPACE_JOINING) &&
        !walk->item->face->shown.fixed_pitch)
        walk->here.flex += unit->width_mpt;
    if (unit->space != SPACE_NONE && unit->space != SPACE_JOINING)
        return;
    walk->last = unit;
    walk->end = walk->here;
    walk->end_at = unit->to;
}

static inline struct candidate *push_candidate(struct setting *setting)
{
    struct candidates_list *list = &setting->candidates;
    if (list->count == list->cap)
        list->items = arena_grow(setting->scratch, list->items, list->count, &list->cap, sizeof *list->items);
    return &list->items[list->count++];
}

/* A line may end where the content so far does. */
static inline struct candidate *push_end(struct walk *walk, uint8_t place)
{
    struct candidate *candidate = push_candidate(walk->setting);
    candidate->end = walk->end_at;
    candidate->end_sums = walk->end;
    candidate->end_extra = candidate->start_extra = 0;
    candidate->end_hang = walk->last ? end_hang(walk->setting, walk->last, walk->end_at) : 0;
    candidate->start_hang = 0;
    candidate->place = place;
    return candidate;
}

static inline void set_start(const struct walk *walk, struct candidate *candidate, uint32_t at)
{
    candidate->start = at;
    candidate->start_sums = walk->here;
}

/* The candidate at a unit's start. Without content before it, the line's start only moves past the spaces. */
static inline void place_before(struct walk *walk, const struct unit *unit, uint8_t place)
{
    struct candidates_list *list = &walk->setting->candidates;
    const struct unit *before = unit - 1;
    const bool hyphen = place_has_hyphen(place);
    if (hyphen && !may_hyphenate(walk->setting, before))
        return;
    struct candidate *candidate = &list->items[list->count - 1];
    if (walk->last || place == PLACE_FORCED) {
        candidate = push_end(walk, place);
        unsigned measured = 0;
        if (hyphen && candidate->end == before->to)
            measure_break(walk->setting, before, &walk->ruler, candidate, &measured);
    }
    set_start(walk, candidate, unit->from);
    candidate->start_hang = start_hang(walk->setting, unit, unit->from);
    if (place == PLACE_FORCED) {
        walk->last = NULL;
        walk->end = walk->here;
        walk->end_at = unit->from;
    }
}

static void places_inside(struct walk *walk, const struct unit *unit)
{
    struct setting *setting = walk->setting;
    const uint8_t *places = setting->para->places;
    const struct item *item = &setting->items.items[unit->item];
    bool ruled = false;
    unsigned measured = 0;
    for (uint32_t at = unit->from + 1; at < unit->to; at++) {
        if (places[at] <= PLACE_NEVER || (place_has_hyphen(places[at]) && !may_hyphenate(setting, unit)))
            continue;
        if (!ruled)
            ruler_set(&walk->ruler, unit, setting->scratch);
        ruled = true;
        int64_t part = ruler_width(&walk->ruler, item, at - unit->from);
        struct candidate *candidate = push_candidate(setting);
        *candidate = (struct candidate){.end = at,
                                        .start = at,
                                        .end_sums = walk->here,
                                        .end_hang = end_hang(setting, unit, at),
                                        .start_hang = start_hang(setting, unit, at),
                                        .place = places[at]};
        candidate->end_sums.mpt += part;
        candidate->end_sums.rigid += item->square ? part : 0;
        candidate->start_sums = candidate->end_sums;
        if (places[at] == PLACE_BETWEEN)
            walk->here.gaps += gap_mpt(item);
        candidate->start_sums.gaps = walk->here.gaps;
        measure_break(setting, unit, &walk->ruler, candidate, &measured);
    }
}

/* Whether a line may end somewhere inside. */
static bool has_places(const struct para *para, uint32_t from, uint32_t to)
{
    for (uint32_t at = from + 1; at < to; at++)
        if (para->places[at] > PLACE_NEVER)
            return true;
    return false;
}

/* Opens the places that characters ask for. */
static void find_places(struct setting *setting)
{
    const struct para *para = setting->para;
    bool inside = places_find(para->text, para->places) || para->has_inside;
    setting->placed = true;
    for (size_t i = 0; inside && i < setting->units.count; i++) {
        struct unit *unit = &setting->units.items[i];
        unit->has_places =
            unit->space == SPACE_NONE && !unit->forced && has_places(para, unit->from, unit->to);
    }
}

void candidates_find(struct setting *setting)
{
    if (!setting->placed)
        find_places(setting);
    struct walk walk = {.setting = setting};
    const uint8_t *places = setting->para->places;
    setting->candidates.count = 0;
    if (!setting->units.count)
        return;
    const struct unit *first = setting->units.items, *end = first + setting->units.count;
    if (!setting->candidates.cap) { /* most often a space is every other unit, and of words some are torn */
        setting->candidates.cap = setting->units.count + 4;
        setting->candidates.items = ARENA_ROOM(setting->scratch, struct candidate, setting->candidates.cap);
    }
    *push_candidate(setting) =
        (struct candidate){.start_hang = start_hang(setting, first, first->from)};
    for (const struct unit *unit = first; unit < end; unit++) {
        if (unit > first && places[unit->from] > PLACE_NEVER)
            place_before(&walk, unit, places[unit->from]);
        if (unit->forced)
            continue;
        if (unit->has_places)
            places_inside(&walk, unit);
        walk_over(&walk, unit);
    }
    if (walk.last || end[-1].forced)
        set_start(&walk, push_end(&walk, PLACE_FORCED), (uint32_t)setting->para->text.n);
}

bool candidates_of_one_line(struct setting *setting, int64_t width_mpt)
{
    struct walk walk = {.setting = setting};
    setting->candidates.count = 0;
    for (size_t i = 0; i < setting->units.count; i++) {
        const struct unit *unit = &setting->units.items[i];
        if (unit->forced || walk.here.mpt > width_mpt)
            return false;
        walk_over(&walk, unit);
        if (!walk.last)
            return false;
    }
    if (!walk.last)
        return false;
    const struct unit *first = setting->units.items;
    setting->candidates.cap = setting->units.count + 4;
    setting->candidates.items = ARENA_ROOM(setting->scratch, struct candidate, setting->candidates.cap);
    *push_candidate(setting) = (struct candidate){.start_hang = start_hang(setting, first, first->from)};
    set_start(&walk, push_end(&walk, PLACE_FORCED), (uint32_t)setting->para->text.n);
    if (candidates_width(setting->candidates.items, &setting->candidates.items[1]) <= width_mpt)
        return true;
    setting->candidates.count = 0;
    return false;
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
    struct ruler ruler = {0};
    bool any = false;
    size_t unit = 0;
    for (size_t i = 1; i < setting->candidates.count; i++) {
        const struct candidate *a = &setting->candidates.items[i - 1], *b = a + 1;
        if (candidates_width(a, b) <= width_mpt || a->start >= b->end)
            continue;
        open_between(setting, &unit, a->start, b->end, width_mpt / PART_MOST, &ruler);
        any = true;
    }
    return any;
}
