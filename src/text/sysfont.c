/* Fonts of the system, asked for what the configured ones lack. */
#include "text/sysfont.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include <fontconfig/fontconfig.h>

struct entry {
    struct sysfont font;
    const FcCharSet *charset;
    int taste; /* smaller is better */
};

struct sysfonts {
    FcConfig *config;
    FcFontSet *set;
    FcCharSet *all; /* what any of them has */
    struct entry *entries;
    size_t count;
};

static struct {
    bool tried, ready;
    __typeof__(FcInitLoadConfigAndFonts) *init;
    __typeof__(FcConfigDestroy) *config_destroy;
    __typeof__(FcFini) *fini;
    __typeof__(FcConfigGetFonts) *get_fonts;
    __typeof__(FcPatternGetString) *get_string;
    __typeof__(FcPatternGetInteger) *get_integer;
    __typeof__(FcPatternGetDouble) *get_double;
    __typeof__(FcPatternGetBool) *get_bool;
    __typeof__(FcPatternGetCharSet) *get_charset;
    __typeof__(FcCharSetCreate) *charset_create;
    __typeof__(FcCharSetDestroy) *charset_destroy;
    __typeof__(FcCharSetMerge) *charset_merge;
    __typeof__(FcCharSetHasChar) *charset_has;
    __typeof__(FcWeightToOpenType) *weight;
} fc;

static bool take(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

static bool load(void)
{
    if (fc.tried)
        return fc.ready;
    fc.tried = true;
    void *library = dlopen(BRIEFING_FONTCONFIG_SONAME, RTLD_LAZY | RTLD_LOCAL);
    fc.ready = library && take(library, "FcInitLoadConfigAndFonts", &fc.init) &&
               take(library, "FcConfigDestroy", &fc.config_destroy) && take(library, "FcFini", &fc.fini) &&
               take(library, "FcConfigGetFonts", &fc.get_fonts) &&
               take(library, "FcPatternGetString", &fc.get_string) &&
               take(library, "FcPatternGetInteger", &fc.get_integer) &&
               take(library, "FcPatternGetDouble", &fc.get_double) &&
               take(library, "FcPatternGetBool", &fc.get_bool) &&
               take(library, "FcPatternGetCharSet", &fc.get_charset) &&
               take(library, "FcCharSetCreate", &fc.charset_create) &&
               take(library, "FcCharSetDestroy", &fc.charset_destroy) &&
               take(library, "FcCharSetMerge", &fc.charset_merge) &&
               take(library, "FcCharSetHasChar", &fc.charset_has) &&
               take(library, "FcWeightToOpenType", &fc.weight);
    return fc.ready;
}

/* Families that cover much and look alike stand before others; fonts that mean to look odd stand last. */
static int taste_of(const char *family)
{
    static const char *const order[] = {"Noto Serif",  "Noto Sans",  "Noto",      "DejaVu Serif",
                                        "DejaVu Sans", "Liberation", "FreeSerif", "FreeSans"};
    int taste = 0;
    for (; taste < (int)(sizeof order / sizeof order[0]); taste++)
        if (strncmp(family, order[taste], strlen(order[taste])) == 0)
            break;
    return strstr(family, "Mono") || strstr(family, "Emoji") || strstr(family, "Display") ? taste + 100
                                                                                          : taste;
}

static bool read_entry(struct entry *entry, FcPattern *pattern)
{
    FcChar8 *path, *format, *family;
    FcCharSet *charset;
    FcBool outline, variable = FcFalse;
    int slant = 0, index = 0;
    double weight = 80;
    if (fc.get_string(pattern, FC_FILE, 0, &path) != FcResultMatch ||
        fc.get_charset(pattern, FC_CHARSET, 0, &charset) != FcResultMatch ||
        fc.get_bool(pattern, FC_OUTLINE, 0, &outline) != FcResultMatch || !outline ||
        fc.get_string(pattern, FC_FONTFORMAT, 0, &format) != FcResultMatch ||
        (strcmp((char *)format, "TrueType") != 0 && strcmp((char *)format, "CFF") != 0))
        return false;
    if (fc.get_bool(pattern, FC_VARIABLE, 0, &variable) == FcResultMatch && variable)
        return false;
    fc.get_integer(pattern, FC_INDEX, 0, &index);
    fc.get_integer(pattern, FC_SLANT, 0, &slant);
    fc.get_double(pattern, FC_WEIGHT, 0, &weight);
    if (slant != FC_SLANT_ROMAN || index < 0 ||
        index > 0xFFFF) /* the upper half names instances of variable fonts */
        return false;
    const char *name = fc.get_string(pattern, FC_FAMILY, 0, &family) == FcResultMatch ? (char *)family : "";
    *entry = (struct entry){.font = {.path = (char *)path,
                                     .index = (unsigned)index,
                                     .weight = fc.weight((int)weight),
                                     .serif = strstr(name, "Serif") != NULL},
                            .charset = charset,
                            .taste = taste_of(name)};
    return true;
}

struct sysfonts *sysfont_open(void)
{
    if (!load())
        return NULL;
    FcConfig *config = fc.init();
    FcFontSet *set = config ? fc.get_fonts(config, FcSetSystem) : NULL;
    if (!set) {
        if (config)
            fc.config_destroy(config);
        return NULL;
    }
    struct sysfonts *fonts = base_malloc(sizeof *fonts);
    *fonts = (struct sysfonts){.config = config, .set = set, .all = fc.charset_create()};
    fonts->entries = base_malloc((size_t)(set->nfont + 1) * sizeof *fonts->entries);
    for (int i = 0; i < set->nfont; i++) {
        struct entry *entry = &fonts->entries[fonts->count];
        if (!read_entry(entry, set->fonts[i]))
            continue;
        fonts->count++;
        if (fonts->all)
            fc.charset_merge(fonts->all, entry->charset, NULL);
    }
    return fonts;
}

void sysfont_close(struct sysfonts *fonts)
{
    if (!fonts)
        return;
    if (fonts->all)
        fc.charset_destroy(fonts->all);
    fc.config_destroy(fonts->config);
    fc.fini();
    free(fonts->entries);
    free(fonts);
}

static bool has_all(const FcCharSet *charset, const uint32_t *code_points, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!fc.charset_has(charset, code_points[i]))
            return false;
    return true;
}

static bool is_better(const struct entry *a, const struct entry *b, int weight, bool serif)
{
    if ((a->taste >= 100) != (b->taste >= 100))
        return b->taste >= 100;
    int off_a = abs(a->font.weight - weight), off_b = abs(b->font.weight - weight);
    if (off_a != off_b)
        return off_a < off_b;
    if (a->font.serif != b->font.serif)
        return a->font.serif == serif;
    if (a->taste != b->taste)
        return a->taste < b->taste;
    int order = strcmp(a->font.path, b->font.path);
    return order < 0 || (order == 0 && a->font.index < b->font.index);
}

struct sysfont *sysfont_find(struct sysfonts *fonts, const uint32_t *code_points, size_t count, int weight,
                             bool serif)
{
    if (!count || (fonts->all && !has_all(fonts->all, code_points, count)))
        return NULL;
    struct entry *best = NULL;
    for (size_t i = 0; i < fonts->count; i++) {
        struct entry *entry = &fonts->entries[i];
        if (!entry->font.bad && (!best || is_better(entry, best, weight, serif)) &&
            has_all(entry->charset, code_points, count))
            best = entry;
    }
    return best ? &best->font : NULL;
}
