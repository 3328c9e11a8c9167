/* The diagnostics for what cannot be drawn: a character that no font has, a pile of marks. */
#include "text/item.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "text/icu.h"

/* The character's own bytes where the source holds the run's text as it is, else the run's span. */
static struct span place_of(const struct text_run *run, struct str character)
{
    struct span at = run->at;
    if (!at.source || at.end < at.start || at.end > at.source->text.n || at.end - at.start != run->text.n ||
        memcmp(at.source->text.p + at.start, run->text.p, run->text.n) != 0)
        return at;
    size_t offset = str_find(run->text, character);
    return offset > run->text.n ? at : span_at(at.source, at.start + offset, at.start + offset + character.n);
}

/* Layout measures and sets the same text several times; running heads repeat, without a place, what stands in the text. */
static bool is_known(const struct diags *diags, enum diag_code code, struct span at, struct str message)
{
    for (const struct diag *diag = diags->first; diag; diag = diag->next)
        if (diag->code == code && str_eq(diag->message, message) &&
            (!at.source || (diag->span.source == at.source && diag->span.start == at.start)))
            return true;
    return false;
}

void missing_report(struct diags *diags, struct text_fonts *fonts, const struct text_run *run,
                    struct str character, uint32_t code_point, const char *key)
{
    char name[128] = "";
    struct str called = icu_name(code_point, name, sizeof name) && name[0] ? str_from(name) : character;
    if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0))
        called = str_from("control character");
    struct span at = place_of(run, character);
    if (diags->per_code[DIAG_MISSING_GLYPH] <= diags->limit) {
        char message[sizeof name + 512];
        snprintf(message, sizeof message, "missing glyph U+%04X '" STR_FMT "'", code_point, STR_ARG(called));
        if (is_known(diags, DIAG_MISSING_GLYPH, at, str_from(message)))
            return;
    }
    struct diag *diag = diag_add(diags, DIAG_MISSING_GLYPH, at, "missing glyph U+%04X '" STR_FMT "'",
                                 code_point, STR_ARG(called));
    const char *package = fonts_package(fonts, key);
    if (package)
        diag_hint(diags, diag, "install the package %s, which has fonts for this script", package);
    else
        diag_hint(diags, diag,
                  "no font here has it; install one that does and name it in fonts/fallback.yaml, or print "
                  "without the character by --allow missing-glyph");
}

void missing_piled(struct diags *diags, const struct text_run *run, struct str cluster)
{
    size_t i = 0;
    int32_t c = utf8_next(cluster, &i);
    char message[64];
    snprintf(message, sizeof message, "more than %d marks on one letter, U+%04X", MARKS_MOST, (unsigned)c);
    struct span at = place_of(run, str_slice(cluster, 0, i));
    if (diags->per_code[DIAG_MARKS_PILED] > diags->limit ||
        is_known(diags, DIAG_MARKS_PILED, at, str_from(message)))
        return;
    struct diag *diag = diag_add(diags, DIAG_MARKS_PILED, at, "%s", message);
    diag_hint(diags, diag, "the text stays whole, but most of its marks are drawn on top of each other");
}
