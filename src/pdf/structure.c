/* The structure tree. Elements are written by hand: a long briefing has thousands. */
#include "pdf/structure.h"

#include <string.h>

#include "pdf/token.h"

struct structure_node {
    struct object *object;
    uint32_t first_child, last_child, next_sibling; /* 0: none */
    uint32_t first_mark, last_mark;                 /* index + 1, 0: none */
    uint32_t order;                                 /* of the first content in its subtree, UINT32_MAX: none */
    bool needs_id;
    bool has_labels; /* L: some item of it has a Lbl */
};

static const char *const types[] = {
    [NODE_DOCUMENT] = "Document", [NODE_SECT] = "Sect",       [NODE_DIV] = "Div",
    [NODE_H1] = "H1",             [NODE_H2] = "H2",           [NODE_H3] = "H3",
    [NODE_P] = "P",               [NODE_SPAN] = "Span",       [NODE_LINK] = "Link",
    [NODE_REFERENCE] = "Reference", [NODE_CODE] = "Code",     [NODE_L] = "L",
    [NODE_LI] = "LI",             [NODE_LBL] = "Lbl",         [NODE_LBODY] = "LBody",
    [NODE_TABLE] = "Table",       [NODE_THEAD] = "THead",     [NODE_TBODY] = "TBody",
    [NODE_TR] = "TR",             [NODE_TH] = "TH",           [NODE_TD] = "TD",
    [NODE_CAPTION] = "Caption",   [NODE_FIGURE] = "Figure",   [NODE_BLOCKQUOTE] = "BlockQuote",
    [NODE_NOTE] = "Note",         [NODE_ASIDE] = "Aside",     [NODE_TOC] = "TOC",
    [NODE_TOCI] = "TOCI",
};

const char *structure_type(enum node_role role)
{
    return types[role];
}

/* Node 1 is the root. A parent comes before its children; one that does not is taken to be the root. */
static uint32_t parent_of(const struct structure *structure, uint32_t node)
{
    uint32_t parent = structure->pages->nodes[node].parent;
    return parent >= 1 && parent < node ? parent : 1;
}

void structure_init(struct structure *structure, struct arena *arena, const struct pages *pages)
{
    *structure = (struct structure){.arena = arena, .pages = pages};
    structure->mcids = ARENA_ARRAY(arena, uint32_t, pages->count + 1);
    structure->nodes = ARENA_ARRAY(arena, struct structure_node, pages->node_count + 1);
    for (uint32_t i = 1; i < pages->node_count; i++) {
        struct structure_node *node = &structure->nodes[i];
        node->order = UINT32_MAX;
        node->needs_id = node->needs_id || pages->nodes[i].role == NODE_NOTE ||
                         (pages->nodes[i].role == NODE_TH && pages->nodes[i].id.n);
        if (pages->nodes[i].head_column < pages->node_count)
            structure->nodes[pages->nodes[i].head_column].needs_id = true;
        if (pages->nodes[i].head_row < pages->node_count)
            structure->nodes[pages->nodes[i].head_row].needs_id = true;
        if (i == 1)
            continue;
        struct structure_node *parent = &structure->nodes[parent_of(structure, i)];
        if (parent->last_child)
            structure->nodes[parent->last_child].next_sibling = i;
        else
            parent->first_child = i;
        parent->last_child = i;
        if (pages->nodes[i].role == NODE_LBL)
            structure->nodes[parent_of(structure, parent_of(structure, i))].has_labels = true;
    }
}

bool structure_has(const struct structure *structure, uint32_t node)
{
    return node != PAGE_ARTIFACT && node < structure->pages->node_count;
}

static struct structure_mark *add_mark(struct structure *structure, uint32_t node, uint32_t page)
{
    struct structure_mark *mark = ARENA_PUSH(structure->arena, structure);
    uint32_t index = (uint32_t)structure->count; /* + 1 already */
    struct structure_node *owner = &structure->nodes[node];
    mark->node = node;
    mark->page = page;
    if (owner->last_mark)
        structure->items[owner->last_mark - 1].next = index;
    else
        owner->first_mark = index;
    owner->last_mark = index;
    return mark;
}

uint32_t structure_mark(struct structure *structure, uint32_t node, uint32_t page)
{
    struct structure_mark *mark = add_mark(structure, node, page);
    mark->mcid = structure->mcids[page]++;
    return mark->mcid;
}

