/* Copy ids typed in by hand, from paper or a screen. */
#include "cli/trace.h"

#include <string.h>
#include <unistd.h>

enum { LETTERS = 16, FEWEST = 12, MOST = 20, ROOM = 64 };

/* The letters and digits of an argument; MOST + 1 when it has other signs than an id, or more. */
static size_t letters_of(const char *argument, char letters[MOST + 1])
{
    size_t n = 0;
    for (; *argument; argument++) {
        char c = *argument;
        if (c == '-' || c == ' ' || c == '\t' || c == '\n' || c == '\r')
            continue;
        bool is = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is || n == MOST)
            return MOST + 1;
        letters[n++] = c;
    }
    return n;
}

bool trace_is_typed(const char *argument)
{
    char letters[MOST + 1];
    struct copy_id id;
    size_t n = letters_of(argument, letters);
    bool right = copy_id_parse(str_from(argument), &id);
    return (right || (n >= FEWEST && n <= MOST)) && access(argument, F_OK) != 0;
}

static void add(struct arena *arena, struct trace_ids *ids, const char *letters)
{
    struct trace_id one = {.shaped = true};
    if (!copy_id_parse((struct str){letters, LETTERS}, &one.id) || ids_find(ids, &one.id))
        return;
    *ARENA_PUSH(arena, ids) = one;
    for (size_t i = ids->count - 1; i && strcmp(ids->items[i - 1].id.text, one.id.text) > 0; i--) {
        ids->items[i] = ids->items[i - 1];
        ids->items[i - 1] = one;
    }
}

/* All right ids that differ from what was typed in one letter or by two neighbours that changed places. */
static void find_near(struct arena *arena, const char *typed, struct trace_ids *ids)
{
    static const char alphabet[] = COPY_ID_ALPHABET;
    char letters[LETTERS];
    for (size_t i = 0; i < LETTERS; i++) {
        for (size_t k = 0; k < sizeof alphabet - 1; k++) {
            memcpy(letters, typed, LETTERS);
            letters[i] = alphabet[k];
            add(arena, ids, letters);
        }
        memcpy(letters, typed, LETTERS);
        if (i + 1 < LETTERS) {
            letters[i] = typed[i + 1];
            letters[i + 1] = typed[i];
            add(arena, ids, letters);
        }
    }
}

void trace_refuse_typed(struct arena *arena, const struct trace_source *source, const char *typed,
                        struct diags *diags)
{
    char letters[MOST + 1];
    struct trace_ids near = {0};
    struct trace_search search = {0};
    size_t n = letters_of(typed, letters);
    if (n != LETTERS) {
        struct diag *diag = diag_add(diags, DIAG_BAD_COPY_ID, span_none(),
                                     "'%s' is no copy id: it has %zu letters, not 16", typed, n);
        diag_hint(diags, diag, "if it is the name of a file, there is no such file");
        return;
    }
    find_near(arena, letters, &near);
    bool ok = search_ids(arena, source, &near, &search, diags);
    struct diag *diag = diag_add(diags, DIAG_BAD_COPY_ID, span_none(),
                                 "'%s' is no copy id: its check letter does not fit", typed);
    if (!ok)
        return;
    if (search.hits.count == 1)
        diag_hint(diags, diag, "did you mean %s?", search.hits.items[0].who.id.text);
    else
        diag_hint(diags, diag, "a letter is wrong, or two changed places; compare it with the page");
}
