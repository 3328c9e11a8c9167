/* The letter as HTML for mail readers. They know tables and inline styles and little else; a style sheet in
 * the head adds what newer ones understand: dark grounds and narrow screens. */
#include "mail/letter_colour.h"
#include "mail/letter_words.h"
#include "prose/prose.h"

#define BODY_FONT "Georgia,'Times New Roman',serif"
#define PLAIN_FONT "-apple-system,'Segoe UI',Helvetica,Arial,sans-serif"
#define TEXT_STYLE "margin:0 0 14px;font:16px/1.5 " BODY_FONT ";color:#1c2430"
#define QUIET_STYLE "margin:0 0 8px;font:14px/1.45 " PLAIN_FONT ";color:#505a66"

/* Below it lists and quotations follow one another as text. */
enum { DEPTH = 8 };

struct page {
    struct buf *out;
    struct arena *arena;
    const struct mail_letter *letter;
    struct str accent; /* "#rrggbb" */
    bool rtl;          /* lines start at the right, here */
    bool foreign;      /* in a card of another language than the letter's */
};

/* Mail readers know "left" and "right", few of them "start". */
static const char *start_side(const struct page *p)
{
    return p->rtl ? "right" : "left";
}

static void put(struct page *p, const char *html)
{
    buf_text(p->out, html);
}

static void put_escaped(struct page *p, struct str text)
{
    const struct str line_break = STR("\u2028");
    for (size_t i = 0; i < text.n; i++) {
        switch (text.p[i]) {
        case '&':
            put(p, "&amp;");
            break;
        case '<':
            put(p, "&lt;");
            break;
        case '>':
            put(p, "&gt;");
            break;
        case '"':
            put(p, "&quot;");
            break;
        case '\'':
            put(p, "&#39;");
            break;
        case '\xE2':
            if (str_starts(str_slice(text, i, text.n), line_break)) {
                put(p, "<br>");
                i += line_break.n - 1;
                break;
            }
            buf_char(p->out, text.p[i]);
            break;
        default:
            buf_char(p->out, text.p[i]);
        }
    }
}

static void put_paragraph(struct page *p, const char *style, const char *class, struct str text)
{
    if (!text.n)
        return;
    buf_printf(p->out, "<p class=\"%s\" style=\"%s\">", class, style);
    put_escaped(p, text);
    put(p, "</p>\n");
}

static void put_link(struct page *p, struct str url, struct str text)
{
    put(p, "<a class=\"a\" href=\"");
    put_escaped(p, url);
    buf_printf(p->out, "\" style=\"color:" STR_FMT "\">", STR_ARG(p->accent));
    put_escaped(p, text);
    put(p, "</a>");
}

static void put_span(struct page *p, const struct prose_span *span)
{
    if (span->style & PROSE_STRONG)
        put(p, "<strong>");
    if (span->style & PROSE_EMPHASIS)
        put(p, "<em>");
    if (span->style & PROSE_CODE)
        put(p, "<code>");
    if (span->url.n)
        put_link(p, span->url, span->text);
    else
        put_escaped(p, span->text);
    if (span->style & PROSE_CODE)
        put(p, "</code>");
    if (span->style & PROSE_EMPHASIS)
        put(p, "</em>");
    if (span->style & PROSE_STRONG)
        put(p, "</strong>");
}

static void put_blocks(struct page *p, const struct prose_block *blocks, size_t count, bool bare, int depth);

static void put_list(struct page *p, const struct prose_block *list, int depth)
{
    if (list->ordered)
        buf_printf(p->out,
                   "<ol class=\"t\" start=\"%u\" style=\"" TEXT_STYLE ";padding:0;padding-%s:26px\">\n",
                   list->start, start_side(p));
    else
        buf_printf(p->out, "<ul class=\"t\" style=\"" TEXT_STYLE ";padding:0;padding-%s:22px\">\n",
                   start_side(p));
    for (size_t i = 0; i < list->child_count; i++) {
        put(p, "<li style=\"margin:0 0 6px\">");
        put_blocks(p, list->children[i].children, list->children[i].child_count, list->tight, depth + 1);
        put(p, "</li>\n");
    }
    put(p, list->ordered ? "</ol>\n" : "</ul>\n");
}

