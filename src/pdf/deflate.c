/* What is deflated aside is awaited in the order in which it was begun: the file has it so, too. */
#include "pdf/deflate.h"

#include <libdeflate.h>

#include <stdlib.h>

#include "pdf/quick.h"

enum {
    SCRATCH_MOST = 256 * 1024, /* bytes that are kept for compressing; pictures take more for a moment */
    AHEAD = 16
};

/* Of libdeflate: measured in tests/bench/README.md. */
enum { LEVEL_QUICK, LEVEL_SMALL, LEVELS };
static const int levels[LEVELS] = {[LEVEL_QUICK] = 1, [LEVEL_SMALL] = 5};

struct piece {
    struct aside_job job;
    struct deflater *deflater;
    struct arena *arena;
    enum deflate_kind kind;
    struct str *result;
    struct str data; /* in memory of its own, as out */
    char *out;
    size_t n;
};

struct deflater {
    struct libdeflate_compressor *compressors[ASIDE_THREADS][LEVELS]; /* by thread */
    struct quick *quick[ASIDE_THREADS];
    struct aside *aside;
    struct aside_job readying;
    bool ready;
    struct buf scratch;
    struct str constant, packed; /* what was deflated for good */
    struct piece *ahead[AHEAD];  /* a ring */
    size_t from, count;
};

static struct libdeflate_compressor *make_compressor(struct deflater *deflater, enum aside_who who, int level)
{
    struct libdeflate_compressor **compressor = &deflater->compressors[who][level];
    if (!*compressor)
        *compressor = libdeflate_alloc_compressor(levels[level]);
    if (!*compressor)
        base_out_of_memory();
    return *compressor;
}

static struct quick *make_quick(struct deflater *deflater, enum aside_who who)
{
    struct quick **quick = &deflater->quick[who];
    if (!*quick)
        *quick = quick_open();
    return *quick;
}

static size_t room_for(size_t n)
{
    size_t room = libdeflate_zlib_compress_bound(NULL, n), quick = quick_bound(n);
    return room > quick ? room : quick;
}

/* Into room_for(data.n) bytes; 0 when the library fails. What quick.h does not take goes the quickest of the
 * other ways. */
static size_t compress(struct deflater *deflater, enum aside_who who, enum deflate_kind kind, struct str data,
                       char *out)
{
    static const enum quick_kind quick[] = {
        [DEFLATE_CONTENTS] = QUICK_CONTENTS, [DEFLATE_OBJECTS] = QUICK_OBJECTS, [DEFLATE_TEXT] = QUICK_TEXT,
        [DEFLATE_METADATA] = QUICK_METADATA, [DEFLATE_PROGRAM] = QUICK_PROGRAM, [DEFLATE_SMALL] = QUICK_SMALL,
        [DEFLATE_XREF] = QUICK_XREF};
    if (who == ASIDE_CALLER && deflater->ready)
        aside_finish(deflater->aside, &deflater->readying);
    size_t n = 0;
    if (kind != DEFLATE_OTHER && kind != DEFLATE_PICTURE)
        n = quick_deflate(make_quick(deflater, who), quick[kind], data.p, data.n, out);
    if (n)
        return n;
    struct libdeflate_compressor *compressor =
        make_compressor(deflater, who, kind == DEFLATE_PICTURE ? LEVEL_SMALL : LEVEL_QUICK);
    return libdeflate_zlib_compress(compressor, data.p, data.n, out,
                                    libdeflate_zlib_compress_bound(NULL, data.n));
}

static void make_ready(void *data, enum aside_who who)
{
    struct deflater *deflater = data;
    if (who != ASIDE_HELPER)
        return;
    for (enum aside_who thread = 0; thread < ASIDE_THREADS; thread++)
        quick_ready(make_quick(deflater, thread));
}

void deflater_ready(struct deflater *deflater)
{
    if (!deflater->aside || deflater->ready)
        return;
    deflater->ready = true;
    aside_start(deflater->aside, &deflater->readying, make_ready, deflater);
}

