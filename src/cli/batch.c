/* `briefing batch`: a whole run, and the joining of its shards. */
#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "batch/batch.h"
#include "cli/batch_inputs.h"
#include "cli/identity.h"
#include "cli/key_file.h"
#include "cli/machine.h"
#include "cli/progress.h"
#include "cli/sealing.h"
#include "cli/session.h"
#include "cli/shard.h"
#include "spec/tiers.h"

enum { DEFAULT_SECONDS = 60, DEFAULT_MIB = 1024, MOST_JOBS = 1024, MOST_LIMIT = 1000 * 1000 };

static volatile sig_atomic_t stop_signal;

static void note_signal(int number)
{
    stop_signal = number;
}

/* The first Ctrl-C ends the run in order; a second one ends it at once, and the next run finds everything all
 * the same. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = note_signal, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

static bool read_numbers(const struct options *options, struct batch_request *request, struct diags *diags)
{
    request->jobs = machine_processors();
    request->limit_seconds = DEFAULT_SECONDS;
    request->limit_mib = DEFAULT_MIB;
    bool jobs = machine_number(options, OPTION_JOBS, 1, MOST_JOBS, &request->jobs, diags);
    bool seconds = machine_number(options, OPTION_TIME_LIMIT, 0, MOST_LIMIT, &request->limit_seconds, diags);
    return machine_number(options, OPTION_MEMORY_LIMIT, 0, MOST_LIMIT, &request->limit_mib, diags) &&
           seconds && jobs;
}

static struct str *strings(struct arena *arena, const struct options *options, enum option_id option,
                           size_t *count)
{
    *count = options->every[option].count;
    struct str *list = ARENA_ARRAY(arena, struct str, *count);
    for (size_t i = 0; i < *count; i++)
        list[i] = str_from(options->every[option].items[i]);
    return list;
}

static void add_tier(struct batch_request *request, struct str tier)
{
    for (size_t i = 0; i < request->tier_count; i++)
        if (str_eq(request->tiers[i], tier))
            return;
    request->tiers[request->tier_count++] = tier;
}

/* --tier, else the run's tiers, else the house's default one. */
static bool choose_tiers(struct arena *arena, const struct options *options,
                         const struct batch_inputs *inputs, struct batch_request *request,
                         struct diags *diags)
{
    size_t given, of_run = inputs->run ? inputs->run->tiers.count : 0, errors = diags->errors;
    const struct str *asked = strings(arena, options, OPTION_TIER, &given);
    request->tiers = ARENA_ARRAY(arena, struct str, given + of_run + 1);
    for (size_t i = 0; i < given; i++) {
        session_tier(inputs->house, asked[i], diags);
        add_tier(request, asked[i]);
    }
    for (size_t i = 0; given == 0 && i < of_run; i++) {
        const struct text *tier = &inputs->run->tiers.items[i];
        tiers_check(arena, inputs->house, tier, diags);
        add_tier(request, tier->s);
    }
    if (request->tier_count == 0)
        add_tier(request, inputs->house->default_tier.s);
    return diags->errors == errors;
}

static bool choose_date(const struct options *options, struct batch_request *request, struct diags *diags)
{
    if (!session_date(options, (struct date){0}, &request->date, diags))
        return false;
    request->date_given = date_is_set(request->date);
    return true;
}

static bool is_sealed(const struct options *options, const struct run *run)
{
    const char *profile = options->value[OPTION_PROFILE];
    return profile ? strcmp(profile, "sealed") == 0 : run && run->profile == PROFILE_SEALED;
}