static void put_spans(struct page *p, const struct prose_block *block)
{
    for (size_t i = 0; i < block->span_count; i++)
        put_span(p, &block->spans[i]);
}

/* bare: paragraphs of a tight list stand without <p>. */
static void put_block(struct page *p, const struct prose_block *block, bool bare, int depth)
{
    if (block->kind == PROSE_LIST && depth < DEPTH) {
        put_list(p, block, depth);
    } else if (block->kind == PROSE_QUOTE && depth < DEPTH) {
        buf_printf(p->out,
                   "<blockquote class=\"t rule\" style=\"margin:0 0 14px;padding:0;padding-%s:14px;"
                   "border-%s:3px solid #c3cad2\">\n",
                   start_side(p), start_side(p));
        put_blocks(p, block->children, block->child_count, false, depth + 1);
        put(p, "</blockquote>\n");
    } else if (block->kind == PROSE_CODE_BLOCK) {
        put(p, "<pre class=\"t\" style=\"margin:0 0 14px;white-space:pre-wrap;color:#1c2430\"><code>");
        put_spans(p, block);
        put(p, "</code></pre>\n");
    } else if (block->span_count) {
        put(p, bare ? "" : "<p class=\"t\" style=\"" TEXT_STYLE "\">");
        put_spans(p, block);
        put(p, bare ? "" : "</p>\n");
    } else {
        struct prose rest = {block->children, block->child_count, block->at};
        put_escaped(p, prose_text(p->arena, &rest));
    }
}

static void put_blocks(struct page *p, const struct prose_block *blocks, size_t count, bool bare, int depth)
{
    for (size_t i = 0; i < count; i++)
        put_block(p, &blocks[i], bare, depth);
}

static void put_language(struct page *p, struct str language)
{
    put(p, " lang=\"");
    put_escaped(p, language);
    put(p, letter_is_rtl(language) ? "\" dir=\"rtl\"" : "\" dir=\"ltr\"");
}

/* From here on. */
static void set_language(struct page *p, struct str language)
{
    p->rtl = letter_is_rtl(language);
    p->foreign = !str_eq(language, p->letter->language);
}

/* The house's words, also in a card of another language. */
static void put_house_words(struct page *p, struct str text)
{
    if (p->foreign) {
        put(p, "<span");
        put_language(p, p->letter->language);
        put(p, ">");
    }
    put_escaped(p, text);
    put(p, p->foreign ? "</span>" : "");
}

static void put_points(struct page *p, const struct point_list *points)
{
    if (!points->count)
        return;
    put(p, "<h3 class=\"t\" style=\"margin:12px 0 6px;font:bold 14px/1.4 " PLAIN_FONT ";color:#1c2430\">");
    put_house_words(p, p->letter->words->text[WORD_key_points]);
    buf_printf(
        p->out,
        "</h3>\n<ul class=\"t\" style=\"margin:0 0 12px;padding:0;padding-%s:20px;font:15px/1.5 " BODY_FONT
        ";color:#1c2430\">\n",
        start_side(p));
    for (size_t i = 0; i < points->count; i++) {
        const struct prose *text = points->items[i].text;
        put(p, "<li style=\"margin:0 0 6px\">");
        put_blocks(p, text->blocks, text->count, text->count == 1, 1);
        put(p, "</li>\n");
    }
    put(p, "</ul>\n");
}

static void put_panel(struct page *p, const struct tier *tier)
{
    buf_printf(p->out,
               "<div class=\"panel rule\" style=\"margin:0 0 12px;padding:12px 14px;background:#f1f4f7;"
               "border-%s:3px solid #c3cad2\">\n",
               start_side(p));
    put_paragraph(p, "margin:0 0 4px;font:bold 14px/1.45 " PLAIN_FONT ";color:#1c2430", "t",
                  letter_panel_title(p->arena, p->letter, tier));
    put_paragraph(p, "margin:0 0 4px;font:14px/1.45 " PLAIN_FONT ";color:#505a66", "q", tier->eligibility.s);
    struct str invitation = letter_invitation(tier);
    if (tier->invitation.url.s.n) {
        put(p, "<p class=\"q\" style=\"margin:0;font:14px/1.45 " PLAIN_FONT "\">");
        put_link(p, tier->invitation.url.s, invitation);
        put(p, "</p>\n");
    } else {
        put_paragraph(p, "margin:0;font:14px/1.45 " PLAIN_FONT ";color:#505a66", "q", invitation);
    }
    put(p, "</div>\n");
}

