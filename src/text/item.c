/* Cutting a paragraph into items and choosing a face for each cluster: the format's own where it has it, else
 * one face for the whole script run where one has it all, else cluster by cluster. */
#include "text/item.h"

#include <hb.h>

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "text/harmony.h"
#include "text/script.h"

enum {
    WANTED_MOST = 64,
    REPORTED = 64,
    REPORTS_MOST = 256, /* in a run: finding the place of each reads the run */
    SEARCHES_MOST = 256 /* in a run, for clusters of several code points: their failures are not remembered */
};

struct itemiser {
    struct items *out;
    const struct para *para;
    struct text_fonts *fonts;
    struct arena *scratch;
    struct diags *diags;
    const struct text_run *run;
    const char *language;
    const struct face *primary;
    /* Of a run that is not plain: */
    enum han han;
    bool han_known;
    const struct face *spare; /* that served the last cluster on its own */
    struct cluster *clusters;
    unsigned searches, reports;
    uint32_t reported[REPORTED]; /* code points of this run that were reported, by their low bits */
};

static struct str text_of(const struct itemiser *it, const struct cluster *cluster)
{
    return (struct str){it->para->text.p + cluster->from, cluster->to - cluster->from};
}

static bool has(const struct itemiser *it, const struct face *face, const struct cluster *cluster)
{
    if (cluster->to - cluster->from == 1 || cluster->code_point == 0x2028) /* a forced break is never drawn */
        return cluster->code_point == 0x2028 || face_has(face, cluster->code_point);
    return face_has_cluster(face, text_of(it, cluster));
}

/* The code points of a cluster that need a glyph. */
static size_t needs(const struct itemiser *it, const struct cluster *cluster, uint32_t *code_points,
                    size_t room)
{
    struct str text = text_of(it, cluster);
    size_t count = 0;
    for (size_t i = 0; i < text.n && count < room;) {
        int32_t c = utf8_next(text, &i);
        if (c >= 0 && !code_point_is_ignorable((uint32_t)c))
            code_points[count++] = (uint32_t)c;
    }
    return count;
}

static const struct face *first_with(const struct itemiser *it, const char *key,
                                     const struct cluster *cluster)
{
    const struct candidates *list = fonts_candidates(it->fonts, key, it->run->format.weight, it->diags);
    for (size_t i = 0; i < list->count; i++) {
        const struct face *face = fonts_face(it->fonts, list->slots[i]);
        if (face && has(it, face, cluster))
            return face;
    }
    return NULL;
}

static void report(struct itemiser *it, const struct cluster *cluster, const char *key)
{
    uint32_t c = cluster->code_point;
    struct str text = text_of(it, cluster);
    fonts_note_report(it->fonts);
    for (size_t i = 0; i < text.n;) { /* the first that the format's own face lacks tells most */
        int32_t next = utf8_next(text, &i);
        if (next >= 0 && !face_has(it->primary, (uint32_t)next) && !code_point_is_ignorable((uint32_t)next)) {
            c = (uint32_t)next;
            break;
        }
    }
    if (it->reported[c % REPORTED] == c || !it->diags || it->reports == REPORTS_MOST)
        return;
    it->reports++;
    it->reported[c % REPORTED] = c;
    missing_report(it->diags, it->fonts, it->run, text, c, key);
}

/* The first cluster of a run with a pile of marks is told. */
static void report_piles(struct itemiser *it, size_t count)
{
    for (size_t i = 0; it->diags && i < count; i++) {
        struct str text = text_of(it, &it->clusters[i]);
        if (text.n > MARKS_MOST && marks_are_piled(text)) {
            fonts_note_report(it->fonts);
            missing_piled(it->diags, it->run, text);
            return;
        }
    }
}

/* The fallback fonts for a cluster by itself: those of its script, or of signs without one. */
static const char *key_alone(const struct itemiser *it, const struct cluster *cluster, const char *key)
{
    if (cluster->proper)
        return key;
    return cluster_is_emoji(cluster, it->para->text) ? "Zsye" : "Zsym";
}

