/* What this program is made of. */
#include "cli/identity.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"

static bool add_file(struct hash *hash, const char *path, struct diags *diags)
{
    struct str data;
    const char *why;
    if (!file_map(path, &data, &why)) {
        diag_add(diags, DIAG_CANNOT_READ, span_none(), "cannot read %s: %s", path, why);
        return false;
    }
    hash_field(hash, data);
    file_unmap(data);
    return true;
}

static struct str finish(struct arena *arena, struct hash *hash)
{
    unsigned char digest[32];
    hash_done(hash, digest);
    return hash_hex(arena, digest, sizeof digest);
}

bool identity_program(struct arena *arena, struct str *digest, struct diags *diags)
{
    struct hash hash;
    hash_init(&hash);
    if (!add_file(&hash, "/proc/self/exe", diags))
        return false;
    *digest = finish(arena, &hash);
    return true;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

bool identity_fonts(struct arena *arena, const char *folder, struct str *digest, struct diags *diags)
{
    struct {
        const char **items;
        size_t count, cap;
    } names = {0};
    DIR *dir = opendir(folder);
    if (!dir) {
        diag_add(diags, DIAG_CANNOT_READ, span_none(), "cannot read %s: %s", folder, file_reason(errno));
        return false;
    }
    for (struct dirent *entry; (entry = readdir(dir));)
        if (str_ends(str_from(entry->d_name), STR(".yaml")) ||
            str_ends(str_from(entry->d_name), STR(".ttf")) || str_ends(str_from(entry->d_name), STR(".otf")))
            *ARENA_PUSH(arena, &names) = str_z(arena, str_from(entry->d_name));
    closedir(dir);
    if (names.count)
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    struct hash hash;
    hash_init(&hash);
    bool ok = true;
    for (size_t i = 0; ok && i < names.count; i++) {
        hash_field(&hash, str_from(names.items[i]));
        ok = add_file(&hash, file_join(arena, str_from(folder), str_from(names.items[i])), diags);
    }
    *digest = finish(arena, &hash);
    return ok;
}