static void put_panels(struct page *p)
{
    size_t count;
    const struct tier **tiers = letter_locked(p->arena, p->letter, &count);
    if (!count)
        return;
    put(p, "<tr><td class=\"pad rule\" style=\"padding:22px 32px 10px;border-top:1px solid #dde2e7\">\n");
    for (size_t i = 0; i < count; i++)
        put_panel(p, tiers[i]);
    put(p, "</td></tr>\n");
}

/* The grade is words on a tint: nothing depends on its colour. */
static void put_grade(struct page *p, const struct mail_card *card)
{
    struct str grade = letter_grade(p->arena, p->letter, card);
    if (!grade.n)
        return;
    buf_printf(
        p->out,
        "<p style=\"margin:0 0 10px\"><span class=\"grade\" style=\"display:inline-block;padding:3px 10px;"
        "border:1px solid " STR_FMT ";font:bold 14px/1.4 " PLAIN_FONT ";color:#1c2430\">",
        STR_ARG(p->accent));
    struct str confidence = p->letter->words->text[WORD_confidence];
    put_house_words(p, str_printf(p->arena, STR_FMT " " STR_FMT, STR_ARG(confidence), STR_ARG(grade)));
    put(p, "</span></p>\n");
}

static void put_picture(struct page *p, const struct mail_card *card)
{
    if (!card->picture_id.n)
        return;
    struct str alt = word_fill(p->arena, p->letter->words->text[WORD_mail_first_page],
                               &(struct word_slot){"name", card->edition->spec.entity.name.s}, 1);
    buf_printf(
        p->out,
        "<td class=\"pic\" width=\"%u\" valign=\"top\" style=\"padding:0;padding-%s:18px\"><img src=\"cid:",
        card->picture_width, p->rtl ? "left" : "right");
    put_escaped(p, card->picture_id);
    buf_printf(p->out, "\" width=\"%u\" alt=\"", card->picture_width);
    put_escaped(p, alt);
    buf_printf(p->out,
               "\" style=\"display:block;width:%upx;height:auto;border:1px solid "
               "#c3cad2;background:#ffffff\"></td>\n",
               card->picture_width);
}

static void put_where(struct page *p, const struct mail_card *card)
{
    struct str attached = letter_attached(p->arena, p->letter, card);
    if (attached.n) {
        put(p, "<p class=\"q\" style=\"" QUIET_STYLE "\">");
        put_house_words(p, attached);
        put(p, "</p>\n");
    }
    if (!card->link.n)
        return;
    put(p, "<p class=\"q\" style=\"" QUIET_STYLE "\">");
    put_link(p, card->link, p->letter->words->text[WORD_mail_read]);
    put(p, "</p>\n");
}

