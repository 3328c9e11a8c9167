/* Candidates for line ends, with all that a line breaker needs to know of them. */
#include "text/unit.h"

#include "text/margin.h"
#include "text/packed.h"
#include "text/ruler.h"

enum {
    EXACT_BYTES = 256, /* in longer units breaks inside are measured roughly, on the safe side */
    EXACT_BREAKS = 8   /* as are those after so many in a unit: shaping anew for each would be quadratic */
};

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

/* A place inside a unit or at its end: what stands before it. */
struct inside {
    int64_t width_mpt;
    uint32_t glyph; /* of plain glyphs: how many */
    bool unsafe;    /* a line may not simply be broken there, */
    bool joined;    /* for it is inside a ligature */
};

static struct inside inside_of(const struct ruler *ruler, const struct item *item, uint32_t offset)
{
    return (struct inside){.width_mpt = ruler_width(ruler, item, offset),
                           .unsafe = ruler->start[offset] != 1,
                           .joined = !ruler->start[offset]};
}

/* What breaking a unit at a byte adds on both sides. Where it is not measured, an eighth of an em is allowed
 * for kerning that is no more, and an em for a ligature that is broken. */
static void measure_break(struct setting *setting, const struct unit *unit, const struct inside *inside,
                          struct candidate *candidate, unsigned *measured)
{
    const struct item *item = &setting->items.items[unit->item];
    const uint32_t at = candidate->end;
    bool hyphen = place_has_hyphen(candidate->place);
    if (hyphen && setting->hangs)
        candidate->end_hang = hyphen_hang(setting, item);
    if (!hyphen && !inside->unsafe)
        return;
    if (unit->to - unit->from > EXACT_BYTES || candidate->place == PLACE_CLUSTER ||
        *measured >= EXACT_BREAKS) {
        candidate->end_extra =
            (inside->joined ? item->size_mpt : item->size_mpt / 8) + (hyphen ? item->size_mpt / 2 : 0);
        candidate->start_extra = inside->joined ? item->size_mpt : 0;
        return;
    }
    ++*measured;
    struct shaped_part parts[2];
    const struct str word = str_slice(setting->para->text, unit->from, unit->to);
    int64_t before, behind = 0;
    if (shaper_parts(item, unit->shaped, word, inside->glyph, at - unit->from, hyphen, &parts[0],
                     &parts[1])) {
        before = width_of(parts[0].units, parts[0].clusters, item);
        behind = width_of(parts[1].units, parts[1].clusters, item);
    } else {
        before = part_width(setting, item, unit->from, at, hyphen);
        if (inside->unsafe)
            behind = part_width(setting, item, at, unit->to, false);
    }
    candidate->end_extra = clamp32(before - inside->width_mpt);
    if (inside->unsafe)
        candidate->start_extra = clamp32(behind - (unit->width_mpt - inside->width_mpt));
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
    if (hyphen && (before->spaced || !may_hyphenate(walk->setting, before)))
        return;
    struct candidate *candidate = &list->items[list->count - 1];
    if (walk->last || place == PLACE_FORCED) {
        candidate = push_end(walk, place);
        unsigned measured = 0;
        if (hyphen && candidate->end == before->to)
            measure_break(walk->setting, before,
                          &(struct inside){before->width_mpt, before->shaped->count, false, false}, candidate,
                          &measured);
    }
    set_start(walk, candidate, unit->from);
    candidate->start_hang = start_hang(walk->setting, unit, unit->from);
    if (place == PLACE_FORCED) {
        walk->last = NULL;
        walk->end = walk->here;
        walk->end_at = unit->from;
    }
}

/* The walk over the places inside a unit: by its glyphs as long as they are linked, else by a ruler. */
struct walk_inside {
    uint32_t glyph, cluster; /* what was passed */
    bool ruled;
};

