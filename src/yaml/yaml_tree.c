/* libyaml's events → the tree, with the rules that hold for every file: one document, plain keys, no duplicates,
 * known tags, aliases within a budget, nesting within a limit. */
#include "yaml/yaml_tree.h"

#include "yaml/yaml_parts.h"

enum {
    ANCHORS_MOST = 256,
    BYTES_A_VALUE = 40, /* of a scalar that count as one more value where an alias repeats them */
};

struct anchor {
    struct str name;
    struct yaml_node *node;
    struct span span;
    bool open;       /* its node is not complete yet: an alias to it would be a cycle */
    size_t expanded; /* nodes that it stands for */
    unsigned height; /* levels of lists and maps in it */
};

/* A list or map whose end has not come yet. */
struct frame {
    struct yaml_node *node;
    struct anchor *anchor;
    size_t cap;
    struct yaml_node *key; /* of the value that comes next */
    bool has_key;
    size_t expanded;
    unsigned height;
};

struct builder {
    struct arena *arena;
    struct diag_source *source;
    struct diags *diags;
    struct yaml_marks marks;
    struct yaml_node *root;
    struct frame frames[YAML_MAX_DEPTH];
    unsigned depth;
    struct anchor anchors[ANCHORS_MOST];
    size_t anchor_count;
    size_t aliased; /* nodes that all aliases together stand for */
};

/* What an event brought: a node and how large it is. */
struct part {
    struct yaml_node *node;
    size_t expanded;
    unsigned height;
};

static struct span mark_span(struct builder *b, yaml_mark_t start, yaml_mark_t end)
{
    size_t from = yaml_marks_offset(&b->marks, start.index);
    return span_at(b->source, from, yaml_marks_offset(&b->marks, end.index));
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Past anchor, tag, blanks and comments, to the node itself. */
static struct span without_properties(struct span span)
{
    const char *p = span.source->text.p;
    uint32_t i = span.start;
    while (i < span.end) {
        if (p[i] == '&' || p[i] == '!')
            while (i < span.end && !is_blank(p[i]))
                i++;
        else if (p[i] == '#')
            while (i < span.end && p[i] != '\n' && p[i] != '\r')
                i++;
        else if (is_blank(p[i]))
            i++;
        else
            break;
    }
    span.start = i;
    return span;
}

static struct span without_trailing_blanks(struct span span)
{
    while (span.end > span.start && is_blank(span.source->text.p[span.end - 1]))
        span.end--;
    return span;
}

/* ---- nodes into their places */

/* Gives the anchor a place in the table, or NULL when there is no name or no place. */
static struct anchor *add_anchor(struct builder *b, const yaml_char_t *name, struct yaml_node *node, struct span span)
{
    if (!name)
        return NULL;
    if (b->anchor_count == ANCHORS_MOST) {
        diag_add(b->diags, DIAG_TOO_MANY_ALIASES, span, "more than %d anchors in one file", ANCHORS_MOST);
        return NULL;
    }
    struct anchor *anchor = &b->anchors[b->anchor_count++];
    *anchor = (struct anchor){
        .name = str_dup(b->arena, str_from((const char *)name)), .node = node, .span = span, .open = true};
    return anchor;
}

static struct yaml_node *new_node(struct builder *b, enum yaml_kind kind, struct span span)
{
    struct yaml_node *node = ARENA_NEW(b->arena, struct yaml_node);
    node->kind = kind;
    node->span = span;
    return node;
}

static void add_entry(struct builder *b, struct frame *frame, struct yaml_node *value)
{
    struct yaml_node *map = frame->node;
    map->entries = arena_grow(b->arena, map->entries, map->count, &frame->cap, sizeof *map->entries);
    map->entries[map->count++] = (struct yaml_entry){frame->key, value};
}

static void add_item(struct builder *b, struct frame *frame, struct yaml_node *item)
{
    struct yaml_node *list = frame->node;
    list->items = arena_grow(b->arena, list->items, list->count, &frame->cap, sizeof(struct yaml_node *));
    list->items[list->count++] = item;
}

static void place(struct builder *b, struct part part, bool alias, struct span span)
{
    if (b->depth == 0) {
        b->root = part.node;
        return;
    }
    struct frame *frame = &b->frames[b->depth - 1];
    frame->expanded += part.expanded;
    if (frame->height <= part.height)
        frame->height = part.height + 1;
    if (!frame->node->flow && frame->node->span.end < span.end)
        frame->node->span.end = span.end;
    if (frame->node->kind == YAML_LIST) {
        add_item(b, frame, part.node);
    } else if (!frame->has_key) {
        frame->has_key = true;
        frame->key = yaml_check_key(b->diags, part.node, alias, span) ? part.node : NULL;
    } else {
        if (frame->key)
            add_entry(b, frame, part.node);
        frame->has_key = false;
    }
}

static bool open_node(struct builder *b, const yaml_event_t *event)
{
    bool map = event->type == YAML_MAPPING_START_EVENT;
    const yaml_char_t *anchor = map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    const yaml_char_t *tag = map ? event->data.mapping_start.tag : event->data.sequence_start.tag;
    struct span span = mark_span(b, event->start_mark, event->end_mark);
    if (b->depth == YAML_MAX_DEPTH) {
        struct diag *diag =
            diag_add(b->diags, DIAG_TOO_DEEP, span, "more than %d levels of nesting", YAML_MAX_DEPTH);
        diag_hint(b->diags, diag, "a text that starts with [ or { wants quotes");
        return false;
    }
    struct yaml_node *node = new_node(b, map ? YAML_MAP : YAML_LIST, span);
    node->flow = map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                     : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    yaml_check_tag(b->diags, tag, node->kind, span);
    b->frames[b->depth++] =
        (struct frame){.node = node, .anchor = add_anchor(b, anchor, node, span), .expanded = 1, .height = 1};
    if (anchor || tag) {
        /* The start event of a block collection ends where its first entry starts; properties go before it. */
        struct span whole = {span.source, span.start, (uint32_t)span.source->text.n};
        node->span.start = without_properties(whole).start;
        if (node->span.end < node->span.start)
            node->span.end = node->span.start;
    }
    return true;
}

static void close_node(struct builder *b, const yaml_event_t *event)
{
    struct frame frame = b->frames[--b->depth];
    if (frame.node->flow)
        frame.node->span.end = mark_span(b, event->start_mark, event->end_mark).end;
    if (frame.node->kind == YAML_MAP)
        yaml_drop_duplicates(b->diags, frame.node);
    if (frame.anchor) {
        frame.anchor->open = false;
        frame.anchor->expanded = frame.expanded;
        frame.anchor->height = frame.height;
    }
    place(b, (struct part){frame.node, frame.expanded, frame.height}, false, frame.node->span);
}

static enum yaml_scalar_style style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return YAML_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return YAML_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE: return YAML_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE: return YAML_FOLDED;
    default: return YAML_PLAIN;
    }
}

