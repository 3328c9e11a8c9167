/* Collects glyphs and their texts. A glyph has one text in ToUnicode, so where it stands for several (a hyphen for
 * U+002D and U+00AD) the rest is left to ActualText in the page's content. */
#include "pdf/font.h"

#include <hb.h>

#include <stdlib.h>
#include <string.h>

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

static size_t slot_index(uint32_t slot)
{
    return (slot & ((1U << FONT_SLOT_BITS) - 1)) - 1;
}

const struct font_glyph *font_glyph_find(const struct font *font, uint32_t id)
{
    if (id == 0 || id >= font->entry->glyph_count || font->entry->slots[id] == 0)
        return NULL;
    return &font->items[slot_index(font->entry->slots[id])];
}

struct program_key font_key(struct arena *arena, const struct font *font)
{
    enum { BITS = 64 };
    const size_t set_words = font->entry->glyph_count / BITS + 1;
    uint64_t *used = ARENA_ARRAY(arena, uint64_t, set_words);
    uint32_t *words = ARENA_ARRAY(arena, uint32_t, 2 * (font->count + font->variants.count) + 1), *to = words;
    memset(used, 0, set_words * sizeof *used);
    for (size_t i = 0; i < font->count; i++)
        used[font->items[i].id / BITS] |= (uint64_t)1 << font->items[i].id % BITS;
    for (size_t i = 0; i < set_words; i++)
        for (uint64_t left = used[i]; left; left &= left - 1)
            *to++ = (uint32_t)(i * BITS) + (uint32_t)__builtin_ctzll(left);
    for (size_t i = 0; i < font->count; i++)
        *to++ = font->items[slot_index(font->entry->slots[words[i]])].code;
    for (size_t i = 0; font->narrow && i < font->variants.count; i++) {
        *to++ = font->variants.items[i].id;
        *to++ = font->variants.items[i].code;
    }
    return (struct program_key){font->face, words, font->count, (size_t)(to - words)};
}

void font_number(struct font *font, const struct program *program)
{
    for (size_t i = 0; i < program->key.glyph_count; i++) {
        struct font_glyph *glyph = &font->items[slot_index(font->entry->slots[program->key.words[i]])];
        glyph->width_uem = program->widths_uem[i];
        if (!font->narrow)
            glyph->code = program->gids[i];
    }
}

/* NULL for .notdef, which no page may show (ISO 19005-3, 6.2.11.8), and for what the face does not have. */
static struct font_glyph *glyph_use(struct fonts *fonts, struct font *font, uint32_t id)
{
    if (id == 0 || id >= font->entry->glyph_count)
        return NULL;
    uint32_t *slot = &font->entry->slots[id];
    if (*slot)
        return &font->items[slot_index(*slot)];
    struct font_glyph *glyph = ARENA_PUSH(fonts->arena, font);
    *slot = (uint32_t)font->count;
    glyph->id = id;
    return glyph;
}

static void set_text(struct font *font, struct font_glyph *glyph, struct str text)
{
    glyph->text = text;
    if (text.n == 1)
        font->entry->slots[glyph->id] |= (uint32_t)(unsigned char)*text.p << FONT_SLOT_BITS;
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

/* One glyph for the whole cluster: what it stands for is plain. All others wait until these are known. */
static void collect_cluster(struct fonts *fonts, size_t index, const struct text_packed *segment,
                            const struct cluster *cluster, struct deferred_list *deferred)
{
    struct font *font = &fonts->items[index];
    struct font_glyph *glyph = NULL;
    for (size_t i = 0; i < cluster->count; i++)
        glyph = glyph_use(fonts, font, cluster_glyph(cluster, i)->id);
    if (cluster->count == 1 && cluster->text.n <= TEXT_LONGEST && !is_soft_hyphen(cluster->text)) {
        struct str text = plain(cluster->text);
        if (glyph && glyph->text.n == 0)
            set_text(font, glyph, text);
        else if (glyph && !str_eq(glyph->text, text))
            add_variant(fonts, font, glyph->id, text);
        return;
    }
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

/* The first glyph, from one on, that is not known already to stand for its text. */
static size_t pass_known(const struct font *font, const struct text_segment *segment, size_t i)
{
    const struct text_glyph *glyphs = segment->glyphs;
    const size_t count = segment->glyph_count;
    for (size_t at = i < count ? glyphs[i].cluster : 0, next; i < count; i++, at = next) {
        next = i + 1 < count ? glyphs[i + 1].cluster : segment->text.n;
        if (next != at + 1 || next > segment->text.n ||
            !font_byte_glyph(font, glyphs[i].id, segment->text.p[at]))
            break;
    }
    return i;
}

/* The same without unpacking, as far as that goes: of most segments nothing is new. */
static size_t pass_packed(const struct font *font, const struct text_packed *packed)
{
    struct text_walk walk = {.packed = packed};
    const struct font_entry *entry = font->entry;
    for (;;) {
        text_walk_bytes(&walk, entry->slots, entry->glyph_count);
        if (!text_walk_next(&walk))
            return walk.glyph;
        uint32_t slot = walk.id < entry->glyph_count ? entry->slots[walk.id] : 0;
        if (!slot || !str_eq(font->items[slot_index(slot)].text, (struct str){packed->text.p + walk.at, walk.size}))
            return walk.glyph - 1;
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

void fonts_collect(struct fonts *fonts, struct arena *arena, struct font_cache *cache, const struct pages *pages)
{
    *fonts = (struct fonts){.arena = arena, .cache = cache};
    struct deferred_list deferred = {0};
    struct text_unpacked unpacked = {.arena = arena};
    collect_copy(fonts, cache, &pages->copy);
    for (size_t p = 0; p < pages->count; p++) {
        const struct page *page = &pages->items[p];
        for (size_t i = 0; i < page->item_count; i++) {
            const struct page_item *item = &page->items[i];
            if (item->kind != ITEM_GLYPHS || item->u.glyphs.segment->glyph_count == 0)
                continue;
            const struct text_packed *packed = item->u.glyphs.segment;
            size_t index = font_of(fonts, cache, packed->face);
            size_t known = packed->rtl ? 0 : pass_packed(&fonts->items[index], packed);
            if (known < packed->glyph_count)
                collect_segment(fonts, index, packed, text_unpack(&unpacked, packed), known, &deferred);
            if (packed->space_after)
                collect_space(fonts, index);
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
            fonts->items[f].entry->slots[fonts->items[f].items[i].id] = 0;
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
