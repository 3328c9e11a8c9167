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

/* Characters that start in the eight bytes at p. */
static size_t starts_in_eight(const char *p)
{
    const uint64_t ones = 0x0101010101010101;
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return 8 - (size_t)(((bytes >> 7 & ~bytes >> 6 & ones) * ones) >> 56);
}

/* Marks come nearly in order, so the way from the last one is short. */
size_t yaml_marks_offset(struct yaml_marks *marks, size_t index)
{
    struct str text = marks->text;
    size_t at = marks->at, before = marks->index;
    while (before > index)
        before -= starts_character(text.p[--at]);
    while (before < index && text.n - at >= 8) {
        size_t starts = starts_in_eight(text.p + at);
        if (starts > index - before)
            break;
        before += starts;
        at += 8;
    }
    while (at < text.n && (before < index || !starts_character(text.p[at])))
        before += starts_character(text.p[at++]);
    marks->at = at;
    marks->index = before;
    return marks->bom + at;
}
