/* What a run tells of its outputs: the manifest (JSON) with its signature, the page for people (HTML), the
 * log while it runs (JSON lines). */
#ifndef BRIEFING_BATCH_MANIFEST_H
#define BRIEFING_BATCH_MANIFEST_H

#include "base/copy_id.h"
#include "base/stream.h"
#include "batch/ledger.h"

/* Manifest and index are the same bytes for the same outputs: no clock, no machine, whatever was made and
 * whatever was kept. */
struct manifest_tier {
    struct str id, label;
};
struct manifest_head {
    struct str name, edition, product, publisher, language;
    struct str program;                /* "briefing 0.1.0" */
    struct str accent;                 /* "#rrggbb" or empty */
    const struct manifest_tier *tiers; /* of the house, in its order; in which index.html lists them */
    size_t tier_count;
    unsigned shard, shards; /* 0, 0: a whole run, or a merged one */
};

/* Where a run's files go, all in the folder of outputs: "manifest.json"; of a shard "manifest-2-of-5.json",
 * beside its ledger "ledger-2-of-5.db". `merge` looks for these names. Shards write no index and make no
 * thumbnails. */
const char *manifest_path(struct arena *arena, const char *output, unsigned shard, unsigned shards);
const char *ledger_shard_path(struct arena *arena, const char *output, unsigned shard, unsigned shards);

/* Writes path whole or not at all, from the outputs that the ledger's run saw; memory does not grow with
 * their number. With a key also path ".sig": an Ed25519 signature (RFC 8032) of the manifest's BLAKE2b-256
 * digest with its public key, as JSON. An older signature never stands beside a newer manifest. The format:
 * README.md. set: NULL, or where the file waits for its name; a signed one has it at once. */
bool manifest_write(struct ledger *ledger, struct str folder, int64_t run, const struct manifest_head *head,
                    const char *path, const struct copy_key *key, struct stream_set *set,
                    struct diags *diags);

/* index.html in the folder of outputs: one page, nothing from elsewhere, that lists outputs with status,
 * size, pages, diagnostics, links, and thumbnails where thumbnails/<digest>.jpg is there. set: NULL, or where
 * its files wait for their names. */
bool index_write(struct ledger *ledger, struct str folder, int64_t run, const struct manifest_head *head,
                 const char *output, struct stream_set *set, struct diags *diags);

/* Makes the missing thumbnails of editions and compendia (not of copies) by poppler's pdftoppm, jobs at a
 * time, and removes those whose PDF is gone. Does nothing where there is no pdftoppm; a PDF that fails is
 * left without. */
void thumbnails_make(struct ledger *ledger, struct str folder, int64_t run, const char *output, unsigned jobs,
                     struct diags *diags);

/* The log. NULL is a log that nobody wants: every call takes it. */
struct batch_log;
struct batch_log *batch_log_open(const char *path, struct diags *diags);
void batch_log_close(struct batch_log *log);
/* {"event": "run", …} when it starts, "plan", "made", "kept", "failed", "worker", "end". Lines are written
 * whole. Failing to write is told once, and does not stop the run. */
void batch_log_run(struct batch_log *log, int64_t now_ms, const struct manifest_head *head, size_t planned,
                   unsigned jobs);
void batch_log_output(struct batch_log *log, int64_t now_ms, const char *event,
                      const struct ledger_output *output, int64_t took_us);
void batch_log_worker(struct batch_log *log, int64_t now_ms, int pid, const char *what, struct str path);
void batch_log_end(struct batch_log *log, int64_t now_ms, size_t made, size_t kept, size_t failed,
                   int64_t took_ms);

#endif
