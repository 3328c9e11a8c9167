/* `briefing render SPEC`: one PDF. */
#include "cli/cli.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/copy.h"
#include "cli/machine.h"
#include "cli/sealing.h"
#include "cli/session.h"
#include "yaml/yaml_tree.h"

enum { MOST_JOBS = 1024 }; /* as of batch; more than two do not help */

/* What a document is made with. */
struct means {
    const struct house *house;
    const struct copy *copy;
    struct aside *aside;
    struct session_fonts *fonts; /* NULL: not begun */
};

static bool read_options(const struct options *options, const struct house *house,
                         struct compile_options *compile, struct diags *diags)
{
    const char *paper = options->value[OPTION_PAPER], *tier = options->value[OPTION_TIER];
    if (paper)
        compile->paper = strcmp(paper, "letter") == 0 ? PAPER_LETTER : PAPER_A4;
    compile->edition.draft = options->given[OPTION_DRAFT];
    compile->edition.internal = options->given[OPTION_INTERNAL];
    if (tier) {
        compile->edition.tier = str_from(tier);
        if (!session_tier(house, compile->edition.tier, diags))
            return false;
    }
    return session_edition(options, &compile->edition.edition, diags);
}

/* "<id>_<edition>_<tier>.pdf", and "_<member>" before the dot for a personal copy; a spec without edition or
 * as_of has no edition to name. */
static struct str default_name(struct arena *arena, const struct spec *spec, const struct house *house,
                               const struct compile_options *compile, const struct copy *copy)
{
    struct str member = copy->member && copy_is_personal(copy) ? copy->member->id.s : (struct str){0};
    struct edition_id edition = edition_choose(spec, compile->edition.edition);
    struct str tier = compile->edition.tier.n ? compile->edition.tier : house->default_tier.s;
    struct str name = edition_format(arena, edition);
    return str_printf(arena, STR_FMT "%s" STR_FMT "_" STR_FMT "%s" STR_FMT ".pdf", STR_ARG(spec->id.s),
                      name.n ? "_" : "", STR_ARG(name), STR_ARG(tier), member.n ? "_" : "", STR_ARG(member));
}

static const char *output_path(struct arena *arena, const struct options *options, struct str name)
{
    const char *output = options->value[OPTION_OUTPUT];
    struct stat info;
    if (!output)
        return file_join(arena, STR("output"), name);
    size_t n = strlen(output);
    if ((n && output[n - 1] == '/') || (stat(output, &info) == 0 && S_ISDIR(info.st_mode)))
        return file_join(arena, str_from(output), name);
    return output;
}

static void say(const struct options *options, const char *verb, const char *path, size_t pages, size_t bytes)
{
    if (options->given[OPTION_QUIET])
        return;
    struct buf line = {0};
    buf_printf(&line, "%s %s (%zu page%s, %zu bytes)\n", verb, path, pages, pages == 1 ? "" : "s", bytes);
    const char *ignored = NULL; /* the PDF is written; a closed standard error does not undo that */
    (void)!file_write_fd(2, buf_view(&line), &ignored);
    buf_done(&line);
}

static void deliver(struct arena *arena, const struct options *options, struct str name, struct str pdf,
                    size_t pages, struct diags *diags)
{
    const char *path = output_path(arena, options, name), *why = NULL;
    if (options->given[OPTION_DRY_RUN]) {
        report_output(str_printf(arena, "%s\n", path), diags);
    } else if (strcmp(path, "-") == 0) {
        report_output(pdf, diags);
    } else if (file_write(path, pdf, true, &why)) {
        say(options, "wrote", path, pages, pdf.n);
    } else {
        diag_add(diags, DIAG_CANNOT_WRITE, span_none(), "cannot write %s: %s", path, why);
    }
}

/* The source stays as long as what is told of it. */
static struct spec *read_spec(struct arena *arena, struct arena *specs, const struct options *options,
                              const struct means *means, struct spec_lint *lint, struct diags *diags)
{
    struct diag_source *source = spec_open(arena, options->arguments[0], YAML_MAX_BYTES, diags);
    return source ? spec_load_aside(specs, source, options->value[OPTION_BASE], means->house, diags,
                                    means->aside, lint)
                  : NULL;
}

static bool write_copy(struct compiled *compiled, const struct copy *copy,
                       const struct pdf_seal_options *seal, struct buf *pdf, struct diags *diags)
{
    const struct compile_facts *facts = compile_facts(compiled);
    struct copy_id id = copy_make_id(copy, facts->entity, facts->edition);
    return compile_copy(compiled, &id, seal, pdf, diags);
}

