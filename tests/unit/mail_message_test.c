/* Messages: headers, MIME tree, encodings, and that no value can write a header of its own (mail-header). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mail/message.h"

static const struct mail_file picture = {.media_type = {"image/jpeg", 10},
                                         .name = {"page.jpg", 8},
                                         .plain_name = {"page.jpg", 8},
                                         .content_id = {"p1@example.org", 14},
                                         .data = {"\xFF\xD8\x00\x0A", 4}};
static const struct mail_file attachment = {.media_type = {"application/pdf", 15},
                                            .name = {"山田.pdf", 10},
                                            .plain_name = {"yamada.pdf", 10},
                                            .data = {"%PDF-1.7\n\0\r\n", 12}};

static struct mail_message simple(void)
{
    return (struct mail_message){
        .from = {STR("Briefing Desk"), STR("desk@example.org")},
        .to = {STR("山田 美咲"), STR("misaki@example.org")},
        .sender = {STR(""), STR("bounces@example.org")},
        .reply_to = STR("answers@example.org"),
        .subject = STR("Winter – what is new"),
        .date = {2026, 12, 1},
        .message_id = STR("abc123@example.org"),
        .language = STR("en-GB"),
        .list_id = STR("briefing.example.org"),
        .unsubscribe_url = STR("https://example.org/u?t=TOKEN"),
        .unsubscribe_email = STR("leave@example.org"),
        .unsubscribe_token = STR("TOKEN"),
        .text = STR("Dear reader,\nété.\n"),
        .html = STR("<p>Dear reader</p>\n"),
        .pictures = &picture,
        .picture_count = 1,
        .attachments = &attachment,
        .attachment_count = 1,
    };
}

/* Writes it; the bytes are freed by buf_done. */
static bool write_message(const struct mail_message *message, bool crlf, struct buf *out, size_t *faults)
{
    struct arena arena;
    struct diags diags;
    arena_init(&arena);
    diags_init(&diags, &arena);
    bool ok = mail_message_write(message, crlf, out, &diags);
    *faults = diags.per_code[DIAG_MAIL_HEADER];
    buf_char(out, '\0');
    arena_done(&arena);
    return ok;
}