static void put_card(struct page *p, const struct mail_card *card)
{
    const struct spec *spec = &card->edition->spec;
    put(p, "<tr><td class=\"pad rule\" style=\"padding:22px 32px 10px;border-top:1px solid #dde2e7\">\n"
           "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"");
    set_language(p, spec->language.s);
    put_language(p, spec->language.s);
    put(p, "><tr>\n");
    put_picture(p, card);
    put(p, "<td class=\"body\" valign=\"top\">\n");
    buf_printf(p->out,
               "<h2 class=\"t\" style=\"margin:0 0 4px;font:bold 21px/1.25 " BODY_FONT ";color:#1c2430\">");
    put_escaped(p, spec->entity.name.s);
    put(p, "</h2>\n");
    put_paragraph(p, QUIET_STYLE, "q", letter_kind(p->arena, p->letter, card));
    put_grade(p, card);
    put_points(p, &spec->key_points);
    put_where(p, card);
    put(p, "</td></tr></table>\n</td></tr>\n");
    set_language(p, p->letter->language);
}

static void put_head(struct page *p)
{
    put(p, "<!DOCTYPE html>\n<html");
    set_language(p, p->letter->language);
    put_language(p, p->letter->language);
    put(p, ">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n"
           "<meta name=\"supported-color-schemes\" content=\"light dark\">\n<title>");
    put_escaped(p, p->letter->subject);
    put(p, "</title>\n<style>\n"
           ":root{color-scheme:light dark}\n"
           "@media (max-width:480px){.pad{padding-left:18px!important;padding-right:18px!important}"
           ".pic,.body{display:block!important;width:auto!important}.pic{padding:0 0 14px!important}}\n"
           "@media (prefers-color-scheme:dark){body,.ground{background:#12161b!important}"
           ".sheet{background:#1b2128!important}.t,.grade{color:#e8ecf0!important}.q{color:#b4bdc7!important}"
           ".a{color:#8ec5f0!important}.panel{background:#252d36!important}.grade{border-color:#8ec5f0!"
           "important}.rule{border-color:#39434e!important}"
           ".brand{color:#8ec5f0!important}}\n"
           "</style>\n</head>\n");
}

static void put_top(struct page *p)
{
    const struct house *house = p->letter->house;
    put(p, "<tr><td class=\"pad\" style=\"padding:28px 32px 12px\">\n");
    buf_printf(p->out,
               "<p class=\"brand\" style=\"margin:0 0 10px;font:bold 13px/1.4 " PLAIN_FONT
               ";letter-spacing:%s;color:" STR_FMT "\">",
               p->rtl ? "normal" : ".04em", STR_ARG(p->accent)); /* Arabic letters are joined */
    put_escaped(p, house->publisher.name.s);
    if (house->publisher.name.s.n && house->product.s.n)
        put(p, " · ");
    put_escaped(p, house->product.s);
    put(p, "</p>\n<h1 class=\"t\" style=\"margin:0 0 16px;font:bold 26px/1.2 " BODY_FONT ";color:#1c2430\">");
    put_escaped(p, p->letter->subject);
    put(p, "</h1>\n");
    if (p->letter->text)
        put_blocks(p, p->letter->text->blocks, p->letter->text->count, false, 0);
    if (p->letter->bundle.n)
        put_paragraph(p, QUIET_STYLE, "q",
                      word_fill(p->arena, p->letter->words->text[WORD_mail_bundle],
                                &(struct word_slot){"file", p->letter->bundle}, 1));
    put(p, "</td></tr>\n");
}

static void put_foot(struct page *p)
{
    const struct mail_letter *letter = p->letter;
    put(p, "<tr><td class=\"pad rule\" style=\"padding:18px 32px 28px;border-top:1px solid #dde2e7\">\n");
    put_paragraph(p, QUIET_STYLE, "q", letter_why(p->arena, letter));
    struct str url = letter->unsubscribe_url;
    if (!url.n && letter->unsubscribe_email.n)
        url = str_printf(p->arena, "mailto:" STR_FMT "?subject=unsubscribe",
                         STR_ARG(letter->unsubscribe_email));
    if (url.n) {
        put(p, "<p class=\"q\" style=\"" QUIET_STYLE "\">");
        put_link(p, url, letter->words->text[WORD_mail_unsubscribe]);
        put(p, "</p>\n");
    }
    put_paragraph(p, QUIET_STYLE, "q", letter_imprint(p->arena, letter));
    put(p, "</td></tr>\n");
}

void letter_html(struct buf *out, struct arena *arena, const struct mail_letter *letter)
{
    struct page page = {.out = out,
                        .arena = arena,
                        .letter = letter,
                        .accent = letter_accent(arena, letter->house->theme.accent.s)};
    put_head(&page);
    put(&page,
        "<body class=\"ground\" style=\"margin:0;padding:0;background:#eef1f4\">\n"
        "<table role=\"presentation\" class=\"ground\" width=\"100%\" cellpadding=\"0\" "
        "cellspacing=\"0\" border=\"0\" "
        "style=\"background:#eef1f4\"><tr><td align=\"center\" style=\"padding:16px 0\">\n"
        "<table role=\"presentation\" class=\"sheet\" width=\"600\" cellpadding=\"0\" "
        "cellspacing=\"0\" border=\"0\" "
        "style=\"width:100%;max-width:600px;background:#ffffff;text-align:start;word-break:break-word\">\n");
    put_top(&page);
    for (size_t i = 0; i < letter->card_count; i++)
        put_card(&page, &letter->cards[i]);
    put_panels(&page);
    put_foot(&page);
    put(&page, "</table>\n</td></tr></table>\n</body>\n</html>\n");
}
