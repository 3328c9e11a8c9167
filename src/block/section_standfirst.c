/* Standfirst: why the entity is profiled, how it is tracked, and its relevance. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

static void add_label(struct builder *b, struct block_inlines *line, enum word_id label, struct str value,
                      struct span at)
{
    if (!value.n)
        return;
    inline_separate(b, line, " · ", INLINE_QUIET);
    struct str text = FILL(b, WORD_label_value, {"label", WORD_OF(b, label)}, {"value", value});
    inline_running(b, line, text, 0, at);
}

static void add_profile_line(struct builder *b, struct block_list *list)
{
    struct block_inlines line = {0};
    add_label(b, &line, WORD_tracked_as, b->spec->tracked_as.s, b->spec->tracked_as.at);
    add_label(b, &line, WORD_ecosystem, b->spec->ecosystem.s, b->spec->ecosystem.at);
    add_label(b, &line, WORD_impact, wording_level(b, b->spec->impact), span_none());
    if (line.count)
        block_add(b, list, BLOCK_TEXT, STYLE_SMALL)->inlines = line;
}

void section_standfirst(struct builder *b, struct block_list *page)
{
    struct block_list *list = &block_section(b, page)->children;
    block_prose(b, list, b->spec->profile, STYLE_STANDFIRST);
    add_profile_line(b, list);
    block_prose(b, list, b->spec->relevance, STYLE_RELEVANCE);
}
