/* Making the outputs of a task. All that is found wrong goes to the run as messages; a worker prints nothing.
 */
#include "batch/task.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/password.h"
#include "base/secret.h"
#include "batch/depends.h"
#include "batch/fault.h"
#include "batch/incomplete.h"
#include "batch/load.h"
#include "batch/message.h"
#include "diag/render.h"

enum { FLUSH_BYTES = 64 * 1024, HELD_BYTES = 128 * 1024 /* longer PDFs are not kept for their digests */ };

/* One task at work. */
struct job {
    struct maker *maker;
    const struct plan_group *group;
    uint32_t first, end;
    struct arena arena;
    struct diags diags;
    struct compiled *compiled;
};

void maker_init(struct maker *maker, const struct plan *plan, _Atomic uint32_t *reached,
                bool (*send)(void *self, struct str bytes), void *self)
{
    *maker = (struct maker){
        .plan = plan, .spec = PLAN_NONE, .reached = reached, .report = {.send = send, .self = self}};
}

static void forget_spec(struct maker *maker)
{
    arena_done(&maker->arena);
    maker->spec = PLAN_NONE;
    maker->loaded = NULL;
}

void maker_done(struct maker *maker)
{
    forget_spec(maker);
    report_done(&maker->report);
    buf_done(&maker->pdf);
    buf_done(&maker->scratch);
}

/* A list of its own for one diagnostic: the renderers take lists. */
static struct diags alone(const struct diags *of, struct diag *copy, const struct diag *diag)
{
    struct diags list = {.arena = of->arena, .limit = of->limit};
    *copy = *diag;
    copy->next = NULL;
    list.first = copy;
    list.last = &copy->next;
    return list;
}

static void tell(struct maker *maker, const struct diags *diags)
{
    for (const struct diag *diag = diags->first; diag; diag = diag->next) {
        struct diag copy;
        struct diags list = alone(diags, &copy, diag);
        buf_clear(&maker->scratch);
        diag_render_text(&maker->scratch, &list, maker->plan->request->color);
        size_t begun = report_begin(&maker->report, MESSAGE_DIAGNOSTIC);
        message_number(&maker->report.out, diag->severity);
        message_number(&maker->report.out, diag->severity == DIAG_ERROR && diag_info(diag->code)->machine);
        message_text(&maker->report.out, buf_view(&maker->scratch));
        report_end(&maker->report, begun);
    }
}

/* The first error, for the many outputs that fail for one reason; "[]" when there is none. */
static void write_brief(const struct diags *diags, struct buf *out)
{
    struct diag copy;
    struct diags list = {.arena = diags->arena, .limit = diags->limit};
    for (const struct diag *diag = diags->first; diag && !list.first; diag = diag->next)
        if (diag->severity == DIAG_ERROR)
            list = alone(diags, &copy, diag);
    diag_render_json_tight(out, &list);
}

static void send_facts(struct job *job)
{
    struct maker *maker = job->maker;
    const struct compile_facts *facts =
        job->compiled ? compile_facts(job->compiled) : &(struct compile_facts){.hundredths = -1};
    const struct band *band =
        facts->hundredths >= 0 ? house_band(maker->plan->request->house, facts->hundredths) : NULL;
    struct buf depends = {0}, json = {0};
    depends_write(maker->plan, job->group, facts, &depends);
    size_t begun = report_begin(&maker->report, MESSAGE_FACTS);
    message_number(&maker->report.out, facts->hundredths);
    message_number(&maker->report.out, band && band->publish);
    message_number(&maker->report.out, (int64_t)facts->pages);
    message_text(&maker->report.out, facts->name);
    message_text(&maker->report.out, facts->grade);
    message_text(&maker->report.out, facts->label);
    message_text(&maker->report.out, buf_view(&depends));
    diag_render_json_tight(&json, &job->diags);
    message_text(&maker->report.out, buf_view(&json));
    buf_clear(&json);
    write_brief(&job->diags, &json);
    message_text(&maker->report.out, buf_view(&json));
    report_end(&maker->report, begun);
    buf_done(&depends);
    buf_done(&json);
}

/* How an output came out. */
struct result {
    bool made;
    struct file_temporary file;
    int64_t took_us;
    struct str temporary, digest;
    bool held; /* the digest comes later */
};

