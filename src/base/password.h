/* Passwords of sealed files: the form that every reader computes alike, and the rule for weak ones. */
#ifndef BRIEFING_BASE_PASSWORD_H
#define BRIEFING_BASE_PASSWORD_H

#include "base/str.h"

enum {
    PASSWORD_MAX_BYTES = 127, /* ISO 32000-2, 7.6.4.3.2 */
    PASSWORD_LEAST = 12,      /* characters that count */
    PASSWORD_SURPRISES = 6,   /* that do not follow from the one before, and different ones */
};

/* In NFC, NUL-terminated. Wipe it after use. */
struct password {
    char bytes[PASSWORD_MAX_BYTES + 1];
};

/* Prepares what somebody typed; words (the entity's id and name, say) do not count towards its length. NULL
 * when it is fit, else the rule that it breaks, as the end of a sentence: "has fewer than 12 characters that
 * count"; then out is empty. The rules: see weak-password in diag/codes.def. ISO 32000-2 wants SASLprep (RFC
 * 4013), which not all readers do: only what SASLprep leaves as it is passes. No copy of the password is left
 * behind. */
const char *password_prepare(struct str typed, const struct str *words, size_t word_count,
                             struct password *out);

#endif
