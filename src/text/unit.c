/* Words and spaces, shaped one by one. */
#include "text/unit.h"

#include <string.h>

#include "base/bytes16.h"
#include "base/utf8.h"
#include "text/plain.h"
#include "text/words.h"

enum {
    UNIT_MOST =
        2048, /* bytes; longer words are shaped in parts, which bounds what one call of the shaper does */
    UNITS_FIRST = 1024
};

/* Bytes that may begin a space or a forced break. */
static const bool begins_space[256] = {
    [' '] = true, [0xC2] = true, [0xE1] = true, [0xE2] = true, [0xE3] = true};

enum { LOOKED_AT = 16 }; /* PARA_BEHIND */

/* How many of so many bytes stand before the first that is U+0020 or not of ASCII; all, if there is none. */
static inline uint32_t before_space(const char *p)
{
    const bytes16 bytes = bytes16_at(p);
    return bytes16_first(bytes16_bits(bytes16_is(bytes, ' ') | bytes) | 1U << LOOKED_AT);
}

/* Where the next byte from one on stands that may begin a space; to: there is none. */
static inline uint32_t space_after(const char *p, uint32_t at, uint32_t to)
{
    for (uint32_t n; at < to; at++) {
        while ((n = before_space(p + at)) == LOOKED_AT && at + LOOKED_AT < to)
            at += LOOKED_AT;
        at += n;
        if (at >= to || begins_space[(unsigned char)p[at]])
            break;
    }
    return at < to ? at : to;
}

/* The kind of space at a byte, and whether it is a forced break. */
static enum space space_at(struct str text, uint32_t at, uint32_t *bytes, bool *forced)
{
    *bytes = 1;
    *forced = false;
    if (text.p[at] == ' ')
        return SPACE_FLEXIBLE;
    size_t end = at;
    int32_t code_point = utf8_next(text, &end);
    *bytes = (uint32_t)end - at;
    *forced = code_point == 0x2028;
    return code_point < 0 ? SPACE_NONE : space_kind((uint32_t)code_point);
}

/* An item being cut. */
struct cutter {
    struct setting *setting;
    uint32_t item;
    struct word_source source;
    bool plain;        /* its words may be */
    struct unit space; /* the last U+0020, if shaped is set */
};

static inline struct unit *push_unit(struct setting *setting)
{
    if (setting->units.count == setting->units.cap)
        setting->units.items = arena_grow(setting->scratch, setting->units.items, setting->units.count,
                                          &setting->units.cap, sizeof *setting->units.items);
    return &setting->units.items[setting->units.count++];
}

static inline const struct shaped *shape(const struct cutter *cutter, uint32_t from, uint32_t to)
{
    const struct setting *setting = cutter->setting;
    const struct word_source *source = &cutter->source;
    const struct str text = setting->para->text, word = {text.p + from, to - from};
    if (!source->words || word.n > WORD_LONGEST)
        return shaper_shape(setting->shaper, setting->scratch, source->item, text, from, to, false);
    uint64_t hash;
    const struct word_begin begin = words_begin_near(word.p, word.n);
    const struct shaped *known = words_find(source->words, source->key, source->seed, &begin, word, &hash);
    return known ? known : shaper_add(setting->shaper, setting->scratch, source, word, hash);
}

static inline struct unit *add_unit(const struct cutter *cutter, uint32_t from, uint32_t to, enum space space)
{
    struct setting *setting = cutter->setting;
    const struct item *item = cutter->source.item;
    struct unit *unit = push_unit(setting);
    const struct shaped *shaped = shape(cutter, from, to);
    *unit = (struct unit){.from = from,
                          .to = to,
                          .item = cutter->item,
                          .space = (uint8_t)space,
                          .flexible = (space == SPACE_FLEXIBLE || space == SPACE_JOINING) &&
                                      !item->face->shown.fixed_pitch,
                          .plain = cutter->plain && plain_has(item, shaped),
                          .shaped = shaped,
                          .width_mpt = shaped_width(shaped, item)};
    return unit;
}

