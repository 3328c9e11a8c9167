/* What a worker has to tell its run: messages, and PDFs whose digests, made side by side, belong into them. */
#ifndef BRIEFING_BATCH_REPORT_H
#define BRIEFING_BATCH_REPORT_H

#include <signal.h>
#include <stdbool.h>

#include "base/buf.h"
#include "batch/message.h"

/* So many PDFs are digested in little more time than one. */
enum { REPORT_HELD = 8 };

struct report {
    bool (*send)(void *self, struct str bytes); /* to the run; false: it is gone */
    void *self;
    struct buf out; /* not yet sent */
    unsigned held_count;
    struct report_held {
        struct buf pdf;
        size_t at; /* in out, where its digest belongs */
    } held[REPORT_HELD];
    bool waits, lost;
    volatile sig_atomic_t busy; /* within a message */
};

void report_done(struct report *report);

/* A message is what is added to out between the two. Gives where it begins. */
size_t report_begin(struct report *report, enum message_kind kind);
void report_end(struct report *report, size_t begun);

/* Within a message: adds the digest of a PDF, in hexadecimal. The PDF is kept until then: *pdf is another buffer
 * afterwards. For no more than REPORT_HELD between two sendings. */
void report_digest(struct report *report, struct buf *pdf);

/* Sends all that there is; false: nobody listens. */
bool report_send(struct report *report);

/* What there is may wait for more, but goes within REPORT_WAIT_US (a timer sends it, SIGALRM), whatever becomes of the next
 * task. One report of a process waits. */
enum { REPORT_WAIT_US = 20 * 1000 };
void report_wait(struct report *report);

#endif