/* Closes the specs' arena as soon as the pages need it no more. */
static void compile_and_deliver(struct arena *arena, const struct options *options, const struct spec *spec,
                                struct arena *specs, struct spec_lint *lint, const struct means *means,
                                struct compile_options *compile, struct diags *diags)
{
    const struct copy *copy = means->copy;
    struct session session;
    struct buf pdf = {0};
    struct str name = default_name(arena, spec, means->house, compile, copy);
    compile->personal = copy_is_personal(copy);
    compile->strong_marks = compile->personal && means->house->marks == MARKS_STRONG;
    struct compiled *compiled = NULL;
    if (session_open_with(&session, means->fonts, arena, means->house, diags)) {
        compile_hurry(&session.context, means->aside);
        compiled = compile_open(&session.context, spec, means->house, compile, diags);
    }
    spec_lint_finish(lint, means->aside);
    arena_done(specs);
    bool ok = compiled && (compile->personal ? write_copy(compiled, copy, &compile->seal, &pdf, diags)
                                             : compile_write(compiled, &compile->seal, &pdf, diags));
    aside_dismiss(means->aside);
    if (ok && diags->errors == 0)
        deliver(arena, options, name, buf_view(&pdf), compile_facts(compiled)->pages, diags);
    session_tell(&session, options);
    if (FREE_AT_END) {
        compile_close(compiled);
        buf_done(&pdf);
        session_close(&session);
    }
}

/* EXIT_USAGE, or 0: the diagnostics tell. */
static int render_checked(struct arena *arena, struct arena *specs, const struct options *options,
                          const struct means *means, struct compile_options *compile, const struct spec *spec,
                          struct spec_lint *lint, struct diags *diags)
{
    if (!session_date(options, spec->as_of.date, &compile->edition.date, diags))
        return EXIT_USAGE;
    struct sealing sealing;
    const struct copy *copy = means->copy;
    if (sealing_open(&sealing, options, spec, copy->member, &compile->seal, diags))
        compile_and_deliver(arena, options, spec, specs, lint, means, compile, diags);
    sealing_close(&sealing);
    return 0;
}

static int render_spec(struct arena *arena, struct arena *specs, const struct options *options,
                       const struct means *means, struct diags *diags)
{
    const struct copy *copy = means->copy;
    struct compile_options compile = {0};
    if (!read_options(options, means->house, &compile, diags))
        return EXIT_USAGE;
    if (copy->member)
        compile.edition.tier = copy->member->tier.s;
    struct spec_lint lint = {.diags = NULL};
    struct spec *spec = read_spec(arena, specs, options, means, &lint, diags);
    bool ok = spec && !diags->errors && copy_check_spec(copy, spec, diags);
    if (ok)
        spec_check_edition(spec, compile.edition.edition, diags);
    int status = 0;
    if (ok && !diags->errors) /* of --warnings-as-errors */
        status = render_checked(arena, specs, options, means, &compile, spec, &lint, diags);
    spec_lint_finish(&lint, means->aside);
    return status ? status : report_status(diags);
}

static int render(struct arena *arena, const struct options *options, const struct means *means,
                  struct diags *diags)
{
    struct arena specs;
    arena_init(&specs);
    int status = render_spec(arena, &specs, options, means, diags);
    arena_done(&specs);
    return status;
}

int cli_render(struct arena *arena, const struct options *options, struct diags *diags)
{
    session_start();
    const char *output = options->value[OPTION_OUTPUT];
    if (output && strcmp(output, "-") == 0 && isatty(1) && !options->given[OPTION_DRY_RUN]) {
        struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(),
                                     "standard output is a terminal, which cannot show a PDF");
        diag_hint(diags, diag, "add '> briefing.pdf', or leave '-o -' out");
        return EXIT_USAGE;
    }
    unsigned jobs = machine_processors();
    if (!sealing_check(options, diags) || !copy_check(options, diags) ||
        !machine_number(options, OPTION_JOBS, 1, MOST_JOBS, &jobs, diags))
        return EXIT_USAGE;
    struct copy copy = {0};
    struct session_fonts fonts;
    struct means means = {.copy = &copy, .aside = jobs > 1 ? aside_open() : NULL};
    if (means.aside) {
        means.fonts = &fonts;
        session_fonts_begin(&fonts, means.aside);
    }
    means.house = session_house(arena, options, diags);
    bool ok = means.house && copy_open(&copy, arena, options, means.house, diags);
    int status = ok ? render(arena, options, &means, diags) : report_status(diags);
    copy_close(&copy);
    if (means.fonts)
        session_fonts_done(&fonts, arena);
    if (FREE_AT_END)
        aside_close(means.aside);
    return status;
}
