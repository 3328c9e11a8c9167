/* All faces of fonts/, for tests of what the program knows of them beforehand. */
#ifndef BRIEFING_TEST_BUNDLED_FACES_H
#define BRIEFING_TEST_BUNDLED_FACES_H

#include "text/face.h"

enum { FACES_MOST = 64 };

struct bundled_faces {
    struct face *faces[FACES_MOST];
    char paths[FACES_MOST][512]; /* of each: faces borrow them */
    size_t count;
};

/* Opens the faces whose files' names have suffix in them, "" for all: 0, or -1 where there is none or one
 * cannot be opened. */
int bundled_faces_open(struct bundled_faces *bundled, const char *suffix);
void bundled_faces_close(struct bundled_faces *bundled);

#endif
