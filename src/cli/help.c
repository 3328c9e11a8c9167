/* What a person reads about the command line: --help, the man page and shell completion, all from
 * commands.def and options.def. */
#include "cli/cli.h"

#include <string.h>

enum { HELP_WIDTH = 88, HELP_INDENT = 28 };

static const char intro[] =
    "Turns structured research into PDF briefings that readers pay for: one YAML spec for each entity, one "
    "PDF for "
    "each tier of readers. Works offline. What a tier may not read is in no byte of its PDF.";

static const char *const examples[][2] = {
    {"briefing render specs/entities/larus-limited.yaml", "one PDF, into output/"},
    {"briefing render spec.yaml --tier strategy-circle --house house.yaml -o -",
     "for members of a tier, to standard output"},
    {"briefing check --house specs/house.yaml specs/entities/*.yaml", "every fault of every file"},
    {"briefing new northwind-exchange -o northwind-exchange.yaml", "a spec to start from"},
    {"briefing schema spec > spec.schema.json", "completion and checking in an editor"},
};

static const char *const exits[][2] = {
    {"0", "all was written"},
    {"1", "an input has errors; each is reported"},
    {"2", "the command line is wrong"},
    {"3", "the machine failed us: cannot read or write, disk full, a font missing"},
};

static const char *const variables[][2] = {
    {"SOURCE_DATE_EPOCH",
     "seconds since 1970: the day that is printed and written into the PDF, unless --date is given"},
    {"BRIEFING_FONTS", "folder of fonts.yaml and the bundled fonts, when it is not beside the program"},
    {"NO_COLOR", "when set and not empty, no colour unless --color always"},
};

/* Adds text, wrapped; the first line goes on at column `at`, the others start at `indent`. */
static void wrap(struct buf *out, const char *text, size_t at, size_t indent)
{
    while (*text) {
        size_t word = strcspn(text, " ");
        if (at > indent && at + 1 + word > HELP_WIDTH) {
            buf_char(out, '\n');
            buf_repeat(out, ' ', indent);
            at = indent;
        } else if (at > indent) {
            buf_char(out, ' ');
            at++;
        }
        buf_add(out, text, word);
        at += word;
        text += word + (text[word] == ' ');
    }
    buf_char(out, '\n');
}

static void row(struct buf *out, const char *left, const char *right)
{
    size_t n = strlen(left);
    buf_text(out, "  ");
    buf_text(out, left);
    if (n + 4 > HELP_INDENT) {
        buf_char(out, '\n');
        n = 0;
        buf_text(out, "  ");
    }
    buf_repeat(out, ' ', HELP_INDENT - 2 - n);
    wrap(out, right, HELP_INDENT, HELP_INDENT);
}

void help_overview(struct buf *out)
{
    buf_text(out, "briefing " BRIEFING_VERSION "\n");
    wrap(out, intro, 0, 0);
    buf_text(out, "\nUsage: briefing COMMAND [OPTIONS] [ARGUMENTS]\n\nCommands\n");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        struct buf left = {0};
        buf_printf(&left, "%s %s", command_infos[i].name, command_infos[i].arguments);
        buf_char(&left, 0);
        row(out, left.p, command_infos[i].summary);
        buf_done(&left);
    }
    buf_text(out, "\nExamples\n");
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        buf_printf(out, "  %s\n      %s\n", examples[i][0], examples[i][1]);
    buf_text(out, "\nExit status\n");
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
        row(out, exits[i][0], exits[i][1]);
    buf_text(out, "\nEnvironment\n");
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        row(out, variables[i][0], variables[i][1]);
    buf_text(out,
             "\n'briefing COMMAND --help' tells more of a command; 'briefing --version' prints the version,\n"
             "'briefing --completion bash|zsh|fish' a completion script, 'briefing --man' the man page.\n");
}

static bool has_option(enum command_id command, int option)
{
    return (option_infos[option].commands & 1u << command) != 0;
}

/* "-o, --output FILE|DIR|-" */
static void option_synopsis(struct buf *out, const struct option_info *info)
{
    if (info->letter)
        buf_printf(out, "-%c, ", info->letter);
    buf_printf(out, "--%s", info->name);
    if (info->argument)
        buf_printf(out, " %s", info->choices ? info->choices : info->argument);
}

/* A row for each option of the command, by row or troff_item. */
static void add_options(struct buf *out, enum command_id command,
                        void (*add)(struct buf *out, const char *left, const char *right))
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!has_option(command, i))
            continue;
        struct buf left = {0};
        option_synopsis(&left, &option_infos[i]);
        buf_char(&left, 0);
        add(out, left.p, option_infos[i].text);
        buf_done(&left);
    }
}

void help_command(struct buf *out, enum command_id command)
{
    const struct command_info *info = &command_infos[command];
    buf_printf(out, "briefing %s: %s\n\nUsage: briefing %s [OPTIONS]%s%s\n\n", info->name, info->summary,
               info->name, *info->arguments ? " " : "", info->arguments);
    wrap(out, info->text, 0, 0);
    buf_text(out, "\nOptions\n");
    add_options(out, command, row);
}

/* Text for troff: a backslash, a hyphen that may be typed, and a leading dot or quote must not mean anything.
 */
static void troff(struct buf *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        buf_text(out, "\\&");
    for (; *text; text++) {
        if (*text == '\\')
            buf_text(out, "\\e");
        else if (*text == '-')
            buf_text(out, "\\-");
        else
            buf_char(out, *text);
    }
}

static void troff_item(struct buf *out, const char *left, const char *right)
{
    buf_text(out, ".TP\n.B ");
    troff(out, left);
    buf_char(out, '\n');
    troff(out, right);
    buf_char(out, '\n');
}

static void man_command(struct buf *out, enum command_id command)
{
    const struct command_info *info = &command_infos[command];
    buf_printf(out, ".SS briefing %s ", info->name);
    troff(out, info->arguments);
    buf_char(out, '\n');
    troff(out, info->text);
    buf_char(out, '\n');
    add_options(out, command, troff_item);
}

void help_man_page(struct buf *out)
{
    buf_text(
        out,
        ".TH BRIEFING 1 2026-11-22 \"briefing " BRIEFING_VERSION "\" \"User Commands\"\n"
        ".SH NAME\nbriefing \\- structured research in, PDF briefings out\n"
        ".SH SYNOPSIS\n.B briefing\n.I COMMAND\n[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]\n.SH DESCRIPTION\n");
    troff(out, intro);
    buf_text(out, "\n.SH COMMANDS\n");
    for (int i = 0; i < COMMAND_COUNT; i++)
        man_command(out, (enum command_id)i);
    buf_text(out, ".SH EXIT STATUS\n");
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
        troff_item(out, exits[i][0], exits[i][1]);
    buf_text(out, ".SH ENVIRONMENT\n");
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        troff_item(out, variables[i][0], variables[i][1]);
    buf_text(out, ".SH EXAMPLES\n");
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        troff_item(out, examples[i][0], examples[i][1]);
}
