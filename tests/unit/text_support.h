/* Fonts for the tests of text: the bundled families, and the fallbacks that Debian's packages install. */
#ifndef BRIEFING_TESTS_TEXT_SUPPORT_H
#define BRIEFING_TESTS_TEXT_SUPPORT_H

#include "base/buf.h"
#include "text/text.h"

/* The config of fonts/fonts.yaml as far as the tests need it. Paths live in the arena. */
const struct text_font_config *support_config(struct arena *arena, bool use_fontconfig);

/* Spells out the glyphs of lines that an engine has set. */
void support_spell(struct arena *arena, const struct text_lines *lines);

/* An engine on these fonts, whose lines have their glyphs spelled out, for a whole group of tests: set-up and tear-down for cmocka_run_group_tests. */
struct support {
    struct arena arena;
    struct text_fonts *fonts;
    struct text_engine *engine;
};
extern struct support support;
int support_open(void **state);
int support_close(void **state);

/* Set-up and tear-down of one test that needs the fonts of other scripts: skips it where they are not
 * installed. */
extern struct arena support_scratch;
extern struct diags support_diags;
int support_prepare(void **state);
int support_clear(void **state);

/* Whether the fonts of other scripts are installed here. */
bool support_has_fallbacks(void);

struct text_run support_run(const char *text);
struct text_paragraph support_paragraph(const struct text_run *runs, size_t count, int32_t width_mpt);

/* The texts of a line's or paragraph's segments in logical order: by place in the source, hyphens left out.
 */
void support_text(struct buf *out, const struct text_lines *lines);

#endif
