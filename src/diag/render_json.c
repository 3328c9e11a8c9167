/* Diagnostics for programs: a JSON array (RFC 8259), and SARIF 2.1.0 (OASIS, 2020). */
#include "diag/render.h"

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "diag/lines.h"

#ifndef BRIEFING_VERSION
#define BRIEFING_VERSION "0"
#endif

static const char *const severity_words[] = {"note", "warning", "error"};

/* jansson returns NULL only when memory is out, as what it is given is valid. */
static json_t *have(json_t *value)
{
    if (!value)
        base_out_of_memory();
    return value;
}

static void put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, have(value)) != 0)
        base_out_of_memory();
}

static void append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, have(value)) != 0)
        base_out_of_memory();
}

/* Bytes that are no UTF-8 become U+FFFD. */
static json_t *json_text(struct str text)
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
    json_t *value = have(json_stringn_nocheck(clean.p ? clean.p : "", clean.n));
    buf_done(&clean);
    return value;
}

static json_t *json_size(size_t value)
{
    return json_integer((json_int_t)value);
}

static void dump(struct buf *out, json_t *root)
{
    char *text = json_dumps(root, JSON_INDENT(2));
    if (!text)
        base_out_of_memory();
    buf_text(out, text);
    buf_char(out, '\n');
    free(text);
    json_decref(root);
}

static void need_lines(struct lines *lines, const struct diag_source *source)
{
    if (lines->source == source)
        return;
    lines_done(lines);
    lines_init(lines, source);
}

/* ---- JSON */

static void put_position(json_t *object, struct span span, struct lines *lines)
{
    if (!span.source) {
        static const char *const keys[] = {"file", "line", "column", "end_line", "end_column"};
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            put(object, keys[i], json_null());
        return;
    }
    need_lines(lines, span.source);
    struct line_column start = lines_find(lines, span.start), end = lines_find(lines, span.end);
    put(object, "file", json_text(span.source->name));
    put(object, "line", json_size(start.line));
    put(object, "column", json_size(start.column));
    put(object, "end_line", json_size(end.line));
    put(object, "end_column", json_size(end.column));
}

static json_t *json_diag(const struct diag *diag, struct lines *lines)
{
    json_t *object = have(json_object());
    put_position(object, diag->span, lines);
    put(object, "severity", json_string(severity_words[diag->severity]));
    put(object, "code", json_string(diag_info(diag->code)->name));
    put(object, "message", json_text(diag->message));
    put(object, "hint", diag->hint.n ? json_text(diag->hint) : json_null());
    json_t *notes = have(json_array());
    for (const struct diag *note = diag->notes; note; note = note->next) {
        json_t *entry = have(json_object());
        put_position(entry, note->span, lines);
        put(entry, "message", json_text(note->message));
        append(notes, entry);
    }
    put(object, "notes", notes);
    return object;
}

/* What stands for the diagnostics past the limit of a code. */
static struct diag rest_of(const struct diags *diags, enum diag_code code, char *text, size_t size)
{
    snprintf(text, size, "%zu more of this code are not shown", diags->per_code[code] - diags->limit);
    return (struct diag){.code = code, .severity = DIAG_NOTE, .message = str_from(text)};
}

void diag_render_json(struct buf *out, const struct diags *diags)
{
    struct lines lines = {0};
    json_t *array = have(json_array());
    for (const struct diag *diag = diags->first; diag; diag = diag->next)
        append(array, json_diag(diag, &lines));
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        if (diags->per_code[code] <= diags->limit)
            continue;
        char text[80];
        struct diag rest = rest_of(diags, (enum diag_code)code, text, sizeof text);
        append(array, json_diag(&rest, &lines));
    }
    lines_done(&lines);
    dump(out, array);
}

/* ---- SARIF; clause numbers are those of its specification */

/* A path as a URI reference (RFC 3986). */
static json_t *json_uri(struct str path)
{
    static const char hex[] = "0123456789ABCDEF";
    struct buf uri = {0};
    if (str_starts(path, STR("/")))
        buf_text(&uri, "file://");
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c && strchr("-._~/", c));
        if (plain) {
            buf_char(&uri, c);
            continue;
        }
        buf_char(&uri, '%');
        buf_char(&uri, hex[(unsigned char)c >> 4]);
        buf_char(&uri, hex[(unsigned char)c & 15]);
    }
    json_t *value = json_text(buf_view(&uri));
    buf_done(&uri);
    return value;
}

