/* Signatures over libsodium. */
#include "base/sign.h"

#include <sodium.h>

#include "base/secret.h"

_Static_assert(sizeof((struct sign_pair *)0)->public_key == crypto_sign_PUBLICKEYBYTES, "Ed25519");
_Static_assert(sizeof((struct sign_pair *)0)->secret == crypto_sign_SECRETKEYBYTES, "Ed25519");

void sign_pair_make(const struct copy_key *key, struct sign_pair *pair)
{
    static const unsigned char context[] = "briefing manifest signature 1";
    unsigned char seed[crypto_sign_SEEDBYTES];
    crypto_generichash(seed, sizeof seed, context, sizeof context - 1, key->bytes, sizeof key->bytes);
    crypto_sign_seed_keypair(pair->public_key, pair->secret, seed);
    secret_wipe(seed, sizeof seed);
}

void sign_message(const struct sign_pair *pair, struct str message, unsigned char signature[64])
{
    crypto_sign_detached(signature, NULL, (const unsigned char *)(message.p ? message.p : ""), message.n,
                         pair->secret);
}
