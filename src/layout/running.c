/* What stands on every page: running head and foot, page numbers, marking, stamp. All of it is artifact. */
#include "layout/layout.h"

enum { HEAD_MIDDLE = 34 * PT, HEAD_RULE = 50 * PT, FOOT_RULE = 54 * PT /* above the paper's edge */,
       FOOT_MIDDLE = 37 * PT, FOOT_TOP = 48 * PT, MARK_HEIGHT = 18 * PT, MARK_PAD = 7 * PT, RUNNING_GAP = 12 * PT,
       FOOT_LINES = 2 };

/* What stands on each page is drawn once; the other pages have the same items again. */
struct drawn {
    uint32_t from, count; /* in the layout's items; count 0: not drawn yet */
};

struct running {
    struct layout *lay;
    const struct block_running *words;
    const struct style *style, *marking_style, *stamp_style;
    struct typeset head_left, head_right, foot, copy;
    struct str stamp; /* as much of it as has room */
    struct drawn head, foot_right, foot_left; /* the foot's, before and after the page number */
    int32_t number_right;                     /* the right edge of that */
    bool masthead;
    size_t before, total; /* pages of the volume: before these, and in all */
};

bool running_has_marks(const struct block_document *document)
{
    return document->running.marking.n || document->running.stamp.n;
}

/* TLP 2.0 (FIRST, August 2022): the colour of each label, on black. */
static struct colour marking_colour(struct str marking)
{
    if (str_starts(marking, STR("TLP:RED")))
        return (struct colour){0xFF, 0x2B, 0x2B};
    if (str_starts(marking, STR("TLP:AMBER")))
        return (struct colour){0xFF, 0xC0, 0x00};
    if (str_starts(marking, STR("TLP:GREEN")))
        return (struct colour){0x33, 0xFF, 0x00};
    return (struct colour){0xFF, 0xFF, 0xFF};
}

static bool draw_again(struct layout *lay, struct box *box, struct drawn drawn)
{
    for (uint32_t i = drawn.from; i < drawn.from + drawn.count; i++) {
        struct page_item item = lay->items.items[i];
        *box_item(lay, box, item.kind, item.node) = item;
    }
    return drawn.count > 0;
}

/* All that the box has beyond its first so many items. */
static struct drawn drawn_since(const struct box *box, uint32_t before)
{
    return (struct drawn){box->item_from + before, box->item_count - before};
}

static struct typeset coloured(struct typeset set, struct colour colour)
{
    for (size_t i = 0; i < set.run_count; i++)
        set.runs[i].colour = colour;
    return set;
}

/* The marking's box, its right edge at x and its middle at y; returns its left edge. */
static int32_t marking_draw(const struct running *r, struct box *box, int32_t x, int32_t y)
{
    struct layout *lay = r->lay;
    const struct colour black = {0, 0, 0};
    if (!r->words->marking.n)
        return x;
    struct typeset set = typeset_of(lay, r->words->marking, r->marking_style, lay->geometry.full_width, TEXT_LEFT);
    set = coloured(set, marking_colour(r->words->marking));
    int32_t width = typeset_width(&set) + 2 * MARK_PAD;
    box_rect(lay, box, x - width, y - MARK_HEIGHT / 2, width, MARK_HEIGHT, black, PAGE_ARTIFACT);
    typeset_draw_all(lay, box, &set, x - width + MARK_PAD, y - MARK_HEIGHT / 2, PAGE_ARTIFACT);
    return x - width - RUNNING_GAP;
}

static void outline_draw(struct layout *lay, struct box *box, int32_t x, int32_t y, int32_t width, int32_t height)
{
    const int32_t line = 1000;
    const struct colour colour = lay->palette.warning;
    box_rect(lay, box, x, y, width, line, colour, PAGE_ARTIFACT);
    box_rect(lay, box, x, y + height - line, width, line, colour, PAGE_ARTIFACT);
    box_rect(lay, box, x, y, line, height, colour, PAGE_ARTIFACT);
    box_rect(lay, box, x + width - line, y, line, height, colour, PAGE_ARTIFACT);
}

/* Of the stamp's box: as tall as the marking's, or as its letters need, which in some scripts stand in stacks. above: what
 * it has more than that above the words. */
