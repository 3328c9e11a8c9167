/* The command line, parsed by the tables of commands.def and options.def. */
#ifndef BRIEFING_CLI_OPTIONS_H
#define BRIEFING_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

enum command_id {
#define COMMAND(id, name, arguments, least, most, summary, text) COMMAND_##id,
#include "cli/commands.def"
#undef COMMAND
    COMMAND_COUNT
};

enum option_id {
#define OPTION(id, name, letter, argument, choices, commands, text) OPTION_##id,
#include "cli/options.def"
#undef OPTION
    OPTION_COUNT
};

struct command_info {
    const char *name, *arguments, *summary, *text;
    int least, most; /* number of arguments */
};

struct option_info {
    const char *name;
    const char *argument; /* NULL: takes none */
    const char *choices;  /* separated by '|'; NULL: any */
    const char *text;
    unsigned commands; /* bit 1 << command_id */
    char letter;       /* 0: none */
};

extern const struct command_info command_infos[COMMAND_COUNT];
extern const struct option_info option_infos[OPTION_COUNT];

struct options {
    enum command_id command;
    bool given[OPTION_COUNT];
    const char *value[OPTION_COUNT]; /* the last one given; NULL when the option takes none */
    struct option_values {
        const char **items;
        size_t count, cap;
    } every[OPTION_COUNT]; /* all that were given, in order */
    const char **arguments;
    int argument_count;
};

/* The command of that name, or COMMAND_COUNT. */
enum command_id command_find(const char *name);

/* Parses what follows the command's name. Each --allow is applied to diags at once. false with one or more
 * usage diagnostics when something is wrong. arguments lives in the arena. */
bool options_parse(struct arena *arena, enum command_id command, int argc, char **argv,
                   struct options *options, struct diags *diags);

#endif
