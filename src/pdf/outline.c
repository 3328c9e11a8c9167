/* The outline: entries with levels → a tree of items that know their neighbours. */
#include "pdf/link.h"

#include "pdf/token.h"

struct item {
    struct object *object;
    uint32_t parent, first, last, previous, next; /* index + 1; 0 is the root, or none */
    uint32_t descendants;
};

static void put_link(struct buf *out, const char *key, const struct item *items, uint32_t index)
{
    if (index == 0)
        return;
    buf_text(out, key);
    token_ref(out, items[index].object->id);
}

/* An entry is the child of the nearest one before it that is of a higher level. */
static void nest(struct item *items, const struct outline_entry *entries, uint32_t count)
{
    for (uint32_t i = 1; i <= count; i++) {
        uint32_t parent = i - 1;
        while (parent && entries[parent - 1].level >= entries[i - 1].level)
            parent = items[parent].parent;
        items[i].parent = parent;
        items[i].previous = items[parent].last;
        if (items[parent].last)
            items[items[parent].last].next = i;
        else
            items[parent].first = i;
        items[parent].last = i;
    }
    for (uint32_t i = count; i >= 1; i--)
        items[items[i].parent].descendants += items[i].descendants + 1;
}

static void put_item(struct buf *out, const struct item *items, uint32_t i)
{
    put_link(out, "/Prev", items, items[i].previous);
    put_link(out, "/Next", items, items[i].next);
    put_link(out, "/First", items, items[i].first);
    put_link(out, "/Last", items, items[i].last);
    if (items[i].descendants) {
        buf_text(out, "/Count ");
        token_int(out, items[i].descendants);
    }
}

void outline_write(const struct pages *pages, struct objects *objects, struct object *const *page_objects)
{
    uint32_t count = (uint32_t)pages->outline_count;
    if (count == 0)
        return;
    struct item *items = ARENA_ARRAY(objects_arena(objects), struct item, (size_t)count + 1);
    for (uint32_t i = 0; i <= count; i++)
        items[i].object = object_new(objects);
    nest(items, pages->outline, count);
    struct buf out = {0};
    for (uint32_t i = 1; i <= count; i++) {
        const struct outline_entry *entry = &pages->outline[i - 1];
        buf_clear(&out);
        buf_text(&out, "/Dest");
        if (!link_destination(&out, pages, entry->dest, page_objects))
            buf_clear(&out);
        buf_text(&out, "/Title");
        token_text(&out, entry->title);
        buf_text(&out, "/Parent");
        token_ref(&out, items[items[i].parent].object->id);
        put_item(&out, items, i);
        object_raw(items[i].object, buf_view(&out));
    }
    buf_clear(&out);
    buf_text(&out, "/Type/Outlines");
    put_item(&out, items, 0);
    object_raw(items[0].object, buf_view(&out));
    object_ref(objects_catalog(objects), "Outlines", items[0].object);
    object_name(objects_catalog(objects), "PageMode", "UseOutlines");
    buf_done(&out);
}
