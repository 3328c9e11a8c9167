/* Whole PDFs of pages made by hand: what stands in them, and that the same pages give the same bytes. */
#include "pdf_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pdf/metadata.h"

struct making {
    struct arena arena;
    struct text_face *serif, *sans;
    struct pages *pages;
    struct buf pdf, text; /* as written; its streams inflated */
};

static int begin(void **state)
{
    struct making *making = calloc(1, sizeof *making);
    arena_init(&making->arena);
    making->serif = pdf_face_bundled("SourceSerif4-Regular.otf");
    making->sans = pdf_face_bundled("SourceSans3-Semibold.otf");
    making->pages = pdf_pages_new(&making->arena, 2);
    *state = making;
    return 0;
}

static int end(void **state)
{
    struct making *making = *state;
    pdf_face_close(making->serif);
    pdf_face_close(making->sans);
    buf_done(&making->pdf);
    buf_done(&making->text);
    arena_done(&making->arena);
    free(making);
    return 0;
}

static void finish(struct making *making)
{
    pdf_make(&making->arena, making->pages, &making->pdf);
    pdf_inflate(&making->text, &making->pdf);
}

static struct page_item *line(struct making *making, size_t page, uint32_t node, const char *text)
{
    return pdf_line(&making->arena, making->pages, page, node, 60000, 100000,
                    pdf_segment(&making->arena, making->serif, 10000, text, false));
}