/* The parts of a word. */
static void add_long_word(const struct cutter *cutter, uint32_t from, uint32_t to)
{
    const struct str part = {cutter->setting->para->text.p, to};
    while (from < to) {
        uint32_t end = to;
        if (to - from > UNIT_MOST)
            for (end = from; end - from < UNIT_MOST;)
                end = cluster_end(part, end);
        add_unit(cutter, from, end, SPACE_NONE);
        from = end;
    }
}

static inline void add_word(const struct cutter *cutter, uint32_t from, uint32_t to)
{
    if (to - from > UNIT_MOST)
        add_long_word(cutter, from, to);
    else if (from < to)
        add_unit(cutter, from, to, SPACE_NONE);
}

/* A space: those of an item that are U+0020 look alike, where letters depend only on their neighbours in the
 * word. */
static inline void add_space(struct cutter *cutter, uint32_t from, uint32_t to, enum space space)
{
    bool alike = space == SPACE_FLEXIBLE && cutter->source.words;
    if (!alike || !cutter->space.shaped) {
        const struct unit *unit = add_unit(cutter, from, to, space);
        if (alike)
            cutter->space = *unit;
        return;
    }
    struct unit *unit = push_unit(cutter->setting);
    *unit = cutter->space;
    unit->from = from;
    unit->to = to;
}

/* Whether the space behind words is plain, and how wide it is. */
static bool find_gap(const struct cutter *cutter, struct item *item)
{
    const struct setting *setting = cutter->setting;
    struct word_key *key = cutter->source.key;
    if (!cutter->plain || !key)
        return false;
    const struct shaped *gap = key->space;
    if (!gap)
        gap = shaper_shape(setting->shaper, setting->scratch, item, STR(" "), 0, 1, false);
    key->space = gap->kept ? gap : NULL;
    if (!gap->plain || gap->count != 1 || !plain_has(item, gap))
        return false;
    item->gap = gap;
    item->gap_mpt = (int32_t)shaped_width(gap, item);
    return true;
}

/* Where a word ends: at a space, a forced break, or to. */
static inline uint32_t word_end(struct str text, uint32_t at, uint32_t to)
{
    for (;;) {
        at = space_after(text.p, at, to);
        if (at >= to || text.p[at] == ' ')
            return at;
        uint32_t bytes;
        bool forced;
        if (space_at(text, at, &bytes, &forced) != SPACE_NONE || forced)
            return at;
        at += bytes;
    }
}

/* Words with one space behind each, from one byte on; where something else comes. */
static uint32_t cut_plain(const struct cutter *cutter, uint32_t from)
{
    struct setting *setting = cutter->setting;
    const struct item *item = cutter->source.item;
    const struct word_source source = cutter->source;
    const char *p = setting->para->text.p;
    const uint32_t to = item->to;
    const struct unit alike = {.item = cutter->item,
                               .space = SPACE_NONE,
                               .flexible = !item->face->shown.fixed_pitch,
                               .plain = true,
                               .spaced = true,
                               .gap_mpt = item->gap_mpt};
    for (;;) {
        uint32_t at = from < to ? from + before_space(p + from) : to;
        if (at >= to || p[at] != ' ')
            at = word_end(setting->para->text, at < to ? at : to, to);
        const struct str word = {p + from, at - from};
        if (at >= to || p[at] != ' ' || word.n - 1 >= WORD_LONGEST)
            return from;
        uint64_t hash;
        const struct word_begin begin = words_begin_near(word.p, word.n);
        const struct shaped *shaped = words_find(source.words, source.key, source.seed, &begin, word, &hash);
        if (!shaped)
            shaped = shaper_add(setting->shaper, setting->scratch, &source, word, hash);
        if (!plain_has(item, shaped))
            return from;
        struct unit *unit = push_unit(setting);
        *unit = alike;
        unit->from = from;
        unit->to = at;
        unit->shaped = shaped;
        unit->width_mpt = plain_width(item, shaped);
        from = at + 1;
    }
}

