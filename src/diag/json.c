/* Building JSON. */
#include "diag/json.h"

#include <stdlib.h>

#include "base/utf8.h"

json_t *json_need(json_t *value)
{
    if (!value)
        base_out_of_memory();
    return value;
}

void json_put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, json_need(value)) != 0)
        base_out_of_memory();
}

void json_push(json_t *array, json_t *value)
{
    if (json_array_append_new(array, json_need(value)) != 0)
        base_out_of_memory();
}

json_t *json_text(struct str text)
{
    struct buf clean = {0};
    while (text.n) {
        size_t bad = utf8_invalid(text);
        size_t good = bad == SIZE_MAX ? text.n : bad;
        buf_add(&clean, text.p, good);
        if (good < text.n) {
            buf_utf8(&clean, 0xFFFD);
            good++;
        }
        text = (struct str){text.p + good, text.n - good};
    }
    json_t *value = json_need(json_stringn_nocheck(clean.p ? clean.p : "", clean.n));
    buf_done(&clean);
    return value;
}

void json_write(struct buf *out, json_t *value, size_t flags)
{
    char *text = json_dumps(value, flags);
    if (text)
        buf_text(out, text);
    else
        base_out_of_memory();
    free(text);
    json_decref(value);
}
