/* Directions. Beyond UAX #9, as its clause HL3 allows, some things stand as islands, as if in isolates: what
 * they hold does not tell on what is around them, nor the other way round.
 * - A raised mark of reference belongs to the paragraph: behind a Hebrew word at the end of an English phrase
 * it stands at the right, as the phrase goes on there.
 * - An address and code run from left to right in any paragraph. */
#include "text/direction.h"

#include <string.h>

#include "base/language.h"
#include "text/icu.h"
#include "text/para.h"

bool direction_is_rtl(uint32_t c)
{
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE) ||
           (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF) || c == 0x200F || c == 0x202B ||
           c == 0x202E || c == 0x2067;
}

/* The language rules; text of one direction only overrules it, so that a foreign name that stands alone comes
 * right. */
static enum icu_base base_of(const struct text_paragraph *in, bool has_rtl, bool has_ltr)
{
    if (!in->language)
        return ICU_FIRST_STRONG;
    if (language_is_rtl(str_from(in->language)))
        return has_rtl || !has_ltr ? ICU_RTL : ICU_FIRST_STRONG;
    return has_ltr ? ICU_LTR : ICU_FIRST_STRONG;
}

struct islands {
    struct icu_island *items;
    size_t count, cap;
};

/* An address without the punctuation of the sentence around it. */
static void add_address(struct islands *islands, struct arena *scratch, struct str text, uint32_t from,
                        uint32_t to)
{
    while (to > from && strchr(".,;:!?)]}'\"", text.p[to - 1]) && text.p[to - 1])
        to--;
    while (to > from && strchr("([{'\"", text.p[from]) && text.p[from])
        from++;
    for (uint32_t i = from; i < to; i++)
        if ((unsigned char)text.p[i] >= 0x80)
            return; /* may hold signs of direction or brackets of its own */
    if (to > from && places_is_address(text, from, to))
        *ARENA_PUSH(scratch, islands) = (struct icu_island){from, to, true};
}

static void find_addresses(struct islands *islands, struct arena *scratch, struct str text, uint32_t from,
                           uint32_t to)
{
    for (uint32_t i = from; i < to;) {
        while (i < to && text.p[i] == ' ')
            i++;
        uint32_t word = i;
        while (i < to && text.p[i] != ' ')
            i++;
        if (i - word >= 4)
            add_address(islands, scratch, text, word, i);
    }
}

static struct islands find_islands(const struct text_paragraph *in, struct str text,
                                   const uint32_t *run_start, struct arena *scratch)
{
    struct islands islands = {0};
    for (size_t i = 0; i < in->count; i++) {
        uint32_t from = run_start[i], to = run_start[i + 1];
        const struct text_format *format = &in->runs[i].format;
        if (from == to)
            continue;
        if (format->superscript || format->family == TEXT_MONO)
            *ARENA_PUSH(scratch, &islands) = (struct icu_island){from, to, !format->superscript};
        else
            find_addresses(&islands, scratch, text, from, to);
    }
    return islands;
}

bool direction_levels(const struct text_paragraph *in, struct str text, const uint32_t *run_start,
                      bool has_rtl, bool has_ltr, struct arena *scratch, uint8_t *levels, uint8_t *edges,
                      bool *rtl)
{
    enum icu_base base = base_of(in, has_rtl, has_ltr);
    if (!has_rtl && base != ICU_RTL)
        return false;
    struct islands islands = find_islands(in, text, run_start, scratch);
    return icu_levels(scratch, text, base, islands.items, islands.count, levels, edges, rtl);
}
