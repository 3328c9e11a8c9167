/* Why libyaml stopped, in words that help: its problem texts know its tokens, not what the writer meant. */
#include "yaml/yaml_parts.h"

#include <string.h>

struct failure {
    const yaml_parser_t *parser;
    struct diag_source *source;
    struct diags *diags;
    size_t problem, context; /* source offsets */
    size_t line;             /* source offset of the start of the problem's line */
};

static const char quote_hint[] = "put the text in quotes, or on lines of its own after '|'";

static char byte_at(const struct failure *f, size_t at)
{
    return at < f->source->text.n ? f->source->text.p[at] : '\0';
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static bool problem_is(const struct failure *f, const char *text)
{
    return f->parser->problem && strcmp(f->parser->problem, text) == 0;
}

static bool context_is(const struct failure *f, const char *text)
{
    return f->parser->context && strcmp(f->parser->context, text) == 0;
}

/* From offset to the end of the word there. */
static struct span word_at(const struct failure *f, size_t at)
{
    struct str text = f->source->text;
    size_t end = at;
    while (end < text.n && !is_break(text.p[end]) && text.p[end] != ' ' && text.p[end] != '\t')
        end++;
    return span_at(f->source, at, end > at ? end : at + 1);
}

/* The character at offset: one code point. */
static struct span character_at(const struct failure *f, size_t at)
{
    struct str text = f->source->text;
    size_t end = at < text.n ? at + 1 : at;
    while (end < text.n && ((unsigned char)text.p[end] & 0xC0) == 0x80)
        end++;
    return span_at(f->source, at, end);
}

static size_t line_start(const struct failure *f, size_t at)
{
    while (at > 0 && !is_break(f->source->text.p[at - 1]))
        at--;
    return at;
}

static bool only_blanks_before(const struct failure *f, size_t at)
{
    size_t i = line_start(f, at);
    while (i < at && (f->source->text.p[i] == ' ' || f->source->text.p[i] == '\t'))
        i++;
    return i == at;
}

static bool at_end(const struct failure *f, size_t at)
{
    return str_trim(str_slice(f->source->text, at, f->source->text.n)).n == 0;
}

static struct diag *say(const struct failure *f, struct span span, const char *message, const char *hint)
{
    struct diag *diag = diag_add(f->diags, DIAG_SYNTAX, span, "%s", message);
    if (hint)
        diag_hint(f->diags, diag, "%s", hint);
    return diag;
}

/* ---- mistakes that need a look at the text */

static bool explain_tab(const struct failure *f)
{
    size_t i = f->line;
    while (byte_at(f, i) == ' ')
        i++;
    if (byte_at(f, i) != '\t' || !only_blanks_before(f, f->problem))
        return false;
    struct span tab = span_at(f->source, i, i + 1);
    struct diag *diag = diag_add(f->diags, DIAG_TAB_INDENTATION, tab, "a tab indents this line");
    diag_hint(f->diags, diag, "YAML takes only spaces for indentation");
    return true;
}

static bool explain_start(const struct failure *f)
{
    if (!problem_is(f, "found character that cannot start any token"))
        return false;
    char c = byte_at(f, f->problem);
    struct span there = character_at(f, f->problem);
    struct diag *diag;
    if (c == '\t') {
        diag = diag_add(f->diags, DIAG_TAB_INDENTATION, there, "a tab where a value starts");
        diag_hint(f->diags, diag, "YAML takes only spaces here");
    } else {
        diag = diag_add(f->diags, DIAG_SYNTAX, there, "a text cannot start with '%c'", c);
        diag_hint(f->diags, diag, "%s", quote_hint);
    }
    return true;
}

static bool explain_quote(const struct failure *f)
{
    if (!context_is(f, "while scanning a quoted scalar"))
        return false;
    struct span quote = character_at(f, f->context);
    struct diag *diag = diag_add(f->diags, DIAG_UNCLOSED_QUOTE, quote, "this quote is never closed");
    if (byte_at(f, f->context) == '\'')
        diag_hint(f->diags, diag, "close it with '; inside single quotes an apostrophe is written twice: ''");
    else
        diag_hint(f->diags, diag, "close it with \"; inside double quotes a quote is written \\\"");
    if (problem_is(f, "found unexpected document indicator"))
        diag_note(f->diags, diag, word_at(f, f->problem), "the document ends here");
    return true;
}

static bool explain_escape(const struct failure *f)
{
    if (!context_is(f, "while parsing a quoted scalar"))
        return false;
    size_t at = f->problem; /* libyaml stands at or a little behind the backslash */
    for (size_t back = 0; back < 12 && at > f->context && byte_at(f, at) != '\\'; back++)
        at--;
    if (problem_is(f, "found unknown escape character")) {
        struct span span = span_at(f->source, at, character_at(f, at + 1).end);
        struct diag *diag = diag_add(f->diags, DIAG_SYNTAX, span, "unknown escape '" STR_FMT "'",
                                     STR_ARG(str_slice(f->source->text, span.start, span.end)));
        diag_hint(f->diags, diag, "a backslash in double quotes is written \\\\; in single quotes it is only itself");
        return true;
    }
    char kind = byte_at(f, at + 1);
    const char *digits = kind == 'x' ? "two" : kind == 'u' ? "four" : "eight";
    struct diag *diag;
    if (problem_is(f, "found invalid Unicode character escape code")) {
        size_t length = kind == 'x' ? 4 : kind == 'u' ? 6 : 10;
        diag = diag_add(f->diags, DIAG_SYNTAX, span_at(f->source, at, at + length), "the escape names no character");
        diag_hint(f->diags, diag, "characters beyond U+FFFF are written \\U and eight digits, not as surrogates");
    } else {
        struct span span = span_at(f->source, at, at + 2);
        diag = diag_add(f->diags, DIAG_SYNTAX, span, "'\\%c' wants %s hexadecimal digits", kind, digits);
        diag_hint(f->diags, diag, "a backslash in double quotes is written \\\\");
    }
    return true;
}

static bool explain_anchor(const struct failure *f)
{
    if (!context_is(f, "while scanning an alias") && !context_is(f, "while scanning an anchor"))
        return false;
    char c = byte_at(f, f->context);
    struct diag *diag = diag_add(f->diags, DIAG_SYNTAX, word_at(f, f->context), "this is no %s",
                                 c == '*' ? "alias" : "anchor");
    diag_hint(f->diags, diag, "a text that starts with %c wants quotes, or lines of its own after '|'", c);
    return true;
}

/* The '#' in a line from start that begins a comment within brackets opened on that line, or SIZE_MAX. */
static size_t comment_in_brackets(const struct failure *f, size_t start)
{
    struct str text = f->source->text;
    char quote = 0;
    int depth = 0;
    for (size_t i = start; i < text.n && !is_break(text.p[i]); i++) {
        char c = text.p[i], before = i > start ? text.p[i - 1] : ' ';
        bool apart = before == ' ' || before == '\t';
        if (quote)
            quote = c == quote ? 0 : quote;
        else if ((c == '"' || c == '\'') && (apart || strchr("{[,:", before)))
            quote = c;
        else if (c == '#' && apart)
            return depth > 0 ? i : SIZE_MAX;
        else
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    }
    return SIZE_MAX;
}

/* {accent: #0b3d5c}: what follows the '#' is lost, and with it the bracket. */
static bool explain_comment(const struct failure *f)
{
    enum { LINES = 4 };
    if (!context_is(f, "while parsing a flow mapping") && !context_is(f, "while parsing a flow sequence") &&
        !context_is(f, "while parsing a flow node"))
        return false;
    size_t start = f->line;
    for (int lines = 0; lines < LINES; lines++) {
        size_t at = comment_in_brackets(f, start);
        if (at != SIZE_MAX) {
            say(f, word_at(f, at), "'#' behind a blank begins a comment, and the brackets are never closed",
                "put a text with '#' in quotes");
            return true;
        }
        if (start == 0)
            break;
        start = line_start(f, start - 1);
    }
    return false;
}

/* "as_of:2026-11-15" */
static bool explain_blank(const struct failure *f)
{
    if (!problem_is(f, "could not find expected ':'"))
        return false;
    size_t at = f->context;
    while ((byte_at(f, at) >= 'a' && byte_at(f, at) <= 'z') || byte_at(f, at) == '_')
        at++;
    if (at == f->context || byte_at(f, at) != ':' || byte_at(f, at + 1) == '/')
        return false;
    struct str key = str_slice(f->source->text, f->context, at);
    struct diag *diag =
        say(f, span_at(f->source, f->context, at + 1), "no blank behind the ':' of a key", NULL);
    diag_hint(f->diags, diag, "write '" STR_FMT ": value'", STR_ARG(key));
    return true;
}

static bool explain_brackets(const struct failure *f)
{
    bool map = context_is(f, "while parsing a flow mapping");
    if (!map && !context_is(f, "while parsing a flow sequence"))
        return false;
    struct span open = character_at(f, f->context);
    if (at_end(f, f->problem)) {
        struct diag *diag = say(f, open, map ? "'{' is never closed" : "'[' is never closed", NULL);
        diag_hint(f->diags, diag, "close it with %c; a text that starts with %c wants quotes", map ? '}' : ']',
                  map ? '{' : '[');
        return true;
    }
    struct diag *diag = say(f, word_at(f, f->problem), map ? "expected ',' or '}'" : "expected ',' or ']'",
                            "a text with a comma, a bracket or ': ' inside [ ] or { } wants quotes");
    diag_note(f->diags, diag, open, "opened here");
    return true;
}

/* A block map goes on with something that is no key: bad indentation, or text behind a value. */
static bool explain_no_key(const struct failure *f)
{
    bool list = problem_is(f, "did not find expected '-' indicator");
    bool map = problem_is(f, "did not find expected key");
    if (!list && !map)
        return false;
    struct span there = word_at(f, f->problem);
    if (!only_blanks_before(f, f->problem)) {
        say(f, there, "text after the end of a value",
            "put the whole text in quotes: what starts with a quote, a bracket, * or & ends where that ends");
        return true;
    }
    struct diag *diag;
    if (map && byte_at(f, f->problem) == ':') {
        diag = diag_add(f->diags, DIAG_BAD_KEY, character_at(f, f->problem), "a value without a key");
        diag_hint(f->diags, diag, "write a key before the ':', or put the text in quotes");
        return true;
    }
    if (list)
        diag = say(f, there, "expected '- ' here", "every item of a list starts with '- ' in the same column");
    else if (byte_at(f, f->problem) == '-')
        diag = say(f, there, "a list item where a key should stand",
                   "indent the list like the items above it, or more than its key");
    else
        diag = say(f, there, "this line is indented like nothing above it",
                   "keys of one map start in the same column");
    diag_note(f->diags, diag, character_at(f, f->context), list ? "the list starts here" : "the map starts here");
    return true;
}

/* ': ' in a plain text: either it is meant, or the line was to be a key and its indentation made it text. */
static bool explain_colon(const struct failure *f)
{
    if (!problem_is(f, "mapping values are not allowed in this context"))
        return false;
    struct str before = str_trim(str_slice(f->source->text, f->line, f->problem));
    bool key = before.n > 0 && f->line > 0;
    for (size_t i = 0; i < before.n; i++)
        if (before.p[i] == ' ' || before.p[i] == '"' || before.p[i] == '\'')
            key = false;
    if (key)
        say(f, span_at(f->source, f->problem - before.n, f->problem), "a key in the middle of a text",
            "the text above goes on here: start the keys of a map in one column, each with its ':', or quote the text");
    else
        say(f, character_at(f, f->problem), "': ' inside a text", quote_hint);
    return true;
}

/* ---- the others, by libyaml's own words */

enum place { AT_PROBLEM, AT_CONTEXT };

static const struct {
    const char *problem;
    enum place place;
    const char *message, *hint;
} table[] = {
    {"could not find expected ':'", AT_CONTEXT, "a key without ':'",
     "write 'key: value'; a text of several lines is indented more than its key"},
    {"found unexpected ':'", AT_PROBLEM, "':' inside a text within brackets", "put the text in quotes"},
    {"block sequence entries are not allowed in this context", AT_PROBLEM,
     "a list cannot start on the line of its key", "put every '- ' on a line of its own below the key"},
    {"mapping keys are not allowed in this context", AT_PROBLEM, "'?' cannot stand here", quote_hint},
    {"did not find expected comment or line break", AT_PROBLEM, "text on the line of '|', '>' or a directive",
     "start the text on the next line, indented"},
    {"found an indentation indicator equal to 0", AT_PROBLEM, "an indentation of 0",
     "use a digit from 1 to 9, or none"},
    {"found a tab character where an indentation space is expected", AT_PROBLEM, "a tab where indentation goes on",
     "YAML takes only spaces for indentation"},
    {"found a tab character that violates indentation", AT_PROBLEM, "a tab where indentation goes on",
     "YAML takes only spaces for indentation"},
    {"did not find expected <document start>", AT_PROBLEM, "text after the end of the document",
     "a file is one map: every line at its left edge is 'key: value'"},
    {"did not find expected node content", AT_PROBLEM, "a value is missing here",
     "a text that starts like this wants quotes"},
    {"found undefined tag handle", AT_CONTEXT, "a tag of an unknown kind", "a text that starts with ! wants quotes"},
    {"found unknown directive name", AT_CONTEXT,
     "a line that starts with '%' is a directive", quote_hint},
    {"could not find expected directive name", AT_CONTEXT,
     "a line that starts with '%' is a directive", quote_hint},
    {"found unexpected non-alphabetical character", AT_CONTEXT,
     "a line that starts with '%' is a directive", quote_hint},
    {"found incompatible YAML document", AT_PROBLEM, "a version of YAML that is not known",
     "delete the line '%YAML'"},
    {"found duplicate %YAML directive", AT_PROBLEM, "a second line '%YAML'", "delete it"},
    {"found duplicate %TAG directive", AT_PROBLEM, "a second line '%TAG' for the same handle", "delete it"},
};

static bool explain_by_table(const struct failure *f)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!problem_is(f, table[i].problem))
            continue;
        say(f, word_at(f, table[i].place == AT_CONTEXT ? f->context : f->problem), table[i].message, table[i].hint);
        return true;
    }
    return false;
}