static void fill(struct arena *arena, const struct options *options, const struct batch_inputs *inputs,
                 struct batch_request *request, const struct diags *diags)
{
    const struct run *run = inputs->run;
    const char *paper = options->value[OPTION_PAPER];
    enum copy_marks marks = run && run->marks != MARKS_NONE ? run->marks : inputs->house->marks;
    request->house = inputs->house;
    request->house_folder = inputs->house_folder;
    request->house_digest = inputs->house_digest;
    request->spec_paths = inputs->spec_paths;
    request->spec_count = inputs->spec_count;
    request->base = options->value[OPTION_BASE];
    request->only = strings(arena, options, OPTION_ONLY, &request->only_count);
    request->members = strings(arena, options, OPTION_MEMBER, &request->member_count);
    request->roster = inputs->roster;
    request->compendium = run && run->compendium;
    if (run && request->edition.kind == EDITION_NONE)
        request->edition = run->edition;
    request->paper = !paper ? PAPER_NONE : strcmp(paper, "letter") == 0 ? PAPER_LETTER : PAPER_A4;
    request->draft = options->given[OPTION_DRAFT];
    request->internal = options->given[OPTION_INTERNAL];
    request->sealed = is_sealed(options, run);
    request->linearize = options->given[OPTION_LINEARIZE];
    request->strong_marks = marks == MARKS_STRONG;
    request->warnings_as_errors = diags->warnings_as_errors;
    request->allowed = diags->allowed;
    request->color = report_color(options, 2);
    request->output = inputs->output;
    request->ledger = inputs->ledger;
    request->name = inputs->name;
    request->resume = options->given[OPTION_RESUME];
    request->dry_run = options->given[OPTION_DRY_RUN];
    request->fsync = !options->given[OPTION_NO_FSYNC];
    request->thumbnails = !options->given[OPTION_NO_THUMBNAILS];
    request->strays = run != NULL;
    request->prune = options->given[OPTION_PRUNE];
    request->log = options->value[OPTION_LOG];
    request->clock = (struct batch_clock){machine_now_ms, machine_monotonic_us};
    request->stop = &stop_signal;
    request->fault = getenv("BRIEFING_TEST_FAULT");
}

static bool check(const struct options *options, const struct batch_inputs *inputs,
                  const struct batch_request *request, struct diags *diags)
{
    struct diag *diag = NULL;
    if (options->given[OPTION_MEMBER] && !inputs->roster) {
        diag = diag_add(diags, DIAG_USAGE, span_none(), "--member needs a roster");
        diag_hint(diags, diag, "add --roster FILE, or 'roster:' to the run");
    } else if (options->given[OPTION_PRUNE] && (!inputs->run || request->shard.count)) {
        diag = diag_add(diags, DIAG_USAGE, span_none(), "--prune is for whole runs only");
        diag_hint(diags, diag, "it needs a run file, whose earlier plans the ledger knows, and no --shard");
    } else if (options->given[OPTION_PASSWORD_FILE] && !request->sealed) {
        diag =
            diag_add(diags, DIAG_USAGE, span_none(), "--password-file is of use with --profile sealed only");
        diag_hint(diags, diag, "add --profile sealed, or leave --password-file out");
    }
    return !diag;
}

static void say_plan(void *self, struct str path, bool kept)
{
    buf_printf(self, "%s " STR_FMT "\n", kept ? "keep" : "make", STR_ARG(path));
}

static void put_line(struct buf *line)
{
    const char *ignored = NULL; /* the summary is a courtesy */
    (void)!file_write_fd(2, buf_view(line), &ignored);
    buf_done(line);
}

static void summary(const struct options *options, const struct batch_request *request,
                    const struct batch_outcome *outcome)
{
    const struct batch_progress *progress = &outcome->progress;
    if (options->given[OPTION_QUIET] || request->dry_run)
        return;
    struct buf line = {0};
    size_t left = progress->planned - progress->made - progress->kept - progress->failed;
    buf_printf(&line, "%s: %zu made, %zu kept, %zu failed", request->output, progress->made, progress->kept,
               progress->failed);
    if (left)
        buf_printf(&line, ", %zu not begun", left);
    if (outcome->removed)
        buf_printf(&line, ", %zu removed", outcome->removed);
    if (outcome->warnings)
        buf_printf(&line, "; %zu warning%s", outcome->warnings, outcome->warnings == 1 ? "" : "s");
    buf_printf(&line, "; %lld.%lld s\n", (long long)progress->elapsed_ms / 1000,
               (long long)progress->elapsed_ms / 100 % 10);
    put_line(&line);
}

static int run_batch(const struct options *options, const struct batch_request *request, struct diags *diags)
{
    struct progress progress;
    struct buf plan = {0};
    struct batch_outcome outcome;
    progress_open(&progress, options);
    struct batch_watch watch = {&progress, progress_tell, progress_diagnostic, NULL};
    if (request->dry_run)
        watch = (struct batch_watch){&plan, NULL, NULL, say_plan};
    else
        catch_signals();
    bool ok = batch_run(request, &watch, &outcome, diags);
    if (ok && request->dry_run)
        report_output(buf_view(&plan), diags);
    buf_done(&plan);
    int status = report_status(diags);
    if (outcome.machine_failed)
        status = EXIT_MACHINE;
    else if (outcome.progress.failed && status == EXIT_OK)
        status = EXIT_INPUT;
    if (status != EXIT_USAGE)
        summary(options, request, &outcome);
    return status;
}