static void file_has_its_frame(void **state)
{
    struct making *making = *state;
    line(making, 0, pdf_node(&making->arena, making->pages, NODE_P, 1), "Words");
    finish(making);
    assert_memory_equal(making->pdf.p, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", 15);
    assert_true(str_ends(buf_view(&making->pdf), STR("\n%%EOF\n")));
    assert_true(pdf_has(&making->pdf, "/Type/XRef"));
    assert_true(pdf_has(&making->pdf, "/ID[<"));
    static const char *const wanted[] = {"/MarkInfo<</Marked true>>", "/DisplayDocTitle true", "/Lang(en-GB)",
                                         "/GTS_PDFA1",
                                         "/Tabs/S", "/PageLabels", "/StructParents 0", "/StructParents 1",
                                         "/MediaBox[0 0 595.276 841.89]"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!pdf_has(&making->text, wanted[i]))
            fail_msg("%s is missing", wanted[i]);
    assert_false(pdf_has(&making->text, "Haru"));
}

static void same_pages_same_bytes(void **state)
{
    struct making *making = *state;
    uint32_t p = pdf_node(&making->arena, making->pages, NODE_P, 1);
    line(making, 0, p, "The first document");
    line(making, 1, p, "goes on here.");
    struct pdf_writer *writer = pdf_writer_open();
    struct pdf_metadata metadata = {.title = STR("T"), .digest = STR("00")};
    struct diags diags;
    diags_init(&diags, &making->arena);
    struct buf again = {0};
    /* The third time the face is prepared for subsetting; that must not show. */
    for (int i = 0; i < 3; i++) {
        buf_clear(&again);
        assert_true(pdf_write(writer, making->pages, &metadata, &again, &diags));
        if (i == 0)
            buf_add(&making->pdf, again.p, again.n);
        assert_int_equal(again.n, making->pdf.n);
        assert_memory_equal(again.p, making->pdf.p, again.n);
    }
    buf_clear(&again);
    metadata.digest = STR("01");
    assert_true(pdf_write(writer, making->pages, &metadata, &again, &diags));
    assert_false(str_eq(buf_view(&again), buf_view(&making->pdf)));
    pdf_writer_close(writer);
    buf_done(&again);
}

static void appends_to_what_is_there(void **state)
{
    struct making *making = *state;
    line(making, 0, 0, "Artifact");
    buf_text(&making->pdf, "before");
    pdf_make(&making->arena, making->pages, &making->pdf);
    assert_memory_equal(making->pdf.p, "before%PDF", 10);
    /* Offsets count from the PDF's own start. */
    size_t at = str_find(buf_view(&making->pdf), STR("startxref\n"));
    size_t offset = (size_t)strtoul(making->pdf.p + at + 10, NULL, 10);
    assert_true(str_find(str_slice(buf_view(&making->pdf), 6 + offset, making->pdf.n), STR("/Type/XRef")) < 40);
}

static void content_is_marked(void **state)
{
    struct making *making = *state;
    uint32_t h1 = pdf_node(&making->arena, making->pages, NODE_H1, 1), p = pdf_node(&making->arena, making->pages,
                                                                                    NODE_P, 1);
    uint32_t link = pdf_node(&making->arena, making->pages, NODE_LINK, p);
    line(making, 0, 0, "Running head");
    line(making, 0, h1, "Title");
    line(making, 0, p, "Before ");
    line(making, 0, link, "link");
    line(making, 0, p, " after");
    line(making, 1, p, "next page");
    finish(making);
    assert_true(pdf_has(&making->text, "/Artifact/R BDC\n"));
    assert_true(pdf_has(&making->text, "/H1<</MCID 0>>BDC"));
    assert_true(pdf_has(&making->text, "/P<</MCID 1>>BDC"));
    assert_true(pdf_has(&making->text, "/Link<</MCID 2>>BDC"));
    assert_true(pdf_has(&making->text, "/P<</MCID 3>>BDC"));
    /* The paragraph: its text, the link, its text, and the part on the other page. */
    size_t at = str_find(buf_view(&making->text), STR("/S/P/P"));
    assert_true(at != SIZE_MAX);
    struct str element = str_slice(buf_view(&making->text), at, at + 120);
    size_t kids = str_find(element, STR("/K[1 "));
    assert_true(kids != SIZE_MAX);
    assert_true(str_find(element, STR(" 0 R 3<</Type/MCR/Pg ")) != SIZE_MAX);
    assert_true(str_find(element, STR("/MCID 0>>]")) != SIZE_MAX);
}

static void structure_says_what_things_are(void **state)
{
    struct making *making = *state;
    struct arena *arena = &making->arena;
    struct pages *pages = making->pages;
    uint32_t table = pdf_node(arena, pages, NODE_TABLE, 1), row = pdf_node(arena, pages, NODE_TR, table);
    uint32_t th = pdf_node(arena, pages, NODE_TH, row), td = pdf_node(arena, pages, NODE_TD, row);
    uint32_t figure = pdf_node(arena, pages, NODE_FIGURE, 1), list = pdf_node(arena, pages, NODE_L, 1);
    uint32_t note = pdf_node(arena, pages, NODE_NOTE, 1), aside = pdf_node(arena, pages, NODE_ASIDE, 1);
    pdf_node(arena, pages, NODE_LBL, pdf_node(arena, pages, NODE_LI, list));
    pages->nodes[td].head_row = th;
    pages->nodes[th].row_scope = true;
    pages->nodes[list].ordered = true;
    struct page_words chart = {.alt = STR("A chart (of 2)"), .box_width = 10000, .box_height = 10000};
    struct page_words abbreviation = {.language = STR("de"), .expansion = STR("Internet Protocol")};
    pages->nodes[figure].words = &chart;
    pages->nodes[aside].words = &abbreviation;
    line(making, 0, note, "x");
    finish(making);
    static const char *const wanted[] = {"/A<</O/Table/Scope/Row>>", "/A<</O/Table/Headers[(n04)]>>",
                                         "/ID(n04)",
                                         "/Alt(A chart \\(of 2\\))", "/BBox[0 831.89 10 841.89]",
                                             "/ListNumbering/Decimal",
                                         "/Lang(de)", "/E(Internet Protocol)", "/RoleMap<</Aside/Sect>>",
                                             "/IDTree<</Names[(n04)",
                                         "/ParentTree<</Nums[0["};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!pdf_has(&making->text, wanted[i]))
            fail_msg("%s is missing", wanted[i]);
}