/* A face for one cluster by itself. */
static void serve_alone(struct itemiser *it, struct cluster *cluster, const char *key)
{
    const struct face *face = it->primary;
    bool single = !cluster->proper || cluster->to - cluster->from <= 4;
    if (!has(it, face, cluster)) {
        face = it->spare && has(it, it->spare, cluster) ? it->spare : NULL;
        bool lacking = fonts_lack(it->fonts, cluster->code_point) ||
                       (!face && !single && it->searches++ > SEARCHES_MOST);
        if (!face && !lacking)
            face = first_with(it, key_alone(it, cluster, key), cluster);
        if (!face && !lacking)
            face = first_with(it, "*", cluster);
        if (!face && !lacking) {
            uint32_t wanted[WANTED_MOST];
            size_t count = needs(it, cluster, wanted, WANTED_MOST);
            face = fonts_system(it->fonts, wanted, count, it->run->format.weight, it->primary->shown.serif);
            if (!face && count == 1 && single)
                fonts_note_lack(it->fonts, cluster->code_point);
        }
        if (face)
            it->spare = face;
    }
    cluster->face = face ? face : it->primary;
    cluster->missing = !face;
    if (!face)
        report(it, cluster, key_alone(it, cluster, key));
}

/* How many of the clusters with a script of their own a face has, counted up to the first that it lacks if
 * whole. */
static size_t coverage(const struct itemiser *it, const struct face *face, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        count += it->clusters[i].proper && has(it, face, &it->clusters[i]);
    return count;
}

/* Distinct code points, as far as there is room, that the system is asked for at once. */
static const struct face *system_face(const struct itemiser *it, size_t from, size_t to)
{
    uint32_t wanted[WANTED_MOST];
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        uint32_t found[8];
        size_t n = it->clusters[i].proper ? needs(it, &it->clusters[i], found, 8) : 0;
        for (size_t j = 0; j < n; j++) {
            size_t k = 0;
            while (k < count && wanted[k] != found[j])
                k++;
            if (fonts_lack(it->fonts, found[j]))
                return NULL;
            if (k == count && count < WANTED_MOST)
                wanted[count++] = found[j];
        }
    }
    return fonts_system(it->fonts, wanted, count, it->run->format.weight, it->primary->shown.serif);
}

/* The face for a stretch of one script: the first that has all of it, else the one that has most. */
static const struct face *face_for(struct itemiser *it, size_t from, size_t to, const char *key)
{
    size_t proper = 0;
    for (size_t i = from; i < to; i++)
        proper += it->clusters[i].proper;
    size_t most = coverage(it, it->primary, from, to);
    const struct face *best = most ? it->primary : NULL;
    const struct candidates *list = fonts_candidates(it->fonts, key, it->run->format.weight, it->diags);
    for (size_t i = 0; i < list->count && most < proper; i++) {
        const struct face *face = fonts_face(it->fonts, list->slots[i]);
        size_t count = face ? coverage(it, face, from, to) : 0;
        if (count > most) {
            most = count;
            best = face;
        }
    }
    if (most < proper) {
        const struct face *face = system_face(it, from, to);
        if (face && coverage(it, face, from, to) > most)
            best = face;
    }
    return best ? best : it->primary;
}

static bool is_space(const struct cluster *cluster)
{
    return space_kind(cluster->code_point) != SPACE_NONE;
}

static bool is_digit(const struct cluster *cluster)
{
    return cluster->code_point - '0' < 10;
}

/* European digits, and the signs between two of them, are set in the text's own face beside any script, so
 * that all numbers of a page look alike. */
static bool is_number(const struct itemiser *it, size_t i, size_t from, size_t to)
{
    const struct cluster *c = it->clusters;
    if (is_digit(&c[i]))
        return true;
    return i > from && i + 1 < to && is_digit(&c[i - 1]) && is_digit(&c[i + 1]) &&
           (c[i].code_point < 0x80 || c[i].code_point == 0x2013) && !c[i].proper;
}