static bool explain_tag(const struct failure *f)
{
    const char *context = f->parser->context;
    if (!context || !strstr(context, "tag"))
        return false;
    say(f, word_at(f, f->context), "this is no tag", "a text that starts with ! wants quotes");
    return true;
}

void yaml_syntax_report(const yaml_parser_t *parser, struct yaml_marks *marks, struct diag_source *source,
                        struct diags *diags)
{
    struct failure f = {.parser = parser, .source = source, .diags = diags};
    f.problem = yaml_marks_offset(marks, parser->problem_mark.index);
    f.context = parser->context ? yaml_marks_offset(marks, parser->context_mark.index) : f.problem;
    f.line = line_start(&f, f.problem);
    if (explain_quote(&f) || explain_escape(&f) || explain_tab(&f) || explain_start(&f) ||
        explain_anchor(&f) || explain_comment(&f) || explain_blank(&f) || explain_brackets(&f) ||
        explain_no_key(&f) || explain_colon(&f) || explain_by_table(&f) || explain_tag(&f))
        return;
    struct diag *diag = diag_add(diags, DIAG_SYNTAX, word_at(&f, f.problem), "this cannot be read as YAML: %s",
                                 parser->problem ? parser->problem : "unknown problem");
    diag_hint(diags, diag, "%s", quote_hint);
}
