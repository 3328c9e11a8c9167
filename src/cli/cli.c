/* The program: finds the command, parses its options, runs it, reports, and returns the exit status. */
#include "cli/cli.h"

#include <signal.h>
#include <string.h>

#include "base/heap.h"

typedef int command_function(struct arena *arena, const struct options *options, struct diags *diags);

static command_function *const functions[COMMAND_COUNT] = {
    [COMMAND_BATCH] = cli_batch,
    [COMMAND_MAIL] = cli_mail,
    [COMMAND_RENDER] = cli_render,   [COMMAND_CHECK] = cli_check, [COMMAND_SCHEMA] = cli_schema,
    [COMMAND_NEW] = cli_new,         [COMMAND_FONTS] = cli_fonts, [COMMAND_EXPLAIN] = cli_explain,
    [COMMAND_INSPECT] = cli_inspect, [COMMAND_TRACE] = cli_trace,
};

static int print(struct buf *text, struct diags *diags)
{
    report_output(buf_view(text), diags);
    buf_done(text);
    return report_status(diags);
}

/* --help, --version and the pages that are made at build time; false when argv asks for none of them. */
static bool about_program(int argc, char **argv, struct diags *diags, int *status)
{
    struct buf out = {0};
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        (argc == 2 && strcmp(argv[1], "help") == 0)) {
        help_overview(&out);
        *status = print(&out, diags);
        if (argc < 2 && *status == EXIT_OK)
            *status = EXIT_USAGE;
        return true;
    }
    if (strcmp(argv[1], "help") == 0 && command_find(argv[2]) != COMMAND_COUNT)
        help_command(&out, command_find(argv[2]));
    else if (strcmp(argv[1], "--version") == 0)
        buf_text(&out, "briefing " BRIEFING_VERSION "\n");
    else if (strcmp(argv[1], "--man") == 0)
        help_man_page(&out);
    else if (strcmp(argv[1], "--completion") != 0)
        return false;
    else if (argc != 3 || !help_completion(&out, argv[2])) {
        struct diag *diag =
            diag_add(diags, DIAG_USAGE, span_none(), "--completion needs the name of a shell");
        diag_hint(diags, diag, "bash, zsh or fish");
    }
    *status = print(&out, diags);
    return true;
}

static void unknown_command(const char *name, struct diags *diags)
{
    struct str names[COMMAND_COUNT];
    for (int i = 0; i < COMMAND_COUNT; i++)
        names[i] = str_from(command_infos[i].name);
    struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "there is no command '%s'", name);
    struct str nearest = str_nearest(str_from(name), names, COMMAND_COUNT);
    if (nearest.n)
        diag_hint(diags, diag, "did you mean 'briefing " STR_FMT "'?", STR_ARG(nearest));
    else
        diag_hint(diags, diag, "'briefing --help' lists the commands");
}

static int run(struct arena *arena, int argc, char **argv, struct diags *diags, struct options *options)
{
    enum command_id command = command_find(argv[1]);
    if (command == COMMAND_COUNT) {
        unknown_command(argv[1], diags);
        return EXIT_USAGE;
    }
    if (command == COMMAND_RENDER)
        heap_hurry();
    if (!options_parse(arena, command, argc - 2, argv + 2, options, diags))
        return EXIT_USAGE;
    if (options->given[OPTION_HELP]) {
        struct buf out = {0};
        help_command(&out, command);
        return print(&out, diags);
    }
    return functions[command](arena, options, diags);
}

int cli_main(int argc, char **argv)
{
    /* A reader that went away is a failed write, not a silent death. */
    signal(SIGPIPE, SIG_IGN);
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    struct options options = {0};
    int status = EXIT_OK;
    if (!about_program(argc, argv, &diags, &status))
        status = run(&arena, argc, argv, &diags, &options);
    report_print(&diags, &options);
    if (FREE_AT_END)
        arena_done(&arena);
    return status;
}
