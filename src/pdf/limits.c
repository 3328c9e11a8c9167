/* Texts that are too long for a string of PDF/A. */
#include "pdf/limits.h"

#include "pdf/token.h"

enum { SHOWN_BYTES = 60 };

static void report(struct diags *diags, const char *what, struct str text, size_t kept)
{
    size_t shown = SHOWN_BYTES < text.n ? SHOWN_BYTES : text.n;
    while (shown && shown < text.n && ((unsigned char)text.p[shown] & 0xC0) == 0x80)
        shown--;
    struct diag *diag = diag_add(diags, DIAG_TEXT_SHORTENED, span_none(),
                                 "%s has %zu bytes, of which a PDF/A can hold the first %zu only: " STR_FMT " …", what,
                                 text.n, kept, STR_ARG(str_slice(text, 0, shown)));
    diag_hint(diags, diag, "shorten it to a few sentences; what must be said at length belongs into the text");
}

static void check(struct diags *diags, const char *what, struct str text)
{
    size_t kept = token_clip(text).n;
    if (kept < text.n)
        report(diags, what, text, kept);
}

/* As link.c writes it: what is no printing ASCII takes three bytes. */
static void check_url(struct diags *diags, struct str url)
{
    size_t bytes = 0, kept = 0;
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        bytes += c > ' ' && c < 0x7F ? 1 : 3;
        if (bytes <= TOKEN_MAX_STRING)
            kept = i + 1;
    }
    if (kept < url.n)
        report(diags, "the address of a link", url, kept);
}

static void check_links(const struct page *page, struct diags *diags)
{
    for (size_t i = 0; i < page->link_count; i++) {
        const struct page_link *link = &page->links[i];
        check_url(diags, link->url);
        check(diags, "the description of a link", link->contents);
    }
}

void limits_check(const struct pages *pages, const struct pdf_metadata *metadata, struct diags *diags)
{
    for (size_t i = 1; i < pages->node_count; i++) {
        check(diags, "an alternative text", page_words_of(&pages->nodes[i])->alt);
        check(diags, "the expansion of an abbreviation", page_words_of(&pages->nodes[i])->expansion);
    }
    for (size_t i = 0; i < pages->count; i++)
        check_links(&pages->items[i], diags);
    for (size_t i = 0; i < pages->outline_count; i++)
        check(diags, "a title in the outline", pages->outline[i].title);
    check(diags, "the document's title", metadata->title);
    check(diags, "the document's author", metadata->author);
    check(diags, "the document's subject", metadata->subject);
    check(diags, "the document's keywords", metadata->keywords);
}
