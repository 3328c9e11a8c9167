/* Reading finished messages as a strict mail system would. */
#include "mail/check.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "mail/gmime.h"
#include "mail/message.h"

enum { LONGEST_LINE = 998 /* RFC 5322, 2.1.1 */, DEPTH = 8 };

struct checking {
    struct arena *arena;
    const struct mail_check *check;
    const struct gmime_functions *gmime;
    struct diag_source *source;
    struct diags *diags;
    const struct member *member; /* whom it is for, where the roster says so */
    struct str html;
    struct str *ids; /* content ids of parts */
    size_t id_count, id_cap;
    size_t texts, htmls, pdfs;
};

static struct span place(const struct checking *c, size_t at)
{
    return span_at(c->source, at, at);
}

#define FAULT(c, ...) ((void)diag_add((c)->diags, DIAG_MAIL_FAULT, place(c, 0), __VA_ARGS__))

/* ---- bytes */

static void check_bytes(const struct checking *c)
{
    struct str text = c->source->text;
    size_t line = 0, crlf = 0, bare = 0, high = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char byte = (unsigned char)text.p[i];
        if ((byte >= 0x80 || byte == 0) && !high++)
            diag_add(c->diags, DIAG_MAIL_FAULT, place(c, i),
                     "a byte 0x%02X: only 7-bit text passes every mail system", byte);
        if (byte != '\n')
            continue;
        bool with_cr = i > line && text.p[i - 1] == '\r';
        if (i - line - with_cr > LONGEST_LINE)
            diag_add(c->diags, DIAG_MAIL_FAULT, place(c, line),
                     "a line of %zu bytes; at most 998 are allowed", i - line - with_cr);
        *(with_cr ? &crlf : &bare) += 1;
        line = i + 1;
    }
    if (text.n - line > LONGEST_LINE)
        diag_add(c->diags, DIAG_MAIL_FAULT, place(c, line), "a line of %zu bytes; at most 998 are allowed",
                 text.n - line);
    if (crlf && bare)
        FAULT(c, "%zu lines end in LF and %zu in CR LF", bare, crlf);
    if (c->check->budget && text.n > c->check->budget)
        diag_add(c->diags, DIAG_MAIL_OVER_BUDGET, place(c, 0), "%zu bytes; the budget is %llu", text.n,
                 (unsigned long long)c->check->budget);
}

/* ---- headers */

static bool same_name(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if ((*a | 0x20) != (*b | 0x20))
            return false;
    return *a == *b;
}

static bool is_blank(const char *value)
{
    return !value || strspn(value, " \t\r\n") == strlen(value);
}

static void check_headers(const struct checking *c, GMimeMessage *message)
{
    static const char *const once[] = {"Date",       "From",         "To",          "Subject",
                                       "Message-Id", "MIME-Version", "Content-Type"};
    GMimeHeaderList *list = c->gmime->g_mime_object_get_header_list((GMimeObject *)(void *)message);
    GMimeObject *part = c->gmime->g_mime_message_get_mime_part(message);
    for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
        int count = 0;
        bool of_part = same_name(once[i], "Content-Type");
        GMimeHeaderList *where = of_part && part ? c->gmime->g_mime_object_get_header_list(part) : list;
        for (int j = 0; j < c->gmime->g_mime_header_list_get_count(where); j++) {
            GMimeHeader *header = c->gmime->g_mime_header_list_get_header_at(where, j);
            if (!same_name(c->gmime->g_mime_header_get_name(header), once[i]))
                continue;
            count++;
            if (is_blank(c->gmime->g_mime_header_get_raw_value(header)))
                FAULT(c, "the header %s is empty", once[i]);
        }
        if (count != 1)
            FAULT(c, count ? "the header %s stands %d times" : "there is no header %s", once[i], count);
    }
}

static bool same_address(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        char x = a.p[i], y = b.p[i];
        x = x >= 'A' && x <= 'Z' ? (char)(x + 32) : x;
        y = y >= 'A' && y <= 'Z' ? (char)(y + 32) : y;
        if (x != y)
            return false;
    }
    return true;
}

static bool has_left(const struct member *member)
{
    return date_is_set(member->unsubscribed.date);
}

