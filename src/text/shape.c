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

/* A word of an item. */
struct word_of {
    const struct word_source *source;
    struct str text;
    uint64_t hash;
};

/* Room for what is shaped: in the cache, when it is a word to be kept there and that is not full, else in
 * scratch. */
static struct shaped *room_for(struct shaper *shaper, struct arena *scratch, const struct word_of *word,
                               size_t glyph_bytes)
{
    const size_t size = sizeof(struct shaped) + glyph_bytes;
    struct shaped *shaped = NULL;
    if (word && word->source->words)
        shaped = words_add(shaper->words, word->source->key, word->text, word->hash, size);
    if (!shaped) {
        shaped = arena_room(scratch, 1, size);
        shaped->kept = false;
    }
    return shaped;
}

static inline struct face_ink ink_of_both(struct face_ink a, struct face_ink b)
{
    return (struct face_ink){a.above > b.above ? a.above : b.above, a.below > b.below ? a.below : b.below};
}

static const struct face_ink no_ink = {INT16_MIN, INT16_MIN};

/* What stands behind plain glyphs, so that they can be read by PLAIN_STEP. */
static void fill_up(struct plain_glyph *plain, size_t count, uint32_t end)
{
    for (size_t i = count; i < plain_room(count); i++)
        plain[i] = (struct plain_glyph){0, end};
}

/* Whether all glyphs are plain, and how they look then. */
static bool make_plain(const struct shaping *shaping, const struct face *face, struct shaped *shaped,
                       struct plain_glyph *plain)
{
    const struct shaped_glyph *glyphs = shaping->glyphs;
    const uint32_t count = shaping->count;
    if (!count || count > PLAIN_GLYPHS || glyphs[count - 1].cluster > UINT16_MAX)
        return false;
    struct face_ink most = no_ink;
    uint32_t end = 0;
    uint64_t unsafe = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct shaped_glyph *glyph = &glyphs[i];
        uint32_t step = i ? glyph->cluster - glyph[-1].cluster : 1;
        if (step - 1 >= PACKED_STEP_MOST || glyph->id >> PACKED_ID_BITS || glyph->dx || glyph->dy ||
            glyph->advance < 0 || glyph->advance > PLAIN_MOST)
            return false;
        end += (uint32_t)glyph->advance;
        plain[i] = (struct plain_glyph){packed_glyph(i ? step : 0, 0, glyph->id), end};
        unsafe |= (uint64_t)glyph->unsafe << i;
        most = ink_of_both(most, face_ink_of(face, glyph->id));
    }
    fill_up(plain, count, end);
    shaped->unsafe = unsafe;
    shaped->ink = most;
    shaped->first = (uint16_t)glyphs[0].cluster;
    shaped->last = (uint16_t)glyphs[count - 1].cluster;
    return true;
}

/* The glyphs stay as they are. word: what they are of, NULL: nothing that is kept. */
static const struct shaped *keep_shaped(struct shaper *shaper, struct arena *scratch,
                                        const struct shaping *shaping, const struct face *face,
                                        const struct word_of *word)
{
    struct plain_glyph plain[PLAIN_GLYPHS];
    struct shaped shaped = {
        .count = shaping->count, .clusters = shaping->clusters, .advance = shaping->advance};
    shaped.plain = make_plain(shaping, face, &shaped, plain);
    const size_t size =
        shaped.plain ? plain_room(shaped.count) * sizeof plain[0] : shaped.count * sizeof shaping->glyphs[0];
    struct shaped *kept = room_for(shaper, scratch, word, size);
    shaped.kept = kept->kept;
    if (word)
        shaped.places = places_of_word(word->text);
    if (shaped.count)
        memcpy(kept->plain_glyphs, shaped.plain ? (const void *)plain : shaping->glyphs, size);
    *kept = shaped;
    return kept;
}

