/* Build tool: the table of a face while it is made. */
#ifndef BRIEFING_TEXT_PRELINK_COMPILE_H
#define BRIEFING_TEXT_PRELINK_COMPILE_H

#include "text/face.h"
#include "text/prelink.h"
#include "text/prelink_rules.h"

struct buf;

enum {
    LOCALS_MOST = 2048,
    LIGATURES_MOST = 64,
    OWN_AREA = 0xF0000 /* plane 15: characters that stand for glyphs */
};

/* A glyph of the table that is being made. */
struct local {
    hb_codepoint_t id;
    int advance;
    bool alone;                  /* HarfBuzz makes it from a space: known only where it is the whole text */
    hb_set_t *was[PRELINK_SETS]; /* all glyphs that it may be while rules apply, for the sets that have it */
};

struct table {
    const char *path;
    hb_face_t *face;
    hb_font_t *font, *own; /* own: characters of OWN_AREA are its glyphs */
    hb_buffer_t *buffer;
    struct str data;
    struct local locals[LOCALS_MOST];
    size_t local_count;
    uint16_t maps[PRELINK_SETS][PRELINK_SLOTS];
    bool known[PRELINK_SETS];
    struct prelink_ligature ligatures[LIGATURES_MOST];
    size_t ligature_count;
    struct rules rules[PRELINK_SETS];
    hb_set_t *gsub[PRELINK_SETS], *gpos[PRELINK_SETS];
    uint64_t languages;
    struct prelink_pair *pairs; /* local_count squared */
    uint16_t characters[PRELINK_SLOTS];
    struct face *opened; /* what the program asks of the face */
};

_Noreturn void prelink_fail(const char *name, const char *why);
/* Zeroed memory. */
void *prelink_make(size_t n, size_t size);

/* Shapes text as text/shape.c does, into table->buffer; the number of glyphs. */
unsigned prelink_shape(struct table *table, hb_font_t *font, const hb_codepoint_t *text, size_t n,
                       const hb_feature_t *features, unsigned feature_count);

/* Shapes all pairs of the table's glyphs, and stops those that rules take part in. */
void prelink_find_pairs(struct table *table);

/* Adds the table as C to out, and to list its element in the array of tables. */
void prelink_write(struct buf *out, struct buf *list, const struct table *table, size_t index);

#endif
