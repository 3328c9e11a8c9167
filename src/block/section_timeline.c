/* Timeline: events by date; those without one come last. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

#include <stdlib.h>

struct dated_event { const struct event *event; size_t position; };

static int by_date(const void *left, const void *right)
{
    const struct dated_event *a = left, *b = right;
    bool a_set = date_is_set(a->event->date.date), b_set = date_is_set(b->event->date.date);
    if (a_set != b_set)
        return a_set ? -1 : 1;
    int order = a_set ? date_compare(a->event->date.date, b->event->date.date) : 0;
    return order ? order : (a->position > b->position) - (a->position < b->position);
}

void section_timeline(struct builder *b, struct block_list *page)
{
    const struct event_list *events = &b->spec->timeline;
    if (!events->count)
        return;
    struct dated_event *sorted = ARENA_ARRAY(b->arena, struct dated_event, events->count);
    for (size_t i = 0; i < events->count; i++)
        sorted[i] = (struct dated_event){&events->items[i], i};
    qsort(sorted, events->count, sizeof *sorted, by_date);
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_timeline), STR("timeline"), span_none());
    struct block *timeline = block_add(b, list, BLOCK_TIMELINE, STYLE_BODY);
    timeline->at = events->items[0].span;
    timeline->u.timeline.count = events->count;
    timeline->u.timeline.entries = ARENA_ARRAY(b->arena, struct timeline_entry, events->count);
    for (size_t i = 0; i < events->count; i++) {
        struct timeline_entry *entry = &timeline->u.timeline.entries[i];
        entry->date = wording_date(b, sorted[i].event->date.date, true);
        inline_prose(b, &entry->text, sorted[i].event->text, 0);
        inline_refs(b, &entry->text, &sorted[i].event->sources);
    }
}