static void add_scalar(struct builder *b, const yaml_event_t *event)
{
    struct span whole = mark_span(b, event->start_mark, event->end_mark), span = whole;
    if (event->data.scalar.anchor || event->data.scalar.tag)
        span = without_properties(span);
    struct yaml_node *node = new_node(b, YAML_SCALAR, without_trailing_blanks(span));
    node->style = style_of(event->data.scalar.style);
    struct str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    /* A text of one line needs no copy: it stands in the source. */
    size_t at = span.start + (node->style == YAML_SINGLE || node->style == YAML_DOUBLE);
    struct str there = str_slice(b->source->text, at, at + value.n);
    bool same = str_eq(there, value);
    node->value = same ? there : str_dup(b->arena, value);
    yaml_check_tag(b->diags, event->data.scalar.tag, YAML_SCALAR, whole);
    if (node->style == YAML_DOUBLE && !same) /* what stands in the source has been checked */
        yaml_check_escapes(b->arena, node, b->diags);
    size_t expanded = 1 + value.n / BYTES_A_VALUE;
    struct anchor *anchor = add_anchor(b, event->data.scalar.anchor, node, whole);
    if (anchor) {
        anchor->open = false;
        anchor->expanded = expanded;
    }
    place(b, (struct part){node, expanded, 0}, false, node->span);
}

/* ---- aliases */

static struct anchor *find_anchor(struct builder *b, struct str name)
{
    for (size_t i = b->anchor_count; i-- > 0;)
        if (str_eq(b->anchors[i].name, name))
            return &b->anchors[i];
    return NULL;
}

