/* What a mailing reads: newsletter, house, roster, key, and the specs of what is attached. */
#include "base/file.h"
#include "base/secret.h"
#include "batch/glance.h"
#include "cli/key_file.h"
#include "cli/mailing.h"
#include "yaml/yaml_tree.h"

struct newsletter *mail_newsletter_read(struct arena *arena, const char *path, struct diags *diags)
{
    struct diag_source *source = spec_open(arena, path, YAML_MAX_BYTES, diags);
    if (!source)
        return NULL;
    if (spec_kind_of(source) == FILE_NEWSLETTER)
        return newsletter_read(arena, source, diags);
    struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "%s is no newsletter", path);
    diag_hint(diags, diag, "a newsletter begins with the line 'newsletter: 1'");
    return NULL;
}

/* --date, else the newsletter's own, else SOURCE_DATE_EPOCH: never the clock. */
static bool settle_date(const struct options *options, struct newsletter *newsletter, struct diags *diags)
{
    if (!options->value[OPTION_DATE] && date_is_set(newsletter->date.date))
        return true;
    if (!session_date(options, newsletter->date.date, &newsletter->date.date, diags))
        return false;
    if (date_is_set(newsletter->date.date))
        return true;
    struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "the letters have no date");
    diag_hint(diags, diag, "add 'date:' to the newsletter, or --date YYYY-MM-DD");
    return false;
}

struct run *mail_inputs_run(struct arena *arena, const struct newsletter *newsletter)
{
    struct run *run = ARENA_NEW(arena, struct run);
    run->source = newsletter->source;
    run->edition = newsletter->edition;
    run->house = newsletter->house;
    run->specs = newsletter->specs;
    run->profile = PROFILE_ARCHIVE;
    return run;
}

static bool read_run(struct mail_inputs *inputs, struct arena *arena, const struct options *options,
                     struct diags *diags)
{
    const struct newsletter *newsletter = inputs->newsletter;
    const char *path = file_join(arena, file_folder(newsletter->source->name), newsletter->run.s);
    struct diag_source *source = spec_open_named(arena, path, YAML_MAX_BYTES, newsletter->run.at, diags);
    struct run *run = source ? run_read(arena, source, diags) : NULL;
    inputs->from_run = true;
    const char *house = newsletter->house.s.n
                            ? file_join(arena, file_folder(newsletter->source->name), newsletter->house.s)
                            : NULL;
    if (!run || !batch_inputs_of(&inputs->batch, arena, options, run, house, diags))
        return false;
    inputs->sealed_run = run->profile == PROFILE_SEALED;
    inputs->edition = run->edition;
    if (newsletter->edition.kind == EDITION_NONE)
        inputs->newsletter->edition = run->edition; /* the letter names what it brings */
    if (newsletter->edition.kind == EDITION_NONE || run->edition.kind == EDITION_NONE ||
        (newsletter->edition.kind == run->edition.kind &&
         edition_compare(newsletter->edition, run->edition) == 0))
        return true;
    diag_add(diags, DIAG_USAGE, span_none(), "%s is of another edition than its run",
             str_z(arena, newsletter->source->name));
    return false;
}

/* What was handed over is remembered beside the newsletter, unless something names a ledger: from whatever
 * folder the mailing is begun again, nobody gets it twice. */
static void settle_record(struct mail_inputs *inputs, struct arena *arena, const struct options *options)
{
    const struct run *run = inputs->batch.run;
    if (!options->given[OPTION_PIPE] || options->given[OPTION_LEDGER] || run->ledger.s.n || run->output.s.n)
        return;
    struct str name = inputs->newsletter->source->name;
    inputs->batch.ledger = str_z(arena, str_printf(arena, STR_FMT ".ledger.db", STR_ARG(name)));
}

