/* Houses, fonts, dates and editions as the options and the environment ask. */
#include "cli/session.h"

#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/hash.h"
#include "cli/fonts_config.h"
#include "pdf/pdf.h"
#include "yaml/yaml_tree.h"

struct house *session_house(struct arena *arena, const struct options *options, struct diags *diags)
{
    const char *path = options->value[OPTION_HOUSE];
    if (!path)
        return house_default(arena, diags);
    struct diag_source *source = spec_open(arena, path, YAML_MAX_BYTES, diags);
    if (!source)
        return NULL;
    return house_read(arena, source, diags);
}

static void read_fonts(void *data, enum aside_who who)
{
    struct session_fonts *fonts = data;
    struct diags reports;
    (void)who;
    hash_hurry(); /* before anything is digested: that waits for this job */
    diags_init(&reports, &fonts->arena);
    fonts->folder = fonts_config_folder(&fonts->arena, &reports);
    fonts->config = fonts->folder ? fonts_config_read(&fonts->arena, fonts->folder, &reports) : NULL;
    if (reports.errors || reports.warnings)
        fonts->config = NULL;
}

static void open_library(void *data, enum aside_who who)
{
    (void)data;
    if (who == ASIDE_HELPER) /* else it waits for a document that comes so far */
        pdf_library_open();
}

void session_fonts_begin(struct session_fonts *fonts, struct aside *aside)
{
    *fonts = (struct session_fonts){.aside = aside};
    aside_start(aside, &fonts->job, read_fonts, fonts);
    aside_start(aside, &fonts->library, open_library, NULL);
}

void session_fonts_done(struct session_fonts *fonts, struct arena *arena)
{
    aside_finish(fonts->aside, &fonts->job);
    aside_finish(fonts->aside, &fonts->library);
    arena_join(arena, &fonts->arena);
}

bool session_open(struct session *session, struct arena *arena, const struct house *house,
                  struct diags *diags)
{
    if (!session_open_with(session, NULL, arena, house, diags))
        return false;
    text_engine_remember(session->context.engine);
    return true;
}

bool session_open_with(struct session *session, struct session_fonts *fonts, struct arena *arena,
                       const struct house *house, struct diags *diags)
{
    *session = (struct session){0};
    struct text_font_config *config = NULL;
    if (fonts) {
        aside_finish(fonts->aside, &fonts->job);
        session->folder = fonts->folder;
        config = fonts->config;
    } else {
        hash_hurry(); /* a document is digested as it is written */
    }
    if (!config) {
        session->folder = fonts_config_folder(arena, diags);
        config = session->folder ? fonts_config_read(arena, session->folder, diags) : NULL;
    }
    if (!config || !fonts_config_choose(config, &house->theme, diags))
        return false;
    session->fonts = text_fonts_open(config);
    session->context.engine = text_engine_open(session->fonts);
    session->context.writer = pdf_writer_open();
    session->context.images = image_cache_open();
    return true;
}

void session_close(struct session *session)
{
    if (session->context.second)
        compile_hurry(&session->context, NULL);
    image_cache_close(session->context.images);
    if (session->context.writer)
        pdf_writer_close(session->context.writer);
    if (session->context.engine)
        text_engine_close(session->context.engine);
    if (session->fonts)
        text_fonts_close(session->fonts);
    *session = (struct session){0};
}

bool session_edition(const struct options *options, struct edition_id *edition, struct diags *diags)
{
    const char *text = options->value[OPTION_EDITION];
    if (!text || edition_parse(str_from(text), edition))
        return true;
    struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "--edition: '%s' is no edition", text);
    diag_hint(diags, diag, "2026-Q4 (quarter), 2026-11 (month) or 2026 (year)");
    return false;
}

bool session_tier(const struct house *house, struct str tier, struct diags *diags)
{
    if (house_tier(house, tier))
        return true;
    struct diag *diag = diag_add(diags, DIAG_UNKNOWN_TIER_OPTION, span_none(),
                                 "--tier: the house has no tier '" STR_FMT "'", STR_ARG(tier));
    struct str *ids = ARENA_ARRAY(diags->arena, struct str, house->tiers.count);
    struct buf list = {0};
    for (size_t i = 0; i < house->tiers.count; i++) {
        ids[i] = house->tiers.items[i].id.s;
        buf_printf(&list, "%s" STR_FMT, i ? ", " : "", STR_ARG(ids[i]));
    }
    struct str nearest = str_nearest(tier, ids, house->tiers.count);
    if (nearest.n)
        diag_hint(diags, diag, "did you mean '" STR_FMT "'?", STR_ARG(nearest));
    else
        diag_hint(diags, diag, "it has " STR_FMT, STR_ARG(buf_view(&list)));
    buf_done(&list);
    return false;
}

static bool epoch_date(const char *text, struct date *date)
{
    int64_t seconds = 0;
    if (!*text)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || seconds > INT64_MAX / 100)
            return false;
        seconds = seconds * 10 + (*text - '0');
    }
    *date = date_from_epoch(seconds);
    return date_is_set(*date);
}

bool session_date(const struct options *options, struct date as_of, struct date *date, struct diags *diags)
{
    const char *text = options->value[OPTION_DATE], *epoch = getenv("SOURCE_DATE_EPOCH");
    *date = as_of;
    if (text) {
        if (date_parse(str_from(text), false, date))
            return true;
        struct diag *diag =
            diag_add(diags, DIAG_USAGE, span_none(), "--date: '%s' is no day of the calendar", text);
        diag_hint(diags, diag, "a date is written 2026-11-21");
        return false;
    }
    if (epoch && *epoch && !epoch_date(epoch, date)) {
        struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(),
                                     "SOURCE_DATE_EPOCH: '%s' is no number of seconds since 1970", epoch);
        diag_hint(diags, diag, "unset it, or give --date YYYY-MM-DD");
        return false;
    }
    return true;
}

static struct timespec start;

void session_start(void)
{
    clock_gettime(CLOCK_MONOTONIC, &start);
}

void session_tell(const struct session *session, const struct options *options)
{
    if (!options->given[OPTION_VERBOSE] || options->given[OPTION_QUIET])
        return;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long ms = (long)(now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000;
    const char *house = options->value[OPTION_HOUSE];
    struct buf text = {0};
    buf_printf(&text, "house %s\nfonts %s\ntook %ld ms\n", house ? house : "built in",
               session->folder ? session->folder : "not opened", ms);
    const char *ignored = NULL; /* a closed standard error undoes nothing */
    (void)!file_write_fd(2, buf_view(&text), &ignored);
    buf_done(&text);
}
