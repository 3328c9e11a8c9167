/* Looking up and filling in the fixed words. */
#include "model/words.h"

#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"

enum { LONGEST_SLOT = 32 }; /* bytes of a {name}, braces included: a house may hold any number of braces */

static const struct {
    const char *key;
    struct str english;
} table[WORD_COUNT] = {
#define WORD(key, text) {#key, {text, sizeof(text) - 1}},
#include "model/words.def"
#undef WORD
};

const char *word_key(enum word_id id)
{
    return table[id].key;
}

struct str word_english(enum word_id id)
{
    return table[id].english;
}

enum word_id word_find(struct str key)
{
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (key.n && key.p[0] == table[i].key[0] && str_is(key, table[i].key))
            return (enum word_id)i;
    return WORD_COUNT;
}

void words_init(struct words *words, const struct house *house)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        words->text[i] = table[i].english;
        words->replaced[i] = false;
    }
    for (size_t i = 0; i < house->words.count; i++) {
        enum word_id id = word_find(house->words.items[i].key.s);
        if (id == WORD_COUNT)
            continue;
        words->text[id] = house->words.items[i].value.s;
        words->replaced[id] = true;
    }
}

struct str word_score(struct arena *arena, const struct words *words, int hundredths)
{
    struct str plain = score_format(arena, hundredths), mark = words->text[WORD_decimal_mark];
    size_t room = plain.n + mark.n;
    char *text = arena_room(arena, room, 1);
    text[0] = plain.p[0];
    if (mark.n)
        memcpy(text + 1, mark.p, mark.n);
    memcpy(text + 1 + mark.n, plain.p + 2, plain.n - 2);
    return (struct str){text, room - 1};
}

static const struct word_slot *find_slot(struct str name, const struct word_slot *slots, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(name, slots[i].name))
            return &slots[i];
    return NULL;
}

struct str word_fill(struct arena *arena, struct str text, const struct word_slot *slots, size_t count)
{
    struct buf out = {0};
    for (size_t i = 0; i < text.n;) {
        const char *open = memchr(text.p + i, '{', text.n - i);
        size_t slots_at = open ? (size_t)(open - text.p) : text.n;
        buf_str(&out, str_slice(text, i, slots_at));
        i = slots_at;
        if (!open)
            break;
        size_t near = text.n - i < LONGEST_SLOT ? text.n - i : LONGEST_SLOT;
        const char *close = memchr(text.p + i, '}', near);
        size_t end = close ? (size_t)(close - text.p) : 0;
        const struct word_slot *slot = close ? find_slot(str_slice(text, i + 1, end), slots, count) : NULL;
        if (slot) {
            buf_str(&out, slot->value);
            i = end + 1;
        } else {
            buf_char(&out, text.p[i++]);
        }
    }
    struct str filled = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return filled;
}
