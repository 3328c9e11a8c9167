/* Reading what is known of a PDF, over libqpdf's C functions; only metadata and the attached specs are
 * unpacked here. */
#include "pdf/inspect.h"

#include <libdeflate.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "pdf/metadata.h"
#include "pdf/qpdf.h"
#include "pdf/xmp.h"

enum {
    MAX_TEXT = 4096,
    MAX_UNPACKED = 16 << 20, /* of one stream */
    MAX_ATTACHMENTS = 10000, /* that are looked at */
    MAX_ATTACHED = 256 << 20 /* bytes of them all, unpacked */
};

struct inspection {
    const struct qpdf_functions *qpdf;
    qpdf_data file;
    struct arena *arena;
    struct pdf_facts *facts;
};

static struct str cleaned(struct arena *arena, struct str text)
{
    struct buf out = {0};
    for (size_t i = 0, next = 0; i < text.n && out.n < MAX_TEXT - 4; i = next) {
        int32_t c = utf8_next(text, &next);
        if (c > 0)
            buf_str(&out, str_slice(text, i, next));
        else
            buf_utf8(&out, 0xFFFD);
    }
    struct str result = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return result;
}

/* ---- objects. A key of what is neither dictionary nor stream is no key: libqpdf answers null. */

static qpdf_oh key(const struct inspection *in, qpdf_oh dictionary, const char *name)
{
    if (in->qpdf->oh_is_stream(in->file, dictionary))
        dictionary = in->qpdf->oh_get_dict(in->file, dictionary);
    return in->qpdf->oh_get_key(in->file, dictionary, name);
}

static struct str text_at(const struct inspection *in, qpdf_oh object)
{
    size_t n = 0;
    if (!in->qpdf->oh_is_string(in->file, object))
        return (struct str){0};
    const char *text = in->qpdf->oh_get_binary_utf8_value(in->file, object, &n);
    return text ? cleaned(in->arena, (struct str){text, n}) : (struct str){0};
}

/* Without its '/'. */
static struct str name_at(const struct inspection *in, qpdf_oh object)
{
    const char *name =
        in->qpdf->oh_is_name(in->file, object) ? in->qpdf->oh_get_name(in->file, object) : NULL;
    return name && *name ? cleaned(in->arena, str_from(name + 1)) : (struct str){0};
}

static bool inflate(struct arena *arena, struct str packed, struct str *out)
{
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    char *room = NULL;
    size_t n = 0, used = 0;
    for (size_t size = 1 << 16; inflater && result == LIBDEFLATE_INSUFFICIENT_SPACE && size <= MAX_UNPACKED;
         size *= 4) {
        room = base_realloc(room, size);
        result = libdeflate_zlib_decompress_ex(inflater, packed.p, packed.n, room, size, &used, &n);
    }
    if (result == LIBDEFLATE_SUCCESS)
        *out = str_dup(arena, (struct str){room, n});
    free(room);
    libdeflate_free_decompressor(inflater);
    return result == LIBDEFLATE_SUCCESS;
}

/* The content of a stream that is not packed, or by Flate alone: so are all that we write, and what others
 * make of them. libqpdf would unpack without a bound. */
static struct str unpacked(const struct inspection *in, qpdf_oh stream)
{
    struct str content = {0};
    unsigned char *data = NULL;
    size_t n = 0;
    if (!in->qpdf->oh_is_stream(in->file, stream))
        return content;
    qpdf_oh filter = key(in, stream, "/Filter");
    if (in->qpdf->oh_is_array(in->file, filter) && in->qpdf->oh_get_array_n_items(in->file, filter) == 1)
        filter = in->qpdf->oh_get_array_item(in->file, filter, 0);
    bool packed = str_is(name_at(in, filter), "FlateDecode");
    bool readable =
        packed || !(in->qpdf->oh_is_name(in->file, filter) || in->qpdf->oh_is_array(in->file, filter));
    if (!readable || in->qpdf->oh_is_dictionary(in->file, key(in, stream, "/DecodeParms")))
        return content;
    if (in->qpdf->oh_get_stream_data(in->file, stream, qpdf_dl_none, NULL, &data, &n) & QPDF_ERRORS)
        return content;
    struct str raw = {(const char *)data, n};
    if (packed)
        inflate(in->arena, raw, &content);
    else if (n <= MAX_UNPACKED)
        content = str_dup(in->arena, raw);
    free(data);
    return content;
}

/* ---- facts */

static void read_metadata(const struct inspection *in, qpdf_oh root)
{
    struct pdf_facts *facts = in->facts;
    struct str packet = unpacked(in, key(in, root, "/Metadata"));
    struct {
        const char *name;
        struct str *value;
    } properties[] = {
        {"dc:title", &facts->title},          {"pdf:Producer", &facts->producer},
        {"briefing:entity", &facts->entity},  {"briefing:edition", &facts->edition},
        {"briefing:tier", &facts->tier},      {METADATA_COPY, &facts->copy},      {"briefing:digest", &facts->edition_digest},
        {"pdfaid:part", &facts->pdfa_part},   {"pdfaid:conformance", &facts->pdfa_conformance},
        {"pdfuaid:part", &facts->pdfua_part},
    };
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        *properties[i].value = cleaned(in->arena, xmp_find(in->arena, packet, properties[i].name));
    qpdf_oh info = key(in, in->qpdf->get_trailer(in->file), "/Info");
    if (!facts->title.n)
        facts->title = text_at(in, key(in, info, "/Title"));
    if (!facts->producer.n)
        facts->producer = text_at(in, key(in, info, "/Producer"));
}

