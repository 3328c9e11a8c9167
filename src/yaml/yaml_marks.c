/* From libyaml's character counts to byte offsets in the source. */
#include "yaml/yaml_parts.h"

#include <string.h>

static bool starts_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

void yaml_marks_init(struct yaml_marks *marks, struct yaml_input input)
{
    *marks = (struct yaml_marks){.text = input.text, .bom = input.bom};
}

/* Marks come nearly in order, so the way from the last one is short; most of it is ASCII. */
size_t yaml_marks_offset(struct yaml_marks *marks, size_t index)
{
    const uint64_t tops = 0x8080808080808080;
    struct str text = marks->text;
    size_t at = marks->at, before = marks->index;
    while (before > index)
        before -= starts_character(text.p[--at]);
    while (before < index && at < text.n) {
        for (uint64_t bytes; before < index && text.n - at >= sizeof bytes;) {
            memcpy(&bytes, text.p + at, sizeof bytes);
            if (bytes & tops)
                break;
            size_t step = index - before < sizeof bytes ? index - before : sizeof bytes;
            before += step;
            at += step;
        }
        for (size_t i = 0; i < sizeof(uint64_t) && before < index && at < text.n; i++, before++)
            do
                at++;
            while (at < text.n && !starts_character(text.p[at]));
    }
    marks->at = at;
    marks->index = before;
    return marks->bom + at;
}
