/* Briefings tried one by one. A worker died over all of them together, which is rare: that the run stands
 * still meanwhile does not matter. */
#include "batch/probe.h"

#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>

#include "base/child.h"
#include "batch/task.h"
#include "batch/worker.h"

enum { A_DAY = 24 * 60 * 60 };

struct probing {
    const struct plan *plan;
    const struct plan_group *group;
    uint32_t spec;
};

static int try_one(void *self, int out_fd)
{
    const struct probing *probing = self;
    (void)out_fd;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    worker_limit_memory(worker_address_space(), (uint64_t)probing->plan->request->limit_mib * 1024 * 1024);
    return maker_tries(probing->plan, probing->group, probing->spec) ? 0 : 1;
}

void probe_briefings(struct batch_run *run, const struct plan_group *group)
{
    unsigned seconds = run->request->limit_seconds;
    struct child_limits limits = {seconds ? seconds : A_DAY, SIZE_MAX / 2, 1};
    for (uint32_t i = 0; i < group->spec_count && !run_stopped(run); i++) {
        struct probing probing = {run->plan, group, group->specs[i]};
        unsigned char *fate = run_fate(run, group->specs[i], group->tier);
        if (*fate != FATE_NONE)
            continue;
        struct buf nothing = {0};
        int status = 0;
        enum child_end end = child_call(try_one, &probing, &limits, &nothing, &status);
        if (end == CHILD_DONE)
            *fate = FATE_SOUND;
        else if (end != CHILD_NONE)
            *fate = end == CHILD_FAILED && status == 1 ? FATE_FAILED : FATE_DEADLY;
        buf_done(&nothing);
    }
}
