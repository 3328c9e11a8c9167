/* Any bytes through the reader of YAML, of prose, and the rendering of what they say. Linked with libFuzzer it
 * searches; linked with replay.c it runs the files of corpus/. */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "diag/lines.h"
#include "diag/render.h"
#include "prose/prose.h"
#include "yaml/yaml_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_span(struct span span)
{
    check(span.source && span.start <= span.end && span.end <= span.source->text.n);
}

static void check_blocks(const struct prose_block *blocks, size_t count, unsigned depth)
{
    check(depth < 20);
    for (size_t i = 0; i < count; i++) {
        check_span(blocks[i].at);
        for (size_t k = 0; k < blocks[i].span_count; k++) {
            const struct prose_span *span = &blocks[i].spans[k];
            check_span(span->at);
            check(span->text.n > 0 && utf8_invalid(span->text) == SIZE_MAX);
            check(span->url.n == 0 || prose_url_allowed(span->url));
        }
        check_blocks(blocks[i].children, blocks[i].child_count, depth + 1);
    }
}

static void check_scalar(struct arena *arena, const struct yaml_node *node, struct diags *diags)
{
    struct diag_origin origin = yaml_origin(arena, node);
    uint32_t before = 0;
    for (size_t i = 0; i <= node->value.n; i++) {
        struct span span = origin_span(&origin, i, i);
        check_span(span);
        check(span.start >= before);
        before = span.start;
    }
    const struct prose *prose = prose_parse(arena, node->value, &origin, diags);
    check_blocks(prose->blocks, prose->count, 0);
    check(prose_words(prose) <= node->value.n + 1);
}

/* Aliases make the tree a graph: budget bounds how much of it is walked. */
static void check_node(struct arena *arena, const struct yaml_node *node, struct diags *diags, unsigned depth,
                       size_t *budget)
{
    check(depth <= YAML_MAX_DEPTH);
    check_span(node->span);
    if (*budget == 0)
        return;
    --*budget;
    if (node->kind == YAML_SCALAR)
        check_scalar(arena, node, diags);
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == YAML_LIST) {
            check_node(arena, node->items[i], diags, depth + 1, budget);
            continue;
        }
        check(node->entries[i].key->kind == YAML_SCALAR);
        check_node(arena, node->entries[i].key, diags, depth + 1, budget);
        check_node(arena, node->entries[i].value, diags, depth + 1, budget);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct diags diags;
    arena_init(&arena);
    diags_init(&diags, &arena);
    struct diag_source *source = diag_source_new(&arena, STR("fuzz.yaml"), (struct str){(const char *)data, size});
    const struct yaml_node *root = yaml_parse(&arena, source, &diags);
    check(root || diags.errors);
    size_t budget = 20000;
    if (root)
        check_node(&arena, root, &diags, 0, &budget);
    diags_sort(&diags);
    struct lines lines;
    lines_init(&lines, source);
    for (const struct diag *diag = diags.first; diag; diag = diag->next) {
        size_t line, column;
        check_span(diag->span);
        span_line_column(diag->span, &line, &column);
        struct line_column found = lines_find(&lines, diag->span.start);
        check(found.line == line && found.column == column);
    }
    lines_done(&lines);
    struct buf out = {0};
    diag_render_text(&out, &diags, true);
    check(utf8_invalid(buf_view(&out)) == SIZE_MAX);
    diag_render_json(&out, &diags);
    diag_render_sarif(&out, &diags);
    buf_done(&out);
    arena_done(&arena);
    return 0;
}
