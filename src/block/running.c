/* Running heads and feet, and the document's own metadata. */
#include "block/inline.h"
#include "block/sections.h"

#include "block/wording.h"

/* TLP 2.0 (FIRST, 2022): the words are fixed in every language. */
struct str running_marking(enum tlp tlp)
{
    switch (tlp) {
    case TLP_CLEAR:
        return STR("TLP:CLEAR");
    case TLP_GREEN:
        return STR("TLP:GREEN");
    case TLP_AMBER:
        return STR("TLP:AMBER");
    case TLP_AMBER_STRICT:
        return STR("TLP:AMBER+STRICT");
    case TLP_RED:
        return STR("TLP:RED");
    case TLP_NONE:
        break;
    }
    return (struct str){0};
}

static struct str joined(struct builder *b, struct str first, struct str second, const char *separator)
{
    return wording_join(b, (struct str[]){first, second}, 2, separator);
}

struct str running_stamp(struct builder *b)
{
    return joined(b, b->edition->internal ? WORD_OF(b, WORD_internal) : (struct str){0},
                  b->edition->draft ? WORD_OF(b, WORD_draft) : (struct str){0}, " · ");
}

static struct str keywords(struct builder *b)
{
    struct str *tags = ARENA_ARRAY(b->arena, struct str, b->spec->tags.count + 1);
    for (size_t i = 0; i < b->spec->tags.count; i++)
        tags[i] = b->spec->tags.items[i].s;
    return wording_join(b, tags, b->spec->tags.count, ", ");
}

static void fill_hyphenations(struct builder *b, struct block_document *document)
{
    const struct hyphenation_list *all = &b->house->hyphenation;
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++)
        count += all->items[i].words.count;
    document->hyphenations = ARENA_ARRAY(b->arena, struct block_hyphenation, count + 1);
    for (size_t i = 0; i < all->count; i++)
        for (size_t j = 0; j < all->items[i].words.count; j++)
            document->hyphenations[document->hyphenation_count++] =
                (struct block_hyphenation){all->items[i].language.s, all->items[i].words.items[j].s};
}

void running_fill(struct builder *b, struct block_document *document)
{
    const struct spec *spec = b->spec;
    const struct house *house = b->house;
    struct block_running *running = &document->running;
    running->head_left = joined(b, house->publisher.name.s, house->product.s, " · ");
    running->head_right = wording_edition(b, b->edition->id);
    running->foot_left = joined(b, spec->entity.name.s, b->edition->tier->label.s, " · ");
    running->copy_line = WORD_OF(b, WORD_copy_line);
    running->page_format = WORD_OF(b, WORD_page_of);
    running->marking = running_marking(spec->tlp);
    running->stamp = running_stamp(b);
    document->language = spec->language.s;
    document->title = joined(b, spec->entity.name.s, inline_typographic(b, spec->headline.s), ": ");
    document->author = wording_list(b, spec->authors.items, spec->authors.count);
    if (!document->author.n)
        document->author = house->publisher.name.s;
    struct str type = spec->entity.type.s.n ? spec->entity.type.s : wording_kind(b, spec->entity.kind);
    document->subject = house->product.s.n ? FILL(b, WORD_subject, {"product", house->product.s},
                                                  {"type", type}) : type;
    document->keywords = keywords(b);
    document->creator = STR("briefing");
    document->accent = house->theme.accent.s;
    document->small_capitals = house->theme.abbreviations == ABBREVIATIONS_SMALL_CAPITALS;
    fill_hyphenations(b, document);
    document->continued = WORD_OF(b, WORD_continued);
}
