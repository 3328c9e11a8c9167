/* The key of a paragraph that is remembered: numbers and lengths, then the texts. */
#include "text/memo_key.h"

enum { HEAD_WORDS = 5, RUN_WORDS = 7 };

/* A language is told by its length, and none from an empty one. */
static size_t told_length(const char *language)
{
    return language ? strlen(language) + 1 : 0;
}

static uint32_t *put_run(uint32_t *out, const struct text_run *run, size_t language)
{
    const struct text_format *format = &run->format;
    *out++ = (uint32_t)format->family << 6 | (uint32_t)format->italic << 5 | (uint32_t)format->tabular << 4 |
             (uint32_t)format->old_style << 3 | (uint32_t)format->small_caps << 2 |
             (uint32_t)format->superscript << 1 | (uint32_t)run->no_break;
    *out++ = (uint32_t)format->weight;
    *out++ = (uint32_t)format->size_mpt;
    *out++ = (uint32_t)format->tracking_mpt;
    *out++ = run->tag;
    *out++ = (uint32_t)language;
    *out++ = (uint32_t)run->text.n;
    return out;
}

/* The numbers of widths leave out what widths do not depend on. */
static uint32_t *put_head(uint32_t *out, const struct text_paragraph *paragraph, enum memo_what what,
                          size_t language)
{
    bool lines = what == MEMO_LINES;
    *out++ = (uint32_t)what << 8 | (lines ? (uint32_t)paragraph->align << 2 : 0) |
             (uint32_t)paragraph->hyphenate << 1 | (uint32_t)paragraph->balanced;
    *out++ = lines ? (uint32_t)paragraph->width_mpt : 0;
    *out++ = lines ? (uint32_t)paragraph->first_indent_mpt : 0;
    *out++ = (uint32_t)paragraph->count;
    *out++ = (uint32_t)language;
    return out;
}

size_t memo_key_put(uint32_t *key, const struct text_paragraph *paragraph, enum memo_what what)
{
    const size_t head = HEAD_WORDS * sizeof *key, each = RUN_WORDS * sizeof *key;
    if (paragraph->count > (MEMO_KEY_MOST - head) / each)
        return 0;
    size_t language = told_length(paragraph->language), size = head + paragraph->count * each + language;
    uint32_t *out = put_head(key, paragraph, what, language);
    for (size_t i = 0; i < paragraph->count; i++) {
        const struct text_run *run = &paragraph->runs[i];
        size_t its = told_length(run->language);
        if (run->text.n > MEMO_KEY_MOST || its > MEMO_KEY_MOST)
            return 0;
        size += run->text.n + its;
        out = put_run(out, run, its);
    }
    if (size > MEMO_KEY_MOST || language > MEMO_KEY_MOST)
        return 0;
    unsigned char *end = memo_put(out, paragraph->language, language);
    for (size_t i = 0; i < paragraph->count; i++) {
        const struct text_run *run = &paragraph->runs[i];
        if (run->language)
            end = memo_put(end, run->language, told_length(run->language));
        end = memo_put(end, run->text.p, run->text.n);
    }
    return size;
}
