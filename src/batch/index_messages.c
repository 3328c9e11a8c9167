/* Diagnostics on index.html. */
#include "batch/index.h"
#include "batch/manifest_json.h"

static struct str member(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_string(value) ? (struct str){json_string_value(value), json_string_length(value)}
                                 : (struct str){0};
}

static void write_place(struct buf *out, const json_t *diagnostic)
{
    struct str file = member(diagnostic, "file");
    if (file.n == 0)
        return;
    buf_text(out, "<span class=\"where\">");
    html_text(out, file);
    buf_printf(out, ":%lld:%lld</span>", (long long)json_integer_value(json_object_get(diagnostic, "line")),
               (long long)json_integer_value(json_object_get(diagnostic, "column")));
}

static void write_message(struct buf *out, const json_t *diagnostic)
{
    struct str severity = member(diagnostic, "severity"), hint = member(diagnostic, "hint");
    bool known = str_is(severity, "error") || str_is(severity, "warning") || str_is(severity, "note");
    buf_printf(out, "<li><span class=\"%s\">", known ? severity.p : "note");
    html_text(out, severity);
    buf_text(out, "</span> <code>");
    html_text(out, member(diagnostic, "code"));
    buf_text(out, "</code> ");
    html_text(out, member(diagnostic, "message"));
    write_place(out, diagnostic);
    if (hint.n) {
        buf_text(out, "<span class=\"hint\">Help: ");
        html_text(out, hint);
        buf_text(out, "</span>");
    }
    buf_text(out, "</li>\n");
}

size_t index_messages(struct buf *out, struct str diagnostics)
{
    json_t *array = manifest_diagnostics(diagnostics);
    size_t count = json_array_size(array);
    if (out && count) {
        buf_text(out, "<ul class=\"messages\">\n");
        for (size_t i = 0; i < count; i++)
            write_message(out, json_array_get(array, i));
        buf_text(out, "</ul>\n");
    }
    json_decref(array);
    return count;
}
