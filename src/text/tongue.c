/* Languages as shaping knows them, which stay. */
#include "text/tongue.h"

#include <hb.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "text/prelink.h"

static struct tongue *_Atomic tongues; /* two threads may look, and add */

static char small(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool is_named(const struct tongue *tongue, const char *name)
{
    size_t i = 0;
    while (name[i] && tongue->name[i] == small(name[i]))
        i++;
    return !name[i] && !tongue->name[i];
}

static struct tongue *add(const char *name)
{
    size_t n = strlen(name);
    struct tongue *tongue = base_malloc(sizeof *tongue + n + 1);
    *tongue = (struct tongue){.next = NULL};
    for (size_t i = 0; i <= n; i++)
        tongue->name[i] = small(name[i]);
    tongue->prelinked = prelink_language(tongue->name);
    tongue->is_french = strcmp(tongue->name, "fr") == 0 || strncmp(tongue->name, "fr-", 3) == 0;
    return tongue;
}

const struct tongue *tongue_find(const char *language)
{
    if (!language)
        return NULL;
    struct tongue *first = tongues, *looked_through = NULL, *added = NULL;
    for (;;) {
        for (struct tongue *known = first; known != looked_through; known = known->next)
            if (is_named(known, language)) {
                free(added);
                return known;
            }
        looked_through = first;
        if (!added)
            added = add(language);
        added->next = first;
        if (atomic_compare_exchange_strong(&tongues, &first, added))
            return added;
    }
}

const void *tongue_for_harfbuzz(const struct tongue *tongue)
{
    struct tongue *own = (struct tongue *)tongue;
    if (!own->harfbuzz)
        own->harfbuzz = hb_language_from_string(own->name, -1);
    return own->harfbuzz;
}
