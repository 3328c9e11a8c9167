/* Headers and MIME tree of a message: mixed { related { alternative { text, html }, pictures }, files }. */
#include "mail/message.h"

#include <string.h>

#include "base/hash.h"
#include "mail/gmime.h"

enum { LONGEST_BARE = 900 /* of the 998 bytes of a line, RFC 5322, 2.1.1 */ };

/* A message in the making. GMime copies what it is given. */
struct making {
    const struct gmime_functions *gmime;
    struct arena *arena;
    const struct mail_message *message;
    unsigned boundaries;
};

bool mail_address_allowed(struct str email)
{
    size_t at = str_find(email, STR("@"));
    if (at == SIZE_MAX || at == 0 || at + 1 == email.n || email.n > 254)
        return false;
    for (size_t i = 0; i < email.n; i++) {
        unsigned char c = (unsigned char)email.p[i];
        if (c <= ' ' || c >= 0x7F || strchr("()<>,;:\\\"[]", c) || (c == '@' && i != at))
            return false;
        if (c == '.' && (i == 0 || i + 1 == email.n || email.p[i - 1] == '.' || i + 1 == at || i == at + 1))
            return false;
    }
    return true;
}

static bool is_plain_line(struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7F)
            return false;
    return true;
}

static bool check_line(const char *what, struct str value, struct diags *diags)
{
    if (is_plain_line(value))
        return true;
    diag_add(diags, DIAG_MAIL_HEADER, span_none(), "%s holds a line end or another control character", what);
    return false;
}

static bool check_address(const char *what, const struct mail_address *address, struct diags *diags)
{
    if (!check_line(what, address->name, diags))
        return false;
    if (mail_address_allowed(address->email))
        return true;
    diag_add(diags, DIAG_MAIL_HEADER, span_none(), "%s: '" STR_FMT "' is no e-mail address", what,
             STR_ARG(address->email));
    return false;
}

/* Addresses between < > in headers that are written as they are, each on a line of its own. */
static bool check_bare(const char *what, struct str value, struct diags *diags)
{
    if (value.n > LONGEST_BARE) {
        diag_add(diags, DIAG_MAIL_HEADER, span_none(), "%s has %zu bytes; a header line holds %d", what,
                 value.n, LONGEST_BARE);
        return false;
    }
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] <= ' ' || (unsigned char)value.p[i] >= 0x7F ||
            strchr("<>\"", value.p[i])) {
            diag_add(diags, DIAG_MAIL_HEADER, span_none(),
                     "%s holds a character that a header cannot hold: '" STR_FMT "'", what, STR_ARG(value));
            return false;
        }
    return true;
}

static bool check_files(const struct mail_file *files, size_t count, struct diags *diags)
{
    for (size_t i = 0; i < count; i++)
        if (!check_line("a file's name", files[i].name, diags) ||
            !check_line("a file's name", files[i].plain_name, diags) ||
            !check_bare("a content id", files[i].content_id, diags))
            return false;
    return true;
}

static bool check(const struct mail_message *message, struct diags *diags)
{
    const struct mail_address reply = {.email = message->reply_to},
                              unsubscribe = {.email = message->unsubscribe_email};
    return check_address("'from'", &message->from, diags) &&
           check_address("the member's address", &message->to, diags) &&
           (!message->sender.email.n || check_address("'sender'", &message->sender, diags)) &&
           (!message->reply_to.n || check_address("'reply_to'", &reply, diags)) &&
           (!message->unsubscribe_email.n || check_address("'unsubscribe_email'", &unsubscribe, diags)) &&
           check_line("the subject", message->subject, diags) &&
           check_bare("the message id", message->message_id, diags) &&
           check_bare("the list's id", message->list_id, diags) &&
           check_bare("the address for unsubscribing", message->unsubscribe_url, diags) &&
           check_bare("the token for unsubscribing", message->unsubscribe_token, diags) &&
           check_bare("the language", message->language, diags) &&
           check_files(message->pictures, message->picture_count, diags) &&
           check_files(message->attachments, message->attachment_count, diags);
}

/* From the message id, so that the same message has the same boundaries; base64 and quoted-printable lines
 * never start with "--=" (the second holds '=' only before a hexadecimal digit or at a line's end). */
static void set_boundary(struct making *m, GMimeMultipart *multipart)
{
    struct hash hash;
    unsigned char digest[32];
    hash_init(&hash);
    hash_field(&hash, m->message->message_id);
    hash_add(&hash, &m->boundaries, sizeof m->boundaries);
    hash_done(&hash, digest);
    m->boundaries++;
    struct str hex = hash_hex(m->arena, digest, 12);
    m->gmime->g_mime_multipart_set_boundary(
        multipart, str_z(m->arena, str_printf(m->arena, "=_" STR_FMT, STR_ARG(hex))));
}

