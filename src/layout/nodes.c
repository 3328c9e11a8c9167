/* Structure nodes, and the destinations that links and bookmarks point to, found by name. */
#include "layout/layout.h"

#include <string.h>

#include "base/hash.h"

uint32_t node_add(struct layout *lay, enum node_role role, uint32_t parent)
{
    struct pages *pages = lay->pages;
    if (pages->node_count == pages->node_cap)
        pages->nodes = arena_grow(lay->arena, pages->nodes, pages->node_count, &pages->node_cap, sizeof *pages->nodes);
    pages->nodes[pages->node_count] = (struct page_node){.role = role, .parent = parent};
    return (uint32_t)pages->node_count++;
}

uint32_t node_block(struct layout *lay, enum node_role role, const struct area *area, const struct block *block)
{
    uint32_t node = node_add(lay, role, area->node);
    node_tell(lay, node, block->language, (struct str){0});
    return node;
}

struct page_node *node_at(struct layout *lay, uint32_t node)
{
    return &lay->pages->nodes[node];
}

struct page_words *node_words(struct layout *lay, uint32_t node)
{
    struct page_node *at = node_at(lay, node);
    if (!at->words)
        at->words = ARENA_NEW(lay->arena, struct page_words);
    return at->words;
}

void node_tell(struct layout *lay, uint32_t node, struct str language, struct str expansion)
{
    if (language.n)
        node_words(lay, node)->language = layout_keep(lay, language);
    if (expansion.n)
        node_words(lay, node)->expansion = layout_keep(lay, expansion);
}

const struct page_words *page_words_of(const struct page_node *node)
{
    static const struct page_words none;
    return node->words ? node->words : &none;
}

uint32_t dest_new(struct layout *lay)
{
    struct pages *pages = lay->pages;
    pages->dests = arena_grow(lay->arena, pages->dests, pages->dest_count, &pages->dest_cap, sizeof *pages->dests);
    pages->dests[pages->dest_count] = (struct page_dest){0};
    return (uint32_t)pages->dest_count++;
}

static size_t slot_of(const struct layout *lay, struct str name)
{
    size_t mask = lay->dest_table_size - 1;
    size_t slot = (size_t)hash_quick(name.p, name.n) & mask;
    while (lay->dest_table[slot] && !str_eq(lay->pages->dests[lay->dest_table[slot] - 1].name, name))
        slot = (slot + 1) & mask;
    return slot;
}

static void table_double(struct layout *lay)
{
    lay->dest_table_size = lay->dest_table_size ? lay->dest_table_size * 2 : 64;
    lay->dest_table = ARENA_ARRAY(&lay->work, uint32_t, lay->dest_table_size);
    for (size_t i = 0; i < lay->pages->dest_count; i++) {
        if (lay->pages->dests[i].name.n)
            lay->dest_table[slot_of(lay, lay->pages->dests[i].name)] = (uint32_t)i + 1;
    }
}

uint32_t dest_named(struct layout *lay, struct str name)
{
    if ((lay->pages->dest_count + 1) * 2 > lay->dest_table_size)
        table_double(lay);
    size_t slot = slot_of(lay, name);
    if (!lay->dest_table[slot]) {
        uint32_t dest = dest_new(lay);
        lay->pages->dests[dest].name = str_dup(lay->arena, name);
        lay->dest_table[slot] = dest + 1;
    }
    return lay->dest_table[slot] - 1;
}

static void await(struct layout *lay, uint32_t dest)
{
    *ARENA_PUSH(&lay->work, &lay->waiting) = dest;
}

void dest_block(struct layout *lay, const struct block *block)
{
    struct pages *pages = lay->pages;
    if (!block->anchor.n && !block->outline.n)
        return;
    uint32_t dest = block->anchor.n ? dest_named(lay, block->anchor) : dest_new(lay);
    await(lay, dest);
    if (!block->outline.n)
        return;
    pages->outline =
        arena_grow(lay->arena, pages->outline, pages->outline_count, &pages->outline_cap, sizeof *pages->outline);
    pages->outline[pages->outline_count++] =
        (struct outline_entry){.title = layout_keep(lay, block->outline), .level = block->level > 0 ? block->level : 2, .dest = dest};
}