static void links_lead_somewhere(void **state)
{
    struct making *making = *state;
    struct arena *arena = &making->arena;
    struct pages *pages = making->pages;
    uint32_t node = pdf_node(arena, pages, NODE_LINK, 1);
    struct page *page = &pages->items[0];
    page->links = ARENA_ARRAY(arena, struct page_link, 3);
    page->link_count = 3;
    page->links[0] = (struct page_link){.width = 5000, .height = 5000, .url = STR("https://example.org/\xC3\xA4 b"),
                                        .node = node};
    page->links[1] = (struct page_link){.width = 5000, .height = 5000, .dest = 0, .contents = STR("Source 3"),
                                        .node = node};
    page->links[2] = (struct page_link){.width = 5000, .height = 5000, .dest = 1, .contents = STR("nowhere"),
                                        .node = node};
    pages->dests = ARENA_ARRAY(arena, struct page_dest, 2);
    pages->dest_count = 2;
    pages->dests[0] = (struct page_dest){STR("a"), 1, 41890, true};
    pages->outline = ARENA_ARRAY(arena, struct outline_entry, 3);
    pages->outline_count = 3;
    pages->outline[0] = (struct outline_entry){STR("One"), 1, 0};
    pages->outline[1] = (struct outline_entry){STR("Inner"), 3, 0};
    pages->outline[2] = (struct outline_entry){STR("\xF0\xA0\xAE\xB7"), 1, 0};
    line(making, 0, node, "link");
    finish(making);
    static const char *const wanted[] = {"/URI(https://example.org/%C3%A4%20b)", "/Border[0 0 0]",
                                         "/Contents(Source 3)",
                                         "/XYZ null 800 null]", "/StructParent 2", "/StructParent 3", "/Type/OBJR",
                                         "/Title(Inner)", "/Count 3", "/Count 1", "/PageMode /UseOutlines"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!pdf_has(&making->text, wanted[i]))
            fail_msg("%s is missing", wanted[i]);
    assert_false(pdf_has(&making->text, "nowhere"));
}

/* A line of more letters than codes of one byte are given to. */
static void many_letters(struct making *making, uint32_t node)
{
    static const int32_t from[] = {0x100, 0x391, 0x410}, to[] = {0x17E, 0x3C9, 0x44F};
    struct buf text = {0};
    for (size_t i = 0; i < sizeof from / sizeof *from; i++)
        for (int32_t c = from[i]; c <= to[i]; c++)
            buf_utf8(&text, c);
    buf_char(&text, 0);
    pdf_line(&making->arena, making->pages, 0, node, 60000, 100000,
             pdf_segment(&making->arena, making->serif, 10000, text.p, false));
    buf_done(&text);
}

/* A ligature for two letters, and a hyphen that the text lacks. */
static void hyphenated(struct making *making, uint32_t node)
{
    struct text_segment *hyphen = pdf_segment(&making->arena, making->serif, 10000, "efficient-", false);
    hyphen->text.n--;
    pdf_line(&making->arena, making->pages, 0, node, 60000, 100000,
             pdf_segment(&making->arena, making->serif, 10000, "a-b", false));
    pdf_line(&making->arena, making->pages, 0, node, 60000, 100000, hyphen);
}

static void codes_of_one_byte_spell(void **state)
{
    struct making *making = *state;
    hyphenated(making, pdf_node(&making->arena, making->pages, NODE_P, 1));
    finish(making);
    /* Letters stand for themselves; a text that is none has a code above them, also where its glyph has one
     * already. */
    static const char *const wanted[] = {"/Subtype/Type1/",
                                         "/FirstChar 1/LastChar 173/Widths[",
                                         "<00><FF>\n",
                                         "<20><7E><0020>\n",
                                         "(a",
                                         "b)]TJ",
                                         "\xAD)]TJ",
                                         "<AD><00AD>\n"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!pdf_has(&making->text, wanted[i]))
            fail_msg("%s is missing", wanted[i]);
    assert_true(pdf_has(&making->text, "<01><00660066") || pdf_has(&making->text, "<01><00660069"));
    assert_false(pdf_has(&making->text, "/ActualText"));
    assert_false(pdf_has(&making->text, "Identity-H"));
}

