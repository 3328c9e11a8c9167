/* Parsing the command line by the tables of commands.def and options.def: long options with '=' or a word
 * after them, letters, '--'. */
#include "cli/options.h"

#include <string.h>

enum {
#define COMMAND(id, name, arguments, least, most, summary, text) id = 1 << COMMAND_##id,
#include "cli/commands.def"
#undef COMMAND
};

const struct command_info command_infos[COMMAND_COUNT] = {
#define COMMAND(id, name, arguments, least, most, summary, text)                                             \
    {name, arguments, summary, text, least, most},
#include "cli/commands.def"
#undef COMMAND
};

const struct option_info option_infos[OPTION_COUNT] = {
#define OPTION(id, name, letter, argument, choices, commands, text)                                          \
    {name, argument, choices, text, commands, letter},
#include "cli/options.def"
#undef OPTION
};

enum command_id command_find(const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(name, command_infos[i].name) == 0)
            return (enum command_id)i;
    return COMMAND_COUNT;
}

static bool belongs(enum option_id id, enum command_id command)
{
    return (option_infos[id].commands & 1u << command) != 0;
}

static void unknown_option(struct diags *diags, enum command_id command, struct str name)
{
    struct str names[OPTION_COUNT];
    size_t count = 0;
    bool elsewhere = false;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (belongs((enum option_id)i, command))
            names[count++] = str_from(option_infos[i].name);
        else if (str_is(name, option_infos[i].name))
            elsewhere = true;
    }
    struct diag *diag =
        diag_add(diags, DIAG_USAGE, span_none(),
                 elsewhere ? "'%s' takes no option '--" STR_FMT "'" : "'%s' has no option '--" STR_FMT "'",
                 command_infos[command].name, STR_ARG(name));
    struct str nearest = str_nearest(name, names, count);
    if (nearest.n)
        diag_hint(diags, diag, "did you mean '--" STR_FMT "'?", STR_ARG(nearest));
    else
        diag_hint(diags, diag, "'briefing %s --help' lists its options", command_infos[command].name);
}

static bool is_choice(const char *choices, const char *value)
{
    size_t n = strlen(value);
    for (const char *at = choices; *at;) {
        size_t length = strcspn(at, "|");
        if (length == n && memcmp(at, value, n) == 0)
            return true;
        at += length + (at[length] == '|');
    }
    return false;
}

static void allow(struct diags *diags, const char *name)
{
    enum diag_code code = diag_code_find(str_from(name));
    if (code == DIAG_CODE_COUNT) {
        struct str names[DIAG_CODE_COUNT];
        for (int i = 0; i < DIAG_CODE_COUNT; i++)
            names[i] = str_from(diag_info((enum diag_code)i)->name);
        struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "--allow: there is no code '%s'", name);
        struct str nearest = str_nearest(str_from(name), names, DIAG_CODE_COUNT);
        if (nearest.n)
            diag_hint(diags, diag, "did you mean '" STR_FMT "'?", STR_ARG(nearest));
        else
            diag_hint(diags, diag, "'briefing explain' lists all codes");
        return;
    }
    if (diag_info(code)->severity == DIAG_ERROR && !diag_info(code)->allow) {
        diag_add(diags, DIAG_USAGE, span_none(), "--allow: an error of code '%s' cannot be allowed", name);
        return;
    }
    diags->allowed[code] = true;
}

static void set_option(struct diags *diags, struct options *options, enum option_id id, const char *value)
{
    const struct option_info *info = &option_infos[id];
    if (value && info->choices && !is_choice(info->choices, value)) {
        diag_add(diags, DIAG_USAGE, span_none(), "--%s: '%s' is none of %s", info->name, value,
                 info->choices);
        return;
    }
    if (value && id == OPTION_PROFILE && options->given[id] && strcmp(value, options->value[id]) != 0) {
        diag_hint(
            diags,
            diag_add(diags, DIAG_USAGE, span_none(), "--profile: archive and sealed exclude each other"),
            "PDF/A forbids encryption: render twice, once for the archive and once sealed");
        return;
    }
    if (value && id == OPTION_ALLOW)
        allow(diags, value);
    if (id == OPTION_WARNINGS_AS_ERRORS)
        diags->warnings_as_errors = true;
    options->given[id] = true;
    options->value[id] = value;
    if (value)
        *ARENA_PUSH(diags->arena, &options->every[id]) = value;
}

