/* The order of the page: one row for each section. */
#include "block/sections.h"

#include "block/inline.h"
#include "block/passages.h"

static section_builder *const sections[] = {
    section_masthead,      section_title,     section_standfirst,   section_key_figures,
    section_summary,       section_quotes,    section_confidence,   section_body,
    section_what_it_does,  section_why_it_matters, section_watch,   section_outlook,
    section_relationships, section_timeline,  section_sources,      section_abbreviations,
    section_release,       section_about,     section_contact,      section_also_read,
    section_corrections,   section_disclosures, section_legal,
};

/* A section that has nothing to say may leave its empty group; nothing of it stays. */
static void drop_empty_group(struct block_list *page)
{
    struct block *last = page->count ? &page->items[page->count - 1] : NULL;
    if (last && last->kind == BLOCK_GROUP && !last->children.count)
        page->count--;
}

void block_forget(const struct block_document *document, size_t index)
{
    if (document->arena && index < document->blocks.count)
        arena_forget(document->arena, document->begun[index]);
}

struct block_document *block_build(struct arena *arena, const struct edition *edition, struct diags *diags)
{
    struct block_document *document = block_build_apart(arena, arena, edition, diags);
    document->arena = NULL;
    return document;
}

struct block_document *block_build_apart(struct arena *keep, struct arena *blocks, const struct edition *edition,
                                         struct diags *diags)
{
    struct block_document *document = ARENA_NEW(keep, struct block_document);
    struct builder *b = ARENA_NEW(keep, struct builder);
    document->arena = blocks;
    b->arena = b->keep = keep;
    b->document = document;
    (void)diags; /* the edition was checked before; what does not fit is for layout to say */
    b->edition = edition;
    b->spec = &edition->spec;
    b->house = edition->house;
    words_init(&b->words, edition->house);
    passages_begin(b);
    b->language = edition->spec.language.s;
    b->abbreviations = abbreviation_index_make(keep, &edition->spec.abbreviations);
    b->references = ARENA_ARRAY(keep, size_t, edition->spec.sources.count + 1);
    b->arena = blocks;
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        sections[i](b, &document->blocks);
        drop_empty_group(&document->blocks);
    }
    b->arena = keep;
    running_fill(b, document);
    b->arena = blocks;
    passages_end(b, document);
    return document;
}
