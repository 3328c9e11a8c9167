/* Texts that must fit a place of fixed size, as running feet and labels of drawings: cut between clusters, with an
 * ellipsis and a warning. The same words stand in full elsewhere in the document. */
#include "layout/layout.h"

#include "base/utf8.h"

static size_t lines_of(struct layout *lay, struct str text, const struct style *style, int32_t width,
                       struct text_line *last, size_t most)
{
    struct typeset set = typeset_of(lay, text, style, width, TEXT_LEFT);
    if (last && set.lines.count >= most)
        *last = set.lines.items[most - 1];
    return set.lines.count;
}

/* End of the cluster that is back clusters before limit, counted within [from, limit). */
static size_t cut_before(struct str text, size_t from, size_t limit, size_t back)
{
    size_t clusters = 0;
    for (size_t at = from; at < limit; at = utf8_cluster_end(text, at))
        clusters++;
    size_t keep = clusters > back ? clusters - back : 0, at = from;
    while (keep--)
        at = utf8_cluster_end(text, at);
    return at;
}

struct str typeset_shorten(struct layout *lay, struct str text, const struct style *style, int32_t width, size_t most,
                          const char *what, struct span at)
{
    struct text_line last = {0};
    if (text.n == 0 || lines_of(lay, text, style, width, &last, most) <= most)
        return text;
    size_t limit = last.text_to > text.n ? text.n : last.text_to;
    struct str cut = text;
    for (size_t back = 1; back <= 64; back *= 2) {
        struct str head = str_trim(str_slice(text, 0, cut_before(text, last.text_from, limit, back)));
        cut = str_printf(lay->arena, STR_FMT "\xE2\x80\xA6", STR_ARG(head));
        if (lines_of(lay, cut, style, width, NULL, most) <= most)
            break;
    }
    diag_add(lay->diags, DIAG_TEXT_SHORTENED, at, "%s is too long for its place, shortened to '" STR_FMT "'", what,
             STR_ARG(cut));
    return cut;
}
