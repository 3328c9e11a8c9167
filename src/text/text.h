/* Text: fonts, shaping and lines. Layout hands in whole paragraphs and gets lines of positioned glyphs.
 * All lengths are millipoints (mpt, 1/1000 pt). */
#ifndef BRIEFING_TEXT_TEXT_H
#define BRIEFING_TEXT_TEXT_H

#include "diag/diag.h"

enum text_family { TEXT_BODY, TEXT_HEADING, TEXT_TITLE, TEXT_MONO, TEXT_FAMILY_COUNT };

/* One font file as a face. What pdf/ needs of it is public. */
struct text_face {
    struct text_face *next;
    const char *path;
    struct str postscript_name;
    struct str data; /* the mapped file */
    unsigned index;  /* in a collection */
    unsigned id;     /* dense, in order of first use in the font set */
    int units_per_em;
    int ascent, descent;      /* font units; descent negative */
    int cap_height, x_height; /* font units */
    int weight;               /* 400, 700 … */
    unsigned embedding; /* OS/2 fsType; fonts that forbid embedding or subsets are never opened */
    bool italic, fixed_pitch, serif;
    bool bundled; /* its tables were looked through when the program was built: a face without variations */
};

/* `shown` is what others see of a face (face.c). Its hb_font_t *, scale = units per em; opened when it is first asked for. */
void *text_face_font(const struct text_face *shown);
unsigned text_face_glyph_count(const struct text_face *shown);
/* The glyph of a code point, 0: there is none. */
uint32_t text_face_glyph(const struct text_face *shown, uint32_t code_point);
int32_t text_face_advance(const struct text_face *shown, uint32_t glyph); /* font units */
/* A table of the font file (OpenType 1.9), tag of four letters; empty where there is none. */
struct str text_face_table(const struct text_face *shown, const char *tag);

/* Which files make up the families, as fonts/fonts.yaml says. */
struct text_font_file {
    const char *path;
    int weight;
    bool italic;
};
struct text_font_family {
    const char *name, *id;
    const char *titles; /* name of the family that sets titles beside it; NULL: itself */
    struct text_font_file *files;
    size_t count;
    bool serif;
};
struct text_fallback {
    char script[5];
    const char **paths;
    int *weights;
    size_t count;
    const char *package;
};
struct text_fallbacks {
    struct text_fallback *items;
    size_t count;
};
struct text_font_config {
    struct text_font_family *families;
    size_t family_count;
    /* What stands in for characters that the families lack. Asked for once, when such a character comes: most
     * documents need none. They must live as long as the config. What cannot be read is reported, and there
     * are none. */
    struct text_fallbacks (*fallbacks)(const struct text_font_config *config, struct diags *diags);
    size_t chosen[TEXT_FAMILY_COUNT]; /* index into families */
    bool use_fontconfig;              /* ask the system for what nothing above covers */
};

struct text_fonts;

/* Opens nothing yet: faces are mapped on first use. The config must outlive it. close frees faces. */
struct text_fonts *text_fonts_open(const struct text_font_config *config);
void text_fonts_close(struct text_fonts *fonts);

struct text_format {
    enum text_family family;
    int weight; /* 400, 600, 700 */
    bool italic;
    int32_t size_mpt;
    int32_t tracking_mpt; /* added after each cluster */
    bool tabular;         /* lining tabular figures (tnum, lnum) */
    bool old_style;       /* onum, where the format's own face has serifs */
    bool small_caps;      /* names of capitals and figures in small capitals, where the face has c2sc (feature.h) */
    bool superscript;     /* raised and small: by feature sups where every glyph has it, else scaled */
};

/* A stretch of a paragraph in one format. tag comes back with its segments. */
struct text_run {
    struct str text; /* U+2028: forced break */
    struct text_format format;
    const char *language; /* BCP 47, NULL: the paragraph's */
    bool no_break;        /* no line break inside */
    uint32_t tag;
    struct span at;
};

/* Words of a language (BCP 47) with hyphens where they may be broken, and nowhere else: "inter-net-work". */
struct text_exception_word {
    struct str language, word;
};
struct text_exceptions;

/* Made ready for text_paragraph; NULL when there are none. The words must outlive it. Of two of one word and
 * language the first counts. */
const struct text_exceptions *text_exceptions_make(struct arena *arena, const struct text_exception_word *words,
                                                   size_t count);

/* In justified text from left to right hyphens, stops, quotation marks and dashes at the ends of lines stand out of
 * the measure by a part of their width. */
/* TEXT_LEFT is the edge where lines begin: the right one where the paragraph's language runs from right to left,
 * whatever the script of a name that stands alone in it. TEXT_END is the other edge; TEXT_RIGHT is the right one
 * in any language, so that figures stand units under units. The last line of TEXT_JUSTIFY begins where the text
 * itself does. */
