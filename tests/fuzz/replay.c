/* Runs every file that is named, or lies right in a folder that is named, through a fuzz target, without libFuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t run_file(const char *path)
{
    struct arena arena;
    arena_init(&arena);
    struct str data;
    const char *why;
    if (!file_read(&arena, path, 8 * 1024 * 1024, &data, &why, NULL)) {
        fprintf(stderr, "%s: %s\n", path, why);
        exit(1);
    }
    /* A copy of its own size, so that reading past its end is seen. */
    uint8_t *copy = base_malloc(data.n);
    if (data.n)
        memcpy(copy, data.p, data.n);
    LLVMFuzzerTestOneInput(copy, data.n);
    free(copy);
    arena_done(&arena);
    return 1;
}

static size_t run_folder(DIR *folder, const char *path)
{
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        struct arena arena;
        arena_init(&arena);
        const char *name = str_printf(&arena, "%s/%s", path, entry->d_name).p;
        DIR *inner = opendir(name);
        if (inner)
            closedir(inner);
        else
            count += run_file(name);
        arena_done(&arena);
    }
    return count;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        count += folder ? run_folder(folder, argv[i]) : run_file(argv[i]);
        if (folder)
            closedir(folder);
    }
    printf("%zu files\n", count);
    return count == 0;
}
