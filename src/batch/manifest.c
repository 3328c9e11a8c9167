/* The manifest: JSON, an output a line, and its signature. */
#include "batch/manifest.h"

#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

#include "base/decimal.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/secret.h"
#include "base/sign.h"
#include "base/stream.h"
#include "batch/json_scan.h"
#include "batch/manifest_json.h"

const char *manifest_path(struct arena *arena, const char *output, unsigned shard, unsigned shards)
{
    struct str name =
        shards ? str_printf(arena, "manifest-%u-of-%u.json", shard, shards) : STR("manifest.json");
    return file_join(arena, str_from(output), name);
}

const char *ledger_shard_path(struct arena *arena, const char *output, unsigned shard, unsigned shards)
{
    return file_join(arena, str_from(output), str_printf(arena, "ledger-%u-of-%u.db", shard, shards));
}

/* "" is null. */
static json_t *text_or_null(struct str text)
{
    return text.n ? json_text(text) : json_null();
}

static json_t *json_head(const struct manifest_head *head, const struct ledger_totals *totals)
{
    struct arena scratch;
    arena_init(&scratch);
    json_t *object = json_need(json_object()), *counts = json_need(json_object()),
           *tiers = json_need(json_array());
    json_put(object, "manifest", json_integer(1));
    json_put(object, "program", json_text(head->program));
    json_put(object, "run", json_text(head->name));
    json_put(object, "edition", text_or_null(head->edition));
    json_put(object, "publisher", json_text(head->publisher));
    json_put(object, "product", json_text(head->product));
    json_put(object, "language", text_or_null(head->language));
    json_put(object, "accent", text_or_null(head->accent));
    for (size_t i = 0; i < head->tier_count; i++) {
        json_t *tier = json_need(json_object());
        json_put(tier, "id", json_text(head->tiers[i].id));
        json_put(tier, "label", json_text(head->tiers[i].label));
        json_push(tiers, tier);
    }
    json_put(object, "tiers", tiers);
    json_put(object, "shard",
             head->shards ? json_text(str_printf(&scratch, "%u/%u", head->shard, head->shards))
                          : json_null());
    json_put(counts, "outputs", json_integer(totals->outputs));
    json_put(counts, "failed", json_integer(totals->not_made));
    json_put(counts, "pages", json_integer(totals->pages));
    json_put(counts, "bytes", json_integer(totals->bytes));
    json_put(object, "counts", counts);
    arena_done(&scratch);
    return object;
}

json_t *manifest_diagnostics(struct str text)
{
    json_t *array = text.n ? json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL) : json_array();
    if (json_is_array(array))
        return array;
    json_decref(array);
    return NULL;
}

static void put_text(struct buf *out, const char *key, struct str text)
{
    buf_text(out, ",\"");
    buf_text(out, key);
    buf_text(out, "\":");
    if (text.n)
        manifest_text(out, text);
    else
        buf_text(out, "null");
}

/* All but the diagnostics and the brace that closes it. Without an object of jansson's: a run has as many as
 * it has copies. What was not made has no digest, pages or bytes, whatever was there before. */
static void write_object(struct buf *out, const struct ledger_output *output)
{
    struct arena scratch;
    arena_init(&scratch);
    bool made = output->state == LEDGER_DONE;
    buf_text(out, "{\"path\":");
    manifest_text(out, output->path);
    put_text(out, "kind", output->kind);
    put_text(out, "entity", output->entity);
    put_text(out, "name", output->name);
    put_text(out, "edition", output->edition);
    put_text(out, "tier", output->tier);
    put_text(out, "member", output->member);
    put_text(out, "copy", output->copy);
    put_text(out, "inputs", output->inputs);
    put_text(out, "digest", made ? output->digest : (struct str){0});
    buf_printf(out, ",\"pages\":%" PRId64 ",\"bytes\":%" PRId64, made ? output->pages : 0,
               made ? output->bytes : 0);
    put_text(out, "score", output->score >= 0 ? score_format(&scratch, output->score) : (struct str){0});
    put_text(out, "grade", output->grade);
    put_text(out, "label", output->label);
    put_text(out, "verdict", made ? STR("ok") : STR("failed"));
    buf_text(out, ",\"diagnostics\":");
    arena_done(&scratch);
}

struct writing {
    struct stream stream;
    struct diags *diags;
    bool any, ok;
};

