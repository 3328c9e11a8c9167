/* What the program says: diagnostics to standard error, results to standard output, and the exit status. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "diag/render.h"

bool report_color(const struct options *options, int fd)
{
    const char *when = options ? options->value[OPTION_COLOR] : NULL;
    if (when && strcmp(when, "always") == 0)
        return true;
    if (when && strcmp(when, "never") == 0)
        return false;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fd) && !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0);
}

static void keep_errors(struct diags *diags)
{
    struct diag **link = &diags->first;
    while (*link) {
        if ((*link)->severity == DIAG_ERROR)
            link = &(*link)->next;
        else
            *link = (*link)->next;
    }
    diags->last = link;
}

void report_print(struct diags *diags, const struct options *options)
{
    if (options && options->given[OPTION_QUIET])
        keep_errors(diags);
    if (!diags->first)
        return;
    diags_sort(diags);
    struct buf out = {0};
    diag_render_text(&out, diags, report_color(options, 2));
    const char *ignored = NULL; /* nowhere is left to report that standard error is closed */
    (void)!file_write_fd(2, buf_view(&out), &ignored);
    buf_done(&out);
}

int report_status(const struct diags *diags)
{
    if (diags->machine_failed)
        return EXIT_MACHINE;
    if (diags->per_code[DIAG_USAGE] || diags->per_code[DIAG_UNKNOWN_TIER_OPTION])
        return EXIT_USAGE;
    return diags->errors ? EXIT_INPUT : EXIT_OK;
}

bool report_output(struct str text, struct diags *diags)
{
    const char *why = NULL;
    if (file_write_fd(1, text, &why))
        return true;
    diag_add(diags, DIAG_CANNOT_WRITE, span_none(), "cannot write to standard output: %s", why);
    return false;
}
