/* Words from prelinked tables against HarfBuzz: every glyph, advance, offset, cluster and flag is the same, in all
 * bundled faces, sets of features and languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>
#include <hb.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "text/feature.h"
#include "text/shape.h"

enum { FACES_MOST = 64, WORD_LETTERS = 9, RANDOM_WORDS = 1500 };

static struct {
    struct face *faces[FACES_MOST];
    char *paths[FACES_MOST];
    size_t count;
    struct shaper *shaper;
    struct arena arena;
    uint32_t seed;
} support;

static int open_faces(void **state)
{
    (void)state;
    const char *folder = TEST_SRC "/fonts";
    DIR *dir = opendir(folder);
    if (!dir)
        return -1;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL && support.count < FACES_MOST;) {
        if (!strstr(entry->d_name, ".ttf") && !strstr(entry->d_name, ".otf"))
            continue;
        size_t n = strlen(folder) + strlen(entry->d_name) + 2;
        char *path = malloc(n);
        const char *why;
        if (!path)
            return -1;
        snprintf(path, n, "%s/%s", folder, entry->d_name);
        support.paths[support.count] = path;
        support.faces[support.count] = face_open(path, 0, &why);
        if (!support.faces[support.count])
            return -1;
        support.count++;
    }
    closedir(dir);
    arena_init(&support.arena);
    support.shaper = shaper_open(SHAPER_USUAL);
    shaper_use_cache(support.shaper, false);
    return 0;
}

static int close_faces(void **state)
{
    (void)state;
    for (size_t i = 0; i < support.count; i++) {
        face_close(support.faces[i]);
        free(support.paths[i]);
    }
    shaper_close(support.shaper);
    arena_done(&support.arena);
    return 0;
}

static uint32_t random_below(uint32_t n)
{
    support.seed = support.seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(support.seed >> 8) * n >> 24);
}

static struct item item_of(const struct face *face, unsigned features, const char *language)
{
    return (struct item){.face = face,
                         .script = HB_SCRIPT_LATIN,
                         .language = tongue_find(language),
                         .features = (uint8_t)features,
                         .size_mpt = 10000};
}

/* Whether the table has the word; if so, that it is what HarfBuzz makes of it. */
static bool compare(const struct item *item, struct str word)
{
    struct prelink_set_glyph glyphs[WORD_LETTERS * 40];
    unsigned set = (item->features & ITEM_TABULAR ? 1u : 0u) | (item->features & ITEM_OLD_STYLE ? 2u : 0u) |
                   (item->features & ITEM_SUPERSCRIPT ? 4u : 0u) | (item->features & ITEM_NO_LIGATURES ? 8u : 0u);
    struct prelink_small small;
    bool has = word.n <= 120 && features_small(item, word, &small) &&
               prelink_set(item->face->prelinked, set, word, &small, glyphs) > 0;
    uint32_t n = (uint32_t)word.n;
    shaper_use_prelinked(support.shaper, true);
    const struct shaped *own = shaper_shape(support.shaper, &support.arena, item, word, 0, n, false);
    shaper_use_prelinked(support.shaper, false);
    const struct shaped *real = shaper_shape(support.shaper, &support.arena, item, word, 0, n, false);
    bool same = own->count == real->count && own->clusters == real->clusters && own->advance == real->advance;
    struct shaped_glyph rooms[2][PLAIN_GLYPHS];
    const struct shaped_glyph *p = shaped_glyphs(own, rooms[0]), *q = shaped_glyphs(real, rooms[1]);
    for (size_t i = 0; same && i < own->count; i++) {
        const struct shaped_glyph *a = &p[i], *b = &q[i];
        same = a->id == b->id && a->advance == b->advance && a->dx == b->dx && a->dy == b->dy &&
               a->cluster == b->cluster && a->unsafe == b->unsafe;
    }
    if (!same)
        fail_msg("%.*s differs in %s, features %u", (int)word.n, word.p, item->face->shown.path, item->features);
    return has;
}

static bool is_part(const struct shaped_part *part, const struct item *item, struct str word, uint32_t from,
                    uint32_t to, bool hyphen)
{
    const struct shaped *shaped = shaper_shape(support.shaper, &support.arena, item, word, from, to, hyphen);
    return part->units == shaped->advance && part->clusters == shaped->clusters;
}

