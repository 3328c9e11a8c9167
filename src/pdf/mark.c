/* Choosing the words that move. */
#include "pdf/mark.h"

#include "base/utf8.h"
#include "pdf/cluster.h"

enum { MOST_WORDS = 64, FIRST_LIGATURE = 0xFB00 };

/* U+FB00 to U+FB06 (Unicode, Alphabetic Presentation Forms). */
static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

void mark_letters(struct buf *out, struct str word)
{
    for (size_t at = 0; at < word.n;) {
        size_t from = at;
        int32_t c = utf8_next(word, &at);
        size_t ligature = c >= FIRST_LIGATURE ? (size_t)(c - FIRST_LIGATURE) : SIZE_MAX;
        if (ligature < sizeof ligatures / sizeof *ligatures)
            buf_text(out, ligatures[ligature]);
        else if (utf8_is_alphanumeric(c))
            buf_str(out, str_slice(word, from, at));
    }
}

struct word {
    size_t first;    /* glyph */
    size_t from, to; /* bytes of the segment's text */
    int32_t gap_mpt; /* behind it */
    bool spelled;    /* one glyph for each character */
};

struct words {
    struct word items[MOST_WORDS];
    size_t count;
};

static bool is_space(struct str text)
{
    return str_eq(text, STR(" ")) || str_eq(text, STR("\xC2\xA0")) || str_eq(text, STR("\xE2\x80\xAF"));
}

static bool is_spelled(const struct cluster *cluster)
{
    return cluster->count == 1 && utf8_length(cluster->text) == 1;
}

/* A stretch of very many words is known up to MOST_WORDS of them. */
static void split(const struct text_segment *segment, struct words *words)
{
    struct cluster cluster = {.segment = segment};
    bool inside = false;
    while (cluster_next(&cluster)) {
        if (is_space(cluster.text)) {
            inside = false;
            for (size_t i = 0; i < cluster.count && words->count; i++)
                words->items[words->count - 1].gap_mpt += cluster_glyph(&cluster, i)->advance_mpt;
            continue;
        }
        size_t from = segment->glyphs[cluster.first].cluster;
        size_t to = from + cluster.text.n; /* a hyphen that the text lacks ends behind it */
        if (!inside) {
            if (words->count == MOST_WORDS)
                return;
            words->items[words->count++] =
                (struct word){.first = cluster.first, .from = from, .spelled = true};
            inside = true;
        }
        struct word *word = &words->items[words->count - 1];
        word->spelled = word->spelled && is_spelled(&cluster);
        word->to = to < segment->text.n ? to : segment->text.n;
    }
}

/* Content of a paragraph or list, of a size for reading. */
static bool is_fit(const struct pages *pages, uint32_t node, const struct text_segment *segment)
{
    if (segment->rtl || segment->size_mpt < MARK_LEAST_SIZE_MPT || segment->size_mpt > MARK_MOST_SIZE_MPT)
        return false;
    if (node == PAGE_ARTIFACT || node >= pages->node_count)
        return false;
    while (node > 1) {
        const struct page_node *at = &pages->nodes[node];
        switch (at->role) {
        case NODE_H1:
        case NODE_H2:
        case NODE_H3:
        case NODE_TABLE:
        case NODE_FIGURE:
        case NODE_TOC:
            return false;
        default:
            node = at->parent < node ? at->parent : 1;
        }
    }
    return true;
}

static bool are_spelled(const struct words *words, size_t i)
{
    return words->items[i - 1].spelled && words->items[i].spelled && words->items[i + 1].spelled;
}

static bool has_equal_gaps(const struct words *words, size_t i)
{
    int32_t before = words->items[i - 1].gap_mpt, behind = words->items[i].gap_mpt;
    int32_t difference = before > behind ? before - behind : behind - before;
    return before >= MARK_LEAST_GAP_MPT && behind >= MARK_LEAST_GAP_MPT && difference <= MARK_UNEQUAL_MPT;
}

/* Of the word and its neighbours; false when there are too few. */
static bool collect_letters(struct arena *arena, const struct text_segment *segment,
                            const struct words *words, size_t i, struct str *letters)
{
    struct buf out = {0};
    for (size_t k = i - 1; k <= i + 1; k++)
        mark_letters(&out, str_slice(segment->text, words->items[k].from, words->items[k].to));
    bool enough = out.n >= MARK_LEAST_LETTERS;
    if (enough)
        *letters = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return enough;
}

size_t mark_choose(struct arena *arena, const struct pages *pages, uint32_t node,
                   const struct text_segment *segment, struct mark marks[MARK_MOST])
{
    struct words words = {.count = 0};
    size_t count = 0;
    if (!is_fit(pages, node, segment))
        return 0;
    split(segment, &words);
    if (words.count < MARK_LEAST_WORDS)
        return 0;
    for (size_t i = 2; i + 2 < words.count && count < MARK_MOST;) {
        if (!has_equal_gaps(&words, i) || !are_spelled(&words, i) ||
            !collect_letters(arena, segment, &words, i, &marks[count].letters)) {
            i++;
            continue;
        }
        marks[count].first = words.items[i].first;
        marks[count++].next = words.items[i + 1].first;
        i += MARK_APART;
    }
    return count;
}
