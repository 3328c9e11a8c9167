/* The set of fonts. Faces are mapped when first needed and stay until the set is closed. */
#include "text/fontset.h"

#include <stdlib.h>
#include <string.h>

#include "text/sysfont.h"

struct slot {
    const char *path;
    const char *family; /* name of the family, or script of the fallback */
    const char *script; /* of a fallback; NULL: of a family */
    size_t family_index;
    int weight;
    bool italic, serif, tried;
    struct face *face;
    const char *why;
};

/* What fonts_primary chose lately. */
struct choice {
    size_t family;
    int weight;
    bool italic;
    const struct face *face;
};

enum { CHOICES = 8 };

struct text_fonts {
    const struct text_font_config *config;
    struct slot *slots; /* first of the families, then of the fallbacks */
    size_t count;
    struct text_fallbacks fallbacks;
    bool fallbacks_read;
    struct face *faces; /* through shown.next */
    unsigned face_count;
    struct choice choices[CHOICES];
    size_t choice_count;
    bool any_lost; /* some file could not be opened: it is reported for each document, so no choice is
                      remembered */
    struct candidates *candidates;
    struct sysfonts *system;
    bool system_tried;
    size_t reports;
    uint32_t *lacking; /* bitmap of code points, made on first need */
};

enum { CODE_POINTS = 0x110000 };

struct text_fonts *text_fonts_open(const struct text_font_config *config)
{
    struct text_fonts *fonts = base_malloc(sizeof *fonts);
    *fonts = (struct text_fonts){.config = config};
    size_t count = 0;
    for (size_t i = 0; i < config->family_count; i++)
        count += config->families[i].count;
    fonts->slots = base_malloc(count * sizeof *fonts->slots);
    for (size_t i = 0; i < config->family_count; i++) {
        const struct text_font_family *family = &config->families[i];
        for (size_t j = 0; j < family->count; j++)
            fonts->slots[fonts->count++] = (struct slot){.path = family->files[j].path,
                                                         .family = family->name,
                                                         .family_index = i,
                                                         .weight = family->files[j].weight,
                                                         .italic = family->files[j].italic,
                                                         .serif = family->serif};
    }
    return fonts;
}

void fonts_read_fallbacks(struct text_fonts *fonts, struct diags *diags)
{
    if (fonts->fallbacks_read || !fonts->config->fallbacks)
        return;
    fonts->fallbacks_read = true;
    fonts->fallbacks = fonts->config->fallbacks(fonts->config, diags);
    size_t count = fonts->count;
    for (size_t i = 0; i < fonts->fallbacks.count; i++)
        count += fonts->fallbacks.items[i].count;
    fonts->slots = base_realloc(fonts->slots, count * sizeof *fonts->slots);
    for (size_t i = 0; i < fonts->fallbacks.count; i++) {
        const struct text_fallback *fallback = &fonts->fallbacks.items[i];
        for (size_t j = 0; j < fallback->count; j++)
            fonts->slots[fonts->count++] =
                (struct slot){.path = fallback->paths[j],
                              .family = fallback->script,
                              .script = fallback->script,
                              .weight = fallback->weights ? fallback->weights[j] : 400};
    }
}

void text_fonts_close(struct text_fonts *fonts)
{
    if (!fonts)
        return;
    for (struct face *face = fonts->faces; face;) {
        struct face *next = (struct face *)face->shown.next;
        face_close(face);
        face = next;
    }
    for (struct candidates *list = fonts->candidates; list;) {
        struct candidates *next = list->next;
        free(list);
        list = next;
    }
    sysfont_close(fonts->system);
    free(fonts->lacking);
    free(fonts->slots);
    free(fonts);
}

/* The open face of a file: one file may stand in several slots. */
static struct face *face_at(struct text_fonts *fonts, const char *path, unsigned index, const char **why)
{
    for (struct face *face = fonts->faces; face; face = (struct face *)face->shown.next)
        if (face->shown.index == index && strcmp(face->shown.path, path) == 0)
            return face;
    struct face *face = face_open(path, index, why);
    if (!face)
        return NULL;
    face->shown.id = fonts->face_count++;
    face->shown.next = (struct text_face *)fonts->faces;
    fonts->faces = face;
    return face;
}

