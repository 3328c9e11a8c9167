/* Messages as bytes. */
#include "batch/message.h"

#include <string.h>

void message_begin(struct buf *out, enum message_kind kind)
{
    uint32_t none = 0;
    buf_add(out, &none, sizeof none);
    buf_char(out, (char)kind);
}

void message_number(struct buf *out, int64_t number)
{
    buf_add(out, &number, sizeof number);
}

void message_text(struct buf *out, struct str text)
{
    message_number(out, (int64_t)text.n);
    buf_str(out, text);
}

void message_end(struct buf *out, size_t begun_at)
{
    uint32_t length = (uint32_t)(out->n - begun_at - sizeof length);
    memcpy(out->p + begun_at, &length, sizeof length);
}

bool message_next(struct str in, size_t *used, struct message *message)
{
    uint32_t length;
    if (in.n - *used < sizeof length)
        return false;
    memcpy(&length, in.p + *used, sizeof length);
    if (length == 0 || in.n - *used - sizeof length < length)
        return false;
    size_t start = *used + sizeof length;
    *message = (struct message){in.p[start], str_slice(in, start + 1, start + length)};
    *used = start + length;
    return true;
}

int64_t message_take_number(struct message *message)
{
    int64_t number = 0;
    if (message->rest.n < sizeof number)
        return 0;
    memcpy(&number, message->rest.p, sizeof number);
    message->rest = str_slice(message->rest, sizeof number, message->rest.n);
    return number;
}

struct str message_take_text(struct message *message)
{
    int64_t n = message_take_number(message);
    if (n < 0 || (uint64_t)n > message->rest.n)
        return (struct str){0};
    struct str text = {message->rest.p, (size_t)n};
    message->rest = str_slice(message->rest, (size_t)n, message->rest.n);
    return text;
}
