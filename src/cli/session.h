/* What `render` and `check` share: opening houses, specs and fonts as the options ask. */
#ifndef BRIEFING_CLI_SESSION_H
#define BRIEFING_CLI_SESSION_H

#include "cli/options.h"
#include "compile.h"
#include "spec/spec_read.h"

/* The engine and the writer of this process, on the fonts of a house's theme. */
struct session {
    const char *folder; /* of the fonts */
    struct text_fonts *fonts;
    struct compile_context context;
};

/* The house that --house names, else the built-in one. NULL with diagnostics. */
struct house *session_house(struct arena *arena, const struct options *options, struct diags *diags);

/* Where the fonts are and which there are, read aside while house and spec are; behind them libharu is opened. */
struct session_fonts {
    struct aside *aside;
    struct aside_job job, library;
    struct arena arena;
    const char *folder;
    struct text_font_config *config; /* NULL: there is something to report, so it is to be read again */
};

void session_fonts_begin(struct session_fonts *fonts, struct aside *aside);
/* After the session that was opened with them. What was read stays with the arena: diagnostics name places in it. */
void session_fonts_done(struct session_fonts *fonts, struct arena *arena);

/* Opens fonts, text engine and writer, for many documents; false with diagnostics. Close in either case. The arena must
 * outlive the session. */
bool session_open(struct session *session, struct arena *arena, const struct house *house,
                  struct diags *diags);
/* The same for one document, with fonts that were begun, or NULL. */
bool session_open_with(struct session *session, struct session_fonts *fonts, struct arena *arena,
                       const struct house *house, struct diags *diags);
void session_close(struct session *session);

/* Reads an option's value into what it means; false with a usage diagnostic. Options that are not given leave
 * the value as it is. */
bool session_edition(const struct options *options, struct edition_id *edition, struct diags *diags);

/* Whether the house has the tier that --tier names; false with a diagnostic. */
bool session_tier(const struct house *house, struct str tier, struct diags *diags);

/* --date, else SOURCE_DATE_EPOCH, else as_of, else none: never the clock. */
bool session_date(const struct options *options, struct date as_of, struct date *date, struct diags *diags);

/* Starts the clock of session_tell. */
void session_start(void);

/* With --verbose: the house, the folder of fonts and the milliseconds since session_start, on standard error.
 */
void session_tell(const struct session *session, const struct options *options);

#endif
