/* What a PDF tells of whose copy it is. Whoever made it, it is read in processes of their own: the metadata
 * by libqpdf, the text by pdftotext. */
#include "cli/trace.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/secret.h"
#include "pdf/inspect.h"
#include "pdf/unseal.h"

enum {
    SECONDS = 10,
    FIELDS = 6,
};
static const size_t spare_memory = (size_t)1 << 30; /* bytes beside the file itself */

/* ---- in a child: the metadata, and the file unsealed */

struct reading {
    struct str data;
    const char *name;
    const char *password; /* NULL: none */
};

static void put_field(struct buf *out, struct str text)
{
    buf_str(out, text);
    buf_char(out, '\0');
}

/* Writes FIELDS texts, each with a NUL behind it: copy, entity, edition, tier, what is wrong, and "p" when
 * that is the password; then a PDF without encryption, if this one has any. */
static int read_apart(void *self, int fd)
{
    const struct reading *reading = self;
    struct arena arena;
    struct diags diags;
    struct pdf_facts facts;
    struct buf pdf = {0}, out = {0};
    const char *why = NULL;
    arena_init(&arena);
    diags_init(&diags, &arena);
    bool ok = pdf_inspect(&arena, reading->data, reading->name, reading->password, &facts, &diags);
    if (ok && facts.sealed)
        pdf_unseal(reading->data, reading->name, reading->password, &pdf, &diags);
    const struct str fields[FIELDS] = {
        facts.copy,
        facts.entity,
        facts.edition,
        facts.tier,
        diags.first ? diags.first->message : (struct str){0},
        diags.per_code[DIAG_PDF_PASSWORD] ? STR("p") : (struct str){0},
    };
    for (size_t i = 0; i < FIELDS; i++)
        put_field(&out, fields[i]);
    buf_str(&out, buf_view(&pdf));
    return !file_write_fd(fd, buf_view(&out), &why);
}

/* ---- here */

static struct str take_field(struct str *rest)
{
    const char *end = rest->n ? memchr(rest->p, '\0', rest->n) : NULL;
    struct str field = str_slice(*rest, 0, end ? (size_t)(end - rest->p) : 0);
    *rest = str_slice(*rest, end ? field.n + 1 : rest->n, rest->n);
    return field;
}

/* A file that libqpdf cannot read may still be one for poppler: only a wrong password ends the search. */
static bool read_metadata(struct arena *arena, const char *password, struct trace_subject *subject,
                          struct str *damage, struct diags *diags)
{
    const struct child_limits limits = {.seconds = SECONDS,
                                        .memory_bytes = spare_memory + 4 * subject->file.data.n,
                                        .output_bytes = spare_memory + 2 * subject->file.data.n};
    struct reading reading = {subject->file.data, subject->name, password};
    struct buf out = {0};
    subject->opened = subject->file.data;
    enum child_end end = child_call(read_apart, &reading, &limits, &out, NULL);
    if (end == CHILD_NONE)
        diag_add(diags, DIAG_INTERNAL, span_none(), "no process can be started to read %s", subject->name);
    struct str rest = end == CHILD_DONE ? str_dup(arena, buf_view(&out)) : (struct str){0};
    buf_done(&out);
    struct str *fields[] = {&subject->shown, &subject->entity, &subject->edition, &subject->tier};
    for (size_t i = 0; i < sizeof fields / sizeof(struct str *); i++)
        *fields[i] = take_field(&rest);
    *damage = take_field(&rest);
    bool is_password = take_field(&rest).n > 0;
    if (end == CHILD_LIMIT || end == CHILD_FAILED)
        *damage = str_printf(arena, "%s takes more than %d seconds or %d MiB to read, or breaks the reader",
                             subject->name, SECONDS, (int)(spare_memory >> 20));
    if (rest.n)
        subject->opened = rest;
    if (is_password) {
        struct diag *diag = diag_add(diags, DIAG_PDF_PASSWORD, span_none(), STR_FMT, STR_ARG(*damage));
        if (!password)
            diag_hint(diags, diag, "name a file that holds it by --password-file");
    }
    return end != CHILD_NONE && !is_password;
}

/* An id of the metadata may be any text; only a right one counts. */
static void read_ids(struct arena *arena, struct trace_subject *subject)
{
    struct trace_ids *ids = &subject->ids;
    struct copy_id id;
    ids_read(arena, &subject->words, ids);
    if (!copy_id_parse(subject->shown, &id) || ids_find(ids, &id))
        return;
    *ARENA_PUSH(arena, ids) = (struct trace_id){.id = id, .shaped = true};
    for (size_t i = ids->count - 1; i && strcmp(ids->items[i - 1].id.text, id.text) > 0; i--) {
        struct trace_id other = ids->items[i - 1];
        ids->items[i - 1] = ids->items[i];
        ids->items[i] = other;
    }
}

static bool read_text(struct arena *arena, struct trace_subject *subject, struct str damage,
                      struct diags *diags)
{
    subject->text = words_read(arena, getenv("PATH"), subject->opened, &subject->words);
    if (subject->text == CHILD_DONE || subject->shown.n)
        return true;
    struct diag *diag;
    if (subject->text == CHILD_MISSING) {
        diag = diag_add(diags, DIAG_LIBRARY_UNAVAILABLE, span_none(),
                        "the metadata name no copy, and pdftotext, which reads the text, is not installed");
        diag_hint(diags, diag, "install Debian's package poppler-utils, or run src/setup.sh");
    } else if (subject->text == CHILD_NONE) {
        diag_add(diags, DIAG_INTERNAL, span_none(), "no process can be started to read %s", subject->name);
    } else if (damage.n) {
        diag_add(diags, DIAG_BAD_PDF, span_none(), STR_FMT, STR_ARG(damage));
    } else {
        diag_add(diags, DIAG_BAD_PDF, span_none(), "the text of %s cannot be read: pdftotext %s",
                 subject->name, subject->text == CHILD_LIMIT ? "takes too much time or memory" : "fails");
    }
    return false;
}

bool trace_read(struct arena *arena, const struct options *options, struct trace_subject *subject,
                struct diags *diags)
{
    const char *path = options->value[OPTION_PASSWORD_FILE];
    char password[PDF_FILE_PASSWORD_ROOM] = {0};
    struct str damage = {0};
    bool opened = pdf_file_open(&subject->file, arena, options->arguments[0], diags);
    subject->name = subject->file.name;
    if (!opened || (path && !pdf_file_password(path, password, diags)))
        return false;
    unsigned char digest[32];
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, subject->file.data.p, subject->file.data.n);
    hash_done(&hash, digest);
    subject->digest = hash_hex(arena, digest, sizeof digest);
    bool ok = read_metadata(arena, path ? password : NULL, subject, &damage, diags);
    secret_wipe(password, sizeof password);
    if (!ok || !read_text(arena, subject, damage, diags))
        return false;
    read_ids(arena, subject);
    marks_read(arena, &subject->words, &subject->marks);
    return true;
}
