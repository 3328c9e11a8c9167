/* One finished message: headers (RFC 5322) and its MIME tree (RFC 2045–2049, 2183, 2231, 2387), by GMime. */
#ifndef BRIEFING_MAIL_MESSAGE_H
#define BRIEFING_MAIL_MESSAGE_H

#include "base/buf.h"
#include "base/date.h"
#include "diag/diag.h"

struct mail_address {
    struct str name, email; /* name may be empty */
};

/* A picture of the letter or an attached file. */
struct mail_file {
    struct str media_type; /* "application/pdf" */
    struct str name;       /* shown to the reader; any script: written by RFC 2231 */
    struct str plain_name; /* ASCII, for readers that know no RFC 2231 */
    struct str content_id; /* of a picture, "first-page-1@example.org"; empty: an attachment */
    struct str data;
};

/* All strings are UTF-8 and borrowed. Optional ones may be empty. */
struct mail_message {
    struct mail_address from, to, sender /* optional; its email empty: none */;
    struct str reply_to; /* optional */
    struct str subject;
    struct date date;      /* written as midnight UTC */
    struct str message_id; /* without < > */
    struct str language;   /* BCP 47 */
    struct str list_id;    /* RFC 2919, without < >; optional */
    struct str
        unsubscribe_url; /* https, with the member's token: RFC 2369 and, one click, RFC 8058; optional */
    struct str unsubscribe_email; /* optional */
    struct str unsubscribe_token; /* subject of a message to that address */
    struct str text, html;
    const struct mail_file *pictures; /* that the html shows by "cid:" */
    size_t picture_count;
    const struct mail_file *attachments;
    size_t attachment_count;
};

/* Appends the message, lines ending in CRLF where crlf (a file, SMTP), else in LF (a pipe to sendmail, an
 * mbox). Only 7-bit bytes, no line longer than 998 (RFC 5322, 2.1.1). The same message gives the same bytes.
 * false with a diagnostic when a header's value holds a control character (nobody writes headers through a
 * name or a subject), when an address is none, or when the library is not there; then out is unchanged. */
bool mail_message_write(const struct mail_message *message, bool crlf, struct buf *out, struct diags *diags);

/* Whether text can be an address as RFC 5321 and this program take it: ASCII, one '@', no blank, no control,
 * no quote. */
bool mail_address_allowed(struct str email);

#endif
