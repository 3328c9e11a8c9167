/* Indirect objects over libharu. Entries that are few are added one by one, to a dictionary of libharu's; what is long
 * or needs exact numbers is written by hand, behind them through the dictionary's write hook, or alone. Streams have a
 * direct Length: libharu's own stream costs a second object and two copies of its data. */
#include "pdf/object.h"

#include <hpdf.h>

#include <stdlib.h>
#include <string.h>

#include "pdf/deflate.h"
#include "pdf/object_haru.h"
#include "pdf/token.h"

/* The objects that a new document of libharu has: catalogue, page tree, information. The first xref entry is free. */
enum { OWN_OBJECTS = 3 };

static void on_error(HPDF_STATUS status, HPDF_STATUS detail, void *data)
{
    (void)detail;
    objects_note(data, status);
}

void objects_note(struct objects *objects, HPDF_STATUS status)
{
    if (!objects->failed)
        objects->failed = (unsigned)status;
}

unsigned objects_failed(struct objects *objects)
{
    objects_note(objects, HPDF_GetError(objects->doc));
    return objects->failed;
}

void object_entries(const struct object *object, struct buf *out)
{
    buf_str(out, object->raw);
    if (!object->is_stream)
        return;
    if (object->filter) {
        buf_text(out, "/Filter/");
        buf_text(out, object->filter);
    }
    buf_text(out, "/Length ");
    token_int(out, (int64_t)object->data.n);
}

/* The object being written is found again when its dictionary's own entries are. */
static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct object *object = dict->attr;
    struct buf *entries = &object->owner->entries;
    buf_clear(entries);
    object_entries(object, entries);
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)entries->p, (HPDF_UINT)entries->n);
}

static void adopt(struct objects *objects, struct object *object, HPDF_Dict dict)
{
    object->owner = objects;
    object->dict = dict;
    object->id = dict->header.obj_id & 0x00FFFFFF;
    dict->attr = object;
    dict->write_fn = write_entries;
}

/* A dictionary of libharu's, once an object has entries that it writes. Its number is ours: libharu's own list of
 * objects takes several times the memory of an element of the structure tree, of which there are thousands. */
static HPDF_Dict dict_of(struct object *object)
{
    if (object->dict)
        return object->dict;
    HPDF_Dict dict = HPDF_Dict_New(object->owner->doc->mmgr);
    dict->header.obj_id = object->id | HPDF_OTYPE_INDIRECT;
    adopt(object->owner, object, dict);
    return dict;
}

static void *haru_alloc(HPDF_UINT size)
{
    return base_malloc(size);
}

static void haru_free(void *p)
{
    free(p);
}

struct objects *objects_open(struct arena *arena, struct deflater *deflater)
{
    struct objects *objects = ARENA_NEW(arena, struct objects);
    objects->arena = arena;
    objects->deflater = deflater;
    objects->last = &objects->first;
    objects->doc = HPDF_NewEx(on_error, haru_alloc, haru_free, 0, objects);
    if (!objects->doc)
        return NULL;
    adopt(objects, &objects->catalog, objects->doc->catalog);
    adopt(objects, &objects->pages, objects->doc->root_pages);
    adopt(objects, &objects->info, objects->doc->info);
    /* Kids and Count are ours, so its own counting before writing has nothing to count. */
    objects->doc->root_pages->before_write_fn = NULL;
    objects_note(objects, HPDF_Dict_RemoveElement(objects->doc->root_pages, "Kids"));
    objects_note(objects, HPDF_Dict_RemoveElement(objects->doc->root_pages, "Count"));
    objects_note(objects, HPDF_Dict_RemoveElement(objects->doc->info, "Producer"));
    objects->next_id = 1 + OWN_OBJECTS;
    if (objects->doc->xref->entries->count != objects->next_id)
        objects_note(objects, HPDF_INVALID_DOCUMENT_STATE);
    return objects;
}

void objects_close(struct objects *objects)
{
    if (!objects)
        return;
    for (struct object *object = objects->first; object; object = object->next)
        if (object->dict)
            HPDF_Obj_ForceFree(objects->doc->mmgr, object->dict);
    HPDF_Free(objects->doc);
    buf_done(&objects->entries);
}

struct object *objects_catalog(struct objects *objects)
{
    return &objects->catalog;
}

struct object *objects_pages(struct objects *objects)
{
    return &objects->pages;
}

struct object *objects_info(struct objects *objects)
{
    return &objects->info;
}

struct deflater *objects_deflater(struct objects *objects)
{
    return objects->deflater;
}

struct arena *objects_arena(struct objects *objects)
{
    return objects->arena;
}

struct object *object_new(struct objects *objects)
{
    struct object *object = ARENA_NEW(objects->arena, struct object);
    object->owner = objects;
    object->id = objects->next_id++;
    *objects->last = object;
    objects->last = &object->next;
    return object;
}

uint32_t objects_series(struct objects *objects, const struct object_series *series)
{
    struct object *object = object_new(objects);
    object->series = series;
    objects->next_id += series->count - 1;
    return object->id;
}

void object_name(struct object *object, const char *key, const char *value)
{
    objects_note(object->owner, HPDF_Dict_AddName(dict_of(object), key, value));
}

void object_number(struct object *object, const char *key, int32_t value)
{
    objects_note(object->owner, HPDF_Dict_AddNumber(dict_of(object), key, value));
}

void object_text(struct object *object, const char *key, struct str utf8)
{
    if (utf8.n == 0)
        return;
    struct buf entry = {0};
    buf_char(&entry, '/');
    buf_text(&entry, key);
    token_text(&entry, utf8);
    object_raw(object, buf_view(&entry));
    buf_done(&entry);
}

void object_ref(struct object *object, const char *key, struct object *target)
{
    objects_note(object->owner, HPDF_Dict_Add(dict_of(object), key, dict_of(target)));
}

void object_raw(struct object *object, struct str entries)
{
    char *joined = arena_alloc(object->owner->arena, object->raw.n + entries.n);
    if (object->raw.n)
        memcpy(joined, object->raw.p, object->raw.n);
    if (entries.n)
        memcpy(joined + object->raw.n, entries.p, entries.n);
    object->raw = (struct str){joined, object->raw.n + entries.n};
}

struct str objects_compress(struct objects *objects, enum deflate_kind kind, struct str data)
{
    struct str packed = deflate_here(objects->deflater, objects->arena, kind, data);
    if (!packed.n)
        objects_note(objects, HPDF_ZLIB_ERROR);
    return packed;
}

void object_deflate(struct object *object, enum deflate_kind kind, struct str data)
{
    struct str *later = ARENA_NEW(object->owner->arena, struct str);
    deflate_begin(object->owner->deflater, object->owner->arena, kind, data, later);
    object_store_later(object, later);
}

void object_store_later(struct object *object, const struct str *data)
{
    object_store(object, (struct str){0}, "FlateDecode");
    object->later = data;
}

struct str object_data(struct object *object)
{
    if (object->later) {
        deflate_await(object->owner->deflater, object->later);
        object->data = *object->later;
        object->later = NULL;
        if (!object->data.n)
            objects_note(object->owner, HPDF_ZLIB_ERROR);
    }
    return object->data;
}

void object_late(struct object *object)
{
    object->is_late = true;
}

void object_store(struct object *object, struct str data, const char *filter)
{
    object->is_stream = true;
    object->data = data;
    object->filter = filter;
}
