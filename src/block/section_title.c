/* Title block: kicker, the entity's name, headline, deck and byline, with the entity's picture beside them. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

enum { PICTURE_PERMILLE = 260 };

static void add_text(struct builder *b, struct block_list *list, enum block_style style, const struct text *text)
{
    if (!text->s.n)
        return;
    struct block *block = block_add(b, list, BLOCK_TEXT, style);
    inline_running(b, &block->inlines, text->s, 0, text->at);
    block->at = text->at;
}

static void add_name(struct builder *b, struct block_list *list)
{
    const struct entity *entity = &b->spec->entity;
    struct block *name = block_add(b, list, BLOCK_HEADING, STYLE_TITLE);
    name->level = 1;
    name->keep_with_next = true;
    name->anchor = STR("title");
    name->outline = entity->name.s;
    name->at = entity->name.at;
    inline_text(b, &name->inlines, &entity->name, 0);
    if (!entity->native_name.s.n)
        return;
    struct block *native = block_add(b, list, BLOCK_TEXT, STYLE_NATIVE_NAME);
    native->at = entity->native_name.at;
    native->keep_with_next = true;
    inline_text(b, &native->inlines, &entity->native_name, 0)->language = wording_language(b,
                                                                                           entity->native_language.s);
}

static void add_kicker(struct builder *b, struct block_list *list)
{
    const struct entity *entity = &b->spec->entity;
    struct text type = entity->type;
    if (!type.s.n)
        type = (struct text){wording_kind(b, entity->kind), entity->kind_at};
    struct block *kicker = block_add(b, list, BLOCK_TEXT, STYLE_KICKER);
    kicker->keep_with_next = true;
    inline_text(b, &kicker->inlines, &type, 0);
    if (entity->base.s.n)
        inline_separate(b, &kicker->inlines, " · ", 0);
    inline_text(b, &kicker->inlines, &entity->base, 0);
}

static void add_byline(struct builder *b, struct block_list *list)
{
    struct str authors = wording_list(b, b->spec->authors.items, b->spec->authors.count);
    struct str date = wording_date(b, b->spec->as_of.date, false);
    struct str parts[2] = {authors.n ? FILL(b, WORD_by_authors, {"authors", authors}) : authors,
                           date.n ? FILL(b, WORD_as_of_byline, {"date", date}) : date};
    struct str byline = wording_join(b, parts, 2, " · ");
    if (!byline.n)
        return;
    struct block *block = block_add(b, list, BLOCK_TEXT, STYLE_BYLINE);
    inline_add(b, &block->inlines, byline, 0)->at =
        b->spec->authors.count ? b->spec->authors.items[0].at : b->spec->as_of.at;
}

static void add_picture(struct builder *b, struct block_list *list)
{
    const struct picture *picture = &b->spec->entity.image;
    struct block *figure = block_add(b, list, BLOCK_FIGURE, STYLE_CAPTION);
    figure->u.figure.path = picture->path;
    figure->u.figure.alt = picture->alt.s;
    figure->u.figure.beside = true;
    figure->at = picture->file.at;
}

void section_title(struct builder *b, struct block_list *page)
{
    struct block *group = block_section(b, page);
    struct block_list *list = &group->children;
    bool picture = b->spec->entity.image.path.n != 0;
    if (picture) {
        struct block *columns = block_add(b, list, BLOCK_COLUMNS, STYLE_BODY);
        columns->u.columns.right_permille = PICTURE_PERMILLE;
        columns->keep_together = true;
        add_picture(b, &columns->right);
        list = &columns->children;
    }
    add_kicker(b, list);
    add_name(b, list);
    add_text(b, list, STYLE_HEADLINE, &b->spec->headline);
    add_text(b, list, STYLE_DECK, &b->spec->deck);
    add_byline(b, list);
}
