/* `briefing new SLUG`: a commented spec to start from. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "spec/spec_read.h"

int cli_new(struct arena *arena, const struct options *options, struct diags *diags)
{
    struct str slug = str_from(options->arguments[0]);
    const char *path = options->value[OPTION_OUTPUT], *why = NULL;
    if (!spec_is_slug(slug)) {
        struct diag *diag =
            diag_add(diags, DIAG_USAGE, span_none(), "'" STR_FMT "' is no slug", STR_ARG(slug));
        diag_hint(diags, diag,
                  "small letters and digits, in words joined by single '-', at most 64: northwind-exchange");
        return EXIT_USAGE;
    }
    if (path && strcmp(path, "-") != 0 && access(path, F_OK) == 0) {
        diag_add(diags, DIAG_CANNOT_WRITE, span_none(), "%s is there already, and is not written over", path);
        return EXIT_MACHINE;
    }
    struct buf out = {0};
    spec_template(&out, slug);
    if (!path || strcmp(path, "-") == 0)
        report_output(buf_view(&out), diags);
    else if (!file_write(path, buf_view(&out), true, &why))
        diag_add(diags, DIAG_CANNOT_WRITE, span_none(), "cannot write %s: %s", path, why);
    buf_done(&out);
    (void)arena;
    return report_status(diags);
}
