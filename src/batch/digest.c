/* Digests of specs in memory that run and workers share. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "batch/digest.h"

#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "base/file.h"
#include "base/hash.h"
#include "yaml/yaml_tree.h"

/* Who sets it from UNKNOWN to UNDER_WAY writes it. A worker that dies over that leaves it so: then no text is
 * taken for the one that was planned. */
enum { UNKNOWN, UNDER_WAY, KNOWN, LOOKS = 10000 };
struct spec_digest {
    unsigned char bytes[32];
    atomic_uint state;
};

void digest_open(struct plan *plan)
{
    plan->digest_bytes = plan->spec_count * sizeof *plan->digests;
    void *shared = MAP_FAILED;
    if (plan->digest_bytes)
        shared = mmap(NULL, plan->digest_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) { /* then the run reads each spec for itself */
        plan->digest_bytes = 0;
        shared = ARENA_ARRAY(&plan->arena, struct spec_digest, plan->spec_count);
    }
    plan->digests = shared;
    for (uint32_t i = 0; i < plan->spec_count; i++)
        plan->specs[i].digest = &plan->digests[i];
}

void digest_close(struct plan *plan)
{
    if (plan->digest_bytes)
        munmap(plan->digests, plan->digest_bytes);
}

static bool is_known(const struct spec_digest *digest)
{
    return atomic_load_explicit(&digest->state, memory_order_acquire) == KNOWN;
}

bool digest_note(const struct plan_spec *spec, struct str text)
{
    struct spec_digest *digest = spec->digest;
    unsigned char bytes[sizeof digest->bytes];
    unsigned state = UNKNOWN;
    hash_parts(text, bytes);
    if (atomic_compare_exchange_strong(&digest->state, &state, UNDER_WAY)) {
        memcpy(digest->bytes, bytes, sizeof bytes);
        atomic_store(&digest->state, KNOWN);
        return true;
    }
    for (int looks = 0; looks < LOOKS && !is_known(digest); looks++)
        sched_yield();
    return is_known(digest) && memcmp(digest->bytes, bytes, sizeof bytes) == 0;
}

void digest_of_spec(const struct plan_spec *spec, unsigned char digest[32])
{
    struct arena scratch;
    struct str text;
    const char *why;
    arena_init(&scratch);
    bool known = is_known(spec->digest) ||
                 (spec->mark && file_read(&scratch, spec->path, YAML_MAX_BYTES, &text, &why, NULL) &&
                  hash_mark(text) == spec->mark && digest_note(spec, text));
    memset(digest, 0, sizeof spec->digest->bytes);
    if (known)
        memcpy(digest, spec->digest->bytes, sizeof spec->digest->bytes);
    else
        memcpy(digest, &spec->mark, sizeof spec->mark);
    arena_done(&scratch);
}
