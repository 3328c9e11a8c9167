/* Compendia whose briefings failed. */
#include "batch/incomplete.h"

enum { MOST_NAMED = 8 };

void incomplete_add(struct incomplete *incomplete, const struct plan *plan, uint32_t spec)
{
    if (incomplete->count++ < MOST_NAMED)
        buf_printf(&incomplete->names, "%s" STR_FMT, incomplete->names.n ? ", " : "",
                   STR_ARG(plan->specs[spec].id));
}

bool incomplete_tell(struct incomplete *incomplete, const struct plan *plan, uint32_t output,
                     struct diags *diags)
{
    bool any = incomplete->count > 0;
    struct buf path = {0};
    if (incomplete->count > MOST_NAMED)
        buf_printf(&incomplete->names, " and %zu more", incomplete->count - MOST_NAMED);
    if (any) {
        plan_path(plan, output, &path);
        diag_add(diags, DIAG_COMPENDIUM_INCOMPLETE, span_none(),
                 STR_FMT " is not made: these briefings failed: " STR_FMT, STR_ARG(buf_view(&path)),
                 STR_ARG(buf_view(&incomplete->names)));
    }
    buf_done(&path);
    buf_done(&incomplete->names);
    *incomplete = (struct incomplete){0};
    return any;
}