static void text_is_spelled(void **state)
{
    struct making *making = *state;
    uint32_t p = pdf_node(&making->arena, making->pages, NODE_P, 1);
    hyphenated(making, p);
    many_letters(making, p);
    finish(making);
    assert_true(pdf_has(&making->text, "/Encoding/Identity-H"));
    assert_true(pdf_has(&making->text, "<00660066") || pdf_has(&making->text, "<00660069"));
    assert_true(pdf_has(&making->text, "<002D>"));
    /* The hyphen's span is a sequence of its own in the element, and lies within the sequence of an artifact.
     */
    assert_true(pdf_has(&making->text, "EMC/Span<</MCID 1/ActualText(\xFE\xFF"));
    assert_true(pdf_has(&making->text, "/K[0 1 2"));
    buf_clear(&making->pdf);
    buf_clear(&making->text);
    making->pages->items[0].items[1].node = PAGE_ARTIFACT;
    finish(making);
    assert_true(pdf_has(&making->text, "EMC/Artifact/R BDC\n0 0 Td["));
    assert_true(pdf_has(&making->text, "TJ\n/Span<</ActualText(\xFE\xFF"));
    assert_true(pdf_has(&making->text, "]TJ\nEMC\nEMC"));
}

/* How often the pen is moved by a place on the line, to the left or to the right. */
static size_t moves(const struct buf *text, bool left)
{
    size_t count = 0;
    struct str all = buf_view(text);
    for (size_t at; (at = str_find(all, STR(" 0 Td["))) != SIZE_MAX; all = str_slice(all, at + 6, all.n)) {
        size_t start = at;
        while (start > 0 && all.p[start - 1] != '\n')
            start--;
        count += left == (all.p[start] == '-');
    }
    return count;
}

static void text_from_the_right_is_in_its_order(void **state)
{
    struct making *making = *state;
    uint32_t p = pdf_node(&making->arena, making->pages, NODE_P, 1);
    struct text_segment *segment = pdf_segment(&making->arena, making->serif, 10000, "nhim", true);
    assert_true(segment->glyph_count == 4 && segment->glyphs[0].cluster == 3);
    segment->space_after = true;
    pdf_line(&making->arena, making->pages, 0, p, 60000, 100000, segment);
    finish(making);
    /* The first letter at the right, then three letters and the space that the line's end took, each further left. */
    assert_int_equal(moves(&making->text, true), 4);
    assert_int_equal(moves(&making->text, false), 0);
    assert_true(pdf_has(&making->text, "[( )]TJ"));
}

/* Drawn wider or narrower by the scale alone: its glyphs, spaces among them, need no other numbers than
 * before. */
static void a_wider_line_is_scaled(void **state)
{
    static const int16_t wider[] = {0, 1234, -1987};
    static const char *const scales[] = {" Tz", "101.23 Tz\n", "98.01 Tz\n"};
    struct making *making = *state;
    struct buf shown = {0};
    for (size_t i = 0; i < sizeof wider / sizeof wider[0]; i++) {
        struct text_segment *segment =
            pdf_segment(&making->arena, making->serif, 10300,
                        "Tomorrow AVE will vote, To and fro", false);
        segment->wider_pcm = wider[i];
        int64_t width = 0, seen = 0;
        for (size_t k = 0; k < segment->glyph_count; k++) {
            width += segment->glyphs[k].advance_mpt;
            int64_t to = width + width * wider[i] / 100000;
            segment->glyphs[k].advance_mpt = (int32_t)(to - seen);
            seen = to;
        }
        making->pages = pdf_pages_new(&making->arena, 1);
        pdf_line(&making->arena, making->pages, 0, pdf_node(&making->arena, making->pages, NODE_P, 1), 60000,
                 100000, segment);
        buf_clear(&making->pdf);
        buf_clear(&making->text);
        finish(making);
        assert_true(pdf_has(&making->text, scales[i]) == (i > 0));
        assert_true(pdf_has(&making->text, "\n100 Tz\n") == (i > 0));
        struct str text = buf_view(&making->text);
        size_t from = str_find(text, STR(" Td[")), to = str_find(text, STR("]TJ"));
        assert_true(from < to && to != SIZE_MAX);
        if (i)
            assert_true(str_eq(str_slice(text, from, to), buf_view(&shown)));
        else
            buf_str(&shown, str_slice(text, from, to));
    }
    buf_done(&shown);
}

