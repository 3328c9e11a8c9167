/* The file: header, streams, the other objects packed into object streams, and a cross-reference stream.
 * libharu could only write a plain table; packed, the thousands of small objects of a structure tree take a tenth. */
#include "pdf/object_haru.h"

#include <string.h>

#include "base/hash.h"
#include "pdf/deflate.h"
#include "pdf/token.h"

/* A reader inflates a whole object stream to get at one object. Of a few pages there are two, one for each thread: nothing
 * is left then to do beside the last. */
enum { PACK_OBJECTS = 200 };

struct place {
    bool packed;
    uint64_t offset;  /* of the object in the file, or the number of its object stream */
    uint32_t index;   /* in that stream */
};

/* An object stream, from when it is full until it is written behind the other streams. */
struct pack {
    uint32_t id, count;
    size_t first;
    struct str data;
};

struct saving {
    struct objects *objects;
    struct buf *out;
    size_t base;          /* where the PDF starts in out */
    struct place *places; /* by number */
    uint32_t next;        /* number of the next object stream */
    struct buf heads, bodies; /* of the object stream being filled */
    uint32_t packed;
    struct {
        struct pack *items;
        size_t count;
    } packs;
    HPDF_Stream sink;
    struct buf *target;
};

static HPDF_STATUS sink_write(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n)
{
    struct saving *saving = stream->attr;
    buf_add(saving->target, bytes, n);
    return HPDF_OK;
}

static void write_dictionary(struct saving *saving, const struct object *object, struct buf *target)
{
    if (object->dict) {
        saving->target = target;
        objects_note(saving->objects, HPDF_Obj_WriteValue(object->dict, saving->sink, NULL));
        return;
    }
    buf_text(target, "<<");
    object_entries(object, target);
    buf_text(target, ">>");
}

static void begin_object(struct saving *saving, uint32_t id)
{
    saving->places[id].offset = saving->out->n - saving->base;
    token_int(saving->out, id);
    buf_text(saving->out, " 0 obj\n");
}

/* Returns where the data stands in the file. */
static size_t end_stream(struct saving *saving, struct str data)
{
    buf_text(saving->out, "stream\n");
    size_t at = saving->out->n - saving->base;
    buf_str(saving->out, data);
    buf_text(saving->out, "\nendstream\nendobj\n");
    return at;
}

static void flush_pack(struct saving *saving)
{
    if (saving->packed == 0)
        return;
    struct pack *pack = &saving->packs.items[saving->packs.count++];
    *pack = (struct pack){.id = saving->next++, .count = saving->packed, .first = saving->heads.n};
    buf_add(&saving->heads, saving->bodies.p, saving->bodies.n);
    deflate_begin(saving->objects->deflater, saving->objects->arena, DEFLATE_OBJECTS,
                  buf_view(&saving->heads), &pack->data);
    buf_clear(&saving->heads);
    buf_clear(&saving->bodies);
    saving->packed = 0;
}

static void begin_packed(struct saving *saving, uint32_t id)
{
    saving->places[id] = (struct place){true, saving->next, saving->packed++};
    token_int(&saving->heads, id);
    buf_char(&saving->heads, ' ');
    token_int(&saving->heads, (int64_t)saving->bodies.n);
    buf_char(&saving->heads, ' ');
}

static void end_packed(struct saving *saving)
{
    if (saving->packed == PACK_OBJECTS)
        flush_pack(saving);
}

static void pack(struct saving *saving, const struct object *object)
{
    const struct object_series *series = object->series;
    if (!series) {
        begin_packed(saving, object->id);
        write_dictionary(saving, object, &saving->bodies);
        end_packed(saving);
        return;
    }
    for (uint32_t i = 0; i < series->count; i++) {
        begin_packed(saving, object->id + i);
        buf_text(&saving->bodies, "<<");
        series->put(series->self, i, &saving->bodies);
        buf_text(&saving->bodies, ">>");
        end_packed(saving);
    }
}

/* While the last ones are deflated, the other streams are written. */
static void make_packs(struct saving *saving)
{
    const struct objects *objects = saving->objects;
    const struct object *const first[] = {&objects->catalog, &objects->pages, &objects->info};
    for (size_t i = 0; i < sizeof first / sizeof(struct object *); i++)
        pack(saving, first[i]);
    for (const struct object *object = objects->first; object; object = object->next)
        if (!object->is_stream)
            pack(saving, object);
    flush_pack(saving);
}

