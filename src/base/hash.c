/* Digests over libsodium. */
#include "base/hash.h"

#include <sodium.h>

#include <string.h>

#include "base/little.h"
#include "base/processor.h"

_Static_assert(sizeof(crypto_generichash_state) <= sizeof((struct hash *)0)->state,
               "room for libsodium's state");

void hash_init(struct hash *hash)
{
    crypto_generichash_init((crypto_generichash_state *)(void *)hash->state, NULL, 0, 32);
    hash->waiting_count = 0;
}

static void update(struct hash *hash, const void *data, size_t n)
{
    crypto_generichash_update((crypto_generichash_state *)(void *)hash->state, data, n);
}

static void flush(struct hash *hash)
{
    if (hash->waiting_count)
        update(hash, hash->waiting, hash->waiting_count);
    hash->waiting_count = 0;
}

void hash_add(struct hash *hash, const void *data, size_t n)
{
    if (n > sizeof hash->waiting - hash->waiting_count) {
        flush(hash);
        if (n > sizeof hash->waiting) {
            update(hash, data, n);
            return;
        }
    }
    if (n)
        memcpy(hash->waiting + hash->waiting_count, data, n);
    hash->waiting_count += n;
}

void hash_field(struct hash *hash, struct str field)
{
    hash_number(hash, field.n);
    hash_add(hash, field.p, field.n);
}

enum { SUMS = 4, WORD = 8 };

static inline uint64_t add_word(uint64_t sum, const unsigned char *p, uint64_t odd)
{
    sum = (sum ^ little_eight_at(p)) * odd;
    return sum ^ sum >> 32;
}

/* Four sums, each of every fourth word. What one word does to its sum can be undone: so one word that is
 * another one always shows. Of more of them that need not be so: the next word of a sum can undo what a
 * word's highest bits did. */
void hash_bulk_field(struct hash *hash, struct str data)
{
    const unsigned char *p = (const unsigned char *)data.p;
    size_t left = data.n;
    uint64_t a = 1, b = 2, c = 3, d = 4;
    for (; left >= SUMS * WORD; p += SUMS * WORD, left -= SUMS * WORD) {
        a = add_word(a, p, 0x9E3779B97F4A7C15u);
        b = add_word(b, p + WORD, 0xC2B2AE3D27D4EB4Fu);
        c = add_word(c, p + 2 * WORD, 0x165667B19E3779F9u);
        d = add_word(d, p + 3 * WORD, 0xD6E8FEB86659FD93u);
    }
    const uint64_t sums[] = {a, b, c, d, data.n};
    unsigned char out[sizeof sums];
    for (size_t i = 0; i < sizeof out; i++)
        out[i] = (unsigned char)(sums[i / WORD] >> 8 * (i % WORD));
    hash_add(hash, out, sizeof out);
    hash_add(hash, p, left);
}

void hash_done(struct hash *hash, unsigned char out[32])
{
    flush(hash);
    crypto_generichash_final((crypto_generichash_state *)(void *)hash->state, out, 32);
}

void hash_hex_to(char *text, const unsigned char *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
}

struct str hash_hex(struct arena *arena, const unsigned char *bytes, size_t n)
{
    char *text = arena_alloc(arena, n * 2 + 1);
    hash_hex_to(text, bytes, n);
    return (struct str){text, n * 2};
}

struct str hash_sha256_base64(struct arena *arena, struct str data)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    size_t room = sodium_base64_ENCODED_LEN(sizeof digest, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_alloc(arena, room);
    crypto_hash_sha256(digest, (const unsigned char *)(data.p ? data.p : ""), data.n);
    sodium_bin2base64(text, room, digest, sizeof digest, sodium_base64_VARIANT_ORIGINAL);
    return str_from(text);
}

static const uint64_t mark_odd = 0xC2B2AE3D27D4EB4Fu;

/* Whatever bits of a word are other ones, most of these are. No word waits for those before it. */
static inline uint64_t stir(uint64_t word)
{
    word *= mark_odd;
    word = (word ^ word >> 31) * mark_odd;
    return word ^ word >> 29;
}

uint64_t hash_mark(struct str text)
{
    size_t whole = text.n / WORD * WORD;
    uint64_t mark = text.n, word = 0;
    for (size_t at = 0; at < whole; at += WORD) {
        memcpy(&word, text.p + at, WORD);
        mark = (mark ^ stir(word)) * mark_odd;
    }
    word = 0;
    if (text.n > whole)
        memcpy(&word, text.p + whole, text.n - whole);
    mark = (mark ^ stir(word)) * mark_odd;
    return mark ^ mark >> 32;
}

/* AMD's processors take half as long by the plain way as by the one with AVX2 (Zen 5: 3.0 cycles a byte, and
 * 5.4). */
void hash_hurry(void)
{
#if defined(__x86_64__)
    if (PROCESSOR_IS_AMD)
        return;
#endif
    (void)!sodium_init(); /* it fails only where the plain way is left */
}

uint64_t hash_quick(const void *data, size_t n)
{
    static const uint64_t odd = 0x9E3779B97F4A7C15u; /* 2^64 over the golden ratio */
    const unsigned char *p = data;
    uint64_t h = n * odd, word = 0;
    for (; n >= sizeof word; p += sizeof word, n -= sizeof word) {
        memcpy(&word, p, sizeof word);
        h = (h ^ word) * odd;
        h ^= h >> 32;
    }
    word = 0;
    if (n)
        memcpy(&word, p, n);
    h = (h ^ word) * odd;
    return h ^ h >> 29;
}
