/* Tables: a caption above, heads repeated on each page, rows whole where they fit. */
#include "layout/table_width.h"
#include "layout/row.h"

enum { COLUMN_GAP = 14 * PT, COLUMN_LEAST = 26 * PT, SHORT_TABLE = 8, ROW_PAD = 4 * PT, HEAD_PAD = 3 * PT };

/* Of a head's width what two lines of it need, as a rule. */
enum { FOLDED_PERMILLE = 660 };

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

struct table {
    const struct block *block;
    int32_t x, width;
    const struct style *head_style, *cell_style, *strong_style;
    struct column_width *columns;
    size_t column_count;
    uint32_t *column_nodes;
    const struct box *head;
    int32_t room;
};

/* A cell of figures, units along: not more letters than figures. */
static bool is_figure(const struct block_inlines *inlines)
{
    size_t figures = 0, letters = 0, left = 0;
    for (size_t i = 0; i < inlines->count; i++)
        left += inlines->items[i].text.n;
    for (size_t i = 0; i < inlines->count; i++) {
        struct str text = inlines->items[i].text;
        for (size_t j = 0; j < text.n; j++, left--) {
            unsigned char c = (unsigned char)text.p[j];
            figures += c >= '0' && c <= '9';
            letters += (c | 32) >= 'a' && (c | 32) <= 'z';
            if (letters > figures + left)
                return false;
        }
    }
    return figures && letters <= figures;
}

/* figures: they are looked for. */
static void widen(struct layout *lay, const struct block_inlines *inlines, const struct style *style,
                  const char *language, bool figures, struct column_width *column)
{
    int32_t least, most;
    typeset_widths(lay, inlines, style, language, &least, &most);
    column->least = larger(column->least, least);
    if (figures && is_figure(inlines))
        column->whole = larger(column->whole, least);
    column->most = larger(column->most, most);
}

/* folded: for each column its most if its head takes two lines. figures: what they need is asked for, too. */
static struct column_width *measure(struct layout *lay, const struct area *area, const struct block *block,
                                    const struct style *head, const struct style *cell, bool figures, int32_t *folded)
{
    struct column_width *columns = ARENA_ARRAY(&lay->scratch, struct column_width, block->u.table.column_count);
    for (size_t c = 0; c < block->u.table.column_count; c++) {
        columns[c].narrow = block->u.table.columns[c].narrow;
        for (size_t r = 0; r < block->u.table.row_count; r++)
            widen(lay, &block->u.table.rows[r].cells[c], cell, area->language, figures, &columns[c]);
        struct column_width title = {0};
        widen(lay, &block->u.table.columns[c].heading, head, area->language, figures, &title);
        int32_t two_lines = larger(title.least, (int32_t)((int64_t)title.most * FOLDED_PERMILLE / 1000));
        folded[c] = larger(columns[c].most, two_lines);
        columns[c].least = larger(columns[c].least, title.least);
        columns[c].whole = larger(columns[c].whole, title.whole);
        columns[c].most = larger(columns[c].most, title.most);
    }
    return columns;
}

static struct style *cell_style(struct layout *lay, enum block_style name, int32_t size_permille, int weight)
{
    struct style *style = ARENA_NEW(&lay->scratch, struct style);
    *style = style_sized(style_of(name), style_of(name)->size * size_permille / 1000);
    style->weight = weight;
    return style;
}

static int32_t gaps(size_t columns)
{
    return columns ? COLUMN_GAP * (int32_t)(columns - 1) : 0;
}

static int64_t asked_for(const struct column_width *columns, size_t count, bool most)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += most ? columns[i].most : columns[i].least;
    return sum;
}

static bool has_room(const struct area *area, const struct block *block)
{
    size_t count = block->u.table.column_count;
    return count <= (size_t)(area->width / (COLUMN_LEAST + COLUMN_GAP)) + 1;
}