/* Of members who share an address, the one a mailing writes to: the first, but nobody once one of them has
 * left. */
static const struct member *member_of(const struct roster *roster, struct str email)
{
    const struct member *found = NULL;
    for (size_t i = 0; i < roster->members.count; i++) {
        const struct member *member = &roster->members.items[i];
        if (same_address(member->email.s, email) && (!found || (has_left(member) && !has_left(found))))
            found = member;
    }
    return found;
}

/* The one address of To; empty, and told, when there is none or more than one: a letter has one reader. */
static struct str reader_of(const struct checking *c, GMimeMessage *message)
{
    InternetAddressList *to = c->gmime->g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_TO);
    int count = c->gmime->internet_address_list_length(to), others = 0;
    const GMimeAddressType types[] = {GMIME_ADDRESS_TYPE_CC, GMIME_ADDRESS_TYPE_BCC};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        others +=
            c->gmime->internet_address_list_length(c->gmime->g_mime_message_get_addresses(message, types[i]));
    if (count != 1 || others) {
        FAULT(c, "%d addresses in To and %d in Cc and Bcc: a letter has one reader", count, others);
        return (struct str){0};
    }
    InternetAddress *address = c->gmime->internet_address_list_get_address(to, 0);
    if (!c->gmime->g_type_check_instance_is_a((GTypeInstance *)(void *)address,
                                              c->gmime->internet_address_mailbox_get_type())) {
        FAULT(c, "To names a group, not a reader");
        return (struct str){0};
    }
    const char *email =
        c->gmime->internet_address_mailbox_get_addr((InternetAddressMailbox *)(void *)address);
    struct str found = str_dup(c->arena, str_from(email));
    if (!mail_address_allowed(found))
        FAULT(c, "'" STR_FMT "' in To is no e-mail address", STR_ARG(found));
    return found;
}

static void check_reader(struct checking *c, GMimeMessage *message)
{
    struct str email = reader_of(c, message);
    if (!c->check->roster || !email.n)
        return;
    c->member = member_of(c->check->roster, email);
    if (!c->member)
        diag_add(c->diags, DIAG_MAIL_WRONG_READER, place(c, 0),
                 "the roster has no member with the address " STR_FMT, STR_ARG(email));
    else if (has_left(c->member))
        diag_add(c->diags, DIAG_MAIL_WRONG_READER, place(c, 0), STR_FMT " has unsubscribed",
                 STR_ARG(c->member->id.s));
}

/* ---- parts */

static struct str stream_bytes(const struct checking *c, GMimeStream *stream)
{
    GMimeStream *memory = c->gmime->g_mime_stream_mem_new();
    c->gmime->g_mime_stream_reset(stream);
    c->gmime->g_mime_stream_write_to_stream(stream, memory);
    const GByteArray *bytes = c->gmime->g_mime_stream_mem_get_byte_array((GMimeStreamMem *)(void *)memory);
    struct str copy = str_dup(c->arena, (struct str){(const char *)bytes->data, bytes->len});
    c->gmime->g_object_unref(memory);
    return copy;
}

static struct str decoded(const struct checking *c, GMimeDataWrapper *content)
{
    GMimeStream *memory = c->gmime->g_mime_stream_mem_new();
    c->gmime->g_mime_data_wrapper_write_to_stream(content, memory);
    const GByteArray *bytes = c->gmime->g_mime_stream_mem_get_byte_array((GMimeStreamMem *)(void *)memory);
    struct str copy = str_dup(c->arena, (struct str){(const char *)bytes->data, bytes->len});
    c->gmime->g_object_unref(memory);
    return copy;
}

static bool is_base64(struct str text)
{
    size_t letters = 0, pads = 0;
    for (size_t i = 0; i < text.n; i++) {
        char ch = text.p[i];
        if (ch == '\r' || ch == '\n')
            continue;
        bool letter = (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') ||
                      ch == '+' || ch == '/';
        if (letter && !pads)
            letters++;
        else if (ch == '=' && pads < 2)
            pads++;
        else
            return false;
    }
    return (letters + pads) % 4 == 0;
}

static bool is_hex(char ch)
{
    return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'F') || (ch >= 'a' && ch <= 'f');
}

