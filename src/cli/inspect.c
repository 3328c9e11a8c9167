/* `briefing inspect PDF`: what a PDF is. */
#include "cli/cli.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/child.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/secret.h"
#include "cli/pdf_file.h"
#include "diag/visible.h"
#include "pdf/inspect.h"

enum { SECONDS = 10 };
static const size_t spare_memory = (size_t)1 << 30; /* bytes beside the file itself */

struct subject {
    struct pdf_file file;
    struct pdf_facts facts;
};

/* ---- what is printed */

/* "PDF/A-3a"; empty when nothing is claimed. */
static struct str standard(struct arena *arena, const char *family, struct str part, struct str level)
{
    if (!part.n)
        return (struct str){0};
    struct buf out = {0};
    buf_printf(&out, "PDF/%s-" STR_FMT, family, STR_ARG(part));
    for (size_t i = 0; i < level.n; i++)
        buf_char(&out, level.p[i] >= 'A' && level.p[i] <= 'Z' ? (char)(level.p[i] + 32) : level.p[i]);
    struct str text = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return text;
}

static struct str file_digest(struct arena *arena, struct str data)
{
    unsigned char bytes[32];
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, data.p, data.n);
    hash_done(&hash, bytes);
    return hash_hex(arena, bytes, sizeof bytes);
}

static void put_line(struct buf *out, const char *label, struct str value)
{
    buf_printf(out, "%-15s", label);
    if (value.n)
        visible_text(out, value);
    else
        buf_text(out, "none");
    buf_char(out, '\n');
}

static size_t attached_bytes(const struct pdf_facts *facts)
{
    size_t n = 0;
    for (size_t i = 0; i < facts->spec_count; i++)
        n += facts->specs[i].content.n;
    return n;
}

static void put_text(struct arena *arena, struct buf *out, const struct subject *subject)
{
    const struct pdf_facts *facts = &subject->facts;
    struct str pdfa = standard(arena, "A", facts->pdfa_part, facts->pdfa_conformance);
    struct str pdfua = standard(arena, "UA", facts->pdfua_part, (struct str){0});
    struct str claims =
        str_printf(arena, STR_FMT "%s" STR_FMT, STR_ARG(pdfa), pdfa.n && pdfua.n ? ", " : "", STR_ARG(pdfua));
    struct str specs = {0};
    if (facts->spec_count == 1)
        specs = str_printf(arena, STR_FMT " (%zu bytes)", STR_ARG(facts->specs[0].name),
                           facts->specs[0].content.n);
    else if (facts->spec_count)
        specs = str_printf(arena, "%zu (%zu bytes)", facts->spec_count, attached_bytes(facts));
    put_line(out, "file", str_printf(arena, "%s (%zu bytes)", subject->file.name, subject->file.data.n));
    put_line(out, "entity", facts->entity);
    put_line(out, "edition", facts->edition);
    put_line(out, "tier", facts->tier);
    put_line(out, "copy", facts->copy);
    put_line(out, "title", facts->title);
    put_line(out, "language", facts->language);
    put_line(out, "pages", str_printf(arena, "%zu", facts->pages));
    put_line(out, "claims", claims);
    put_line(out, "PDF version", facts->version);
    put_line(out, "tagged", facts->tagged ? STR("yes") : STR("no"));
    put_line(out, "sealed", facts->sealed ? STR("yes") : STR("no"));
    put_line(out, "linearised", facts->linearized ? STR("yes") : STR("no"));
    put_line(out, "producer", facts->producer);
    put_line(out, "edition digest", facts->edition_digest);
    put_line(out, "file digest", file_digest(arena, subject->file.data));
    put_line(out, facts->spec_count > 1 ? "attached specs" : "attached spec", specs);
}

static json_t *json_text(struct str text)
{
    json_t *value = text.n ? json_stringn(text.p, text.n) : NULL;
    return value ? value : json_null();
}

static void put_json(struct arena *arena, struct buf *out, const struct subject *subject)
{
    const struct pdf_facts *facts = &subject->facts;
    struct str standards[] = {standard(arena, "A", facts->pdfa_part, facts->pdfa_conformance),
                              standard(arena, "UA", facts->pdfua_part, (struct str){0})};
    json_t *object = json_object(), *claims = json_array(), *specs = json_array();
    for (size_t i = 0; i < 2; i++)
        if (standards[i].n)
            json_array_append_new(claims, json_text(standards[i]));
    for (size_t i = 0; i < facts->spec_count; i++) {
        json_t *spec = json_object();
        json_object_set_new(spec, "name", json_text(facts->specs[i].name));
        json_object_set_new(spec, "media_type", json_text(facts->specs[i].type));
        json_object_set_new(spec, "bytes", json_integer((json_int_t)facts->specs[i].content.n));
        json_array_append_new(specs, spec);
    }
    json_object_set_new(object, "file", json_text(str_from(subject->file.name)));
    json_object_set_new(object, "bytes", json_integer((json_int_t)subject->file.data.n));
    json_object_set_new(object, "entity", json_text(facts->entity));
    json_object_set_new(object, "edition", json_text(facts->edition));
    json_object_set_new(object, "tier", json_text(facts->tier));
    json_object_set_new(object, "copy", json_text(facts->copy));
    json_object_set_new(object, "title", json_text(facts->title));
    json_object_set_new(object, "language", json_text(facts->language));
    json_object_set_new(object, "pages", json_integer((json_int_t)facts->pages));
    json_object_set_new(object, "claims", claims);
    json_object_set_new(object, "pdf_version", json_text(facts->version));
    json_object_set_new(object, "tagged", json_boolean(facts->tagged));
    json_object_set_new(object, "sealed", json_boolean(facts->sealed));
    json_object_set_new(object, "linearized", json_boolean(facts->linearized));
    json_object_set_new(object, "producer", json_text(facts->producer));
    json_object_set_new(object, "edition_digest", json_text(facts->edition_digest));
    json_object_set_new(object, "file_digest", json_text(file_digest(arena, subject->file.data)));
    json_object_set_new(object, "attached_specs", specs);
    char *text = json_dumps(object, JSON_INDENT(2));
    json_decref(object);
    if (!text)
        base_out_of_memory();
    buf_text(out, text);
    buf_char(out, '\n');
    free(text);
}

