/* Signatures: Ed25519 (RFC 8032) through libsodium, by a key pair that derives from the publisher's copy key.
 */
#ifndef BRIEFING_BASE_SIGN_H
#define BRIEFING_BASE_SIGN_H

#include "base/copy_id.h"

struct sign_pair {
    unsigned char public_key[32];
    unsigned char secret[64]; /* wipe it after use (secret.h) */
};

/* The pair's seed is keyed BLAKE2b (RFC 7693) over a context of our own, so that neither pair nor copy ids
 * tell anything of each other. The same key gives the same pair. */
void sign_pair_make(const struct copy_key *key, struct sign_pair *pair);

/* The same message and pair give the same signature. */
void sign_message(const struct sign_pair *pair, struct str message, unsigned char signature[64]);

#endif
