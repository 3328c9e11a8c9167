/* Secrets, over libsodium. */
#include "base/secret.h"

#include <sodium.h>

void secret_wipe(void *p, size_t n)
{
    if (n)
        sodium_memzero(p, n);
}

void secret_random(void *p, size_t n)
{
    randombytes_buf(p, n);
}

void secret_stretch(struct str secret, struct str salt, unsigned char out[32])
{
    unsigned char bytes[crypto_pwhash_SALTBYTES];
    (void)!sodium_init(); /* hash_hurry may have left it out: Argon2 is twice as slow by the plain way */
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)salt.p, salt.n, NULL, 0);
    if (crypto_pwhash(out, 32, secret.p, secret.n, bytes, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                      crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
        base_out_of_memory();
}