/* The day, the passwords and the key; then fonts; then the run. */
static int prepare_and_run(struct arena *arena, const struct options *options,
                           const struct batch_inputs *inputs, struct batch_request *request,
                           struct diags *diags)
{
    struct copy_key key;
    struct sealing sealing = {0};
    struct pdf_seal_options seal;
    struct session session = {0};
    int status = EXIT_OK;
    if (options->given[OPTION_KEY_FILE]) {
        if (!key_file_read(options->value[OPTION_KEY_FILE], &key, diags))
            return report_status(diags);
        request->key = &key;
    }
    bool ok = sealing_open(&sealing, options, NULL, NULL, &seal, diags);
    request->password_user = seal.user_password;
    request->password_owner = seal.owner_password;
    ok = ok && session_open(&session, arena, inputs->house, diags);
    request->identify = identity_find;
    request->fonts_folder = session.folder;
    request->context = &session.context;
    status = ok ? run_batch(options, request, diags) : report_status(diags);
    session_tell(&session, options);
    session_close(&session);
    sealing_close(&sealing);
    secret_wipe(&key, sizeof key);
    request->key = NULL;
    request->context = NULL;
    return status;
}

static int merge(struct arena *arena, const struct options *options, struct diags *diags)
{
    struct batch_inputs inputs;
    struct copy_key key;
    if (!batch_inputs_places(&inputs, arena, options, options->arguments[1], diags))
        return report_status(diags);
    struct batch_merge request = {.output = inputs.output,
                                  .ledger = inputs.ledger,
                                  .thumbnails = !options->given[OPTION_NO_THUMBNAILS],
                                  .jobs = machine_processors(),
                                  .clock = {machine_now_ms, machine_monotonic_us}};
    if (options->given[OPTION_KEY_FILE]) {
        if (!key_file_read(options->value[OPTION_KEY_FILE], &key, diags))
            return report_status(diags);
        request.key = &key;
    }
    struct batch_outcome outcome = {0};
    bool ok = batch_merge(arena, &request, &outcome, diags);
    secret_wipe(&key, sizeof key);
    int status = report_status(diags);
    if (ok && status == EXIT_OK && outcome.progress.failed)
        status = EXIT_INPUT;
    if (ok && !options->given[OPTION_QUIET]) {
        struct buf line = {0};
        buf_printf(&line, "%s: %zu outputs joined, %zu failed\n", inputs.output, outcome.progress.planned,
                   outcome.progress.failed);
        put_line(&line);
    }
    return status;
}

static int read_and_run(struct arena *arena, const struct options *options, struct batch_request *request,
                        struct diags *diags)
{
    struct batch_inputs inputs;
    if (!batch_inputs_read(&inputs, arena, options, diags) ||
        !choose_tiers(arena, options, &inputs, request, diags))
        return report_status(diags);
    fill(arena, options, &inputs, request, diags);
    if (!check(options, &inputs, request, diags))
        return EXIT_USAGE;
    return prepare_and_run(arena, options, &inputs, request, diags);
}

int cli_batch(struct arena *arena, const struct options *options, struct diags *diags)
{
    struct batch_request request = {0};
    session_start();
    if (strcmp(options->arguments[0], "merge") == 0 && options->argument_count == 2)
        return merge(arena, options, diags);
    if (strcmp(options->arguments[0], "merge") == 0 && access("merge", F_OK) != 0) {
        diag_add(diags, DIAG_USAGE, span_none(),
                 "'batch merge' needs RUN, the run whose shards are to be joined");
        return EXIT_USAGE;
    }
    if (options->given[OPTION_OUTPUT] && strcmp(options->value[OPTION_OUTPUT], "-") == 0) {
        diag_add(diags, DIAG_USAGE, span_none(), "a batch writes into a folder, not to standard output");
        return EXIT_USAGE;
    }
    bool words = shard_read(options, &request.shard, diags) && read_numbers(options, &request, diags) &&
                 session_edition(options, &request.edition, diags) && choose_date(options, &request, diags);
    if (!words)
        return EXIT_USAGE;
    struct identity_ahead identifying;
    identity_begin(&identifying);
    request.identifying = &identifying;
    int status = read_and_run(arena, options, &request, diags);
    identity_end(&identifying);
    if (stop_signal) { /* the shell is to know */
        report_print(diags, options);
        diags->first = NULL;
        diags->last = &diags->first;
        signal(stop_signal, SIG_DFL);
        raise(stop_signal);
    }
    return status;
}
