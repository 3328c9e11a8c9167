/* The container of a font program: tables under a directory (OpenType 1.9, Organization of an OpenType Font).
 */
#ifndef BRIEFING_PDF_SFNT_H
#define BRIEFING_PDF_SFNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { SFNT_TABLES_MOST = 64 };

struct sfnt_table {
    char tag[5];
    struct str data;
};

/* In order of tag. */
struct sfnt {
    struct sfnt_table tables[SFNT_TABLES_MOST];
    size_t count;
};

/* Adds a table, or replaces the one of its tag; false when there is no room for it. The data is borrowed. */
bool sfnt_set(struct sfnt *sfnt, const char *tag, struct str data);

/* Reads a file, whose bytes are borrowed; false when it is damaged or has too many tables. */
bool sfnt_read(struct sfnt *sfnt, struct str file);

/* Appends the file: its directory, with sums of what it says, and the tables by their size, the smallest
 * first. */
void sfnt_write(const struct sfnt *sfnt, struct buf *out);

/* Appends a table cmap that gives each of 256 codes its glyph, as a PDF's simple TrueType font finds it (ISO
 * 32000-1, 9.6.6.4; OpenType 1.9, cmap, formats 0 and 6). */
void sfnt_cmap(const uint16_t gids[256], struct buf *out);

#endif