/* Several are documents of one YAML stream. All or none. */
static void put_specs(struct buf *out, const struct subject *subject, struct diags *diags)
{
    const struct pdf_facts *facts = &subject->facts;
    bool whole = facts->spec_count > 0;
    for (size_t i = 0; i < facts->spec_count; i++)
        whole = whole && facts->specs[i].content.n;
    if (!whole) {
        diag_add(diags, DIAG_NO_ATTACHED_SPEC, span_none(),
                 facts->spec_count ? "the spec attached to %s cannot be unpacked" : "%s has no spec attached",
                 subject->file.name);
        return;
    }
    for (size_t i = 0; i < facts->spec_count; i++) {
        if (i)
            buf_text(out, "---\n");
        buf_str(out, facts->specs[i].content);
        if (facts->spec_count > 1 && out->p[out->n - 1] != '\n')
            buf_char(out, '\n');
    }
}

static void put_all(struct arena *arena, struct buf *out, const struct options *options,
                    const struct subject *subject, struct diags *diags)
{
    const char *format = options->value[OPTION_FORMAT];
    if (options->given[OPTION_ATTACHMENT])
        put_specs(out, subject, diags);
    else if (format && strcmp(format, "json") == 0)
        put_json(arena, out, subject);
    else
        put_text(arena, out, subject);
}

/* ---- the file */

struct task {
    struct arena *arena;
    const struct options *options;
    struct subject *subject;
    struct diags *diags;
};

/* In a child: writes what is asked for to fd, and diagnostics to standard error. */
static int examine(void *self, int fd)
{
    const struct task *task = self;
    struct subject *subject = task->subject;
    const char *path = task->options->value[OPTION_PASSWORD_FILE], *why = NULL;
    char password[PDF_FILE_PASSWORD_ROOM] = {0};
    struct buf out = {0};
    if (!path || pdf_file_password(path, password, task->diags)) {
        bool ok = pdf_inspect(task->arena, subject->file.data, subject->file.name, path ? password : NULL,
                              &subject->facts, task->diags);
        secret_wipe(password, sizeof password);
        if (ok)
            put_all(task->arena, &out, task->options, subject, task->diags);
    }
    if (!file_write_fd(fd, buf_view(&out), &why))
        diag_add(task->diags, DIAG_CANNOT_WRITE, span_none(), "cannot write: %s", why);
    report_print(task->diags, task->options);
    return report_status(task->diags);
}

/* In a process of its own with limits on time and memory: whoever made the PDF, and whatever libqpdf makes of
 * it, the answer is a diagnostic. */
static int examine_apart(struct arena *arena, const struct options *options, struct subject *subject,
                         struct diags *diags)
{
    const struct child_limits limits = {.seconds = SECONDS,
                                        .memory_bytes = spare_memory + subject->file.data.n,
                                        .output_bytes = spare_memory};
    struct task task = {arena, options, subject, diags};
    struct buf out = {0};
    int status = 0;
    enum child_end end = child_call(examine, &task, &limits, &out, &status);
    if (end == CHILD_NONE)
        diag_add(diags, DIAG_INTERNAL, span_none(), "no process can be started to read %s",
                 subject->file.name);
    else if (end == CHILD_LIMIT)
        diag_add(diags, DIAG_BAD_PDF, span_none(),
                 "%s takes more than %d seconds or %d MiB to read, or breaks the reader", subject->file.name,
                 SECONDS, (int)(spare_memory >> 20));
    else if (out.n)
        report_output(buf_view(&out), diags);
    buf_done(&out);
    return end == CHILD_FAILED ? status : report_status(diags);
}

int cli_inspect(struct arena *arena, const struct options *options, struct diags *diags)
{
    const char *format = options->value[OPTION_FORMAT];
    if (format && strcmp(format, "sarif") == 0) {
        diag_add(diags, DIAG_USAGE, span_none(), "--format: inspect prints text or json");
        return EXIT_USAGE;
    }
    struct subject subject = {0};
    int status = EXIT_OK;
    if (pdf_file_open(&subject.file, arena, options->arguments[0], diags))
        status = examine_apart(arena, options, &subject, diags);
    else
        status = report_status(diags);
    pdf_file_close(&subject.file);
    return status;
}