static GMimeMultipart *multipart_new(struct making *m, const char *subtype)
{
    GMimeMultipart *multipart = m->gmime->g_mime_multipart_new_with_subtype(subtype);
    set_boundary(m, multipart);
    return multipart;
}

static void add(struct making *m, GMimeMultipart *to, void *part)
{
    m->gmime->g_mime_multipart_add(to, part);
    m->gmime->g_object_unref(part);
}

static void set_content(struct making *m, GMimePart *part, struct str data, GMimeContentEncoding encoding)
{
    GMimeStream *stream = m->gmime->g_mime_stream_mem_new_with_buffer(data.p ? data.p : "", data.n);
    GMimeDataWrapper *wrapper =
        m->gmime->g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    m->gmime->g_mime_part_set_content(part, wrapper);
    m->gmime->g_mime_part_set_content_encoding(part, encoding);
    m->gmime->g_object_unref(wrapper);
    m->gmime->g_object_unref(stream);
}

static GMimeObject *as_object(void *part)
{
    return part;
}

/* Quoted-printable where most is ASCII, so that people and filters can read the source; else base64, which is
 * smaller and wants canonical line ends (RFC 2049, 4). */
static GMimePart *text_part(struct making *m, const char *subtype, struct str text)
{
    GMimePart *part = m->gmime->g_mime_part_new_with_type("text", subtype);
    m->gmime->g_mime_object_set_content_type_parameter(as_object(part), "charset", "utf-8");
    size_t high = 0;
    for (size_t i = 0; i < text.n; i++)
        high += (unsigned char)text.p[i] >= 0x80;
    if (high * 4 < text.n) {
        set_content(m, part, text, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
        return part;
    }
    struct buf canonical = {0};
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n')
            buf_char(&canonical, '\r');
        buf_char(&canonical, text.p[i]);
    }
    set_content(m, part, buf_view(&canonical), GMIME_CONTENT_ENCODING_BASE64);
    buf_done(&canonical);
    return part;
}

static GMimePart *file_part(struct making *m, const struct mail_file *file)
{
    size_t slash = str_find(file->media_type, STR("/"));
    const char *type = str_z(m->arena, str_slice(file->media_type, 0, slash)),
               *subtype = str_z(m->arena, str_slice(file->media_type, slash + 1, file->media_type.n));
    GMimePart *part = m->gmime->g_mime_part_new_with_type(type, subtype);
    GMimeObject *object = as_object(part);
    m->gmime->g_mime_object_set_content_type_parameter(object, "name", str_z(m->arena, file->plain_name));
    m->gmime->g_mime_object_set_disposition(object, file->content_id.n ? "inline" : "attachment");
    m->gmime->g_mime_object_set_content_disposition_parameter(object, "filename",
                                                              str_z(m->arena, file->name));
    if (file->content_id.n)
        m->gmime->g_mime_object_set_content_id(object, str_z(m->arena, file->content_id));
    set_content(m, part, file->data, GMIME_CONTENT_ENCODING_BASE64);
    return part;
}

static GMimeMultipart *tree(struct making *m)
{
    const struct mail_message *message = m->message;
    GMimeMultipart *mixed = multipart_new(m, "mixed"), *related = multipart_new(m, "related"),
                   *alternative = multipart_new(m, "alternative");
    add(m, alternative, text_part(m, "plain", message->text));
    add(m, alternative, text_part(m, "html", message->html));
    m->gmime->g_mime_object_set_content_type_parameter(as_object(related), "type", "multipart/alternative");
    add(m, related, alternative);
    for (size_t i = 0; i < message->picture_count; i++)
        add(m, related, file_part(m, &message->pictures[i]));
    add(m, mixed, related);
    for (size_t i = 0; i < message->attachment_count; i++)
        add(m, mixed, file_part(m, &message->attachments[i]));
    return mixed;
}

static void add_mailbox(struct making *m, GMimeMessage *to, GMimeAddressType type,
                        const struct mail_address *address)
{
    const char *name = address->name.n ? str_z(m->arena, address->name) : NULL;
    m->gmime->g_mime_message_add_mailbox(to, type, name, str_z(m->arena, address->email));
}

static void header(struct making *m, GMimeMessage *to, const char *name, struct str value)
{
    m->gmime->g_mime_object_set_header(as_object(to), name, str_z(m->arena, value), "utf-8");
}

