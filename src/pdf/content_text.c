/* Showing a segment of glyphs. Every glyph's place is known; what the font's own advances do not give is made
 * up by adjustments in TJ, each from the glyph's place and the pen's, so that rounding never adds up. */
#include "pdf/content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/mark.h"
#include "pdf/run.h"
#include "pdf/token.h"

enum {
    NEAR_MPT = 20,      /* what is nearer to its place than this stays: no printer shows it */
    SAME_SPACE_MPT = 2, /* by which the spaces of a line may differ and still have one word spacing */
    GO_ON_PARTS = 100,  /* thousandths of an em from the pen at which a stretch may go on from it */
    NPT_OF_MPT = RUN_NPT_OF_MPT,
    WIDER_PARTS = 100000,
    WIDER_STEP = 10 /* of them: saves a digit, and a line still ends in its place */
};

struct showing {
    struct content *content;
    const struct page_item *item;
    const struct text_packed *packed;
    const struct text_segment *segment; /* the same, once it is needed: see unpack */
    const struct font_variant *variant; /* that shows the cluster at hand, NULL: its glyphs' own codes do */
    struct run run;
    int32_t rise_mpt;
    bool placed, in_array;
    struct moving *moving; /* NULL: no words move */
};

/* Words that move. */
struct moving {
    struct mark marks[MARK_MOST];
    size_t count, next; /* next: of them to be shown, or half shown */
    struct content_mark mark;
};

/* Most segments are shown without. */
static const struct text_segment *unpack(struct showing *showing)
{
    if (!showing->segment)
        showing->segment = text_unpack(&showing->content->unpacked, showing->packed);
    return showing->segment;
}

static void end_string(struct showing *showing)
{
    if (showing->run.in_string)
        buf_char(showing->content->out, ')');
    showing->run.in_string = false;
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
    if (!showing->in_array) {
        content_delimit(showing->content->out);
        buf_char(showing->content->out, '[');
    }
    showing->in_array = true;
}

/* A length of unscaled text as it is drawn (content_scale). */
static int64_t drawn(const struct content *content, int64_t npt)
{
    return npt + npt / WIDER_PARTS * content->wider_pcm;
}

/* Tells what follows where the pen is. */
static void leave_pen(struct showing *showing)
{
    struct content *content = showing->content;
    if (showing->placed && !showing->packed->rtl) {
        content->pen_known = true;
        content->pen_npt = (int64_t)showing->item->x * NPT_OF_MPT + showing->run.pen_npt;
    }
    showing->placed = false;
}

/* Whether the pen stands so near to a place that an adjustment is all it needs: then the line goes on. */
static bool goes_on(const struct showing *showing, int64_t x, int64_t y)
{
    const struct content *content = showing->content;
    int64_t off_npt = content->pen_npt - x * NPT_OF_MPT, most_npt = GO_ON_PARTS * showing->run.thousandth_npt;
    return content->pen_known && content->line_y == y && !content->marks && !showing->packed->rtl &&
           off_npt <= most_npt && off_npt >= -most_npt;
}

/* Puts the pen at a place of the segment, in a text object of the segment's element. */
static void set_place(struct showing *showing, int64_t place_mpt)
{
    struct content *content = showing->content;
    int64_t x = showing->item->x + place_mpt, y = (int64_t)content->pages->height_mpt - showing->item->y;
    end_array(showing);
    content_begin_text(content, showing->item->node);
    showing->placed = true;
    if (goes_on(showing, x, y)) {
        showing->run.pen_npt = content->pen_npt - (int64_t)showing->item->x * NPT_OF_MPT;
        return;
    }
    token_milli(content->out, x - content->line_x);
    buf_char(content->out, ' ');
    token_milli(content->out, y - content->line_y);
    buf_text(content->out, " Td\n");
    content->line_x = x;
    content->line_y = y;
    content->pen_known = false;
    showing->run.pen_npt = place_mpt * NPT_OF_MPT;
}

/* A number in both its texts. A TJ adjustment moves to the left: a copy of sign +1 has less of it before its
 * word. */
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

/* The adjustment before a glyph that is off its place. What moves a marked word is not told to the pen, for
 * it is taken back behind it. */
