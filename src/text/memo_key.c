/* The key of a paragraph that is remembered: numbers and lengths, then the texts. */
#include "text/memo_key.h"

enum { HEAD_WORDS = 5, RUN_WORDS = 7 };

static size_t length_of(const char *text)
{
    return text ? strlen(text) : 0;
}

size_t memo_key_size(const struct text_paragraph *paragraph)
{
    size_t head = HEAD_WORDS * sizeof(uint32_t), each = RUN_WORDS * sizeof(uint32_t);
    if (paragraph->count > MEMO_KEY_MOST / each)
        return MEMO_KEY_MOST + 1;
    size_t size = head + paragraph->count * each + length_of(paragraph->language);
    for (size_t i = 0; i < paragraph->count && size <= MEMO_KEY_MOST; i++) {
        if (paragraph->runs[i].text.n > MEMO_KEY_MOST)
            return MEMO_KEY_MOST + 1;
        size += paragraph->runs[i].text.n + length_of(paragraph->runs[i].language);
    }
    return size;
}

/* A language is told by its length, and none from an empty one. */
static uint32_t told_length(const char *language)
{
    return language ? (uint32_t)strlen(language) + 1 : 0;
}

static uint32_t *put_run(uint32_t *out, const struct text_run *run)
{
    const struct text_format *format = &run->format;
    *out++ = (uint32_t)format->family << 6 | (uint32_t)format->italic << 5 | (uint32_t)format->tabular << 4 |
             (uint32_t)format->old_style << 3 | (uint32_t)format->small_caps << 2 |
             (uint32_t)format->superscript << 1 | (uint32_t)run->no_break;
    *out++ = (uint32_t)format->weight;
    *out++ = (uint32_t)format->size_mpt;
    *out++ = (uint32_t)format->tracking_mpt;
    *out++ = run->tag;
    *out++ = told_length(run->language);
    *out++ = (uint32_t)run->text.n;
    return out;
}

size_t memo_key_put(uint32_t *key, const struct text_paragraph *paragraph, enum memo_what what)
{
    uint32_t *out = key;
    *out++ = (uint32_t)what << 8 | (uint32_t)paragraph->align << 2 | (uint32_t)paragraph->hyphenate << 1 |
             (uint32_t)paragraph->balanced;
    *out++ = (uint32_t)paragraph->width_mpt;
    *out++ = (uint32_t)paragraph->first_indent_mpt;
    *out++ = (uint32_t)paragraph->count;
    *out++ = told_length(paragraph->language);
    for (size_t i = 0; i < paragraph->count; i++)
        out = put_run(out, &paragraph->runs[i]);
    unsigned char *end = memo_put(out, paragraph->language, length_of(paragraph->language));
    for (size_t i = 0; i < paragraph->count; i++) {
        const struct text_run *run = &paragraph->runs[i];
        end = memo_put(end, run->language, length_of(run->language));
        end = memo_put(end, run->text.p, run->text.n);
    }
    return (size_t)(end - (unsigned char *)key);
}