static void missing_glyphs_leave_a_gap(void **state)
{
    struct making *making = *state;
    uint32_t p = pdf_node(&making->arena, making->pages, NODE_P, 1);
    line(making, 0, p, "A\xE4\xB8\xAD"); /* the face has no Chinese: glyph 0 */
    finish(making);
    assert_false(pdf_has(&making->text, "<4E2D>"));
    assert_true(pdf_has(&making->text, "/ActualText"));
}

static void pictures_are_shared(void **state)
{
    struct making *making = *state;
    static char samples[4 * 4 * 3], alpha[4 * 4];
    struct image image = {.width_px = 4, .height_px = 4, .components = 3, .data = {samples, sizeof samples},
                          .alpha = {alpha, sizeof alpha}};
    struct image twin = image;
    uint32_t figure = pdf_node(&making->arena, making->pages, NODE_FIGURE, 1);
    for (size_t i = 0; i < 2; i++) {
        struct page_item *item = pdf_item(&making->arena, making->pages, i, ITEM_IMAGE, figure);
        item->u.image.image = i ? &twin : &image;
        item->u.image.width = item->u.image.height = 20000;
    }
    finish(making);
    size_t at = str_find(buf_view(&making->pdf), STR("/Subtype /Image"));
    assert_true(at != SIZE_MAX);
    size_t mask = str_find(str_slice(buf_view(&making->pdf), at + 1, making->pdf.n), STR("/Subtype /Image"));
    assert_true(mask != SIZE_MAX); /* the picture and its mask, and no third */
    assert_true(str_find(str_slice(buf_view(&making->pdf), at + mask + 2, making->pdf.n),
                         STR("/Subtype /Image")) == SIZE_MAX);
    assert_true(pdf_has(&making->pdf, "/SMask "));
    assert_true(pdf_has(&making->text, "/Group<</S/Transparency/CS/DeviceRGB>>"));
}

static void xmp_is_escaped_and_clean(void **state)
{
    (void)state;
    struct pdf_metadata metadata = {.title = STR("Fish & <chips>\x01\n\"now\""), .entity = STR("e"), .date = {2026, 0,
                                                                                                              0}};
    struct buf out = {0};
    metadata_xmp(&out, &metadata);
    assert_true(pdf_has(&out, "Fish &amp; &lt;chips&gt; &quot;now&quot;"));
    assert_true(pdf_has(&out, " pdfaid:conformance=\"A\""));
    assert_true(pdf_has(&out, " pdfuaid:part=\"1\""));
    assert_true(pdf_has(&out, " xmp:CreateDate=\"2026-01-01T00:00:00Z\""));
    assert_true(pdf_has(&out, " briefing:entity=\"e\""));
    assert_false(pdf_has(&out, "dc:creator"));
    buf_done(&out);
}

/* poppler sets a rectangle to whole dots that is a path of its own, so that thin rules are alike on a screen. */
static void each_rule_is_a_path(void **state)
{
    struct making *making = *state;
    line(making, 0, pdf_node(&making->arena, making->pages, NODE_P, 0), "words");
    for (int i = 0; i < 3; i++) {
        struct page_item *rule = pdf_item(&making->arena, making->pages, 0, ITEM_RECT, PAGE_ARTIFACT);
        rule->x = 10000;
        rule->y = 20000 + 10000 * i;
        rule->u.rect.width = 100000;
        rule->u.rect.height = 500;
    }
    finish(making);
    assert_true(pdf_has(&making->text, " 100 .5 re f\n10 "));
    assert_false(pdf_has(&making->text, "re\n"));
}

