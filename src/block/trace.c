/* Blocks as text. */
#include "block/trace.h"

/* Sections, lists and quotations nest less deep than this. */
enum { TRACE_DEPTH = 64 };

static const char *const kinds[] = {
    "text",        "heading", "list", "quote",    "table",    "figure", "panel", "columns",
    "facts",       "key-figures", "meter", "map", "timeline", "masthead", "cover",
    "contents",    "rule", "group",
};

static const char *const panels[] = {" glance", " locked", " note"};

static void add_line(struct buf *out, int depth, const char *name)
{
    buf_repeat(out, ' ', (size_t)depth * 2);
    buf_text(out, name);
}

/* " name=value" unless the value is empty. */
static void add_value(struct buf *out, const char *name, struct str value)
{
    if (value.n)
        buf_printf(out, " %s=" STR_FMT, name, STR_ARG(value));
}

static void add_text(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n;) {
        if (str_starts(str_slice(text, i, text.n), STR("\u2028"))) {
            buf_text(out, "|");
            i += sizeof "\u2028" - 1;
        } else {
            buf_char(out, text.p[i++]);
        }
    }
}

/* Text as it reads; what is special about a stretch follows it in braces. */
static void add_inlines(struct buf *out, const struct block_inlines *inlines)
{
    static const char letters[] = "esc^qnt"; /* by bit: emphasis, strong, code, superscript, quiet, nowrap, tabular */
    for (size_t i = 0; i < inlines->count; i++) {
        const struct block_inline *inlined = &inlines->items[i];
        add_text(out, inlined->text);
        size_t before = out->n;
        buf_text(out, "{");
        for (int bit = 0; bit < 7; bit++)
            if (inlined->style & 1u << bit)
                buf_char(out, letters[bit]);
        add_value(out, "url", inlined->url);
        add_value(out, "to", inlined->target);
        add_value(out, "anchor", inlined->anchor);
        add_value(out, "lang", inlined->language);
        add_value(out, "expansion", inlined->expansion);
        add_value(out, "says", inlined->link_text);
        if (out->n == before + 1)
            out->n = before;
        else
            buf_text(out, "}");
    }
}

static void add_named(struct buf *out, int depth, const char *name, const struct block_inlines *inlines)
{
    if (!inlines->count)
        return;
    add_line(out, depth, name);
    buf_text(out, ": ");
    add_inlines(out, inlines);
    buf_char(out, '\n');
}

static void add_table(struct buf *out, const struct block *block, int depth)
{
    for (size_t i = 0; i < block->u.table.column_count; i++)
        add_named(out, depth, block->u.table.columns[i].narrow ? "narrow column" : "column",
                  &block->u.table.columns[i].heading);
    for (size_t i = 0; i < block->u.table.row_count; i++) {
        const struct table_cells *row = &block->u.table.rows[i];
        add_line(out, depth, row->marked ? "marked row" : "row");
        for (size_t j = 0; j < block->u.table.column_count; j++) {
            buf_text(out, " | ");
            add_inlines(out, &row->cells[j]);
        }
        buf_char(out, '\n');
    }
}

static void add_meter(struct buf *out, const struct block *block, int depth)
{
    add_line(out, depth, "score");
    add_value(out, "value", block->u.meter.score);
    add_value(out, "grade", block->u.meter.grade);
    add_value(out, "label", block->u.meter.label);
    add_value(out, "outlook", block->u.meter.outlook);
    add_value(out, "caption", block->u.meter.caption);
    add_value(out, "alt", block->u.meter.alt);
    add_value(out, "alt-lang", block->u.meter.alt_language);
    buf_char(out, '\n');
    for (size_t i = 0; i < block->u.meter.point_count; i++) {
        add_line(out, depth, "point");
        buf_printf(out, " %d " STR_FMT "\n", block->u.meter.points[i].hundredths,
                   STR_ARG(block->u.meter.points[i].label));
    }
}

static void add_map(struct buf *out, const struct block *block, int depth)
{
    add_line(out, depth, "centre");
    add_value(out, "name", block->u.map.centre);
    add_value(out, "alt", block->u.map.alt);
    buf_char(out, '\n');
    for (size_t i = 0; i < block->u.map.count; i++) {
        const struct map_node *node = &block->u.map.nodes[i];
        add_line(out, depth, "node");
        buf_printf(out, " %s%s%d", node->from ? "<" : "", node->to ? ">" : "", node->strength);
        add_value(out, "name", node->name);
        add_value(out, "relation", node->relation);
        buf_char(out, '\n');
    }
}

