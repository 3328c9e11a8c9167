/* Tokens: keyed digests (BLAKE2b, RFC 7693) that stand for a member in addresses which other people may see,
 * such as the link to unsubscribe. Without the key nobody can make one or tell whose it is. */
#ifndef BRIEFING_BASE_TOKEN_H
#define BRIEFING_BASE_TOKEN_H

#include "base/copy_id.h"

/* 26 small letters and digits (RFC 4648, base 32 without padding): 130 bits. */
struct token {
    char text[27]; /* NUL-terminated */
};

/* The same fields give the same token; purpose keeps tokens for different uses apart. */
struct token token_make(const struct copy_key *key, const char *purpose, const struct str *fields,
                        size_t count);

#endif
