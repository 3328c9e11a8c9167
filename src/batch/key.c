/* Keys of outputs. Paths are no part of them: what is moved is not made again. */
#include "batch/key.h"

#include <string.h>

#include "base/hash.h"
#include "base/secret.h"
#include "batch/digest.h"

static void add_number(struct hash *hash, int64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    hash_add(hash, bytes, sizeof bytes);
}

static void add_edition(struct hash *hash, struct edition_id edition)
{
    add_number(hash, edition.kind);
    add_number(hash, edition.year);
    add_number(hash, edition.part);
}

static void add_options(struct hash *hash, const struct plan *plan)
{
    const struct batch_request *request = plan->request;
    hash_field(hash, STR("briefing batch 1"));
    hash_field(hash, plan->identity.program);
    hash_field(hash, plan->identity.fonts);
    hash_field(hash, request->house_digest);
    const bool flags[] = {request->date_given, request->draft,     request->internal,
                          request->sealed,     request->linearize, request->warnings_as_errors};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        add_number(hash, flags[i]);
    for (int code = 0; code < DIAG_CODE_COUNT; code++)
        if (request->allowed && request->allowed[code])
            hash_field(hash, str_from(diag_info((enum diag_code)code)->name));
    add_number(hash, -1);
    add_number(hash, request->paper);
    add_number(hash, request->date_given
                         ? request->date.year * 10000 + request->date.month * 100 + request->date.day
                         : 0);
}

static void add_spec(struct hash *hash, const struct plan_spec *spec)
{
    unsigned char digest[32];
    digest_of_spec(spec, digest);
    hash_field(hash, spec->id);
    hash_add(hash, digest, sizeof digest);
    add_edition(hash, spec->edition);
    add_number(hash, (int64_t)spec->score_count);
    for (size_t i = 0; i < spec->score_count; i++) {
        add_edition(hash, spec->scores[i].edition);
        add_number(hash, spec->scores[i].hundredths);
    }
}

static void settle_group(struct plan *plan, struct plan_group *group)
{
    struct hash hash;
    hash_init(&hash);
    add_options(&hash, plan);
    add_number(&hash, group->compendium);
    add_number(&hash, group->personal);
    add_number(&hash, group->personal && plan->request->strong_marks);
    if (group->personal) /* it and the member make the copy's id */
        hash_add(&hash, plan->request->key->bytes, sizeof plan->request->key->bytes);
    hash_field(&hash, plan->tiers[group->tier]);
    add_number(&hash, group->spec_count);
    for (uint32_t i = 0; i < group->spec_count; i++)
        add_spec(&hash, &plan->specs[group->specs[i]]);
    hash_done(&hash, group->inputs);
    group->keyed = true;
}

/* A member's password goes in under the copy key, which the ledger does not have, and the run's passwords
 * stretched: nobody shall try passwords on a ledger faster than on the sealed PDFs themselves. */
static void add_password(struct hash *hash, const struct plan *plan, uint32_t output)
{
    const struct batch_request *request = plan->request;
    const struct member *member = plan_member(plan, output);
    if (!request->sealed)
        return;
    if (member && member->password.s.n) {
        hash_add(hash, request->key->bytes, sizeof request->key->bytes);
        hash_field(hash, member->password.s);
    }
    hash_add(hash, plan->passwords, sizeof plan->passwords);
}

static void digest_of(struct plan *plan, uint32_t output, unsigned char digest[32])
{
    struct plan_group *group = &plan->groups[plan->outputs[output].group];
    if (!group->keyed)
        settle_group(plan, group);
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, group->inputs, sizeof group->inputs);
    if (group->personal)
        hash_field(&hash, plan_member(plan, output)->id.s);
    add_password(&hash, plan, output);
    hash_done(&hash, digest);
}

struct str key_of(struct plan *plan, struct arena *arena, uint32_t output)
{
    unsigned char digest[32];
    digest_of(plan, output, digest);
    return hash_hex(arena, digest, sizeof digest);
}

bool key_is(struct plan *plan, uint32_t output, struct str key)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char digest[32];
    digest_of(plan, output, digest);
    bool same = key.n == 2 * sizeof digest;
    for (size_t i = 0; same && i < sizeof digest; i++)
        same = key.p[2 * i] == hex[digest[i] >> 4] && key.p[2 * i + 1] == hex[digest[i] & 15];
    return same;
}

void key_passwords(struct plan *plan)
{
    const struct batch_request *request = plan->request;
    if (!request->sealed)
        return;
    struct arena scratch;
    arena_init(&scratch);
    size_t user = request->password_user ? strlen(request->password_user) : 0,
           owner = request->password_owner ? strlen(request->password_owner) : 0;
    char *both = arena_alloc(&scratch, user + owner + 1);
    memcpy(both, request->password_user ? request->password_user : "", user);
    memcpy(both + user + 1, request->password_owner ? request->password_owner : "", owner);
    secret_stretch((struct str){both, user + owner + 1}, request->house_digest, plan->passwords);
    secret_wipe(both, user + owner + 1);
    arena_done(&scratch);
}
