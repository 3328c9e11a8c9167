/* The plan of a run: which outputs there are, what they are made from, and in which pieces workers take them.
 * It depends on the inputs only, never on what was made before, so that all shards have the same one. */
#ifndef BRIEFING_BATCH_PLAN_H
#define BRIEFING_BATCH_PLAN_H

#include "base/buf.h"
#include "batch/batch.h"
#include "batch/ledger.h"
#include "spec/idmap.h"

enum { PLAN_NONE = UINT32_MAX, PLAN_CHUNK = 1000 /* outputs of a task, at most */ };

struct plan_spec {
    const char *path;
    struct str id;             /* a slug; made from the file's name where the spec has none */
    struct edition_id edition; /* that it will be made as */
    uint64_t bytes;
    uint64_t mark;               /* of its bytes as they were planned (hash_mark); 0: it cannot be read */
    struct spec_digest *digest;  /* see digest.h */
    const char *rival;           /* what else has its id, for a message; NULL: nothing */
    struct ledger_score *scores; /* of earlier editions, from the ledger */
    size_t score_count;
};

/* What is laid out once: one spec, or a compendium of several, for one tier. */
struct plan_group {
    bool compendium;
    bool personal; /* outputs are members' copies */
    uint32_t tier;
    uint32_t own;          /* where specs points for a single spec */
    const uint32_t *specs; /* by id */
    uint32_t spec_count;
    uint32_t first, count; /* outputs */
    struct str edition;    /* as it is written; may be empty */
    struct str name;       /* of its files, without a folder */
    bool keyed;
    unsigned char inputs[32]; /* see key.h */
    struct str broken;        /* why nobody shall lay it out again in this run, as JSON; empty: nothing */
};

enum plan_state {
    PLAN_OTHER,   /* another shard's */
    PLAN_UNASKED, /* by --only or --member; a file of it that is there stays as it is */
    PLAN_MAKE,
    PLAN_KEPT,
    PLAN_MADE,
    PLAN_FAILED
};

struct plan_output {
    uint32_t group;
    uint32_t member; /* of the roster; PLAN_NONE: an edition */
    uint8_t state;   /* enum plan_state */
    bool stands;     /* as its row in the run's ledger says, which is only to be marked as seen */
};

/* Outputs of one group that one worker makes in a row. */
struct plan_task {
    uint32_t group;
    uint32_t first, count;
    uint32_t shard; /* from 1; 0: there are no shards */
};

struct plan {
    struct arena arena;
    const struct batch_request *request;
    struct plan_spec *specs; /* by id */
    uint32_t spec_count;
    struct spec_digest *digests;
    size_t digest_bytes; /* that all processes of the run share */
    struct idmap spec_ids;
    struct str *tiers;
    uint32_t tier_count;
    struct str edition;          /* of a compendium; may be empty */
    struct batch_identity identity;
    unsigned char passwords[32]; /* see key_passwords */
    struct plan_group *groups;
    uint32_t group_count;
    struct plan_output *outputs; /* a group's are neighbours */
    uint32_t output_count;
    struct plan_task *tasks; /* a spec's are neighbours; compendia last */
    uint32_t task_count;
};

/* Looks at every spec and makes the plan. What the roster watches and no spec has is a warning. fresh: keys
 * are not asked for before specs are read for good, so that nothing is digested here. false with diagnostics:
 * --only or --member names nothing, personal copies have no key. Done with plan_done in either case. */
bool plan_init(struct plan *plan, const struct batch_request *request, bool fresh, struct diags *diags);
void plan_done(struct plan *plan);

/* The second half of planning (plan_groups.c): groups, outputs and tasks. */
bool plan_groups(struct plan *plan, struct diags *diags);

/* Ids, as somebody types them, are the same whatever the case. */
bool plan_same_id(struct str left, struct str right);

/* Takes the scores of earlier editions from a ledger (NULL: there are none). */
bool plan_scores(struct plan *plan, struct ledger *ledger, struct diags *diags);

/* Appends an output's path, relative to the folder of outputs. */
void plan_path(const struct plan *plan, uint32_t output, struct buf *path);

/* "edition", "copy" or "compendium"; ids, empty where there is none. Borrowed. */
struct str plan_kind(const struct plan *plan, uint32_t output);
struct str plan_entity(const struct plan *plan, const struct plan_group *group);
const struct member *plan_member(const struct plan *plan, uint32_t output); /* NULL: none */

/* The id of an output's copy; only for personal ones. */
struct copy_id plan_copy(const struct plan *plan, uint32_t output);

/* Gives each task its shard of so many (shard.c): the dearest first, each to the shard with least to do. The
 * cost of a task follows from sizes and counts only. Outputs of other shards than the request's become
 * PLAN_OTHER. */
void plan_shards(struct plan *plan, unsigned count);

#endif
