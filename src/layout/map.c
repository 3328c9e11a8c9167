/* The map of relationships: the centre, with names in a column at either side and a line to each. Heads show the
 * direction, the line's weight the strength; dashes, that none was given. Labels and the lines' ports at the centre
 * stand in the same order, and all lines of a side bend alike: so none crosses another, nor a label. Where names and
 * relations are more than a page holds, the names stand alone; where these are too, they go on in a further drawing
 * around the same centre. */
#include "layout/layout.h"

enum { MAP_CENTRE = 104 * PT, LABEL_GAP = 7 * PT, NAME_GAP = 4 * PT, LABEL_LEAST = 80 * PT, HEAD = 5500, PORT = 7 * PT,
       PART_LINES = 4, PLATE_PAD = 14 * PT, EDGE = 1200,
       FOOT = HEAD - PT /* how far a line's ends are level: heads hide in them */ };

struct label { const struct map_node *node; struct typeset name, relation; int32_t height; };

struct side { struct label *labels; size_t count; int32_t height, gap, port; };

struct map {
    int32_t x, width, label_width, height, centre_x, centre_height;
    bool relations; /* stand under the names */
    uint32_t node;
};

static const struct style *label_style(struct layout *lay, bool name)
{
    struct style *style = ARENA_NEW(lay->arena, struct style);
    *style = style_sized(style_of(STYLE_DRAWING), name ? 8600 : 7600);
    style->weight = name ? 600 : 400;
    style->ink = name ? INK_TEXT : INK_QUIET;
    return style;
}

static struct typeset plain_set(struct layout *lay, struct str text, const struct style *style, int32_t width,
                                   enum text_align align, struct span at)
{
    struct block_inlines *inlines = typeset_plain(lay, text);
    if (inlines->count)
        inlines->items[0].at = at;
    return typeset_make(lay, inlines, style, width, align, lay->language);
}

static struct str part_shorten(struct layout *lay, struct str text, const struct style *style, int32_t width,
                               struct span at)
{
    return typeset_shorten(lay, text, style, width, PART_LINES, "a label of the map", at);
}

/* The nodes with texts that fit. */
static struct map_node *nodes_shorten(struct layout *lay, const struct map *map, const struct map_node *nodes,
                                      size_t count)
{
    const struct style *name = label_style(lay, true), *relation = label_style(lay, false);
    struct map_node *fitting = ARENA_ARRAY(lay->arena, struct map_node, count);
    for (size_t i = 0; i < count; i++) {
        fitting[i] = nodes[i];
        fitting[i].name = part_shorten(lay, nodes[i].name, name, map->label_width, nodes[i].at);
        if (map->relations)
            fitting[i].relation = part_shorten(lay, nodes[i].relation, relation, map->label_width, nodes[i].at);
    }
    return fitting;
}

/* A head whose tip is at x,y; direction 1 points right, -1 left. */
static void head_draw(struct layout *lay, struct box *box, int32_t x, int32_t y, int direction, uint32_t node)
{
    struct page_item *item = box_path(lay, box, 4, node);
    item->colour = lay->palette.accent;
    item->u.path->fill = true;
    item->u.path->steps[0] = (struct path_step){PATH_MOVE, {x}, {y}};
    item->u.path->steps[1] = (struct path_step){PATH_LINE, {x - direction * HEAD}, {y - HEAD * 45 / 100}};
    item->u.path->steps[2] = (struct path_step){PATH_LINE, {x - direction * HEAD}, {y + HEAD * 45 / 100}};
    item->u.path->steps[3] = (struct path_step){.op = PATH_CLOSE};
}

/* From the centre's edge to the label's: out level, in level. direction: 1 to the right, -1 to the left. */
static void line_draw(struct layout *lay, struct box *box, const struct map_node *to, int32_t x1, int32_t y1,
                      int32_t x2, int32_t y2, int direction, uint32_t node)
{
    int32_t start = x1 + direction * FOOT, end = x2 - direction * FOOT, bend = (end - start) / 2;
    size_t count = 2 + (size_t)!to->from + (size_t)!to->to;
    struct page_item *item = box_path(lay, box, count, node);
    item->u.path->stroke = true;
    item->u.path->stroke_colour = lay->palette.accent;
    item->u.path->stroke_mpt = to->strength < 0 ? 600 : 500 + 22 * to->strength;
    item->u.path->dashed = to->strength < 0;
    struct path_step *step = item->u.path->steps;
    if (!to->from)
        *step++ = (struct path_step){PATH_MOVE, {x1}, {y1}};
    *step++ = (struct path_step){to->from ? PATH_MOVE : PATH_LINE, {start}, {y1}};
    *step++ = (struct path_step){PATH_CURVE, {start + bend, end - bend, end}, {y1, y2, y2}};
    if (!to->to)
        *step = (struct path_step){PATH_LINE, {x2}, {y2}};
    if (to->to)
        head_draw(lay, box, x2, y2, direction, node);
    if (to->from)
        head_draw(lay, box, x1, y1, -direction, node);
}

