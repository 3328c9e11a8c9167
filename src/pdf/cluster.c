/* Clusters of a segment. */
#include "pdf/cluster.h"

/* Of the cluster that starts at glyph: where its text ends. The offsets of a segment rise, or fall from right to
 * left. */
static size_t text_end(const struct text_segment *segment, size_t first, size_t after)
{
    size_t end = segment->text.n;
    if (segment->rtl && first > 0)
        end = segment->glyphs[first - 1].cluster;
    else if (!segment->rtl && after < segment->glyph_count)
        end = segment->glyphs[after].cluster;
    return end;
}

bool cluster_next(struct cluster *cluster)
{
    const struct text_segment *segment = cluster->segment;
    size_t first = cluster->first + cluster->count, after = first + 1;
    if (first >= segment->glyph_count)
        return false;
    uint32_t start = segment->glyphs[first].cluster;
    while (after < segment->glyph_count && segment->glyphs[after].cluster == start)
        after++;
    cluster->first = first;
    cluster->count = after - first;
    cluster->text = str_slice(segment->text, start, text_end(segment, first, after));
    if (cluster->text.n == 0)
        cluster->text = STR("\xC2\xAD");
    return true;
}

const struct text_glyph *cluster_glyph(const struct cluster *cluster, size_t i)
{
    size_t at = cluster->segment->rtl ? cluster->count - 1 - i : i;
    return &cluster->segment->glyphs[cluster->first + at];
}
