/* Deflating (zlib form, RFC 1950), here or aside: the same bytes either way. */
#ifndef BRIEFING_PDF_DEFLATE_H
#define BRIEFING_PDF_DEFLATE_H

#include <stdbool.h>

#include "base/aside.h"
#include "base/buf.h"

/* What is deflated, and so how: pictures in as few bytes as pays, others in libdeflate's quickest way, and what every
 * document has with codes known beforehand (quick.h), which takes a third of the time and some more bytes. Small are
 * the profile of colours and ToUnicode. */
enum deflate_kind {
    DEFLATE_PICTURE,
    DEFLATE_OTHER,
    DEFLATE_CONTENTS,
    DEFLATE_OBJECTS,
    DEFLATE_TEXT,
    DEFLATE_METADATA,
    DEFLATE_PROGRAM, /* of outlines in CFF */
    DEFLATE_SMALL,
    DEFLATE_XREF
};

/* Compressors for each thread, and what is being deflated. */
struct deflater;

struct deflater *deflater_open(void);
/* All that was begun must have been awaited. */
void deflater_close(struct deflater *deflater);
/* Borrowed; NULL: all is deflated at once. Between documents only. */
void deflater_use(struct deflater *deflater, struct aside *aside);
/* Has the second thread make what codes known beforehand need, for both threads, where it was not done before: half of
 * what the first stream of a process costs. libdeflate's compressors are made when something needs them. */
void deflater_ready(struct deflater *deflater);

/* Deflates into out, in place of what is there; false when the library fails. who: the thread that calls it.
 */
bool deflate_now(struct deflater *deflater, enum aside_who who, enum deflate_kind kind, struct str data,
                 struct buf *out);

/* Deflates into the arena (NULL: malloc'ed memory), by the thread that begins and awaits; empty when the
 * library fails. */
struct str deflate_here(struct deflater *deflater, struct arena *arena, enum deflate_kind kind,
                        struct str data);

/* The same of what never changes, such as a profile of colours: deflated once, good until deflater_close. */
struct str deflate_once(struct deflater *deflater, struct str constant);

/* Deflates a copy of data. *result is set, in the arena (NULL: in malloc'ed memory), at the latest by
 * deflate_await; until then it has no p and must stay where it is. It is empty when the library fails. Few
 * are in the making at a time: each is twice in memory. */
void deflate_begin(struct deflater *deflater, struct arena *arena, enum deflate_kind kind, struct str data,
                   struct str *result);
/* Returns once *result is set; NULL: once all are. */
void deflate_await(struct deflater *deflater, const struct str *result);

#endif
