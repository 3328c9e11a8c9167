/* Pages → content streams, apart from the showing of text. Only changes of state are written. */
#include "pdf/content.h"

#include "pdf/backdrop.h"
#include "pdf/token.h"

static bool same_colour(struct colour a, struct colour b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

static void put_colour(struct buf *out, struct colour colour, const char *grey, const char *rgb)
{
    token_component(out, colour.r);
    if (colour.r == colour.g && colour.g == colour.b) {
        buf_text(out, grey);
        return;
    }
    buf_char(out, ' ');
    token_component(out, colour.g);
    buf_char(out, ' ');
    token_component(out, colour.b);
    buf_text(out, rgb);
}

/* Its number in the palette, which it may be new in; CONTENT_COLOURS: it is not there. */
static size_t number_of(struct content_palette *palette, struct colour colour)
{
    size_t i = 0;
    if (!palette)
        return CONTENT_COLOURS;
    while (i < palette->count && !same_colour(palette->items[i], colour))
        i++;
    if (i == palette->count && i < CONTENT_COLOURS)
        palette->items[palette->count++] = colour;
    return i;
}

void content_fill(struct content *content, struct colour colour)
{
    if (same_colour(content->fill, colour))
        return;
    content->fill = colour;
    size_t number = number_of(content->palette, colour);
    if (number == CONTENT_COLOURS) {
        content->indexed = false;
        put_colour(content->out, colour, " g\n", " rg\n");
        return;
    }
    if (!content->indexed) {
        content_delimit(content->out);
        buf_text(content->out, "/C cs ");
        content->indexed = true;
    }
    token_int(content->out, (int64_t)number);
    buf_text(content->out, " sc\n");
}

void content_palette_write(const struct content_palette *palette, struct buf *out)
{
    unsigned char table[CONTENT_COLOURS * 3];
    if (!palette->count)
        return;
    for (size_t i = 0; i < palette->count; i++) {
        table[i * 3] = palette->items[i].r;
        table[i * 3 + 1] = palette->items[i].g;
        table[i * 3 + 2] = palette->items[i].b;
    }
    buf_text(out, "/ColorSpace<</C[/Indexed/DeviceRGB ");
    token_int(out, (int64_t)palette->count - 1);
    token_hex(out, table, palette->count * 3);
    buf_text(out, "]>>");
}

static void set_stroke(struct content *content, const struct page_item *item)
{
    struct buf *out = content->out;
    int32_t width = item->u.path->stroke_mpt;
    if (!same_colour(content->stroke, item->u.path->stroke_colour)) {
        content->stroke = item->u.path->stroke_colour;
        put_colour(out, content->stroke, " G\n", " RG\n");
    }
    if (!content->joined) {
        content->joined = true;
        buf_text(out, "1 j\n");
    }
    if (content->stroke_mpt != width) {
        content->stroke_mpt = width;
        token_milli(out, width);
        buf_text(out, " w\n");
    }
    if (item->u.path->dashed) {
        buf_char(out, '[');
        token_milli(out, (int64_t)width * 3);
        buf_char(out, ' ');
        token_milli(out, (int64_t)width * 2);
        buf_text(out, "]0 d\n");
        content->dashed = true;
    } else if (content->dashed) {
        buf_text(out, "[]0 d\n");
        content->dashed = false;
    }
}

void content_delimit(struct buf *out)
{
    if (out->n && out->p[out->n - 1] == '\n')
        out->n--;
}

static void begin_text(struct content *content)
{
    if (content->in_text)
        return;
    content->in_text = true;
    content->text_in_mark = content->marked;
    content->line_x = content->line_y = 0;
    content->pen_known = false;
    buf_text(content->out, "BT\n");
}

static void end_text(struct content *content)
{
    if (content->in_text)
        buf_text(content->out, "ET\n");
    content->in_text = false;
}

/* A text object goes on behind the sequence, unless it began in it. */
static void end_mark(struct content *content)
{
    if (content->marked && content->text_in_mark)
        end_text(content);
    if (content->marked)
        buf_text(content->out, "EMC\n");
    content->marked = false;
}

static void put_mark(struct content *content, const char *type)
{
    content_delimit(content->out);
    buf_char(content->out, '/');
    buf_text(content->out, type);
    buf_text(content->out, "<</MCID ");
    token_int(content->out, structure_mark(content->structure, content->node, content->page));
}

/* Whether the open sequence can take more. One within a text object takes nothing but text. */
static bool is_open(const struct content *content, uint32_t node, bool text)
{
    if (!content->marked || content->node != node || (!text && content->in_text && !content->text_in_mark))
        return false;
    return node != PAGE_ARTIFACT || content->marked_artifact == content->artifact;
}

/* Everything on a page is content of an element or an artifact (ISO 14289-1, 7.1). Sequences of text stand
 * within one text object, one after the other (ISO 32000-1, 14.6.1). */
static void begin_mark(struct content *content, uint32_t node, bool text)
{
    node = structure_element(content->structure, node);
    if (is_open(content, node, text))
        return;
    end_mark(content);
    if (text)
        begin_text(content);
    else
        end_text(content);
    content->marked = true;
    content->node = node;
    if (node == PAGE_ARTIFACT) {
        content->marked_artifact = content->artifact;
        content_delimit(content->out);
        buf_text(content->out, "/Artifact");
        buf_text(content->out, content->artifact);
        buf_text(content->out, " BDC\n");
        return;
    }
    put_mark(content, structure_type(content->pages->nodes[node].role));
    buf_text(content->out, ">>BDC\n");
}

void content_begin_text(struct content *content, uint32_t node)
{
    begin_mark(content, node, true);
    begin_text(content);
}

void content_begin_span(struct content *content, uint32_t node, struct str text)
{
    if (structure_has(content->structure, node)) {
        end_mark(content);
        begin_text(content);
        content->marked = true;
        content->node = structure_element(content->structure, node);
        put_mark(content, "Span");
    } else {
        content_begin_text(content, node);
        buf_text(content->out, "/Span<<");
    }
    buf_text(content->out, "/ActualText");
    token_text(content->out, text);
    buf_text(content->out, ">>BDC\n");
}

void content_end_span(struct content *content)
{
    if (content->node == PAGE_ARTIFACT)
        buf_text(content->out, "EMC\n");
    else
        end_mark(content);
}

static void put_point(struct content *content, int64_t x, int64_t y)
{
    token_milli(content->out, x);
    buf_char(content->out, ' ');
    token_milli(content->out, content->pages->height_mpt - y);
    buf_char(content->out, ' ');
}

/* Its sides at hundredths of a point, each on its own: where two of them met they still do. */
static void put_rect(struct content *content, const struct page_item *item)
{
    int64_t left = token_hundredths(item->x), right = token_hundredths((int64_t)item->x + item->u.rect.width);
    int64_t top = token_hundredths((int64_t)content->pages->height_mpt - item->y);
    int64_t bottom = token_hundredths((int64_t)content->pages->height_mpt - item->y - item->u.rect.height);
    const int64_t numbers[] = {left, bottom, right - left, top - bottom};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        token_milli(content->out, numbers[i]);
        buf_char(content->out, ' ');
    }
    buf_text(content->out, "re f\n");
}

