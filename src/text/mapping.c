/* A list: a process has few fonts open. */
#include "text/mapping.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"

struct mapping {
    struct mapping *next;
    struct str data;
    size_t users;
    char path[];
};

static struct mapping *mappings;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool add(const char *path, struct str *data, const char **why)
{
    if (!file_map(path, data, why))
        return false;
    size_t n = strlen(path) + 1;
    struct mapping *mapping = base_malloc(sizeof *mapping + n);
    *mapping = (struct mapping){.next = mappings, .data = *data, .users = 1};
    memcpy(mapping->path, path, n);
    mappings = mapping;
    return true;
}

bool mapping_open(const char *path, struct str *data, const char **why)
{
    pthread_mutex_lock(&lock);
    struct mapping *known = mappings;
    while (known && strcmp(known->path, path) != 0)
        known = known->next;
    bool ok = known || add(path, data, why);
    if (known) {
        *data = known->data;
        known->users++;
    }
    pthread_mutex_unlock(&lock);
    return ok;
}

void mapping_close(struct str data)
{
    pthread_mutex_lock(&lock);
    struct mapping **link = &mappings;
    while (*link && (*link)->data.p != data.p)
        link = &(*link)->next;
    struct mapping *mapping = *link;
    if (mapping && --mapping->users == 0) {
        *link = mapping->next;
        file_unmap(mapping->data);
        free(mapping);
    }
    pthread_mutex_unlock(&lock);
}