static int32_t stamp_height(const struct typeset *set, int32_t *above)
{
    const int32_t pad = 2 * PT, baseline = style_baseline(set->style);
    const struct text_line *line = &set->lines.items[0];
    int32_t below = line->descent_mpt + pad - (MARK_HEIGHT - baseline);
    *above = line->ascent_mpt + pad > baseline ? line->ascent_mpt + pad - baseline : 0;
    return MARK_HEIGHT + *above + (below > 0 ? below : 0);
}

static int32_t stamp_draw(const struct running *r, struct box *box, int32_t x, int32_t y)
{
    struct layout *lay = r->lay;
    if (!r->stamp.n)
        return x;
    struct typeset set =
        coloured(typeset_of(lay, r->stamp, r->stamp_style, lay->geometry.full_width, TEXT_LEFT), lay->palette.warning);
    if (!set.lines.count)
        return x;
    int32_t width = typeset_width(&set) + 2 * MARK_PAD, above, height = stamp_height(&set, &above);
    int32_t top = y - height / 2, line = top + above - (typeset_baseline(&set, 0) - style_baseline(set.style));
    outline_draw(lay, box, x - width, top, width, height);
    typeset_draw_all(lay, box, &set, x - width + MARK_PAD, line, PAGE_ARTIFACT);
    return x - width - RUNNING_GAP;
}

static int32_t level_with(const struct style *style, int32_t middle)
{
    return middle - style->leading / 2;
}

static void head_draw(struct running *r, struct box *box, size_t page)
{
    struct layout *lay = r->lay;
    const struct geometry *g = &lay->geometry;
    if (draw_again(lay, box, r->head))
        return;
    int32_t right = marking_draw(r, box, g->margin + g->full_width, HEAD_MIDDLE);
    right = stamp_draw(r, box, right, HEAD_MIDDLE);
    if (page == 0 && r->masthead)
        return;
    int32_t y = level_with(r->style, HEAD_MIDDLE);
    typeset_draw_all(lay, box, &r->head_left, g->margin, y, PAGE_ARTIFACT);
    typeset_draw_all(lay, box, &r->head_right, right - typeset_width(&r->head_right), y, PAGE_ARTIFACT);
    box_rect(lay, box, g->margin, HEAD_RULE, g->full_width, 400, lay->palette.rule, PAGE_ARTIFACT);
    r->head = drawn_since(box, 0);
}

/* The page format with its two numbers filled in. */
static struct str page_words(struct layout *lay, struct str format, size_t page, size_t pages)
{
    size_t at = str_find(format, STR("{page}"));
    if (at != SIZE_MAX)
        format = str_printf(&lay->scratch, STR_FMT "%zu" STR_FMT, STR_ARG(str_slice(format, 0, at)), page,
                            STR_ARG(str_slice(format, at + 6, format.n)));
    at = str_find(format, STR("{pages}"));
    if (at != SIZE_MAX)
        format = str_printf(&lay->scratch, STR_FMT "%zu" STR_FMT, STR_ARG(str_slice(format, 0, at)), pages,
                            STR_ARG(str_slice(format, at + 7, format.n)));
    return format;
}

/* Half the width, whatever else stands in the foot: in a volume, the slot is the same for all its parts. */
static void copy_line_place(struct running *r)
{
    struct layout *lay = r->lay;
    if (!lay->options->personal)
        return;
    struct copy_slot *slot = &lay->pages->copy;
    r->copy = copy_line_make(lay, r->words->copy_line, r->style, lay->geometry.full_width / 2, slot);
    if (!slot->face)
        return;
    slot->x += lay->mirrored ? lay->geometry.width - lay->geometry.margin - r->copy.width : lay->geometry.margin;
    slot->y = lay->geometry.height - FOOT_TOP + typeset_baseline(&r->copy, 0);
}