/* own: what befell this output alone; NULL: nothing. */
static void send_output(struct maker *maker, uint32_t output, const struct result *result, struct diags *own)
{
    struct buf json = {0};
    if (own && own->first) {
        tell(maker, own);
        diag_render_json_tight(&json, own);
    }
    size_t begun = report_begin(&maker->report, MESSAGE_OUTPUT);
    message_number(&maker->report.out, output);
    message_number(&maker->report.out, result->made);
    message_number(&maker->report.out, own && own->machine_failed);
    message_number(&maker->report.out, result->file.bytes);
    message_number(&maker->report.out, result->file.mtime_ns);
    message_number(&maker->report.out, result->file.inode);
    message_number(&maker->report.out, result->took_us);
    message_text(&maker->report.out, result->temporary);
    if (result->held)
        report_digest(&maker->report, &maker->pdf);
    else
        message_text(&maker->report.out, result->digest);
    message_text(&maker->report.out, buf_view(&json));
    report_end(&maker->report, begun);
    buf_done(&json);
}

/* The passwords of one output; false with a diagnostic, which never repeats them. */
static bool choose_seal(const struct maker *maker, uint32_t output, struct password *own,
                        struct pdf_seal_options *seal, struct diags *diags)
{
    const struct batch_request *request = maker->plan->request;
    const struct member *member = plan_member(maker->plan, output);
    *seal = (struct pdf_seal_options){.linearize = request->linearize};
    if (!request->sealed)
        return true;
    seal->user_password = request->password_user;
    seal->owner_password = request->password_owner;
    if (!member || member->password.s.n == 0) {
        if (!seal->user_password)
            diag_add(diags, DIAG_WEAK_PASSWORD, span_none(),
                     "member '" STR_FMT "' has no password, nor has the run",
                     STR_ARG(member ? member->id.s : STR("")));
        return seal->user_password != NULL;
    }
    struct str words[2] = {0};
    size_t count = 0;
    if (maker->loaded) {
        words[count++] = maker->loaded->id.s;
        words[count++] = maker->loaded->entity.name.s;
    }
    const char *why = password_prepare(member->password.s, words, count, own);
    if (why) { /* No position: the line would be shown. */
        struct diag *diag = diag_add(diags, DIAG_WEAK_PASSWORD, span_none(),
                                     "the password of member '" STR_FMT "' %s", STR_ARG(member->id.s), why);
        diag_hint(diags, diag, "'briefing explain weak-password' states the rule");
        return false;
    }
    seal->user_password = own->bytes;
    return true;
}

/* Of the PDF at hand. What copies share of their bytes is digested once. */
static struct str digest_of(const struct job *job, struct arena *arena)
{
    const struct batch_request *request = job->maker->plan->request;
    struct str pdf = buf_view(&job->maker->pdf);
    unsigned char digest[32];
    struct hash hash;
    if (job->group->personal && !request->sealed && !request->linearize) {
        compile_copy_digest(job->compiled, pdf, digest);
    } else {
        hash_init(&hash);
        hash_add(&hash, pdf.p, pdf.n);
        hash_done(&hash, digest);
    }
    return hash_hex(arena, digest, sizeof digest);
}

static bool write_pdf(struct job *job, struct str path, struct result *result, struct diags *diags)
{
    struct maker *maker = job->maker;
    const struct batch_request *request = maker->plan->request;
    const char *file = file_join(diags->arena, str_from(request->output), path);
    const char *folder = str_z(diags->arena, file_folder(str_from(file))), *why = NULL;
    result->held = maker->holds && maker->pdf.n <= HELD_BYTES;
    if (!result->held)
        result->digest = digest_of(job, diags->arena);
    bool ok = file_write_temporary(file, buf_view(&maker->pdf), false, &result->file, &why);
    if (!ok && errno == ENOENT)
        ok = file_make_folders(folder, &why) &&
             file_write_temporary(file, buf_view(&maker->pdf), false, &result->file, &why);
    if (!ok) {
        diag_add(diags, DIAG_CANNOT_WRITE, span_none(), "cannot write %s: %s", file, why);
        return false;
    }
    result->temporary = str_printf(diags->arena, STR_FMT "%s", STR_ARG(file_folder(path)), result->file.name);
    return true;
}

