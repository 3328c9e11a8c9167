/* What `trace` says of the copies that it recognised. */
#include "cli/trace.h"

#include <jansson.h>
#include <stdlib.h>

#include "diag/visible.h"

static void put_label(struct buf *out, const char *label)
{
    buf_printf(out, "%-10s", label);
}

static void put_line(struct buf *out, const char *label, struct str value)
{
    if (!value.n)
        return;
    put_label(out, label);
    visible_text(out, value);
    buf_char(out, '\n');
}

/* Whether the bytes are those that were made: 1 yes, 0 no, -1 nobody knows. */
static int is_untouched(const struct trace_subject *subject, const struct trace_hit *hit)
{
    if (subject->typed || !hit->who.digest.n)
        return -1;
    return str_eq(subject->digest, hit->who.digest);
}

/* Each way it was found by, on a line of its own. */
static void put_ways(struct buf *out, const struct trace_subject *subject, const struct trace_hit *hit)
{
    size_t read = subject->marks.count;
    const char *label = "found";
    if (hit->typed) {
        put_label(out, label);
        buf_text(out, "as the id was typed, its check letter fits\n");
        label = "";
    }
    if (hit->in_metadata) {
        put_label(out, label);
        buf_text(out, "from the metadata\n");
        label = "";
    }
    if (hit->pages) {
        const struct trace_id *id = ids_find(&subject->ids, &hit->who.id);
        put_label(out, label);
        buf_printf(out, "from %s on page %u", id && id->shaped ? "the copy line" : "the text",
                   (unsigned)hit->first_page);
        if (hit->pages > 1)
            buf_printf(out, " and %u more", (unsigned)hit->pages - 1);
        buf_char(out, '\n');
        label = "";
    }
    if (hit->marked) {
        put_label(out, label);
        buf_printf(out,
                   "from the marks in the text: %zu of %zu places agree (by chance: less than 1 in 10^%d)\n",
                   hit->agree, read, (int)-hit->chance);
    } else if (!search_is_hopeless(&subject->marks)) {
        put_label(out, "but");
        buf_printf(out, "the marks in the text do not confirm it: %zu of %zu places agree\n", hit->agree,
                   read);
    }
}

static void put_hit(struct buf *out, const struct trace_subject *subject, const struct trace_inputs *inputs,
                    const struct trace_hit *hit)
{
    static const char *const states[] = {"not compared: only a ledger knows what was made",
                                         "changed since it was made", "byte for byte as it was made"};
    const struct member *person = hit->who.person;
    put_line(out, "member", hit->who.member);
    if (person) {
        put_line(out, "name", person->name.s);
        put_line(out, "e-mail", person->email.s);
        put_line(out, "of", person->organisation.s);
    } else if (inputs->roster_path) {
        put_line(out, "name", STR("not in the roster"));
    }
    put_line(out, "entity", hit->who.entity);
    put_line(out, "edition", hit->who.edition);
    put_line(out, "tier", hit->who.tier);
    put_line(out, "copy", str_from(hit->who.id.text));
    put_ways(out, subject, hit);
    put_line(out, "output", hit->who.path);
    if (!subject->typed)
        put_line(out, "file", str_from(states[is_untouched(subject, hit) + 1]));
    put_line(out, "told by", str_from(hit->who.recorded ? inputs->ledger_path : inputs->roster_path));
}

void trace_print_text(struct buf *out, const struct trace_subject *subject, const struct trace_inputs *inputs,
                      const struct trace_search *search)
{
    if (search->hits.count > 1)
        buf_printf(out, "%zu copies are mixed in this file, or their ids stand in it.\n\n",
                   search->hits.count);
    for (size_t i = 0; i < search->hits.count; i++) {
        if (i)
            buf_char(out, '\n');
        put_hit(out, subject, inputs, &search->hits.items[i]);
    }
}

/* ---- JSON */

static json_t *json_text(struct str text)
{
    json_t *value = text.n ? json_stringn(text.p, text.n) : NULL;
    return value ? value : json_null();
}

static json_t *json_ways(const struct trace_subject *subject, const struct trace_hit *hit)
{
    json_t *ways = json_object();
    json_object_set_new(ways, "typed", json_boolean(hit->typed));
    json_object_set_new(ways, "metadata", json_boolean(hit->in_metadata));
    json_object_set_new(ways, "first_page", hit->pages ? json_integer(hit->first_page) : json_null());
    json_object_set_new(ways, "pages", json_integer(hit->pages));
    json_object_set_new(ways, "marks", json_boolean(hit->marked));
    json_object_set_new(ways, "marks_read", json_integer((json_int_t)subject->marks.count));
    json_object_set_new(ways, "marks_agree", json_integer((json_int_t)hit->agree));
    json_object_set_new(ways, "marks_odds_log10", json_integer((json_int_t)-hit->chance));
    return ways;
}

static json_t *json_hit(const struct trace_subject *subject, const struct trace_inputs *inputs,
                        const struct trace_hit *hit)
{
    const struct member *person = hit->who.person;
    int untouched = is_untouched(subject, hit);
    json_t *object = json_object();
    json_object_set_new(object, "member", json_text(hit->who.member));
    json_object_set_new(object, "name", json_text(person ? person->name.s : (struct str){0}));
    json_object_set_new(object, "email", json_text(person ? person->email.s : (struct str){0}));
    json_object_set_new(object, "organisation", json_text(person ? person->organisation.s : (struct str){0}));
    json_object_set_new(object, "entity", json_text(hit->who.entity));
    json_object_set_new(object, "edition", json_text(hit->who.edition));
    json_object_set_new(object, "tier", json_text(hit->who.tier));
    json_object_set_new(object, "copy", json_string(hit->who.id.text));
    json_object_set_new(object, "found", json_ways(subject, hit));
    json_object_set_new(object, "output", json_text(hit->who.path));
    json_object_set_new(object, "digest", json_text(hit->who.digest));
    json_object_set_new(object, "unchanged", untouched < 0 ? json_null() : json_boolean(untouched));
    json_object_set_new(object, "told_by",
                        json_text(str_from(hit->who.recorded ? inputs->ledger_path : inputs->roster_path)));
    return object;
}

void trace_print_json(struct buf *out, const struct trace_subject *subject, const struct trace_inputs *inputs,
                      const struct trace_search *search)
{
    json_t *object = json_object(), *copies = json_array();
    for (size_t i = 0; i < search->hits.count; i++)
        json_array_append_new(copies, json_hit(subject, inputs, &search->hits.items[i]));
    json_object_set_new(object, subject->typed ? "typed" : "file", json_text(str_from(subject->name)));
    json_object_set_new(object, "file_digest", json_text(subject->digest));
    json_object_set_new(object, "marks_read", json_integer((json_int_t)subject->marks.count));
    json_object_set_new(object, "copies_compared", json_integer((json_int_t)search->copies));
    json_object_set_new(object, "best_agreement", json_integer((json_int_t)search->best_agree));
    json_object_set_new(object, "copies", copies);
    char *text = json_dumps(object, JSON_INDENT(2));
    json_decref(object);
    if (text)
        buf_text(out, text);
    else
        base_out_of_memory();
    buf_char(out, '\n');
    free(text);
}