/* What the alias stands for, or NULL and a diagnostic. */
static const struct anchor *resolve(struct builder *b, struct str name, struct span span)
{
    const struct anchor *anchor = find_anchor(b, name);
    if (!anchor) {
        struct diag *diag =
            diag_add(b->diags, DIAG_UNKNOWN_ANCHOR, span, "no anchor '&" STR_FMT "' before this alias",
                     STR_ARG(str_slice(name, 0, 80)));
        diag_hint(b->diags, diag, "a text that starts with * wants quotes, or a block after |");
        return NULL;
    }
    if (anchor->open) {
        struct diag *diag =
            diag_add(b->diags, DIAG_ALIAS_CYCLE, span, "the alias '*" STR_FMT "' stands inside its own anchor",
                     STR_ARG(str_slice(name, 0, 80)));
        diag_note(b->diags, diag, anchor->span, "the anchor is here");
        return NULL;
    }
    if (b->depth + anchor->height > YAML_MAX_DEPTH) {
        diag_add(b->diags, DIAG_TOO_DEEP, span, "with this alias, more than %d levels of nesting", YAML_MAX_DEPTH);
        return NULL;
    }
    if (b->aliased > YAML_MAX_EXPANDED)
        return NULL; /* said already */
    b->aliased += anchor->expanded;
    if (b->aliased > YAML_MAX_EXPANDED) {
        diag_add(b->diags, DIAG_TOO_MANY_ALIASES, span, "the aliases up to this one stand for more than %d values",
                 YAML_MAX_EXPANDED);
        return NULL;
    }
    return anchor;
}

static void add_alias(struct builder *b, const yaml_event_t *event)
{
    struct span span = mark_span(b, event->start_mark, event->end_mark);
    const struct anchor *anchor = resolve(b, str_from((const char *)event->data.alias.anchor), span);
    if (anchor) {
        place(b, (struct part){anchor->node, anchor->expanded, anchor->height}, true, span);
        return;
    }
    /* What was typed stands in for it, so that no field is called empty on top. */
    struct yaml_node *node = new_node(b, YAML_SCALAR, span);
    node->value = str_slice(b->source->text, span.start, span.end);
    place(b, (struct part){node, 1, 0}, true, span);
}

/* ---- the document */

/* False: go no further. */
static bool take_event(struct builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (b->root) {
            struct span span = mark_span(b, event->start_mark, event->end_mark);
            struct diag *diag = diag_add(b->diags, DIAG_SEVERAL_DOCUMENTS, span, "a second document starts");
            diag_hint(b->diags, diag, "one file holds one document: give it a file of its own, or delete the '---'");
            return false;
        }
        return true;
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        return open_node(b, event);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        close_node(b, event);
        return true;
    case YAML_SCALAR_EVENT:
        add_scalar(b, event);
        return true;
    case YAML_ALIAS_EVENT:
        add_alias(b, event);
        return true;
    default:
        return event->type != YAML_STREAM_END_EVENT;
    }
}

static void build(struct builder *b, struct yaml_input input)
{
    struct yaml_feed feed;
    yaml_feed_open(&feed, input.text);
    bool more = true;
    while (more) {
        yaml_event_t event;
        if (!yaml_parser_parse(&feed.parser, &event)) {
            if (feed.parser.error == YAML_MEMORY_ERROR)
                base_out_of_memory();
            yaml_syntax_report(&feed.parser, &b->marks, b->source, b->diags);
            b->root = NULL;
            break;
        }
        more = take_event(b, &event);
        yaml_event_delete(&event);
    }
    yaml_feed_close(&feed);
}

struct yaml_node *yaml_parse(struct arena *arena, struct diag_source *source, struct diags *diags)
{
    if (source->text.n > YAML_MAX_BYTES) {
        diag_add(diags, DIAG_FILE_TOO_LARGE, span_at(source, 0, 0), "the file is larger than %d bytes",
                 YAML_MAX_BYTES);
        return NULL;
    }
    struct yaml_input input;
    if (!yaml_check_source(arena, source, &input, diags))
        return NULL;
    struct builder *b = ARENA_ROOM(arena, struct builder, 1);
    b->arena = arena;
    b->source = source;
    b->diags = diags;
    b->root = NULL;
    b->depth = 0;
    b->anchor_count = b->aliased = 0;
    yaml_marks_init(&b->marks, input);
    size_t errors = diags->errors;
    build(b, input);
    struct yaml_node *root = b->root;
    bool nothing = root && root->kind == YAML_SCALAR && root->style == YAML_PLAIN && root->value.n == 0;
    if ((!root || nothing) && diags->errors == errors) {
        bool blank = str_trim(input.text).n == 0;
        struct diag *diag = diag_add(diags, DIAG_EMPTY_FILE, span_at(source, 0, 0),
                                     blank ? "the file is empty" : "the file holds nothing but comments");
        diag_hint(diags, diag, "`briefing new SLUG` writes a spec to start from");
        return NULL;
    }
    return root;
}

const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key)
{
    if (!map || map->kind != YAML_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (str_is(map->entries[i].key->value, key))
            return map->entries[i].value;
    return NULL;
}