/* What shaper_parts tells of a word's parts is what shaping them makes of them. How many parts it knew. */
static size_t compare_parts(const struct item *item, struct str word)
{
    shaper_use_prelinked(support.shaper, true);
    const uint32_t n = (uint32_t)word.n;
    const struct shaped *whole = shaper_shape(support.shaper, &support.arena, item, word, 0, n, false);
    struct shaped_glyph room[PLAIN_GLYPHS];
    const struct shaped_glyph *glyphs = shaped_glyphs(whole, room);
    size_t known = 0;
    for (uint32_t i = 1; whole->linked && i <= whole->count; i++) {
        uint32_t at = i < whole->count ? glyphs[i].cluster : n;
        for (int hyphen = i == whole->count; hyphen < 2; hyphen++) {
            struct shaped_part before, behind;
            if (!shaper_parts(item, whole, word, i, at, hyphen, &before, &behind))
                continue;
            known++;
            if (!is_part(&before, item, word, 0, at, hyphen) ||
                (i < whole->count && !is_part(&behind, item, word, at, n, false)))
                fail_msg("%.*s, part of %u bytes, differs in %s, features %u", (int)n, word.p, (unsigned)at,
                         item->face->shown.path, item->features);
        }
    }
    return known;
}

static const unsigned feature_sets[] = {
    0,
    ITEM_TABULAR,
    ITEM_OLD_STYLE,
    ITEM_SUPERSCRIPT,
    ITEM_NO_LIGATURES,
    ITEM_TABULAR | ITEM_NO_LIGATURES,
    ITEM_OLD_STYLE | ITEM_SUPERSCRIPT,
    ITEM_TABULAR | ITEM_OLD_STYLE | ITEM_SUPERSCRIPT | ITEM_NO_LIGATURES,
};
enum { FEATURE_SETS = sizeof feature_sets / sizeof feature_sets[0] };

/* Every bundled file has a table, in English and without a language; another file of its name and size has none. */
static void tables_are_of_their_files(void **state)
{
    (void)state;
    assert_true(support.count > 10);
    for (size_t i = 0; i < support.count; i++) {
        const struct prelink *table = support.faces[i]->prelinked;
        assert_non_null(table);
        assert_int_equal(table->languages & 3, 3);
        struct str data = support.faces[i]->shown.data;
        assert_ptr_equal(prelink_find(data), table);
        char *copy = malloc(data.n);
        assert_non_null(copy);
        memcpy(copy, data.p, data.n);
        copy[12 + 4] ^= 1; /* the checksum of the first table */
        assert_null(prelink_find((struct str){copy, data.n}));
        copy[12 + 4] ^= 1;
        struct str os2 = text_face_table(&support.faces[i]->shown, "OS/2");
        copy[os2.p - data.p + 9] ^= 2; /* may not be embedded any more; no checksum says so */
        assert_null(prelink_find((struct str){copy, data.n}));
        copy[os2.p - data.p + 9] ^= 2;
        assert_ptr_equal(prelink_find((struct str){copy, data.n}), table);
        assert_null(prelink_find((struct str){copy, data.n - 1}));
        assert_null(prelink_find((struct str){copy, 4}));
        free(copy);
    }
}

/* Words with all pairs of ASCII, and of letters and signs that prose has: in a row, so that each stands in context. */
static void all_pairs(void **state)
{
    (void)state;
    static const char *const more[] = {"é", "ö", "ø", "ß", "ł", "Å", "\u2019", "\u201C", "\u2013", "\u2026", "\u20AC", "ij"};
    enum { MORE = sizeof more / sizeof more[0], ALL = 95 + MORE };
    for (size_t f = 0; f < support.count; f++)
        for (unsigned a = 0; a < ALL; a++) {
            struct buf word = {0};
            size_t known = 0;
            for (unsigned b = 0; b < ALL; b++) {
                buf_clear(&word);
                const char left[2] = {(char)(' ' + a), 0}, right[2] = {(char)(' ' + b), 0};
                buf_text(&word, a < 95 ? left : more[a - 95]);
                buf_text(&word, b < 95 ? right : more[b - 95]);
                struct item item = item_of(support.faces[f], 0, "en");
                known += compare(&item, buf_view(&word));
            }
            buf_done(&word);
            assert_true(known > ALL / 2);
            arena_done(&support.arena);
            arena_init(&support.arena);
        }
}

/* Letters of all that a table may know and some that it does not, with those of ligatures more often. */
static void add_letter(struct buf *word)
{
    static const char often[] = "ffffiiillltttjjhbks ge.,-'\"1234567890ILVAT";
    switch (random_below(8)) {
    case 0:
        buf_utf8(word, 0xA0 + random_below(0xE8));
        break;
    case 1:
        buf_utf8(word, 0x2010 + random_below(0x30));
        break;
    case 2:
        buf_char(word, (char)(' ' + random_below(95)));
        break;
    case 3:
        if (random_below(40) == 0)
            buf_utf8(word, 0x300 + random_below(0x30));
        else if (random_below(20) == 0)
            buf_char(word, (char)(0x80 + random_below(0x80)));
        else
            buf_utf8(word, 'a' + random_below(26));
        break;
    default:
        buf_char(word, often[random_below(sizeof often - 1)]);
    }
}

