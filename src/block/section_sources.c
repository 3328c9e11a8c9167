/* Sources: numbered as references name them, with where each was referred to, the count and the legend. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

#include <stdint.h>

static void add_sentence(struct builder *b, struct block_inlines *line, const struct text *text)
{
    if (!text->s.n)
        return;
    inline_separate(b, line, "\u00a0· ", INLINE_QUIET);
    inline_text(b, line, text, 0);
}

/* A few words that stay on one line: a kind, a date, a grade. */
static void add_words(struct builder *b, struct block_inlines *line, struct str words)
{
    if (!words.n)
        return;
    inline_separate(b, line, "\u00a0· ", INLINE_QUIET);
    inline_add(b, line, words, INLINE_NOWRAP);
}

static struct str grade(struct builder *b, const struct source *source)
{
    char text[3] = {0};
    size_t n = 0;
    if (source->reliability)
        text[n++] = source->reliability;
    if (source->credibility)
        text[n++] = source->credibility;
    return n ? FILL(b, WORD_source_grade, {"grade", str_dup(b->arena, (struct str){text, n})}) : (struct str){0};
}

/* "repeats [3]", the number a link. */
static void add_repeats(struct builder *b, struct block_inlines *line, const struct source *source)
{
    size_t repeated = source->repeats.s.n ? edition_source_index(b->edition, source->repeats.s) : SIZE_MAX;
    if (repeated == SIZE_MAX)
        return;
    struct str number = str_printf(b->arena, "[%zu]", repeated + 1);
    inline_separate(b, line, "\u00a0· ", INLINE_QUIET);
    struct block_inline *added = inline_add(b, line, FILL(b, WORD_source_repeats, {"source", number}), 0);
    if (!added)
        return;
    added->target = str_printf(b->arena, "source-%zu", repeated + 1);
    added->at = source->repeats.at;
}

static struct str dated(struct builder *b, enum word_id word, struct date date)
{
    struct str text = wording_date(b, date, false);
    return text.n ? FILL(b, word, {"date", text}) : text;
}

/* a … z, aa … zz and so on. */
static struct str letters(struct builder *b, size_t number)
{
    char text[16];
    size_t at = sizeof text;
    for (; number && at; number = (number - 1) / 26)
        text[--at] = (char)('a' + (number - 1) % 26);
    return str_dup(b->arena, (struct str){text + at, sizeof text - at});
}

/* "↑" leads back to the only reference; "↑ a b c" to each of several. */
static void add_way_back(struct builder *b, struct block_inlines *line, size_t number)
{
    size_t count = b->references[number - 1];
    if (!count)
        return;
    inline_separate(b, line, "\u00a0· ", INLINE_QUIET);
    if (count > 1)
        inline_add(b, line, STR("↑"), INLINE_QUIET);
    for (size_t i = 1; i <= count; i++) {
        if (count > 1)
            inline_add(b, line, STR("\u00a0"), INLINE_QUIET);
        struct block_inline *link = inline_add(b, line, count > 1 ? letters(b, i) : STR("↑"), INLINE_QUIET);
        link->target = str_printf(b->arena, "ref-%zu-%zu", number, i);
        link->link_text = FILL(b, WORD_source_back, {"number", wording_number(b, i)},
                               {"source", wording_number(b, number)});
    }
}

/* Whether dates make the details too long for a line, as a rule. */
static bool needs_two_lines(const struct source *source)
{
    bool named = source->author.s.n || source->publisher.s.n;
    return date_is_set(source->published.date) || (named && date_is_set(source->accessed.date));
}

/* Who, what and when; then what became of it here, on a line of its own rather than broken anywhere. */
static void add_details(struct builder *b, struct block_list *list, const struct source *source, size_t number)
{
    struct block_inlines line = {0};
    add_sentence(b, &line, &source->author);
    if (!str_eq(source->author.s, source->publisher.s))
        add_sentence(b, &line, &source->publisher);
    add_words(b, &line, wording_source_kind(b, source->kind, false));
    add_words(b, &line, dated(b, WORD_source_published, source->published.date));
    if (needs_two_lines(source)) {
        block_add(b, list, BLOCK_TEXT, STYLE_SOURCE)->inlines = line;
        line = (struct block_inlines){0};
    }
    add_words(b, &line, dated(b, WORD_source_accessed, source->accessed.date));
    add_words(b, &line, grade(b, source));
    add_repeats(b, &line, source);
    add_way_back(b, &line, number);
    if (line.count)
        block_add(b, list, BLOCK_TEXT, STYLE_SOURCE)->inlines = line;
}

static void add_addresses(struct builder *b, struct block_list *list, const struct source *source)
{
    struct block_inlines line = {0};
    inline_link(b, &line, wording_url(source->url.s), source->url.s, 0, source->url.at);
    if (source->archive_url.s.n) {
        inline_separate(b, &line, "\u00a0· ", INLINE_QUIET);
        inline_link(b, &line, WORD_OF(b, WORD_source_archived), source->archive_url.s, 0, source->archive_url.at);
    }
    if (line.count)
        block_add(b, list, BLOCK_TEXT, STYLE_SOURCE)->inlines = line;
}

static void add_source(struct builder *b, struct block_list *item, const struct source *source, size_t number)
{
    struct block *title = block_add(b, item, BLOCK_TEXT, STYLE_SOURCE);
    title->anchor = str_printf(b->arena, "source-%zu", number);
    title->keep_with_next = true;
    title->at = source->span;
    struct str words = inline_typographic(b, source->title.s);
    inline_link(b, &title->inlines, words, source->url.s, INLINE_STRONG, source->title.at);
    add_details(b, item, source, number);
    add_addresses(b, item, source);
    block_prose(b, item, source->note.text, STYLE_SOURCE);
}

static void add_count(struct builder *b, struct block_list *list)
{
    size_t count = b->spec->sources.count, independent = b->edition->independent_sources;
    struct str text = WORD_OF(b, WORD_sources_listed_one);
    if (count > 1) {
        enum word_id word = independent == count ? WORD_sources_listed_all
                          : independent == 1     ? WORD_sources_listed_one_independent
                                                 : WORD_sources_listed_many;
        text = FILL(b, word, {"count", wording_number(b, count)}, {"independent", wording_number(b, independent)});
    }
    if (independent < count)
        text = wording_join(b, (struct str[]){text, WORD_OF(b, WORD_sources_independence)}, 2, " ");
    block_line(b, list, STYLE_SMALL, text);
    if (list->count)
        list->items[list->count - 1].keep_with_next = true;
}

void section_sources(struct builder *b, struct block_list *page)
{
    const struct source_list *sources = &b->spec->sources;
    struct block_list *list = &block_section(b, page)->children;
    if (sources->count) {
        block_heading(b, list, 2, WORD_OF(b, WORD_sources), STR("sources"), span_none());
        add_count(b, list);
        struct block *numbered = block_add(b, list, BLOCK_LIST, STYLE_SOURCE);
        numbered->u.list.ordered = true;
        numbered->u.list.notes = true;
        numbered->u.list.start = 1;
        for (size_t i = 0; i < sources->count; i++)
            add_source(b, block_item(b, &numbered->children), &sources->items[i], i + 1);
    }
    legend_add(b, list);
}
