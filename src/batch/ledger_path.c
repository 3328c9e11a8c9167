/* Paths in a ledger: the name of a folder of outputs, and which paths may be used at all. */
#define _XOPEN_SOURCE 700
#include "batch/ledger_file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static bool has_nul(struct str s)
{
    return s.n && memchr(s.p, 0, s.n);
}

/* The part of path that begins at *at; moves *at behind it and its slash. false at the end. */
static bool next_part(struct str path, size_t *at, struct str *part)
{
    if (*at > path.n)
        return false;
    size_t end = *at;
    while (end < path.n && path.p[end] != '/')
        end++;
    *part = str_slice(path, *at, end);
    *at = end + 1;
    return true;
}

bool ledger_path_safe(struct str path)
{
    if (path.n == 0 || path.n >= PATH_MAX || has_nul(path))
        return false;
    struct str part;
    for (size_t at = 0; next_part(path, &at, &part);) {
        if (part.n == 0 || str_is(part, ".") || str_is(part, ".."))
            return false;
    }
    return true;
}

static bool is_digest(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (!((text.p[i] >= '0' && text.p[i] <= '9') || (text.p[i] >= 'a' && text.p[i] <= 'f')))
            return false;
    }
    return text.n <= 128;
}

static bool is_temporary(struct str path)
{
    struct str folder = file_folder(path);
    return ledger_path_safe(path) && file_temporary_target(str_slice(path, folder.n, path.n)).n;
}

const char *ledger_output_unsafe(const struct ledger_output *output)
{
    if (!ledger_path_safe(output->path))
        return "an output has an unsafe path";
    if (output->temporary.n && !is_temporary(output->temporary))
        return "an output has an unsafe temporary name";
    if (output->state < LEDGER_PENDING || output->state > LEDGER_FAILED)
        return "an output has a number that cannot be";
    return NULL;
}

const char *ledger_output_fault(const struct ledger_output *output)
{
    const char *unsafe = ledger_output_unsafe(output);
    if (unsafe)
        return unsafe;
    if (!is_digest(output->digest) || !is_digest(output->inputs))
        return "an output has a digest that is none";
    if (!str_is(output->kind, "edition") && !str_is(output->kind, "copy") &&
        !str_is(output->kind, "compendium"))
        return "an output is of an unknown kind";
    if (output->score < -1 || output->score > 100 || output->pages < 0 || output->bytes < 0)
        return "an output has a number that cannot be";
    return NULL;
}

const char *ledger_copy_fault(const struct ledger_copy *copy)
{
    if (!ledger_path_safe(copy->path))
        return "a copy has an unsafe path";
    if (!is_digest(copy->digest))
        return "a copy has a digest that is none";
    return NULL;
}

/* ---- the name of a folder */

/* "." and ".." taken out of an absolute path by its letters alone. */
static struct str normalise(struct arena *arena, struct str path)
{
    char *out = arena_alloc(arena, path.n + 2);
    size_t n = 0;
    struct str part;
    for (size_t at = 0; next_part(path, &at, &part);) {
        if (part.n == 0 || str_is(part, "."))
            continue;
        if (str_is(part, "..")) {
            while (n && out[--n] != '/')
                ;
            continue;
        }
        out[n++] = '/';
        memcpy(out + n, part.p, part.n);
        n += part.n;
    }
    return (struct str){out, n};
}

/* Absolute, links resolved as far as the path exists: the folder of a first run does not yet. "/" comes back
 * empty. */
static struct str absolute(struct arena *arena, struct str path)
{
    size_t cut = path.n;
    for (;;) {
        struct str head = str_slice(path, 0, cut);
        char *real = realpath(head.n ? str_z(arena, head) : ".", NULL);
        if (real) {
            struct str whole = str_printf(arena, "%s/" STR_FMT, real, STR_ARG(str_slice(path, cut, path.n)));
            free(real);
            return normalise(arena, whole);
        }
        if (cut == 0)
            return normalise(arena, path);
        while (cut && path.p[cut - 1] == '/')
            cut--;
        while (cut && path.p[cut - 1] != '/')
            cut--;
    }
}

/* What stands behind folder and its slash; p NULL when path does not lie in it. */
static struct str beneath(struct str path, struct str folder)
{
    if (str_eq(path, folder))
        return STR(".");
    if (path.n > folder.n && str_starts(path, folder) && path.p[folder.n] == '/')
        return str_slice(path, folder.n + 1, path.n);
    return (struct str){0};
}

static struct str parent_of(struct str path)
{
    struct str parent = file_folder(path);
    return str_slice(parent, 0, parent.n ? parent.n - 1 : 0);
}

struct str ledger_folder(struct arena *arena, const char *ledger_path, const char *output_folder)
{
    struct str home = absolute(arena, file_folder(str_from(ledger_path)));
    struct str folder = absolute(arena, str_from(output_folder));
    struct str name = beneath(folder, home);
    if (name.p)
        return name;
    name = home.n ? beneath(folder, parent_of(home)) : (struct str){0};
    if (name.p && parent_of(home).n)
        return str_is(name, ".") ? STR("..") : str_printf(arena, "../" STR_FMT, STR_ARG(name));
    return folder.n ? folder : STR("/");
}