static bool is_wide(struct layout *lay, const struct area *area, const struct block *block)
{
    size_t count = block->u.table.column_count;
    if (area->width <= area->text_width)
        return false;
    if (!has_room(area, block))
        return true;
    int64_t width = gaps(count);
    for (size_t c = 0; c < count && width <= area->text_width; c++) {
        const struct table_column *column = &block->u.table.columns[c];
        int32_t least, most, widest = 0;
        for (size_t r = 0; r < block->u.table.row_count; r++) {
            typeset_widths(lay, &block->u.table.rows[r].cells[c], style_of(STYLE_TABLE_CELL), area->language, &least,
                           &most);
            widest = larger(widest, most);
        }
        typeset_widths(lay, &column->heading, style_of(STYLE_TABLE_HEAD), area->language, &least, &most);
        width += larger(widest, most);
    }
    return width > area->text_width;
}

/* Asked for a heading, and again by the table that follows it. */
bool table_is_wide(struct layout *lay, const struct area *area, const struct block *block)
{
    if (area->language != lay->language)
        return is_wide(lay, area, block);
    if (lay->asked.table != block || lay->asked.width != area->width || lay->asked.text_width != area->text_width) {
        lay->asked.wide = is_wide(lay, area, block);
        lay->asked.table = block;
        lay->asked.width = area->width;
        lay->asked.text_width = area->text_width;
    }
    return lay->asked.wide;
}

/* Where words do not fit their columns, the type shrinks in two steps before words are torn. False when a figure would
 * be. */
static bool choose_size(struct layout *lay, const struct area *area, struct table *table)
{
    static const int32_t permille[] = {1000, 900, 820};
    const struct block *block = table->block;
    int32_t *folded = ARENA_ARRAY(&lay->scratch, int32_t, table->column_count);
    const size_t sizes = sizeof permille / sizeof *permille;
    bool fits = false;
    for (size_t i = 0; i < sizes && !fits; i++) {
        bool last = i + 1 == sizes; /* where words do not fit then, they will be torn, but no figures */
        table->head_style = cell_style(lay, STYLE_TABLE_HEAD, permille[i], 600);
        table->cell_style = cell_style(lay, STYLE_TABLE_CELL, permille[i], 400);
        table->strong_style = cell_style(lay, STYLE_TABLE_CELL, permille[i], 600);
        table->columns = measure(lay, area, block, table->head_style, table->strong_style, last, folded);
        fits = asked_for(table->columns, table->column_count, false) + gaps(table->column_count) <= table->width;
    }
    /* Short of room, a head gives way to what stands in other columns. */
    bool fold = asked_for(table->columns, table->column_count, true) + gaps(table->column_count) > table->width;
    for (size_t c = 0; fold && c < table->column_count; c++)
        table->columns[c].most = folded[c];
    return table_width_share(table->columns, table->column_count, table->width - gaps(table->column_count));
}

static struct row row_of(struct layout *lay, const struct area *area, const struct table *table,
                         const struct block_inlines *(*cell)(const struct block *, size_t row, size_t column),
                         size_t index, const struct style *style)
{
    static const enum text_align aligns[] = {[CELL_LEFT] = TEXT_LEFT, [CELL_RIGHT] = TEXT_RIGHT,
                                             [CELL_CENTRE] = TEXT_CENTRE};
    struct row row = {.cells = ARENA_ARRAY(&lay->scratch, struct row_cell, table->column_count),
                      .count = table->column_count,
                      .x = table->x,
                      .width = table->width,
                      .rule_colour = lay->palette.rule,
                      .room = table->room};
    /* A table in a language of the other direction than the page's begins at the other edge. */
    bool turned = mirror_start(lay, area->language) == TEXT_END;
    int32_t x = table->x;
    for (size_t c = 0; c < table->column_count; c++) {
        row.cells[c].x = turned ? 2 * table->x + table->width - x - table->columns[c].width : x;
        row.cells[c].set = typeset_make(lay, cell(table->block, index, c), style, table->columns[c].width,
                                      aligns[table->block->u.table.columns[c].align], area->language);
        x += table->columns[c].width + COLUMN_GAP;
    }
    return row;
}

static const struct block_inlines *head_cell(const struct block *block, size_t row, size_t column)
{
    (void)row;
    return &block->u.table.columns[column].heading;
}

static const struct block_inlines *body_cell(const struct block *block, size_t row, size_t column)
{
    return &block->u.table.rows[row].cells[column];
}

