/* Files → model: reading, checking and linting of specs, houses, runs, newsletters and rosters. */
#ifndef BRIEFING_SPEC_SPEC_READ_H
#define BRIEFING_SPEC_SPEC_READ_H

#include "base/aside.h"
#include "model/house.h"
#include "model/run.h"

enum { ROSTER_MAX_BYTES = 64 * 1024 * 1024 /* half a million members */ };

enum file_kind { FILE_UNKNOWN, FILE_SPEC, FILE_HOUSE, FILE_RUN, FILE_NEWSLETTER, FILE_ROSTER };

/* Reads a file ("-": standard input) as a source. NULL and a diagnostic when it cannot be read, is too large
 * or a folder. */
struct diag_source *spec_open(struct arena *arena, const char *path, size_t max_bytes, struct diags *diags);

/* The same of a file that another one names: what is wrong with it is told at that place. */
struct diag_source *spec_open_named(struct arena *arena, const char *path, size_t max_bytes,
                                    struct span named_at, struct diags *diags);

/* By the first key of the file, or, where that is another, by the version key that stands at its margin; a
 * roster by its heading line (two of id, name, tier) or its name (.csv). FILE_UNKNOWN: spec_load says what is
 * missing. */
enum file_kind spec_kind_of(const struct diag_source *source);

/* Each returns NULL when the file has errors (diags->errors grew); everything lives in the arena.
 * base_dir: the folder that pictures are relative to and must lie beneath; NULL: the folder of the file;
 * for standard input without one, a picture is an error. */
struct spec *spec_read(struct arena *arena, struct diag_source *source, const char *base_dir,
                       struct diags *diags);
struct house *house_read(struct arena *arena, struct diag_source *source, struct diags *diags);
struct run *run_read(struct arena *arena, struct diag_source *source, struct diags *diags);
struct newsletter *newsletter_read(struct arena *arena, struct diag_source *source, struct diags *diags);
/* Makes the source confidential: no diagnostic shows a line of it. house: to check tiers with; NULL: they are not. */
struct roster *roster_read(struct arena *arena, struct diag_source *source, const struct house *house,
                           struct diags *diags);

/* The house that is built in (src/spec/house-default.yaml). Never NULL. */
struct house *house_default(struct arena *arena, struct diags *diags);

/* spec_read, and what can be checked only with the house (the tiers of audiences), and the lint warnings: a spec that
 * spec_read refuses is still checked as far as it was understood, so that all faults are reported at once. NULL
 * when the file has errors. Without a house (NULL) it is spec_read. */
struct spec *spec_load(struct arena *arena, struct diag_source *source, const char *base_dir,
                       const struct house *house, struct diags *diags);

/* What spec_load_aside finds while others go on; zeroed before. */
struct spec_lint {
    struct aside_job job;
    struct arena arena;
    const struct spec *spec;
    const struct house *house;
    struct diags told;   /* by lint */
    struct diags *diags; /* and where it goes; NULL: nothing is to be done */
    struct diag **place;
};

/* spec_load, whose lint warnings may come later: in the place that they would have had, but not before
 * spec_lint_finish is called, while spec and house are still there. With warnings as errors, or errors, they
 * come at once. */
struct spec *spec_load_aside(struct arena *arena, struct diag_source *source, const char *base_dir,
                             const struct house *house, struct diags *diags, struct aside *aside,
                             struct spec_lint *lint);
void spec_lint_finish(struct spec_lint *lint, struct aside *aside);

/* spec_load compares as_of with the spec's own edition; this warns when it lies outside the one that is asked for in its
 * place (kind NONE: none is). */
void spec_check_edition(const struct spec *spec, struct edition_id asked, struct diags *diags);

/* JSON Schema 2020-12 of a kind of file, from the tables of fields.def. */
struct buf;
void spec_schema(struct buf *out, enum file_kind kind);

/* [a-z0-9] words joined by single '-', at most 64 bytes. */
bool spec_is_slug(struct str text);

/* `briefing new SLUG`: a commented spec that passes check without a warning. */
void spec_template(struct buf *out, struct str slug);

/* Reference of all keys as Markdown, from the same tables. */
void spec_reference(struct buf *out, enum file_kind kind);

#endif