static void add_contents(struct buf *out, const struct block *block, int depth)
{
    for (size_t i = 0; i < block->u.contents.count; i++) {
        const struct contents_entry *entry = &block->u.contents.entries[i];
        add_line(out, depth, "entry");
        add_value(out, "page", entry->page);
        add_value(out, "to", entry->target);
        add_value(out, "says", entry->link_text);
        add_value(out, "lang", entry->language);
        buf_char(out, '\n');
        add_named(out, depth + 1, "name", &entry->name);
        add_named(out, depth + 1, "note", &entry->note);
    }
}

static void add_parts(struct buf *out, const struct block *block, int depth)
{
    switch (block->kind) {
    case BLOCK_TABLE:
        add_table(out, block, depth);
        break;
    case BLOCK_FACTS:
        for (size_t i = 0; i < block->u.facts.count; i++) {
            add_named(out, depth, "term", &block->u.facts.terms[i]);
            add_named(out, depth, "value", &block->u.facts.values[i]);
        }
        break;
    case BLOCK_KEY_FIGURES:
        for (size_t i = 0; i < block->u.key_figures.count; i++) {
            add_named(out, depth, "value", &block->u.key_figures.cells[i].value);
            add_named(out, depth, "label", &block->u.key_figures.cells[i].label);
            add_named(out, depth, "note", &block->u.key_figures.cells[i].note);
        }
        break;
    case BLOCK_METER:
        add_meter(out, block, depth);
        break;
    case BLOCK_MAP:
        add_map(out, block, depth);
        break;
    case BLOCK_TIMELINE:
        for (size_t i = 0; i < block->u.timeline.count; i++) {
            add_line(out, depth, "");
            buf_printf(out, STR_FMT, STR_ARG(block->u.timeline.entries[i].date));
            add_named(out, 0, "", &block->u.timeline.entries[i].text);
        }
        break;
    case BLOCK_CONTENTS:
        add_contents(out, block, depth);
        break;
    default:
        break;
    }
}

static void add_details(struct buf *out, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_LIST:
        if (block->u.list.ordered)
            buf_printf(out, " ordered from %u", block->u.list.start);
        buf_text(out, block->u.list.notes ? " notes" : "");
        break;
    case BLOCK_QUOTE:
        buf_text(out, block->u.quote.pull ? " pull" : "");
        break;
    case BLOCK_FIGURE:
        add_value(out, "path", block->u.figure.path);
        add_value(out, "alt", block->u.figure.alt);
        break;
    case BLOCK_PANEL:
        buf_text(out, panels[block->u.panel.panel]);
        break;
    case BLOCK_MASTHEAD:
    case BLOCK_COVER:
        add_value(out, "publisher", block->u.masthead.publisher);
        add_value(out, "product", block->u.masthead.product);
        add_value(out, "edition", block->u.masthead.edition);
        add_value(out, "date", block->u.masthead.date);
        add_value(out, "logo", block->u.masthead.logo_path);
        add_value(out, "alt", block->u.masthead.logo_alt);
        break;
    default:
        break;
    }
}

static void add_blocks(struct buf *out, const struct block_list *list, int depth)
{
    if (depth > TRACE_DEPTH)
        return;
    for (size_t i = 0; i < list->count; i++) {
        const struct block *block = &list->items[i];
        add_line(out, depth, kinds[block->kind]);
        if (block->level)
            buf_printf(out, " %d", block->level);
        add_value(out, "anchor", block->anchor);
        add_value(out, "lang", block->language);
        add_details(out, block);
        if (block->inlines.count) {
            buf_text(out, ": ");
            add_inlines(out, &block->inlines);
        }
        buf_char(out, '\n');
        add_parts(out, block, depth + 1);
        add_blocks(out, &block->children, depth + 1);
        if (block->right.count) {
            add_line(out, depth, "beside\n");
            add_blocks(out, &block->right, depth + 1);
        }
    }
}

void block_trace(struct buf *out, const struct block_document *document)
{
    const struct block_running *running = &document->running;
    add_line(out, 0, "document");
    add_value(out, "title", document->title);
    add_value(out, "author", document->author);
    add_value(out, "subject", document->subject);
    add_value(out, "keywords", document->keywords);
    add_value(out, "lang", document->language);
    add_line(out, 0, "\nrunning");
    add_value(out, "head", running->head_left);
    add_value(out, "edition", running->head_right);
    add_value(out, "foot", running->foot_left);
    add_value(out, "copy", running->copy_line);
    add_value(out, "marking", running->marking);
    add_value(out, "stamp", running->stamp);
    buf_char(out, '\n');
    add_blocks(out, &document->blocks, 0);
}
