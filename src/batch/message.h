/* Messages between a run and its workers: a length, a letter that says what it is, then numbers and texts in
 * an order that both sides know. Both are the same program on the same machine. */
#ifndef BRIEFING_BATCH_MESSAGE_H
#define BRIEFING_BATCH_MESSAGE_H

#include <stdint.h>

#include "base/buf.h"

enum message_kind {
    MESSAGE_TASK = 't',       /* to a worker: task, first output to make, number of the offer */
    MESSAGE_DIAGNOSTIC = 'd', /* one of them: severity, machine, text for people */
    MESSAGE_FACTS =
        'f', /* laid out: score, may be published, pages; name, grade, label, depends, diagnostics */
    MESSAGE_OUTPUT = 'o', /* made or failed: output, made, machine, bytes, mtime, inode, took; temporary,
                           * digest, diagnostics of its own ("" for those of the facts) */
    MESSAGE_DONE = 'e'    /* the task */
};

/* Building one at the end of a buffer. */
void message_begin(struct buf *out, enum message_kind kind);
void message_number(struct buf *out, int64_t number);
void message_text(struct buf *out, struct str text);
/* Puts the length in; begun_at is the buffer's size before message_begin. */
void message_end(struct buf *out, size_t begun_at);

struct message {
    char kind;
    struct str rest; /* not yet read */
};

/* Takes the next whole message off the bytes in[*used…]; false when it is not all there. */
bool message_next(struct str in, size_t *used, struct message *message);
/* 0 and empty when the message has no more. Texts are borrowed. */
int64_t message_take_number(struct message *message);
struct str message_take_text(struct message *message);

#endif
