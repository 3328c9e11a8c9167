/* What was not made, on index.html: before all else, an entity a block, with the causes. */
#include "batch/index.h"

enum {
    MOST_ENTITIES = 300, /* more is a list for a program: the manifest */
    MOST_CAUSES = 20,    /* different ones of an entity */
    MOST_NAMED = 12      /* outputs of one cause */
};

/* Outputs of one entity that failed for the same reasons. */
struct cause {
    struct str diagnostics;
    struct ledger_output named[MOST_NAMED];
    size_t count;
};

struct failed {
    struct index *index;
    struct arena arena; /* of the entity under way */
    struct cause *causes;
    struct str entity, name;
    size_t cause_count, more, entities, unnamed;
    bool any;
};

static void name_output(struct failed *failed, const struct ledger_output *output)
{
    struct buf *out = &failed->index->stream.out;
    if (output->member.n) {
        html_text(out, output->member);
        buf_text(out, " (");
    }
    html_text(out, output->tier.n ? index_tier(failed->index, output->tier) : output->path);
    if (output->member.n)
        buf_char(out, ')');
}

static void write_cause(struct failed *failed, const struct cause *cause)
{
    struct buf *out = &failed->index->stream.out;
    buf_text(out, "<p class=\"outputs\">");
    for (size_t i = 0; i < cause->count && i < MOST_NAMED; i++) {
        buf_text(out, i ? ", " : "");
        name_output(failed, &cause->named[i]);
    }
    if (cause->count > MOST_NAMED) {
        buf_text(out, " and ");
        html_count(out, (int64_t)(cause->count - MOST_NAMED));
        buf_text(out, " more");
    }
    buf_text(out, "</p>\n");
    if (index_messages(out, cause->diagnostics) == 0)
        buf_text(out, "<p class=\"outputs\">Not finished when the run ended.</p>\n");
}

static void write_entity(struct failed *failed)
{
    struct buf *out = &failed->index->stream.out;
    if (!failed->any)
        return;
    buf_text(out, "<article>\n<h3><bdi>");
    html_text(out, failed->name.n ? failed->name : failed->entity);
    buf_text(out, "</bdi></h3>\n");
    if (failed->name.n) {
        buf_text(out, "<p class=\"meta\"><code>");
        html_text(out, failed->entity);
        buf_text(out, "</code></p>\n");
    }
    for (size_t i = 0; i < failed->cause_count; i++)
        write_cause(failed, &failed->causes[i]);
    if (failed->more) {
        buf_text(out, "<p>");
        html_counted(out, (int64_t)failed->more, "more output", "more outputs");
        buf_text(out, " failed for other reasons.</p>\n");
    }
    buf_text(out, "</article>\n");
    stream_pass(&failed->index->stream);
}

static void next_entity(struct failed *failed, const struct ledger_output *output)
{
    write_entity(failed);
    arena_done(&failed->arena);
    failed->causes = ARENA_ARRAY(&failed->arena, struct cause, MOST_CAUSES);
    failed->cause_count = failed->more = 0;
    failed->entity = str_dup(&failed->arena, output->entity);
    failed->name = str_dup(&failed->arena, output->name);
    failed->any = true;
    failed->entities++;
}

static struct cause *cause_of(struct failed *failed, struct str diagnostics)
{
    for (size_t i = 0; i < failed->cause_count; i++) {
        if (str_eq(failed->causes[i].diagnostics, diagnostics))
            return &failed->causes[i];
    }
    if (failed->cause_count == MOST_CAUSES)
        return NULL;
    struct cause *cause = &failed->causes[failed->cause_count++];
    cause->diagnostics = str_dup(&failed->arena, diagnostics);
    return cause;
}

static bool add(void *self, const struct ledger_output *output)
{
    struct failed *failed = self;
    if (!failed->any || !str_eq(output->entity, failed->entity)) {
        if (failed->entities == MOST_ENTITIES) {
            failed->unnamed++;
            return true;
        }
        next_entity(failed, output);
    }
    struct cause *cause = cause_of(failed, output->diagnostics);
    if (!cause) {
        failed->more++;
        return true;
    }
    if (cause->count < MOST_NAMED) {
        cause->named[cause->count] = *output;
        cause->named[cause->count].diagnostics = (struct str){0};
        ledger_output_keep(&cause->named[cause->count], &failed->arena);
    }
    cause->count++;
    return !failed->index->stream.why;
}

bool index_failed(struct index *index)
{
    struct buf *out = &index->stream.out;
    struct failed failed = {.index = index};
    if (index->totals.not_made == 0)
        return true;
    buf_text(out, "<section id=\"failed\">\n<h2>\xe2\x9c\x97 ");
    html_counted(out, index->totals.not_made, "output was not made", "outputs were not made");
    buf_text(out, "</h2>\n");
    bool ok = ledger_output_part(index->ledger, LEDGER_NOT_MADE, index->folder, index->run, add, &failed,
                                 index->diags);
    write_entity(&failed);
    arena_done(&failed.arena);
    if (failed.unnamed) {
        buf_text(out, "<p>");
        html_counted(out, (int64_t)failed.unnamed, "more output", "more outputs");
        buf_text(out, " of other entities failed: see <a href=\"manifest.json\">manifest.json</a>.</p>\n");
    }
    buf_text(out, "</section>\n");
    return ok;
}
