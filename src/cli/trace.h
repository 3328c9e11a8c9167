/* What the files of `briefing trace` share. Private to them. */
#ifndef BRIEFING_CLI_TRACE_H
#define BRIEFING_CLI_TRACE_H

#include "cli/cli.h"
#include "cli/pdf_file.h"
#include "trace/search.h"

/* Where copies are looked up: ledger, roster and key (trace_open.c). */
struct trace_inputs {
    struct trace_source source; /* its editions are those that are asked for */
    struct copy_key key;        /* wiped by trace_close */
    const struct run *run;      /* NULL: none */
    const char *ledger_path, *roster_path;
    struct str shown[2]; /* "compendium", and what the PDF names */
    bool one_edition;    /* --edition was given: no other is tried */
};

/* false with diagnostics. Close in either case. */
bool trace_open(struct arena *arena, const struct options *options, struct trace_inputs *inputs,
                struct diags *diags);
void trace_close(struct trace_inputs *inputs);
/* What the PDF names as its entity, any member may have a copy of. */
void trace_show_entity(struct trace_inputs *inputs, struct str entity);

/* What is traced. */
struct trace_subject {
    const char *name; /* of the file, or the id as it was typed */
    bool typed;
    struct copy_id id;                /* typed */
    struct pdf_file file;             /* none when an id was typed */
    struct str digest;                /* hex, of its bytes */
    struct str shown;                 /* what its metadata have as copy id; empty: nothing */
    struct str entity, edition, tier; /* of its metadata too */
    struct str opened;                /* the PDF as it opens without a password */
    struct trace_ids ids;             /* all that were read */
    struct trace_words words;
    struct trace_marks marks;
    enum child_end text; /* how reading its text ended */
};

/* Reads the PDF (trace_read.c). false with diagnostics. */
bool trace_read(struct arena *arena, const struct options *options, struct trace_subject *subject,
                struct diags *diags);

/* Whether an argument is a copy id, right or wrong, and no file (trace_typed.c). */
bool trace_is_typed(const char *argument);
/* Reports what is wrong with it, and which copy may be meant. */
void trace_refuse_typed(struct arena *arena, const struct trace_source *source, const char *typed,
                        struct diags *diags);

/* What is printed (trace_print.c). */
void trace_print_text(struct buf *out, const struct trace_subject *subject, const struct trace_inputs *inputs,
                      const struct trace_search *search);
void trace_print_json(struct buf *out, const struct trace_subject *subject, const struct trace_inputs *inputs,
                      const struct trace_search *search);

#endif
