/* Showing a segment of glyphs. Every glyph's place is known; what the font's own advances do not give is made up by
 * adjustments in TJ, each computed from the glyph's place and the pen's, so that rounding never adds up. */
#include "pdf/content.h"

#include <string.h>

#include "pdf/token.h"

/* In thousandths of an em. What is nearer to its place than this stays: at 10 pt a two-hundredth of a point. */
enum { CLOSE_ENOUGH = 1 };

struct showing {
    struct content *content;
    const struct font *font;
    const struct text_segment *segment;
    int64_t pen_uem;   /* where the viewer's pen is, from the segment's start */
    int64_t place_mpt; /* where the next glyph's origin should be, dx aside */
    int32_t rise_mpt;
    bool in_array, in_string;
};

static void end_string(struct showing *showing)
{
    if (showing->in_string)
        buf_char(showing->content->out, ')');
    showing->in_string = false;
}

static void end_array(struct showing *showing)
{
    end_string(showing);
    if (showing->in_array)
        buf_text(showing->content->out, "]TJ\n");
    showing->in_array = false;
}

static void begin_array(struct showing *showing)
{
    if (!showing->in_array)
        buf_char(showing->content->out, '[');
    showing->in_array = true;
}

static void put_code(struct buf *out, unsigned char byte)
{
    if (byte == '(' || byte == ')' || byte == '\\')
        buf_char(out, '\\');
    if (byte == '\r')
        buf_text(out, "\\r");
    else
        buf_char(out, (char)byte);
}

/* Nearest whole number of thousandths; ties away from zero. */
static int64_t to_milli(int64_t uem)
{
    return (uem + (uem < 0 ? -500 : 500)) / 1000;
}

static void put_glyph(struct showing *showing, const struct text_glyph *glyph)
{
    const struct font_glyph *used = font_glyph_find(showing->font, glyph->id);
    int64_t place = showing->place_mpt + glyph->dx_mpt;
    showing->place_mpt += glyph->advance_mpt;
    if (!used)
        return;
    struct buf *out = showing->content->out;
    if (glyph->dy_mpt != showing->rise_mpt) {
        end_array(showing);
        showing->rise_mpt = glyph->dy_mpt;
        token_milli(out, glyph->dy_mpt);
        buf_text(out, " Ts\n");
    }
    begin_array(showing);
    int64_t back = to_milli(showing->pen_uem - place * 1000000 / showing->segment->size_mpt);
    if (back > CLOSE_ENOUGH || back < -CLOSE_ENOUGH) {
        end_string(showing);
        token_int(out, back);
        showing->pen_uem -= back * 1000;
    }
    if (!showing->in_string)
        buf_char(out, '(');
    showing->in_string = true;
    put_code(out, (unsigned char)(used->cid >> 8));
    put_code(out, (unsigned char)used->cid);
    showing->pen_uem += used->width_uem;
}

static void begin_span(struct showing *showing, struct str text)
{
    end_array(showing);
    buf_text(showing->content->out, "/Span<</ActualText");
    token_text(showing->content->out, text);
    buf_text(showing->content->out, ">>BDC\n");
}

static void end_span(struct showing *showing)
{
    end_array(showing);
    buf_text(showing->content->out, "EMC\n");
}

/* How many clusters from this one on need ActualText, and their text: one span covers them all. */
static size_t unspelled(const struct showing *showing, struct cluster cluster, struct str *text)
{
    size_t count = 1;
    *text = cluster.text;
    while (cluster_next(&cluster) && cluster.text.p == text->p + text->n && !font_spells(showing->font, &cluster)) {
        text->n += cluster.text.n;
        count++;
    }
    return count;
}

/* In visual order, also from right to left: so does every browser write PDF, and so do readers expect it (seen in
 * poppler, pdf.js and PDFium, all of which garble text that is shown from right to left or has ActualText there). */
static void put_clusters(struct showing *showing)
{
    struct cluster cluster = {.segment = showing->segment};
    size_t left = 0;
    while (cluster_next(&cluster)) {
        if (!left && !font_spells(showing->font, &cluster)) {
            struct str text;
            left = unspelled(showing, cluster, &text);
            begin_span(showing, text);
        }
        for (size_t i = 0; i < cluster.count; i++)
            put_glyph(showing, &showing->segment->glyphs[cluster.first + i]);
        if (left && --left == 0)
            end_span(showing);
    }
    /* At the left end of text from right to left it would have to come first, where it moves the pen: there it is
     * left out. */
    if (showing->segment->space_after && !showing->segment->rtl && showing->font->space)
        put_glyph(showing, &(struct text_glyph){.id = showing->font->space});
    end_array(showing);
}

static void set_font(struct content *content, const struct font *font, int32_t size_mpt)
{
    size_t number = (size_t)(font - content->fonts->items) + 1;
    if (content->font == number && content->size_mpt == size_mpt)
        return;
    content->font = number;
    content->size_mpt = size_mpt;
    buf_text(content->out, "/F");
    token_int(content->out, (int64_t)number - 1);
    buf_char(content->out, ' ');
    token_milli(content->out, size_mpt);
    buf_text(content->out, " Tf\n");
}

static void set_place(struct content *content, int64_t x, int64_t y)
{
    token_milli(content->out, x - content->line_x);
    buf_char(content->out, ' ');
    token_milli(content->out, y - content->line_y);
    buf_text(content->out, " Td\n");
    content->line_x = x;
    content->line_y = y;
}

void content_text(struct content *content, const struct page_item *item)
{
    const struct text_segment *segment = item->u.glyphs.segment;
    const struct font *font = fonts_find(content->fonts, segment->face);
    if (!font || segment->glyph_count == 0 || segment->size_mpt <= 0)
        return;
    content_fill(content, item->colour);
    if (!content->in_text) {
        content->in_text = true;
        content->line_x = content->line_y = 0;
        buf_text(content->out, "BT\n");
    }
    set_font(content, font, segment->size_mpt);
    set_place(content, item->x, (int64_t)content->pages->height_mpt - item->y);
    struct showing showing = {.content = content, .font = font, .segment = segment};
    put_clusters(&showing);
    if (showing.rise_mpt)
        buf_text(content->out, "0 Ts\n");
}