static void put_path(struct content *content, const struct page_item *item)
{
    if (item->u.path->count == 0 || (!item->u.path->fill && !item->u.path->stroke))
        return;
    if (item->u.path->fill)
        content_fill(content, item->colour);
    if (item->u.path->stroke)
        set_stroke(content, item);
    for (size_t i = 0; i < item->u.path->count; i++) {
        const struct path_step *step = &item->u.path->steps[i];
        switch (step->op) {
        case PATH_MOVE:
            put_point(content, step->x[0], step->y[0]);
            buf_text(content->out, "m\n");
            break;
        case PATH_LINE:
            put_point(content, step->x[0], step->y[0]);
            buf_text(content->out, "l\n");
            break;
        case PATH_CURVE:
            for (size_t k = 0; k < 3; k++)
                put_point(content, step->x[k], step->y[k]);
            buf_text(content->out, "c\n");
            break;
        case PATH_CLOSE:
            buf_text(content->out, "h\n");
            break;
        }
    }
    buf_text(content->out, !item->u.path->stroke ? "f\n" : item->u.path->fill ? "B\n" : "S\n");
}

static void put_image(struct content *content, const struct page_item *item)
{
    struct buf *out = content->out;
    buf_text(out, "q ");
    token_milli(out, item->u.image.width);
    buf_text(out, " 0 0 ");
    token_milli(out, item->u.image.height);
    buf_char(out, ' ');
    put_point(content, item->x, (int64_t)item->y + item->u.image.height);
    buf_text(out, "cm/I");
    token_int(out, (int64_t)pictures_find(content->pictures, item->u.image.image));
    buf_text(out, " Do Q\n");
}

