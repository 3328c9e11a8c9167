/* Completion scripts for bash, zsh and fish, from commands.def and options.def. */
#include "cli/cli.h"

#include <string.h>

static bool has_option(int command, int option)
{
    return (option_infos[option].commands & 1u << command) != 0;
}

/* Choices with blanks between them: "a|b" → "a b". */
static void choices(struct buf *out, const char *text)
{
    for (; *text; text++)
        buf_char(out, *text == '|' ? ' ' : *text);
}

static void bash(struct buf *out)
{
    buf_text(out, "_briefing() {\n"
                  "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} "
                  "command=${COMP_WORDS[1]}\n"
                  "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W '");
    for (int i = 0; i < COMMAND_COUNT; i++)
        buf_printf(out, "%s ", command_infos[i].name);
    buf_text(out, "--help --version' -- \"$word\"))\n        return\n    fi\n    case $before in\n");
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!option_infos[i].choices)
            continue;
        buf_printf(out, "    --%s) COMPREPLY=($(compgen -W '", option_infos[i].name);
        choices(out, option_infos[i].choices);
        buf_text(out, "' -- \"$word\")); return ;;\n");
    }
    buf_text(out, "    esac\n    case $command in\n");
    for (int c = 0; c < COMMAND_COUNT; c++) {
        buf_printf(out, "    %s) COMPREPLY=($(compgen -f -W '", command_infos[c].name);
        if (c == COMMAND_SCHEMA)
            buf_text(out, "spec house run newsletter ");
        for (int i = 0; i < OPTION_COUNT; i++)
            if (has_option(c, i))
                buf_printf(out, "--%s ", option_infos[i].name);
        buf_text(out, "' -- \"$word\")) ;;\n");
    }
    buf_text(out, "    esac\n}\ncomplete -o filenames -F _briefing briefing\n");
}

/* A text inside '…[…]' of zsh's _arguments, or inside '…' of fish. */
static void quoted(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            buf_text(out, "'\\''");
        else if (*text == '[' || *text == ']' || *text == ':')
            buf_printf(out, "\\%c", *text);
        else
            buf_char(out, *text);
    }
}

static void zsh(struct buf *out)
{
    buf_text(out, "#compdef briefing\nif (( CURRENT == 2 )); then\n    local -a commands=(\n");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        buf_printf(out, "        '%s:", command_infos[i].name);
        quoted(out, command_infos[i].summary);
        buf_text(out, "'\n");
    }
    buf_text(out, "    )\n    _describe command commands\n    return\nfi\ncase $words[2] in\n");
    for (int c = 0; c < COMMAND_COUNT; c++) {
        buf_printf(out, "%s)\n    _arguments", command_infos[c].name);
        for (int i = 0; i < OPTION_COUNT; i++) {
            if (!has_option(c, i))
                continue;
            const struct option_info *info = &option_infos[i];
            buf_printf(out, " \\\n        '--%s[", info->name);
            quoted(out, info->text);
            buf_char(out, ']');
            if (info->choices) {
                buf_printf(out, ":%s:(", info->argument);
                choices(out, info->choices);
                buf_char(out, ')');
            } else if (info->argument) {
                buf_printf(out, ":%s:_files", info->argument);
            }
            buf_char(out, '\'');
        }
        buf_text(out, c == COMMAND_SCHEMA ? " \\\n        '*:kind:(spec house run newsletter)' ;;\n"
                                          : " \\\n        '*:file:_files' ;;\n");
    }
    buf_text(out, "esac\n");
}

static void fish(struct buf *out)
{
    for (int c = 0; c < COMMAND_COUNT; c++) {
        buf_printf(out, "complete -c briefing -n __fish_use_subcommand -f -a %s -d '", command_infos[c].name);
        quoted(out, command_infos[c].summary);
        buf_text(out, "'\n");
        for (int i = 0; i < OPTION_COUNT; i++) {
            if (!has_option(c, i))
                continue;
            const struct option_info *info = &option_infos[i];
            buf_printf(out, "complete -c briefing -n '__fish_seen_subcommand_from %s' -l %s",
                       command_infos[c].name, info->name);
            if (info->letter)
                buf_printf(out, " -s %c", info->letter);
            if (info->choices) {
                buf_text(out, " -x -a '");
                choices(out, info->choices);
                buf_char(out, '\'');
            } else if (info->argument) {
                buf_text(out, " -r");
            }
            buf_text(out, " -d '");
            quoted(out, info->text);
            buf_text(out, "'\n");
        }
    }
    buf_text(
        out,
        "complete -c briefing -n '__fish_seen_subcommand_from schema' -f -a 'spec house run newsletter'\n");
}

bool help_completion(struct buf *out, const char *shell)
{
    if (strcmp(shell, "bash") == 0)
        bash(out);
    else if (strcmp(shell, "zsh") == 0)
        zsh(out);
    else if (strcmp(shell, "fish") == 0)
        fish(out);
    else
        return false;
    return true;
}