uint32_t structure_annotation(struct structure *structure, uint32_t node, uint32_t page, const struct object *annot)
{
    struct structure_mark *mark = add_mark(structure, node, page);
    mark->annot = annot;
    mark->mcid = structure->annotations++;
    return (uint32_t)structure->pages->count + mark->mcid;
}

/* Numbers of nodes in one length, so that they are in order in the tree of IDs. */
static void put_id(struct buf *out, uint32_t node)
{
    char id[] = "(n00000000)";
    for (char *digit = id + 9; node && digit >= id + 2; node /= 10)
        *digit-- = (char)('0' + node % 10);
    buf_add(out, id, sizeof id - 1);
}

static void put_head(struct buf *out, const struct structure *structure, uint32_t head)
{
    if (structure_has(structure, head) && structure->pages->nodes[head].role == NODE_TH)
        put_id(out, head);
}

static void put_figure_box(struct buf *out, const struct structure *structure, const struct page_node *node)
{
    int64_t bottom = (int64_t)structure->pages->height_mpt - node->box_y - node->box_height;
    int64_t sides[4] = {node->box_x, bottom, (int64_t)node->box_x + node->box_width, bottom + node->box_height};
    if (node->box_width <= 0 || node->box_height <= 0)
        return;
    buf_text(out, "/A<</O/Layout/Placement/Block/BBox[");
    for (size_t i = 0; i < 4; i++) {
        buf_char(out, ' ');
        token_milli(out, sides[i]);
    }
    buf_text(out, "]>>");
}

/* Standard attributes (14.8.5). */
static void put_attributes(struct buf *out, const struct structure *structure, uint32_t index)
{
    const struct page_node *node = &structure->pages->nodes[index];
    if (node->role == NODE_TH) {
        buf_text(out, node->row_scope ? "/A<</O/Table/Scope/Row>>" : "/A<</O/Table/Scope/Column>>");
    } else if (node->role == NODE_TD && (node->head_column || node->head_row)) {
        buf_text(out, "/A<</O/Table/Headers[");
        put_head(out, structure, node->head_column);
        put_head(out, structure, node->head_row);
        buf_text(out, "]>>");
    } else if (node->role == NODE_L) {
        buf_printf(out, "/A<</O/List/ListNumbering/%s>>", !structure->nodes[index].has_labels ? "None"
                                                          : node->ordered                     ? "Decimal"
                                                                                              : "Disc");
    } else if (node->role == NODE_FIGURE) {
        put_figure_box(out, structure, node);
    }
}

static void put_string(struct buf *out, const char *key, struct str value)
{
    if (value.n == 0)
        return;
    buf_text(out, key);
    token_text(out, value);
}

struct kids {
    struct buf *out;
    size_t count;
    const struct object *page; /* the element's own, NULL: none yet */
    struct object *const *page_objects;
};

static void put_kid_mark(struct kids *kids, const struct structure_mark *mark)
{
    const struct object *page = kids->page_objects[mark->page];
    kids->count++;
    if (mark->annot) {
        buf_text(kids->out, "<</Type/OBJR/Obj");
        token_ref(kids->out, mark->annot->id);
        buf_text(kids->out, "/Pg");
        token_ref(kids->out, page->id);
        buf_text(kids->out, ">>");
        return;
    }
    if (!kids->page)
        kids->page = page;
    if (page == kids->page) {
        buf_char(kids->out, ' ');
        token_int(kids->out, mark->mcid);
        return;
    }
    buf_text(kids->out, "<</Type/MCR/Pg");
    token_ref(kids->out, page->id);
    buf_text(kids->out, "/MCID ");
    token_int(kids->out, mark->mcid);
    buf_text(kids->out, ">>");
}

/* Own content and child elements, in the order of the content; children without content come as early as their
 * siblings let them. */
static void put_kids(struct kids *kids, const struct structure *structure, const struct structure_node *node)
{
    uint32_t child = node->first_child;
    for (uint32_t mark = node->first_mark; mark || child;) {
        if (child && (!mark || structure->nodes[child].order == UINT32_MAX || structure->nodes[child].order < mark)) {
            token_ref(kids->out, structure->nodes[child].object->id);
            kids->count++;
            child = structure->nodes[child].next_sibling;
        } else {
            put_kid_mark(kids, &structure->items[mark - 1]);
            mark = structure->items[mark - 1].next;
        }
    }
}

