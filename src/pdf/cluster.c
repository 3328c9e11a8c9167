/* Clusters of a segment. */
#include "pdf/cluster.h"

/* Of the cluster that starts at glyph: where its text ends. The offsets of a segment rise, or fall from right
 * to left. */
static size_t text_end(const struct text_segment *segment, size_t first, size_t after)
{
    size_t end = segment->text.n;
    if (segment->rtl && first > 0)
        end = segment->glyphs[first - 1].cluster;
    else if (!segment->rtl && after < segment->glyph_count)
        end = segment->glyphs[after].cluster;
    return end;
}

/* From right to left the order of the text is the reverse of that of the glyphs. */
static bool find_next(const struct cluster *cluster, size_t *first, size_t *after)
{
    const struct text_glyph *glyphs = cluster->segment->glyphs;
    size_t count = cluster->segment->glyph_count;
    if (cluster->segment->rtl) {
        *after = cluster->count ? cluster->first : count;
        if (*after == 0)
            return false;
        *first = *after - 1;
        while (*first > 0 && glyphs[*first - 1].cluster == glyphs[*after - 1].cluster)
            --*first;
        return true;
    }
    *first = cluster->first + cluster->count;
    if (*first >= count)
        return false;
    *after = *first + 1;
    while (*after < count && glyphs[*after].cluster == glyphs[*first].cluster)
        ++*after;
    return true;
}

bool cluster_next(struct cluster *cluster)
{
    const struct text_segment *segment = cluster->segment;
    size_t first, after;
    if (!find_next(cluster, &first, &after))
        return false;
    cluster->first = first;
    cluster->count = after - first;
    cluster->text = str_slice(segment->text, segment->glyphs[first].cluster, text_end(segment, first, after));
    if (cluster->text.n == 0)
        cluster->text = STR("\xC2\xAD");
    return true;
}

const struct text_glyph *cluster_glyph(const struct cluster *cluster, size_t i)
{
    size_t at = cluster->segment->rtl ? cluster->count - 1 - i : i;
    return &cluster->segment->glyphs[cluster->first + at];
}
