/* Reading copy ids out of running text, where each letter may be the first one of an id. */
#include "trace/ids.h"

#include <stdlib.h>
#include <string.h>

enum { LETTERS = 16, GROUP = 4, MAX_IDS = 100000 };

/* A place in the text: a byte of a word. */
struct place {
    size_t word, byte;
};

struct scan {
    struct arena *arena;
    const struct trace_words *words;
    struct trace_ids *ids;
};

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           ((unsigned char)c & 0x80);
}

static char at(const struct scan *scan, struct place place)
{
    return scan->words->items[place.word].text.p[place.byte];
}

/* The place behind; false at the end of the text. A word's end is a gap that counts as a character of its
 * own. */
static bool step(const struct scan *scan, struct place *place, bool *gap)
{
    place->byte++;
    *gap = place->byte == scan->words->items[place->word].text.n;
    if (*gap) {
        place->word++;
        place->byte = 0;
    }
    return place->word < scan->words->count;
}

/* Whether an id with its hyphens stands at a place of a word. */
static bool is_shaped(struct str word, size_t from)
{
    if (word.n - from < LETTERS + 3)
        return false;
    for (size_t i = 0; i < LETTERS + 3; i++)
        if ((word.p[from + i] == '-') != (i % (GROUP + 1) == GROUP))
            return false;
    return true;
}

static void add(struct scan *scan, struct place start, const char *letters, bool shaped)
{
    struct trace_id found = {.first_page = scan->words->items[start.word].page, .pages = 1, .shaped = shaped};
    if (copy_id_parse((struct str){letters, LETTERS}, &found.id) && scan->ids->count < MAX_IDS)
        *ARENA_PUSH(scan->arena, scan->ids) = found;
}

/* Takes the next sixteen letters, over hyphens and gaps. Where the hyphens do not stand as they should,
 * something else than a letter must follow. */
static void try_place(struct scan *scan, struct place start, bool bounded)
{
    char letters[LETTERS];
    size_t n = 0;
    bool shaped = is_shaped(scan->words->items[start.word].text, start.byte), gap = false, more = true;
    struct place here = start;
    while (more && n < LETTERS && (is_alphanumeric(at(scan, here)) || at(scan, here) == '-')) {
        if (at(scan, here) != '-')
            letters[n++] = at(scan, here);
        more = step(scan, &here, &gap);
    }
    bool ends = !more || gap || !is_alphanumeric(at(scan, here));
    if (n == LETTERS && (shaped || (bounded && ends)))
        add(scan, start, letters, shaped);
}

static int by_id(const void *a, const void *b)
{
    const struct trace_id *one = a, *other = b;
    int order = strcmp(one->id.text, other->id.text);
    return order ? order : (one->first_page > other->first_page) - (one->first_page < other->first_page);
}

static void join_equal(struct trace_ids *ids)
{
    size_t kept = 0;
    uint32_t last_page = 0;
    for (size_t i = 0; i < ids->count; i++) {
        struct trace_id *one = &ids->items[i], *joined = kept ? &ids->items[kept - 1] : NULL;
        if (joined && strcmp(joined->id.text, one->id.text) == 0) {
            joined->shaped = joined->shaped || one->shaped;
            joined->pages += one->first_page != last_page;
        } else {
            ids->items[kept++] = *one;
        }
        last_page = one->first_page;
    }
    ids->count = kept;
}

void ids_read(struct arena *arena, const struct trace_words *words, struct trace_ids *ids)
{
    struct scan scan = {.arena = arena, .words = words, .ids = ids};
    *ids = (struct trace_ids){0};
    for (size_t word = 0; word < words->count; word++) {
        struct str text = words->items[word].text;
        for (size_t byte = 0; byte < text.n; byte++)
            if (is_alphanumeric(text.p[byte]))
                try_place(&scan, (struct place){word, byte}, byte == 0 || !is_alphanumeric(text.p[byte - 1]));
    }
    if (ids->count)
        qsort(ids->items, ids->count, sizeof *ids->items, by_id);
    join_equal(ids);
}

const struct trace_id *ids_find(const struct trace_ids *ids, const struct copy_id *id)
{
    struct trace_id wanted = {.id = *id};
    size_t low = 0, high = ids->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(wanted.id.text, ids->items[middle].id.text);
        if (order == 0)
            return &ids->items[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