/* false: they are no list. */
static bool write_diagnostics(struct buf *out, struct str text)
{
    if (text.n == 0)
        text = STR("[]");
    if (json_scan(text, out, NULL, NULL))
        return true;
    json_t *list = manifest_diagnostics(text);
    if (list)
        json_write(out, list, JSON_COMPACT);
    return list != NULL;
}

static bool write_output(void *self, const struct ledger_output *output)
{
    struct writing *writing = self;
    struct buf *out = &writing->stream.out;
    size_t begun = out->n;
    buf_text(out, writing->any ? ",\n    " : "\n    ");
    write_object(out, output);
    if (!write_diagnostics(out, output->diagnostics)) {
        out->n = begun;
        diag_add(writing->diags, DIAG_LEDGER_UNREADABLE, span_none(),
                 "the ledger is damaged: the diagnostics of " STR_FMT " are no list", STR_ARG(output->path));
        writing->ok = false;
        return false;
    }
    writing->any = true;
    buf_char(out, '}');
    stream_pass(&writing->stream);
    return !writing->stream.why;
}

/* The list of outputs becomes the last member of the head's object. */
static bool write_all(struct writing *writing, struct ledger *ledger, struct str folder, int64_t run,
                      const struct manifest_head *head)
{
    struct ledger_totals totals;
    if (!ledger_output_totals(ledger, folder, run, &totals, writing->diags))
        return false;
    struct buf *out = &writing->stream.out;
    json_write(out, json_head(head, &totals), JSON_INDENT(2));
    out->n -= 2; /* the line end and brace that close it */
    buf_text(out, ",\n  \"outputs\": [");
    if (!ledger_output_each(ledger, folder, run, write_output, writing, writing->diags) || !writing->ok)
        return false;
    buf_text(out, writing->any ? "\n  ]\n}\n" : "]\n}\n");
    return true;
}

static bool refuse(struct diags *diags, const char *path, const char *why)
{
    diag_add(diags, DIAG_CANNOT_WRITE, span_none(), "cannot write %s: %s", path, why);
    return false;
}

/* Of the digest, not of the file: that is large, and libsodium would want all of it in memory. */
static bool write_signature(struct arena *scratch, const char *path, const char *signature_path,
                            const unsigned char digest[32], const struct copy_key *key, struct diags *diags)
{
    struct sign_pair pair;
    unsigned char signature[64];
    const char *why;
    sign_pair_make(key, &pair);
    sign_message(&pair, (struct str){(const char *)digest, 32}, signature);
    secret_wipe(pair.secret, sizeof pair.secret);
    size_t folder = file_folder(str_from(path)).n;
    json_t *object = json_need(json_object());
    json_put(object, "algorithm", json_string("Ed25519"));
    json_put(object, "file", json_text(str_from(path + folder)));
    json_put(object, "of", json_string("BLAKE2b-256"));
    json_put(object, "public_key", json_text(hash_hex(scratch, pair.public_key, sizeof pair.public_key)));
    json_put(object, "signature", json_text(hash_hex(scratch, signature, sizeof signature)));
    struct buf out = {0};
    json_write(&out, object, JSON_INDENT(2));
    buf_char(&out, '\n');
    bool ok = file_write(signature_path, buf_view(&out), false, &why) || refuse(diags, signature_path, why);
    buf_done(&out);
    return ok;
}

bool manifest_write(struct ledger *ledger, struct str folder, int64_t run, const struct manifest_head *head,
                    const char *path, const struct copy_key *key, struct stream_set *set, struct diags *diags)
{
    struct arena scratch;
    arena_init(&scratch);
    const char *signature = str_printf(&scratch, "%s.sig", path).p, *why;
    struct writing writing = {.diags = diags, .ok = true};
    struct hash hash;
    unsigned char digest[32];
    hash_init(&hash);
    stream_sweep(path);
    stream_open(&writing.stream, path);
    if (key)
        writing.stream.hash = &hash;
    bool ok = write_all(&writing, ledger, folder, run, head);
    if (!ok)
        stream_abandon(&writing.stream);
    if (ok && unlink(signature) != 0 && errno != ENOENT) {
        ok = refuse(diags, signature, file_reason(errno));
        stream_abandon(&writing.stream);
    } else if (ok && set && !key) {
        ok = stream_keep(&writing.stream, set, &why) || refuse(diags, path, why);
    } else if (ok) {
        ok = stream_commit(&writing.stream, &why) || refuse(diags, path, why);
        if (key)
            hash_done(&hash, digest);
        ok = ok && (!key || write_signature(&scratch, path, signature, digest, key, diags));
    }
    arena_done(&scratch);
    return ok;
}
