/* From libyaml's character counts to byte offsets in the source. */
#include "yaml/yaml_parts.h"

#include "base/bytes16.h"

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
    struct str text = marks->text;
    size_t at = marks->at, before = marks->index;
    while (before > index)
        before -= starts_character(text.p[--at]);
    while (text.n - at >= sizeof(bytes16)) {
        bytes16 bytes = bytes16_at(text.p + at);
        size_t left = index - before, starts = sizeof bytes;
        if (bytes16_bits(bytes)) {
            starts -= bytes16_count(bytes16_bits(bytes16_between(bytes, 0x80, 0xBF)));
            if (starts > left)
                break;
        } else if (starts > left) {
            marks->at = at + left;
            marks->index = index;
            return marks->bom + marks->at;
        }
        before += starts;
        at += sizeof bytes;
    }
    for (; at < text.n; at++) {
        bool starts = starts_character(text.p[at]);
        if (starts && before == index)
            break;
        before += starts;
    }
    marks->at = at;
    marks->index = before;
    return marks->bom + at;
}