static json_t *sarif_message(struct str text)
{
    json_t *message = have(json_object());
    put(message, "text", json_text(text));
    return message;
}

/* location, 3.28; the region's end column is one past its last character, 3.30.8. */
static json_t *sarif_location(struct span span, struct lines *lines)
{
    need_lines(lines, span.source);
    struct line_column start = lines_find(lines, span.start), end = lines_find(lines, span.end);
    json_t *artifact = have(json_object()), *region = have(json_object()), *physical = have(json_object());
    put(artifact, "uri", json_uri(span.source->name));
    put(region, "startLine", json_size(start.line));
    put(region, "startColumn", json_size(start.column));
    put(region, "endLine", json_size(end.line));
    put(region, "endColumn", json_size(end.column));
    put(physical, "artifactLocation", artifact);
    put(physical, "region", region);
    json_t *location = have(json_object());
    put(location, "physicalLocation", physical);
    return location;
}

/* result, 3.27 */
static json_t *sarif_result(const struct diag *diag, size_t rule, struct lines *lines)
{
    json_t *result = have(json_object());
    put(result, "ruleId", json_string(diag_info(diag->code)->name));
    put(result, "ruleIndex", json_size(rule));
    put(result, "level", json_string(severity_words[diag->severity]));
    put(result, "message", sarif_message(diag->message));
    if (diag->span.source) {
        json_t *locations = have(json_array());
        append(locations, sarif_location(diag->span, lines));
        put(result, "locations", locations);
    }
    json_t *related = have(json_array());
    for (const struct diag *note = diag->notes; note; note = note->next) {
        if (!note->span.source)
            continue;
        json_t *location = sarif_location(note->span, lines);
        put(location, "message", sarif_message(note->message));
        append(related, location);
    }
    if (json_array_size(related))
        put(result, "relatedLocations", related);
    else
        json_decref(related);
    if (diag->hint.n) {
        json_t *properties = have(json_object());
        put(properties, "hint", json_text(diag->hint));
        put(result, "properties", properties);
    }
    return result;
}

/* reportingDescriptor, 3.49 */
static json_t *sarif_rule(enum diag_code code)
{
    const struct diag_info *info = diag_info(code);
    json_t *rule = have(json_object()), *configuration = have(json_object());
    put(rule, "id", json_string(info->name));
    put(rule, "shortDescription", sarif_message(str_from(info->meaning)));
    put(rule, "help", sarif_message(str_from(info->cure)));
    put(configuration, "level", json_string(severity_words[info->severity]));
    put(rule, "defaultConfiguration", configuration);
    return rule;
}

void diag_render_sarif(struct buf *out, const struct diags *diags)
{
    struct lines lines = {0};
    size_t rule_of[DIAG_CODE_COUNT];
    json_t *rules = have(json_array()), *results = have(json_array());
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        rule_of[code] = json_array_size(rules);
        if (diags->per_code[code])
            append(rules, sarif_rule((enum diag_code)code));
    }
    for (const struct diag *diag = diags->first; diag; diag = diag->next)
        append(results, sarif_result(diag, rule_of[diag->code], &lines));
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        if (diags->per_code[code] <= diags->limit)
            continue;
        char text[80];
        struct diag rest = rest_of(diags, (enum diag_code)code, text, sizeof text);
        append(results, sarif_result(&rest, rule_of[code], &lines));
    }
    lines_done(&lines);
    json_t *driver = have(json_object()), *tool = have(json_object()), *run = have(json_object());
    put(driver, "name", json_string("briefing"));
    put(driver, "version", json_string(BRIEFING_VERSION));
    put(driver, "rules", rules);
    put(tool, "driver", driver);
    put(run, "tool", tool);
    put(run, "columnKind", json_string("unicodeCodePoints"));
    put(run, "results", results);
    json_t *runs = have(json_array()), *root = have(json_object());
    append(runs, run);
    put(root, "$schema", json_string("https://json.schemastore.org/sarif-2.1.0.json"));
    put(root, "version", json_string("2.1.0"));
    put(root, "runs", runs);
    dump(out, root);
}
