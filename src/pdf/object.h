/* The objects of one PDF, over libharu's object layer: indirect dictionaries and streams, numbered as they are made.
 * The only part of pdf/ that sees libharu, together with save.c. Failures are kept and asked for at the end of a
 * phase by objects_failed: no function here needs its result checked. */
#ifndef BRIEFING_PDF_OBJECT_H
#define BRIEFING_PDF_OBJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "pdf/deflate.h"

struct objects;

/* An indirect dictionary, or a stream once it has data. Lives in the arena of its objects. */
struct object {
    struct objects *owner;
    struct object *next; /* in order of number */
    void *dict;          /* HPDF_Dict, once it has entries added one by one */
    uint32_t id;
    struct str raw;      /* entries written by hand, after those added one by one */
    bool is_stream, is_late;
    const char *filter;  /* of data as it is stored, or NULL */
    struct str data;
    const struct str *later; /* where data will stand once it is deflated, or NULL */
    size_t data_at;      /* where data stands in the file, once that is saved */
    const struct object_series *series; /* it and those that follow it in number; NULL: it stands alone */
};

/* Many dictionaries in a row, none of which is kept: each is asked for when the file is written. */
struct object_series {
    uint32_t count;
    void *self;
    void (*put)(void *self, uint32_t index, struct buf *out); /* appends the entries of one */
};

/* Starts a document with its catalogue, page tree and information dictionary. NULL when libharu cannot. The
 * deflater is borrowed. */
struct objects *objects_open(struct arena *arena, struct deflater *deflater);
void objects_close(struct objects *objects);

/* The first code that libharu reported so far (also one that its handler was not told), 0 for none. */
unsigned objects_failed(struct objects *objects);

struct object *objects_catalog(struct objects *objects);
struct object *objects_pages(struct objects *objects); /* the root of the page tree, without Kids and Count */
struct object *objects_info(struct objects *objects);

/* A new indirect dictionary, with the next number. Never NULL. */
struct object *object_new(struct objects *objects);

/* Numbers for a series, which must live until the file is saved; returns the first. */
uint32_t objects_series(struct objects *objects, const struct object_series *series);

void object_name(struct object *object, const char *key, const char *value);
void object_number(struct object *object, const char *key, int32_t value);
void object_text(struct object *object, const char *key, struct str utf8); /* as a text string; nothing when empty */
void object_ref(struct object *object, const char *key, struct object *target);

/* Entries in PDF syntax, as they are. Copied; may be called again. Keys must not repeat. */
void object_raw(struct object *object, struct str entries);

/* Makes it a stream: deflated here or aside, or stored as it is with the name of the filter that data needs
 * already (NULL: none). Data stored as it is must live as long as the objects. */
void object_deflate(struct object *object, enum deflate_kind kind, struct str data);
void object_store(struct object *object, struct str data, const char *filter);

/* Puts a stream behind all that is not late: for what differs from copy to copy. */
void object_late(struct object *object);

/* A stream of what stands at *data once deflate_begin has set it. */
void object_store_later(struct object *object, const struct str *data);
/* The data of a stream, once it is there. */
struct str object_data(struct object *object);

/* Deflates into the arena. */
struct str objects_compress(struct objects *objects, enum deflate_kind kind, struct str data);
struct deflater *objects_deflater(struct objects *objects);
struct arena *objects_arena(struct objects *objects);

/* Where what differs from copy to copy stands in a file. */
struct saved {
    size_t shared;  /* bytes before the first late object */
    size_t hashed;  /* bytes that the second part of /ID is a digest of */
    size_t id_at;   /* of that part: 32 hexadecimal digits */
};

/* Appends the file to out: objects in object streams, then a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8).
 * permanent_id is the first part of /ID (16 bytes); the second is a digest of all that was written. */
struct saved objects_save(struct objects *objects, const unsigned char permanent_id[16], struct buf *out);

#endif
