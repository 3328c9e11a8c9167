/* Rulers: sums over the glyphs of a unit. */
#include "text/ruler.h"

#include <string.h>

void ruler_set(struct ruler *ruler, const struct unit *unit, struct arena *scratch)
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
    struct shaped_glyph room[PLAIN_GLYPHS];
    const struct shaped_glyph *glyphs = shaped_glyphs(unit->shaped, room);
    for (size_t i = 0; i < unit->shaped->count; i++) {
        const struct shaped_glyph *glyph = &glyphs[i];
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
            ruler->advance[at] = ruler->advance[from] + (ruler->advance[i] - ruler->advance[from]) *
                                                            (int64_t)(at - from) / (int64_t)(i - from);
        from = i;
    }
}
