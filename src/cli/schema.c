/* `briefing schema KIND`: what an editor completes and checks by. */
#include "cli/cli.h"

#include <string.h>

#include "spec/spec_read.h"

int cli_schema(struct arena *arena, const struct options *options, struct diags *diags)
{
    static const struct {
        const char *name;
        enum file_kind kind;
    } kinds[] = {
        {"spec", FILE_SPEC}, {"house", FILE_HOUSE}, {"run", FILE_RUN}, {"newsletter", FILE_NEWSLETTER}};
    (void)arena;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(options->arguments[0], kinds[i].name) != 0)
            continue;
        struct buf out = {0};
        if (options->given[OPTION_REFERENCE])
            spec_reference(&out, kinds[i].kind);
        else
            spec_schema(&out, kinds[i].kind);
        report_output(buf_view(&out), diags);
        buf_done(&out);
        return report_status(diags);
    }
    struct diag *diag =
        diag_add(diags, DIAG_USAGE, span_none(), "there is no schema '%s'", options->arguments[0]);
    diag_hint(diags, diag, "spec, house, run or newsletter");
    return EXIT_USAGE;
}