const struct text_font_config *fonts_config(const struct text_fonts *fonts)
{
    return fonts->config;
}

const struct face *fonts_same(const struct text_fonts *fonts, const struct text_face *other)
{
    for (const struct face *face = fonts->faces; face; face = (const struct face *)face->shown.next)
        if (face->shown.index == other->index && strcmp(face->shown.path, other->path) == 0)
            return face;
    return NULL;
}

const struct face *fonts_face(struct text_fonts *fonts, size_t index)
{
    struct slot *slot = &fonts->slots[index];
    if (!slot->tried) {
        slot->tried = true;
        slot->face = face_at(fonts, slot->path, 0, &slot->why);
        fonts->any_lost |= !slot->face;
        if (slot->face && !slot->script)
            slot->face->shown.serif = slot->serif;
    }
    return slot->face;
}

static void report_unavailable(const struct slot *slot, struct diags *diags)
{
    size_t length = strlen(slot->path);
    for (const struct diag *diag = diags->first; diag; diag = diag->next)
        if (diag->code == DIAG_FONT_UNAVAILABLE && diag->message.n >= length &&
            memcmp(diag->message.p, slot->path, length) == 0)
            return;
    diag_add(diags, DIAG_FONT_UNAVAILABLE, span_none(), "%s: the font %s", slot->path, slot->why);
}

/* How far a file is from what is wanted; slant counts more than weight, family most of all. */
static int distance(const struct slot *slot, size_t family, const struct text_format *format)
{
    return abs(slot->weight - format->weight) + (slot->italic != format->italic ? 10000 : 0) +
           (slot->family_index != family ? 100000 : 0);
}

static const struct face *choose(struct text_fonts *fonts, size_t family, const struct text_format *format,
                                 struct diags *diags)
{
    for (;;) {
        struct slot *best = NULL;
        for (size_t i = 0; i < fonts->count && !fonts->slots[i].script; i++) {
            struct slot *slot = &fonts->slots[i];
            bool lost = slot->tried && !slot->face;
            if (lost && slot->family_index == family && diags) {
                fonts_note_report(fonts);
                report_unavailable(slot, diags);
            }
            if (!lost && (!best || distance(slot, family, format) < distance(best, family, format)))
                best = slot;
        }
        if (!best)
            return NULL;
        const struct face *face = fonts_face(fonts, (size_t)(best - fonts->slots));
        if (face)
            return face;
    }
}

const struct face *fonts_primary(struct text_fonts *fonts, const struct text_format *format,
                                 struct diags *diags)
{
    size_t family = fonts->config->chosen[format->family];
    for (size_t i = 0; i < CHOICES && i < fonts->choice_count && !fonts->any_lost; i++) {
        const struct choice *choice = &fonts->choices[i];
        if (choice->family == family && choice->weight == format->weight && choice->italic == format->italic)
            return choice->face;
    }
    const struct face *face = choose(fonts, family, format, diags);
    fonts->choices[fonts->choice_count++ % CHOICES] =
        (struct choice){family, format->weight, format->italic, face};
    return face;
}

/* Adds the slots of one key, the nearest weights first, in their order where equal. */
static void add_slots(const struct text_fonts *fonts, struct candidates *list, const char *key)
{
    size_t first = list->count;
    bool all = key[0] == '*';
    for (size_t i = 0; i < fonts->count; i++) {
        const struct slot *slot = &fonts->slots[i];
        if (!all && (!slot->script || strcmp(slot->script, key) != 0))
            continue;
        size_t at = list->count++;
        int off = abs(slot->weight - list->weight);
        for (; at > first && abs(fonts->slots[list->slots[at - 1]].weight - list->weight) > off; at--)
            list->slots[at] = list->slots[at - 1];
        list->slots[at] = i;
    }
}

