/* Fonts for the tests of text. */
#include "text_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "text/packed.h"

#define NOTO "/usr/share/fonts/truetype/noto/"
#define DROID "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"
#define NANUM "/usr/share/fonts/truetype/nanum/"

static const char *const latin[] = {NOTO "NotoSerif-Regular.ttf", NOTO "NotoSerif-Bold.ttf"};
static const char *const arabic[] = {NOTO "NotoNaskhArabic-Regular.ttf", NOTO "NotoNaskhArabic-Bold.ttf"};
static const char *const hebrew[] = {NOTO "NotoSerifHebrew-Regular.ttf", NOTO "NotoSerifHebrew-Bold.ttf"};
static const char *const devanagari[] = {NOTO "NotoSerifDevanagari-Regular.ttf",
                                         NOTO "NotoSerifDevanagari-Bold.ttf"};
static const char *const thai[] = {NOTO "NotoSerifThai-Regular.ttf", NOTO "NotoSerifThai-Bold.ttf"};
static const char *const han[] = {DROID};
static const char *const japanese[] = {"/usr/share/fonts/opentype/ipaexfont-mincho/ipaexm.ttf"};
static const char *const korean[] = {NANUM "NanumMyeongjo.ttf", NANUM "NanumMyeongjoBold.ttf"};
static const char *const symbols[] = {NOTO "NotoSansSymbols2-Regular.ttf",
                                      NOTO "NotoSansSymbols-Regular.ttf"};
static const char *const absent[] = {"/nowhere/Absent.ttf"};
static int weights[] = {400, 700};

#define FALLBACK(name, paths_, package_)                                                                     \
    {                                                                                                        \
        .script = name, .paths = (const char **)(paths_), .weights = weights,                                \
        .count = sizeof(paths_) / sizeof(paths_)[0], .package = package_                                     \
    }

static struct text_fallback fallbacks[] = {
    FALLBACK("Latn", latin, "fonts-noto-core"),    FALLBACK("Grek", latin, "fonts-noto-core"),
    FALLBACK("Cyrl", latin, "fonts-noto-core"),    FALLBACK("Arab", arabic, "fonts-noto-core"),
    FALLBACK("Hebr", hebrew, "fonts-noto-core"),   FALLBACK("Deva", devanagari, "fonts-noto-core"),
    FALLBACK("Thai", thai, "fonts-noto-core"),     FALLBACK("Hans", han, "fonts-droid-fallback"),
    FALLBACK("Hant", han, "fonts-droid-fallback"), FALLBACK("Jpan", japanese, "fonts-ipaexfont-mincho"),
    FALLBACK("Kore", korean, "fonts-nanum"),       FALLBACK("Runr", absent, "fonts-runes"),
    FALLBACK("Zsym", symbols, "fonts-noto-core")};

static struct text_fallbacks give_fallbacks(const struct text_font_config *config, struct diags *diags)
{
    (void)config;
    (void)diags;
    return (struct text_fallbacks){fallbacks, sizeof fallbacks / sizeof fallbacks[0]};
}

static const char *bundled(struct arena *arena, const char *name)
{
    return str_z(arena, str_printf(arena, "%s/fonts/%s", TEST_SRC, name));
}

const struct text_font_config *support_config(struct arena *arena, bool use_fontconfig)
{
    struct text_font_config *config = ARENA_NEW(arena, struct text_font_config);
    struct text_font_file *serif = ARENA_ARRAY(arena, struct text_font_file, 4);
    serif[0] = (struct text_font_file){bundled(arena, "SourceSerif4-Regular.otf"), 400, false};
    serif[1] = (struct text_font_file){bundled(arena, "SourceSerif4-It.otf"), 400, true};
    serif[2] = (struct text_font_file){bundled(arena, "SourceSerif4-Bold.otf"), 700, false};
    serif[3] = (struct text_font_file){bundled(arena, "SourceSerif4-BoldIt.otf"), 700, true};
    struct text_font_file *sans = ARENA_ARRAY(arena, struct text_font_file, 2);
    sans[0] = (struct text_font_file){bundled(arena, "SourceSans3-Regular.otf"), 400, false};
    sans[1] = (struct text_font_file){bundled(arena, "SourceSans3-Semibold.otf"), 600, false};
    struct text_font_file *mono = ARENA_ARRAY(arena, struct text_font_file, 1);
    mono[0] = (struct text_font_file){bundled(arena, "SourceCodePro-Regular.otf"), 400, false};
    config->families = ARENA_ARRAY(arena, struct text_font_family, 3);
    config->families[0] = (struct text_font_family){
        .name = "Source Serif 4", .id = "source-serif-4", .files = serif, .count = 4, .serif = true};
    config->families[1] = (struct text_font_family){
        .name = "Source Sans 3", .id = "source-sans-3", .files = sans, .count = 2, .serif = false};
    config->families[2] = (struct text_font_family){
        .name = "Source Code Pro", .id = "source-code-pro", .files = mono, .count = 1, .serif = false};
    config->family_count = 3;
    config->chosen[TEXT_HEADING] = 1;
    config->chosen[TEXT_MONO] = 2;
    config->fallbacks = give_fallbacks;
    config->use_fontconfig = use_fontconfig;
    return config;
}

