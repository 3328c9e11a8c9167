/* Work in a process of its own, with limits on time, memory and output: another program, or a function of
 * ours that reads what nobody vouches for. Whatever becomes of it, the caller goes on. */
#ifndef BRIEFING_BASE_CHILD_H
#define BRIEFING_BASE_CHILD_H

#include "base/buf.h"

struct child_limits {
    unsigned seconds; /* of processor time, and of waiting */
    size_t memory_bytes;
    size_t output_bytes;
};

enum child_end {
    CHILD_DONE,    /* exit status 0 */
    CHILD_FAILED,  /* another exit status: *status */
    CHILD_LIMIT,   /* ran into a limit, or was ended by a signal */
    CHILD_MISSING, /* there is no such program */
    CHILD_NONE     /* no process could be started */
};

/* Runs a program with arguments (the first is its name, the last NULL), the environment LC_ALL=C and nothing
 * else, input at its standard input, and appends what it writes to standard output to out; its standard error
 * is lost. The program is looked for in the folders of path, separated by ':' as in PATH, relative ones left
 * out; NULL: where POSIX keeps its own. status may be NULL. */
enum child_end child_run(const char *path, const char *const *arguments, struct str input,
                         const struct child_limits *limits, struct buf *out, int *status);

/* The same for a function, whose result is the exit status; what it writes to descriptor out_fd comes back.
 * No memory that it changes is changed here. */
typedef int child_function(void *self, int out_fd);
enum child_end child_call(child_function *function, void *self, const struct child_limits *limits,
                          struct buf *out, int *status);

#endif