static void foot_draw(struct running *r, struct box *box, size_t page)
{
    struct layout *lay = r->lay;
    const struct geometry *g = &lay->geometry;
    int32_t middle = g->height - FOOT_MIDDLE;
    uint32_t before = box->item_count;
    if (!draw_again(lay, box, r->foot_right)) {
        r->number_right = marking_draw(r, box, g->margin + g->full_width, middle);
        box_rect(lay, box, g->margin, g->height - FOOT_RULE, g->full_width, 400, lay->palette.rule, PAGE_ARTIFACT);
        r->foot_right = drawn_since(box, before);
    }
    struct typeset number =
        typeset_of(lay, page_words(lay, r->words->page_format, r->before + page + 1, r->total), r->style,
                   g->full_width / 3, TEXT_LEFT);
    typeset_draw_all(lay, box, &number, r->number_right - typeset_width(&number), level_with(r->style, middle),
                     PAGE_ARTIFACT);
    before = box->item_count;
    if (draw_again(lay, box, r->foot_left))
        return;
    bool high = r->copy.lines.count > 0 || r->foot.lines.count > 1;
    int32_t y = high ? g->height - FOOT_TOP : level_with(r->style, middle);
    /* The copy line comes first: its place must not depend on how many lines the rest takes. */
    y = typeset_draw_all(lay, box, &r->copy, g->margin, y, PAGE_ARTIFACT);
    typeset_draw_all(lay, box, &r->foot, g->margin, y, PAGE_ARTIFACT);
    r->foot_left = drawn_since(box, before);
}

static void page_take(struct layout *lay, struct page *page, const struct box *box)
{
    size_t from = page->item_count;
    for (size_t i = box->item_from; i < box->item_from + box->item_count; i++) {
        page->items = arena_grow(lay->arena, page->items, page->item_count, &page->item_cap, sizeof *page->items);
        page->items[page->item_count++] = lay->items.items[i];
    }
    page->running_count += box->item_count;
    mirror_items(lay, page, from);
}

/* How much of the head and foot the marking and its neighbour leave to the words at the left. */
static int32_t room_left(const struct running *r, struct str neighbour, bool stamp)
{
    struct layout *lay = r->lay;
    int32_t room = lay->geometry.full_width - typeset_text_width(lay, neighbour, r->style) - RUNNING_GAP;
    if (r->words->marking.n)
        room -= typeset_text_width(lay, r->words->marking, r->marking_style) + 2 * MARK_PAD + RUNNING_GAP;
    if (stamp && r->words->stamp.n)
        room -= typeset_text_width(lay, r->words->stamp, r->stamp_style) + 2 * MARK_PAD + RUNNING_GAP;
    int32_t least = lay->geometry.full_width / 5;
    return room > least ? room : least;
}

void running_draw(struct layout *lay, bool masthead, size_t before, size_t total)
{
    const struct block_running *words = &lay->document->running;
    const int32_t full = lay->geometry.full_width;
    struct style *stamp = ARENA_NEW(&lay->work, struct style);
    *stamp = *style_of(STYLE_MARKING);
    stamp->size = 10 * PT;
    struct running r = {.lay = lay, .words = words, .style = style_of(STYLE_RUNNING),
                        .marking_style = style_of(STYLE_MARKING), .stamp_style = stamp, .masthead = masthead,
                        .before = before, .total = total};
    struct str edition = typeset_shorten(lay, words->head_right, r.style, full / 4, 1,
                                         "the edition in the running head", lay->title_at);
    int32_t head_room = room_left(&r, edition, true);
    struct str head =
        typeset_shorten(lay, words->head_left, r.style, head_room, 1, "the running head", lay->title_at);
    struct str widest = page_words(lay, words->page_format, total, total);
    int32_t foot_room = room_left(&r, widest, false);
    struct str foot =
        typeset_shorten(lay, words->foot_left, r.style, foot_room, FOOT_LINES, "the running foot", lay->title_at);
    if (words->stamp.n)
        r.stamp = typeset_shorten(lay, words->stamp, stamp, full / 3, 1, "the stamp", lay->title_at);
    r.head_left = typeset_of(lay, head, r.style, head_room, TEXT_LEFT);
    r.head_right = typeset_of(lay, edition, r.style, full / 4, TEXT_LEFT);
    r.foot = typeset_of(lay, foot, r.style, foot_room, TEXT_LEFT);
    copy_line_place(&r);
    for (size_t i = 0; i < lay->pages->count; i++) {
        struct arena_mark mark = scratch_mark(lay);
        struct box *box = box_alone(lay);
        head_draw(&r, box, i);
        foot_draw(&r, box, i);
        page_take(lay, &lay->pages->items[i], box);
        scratch_rewind(lay, mark);
    }
}