/* A file specification that may be a spec's. room: bytes that it may take, unpacked. */
static bool take_attachment(const struct inspection *in, qpdf_oh file, size_t room, struct pdf_attached *attached)
{
    qpdf_oh stream = key(in, key(in, file, "/EF"), "/F");
    if (!in->qpdf->oh_is_stream(in->file, stream))
        return false;
    *attached = (struct pdf_attached){.type = name_at(in, key(in, stream, "/Subtype"))};
    if (!str_is(attached->type, "application/yaml"))
        return false;
    attached->name = text_at(in, key(in, file, "/UF"));
    if (room >= MAX_UNPACKED)
        attached->content = unpacked(in, stream);
    return true;
}

/* Every associated file of the document is in /AF (ISO 19005-3, 6.8). */
static void read_attachments(const struct inspection *in, qpdf_oh root)
{
    struct pdf_facts *facts = in->facts;
    qpdf_oh files = key(in, root, "/AF");
    int count = in->qpdf->oh_is_array(in->file, files) ? in->qpdf->oh_get_array_n_items(in->file, files) : 0;
    size_t room = MAX_ATTACHED;
    if (count > MAX_ATTACHMENTS)
        count = MAX_ATTACHMENTS;
    if (count > 0)
        facts->specs = ARENA_ARRAY(in->arena, struct pdf_attached, (size_t)count);
    for (int i = 0; i < count; i++) {
        struct pdf_attached *next = &facts->specs[facts->spec_count];
        if (!take_attachment(in, in->qpdf->oh_get_array_item(in->file, files, i), room, next))
            continue;
        room -= next->content.n;
        facts->spec_count++;
    }
}

static void read_facts(const struct inspection *in)
{
    struct pdf_facts *facts = in->facts;
    qpdf_oh root = in->qpdf->get_root(in->file);
    int pages = in->qpdf->get_num_pages(in->file);
    facts->pages = pages > 0 ? (size_t)pages : 0;
    facts->version = cleaned(in->arena, str_from(in->qpdf->get_pdf_version(in->file)));
    facts->sealed = in->qpdf->is_encrypted(in->file);
    facts->linearized = in->qpdf->is_linearized(in->file);
    facts->language = text_at(in, key(in, root, "/Lang"));
    qpdf_oh marked = key(in, key(in, root, "/MarkInfo"), "/Marked");
    facts->tagged = in->qpdf->oh_is_bool(in->file, marked) && in->qpdf->oh_get_bool_value(in->file, marked);
    read_metadata(in, root);
    read_attachments(in, root);
}

/* ---- the file */

static bool report(const struct inspection *in, const char *name, const char *password, struct diags *diags)
{
    qpdf_error error = in->qpdf->get_error(in->file);
    struct diag *diag;
    if (in->qpdf->get_error_code(in->file, error) == qpdf_e_password) {
        diag = diag_add(diags, DIAG_PDF_PASSWORD, span_none(),
                        password ? "%s does not open with this password"
                                 : "%s is sealed, and opens with a password only",
                        name);
        if (!password)
            diag_hint(diags, diag, "name a file that holds it by --password-file");
        return false;
    }
    const char *detail = in->qpdf->get_error_message_detail(in->file, error);
    struct str why = cleaned(in->arena, str_from(detail));
    diag = diag_add(diags, DIAG_BAD_PDF, span_none(), "%s is no whole PDF%s" STR_FMT, name, why.n ? ": " : "",
                    STR_ARG(why));
    diag_hint(diags, diag, "fetch or make it again");
    return false;
}

bool pdf_inspect(struct arena *arena, struct str file, const char *name, const char *password,
                 struct pdf_facts *facts, struct diags *diags)
{
    struct inspection in = {.qpdf = qpdf_open(diags), .arena = arena, .facts = facts};
    *facts = (struct pdf_facts){0};
    if (!in.qpdf)
        return false;
    in.file = in.qpdf->init();
    in.qpdf->silence_errors(in.file);
    in.qpdf->set_suppress_warnings(in.file, QPDF_TRUE);
    in.qpdf->set_attempt_recovery(in.file, QPDF_FALSE);
    bool ok = !(in.qpdf->read_memory(in.file, "it", file.p ? file.p : "", file.n, password) & QPDF_ERRORS);
    if (ok)
        read_facts(&in);
    if (in.qpdf->has_error(in.file))
        ok = report(&in, name, password, diags);
    in.qpdf->cleanup(&in.file);
    return ok;
}
