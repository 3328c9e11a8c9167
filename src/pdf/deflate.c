/* What is deflated aside is awaited in the order in which it was begun: the file has it so, too. */
#include "pdf/deflate.h"

#include <libdeflate.h>

#include <stdlib.h>

enum {
    SCRATCH_MOST = 256 * 1024, /* bytes that are kept for compressing; pictures take more for a moment */
    AHEAD = 16
};

/* Of libdeflate: measured in tests/bench/README.md. */
static const int levels[DEFLATE_LEVELS] = {[DEFLATE_SMALL] = 5, [DEFLATE_QUICK] = 1};

struct piece {
    struct aside_job job;
    struct deflater *deflater;
    struct arena *arena;
    enum deflate_level level;
    struct str *result;
    struct str data; /* in memory of its own, as out */
    char *out;
    size_t room, n;
};

struct deflater {
    struct libdeflate_compressor *compressors[ASIDE_THREADS][DEFLATE_LEVELS]; /* by thread */
    struct aside *aside;
    struct aside_job readying;
    bool ready;
    struct buf scratch;
    struct str constant, packed; /* what was deflated for good */
    struct piece *ahead[AHEAD];  /* a ring */
    size_t from, count;
};

static struct libdeflate_compressor *make_compressor(struct deflater *deflater, enum aside_who who,
                                                     enum deflate_level level)
{
    struct libdeflate_compressor **compressor = &deflater->compressors[who][level];
    if (!*compressor)
        *compressor = libdeflate_alloc_compressor(levels[level]);
    if (!*compressor)
        base_out_of_memory();
    return *compressor;
}

static struct libdeflate_compressor *compressor_of(struct deflater *deflater, enum aside_who who,
                                                   enum deflate_level level)
{
    if (who == ASIDE_CALLER && deflater->ready)
        aside_finish(deflater->aside, &deflater->readying);
    return make_compressor(deflater, who, level);
}

/* The tables of a compressor are cleared for each stream, however short. */
static void touch(struct libdeflate_compressor *compressor)
{
    static const char text[] =
        "long enough to be compressed, and not only stored; long enough to be compressed";
    char out[256];
    (void)!libdeflate_zlib_compress(compressor, text, sizeof text, out, sizeof out);
}

static void make_ready(void *data, enum aside_who who)
{
    struct deflater *deflater = data;
    if (who != ASIDE_HELPER)
        return;
    touch(make_compressor(deflater, ASIDE_CALLER, DEFLATE_SMALL));
    touch(make_compressor(deflater, ASIDE_HELPER, DEFLATE_SMALL));
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
    for (size_t i = 0; i < ASIDE_THREADS; i++)
        for (size_t k = 0; k < DEFLATE_LEVELS; k++)
            if (deflater->compressors[i][k])
                libdeflate_free_compressor(deflater->compressors[i][k]);
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

bool deflate_now(struct deflater *deflater, enum aside_who who, enum deflate_level level, struct str data,
                 struct buf *out)
{
    struct libdeflate_compressor *compressor = compressor_of(deflater, who, level);
    buf_clear(out);
    buf_reserve(out, libdeflate_zlib_compress_bound(compressor, data.n));
    out->n = libdeflate_zlib_compress(compressor, data.p, data.n, out->p, out->cap);
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

struct str deflate_here(struct deflater *deflater, struct arena *arena, enum deflate_level level,
                        struct str data)
{
    struct str packed = {0};
    if (deflate_now(deflater, ASIDE_CALLER, level, data, &deflater->scratch))
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
    piece->n = libdeflate_zlib_compress(compressor_of(piece->deflater, who, piece->level), piece->data.p,
                                        piece->data.n, piece->out, piece->room);
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

void deflate_begin(struct deflater *deflater, struct arena *arena, enum deflate_level level, struct str data,
                   struct str *result)
{
    if (!deflater->aside) {
        *result = deflate_here(deflater, arena, level, data);
        return;
    }
    if (deflater->count == AHEAD)
        settle_first(deflater);
    size_t room = libdeflate_zlib_compress_bound(NULL, data.n);
    struct piece *piece = base_malloc(sizeof *piece + data.n + room);
    char *copy = (char *)(piece + 1);
    *piece = (struct piece){.deflater = deflater,
                            .arena = arena,
                            .level = level,
                            .result = result,
                            .data = {copy, data.n},
                            .out = copy + data.n,
                            .room = room};
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
