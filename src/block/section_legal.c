/* The close: legal notice, imprint, copyright, and the line that tells this edition from any other. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

enum { DIGEST_DIGITS = 16 }; /* of 64: enough to tell editions apart at a glance */

/* Adds what the contact section has not printed already. */
static void add_part(struct builder *b, struct block_inlines *line, const struct text *text, struct str shown,
                     struct str url,
                     const struct text *contact)
{
    if (!text->s.n || str_eq(text->s, contact->s))
        return;
    inline_separate(b, line, "\u00a0· ", INLINE_QUIET);
    inline_link(b, line, shown, url, 0, text->at);
}

static void add_imprint(struct builder *b, struct block_list *list)
{
    const struct publisher *publisher = &b->house->publisher;
    const struct contact *contact = &b->spec->contact;
    struct str name = publisher->legal_name.s.n ? publisher->legal_name.s : publisher->name.s;
    if (!name.n)
        return;
    struct block_inlines line = {0};
    inline_add(b, &line, FILL(b, WORD_published_by, {"publisher", name}), 0);
    struct str mail = str_printf(b->arena, "mailto:" STR_FMT, STR_ARG(publisher->email.s));
    add_part(b, &line, &publisher->address, publisher->address.s, (struct str){0}, &(struct text){0});
    add_part(b, &line, &publisher->email, publisher->email.s, mail, &contact->email);
    add_part(b, &line, &publisher->phone, publisher->phone.s, (struct str){0}, &contact->phone);
    add_part(b, &line, &publisher->url, wording_url(publisher->url.s), publisher->url.s, &contact->url);
    block_add(b, list, BLOCK_TEXT, STYLE_LEGAL)->inlines = line;
}

static void add_digest(struct builder *b, struct block_list *list)
{
    struct str digest = str_slice(edition_digest_of(b->edition), 0, DIGEST_DIGITS);
    struct str parts[] = {
        FILL(b, WORD_digest, {"digest", digest}),
        wording_edition(b, b->edition->id),
        b->edition->tier->label.s,
        wording_date(b, b->edition->date, false),
    };
    block_line(b, list, STYLE_LEGAL, wording_join(b, parts, sizeof parts / sizeof parts[0], "\u00a0· "));
}

void section_legal(struct builder *b, struct block_list *page)
{
    struct block_list *list = &block_section(b, page)->children;
    if (b->house->legal && b->house->legal->count) {
        block_heading(b, list, 2, WORD_OF(b, WORD_legal), STR("legal"), span_none());
        if (b->house->language.s.n)
            b->language = b->house->language.s; /* its marks and spaces, whatever the document's language */
        block_prose(b, list, b->house->legal, STYLE_LEGAL);
        b->language = b->spec->language.s;
    }
    add_imprint(b, list);
    if (b->house->copyright.s.n) {
        struct block *line = block_add(b, list, BLOCK_TEXT, STYLE_LEGAL);
        inline_text(b, &line->inlines, &b->house->copyright, 0);
    }
    add_digest(b, list);
}