static void put_adjustment(struct showing *showing, const struct text_glyph *glyph, int64_t off_npt)
{
    struct content_marks *marks = showing->content->marks;
    struct moving *moving = showing->moving;
    const struct mark *next = moving && moving->next < moving->count ? &moving->marks[moving->next] : NULL;
    bool starts = next && glyph == &showing->segment->glyphs[next->first];
    bool ends = next && !starts && glyph == &showing->segment->glyphs[next->next];
    if (!starts && !ends && off_npt <= showing->run.near_npt && off_npt >= -showing->run.near_npt)
        return;
    int64_t back = run_adjustment(&showing->run, off_npt);
    if (starts || ends) {
        int64_t shift = run_divide((int64_t)MARK_SHIFT_MPT * NPT_OF_MPT, showing->run.thousandth_npt);
        end_string(showing);
        put_spot(showing, back, starts ? shift : -shift,
                 starts ? &moving->mark.before : &moving->mark.behind);
    } else if (back) {
        end_string(showing);
        token_int(showing->content->out, back);
    }
    if (ends) {
        moving->mark.letters = next->letters;
        *ARENA_PUSH(marks->arena, marks) = moving->mark;
        moving->next++;
    }
    showing->run.pen_npt -= back * showing->run.thousandth_npt;
}

static void put_glyph(struct showing *showing, const struct text_glyph *glyph, const struct font_glyph *used)
{
    bool rtl = showing->packed->rtl;
    int64_t place = showing->run.place_mpt - (rtl ? glyph->advance_mpt : 0) + glyph->dx_mpt;
    showing->run.place_mpt += rtl ? -glyph->advance_mpt : glyph->advance_mpt;
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
    put_adjustment(showing, glyph, showing->run.pen_npt - place * NPT_OF_MPT);
    buf_reserve(out, 1 + RUN_CODE_MOST);
    if (!showing->run.in_string)
        out->p[out->n++] = '(';
    showing->run.in_string = true;
    char *end =
        run_code(out->p + out->n, showing->run.font, showing->variant ? showing->variant->code : used->code);
    out->n = (size_t)(end - out->p);
    showing->run.pen_npt += run_moved(&showing->run, used);
}

/* Glyphs from the first behind a cluster on that go straight from how the segment is packed; returns the one
 * behind them. */
static size_t put_run(struct showing *showing, const struct cluster *cluster)
{
    const struct text_packed *packed = showing->packed;
    struct run *run = &showing->run;
    size_t next = cluster->first + cluster->count;
    if (showing->moving || showing->rise_mpt)
        return next;
    const size_t known = showing->content->known;
    if (!run_takes(run, packed, next, known))
        return next;
    if (!showing->placed)
        set_place(showing, run->place_mpt);
    begin_array(showing);
    return run_put(run, showing->content->out, packed, next, known);
}

static void begin_span(struct showing *showing, struct str text)
{
    end_array(showing);
    leave_pen(showing);
    content_begin_span(showing->content, showing->item->node, text);
}

static void end_span(struct showing *showing)
{
    end_array(showing);
    leave_pen(showing);
    content_end_span(showing->content);
}

/* How many clusters from this one on need ActualText, and their text: one span covers them all. */
static size_t unspelled(const struct showing *showing, struct cluster cluster, struct str *text)
{
    size_t count = 1;
    *text = cluster.text;
    while (cluster_next(&cluster) && cluster.text.p == text->p + text->n &&
           !font_spells(showing->run.font, &cluster)) {
        text->n += cluster.text.n;
        count++;
    }
    return count;
}

/* Whether the glyph behind a cluster stands well within the width of the cluster's last, as full-width signs that close
 * up do (text/squeeze.h). */
static bool closes_up(const struct showing *showing, const struct cluster *cluster)
{
    const struct text_segment *segment = showing->segment;
    size_t next = cluster->first + cluster->count;
    if (segment->rtl || cluster->count != 1 || next >= segment->glyph_count)
        return false;
    const struct text_glyph *glyphs = segment->glyphs;
    const struct font_glyph *used = font_glyph_find(showing->run.font, glyphs[next - 1].id);
    int64_t on_npt = ((int64_t)glyphs[next - 1].advance_mpt + glyphs[next].dx_mpt - glyphs[next - 1].dx_mpt) * NPT_OF_MPT;
    return used && on_npt < drawn(showing->content, (int64_t)used->width_uem * segment->size_mpt) -
                                (int64_t)segment->size_mpt * NPT_OF_MPT / 4;
}