static void random_words(void **state)
{
    (void)state;
    support.seed = 20260101;
    size_t known = 0, all = 0, parts = 0;
    for (size_t f = 0; f < support.count; f++)
        for (unsigned i = 0; i < RANDOM_WORDS; i++) {
            struct buf word = {0};
            for (unsigned n = 1 + random_below(WORD_LETTERS); n; n--)
                add_letter(&word);
            const char *language = prelink_languages[random_below((uint32_t)prelink_language_count)];
            struct item item = item_of(support.faces[f], feature_sets[random_below(FEATURE_SETS)],
                                       random_below(2) ? "en" : *language ? language : NULL);
            known += compare(&item, buf_view(&word));
            parts += compare_parts(&item, buf_view(&word));
            all++;
            buf_done(&word);
            arena_done(&support.arena);
            arena_init(&support.arena);
        }
    assert_true(known > all / 4 && parts > 0);
}

/* All words of the examples. The faces of prose have nearly all of them in their tables. */
static void words_of_specs(void **state)
{
    (void)state;
    DIR *dir = opendir(TEST_SRC "/specs/entities");
    assert_non_null(dir);
    size_t known = 0, all = 0, parts = 0;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (!strstr(entry->d_name, ".yaml"))
            continue;
        char path[512];
        snprintf(path, sizeof path, TEST_SRC "/specs/entities/%s", entry->d_name);
        struct arena arena;
        arena_init(&arena);
        struct str text;
        const char *why;
        assert_true(file_read(&arena, path, 1 << 24, &text, &why, NULL));
        for (size_t at = 0; at < text.n;) {
            size_t end = at;
            while (end < text.n && text.p[end] != ' ' && text.p[end] != '\n')
                end++;
            struct str word = str_slice(text, at, end);
            for (size_t f = 0; word.n && word.n <= 120 && f < support.count; f++) {
                struct item item = item_of(support.faces[f], feature_sets[(at + f) % FEATURE_SETS], "en");
                known += compare(&item, word);
                parts += compare_parts(&item, word);
                all++;
            }
            at = end + 1;
            arena_done(&support.arena);
            arena_init(&support.arena);
        }
        arena_done(&arena);
    }
    closedir(dir);
    assert_true(known > all * 9 / 10 && parts > all);
}

/* Names in small capitals, with what may stand beside them: nearly all in the tables of faces of prose, in the same glyphs.
 */
static void small_capitals(void **state)
{
    (void)state;
    static const char *const names[] = {"AFRINIC", "NGOs", "IPv4", "AT&T", "(RIPE", "ITU-T", "EU/US", "G20", "\u201CNATO\u201D", "TCP/IP.",
                                        "NASA\u2019s", "\u00C9NA", "UN-led", "post-WTO", "fi-GDP", "non-EU\u2013OECD", "[A1B2C3]", "V8/ABC"};
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZAVTWYfil0123456789sv&-/.,'()";
    support.seed = 20260401;
    size_t known = 0, all = 0, parts = 0;
    for (size_t f = 0; f < support.count; f++)
        for (unsigned i = 0; i < RANDOM_WORDS; i++) {
            struct buf word = {0};
            if (i < sizeof names / sizeof names[0])
                buf_text(&word, names[i]);
            else
                for (unsigned n = 2 + random_below(WORD_LETTERS); n; n--)
                    buf_char(&word, letters[random_below(sizeof letters - 1)]);
            unsigned features = feature_sets[i < sizeof names / sizeof names[0] ? 0 : random_below(FEATURE_SETS)];
            struct item item = item_of(support.faces[f], features | ITEM_SMALL_CAPS, "en");
            known += compare(&item, buf_view(&word));
            parts += compare_parts(&item, buf_view(&word));
            all++;
            buf_done(&word);
            arena_done(&support.arena);
            arena_init(&support.arena);
        }
    assert_true(known > all / 2 && parts > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_of_their_files),
        cmocka_unit_test(all_pairs),
        cmocka_unit_test(random_words),
        cmocka_unit_test(small_capitals),
        cmocka_unit_test(words_of_specs),
    };
    return cmocka_run_group_tests(tests, open_faces, close_faces);
}