/* The caption, or what else the table is known by, with "(continued)". */
static struct typeset continued_title(struct layout *lay, const struct area *area, const struct table *table)
{
    const struct block_inlines *caption = &table->block->inlines;
    struct str title = table->block->u.table.title;
    struct block_inlines *text = ARENA_NEW(&lay->scratch, struct block_inlines);
    for (size_t i = 0; i < caption->count; i++)
        *ARENA_PUSH(&lay->scratch, text) = caption->items[i];
    if (!caption->count && title.n)
        ARENA_PUSH(&lay->scratch, text)->text = title;
    const char *space = text->count ? " " : "";
    ARENA_PUSH(&lay->scratch, text)->text =
        str_printf(&lay->scratch, "%s(" STR_FMT ")", space, STR_ARG(lay->document->continued));
    return typeset_make(lay, text, style_of(STYLE_CAPTION), table->width, TEXT_LEFT, area->language);
}

/* What stands at the top of a further page: that title, and the heads below it, if any. NULL: it is too tall. */
static struct box *repeat_make(struct layout *lay, const struct area *area, const struct table *table, struct row *head)
{
    struct typeset set = continued_title(lay, area, table);
    int32_t title_height = typeset_height(&set, 0, set.lines.count) + 2 * PT;
    int32_t height = title_height + (head ? row_height(lay, head) : 0);
    if (height > (lay->geometry.bottom - lay->geometry.top) / 3)
        return NULL;
    struct box *box = box_alone(lay);
    box->height = height;
    typeset_draw_all(lay, box, &set, table->x, 0, PAGE_ARTIFACT);
    if (head)
        row_repeat(lay, box, head, title_height);
    return box;
}

static void head_row(struct layout *lay, struct stack *stack, const struct area *area, struct table *table,
                     uint32_t node)
{
    struct row row = row_of(lay, area, table, head_cell, 0, table->head_style);
    uint32_t tr = node_add(lay, NODE_TR, node_add(lay, NODE_THEAD, node));
    row.pad_top = row.pad_bottom = HEAD_PAD;
    row.rule_above = 1000;
    row.rule_below = 500;
    row.rule_colour = lay->palette.rule_strong;
    table->column_nodes = ARENA_ARRAY(&lay->scratch, uint32_t, table->column_count);
    for (size_t c = 0; c < table->column_count; c++) {
        uint32_t th = node_add(lay, NODE_TH, tr);
        node_at(lay, th)->named = true;
        row.cells[c].node = table->column_nodes[c] = th;
    }
    size_t from = stack->count;
    row.low = row_height(lay, &row) <= row.room;
    row_add(lay, stack, area, &row);
    if (table->block->u.table.follows && from < stack->count)
        stack->items[from].repeat = repeat_make(lay, area, table, NULL);
    table->head = repeat_make(lay, area, table, &row);
    if (table->head)
        table->room -= table->head->height;
    stack->glue = BREAK_HARD;
}

static void body_row(struct layout *lay, struct stack *stack, const struct area *area, struct table *table,
                     size_t index, uint32_t body)
{
    const struct table_cells *cells = &table->block->u.table.rows[index];
    struct row row = row_of(lay, area, table, body_cell, index,
                            cells->marked ? table->strong_style : table->cell_style);
    uint32_t tr = node_add(lay, NODE_TR, body), row_head = 0;
    for (size_t c = 0; c < table->column_count; c++) {
        bool head = c == 0 && cells->head;
        uint32_t node = node_add(lay, head ? NODE_TH : NODE_TD, tr);
        struct page_node *cell = node_at(lay, node);
        if (head) {
            cell->row_scope = true;
            cell->named = true;
            row_head = node;
        } else {
            cell->head_column = table->column_nodes[c];
            cell->head_row = row_head;
        }
        row.cells[c].node = node;
    }
    row.pad_top = row.pad_bottom = ROW_PAD;
    row.rule_below = 350;
    row.repeat = table->head;
    if (cells->marked) {
        /* The ground reaches a little into the margin, so that its text stays in line with the rows around it. */
        row.x -= 7 * PT;
        row.width += 14 * PT;
        row.filled = true;
        row.fill = lay->palette.tint_strong;
        row.bar_width = 2500;
        row.bar = lay->palette.accent;
        row.rule_below = 0;
    } else if (index + 1 == table->block->u.table.row_count) {
        row.rule_below = 500;
        row.rule_colour = lay->palette.rule_strong;
    }
    row_add(lay, stack, area, &row);
}

