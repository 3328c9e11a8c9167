/* An mbox file (RFC 4155; "From " in bodies is quoted as mboxrd does), written whole or not at all. */
#ifndef BRIEFING_MAIL_MBOX_H
#define BRIEFING_MAIL_MBOX_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/date.h"

struct mbox {
    const char *path;
    char *temporary; /* NULL: none is open */
    int fd;
};

/* Starts a temporary file beside path. Each call returns false with *why, the end of a sentence, on failure.
 */
bool mbox_open(struct mbox *mbox, const char *path, const char **why);
/* A message with LF, its separator made of the sender's address and its date. */
bool mbox_add(struct mbox *mbox, struct str sender, struct date date, struct str message, const char **why);
/* Gives the file its name, synced. */
bool mbox_finish(struct mbox *mbox, const char **why);
/* Without mbox_finish before: leaves nothing behind, and an older file untouched. */
void mbox_close(struct mbox *mbox);

#endif
