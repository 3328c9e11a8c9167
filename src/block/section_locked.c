/* Locked panel: stands where sections for another tier would, and says who may read them. */
#include "block/inline.h"
#include "block/sections.h"

static void add_teasers(struct builder *b, struct block_list *list, const struct locked_panel *panel)
{
    struct block_list *into = list;
    if (panel->teaser_count > 1)
        into = &block_add(b, list, BLOCK_LIST, STYLE_PANEL_TEXT)->children;
    for (size_t i = 0; i < panel->teaser_count; i++) {
        struct block_list *item = panel->teaser_count > 1 ? block_item(b, into) : into;
        struct block *teaser = block_add(b, item, BLOCK_TEXT, STYLE_PANEL_TEXT);
        inline_running(b, &teaser->inlines, panel->teasers[i].s, 0, panel->teasers[i].at);
    }
}

static void add_invitation(struct builder *b, struct block_list *list, const struct invitation *invitation)
{
    const struct text *words = invitation->text.s.n ? &invitation->text : &invitation->url;
    if (!words->s.n)
        return;
    struct block *line = block_add(b, list, BLOCK_TEXT, STYLE_PANEL_TEXT);
    inline_link(b, &line->inlines, words->s, invitation->url.s, INLINE_STRONG, words->at);
}

void locked_panel_add(struct builder *b, struct block_list *page, const struct locked_panel *panel)
{
    const struct tier *tier = panel->tier;
    const struct text *label = tier->label.s.n ? &tier->label : &tier->id;
    struct block *block = block_add(b, page, BLOCK_PANEL, STYLE_PANEL_TITLE);
    block->u.panel.panel = PANEL_LOCKED;
    block->keep_together = true;
    block->at = label->at;
    struct text title = {FILL(b, WORD_locked_title, {"tier", label->s}), label->at};
    inline_text(b, &block->inlines, &title, 0);
    add_teasers(b, &block->children, panel);
    if (tier->eligibility.s.n) {
        struct block *line = block_add(b, &block->children, BLOCK_TEXT, STYLE_PANEL_TEXT);
        inline_text(b, &line->inlines, &tier->eligibility, 0);
    }
    add_invitation(b, &block->children, &tier->invitation);
}