/* A stretch that starts where the one before ended needs no place; one beside it an adjustment; one farther
 * off, or on another line, a place. */
static void text_goes_on_from_the_pen(void **state)
{
    struct making *making = *state;
    uint32_t p = pdf_node(&making->arena, making->pages, NODE_P, 1);
    struct page_item *first = line(making, 0, p, "one");
    int32_t end = first->x + first->u.glyphs.segment->width_mpt;
    struct page_item *second = line(making, 0, p, "six");
    second->x = end;
    end += second->u.glyphs.segment->width_mpt;
    struct page_item *third = line(making, 0, p, "ten");
    third->x = end + 500;
    end += 500 + third->u.glyphs.segment->width_mpt;
    line(making, 0, p, "and")->x = end + 5000;
    line(making, 0, p, "more")->y += 14000;
    finish(making);
    assert_true(pdf_has(&making->text, "60 741.89 Td[(o"));
    assert_true(pdf_has(&making->text, "]TJ[(s"));
    assert_true(pdf_has(&making->text, "]TJ[-50(t"));
    assert_true(pdf_has(&making->text, " 0 Td[(a"));
    assert_true(pdf_has(&making->text, " -14 Td[("));
}

static void colours_are_said_by_number(void **state)
{
    struct making *making = *state;
    uint32_t figure = pdf_node(&making->arena, making->pages, NODE_FIGURE, 1);
    for (uint8_t i = 0; i < 66; i++) {
        struct page_item *item = pdf_item(&making->arena, making->pages, i % 2, ITEM_RECT, figure);
        item->colour = (struct colour){255, i, 0};
        item->u.rect.width = item->u.rect.height = 1000;
    }
    finish(making);
    assert_true(pdf_has(&making->text, "/ColorSpace<</C[/Indexed/DeviceRGB 63<FF0000FF0200"));
    assert_true(pdf_has(&making->text, "/C cs 0 sc\n"));
    assert_true(pdf_has(&making->text, "63 sc\n"));
    assert_false(pdf_has(&making->text, "64 sc\n")); /* there is room for no more: said as it is */
    assert_true(pdf_has(&making->text, "1 .255 0 rg\n"));
}

/* Nodes may be anything: a parent that comes later, or none. */
static void odd_pages_do_no_harm(void **state)
{
    struct making *making = *state;
    uint32_t a = pdf_node(&making->arena, making->pages, NODE_P, 9999), b = pdf_node(&making->arena, making->pages,
                                                                                     NODE_SPAN, 0);
    making->pages->nodes[a].head_column = 77777;
    making->pages->nodes[b].parent = b;
    line(making, 0, a, "a");
    line(making, 0, 4711, "no such node");
    line(making, 0, b, "");
    struct page_item *path = pdf_item(&making->arena, making->pages, 0, ITEM_PATH, b);
    path->u.path = &(struct page_path){.stroke = true};
    finish(making);
    assert_true(pdf_has(&making->text, "/Artifact/"));
}

int main(void)
{
#define WITH_PAGES(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        WITH_PAGES(file_has_its_frame),
        WITH_PAGES(same_pages_same_bytes),
        WITH_PAGES(appends_to_what_is_there),
        WITH_PAGES(content_is_marked),
        WITH_PAGES(structure_says_what_things_are),
        WITH_PAGES(links_lead_somewhere),
        WITH_PAGES(codes_of_one_byte_spell),
        WITH_PAGES(text_is_spelled),
        WITH_PAGES(text_from_the_right_is_in_its_order),
        WITH_PAGES(missing_glyphs_leave_a_gap),
        WITH_PAGES(a_wider_line_is_scaled),
        WITH_PAGES(pictures_are_shared),
        cmocka_unit_test(xmp_is_escaped_and_clean),
        WITH_PAGES(each_rule_is_a_path),
        WITH_PAGES(text_goes_on_from_the_pen),
        WITH_PAGES(colours_are_said_by_number),
        WITH_PAGES(odd_pages_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
