/* Words and spaces, shaped one by one. */
#include "text/unit.h"

#include <string.h>

#include "base/utf8.h"
#include "text/words.h"

enum {
    UNIT_MOST =
        2048, /* bytes; longer words are shaped in parts, which bounds what one call of the shaper does */
    UNITS_FIRST = 1024
};

/* Bytes that may begin a space or a forced break. */
static const bool begins_space[256] = {
    [' '] = true, [0xC2] = true, [0xE1] = true, [0xE2] = true, [0xE3] = true};

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
    const struct shaped *known = words_find(source->words, &source->key, source->seed, word, &hash);
    return known ? known : shaper_add(setting->shaper, setting->scratch, source, word, hash);
}

static inline struct unit *add_unit(const struct cutter *cutter, uint32_t from, uint32_t to, enum space space)
{
    struct setting *setting = cutter->setting;
    struct unit *unit = push_unit(setting);
    unit->from = from;
    unit->to = to;
    unit->item = cutter->item;
    unit->space = (uint8_t)space;
    unit->forced = unit->has_places = false;
    unit->shaped = shape(cutter, from, to);
    unit->width_mpt = shaped_width(unit->shaped, cutter->source.item);
    return unit;
}

static void add_word(const struct cutter *cutter, uint32_t from, uint32_t to)
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

static void cut_item(struct setting *setting, uint32_t index)
{
    const struct item *item = &setting->items.items[index];
    struct cutter cutter = {
        .setting = setting, .item = index, .source = shaper_source(setting->shaper, item)};
    struct str text = setting->para->text;
    uint32_t to = item->to, word = item->from;
    for (uint32_t at = word, bytes; at < to; at += bytes) {
        bool forced;
        while (at < to && !begins_space[(unsigned char)text.p[at]])
            at++;
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
    }
    add_word(&cutter, word, to);
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