struct support support;

void support_spell(struct arena *arena, const struct text_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        for (size_t j = 0; j < lines->items[i].segment_count; j++)
            text_spell(arena, &lines->items[i].segments[j]);
}

static struct text_engine *engine, spelling;

static struct text_lines set_and_spell(void *self, struct arena *arena, const struct text_paragraph *paragraph,
                                       struct diags *diags)
{
    struct text_lines lines = engine->set(self, arena, paragraph, diags);
    support_spell(arena, &lines);
    return lines;
}

int support_open(void **state)
{
    (void)state;
    arena_init(&support.arena);
    support.fonts = text_fonts_open(support_config(&support.arena, false));
    engine = text_engine_open(support.fonts);
    spelling = *engine;
    spelling.set = set_and_spell;
    support.engine = &spelling;
    return 0;
}

int support_close(void **state)
{
    (void)state;
    text_engine_close(engine);
    text_fonts_close(support.fonts);
    arena_done(&support.arena);
    return 0;
}

bool support_has_fallbacks(void)
{
    const char *const needed[] = {arabic[0], hebrew[0],   devanagari[0], thai[0],
                                  han[0],    japanese[0], korean[0]};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (access(needed[i], R_OK) != 0)
            return false;
    return true;
}

struct text_run support_run(const char *text)
{
    struct text_format format = {.family = TEXT_BODY, .weight = 400, .size_mpt = 10000};
    return (struct text_run){.text = str_from(text), .format = format};
}

struct text_paragraph support_paragraph(const struct text_run *runs, size_t count, int32_t width_mpt)
{
    return (struct text_paragraph){
        .runs = runs, .count = count, .width_mpt = width_mpt, .align = TEXT_JUSTIFY, .language = "en-GB"};
}

static int by_place(const void *a, const void *b)
{
    const char *left = ((const struct text_segment *)a)->text.p,
               *right = ((const struct text_segment *)b)->text.p;
    return left < right ? -1 : left > right;
}

/* Segments are slices of one text, so their addresses order them; only one with a hyphen is a copy, always
 * last. */
void support_text(struct buf *out, const struct text_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct text_line *line = &lines->items[i];
        struct text_segment *segments = malloc((line->segment_count + 1) * sizeof *segments);
        if (line->segment_count)
            memcpy(segments, line->segments, line->segment_count * sizeof *segments);
        struct text_segment hyphenated = {0};
        size_t count = 0;
        for (size_t j = 0; j < line->segment_count; j++)
            if (str_ends(line->segments[j].text, STR("\xC2\xAD")))
                hyphenated = line->segments[j];
            else
                segments[count++] = line->segments[j];
        qsort(segments, count, sizeof *segments, by_place);
        for (size_t j = 0; j < count; j++)
            buf_str(out, segments[j].text);
        buf_str(out, str_slice(hyphenated.text, 0, hyphenated.text.n ? hyphenated.text.n - 2 : 0));
        free(segments);
    }
}

struct arena support_scratch;
struct diags support_diags;

int support_prepare(void **state)
{
    (void)state;
    arena_init(&support_scratch);
    diags_init(&support_diags, &support_scratch);
    if (!support_has_fallbacks())
        skip();
    return 0;
}

int support_clear(void **state)
{
    (void)state;
    arena_done(&support_scratch);
    return 0;
}