/* How many clusters from this one on close up, and their text. Readers that go by the order of drawing see a sign that
 * begins within another as a new line (poppler's pdftotext -raw); as one replaced text they see both as one. */
static size_t closed_up(const struct showing *showing, struct cluster cluster, struct str *text)
{
    size_t count = 1;
    *text = cluster.text;
    while (closes_up(showing, &cluster) && cluster_next(&cluster) && cluster.text.p == text->p + text->n) {
        text->n += cluster.text.n;
        count++;
    }
    return count;
}

/* The space that the line's end took away: without it, readers of the structure join the words. */
static void put_space_after(struct showing *showing)
{
    const struct font *font = showing->run.font;
    const struct font_glyph *space = font->space ? font_glyph_find(font, font->space) : NULL;
    if (!showing->packed->space_after || !space)
        return;
    struct text_glyph glyph = {.id = font->space};
    glyph.advance_mpt = (int32_t)((int64_t)space->width_uem * showing->packed->size_mpt / 1000000);
    put_glyph(showing, &glyph, space);
}

/* A cluster; spans: how many clusters from it on the open span still covers. */
static void put_cluster(struct showing *showing, const struct cluster *cluster, size_t *spans)
{
    bool rtl = showing->packed->rtl, spelled = font_spells(showing->run.font, cluster);
    if (!*spans) {
        struct str text;
        size_t count = spelled ? closed_up(showing, *cluster, &text) : unspelled(showing, *cluster, &text);
        if (!spelled || count > 1) {
            *spans = count;
            begin_span(showing, text);
        }
    }
    showing->placed = showing->placed && !rtl;
    showing->variant = spelled ? font_variant_find(showing->run.font, cluster) : NULL;
    for (size_t i = 0; i < cluster->count; i++) {
        const struct text_glyph *glyph = cluster_glyph(cluster, i);
        put_glyph(showing, glyph, font_glyph_find(showing->run.font, glyph->id));
    }
    showing->variant = NULL;
    if (*spans && --*spans == 0)
        end_span(showing);
}

/* In the order of reading, as tagged content is to be (ISO 32000-1, 14.8.2.3): what runs from right to left
 * goes on to the left, and the pen is set anew for each cluster. So do readers of the structure get it right,
 * and those that order text by its place (seen in poppler, mutool, pdf.js and PDFium; the last garbles
 * clusters that a single TJ shows from right to left). */
static void put_clusters(struct showing *showing)
{
    struct cluster cluster = {.segment = showing->segment};
    bool rtl = showing->packed->rtl;
    size_t spans = 0;
    for (;;) {
        if (!rtl && !spans) {
            cluster.first = put_run(showing, &cluster);
            cluster.count = 0;
            if (cluster.first == showing->packed->glyph_count)
                break;
        }
        cluster.segment = unpack(showing);
        if (!cluster_next(&cluster))
            break;
        put_cluster(showing, &cluster, &spans);
    }
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
        if (!font_spells(showing->run.font, &cluster))
            return false;
        for (size_t i = 0; i < cluster.count; i++)
            if (cluster_glyph(&cluster, i)->dy_mpt ||
                !font_glyph_find(showing->run.font, cluster_glyph(&cluster, i)->id))
                return false;
    }
    return true;
}

/* Chooses the words that move, where marks are wanted. */
static void choose_marks(struct showing *showing, struct moving *moving)
{
    const struct content *content = showing->content;
    size_t count = mark_choose(content->marks->arena, content->pages, showing->item->node, unpack(showing),
                               moving->marks);
    moving->count = moving->next = 0;
    for (size_t i = 0; i < count; i++)
        if (can_move(showing, &moving->marks[i]))
            moving->marks[moving->count++] = moving->marks[i];
    showing->moving = moving->count ? moving : NULL;
}

