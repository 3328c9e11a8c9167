/* Scripts of grapheme clusters: what is common to all scripts takes the script of its neighbours. */
#ifndef BRIEFING_TEXT_SCRIPT_H
#define BRIEFING_TEXT_SCRIPT_H

#include "text/face.h"

struct cluster {
    uint32_t from, to;   /* bytes of the text */
    uint32_t code_point; /* its first */
    uint32_t script;     /* hb_script_t, resolved */
    bool proper;         /* the script is its own, not its neighbours' */
    bool missing;
    const struct face *face;
};

/* What Chinese characters are read as when their language is not told. */
enum han { HAN_CHINESE, HAN_JAPANESE, HAN_KOREAN };

/* Finds clusters and their scripts (UAX #24) in bytes [from, to) of text. clusters has room for to - from. */
size_t script_find(struct str text, uint32_t from, uint32_t to, struct cluster *clusters);

/* Whether the cluster is an emoji, by the character (the blocks that hold most of them) or a sign behind it
 * (U+FE0F). Its form is monochrome, as print has it: that of a font of symbols. */
bool cluster_is_emoji(const struct cluster *cluster, struct str text);

/* From kana or hangul anywhere in the text. */
enum han script_han(struct str text);

/* The key of the fallback fonts: an ISO 15924 code, "Zsym" for what has no script. */
void script_key(uint32_t script, const char *language, enum han han, char key[5]);

#endif