enum text_align { TEXT_JUSTIFY, TEXT_LEFT, TEXT_RIGHT, TEXT_CENTRE, TEXT_END };

/* All of it, and of its runs, decides what its lines are, but for places in the source: who compares paragraphs
 * (memo.c, layout/ahead.c) compares each member. */
struct text_paragraph {
    const struct text_run *runs;
    size_t count;
    int32_t width_mpt;
    int32_t first_indent_mpt;
    enum text_align align;
    const char *language;
    bool hyphenate; /* where patterns for the language are there, or exceptions */
    bool balanced;  /* a title: lines of like length, the last one too; for text that is not justified */
    const struct text_exceptions *exceptions; /* NULL: none */
};

struct text_glyph {
    uint32_t id;
    int32_t advance_mpt;    /* to the next glyph: kerning, tracking and justification included */
    int32_t dx_mpt, dy_mpt; /* drawn there, off the pen; dy upwards */
    uint32_t cluster;       /* byte offset into the segment's text where its cluster starts */
};

/* Glyphs of one face and size in one direction on a line, in visual order, left to right. */
struct text_segment {
    const struct text_face *face;
    int32_t size_mpt;
    int32_t x_mpt;    /* from the line's left edge */
    int32_t rise_mpt; /* of superscripts, upwards */
    int32_t width_mpt;
    struct str text;  /* logical order; what the glyphs stand for */
    uint32_t text_at; /* where it starts in the whole paragraph: segments in this order are in the order of reading */
    bool rtl;
    bool space_after; /* the line's end took away a space that the text has behind this */
    int16_t wider_pcm; /* glyphs are drawn wider by so many hundred-thousandths of their width (fit.h), or
                          narrower; in advances, dx and widths it is counted already */
    uint32_t tag;
    const uint32_t *packed; /* the glyphs of a line that an engine has set, packed (packed.h); NULL: in glyphs */
    size_t packed_count;    /* words */
    struct text_glyph *glyphs; /* NULL: they are packed */
    size_t glyph_count;
};

struct text_line {
    struct text_segment *segments; /* visual order */
    size_t segment_count;
    int32_t width_mpt;               /* as set, of the measure: without what stands out of it */
    int32_t start_hang_mpt, end_hang_mpt; /* how far the first sign stands out to the left, the last to the right */
    int32_t ascent_mpt,
        descent_mpt; /* how far its ink reaches above the baseline and below it; not negative */
    bool hyphenated, last;           /* last: of the paragraph or before a forced break */
    size_t text_from, text_to;       /* bytes of the paragraph's text (runs one after the other) */
};

struct text_lines {
    struct text_line *items;
    size_t count;
};

/* What layout asks of text. text_engine_open gives the real one; tests use fixed-width metrics. */
struct text_engine {
    void *self;
    /* Breaks and sets a paragraph. Lines live in the arena. A character that no face has is reported once for
     * each code point and place (missing-glyph), a word wider than the line is broken between clusters, and a line
     * that is too wide all the same is reported (line-overfull). */
    struct text_lines (*set)(void *self, struct arena *arena, const struct text_paragraph *paragraph,
                             struct diags *diags);
    /* Widths of the paragraph's longest unbreakable part and of the paragraph on one line. */
    void (*widths)(void *self, const struct text_paragraph *paragraph, int32_t *least_mpt, int32_t *most_mpt,
                   struct diags *diags);
};

/* One engine serves many documents in a process: its cache of shaped words lives as long as it does
 * (bounded). */
struct text_engine *text_engine_open(struct text_fonts *fonts);
void text_engine_close(struct text_engine *engine);

/* From now on paragraphs that were set are remembered (memo.h; bounded): for a process that makes many
 * documents. What is set, and what is reported, stays the same. */
void text_engine_remember(struct text_engine *engine);

/* An engine for another thread, which remembers where the first one does, with fonts of its own from the first
 * one's config, which both read only. It knows the faces of the families alone: once it lacks others its lines
 * are not the first one's any more, nor may be used. To be closed before the first one's fonts. */
struct text_engine *text_engine_second(const struct text_engine *first);
bool text_engine_lacks(const struct text_engine *second);
/* Lines of the second engine become the first one's: they are shown in its faces. false where it has not opened one of them
 * so far; then the lines are of no use. */
bool text_engine_adopt(const struct text_engine *first, const struct text_lines *lines);

/* For `briefing fonts`: each face that is configured or found, with the scripts and number of code points it
 * covers. */
struct text_coverage {
    const char *family, *path;
    int weight;
    bool italic;
    size_t code_points;
    const char *scripts;
    bool bundled, readable;
};
size_t text_fonts_list(struct text_fonts *fonts, struct arena *arena, struct text_coverage **list,
                       struct diags *diags);

#endif
