/* The pages of one briefing as text: trace SPEC [HOUSE [TIER [A4|letter]]], '-' being the default of each. Fonts are
 * found as the program finds them (BRIEFING_FONTS). */
#include <stdio.h>
#include <string.h>

#include "cli/session.h"
#include "diag/render.h"
#include "yaml/yaml_tree.h"

static const char *argument(int argc, char **argv, int index)
{
    return index < argc && strcmp(argv[index], "-") != 0 ? argv[index] : NULL;
}

static struct house *read_house(struct arena *arena, const char *path, struct diags *diags)
{
    if (!path)
        return house_default(arena, diags);
    struct diag_source *source = spec_open(arena, path, YAML_MAX_BYTES, diags);
    return source ? house_read(arena, source, diags) : NULL;
}

static struct pages *make_pages(struct arena *arena, struct session *session, int argc, char **argv, struct diags *diags)
{
    struct house *house = read_house(arena, argument(argc, argv, 2), diags);
    struct diag_source *source = spec_open(arena, argv[1], YAML_MAX_BYTES, diags);
    struct spec *spec = source ? spec_load(arena, source, NULL, house, diags) : NULL;
    if (!house || !spec)
        return NULL;
    struct compile_options options = {.edition.date = spec->as_of.date};
    const char *tier = argument(argc, argv, 3), *paper = argument(argc, argv, 4);
    if (tier)
        options.edition.tier = str_from(tier);
    if (paper)
        options.paper = strcmp(paper, "letter") == 0 ? PAPER_LETTER : PAPER_A4;
    if (!session_open(session, arena, house, diags))
        return NULL;
    return compile_pages(arena, &session->context, spec, house, &options, diags);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    struct session session = {0};
    struct buf out = {0};
    struct pages *pages = make_pages(&arena, &session, argc, argv, &diags);
    if (pages)
        pages_trace(&out, pages);
    bool written = fwrite(out.p ? out.p : "", 1, out.n, stdout) == out.n && fflush(stdout) == 0;
    buf_done(&out);
    diag_render_text(&out, &diags, false);
    fwrite(out.p ? out.p : "", 1, out.n, stderr);
    buf_done(&out);
    session_close(&session);
    arena_done(&arena);
    return pages && written && diags.errors == 0 ? 0 : 1;
}
