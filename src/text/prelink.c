/* Words from prelinked tables. */
#include "text/prelink.h"

#include <string.h>

/* Languages with letters or ligatures of their own in some faces are here too: the table of a face tells. */
const char *const prelink_languages[] = {
    "",      "en",    "en-gb", "en-us", "en-au", "en-ca", "en-ie", "de", "de-de", "de-at", "de-ch", "fr",
    "fr-fr", "fr-ch", "fr-ca", "it",    "it-it", "es",    "es-es", "pt", "pt-pt", "pt-br", "nl",    "nl-nl",
    "nl-be", "da",    "sv",    "nb",    "nn",    "no",    "fi",    "is", "pl",    "cs",    "sk",    "hu",
    "ro",    "tr",    "az",    "ca",    "hr",    "sl",    "et",    "lv", "lt",    "ga",    "cy",    "la"};
const size_t prelink_language_count = sizeof prelink_languages / sizeof prelink_languages[0];

static uint64_t add_bytes(uint64_t digest, const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        digest = (digest ^ p[i]) * 0x100000001B3u;
    return digest;
}

static size_t u32_at(const unsigned char *p)
{
    return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

/* Tables that say what a face is and may be used for. Permissions are changed by hand, without the checksums. */
static bool is_told(const unsigned char *tag)
{
    return memcmp(tag, "OS/2", 4) == 0 || memcmp(tag, "head", 4) == 0 || memcmp(tag, "hhea", 4) == 0 ||
           memcmp(tag, "maxp", 4) == 0 || memcmp(tag, "post", 4) == 0;
}

uint64_t prelink_digest(struct str font)
{
    enum { TABLE_MOST = 128 }; /* bytes; longer ones begin with what counts */
    if (font.n < 12)
        return 0;
    const unsigned char *p = (const unsigned char *)font.p;
    size_t count = (size_t)(p[4] << 8 | p[5]), n = 12 + 16 * count;
    if (n > font.n || (memcmp(p, "\0\1\0\0", 4) != 0 && memcmp(p, "OTTO", 4) != 0))
        return 0;
    uint64_t digest = add_bytes(0xCBF29CE484222325u, p, n);
    for (size_t i = 0; i < count; i++) {
        const unsigned char *record = p + 12 + 16 * i;
        size_t at = u32_at(record + 8), length = u32_at(record + 12);
        if (at > font.n || length > font.n - at)
            return 0;
        if (is_told(record))
            digest = add_bytes(digest, p + at, length < TABLE_MOST ? length : TABLE_MOST);
    }
    return digest;
}

const struct prelink *prelink_find(struct str font)
{
    uint64_t digest = 0;
    for (size_t i = 0; i < prelink_table_count; i++) {
        if (prelink_tables[i].file_size != font.n)
            continue;
        if (!digest)
            digest = prelink_digest(font);
        if (digest && prelink_tables[i].digest == digest)
            return &prelink_tables[i];
    }
    return NULL;
}

uint64_t prelink_language(const char *name)
{
    for (size_t i = 0; i < prelink_language_count; i++)
        if (strcmp(prelink_languages[i], name ? name : "") == 0)
            return (uint64_t)1 << i;
    return 0;
}

/* A word while it is set. */
struct setting {
    const struct prelink *table;
    const uint16_t *plain, *small; /* maps; NULL: no part is in small capitals */
    uint32_t sets;                 /* a bit for each set of features that parts of it have */
    struct prelink_set_glyph *glyphs;
    bool ligates;
};

/* The character at a byte, and its bytes; 0: it is none, or beyond the tables. */
static inline size_t character_at(const unsigned char *at, const unsigned char *end, uint32_t *c)
{
    *c = *at;
    if (*c < 0x80)
        return 1;
    size_t bytes = *c >= 0xE0 ? 3 : 2;
    if (*c < 0xC2 || *c >= 0xF0 || (size_t)(end - at) < bytes || (at[1] & 0xC0) != 0x80 ||
        (at[bytes - 1] & 0xC0) != 0x80)
        return 0;
    *c = bytes == 2 ? (*c & 0x1F) << 6 | (at[1] & 0x3F)
                    : (*c & 0xF) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3F);
    return bytes == 3 && *c < 0x800 ? 0 : bytes;
}