static bool is_quoted_printable(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '=')
            continue;
        struct str next = str_slice(text, i + 1, i + 3);
        bool soft = next.n == 0 || next.p[0] == '\n' || str_starts(next, STR("\r\n"));
        if (!soft && !(next.n == 2 && is_hex(next.p[0]) && is_hex(next.p[1])))
            return false;
    }
    return true;
}

static void check_encoding(const struct checking *c, GMimePart *part, const char *what)
{
    GMimeStream *stream = c->gmime->g_mime_data_wrapper_get_stream(c->gmime->g_mime_part_get_content(part));
    struct str raw = stream_bytes(c, stream);
    GMimeContentEncoding encoding = c->gmime->g_mime_part_get_content_encoding(part);
    if (encoding == GMIME_CONTENT_ENCODING_BASE64 && !is_base64(raw))
        FAULT(c, "%s is broken: it is no base64", what);
    if (encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE && !is_quoted_printable(raw))
        FAULT(c, "%s is broken: it is no quoted-printable text", what);
}

/* Whether a member's tier may read an edition of another: ids compared through the house's `includes`. */
static bool reads(const struct house *house, struct str reader, struct str tier, int depth)
{
    if (str_eq(reader, tier))
        return true;
    const struct tier *own = house ? house_tier(house, reader) : NULL;
    for (size_t i = 0; own && depth < DEPTH && i < own->includes.count; i++)
        if (reads(house, own->includes.items[i].s, tier, depth + 1))
            return true;
    return false;
}

static void wrong(const struct checking *c, const char *name, const char *what, struct str id)
{
    diag_add(c->diags, DIAG_MAIL_WRONG_READER, place(c, 0),
             "%s %s " STR_FMT ", and the letter is for " STR_FMT, name, what, STR_ARG(id),
             STR_ARG(c->member->id.s));
}

static void check_copy(const struct checking *c, const char *name, const struct mail_pdf_facts *facts)
{
    if (!facts->copy.n || !c->check->key)
        return;
    const struct copy_subject subject = {c->member->id.s, facts->entity, facts->edition, facts->tier};
    struct copy_id id = copy_id_make(c->check->key, &subject);
    if (!str_is(facts->copy, id.text))
        wrong(c, name, "is another member's copy:", facts->copy);
}

static void check_pdf(struct checking *c, const char *name, struct str pdf)
{
    struct mail_pdf_facts facts = {0};
    c->pdfs++;
    if (!str_starts(pdf, STR("%PDF-")) || !c->check->inspect(c->check->self, c->arena, pdf, &facts)) {
        FAULT(c, "%s is no PDF", name);
        return;
    }
    if (!c->member || facts.sealed)
        return;
    if (!facts.tier.n)
        FAULT(c, "%s does not say for which tier it is", name);
    else if (!reads(c->check->house, c->member->tier.s, facts.tier, 0))
        wrong(c, name, "is for the tier", facts.tier);
    else
        check_copy(c, name, &facts);
}

static void check_text(struct checking *c, GMimePart *part, struct str text, bool html)
{
    GMimeContentType *type = c->gmime->g_mime_object_get_content_type((GMimeObject *)(void *)part);
    const char *charset = c->gmime->g_mime_content_type_get_parameter(type, "charset");
    *(html ? &c->htmls : &c->texts) += 1;
    if (!charset || !same_name(charset, "utf-8"))
        FAULT(c, "a text part is not in UTF-8");
    if (!str_trim(text).n)
        FAULT(c, html ? "the HTML is empty" : "the plain text is empty");
    if (html)
        c->html = text;
}

static void check_part(struct checking *c, GMimeObject *object)
{
    GMimePart *part = (GMimePart *)(void *)object;
    GMimeContentType *type = c->gmime->g_mime_object_get_content_type(object);
    GMimeDataWrapper *content = c->gmime->g_mime_part_get_content(part);
    const char *file = c->gmime->g_mime_part_get_filename(part),
               *id = c->gmime->g_mime_object_get_content_id(object);
    const char *name = str_z(c->arena, file ? str_printf(c->arena, "'%s'", file) : STR("a part"));
    if (id) {
        c->ids = arena_grow(c->arena, c->ids, c->id_count, &c->id_cap, sizeof *c->ids);
        c->ids[c->id_count++] = str_dup(c->arena, str_from(id));
    }
    if (!content) {
        FAULT(c, "%s has no content", name);
        return;
    }
    check_encoding(c, part, name);
    struct str data = decoded(c, content);
    if (!file && c->gmime->g_mime_content_type_is_type(type, "text", "plain"))
        check_text(c, part, data, false);
    else if (!file && c->gmime->g_mime_content_type_is_type(type, "text", "html"))
        check_text(c, part, data, true);
    else if (c->gmime->g_mime_content_type_is_type(type, "application", "pdf"))
        check_pdf(c, name, data);
    else if (!data.n)
        FAULT(c, "%s is empty", name);
}

