/* Fonts of the system, through fontconfig, which is opened on first need. */
#ifndef BRIEFING_TEXT_SYSFONT_H
#define BRIEFING_TEXT_SYSFONT_H

#include "base/str.h"

#include <stdint.h>

struct sysfonts;

struct sysfont {
    const char *path;
    unsigned index;
    int weight;
    bool serif, bad; /* bad: it could not be opened; never offered again */
};

/* NULL when fontconfig is not there. */
struct sysfonts *sysfont_open(void);
void sysfont_close(struct sysfonts *fonts);

/* The best font that has all the code points, or NULL: upright, nearest in weight, of our families of
 * preference, then by path, so that the same set of fonts always gives the same answer. Lives until
 * sysfont_close. */
struct sysfont *sysfont_find(struct sysfonts *fonts, const uint32_t *code_points, size_t count, int weight,
                             bool serif);

#endif
