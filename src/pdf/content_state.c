/* The text state that a page's stream is in: a font, a scale or a word spacing is set when it changes. */
#include "pdf/content.h"

#include "pdf/token.h"

enum { SAME_WORD_MPT = 1 /* by which word spacings of stretches may differ and still be the same */ };

void content_font(struct content *content, const struct font *font, int32_t size_mpt)
{
    size_t number = (size_t)(font - content->fonts->items) + 1;
    if (content->font == number && content->size_mpt == size_mpt)
        return;
    content->font = number;
    content->size_mpt = size_mpt;
    content_delimit(content->out);
    buf_text(content->out, "/F");
    token_int(content->out, (int64_t)number - 1);
    buf_char(content->out, ' ');
    token_milli(content->out, size_mpt);
    buf_text(content->out, " Tf\n");
}

void content_scale(struct content *content, int16_t wider_pcm)
{
    if (content->wider_pcm == wider_pcm)
        return;
    content->wider_pcm = wider_pcm;
    token_milli(content->out, 100000 + wider_pcm);
    buf_text(content->out, " Tz\n");
}

void content_word_space(struct content *content, int32_t word_mpt)
{
    int64_t more = (int64_t)word_mpt - content->word_mpt;
    if (more >= -SAME_WORD_MPT && more <= SAME_WORD_MPT)
        return;
    content->word_mpt = word_mpt;
    token_milli(content->out, word_mpt);
    buf_text(content->out, " Tw\n");
}
