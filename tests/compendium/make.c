/* A compendium without a batch: compendium_make pdf|trace HOUSE TIER PAPER SPEC…, '-' being the default of
 * each of the three. What is made goes to standard output. Fonts are found as the program finds them
 * (BRIEFING_FONTS). */
#include <stdio.h>
#include <string.h>

#include "cli/session.h"
#include "compile_parts.h"
#include "diag/render.h"
#include "yaml/yaml_tree.h"

struct making {
    struct arena arena;
    struct diags diags;
    struct session session;
    struct house *house;
    const struct spec **specs;
    size_t count;
    struct compile_options options;
};

static const char *given(const char *argument)
{
    return strcmp(argument, "-") != 0 ? argument : NULL;
}

static bool read_house(struct making *making, const char *path)
{
    struct diag_source *source =
        path ? spec_open(&making->arena, path, YAML_MAX_BYTES, &making->diags) : NULL;
    if (!path)
        making->house = house_default(&making->arena, &making->diags);
    else if (source)
        making->house = house_read(&making->arena, source, &making->diags);
    return making->house != NULL;
}

/* The day is the latest that any of them was assessed on. */
static bool read_specs(struct making *making, char **paths, size_t count)
{
    making->specs = ARENA_ARRAY(&making->arena, const struct spec *, count);
    making->count = count;
    for (size_t i = 0; i < count; i++) {
        struct diag_source *source = spec_open(&making->arena, paths[i], YAML_MAX_BYTES, &making->diags);
        struct spec *spec =
            source ? spec_load(&making->arena, source, NULL, making->house, &making->diags) : NULL;
        if (!spec)
            return false;
        making->specs[i] = spec;
        struct date *day = &making->options.edition.date;
        if (!date_is_set(*day) || date_compare(spec->as_of.date, *day) > 0)
            *day = spec->as_of.date;
    }
    return true;
}

static bool make(struct making *making, bool trace, struct buf *out)
{
    struct diags *diags = &making->diags;
    if (!session_open(&making->session, &making->arena, making->house, diags))
        return false;
    struct compiled *compiled = compile_compendium_open(
        &making->session.context, making->specs, making->count, making->house, &making->options, diags);
    if (!compiled)
        return false;
    bool ok = true;
    if (trace)
        pages_trace(out, compiled->pages);
    else
        ok = compile_write(compiled, &making->options.seal, out, diags);
    compile_close(compiled);
    return ok;
}

int main(int argc, char **argv)
{
    if (argc < 6)
        return 2;
    struct making making = {.house = NULL};
    struct buf out = {0};
    arena_init(&making.arena);
    diags_init(&making.diags, &making.arena);
    const char *tier = given(argv[3]), *paper = given(argv[4]);
    if (tier)
        making.options.edition.tier = str_from(tier);
    if (paper)
        making.options.paper = strcmp(paper, "letter") == 0 ? PAPER_LETTER : PAPER_A4;
    bool ok = read_house(&making, given(argv[2])) && read_specs(&making, argv + 5, (size_t)argc - 5) &&
              make(&making, strcmp(argv[1], "trace") == 0, &out);
    ok = ok && fwrite(out.p ? out.p : "", 1, out.n, stdout) == out.n && fflush(stdout) == 0;
    buf_clear(&out);
    diag_render_text(&out, &making.diags, false);
    fwrite(out.p ? out.p : "", 1, out.n, stderr);
    buf_done(&out);
    session_close(&making.session);
    arena_done(&making.arena);
    return ok && making.diags.errors == 0 ? 0 : 1;
}
