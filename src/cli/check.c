/* `briefing check FILE…`: every diagnostic of every file. */
#include "cli/cli.h"

#include <string.h>

#include "base/file.h"
#include "cli/check_named.h"
#include "cli/session.h"
#include "diag/render.h"

/* The house of --house is read once; the session opens with the first spec that can be laid out. */
struct checker {
    struct arena *arena;
    const struct options *options;
    struct diags *diags;
    struct house *house;
    struct session session;
    bool opened, usable;
};

static bool same(const struct diag *a, const struct diag *b)
{
    return a->code == b->code && a->span.source == b->span.source && a->span.start == b->span.start &&
           str_eq(a->message, b->message);
}

/* What the tiers of one spec have found. */
struct found {
    struct diag *first, **last;
    size_t uncounted[DIAG_CODE_COUNT]; /* the most that one tier found of a code past the limit */
};

/* Adds what trial, the diagnostics of one tier, found and the tiers before it did not: each finds the same
 * faults again. Past the limit only numbers are known; then the tier with most of them tells for all. */
static void take_new(struct diags *to, struct found *found, struct diags *trial)
{
    enum diag_severity severities[DIAG_CODE_COUNT] = {DIAG_NOTE};
    for (struct diag *diag = trial->first, *next; diag; diag = next) {
        next = diag->next;
        severities[diag->code] = diag->severity;
        bool known = false;
        for (struct diag *old = found->first; old && !known; old = old->next)
            known = same(old, diag);
        if (known)
            continue;
        struct diag *copy = ARENA_NEW(to->arena, struct diag); /* the list below is of its own */
        *copy = *diag;
        copy->next = NULL;
        *found->last = copy;
        found->last = &copy->next;
        diag_take(to, diag);
    }
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        size_t past = trial->per_code[code] > trial->limit ? trial->per_code[code] - trial->limit : 0;
        if (past <= found->uncounted[code])
            continue;
        diag_count(to, (enum diag_code)code, severities[code], past - found->uncounted[code]);
        found->uncounted[code] = past;
    }
}

static void lay_out(struct checker *checker, const struct spec *spec)
{
    struct diags *diags = checker->diags;
    if (!checker->opened) {
        checker->opened = true;
        checker->usable = session_open(&checker->session, checker->arena, checker->house, diags);
    }
    if (!checker->usable)
        return;
    struct found found = {.last = &found.first};
    for (size_t i = 0; i < checker->house->tiers.count; i++) {
        struct arena scratch;
        arena_init(&scratch);
        struct diags trial;
        diags_init(&trial, checker->arena);
        memcpy(trial.allowed, diags->allowed, sizeof trial.allowed);
        trial.warnings_as_errors = diags->warnings_as_errors;
        struct compile_options compile = {.edition.tier = checker->house->tiers.items[i].id.s,
                                          .edition.date = spec->as_of.date};
        compile_pages(&scratch, &checker->session.context, spec, checker->house, &compile, &trial);
        take_new(diags, &found, &trial);
        arena_done(&scratch);
    }
}

static void check_spec(struct checker *checker, struct diag_source *source)
{
    size_t errors = checker->diags->errors;
    struct spec *spec = spec_load(checker->arena, source, checker->options->value[OPTION_BASE],
                                  checker->house, checker->diags);
    if (!spec || checker->diags->errors != errors)
        return;
    struct arena scratch; /* the pictures of many specs would fill the memory */
    arena_init(&scratch);
    struct image_set images = {0};
    compile_load_images(&scratch, spec, checker->house, &images, checker->diags);
    arena_done(&scratch);
    if (checker->diags->errors == errors)
        lay_out(checker, spec);
}

static void check_file(struct checker *checker, const char *path)
{
    struct diag_source *source = spec_open(checker->arena, path, ROSTER_MAX_BYTES, checker->diags);
    if (!source)
        return;
    const struct check_named named = {checker->arena, checker->options, checker->house, checker->diags};
    const struct house *house;
    const struct run *run;
    const struct newsletter *newsletter;
    switch (spec_kind_of(source)) {
    case FILE_HOUSE:
        if ((house = house_read(checker->arena, source, checker->diags)) != NULL)
            check_house_files(&named, house);
        break;
    case FILE_RUN:
        if ((run = run_read(checker->arena, source, checker->diags)) != NULL)
            check_run_files(&named, run);
        break;
    case FILE_NEWSLETTER:
        if ((newsletter = newsletter_read(checker->arena, source, checker->diags)) != NULL)
            check_newsletter_files(&named, newsletter);
        break;
    case FILE_ROSTER:
        roster_read(checker->arena, source, checker->house, checker->diags);
        break;
    case FILE_SPEC:
    case FILE_UNKNOWN: /* most likely a spec whose first key is wrong: read as one, its faults are told */
        check_spec(checker, source);
        break;
    }
}

static void drop_warnings(struct diags *diags)
{
    struct diag **link = &diags->first;
    while (*link) {
        if ((*link)->severity == DIAG_ERROR)
            link = &(*link)->next;
        else
            *link = (*link)->next;
    }
    diags->last = link;
}

static int print_result(struct checker *checker)
{
    struct diags *diags = checker->diags;
    const char *format = checker->options->value[OPTION_FORMAT];
    struct buf out = {0};
    int status = report_status(diags);
    if (checker->options->given[OPTION_QUIET])
        drop_warnings(diags);
    diags_sort(diags);
    if (format && strcmp(format, "json") == 0)
        diag_render_json(&out, diags);
    else if (format && strcmp(format, "sarif") == 0)
        diag_render_sarif(&out, diags);
    else
        diag_render_text(&out, diags, report_color(checker->options, 1));
    struct diags failure;
    diags_init(&failure, checker->arena);
    if (out.n && !report_output(buf_view(&out), &failure)) {
        report_print(&failure, checker->options);
        status = EXIT_MACHINE;
    }
    /* All has been printed; the caller prints what is left. */
    diags->first = NULL;
    diags->last = &diags->first;
    buf_done(&out);
    return status;
}

static void summary(const struct checker *checker, int files)
{
    const struct diags *diags = checker->diags;
    if (checker->options->given[OPTION_QUIET])
        return;
    struct buf line = {0};
    buf_printf(&line, "%d file%s checked: %zu error%s, %zu warning%s\n", files, files == 1 ? "" : "s",
               diags->errors, diags->errors == 1 ? "" : "s", diags->warnings,
               diags->warnings == 1 ? "" : "s");
    const char *ignored = NULL; /* the summary is a courtesy */
    (void)!file_write_fd(2, buf_view(&line), &ignored);
    buf_done(&line);
}

int cli_check(struct arena *arena, const struct options *options, struct diags *diags)
{
    struct checker checker = {.arena = arena, .options = options, .diags = diags};
    session_start();
    checker.house = session_house(arena, options, diags);
    if (checker.house)
        for (int i = 0; i < options->argument_count; i++)
            check_file(&checker, options->arguments[i]);
    session_tell(&checker.session, options);
    session_close(&checker.session);
    int status = print_result(&checker);
    summary(&checker, options->argument_count);
    return status;
}