/* Of a text as it will be once it is shortened. */
static int32_t part_height(const struct typeset *set)
{
    return typeset_height(set, 0, set->lines.count < PART_LINES ? set->lines.count : PART_LINES);
}

static struct label label_make(struct layout *lay, const struct map *map, const struct map_node *node,
                               enum text_align align)
{
    struct label label = {.node = node};
    label.name = plain_set(lay, node->name, label_style(lay, true), map->label_width, align, node->at);
    label.height = part_height(&label.name);
    if (map->relations) {
        label.relation = plain_set(lay, node->relation, label_style(lay, false), map->label_width, align, node->at);
        label.height += part_height(&label.relation);
    }
    return label;
}

/* No line climbs further than about as far as it runs: the ports of a tall side lie further apart. */
static int32_t port_distance(const struct map *map, const struct side *side)
{
    int32_t run = map->centre_x - map->x - map->label_width;
    int32_t between = side->count > 1 ? (side->height - 2 * run) / (int32_t)(side->count - 1) : 0;
    return between > PORT ? between : PORT;
}

static struct side side_make(struct layout *lay, const struct map *map, const struct map_node *nodes, size_t count,
                             bool left)
{
    struct side side = {.labels = ARENA_ARRAY(lay->arena, struct label, count), .count = count,
                        .gap = map->relations ? LABEL_GAP : NAME_GAP};
    for (size_t i = 0; i < count; i++) {
        side.labels[i] = label_make(lay, map, &nodes[i], left ? TEXT_END : TEXT_LEFT);
        side.height += side.labels[i].height + (i ? side.gap : 0);
    }
    side.port = port_distance(map, &side);
    return side;
}

static void side_draw(struct layout *lay, struct box *box, const struct map *map, struct side *side, bool left)
{
    int direction = left ? -1 : 1;
    int32_t edge = left ? map->centre_x : map->centre_x + MAP_CENTRE;
    int32_t inner = left ? map->x + map->label_width : map->x + map->width - map->label_width;
    int32_t text_x = left ? map->x : inner, y = (map->height - side->height) / 2;
    int32_t port = map->height / 2 - side->port * (int32_t)(side->count - 1) / 2;
    for (size_t i = 0; i < side->count; i++) {
        struct label *label = &side->labels[i];
        int32_t middle = y + label->height / 2;
        line_draw(lay, box, label->node, edge + direction * PT, port, inner - direction * 5 * PT, middle, direction,
                  map->node);
        int32_t below = typeset_draw_all(lay, box, &label->name, text_x, y, map->node);
        if (map->relations)
            typeset_draw_all(lay, box, &label->relation, text_x, below, map->node);
        y += label->height + side->gap;
        port += side->port;
    }
}

/* A plate with the name. Taller than wide it would be a slab of ink: then a plate of the name's height stands in a tinted
 * column with an edge for the ports. */
static void centre_draw(struct layout *lay, struct box *box, const struct map *map, struct typeset *name)
{
    int32_t name_height = typeset_height(name, 0, name->lines.count), plate = map->centre_height;
    int32_t top = (map->height - map->centre_height) / 2;
    if (plate > MAP_CENTRE && plate > name_height + PLATE_PAD) {
        plate = name_height + PLATE_PAD;
        box_rect(lay, box, map->centre_x, top, MAP_CENTRE, map->centre_height, lay->palette.tint_strong, map->node);
        box_rect(lay, box, map->centre_x, top, EDGE, map->centre_height, lay->palette.accent, map->node);
        box_rect(lay, box, map->centre_x + MAP_CENTRE - EDGE, top, EDGE, map->centre_height, lay->palette.accent,
                 map->node);
    }
    box_rect(lay, box, map->centre_x, (map->height - plate) / 2, MAP_CENTRE, plate, lay->palette.accent, map->node);
    typeset_draw_all(lay, box, name, map->centre_x + 8 * PT, (map->height - name_height) / 2, map->node);
}

