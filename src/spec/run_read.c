/* Reading runs and newsletters. */
#include "spec/decode.h"
#include "spec/syntax.h"

struct run *run_read(struct arena *arena, struct diag_source *source, struct diags *diags)
{
    size_t errors = diags->errors;
    struct reader reader = {.arena = arena, .diags = diags, .source = source, .kind = FILE_RUN};
    struct run *run = ARENA_NEW(arena, struct run);
    run->source = source;
    decode_file(&reader, run);
    return diags->errors == errors ? run : NULL;
}

struct newsletter *newsletter_read(struct arena *arena, struct diag_source *source, struct diags *diags)
{
    size_t errors = diags->errors;
    struct reader reader = {.arena = arena, .diags = diags, .source = source, .kind = FILE_NEWSLETTER};
    struct newsletter *newsletter = ARENA_NEW(arena, struct newsletter);
    newsletter->source = source;
    struct span start = decode_file(&reader, newsletter);
    bool specs = newsletter->specs.count > 0, run = newsletter->run.s.n > 0;
    if (specs && run)
        diag_add(diags, DIAG_SPECS_OR_RUN, newsletter->run.at,
                 "'run' stands beside 'specs': a newsletter takes one of them");
    else if (!specs && !run && diags->errors == errors)
        diag_add(diags, DIAG_SPECS_OR_RUN, start, "neither 'specs' nor 'run': there is nothing to send");
    if (newsletter->size_budget.s.n &&
        !syntax_size(newsletter->size_budget.s, &newsletter->size_budget_bytes))
        newsletter->size_budget_bytes = 0;
    return diags->errors == errors ? newsletter : NULL;
}