static struct inside look_inside(struct walk *walk, struct walk_inside *in, const struct unit *unit,
                                 uint32_t offset)
{
    const struct item *item = &walk->setting->items.items[unit->item];
    const struct shaped *shaped = unit->shaped;
    while (!in->ruled && shaped->linked && in->cluster < offset && ++in->glyph < shaped->count)
        in->cluster += shaped->plain_glyphs[in->glyph].packed >> PACKED_STEP_SHIFT;
    if (!in->ruled && shaped->linked && in->cluster == offset)
        return (struct inside){.width_mpt =
                                   width_of(shaped->plain_glyphs[in->glyph - 1].end, in->glyph, item),
                               .glyph = in->glyph,
                               .unsafe = shaped->unsafe >> in->glyph & 1};
    if (!in->ruled)
        ruler_set(&walk->ruler, unit, walk->setting->scratch);
    in->ruled = true;
    return inside_of(&walk->ruler, item, offset);
}

static void places_inside(struct walk *walk, const struct unit *unit)
{
    struct setting *setting = walk->setting;
    const uint8_t *places = setting->para->places;
    const struct item *item = &setting->items.items[unit->item];
    struct walk_inside in = {0};
    unsigned measured = 0;
    for (uint32_t at = unit->from + 1; at < unit->to; at++) {
        if (places[at] <= PLACE_NEVER || (place_has_hyphen(places[at]) && !may_hyphenate(setting, unit)))
            continue;
        const struct inside inside = look_inside(walk, &in, unit, at - unit->from);
        const int64_t part = inside.width_mpt;
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
        measure_break(setting, unit, &inside, candidate, &measured);
    }
}

static inline bool is_content(const struct unit *unit)
{
    return unit->space == SPACE_NONE || unit->space == SPACE_JOINING;
}

/* Passes a unit, which is no forced break: its part in the sums. */
static inline void walk_over(struct walk *walk, const struct unit *unit)
{
    struct sums here = walk->here;
    here.mpt += unit->width_mpt;
    if (walk->setting->has_square && walk->setting->items.items[unit->item].square)
        here.rigid += unit->width_mpt;
    if (is_content(unit)) {
        here.flex += unit->flexible && !unit->spaced ? unit->width_mpt : 0;
        walk->last = unit;
        walk->end = here;
        walk->end_at = unit->to;
        here.mpt += unit->gap_mpt;
        here.flex += unit->flexible && unit->spaced ? unit->gap_mpt : 0;
    } else if (unit->flexible) {
        here.flex += unit->width_mpt;
    }
    walk->here = here;
}

/* The same of any unit, with the places inside of it. */
static inline void walk_through(struct walk *walk, const struct unit *unit)
{
    if (unit->forced)
        return;
    if (unit->has_places)
        places_inside(walk, unit);
    walk_over(walk, unit);
}

/* A word with nothing to be looked for in it. */
static inline bool is_whole_word(const struct unit *unit)
{
    return !(unit->space | unit->forced | unit->has_places);
}

/* Words behind spaces, as most are: what place_before and walk_over do, with the sums at hand. Where
 * something else comes. */
static const struct unit *push_words(struct walk *walk, const struct unit *unit, const struct unit *end)
{
    struct setting *setting = walk->setting;
    const uint8_t *places = setting->para->places;
    const char *text = setting->para->text.p;
    const bool hangs = setting->hangs;
    struct candidates_list *list = &setting->candidates;
    const struct candidate *before = &list->items[list->count - 1];
    int64_t start_mpt = before->start_sums.mpt - before->start_extra + before->start_hang;
    int64_t widest_mpt = list->widest_mpt;
    const struct sums rest = walk->here; /* mpt and flex apart it stays as it is */
    int64_t mpt = rest.mpt, flex = rest.flex, end_mpt = walk->end.mpt, end_flex = walk->end.flex;
    uint32_t end_at = walk->end_at;
    const struct unit *last = walk->last;
    for (; unit < end && places[unit->from] == PLACE_SPACE && is_whole_word(unit); unit++) {
        struct candidate *candidate = push_candidate(setting);
        candidate->end = end_at;
        candidate->start = unit->from;
        candidate->end_sums = (struct sums){end_mpt, end_flex, rest.gaps, rest.rigid};
        candidate->start_sums = (struct sums){mpt, flex, rest.gaps, rest.rigid};
        candidate->end_extra = candidate->start_extra = 0;
        candidate->place = PLACE_SPACE;
        int32_t end_hang_mpt = 0, start_hang_mpt = 0;
        if (hangs) {
            if (!margin_is_straight((unsigned char)text[end_at - 1]))
                end_hang_mpt = hang_of(setting, &setting->items.items[last->item], end_at);
            if (!margin_is_straight((unsigned char)text[unit->from]))
                start_hang_mpt = start_hang(setting, unit, unit->from);
        }
        candidate->end_hang = end_hang_mpt;
        candidate->start_hang = start_hang_mpt;
        const int64_t width_mpt = end_mpt - end_hang_mpt - start_mpt;
        widest_mpt = width_mpt > widest_mpt ? width_mpt : widest_mpt;
        start_mpt = mpt + start_hang_mpt;
        end_mpt = mpt + unit->width_mpt;
        end_flex = flex;
        end_at = unit->to;
        mpt = end_mpt + unit->gap_mpt;
        flex += unit->flexible ? unit->gap_mpt : 0;
        last = unit;
    }
    walk->here.mpt = mpt;
    walk->here.flex = flex;
    if (last != walk->last)
        walk->end = (struct sums){end_mpt, end_flex, rest.gaps, rest.rigid};
    walk->end_at = end_at;
    walk->last = last;
    list->widest_mpt = widest_mpt;
    return unit;
}

