/* `briefing explain [CODE]`: what a diagnostic means and how to cure it. */
#include "cli/cli.h"

#include "diag/render.h"

int cli_explain(struct arena *arena, const struct options *options, struct diags *diags)
{
    struct buf out = {0};
    struct str *names = ARENA_ARRAY(arena, struct str, DIAG_CODE_COUNT);
    for (int i = 0; i < DIAG_CODE_COUNT; i++) {
        const struct diag_info *info = diag_info((enum diag_code)i);
        names[i] = str_from(info->name);
        if (options->argument_count == 0)
            buf_printf(&out, "%-28s %s\n", info->name, info->meaning);
    }
    if (options->argument_count) {
        struct str name = str_from(options->arguments[0]);
        enum diag_code code = diag_code_find(name);
        if (code == DIAG_CODE_COUNT) {
            struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(),
                                         "there is no diagnostic '" STR_FMT "'", STR_ARG(name));
            struct str nearest = str_nearest(name, names, DIAG_CODE_COUNT);
            if (nearest.n)
                diag_hint(diags, diag, "did you mean '" STR_FMT "'?", STR_ARG(nearest));
            else
                diag_hint(diags, diag, "'briefing explain' lists all codes");
            return EXIT_USAGE;
        }
        diag_explain(&out, code, report_color(options, 1));
    }
    report_output(buf_view(&out), diags);
    buf_done(&out);
    return report_status(diags);
}
