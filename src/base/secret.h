/* Secrets: wiping what held them, and chance that nobody can foresee. */
#ifndef BRIEFING_BASE_SECRET_H
#define BRIEFING_BASE_SECRET_H

#include "base/str.h"

/* Overwrites memory so that no optimiser leaves it out. p may be NULL when n is 0. */
void secret_wipe(void *p, size_t n);

/* Fills n bytes from the system's source of randomness. For passwords and identifiers of sealed files only:
 * nothing else that is written may depend on chance. */
void secret_random(void *p, size_t n);

/* A digest of a secret that is slow to make (Argon2id, RFC 9106), so that it cannot serve to try secrets fast. salt: any
 * text that is not used for another purpose. */
void secret_stretch(struct str secret, struct str salt, unsigned char out[32]);

#endif
