/* Prose as data: its text and words, and which addresses may be linked to. */
#include "prose/prose.h"

#include "base/buf.h"
#include "base/utf8.h"

/* A hard break in a text becomes a space. */
static void add_flat(struct buf *out, struct str text)
{
    static const struct str hard_break = {"\xE2\x80\xA8", 3};
    for (size_t at; (at = str_find(text, hard_break)) < text.n;
         text = str_slice(text, at + hard_break.n, text.n)) {
        buf_str(out, str_slice(text, 0, at));
        buf_char(out, ' ');
    }
    buf_str(out, text);
}

/* Depth is bounded by the parser. */
static void add_blocks(struct buf *out, const struct prose_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].span_count && out->n)
            buf_char(out, ' ');
        for (size_t k = 0; k < blocks[i].span_count; k++)
            add_flat(out, blocks[i].spans[k].text);
        add_blocks(out, blocks[i].children, blocks[i].child_count);
    }
}

struct str prose_text(struct arena *arena, const struct prose *prose)
{
    if (!prose)
        return (struct str){0};
    struct buf out = {0};
    add_blocks(&out, prose->blocks, prose->count);
    struct str text = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return text;
}

/* Depth is bounded by the parser. */
static void count_blocks(struct utf8_words *words, const struct prose_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        words->inside = words->inside && !blocks[i].span_count;
        for (size_t k = 0; k < blocks[i].span_count; k++)
            utf8_words_add(words, blocks[i].spans[k].text);
        count_blocks(words, blocks[i].children, blocks[i].child_count);
    }
}

size_t prose_words(const struct prose *prose)
{
    struct utf8_words words = {0};
    if (prose)
        count_blocks(&words, prose->blocks, prose->count);
    return utf8_words_counted(&words);
}

/* Schemes have no case (RFC 3986, 3.1). */
static bool starts_with_scheme(struct str url, struct str scheme)
{
    if (url.n <= scheme.n)
        return false;
    for (size_t i = 0; i < scheme.n; i++) {
        char c = url.p[i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != scheme.p[i])
            return false;
    }
    return true;
}

bool prose_url_allowed(struct str url)
{
    for (size_t i = 0; i < url.n;) {
        int32_t c = utf8_next(url, &i);
        if (c <= 0x20 || (c >= 0x7F && c <= 0xA0) || (c >= 0x2028 && c <= 0x202E))
            return false;
    }
    if (starts_with_scheme(url, STR("mailto:")))
        return true;
    size_t host = starts_with_scheme(url, STR("https://")) ? 8 : starts_with_scheme(url, STR("http://")) ? 7 : 0;
    return host && url.p[host] != '/' && url.p[host] != '?' && url.p[host] != '#' && url.p[host] != ':';
}