/* What item i of a page is as an artifact. */
static const char *artifact_of(const struct content *content, const struct page *page, size_t i)
{
    static const char head[] = CONTENT_HEAD, foot[] = CONTENT_FOOT, repeated[] = CONTENT_REPEATED,
                      layout[] = CONTENT_LAYOUT;
    const struct page_item *item = &page->items[i];
    if (item->kind == ITEM_GLYPHS && i + page->running_count >= page->item_count)
        return item->y < content->pages->height_mpt / 2 ? head : foot;
    return item->kind == ITEM_GLYPHS ? repeated : layout;
}

/* Draws what can be drawn before all else, and notes in content->behind which that is. Each is a path of its own:
 * of one with several rectangles poppler sets none to whole dots, and thin rules come out pale. */
static void put_backdrop(struct content *content, const struct page *page)
{
    struct backdrop backdrop;
    backdrop_init(&backdrop, content->pages->height_mpt);
    if (page->item_count > content->behind_cap) {
        content->behind_cap = page->item_count * 2;
        content->behind = ARENA_ROOM(content->unpacked.arena, bool, content->behind_cap);
    }
    for (size_t i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->items[i];
        content->behind[i] = backdrop_takes(&backdrop, item);
        if (!content->behind[i])
            continue;
        content->artifact = artifact_of(content, page, i);
        begin_mark(content, PAGE_ARTIFACT, false);
        content_fill(content, item->colour);
        put_rect(content, item);
    }
}

void content_write(struct content *content, uint32_t page)
{
    static const struct colour black = {0, 0, 0};
    content->page = page;
    content->marked = content->in_text = content->text_in_mark = content->joined = content->dashed = false;
    content->indexed = false;
    content->fill = content->stroke = black;
    content->stroke_mpt = 1000;
    content->font = 0;
    content->wider_pcm = 0;
    content->word_mpt = 0;
    const struct page *source = &content->pages->items[page];
    put_backdrop(content, source);
    for (size_t i = 0; i < source->item_count; i++) {
        const struct page_item *item = &source->items[i];
        if (content->behind[i])
            continue;
        content->artifact = artifact_of(content, source, i);
        if (item->kind == ITEM_GLYPHS) {
            content->known = content->fonts->known[page][i];
            content_text(content, item);
            continue;
        }
        begin_mark(content, item->node, false);
        end_text(content);
        if (item->kind == ITEM_RECT) {
            content_fill(content, item->colour);
            put_rect(content, item);
        } else if (item->kind == ITEM_PATH) {
            put_path(content, item);
        } else {
            put_image(content, item);
        }
    }
    content_scale(content, 0); /* what a copy's line or a volume's foot adds begins with it */
    end_mark(content);
    end_text(content);
}