static bool read_batch(struct mail_inputs *inputs, struct arena *arena, const struct options *options,
                       struct diags *diags)
{
    if (inputs->newsletter->run.s.n
            ? !read_run(inputs, arena, options, diags)
            : !batch_inputs_of(&inputs->batch, arena, options, mail_inputs_run(arena, inputs->newsletter),
                               NULL, diags))
        return false;
    settle_record(inputs, arena, options);
    if (inputs->edition.kind == EDITION_NONE)
        inputs->edition = inputs->newsletter->edition;
    if (inputs->batch.roster)
        return true;
    struct diag *diag =
        diag_add(diags, DIAG_USAGE, span_none(), "there is no roster: to whom shall the letters go?");
    diag_hint(diags, diag, "add --roster FILE");
    return false;
}

static bool stands_before(const struct text_list *attach, size_t at, struct diags *diags)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(attach->items[i].s, attach->items[at].s)) {
            diag_add(diags, DIAG_DUPLICATE_ID, attach->items[at].at, "'" STR_FMT "' is attached twice",
                     STR_ARG(attach->items[at].s));
            return true;
        }
    return false;
}

/* The file whose spec has an id, by a first look at each; NULL with a diagnostic. */
static const char *find_spec(const struct batch_inputs *batch, const struct text *id, struct diags *diags)
{
    for (size_t i = 0; i < batch->spec_count; i++) {
        struct arena scratch;
        struct str text;
        const char *why = NULL;
        arena_init(&scratch);
        bool is = file_read(&scratch, batch->spec_paths[i], YAML_MAX_BYTES, &text, &why, NULL) &&
                  str_eq(glance_at(&scratch, text).id, id->s);
        arena_done(&scratch);
        if (is)
            return batch->spec_paths[i];
    }
    struct diag *diag =
        diag_add(diags, DIAG_ATTACH_UNKNOWN, id->at, "no spec has the id '" STR_FMT "'", STR_ARG(id->s));
    diag_hint(diags, diag, "'attach' names entities whose specs are among 'specs'");
    return NULL;
}

void mail_inputs_check_attach(const struct newsletter *newsletter, const struct batch_inputs *batch,
                              struct diags *diags)
{
    for (size_t i = 0; i < newsletter->attach.count; i++)
        if (!stands_before(&newsletter->attach, i, diags))
            find_spec(batch, &newsletter->attach.items[i], diags);
}

static bool read_specs(struct mail_inputs *inputs, struct arena *arena, struct diags *diags)
{
    const struct text_list *attach = &inputs->newsletter->attach;
    size_t errors = diags->errors;
    inputs->specs = ARENA_ARRAY(arena, const struct spec *, attach->count + 1);
    inputs->spec_paths = ARENA_ARRAY(arena, const char *, attach->count + 1);
    for (size_t i = 0; i < attach->count; i++) {
        const char *path =
            stands_before(attach, i, diags) ? NULL : find_spec(&inputs->batch, &attach->items[i], diags);
        struct diag_source *source = path ? spec_open(arena, path, YAML_MAX_BYTES, diags) : NULL;
        const struct spec *spec = source ? spec_load(arena, source, NULL, inputs->batch.house, diags) : NULL;
        if (!spec)
            continue;
        inputs->spec_paths[inputs->spec_count] = path;
        inputs->specs[inputs->spec_count++] = spec;
    }
    return diags->errors == errors;
}

bool mail_inputs_read(struct mail_inputs *inputs, struct arena *arena, const struct options *options,
                      struct diags *diags)
{
    *inputs = (struct mail_inputs){0};
    if (!options->given[OPTION_KEY_FILE]) {
        struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "mail needs --key-file FILE");
        diag_hint(diags, diag,
                  "copies, message ids and the links to unsubscribe are made with the publisher's key");
        return false;
    }
    inputs->newsletter = mail_newsletter_read(arena, options->arguments[0], diags);
    return inputs->newsletter && settle_date(options, inputs->newsletter, diags) &&
           key_file_read(options->value[OPTION_KEY_FILE], &inputs->key, diags) &&
           read_batch(inputs, arena, options, diags) && read_specs(inputs, arena, diags);
}

void mail_inputs_done(struct mail_inputs *inputs)
{
    secret_wipe(&inputs->key, sizeof inputs->key);
}
