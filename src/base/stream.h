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

/* Files that are written and take their names together later, after one wait for the disk. {0} is none. */
enum { STREAM_SET_FILES = 4 };
struct stream_set {
    char *paths[STREAM_SET_FILES], *temporaries[STREAM_SET_FILES];
    size_t count;
};

/* As stream_commit, but for the wait and the name. */
bool stream_keep(struct stream *stream, struct stream_set *set, const char **why);

/* Gives all of them their names. synced: the disk has what was written; else each is waited for. The path
 * that it was not possible for, with *why, or NULL. */
const char *stream_set_name(struct stream_set *set, bool synced, const char **why);

/* Frees it, and removes the files that have no names. */
void stream_set_done(struct stream_set *set);

/* Removes the temporary files that killed writers of path left. Only for one who knows that nobody writes it
 * now. */
void stream_sweep(const char *path);

#endif
