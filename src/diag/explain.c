/* `briefing explain CODE`: one diagnostic in full. */
#include "diag/render.h"

#include <string.h>

#include "base/utf8.h"

enum { WIDEST = 80 };

/* Words of text, broken before column WIDEST; every line starts with indent blanks. */
static void add_wrapped(struct buf *out, const char *text, size_t indent)
{
    size_t column = 0;
    while (*text) {
        struct str word = {text, strcspn(text, " \n")};
        size_t width = utf8_width(word);
        if (column && column + 1 + width > WIDEST) {
            buf_char(out, '\n');
            column = 0;
        }
        if (column) {
            buf_char(out, ' ');
            column++;
        } else {
            buf_repeat(out, ' ', indent);
            column = indent;
        }
        buf_str(out, word);
        column += width;
        text += word.n;
        text += strspn(text, " \n");
    }
    buf_char(out, '\n');
}

/* Line for line as it stands. */
static void add_verbatim(struct buf *out, const char *text, size_t indent)
{
    for (;;) {
        size_t n = strcspn(text, "\n");
        if (n)
            buf_repeat(out, ' ', indent);
        buf_add(out, text, n);
        buf_char(out, '\n');
        if (!text[n])
            return;
        text += n + 1;
    }
}

static void add_heading(struct buf *out, const char *text, bool color)
{
    buf_printf(out, "\n%s%s%s\n", color ? "\x1b[1m" : "", text, color ? "\x1b[0m" : "");
}

void diag_explain(struct buf *out, enum diag_code code, bool color)
{
    static const char *const words[] = {"note", "warning", "error"};
    static const char *const colors[] = {"\x1b[1;36m", "\x1b[1;35m", "\x1b[1;31m"};
    const struct diag_info *info = diag_info(code);
    buf_printf(out, "%s%s[%s]%s\n\n", color ? colors[info->severity] : "", words[info->severity], info->name,
               color ? "\x1b[0m" : "");
    add_wrapped(out, info->meaning, 2);
    add_heading(out, "Example", color);
    add_verbatim(out, info->example, 2);
    add_heading(out, "Cure", color);
    add_wrapped(out, info->cure, 2);
    if (info->allow)
        buf_printf(out, "\n`--allow %s` turns it into a warning.\n", info->name);
    if (info->machine)
        buf_text(out, "\nThe machine failed, not the input: the exit status is 3.\n");
}
