/* The engine: a paragraph in, lines out. */
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/hyphen.h"
#include "text/hyphen_cache.h"
#include "text/line.h"
#include "text/memo.h"

/* What a second engine has of its own. */
struct beside {
    struct text_font_config config; /* first */
    bool lacks;
};

struct engine {
    struct text_engine shown; /* first */
    struct text_fonts *fonts;
    struct shaper *shaper;
    struct hyphen_cache *hyphens;
    struct arena scratch;  /* empty between paragraphs, but for a block of its own */
    struct memo *memo;     /* what was set before, or NULL */
    struct beside *beside; /* of a second one; else NULL */
};

enum {
    SCRATCH_FIRST = 64 * 1024, /* enough for most paragraphs */
    LEAST_WIDTH_MPT = 1000,
    RAGGED_SHARE = 4, /* of the measure: what a ragged line may lack */
    LEAST_END_EMS = 2,
    LEAST_END_SHARE = 4, /* of a narrow measure that is enough for a last line */
    MEMO_USUAL = 256 * 1024,
    MEMO_SMALL = 128 * 1024
};

static struct arena_mark scratch_begin(struct engine *engine)
{
    arena_reserve(&engine->scratch, SCRATCH_FIRST);
    return arena_mark(&engine->scratch);
}

/* Everything up to the units. */
static void prepare(struct engine *engine, struct setting *setting, struct para *para,
                    const struct text_paragraph *paragraph, bool hangs, struct arena *keep,
                    struct diags *diags)
{
    struct arena *scratch = &engine->scratch;
    shaper_trim(engine->shaper);
    para_init(para, paragraph, keep, scratch);
    *setting = (struct setting){.para = para,
                                .shaper = engine->shaper,
                                .hyphens = engine->hyphens,
                                .scratch = scratch,
                                .hangs = hangs && !para->levels};
    items_find(&setting->items, para, engine->fonts, scratch, diags);
    units_find(setting);
}

static struct measure measure_of(const struct text_paragraph *paragraph)
{
    struct measure measure = {.width_mpt = paragraph->width_mpt};
    if (measure.width_mpt < LEAST_WIDTH_MPT)
        measure.width_mpt = LEAST_WIDTH_MPT;
    measure.first_mpt = measure.width_mpt - paragraph->first_indent_mpt;
    if (measure.first_mpt < LEAST_WIDTH_MPT)
        measure.first_mpt = LEAST_WIDTH_MPT;
    if (paragraph->align != TEXT_JUSTIFY)
        measure.ragged_mpt = measure.width_mpt / RAGGED_SHARE;
    measure.balanced = paragraph->balanced && measure.ragged_mpt;
    measure.least_end_mpt =
        (int64_t)LEAST_END_EMS * (paragraph->count ? paragraph->runs[0].format.size_mpt : 0);
    if (measure.least_end_mpt > measure.width_mpt / LEAST_END_SHARE)
        measure.least_end_mpt = measure.width_mpt / LEAST_END_SHARE;
    return measure;
}

/* Tries without hyphens, then with them, then anyhow. What fits on one line stands on it: a line more always
 * costs more. None where there is nothing to set or no font to set it in. */
static void choose_ends(struct setting *setting, const struct measure *measure, uint32_t **ends,
                        size_t *count)
{
    const struct text_paragraph *paragraph = setting->para->in;
    if (candidates_of_one_line(setting, measure->first_mpt)) {
        *ends = ARENA_NEW(setting->scratch, uint32_t);
        **ends = 1;
        *count = 1;
        return;
    }
    candidates_find(setting);
    if (setting->candidates.count < 2)
        return;
    int64_t least = measure->first_mpt < measure->width_mpt ? measure->first_mpt : measure->width_mpt;
    if (candidates_open_wide(setting, least))
        candidates_find(setting);
    bool ragged = measure->ragged_mpt > 0;
    if ((!ragged || paragraph->hyphenate) &&
        fit_lines(&setting->candidates, measure, FIT_STRICT, setting->scratch, ends, count))
        return;
    if (paragraph->hyphenate && hyphens_open(setting))
        candidates_find(setting);
    if (!ragged && fit_lines(&setting->candidates, measure, FIT_LOOSE, setting->scratch, ends, count))
        return;
    fit_lines(&setting->candidates, measure, FIT_ANYHOW, setting->scratch, ends, count);
}