const struct shaped_glyph *shaped_glyphs(const struct shaped *shaped, struct shaped_glyph room[PLAIN_GLYPHS])
{
    if (!shaped->plain)
        return shaped_full(shaped);
    uint32_t cluster = shaped->first, before = 0;
    for (uint32_t i = 0; i < shaped->count; i++) {
        const struct plain_glyph *glyph = &shaped->plain_glyphs[i];
        cluster += glyph->packed >> PACKED_STEP_SHIFT;
        room[i] = (struct shaped_glyph){.id = glyph->packed & ((1U << PACKED_ID_BITS) - 1),
                                        .advance = (int32_t)(glyph->end - before),
                                        .cluster = cluster,
                                        .unsafe = shaped->unsafe >> i & 1};
        before = glyph->end;
    }
    return room;
}

/* Clusters of what no face has: one substitute each. */
static const struct shaped *shape_missing(struct arena *scratch, const struct item *item, struct str text,
                                          uint32_t from, uint32_t to)
{
    struct shaping made = {.glyphs = ARENA_ROOM(scratch, struct shaped_glyph, to - from)};
    int32_t advance = text_face_advance(&item->face->shown, item->face->substitute);
    for (uint32_t at = from; at < to && item->face->substitute; at = cluster_end(text, at)) {
        made.glyphs[made.count++] =
            (struct shaped_glyph){.id = item->face->substitute, .advance = advance, .cluster = at - from};
        made.advance += advance;
    }
    if (item->level & 1)
        for (size_t i = 0, j = made.count; i + 1 < j; i++) {
            struct shaped_glyph glyph = made.glyphs[--j];
            made.glyphs[j] = made.glyphs[i];
            made.glyphs[i] = glyph;
        }
    made.clusters = made.count;
    return keep_shaped(NULL, scratch, &made, item->face, NULL);
}

/* Marks in a pile keep within the line: none is set off by more than a third of an em, so that what would
 * stand higher or lower lies on those that are there. */
static void flatten(struct shaping *shaping, const struct face *face)
{
    int32_t most = face->shown.units_per_em / 3;
    for (size_t i = 0; i < shaping->count; i++) {
        int32_t dy = shaping->glyphs[i].dy;
        shaping->glyphs[i].dy = dy > most ? most : dy < -most ? -most : dy;
    }
}

/* What is in the buffer. A glyph that the font's own rules made into .notdef becomes the substitute. */
static struct shaping take_glyphs(struct arena *scratch, hb_buffer_t *buffer, const struct face *face,
                                  uint32_t from)
{
    unsigned count = hb_buffer_get_length(buffer);
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, NULL);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
    struct shaping made = {.glyphs = ARENA_ROOM(scratch, struct shaped_glyph, count), .count = count};
    for (unsigned i = 0; i < count; i++) {
        made.glyphs[i] = (struct shaped_glyph){
            .id = infos[i].codepoint ? infos[i].codepoint : face->substitute,
            .advance = positions[i].x_advance,
            .dx = positions[i].x_offset,
            .dy = positions[i].y_offset,
            .cluster = infos[i].cluster - from,
            .unsafe = hb_glyph_info_get_glyph_flags(&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK};
        made.advance += positions[i].x_advance;
        made.clusters += i == 0 || infos[i].cluster != infos[i - 1].cluster;
    }
    return made;
}

bool shaper_is_simple(const struct item *item)
{
    return !(item->level & 1) && (item->script == HB_SCRIPT_LATIN || item->script == HB_SCRIPT_GREEK ||
                                  item->script == HB_SCRIPT_CYRILLIC || item->script == HB_SCRIPT_COMMON);
}

/* The table that words of an item may be set from, or NULL. */
static const struct prelink *prelinked_for(struct shaper *shaper, const struct item *item)
{
    const struct prelink *table = item->face->prelinked;
    if (!table || item->script != HB_SCRIPT_LATIN || shaper->no_prelinked)
        return NULL;
    return table->languages & (item->language ? item->language->prelinked : 1) ? table : NULL;
}

struct word_source shaper_source(struct shaper *shaper, const struct item *item)
{
    struct word_source source = {.item = item};
    if (shaper->no_cache || item->missing || !shaper_is_simple(item))
        return source;
    struct word_key key = {item->face, item->language, item->script, item->features, NULL};
    source.words = shaper->words;
    source.key = &key;
    source.seed = words_seed(shaper->words, &source.key);
    return source;
}

