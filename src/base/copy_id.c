/* Copy ids over libsodium: making, reading and checking them, and the signs of marked text. */
#include "base/copy_id.h"

#include <sodium.h>

#include <stdint.h>
#include <string.h>

#include "base/hash.h"
#include "base/secret.h"
#include "base/utf8.h"

enum {
    LETTERS = 16, /* the last is the check letter */
    GROUP = 4,
    KEY_LEAST = 32,    /* bytes of a key file */
    KEY_SURPRISES = 8, /* different ones among them */
    DIGEST = 32,
    ROOM = 128, /* bytes of BLAKE2b's block: what fits costs one round */
};

static const char alphabet[] = COPY_ID_ALPHABET;

/* ---- the key */

const char *copy_key_make(struct str file, struct copy_key *key)
{
    bool seen[256] = {false};
    size_t different = 0;
    if (file.n && file.p[file.n - 1] == '\n')
        file.n--;
    if (file.n && file.p[file.n - 1] == '\r')
        file.n--;
    for (size_t i = 0; i < file.n; i++) {
        different += !seen[(unsigned char)file.p[i]];
        seen[(unsigned char)file.p[i]] = true;
    }
    secret_wipe(seen, sizeof seen);
    secret_wipe(key, sizeof *key);
    if (file.n < KEY_LEAST)
        return "has fewer than 32 bytes";
    if (different < KEY_SURPRISES)
        return "has fewer than 8 different bytes";
    struct hash hash;
    hash_init(&hash);
    hash_field(&hash, STR("briefing copy key 1"));
    hash_field(&hash, file);
    hash_done(&hash, key->bytes);
    secret_wipe(&hash, sizeof hash);
    return NULL;
}

/* ---- the id */

/* The check letter is the sum over GF(32), x^5 + x^2 + 1, of each letter times its own power of x, and of 1.
 * The weights are different and none is 0, so one wrong letter, or any two that changed places, never fit. */
static unsigned check_of(const unsigned char values[LETTERS - 1])
{
    unsigned sum = 1;
    for (size_t i = 0; i < LETTERS - 1; i++) {
        unsigned product = values[i];
        for (size_t power = 0; power <= i; power++)
            product = product << 1 ^ (product & 16 ? 0x25u : 0);
        sum ^= product;
    }
    return sum;
}

static struct copy_id spell(const unsigned char values[LETTERS])
{
    struct copy_id id = {{0}};
    size_t n = 0;
    for (size_t i = 0; i < LETTERS; i++) {
        if (i && i % GROUP == 0)
            id.text[n++] = '-';
        id.text[n++] = alphabet[values[i]];
    }
    return id;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static void add_length(crypto_generichash_state *state, size_t n)
{
    unsigned char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)((uint64_t)n >> (8 * i));
    crypto_generichash_update(state, length, sizeof length);
}

/* The length goes first, so that neighbouring fields cannot run into each other. */
static void add_field(crypto_generichash_state *state, struct str field)
{
    add_length(state, field.n);
    if (field.n)
        crypto_generichash_update(state, (const unsigned char *)field.p, field.n);
}

/* As add_field, with A to Z made small. */
static void add_folded(crypto_generichash_state *state, struct str field)
{
    char part[64];
    add_length(state, field.n);
    for (size_t at = 0; at < field.n;) {
        size_t n = 0;
        while (n < sizeof part && at < field.n)
            part[n++] = lower(field.p[at++]);
        crypto_generichash_update(state, (const unsigned char *)part, n);
    }
}

struct copy_id copy_id_make(const struct copy_key *key, const struct copy_subject *subject)
{
    unsigned char digest[DIGEST], values[LETTERS];
    crypto_generichash_state state;
    crypto_generichash_init(&state, key->bytes, sizeof key->bytes, sizeof digest);
    add_field(&state, STR("briefing copy 1"));
    add_folded(&state, subject->member);
    add_field(&state, subject->entity);
    add_field(&state, subject->edition);
    add_field(&state, subject->tier);
    crypto_generichash_final(&state, digest, sizeof digest);
    secret_wipe(&state, sizeof state);
    unsigned bits = 0, have = 0;
    size_t next = 0;
    for (size_t i = 0; i < LETTERS - 1; i++) {
        if (have < 5) {
            bits = bits << 8 | digest[next++];
            have += 8;
        }
        have -= 5;
        values[i] = (unsigned char)(bits >> have & 31);
    }
    values[LETTERS - 1] = (unsigned char)check_of(values);
    return spell(values);
}

static bool is_gap(int32_t c)
{
    return c == '-' || c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0xAD ||
           (c >= 0x2000 && c <= 0x2015) || c == 0x202F || c == 0x2212;
}

/* The value of a letter as people type it; -1: it has none. */
static int value_of(int32_t c)
{
    if (c >= 'a' && c <= 'z')
        c -= 32;
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    const char *at = c > 0 && c < 0x80 ? strchr(alphabet, (int)c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

bool copy_id_parse(struct str typed, struct copy_id *id)
{
    unsigned char values[LETTERS] = {0};
    size_t count = 0;
    *id = (struct copy_id){{0}};
    for (size_t at = 0; at < typed.n;) {
        int32_t c = utf8_next(typed, &at);
        if (is_gap(c))
            continue;
        int value = value_of(c);
        if (value < 0 || count == LETTERS)
            return false;
        values[count++] = (unsigned char)value;
    }
    if (count != LETTERS || values[LETTERS - 1] != check_of(values))
        return false;
    *id = spell(values);
    return true;
}

/* ---- signs */

/* Adds the letters and digits of a character: at most 4 bytes. Punctuation says least and changes most when a
 * file is rewritten or read back, and ligatures come back as one character (U+FB00 to U+FB06) or, from
 * Ghostscript 10, as letters whose two bytes changed places (U+6600 for f). */
static size_t fold(struct str character, int32_t c, char out[4])
{
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    if (c >= 0x6100 && c <= 0x7A00 && (c & 0xFF) == 0)
        c >>= 8;
    if (c >= 0xFB00 && c <= 0xFB06) {
        size_t n = strlen(ligatures[c - 0xFB00]);
        memcpy(out, ligatures[c - 0xFB00], n);
        return n;
    }
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        out[0] = lower((char)c);
        return 1;
    }
    if (c < 0xC0 || (c >= 0x2000 && c <= 0x206F))
        return 0;
    memcpy(out, character.p, character.n);
    return character.n;
}

int copy_id_sign(const struct copy_id *id, struct str letters)
{
    unsigned char digest[DIGEST];
    char part[ROOM];
    size_t n = 0;
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof digest);
    crypto_generichash_update(&state, (const unsigned char *)"briefing mark 1", sizeof "briefing mark 1");
    crypto_generichash_update(&state, (const unsigned char *)id->text, sizeof id->text);
    for (size_t at = 0; at < letters.n;) {
        size_t from = at;
        int32_t c = utf8_next(letters, &at);
        if (n + 4 > sizeof part) {
            crypto_generichash_update(&state, (const unsigned char *)part, n);
            n = 0;
        }
        n += fold(str_slice(letters, from, at), c, part + n);
    }
    crypto_generichash_update(&state, (const unsigned char *)part, n);
    crypto_generichash_final(&state, digest, sizeof digest);
    return digest[0] & 1 ? 1 : -1;
}
