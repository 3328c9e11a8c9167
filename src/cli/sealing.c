/* Passwords from a file: the first line is the readers', the second, if any, the owner's. */
#include "cli/sealing.h"

#include <string.h>

#include "base/file.h"
#include "base/secret.h"

enum { FILE_ROOM = 2048 }; /* two passwords of four times their limit, so that a long one is told as such */

static bool is_sealed(const struct options *options)
{
    const char *profile = options->value[OPTION_PROFILE];
    return profile && strcmp(profile, "sealed") == 0;
}

bool sealing_check(const struct options *options, struct diags *diags)
{
    const char *path = options->value[OPTION_PASSWORD_FILE];
    struct diag *diag = NULL;
    if (is_sealed(options) && !path && !options->given[OPTION_MEMBER]) {
        diag = diag_add(diags, DIAG_USAGE, span_none(), "--profile sealed needs a password");
        diag_hint(diags, diag,
                  "add --password-file FILE; a password on the command line would be seen by all");
    } else if (path && !is_sealed(options)) {
        diag =
            diag_add(diags, DIAG_USAGE, span_none(), "--password-file is of use with --profile sealed only");
        diag_hint(diags, diag, "add --profile sealed, or leave --password-file out");
    }
    return !diag;
}

/* Cuts the next line off, without its end. */
static struct str take_line(struct str *rest)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '\n')
        n++;
    struct str line = {rest->p, n};
    *rest = str_slice(*rest, n + 1, rest->n);
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

static bool prepare(const struct options *options, const struct spec *spec, const char *whose, int number,
                    struct str line, struct password *out, struct diags *diags)
{
    const struct str words[] = {spec ? spec->id.s : (struct str){0},
                                spec ? spec->entity.name.s : (struct str){0}};
    const char *why = password_prepare(line, words, spec ? sizeof words / sizeof *words : 0, out);
    if (!why)
        return true;
    /* No position: the line would be shown. */
    struct diag *diag = diag_add(diags, DIAG_WEAK_PASSWORD, span_none(), "the %s password, line %d of %s, %s",
                                 whose, number, options->value[OPTION_PASSWORD_FILE], why);
    diag_hint(diags, diag,
              "take four or more words by chance; 'briefing explain weak-password' states the rule");
    return false;
}

static bool read_lines(struct sealing *sealing, const struct options *options, const struct spec *spec,
                       struct str text, struct pdf_seal_options *seal, struct diags *diags)
{
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.n);
    struct str user = take_line(&text);
    if (!prepare(options, spec, "readers'", 1, user, &sealing->user, diags))
        return false;
    seal->user_password = sealing->user.bytes;
    if (text.n == 0)
        return true;
    struct str owner = take_line(&text);
    if (text.n) {
        diag_add(diags, DIAG_WEAK_PASSWORD, span_none(), "%s has more than two lines",
                 options->value[OPTION_PASSWORD_FILE]);
        return false;
    }
    if (!prepare(options, spec, "owner's", 2, owner, &sealing->owner, diags))
        return false;
    seal->owner_password = sealing->owner.bytes;
    if (strcmp(sealing->user.bytes, sealing->owner.bytes) != 0)
        return true;
    struct diag *diag = diag_add(diags, DIAG_WEAK_PASSWORD, span_none(),
                                 "the owner's password, line 2 of %s, is the readers' too",
                                 options->value[OPTION_PASSWORD_FILE]);
    diag_hint(diags, diag,
              "leave the second line out: the owner's password is then made by chance and kept by nobody");
    return false;
}

static bool take_member(struct sealing *sealing, const struct spec *spec, const struct member *member,
                        struct pdf_seal_options *seal, struct diags *diags)
{
    const struct str words[] = {spec->id.s, spec->entity.name.s};
    const char *why =
        password_prepare(member->password.s, words, sizeof words / sizeof *words, &sealing->user);
    seal->user_password = sealing->user.bytes;
    if (!why)
        return true;
    /* No position: the line would be shown. */
    struct diag *diag = diag_add(diags, DIAG_WEAK_PASSWORD, span_none(),
                                 "the password of member '" STR_FMT "' %s", STR_ARG(member->id.s), why);
    diag_hint(diags, diag, "'briefing explain weak-password' states the rule");
    return false;
}

/* The password is the member's own, or else that of a file: which one must not be a matter of guessing. */
static bool check_member(const struct options *options, const struct member *member, struct diags *diags)
{
    bool own = member->password.s.n > 0, file = options->given[OPTION_PASSWORD_FILE];
    if (own != file)
        return true;
    struct diag *diag =
        diag_add(diags, DIAG_USAGE, span_none(),
                 own ? "member '" STR_FMT "' has a password in the roster, and --password-file gives another"
                     : "member '" STR_FMT "' has no password in the roster",
                 STR_ARG(member->id.s));
    diag_hint(diags, diag,
              own ? "leave --password-file out, or empty the member's column password"
                  : "give the member one, or add --password-file FILE");
    return false;
}

bool sealing_open(struct sealing *sealing, const struct options *options, const struct spec *spec,
                  const struct member *member, struct pdf_seal_options *seal, struct diags *diags)
{
    *sealing = (struct sealing){0};
    *seal = (struct pdf_seal_options){.linearize = options->given[OPTION_LINEARIZE]};
    const char *path = options->value[OPTION_PASSWORD_FILE], *why = NULL;
    if (member && is_sealed(options) && !check_member(options, member, diags))
        return false;
    if (member && is_sealed(options) && member->password.s.n)
        return take_member(sealing, spec, member, seal, diags);
    if (!path)
        return true;
    char bytes[FILE_ROOM];
    size_t n = 0;
    bool ok = file_read_into(path, bytes, sizeof bytes, &n, &why);
    if (ok)
        ok = read_lines(sealing, options, spec, (struct str){bytes, n}, seal, diags);
    else
        diag_add(diags, DIAG_CANNOT_READ, span_none(), "cannot read the passwords of %s: %s", path, why);
    secret_wipe(bytes, sizeof bytes);
    return ok;
}

void sealing_close(struct sealing *sealing)
{
    secret_wipe(sealing, sizeof *sealing);
}
