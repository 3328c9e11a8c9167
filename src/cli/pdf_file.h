/* A PDF that a command reads, and the password that it opens with. */
#ifndef BRIEFING_CLI_PDF_FILE_H
#define BRIEFING_CLI_PDF_FILE_H

#include "diag/diag.h"

struct pdf_file {
    const char *name; /* for people */
    struct str data;
    bool mapped;
};

/* Maps the file, or reads standard input ("-", at most 256 MiB) into the arena. false with a diagnostic.
 * Close in either case. */
bool pdf_file_open(struct pdf_file *file, struct arena *arena, const char *path, struct diags *diags);
void pdf_file_close(struct pdf_file *file);

enum { PDF_FILE_PASSWORD_ROOM = 1024 };

/* The first line of a file, without its end and NUL-terminated, as a password to open a PDF with. The caller
 * wipes it (secret.h). false with a diagnostic. */
bool pdf_file_password(const char *path, char password[PDF_FILE_PASSWORD_ROOM], struct diags *diags);

#endif
