/* From libyaml's character counts to byte offsets in the source. */
#include "yaml/yaml_parts.h"

enum { STRIDE = 256 };

static bool starts_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

void yaml_marks_init(struct yaml_marks *marks, struct arena *arena, struct yaml_input input)
{
    *marks = (struct yaml_marks){.text = input.text, .bom = input.bom};
    size_t i = 0;
    while (i < input.text.n && (unsigned char)input.text.p[i] < 0x80)
        i++;
    if (i == input.text.n)
        return;
    marks->table = ARENA_ARRAY(arena, uint32_t, input.text.n / STRIDE + 1);
    size_t characters = 0;
    for (i = 0; i < input.text.n; i++) {
        if (!starts_character(input.text.p[i]))
            continue;
        if (characters % STRIDE == 0)
            marks->table[characters / STRIDE] = (uint32_t)i;
        characters++;
    }
    /* Past the last character every entry is the end, so that a lookup never needs the count. */
    for (size_t k = (characters + STRIDE - 1) / STRIDE; k <= input.text.n / STRIDE; k++)
        marks->table[k] = (uint32_t)input.text.n;
}

size_t yaml_marks_offset(const struct yaml_marks *marks, size_t index)
{
    size_t n = marks->text.n;
    if (!marks->table || index >= n)
        return marks->bom + (index < n ? index : n);
    size_t at = marks->table[index / STRIDE];
    for (size_t left = index % STRIDE; left > 0 && at < n; left--)
        do
            at++;
        while (at < n && !starts_character(marks->text.p[at]));
    return marks->bom + at;
}
