/* Words and spaces, shaped one by one. */
#include "text/unit.h"

#include <string.h>

#include "base/utf8.h"

enum {
    UNIT_MOST = 2048
}; /* bytes; longer words are shaped in parts, which bounds what one call of the shaper does */

/* The kind of space at a byte, and whether it is a forced break. */
static enum space space_at(struct str text, uint32_t at, uint32_t *bytes, bool *forced)
{
    unsigned char c = (unsigned char)text.p[at];
    *bytes = 1;
    *forced = false;
    if (c == ' ')
        return SPACE_FLEXIBLE;
    if (c != 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3)
        return SPACE_NONE;
    size_t end = at;
    int32_t code_point = utf8_next(text, &end);
    *bytes = (uint32_t)end - at;
    *forced = code_point == 0x2028;
    return code_point < 0 ? SPACE_NONE : space_kind((uint32_t)code_point);
}

static void add_unit(struct setting *setting, uint32_t item_index, uint32_t from, uint32_t to,
                     enum space space)
{
    const struct item *item = &setting->items.items[item_index];
    struct unit *unit = ARENA_PUSH(setting->scratch, &setting->units);
    *unit = (struct unit){.from = from, .to = to, .item = item_index, .space = (uint8_t)space};
    unit->shaped =
        shaper_shape(setting->shaper, setting->scratch, item, setting->para->text, from, to, false);
    unit->width_mpt = shaped_width(unit->shaped, item);
}

static void add_word(struct setting *setting, uint32_t item, uint32_t from, uint32_t to)
{
    struct str part = {setting->para->text.p, to};
    while (to - from > UNIT_MOST) {
        uint32_t end = from;
        while (end - from < UNIT_MOST)
            end = cluster_end(part, end);
        add_unit(setting, item, from, end, SPACE_NONE);
        from = end;
    }
    if (from < to)
        add_unit(setting, item, from, to, SPACE_NONE);
}

static void cut_item(struct setting *setting, uint32_t index)
{
    struct str text = setting->para->text;
    uint32_t to = setting->items.items[index].to, word = setting->items.items[index].from;
    for (uint32_t at = word, bytes; at < to; at += bytes) {
        bool forced;
        enum space space = space_at(text, at, &bytes, &forced);
        if (space == SPACE_NONE && !forced)
            continue;
        add_word(setting, index, word, at);
        word = at + bytes;
        if (forced)
            *(struct unit *)ARENA_PUSH(setting->scratch, &setting->units) =
                (struct unit){.from = at, .to = word, .item = index, .forced = true};
        else
            add_unit(setting, index, at, word, space);
    }
    add_word(setting, index, word, to);
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
    for (size_t i = 0; i < setting->items.count; i++)
        cut_item(setting, (uint32_t)i);
}
