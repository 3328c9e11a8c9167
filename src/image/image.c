/* Loading of pictures, once for each path. */
#include "image/image.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/hash.h"
#include "image/cache.h"

bool image_fail(struct image_fault *fault, enum diag_code code, const char *what, const char *hint)
{
    *fault = (struct image_fault){code, what, hint};
    return false;
}

bool image_size_allowed(uint32_t width, uint32_t height, struct image_fault *fault)
{
    if (width == 0 || height == 0)
        return image_fail(fault, DIAG_PICTURE_DAMAGED, "has no width or no height", NULL);
    if (width > IMAGE_MAX_SIDE || height > IMAGE_MAX_SIDE || (uint64_t)width * height > IMAGE_MAX_PIXELS)
        return image_fail(fault, DIAG_PICTURE_TOO_LARGE, "has more pixels than a page can use",
                          "scale it down to 2000 pixels across");
    return true;
}

const struct image *image_find(const struct image_set *set, struct str path)
{
    for (const struct image *image = set->first; image; image = image->next)
        if (str_eq(image->path, path))
            return image;
    return NULL;
}

/* A pipe would keep us waiting. */
static bool is_regular(const char *path)
{
    struct stat info;
    return stat(path, &info) != 0 || S_ISREG(info.st_mode) || S_ISDIR(info.st_mode);
}

static bool read_picture(struct arena *arena, struct str path, struct span at, struct str *data, struct diags *diags)
{
    const char *name = str_z(arena, path);
    const char *why = "is no file";
    bool too_large = false;
    if (is_regular(name) && file_read(arena, name, IMAGE_MAX_FILE, data, &why, &too_large))
        return true;
    enum diag_code code = too_large ? DIAG_PICTURE_TOO_LARGE : DIAG_PICTURE_MISSING;
    struct diag *diag = diag_add(diags, code, at, "cannot read the picture " STR_FMT ": %s", STR_ARG(path), why);
    if (too_large)
        diag_hint(diags, diag, "scale it down to 2000 pixels across");
    return false;
}

/* Of the file as it is: far less than its pixels, and as good for telling pictures apart. */
static void digest_of(struct str file, unsigned char digest[32])
{
    struct hash hash;
    hash_init(&hash);
    hash_field(&hash, file);
    hash_done(&hash, digest);
}

/* One file may be named by many paths; its pixels are kept once. */
static const struct image *find_digest(const struct image_set *set, const unsigned char digest[32])
{
    const struct image *image = set->first;
    while (image && memcmp(image->digest, digest, sizeof image->digest) != 0)
        image = image->next;
    return image;
}

bool image_decode(struct arena *arena, struct str file, struct image *image, struct image_fault *fault)
{
    if (png_is(file))
        return png_decode(arena, file, image, fault);
    if (jpeg_is(file))
        return jpeg_take(arena, file, image, fault);
    return image_fail(fault, DIAG_PICTURE_FORMAT, "is neither PNG nor JPEG", "save it as PNG or JPEG");
}

static const struct image *find_kept(struct image_cache *cache, struct str file, const unsigned char digest[32],
                                     struct image_fault *fault)
{
    const struct image *kept = image_cache_find(cache, digest);
    return kept ? kept : image_cache_add(cache, file, digest, fault);
}

static const struct image *take(struct arena *arena, struct image_set *set, struct str path, struct str file,
                                struct span at, struct diags *diags)
{
    struct image *image = ARENA_NEW(arena, struct image);
    struct image_fault fault = {DIAG_CODE_COUNT, NULL, NULL};
    digest_of(file, image->digest);
    const struct image *same = find_digest(set, image->digest);
    if (!same && set->cache)
        same = find_kept(set->cache, file, image->digest, &fault);
    if (same) {
        *image = *same;
    } else if (set->cache || !image_decode(arena, file, image, &fault)) {
        struct diag *diag = diag_add(diags, fault.code, at, "the picture " STR_FMT " %s", STR_ARG(path), fault.what);
        if (fault.hint)
            diag_hint(diags, diag, "%s", fault.hint);
        return NULL;
    }
    image->path = str_dup(arena, path);
    image->next = set->first;
    set->first = image;
    return image;
}

const struct image *image_load(struct arena *arena, struct image_set *set, struct str path, struct span at,
                               struct diags *diags)
{
    const struct image *image = image_find(set, path);
    struct str file;
    struct arena scratch; /* for the file, of which only the picture is kept */
    arena_init(&scratch);
    if (!image && read_picture(&scratch, path, at, &file, diags))
        image = take(arena, set, path, file, at, diags);
    arena_done(&scratch);
    return image;
}
