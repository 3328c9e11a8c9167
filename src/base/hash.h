/* Digests: BLAKE2b (RFC 7693) through libsodium, unkeyed. */
#ifndef BRIEFING_BASE_HASH_H
#define BRIEFING_BASE_HASH_H

#include <stdint.h>

#include "base/str.h"

struct hash {
    _Alignas(64) unsigned char state[384]; /* libsodium's state, kept out of this header */
};

void hash_init(struct hash *hash);
void hash_add(struct hash *hash, const void *data, size_t n);
/* Adds the length first, so that neighbouring fields cannot run into each other. */
void hash_field(struct hash *hash, struct str field);
void hash_done(struct hash *hash, unsigned char out[32]);
struct str hash_hex(struct arena *arena, const unsigned char *bytes, size_t n);

/* FNV-1a, 64 bits: for tables in memory, never for identity. */
uint64_t hash_quick(const void *data, size_t n);

#endif
