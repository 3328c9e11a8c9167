/* Shaping: most words from prelinked tables, others with HarfBuzz; and the figures that follow from it. */
#include "text/shape.h"

#include <hb.h>

#include <stdlib.h>
#include <string.h>

#include "text/feature.h"
#include "text/packed.h"
#include "text/squeeze.h"
#include "text/words.h"

struct shaper {
    hb_buffer_t *buffer; /* NULL: HarfBuzz was not needed yet */
    struct words *words;
    bool no_cache, no_prelinked;
};

struct shaper *shaper_open(size_t word_bytes)
{
    struct shaper *shaper = base_malloc(sizeof *shaper);
    *shaper = (struct shaper){.words = words_open(word_bytes)};
    return shaper;
}

void shaper_close(struct shaper *shaper)
{
    if (!shaper)
        return;
    if (shaper->buffer)
        hb_buffer_destroy(shaper->buffer);
    words_close(shaper->words);
    free(shaper);
}

void shaper_trim(struct shaper *shaper)
{
    words_trim(shaper->words);
}

void shaper_use_cache(struct shaper *shaper, bool use)
{
    shaper->no_cache = !use;
}

void shaper_use_prelinked(struct shaper *shaper, bool use)
{
    shaper->no_prelinked = !use;
}

/* Puts glyphs of [from, to) into the buffer. Context before and after is seen by scripts that join. */
static void run_shaper(struct shaper *shaper, const struct item *item, struct str text, uint32_t from,
                       uint32_t to)
{
    if (!shaper->buffer)
        shaper->buffer = hb_buffer_create();
    hb_buffer_t *buffer = shaper->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, text.p, (int)text.n, from, (int)(to - from));
    hb_buffer_set_script(buffer, (hb_script_t)item->script);
    hb_buffer_set_language(buffer, item->language ? tongue_for_harfbuzz(item->language) : NULL);
    hb_buffer_set_direction(buffer, item->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES |
                                    HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
    hb_feature_t features[FEATURES_MOST];
    unsigned count = features_find(item, text, from, to, features);
    hb_shape(text_face_font(&item->face->shown), buffer, features, count);
}

/* Clusters of what no face has: one substitute each. */
static const struct shaped *shape_missing(struct arena *scratch, const struct item *item, struct str text,
                                          uint32_t from, uint32_t to)
{
    struct shaped *shaped = arena_alloc(scratch, sizeof *shaped + (to - from) * sizeof shaped->glyphs[0]);
    int32_t advance = text_face_advance(&item->face->shown, item->face->substitute);
    for (uint32_t at = from; at < to && item->face->substitute; at = cluster_end(text, at)) {
        shaped->glyphs[shaped->count++] =
            (struct shaped_glyph){.id = item->face->substitute, .advance = advance, .cluster = at - from};
        shaped->advance += advance;
    }
    if (item->level & 1)
        for (size_t i = 0, j = shaped->count; i + 1 < j; i++) {
            struct shaped_glyph glyph = shaped->glyphs[--j];
            shaped->glyphs[j] = shaped->glyphs[i];
            shaped->glyphs[i] = glyph;
        }
    shaped->clusters = shaped->count;
    shaped_finish(shaped, item->face);
    return shaped;
}

/* Marks in a pile keep within the line: none is set off by more than a third of an em, so that what would
 * stand higher or lower lies on those that are there. */
static void flatten(struct shaped *shaped, const struct face *face)
{
    int32_t most = face->shown.units_per_em / 3;
    for (size_t i = 0; i < shaped->count; i++) {
        int32_t dy = shaped->glyphs[i].dy;
        shaped->glyphs[i].dy = dy > most ? most : dy < -most ? -most : dy;
    }
}

/* Copies what is in the buffer. A glyph that the font's own rules made into .notdef becomes the substitute.
 */
static void take_glyphs(struct shaped *shaped, hb_buffer_t *buffer, const struct face *face, uint32_t from)
{
    unsigned count = hb_buffer_get_length(buffer);
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, NULL);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
    shaped->count = count;
    shaped->advance = 0;
    shaped->clusters = 0;
    for (unsigned i = 0; i < count; i++) {
        shaped->glyphs[i] = (struct shaped_glyph){
            .id = infos[i].codepoint ? infos[i].codepoint : face->substitute,
            .advance = positions[i].x_advance,
            .dx = positions[i].x_offset,
            .dy = positions[i].y_offset,
            .cluster = infos[i].cluster - from,
            .unsafe = hb_glyph_info_get_glyph_flags(&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK};
        shaped->advance += positions[i].x_advance;
        shaped->clusters += i == 0 || infos[i].cluster != infos[i - 1].cluster;
    }
}