/* Of glyphs that are packed as a word each: whether all spaces are about as wide as this. Without a jump. */
static bool spaces_are(const uint32_t *words, size_t count, uint32_t space, uint32_t advance_mpt)
{
    uint32_t others = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t id = words[i] & ((1U << PACKED_ID_BITS) - 1),
                 own = words[i] >> PACKED_ID_BITS & ((1U << PACKED_ADVANCE_BITS) - 1);
        others |= (id == space) & (own + SAME_SPACE_MPT - advance_mpt > 2 * SAME_SPACE_MPT);
    }
    return !others;
}

/* The advance that most spaces of a stretch have, if any have; -1: there is none. What others have is left to
 * TJ. */
static int32_t space_advance(const struct text_packed *packed, uint32_t space)
{
    const uint32_t *words = packed->glyphs;
    if (packed_is_plain(packed)) { /* all are alike, as a rule */
        size_t first = 0, count = packed->glyph_count;
        while (first < count && (words[first] & ((1U << PACKED_ID_BITS) - 1)) != space)
            first++;
        if (first == count)
            return -1;
        uint32_t advance_mpt = words[first] >> PACKED_ID_BITS & ((1U << PACKED_ADVANCE_BITS) - 1);
        if (spaces_are(words + first, count - first, space, advance_mpt))
            return (int32_t)advance_mpt;
    }
    int32_t most = -1, advance;
    size_t votes = 0;
    for (uint32_t i = 0, id; i < packed->glyph_count; i++) {
        words = packed_get(words, &id, &advance);
        if (id != space)
            continue;
        if (votes == 0)
            most = advance;
        votes = abs(advance - most) <= SAME_SPACE_MPT ? votes + 1 : votes - 1;
    }
    return most;
}

/* The word spacing of a stretch (ISO 32000-1, 9.3.3). A stretch without spaces leaves it as it is. */
static void set_word_space(struct showing *showing)
{
    const struct text_packed *packed = showing->packed;
    const struct font *font = showing->run.font;
    const struct font_glyph *space = font->word_space ? font_glyph_find(font, font->word_space) : NULL;
    if (!space || packed->rtl)
        return;
    int32_t advance_mpt = space_advance(packed, space->id);
    if (advance_mpt >= 0) {
        int64_t more = (int64_t)advance_mpt * NPT_OF_MPT - run_moved(&showing->run, space);
        bool has_more = run_divide(more, showing->run.thousandth_npt) != 0;
        int64_t unscaled = more / (WIDER_PARTS + showing->content->wider_pcm) * WIDER_PARTS;
        content_word_space(showing->content, has_more ? (int32_t)run_divide(unscaled, NPT_OF_MPT) : 0);
    }
    showing->run.word_npt = drawn(showing->content, (int64_t)showing->content->word_mpt * NPT_OF_MPT);
}

void content_text(struct content *content, const struct page_item *item)
{
    const struct text_packed *packed = item->u.glyphs.segment;
    const struct font *font = fonts_find(content->fonts, packed->face);
    if (!font || packed->glyph_count == 0 || packed->size_mpt <= 0)
        return;
    content_fill(content, item->colour);
    content_font(content, font, packed->size_mpt);
    content_scale(content, (int16_t)(run_divide(packed->wider_pcm, WIDER_STEP) * WIDER_STEP));
    struct showing showing = {.content = content, .item = item, .packed = packed, .run = {.font = font}};
    struct run *run = &showing.run;
    run->scale = run_divide((int64_t)packed->size_mpt * (WIDER_PARTS + content->wider_pcm) * RUN_SCALE_ONE,
                            WIDER_PARTS);
    run->thousandth_npt = 1000 * run->scale / RUN_SCALE_ONE;
    /* Gaps beside marked words must be what they seem. */
    run->near_npt = content->marks ? run->thousandth_npt : drawn(content, (int64_t)NEAR_MPT * NPT_OF_MPT);
    if (packed->rtl)
        for (size_t i = 0; i < packed->glyph_count; i++)
            run->place_mpt += unpack(&showing)->glyphs[i].advance_mpt;
    struct moving moving;
    if (content->marks)
        choose_marks(&showing, &moving);
    set_word_space(&showing);
    put_clusters(&showing);
    leave_pen(&showing);
    if (showing.rise_mpt)
        buf_text(content->out, "0 Ts\n");
}
