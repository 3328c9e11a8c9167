/* `briefing inspect PDF`: what a PDF is. */
#include "cli/cli.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/secret.h"
#include "diag/visible.h"
#include "pdf/inspect.h"

enum {
    MAX_PIPED = 256 << 20, /* bytes from standard input */
    CPU_SECONDS = 10,
    PASSWORD_ROOM = 1024,
};
static const rlim_t spare_memory = (rlim_t)1 << 30; /* bytes beside the file itself */

struct subject {
    const char *name;
    struct str data;
    bool mapped;
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
    put_line(out, "file", str_printf(arena, "%s (%zu bytes)", subject->name, subject->data.n));
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
    put_line(out, "file digest", file_digest(arena, subject->data));
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
    json_object_set_new(object, "file", json_text(str_from(subject->name)));
    json_object_set_new(object, "bytes", json_integer((json_int_t)subject->data.n));
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
    json_object_set_new(object, "file_digest", json_text(file_digest(arena, subject->data)));
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
                 subject->name);
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

static void print(struct arena *arena, const struct options *options, const struct subject *subject,
                  struct diags *diags)
{
    const char *format = options->value[OPTION_FORMAT];
    struct buf out = {0};
    if (options->given[OPTION_ATTACHMENT])
        put_specs(&out, subject, diags);
    else if (format && strcmp(format, "json") == 0)
        put_json(arena, &out, subject);
    else
        put_text(arena, &out, subject);
    if (out.n)
        report_output(buf_view(&out), diags);
    buf_done(&out);
}

/* ---- the file */

/* The first line of the file, without its end. */
static bool read_password(const char *path, char *password, struct diags *diags)
{
    const char *why = NULL;
    size_t n = 0;
    if (!file_read_into(path, password, PASSWORD_ROOM - 1, &n, &why)) {
        diag_add(diags, DIAG_CANNOT_READ, span_none(), "cannot read %s: %s", path, why);
        return false;
    }
    password[n] = '\0';
    size_t mark = strncmp(password, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t end = mark + strcspn(password + mark, "\r\n");
    memmove(password, password + mark, end - mark);
    password[end - mark] = '\0';
    return true;
}

static void examine(struct arena *arena, const struct options *options, struct subject *subject,
                    struct diags *diags)
{
    const char *path = options->value[OPTION_PASSWORD_FILE];
    char password[PASSWORD_ROOM];
    if (path && !read_password(path, password, diags))
        return;
    bool ok =
        pdf_inspect(arena, subject->data, subject->name, path ? password : NULL, &subject->facts, diags);
    secret_wipe(password, sizeof password);
    if (ok)
        print(arena, options, subject, diags);
}

static void limit(int resource, rlim_t value)
{
    struct rlimit given;
    if (getrlimit(resource, &given) != 0)
        return;
    if (given.rlim_cur == RLIM_INFINITY || given.rlim_cur > value)
        given.rlim_cur = value;
    setrlimit(resource, &given);
}

/* Address sanitizers reserve terabytes. */
#if defined(__SANITIZE_ADDRESS__)
#define LIMIT_MEMORY 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LIMIT_MEMORY 0
#endif
#endif
#ifndef LIMIT_MEMORY
#define LIMIT_MEMORY 1
#endif

static _Noreturn void examine_and_exit(struct arena *arena, const struct options *options,
                                       struct subject *subject, struct diags *diags)
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, CPU_SECONDS);
    if (LIMIT_MEMORY)
        limit(RLIMIT_AS, spare_memory + subject->data.n);
    examine(arena, options, subject, diags);
    report_print(diags, options);
    _exit(report_status(diags));
}

/* In a process of its own with limits on time and memory: whoever made the PDF, and whatever libqpdf makes of
 * it, the answer is a diagnostic. */
static int examine_apart(struct arena *arena, const struct options *options, struct subject *subject,
                         struct diags *diags)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        examine_and_exit(arena, options, subject, diags);
    if (child < 0) {
        diag_add(diags, DIAG_INTERNAL, span_none(), "no process can be started to read %s", subject->name);
        return EXIT_MACHINE;
    }
    while (waitpid(child, &status, 0) < 0)
        continue;
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    diag_add(diags, DIAG_BAD_PDF, span_none(),
             "%s takes more than %d seconds or %d MiB to read, or breaks the reader", subject->name,
             CPU_SECONDS, (int)(spare_memory >> 20));
    return report_status(diags);
}

static bool open_subject(struct arena *arena, const struct options *options, struct subject *subject,
                         struct diags *diags)
{
    const char *path = options->arguments[0], *why = NULL;
    bool too_large = false, piped = strcmp(path, "-") == 0;
    subject->name = piped ? "standard input" : path;
    subject->mapped = !piped;
    bool ok = piped ? file_read(arena, path, MAX_PIPED, &subject->data, &why, &too_large)
                    : file_map(path, &subject->data, &why);
    if (!ok)
        diag_add(diags, too_large ? DIAG_BAD_PDF : DIAG_CANNOT_READ, span_none(),
                 too_large ? "%s %s" : "cannot read %s: %s", subject->name, why);
    return ok;
}

int cli_inspect(struct arena *arena, const struct options *options, struct diags *diags)
{
    const char *format = options->value[OPTION_FORMAT];
    if (format && strcmp(format, "sarif") == 0) {
        diag_add(diags, DIAG_USAGE, span_none(), "--format: inspect prints text or json");
        return EXIT_USAGE;
    }
    struct subject subject = {0};
    if (!open_subject(arena, options, &subject, diags))
        return report_status(diags);
    int status = examine_apart(arena, options, &subject, diags);
    if (subject.mapped)
        file_unmap(subject.data);
    return status;
}
