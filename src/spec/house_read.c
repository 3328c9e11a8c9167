/* Reading a house: its own rules, and what it takes from the built-in one. */
#include "base/decimal.h"
#include "base/file.h"
#include "spec/decode.h"
#include "spec/tiers.h"

/* src/spec/house-default.yaml, made a part of the program by the build. */
extern const char house_default_yaml[];
extern const unsigned long house_default_yaml_size;

enum { HUNDREDTHS = 101 };

/* The place beside a gap: the band above it, else the one below, else the scale. */
static struct span beside_gap(const struct scale *scale, int from, int to)
{
    for (size_t i = 0; i < scale->bands.count; i++)
        if (scale->bands.items[i].from.hundredths == to + 1)
            return scale->bands.items[i].from.at;
    for (size_t i = 0; i < scale->bands.count; i++)
        if (scale->bands.items[i].to.hundredths == from - 1)
            return scale->bands.items[i].to.at;
    return scale->span;
}

static void report_gaps(struct arena *arena, const struct scale *scale, const size_t *holder,
                        struct diags *diags)
{
    for (int from = 0; from < HUNDREDTHS; from++) {
        if (holder[from])
            continue;
        int to = from;
        while (to + 1 < HUNDREDTHS && !holder[to + 1])
            to++;
        struct str low = score_format(arena, from), high = score_format(arena, to);
        struct span at = beside_gap(scale, from, to);
        if (from == to)
            diag_add(diags, DIAG_BAND_GAP, at, STR_FMT " lies in no band of the scale", STR_ARG(low));
        else
            diag_add(diags, DIAG_BAND_GAP, at, STR_FMT " to " STR_FMT " lie in no band of the scale",
                     STR_ARG(low), STR_ARG(high));
        from = to;
    }
}

static void check_scale(struct arena *arena, const struct scale *scale, struct diags *diags)
{
    size_t holder[HUNDREDTHS] = {0}; /* index of the band plus 1 */
    bool whole = scale->bands.count > 0;
    for (size_t i = 0; i < scale->bands.count; i++) {
        const struct band *band = &scale->bands.items[i];
        if (band->from.hundredths < 0 || band->to.hundredths < 0) {
            whole = false;
            continue;
        }
        if (band->to.hundredths < band->from.hundredths) {
            diag_add(diags, DIAG_BAND_ORDER, band->to.at,
                     "the band ends at " STR_FMT ", below its beginning " STR_FMT,
                     STR_ARG(score_format(arena, band->to.hundredths)),
                     STR_ARG(score_format(arena, band->from.hundredths)));
            whole = false;
        }
        bool told = false;
        for (int h = band->from.hundredths; h <= band->to.hundredths; h++) {
            if (holder[h] && !told) {
                int last = h;
                while (last < band->to.hundredths && holder[last + 1])
                    last++;
                struct str from = score_format(arena, h), to = score_format(arena, last);
                struct diag *diag = last == h ? diag_add(diags, DIAG_BAND_OVERLAP, band->from.at,
                                                         STR_FMT " lies in two bands", STR_ARG(from))
                                              : diag_add(diags, DIAG_BAND_OVERLAP, band->from.at,
                                                         STR_FMT " to " STR_FMT " lie in two bands",
                                                         STR_ARG(from), STR_ARG(to));
                diag_note(diags, diag, scale->bands.items[holder[h] - 1].from.at,
                          "the other one begins here");
                told = true;
            }
            holder[h] = i + 1;
        }
    }
    if (whole)
        report_gaps(arena, scale, holder, diags);
}

static bool is_complete(const struct house *house)
{
    return house->product.s.n && house->language.s.n && house->tiers.count && house->default_tier.s.n &&
           house->scale.title.s.n && house->scale.bands.count && house->paper != PAPER_NONE &&
           house->theme.accent.s.n;
}

/* What the house leaves out is as in the built-in one. */
static void complete(struct house *house, const struct house *standard, struct diags *diags)
{
    if (house->product.s.n == 0)
        house->product = standard->product;
    if (house->language.s.n == 0)
        house->language = standard->language;
    if (house->tiers.count == 0)
        house->tiers = standard->tiers;
    if (house->default_tier.s.n == 0 && house_tier(house, standard->default_tier.s)) {
        house->default_tier = standard->default_tier;
    } else if (house->default_tier.s.n == 0) {
        struct diag *diag = diag_add(diags, DIAG_MISSING_KEY, house->tiers.items[0].span,
                                     "missing key 'default_tier': this house has no tier '" STR_FMT "'",
                                     STR_ARG(standard->default_tier.s));
        diag_hint(diags, diag, "name the tier that may read what names no audience");
    }
    if (house->scale.title.s.n == 0)
        house->scale.title = standard->scale.title;
    if (house->scale.bands.count == 0)
        house->scale.bands = standard->scale.bands;
    if (house->paper == PAPER_NONE)
        house->paper = standard->paper;
    if (house->theme.accent.s.n == 0)
        house->theme.accent = standard->theme.accent;
}

static struct house *decode_house(struct arena *arena, struct diag_source *source, struct diags *diags)
{
    struct reader reader = {.arena = arena, .diags = diags, .source = source, .kind = FILE_HOUSE};
    if (!str_is(source->name, "<stdin>"))
        reader.folder = str_z(arena, file_folder(source->name));
    struct house *house = ARENA_NEW(arena, struct house);
    house->source = source;
    decode_file(&reader, house);
    return house;
}

static void check_house(struct arena *arena, const struct house *house, struct diags *diags)
{
    check_scale(arena, &house->scale, diags);
    tiers_check_house(arena, house, diags);
}

/* The built-in house. Its scale is most of it, and stands last: without it that much less is read. */
static struct house *built_in(struct arena *arena, bool with_scale, struct diags *diags)
{
    struct str text = {house_default_yaml, house_default_yaml_size};
    if (!with_scale)
        text = str_slice(text, 0, str_find(text, STR("\nscale:")));
    struct diag_source *source = diag_source_new(arena, STR("<built-in house>"), text);
    struct house *house = decode_house(arena, source, diags);
    check_house(arena, house, diags);
    return house;
}

struct house *house_read(struct arena *arena, struct diag_source *source, struct diags *diags)
{
    size_t errors = diags->errors;
    struct house *house = decode_house(arena, source, diags);
    bool has_scale = house->scale.title.s.n && house->scale.bands.count;
    if (!is_complete(house))
        complete(house, built_in(arena, !has_scale, diags), diags);
    check_house(arena, house, diags);
    return diags->errors == errors ? house : NULL;
}

struct house *house_default(struct arena *arena, struct diags *diags)
{
    return built_in(arena, true, diags);
}
