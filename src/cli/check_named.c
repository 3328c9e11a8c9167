/* Checking what runs, newsletters and houses name. */
#include "cli/check_named.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/batch_inputs.h"
#include "cli/fonts_config.h"
#include "cli/mailing.h"
#include "cli/roster_file.h"
#include "compile.h"
#include "spec/spec_read.h"
#include "spec/tiers.h"
#include "yaml/yaml_tree.h"

static bool is_argument(const struct options *options, const char *path)
{
    struct stat named, given;
    if (stat(path, &named) != 0)
        return false;
    for (int i = 0; i < options->argument_count; i++)
        if (stat(options->arguments[i], &given) == 0 && given.st_dev == named.st_dev &&
            given.st_ino == named.st_ino)
            return true;
    return false;
}

static const char *beside(const struct check_named *check, const struct diag_source *source,
                          const struct text *path)
{
    return file_join(check->arena, file_folder(source->name), path->s);
}

/* A file may be checked before those that it names are there. */
static bool is_there(const struct check_named *check, const char *path, struct span named_at)
{
    if (access(path, R_OK) == 0)
        return true;
    diag_add(check->diags, DIAG_NAMED_MISSING, named_at, "cannot read %s: %s", path, file_reason(errno));
    return false;
}

/* Where the faults of a file are told: not here when it is an argument too. */
static struct diags *hearing(const struct check_named *check, const char *path, struct diags *unheard)
{
    diags_init(unheard, check->arena);
    return is_argument(check->options, path) ? unheard : check->diags;
}

void check_house_files(const struct check_named *check, const struct house *house)
{
    struct arena scratch;
    arena_init(&scratch);
    struct image_set images = {0};
    struct spec *nothing = ARENA_NEW(&scratch, struct spec);
    compile_load_images(&scratch, nothing, house, &images, check->diags);
    arena_done(&scratch);
    if (house->theme.body.s.n == 0 && house->theme.heading.s.n == 0 && house->theme.mono.s.n == 0)
        return;
    const char *folder = fonts_config_folder(check->arena, check->diags);
    struct text_font_config *config = folder ? fonts_config_read(check->arena, folder, check->diags) : NULL;
    if (config)
        fonts_config_choose(config, &house->theme, check->diags);
}

/* NULL when it cannot be read, or has faults. */
static const struct house *read_house(const struct check_named *check, const struct run *run)
{
    if (check->options->value[OPTION_HOUSE] || run->house.s.n == 0)
        return check->house;
    struct diags unheard;
    const char *path = beside(check, run->source, &run->house);
    if (!is_there(check, path, run->house.at))
        return NULL;
    struct diags *diags = hearing(check, path, &unheard);
    struct diag_source *source = spec_open_named(check->arena, path, YAML_MAX_BYTES, run->house.at, diags);
    const struct house *house = source ? house_read(check->arena, source, diags) : NULL;
    if (house && diags == check->diags)
        check_house_files(check, house);
    return house;
}

static void read_roster(const struct check_named *check, const struct run *run, const struct house *house)
{
    struct diags unheard;
    if (run->roster.s.n == 0)
        return;
    const char *path = beside(check, run->source, &run->roster);
    if (is_there(check, path, run->roster.at))
        roster_file_read(check->arena, path, run->roster.at, house, hearing(check, path, &unheard));
}

static void match_specs(const struct check_named *check, struct batch_inputs *inputs)
{
    struct diags trial;
    diags_init(&trial, check->arena);
    batch_inputs_specs(inputs, check->arena, check->options, &trial);
    for (const struct diag *diag = trial.first; diag; diag = diag->next)
        diag_add(check->diags, DIAG_NAMED_MISSING, diag->span, STR_FMT, STR_ARG(diag->message));
}

/* The files of the specs are left in the inputs. */
static void check_run(const struct check_named *check, const struct run *run, struct batch_inputs *inputs)
{
    *inputs = (struct batch_inputs){.run = run};
    match_specs(check, inputs);
    const struct house *house = read_house(check, run);
    for (size_t i = 0; house && i < run->tiers.count; i++)
        tiers_check(check->arena, house, &run->tiers.items[i], check->diags);
    read_roster(check, run, house);
}

void check_run_files(const struct check_named *check, const struct run *run)
{
    struct batch_inputs inputs;
    check_run(check, run, &inputs);
}

void check_newsletter_files(const struct check_named *check, const struct newsletter *newsletter)
{
    struct batch_inputs inputs;
    const struct run *run = mail_inputs_run(check->arena, newsletter);
    if (newsletter->run.s.n) {
        struct diags unheard;
        read_house(check, run);
        const char *path = beside(check, newsletter->source, &newsletter->run);
        if (!is_there(check, path, newsletter->run.at))
            return;
        struct check_named quiet = *check;
        quiet.diags = hearing(check, path, &unheard);
        struct diag_source *source =
            spec_open_named(check->arena, path, YAML_MAX_BYTES, newsletter->run.at, quiet.diags);
        run = source ? run_read(check->arena, source, quiet.diags) : NULL;
        if (!run)
            return;
        size_t errors = quiet.diags->errors;
        check_run(&quiet, run, &inputs);
        if (quiet.diags->errors != errors)
            return;
    } else {
        check_run(check, run, &inputs);
    }
    if (inputs.spec_count)
        mail_inputs_check_attach(newsletter, &inputs, check->diags);
}
