/* Binding: the pages of several documents become those of one volume, with one structure tree, one set of
 * destinations and one outline. */
#include "layout/page.h"

#include <string.h>

#include "base/hash.h"

/* The parts by their anchors: open addressing, index + 1. */
struct part_table {
    uint32_t *slots;
    size_t size;
    const struct pages_part *parts;
};

struct binding {
    struct arena *arena;
    struct pages *volume;
    struct part_table table;
    uint32_t *first_dests; /* of each part that has an anchor */
};

/* Where the things of one part come to stand in the volume. */
struct shift {
    uint32_t node, root, dest, page;
};

static size_t slot_of(const struct part_table *table, struct str anchor)
{
    size_t slot = (size_t)hash_quick(anchor.p, anchor.n) & (table->size - 1);
    while (table->slots[slot] && !str_eq(table->parts[table->slots[slot] - 1].anchor, anchor))
        slot = (slot + 1) & (table->size - 1);
    return slot;
}

static struct part_table table_make(struct arena *arena, const struct pages_part *parts, size_t count)
{
    struct part_table table = {.size = 16, .parts = parts};
    while (table.size < 2 * count)
        table.size *= 2;
    table.slots = ARENA_ARRAY(arena, uint32_t, table.size);
    for (size_t i = 0; i < count; i++)
        if (parts[i].anchor.n)
            table.slots[slot_of(&table, parts[i].anchor)] = (uint32_t)i + 1;
    return table;
}

static struct str prefixed(struct arena *arena, const struct pages_part *part, struct str name)
{
    if (!part->anchor.n || !name.n)
        return name;
    return str_printf(arena, STR_FMT "/" STR_FMT, STR_ARG(part->anchor), STR_ARG(name));
}

/* Node 0 is no node, node 1 the part's document. */
static uint32_t node_in(const struct shift *shift, uint32_t node)
{
    return node < 2 ? node * shift->root : node - 2 + shift->node;
}

static void bind_nodes(struct binding *binding, const struct pages_part *part, struct shift *shift)
{
    struct pages *volume = binding->volume;
    const struct pages *pages = part->pages;
    shift->root = 1;
    if (part->section) {
        shift->root = (uint32_t)volume->node_count;
        struct page_node *section = &volume->nodes[volume->node_count++];
        *section = (struct page_node){.role = NODE_SECT, .parent = 1};
        if (part->language.n) {
            section->words = ARENA_NEW(binding->arena, struct page_words);
            section->words->language = part->language;
        }
    }
    shift->node = (uint32_t)volume->node_count;
    for (size_t i = 2; i < pages->node_count; i++) {
        struct page_node *node = &volume->nodes[volume->node_count++];
        *node = pages->nodes[i];
        node->parent = node_in(shift, node->parent);
        node->head_column = node_in(shift, node->head_column);
        node->head_row = node_in(shift, node->head_row);
        if (node->words)
            node->words->box_page += shift->page;
    }
}

static void bind_dests(struct binding *binding, const struct pages_part *part, const struct shift *shift)
{
    struct pages *volume = binding->volume;
    const struct pages *pages = part->pages;
    for (size_t i = 0; i < pages->dest_count; i++) {
        struct page_dest *dest = &volume->dests[volume->dest_count++];
        *dest = pages->dests[i];
        dest->page += shift->page;
        dest->name = prefixed(binding->arena, part, dest->name);
    }
}

static void bind_pages(struct binding *binding, const struct pages_part *part, const struct shift *shift)
{
    struct pages *volume = binding->volume;
    for (size_t p = 0; p < part->pages->count; p++) {
        struct page *page = &volume->items[volume->count++];
        *page = part->pages->items[p];
        for (size_t i = 0; i < page->item_count; i++)
            page->items[i].node = node_in(shift, page->items[i].node);
        for (size_t i = 0; i < page->link_count; i++) {
            page->links[i].node = node_in(shift, page->links[i].node);
            page->links[i].dest += shift->dest;
        }
    }
}

static void bind_outline(struct binding *binding, const struct pages_part *part, const struct shift *shift)
{
    struct pages *volume = binding->volume;
    for (size_t i = 0; i < part->pages->outline_count; i++) {
        struct outline_entry *entry = &volume->outline[volume->outline_count++];
        *entry = part->pages->outline[i];
        entry->dest += shift->dest;
    }
}

/* Anchors that parts without a name point to and do not have are those of other parts' first pages. */
static void bind_firsts(struct binding *binding, const size_t *first_pages)
{
    struct pages *volume = binding->volume;
    for (size_t i = 0; i < volume->dest_count; i++) {
        struct page_dest *dest = &volume->dests[i];
        if (dest->placed || !dest->name.n)
            continue;
        uint32_t part = binding->table.slots[slot_of(&binding->table, dest->name)];
        if (!part)
            continue;
        dest->placed = true;
        dest->page = (uint32_t)first_pages[part - 1];
        dest->y = 0;
    }
}

struct pages *pages_join(struct arena *arena, const struct pages_part *parts, size_t count)
{
    struct pages *volume = ARENA_NEW(arena, struct pages);
    struct binding binding = {.arena = arena, .volume = volume, .table = table_make(arena, parts, count)};
    volume->width_mpt = parts[0].pages->width_mpt;
    volume->height_mpt = parts[0].pages->height_mpt;
    volume->copy = parts[0].pages->copy; /* at the same place in all of them: see running.c */
    volume->node_cap = 2;
    for (size_t i = 0; i < count; i++) {
        volume->cap += parts[i].pages->count;
        volume->dest_cap += parts[i].pages->dest_count;
        volume->outline_cap += parts[i].pages->outline_count;
        volume->node_cap += parts[i].pages->node_count + 1;
    }
    volume->items = ARENA_ARRAY(arena, struct page, volume->cap + 1);
    volume->dests = ARENA_ARRAY(arena, struct page_dest, volume->dest_cap + 1);
    volume->outline = ARENA_ARRAY(arena, struct outline_entry, volume->outline_cap + 1);
    volume->nodes = ARENA_ARRAY(arena, struct page_node, volume->node_cap);
    volume->nodes[1].role = NODE_DOCUMENT;
    volume->node_count = 2;
    size_t *first_pages = ARENA_ARRAY(arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct shift shift = {.dest = (uint32_t)volume->dest_count, .page = (uint32_t)volume->count};
        first_pages[i] = volume->count;
        bind_nodes(&binding, &parts[i], &shift);
        bind_dests(&binding, &parts[i], &shift);
        bind_pages(&binding, &parts[i], &shift);
        bind_outline(&binding, &parts[i], &shift);
    }
    bind_firsts(&binding, first_pages);
    return volume;
}
