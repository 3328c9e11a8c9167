/* Collects glyphs and their texts. A glyph has one text in ToUnicode, so where it stands for several (a hyphen for
 * U+002D and U+00AD) the rest is left to ActualText in the page's content. */
#include "pdf/font.h"

#include <hb.h>

#include <stdlib.h>
#include <string.h>

#include "base/little.h"
#include "base/utf8.h"

enum {
    TEXT_LONGEST = 128, /* bytes of one entry of ToUnicode */
    MATCH_LONGEST = 32, /* characters of a cluster that are told apart */
    VARIANTS_MOST = 32, /* of a font */
};

static struct font_entry *entry_find(struct font_cache *cache, const struct text_face *face)
{
    for (struct font_entry *entry = cache->first; entry; entry = entry->next)
        if (entry->face == face)
            return entry;
    struct font_entry *entry = base_malloc(sizeof *entry);
    *entry = (struct font_entry){.next = cache->first, .face = face};
    entry->glyph_count = text_face_glyph_count(face);
    if (entry->glyph_count > UINT16_MAX) /* numbers of OpenType end there */
        entry->glyph_count = UINT16_MAX;
    entry->slots = calloc((size_t)entry->glyph_count + 1, sizeof *entry->slots);
    if (!entry->slots)
        base_out_of_memory();
    cache->first = entry;
    return entry;
}

void font_cache_done(struct font_cache *cache)
{
    while (cache->first) {
        struct font_entry *entry = cache->first;
        cache->first = entry->next;
        free(entry->slots);
        free(entry);
    }
    program_cache_done(&cache->programs);
    free((void *)cache->to_unicode.plain.p);
    free((void *)cache->to_unicode.deflated.p);
}

void font_cache_trim(struct font_cache *cache)
{
    program_cache_trim(&cache->programs);
}

/* Index of the face's font in this document. */
static size_t font_of(struct fonts *fonts, struct font_cache *cache, const struct text_face *face)
{
    for (size_t i = 0; i < fonts->count; i++)
        if (fonts->items[i].face == face)
            return i;
    struct font *font = ARENA_PUSH(fonts->arena, fonts);
    font->face = face;
    font->entry = entry_find(cache, face);
    return fonts->count - 1;
}

const struct font *fonts_find(const struct fonts *fonts, const struct text_face *face)
{
    for (size_t i = 0; i < fonts->count; i++)
        if (fonts->items[i].face == face)
            return &fonts->items[i];
    return NULL;
}

const struct font_glyph *font_glyph_find(const struct font *font, uint32_t id)
{
    if (id >= font->entry->glyph_count || font->entry->slots[id].number == 0)
        return NULL;
    return &font->items[font->entry->slots[id].number - 1];
}

/* NULL for .notdef, which no page may show (ISO 19005-3, 6.2.11.8), and for what the face does not have. */
static struct font_glyph *glyph_use(struct fonts *fonts, struct font *font, uint32_t id)
{
    if (id == 0 || id >= font->entry->glyph_count)
        return NULL;
    struct font_slot *slot = &font->entry->slots[id];
    if (slot->number)
        return &font->items[slot->number - 1];
    struct font_glyph *glyph = ARENA_PUSH(fonts->arena, font);
    slot->number = (uint16_t)font->count;
    glyph->id = id;
    return glyph;
}

static void set_text(struct font *font, struct font_glyph *glyph, struct str text)
{
    glyph->text = text;
    if (text.n == 1)
        font->entry->slots[glyph->id].byte = (uint8_t)*text.p;
}

/* A space that does not break looks like any other; searching must find it as one. */
static struct str plain(struct str text)
{
    if (text.n == 1)
        return text;
    if (str_eq(text, STR("\xC2\xA0")) || str_eq(text, STR("\xE2\x80\xAF")))
        return STR(" ");
    return text;
}

static bool is_soft_hyphen(struct str text)
{
    return text.n == 2 && str_eq(text, STR("\xC2\xAD"));
}