static void write_packs(struct saving *saving)
{
    for (size_t i = 0; i < saving->packs.count; i++) {
        const struct pack *made = &saving->packs.items[i];
        deflate_await(saving->objects->deflater, &made->data);
        if (!made->data.n)
            objects_note(saving->objects, HPDF_ZLIB_ERROR);
        begin_object(saving, made->id);
        buf_printf(saving->out, "<</Type/ObjStm/N %u/First %zu/Filter/FlateDecode/Length %zu>>", made->count,
                   made->first, made->data.n);
        end_stream(saving, made->data);
    }
}

static void put_bytes(unsigned char *to, uint64_t value, unsigned bytes)
{
    while (bytes) {
        to[--bytes] = (unsigned char)value;
        value >>= 8;
    }
}

/* Rows of type, offset and index, each the difference to the row above (PNG's 'up' predictor). */
static void write_xref(struct saving *saving, uint32_t count, const unsigned char permanent_id[16], struct saved *saved)
{
    uint64_t here = saving->out->n - saving->base;
    unsigned wide = here < 1u << 16 ? 2 : here < 1u << 24 ? 3 : 5;
    unsigned columns = 1 + wide + 2;
    saving->places[saving->next].offset = here;
    struct arena *arena = saving->objects->arena;
    unsigned char *rows = arena_array(arena, count, columns + 1), *to = rows;
    unsigned char above[8] = {0}, row[8];
    for (uint32_t id = 0; id < count; id++) {
        const struct place *place = &saving->places[id];
        row[0] = id == 0 ? 0 : place->packed ? 2 : 1;
        put_bytes(row + 1, place->offset, wide);
        put_bytes(row + 1 + wide, id == 0 ? 65535 : place->index, 2);
        *to++ = 2;
        for (unsigned i = 0; i < columns; i++)
            *to++ = (unsigned char)(row[i] - above[i]);
        memcpy(above, row, columns);
    }
    struct str data =
        objects_compress(saving->objects, DEFLATE_XREF, (struct str){(char *)rows, (size_t)(to - rows)});
    struct buf *out = saving->out;
    unsigned char digest[32];
    struct hash hash;
    hash_init(&hash);
    hash_bulk_field(&hash, (struct str){out->p + saving->base, (size_t)here});
    hash_done(&hash, digest);

    begin_object(saving, saving->next);
    buf_printf(out, "<</Type/XRef/Size %u/W[1 %u 2]/Root %u 0 R/Info %u 0 R/ID[", count, wide,
               saving->objects->catalog.id, saving->objects->info.id);
    token_hex(out, permanent_id, 16);
    saved->hashed = (size_t)here;
    saved->id_at = out->n - saving->base + 1;
    token_hex(out, digest, 16);
    buf_printf(out, "]/DecodeParms<</Predictor 12/Columns %u>>/Filter/FlateDecode/Length %zu>>", columns, data.n);
    end_stream(saving, data);
    buf_text(out, "startxref\n");
    token_int(out, (int64_t)here);
    buf_text(out, "\n%%EOF\n");
}

static void write_streams(struct saving *saving, bool late)
{
    for (struct object *object = saving->objects->first; object; object = object->next) {
        if (!object->is_stream || object->is_late != late)
            continue;
        struct str data = object_data(object);
        begin_object(saving, object->id);
        write_dictionary(saving, object, saving->out);
        object->data_at = end_stream(saving, data);
    }
}

/* Bytes that most documents need no more than, so that what is written is not moved as it grows. */
enum { USUAL_FILE = 64 * 1024, USUAL_PACK = 16 * 1024 };

struct saved objects_save(struct objects *objects, const unsigned char permanent_id[16], struct buf *out)
{
    uint32_t own = objects->next_id;
    uint32_t most = own + own / PACK_OBJECTS + 2; /* with the object streams and the cross-reference stream */
    struct saving saving = {.objects = objects, .out = out, .base = out->n, .next = own};
    buf_reserve(out, USUAL_FILE);
    buf_reserve(&saving.bodies, USUAL_PACK);
    saving.places = arena_array(objects->arena, most, sizeof *saving.places);
    saving.sink = HPDF_CallbackWriter_New(objects->doc->mmgr, sink_write, &saving);
    saving.packs.items = ARENA_ARRAY(objects->arena, struct pack, own / PACK_OBJECTS + 1);
    buf_text(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    make_packs(&saving);
    write_streams(&saving, false);
    write_packs(&saving);
    struct saved saved = {.shared = out->n - saving.base};
    write_streams(&saving, true);
    write_xref(&saving, saving.next + 1, permanent_id, &saved);
    HPDF_Stream_Free(saving.sink);
    buf_done(&saving.heads);
    buf_done(&saving.bodies);
    return saved;
}
