/* Shards from the command line and from the variables of Slurm and Kubernetes. */
#include "cli/shard.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 100000 };

/* A whole number of digits only, up to MOST. */
static bool number(const char *text, unsigned *value)
{
    *value = 0;
    const char *at = text;
    for (; at && *at >= '0' && *at <= '9' && *value <= MOST; at++)
        *value = *value * 10 + (unsigned)(*at - '0');
    return at && at != text && *at == 0 && *value <= MOST;
}

static bool refuse(struct diags *diags, const char *why, const char *hint)
{
    struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "--shard: %s", why);
    diag_hint(diags, diag, "%s", hint);
    return false;
}

static bool variable(const char *name, unsigned *value)
{
    return number(getenv(name), value);
}

/* Slurm: sbatch --array=1-5. BRIEFING_SHARDS, where it is set, is the count of the whole: a single element
 * that is run again (--array=3) must still be the third of five. */
static bool slurm(struct batch_shard *shard, unsigned shards, struct diags *diags)
{
    unsigned id, first, count, step = 1;
    if (!variable("SLURM_ARRAY_TASK_ID", &id))
        return refuse(diags, "SLURM_ARRAY_TASK_ID is no number", "it is set in the jobs of sbatch --array");
    if (shards) {
        *shard = (struct batch_shard){id, shards};
        return true;
    }
    if (!variable("SLURM_ARRAY_TASK_MIN", &first) || !variable("SLURM_ARRAY_TASK_COUNT", &count) ||
        id < first)
        return refuse(diags, "SLURM_ARRAY_TASK_MIN or SLURM_ARRAY_TASK_COUNT is no number",
                      "set BRIEFING_SHARDS to the count of shards");
    if (getenv("SLURM_ARRAY_TASK_STEP") && (!variable("SLURM_ARRAY_TASK_STEP", &step) || step == 0))
        return refuse(diags, "SLURM_ARRAY_TASK_STEP is no number",
                      "set BRIEFING_SHARDS to the count of shards");
    *shard = (struct batch_shard){(id - first) / step + 1, count};
    return true;
}

/* Kubernetes: an Indexed Job counts from 0 and does not tell how many there are. */
static bool kubernetes(struct batch_shard *shard, unsigned shards, struct diags *diags)
{
    unsigned index;
    if (!variable("JOB_COMPLETION_INDEX", &index))
        return refuse(diags, "JOB_COMPLETION_INDEX is no number", "it is set in the pods of an Indexed Job");
    if (!shards)
        return refuse(diags, "BRIEFING_SHARDS is not set", "set it in the job to its count of completions");
    *shard = (struct batch_shard){index + 1, shards};
    return true;
}

static bool by_variables(struct batch_shard *shard, struct diags *diags)
{
    unsigned shards = 0;
    const char *given = getenv("BRIEFING_SHARDS");
    if (given && *given && (!number(given, &shards) || shards == 0))
        return refuse(diags, "BRIEFING_SHARDS is no count", "it is the number of shards of the whole run");
    if (getenv("SLURM_ARRAY_TASK_ID"))
        return slurm(shard, shards, diags);
    if (getenv("JOB_COMPLETION_INDEX"))
        return kubernetes(shard, shards, diags);
    return refuse(diags,
                  "auto finds no array of jobs: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set",
                  "give --shard I/N, as in --shard 2/5");
}

bool shard_read(const struct options *options, struct batch_shard *shard, struct diags *diags)
{
    const char *text = options->value[OPTION_SHARD];
    *shard = (struct batch_shard){0};
    if (!text)
        return true;
    bool ok;
    if (strcmp(text, "auto") == 0) {
        ok = by_variables(shard, diags);
    } else {
        size_t n = strcspn(text, "/");
        char index[16] = {0};
        if (n < sizeof index)
            memcpy(index, text, n);
        ok = (number(index, &shard->index) && text[n] == '/' && number(text + n + 1, &shard->count)) ||
             refuse(diags, "a shard is written I/N",
                    "2/5 is the second of five; 'auto' reads the variables of an array job");
    }
    if (ok && (shard->index == 0 || shard->count == 0 || shard->index > shard->count))
        ok = refuse(diags, "there is no such shard", "shards count from 1: of five, 1/5 to 5/5");
    return ok;
}
