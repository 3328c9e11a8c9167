/* The structure tree. Elements are written by hand: a long briefing has thousands. */
#include "pdf/structure.h"

#include <string.h>

#include "pdf/token.h"

struct structure_node {
    uint32_t first_child, last_child, next_sibling; /* 0: none */
    uint32_t first_mark, last_mark;                 /* index + 1, 0: none */
    uint32_t order;                                 /* of the first content in its subtree, UINT32_MAX: none */
    uint32_t into;                                  /* the element that it is part of, 0: it is one of its own */
    uint32_t number;                                /* among the elements, from 0, once they are written */
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

/* The element that a node's content belongs to. */
static uint32_t element_of(const struct structure *structure, uint32_t node)
{
    uint32_t into = structure->nodes[node].into;
    return into ? into : node;
}

/* Node 1 is the root. A parent comes before its children; one that does not is taken to be the root. */
static uint32_t parent_of(const struct structure *structure, uint32_t node)
{
    uint32_t parent = structure->pages->nodes[node].parent;
    return parent >= 1 && parent < node ? element_of(structure, parent) : 1;
}

/* The body of a list's item that is one plain paragraph needs none in it: an LBody holds text as well as a P does
 * (ISO 32000-1, table 336). */
static void join_bodies(struct structure *structure)
{
    const struct page_node *nodes = structure->pages->nodes;
    for (uint32_t i = 1; i < structure->pages->node_count; i++) {
        struct structure_node *body = &structure->nodes[i];
        uint32_t only = body->first_child;
        if (nodes[i].role != NODE_LBODY || !only || only != body->last_child || nodes[only].role != NODE_P ||
            nodes[only].words || structure->nodes[only].needs_id)
            continue;
        structure->nodes[only].into = i;
        body->first_child = structure->nodes[only].first_child;
        body->last_child = structure->nodes[only].last_child;
    }
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
                         (pages->nodes[i].role == NODE_TH && pages->nodes[i].named);
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
    join_bodies(structure);
}

bool structure_has(const struct structure *structure, uint32_t node)
{
    return node != PAGE_ARTIFACT && node < structure->pages->node_count;
}

uint32_t structure_element(const struct structure *structure, uint32_t node)
{
    return structure_has(structure, node) ? element_of(structure, node) : PAGE_ARTIFACT;
}

static struct structure_mark *add_mark(struct structure *structure, uint32_t node, uint32_t page)
{
    struct structure_mark *mark = ARENA_PUSH(structure->arena, structure);
    uint32_t index = (uint32_t)structure->count; /* + 1 already */
    node = element_of(structure, node);
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
static void put_id(struct buf *out, const struct structure *structure, uint32_t node)
{
    char id[] = "0000000000)";
    char *end = id + sizeof id - 1, *digit = end - 1;
    for (size_t left = structure->pages->node_count; left && digit > id; left /= 10) {
        *--digit = (char)('0' + node % 10);
        node /= 10;
    }
    buf_text(out, "(n");
    buf_add(out, digit, (size_t)(end - digit));
}

static void put_head(struct buf *out, const struct structure *structure, uint32_t head)
{
    if (structure_has(structure, head) && structure->pages->nodes[head].role == NODE_TH)
        put_id(out, structure, head);
}

static void put_figure_box(struct buf *out, const struct structure *structure, const struct page_words *node)
{
    int64_t bottom = (int64_t)structure->pages->height_mpt - node->box_y - node->box_height;
    int64_t sides[4] = {node->box_x, bottom, (int64_t)node->box_x + node->box_width, bottom + node->box_height};
    if (node->box_width <= 0 || node->box_height <= 0)
        return;
    buf_text(out, "/A<</O/Layout/Placement/Block/BBox[");
    for (size_t i = 0; i < 4; i++) {
        if (i)
            buf_char(out, ' ');
        token_milli(out, token_hundredths(sides[i]));
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
        put_figure_box(out, structure, page_words_of(node));
    }
}

static void put_string(struct buf *out, const char *key, struct str value)
{
    if (value.n == 0)
        return;
    buf_text(out, key);
    token_text(out, value);
}

static void put_element_ref(struct buf *out, const struct structure *structure, uint32_t node)
{
    token_ref(out, structure->first_id + structure->nodes[node].number);
}

static const struct structure_mark *mark_at(const struct structure *structure, uint32_t mark)
{
    return mark ? &structure->items[mark - 1] : NULL;
}

/* The element's own page, which its content is on where nothing else is said; NULL: it has none. */
static const struct object *page_of(const struct structure *structure, const struct structure_node *node)
{
    const struct structure_mark *mark = mark_at(structure, node->first_mark);
    while (mark && mark->annot)
        mark = mark_at(structure, mark->next);
    return mark ? structure->page_objects[mark->page] : NULL;
}

static bool has_several(const struct structure *structure, const struct structure_node *node)
{
    if (node->first_child && (node->first_mark || structure->nodes[node->first_child].next_sibling))
        return true;
    return node->first_mark && structure->items[node->first_mark - 1].next;
}

static void put_mark(struct buf *out, const struct structure *structure, const struct structure_mark *mark,
                     const struct object *own_page)
{
    const struct object *page = structure->page_objects[mark->page];
    if (mark->annot) {
        buf_text(out, "<</Type/OBJR/Obj");
        token_ref(out, mark->annot->id);
        if (page != own_page) {
            buf_text(out, "/Pg");
            token_ref(out, page->id);
        }
        buf_text(out, ">>");
    } else if (page == own_page) {
        if (out->p[out->n - 1] != '[')
            buf_char(out, ' ');
        token_int(out, mark->mcid);
    } else {
        buf_text(out, "<</Type/MCR/Pg");
        token_ref(out, page->id);
        buf_text(out, "/MCID ");
        token_int(out, mark->mcid);
        buf_text(out, ">>");
    }
}

/* Own content and child elements, in the order of the content; children without content come as early as their
 * siblings let them. */
static void put_kids(struct buf *out, const struct structure *structure, const struct structure_node *node,
                     const struct object *page)
{
    uint32_t child = node->first_child;
    for (uint32_t mark = node->first_mark; mark || child;) {
        if (child && (!mark || structure->nodes[child].order == UINT32_MAX || structure->nodes[child].order < mark)) {
            put_element_ref(out, structure, child);
            child = structure->nodes[child].next_sibling;
        } else {
            put_mark(out, structure, &structure->items[mark - 1], page);
            mark = structure->items[mark - 1].next;
        }
    }
}

static void put_element(void *self, uint32_t element, struct buf *out)
{
    const struct structure *structure = self;
    uint32_t index = structure->written[element];
    const struct page_node *source = &structure->pages->nodes[index];
    const struct structure_node *node = &structure->nodes[index];
    const struct object *page = page_of(structure, node);
    buf_text(out, "/S/");
    buf_text(out, types[source->role]);
    buf_text(out, "/P");
    if (index == 1)
        token_ref(out, structure->root_id);
    else
        put_element_ref(out, structure, parent_of(structure, index));
    if (page) {
        buf_text(out, "/Pg");
        token_ref(out, page->id);
    }
    if (node->first_child || node->first_mark) {
        bool several = has_several(structure, node);
        buf_text(out, several ? "/K[" : "/K");
        put_kids(out, structure, node, page);
        if (several)
            buf_char(out, ']');
    }
    put_attributes(out, structure, index);
    if (source->words) {
        put_string(out, "/Alt", source->words->alt);
        put_string(out, "/E", source->words->expansion);
        put_string(out, "/Lang", source->words->language);
    }
    if (node->needs_id) {
        buf_text(out, "/ID");
        put_id(out, structure, index);
    }
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
            put_element_ref(out, structure, structure->items[at].node);
        buf_char(out, ']');
    }
    for (; at < structure->count; at++) {
        buf_char(out, ' ');
        token_int(out, (int64_t)structure->pages->count + structure->items[at].mcid);
        put_element_ref(out, structure, structure->items[at].node);
    }
    buf_text(out, "]>>");
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
        put_id(out, structure, i);
        put_element_ref(out, structure, i);
    }
    if (any)
        buf_text(out, "]>>");
}

void structure_write(struct structure *structure, struct objects *objects, struct object *const *page_objects)
{
    if (structure->pages->node_count < 2)
        return;
    struct object *root = object_new(objects);
    structure->page_objects = page_objects;
    uint32_t count = 0;
    structure->written = ARENA_ARRAY(structure->arena, uint32_t, structure->pages->node_count);
    for (uint32_t i = 1; i < structure->pages->node_count; i++) {
        if (structure->nodes[i].into)
            continue;
        structure->nodes[i].number = count;
        structure->written[count++] = i;
    }
    structure->elements = (struct object_series){count, structure, put_element};
    structure->root_id = root->id;
    structure->first_id = objects_series(objects, &structure->elements);
    order_nodes(structure);
    struct buf out = {0};
    /* Aside is of PDF 2.0 only. */
    buf_text(&out, "/Type/StructTreeRoot/RoleMap<</Aside/Sect>>/K");
    put_element_ref(&out, structure, 1);
    put_parent_tree(&out, structure);
    put_id_tree(&out, structure);
    object_raw(root, buf_view(&out));
    object_ref(objects_catalog(objects), "StructTreeRoot", root);
    buf_done(&out);
}
