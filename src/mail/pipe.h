/* Handing one message to a command such as `sendmail -t -i` or `msmtp -t`. */
#ifndef BRIEFING_MAIL_PIPE_H
#define BRIEFING_MAIL_PIPE_H

#include "base/str.h"

enum pipe_end {
    PIPE_TAKEN,   /* exit status 0: the message is theirs now */
    PIPE_LATER,   /* EX_TEMPFAIL, EX_UNAVAILABLE, EX_IOERR, EX_OSERR (sysexits.h): trying again may help */
    PIPE_REFUSED, /* any other status */
    PIPE_LOST,    /* ended by a signal or past its time: nobody knows whether it went out */
    PIPE_BROKEN   /* the machine failed us before the command had the message */
};

struct pipe_result {
    enum pipe_end end;
    int status;     /* exit status, or signal for PIPE_LOST; 0 there: out of time */
    char note[256]; /* its last lines on standard error, in one line, NUL-terminated; may be empty */
};

/* Runs command by /bin/sh in this environment with the message at its standard input, which is a file without
 * a name in folder: a command that does not read blocks nobody. It is ended, with all it started, after so
 * many seconds. */
struct pipe_result pipe_hand(const char *command, struct str message, const char *folder, unsigned seconds);

#endif
