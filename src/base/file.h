/* Files: reading with a limit, mapping, and writing whole or not at all. */
#ifndef BRIEFING_BASE_FILE_H
#define BRIEFING_BASE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Reads a whole file, "-" being standard input, into the arena. On failure returns false and *why is a
 * sentence ("no such file or folder", "is a folder", "is too large"). max is in bytes; a larger file is
 * refused without being read whole. *too_large, if not NULL, tells that reason from the others. */
bool file_read(struct arena *arena, const char *path, size_t max, struct str *data, const char **why,
               bool *too_large);

/* The same into memory of the caller, without a copy left behind: for secrets. More than room bytes are
 * refused. */
bool file_read_into(const char *path, char *bytes, size_t room, size_t *n, const char **why);

/* Maps a file read-only; unmap with file_unmap. */
bool file_map(const char *path, struct str *data, const char **why);
void file_unmap(struct str data);

/* Writes data to path: to a temporary file ".NAME.briefing-XXXXXX" in the same folder, then fsync and rename. The name
 * stands for the old file or for the new one, whole, whatever happens; after a power cut within seconds it may be the old
 * one, or none where there was none (who has noted the new one down calls file_sync_folder). What is no regular file (a
 * pipe, /dev/null) is written to. Missing parent folders are made when make_parents. On failure the old file is
 * untouched, nothing is left behind, and *why says why. SIGINT, SIGTERM and SIGHUP wait until it is done. */
bool file_write(const char *path, struct str data, bool make_parents, const char **why);

/* The first half of file_write, for one who must note something down before the file takes its name: data in a file
 * ".NAME.briefing-XXXXXX" beside path, with the mode that path will have, synced if asked. Nothing is left behind on
 * failure; errno is ENOENT when the folder is not there. */
#define FILE_TEMPORARY_MARK ".briefing-"
struct file_temporary {
    char name[256]; /* without its folder */
    int64_t bytes, mtime_ns, inode;
};
bool file_write_temporary(const char *path, struct str data, bool sync, struct file_temporary *made,
                          const char **why);

/* The beginning (200 bytes) of the name that a temporary file is meant for; empty when name is of no such file. */
struct str file_temporary_target(struct str name);

/* Makes a folder and those above it that are missing. */
bool file_make_folders(const char *folder, const char **why);
/* Waits until the disk has the names in a folder, where its file system can. */
void file_sync_folder(const char *folder);

/* Waits until the disk has a regular file. false with *why. */
bool file_sync(const char *path, const char **why);

/* For many files at once: file_disk_sync waits until the disk has all that was written to its file system so
 * far, whoever wrote it, names and folders included (syncfs, as sync(2) of POSIX for one file system). disk
 * is a descriptor from file_disk_open of any folder there, to be closed by the caller; it is -1 when the
 * folder cannot be opened, and then nothing can be waited for. false also when something written since then
 * failed. */
int file_disk_open(const char *folder);
bool file_disk_sync(int disk);

/* Writes all of data to a descriptor, going on after short writes and signals. */
bool file_write_fd(int fd, struct str data, const char **why);

/* The folder of path with its last '/', or "" when it has none. */
struct str file_folder(struct str path);

/* base folder + relative path; an absolute path is returned as it is. */
const char *file_join(struct arena *arena, struct str folder, struct str path);

/* True when path, links resolved, lies in or beneath folder, links resolved. An empty folder is ".". */
bool file_is_beneath(const char *path, const char *folder);

/* What an errno value means, as the end of a sentence. */
const char *file_reason(int error);

#endif
