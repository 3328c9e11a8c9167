/* `briefing fonts`: the families found, their files and what they cover. */
#include "cli/cli.h"

#include <string.h>

#include "cli/fonts_config.h"
#include "cli/session.h"

static void row(struct buf *out, const struct text_coverage *face)
{
    buf_printf(out, "  %s\n      weight %d%s", face->path, face->weight, face->italic ? ", italic" : "");
    if (face->readable)
        buf_printf(out, ", %zu characters: %s\n", face->code_points, face->scripts);
    else
        buf_text(out, ", not there or not readable\n");
}

static void list(struct buf *out, const struct text_coverage *faces, size_t count, bool bundled)
{
    const char *family = NULL;
    for (size_t i = 0; i < count; i++) {
        if (faces[i].bundled != bundled || (!bundled && !faces[i].readable))
            continue;
        if (!family || strcmp(family, faces[i].family) != 0)
            buf_printf(out, "%s\n", faces[i].family);
        family = faces[i].family;
        row(out, &faces[i]);
    }
}

int cli_fonts(struct arena *arena, const struct options *options, struct diags *diags)
{
    (void)options;
    const char *folder = fonts_config_folder(arena, diags);
    struct text_font_config *config = folder ? fonts_config_read(arena, folder, diags) : NULL;
    if (!config)
        return report_status(diags);
    struct text_fonts *fonts = text_fonts_open(config);
    struct text_coverage *faces = NULL;
    size_t count = text_fonts_list(fonts, arena, &faces, diags);
    struct buf out = {0};
    buf_printf(&out, "Bundled, in %s (a house's theme names one of these families)\n\n", folder);
    list(&out, faces, count, true);
    buf_text(&out, "\nOf the system, standing in for other scripts in this order\n\n");
    list(&out, faces, count, false);
    for (size_t i = 0; i < count; i++)
        if (faces[i].bundled && !faces[i].readable)
            diag_add(diags, DIAG_FONT_UNAVAILABLE, span_none(),
                     "the bundled font %s is missing or cannot be read", faces[i].path);
    report_output(buf_view(&out), diags);
    buf_done(&out);
    text_fonts_close(fonts);
    return report_status(diags);
}