static void cut_item(struct setting *setting, uint32_t index)
{
    struct item *item = &setting->items.items[index];
    struct cutter cutter = {.setting = setting,
                            .item = index,
                            .source = shaper_source(setting->shaper, item),
                            .plain = plain_is(item)};
    struct str text = setting->para->text;
    uint32_t to = item->to, word = item->from;
    setting->has_square |= item->square;
    const bool has_gap = find_gap(&cutter, item);
    for (uint32_t at = word, bytes; at < to; at += bytes) {
        bool forced;
        if (has_gap && at == word)
            at = word = cut_plain(&cutter, word);
        at = space_after(text.p, at, to);
        if (at >= to)
            break;
        enum space space = space_at(text, at, &bytes, &forced);
        if (space == SPACE_NONE && !forced)
            continue;
        add_word(&cutter, word, at);
        word = at + bytes;
        if (forced)
            *push_unit(setting) = (struct unit){.from = at, .to = word, .item = index, .forced = true};
        else
            add_space(&cutter, at, word, space);
        setting->has_fixed |= space == SPACE_FIXED;
    }
    add_word(&cutter, word, to);
}

void units_part(struct setting *setting)
{
    size_t count = 0;
    if (setting->parted)
        return;
    setting->parted = true;
    for (size_t i = 0; i < setting->units.count; i++)
        count += setting->units.items[i].spaced ? 2 : 1;
    struct unit *units = ARENA_ROOM(setting->scratch, struct unit, count), *to = units;
    for (size_t i = 0; i < setting->units.count; i++) {
        const struct unit *from = &setting->units.items[i];
        *to = *from;
        to->flexible = from->flexible && !from->spaced;
        to->spaced = false;
        to->gap_mpt = 0;
        to++;
        if (!from->spaced)
            continue;
        *to = (struct unit){.from = from->to,
                            .to = from->to + 1,
                            .item = from->item,
                            .space = SPACE_FLEXIBLE,
                            .flexible = from->flexible,
                            .plain = true,
                            .shaped = setting->items.items[from->item].gap,
                            .width_mpt = from->gap_mpt};
        to++;
    }
    setting->units.items = units;
    setting->units.count = setting->units.cap = count;
}

/* Raises what stands in superscript: by the font's own superiors where it has all, else small and raised. */
static void raise(struct setting *setting)
{
    for (size_t i = 0; i < setting->items.count;) {
        size_t start = i;
        uint32_t run = setting->items.items[i].run;
        while (i < setting->items.count && setting->items.items[i].run == run)
            i++;
        if (!setting->para->in->runs[run].format.superscript)
            continue;
        if (start && !shaper_is_simple(&setting->items.items[start - 1]))
            setting->items.items[start - 1].features |= ITEM_BEFORE_MARK;
        bool own = true;
        for (size_t j = start; j < i && own; j++)
            own = shaper_has_superiors(setting->shaper, setting->scratch, &setting->items.items[j],
                                       setting->para->text);
        for (size_t j = start; j < i; j++) {
            struct item *item = &setting->items.items[j];
            if (own) {
                item->features |= ITEM_SUPERSCRIPT;
                continue;
            }
            item->rise_mpt = (int32_t)((int64_t)item->size_mpt * 33 / 100);
            item->size_mpt = (int32_t)((int64_t)item->size_mpt * 62 / 100);
        }
    }
}

void units_find(struct setting *setting)
{
    raise(setting);
    if (setting->items.count) {
        size_t likely =
            setting->para->text.n / 2 + 4; /* short words have three letters, with a space behind */
        setting->units.cap = likely < UNITS_FIRST ? likely : UNITS_FIRST;
        setting->units.items = ARENA_ROOM(setting->scratch, struct unit, setting->units.cap);
    }
    for (size_t i = 0; i < setting->items.count; i++)
        cut_item(setting, (uint32_t)i);
}
