/* Diagnostics for programs: a JSON array (RFC 8259), and SARIF 2.1.0 (OASIS, 2020). */
#include "diag/render.h"

#include <stdio.h>
#include <string.h>

#include "diag/json.h"
#include "diag/lines.h"

#ifndef BRIEFING_VERSION
#define BRIEFING_VERSION "0"
#endif

static const char *const severity_words[] = {"note", "warning", "error"};

static json_t *json_size(size_t value)
{
    return json_integer((json_int_t)value);
}

static void dump(struct buf *out, json_t *root)
{
    json_write(out, root, JSON_INDENT(2));
    buf_char(out, '\n');
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
            json_put(object, keys[i], json_null());
        return;
    }
    need_lines(lines, span.source);
    struct line_column start = lines_find(lines, span.start), end = lines_find(lines, span.end);
    json_put(object, "file", json_text(span.source->name));
    json_put(object, "line", json_size(start.line));
    json_put(object, "column", json_size(start.column));
    json_put(object, "end_line", json_size(end.line));
    json_put(object, "end_column", json_size(end.column));
}

static json_t *json_diag(const struct diag *diag, struct lines *lines)
{
    json_t *object = json_need(json_object());
    put_position(object, diag->span, lines);
    json_put(object, "severity", json_string(severity_words[diag->severity]));
    json_put(object, "code", json_string(diag_info(diag->code)->name));
    json_put(object, "message", json_text(diag->message));
    json_put(object, "hint", diag->hint.n ? json_text(diag->hint) : json_null());
    json_t *notes = json_need(json_array());
    for (const struct diag *note = diag->notes; note; note = note->next) {
        json_t *entry = json_need(json_object());
        put_position(entry, note->span, lines);
        json_put(entry, "message", json_text(note->message));
        json_push(notes, entry);
    }
    json_put(object, "notes", notes);
    return object;
}

/* What stands for the diagnostics past the limit of a code. */
static struct diag rest_of(const struct diags *diags, enum diag_code code, char *text, size_t size)
{
    snprintf(text, size, "%zu more of this code are not shown", diags->per_code[code] - diags->limit);
    return (struct diag){.code = code, .severity = DIAG_NOTE, .message = str_from(text)};
}

static json_t *json_list(const struct diags *diags)
{
    struct lines lines = {0};
    json_t *array = json_need(json_array());
    for (const struct diag *diag = diags->first; diag; diag = diag->next)
        json_push(array, json_diag(diag, &lines));
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        if (diags->per_code[code] <= diags->limit)
            continue;
        char text[80];
        struct diag rest = rest_of(diags, (enum diag_code)code, text, sizeof text);
        json_push(array, json_diag(&rest, &lines));
    }
    lines_done(&lines);
    return array;
}

void diag_render_json(struct buf *out, const struct diags *diags)
{
    dump(out, json_list(diags));
}

void diag_render_json_tight(struct buf *out, const struct diags *diags)
{
    json_write(out, json_list(diags), JSON_COMPACT);
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
    json_t *message = json_need(json_object());
    json_put(message, "text", json_text(text));
    return message;
}

/* location, 3.28; the region's end column is one past its last character, 3.30.8. */
static json_t *sarif_location(struct span span, struct lines *lines)
{
    need_lines(lines, span.source);
    struct line_column start = lines_find(lines, span.start), end = lines_find(lines, span.end);
    json_t *artifact = json_need(json_object()), *region = json_need(json_object()),
           *physical = json_need(json_object());
    json_put(artifact, "uri", json_uri(span.source->name));
    json_put(region, "startLine", json_size(start.line));
    json_put(region, "startColumn", json_size(start.column));
    json_put(region, "endLine", json_size(end.line));
    json_put(region, "endColumn", json_size(end.column));
    json_put(physical, "artifactLocation", artifact);
    json_put(physical, "region", region);
    json_t *location = json_need(json_object());
    json_put(location, "physicalLocation", physical);
    return location;
}

/* result, 3.27 */
static json_t *sarif_result(const struct diag *diag, size_t rule, struct lines *lines)
{
    json_t *result = json_need(json_object());
    json_put(result, "ruleId", json_string(diag_info(diag->code)->name));
    json_put(result, "ruleIndex", json_size(rule));
    json_put(result, "level", json_string(severity_words[diag->severity]));
    json_put(result, "message", sarif_message(diag->message));
    if (diag->span.source) {
        json_t *locations = json_need(json_array());
        json_push(locations, sarif_location(diag->span, lines));
        json_put(result, "locations", locations);
    }
    json_t *related = json_need(json_array());
    for (const struct diag *note = diag->notes; note; note = note->next) {
        if (!note->span.source)
            continue;
        json_t *location = sarif_location(note->span, lines);
        json_put(location, "message", sarif_message(note->message));
        json_push(related, location);
    }
    if (json_array_size(related))
        json_put(result, "relatedLocations", related);
    else
        json_decref(related);
    if (diag->hint.n) {
        json_t *properties = json_need(json_object());
        json_put(properties, "hint", json_text(diag->hint));
        json_put(result, "properties", properties);
    }
    return result;
}

/* reportingDescriptor, 3.49 */
static json_t *sarif_rule(enum diag_code code)
{
    const struct diag_info *info = diag_info(code);
    json_t *rule = json_need(json_object()), *configuration = json_need(json_object());
    json_put(rule, "id", json_string(info->name));
    json_put(rule, "shortDescription", sarif_message(str_from(info->meaning)));
    json_put(rule, "help", sarif_message(str_from(info->cure)));
    json_put(configuration, "level", json_string(severity_words[info->severity]));
    json_put(rule, "defaultConfiguration", configuration);
    return rule;
}

void diag_render_sarif(struct buf *out, const struct diags *diags)
{
    struct lines lines = {0};
    size_t rule_of[DIAG_CODE_COUNT];
    json_t *rules = json_need(json_array()), *results = json_need(json_array());
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        rule_of[code] = json_array_size(rules);
        if (diags->per_code[code])
            json_push(rules, sarif_rule((enum diag_code)code));
    }
    for (const struct diag *diag = diags->first; diag; diag = diag->next)
        json_push(results, sarif_result(diag, rule_of[diag->code], &lines));
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        if (diags->per_code[code] <= diags->limit)
            continue;
        char text[80];
        struct diag rest = rest_of(diags, (enum diag_code)code, text, sizeof text);
        json_push(results, sarif_result(&rest, rule_of[code], &lines));
    }
    lines_done(&lines);
    json_t *driver = json_need(json_object()), *tool = json_need(json_object()),
           *run = json_need(json_object());
    json_put(driver, "name", json_string("briefing"));
    json_put(driver, "version", json_string(BRIEFING_VERSION));
    json_put(driver, "rules", rules);
    json_put(tool, "driver", driver);
    json_put(run, "tool", tool);
    json_put(run, "columnKind", json_string("unicodeCodePoints"));
    json_put(run, "results", results);
    json_t *runs = json_need(json_array()), *root = json_need(json_object());
    json_push(runs, run);
    json_put(root, "$schema", json_string("https://json.schemastore.org/sarif-2.1.0.json"));
    json_put(root, "version", json_string("2.1.0"));
    json_put(root, "runs", runs);
    dump(out, root);
}