/* What stands between candidates from one on and those before them. */
static void note_widths(struct candidates_list *list, size_t from)
{
    for (size_t i = from; i < list->count; i++) {
        const int64_t width_mpt = candidates_width(&list->items[i - 1], &list->items[i]);
        list->widest_mpt = width_mpt > list->widest_mpt ? width_mpt : list->widest_mpt;
    }
}

void candidates_find(struct setting *setting)
{
    struct walk walk = {.setting = setting};
    struct candidates_list *list = &setting->candidates;
    const uint8_t *places = setting->para->places;
    list->count = 0;
    list->widest_mpt = 0;
    if (!setting->units.count)
        return;
    if (!setting->placed)
        places_open(setting);
    const struct unit *first = setting->units.items, *end = first + setting->units.count;
    if (!list->cap) { /* most often units are words, of which some are torn */
        list->cap = setting->units.count + setting->units.count / 2 + 4;
        list->items = ARENA_ROOM(setting->scratch, struct candidate, list->cap);
    }
    *push_candidate(setting) = (struct candidate){.start_hang = start_hang(setting, first, first->from)};
    walk_through(&walk, first);
    size_t noted = 1;
    for (const struct unit *unit = first + 1; unit < end;) {
        const uint8_t place = places[unit->from];
        if (place == PLACE_SPACE && walk.last && is_whole_word(unit) && !setting->has_square) {
            note_widths(list, noted);
            unit = push_words(&walk, unit, end);
            noted = list->count;
            continue;
        }
        if (place > PLACE_NEVER)
            place_before(&walk, unit, place);
        walk_through(&walk, unit++);
    }
    if (walk.last || end[-1].forced)
        set_start(&walk, push_end(&walk, PLACE_FORCED), (uint32_t)setting->para->text.n);
    note_widths(list, noted);
}

bool candidates_of_one_line(struct setting *setting, int64_t width_mpt)
{
    if (!setting->units.count)
        return false;
    const struct unit *first = setting->units.items, *end = first + setting->units.count, *last = NULL;
    int64_t mpt = 0;
    struct walk walk = {.setting = setting};
    setting->candidates.count = 0;
    for (const struct unit *unit = first; unit < end; unit++) {
        if (unit->forced || mpt > width_mpt)
            return false;
        last = is_content(unit) ? unit : last;
        mpt += unit->width_mpt + (unit + 1 < end ? unit->gap_mpt : 0);
        if (!last)
            return false;
    }
    if (!last)
        return false;
    for (const struct unit *unit = first; unit < end; unit++)
        walk_over(&walk, unit);
    setting->candidates.cap = setting->units.count + 4;
    setting->candidates.items = ARENA_ROOM(setting->scratch, struct candidate, setting->candidates.cap);
    *push_candidate(setting) = (struct candidate){.start_hang = start_hang(setting, first, first->from)};
    set_start(&walk, push_end(&walk, PLACE_FORCED), (uint32_t)setting->para->text.n);
    if (candidates_width(setting->candidates.items, &setting->candidates.items[1]) <= width_mpt)
        return true;
    setting->candidates.count = 0;
    return false;
}
