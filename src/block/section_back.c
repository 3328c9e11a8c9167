/* Last pages: abbreviations, release, about, contact, also read, corrections, disclosures. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

void section_abbreviations(struct builder *b, struct block_list *page)
{
    const struct abbreviation_list *all = &b->spec->abbreviations;
    if (!all->count)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_abbreviations), STR("abbreviations"), span_none());
    struct block *facts = block_add(b, list, BLOCK_FACTS, STYLE_VALUE);
    facts->u.facts.terms = ARENA_ARRAY(b->arena, struct block_inlines, all->count);
    facts->u.facts.values = ARENA_ARRAY(b->arena, struct block_inlines, all->count);
    facts->u.facts.count = all->count;
    for (size_t i = 0; i < all->count; i++) {
        inline_text(b, &facts->u.facts.terms[i], &all->items[i].short_form, 0);
        inline_text(b, &facts->u.facts.values[i], &all->items[i].long_form, 0);
    }
}

static void add_part(struct builder *b, struct block_inlines *line, struct str text, struct str url, struct span at)
{
    if (!text.n)
        return;
    inline_separate(b, line, "\u00a0· ", INLINE_QUIET);
    inline_link(b, line, text, url, 0, at);
}

static void add_text(struct builder *b, struct block_inlines *line, const struct text *text)
{
    add_part(b, line, text->s, (struct str){0}, text->at);
}

static void add_url(struct builder *b, struct block_inlines *line, const struct text *url)
{
    add_part(b, line, wording_url(url->s), url->s, url->at);
}

static void add_email(struct builder *b, struct block_inlines *line, const struct text *email)
{
    if (email->s.n)
        add_part(b, line, email->s, str_printf(b->arena, "mailto:" STR_FMT, STR_ARG(email->s)), email->at);
}

void section_release(struct builder *b, struct block_list *page)
{
    const struct release *release = &b->spec->release;
    struct block_inlines line = {0};
    add_text(b, &line, &release->dateline);
    add_part(b, &line, wording_date(b, release->published.date, false), (struct str){0}, release->published.at);
    add_text(b, &line, &release->distributor);
    if (release->number.s.n)
        add_part(b, &line, FILL(b, WORD_release_number, {"number", release->number.s}), (struct str){0},
                 release->number.at);
    add_url(b, &line, &release->url);
    if (!line.count && !release->disclaimer)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_release), STR("release"), release->span);
    if (line.count)
        block_add(b, list, BLOCK_TEXT, STYLE_SMALL)->inlines = line;
    block_prose(b, list, release->disclaimer, STYLE_SMALL);
}

void section_about(struct builder *b, struct block_list *page)
{
    const struct about_list *all = &b->spec->about;
    if (!all->count)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_about), STR("about"), span_none());
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].name.s.n && all->items[i].text)
            block_run_in(b, list, all->items[i].name.s, all->items[i].text, STYLE_SMALL);
        else if (all->items[i].text)
            block_prose(b, list, all->items[i].text, STYLE_SMALL);
        else
            block_line(b, list, STYLE_SMALL, all->items[i].name.s);
    }
}

void section_contact(struct builder *b, struct block_list *page)
{
    const struct contact *contact = &b->spec->contact;
    struct block_inlines line = {0};
    add_text(b, &line, &contact->name);
    add_email(b, &line, &contact->email);
    add_text(b, &line, &contact->phone);
    add_url(b, &line, &contact->url);
    if (!line.count)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_contact), STR("contact"), span_none());
    block_add(b, list, BLOCK_TEXT, STYLE_SMALL)->inlines = line;
}

void section_also_read(struct builder *b, struct block_list *page)
{
    const struct link_list *all = &b->spec->also_read;
    if (!all->count)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_also_read), STR("also-read"), span_none());
    struct block_list *items = all->count == 1 ? list : &block_add(b, list, BLOCK_LIST, STYLE_SMALL)->children;
    for (size_t i = 0; i < all->count; i++) {
        const struct link *link = &all->items[i];
        struct str title = link->title.s.n ? inline_typographic(b, link->title.s) : wording_url(link->url.s);
        struct block_list *item = all->count == 1 ? items : block_item(b, items);
        inline_link(b, &block_add(b, item, BLOCK_TEXT, STYLE_SMALL)->inlines, title, link->url.s, 0, link->title.at);
    }
}

void section_corrections(struct builder *b, struct block_list *page)
{
    const struct correction_list *all = &b->spec->corrections;
    if (!all->count)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_corrections), STR("corrections"), span_none());
    for (size_t i = 0; i < all->count; i++) {
        struct str date = wording_date(b, all->items[i].date.date, false);
        if (date.n)
            block_run_in(b, list, date, all->items[i].text, STYLE_SMALL);
        else
            block_prose(b, list, all->items[i].text, STYLE_SMALL);
    }
}

void section_disclosures(struct builder *b, struct block_list *page)
{
    if (!b->spec->disclosures || !b->spec->disclosures->count)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_disclosures), STR("disclosures"), span_none());
    block_prose(b, list, b->spec->disclosures, STYLE_SMALL);
}
