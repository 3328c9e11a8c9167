/* ICU, opened on first need: its start costs more than setting a page of plain Latin text. */
#include "text/icu.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

/* ICU's headers rename each function to one with the version in its name; a macro's argument sees the new
 * name. */
#define NAME_OF_(x) #x
#define NAME_OF(x) NAME_OF_(x)

static struct {
    bool tried, ready;
    __typeof__(ubidi_open) *bidi_open;
    __typeof__(ubidi_close) *bidi_close;
    __typeof__(ubidi_setPara) *bidi_set;
    __typeof__(ubidi_getLevels) *bidi_levels;
    __typeof__(ubidi_getParaLevel) *bidi_base;
    __typeof__(ubrk_open) *brk_open;
    __typeof__(ubrk_close) *brk_close;
    __typeof__(ubrk_setText) *brk_text;
    __typeof__(ubrk_first) *brk_first;
    __typeof__(ubrk_next) *brk_next;
    __typeof__(u_charName) *char_name;
    UBreakIterator *lines; /* kept: making one costs up to 4 ms */
    char language[3];      /* of it */
} icu;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* what stands there is for one thread at a time */

static bool take(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

static bool load(void)
{
    if (icu.tried)
        return icu.ready;
    icu.tried = true;
    void *library = dlopen(BRIEFING_ICUUC_SONAME, RTLD_LAZY | RTLD_LOCAL);
    icu.ready = library && take(library, NAME_OF(ubidi_open), &icu.bidi_open) &&
                take(library, NAME_OF(ubidi_close), &icu.bidi_close) &&
                take(library, NAME_OF(ubidi_setPara), &icu.bidi_set) &&
                take(library, NAME_OF(ubidi_getLevels), &icu.bidi_levels) &&
                take(library, NAME_OF(ubidi_getParaLevel), &icu.bidi_base) &&
                take(library, NAME_OF(ubrk_open), &icu.brk_open) &&
                take(library, NAME_OF(ubrk_close), &icu.brk_close) &&
                take(library, NAME_OF(ubrk_setText), &icu.brk_text) &&
                take(library, NAME_OF(ubrk_first), &icu.brk_first) &&
                take(library, NAME_OF(ubrk_next), &icu.brk_next) &&
                take(library, NAME_OF(u_charName), &icu.char_name);
    return icu.ready;
}

enum { LRI = 0x2066, FSI = 0x2068, PDI = 0x2069 }; /* signs of isolates, RLI among them */

struct utf16 {
    UChar *units;
    uint32_t *from; /* byte offset of each unit, and the end */
    int32_t count;
};

static void add_unit(struct utf16 *out, int32_t unit, size_t at)
{
    out->from[out->count] = (uint32_t)at;
    out->units[out->count++] = (UChar)unit;
}

/* Line ends and paragraph separators become spaces: a paragraph is one here. Islands get their signs, which
 * take no byte. */
static struct utf16 to_utf16(struct arena *scratch, struct str text, const struct icu_island *islands,
                             size_t count)
{
    size_t most = text.n + 2 * count + 1, next = 0;
    struct utf16 out = {ARENA_ARRAY(scratch, UChar, most), ARENA_ARRAY(scratch, uint32_t, most), 0};
    for (size_t i = 0; i < text.n;) {
        if (islands && next < count && i == islands[next].from)
            add_unit(&out, islands[next].ltr ? LRI : FSI, i);
        size_t at = i;
        int32_t c = utf8_next(text, &i);
        if (c < 0)
            c = 0xFFFD;
        if ((c < 0x20) || c == 0x85 || c == 0x2029)
            c = ' ';
        if (c >= 0x10000) {
            add_unit(&out, 0xD800 + ((c - 0x10000) >> 10), at);
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        add_unit(&out, c, at);
        if (islands && next < count && i >= islands[next].to) {
            add_unit(&out, PDI, i);
            next++;
        }
    }
    out.from[out.count] = (uint32_t)text.n;
    return out;
}

static bool find_levels(struct arena *scratch, struct str text, enum icu_base base, const struct icu_island *islands,
                        size_t count, uint8_t *levels, uint8_t *edges, bool *rtl)
{
    if (text.n > INT32_MAX / 4 || !load())
        return false;
    struct utf16 wide = to_utf16(scratch, text, islands, count);
    UErrorCode status = U_ZERO_ERROR;
    UBiDi *bidi = icu.bidi_open();
    if (!bidi)
        base_out_of_memory();
    UBiDiLevel wanted = base == ICU_LTR ? 0 : base == ICU_RTL ? 1 : UBIDI_DEFAULT_LTR;
    icu.bidi_set(bidi, wide.units, wide.count, wanted, NULL, &status);
    const UBiDiLevel *found = U_SUCCESS(status) ? icu.bidi_levels(bidi, &status) : NULL;
    bool ok = U_SUCCESS(status) && found;
    if (ok) {
        *rtl = icu.bidi_base(bidi) & 1;
        for (int32_t i = 0; i < wide.count; i++) {
            memset(levels + wide.from[i], found[i], wide.from[i + 1] - wide.from[i]);
            uint8_t *edge = edges ? &edges[wide.from[i]] : NULL;
            if (edge && wide.units[i] >= LRI && wide.units[i] <= PDI && (!*edge || *edge > found[i] + 1))
                *edge = (uint8_t)(found[i] + 1);
        }
    }
    icu.bidi_close(bidi);
    return ok;
}

bool icu_levels(struct arena *scratch, struct str text, enum icu_base base, const struct icu_island *islands,
                size_t count, uint8_t *levels, uint8_t *edges, bool *rtl)
{
    pthread_mutex_lock(&lock);
    bool ok = find_levels(scratch, text, base, islands, count, levels, edges, rtl);
    pthread_mutex_unlock(&lock);
    return ok;
}

static UBreakIterator *line_iterator(const char *language)
{
    char wanted[3] = "";
    static const char *const tailored[] = {"ja", "zh", "ko"};
    for (size_t i = 0; language && i < sizeof tailored / sizeof tailored[0]; i++)
        if (strncmp(language, tailored[i], 2) == 0 && (language[2] == '\0' || language[2] == '-'))
            memcpy(wanted, tailored[i], sizeof wanted);
    if (icu.lines && strcmp(wanted, icu.language) == 0)
        return icu.lines;
    if (icu.lines)
        icu.brk_close(icu.lines);
    UErrorCode status = U_ZERO_ERROR;
    icu.lines = icu.brk_open(UBRK_LINE, wanted, NULL, 0, &status);
    if (U_FAILURE(status))
        icu.lines = NULL;
    memcpy(icu.language, wanted, sizeof wanted);
    return icu.lines;
}

static bool find_breaks(struct arena *scratch, struct str text, const char *language, uint8_t *breaks)
{
    if (text.n > INT32_MAX / 4 || !load())
        return false;
    UBreakIterator *lines = line_iterator(language);
    if (!lines)
        return false;
    struct utf16 wide = to_utf16(scratch, text, NULL, 0);
    UErrorCode status = U_ZERO_ERROR;
    icu.brk_text(lines, wide.units, wide.count, &status);
    if (U_FAILURE(status))
        return false;
    for (int32_t at = icu.brk_first(lines); at != UBRK_DONE; at = icu.brk_next(lines))
        breaks[wide.from[at]] = 1;
    icu.brk_text(lines, u"", 0, &status); /* keeps no pointer into the scratch arena */
    return true;
}

bool icu_breaks(struct arena *scratch, struct str text, const char *language, uint8_t *breaks)
{
    pthread_mutex_lock(&lock);
    bool ok = find_breaks(scratch, text, language, breaks);
    pthread_mutex_unlock(&lock);
    return ok;
}

static bool find_name(uint32_t code_point, char *name, size_t size)
{
    if (!load())
        return false;
    UErrorCode status = U_ZERO_ERROR;
    icu.char_name((UChar32)code_point, U_UNICODE_CHAR_NAME, name, (int32_t)size, &status);
    return U_SUCCESS(status);
}

bool icu_name(uint32_t code_point, char *name, size_t size)
{
    pthread_mutex_lock(&lock);
    bool ok = find_name(code_point, name, size);
    pthread_mutex_unlock(&lock);
    return ok;
}
