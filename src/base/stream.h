/* A file written piece by piece, for what is too large to hold in memory: whole under its name, or not there.
 */
#ifndef BRIEFING_BASE_STREAM_H
#define BRIEFING_BASE_STREAM_H

#include "base/buf.h"
#include "base/hash.h"

struct stream {
    struct buf out;  /* write here, then call stream_pass */
    struct hash *hash; /* NULL, or what takes in all that is written; set it after stream_open */
    const char *why; /* the first failure, or NULL */
    char *path, *temporary;
    int fd;
};

/* Begins a temporary file ".NAME.briefing-XXXXXX" beside path. Failures are told by stream_commit. End it by
 * stream_commit or stream_abandon. */
void stream_open(struct stream *stream, const char *path);

/* Hands what stands in out to the file, once there is a good deal of it. */
void stream_pass(struct stream *stream);

/* Writes the rest, syncs, and gives the file its name. false with *why as the end of a sentence; then an
 * older file of that name is untouched and nothing is left behind. */
bool stream_commit(struct stream *stream, const char **why);
void stream_abandon(struct stream *stream);

/* Removes the temporary files that killed writers of path left. Only for one who knows that nobody writes it
 * now. */
void stream_sweep(const char *path);

#endif
