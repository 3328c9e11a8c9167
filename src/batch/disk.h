/* A disk that a thread waits for, while others go on. */
#ifndef BRIEFING_BATCH_DISK_H
#define BRIEFING_BATCH_DISK_H

#include <stdbool.h>

struct disk;

/* The one that a folder is on. NULL: it cannot be waited for. Where there can be no thread, disk_begin waits.
 */
struct disk *disk_open(const char *folder);

/* Ends the wait at hand first. NULL: nothing. */
void disk_close(struct disk *disk);

/* Begins to wait for all that was written and named until now; not while it is being waited for. */
void disk_begin(struct disk *disk);

/* Becomes readable when that is over: for poll(2). */
int disk_news(const struct disk *disk);

/* Returns when that is over: whether the disk has all of it. */
bool disk_end(struct disk *disk);

#endif