static inline struct face_ink ink_of_both(struct face_ink a, struct face_ink b)
{
    return (struct face_ink){a.above > b.above ? a.above : b.above, a.below > b.below ? a.below : b.below};
}

void shaped_finish(struct shaped *shaped, const struct face *face)
{
    struct face_ink most = {INT16_MIN, INT16_MIN};
    bool plain = true;
    for (size_t i = 0; i < shaped->count && plain; i++) {
        struct shaped_glyph *glyph = &shaped->glyphs[i];
        uint32_t step = i ? glyph->cluster - glyph[-1].cluster : 1;
        plain = step - 1 < PACKED_STEP_MOST && glyph->id >> PACKED_ID_BITS == 0 && !glyph->dx && !glyph->dy &&
                glyph->advance >= 0 && glyph->advance <= PLAIN_MOST;
        glyph->step = (uint8_t)(i ? step : 0);
        most = ink_of_both(most, face_ink_of(face, glyph->id));
    }
    shaped->ink = most;
    shaped->plain = plain;
}

bool shaper_is_simple(const struct item *item)
{
    return !(item->level & 1) && (item->script == HB_SCRIPT_LATIN || item->script == HB_SCRIPT_GREEK ||
                                  item->script == HB_SCRIPT_CYRILLIC || item->script == HB_SCRIPT_COMMON);
}

/* An item's features among those of prelinked tables. */
static unsigned prelinked_set(unsigned features)
{
    return (features & ITEM_TABULAR ? PRELINK_TABULAR : 0u) | (features & ITEM_OLD_STYLE ? PRELINK_OLD_STYLE : 0u) |
           (features & ITEM_SUPERSCRIPT ? PRELINK_SUPERSCRIPT : 0u) |
           (features & ITEM_NO_LIGATURES ? PRELINK_NO_LIGATURES : 0u);
}

/* The table that words of an item may be set from, or NULL. */
static const struct prelink *prelinked_for(struct shaper *shaper, const struct item *item)
{
    const struct prelink *table = item->face->prelinked;
    if (!table || item->script != HB_SCRIPT_LATIN || shaper->no_prelinked)
        return NULL;
    return table->languages & (item->language ? item->language->prelinked : 1) ? table : NULL;
}

static struct shaped *shaped_new(struct arena *scratch, size_t count)
{
    struct shaped *shaped;
    return arena_alloc(scratch, sizeof *shaped + count * sizeof shaped->glyphs[0]);
}

/* A word of an item. */
struct word_of {
    const struct word_source *source;
    struct str text;
    uint64_t hash;
};

struct word_source shaper_source(const struct shaper *shaper, const struct item *item)
{
    struct word_source source = {.item = item,
                                 .key = {item->face, item->language, item->script, item->features}};
    if (shaper->no_cache || item->missing || !shaper_is_simple(item))
        return source;
    source.words = shaper->words;
    source.seed = words_seed(&source.key);
    return source;
}

/* Room for the glyphs of a word: in the cache, when it is to be kept there and is not full, else in scratch. */
static struct shaped *word_room(struct shaper *shaper, struct arena *scratch, const struct word_of *word, size_t count)
{
    struct shaped *shaped = NULL;
    if (!shaper->no_cache)
        shaped = words_add(shaper->words, &word->source->key, word->text, word->hash, count);
    return shaped ? shaped : shaped_new(scratch, count);
}

/* Sets a word from the face's prelinked table; NULL where HarfBuzz must be asked. */
static const struct shaped *set_prelinked(struct shaper *shaper, struct arena *scratch, const struct word_of *word)
{
    const struct item *item = word->source->item;
    const struct prelink *table = prelinked_for(shaper, item);
    struct prelink_set_glyph found[WORD_LONGEST + 4];
    struct prelink_small small;
    if (!table || !features_small(item, word->text, &small))
        return NULL;
    size_t count = prelink_set(table, prelinked_set(item->features), word->text, &small, found);
    if (!count)
        return NULL;
    struct shaped *shaped = word_room(shaper, scratch, word, count);
    struct face_ink most = {INT16_MIN, INT16_MIN};
    bool plain = true;
    uint8_t before = 0;
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        const struct prelink_glyph *glyph = &table->glyphs[found[i].glyph];
        int32_t advance = glyph->advance + found[i].kern;
        uint8_t step = (uint8_t)(found[i].cluster - before);
        before = found[i].cluster;
        shaped->glyphs[i] = (struct shaped_glyph){.id = glyph->id,
                                                  .advance = advance,
                                                  .cluster = found[i].cluster,
                                                  .unsafe = found[i].unsafe,
                                                  .step = step};
        plain = plain && step <= PACKED_STEP_MOST && (uint32_t)advance <= PLAIN_MOST;
        sum += advance;
        most = ink_of_both(most, face_ink_of(item->face, glyph->id));
    }
    shaped->count = shaped->clusters = count;
    shaped->advance = sum;
    shaped->plain = plain;
    shaped->ink = most;
    return shaped;
}

