/* Who takes a block first has it: the second thread from the end, the first one from the beginning. A text for which
 * there is anything to report is not kept, so that the first thread sets it and reports. */
#include "layout/ahead.h"

#include <stdatomic.h>
#include <string.h>

enum {
    LEAST_BLOCKS = 4,
    TEXT_MOST = 16 * 1024,  /* bytes of a block: what is larger would take as much memory again */
    KEPT_MOST = 512 * 1024, /* bytes of lines: a document of some 30 pages */
    LOOKS = 8,              /* so many texts may stand before the one that is asked for */
    DEPTH_MOST = 8
};

enum { SET_BY_NOBODY, SET_HERE, BEING_SET, SET };

struct ahead_text {
    struct text_paragraph paragraph;
    struct text_lines lines;
    bool given; /* they are changed by who has them */
};

struct ahead_block {
    atomic_int state;
    struct {
        struct ahead_text *items;
        size_t count, cap;
    } texts;
    size_t next; /* the first that was not asked for */
};

struct ahead {
    struct aside_job job;
    const struct layout *lay; /* what is read of it stays as it is */
    struct area area;
    struct arena kept; /* of the second thread, until it is done */
    struct ahead_block *blocks;
    size_t count;
    struct ahead_block *met; /* the block that both were in, or NULL */
    bool full;
};

/* ---- the second thread */

static size_t weight_of(const struct block_inlines *inlines)
{
    size_t bytes = 64;
    for (size_t i = 0; i < inlines->count; i++)
        bytes += inlines->items[i].text.n;
    return bytes;
}

static size_t weight_of_table(const struct block *block)
{
    size_t bytes = 0;
    for (size_t r = 0; r < block->u.table.row_count && bytes <= TEXT_MOST; r++)
        for (size_t c = 0; c < block->u.table.column_count; c++)
            bytes += weight_of(&block->u.table.rows[r].cells[c]);
    return bytes;
}

static size_t weight_of_facts(const struct block *block)
{
    size_t bytes = 0;
    for (size_t i = 0; i < block->u.facts.count && bytes <= TEXT_MOST; i++)
        bytes += weight_of(&block->u.facts.terms[i]) + weight_of(&block->u.facts.values[i]);
    return bytes;
}

/* Roughly the bytes of its text, as far as it is no drawing; more than TEXT_MOST: it is too large. */
static size_t weight(const struct block *block, int depth);

static size_t weight_of_list(const struct block_list *list, int depth)
{
    size_t bytes = depth > DEPTH_MOST && list->count ? TEXT_MOST + 1 : 0;
    for (size_t i = 0; i < list->count && bytes <= TEXT_MOST; i++)
        bytes += weight(&list->items[i], depth);
    return bytes;
}

static size_t weight(const struct block *block, int depth)
{
    size_t bytes = weight_of(&block->inlines);
    switch (block->kind) {
    case BLOCK_TEXT:
    case BLOCK_HEADING:
    case BLOCK_RULE:
    case BLOCK_LIST:
    case BLOCK_QUOTE:
    case BLOCK_PANEL:
    case BLOCK_COLUMNS:
    case BLOCK_GROUP:
        break;
    case BLOCK_TABLE:
        bytes += weight_of_table(block);
        break;
    case BLOCK_FACTS:
        bytes += weight_of_facts(block);
        break;
    default:
        return TEXT_MOST + 1;
    }
    return bytes + weight_of_list(&block->children, depth + 1) + weight_of_list(&block->right, depth + 1);
}

static void lay_out(struct ahead *ahead, size_t index)
{
    const struct layout *seen = ahead->lay;
    struct arena arena;
    arena_init(&arena);
    struct diags unheard;
    diags_init(&unheard, &arena);
    struct layout *lay = ARENA_NEW(&arena, struct layout);
    *lay = (struct layout){.arena = &arena,
                           .document = seen->document,
                           .options = seen->options,
                           .engine = seen->options->second,
                           .diags = &unheard,
                           .palette = seen->palette,
                           .geometry = seen->geometry,
                           .language = seen->language,
                           .mirrored = seen->mirrored,
                           .exceptions = seen->exceptions,
                           .pages = ARENA_NEW(&arena, struct pages),
                           .ahead = ahead,
                           .ahead_block = &ahead->blocks[index],
                           .is_ahead = true};
    struct stack stack = {0};
    struct area area = ahead->area;
    node_add(lay, NODE_DOCUMENT, 0);
    area.node = node_add(lay, NODE_DOCUMENT, 0);
    const struct block_list rest = {.items = &seen->document->blocks.items[index], .count = 1, .cap = 1};
    blocks_set(lay, &stack, &area, &rest);
    label_flush(lay, &stack, &area);
    layout_close(lay);
    arena_done(&arena);
}

static void work(void *data, enum aside_who who)
{
    struct ahead *ahead = data;
    if (who != ASIDE_HELPER)
        return; /* the first thread has nobody to be ahead of */
    for (size_t i = ahead->count; i-- > 0 && !ahead->full;) {
        int state = SET_BY_NOBODY;
        if (!atomic_compare_exchange_strong(&ahead->blocks[i].state, &state, BEING_SET))
            return;
        if (weight(&ahead->lay->document->blocks.items[i], 0) <= TEXT_MOST)
            lay_out(ahead, i);
        atomic_store(&ahead->blocks[i].state, SET);
    }
}

