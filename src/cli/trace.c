/* `briefing trace PDF|COPY-ID`: whose copy it is. */
#include "cli/trace.h"

#include <string.h>

#include "base/file.h"

struct tracing {
    struct arena *arena;
    const struct options *options;
    struct trace_inputs inputs;
    struct trace_subject subject;
    struct trace_search search;
    struct diags *diags;
};

/* ---- editions: without a ledger an id does not say of which one it is */

/* Those that the PDF or the run names. */
static void add_named_editions(struct tracing *tracing, struct trace_editions *editions)
{
    struct edition_id edition;
    if (edition_parse(tracing->subject.edition, &edition))
        editions_add(tracing->arena, editions, edition);
    editions_read(tracing->arena, &tracing->subject.words, editions);
    if (tracing->inputs.run && tracing->inputs.run->edition.kind != EDITION_NONE)
        editions_add(tracing->arena, editions, tracing->inputs.run->edition);
}

static void add_all_editions(struct tracing *tracing, struct trace_editions *editions)
{
    editions_of_years(tracing->arena, &tracing->subject.words, editions);
    if (tracing->inputs.run && tracing->inputs.run->edition.kind != EDITION_NONE)
        editions_before(tracing->arena, tracing->inputs.run->edition.year, editions);
    editions_add(tracing->arena, editions, (struct edition_id){0}); /* of a spec that has none */
}

/* ---- searching */

static bool find_ids(struct tracing *tracing)
{
    return search_ids(tracing->arena, &tracing->inputs.source, &tracing->subject.ids, &tracing->search,
                      tracing->diags);
}

static void tell_sources(struct tracing *tracing)
{
    struct copy_id shown;
    bool is_shown = copy_id_parse(tracing->subject.shown, &shown);
    for (size_t i = 0; i < tracing->search.hits.count; i++) {
        struct trace_hit *hit = &tracing->search.hits.items[i];
        hit->in_metadata = is_shown && strcmp(shown.text, hit->who.id.text) == 0;
        hit->typed = tracing->subject.typed;
        if (!hit->who.person)
            hit->who.person = candidates_person(tracing->inputs.source.roster, hit->who.member);
    }
}

/* What the ledger has, and what is likely of what the key makes: what members watch, of editions that are
 * named. Then any entity, then any edition. */
static bool search_all_ids(struct tracing *tracing)
{
    struct trace_source *source = &tracing->inputs.source;
    const struct trace_source given = *source;
    bool ok = find_ids(tracing);
    source->ledger = NULL;
    if (ok && tracing->search.hits.count == 0) {
        source->all_watch_all = true;
        ok = find_ids(tracing);
        source->all_watch_all = false;
    }
    if (ok && tracing->search.hits.count == 0 && !tracing->inputs.one_edition) {
        add_all_editions(tracing, &source->editions);
        ok = find_ids(tracing);
    }
    const struct trace_editions all = source->editions;
    *source = given;
    if (!given.editions.count)
        source->editions = all; /* otherwise not: marks take longer to weigh than ids to compare */
    return ok;
}

static bool search(struct tracing *tracing)
{
    if (!tracing->inputs.one_edition)
        add_named_editions(tracing, &tracing->inputs.source.editions);
    bool ok =
        search_all_ids(tracing) && search_marks(tracing->arena, &tracing->inputs.source,
                                                &tracing->subject.marks, &tracing->search, tracing->diags);
    if (ok)
        tell_sources(tracing);
    return ok;
}

/* ---- when nobody is found */

/* The id that the PDF shows by all appearance, or NULL. */
static const struct trace_id *shown_id(const struct trace_subject *subject)
{
    for (size_t i = 0; i < subject->ids.count; i++)
        if (subject->ids.items[i].shaped)
            return &subject->ids.items[i];
    return NULL;
}

static void hint(struct tracing *tracing, struct diag *diag, const char *otherwise)
{
    if (tracing->search.cut)
        diag_hint(tracing->diags, diag,
                  "there may be too many copies to try all: name the edition by --edition");
    else
        diag_hint(tracing->diags, diag, "%s", otherwise);
}