struct deflater *deflater_open(void)
{
    struct deflater *deflater = base_malloc(sizeof *deflater);
    *deflater = (struct deflater){0};
    return deflater;
}

void deflater_close(struct deflater *deflater)
{
    if (!deflater)
        return;
    if (deflater->ready)
        aside_finish(deflater->aside, &deflater->readying);
    for (size_t i = 0; i < ASIDE_THREADS; i++) {
        for (size_t k = 0; k < LEVELS; k++)
            if (deflater->compressors[i][k])
                libdeflate_free_compressor(deflater->compressors[i][k]);
        quick_close(deflater->quick[i]);
    }
    buf_done(&deflater->scratch);
    free((void *)deflater->packed.p);
    free(deflater);
}

void deflater_use(struct deflater *deflater, struct aside *aside)
{
    if (deflater->ready)
        aside_finish(deflater->aside, &deflater->readying);
    deflater->aside = aside;
}

bool deflate_now(struct deflater *deflater, enum aside_who who, enum deflate_kind kind, struct str data,
                 struct buf *out)
{
    buf_clear(out);
    buf_reserve(out, room_for(data.n));
    out->n = compress(deflater, who, kind, data, out->p);
    return out->n > 0;
}

/* With a p, however short it is. */
static struct str copy_of(struct arena *arena, struct str packed)
{
    char *copy = arena ? arena_room(arena, packed.n + 1, 1) : base_malloc(packed.n + 1);
    if (packed.n)
        memcpy(copy, packed.p, packed.n);
    return (struct str){copy, packed.n};
}

struct str deflate_here(struct deflater *deflater, struct arena *arena, enum deflate_kind kind,
                        struct str data)
{
    struct str packed = {0};
    if (deflate_now(deflater, ASIDE_CALLER, kind, data, &deflater->scratch))
        packed = buf_view(&deflater->scratch);
    packed = copy_of(arena, packed);
    if (deflater->scratch.cap > SCRATCH_MOST)
        buf_done(&deflater->scratch);
    return packed;
}

struct str deflate_once(struct deflater *deflater, struct str constant)
{
    if (deflater->constant.p != constant.p) {
        free((void *)deflater->packed.p);
        deflater->packed = deflate_here(deflater, NULL, DEFLATE_SMALL, constant);
        deflater->constant = constant;
    }
    return deflater->packed;
}

static void run(void *data, enum aside_who who)
{
    struct piece *piece = data;
    piece->n = compress(piece->deflater, who, piece->kind, piece->data, piece->out);
}

static void settle_first(struct deflater *deflater)
{
    struct piece *piece = deflater->ahead[deflater->from];
    aside_finish(deflater->aside, &piece->job);
    *piece->result = copy_of(piece->arena, (struct str){piece->out, piece->n});
    free(piece);
    deflater->from = (deflater->from + 1) % AHEAD;
    deflater->count--;
}

void deflate_begin(struct deflater *deflater, struct arena *arena, enum deflate_kind kind, struct str data,
                   struct str *result)
{
    if (!deflater->aside) {
        *result = deflate_here(deflater, arena, kind, data);
        return;
    }
    if (deflater->count == AHEAD)
        settle_first(deflater);
    struct piece *piece = base_malloc(sizeof *piece + data.n + room_for(data.n));
    char *copy = (char *)(piece + 1);
    *piece = (struct piece){.deflater = deflater,
                            .arena = arena,
                            .kind = kind,
                            .result = result,
                            .data = {copy, data.n},
                            .out = copy + data.n};
    if (data.n)
        memcpy(copy, data.p, data.n);
    *result = (struct str){0};
    deflater->ahead[(deflater->from + deflater->count++) % AHEAD] = piece;
    aside_start(deflater->aside, &piece->job, run, piece);
}

void deflate_await(struct deflater *deflater, const struct str *result)
{
    while (deflater->count && !(result && result->p))
        settle_first(deflater);
}
