/* Masters: a file made once, with the places that each copy fills in. */
#include "pdf/master.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "pdf/making.h"
#include "pdf/metadata.h"
#include "pdf/stamp.h"

#define SAMPLE_ID "0000-0000-0000-0000"
_Static_assert(sizeof SAMPLE_ID - 1 == STAMP_ID, "the id has its length");

struct marked_page {
    struct marked_stream stream;
    size_t at; /* of its data in the file */
};

struct pdf_master {
    struct arena arena;
    struct buf file; /* of some copy */
    struct saved saved;
    char shared_state[sizeof(
        struct hash)]; /* after the shared bytes; kept as bytes, for a struct hash wants alignment */
    struct stamp stamp;
    size_t stamp_at, xmp_at; /* in the file: of the copy line's stream, of the id in XMP */
    struct marked_page *pages;
    size_t page_count, mark_count;
};

static void hash_shared(struct pdf_master *master)
{
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, master->file.p, master->saved.shared);
    memcpy(master->shared_state, &hash, sizeof hash);
}

/* Goes on from the shared bytes over those of a copy up to end. */
static void digest_copy(const struct pdf_master *master, const char *copy, size_t end,
                        unsigned char digest[32])
{
    struct hash hash;
    memcpy(&hash, master->shared_state, sizeof hash);
    hash_add(&hash, copy + master->saved.shared, end - master->saved.shared);
    hash_done(&hash, digest);
}

static size_t id_in(const struct object *xmp)
{
    const struct str tag = STR("<" METADATA_COPY ">");
    return str_find(xmp->data, tag) + tag.n;
}

static void keep_places(struct pdf_master *master, const struct making *making)
{
    size_t pages = making->pages->count;
    master->stamp_at = making->copy_line->data_at;
    master->xmp_at = making->xmp->data_at + id_in(making->xmp);
    if (!making->marked)
        return;
    master->pages = ARENA_ARRAY(&master->arena, struct marked_page, pages);
    for (size_t i = 0; i < pages; i++) {
        const struct marked_stream *stream = &making->marked[i];
        if (!stream->object)
            continue;
        master->pages[master->page_count++] = (struct marked_page){*stream, stream->object->data_at};
        master->mark_count += stream->count;
    }
}

static void write_copy_line(struct pdf_master *master, struct making *making)
{
    struct buf text = {0};
    master->stamp = stamp_write(&text, &making->fonts, making->pages);
    object_store(making->copy_line, str_dup(&making->arena, buf_view(&text)), NULL);
    buf_done(&text);
}

static bool make(struct pdf_master *master, struct making *making, const struct pdf_metadata *given,
                 bool strong_marks, struct diags *diags)
{
    struct pdf_metadata metadata = *given;
    metadata.copy = STR(SAMPLE_ID);
    making->keep = &master->arena;
    making->copy_line = object_new(making->objects);
    object_late(making->copy_line);
    if (strong_marks)
        making->marked = ARENA_ARRAY(&making->arena, struct marked_stream, making->pages->count);
    if (!making_write(making, &metadata, diags))
        return false;
    object_late(making->xmp);
    write_copy_line(master, making);
    if (!making_save(making, &metadata, &master->file, &master->saved, diags))
        return false;
    keep_places(master, making);
    hash_shared(master);
    return true;
}

struct pdf_master *pdf_master_open(struct pdf_writer *writer, const struct pages *pages,
                                   const struct pdf_metadata *metadata, bool strong_marks,
                                   struct diags *diags)
{
    struct pdf_master *master = base_malloc(sizeof *master);
    *master = (struct pdf_master){0};
    arena_init(&master->arena);
    struct making making;
    bool ok = making_open(&making, writer, pages, metadata, diags) &&
              make(master, &making, metadata, strong_marks, diags);
    making_close(&making);
    if (ok)
        return master;
    pdf_master_close(master);
    return NULL;
}

void pdf_master_close(struct pdf_master *master)
{
    if (!master)
        return;
    buf_done(&master->file);
    arena_done(&master->arena);
    free(master);
}

void pdf_master_copy(const struct pdf_master *master, const struct copy_id *id, struct buf *out)
{
    static const char hex[] = "0123456789ABCDEF";
    unsigned char digest[32];
    size_t from = out->n;
    buf_add(out, master->file.p, master->file.n);
    char *copy = out->p + from;
    for (size_t i = 0; i < master->page_count; i++)
        marked_sign(&master->pages[i].stream, id, copy + master->pages[i].at);
    stamp_sign(&master->stamp, id, copy + master->stamp_at);
    memcpy(copy + master->xmp_at, id->text, STAMP_ID);
    digest_copy(master, copy, master->saved.hashed, digest);
    for (size_t i = 0; i < 16; i++) {
        copy[master->saved.id_at + 2 * i] = hex[digest[i] >> 4];
        copy[master->saved.id_at + 2 * i + 1] = hex[digest[i] & 15];
    }
}

void pdf_master_digest(const struct pdf_master *master, struct str copy, unsigned char digest[32])
{
    digest_copy(master, copy.p, copy.n, digest);
}

size_t pdf_master_marks(const struct pdf_master *master)
{
    return master->mark_count;
}
