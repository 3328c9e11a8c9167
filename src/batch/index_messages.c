/* Diagnostics on index.html. */
#include "batch/index.h"

#include <stdlib.h>

#include "batch/json_scan.h"
#include "batch/manifest_json.h"

/* One of the list, as its JSON has it. */
struct message {
    struct str file, severity, code, text, hint;
    long long line, column;
};

struct messages {
    struct arena arena;
    struct message *items, now;
    size_t count, cap;
};

static struct str text_of(struct messages *messages, struct str value)
{
    struct buf text = {0};
    json_scan_text(&text, value);
    struct str kept = str_dup(&messages->arena, buf_view(&text));
    buf_done(&text);
    return kept;
}

static void take_member(void *self, struct str key, struct str value)
{
    struct messages *messages = self;
    struct message *now = &messages->now;
    if (key.n == 0) {
        *ARENA_PUSH(&messages->arena, messages) = *now;
        *now = (struct message){0};
    } else if (str_is(key, "file")) {
        now->file = text_of(messages, value);
    } else if (str_is(key, "severity")) {
        now->severity = text_of(messages, value);
    } else if (str_is(key, "code")) {
        now->code = text_of(messages, value);
    } else if (str_is(key, "message")) {
        now->text = text_of(messages, value);
    } else if (str_is(key, "hint")) {
        now->hint = text_of(messages, value);
    } else if (str_is(key, "line")) {
        now->line = strtoll(value.p, NULL, 10);
    } else if (str_is(key, "column")) {
        now->column = strtoll(value.p, NULL, 10);
    }
}

static struct str member(struct messages *messages, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_string(value)
               ? str_dup(&messages->arena, (struct str){json_string_value(value), json_string_length(value)})
               : (struct str){0};
}

/* Whatever the list holds besides. */
static void take_list(struct messages *messages, struct str diagnostics)
{
    json_t *array = manifest_diagnostics(diagnostics);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *object = json_array_get(array, i);
        *ARENA_PUSH(&messages->arena, messages) = (struct message){
            .file = member(messages, object, "file"),
            .severity = member(messages, object, "severity"),
            .code = member(messages, object, "code"),
            .text = member(messages, object, "message"),
            .hint = member(messages, object, "hint"),
            .line = (long long)json_integer_value(json_object_get(object, "line")),
            .column = (long long)json_integer_value(json_object_get(object, "column")),
        };
    }
    json_decref(array);
}

static void write_message(struct buf *out, const struct message *message)
{
    struct str severity = message->severity;
    bool known = str_is(severity, "error") || str_is(severity, "warning") || str_is(severity, "note");
    buf_printf(out, "<li><span class=\"" STR_FMT "\">", STR_ARG(known ? severity : STR("note")));
    html_text(out, severity);
    buf_text(out, "</span> <code>");
    html_text(out, message->code);
    buf_text(out, "</code> ");
    html_text(out, message->text);
    if (message->file.n) {
        buf_text(out, "<span class=\"where\">");
        html_text(out, message->file);
        buf_printf(out, ":%lld:%lld</span>", message->line, message->column);
    }
    if (message->hint.n) {
        buf_text(out, "<span class=\"hint\">Help: ");
        html_text(out, message->hint);
        buf_text(out, "</span>");
    }
    buf_text(out, "</li>\n");
}

size_t index_messages(struct buf *out, struct str diagnostics)
{
    if (diagnostics.n == 0 || str_is(diagnostics, "[]"))
        return 0;
    struct messages messages = {0};
    arena_init(&messages.arena);
    if (!json_scan(diagnostics, NULL, take_member, &messages)) {
        messages.count = 0;
        take_list(&messages, diagnostics);
    }
    size_t count = messages.count;
    if (out && count) {
        buf_text(out, "<ul class=\"messages\">\n");
        for (size_t i = 0; i < count; i++)
            write_message(out, &messages.items[i]);
        buf_text(out, "</ul>\n");
    }
    arena_done(&messages.arena);
    return count;
}
