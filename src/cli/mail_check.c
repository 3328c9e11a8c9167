/* `briefing mail check DIR`: finished messages, read as a strict mail system would. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/child.h"
#include "base/file.h"
#include "base/secret.h"
#include "cli/key_file.h"
#include "cli/mailing.h"
#include "cli/roster_file.h"
#include "diag/render.h"
#include "mail/check.h"
#include "pdf/inspect.h"
#include "yaml/yaml_tree.h"

enum {
    MAX_MESSAGE_BYTES = 256 * 1024 * 1024,
    LIMIT_SECONDS = 60,
    LIMIT_REPORT = 1024 * 1024,
    LIMIT_GIB = 4,
    MOST_FAULTS = 100
};

/* Damage of a PDF is told as one fault of its message. */
static bool inspect(void *self, struct arena *arena, struct str pdf, struct mail_pdf_facts *facts)
{
    struct diags ignored;
    struct pdf_facts found = {0};
    (void)self;
    diags_init(&ignored, arena);
    bool ok = pdf_inspect(arena, pdf, "a PDF", NULL, &found, &ignored);
    *facts = (struct mail_pdf_facts){.sealed = found.sealed || (!ok && str_starts(pdf, STR("%PDF-"))),
                                     .entity = found.entity,
                                     .edition = found.edition,
                                     .tier = found.tier,
                                     .copy = found.copy};
    return ok || facts->sealed;
}

struct names {
    const char **items;
    size_t count, cap;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool list(struct arena *arena, const char *folder, struct names *names, struct diags *diags)
{
    DIR *dir = opendir(folder);
    if (!dir) {
        diag_add(diags, DIAG_CANNOT_READ, span_none(), "cannot read %s: %s", folder, file_reason(errno));
        return false;
    }
    for (struct dirent *entry; (entry = readdir(dir));)
        if (str_ends(str_from(entry->d_name), STR(".eml")))
            *ARENA_PUSH(arena, names) = str_z(arena, str_from(entry->d_name));
    closedir(dir);
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    return true;
}

/* One message, in a process of its own: whoever wrote it may have meant harm. */
struct task {
    const struct mail_check *check;
    const struct options *options;
    const char *path;
};

static int check_in_child(void *self, int out_fd)
{
    const struct task *task = self;
    struct arena arena;
    struct diags diags;
    struct str text;
    struct buf out = {0};
    const char *why = NULL;
    arena_init(&arena);
    diags_init(&diags, &arena);
    if (file_read(&arena, task->path, MAX_MESSAGE_BYTES, &text, &why, NULL)) {
        struct diag_source *source = diag_source_new(&arena, str_from(task->path), text);
        mail_check_message(&arena, task->check, source, &diags);
    } else {
        diag_add(&diags, DIAG_CANNOT_READ, span_none(), "cannot read %s: %s", task->path, why);
    }
    diags_sort(&diags);
    diag_render_text(&out, &diags, report_color(task->options, 2));
    bool ok = file_write_fd(out_fd, buf_view(&out), &why);
    size_t errors = diags.errors + diags.machine_failed;
    return !ok ? MOST_FAULTS : (int)(errors < MOST_FAULTS ? errors : MOST_FAULTS);
}

static void check_file(const struct mail_check *check, const char *path, const struct options *options,
                       struct diags *diags)
{
    static const struct child_limits limits = {LIMIT_SECONDS, (size_t)LIMIT_GIB << 30, LIMIT_REPORT};
    struct task task = {check, options, path};
    struct buf out = {0};
    int status = 0;
    const char *ignored = NULL; /* a closed standard error undoes nothing */
    enum child_end end = child_call(check_in_child, &task, &limits, &out, &status);
    (void)!file_write_fd(2, buf_view(&out), &ignored);
    buf_done(&out);
    if (end == CHILD_FAILED)
        diags->errors += (size_t)status;
    else if (end != CHILD_DONE)
        diag_add(diags, DIAG_MAIL_FAULT, span_none(),
                 "%s: reading it takes more time or memory than a letter may", path);
}

/* --house, else the newsletter's, else the one built in. */
static const struct house *read_house(struct arena *arena, const struct options *options,
                                      const struct newsletter *newsletter, struct diags *diags)
{
    if (options->value[OPTION_HOUSE] || !newsletter || !newsletter->house.s.n)
        return session_house(arena, options, diags);
    const char *path = file_join(arena, file_folder(newsletter->source->name), newsletter->house.s);
    struct diag_source *source = spec_open(arena, path, YAML_MAX_BYTES, diags);
    return source ? house_read(arena, source, diags) : NULL;
}

/* House, newsletter, roster and key, as far as they are given. */
static bool read_references(struct arena *arena, const struct options *options, struct mail_check *check,
                            struct copy_key *key, struct diags *diags)
{
    const char *roster = options->value[OPTION_ROSTER];
    const struct newsletter *newsletter = NULL;
    if (options->argument_count > 2) {
        newsletter = mail_newsletter_read(arena, options->arguments[2], diags);
        if (!newsletter)
            return false;
        if (newsletter->size_budget_bytes)
            check->budget = newsletter->size_budget_bytes;
    }
    check->house = read_house(arena, options, newsletter, diags);
    if (!check->house)
        return false;
    if (roster && !(check->roster = roster_file_read(arena, roster, span_none(), check->house, diags)))
        return false;
    if (!options->given[OPTION_KEY_FILE])
        return true;
    check->key = key;
    return key_file_read(options->value[OPTION_KEY_FILE], key, diags);
}

int mail_check_folder(struct arena *arena, const struct options *options, struct diags *diags)
{
    struct copy_key key;
    struct mail_check check = {.inspect = inspect, .budget = MAIL_BUDGET_BYTES};
    struct names names = {0};
    const char *folder = options->arguments[1];
    if (read_references(arena, options, &check, &key, diags) && list(arena, folder, &names, diags)) {
        for (size_t i = 0; i < names.count; i++)
            check_file(&check, file_join(arena, str_printf(arena, "%s/", folder), str_from(names.items[i])),
                       options, diags);
        if (!names.count)
            diag_add(diags, DIAG_USAGE, span_none(), "%s holds no .eml file", folder);
        if (!options->given[OPTION_QUIET] && names.count)
            report_output(str_printf(arena, "%zu letter%s read, %zu fault%s\n", names.count,
                                     names.count == 1 ? "" : "s", diags->errors,
                                     diags->errors == 1 ? "" : "s"),
                          diags);
    }
    secret_wipe(&key, sizeof key);
    return report_status(diags);
}
