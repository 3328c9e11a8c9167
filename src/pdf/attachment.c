/* Files in the file: embedded file streams, their specifications, and their entries in the catalogue
 * (ISO 32000-1, 7.11.4; ISO 19005-3, 6.8). */
#include "pdf/attachment.h"

#include <stdlib.h>

#include "pdf/token.h"

static struct object *write_stream(const struct pdf_attachment *attachment, struct date date,
                                   struct objects *objects)
{
    struct object *stream = object_new(objects);
    struct buf entries = {0};
    buf_text(&entries, "/Type/EmbeddedFile/Subtype");
    token_name(&entries, attachment->media_type);
    buf_text(&entries, "/Params<</Size ");
    token_int(&entries, (int64_t)attachment->size);
    if (date_is_set(date)) {
        buf_text(&entries, "/ModDate");
        token_date(&entries, date);
    }
    buf_text(&entries, ">>");
    object_raw(stream, buf_view(&entries));
    buf_done(&entries);
    object_store(stream, attachment->data, "FlateDecode");
    return stream;
}

static struct object *write_specification(const struct pdf_attachment *attachment,
                                          const struct object *stream, struct objects *objects)
{
    struct object *file = object_new(objects);
    object_name(file, "Type", "Filespec");
    object_name(file, "AFRelationship", attachment->relationship);
    object_text(file, "F", attachment->name);
    object_text(file, "UF", attachment->name);
    object_text(file, "Desc", attachment->description);
    struct buf entries = {0};
    buf_text(&entries, "/EF<</F");
    token_ref(&entries, stream->id);
    buf_text(&entries, "/UF");
    token_ref(&entries, stream->id);
    buf_text(&entries, ">>");
    object_raw(file, buf_view(&entries));
    buf_done(&entries);
    return file;
}

struct entry {
    struct str key;
    const struct object *file;
};

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

void attachments_write(const struct pdf_attachment *attachments, size_t count, struct date date,
                       struct objects *objects)
{
    struct entry *entries = ARENA_ARRAY(objects_arena(objects), struct entry, count + 1);
    size_t files = 0;
    struct buf out = {0};
    buf_text(&out, "/AF[");
    for (size_t i = 0; i < count; i++) {
        if (attachments[i].size == 0)
            continue;
        const struct object *stream = write_stream(&attachments[i], date, objects);
        entries[files].file = write_specification(&attachments[i], stream, objects);
        entries[files].key = attachments[i].name;
        token_ref(&out, entries[files++].file->id);
    }
    buf_text(&out, "]/Names<</EmbeddedFiles<</Names[");
    qsort(entries, files, sizeof *entries, by_key); /* a name tree is in the order of its keys (7.9.6) */
    for (size_t i = 0; i < files; i++) {
        token_bytes(&out, entries[i].key.p, entries[i].key.n);
        token_ref(&out, entries[i].file->id);
    }
    buf_text(&out, "]>>>>");
    if (files)
        object_raw(objects_catalog(objects), buf_view(&out));
    buf_done(&out);
}