static enum option_id find_long(enum command_id command, struct str name)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (belongs((enum option_id)i, command) && str_is(name, option_infos[i].name))
            return (enum option_id)i;
    return OPTION_COUNT;
}

static enum option_id find_letter(enum command_id command, char letter)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (belongs((enum option_id)i, command) && option_infos[i].letter && option_infos[i].letter == letter)
            return (enum option_id)i;
    return OPTION_COUNT;
}

/* Takes the option at argv[*at], and the word after it where that is its argument. */
static void parse_long(struct diags *diags, struct options *options, int argc, char **argv, int *at)
{
    const char *text = argv[*at] + 2;
    size_t length = strcspn(text, "=");
    struct str name = {text, length};
    enum option_id id = find_long(options->command, name);
    if (id == OPTION_COUNT) {
        unknown_option(diags, options->command, name);
        return;
    }
    const struct option_info *info = &option_infos[id];
    const char *value = text[length] == '=' ? text + length + 1 : NULL;
    if (!info->argument && value) {
        diag_add(diags, DIAG_USAGE, span_none(), "--%s takes no argument", info->name);
        return;
    }
    if (info->argument && !value) {
        if (*at + 1 >= argc) {
            diag_add(diags, DIAG_USAGE, span_none(), "--%s needs an argument: %s", info->name,
                     info->argument);
            return;
        }
        value = argv[++*at];
    }
    set_option(diags, options, id, value);
}

static void parse_letters(struct diags *diags, struct options *options, int argc, char **argv, int *at)
{
    for (const char *letter = argv[*at] + 1; *letter; letter++) {
        enum option_id id = find_letter(options->command, *letter);
        if (id == OPTION_COUNT) {
            struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "'%s' has no option '-%c'",
                                         command_infos[options->command].name, *letter);
            diag_hint(diags, diag, "'briefing %s --help' lists its options",
                      command_infos[options->command].name);
            return;
        }
        if (!option_infos[id].argument) {
            set_option(diags, options, id, NULL);
            continue;
        }
        const char *value = letter[1] ? letter + 1 : *at + 1 < argc ? argv[++*at] : NULL;
        if (value)
            set_option(diags, options, id, value);
        else
            diag_add(diags, DIAG_USAGE, span_none(), "-%c needs an argument: %s", *letter,
                     option_infos[id].argument);
        return;
    }
}

/* Files that are read; where '-' may be written to instead, the argument says so ("FILE|DIR|-"). */
static bool is_input(const struct option_info *info)
{
    return info->argument && (strcmp(info->argument, "FILE") == 0 || strcmp(info->argument, "RUN") == 0);
}

/* Whoever reads standard input first leaves nothing for the next. */
static void check_stdin(const struct options *options, struct diags *diags)
{
    int readers = 0;
    for (int i = 0; i < options->argument_count; i++)
        readers += strcmp(options->arguments[i], "-") == 0;
    for (int i = 0; i < OPTION_COUNT; i++)
        readers += options->given[i] && is_input(&option_infos[i]) && strcmp(options->value[i], "-") == 0;
    if (readers > 1)
        diag_hint(diags,
                  diag_add(diags, DIAG_USAGE, span_none(), "only one file can come from standard input"),
                  "'-' stands for it %d times: name a file for the others", readers);
}

bool options_parse(struct arena *arena, enum command_id command, int argc, char **argv,
                   struct options *options, struct diags *diags)
{
    size_t errors = diags->errors;
    *options = (struct options){.command = command};
    options->arguments = ARENA_ARRAY(arena, const char *, (size_t)argc + 1);
    bool only_arguments = false;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (only_arguments || word[0] != '-' || word[1] == 0)
            options->arguments[options->argument_count++] = word;
        else if (strcmp(word, "--") == 0)
            only_arguments = true;
        else if (word[1] == '-')
            parse_long(diags, options, argc, argv, &i);
        else
            parse_letters(diags, options, argc, argv, &i);
    }
    const struct command_info *info = &command_infos[command];
    if (!options->given[OPTION_HELP] && diags->errors == errors) {
        if (options->argument_count < info->least)
            diag_add(diags, DIAG_USAGE, span_none(), "'%s' needs %s", info->name, info->arguments);
        else if (options->argument_count > info->most)
            diag_add(diags, DIAG_USAGE, span_none(), "'%s' takes %s%s: what is '%s'?", info->name,
                     info->most ? "only " : "no argument", info->most ? info->arguments : "",
                     options->arguments[info->most]);
        check_stdin(options, diags);
    }
    return diags->errors == errors;
}