static bool is_kind(const struct checking *c, GMimeObject *object, GType type)
{
    return c->gmime->g_type_check_instance_is_a((GTypeInstance *)(void *)object, type) != 0;
}

/* A message that was cut off lacks the closing line of its multiparts. */
static void check_end(const struct checking *c, GMimeObject *multipart)
{
    GMimeContentType *type = c->gmime->g_mime_object_get_content_type(multipart);
    const char *boundary = c->gmime->g_mime_content_type_get_parameter(type, "boundary");
    struct str closing = str_printf(c->arena, "\n--%s--", boundary ? boundary : "");
    if (!boundary || str_find(c->source->text, closing) == SIZE_MAX)
        FAULT(c, "a multipart without its end: the message was cut off");
}

static void walk(struct checking *c, GMimeObject *object, int depth)
{
    if (is_kind(c, object, c->gmime->g_mime_part_get_type())) {
        check_part(c, object);
    } else if (is_kind(c, object, c->gmime->g_mime_multipart_get_type()) && depth < DEPTH) {
        GMimeMultipart *multipart = (GMimeMultipart *)(void *)object;
        int count = c->gmime->g_mime_multipart_get_count(multipart);
        if (count == 0)
            FAULT(c, "a multipart without parts");
        check_end(c, object);
        for (int i = 0; i < count; i++)
            walk(c, c->gmime->g_mime_multipart_get_part(multipart, i), depth + 1);
    } else {
        FAULT(c, "a part of a kind that no letter has");
    }
}

/* Every "cid:" of the HTML names a part. */
static void check_pictures(const struct checking *c)
{
    struct str rest = c->html;
    for (size_t at; (at = str_find(rest, STR("\"cid:"))) != SIZE_MAX;) {
        rest = str_slice(rest, at + 5, rest.n);
        struct str id = str_slice(rest, 0, str_find(rest, STR("\"")));
        bool found = false;
        for (size_t i = 0; i < c->id_count && !found; i++)
            found = str_eq(c->ids[i], id);
        if (!found)
            FAULT(c, "the HTML shows a picture that is not there: cid:" STR_FMT, STR_ARG(id));
    }
}

static void check_tree(struct checking *c, GMimeMessage *message)
{
    GMimeObject *root = c->gmime->g_mime_message_get_mime_part(message);
    if (!root) {
        FAULT(c, "there is nothing behind the headers");
        return;
    }
    walk(c, root, 0);
    if (c->texts != 1)
        FAULT(c, "%zu plain texts; a letter has one", c->texts);
    if (c->htmls != 1)
        FAULT(c, "%zu HTML texts; a letter has one", c->htmls);
    check_pictures(c);
}

void mail_check_message(struct arena *arena, const struct mail_check *check, struct diag_source *source,
                        struct diags *diags)
{
    struct checking c = {.arena = arena, .check = check, .source = source, .diags = diags};
    c.gmime = gmime_open(diags);
    if (!c.gmime)
        return;
    check_bytes(&c);
    GMimeStream *stream =
        c.gmime->g_mime_stream_mem_new_with_buffer(source->text.p ? source->text.p : "", source->text.n);
    GMimeParser *parser = c.gmime->g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = c.gmime->g_mime_parser_construct_message(parser, NULL);
    if (message) {
        check_headers(&c, message);
        check_reader(&c, message);
        check_tree(&c, message);
        c.gmime->g_object_unref(message);
    } else {
        FAULT(&c, "this is no message");
    }
    c.gmime->g_object_unref(parser);
    c.gmime->g_object_unref(stream);
}
