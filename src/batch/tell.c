/* Manifest, thumbnails and page of a run; or nothing of them. They are skipped when the run before left the
 * outputs so, would have said the same of them, and its files are those that it wrote: by size, time and
 * inode, as outputs are. */
#include "batch/tell.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"

struct manifest_head tell_head(struct batch_run *run)
{
    const struct house *house = run->request->house;
    struct manifest_tier *tiers = ARENA_ARRAY(&run->plan->arena, struct manifest_tier, house->tiers.count);
    for (size_t i = 0; i < house->tiers.count; i++)
        tiers[i] = (struct manifest_tier){house->tiers.items[i].id.s, house->tiers.items[i].label.s};
    return (struct manifest_head){.name = run->request->name,
                                  .edition = run->plan->edition,
                                  .product = house->product.s,
                                  .publisher = house->publisher.name.s,
                                  .language = house->language.s,
                                  .program = STR("briefing " BRIEFING_VERSION),
                                  .accent = house->theme.accent.s,
                                  .tiers = tiers,
                                  .tier_count = house->tiers.count,
                                  .shard = run->request->shard.index,
                                  .shards = run->request->shard.count};
}

/* Of all that manifest and page say besides what stands in the ledger, and of the program that says it. */
static struct str digest_of(struct batch_run *run, const struct manifest_head *head)
{
    const struct batch_request *request = run->request;
    const struct str texts[] = {run->plan->identity.program,
                                head->name,
                                head->edition,
                                head->product,
                                head->publisher,
                                head->language,
                                head->program,
                                head->accent};
    unsigned char digest[32], flags[2] = {request->thumbnails, request->key != NULL};
    struct hash hash;
    hash_init(&hash);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hash_field(&hash, texts[i]);
    for (size_t i = 0; i < head->tier_count; i++) {
        hash_field(&hash, head->tiers[i].id);
        hash_field(&hash, head->tiers[i].label);
    }
    hash_add(&hash, flags, sizeof flags);
    if (request->key)
        hash_add(&hash, request->key->bytes, sizeof request->key->bytes);
    hash_done(&hash, digest);
    return hash_hex(&run->plan->arena, digest, sizeof digest);
}

/* The files as they are now. A folder has a time of its own, which changes with each name in it. */
static struct str files_now(struct batch_run *run)
{
    static const char *const names[] = {"manifest.json", "manifest.json.sig", "index.html", "members.html",
                                        "thumbnails"};
    struct arena *arena = &run->plan->arena;
    struct buf out = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct stat info;
        if (stat(file_join(arena, str_from(run->request->output), str_from(names[i])), &info) != 0)
            continue;
        int64_t mtime_ns = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
        buf_printf(&out, "%" PRId64 " %" PRId64 " %" PRId64 " %s\n",
                   S_ISDIR(info.st_mode) ? 0 : (int64_t)info.st_size, mtime_ns, (int64_t)info.st_ino,
                   names[i]);
    }
    struct str files = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return files;
}

static bool write_all(struct batch_run *run, const struct manifest_head *head, int64_t shown,
                      struct stream_set *set)
{
    const struct batch_request *request = run->request;
    const char *manifest =
        manifest_path(&run->plan->arena, request->output, request->shard.index, request->shard.count);
    if (!manifest_write(run->ledger, run->folder, shown, head, manifest, request->key, set, run->diags))
        return false;
    if (request->shard.count)
        return true;
    if (request->thumbnails)
        thumbnails_make(run->ledger, run->folder, shown, request->output, request->jobs, run->diags);
    return index_write(run->ledger, run->folder, shown, head, request->output, set, run->diags);
}

bool tell_outputs(struct batch_run *run, struct ledger_told *told, struct stream_set *set)
{
    struct manifest_head head = tell_head(run);
    const struct ledger_told *before = &run->told_before;
    *told =
        (struct ledger_told){.run = run->unchanged ? before->run : run->id, .digest = digest_of(run, &head)};
    /* Who had no pdftoppm may have one now. */
    bool pictured = !run->request->thumbnails || str_ends(before->files, STR(" thumbnails\n"));
    if (run->unchanged && pictured && str_eq(before->digest, told->digest) &&
        str_eq(before->files, files_now(run))) {
        told->files = before->files;
        return true;
    }
    bool ok = write_all(run, &head, told->run, set);
    told->files = files_now(run);
    return ok;
}

bool tell_names(struct batch_run *run, struct ledger_told *told, struct stream_set *set, bool synced)
{
    if (set->count == 0)
        return true;
    const char *why, *path = stream_set_name(set, synced, &why);
    if (path)
        diag_add(run->diags, DIAG_CANNOT_WRITE, span_none(), "cannot write %s: %s", path, why);
    else if (run->request->fsync)
        file_sync_folder(run->request->output);
    told->files = files_now(run);
    return !path;
}