/* Glyphs of the word's characters; 0 where one has none. */
static size_t map_word(struct setting *setting, struct str word, const struct prelink_small *small)
{
    const unsigned char *p = (const unsigned char *)word.p, *end = p + word.n;
    const struct prelink_part *part = small->parts, *last = part + small->count;
    const struct prelink_glyph *table = setting->table->glyphs;
    size_t count = 0;
    uint8_t any = 0;
    for (const unsigned char *at = p; at < end; count++) {
        uint32_t c;
        size_t bytes = character_at(at, end, &c), offset = (size_t)(at - p);
        if (!bytes)
            return 0;
        while (part < last && offset >= part->to)
            part++;
        const uint16_t *map = part < last && offset >= part->from ? setting->small : setting->plain;
        uint16_t glyph = map[prelink_slot(c)];
        if (glyph == PRELINK_NONE)
            return 0;
        setting->glyphs[count] = (struct prelink_set_glyph){.glyph = glyph, .cluster = (uint8_t)offset};
        any |= table[glyph].ligates;
        at += bytes;
    }
    setting->ligates = any;
    return count;
}

/* The ligature that begins at a glyph, or NULL. */
static const struct prelink_ligature *ligature_at(const struct setting *setting,
                                                  const struct prelink_set_glyph *glyphs, size_t left)
{
    for (size_t i = 0; i < setting->table->ligature_count; i++) {
        const struct prelink_ligature *ligature = &setting->table->ligatures[i];
        if (ligature->count > left || !(ligature->sets & setting->sets))
            continue;
        size_t j = 0;
        while (j < ligature->count && glyphs[j].glyph == ligature->parts[j])
            j++;
        if (j == ligature->count)
            return ligature;
    }
    return NULL;
}

/* The glyphs that are left; 0 where a ligature is one of some parts of the word only. */
static size_t join(struct setting *setting, size_t count)
{
    struct prelink_set_glyph *glyphs = setting->glyphs;
    size_t made = 0;
    for (size_t i = 0; i < count;) {
        const struct prelink_ligature *ligature = setting->table->glyphs[glyphs[i].glyph].ligates
                                                      ? ligature_at(setting, &glyphs[i], count - i)
                                                      : NULL;
        if (ligature && (ligature->sets & setting->sets) != setting->sets)
            return 0;
        glyphs[made] = glyphs[i];
        if (ligature)
            glyphs[made].glyph = ligature->made;
        i += ligature ? ligature->count : 1;
        made++;
    }
    return made;
}

static const uint16_t *map_of(const struct prelink *table, unsigned set)
{
    return table->map_of[set] == PRELINK_NO_MAP ? NULL : table->maps[table->map_of[set]];
}

size_t prelink_set(const struct prelink *table, unsigned set, struct str word, const struct prelink_small *small,
                   struct prelink_set_glyph *glyphs)
{
    unsigned in_small = set | PRELINK_SMALL_CAPS;
    struct setting setting = {table, map_of(table, set), NULL, 1u << set, glyphs, false};
    uint8_t goes = PRELINK_STOP_SMALL_CAPS;
    if (small->count) {
        setting.small = map_of(table, in_small);
        setting.sets |= 1u << in_small;
        goes = PRELINK_GO;
    }
    if (!setting.plain || (small->count && !setting.small))
        return 0;
    size_t count = map_word(&setting, word, small);
    if (setting.ligates && count)
        count = join(&setting, count);
    for (size_t i = 1; i < count; i++) {
        const struct prelink_glyph *a = &table->glyphs[glyphs[i - 1].glyph],
                                   *b = &table->glyphs[glyphs[i].glyph];
        const struct prelink_pair *pair =
            &table->pair_kinds[table->pairs[a->left * table->columns + b->right]];
        if (pair->stop > goes)
            return 0;
        glyphs[i - 1].kern = pair->kern;
        glyphs[i].unsafe = pair->unsafe;
    }
    return count;
}

bool prelink_joins(const struct prelink *table, uint16_t a, uint16_t b)
{
    for (size_t i = 0; i < table->ligature_count; i++) {
        const struct prelink_ligature *ligature = &table->ligatures[i];
        if (ligature->count > 1 && ligature->parts[ligature->count - 1] == b &&
            ligature->parts[ligature->count - 2] == a)
            return true;
    }
    return false;
}
