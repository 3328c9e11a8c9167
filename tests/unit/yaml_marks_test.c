/* Characters that libyaml counts, as bytes of the source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "yaml/yaml_parts.h"

enum { MOST = 600 };

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static const char *const parts[] = {"plain text of some length, ", "a", "é", "漢字", "\xF0\x9F\x84\xB0", "’s ", "\n", " "};

/* Where each character begins, and the end; gives their number. */
static size_t starts_of(struct str text, size_t *starts)
{
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++)
        if (((unsigned char)text.p[i] & 0xC0) != 0x80)
            starts[count++] = i;
    starts[count] = text.n;
    return count;
}

static void finds_each_character_from_any_other(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        struct buf text = {0};
        for (uint32_t count = next_random(&seed) % 20; count > 0; count--)
            buf_text(&text, parts[next_random(&seed) % (sizeof parts / sizeof parts[0])]);
        size_t starts[MOST + 1], bom = round % 2 ? 3 : 0;
        assert_in_range(text.n, 0, MOST);
        size_t count = starts_of(buf_view(&text), starts);
        struct yaml_marks marks;
        yaml_marks_init(&marks, (struct yaml_input){.text = buf_view(&text), .bom = bom});
        for (size_t i = 0; i <= count; i += 1 + next_random(&seed) % 9)
            assert_int_equal(yaml_marks_offset(&marks, i), bom + starts[i]);
        for (int i = 0; i < 40; i++) {
            size_t index = next_random(&seed) % (count + 1);
            assert_int_equal(yaml_marks_offset(&marks, index), bom + starts[index]);
        }
        assert_int_equal(yaml_marks_offset(&marks, count + 5), bom + text.n);
        buf_done(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_each_character_from_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
