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