static const char *copy_of(struct arena *arena, const char *text)
{
    return text ? str_z(arena, str_from(text)) : NULL;
}

/* Its texts may be gone before the lines are asked for. */
static struct text_paragraph kept_paragraph(struct arena *arena, const struct text_paragraph *paragraph)
{
    struct text_run *runs = ARENA_ROOM(arena, struct text_run, paragraph->count);
    for (size_t i = 0; i < paragraph->count; i++) {
        runs[i] = paragraph->runs[i];
        runs[i].text = str_dup(arena, runs[i].text);
        runs[i].language = copy_of(arena, runs[i].language);
    }
    struct text_paragraph kept = *paragraph;
    kept.runs = runs;
    kept.language = copy_of(arena, kept.language);
    return kept;
}

static struct text_lines set_ahead(const struct layout *lay, const struct text_paragraph *paragraph)
{
    struct ahead *ahead = lay->ahead;
    struct arena *kept = &ahead->kept;
    struct diags reports;
    diags_init(&reports, kept);
    struct text_lines lines = lay->engine->set(lay->engine->self, kept, paragraph, &reports);
    ahead->full = ahead->full || kept->used_bytes > KEPT_MOST || text_engine_lacks(lay->engine);
    if (!ahead->full && !reports.first && !reports.errors && !reports.warnings)
        *ARENA_PUSH(kept, &lay->ahead_block->texts) =
            (struct ahead_text){.paragraph = kept_paragraph(kept, paragraph), .lines = lines};
    return lines;
}

/* ---- the first thread */

void ahead_open(struct layout *lay, const struct area *area)
{
    const struct layout_options *options = lay->options;
    size_t count = lay->document->blocks.count;
    if (!options->aside || !options->second || count < LEAST_BLOCKS)
        return;
    struct ahead *ahead = ARENA_NEW(&lay->work, struct ahead);
    *ahead = (struct ahead){.lay = lay, .area = *area, .count = count};
    ahead->blocks = ARENA_ARRAY(&lay->work, struct ahead_block, count);
    lay->ahead = ahead;
    aside_start(options->aside, &ahead->job, work, ahead);
}

void ahead_close(struct layout *lay)
{
    if (!lay->ahead)
        return;
    aside_finish(lay->options->aside, &lay->ahead->job);
    arena_done(&lay->ahead->kept);
    lay->ahead = NULL;
}

void ahead_enter(struct layout *lay, size_t index)
{
    if (!lay->ahead || lay->is_ahead)
        return;
    struct ahead_block *block = &lay->ahead->blocks[index];
    int state = SET_BY_NOBODY;
    if (atomic_compare_exchange_strong(&block->state, &state, SET_HERE))
        return;
    if (state == SET)
        lay->ahead_block = block;
    else
        lay->ahead->met = block;
}

bool ahead_leave(struct layout *lay)
{
    if (!lay->ahead)
        return true;
    lay->ahead_block = NULL;
    return !lay->ahead->met || atomic_load(&lay->ahead->met->state) == SET;
}

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_same_format(const struct text_format *a, const struct text_format *b)
{
    return a->family == b->family && a->weight == b->weight && a->italic == b->italic && a->size_mpt == b->size_mpt &&
           a->tracking_mpt == b->tracking_mpt && a->tabular == b->tabular && a->old_style == b->old_style &&
           a->small_caps == b->small_caps && a->superscript == b->superscript;
}

/* All that lines depend on; where it stands in the spec is for reports only. */
static bool is_same(const struct text_paragraph *a, const struct text_paragraph *b)
{
    if (a->count != b->count || a->width_mpt != b->width_mpt || a->first_indent_mpt != b->first_indent_mpt ||
        a->align != b->align || a->hyphenate != b->hyphenate || a->balanced != b->balanced ||
        a->exceptions != b->exceptions || !is_same_text(a->language, b->language))
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct text_run *x = &a->runs[i], *y = &b->runs[i];
        if (!str_eq(x->text, y->text) || !is_same_format(&x->format, &y->format) || x->no_break != y->no_break ||
            x->tag != y->tag || !is_same_text(x->language, y->language))
            return false;
    }
    return true;
}

/* Those set ahead, or NULL. */
static const struct text_lines *find(struct layout *lay, const struct text_paragraph *paragraph)
{
    struct ahead_block *block = lay->ahead_block;
    size_t end = block->next + LOOKS < block->texts.count ? block->next + LOOKS : block->texts.count;
    for (size_t i = block->next; i < end; i++) {
        struct ahead_text *text = &block->texts.items[i];
        if (text->given || !is_same(&text->paragraph, paragraph))
            continue;
        text->given = true;
        block->next = i + 1;
        return text_engine_adopt(lay->engine, &text->lines) ? &text->lines : NULL;
    }
    return NULL;
}

struct text_lines ahead_lines(struct layout *lay, const struct text_paragraph *paragraph)
{
    if (lay->is_ahead)
        return set_ahead(lay, paragraph);
    const struct text_lines *found = lay->ahead_block ? find(lay, paragraph) : NULL;
    return found ? *found : lay->engine->set(lay->engine->self, &lay->scratch, paragraph, lay->diags);
}