/* Layout sets some texts more than once, and those of running heads on every page. */
static bool is_reported(const struct diags *diags, struct span at, struct str message)
{
    for (const struct diag *diag = diags->first; diag; diag = diag->next)
        if (diag->code == DIAG_LINE_OVERFULL && str_eq(diag->message, message) &&
            diag->span.source == at.source && diag->span.start == at.start)
            return true;
    return false;
}

/* Reports the widest line that is wider than its measure, where there is one. */
static void report_overfull(const struct setting *setting, const struct measure *measure,
                            const struct text_lines *lines, struct text_fonts *fonts, struct diags *diags)
{
    const struct text_line *widest = NULL;
    int64_t most = 0;
    for (size_t i = 0; i < lines->count; i++) {
        int64_t excess = lines->items[i].width_mpt - (i ? measure->width_mpt : measure->first_mpt);
        if (excess <= most)
            continue;
        most = excess;
        widest = &lines->items[i];
    }
    if (!widest || !diags || !widest->segment_count)
        return;
    fonts_note_report(fonts);
    const struct para *para = setting->para;
    const struct text_run *run = &para->in->runs[para_run(para, widest->segments[0].text_at)];
    char message[128];
    snprintf(message, sizeof message, "a line is %lld.%lld pt wider than its place", (long long)(most / 1000),
             (long long)(most % 1000 / 100));
    if (diags->per_code[DIAG_LINE_OVERFULL] <= diags->limit && is_reported(diags, run->at, str_from(message)))
        return;
    struct diag *diag = diag_add(diags, DIAG_LINE_OVERFULL, run->at, "%s", message);
    diag_hint(diags, diag, "shorten what stands there, or give it more room");
}

static struct text_lines set_now(struct engine *engine, struct arena *arena,
                                 const struct text_paragraph *paragraph, struct diags *diags)
{
    struct text_lines lines = {0};
    struct arena_mark mark = scratch_begin(engine);
    struct para para;
    struct setting setting;
    prepare(engine, &setting, &para, paragraph, paragraph->align == TEXT_JUSTIFY, arena, diags);
    struct measure measure = measure_of(paragraph);
    uint32_t *ends = NULL;
    choose_ends(&setting, &measure, &ends, &lines.count);
    if (lines.count) {
        lines.items = ARENA_ROOM(arena, struct text_line, lines.count);
        struct line_setter setter = {
            .setting = &setting, .fonts = engine->fonts, .keep = arena, .measure = &measure};
        const struct candidate *from = setting.candidates.items;
        for (size_t i = 0; i < lines.count; i++) {
            const struct candidate *to = &setting.candidates.items[ends[i]];
            line_set(&setter, from, to, i == 0, &lines.items[i]);
            from = to;
        }
        report_overfull(&setting, &measure, &lines, engine->fonts, diags);
    }
    arena_rewind(&engine->scratch, mark);
    return lines;
}

static struct text_lines engine_set(void *self, struct arena *arena, const struct text_paragraph *paragraph,
                                    struct diags *diags)
{
    struct engine *engine = self;
    struct text_lines lines;
    bool kept = engine->memo && diags && memo_turn_to(engine->memo, paragraph, MEMO_LINES);
    if (kept && memo_lines(engine->memo, arena, &lines))
        return lines;
    size_t reports = fonts_reports(engine->fonts);
    lines = set_now(engine, arena, paragraph, diags);
    if (kept && fonts_reports(engine->fonts) == reports)
        memo_keep_lines(engine->memo, &lines);
    return lines;
}

