/* Commands. Each returns the exit status of product.md: 0, 1 (an input has errors), 2 (command line), 3
 * (machine). */
#ifndef BRIEFING_CLI_CLI_H
#define BRIEFING_CLI_CLI_H

#include "base/buf.h"
#include "cli/options.h"

enum { EXIT_OK = 0, EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_MACHINE = 3 };

/* Whether what lives as long as the process is freed at its end: the system takes memory back at once, and a quarter of a
 * millisecond earlier. Built to look for what is lost, all is freed. */
#ifdef BRIEFING_FREE_AT_END
enum { FREE_AT_END = 1 };
#else
enum { FREE_AT_END = 0 };
#endif

int cli_main(int argc, char **argv);

int cli_render(struct arena *arena, const struct options *options, struct diags *diags);
int cli_batch(struct arena *arena, const struct options *options, struct diags *diags);
int cli_mail(struct arena *arena, const struct options *options, struct diags *diags);
int cli_check(struct arena *arena, const struct options *options, struct diags *diags);
int cli_schema(struct arena *arena, const struct options *options, struct diags *diags);
int cli_new(struct arena *arena, const struct options *options, struct diags *diags);
int cli_fonts(struct arena *arena, const struct options *options, struct diags *diags);
int cli_inspect(struct arena *arena, const struct options *options, struct diags *diags);
int cli_trace(struct arena *arena, const struct options *options, struct diags *diags);
int cli_explain(struct arena *arena, const struct options *options, struct diags *diags);

/* What a person reads of the tables. */
void help_overview(struct buf *out);
void help_command(struct buf *out, enum command_id command);
void help_man_page(struct buf *out);
/* bash, zsh or fish; false for another shell. */
bool help_completion(struct buf *out, const char *shell);

/* Prints the diagnostics to standard error; with only_errors no warnings. */
void report_print(struct diags *diags, const struct options *options);
/* The exit status that the diagnostics ask for. */
int report_status(const struct diags *diags);
/* Writes text to standard output; false with a diagnostic when that fails. */
bool report_output(struct str text, struct diags *diags);
/* Whether to colour what goes to descriptor fd. */
bool report_color(const struct options *options, int fd);

#endif