/* Spells out what was set from a table. */
static struct shaping spell_prelinked(struct arena *scratch, const struct prelink *table,
                                      const struct prelink_set_glyph *set, size_t count)
{
    struct shaping made = {.glyphs = ARENA_ROOM(scratch, struct shaped_glyph, count),
                           .count = (uint32_t)count,
                           .clusters = (uint32_t)count};
    for (size_t i = 0; i < count; i++) {
        const struct prelink_glyph *glyph = &table->glyphs[set[i].glyph];
        int32_t advance = glyph->advance + set[i].kern;
        made.glyphs[i] = (struct shaped_glyph){
            .id = glyph->id, .advance = advance, .cluster = set[i].cluster, .unsafe = set[i].unsafe};
        made.advance += advance;
    }
    return made;
}

/* Sets a word from the face's prelinked table; NULL where HarfBuzz must be asked. */
static const struct shaped *set_prelinked(struct shaper *shaper, struct arena *scratch,
                                          const struct word_of *word)
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
    struct plain_glyph plain[PLAIN_GLYPHS];
    struct face_ink most = no_ink;
    uint32_t end = 0, before = 0, beyond = count > PLAIN_GLYPHS ? UINT32_MAX : 0;
    uint64_t unsafe = 0;
    for (size_t i = 0; i < count && !beyond; i++) {
        const struct prelink_glyph *glyph = &table->glyphs[found[i].glyph];
        uint32_t advance = (uint32_t)(glyph->advance + found[i].kern), step = found[i].cluster - before;
        before = found[i].cluster;
        end += advance;
        beyond = advance >> 15 | step >> 2; /* PLAIN_MOST, PACKED_STEP_MOST */
        plain[i] = (struct plain_glyph){packed_glyph(step, 0, glyph->id), end};
        unsafe |= (uint64_t)found[i].unsafe << i;
        most = ink_of_both(most, face_ink_of(item->face, glyph->id));
    }
    if (beyond) {
        struct shaping made = spell_prelinked(scratch, table, found, count);
        return keep_shaped(shaper, scratch, &made, item->face, word);
    }
    fill_up(plain, count, end);
    const size_t size = plain_room(count) * sizeof plain[0];
    struct shaped *shaped = room_for(shaper, scratch, word, size);
    const bool kept = shaped->kept;
    *shaped = (struct shaped){.count = (uint32_t)count,
                              .clusters = (uint32_t)count,
                              .advance = end,
                              .unsafe = unsafe,
                              .ink = most,
                              .last = (uint16_t)before,
                              .places = places_of_word(word->text),
                              .plain = true,
                              .kept = kept,
                              .linked = !small.count && features_keep(item, word->text)};
    memcpy(shaped->plain_glyphs, plain, size);
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
    struct shaping made = take_glyphs(scratch, shaper->buffer, item->face, 0);
    if (marks_are_piled(text))
        flatten(&made, item->face);
    return keep_shaped(shaper, scratch, &made, item->face, &word);
}

/* A word of letters that depend on nothing beyond it. */
static const struct shaped *shape_word(struct shaper *shaper, struct arena *scratch,
                                       const struct word_source *source, struct str text)
{
    uint64_t hash = 0;
    const struct shaped *known = NULL;
    if (source->words) {
        const struct word_begin begin = words_begin(text.p, text.n);
        known = words_find(source->words, source->key, source->seed, &begin, text, &hash);
    }
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
    struct shaping made = take_glyphs(scratch, shaper->buffer, item->face, from);
    if (!simple && !hyphen)
        squeeze_punctuation(&made, item, text, from, to);
    if (marks_are_piled(str_slice(text, from, to)))
        flatten(&made, item->face);
    return keep_shaped(shaper, scratch, &made, item->face, NULL);
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
    struct shaped_glyph rooms[2][PLAIN_GLYPHS] = {0};
    const struct shaped_glyph *p = shaped_glyphs(a, rooms[0]), *q = shaped_glyphs(b, rooms[1]);
    for (size_t i = 0; i < a->count; i++)
        if (p[i].id == q[i].id)
            return false;
    return a->count > 0;
}
