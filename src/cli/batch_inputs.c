/* Inputs of a batch, from the run's file and the command line. */
#include "cli/batch_inputs.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "cli/roster_file.h"
#include "spec/idmap.h"
#include "spec/spec_read.h"
#include "yaml/yaml_tree.h"

enum { MOST_SPECS = 1000 * 1000 };

struct paths {
    const char **items;
    size_t count, cap;
};

/* A path of the run's file, which is relative to that file. */
static const char *beside(struct arena *arena, const struct run *run, struct str path)
{
    return file_join(arena, file_folder(run->source->name), path);
}

static struct str stem(struct str path)
{
    struct str name = str_slice(path, file_folder(path).n, path.n);
    for (size_t i = name.n; i-- > 1;)
        if (name.p[i] == '.')
            return str_slice(name, 0, i);
    return name;
}

/* A pattern whose folder is meant as it is written. */
static const char *pattern_of(struct arena *arena, const struct run *run, struct str pattern)
{
    struct str folder = pattern.n && pattern.p[0] == '/' ? (struct str){0} : file_folder(run->source->name);
    struct buf out = {0};
    for (size_t i = 0; i < folder.n; i++) {
        if (strchr("*?[]\\", folder.p[i]))
            buf_char(&out, '\\');
        buf_char(&out, folder.p[i]);
    }
    buf_str(&out, pattern);
    const char *path = str_z(arena, buf_view(&out));
    buf_done(&out);
    return path;
}

/* Without "x/.." where that leads to the same file: "specs/runs/../entities/a.yaml" reads badly in a
 * diagnostic. */
