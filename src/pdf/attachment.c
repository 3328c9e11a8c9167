/* A file in the file: an embedded file stream, its specification, and its entries in the catalogue
 * (ISO 32000-1, 7.11.4; ISO 19005-3, 6.8). */
#include "pdf/attachment.h"

#include "pdf/token.h"

static struct object *write_stream(const struct pdf_attachment *attachment, struct date date,
                                   struct objects *objects)
{
    struct object *stream = object_new(objects);
    struct buf entries = {0};
    buf_text(&entries, "/Type/EmbeddedFile/Subtype");
    token_name(&entries, attachment->media_type);
    buf_text(&entries, "/Params<</Size ");
    token_int(&entries, (int64_t)attachment->data.n);
    if (date_is_set(date)) {
        buf_text(&entries, "/ModDate");
        token_date(&entries, date);
    }
    buf_text(&entries, ">>");
    object_raw(stream, buf_view(&entries));
    buf_done(&entries);
    object_deflate(stream, attachment->data);
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

void attachment_write(const struct pdf_attachment *attachment, struct date date, struct objects *objects)
{
    if (attachment->data.n == 0)
        return;
    const struct object *stream = write_stream(attachment, date, objects);
    const struct object *file = write_specification(attachment, stream, objects);
    struct buf entries = {0};
    buf_text(&entries, "/AF[");
    token_ref(&entries, file->id);
    buf_text(&entries, "]/Names<</EmbeddedFiles<</Names[");
    token_text(&entries, attachment->name);
    token_ref(&entries, file->id);
    buf_text(&entries, "]>>>>");
    object_raw(objects_catalog(objects), buf_view(&entries));
    buf_done(&entries);
}
