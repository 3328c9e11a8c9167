/* PDFs that commands read. */
#include "cli/pdf_file.h"

#include <string.h>

#include "base/file.h"

enum { MAX_PIPED = 256 << 20 /* bytes */ };

bool pdf_file_open(struct pdf_file *file, struct arena *arena, const char *path, struct diags *diags)
{
    const char *why = NULL;
    bool too_large = false, piped = strcmp(path, "-") == 0;
    *file = (struct pdf_file){.name = piped ? "standard input" : path};
    bool ok = piped ? file_read(arena, path, MAX_PIPED, &file->data, &why, &too_large)
                    : file_map(path, &file->data, &why);
    file->mapped = ok && !piped;
    if (!ok)
        diag_add(diags, too_large ? DIAG_BAD_PDF : DIAG_CANNOT_READ, span_none(),
                 too_large ? "%s %s" : "cannot read %s: %s", file->name, why);
    return ok;
}

void pdf_file_close(struct pdf_file *file)
{
    if (file->mapped)
        file_unmap(file->data);
    *file = (struct pdf_file){0};
}

bool pdf_file_password(const char *path, char password[PDF_FILE_PASSWORD_ROOM], struct diags *diags)
{
    const char *why = NULL;
    size_t n = 0;
    if (!file_read_into(path, password, PDF_FILE_PASSWORD_ROOM - 1, &n, &why)) {
        diag_add(diags, DIAG_CANNOT_READ, span_none(), "cannot read %s: %s", path, why);
        return false;
    }
    password[n] = '\0';
    size_t mark = strncmp(password, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t end = mark + strcspn(password + mark, "\r\n");
    memmove(password, password + mark, end - mark);
    password[end - mark] = '\0';
    return true;
}