/* A value as it stands: GMime would write a long word as an encoded one (RFC 2047), in which no mail system
 * looks for an address. Lines that end in LF become what the message's lines end in. */
static void bare_header(struct making *m, GMimeMessage *to, const char *name, struct str value)
{
    header(m, to, name, value);
    GMimeHeaderList *list = m->gmime->g_mime_object_get_header_list(as_object(to));
    GMimeHeader *made = m->gmime->g_mime_header_list_get_header(list, name);
    m->gmime->g_mime_header_set_raw_value(
        made, str_z(m->arena, str_printf(m->arena, " " STR_FMT "\n", STR_ARG(value))));
}

/* RFC 2369, 2: addresses in < >, separated by commas, without comments or encoded words; RFC 8058. */
static void set_list_headers(struct making *m, GMimeMessage *to)
{
    const struct mail_message *message = m->message;
    struct buf how = {0};
    if (message->list_id.n)
        bare_header(m, to, "List-Id", str_printf(m->arena, "<" STR_FMT ">", STR_ARG(message->list_id)));
    if (message->unsubscribe_url.n)
        buf_printf(&how, "<" STR_FMT ">", STR_ARG(message->unsubscribe_url));
    if (message->unsubscribe_email.n)
        buf_printf(&how, "%s<mailto:" STR_FMT "?subject=unsubscribe%%20" STR_FMT ">", how.n ? ",\n " : "",
                   STR_ARG(message->unsubscribe_email), STR_ARG(message->unsubscribe_token));
    if (how.n)
        bare_header(m, to, "List-Unsubscribe", buf_view(&how));
    if (message->unsubscribe_url.n)
        header(m, to, "List-Unsubscribe-Post", STR("List-Unsubscribe=One-Click"));
    buf_done(&how);
}

static GMimeMessage *make(struct making *m)
{
    const struct mail_message *message = m->message;
    GMimeMessage *made = m->gmime->g_mime_message_new(FALSE);
    GDateTime *date =
        m->gmime->g_date_time_new_utc(message->date.year, message->date.month ? message->date.month : 1,
                                      message->date.day ? message->date.day : 1, 0, 0, 0);
    m->gmime->g_mime_message_set_date(made, date);
    m->gmime->g_date_time_unref(date);
    add_mailbox(m, made, GMIME_ADDRESS_TYPE_FROM, &message->from);
    if (message->sender.email.n)
        add_mailbox(m, made, GMIME_ADDRESS_TYPE_SENDER, &message->sender);
    if (message->reply_to.n)
        add_mailbox(m, made, GMIME_ADDRESS_TYPE_REPLY_TO, &(struct mail_address){.email = message->reply_to});
    add_mailbox(m, made, GMIME_ADDRESS_TYPE_TO, &message->to);
    m->gmime->g_mime_message_set_subject(made, str_z(m->arena, message->subject), "utf-8");
    m->gmime->g_mime_message_set_message_id(made, str_z(m->arena, message->message_id));
    header(m, made, "Auto-Submitted", STR("auto-generated")); /* RFC 3834, 5 */
    if (message->language.n)
        header(m, made, "Content-Language", message->language); /* RFC 3282 */
    set_list_headers(m, made);
    GMimeMultipart *mixed = tree(m);
    m->gmime->g_mime_message_set_mime_part(made, as_object(mixed));
    m->gmime->g_object_unref(mixed);
    return made;
}

bool mail_message_write(const struct mail_message *message, bool crlf, struct buf *out, struct diags *diags)
{
    const struct gmime_functions *gmime = gmime_open(diags);
    if (!gmime || !check(message, diags))
        return false;
    struct arena arena;
    arena_init(&arena);
    struct making m = {.gmime = gmime, .arena = &arena, .message = message};
    GMimeMessage *made = make(&m);
    GMimeFormatOptions *format = gmime->g_mime_format_options_new();
    gmime->g_mime_format_options_set_newline_format(format, crlf ? GMIME_NEWLINE_FORMAT_DOS
                                                                 : GMIME_NEWLINE_FORMAT_UNIX);
    gmime->g_mime_format_options_set_param_encoding_method(format, GMIME_PARAM_ENCODING_METHOD_RFC2231);
    GMimeStream *stream = gmime->g_mime_stream_mem_new();
    gmime->g_mime_object_write_to_stream(as_object(made), format, stream);
    const GByteArray *bytes = gmime->g_mime_stream_mem_get_byte_array((GMimeStreamMem *)(void *)stream);
    buf_add(out, bytes->data, bytes->len);
    gmime->g_object_unref(stream);
    gmime->g_mime_format_options_free(format);
    gmime->g_object_unref(made);
    arena_done(&arena);
    return true;
}
