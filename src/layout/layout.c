/* The driver: geometry, colours, blocks into boxes, boxes onto pages, then what stands on every page. */
#include "layout/layout.h"

#include "base/language.h"
#include "layout/ahead.h"

/* The grid. Running text has a column of 336 points, which is about 71 characters; what is left of the paper's width
 * becomes a side column at the left, where headings stand. Tables and drawings may use both. */
static struct geometry geometry_of(const struct layout_options *options, bool masthead, bool marks)
{
    const int32_t measure = 336 * PT, side_least = 90 * PT;
    struct geometry g = {.width = options->width_mpt, .height = options->height_mpt};
    g.margin = g.width / 11 < 55 * PT ? g.width / 11 : 55 * PT;
    g.full_width = g.width - 2 * g.margin;
    g.text_width = g.full_width >= measure + side_least ? measure : g.full_width;
    g.text_x = g.full_width - g.text_width;
    g.top = 76 * PT;
    g.first_top = !masthead ? g.top : marks ? 54 * PT : 38 * PT;
    g.bottom = g.height - 76 * PT;
    return g;
}

static bool has_masthead(const struct block_document *document)
{
    if (!document->blocks.count)
        return false;
    enum block_kind first = document->blocks.items[0].kind;
    return first == BLOCK_MASTHEAD || first == BLOCK_COVER;
}

static const struct text_exceptions *exceptions_of(struct arena *arena, const struct block_document *document)
{
    struct text_exception_word *words = ARENA_ARRAY(arena, struct text_exception_word, document->hyphenation_count + 1);
    for (size_t i = 0; i < document->hyphenation_count; i++)
        words[i] = (struct text_exception_word){document->hyphenations[i].language, document->hyphenations[i].word};
    return text_exceptions_make(arena, words, document->hyphenation_count);
}

/* As much as a document of six pages needs, so that arrays seldom move. What is not used is not touched. */
static void make_room(struct layout *lay, struct stack *stack)
{
    enum { BOXES = 224, ITEMS = 512, NODES = 384, SCRATCH = 32 * 1024 };
    arena_reserve(&lay->scratch, SCRATCH); /* else the first block would come and go with each paragraph */
    stack->items = ARENA_ROOM(&lay->work, struct box, BOXES);
    stack->cap = BOXES;
    lay->items.items = ARENA_ROOM(&lay->work, struct page_item, ITEMS);
    lay->items.cap = ITEMS;
    lay->pages->nodes = ARENA_ROOM(lay->arena, struct page_node, NODES);
    lay->pages->node_cap = NODES;
}

struct layout *layout_body(struct arena *arena, const struct block_document *document,
                           const struct layout_options *options, struct text_engine *engine, struct diags *diags)
{
    bool masthead = has_masthead(document);
    struct stack stack = {0};
    struct layout *lay = ARENA_NEW(arena, struct layout);
    *lay = (struct layout){.arena = arena,
                           .document = document,
                           .options = options,
                           .engine = engine,
                           .diags = diags,
                           .palette = palette_make(document->accent),
                           .geometry = geometry_of(options, masthead, running_has_marks(document)),
                           .language = str_z(arena, document->language),
                           .mirrored = language_is_rtl(document->language),
                           .exceptions = exceptions_of(arena, document),
                           .pages = ARENA_NEW(arena, struct pages),
                           .front = true};
    make_room(lay, &stack);
    lay->pages->width_mpt = options->width_mpt;
    lay->pages->height_mpt = options->height_mpt;
    node_add(lay, NODE_DOCUMENT, 0); /* takes the artifacts' place, which is no node */
    struct area area = {.width = lay->geometry.full_width,
                        .text_x = lay->geometry.text_x,
                        .text_width = lay->geometry.text_width,
                        .node = node_add(lay, NODE_DOCUMENT, 0),
                        .language = lay->language};
    ahead_open(lay, &area);
    blocks_set(lay, &stack, &area, &document->blocks);
    label_flush(lay, &stack, &area);
    ahead_close(lay);
    arena_done(&lay->scratch); /* parts of a volume wait for one another */
    flow_pages(lay, &stack);
    mirror_pages(lay);
    return lay;
}

struct str layout_keep(struct layout *lay, struct str s)
{
    const size_t count = sizeof lay->kept.items / sizeof *lay->kept.items;
    if (!s.n)
        return (struct str){0};
    for (size_t i = 0; i < count; i++)
        if (str_eq(lay->kept.items[i], s))
            return lay->kept.items[i];
    struct str *kept = &lay->kept.items[lay->kept.next++ % count];
    return *kept = str_dup(lay->arena, s);
}

struct pages *layout_pages(struct layout *layout)
{
    return layout->pages;
}

void layout_running(struct layout *layout, size_t before, size_t total)
{
    running_draw(layout, has_masthead(layout->document), before, total);
}

void layout_close(struct layout *layout)
{
    if (!layout)
        return;
    arena_done(&layout->work);
    arena_done(&layout->scratch);
}

struct pages *layout_document(struct arena *arena, const struct block_document *document,
                              const struct layout_options *options, struct text_engine *engine, struct diags *diags)
{
    struct layout *layout = layout_body(arena, document, options, engine, diags);
    layout_running(layout, 0, layout->pages->count);
    layout_close(layout);
    return layout->pages;
}