static int32_t greatest(int32_t a, int32_t b, int32_t c)
{
    int32_t most = a > b ? a : b;
    return most > c ? most : c;
}

/* One drawing of nodes [0, count), the first on_right of them at the right. */
static void map_draw(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                     const struct map_node *nodes, size_t count, size_t on_right, struct map map)
{
    struct side right = side_make(lay, &map, nodes, on_right, false);
    struct side left = side_make(lay, &map, nodes + on_right, count - on_right, true);
    struct style *style = ARENA_NEW(lay->arena, struct style);
    *style = style_sized(style_of(STYLE_DRAWING), 9000);
    style->weight = 600;
    style->ink = INK_PAPER;
    const int32_t inside = MAP_CENTRE - 16 * PT;
    struct typeset name =
        plain_set(lay, part_shorten(lay, block->u.map.centre, style, inside, block->at), style, inside, TEXT_CENTRE,
                  block->at);
    map.centre_height = greatest(typeset_height(&name, 0, name.lines.count) + PLATE_PAD,
                                 right.port * (int32_t)right.count + 4 * PT,
                                 left.port * (int32_t)left.count + 4 * PT);
    map.height = greatest(right.height, left.height, map.centre_height);
    map.node = node_add(lay, NODE_FIGURE, area->node);
    node_words(lay, map.node)->alt = layout_keep(lay, block->u.map.alt);
    struct box *box = box_add(lay, stack, area);
    box->clear = CLEAR_ALL;
    box->above = 8 * PT;
    box->below = 14 * PT;
    box->height = map.height;
    box->figure = map.node;
    box->figure_x = map.x;
    box->figure_width = map.width;
    box->figure_height = map.height;
    side_draw(lay, box, &map, &left, true);
    side_draw(lay, box, &map, &right, false);
    centre_draw(lay, box, &map, &name);
}

/* How many of the nodes go into one drawing, so many that neither side is taller than the room; the first on_right of
 * them make up half the height. */
static size_t count_that_fit(struct layout *lay, const struct map *map, const struct map_node *nodes, size_t count,
                             int32_t room, size_t *on_right)
{
    int32_t gap = map->relations ? LABEL_GAP : NAME_GAP, total = 0, half = 0;
    int32_t *heights = ARENA_ARRAY(lay->arena, int32_t, count);
    size_t fit = 0;
    while (fit < count) {
        heights[fit] = label_make(lay, map, &nodes[fit], TEXT_LEFT).height + gap;
        if (fit && (total + heights[fit]) / 2 + heights[fit] > room)
            break;
        total += heights[fit++];
    }
    for (*on_right = 0; *on_right < fit && 2 * half < total; ++*on_right)
        half += heights[*on_right];
    return fit;
}

void map_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    size_t count = block->u.map.count;
    struct map map = {.x = area->x, .width = area->width};
    map.label_width = (map.width - MAP_CENTRE) / 2 * 68 / 100;
    if (count == 0 || map.label_width < LABEL_LEAST)
        return;
    map.centre_x = map.x + (map.width - MAP_CENTRE) / 2;
    int32_t room = (lay->geometry.bottom - lay->geometry.top) * 8 / 10;
    const struct map_node *nodes = block->u.map.nodes;
    size_t on_right;
    map.relations = true;
    map.relations = count_that_fit(lay, &map, nodes, count, room, &on_right) == count;
    nodes = nodes_shorten(lay, &map, nodes, count);
    for (size_t at = 0, fit; at < count; at += fit) {
        fit = count_that_fit(lay, &map, nodes + at, count - at, room, &on_right);
        map_draw(lay, stack, area, block, nodes + at, fit, on_right, map);
    }
    if (!block->inlines.count)
        return;
    stack->items[stack->count - 1].below = 6 * PT;
    stack->glue = BREAK_HARD;
    struct area wide = *area;
    wide.text_x = area->x;
    wide.text_width = area->width;
    text_plain(lay, stack, &wide, &block->inlines, STYLE_CAPTION, NODE_P);
    stack->items[stack->count - 1].below = 12 * PT;
    stack->glue = BREAK_FREE;
}