/* The face for clusters from i to the end of a word: that of the stretch, or where it lacks a letter of the
 * word, one for the whole word. */
static const struct face *word_face(struct itemiser *it, size_t i, size_t last, const struct face *face,
                                    const char *key, size_t *end)
{
    bool whole = true;
    for (*end = i; *end < last && !is_space(&it->clusters[*end]); ++*end)
        whole = whole && (!it->clusters[*end].proper || has(it, face, &it->clusters[*end]));
    if (whole || it->searches++ > SEARCHES_MOST)
        return face;
    return face_for(it, i, *end, key);
}

/* Serves a stretch of one script. What is common to scripts goes with the script's face only between letters
 * of it; at its edges it belongs to the text around. */
static void serve(struct itemiser *it, size_t from, size_t to, const char *key)
{
    size_t first = from, last = to;
    while (first < to && !it->clusters[first].proper)
        first++;
    while (last > first && !it->clusters[last - 1].proper)
        last--;
    const struct face *face = first < last ? face_for(it, first, last, key) : it->primary;
    const struct face *own = face;
    size_t word = first;
    for (size_t i = from; i < to; i++) {
        struct cluster *cluster = &it->clusters[i];
        bool inside = i >= first && i < last;
        if (inside && i >= word) {
            own = word_face(it, i, last, face, key, &word);
            word += word == i;
        }
        bool with_script = inside && !is_number(it, i, from, to);
        const struct face *one = with_script ? own : it->primary, *other = with_script ? it->primary : own;
        if (has(it, one, cluster))
            cluster->face = one;
        else if (!cluster->proper && has(it, other, cluster))
            cluster->face = other;
        else
            serve_alone(it, cluster, key);
    }
}

/* A group is a stretch with one key. Latin is served word by word: a rare letter changes the face of its word
 * only. */
static void serve_group(struct itemiser *it, size_t from, size_t to, const char *key)
{
    bool whole = true;
    for (size_t i = from; i < to; i++) {
        whole = whole && has(it, it->primary, &it->clusters[i]);
        it->clusters[i].face = it->primary;
    }
    if (whole)
        return;
    if (strcmp(key, "Latn") != 0) {
        serve(it, from, to, key);
        return;
    }
    for (size_t i = from; i < to;) {
        size_t start = i;
        while (i < to && !is_space(&it->clusters[i]))
            i++;
        serve(it, start, i, key);
        for (; i < to && is_space(&it->clusters[i]); i++)
            if (!has(it, it->primary, &it->clusters[i]))
                serve_alone(it, &it->clusters[i], key);
    }
}

static struct item *push(struct itemiser *it, uint32_t from, uint32_t to)
{
    const struct text_format *format = &it->run->format;
    struct item *item = ARENA_PUSH(it->scratch, it->out);
    *item = (struct item){.from = from,
                          .to = to,
                          .run = (uint32_t)(it->run - it->para->in->runs),
                          .face = it->primary,
                          .script = HB_SCRIPT_LATIN,
                          .language = tongue_find(it->language),
                          .size_mpt = format->size_mpt,
                          .tracking_mpt = format->tracking_mpt};
    item->features =
        (uint8_t)((format->tabular ? ITEM_TABULAR : 0) | (format->old_style && it->primary->shown.serif ? ITEM_OLD_STYLE : 0) |
                  (format->small_caps ? ITEM_SMALL_CAPS : 0) |
                  (format->tracking_mpt ? ITEM_NO_LIGATURES : 0));
    return item;
}

static bool is_square(uint32_t script)
{
    switch (script) {
    case HB_SCRIPT_HAN:
    case HB_SCRIPT_HIRAGANA:
    case HB_SCRIPT_KATAKANA:
    case HB_SCRIPT_BOPOMOFO:
    case HB_SCRIPT_HANGUL:
    case HB_SCRIPT_YI:
        return true;
    default:
        return false;
    }
}

