/* What this program is made of. */
#define _GNU_SOURCE /* dl_iterate_phdr */
#include "cli/identity.h"

#include <dirent.h>
#include <errno.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/heap.h"
#include "cli/fonts_config.h"
#include "pdf/pdf.h"

enum {
    LEAST_ID = 16, /* bytes; a shorter one is no digest of all that was linked */
    FONT_BYTES = 512 * 1024
};

static bool add_file(struct hash *hash, const char *path, struct diags *diags)
{
    struct str data;
    const char *why;
    if (!file_map(path, &data, &why)) {
        diag_add(diags, DIAG_CANNOT_READ, span_none(), "cannot read %s: %s", path, why);
        return false;
    }
    hash_bulk_field(hash, data);
    file_unmap(data);
    return true;
}

/* Reading into the same memory again takes less than mapping each, of which other threads' processors are told. */
static bool add_font(struct hash *hash, const char *path, char room[FONT_BYTES], struct diags *diags)
{
    struct stat info;
    size_t n;
    const char *why;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size == 0 ||
        !file_read_into(path, room, FONT_BYTES, &n, &why))
        return add_file(hash, path, diags); /* a longer one, or it says why not */
    hash_bulk_field(hash, (struct str){room, n});
    return true;
}

static struct str finish(struct arena *arena, struct hash *hash)
{
    unsigned char digest[32];
    hash_done(hash, digest);
    return hash_hex(arena, digest, sizeof digest);
}

/* The note NT_GNU_BUILD_ID among those of a segment (System V gABI, "Note Section"): three words, then name
 * and content, each filled up to whole words. */
static struct str find_build_id(const char *notes, size_t n)
{
    for (size_t at = 0; at + sizeof(ElfW(Nhdr)) <= n;) {
        ElfW(Nhdr) note;
        memcpy(&note, notes + at, sizeof note);
        at += sizeof note;
        size_t name = ((size_t)note.n_namesz + 3) & ~(size_t)3,
               content = ((size_t)note.n_descsz + 3) & ~(size_t)3;
        if (name > n - at || content > n - at - name)
            break;
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && memcmp(notes + at, "GNU", 4) == 0)
            return (struct str){notes + at + name, note.n_descsz};
        at += name + content;
    }
    return (struct str){0};
}

/* The first one is the program itself; what it loads is not looked at. */
static int look_at_program(struct dl_phdr_info *info, size_t size, void *self)
{
    struct str *id = self;
    (void)size;
    for (int i = 0; i < info->dlpi_phnum && id->n == 0; i++)
        if (info->dlpi_phdr[i].p_type == PT_NOTE)
            *id = find_build_id((const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr), // NOLINT
                                info->dlpi_phdr[i].p_memsz);
    return 1;
}

bool identity_program(struct arena *arena, struct str *digest, struct diags *diags)
{
    struct hash hash;
    struct str id = {0};
    hash_hurry();
    hash_init(&hash);
    dl_iterate_phdr(look_at_program, &id);
    if (id.n >= LEAST_ID)
        hash_field(&hash, id);
    else if (!add_file(&hash, "/proc/self/exe", diags))
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
    char *room = base_malloc(FONT_BYTES);
    for (size_t i = 0; ok && i < names.count; i++) {
        hash_field(&hash, str_from(names.items[i]));
        ok = add_font(&hash, file_join(arena, str_from(folder), str_from(names.items[i])), room, diags);
    }
    free(room);
    *digest = finish(arena, &hash);
    return ok;
}

static void find_ahead(void *data, enum aside_who who)
{
    struct identity_ahead *ahead = data;
    (void)who;
    ahead->folder = fonts_config_folder(&ahead->arena, &ahead->reports);
    ahead->found = ahead->folder &&
                   identity_program(&ahead->arena, &ahead->identity.program, &ahead->reports) &&
                   identity_fonts(&ahead->arena, ahead->folder, &ahead->identity.fonts, &ahead->reports);
}

/* Each worker would do it. */
static void open_library(void *data, enum aside_who who)
{
    (void)data;
    if (who == ASIDE_HELPER)
        pdf_library_open();
}

void identity_begin(struct identity_ahead *ahead)
{
    heap_share();
    hash_hurry(); /* while nobody else digests */
    *ahead = (struct identity_ahead){.aside = aside_open()};
    arena_init(&ahead->arena);
    diags_init(&ahead->reports, &ahead->arena);
    aside_start(ahead->aside, &ahead->job, find_ahead, ahead);
    aside_start(ahead->aside, &ahead->library, open_library, NULL);
    aside_dismiss(ahead->aside);
}

static void await(struct identity_ahead *ahead)
{
    if (!ahead->ended) {
        aside_finish(ahead->aside, &ahead->job);
        aside_finish(ahead->aside, &ahead->library);
        aside_close(ahead->aside);
    }
    ahead->ended = true;
}

void identity_end(struct identity_ahead *ahead)
{
    await(ahead);
    arena_done(&ahead->arena);
}

bool identity_find(const struct batch_request *request, struct arena *arena, struct batch_identity *identity,
                   struct diags *diags)
{
    struct identity_ahead *ahead = request->identifying;
    if (ahead)
        await(ahead);
    if (ahead && ahead->found && strcmp(ahead->folder, request->fonts_folder) == 0) {
        *identity = ahead->identity;
        return true;
    }
    return identity_program(arena, &identity->program, diags) &&
           identity_fonts(arena, request->fonts_folder, &identity->fonts, diags);
}