static void write_element(const struct structure *structure, uint32_t index, const struct object *parent,
                          struct object *const *page_objects, struct buf *out, struct buf *scratch)
{
    const struct page_node *source = &structure->pages->nodes[index];
    const struct structure_node *node = &structure->nodes[index];
    buf_clear(out);
    buf_clear(scratch);
    buf_text(out, "/S/");
    buf_text(out, types[source->role]);
    buf_text(out, "/P");
    token_ref(out, parent->id);
    struct kids kids = {.out = scratch, .page_objects = page_objects};
    put_kids(&kids, structure, node);
    if (kids.page) {
        buf_text(out, "/Pg");
        token_ref(out, kids.page->id);
    }
    if (kids.count) {
        buf_text(out, kids.count > 1 ? "/K[" : "/K");
        buf_str(out, buf_view(scratch));
        if (kids.count > 1)
            buf_char(out, ']');
    }
    put_attributes(out, structure, index);
    put_string(out, "/Alt", source->alt);
    put_string(out, "/E", source->expansion);
    put_string(out, "/Lang", source->language);
    if (node->needs_id) {
        buf_text(out, "/ID");
        put_id(out, index);
    }
    object_raw(node->object, buf_view(out));
}

/* From the first content of each element up to its ancestors: a parent's number is always the smaller. */
static void order_nodes(struct structure *structure)
{
    for (uint32_t i = (uint32_t)structure->pages->node_count; i-- > 1;) {
        struct structure_node *node = &structure->nodes[i];
        if (node->first_mark && node->first_mark < node->order)
            node->order = node->first_mark;
        if (i > 1) {
            struct structure_node *parent = &structure->nodes[parent_of(structure, i)];
            if (node->order < parent->order)
                parent->order = node->order;
        }
    }
}

/* The number tree from pages (by MCID) and annotations back to their elements (14.7.4.4). */
static void put_parent_tree(struct buf *out, const struct structure *structure)
{
    size_t at = 0;
    buf_text(out, "/ParentTree<</Nums[");
    for (size_t page = 0; page < structure->pages->count; page++) {
        token_int(out, (int64_t)page);
        buf_char(out, '[');
        for (; at < structure->count && !structure->items[at].annot && structure->items[at].page == page; at++)
            token_ref(out, structure->nodes[structure->items[at].node].object->id);
        buf_char(out, ']');
    }
    for (; at < structure->count; at++) {
        buf_char(out, ' ');
        token_int(out, (int64_t)structure->pages->count + structure->items[at].mcid);
        token_ref(out, structure->nodes[structure->items[at].node].object->id);
    }
    buf_printf(out, "]>>/ParentTreeNextKey %zu", structure->pages->count + structure->annotations);
}

static void put_id_tree(struct buf *out, const struct structure *structure)
{
    bool any = false;
    for (uint32_t i = 1; i < structure->pages->node_count; i++) {
        if (!structure->nodes[i].needs_id)
            continue;
        if (!any)
            buf_text(out, "/IDTree<</Names[");
        any = true;
        put_id(out, i);
        token_ref(out, structure->nodes[i].object->id);
    }
    if (any)
        buf_text(out, "]>>");
}

void structure_write(struct structure *structure, struct objects *objects, struct object *const *page_objects)
{
    if (structure->pages->node_count < 2)
        return;
    struct object *root = object_new(objects);
    for (uint32_t i = 1; i < structure->pages->node_count; i++)
        structure->nodes[i].object = object_new(objects);
    order_nodes(structure);
    struct buf out = {0}, scratch = {0};
    for (uint32_t i = 1; i < structure->pages->node_count; i++) {
        const struct object *parent = i == 1 ? root : structure->nodes[parent_of(structure, i)].object;
        write_element(structure, i, parent, page_objects, &out, &scratch);
    }
    buf_clear(&out);
    /* Aside is of PDF 2.0 only. */
    buf_text(&out, "/Type/StructTreeRoot/RoleMap<</Aside/Sect>>/K");
    token_ref(&out, structure->nodes[1].object->id);
    put_parent_tree(&out, structure);
    put_id_tree(&out, structure);
    object_raw(root, buf_view(&out));
    object_ref(objects_catalog(objects), "StructTreeRoot", root);
    buf_done(&scratch);
    buf_done(&out);
}
