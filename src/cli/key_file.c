/* Reading the publisher's key. */
#include "cli/key_file.h"

#include "base/file.h"
#include "base/secret.h"

enum { ROOM = 4096 }; /* bytes; a longer file is surely not meant */

bool key_file_read(const char *path, struct copy_key *key, struct diags *diags)
{
    char bytes[ROOM];
    const char *why = NULL;
    size_t n = 0;
    bool ok = file_read_into(path, bytes, sizeof bytes, &n, &why);
    if (!ok) {
        diag_add(diags, DIAG_CANNOT_READ, span_none(), "cannot read %s: %s", path, why);
    } else if ((why = copy_key_make((struct str){bytes, n}, key)) != NULL) {
        ok = false;
        struct diag *diag = diag_add(diags, DIAG_WEAK_KEY, span_none(), "the key %s %s", path, why);
        diag_hint(diags, diag, "make one by: head -c 32 /dev/urandom >KEY");
    }
    secret_wipe(bytes, sizeof bytes);
    return ok;
}