/* One item for each stretch of clusters alike in face, script and level. */
static void push_clusters(struct itemiser *it, size_t count)
{
    struct item *item = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct cluster *cluster = &it->clusters[i];
        uint8_t level = it->para->levels ? it->para->levels[cluster->from] : 0;
        if (item && item->face == cluster->face && item->script == cluster->script && item->level == level &&
            item->missing == cluster->missing && !(it->para->edges && it->para->edges[cluster->from])) {
            item->to = cluster->to;
            continue;
        }
        item = push(it, cluster->from, cluster->to);
        item->face = cluster->face;
        item->script = cluster->script;
        item->level = level;
        item->missing = cluster->missing;
        item->square = is_square(item->script);
        item->size_mpt = harmony_size(item->face, it->primary, item->script, item->size_mpt);
        if (!harmony_has_case(item->script)) /* old-style figures suit small letters */
            item->features &= (uint8_t)~ITEM_OLD_STYLE;
    }
}

/* Whether a code point beyond ASCII is Latin or common to scripts, and a cluster by itself beside others that
 * are. */
static bool is_simple(int32_t c)
{
    return (c >= 0xA0 && c < 0x250) || (c >= 0x2010 && c <= 0x2028) || (c >= 0x202F && c <= 0x203A) ||
           (c >= 0x20A0 && c <= 0x20BF) || c == 0x2116 || c == 0x2122 || (c >= 0x2190 && c <= 0x22FF);
}

/* Whether all is simple and in the format's own face. */
static bool is_plain(const struct itemiser *it, uint32_t from, uint32_t to)
{
    struct str text = {it->para->text.p, to};
    bool whole = face_has_ascii(it->primary);
    if (it->para->levels)
        return false;
    if (whole && it->para->is_ascii)
        return true;
    for (size_t i = from; i < to;) {
        if (whole && i + 8 <= to && ascii_eight_printed(text.p + i)) {
            i += 8;
            continue;
        }
        unsigned char byte = (unsigned char)text.p[i];
        if (byte < 0x7F) {
            if (!whole && !face_has(it->primary, byte))
                return false;
            i++;
            continue;
        }
        int32_t c = utf8_next(text, &i);
        if (c != 0x2028 && (!is_simple(c) || !face_has(it->primary, (uint32_t)c)))
            return false;
    }
    return true;
}

static void cut_run(struct itemiser *it, uint32_t from, uint32_t to)
{
    if (is_plain(it, from, to)) {
        push(it, from, to);
        return;
    }
    it->clusters = ARENA_ARRAY(it->scratch, struct cluster, to - from);
    it->spare = NULL;
    if (!it->han_known)
        it->han = script_han(it->para->text);
    it->han_known = true;
    it->searches = it->reports = 0;
    memset(it->reported, 0, sizeof it->reported);
    size_t count = script_find(it->para->text, from, to, it->clusters);
    report_piles(it, count);
    char key[5] = "", next[5] = "";
    size_t start = 0;
    for (size_t i = 0; i <= count; i++) {
        if (i < count)
            script_key(it->clusters[i].script, it->language, it->han, next);
        if (i == count || (i > start && memcmp(next, key, 4) != 0)) {
            serve_group(it, start, i, key);
            start = i;
        }
        memcpy(key, next, sizeof key);
    }
    push_clusters(it, count);
}

void items_find(struct items *items, const struct para *para, struct text_fonts *fonts, struct arena *scratch,
                struct diags *diags)
{
    *items = (struct items){.cap = para->in->count};
    items->items = ARENA_ROOM(scratch, struct item, items->cap);
    struct itemiser it;
    it.out = items;
    it.para = para;
    it.fonts = fonts;
    it.scratch = scratch;
    it.diags = diags;
    it.han_known = false;
    for (size_t i = 0; i < para->in->count; i++) {
        it.run = &para->in->runs[i];
        it.language = it.run->language ? it.run->language : para->in->language;
        if (para->run_start[i] == para->run_start[i + 1])
            continue;
        it.primary = fonts_primary(fonts, &it.run->format, diags);
        if (it.primary)
            cut_run(&it, para->run_start[i], para->run_start[i + 1]);
    }
}