static const char *tidy(struct arena *arena, const char *path)
{
    struct buf out = {0};
    for (struct str rest = str_from(path); rest.n;) {
        const char *slash = memchr(rest.p, '/', rest.n);
        struct str part = str_slice(rest, 0, slash ? (size_t)(slash - rest.p) + 1 : rest.n);
        struct str before = file_folder(str_slice(buf_view(&out), 0, out.n ? out.n - 1 : 0));
        struct str last = str_slice(buf_view(&out), before.n, out.n);
        if (str_is(part, "../") && last.n > 1 && !str_is(last, "../") && !str_is(last, "./"))
            out.n = before.n;
        else
            buf_str(&out, part);
        rest = str_slice(rest, part.n, rest.n);
    }
    struct stat a, b;
    const char *shorter = str_z(arena, buf_view(&out));
    buf_done(&out);
    bool same = stat(path, &a) == 0 && stat(shorter, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
    return same ? shorter : path;
}

static int compare_paths(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool expand(struct arena *arena, const struct run *run, const struct text *pattern,
                   struct paths *paths, struct diags *diags)
{
    struct stat info;
    glob_t found;
    int result = glob(pattern_of(arena, run, pattern->s), GLOB_NOSORT, NULL, &found);
    if (result == GLOB_NOSPACE)
        base_out_of_memory();
    if (result != 0 || found.gl_pathc == 0) {
        diag_add(diags, DIAG_NO_SPECS, pattern->at, "'" STR_FMT "' matches no file", STR_ARG(pattern->s));
        if (result == 0)
            globfree(&found);
        return false;
    }
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (stat(found.gl_pathv[i], &info) == 0 && !S_ISREG(info.st_mode)) {
            diag_add(diags, DIAG_NO_SPECS, pattern->at, "'" STR_FMT "' matches %s, which is no file",
                     STR_ARG(pattern->s), found.gl_pathv[i]);
            globfree(&found);
            return false;
        }
    for (size_t i = 0; i < found.gl_pathc && paths->count < MOST_SPECS; i++)
        *ARENA_PUSH(arena, paths) = tidy(arena, str_z(arena, str_from(found.gl_pathv[i])));
    globfree(&found);
    return true;
}

/* Each file once, whatever ways lead to it; a file that is not there stays, to be told of. */
static void drop_twins(struct arena *arena, struct paths *paths)
{
    struct idmap seen;
    idmap_init(&seen, arena, paths->count);
    size_t kept = 0;
    for (size_t i = 0; i < paths->count; i++) {
        struct stat info;
        struct str file = str_from(paths->items[i]);
        if (stat(paths->items[i], &info) == 0)
            file = str_printf(arena, "%llu %llu", (unsigned long long)info.st_dev,
                              (unsigned long long)info.st_ino);
        if (idmap_add(&seen, file, i) == i)
            paths->items[kept++] = paths->items[i];
    }
    paths->count = kept;
}

bool batch_inputs_specs(struct batch_inputs *inputs, struct arena *arena, const struct options *options,
                        struct diags *diags)
{
    struct paths paths = {0};
    bool ok = true;
    for (size_t i = 0; inputs->run && i < inputs->run->specs.count; i++)
        ok = expand(arena, inputs->run, &inputs->run->specs.items[i], &paths, diags) && ok;
    for (int i = 0; !inputs->run && i < options->argument_count; i++)
        *ARENA_PUSH(arena, &paths) = options->arguments[i];
    if (paths.count)
        qsort(paths.items, paths.count, sizeof *paths.items, compare_paths);
    drop_twins(arena, &paths);
    inputs->spec_paths = paths.items;
    inputs->spec_count = paths.count;
    return ok;
}

/* --house, else the file given (NULL: none), else the run's, else the one built in. */
static bool read_house(struct batch_inputs *inputs, struct arena *arena, const struct options *options,
                       const char *given, struct diags *diags)
{
    const char *path = options->value[OPTION_HOUSE] ? options->value[OPTION_HOUSE] : given;
    unsigned char digest[32];
    struct span named_at = span_none();
    if (!path && inputs->run && inputs->run->house.s.n) {
        path = beside(arena, inputs->run, inputs->run->house.s);
        named_at = inputs->run->house.at;
    }
    if (path) {
        struct diag_source *source = spec_open_named(arena, path, YAML_MAX_BYTES, named_at, diags);
        inputs->house = source ? house_read(arena, source, diags) : NULL;
        inputs->house_folder = str_z(arena, file_folder(str_from(path)));
    } else {
        inputs->house = house_default(arena, diags);
    }
    if (!inputs->house)
        return false;
    struct hash hash;
    hash_init(&hash);
    hash_field(&hash, inputs->house->source->text);
    hash_done(&hash, digest);
    inputs->house_digest = hash_hex(arena, digest, sizeof digest);
    return true;
}

static bool read_roster(struct batch_inputs *inputs, struct arena *arena, const struct options *options,
                        struct diags *diags)
{
    const char *path = options->value[OPTION_ROSTER];
    struct span named_at = span_none();
    if (!path && inputs->run && inputs->run->roster.s.n) {
        path = beside(arena, inputs->run, inputs->run->roster.s);
        named_at = inputs->run->roster.at;
    }
    if (!path)
        return true;
    inputs->roster = roster_file_read(arena, path, named_at, inputs->house, diags);
    return inputs->roster != NULL;
}

static void settle_places(struct batch_inputs *inputs, struct arena *arena, const struct options *options)
{
    const struct run *run = inputs->run;
    /* The --output of mail is for letters; its PDFs go beside a run's. */
    bool mail = run && options->command == COMMAND_MAIL;
    inputs->name = run ? stem(run->source->name) : STR("batch");
    if (mail && !run->output.s.n)
        inputs->name = str_printf(arena, STR_FMT "-mail", STR_ARG(inputs->name));
    if (options->value[OPTION_OUTPUT] && !mail)
        inputs->output = options->value[OPTION_OUTPUT];
    else if (run && run->output.s.n)
        inputs->output = beside(arena, run, run->output.s);
    else
        inputs->output = file_join(arena, STR("output"), inputs->name);
    if (options->value[OPTION_LEDGER])
        inputs->ledger = options->value[OPTION_LEDGER];
    else if (run && run->ledger.s.n)
        inputs->ledger = beside(arena, run, run->ledger.s);
    else
        inputs->ledger = file_join(arena, str_from(inputs->output), STR("ledger.db"));
}

/* NULL without a diagnostic for what is no run, or cannot be read: it is taken for a spec then. */
static const struct run *read_run(struct arena *arena, const char *path, struct diags *diags)
{
    struct diags unheard;
    diags_init(&unheard, arena);
    struct diag_source *source = spec_open(arena, path, YAML_MAX_BYTES, &unheard);
    return source && spec_kind_of(source) == FILE_RUN ? run_read(arena, source, diags) : NULL;
}

bool batch_inputs_places(struct batch_inputs *inputs, struct arena *arena, const struct options *options,
                         const char *path, struct diags *diags)
{
    size_t errors = diags->errors;
    *inputs = (struct batch_inputs){.run = read_run(arena, path, diags)};
    if (!inputs->run && diags->errors == errors) {
        struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "%s is no run", path);
        diag_hint(diags, diag, "a run begins with the line 'run: 1'");
    }
    if (!inputs->run)
        return false;
    settle_places(inputs, arena, options);
    return true;
}

static bool read_all(struct batch_inputs *inputs, struct arena *arena, const struct options *options,
                     const char *house, struct diags *diags)
{
    settle_places(inputs, arena, options);
    bool specs = batch_inputs_specs(inputs, arena, options, diags);
    bool housed = read_house(inputs, arena, options, house, diags);
    return housed && read_roster(inputs, arena, options, diags) && specs;
}

bool batch_inputs_read(struct batch_inputs *inputs, struct arena *arena, const struct options *options,
                       struct diags *diags)
{
    size_t errors = diags->errors;
    *inputs = (struct batch_inputs){0};
    for (int i = 0; i < options->argument_count; i++)
        if (strcmp(options->arguments[i], "-") == 0) {
            diag_add(diags, DIAG_USAGE, span_none(), "a batch cannot read a spec from standard input");
            return false;
        }
    inputs->run = read_run(arena, options->arguments[0], diags);
    if (diags->errors != errors)
        return false;
    if (inputs->run && options->argument_count > 1) {
        struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "a run stands alone: what is '%s'?",
                                     options->arguments[1]);
        diag_hint(diags, diag, "its specs are named in the run; --only ID takes some of them");
        return false;
    }
    return read_all(inputs, arena, options, NULL, diags);
}

bool batch_inputs_of(struct batch_inputs *inputs, struct arena *arena, const struct options *options,
                     const struct run *run, const char *house, struct diags *diags)
{
    *inputs = (struct batch_inputs){.run = run};
    return read_all(inputs, arena, options, house, diags);
}
