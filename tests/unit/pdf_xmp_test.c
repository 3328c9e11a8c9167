/* Values of XMP, as elements, attributes and items of arrays; and packets that are none. */
#include "pdf/xmp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pdf/metadata.h"

static void expect(const char *packet, const char *name, const char *wanted)
{
    struct arena arena;
    arena_init(&arena);
    struct str value = xmp_find(&arena, str_from(packet), name);
    assert_string_equal(str_z(&arena, value), wanted);
    arena_done(&arena);
}

static void values_are_found(void **state)
{
    (void)state;
    expect("<x><pdfaid:part>3</pdfaid:part></x>", "pdfaid:part", "3");
    expect("<x pdfaid:part='2'/>", "pdfaid:part", "2");
    expect("<x\n pdfaid:part = \"2\"/>", "pdfaid:part", "2");
    expect(
        "<x><dc:title> <rdf:Alt><rdf:li xml:lang='x-default'>A &amp; &lt;b&gt;</rdf:li></rdf:Alt></dc:title>",
        "dc:title", "A & <b>");
    expect("<x><a:pdfaid:part>1</a>< pdfaid:parts>2</x><pdfaid:part/><pdfaid:part>4</pdfaid:part>",
           "pdfaid:part", "4");
}

static void nothing_is_found_in_nothing(void **state)
{
    (void)state;
    static const char *const packets[] = {"",
                                          "<",
                                          "<dc:title",
                                          "<dc:title>",
                                          "<dc:title><",
                                          "<dc:title><a",
                                          "<dc:title></dc:title>",
                                          " dc:title=",
                                          " dc:title='",
                                          "<dc:title/>",
                                          "<dc:title><rdf:Alt/></dc:title>x",
                                          "dc:title>x<",
                                          "<dc:titles>x</dc:titles>",
                                          "<x dc:title=x>"};
    for (size_t i = 0; i < sizeof packets / sizeof *packets; i++)
        expect(packets[i], "dc:title", "");
}

static void own_packets_are_read(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct buf packet = {0};
    struct pdf_metadata metadata = {.title = STR("T <&> \"é\""), .entity = STR("e"), .tier = STR("open")};
    metadata_xmp(&packet, &metadata);
    assert_true(str_eq(xmp_find(&arena, buf_view(&packet), "dc:title"), metadata.title));
    assert_true(str_is(xmp_find(&arena, buf_view(&packet), "briefing:entity"), "e"));
    assert_true(str_is(xmp_find(&arena, buf_view(&packet), "briefing:tier"), "open"));
    assert_true(str_is(xmp_find(&arena, buf_view(&packet), "pdfaid:conformance"), "A"));
    assert_int_equal(xmp_find(&arena, buf_view(&packet), "briefing:digest").n, 0);
    buf_done(&packet);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(values_are_found),
                                       cmocka_unit_test(nothing_is_found_in_nothing),
                                       cmocka_unit_test(own_packets_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