static void report_nobody(struct tracing *tracing)
{
    const struct trace_subject *subject = &tracing->subject;
    const struct trace_id *shown = shown_id(subject);
    size_t read = subject->marks.count;
    struct diag *diag;
    if (shown) {
        diag = diag_add(tracing->diags, DIAG_TRACE_UNKNOWN, span_none(),
                        "the copy id %s is of no copy that is known", shown->id.text);
        hint(tracing, diag,
             tracing->inputs.source.key
                 ? "it is of another key, a member who left the roster, or another edition"
                 : "try other ledgers, or --roster and --key-file");
    } else if (!search_is_hopeless(&subject->marks)) {
        diag = diag_add(
            tracing->diags, DIAG_TRACE_UNSURE, span_none(),
            "the marks of %s name nobody for sure: of %zu copies, the one that fits best agrees in %zu of "
            "%zu places",
            subject->name, tracing->search.copies, tracing->search.best_agree, read);
        hint(tracing, diag,
             "nobody is named at odds worse than 1 in 10^9; more pages help, or fewer copies: a ledger, "
             "--edition");
    } else {
        diag = diag_add(tracing->diags, DIAG_TRACE_NOTHING, span_none(),
                        "%s shows no copy id and bears no marks", subject->name);
        hint(tracing, diag,
             "an edition for all, or its text was lost: if the pages show a copy line, trace the id in it");
    }
}

/* ---- the command */

static void print(struct tracing *tracing)
{
    const char *format = tracing->options->value[OPTION_FORMAT];
    struct buf out = {0};
    if (format && strcmp(format, "json") == 0)
        trace_print_json(&out, &tracing->subject, &tracing->inputs, &tracing->search);
    else
        trace_print_text(&out, &tracing->subject, &tracing->inputs, &tracing->search);
    if (out.n)
        report_output(buf_view(&out), tracing->diags);
    buf_done(&out);
}

static bool read_typed(struct tracing *tracing)
{
    struct trace_subject *subject = &tracing->subject;
    const struct trace_source *source = &tracing->inputs.source;
    const char *argument = tracing->options->arguments[0];
    subject->typed = true;
    subject->name = argument;
    if (source->key && !source->ledger && !tracing->inputs.one_edition && !tracing->inputs.run) {
        struct diag *diag = diag_add(tracing->diags, DIAG_USAGE, span_none(),
                                     "a copy id does not tell of which edition the copy is");
        diag_hint(tracing->diags, diag, "name it by --edition, or a run by --run");
        return false;
    }
    if (!copy_id_parse(str_from(argument), &subject->id)) {
        if (!tracing->inputs.one_edition) {
            add_named_editions(tracing, &tracing->inputs.source.editions);
            add_all_editions(tracing, &tracing->inputs.source.editions);
        }
        trace_refuse_typed(tracing->arena, source, argument, tracing->diags);
        return false;
    }
    *ARENA_PUSH(tracing->arena, &subject->ids) = (struct trace_id){.id = subject->id, .shaped = true};
    return true;
}

static void trace(struct tracing *tracing)
{
    struct trace_subject *subject = &tracing->subject;
    bool typed = trace_is_typed(tracing->options->arguments[0]);
    if (!(typed ? read_typed(tracing)
                : trace_read(tracing->arena, tracing->options, subject, tracing->diags)))
        return;
    trace_show_entity(&tracing->inputs, subject->entity);
    if (!search(tracing))
        return;
    print(tracing);
    if (tracing->search.hits.count == 0)
        report_nobody(tracing);
}

static bool check_options(const struct options *options, struct diags *diags)
{
    const char *format = options->value[OPTION_FORMAT];
    if (!format || strcmp(format, "sarif") != 0)
        return true;
    diag_add(diags, DIAG_USAGE, span_none(), "--format: trace prints text or json");
    return false;
}

int cli_trace(struct arena *arena, const struct options *options, struct diags *diags)
{
    struct tracing tracing = {.arena = arena, .options = options, .diags = diags};
    if (!check_options(options, diags))
        return EXIT_USAGE;
    if (trace_open(arena, options, &tracing.inputs, diags))
        trace(&tracing);
    trace_close(&tracing.inputs);
    pdf_file_close(&tracing.subject.file);
    return report_status(diags);
}