const struct shaped *shaper_add(struct shaper *shaper, struct arena *scratch,
                                const struct word_source *source, struct str text, uint64_t hash)
{
    const struct word_of word = {source, text, hash};
    const struct item *item = source->item;
    const struct shaped *set = set_prelinked(shaper, scratch, &word);
    if (set)
        return set;
    run_shaper(shaper, item, text, 0, (uint32_t)text.n);
    struct shaped *shaped = word_room(shaper, scratch, &word, hb_buffer_get_length(shaper->buffer));
    take_glyphs(shaped, shaper->buffer, item->face, 0);
    if (marks_are_piled(text))
        flatten(shaped, item->face);
    shaped_finish(shaped, item->face);
    return shaped;
}

/* A word of letters that depend on nothing beyond it. */
static const struct shaped *shape_word(struct shaper *shaper, struct arena *scratch,
                                       const struct word_source *source, struct str text)
{
    uint64_t hash = 0;
    const struct shaped *known =
        source->words ? words_find(source->words, &source->key, source->seed, text, &hash) : NULL;
    return known ? known : shaper_add(shaper, scratch, source, text, hash);
}

const struct shaped *shaper_shape(struct shaper *shaper, struct arena *scratch, const struct item *item,
                                  struct str text, uint32_t from, uint32_t to, bool hyphen)
{
    if (item->missing)
        return shape_missing(scratch, item, text, from, to);
    struct word_source source = shaper_source(shaper, item);
    bool simple = shaper_is_simple(item);
    char word[WORD_LONGEST + 4];
    uint32_t n = to - from;
    if (n <= WORD_LONGEST && simple && !hyphen)
        return shape_word(shaper, scratch, &source, (struct str){text.p + from, n});
    if (n <= WORD_LONGEST && hyphen) { /* by itself, so that the cache sees the word alone */
        memcpy(word, text.p + from, n);
        memcpy(word + n, item->face->hyphen, 4);
        n += (uint32_t)strlen(item->face->hyphen);
        text = (struct str){word, n};
        from = 0;
        to = n;
    } else if (hyphen) {
        char *copy = arena_alloc(scratch, n + 4);
        memcpy(copy, text.p + from, n);
        memcpy(copy + n, item->face->hyphen, 4);
        text = (struct str){copy, n + strlen(item->face->hyphen)};
        from = 0;
        to = (uint32_t)text.n;
    }
    if (simple && text.p == word)
        return shape_word(shaper, scratch, &source, text);
    run_shaper(shaper, item, text, from, to);
    struct shaped *shaped = shaped_new(scratch, hb_buffer_get_length(shaper->buffer));
    take_glyphs(shaped, shaper->buffer, item->face, from);
    if (!simple && !hyphen)
        squeeze_punctuation(shaped, item, text, from, to);
    if (marks_are_piled(str_slice(text, from, to)))
        flatten(shaped, item->face);
    shaped_finish(shaped, item->face);
    return shaped;
}

bool shaper_has_superiors(struct shaper *shaper, struct arena *scratch, const struct item *item,
                          struct str text)
{
    if (item->missing || item->to - item->from > WORD_LONGEST)
        return false;
    struct item plain = *item, raised = *item;
    plain.features &= (uint8_t)~ITEM_SUPERSCRIPT;
    raised.features |= ITEM_SUPERSCRIPT;
    const struct shaped *a = shaper_shape(shaper, scratch, &plain, text, item->from, item->to, false);
    const struct shaped *b = shaper_shape(shaper, scratch, &raised, text, item->from, item->to, false);
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->glyphs[i].id == b->glyphs[i].id)
            return false;
    return a->count > 0;
}