const struct candidates *fonts_candidates(struct text_fonts *fonts, const char *key, int weight,
                                          struct diags *diags)
{
    fonts_read_fallbacks(fonts, diags);
    for (struct candidates *list = fonts->candidates; list; list = list->next)
        if (list->weight == weight && strcmp(list->key, key) == 0)
            return list;
    struct candidates *list = base_malloc(sizeof *list + 2 * fonts->count * sizeof list->slots[0]);
    *list = (struct candidates){.next = fonts->candidates, .weight = weight};
    strncpy(list->key, key, sizeof list->key - 1);
    add_slots(fonts, list, list->key);
    if (strcmp(key, "Zsym") != 0 && key[0] != '*')
        add_slots(fonts, list, "Zsym");
    fonts->candidates = list;
    return list;
}

const struct face *fonts_system(struct text_fonts *fonts, const uint32_t *code_points, size_t count,
                                int weight, bool serif)
{
    if (!fonts->config->use_fontconfig)
        return NULL;
    if (!fonts->system_tried) {
        fonts->system_tried = true;
        fonts->system = sysfont_open();
    }
    struct sysfont *found;
    while (fonts->system &&
           (found = sysfont_find(fonts->system, code_points, count, weight, serif)) != NULL) {
        const char *why;
        struct face *face = face_at(fonts, found->path, found->index, &why);
        bool whole = face != NULL;
        for (size_t i = 0; whole && i < count; i++)
            whole = face_has(face, code_points[i]);
        if (whole)
            return face;
        found->bad = true;
    }
    return NULL;
}

size_t fonts_reports(const struct text_fonts *fonts)
{
    return fonts->reports;
}

void fonts_note_report(struct text_fonts *fonts)
{
    fonts->reports++;
}

bool fonts_lack(const struct text_fonts *fonts, uint32_t c)
{
    return fonts->lacking && c < CODE_POINTS && fonts->lacking[c / 32] >> c % 32 & 1;
}

void fonts_note_lack(struct text_fonts *fonts, uint32_t c)
{
    if (!fonts->lacking) {
        fonts->lacking = calloc(CODE_POINTS / 32, sizeof *fonts->lacking);
        if (!fonts->lacking)
            base_out_of_memory();
    }
    if (c < CODE_POINTS)
        fonts->lacking[c / 32] |= 1u << c % 32;
}

const char *fonts_package(struct text_fonts *fonts, const char *key)
{
    size_t slot = 0;
    for (size_t i = 0; i < fonts->config->family_count; i++)
        slot += fonts->config->families[i].count;
    for (size_t i = 0; i < fonts->fallbacks.count; i++) {
        const struct text_fallback *fallback = &fonts->fallbacks.items[i];
        for (size_t j = 0; j < fallback->count; j++, slot++)
            if (fallback->package && strcmp(fallback->script, key) == 0 && !fonts_face(fonts, slot))
                return fallback->package;
    }
    return NULL;
}

bool fonts_slot(struct text_fonts *fonts, size_t index, struct font_slot *out)
{
    if (index < fonts->count) {
        const struct slot *slot = &fonts->slots[index];
        *out = (struct font_slot){slot->path,   slot->family,  slot->weight,
                                  slot->italic, !slot->script, fonts_face(fonts, index)};
        return true;
    }
    /* Then what the system gave, in order of its opening. */
    size_t wanted = index - fonts->count, seen = 0;
    for (unsigned id = 0; id < fonts->face_count; id++)
        for (const struct face *face = fonts->faces; face; face = (const struct face *)face->shown.next) {
            bool configured = face->shown.id != id;
            for (size_t i = 0; i < fonts->count && !configured; i++)
                configured = fonts->slots[i].face == face;
            if (configured || seen++ != wanted)
                continue;
            *out = (struct font_slot){face->shown.path,   "system", face->shown.weight,
                                      face->shown.italic, false,    face};
            return true;
        }
    return false;
}
