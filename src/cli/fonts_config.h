/* Where the fonts are, which make up the families of a house's theme (fonts/fonts.yaml), and which of the system stand
 * in where these lack a character (fonts/fallback.yaml, read when that happens). */
#ifndef BRIEFING_CLI_FONTS_CONFIG_H
#define BRIEFING_CLI_FONTS_CONFIG_H

#include "model/house.h"
#include "text/text.h"

/* The folder of fonts.yaml: $BRIEFING_FONTS, else beside the program (fonts/, ../fonts/, ../../fonts/), else
 * ../share/briefing/fonts, else the folder of the installation. NULL with a diagnostic when there is none. */
const char *fonts_config_folder(struct arena *arena, struct diags *diags);

/* Reads fonts.yaml in that folder. NULL with diagnostics when it is unreadable or wrong. Everything lives in
 * the arena, which also takes fallback.yaml. */
struct text_font_config *fonts_config_read(struct arena *arena, const char *folder, struct diags *diags);

/* Chooses the families that the theme names; an unknown one is an error at the theme's place. */
bool fonts_config_choose(struct text_font_config *config, const struct theme *theme, struct diags *diags);

#endif
