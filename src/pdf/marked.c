/* Content streams that can be signed in place. */
#include "pdf/marked.h"

#include <string.h>

static struct adler gain_of(struct str content, const struct content_spot *spot)
{
    return adler_gain(content.n, spot->at, spot->text[0], spot->text[1], spot->n);
}

/* One hole holds both numbers of a mark and the word between: two would cost more bytes than the word. */
static struct hole hole_of(const struct content_mark *mark)
{
    return (struct hole){.from = mark->before.at, .to = mark->behind.at + mark->behind.n};
}

static struct marked_word word_of(struct arena *keep, struct str content, const struct content_mark *mark,
                                  const struct hole *hole)
{
    struct marked_word word = {.before = mark->before, .behind = mark->behind};
    word.gain = adler_add(gain_of(content, &mark->before), gain_of(content, &mark->behind));
    word.before.at = hole->at;
    word.behind.at = hole->at + mark->behind.at - hole->from;
    word.letters = str_dup(keep, mark->letters);
    return word;
}

struct marked_stream marked_deflate(struct arena *keep, struct object *object, struct str content,
                                    const struct content_marks *marks)
{
    struct arena *scratch = objects_arena(object->owner);
    struct hole *holes = ARENA_ARRAY(scratch, struct hole, marks->count);
    for (size_t i = 0; i < marks->count; i++)
        holes[i] = hole_of(&marks->items[i]);
    struct str data = holes_deflate(scratch, content, holes, marks->count);
    if (data.n == 0) {
        object_deflate(object, DEFLATE_CONTENTS, content);
        return (struct marked_stream){0};
    }
    struct marked_stream stream = {
        .object = object, .count = marks->count, .data_n = data.n, .adler = adler_of(content)};
    stream.words = ARENA_ARRAY(keep, struct marked_word, marks->count);
    for (size_t i = 0; i < marks->count; i++)
        stream.words[i] = word_of(keep, content, &marks->items[i], &holes[i]);
    object_store(object, data, "FlateDecode");
    object_late(object);
    return stream;
}

static void put(char *p, const struct content_spot *spot, int side)
{
    memcpy(p + spot->at, spot->text[side], spot->n);
}

void marked_sign(const struct marked_stream *stream, const struct copy_id *id, char *p)
{
    struct adler sum = stream->adler;
    for (size_t i = 0; i < stream->count; i++) {
        const struct marked_word *word = &stream->words[i];
        int side = copy_id_sign(id, word->letters) > 0;
        put(p, &word->before, side);
        put(p, &word->behind, side);
        if (side)
            sum = adler_add(sum, word->gain);
    }
    unsigned char tail[4];
    adler_put(sum, tail);
    memcpy(p + stream->data_n - sizeof tail, tail, sizeof tail);
}