static void make_output(struct job *job, uint32_t output)
{
    struct maker *maker = job->maker;
    const struct batch_request *request = maker->plan->request;
    int64_t start = request->clock.monotonic_us();
    struct arena arena;
    arena_init(&arena);
    struct diags own;
    load_diags(&own, &arena, request);
    struct result result = {0};
    struct password password = {{0}};
    struct pdf_seal_options seal;
    buf_clear(&maker->scratch);
    plan_path(maker->plan, output, &maker->scratch);
    struct str path = str_dup(&arena, buf_view(&maker->scratch));
    /* What a long PDF took is not to go round among those that wait for their digests. */
    if (maker->pdf.cap > 2 * HELD_BYTES)
        buf_done(&maker->pdf);
    buf_clear(&maker->pdf);
    fault_befall(request->fault, "", path);
    bool ok = choose_seal(maker, output, &password, &seal, &own);
    if (ok && job->group->personal) {
        struct copy_id id = plan_copy(maker->plan, output);
        ok = compile_copy(job->compiled, &id, &seal, &maker->pdf, &own);
    } else if (ok) {
        ok = compile_write(job->compiled, &seal, &maker->pdf, &own);
    }
    result.made = ok && own.errors == 0 && write_pdf(job, path, &result, &own);
    secret_wipe(&password, sizeof password);
    result.took_us = request->clock.monotonic_us() - start;
    send_output(maker, output, &result, &own);
    arena_done(&arena);
}

/* Copies what was found in the spec, so that each tier's list is whole. */
static void take_over(struct job *job, const struct diags *found)
{
    for (const struct diag *diag = found->first; diag; diag = diag->next) {
        struct diag *copy = ARENA_NEW(&job->arena, struct diag);
        *copy = *diag;
        copy->next = NULL;
        *job->diags.last = copy;
        job->diags.last = &copy->next;
    }
    job->diags.errors += found->errors;
    job->diags.warnings += found->warnings;
    job->diags.machine_failed = job->diags.machine_failed || found->machine_failed;
    for (int code = 0; code < DIAG_CODE_COUNT; code++)
        job->diags.per_code[code] += found->per_code[code];
}

static struct compile_options options_of(const struct plan *plan, const struct plan_group *group,
                                         struct date as_of)
{
    const struct batch_request *request = plan->request;
    return (struct compile_options){
        .edition = {.tier = plan->tiers[group->tier],
                    .edition = request->edition,
                    .date = request->date_given ? request->date : as_of,
                    .internal = request->internal,
                    .draft = request->draft},
        .paper = request->paper,
        .seal = {.user_password =
                     request->sealed ? request->password_user ? request->password_user : "" : NULL,
                 .linearize = request->linearize},
        .personal = group->personal,
        .strong_marks = group->personal && request->strong_marks,
    };
}

static void open_spec(struct job *job)
{
    struct maker *maker = job->maker;
    const struct plan *plan = maker->plan;
    if (maker->spec != job->group->own) {
        struct diags aside;
        forget_spec(maker);
        load_diags(&maker->diags, &maker->arena, plan->request);
        load_diags(&aside, &maker->arena, plan->request);
        maker->loaded = load_spec(plan, job->group->own, &maker->arena, &maker->diags, &aside);
        maker->spec = job->group->own;
        tell(maker, &aside);
    }
    take_over(job, &maker->diags);
    if (!maker->loaded)
        return;
    struct compile_options options = options_of(plan, job->group, maker->loaded->as_of.date);
    job->compiled =
        compile_open(plan->request->context, maker->loaded, plan->request->house, &options, &job->diags);
}

/* Whether the briefing could be made alone. */
static bool is_sound(const struct batch_request *request, const struct spec *spec,
                     const struct compile_options *options, struct diags *diags)
{
    struct compiled *compiled = compile_open(request->context, spec, request->house, options, diags);
    if (compiled)
        compile_close(compiled);
    return compiled && diags->errors == 0;
}

bool maker_tries(const struct plan *plan, const struct plan_group *group, uint32_t index)
{
    struct arena arena;
    struct diags diags, aside;
    arena_init(&arena);
    load_diags(&diags, &arena, plan->request);
    load_diags(&aside, &arena, plan->request);
    const struct spec *spec = load_spec(plan, index, &arena, &diags, &aside);
    struct compile_options options = options_of(plan, group, spec ? spec->as_of.date : (struct date){0});
    bool sound = spec && is_sound(plan->request, spec, &options, &diags);
    arena_done(&arena);
    return sound;
}

/* The briefings that keep a compendium from being made are told as in the run that makes them; what is wrong
 * with each, to people only: it stands with its own outputs. */
