/* Tables after the Unicode CLDR: delimiters and the Gregorian calendar. */
#include "block/languages.h"

#include <string.h>

/* No-break spaces stand where French wants them: narrow, as print sets them; Canada spaces its guillemets alone. */
static const struct language_marks marks[] = {
    {"en", "“", "”", "‘", "’"},
    {"de-CH", "«", "»", "‹", "›"},
    {"de-LI", "«", "»", "‹", "›"},
    {"de", "„", "“", "‚", "‘"},
    {"fr-CA", "«\u00a0", "\u00a0»", "“", "”"},
    {"fr", "«\u202f", "\u202f»", "“", "”"},
    {"es", "«", "»", "“", "”"},
    {"it", "«", "»", "“", "”"},
    {"pt", "“", "”", "‘", "’"},
    {"nl", "‘", "’", "“", "”"},
    {"pl", "„", "”", "«", "»"},
    {"cs", "„", "“", "‚", "‘"},
    {"sv", "”", "”", "’", "’"},
    {"fi", "”", "”", "’", "’"},
    {"da", "“", "”", "‘", "’"},
    {"nb", "«", "»", "‘", "’"},
    {"ru", "«", "»", "„", "“"},
    {"uk", "«", "»", "„", "“"},
    {"el", "«", "»", "“", "”"},
    {"ja", "「", "」", "『", "』"},
    {"zh-Hant", "「", "」", "『", "』"},
    {"zh-TW", "「", "」", "『", "』"},
    {"zh-HK", "「", "」", "『", "』"},
    {"zh-MO", "「", "」", "『", "』"},
    {"zh", "“", "”", "‘", "’"},
    {"hu", "„", "”", "»", "«"},
    {"ro", "„", "”", "«", "»"},
};

static const struct language_dates dates[] = {
    {.language = "de",
     .months = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
                "November", "Dezember"},
     .brief = {"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
     .day = "{day}. {month} {year}", .day_brief = "{day}. {month} {year}",
     .month = "{month} {year}", .month_brief = "{month} {year}"},
    {.language = "fr",
     .months = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
                "novembre", "décembre"},
     .brief = {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
     .day = "{day} {month} {year}", .day_brief = "{day} {month} {year}",
     .month = "{month} {year}", .month_brief = "{month} {year}", .first = "1er"},
    {.language = "es",
     .months = {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
                "noviembre", "diciembre"},
     .brief = {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
     .day = "{day} de {month} de {year}", .day_brief = "{day} {month} {year}",
     .month = "{month} de {year}", .month_brief = "{month} {year}"},
    {.language = "it",
     .months = {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
                "ottobre", "novembre", "dicembre"},
     .brief = {"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"},
     .day = "{day} {month} {year}", .day_brief = "{day} {month} {year}",
     .month = "{month} {year}", .month_brief = "{month} {year}"},
    {.language = "nl",
     .months = {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
                "november", "december"},
     .brief = {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
     .day = "{day} {month} {year}", .day_brief = "{day} {month} {year}",
     .month = "{month} {year}", .month_brief = "{month} {year}"},
    {.language = "pt",
     .months = {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro",
                "novembro", "dezembro"},
     .brief = {"jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."},
     .day = "{day} de {month} de {year}", .day_brief = "{day} de {month} de {year}",
     .month = "{month} de {year}", .month_brief = "{month} de {year}"},
};

bool language_is(struct str language, const char *primary)
{
    size_t n = strlen(primary);
    return str_starts(language, str_from(primary)) && (language.n == n || language.p[n] == '-');
}

bool language_spaces_signs(struct str language)
{
    return language_is(language, "fr") && !language_is(language, "fr-CA");
}

const struct language_marks *language_marks_find(struct str language)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (language_is(language, marks[i].language))
            return &marks[i];
    return NULL;
}

const struct language_dates *language_dates_find(struct str language)
{
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        if (language_is(language, dates[i].language))
            return &dates[i];
    return NULL;
}
