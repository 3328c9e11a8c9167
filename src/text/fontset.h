/* The set of fonts: which face a format means, and which faces stand in for what it lacks. */
#ifndef BRIEFING_TEXT_FONTSET_H
#define BRIEFING_TEXT_FONTSET_H

#include "text/face.h"

/* Files in the order in which they are to be tried. */
struct candidates {
    struct candidates *next;
    char key[5];
    int weight;
    size_t count;
    size_t slots[];
};

/* The face of a family nearest to weight and slant. A file that cannot be read is reported (font-unavailable,
 * once for each list of diagnostics) and the next nearest taken. NULL when the family and the others have
 * none. */
const struct face *fonts_primary(struct text_fonts *fonts, const struct text_format *format,
                                 struct diags *diags);

/* The fallbacks for a key, an ISO 15924 code or "Zsym" for symbols; own files first, then those for symbols.
 * Key "*" gives every configured file. Within each, the nearest weight first, then the order of the config.
 */
const struct candidates *fonts_candidates(struct text_fonts *fonts, const char *key, int weight,
                                          struct diags *diags);
const struct text_font_config *fonts_config(const struct text_fonts *fonts);
/* The face of the same file as that of another set, or NULL: it is not open. */
const struct face *fonts_same(const struct text_fonts *fonts, const struct text_face *other);

/* The face of a candidate, opened on first use; NULL when it cannot be. */
const struct face *fonts_face(struct text_fonts *fonts, size_t index);

/* A face of the system that has all these code points, or NULL. */
const struct face *fonts_system(struct text_fonts *fonts, const uint32_t *code_points, size_t count,
                                int weight, bool serif);

/* How often there was something to report of a text that was set, be it known already or not: who asks before and after
 * knows whether a paragraph is without. */
size_t fonts_reports(const struct text_fonts *fonts);
void fonts_note_report(struct text_fonts *fonts);

/* Code points that no face has, so that the search is made once. */
bool fonts_lack(const struct text_fonts *fonts, uint32_t code_point);
void fonts_note_lack(struct text_fonts *fonts, uint32_t code_point);

/* The package that has fonts for a key, when one of its files is not installed; else NULL. Of fallbacks that
 * were looked for before. */
const char *fonts_package(struct text_fonts *fonts, const char *key);

/* Reads what stands in for the families, if that was not done yet. */
void fonts_read_fallbacks(struct text_fonts *fonts, struct diags *diags);

/* Slots as they stand, for lists: false past the last. */
struct font_slot {
    const char *path, *family; /* family: of the config, or the fallback's script */
    int weight;
    bool italic, bundled;
    const struct face *face; /* opened by the call; NULL: unreadable */
};
bool fonts_slot(struct text_fonts *fonts, size_t index, struct font_slot *slot);

#endif
