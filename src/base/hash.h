/* Digests: BLAKE2b (RFC 7693) through libsodium, unkeyed. */
#ifndef BRIEFING_BASE_HASH_H
#define BRIEFING_BASE_HASH_H

#include <stdint.h>
#include <string.h>

#include "base/str.h"

struct hash {
    _Alignas(64) unsigned char state[384]; /* libsodium's state, kept out of this header */
    unsigned char waiting[512];            /* small pieces, which are digested together */
    size_t waiting_count;
};

void hash_init(struct hash *hash);
void hash_add(struct hash *hash, const void *data, size_t n);
/* Its eight bytes, the lowest first. */
static inline void hash_number(struct hash *hash, uint64_t number)
{
    const unsigned char bytes[8] = {(unsigned char)number,         (unsigned char)(number >> 8),
                                    (unsigned char)(number >> 16), (unsigned char)(number >> 24),
                                    (unsigned char)(number >> 32), (unsigned char)(number >> 40),
                                    (unsigned char)(number >> 48), (unsigned char)(number >> 56)};
    if (sizeof hash->waiting - hash->waiting_count < sizeof bytes) {
        hash_add(hash, bytes, sizeof bytes);
        return;
    }
    memcpy(hash->waiting + hash->waiting_count, bytes, sizeof bytes);
    hash->waiting_count += sizeof bytes;
}
/* Adds the length first, so that neighbouring fields cannot run into each other. */
void hash_field(struct hash *hash, struct str field);
/* Adds sums of much data, at a tenth of the cost: for files that nobody writes by hand and of which only
 * accidents are feared. Prose with three other capitals may have the same sums: so not for specs. */
void hash_bulk_field(struct hash *hash, struct str data);
void hash_done(struct hash *hash, unsigned char out[32]);

/* Digests of messages, the same as hash_add of each and hash_done give: eight of them side by side take little longer
 * than one. _plain: by what every processor has, for tests. */
void hash_several(const struct str *messages, size_t count, unsigned char (*digests)[32]);
void hash_several_plain(const struct str *messages, size_t count, unsigned char (*digests)[32]);

/* Another digest of a text, as hard to deceive, in less time: of the digests of its eight parts, made side by
 * side, and of its length. For what this program alone compares. */
void hash_parts(struct str text, unsigned char out[32]);

struct str hash_hex(struct arena *arena, const unsigned char *bytes, size_t n);
/* The same to where there is room for 2 n letters. */
void hash_hex_to(char *text, const unsigned char *bytes, size_t n);

/* SHA-256 (FIPS 180-4) in base 64, as a page's Content-Security-Policy names its own scripts and styles. */
struct str hash_sha256_base64(struct arena *arena, struct str data);

/* Looks for the processor's fastest way to digest: worth its time before much is digested. The digests are the same. */
void hash_hurry(void);

/* By eight bytes at a time, as the machine reads them: for tables in memory, never for identity, and nothing
 * that is written may depend on it. */
uint64_t hash_quick(const void *data, size_t n);

/* 64 bits by which a text that was changed is told from what it was, at a tenth of a digest's cost and for as
 * long as this process and its children live. Accidents never leave them the same; who sets out to can. */
uint64_t hash_mark(struct str text);

#endif