static bool has_private_use(struct str text)
{
    for (size_t i = 0; i < text.n;) {
        if ((unsigned char)text.p[i] < 0xEE) {
            i++;
            continue;
        }
        int32_t c = utf8_next(text, &i);
        if ((c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000)
            return true;
    }
    return false;
}

static const struct font_variant *find_variant(const struct font *font, uint32_t id, struct str text)
{
    for (size_t i = 0; i < font->variants.count; i++)
        if (font->variants.items[i].id == id && str_eq(font->variants.items[i].text, text))
            return &font->variants.items[i];
    return NULL;
}

/* What is beyond the bound is left to ActualText. */
static void add_variant(struct fonts *fonts, struct font *font, uint32_t id, struct str text)
{
    if (font->variants.count == VARIANTS_MOST || has_private_use(text) || find_variant(font, id, text))
        return;
    *ARENA_PUSH(fonts->arena, &font->variants) = (struct font_variant){.id = id, .text = text};
}

struct deferred {
    size_t font;
    const struct text_packed *segment; /* of the cluster, which is unpacked anew */
    struct cluster cluster;
};

struct deferred_list {
    struct deferred *items;
    size_t count, cap;
};

static bool is_plain(struct str text)
{
    return text.n <= TEXT_LONGEST && !is_soft_hyphen(text);
}

/* One glyph for a whole cluster: what it stands for is plain. Whether it is known to stand for that then. */
static bool collect_glyph(struct fonts *fonts, struct font *font, uint32_t id, struct str text)
{
    struct font_glyph *glyph = glyph_use(fonts, font, id);
    text = plain(text);
    if (!glyph)
        return false;
    if (glyph->text.n == 0)
        set_text(font, glyph, text);
    if (str_eq(glyph->text, text))
        return true;
    add_variant(fonts, font, id, text);
    return false;
}

/* All others wait until these are known. */
static void collect_cluster(struct fonts *fonts, size_t index, const struct text_packed *segment,
                            const struct cluster *cluster, struct deferred_list *deferred)
{
    struct font *font = &fonts->items[index];
    if (cluster->count == 1 && is_plain(cluster->text)) {
        (void)!collect_glyph(fonts, font, cluster_glyph(cluster, 0)->id, cluster->text);
        return;
    }
    for (size_t i = 0; i < cluster->count; i++)
        glyph_use(fonts, font, cluster_glyph(cluster, i)->id);
    *ARENA_PUSH(fonts->arena, deferred) = (struct deferred){index, segment, *cluster};
}

/* The characters of a cluster that no glyph of it has taken yet. */
struct untaken {
    struct str chars[MATCH_LONGEST];
    size_t count;
};

static void take(struct untaken *untaken, size_t i)
{
    memmove(&untaken->chars[i], &untaken->chars[i + 1], (untaken->count - i - 1) * sizeof *untaken->chars);
    untaken->count--;
}

/* A glyph takes the character that the face itself gives it to, or that it stands for elsewhere. */
static bool match_known(struct untaken *untaken, struct font *font, struct font_glyph *glyph)
{
    for (size_t i = 0; i < untaken->count; i++) {
        size_t at = 0;
        int32_t c = utf8_next(untaken->chars[i], &at);
        bool nominal = c >= 0 && text_face_glyph(font->face, (uint32_t)c) == glyph->id;
        if (!nominal && !str_eq(glyph->text, untaken->chars[i]))
            continue;
        if (glyph->text.n == 0)
            set_text(font, glyph, plain(untaken->chars[i]));
        take(untaken, i);
        return true;
    }
    return false;
}

/* A best effort for readers that know no ActualText. After the characters that are plain, as many glyphs as
 * characters pair off; else the first glyph takes all that is left and the others a zero width space. */
static void match_cluster(struct fonts *fonts, struct font *font, const struct cluster *cluster)
{
    struct untaken untaken = {.count = 0};
    for (size_t at = 0; at < cluster->text.n && untaken.count < MATCH_LONGEST;) {
        size_t from = at;
        utf8_next(cluster->text, &at);
        untaken.chars[untaken.count++] = str_slice(cluster->text, from, at);
    }
    size_t glyphs = 0;
    for (size_t i = 0; i < cluster->count; i++) {
        struct font_glyph *glyph = glyph_use(fonts, font, cluster_glyph(cluster, i)->id);
        if (glyph && !match_known(&untaken, font, glyph) && glyph->text.n == 0)
            glyphs++;
    }
    bool pairs = glyphs == untaken.count;
    for (size_t i = 0, next = 0; i < cluster->count; i++) {
        struct font_glyph *glyph = glyph_use(fonts, font, cluster_glyph(cluster, i)->id);
        if (!glyph || glyph->text.n)
            continue;
        struct str text = STR("\xE2\x80\x8B");
        if (next < untaken.count && (pairs || next == 0)) {
            text = untaken.chars[next];
            const struct str *last = &untaken.chars[untaken.count - 1];
            if (!pairs) /* what is left lies together, as a rule */
                text.n = (size_t)(last->p + last->n - text.p);
            text = plain(text);
        }
        set_text(font, glyph, text);
        next++;
    }
}

/* The space that a line's end took away is written after all: without it, readers of the structure join the words. */
static void collect_space(struct fonts *fonts, size_t index)
{
    struct font *font = &fonts->items[index];
    if (font->space == 0)
        font->space = text_face_glyph(font->face, ' ');
    struct font_glyph *glyph = glyph_use(fonts, font, font->space);
    if (glyph && glyph->text.n == 0)
        set_text(&fonts->items[index], glyph, STR(" "));
}

/* Every letter that a copy's id may have. Before all else: where a glyph stands for letters of several scripts, the id
 * is to be read as it is written. */
static void collect_copy(struct fonts *fonts, struct font_cache *cache, const struct copy_slot *slot)
{
    static const char letters[] = COPY_ID_ALPHABET "-";
    if (!slot->face)
        return;
    size_t index = font_of(fonts, cache, slot->face);
    for (size_t i = 0; i < sizeof slot->letters / sizeof *slot->letters; i++) {
        struct font_glyph *glyph = glyph_use(fonts, &fonts->items[index], slot->letters[i].glyph);
        if (glyph && glyph->text.n == 0)
            set_text(&fonts->items[index], glyph, (struct str){letters + i, 1});
    }
}

/* Whether a glyph is known to stand for a text. */
static inline bool is_known(const struct font *font, uint32_t id, struct str text)
{
    if (id >= font->entry->glyph_count)
        return false;
    const struct font_slot *slot = &font->entry->slots[id];
    if (text.n == 1)
        return slot->byte == (unsigned char)*text.p && slot->byte;
    return slot->number && str_eq(font->items[slot->number - 1].text, plain(text));
}

/* The first glyph, from one on, that is not known already to stand for its text. */
static size_t pass_known(const struct font *font, const struct text_segment *segment, size_t i)
{
    const struct text_glyph *glyphs = segment->glyphs;
    const size_t count = segment->glyph_count;
    for (size_t at = i < count ? glyphs[i].cluster : 0, next; i < count; i++, at = next) {
        next = i + 1 < count ? glyphs[i + 1].cluster : segment->text.n;
        if (next <= at || next > segment->text.n ||
            !is_known(font, glyphs[i].id, (struct str){segment->text.p + at, next - at}))
            break;
    }
    return i;
}

enum { AT_ONCE = 8 /* glyphs */ };

typedef int32_t ints4 __attribute__((vector_size(4 * sizeof(int32_t))));
typedef uint64_t longs2 __attribute__((vector_size(2 * sizeof(uint64_t))));

static inline ints4 ints4_at(const uint32_t *words)
{
    ints4 four;
    memcpy(&four, words, sizeof four);
    return four;
}

/* The same without unpacking, as far as that goes: of most segments nothing is new. Whether AT_ONCE glyphs
 * are known to stand for a byte of the text each, as the one behind each tells: without a jump for any of
 * them, */
static inline bool are_known_bytes(const struct font_entry *entry, const uint32_t *glyphs, const char *text)
{
    const struct font_slot *slots = entry->slots;
    const int32_t count = (int32_t)entry->glyph_count, ids = (1 << PACKED_ID_BITS) - 1,
                  one_byte = 1 << PACKED_STEP_SHIFT, steps = (int32_t)(UINT32_MAX << PACKED_STEP_SHIFT);
    /* A slot more than there are glyphs: it has no text. */
    const ints4 beyond = ((ints4_at(glyphs) & ids) > count) | ((ints4_at(glyphs + 4) & ids) > count);
    const ints4 longer = ((ints4_at(glyphs + 1) ^ one_byte) | (ints4_at(glyphs + 5) ^ one_byte)) & steps;
    const longs2 other = (longs2)(beyond | longer);
    if (other[0] | other[1])
        return false;
    uint64_t bytes = 0;
    for (size_t i = 0; i < AT_ONCE; i++)
        bytes |= (uint64_t)slots[glyphs[i] & (uint32_t)ids].byte << 8 * i;
    const uint64_t ones = UINT64_MAX / UINT8_MAX, none = (bytes - ones) & ~bytes & ones << 7;
    return bytes == little_eight_at(text) && !none;
}

/* the glyphs that do, but the last of the segment, which has none behind it, */
static inline void pass_bytes(const struct font_entry *entry, struct text_walk *walk)
{
    const struct text_packed *packed = walk->packed;
    const uint32_t *glyphs = packed->glyphs + walk->glyph;
    const size_t at = walk->at + walk->size, left = packed->text.n - at;
    size_t most = packed->glyph_count - walk->glyph, i = 0;
    if (left == 0 || most == 0 || (walk->glyph == 0 && *glyphs >> PACKED_STEP_SHIFT != 1))
        return;
    most = most - 1 < left ? most - 1 : left;
    const char *text = packed->text.p + at;
    while (i + AT_ONCE <= most && are_known_bytes(entry, glyphs + i, text + i))
        i += AT_ONCE;
    if (i + AT_ONCE > most && most >= AT_ONCE &&
        are_known_bytes(entry, glyphs + most - AT_ONCE, text + most - AT_ONCE))
        i = most;
    for (; i < most; i++) {
        uint32_t id = glyphs[i] & ((1U << PACKED_ID_BITS) - 1);
        if (glyphs[i + 1] >> PACKED_STEP_SHIFT != 1 || id >= entry->glyph_count ||
            entry->slots[id].byte != (unsigned char)text[i] || !text[i])
            break;
    }
    walk->glyph += (uint32_t)i;
    walk->at = at + i;
    walk->size = 0;
}

/* and any others that are known, or are now, for they are clusters by themselves. */
static void collect_walk(struct fonts *fonts, struct font *font, struct text_walk *walk)
{
    for (;;) {
        pass_bytes(font->entry, walk);
        if (!text_walk_next(walk))
            return;
        struct str text = {walk->packed->text.p + walk->at, walk->size};
        if (!is_known(font, walk->id, text) &&
            !(is_plain(text) && collect_glyph(fonts, font, walk->id, text))) {
            walk->glyph--;
            return;
        }
    }
}

/* From glyph first on. */
static void collect_segment(struct fonts *fonts, size_t index, const struct text_packed *packed,
                            const struct text_segment *segment, size_t first, struct deferred_list *deferred)
{
    struct cluster cluster = {.segment = segment, .first = first};
    for (;;) {
        if (!segment->rtl) {
            cluster.first = pass_known(&fonts->items[index], segment, cluster.first + cluster.count);
            cluster.count = 0;
        }
        if (!cluster_next(&cluster))
            return;
        collect_cluster(fonts, index, packed, &cluster, deferred);
    }
}

/* How many glyphs from the first on are known then. */
static uint8_t collect_packed(struct fonts *fonts, size_t index, const struct text_packed *packed,
                              struct text_unpacked *unpacked, struct deferred_list *deferred)
{
    struct text_walk walk = {.packed = packed};
    if (!packed->rtl)
        collect_walk(fonts, &fonts->items[index], &walk);
    if (walk.glyph < packed->glyph_count)
        collect_segment(fonts, index, packed, text_unpack(unpacked, packed), walk.glyph, deferred);
    if (packed->space_after)
        collect_space(fonts, index);
    return walk.glyph < FONTS_KNOWN_MOST ? (uint8_t)walk.glyph : FONTS_KNOWN_MOST;
}

void fonts_collect(struct fonts *fonts, struct arena *arena, struct font_cache *cache, const struct pages *pages)
{
    *fonts = (struct fonts){.arena = arena, .cache = cache};
    struct deferred_list deferred = {0};
    struct text_unpacked unpacked = {.arena = arena};
    collect_copy(fonts, cache, &pages->copy);
    fonts->known = ARENA_ROOM(arena, uint8_t *, pages->count);
    for (size_t p = 0; p < pages->count; p++) {
        const struct page *page = &pages->items[p];
        uint8_t *known = fonts->known[p] = ARENA_ROOM(arena, uint8_t, page->item_count);
        for (size_t i = 0; i < page->item_count; i++) {
            const struct page_item *item = &page->items[i];
            known[i] = 0;
            if (item->kind != ITEM_GLYPHS || item->u.glyphs.segment->glyph_count == 0)
                continue;
            const struct text_packed *packed = item->u.glyphs.segment;
            known[i] =
                collect_packed(fonts, font_of(fonts, cache, packed->face), packed, &unpacked, &deferred);
        }
    }
    for (size_t i = 0; i < deferred.count; i++) {
        struct deferred *late = &deferred.items[i];
        struct font *font = &fonts->items[late->font];
        const struct cluster *cluster = &late->cluster;
        late->cluster.segment = text_unpack(&unpacked, late->segment);
        match_cluster(fonts, font, cluster);
        if (cluster->count == 1 && cluster->text.n <= TEXT_LONGEST && !font_spells(font, cluster))
            add_variant(fonts, font, cluster_glyph(cluster, 0)->id, plain(cluster->text));
    }
}

void fonts_done(struct fonts *fonts)
{
    for (size_t f = 0; f < fonts->count; f++)
        for (size_t i = 0; i < fonts->items[f].count; i++)
            fonts->items[f].entry->slots[fonts->items[f].items[i].id] = (struct font_slot){0};
}

/* By the glyphs' own texts. */
static bool spells(const struct font *font, const struct cluster *cluster)
{
    struct str left = plain(cluster->text);
    if (has_private_use(left))
        return false;
    for (size_t i = 0; i < cluster->count; i++) {
        const struct font_glyph *glyph = font_glyph_find(font, cluster_glyph(cluster, i)->id);
        if (!glyph || glyph->text.n > left.n || memcmp(glyph->text.p, left.p, glyph->text.n) != 0)
            return false;
        left = str_slice(left, glyph->text.n, left.n);
    }
    return left.n == 0;
}

bool font_spells(const struct font *font, const struct cluster *cluster)
{
    if (cluster->count == 1 && cluster->text.n == 1) { /* as most are: a glyph for a letter */
        const struct font_glyph *glyph = font_glyph_find(font, cluster_glyph(cluster, 0)->id);
        if (glyph && glyph->text.n == 1 && *glyph->text.p == *cluster->text.p)
            return true;
    }
    return spells(font, cluster) || font_variant_find(font, cluster);
}

const struct font_variant *font_variant_find(const struct font *font, const struct cluster *cluster)
{
    if (!font->narrow || cluster->count != 1 || font->variants.count == 0)
        return NULL;
    return find_variant(font, cluster_glyph(cluster, 0)->id, plain(cluster->text));
}