static void measure_now(struct engine *engine, const struct text_paragraph *paragraph, int32_t *least_mpt,
                        int32_t *most_mpt, struct diags *diags)
{
    struct arena_mark mark = scratch_begin(engine);
    struct para para;
    struct setting setting;
    int64_t least = 0, most = 0;
    prepare(engine, &setting, &para, paragraph, false, &engine->scratch, diags);
    candidates_find(&setting);
    if (setting.candidates.count > 1) {
        const struct candidate *start = setting.candidates.items, *all = start;
        for (size_t i = 1; i < setting.candidates.count; i++) {
            int64_t part = candidates_width(&all[i - 1], &all[i]);
            least = part > least ? part : least;
            if (all[i].place != PLACE_FORCED)
                continue;
            int64_t whole = candidates_width(start, &all[i]);
            most = whole > most ? whole : most;
            start = &all[i];
        }
        most = least > most ? least : most;
    }
    *least_mpt = least < INT32_MAX ? (int32_t)least : INT32_MAX;
    *most_mpt = most < INT32_MAX ? (int32_t)most : INT32_MAX;
    arena_rewind(&engine->scratch, mark);
}

static void engine_widths(void *self, const struct text_paragraph *paragraph, int32_t *least_mpt,
                          int32_t *most_mpt, struct diags *diags)
{
    struct engine *engine = self;
    bool kept = engine->memo && diags && memo_turn_to(engine->memo, paragraph, MEMO_WIDTHS);
    if (kept && memo_widths(engine->memo, least_mpt, most_mpt))
        return;
    size_t reports = fonts_reports(engine->fonts);
    measure_now(engine, paragraph, least_mpt, most_mpt, diags);
    if (kept && fonts_reports(engine->fonts) == reports)
        memo_keep_widths(engine->memo, *least_mpt, *most_mpt);
}

static struct text_engine *engine_open(struct text_fonts *fonts, size_t word_bytes)
{
    struct engine *engine = base_malloc(sizeof *engine);
    *engine = (struct engine){.fonts = fonts, .shaper = shaper_open(word_bytes), .hyphens = hyphen_cache_open()};
    engine->shown = (struct text_engine){.self = engine, .set = engine_set, .widths = engine_widths};
    return &engine->shown;
}

struct text_engine *text_engine_open(struct text_fonts *fonts)
{
    return engine_open(fonts, SHAPER_USUAL);
}

void text_engine_remember(struct text_engine *engine)
{
    struct engine *own = engine->self;
    if (!own->memo)
        own->memo = memo_open(own->beside ? MEMO_SMALL : MEMO_USUAL);
}

/* It is told here, and gets none. */
static struct text_fallbacks no_fallbacks(const struct text_font_config *config, struct diags *diags)
{
    (void)diags;
    ((struct beside *)config)->lacks = true;
    return (struct text_fallbacks){0};
}

struct text_engine *text_engine_second(const struct text_engine *first)
{
    const struct engine *of = first->self;
    struct beside *beside = base_malloc(sizeof *beside);
    *beside = (struct beside){.config = *fonts_config(of->fonts)};
    beside->config.fallbacks = no_fallbacks;
    beside->config.use_fontconfig = false;
    struct text_engine *engine = engine_open(text_fonts_open(&beside->config), SHAPER_SMALL);
    ((struct engine *)engine->self)->beside = beside;
    if (of->memo)
        text_engine_remember(engine);
    return engine;
}

bool text_engine_lacks(const struct text_engine *second)
{
    return ((const struct engine *)second->self)->beside->lacks;
}

bool text_engine_adopt(const struct text_engine *first, const struct text_lines *lines)
{
    const struct text_fonts *fonts = ((const struct engine *)first->self)->fonts;
    const struct text_face *last = NULL;
    const struct face *same = NULL;
    for (size_t i = 0; i < lines->count; i++)
        for (size_t j = 0; j < lines->items[i].segment_count; j++) {
            struct text_segment *segment = &lines->items[i].segments[j];
            if (segment->face != last) {
                last = segment->face;
                same = fonts_same(fonts, last);
            }
            if (!same)
                return false;
            segment->face = &same->shown;
        }
    return true;
}

void text_engine_close(struct text_engine *engine)
{
    if (!engine)
        return;
    struct engine *own = engine->self;
    arena_done(&own->scratch);
    shaper_close(own->shaper);
    hyphen_cache_close(own->hyphens);
    memo_close(own->memo);
    if (own->beside)
        text_fonts_close(own->fonts);
    free(own->beside);
    free(own);
}