static void headers_are_as_mail_systems_want_them(void **state)
{
    (void)state;
    struct mail_message message = simple();
    struct buf out = {0};
    size_t errors;
    assert_true(write_message(&message, false, &out, &errors));
    assert_non_null(strstr(out.p, "From: Briefing Desk <desk@example.org>\n"));
    assert_non_null(strstr(out.p, "Sender: bounces@example.org\n"));
    assert_non_null(strstr(out.p, "Reply-To: answers@example.org\n"));
    assert_non_null(strstr(out.p, " <misaki@example.org>\n"));
    assert_non_null(strstr(out.p, "Date: Tue, 01 Dec 2026 00:00:00 +0000\n"));
    assert_non_null(strstr(out.p, "Message-Id: <abc123@example.org>\n"));
    assert_non_null(strstr(out.p, "List-Id: <briefing.example.org>\n"));
    assert_non_null(strstr(out.p, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"));
    assert_non_null(strstr(out.p, "<https://example.org/u?t=TOKEN>"));
    assert_non_null(strstr(out.p, "<mailto:leave@example.org?subject=unsubscribe%20TOKEN>"));
    assert_non_null(strstr(out.p, "Auto-Submitted: auto-generated\n"));
    assert_non_null(strstr(out.p, "Content-Language: en-GB\n"));
    assert_non_null(strstr(out.p, "MIME-Version: 1.0\n"));
    assert_non_null(strstr(out.p, "Content-Type: multipart/mixed;"));
    assert_non_null(strstr(out.p, "name=yamada.pdf"));
    assert_non_null(strstr(out.p, "filename*=UTF-8''%E5%B1%B1%E7%94%B0.pdf"));
    buf_done(&out);
}

/* A long address too stands bare: mail systems read no encoded word there (RFC 2369, 2). */
static void list_addresses_are_never_encoded(void **state)
{
    (void)state;
    struct mail_message message = simple();
    struct buf out = {0}, url = {0};
    size_t errors;
    buf_text(&url, "https://example.org/");
    buf_repeat(&url, 'u', 300);
    message.unsubscribe_url = buf_view(&url);
    message.unsubscribe_email = STR("unsubscribe-from-the-member-briefing@news.example.org");
    message.list_id =
        STR("a-list-with-a-name-that-is-longer-than-a-line-of-a-letter-may-well-be.example.org");
    message.unsubscribe_token = STR("efcs3qlx4z5h6ebs4kflgpeahg");
    for (int crlf = 0; crlf < 2; crlf++) {
        struct buf expected = {0};
        const char *end = crlf ? "\r\n" : "\n";
        out.n = 0;
        assert_true(write_message(&message, crlf, &out, &errors));
        buf_printf(&expected,
                   "%sList-Id: <" STR_FMT ">%sList-Unsubscribe: <" STR_FMT ">,%s <mailto:" STR_FMT
                   "?subject=unsubscribe%%20" STR_FMT ">%sList-Unsubscribe-Post: ",
                   end, STR_ARG(message.list_id), end, STR_ARG(message.unsubscribe_url), end,
                   STR_ARG(message.unsubscribe_email), STR_ARG(message.unsubscribe_token), end);
        buf_char(&expected, '\0');
        assert_non_null(strstr(out.p, expected.p));
        buf_done(&expected);
    }
    buf_repeat(&url, 'u', 600);
    message.unsubscribe_url = buf_view(&url);
    assert_false(write_message(&message, false, &out, &errors));
    assert_int_equal(errors, 1);
    buf_done(&out);
    buf_done(&url);
}

static void bytes_are_7_bit_lines_short_and_repeatable(void **state)
{
    (void)state;
    struct mail_message message = simple();
    struct buf long_text = {0}, first = {0}, second = {0};
    size_t errors;
    buf_repeat(&long_text, 'x', 5000);
    buf_text(&long_text, " 山\n.\nFrom here\n");
    message.html = buf_view(&long_text);
    assert_true(write_message(&message, true, &first, &errors));
    assert_true(write_message(&message, true, &second, &errors));
    assert_int_equal(first.n, second.n);
    assert_memory_equal(first.p, second.p, first.n);
    size_t line = 0;
    for (size_t i = 0; i + 1 < first.n; i++) {
        unsigned char c = (unsigned char)first.p[i];
        assert_true(c < 0x80 && c != 0);
        if (c == '\n') {
            assert_int_equal(first.p[i - 1], '\r');
            line = 0;
        } else {
            line++;
            assert_true(line <= 999); /* with its CR */
        }
    }
    buf_done(&long_text);
    buf_done(&first);
    buf_done(&second);
}

static void nobody_writes_headers_through_a_value(void **state)
{
    (void)state;
    const struct str evil = STR("x\r\nBcc: victim@example.org"), line_feed = STR("x\ny");
    for (int field = 0; field < 12; field++) {
        struct mail_message message = simple();
        struct mail_file file = attachment;
        message.attachments = &file;
        struct str *fields[] = {&message.from.name,         &message.to.name,  &message.to.email,
                                &message.sender.email,      &message.reply_to, &message.subject,
                                &message.message_id,        &message.list_id,  &message.unsubscribe_url,
                                &message.unsubscribe_token, &file.name,        &file.plain_name};
        for (int kind = 0; kind < 2; kind++) {
            struct buf out = {0};
            size_t errors;
            *fields[field] = kind ? line_feed : evil;
            assert_false(write_message(&message, true, &out, &errors));
            assert_int_equal(errors, 1);
            assert_int_equal(out.n, 1);
            buf_done(&out);
        }
    }
}

static void addresses_are_told_from_other_text(void **state)
{
    (void)state;
    assert_true(mail_address_allowed(STR("a.b+c@example.org")));
    assert_true(mail_address_allowed(STR("o'brien@example.co.uk")));
    static const char *const bad[] = {"",          "a",         "@b",      "a@",      "a b@c.de", "a@b@c.de",
                                      "a@b,c@d.e", "<a@b.de>",  "a@b..de", ".a@b.de", "a.@b.de",  "a@.b.de",
                                      "a@b.de.",   "a\"b@c.de", "é@b.de",  "a@b.de\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (mail_address_allowed(str_from(bad[i])))
            fail_msg("'%s' was taken for an address", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_as_mail_systems_want_them),
        cmocka_unit_test(list_addresses_are_never_encoded),
        cmocka_unit_test(bytes_are_7_bit_lines_short_and_repeatable),
        cmocka_unit_test(nobody_writes_headers_through_a_value),
        cmocka_unit_test(addresses_are_told_from_other_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
