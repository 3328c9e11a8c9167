/* Showing a segment of glyphs. Every glyph's place is known; what the font's own advances do not give is made
 * up by adjustments in TJ, each from the glyph's place and the pen's, so that rounding never adds up. */
#include "pdf/content.h"

#include <stdio.h>
#include <string.h>

#include "pdf/mark.h"
#include "pdf/token.h"

/* In thousandths of an em. What is nearer to its place than this stays: a hundredth of a point at 10 pt. */
enum { CLOSE_ENOUGH = 1 };

/* By how much the spaces of a line may differ and still have one word spacing: the last ones of the rounding.
 */
enum { SAME_SPACE_MPT = 2 };

struct showing {
    struct content *content;
    const struct page_item *item;
    const struct font *font;
    const struct text_segment *segment;
    const struct font_variant *variant; /* that shows the cluster at hand, NULL: its glyphs' own codes do */
    int64_t word_uem;                   /* word spacing */
    int64_t asked; /* the adjustment that the last glyph's own advance asks for, in thousandths of an em */
    int64_t pen_uem;   /* where the viewer's pen is, from the segment's start */
    int64_t place_mpt; /* where the next glyph should start, dx aside; from the right: where it should end */
    int32_t rise_mpt;
    bool placed, in_array, in_string;
    struct mark marks[MARK_MOST]; /* the words that move, and */
    size_t mark_count, next_mark; /* the next of them to be shown, or half shown */
    struct content_mark mark;
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

static void put_byte(struct buf *out, unsigned char byte)
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

/* A length on the page in millionths of an em, as wide as glyphs are drawn. */
static int64_t in_uem(const struct text_segment *segment, int64_t mpt)
{
    int64_t uem = mpt * 1000000 / segment->size_mpt;
    return segment->wider_pcm ? uem - uem * segment->wider_pcm / (100000 + segment->wider_pcm) : uem;
}

/* Puts the pen at a place of the segment, in a text object of the segment's element. */
static void set_place(struct showing *showing, int64_t place_mpt)
{
    struct content *content = showing->content;
    int64_t x = showing->item->x + place_mpt, y = (int64_t)content->pages->height_mpt - showing->item->y;
    end_array(showing);
    content_begin_text(content, showing->item->node);
    token_milli(content->out, x - content->line_x);
    buf_char(content->out, ' ');
    token_milli(content->out, y - content->line_y);
    buf_text(content->out, " Td\n");
    content->line_x = x;
    content->line_y = y;
    showing->pen_uem = in_uem(showing->segment, place_mpt);
    showing->asked = 0;
    showing->placed = true;
}

/* A number in both its texts. A TJ adjustment moves to the left: a copy of sign +1 has less of it before its word. */
static void put_spot(struct showing *showing, int64_t back, int64_t gain, struct content_spot *spot)
{
    struct buf *out = showing->content->out;
    long long lower = back - gain, upper = back + gain;
    int least = snprintf(NULL, 0, "%lld", lower), most = snprintf(NULL, 0, "%lld", upper);
    int width = least > most ? least : most;
    snprintf(spot->text[0], sizeof spot->text[0], "%*lld", width, upper);
    snprintf(spot->text[1], sizeof spot->text[1], "%*lld", width, lower);
    spot->at = out->n;
    spot->n = (size_t)width;
    buf_add(out, spot->text[0], spot->n);
}

/* Of adjustments that all come near enough, the one that the same letters have elsewhere: what is alike
 * deflates best. */
static int64_t choose_adjustment(const struct showing *showing, int64_t back)
{
    int64_t off = back - showing->asked;
    return off >= -CLOSE_ENOUGH && off <= CLOSE_ENOUGH ? showing->asked : back;
}

/* The adjustment before a glyph. What moves a marked word is not told to the pen, for it is taken back behind it. */
static void put_adjustment(struct showing *showing, const struct text_glyph *glyph, int64_t back)
{
    struct content_marks *marks = showing->content->marks;
    int64_t shift = to_milli(in_uem(showing->segment, MARK_SHIFT_MPT));
    const struct mark *next = &showing->marks[showing->next_mark];
    bool may_move = showing->next_mark < showing->mark_count;
    if (may_move && glyph == &showing->segment->glyphs[next->first]) {
        end_string(showing);
        put_spot(showing, back, shift, &showing->mark.before);
    } else if (may_move && glyph == &showing->segment->glyphs[next->next]) {
        end_string(showing);
        put_spot(showing, back, -shift, &showing->mark.behind);
        showing->mark.letters = next->letters;
        *ARENA_PUSH(marks->arena, marks) = showing->mark;
        showing->next_mark++;
    } else if (back > CLOSE_ENOUGH || back < -CLOSE_ENOUGH) {
        end_string(showing);
        token_int(showing->content->out, back);
    } else {
        return;
    }
    showing->pen_uem -= back * 1000;
}

static void put_glyph(struct showing *showing, const struct text_glyph *glyph)
{
    const struct font_glyph *used = font_glyph_find(showing->font, glyph->id);
    bool rtl = showing->segment->rtl;
    int64_t place = showing->place_mpt - (rtl ? glyph->advance_mpt : 0) + glyph->dx_mpt;
    showing->place_mpt += rtl ? -glyph->advance_mpt : glyph->advance_mpt;
    if (!used)
        return;
    struct buf *out = showing->content->out;
    if (!showing->placed)
        set_place(showing, place);
    if (glyph->dy_mpt != showing->rise_mpt) {
        end_array(showing);
        showing->rise_mpt = glyph->dy_mpt;
        token_milli(out, glyph->dy_mpt);
        buf_text(out, " Ts\n");
    }
    begin_array(showing);
    int64_t back = to_milli(showing->pen_uem - in_uem(showing->segment, place));
    put_adjustment(showing, glyph, choose_adjustment(showing, back));
    if (!showing->in_string)
        buf_char(out, '(');
    showing->in_string = true;
    unsigned code = showing->variant ? showing->variant->code : used->code;
    if (!showing->font->narrow)
        put_byte(out, (unsigned char)(code >> 8));
    put_byte(out, (unsigned char)code);
    int64_t moved = used->width_uem + (used->id == showing->font->word_space ? showing->word_uem : 0);
    showing->pen_uem += moved;
    showing->asked = to_milli(moved - in_uem(showing->segment, glyph->advance_mpt));
}

static void begin_span(struct showing *showing, struct str text)
{
    end_array(showing);
    content_begin_span(showing->content, showing->item->node, text);
    showing->placed = false;
}

static void end_span(struct showing *showing)
{
    end_array(showing);
    content_end_span(showing->content);
    showing->placed = false;
}

/* How many clusters from this one on need ActualText, and their text: one span covers them all. */
static size_t unspelled(const struct showing *showing, struct cluster cluster, struct str *text)
{
    size_t count = 1;
    *text = cluster.text;
    while (cluster_next(&cluster) && cluster.text.p == text->p + text->n &&
           !font_spells(showing->font, &cluster)) {
        text->n += cluster.text.n;
        count++;
    }
    return count;
}

/* The space that the line's end took away: without it, readers of the structure join the words. */
static void put_space_after(struct showing *showing)
{
    const struct font *font = showing->font;
    const struct font_glyph *space = font->space ? font_glyph_find(font, font->space) : NULL;
    if (!showing->segment->space_after || !space)
        return;
    struct text_glyph glyph = {.id = font->space};
    glyph.advance_mpt = (int32_t)((int64_t)space->width_uem * showing->segment->size_mpt / 1000000);
    put_glyph(showing, &glyph);
}

/* In the order of reading, as tagged content is to be (ISO 32000-1, 14.8.2.3): what runs from right to left
 * goes on to the left, and the pen is set anew for each cluster. So do readers of the structure get it right,
 * and those that order text by its place (seen in poppler, mutool, pdf.js and PDFium; the last garbles
 * clusters that a single TJ shows from right to left). */
static void put_clusters(struct showing *showing)
{
    struct cluster cluster = {.segment = showing->segment};
    bool rtl = showing->segment->rtl;
    size_t left = 0;
    while (cluster_next(&cluster)) {
        bool spelled = font_spells(showing->font, &cluster);
        if (!left && !spelled) {
            struct str text;
            left = unspelled(showing, cluster, &text);
            begin_span(showing, text);
        }
        showing->placed = showing->placed && !rtl;
        showing->variant = spelled ? font_variant_find(showing->font, &cluster) : NULL;
        for (size_t i = 0; i < cluster.count; i++)
            put_glyph(showing, cluster_glyph(&cluster, i));
        if (left && --left == 0)
            end_span(showing);
    }
    showing->variant = NULL;
    showing->placed = showing->placed && !rtl;
    put_space_after(showing);
    end_array(showing);
}

/* Between a mark's two numbers nothing may be but glyphs on one baseline: no span, no rise. */
static bool can_move(const struct showing *showing, const struct mark *mark)
{
    struct cluster cluster = {.segment = showing->segment};
    while (cluster_next(&cluster) && cluster.first <= mark->next) {
        if (cluster.first + 1 < mark->first)
            continue;
        if (!font_spells(showing->font, &cluster))
            return false;
        for (size_t i = 0; i < cluster.count; i++)
            if (cluster_glyph(&cluster, i)->dy_mpt || !font_glyph_find(showing->font, cluster_glyph(&cluster, i)->id))
                return false;
    }
    return true;
}

/* Chooses the words that move, where marks are wanted. */
static void choose_marks(struct showing *showing)
{
    const struct content *content = showing->content;
    if (!content->marks)
        return;
    size_t count = mark_choose(content->marks->arena, content->pages, showing->item->node, showing->segment, showing->marks);
    for (size_t i = 0; i < count; i++)
        if (can_move(showing, &showing->marks[i]))
            showing->marks[showing->mark_count++] = showing->marks[i];
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

void content_scale(struct content *content, int16_t wider_pcm)
{
    if (content->wider_pcm == wider_pcm)
        return;
    content->wider_pcm = wider_pcm;
    token_milli(content->out, 100000 + wider_pcm);
    buf_text(content->out, " Tz\n");
}

static void put_word_space(struct content *content, int32_t word_mpt)
{
    if (content->word_mpt == word_mpt)
        return;
    content->word_mpt = word_mpt;
    token_milli(content->out, word_mpt);
    buf_text(content->out, " Tw\n");
}

/* The word spacing of a stretch (ISO 32000-1, 9.3.3): what most of its spaces have more than their glyph.
 * What others have is left to TJ. A stretch without spaces leaves the word spacing as it is. */
static void set_word_space(struct showing *showing)
{
    const struct text_segment *segment = showing->segment;
    const struct font *font = showing->font;
    const struct font_glyph *space = font->word_space ? font_glyph_find(font, font->word_space) : NULL;
    if (!space || segment->rtl)
        return;
    int64_t most = 0, tolerance = (int64_t)SAME_SPACE_MPT * 1000000 / segment->size_mpt;
    size_t votes = 0;
    bool any = false;
    for (size_t i = 0; i < segment->glyph_count; i++) {
        if (segment->glyphs[i].id != space->id)
            continue;
        int64_t more = in_uem(segment, segment->glyphs[i].advance_mpt) - space->width_uem;
        any = true;
        if (votes == 0)
            most = more;
        votes = more - most <= tolerance && most - more <= tolerance ? votes + 1 : votes - 1;
    }
    if (any)
        put_word_space(showing->content, to_milli(most) ? (int32_t)(most * segment->size_mpt / 1000000) : 0);
    showing->word_uem = (int64_t)showing->content->word_mpt * 1000000 / segment->size_mpt;
}

void content_text(struct content *content, const struct page_item *item)
{
    const struct text_packed *packed = item->u.glyphs.segment;
    const struct font *font = fonts_find(content->fonts, packed->face);
    if (!font || packed->glyph_count == 0 || packed->size_mpt <= 0)
        return;
    const struct text_segment *segment = text_unpack(&content->unpacked, packed);
    content_fill(content, item->colour);
    set_font(content, font, segment->size_mpt);
    content_scale(content, segment->wider_pcm);
    struct showing showing = {.content = content, .item = item, .font = font, .segment = segment};
    if (segment->rtl)
        for (size_t i = 0; i < segment->glyph_count; i++)
            showing.place_mpt += segment->glyphs[i].advance_mpt;
    choose_marks(&showing);
    set_word_space(&showing);
    put_clusters(&showing);
    if (showing.rise_mpt)
        buf_text(content->out, "0 Ts\n");
}