static void caption(struct layout *lay, struct stack *stack, const struct area *area, const struct table *table,
                    uint32_t node)
{
    if (!table->block->inlines.count)
        return;
    struct style *style = ARENA_NEW(&lay->scratch, struct style);
    *style = *style_of(STYLE_CAPTION);
    style->above = lay->label_count ? 0 : 13 * PT;
    style->weight = 600;
    style->ink = INK_TEXT;
    struct typeset set =
        typeset_make(lay, &table->block->inlines, style, table->width, TEXT_LEFT, area->language);
    paragraph_set(lay, stack, area, &set, table->x, node_add(lay, NODE_CAPTION, node));
    stack->glue = BREAK_HARD;
}

/* False, and nothing is set, when its columns do not fit. */
static bool table_set(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    bool room = has_room(area, block);
    bool wide = room && area->width > area->text_width && (lay->over || table_is_wide(lay, area, block));
    lay->asked.table = NULL; /* another may come to stand in the same memory */
    if (!room)
        return false;
    struct table table = {.block = block,
                          .column_count = block->u.table.column_count,
                          .x = wide ? area->x : area->text_x,
                          .width = wide ? area->width : area->text_width,
                          .room = lay->geometry.bottom - lay->geometry.top - 60 * PT};
    if (!choose_size(lay, area, &table))
        return false;
    if (wide)
        label_flush(lay, stack, area);
    uint32_t node = node_block(lay, NODE_TABLE, area, block);
    size_t from = stack->count, rows = block->u.table.row_count;
    caption(lay, stack, area, &table, node);
    head_row(lay, stack, area, &table, node);
    uint32_t body = node_add(lay, NODE_TBODY, node);
    struct arena_mark mark = scratch_mark(lay);
    for (size_t r = 0; r < rows; r++) {
        /* Neither the first nor the last row of a table stands alone. */
        if ((r == 1 || r + 1 == rows) && stack->glue < BREAK_HARD)
            stack->glue = BREAK_HARD;
        body_row(lay, stack, area, &table, r, body);
        scratch_rewind(lay, mark);
    }
    stack->glue = BREAK_FREE;
    if (stack->count > from)
        stack->items[stack->count - 1].below = 14 * PT;
    if (rows <= SHORT_TABLE)
        stack_keep_if_fits(lay, stack, from, BREAK_SOFT);
    return true;
}

/* The same with a column for each row, for tables that are wider than long. */
static const struct block *table_turned(struct layout *lay, const struct block *block)
{
    size_t rows = block->u.table.row_count, columns = block->u.table.column_count;
    struct block *turned = ARENA_NEW(&lay->scratch, struct block);
    *turned = *block;
    turned->u.table.column_count = rows + 1;
    turned->u.table.row_count = columns - 1;
    turned->u.table.columns = ARENA_ARRAY(&lay->scratch, struct table_column, rows + 1);
    turned->u.table.rows = ARENA_ARRAY(&lay->scratch, struct table_cells, columns - 1);
    turned->u.table.columns[0].heading = block->u.table.columns[0].heading;
    for (size_t r = 0; r < rows; r++)
        turned->u.table.columns[r + 1] = (struct table_column){.heading = block->u.table.rows[r].cells[0],
                                                               .align = block->u.table.columns[columns - 1].align};
    for (size_t c = 1; c < columns; c++) {
        struct table_cells *row = &turned->u.table.rows[c - 1];
        row->cells = ARENA_ARRAY(&lay->scratch, struct block_inlines, rows + 1);
        row->cells[0] = block->u.table.columns[c].heading;
        row->head = true;
        for (size_t r = 0; r < rows; r++)
            row->cells[r + 1] = block->u.table.rows[r].cells[c];
    }
    return turned;
}

/* What does not fit across the page even at the smallest size without tearing a figure is turned, and what does not fit
 * then either becomes a list of its rows. */
void table_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    if (block->u.table.column_count == 0 || table_set(lay, stack, area, block))
        return;
    if (block->u.table.row_count && block->u.table.row_count < block->u.table.column_count &&
        table_set(lay, stack, area, table_turned(lay, block)))
        return;
    label_flush(lay, stack, area);
    records_block(lay, stack, area, block);
}