static void blame_briefings(struct job *job, const struct spec *const *specs,
                            const struct compile_options *options)
{
    const struct plan *plan = job->maker->plan;
    struct incomplete incomplete = {0};
    for (uint32_t i = 0; i < job->group->spec_count; i++) {
        struct diags own;
        load_diags(&own, &job->arena, plan->request);
        if (specs[i] && is_sound(plan->request, specs[i], options, &own))
            continue;
        incomplete_add(&incomplete, plan, job->group->specs[i]);
        tell(job->maker, &own);
    }
    struct diags all;
    load_diags(&all, &job->arena, plan->request);
    if (incomplete_tell(&incomplete, plan, job->first, &all))
        job->diags = all;
}

/* The specs live in the job's arena: they are many, and the next job has others. */
static void open_compendium(struct job *job)
{
    const struct plan *plan = job->maker->plan;
    const struct spec **specs = ARENA_ARRAY(&job->arena, const struct spec *, job->group->spec_count);
    struct date latest = {0};
    struct diags found, aside;
    bool whole = true;
    forget_spec(job->maker);
    load_diags(&found, &job->arena, plan->request);
    load_diags(&aside, &job->arena, plan->request);
    for (uint32_t i = 0; i < job->group->spec_count; i++) {
        specs[i] = load_spec(plan, job->group->specs[i], &job->arena, &found, &aside);
        whole = whole && specs[i];
        if (specs[i] && date_compare(specs[i]->as_of.date, latest) > 0)
            latest = specs[i]->as_of.date;
    }
    struct compile_options options = options_of(plan, job->group, latest);
    if (whole) {
        take_over(job, &found);
        job->compiled = compile_compendium_open(plan->request->context, specs, job->group->spec_count,
                                                plan->request->house, &options, &job->diags);
    } else {
        diags_sort(&found);
        tell(job->maker, &found);
    }
    if (!job->compiled)
        blame_briefings(job, specs, &options);
}

static bool make_outputs(struct job *job)
{
    struct maker *maker = job->maker;
    bool ok = true;
    for (uint32_t i = job->first; ok && i < job->end; i++) {
        if (maker->plan->outputs[i].state != PLAN_MAKE)
            continue;
        if (job->compiled) {
            make_output(job, i);
            /* The last one goes with the word that all are done. */
            ok = i + 1 == job->end || report_send(&maker->report);
        } else {
            send_output(maker, i, &(struct result){0}, NULL);
            ok = maker->report.out.n < FLUSH_BYTES || report_send(&maker->report);
        }
    }
    return ok;
}

/* A task's end is told together with that of the next ones where they are digested together. */
static bool end_task(struct maker *maker)
{
    size_t begun = report_begin(&maker->report, MESSAGE_DONE);
    report_end(&maker->report, begun);
    unsigned held = maker->report.held_count;
    if (!maker->holds || held == 0 || held == REPORT_HELD || maker->report.out.n >= FLUSH_BYTES)
        return report_send(&maker->report);
    report_wait(&maker->report);
    return true;
}

bool maker_make(struct maker *maker, uint32_t task, uint32_t from)
{
    const struct plan *plan = maker->plan;
    const struct plan_task *its = &plan->tasks[task];
    struct job job = {
        .maker = maker, .group = &plan->groups[its->group], .first = from, .end = its->first + its->count};
    maker->holds = maker->reached && its->count == 1 && !job.group->personal;
    arena_init(&job.arena);
    load_diags(&job.diags, &job.arena, plan->request);
    buf_clear(&maker->scratch);
    plan_path(plan, from, &maker->scratch);
    fault_befall(plan->request->fault, "layout", buf_view(&maker->scratch));
    if (job.group->compendium)
        open_compendium(&job);
    else
        open_spec(&job);
    if (job.compiled && job.diags.errors) { /* --warnings-as-errors */
        compile_close(job.compiled);
        job.compiled = NULL;
    }
    diags_sort(&job.diags);
    tell(maker, &job.diags);
    send_facts(&job);
    if (maker->reached)
        atomic_fetch_or(maker->reached, 1);
    bool ok = (maker->holds || report_send(&maker->report)) && make_outputs(&job);
    ok = ok && end_task(maker);
    if (job.compiled)
        compile_close(job.compiled);
    arena_done(&job.arena);
    return ok;
}
