/* Tokens over libsodium. */
#include "base/token.h"

#include <sodium.h>

#include <string.h>

#include "base/secret.h"

/* The length goes first, so that neighbouring fields cannot run into each other. */
static void add_field(crypto_generichash_state *state, const void *bytes, size_t n)
{
    unsigned char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)((unsigned long long)n >> (8 * i));
    crypto_generichash_update(state, length, sizeof length);
    if (n)
        crypto_generichash_update(state, bytes, n);
}

struct token token_make(const struct copy_key *key, const char *purpose, const struct str *fields,
                        size_t count)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned char digest[32];
    crypto_generichash_state state;
    crypto_generichash_init(&state, key->bytes, sizeof key->bytes, sizeof digest);
    add_field(&state, "briefing token 1", 16);
    add_field(&state, purpose, strlen(purpose));
    for (size_t i = 0; i < count; i++)
        add_field(&state, fields[i].p, fields[i].n);
    crypto_generichash_final(&state, digest, sizeof digest);
    secret_wipe(&state, sizeof state);
    struct token token = {{0}};
    for (size_t i = 0; i < sizeof token.text - 1; i++) {
        size_t bit = i * 5;
        unsigned two = (unsigned)digest[bit / 8] << 8 | digest[bit / 8 + 1];
        token.text[i] = alphabet[two >> (11 - bit % 8) & 31];
    }
    return token;
}
