/* Pictures: what is taken, what is refused and how, and that no mutation of a file does harm. */
#include "image/image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "image_files.h"

struct loading {
    struct arena arena;
    struct diags diags;
    struct image_set set;
    char path[64];
};

static void loading_init(struct loading *loading)
{
    *loading = (struct loading){.path = "/tmp/briefing-image-test-XXXXXX"};
    arena_init(&loading->arena);
    diags_init(&loading->diags, &loading->arena);
    int fd = mkstemp(loading->path);
    assert_true(fd >= 0);
    close(fd);
}

static void loading_done(struct loading *loading)
{
    unlink(loading->path);
    arena_done(&loading->arena);
}

static const struct image *load_bytes(struct loading *loading, struct str data)
{
    FILE *file = fopen(loading->path, "wb");
    assert_non_null(file);
    if (data.n)
        assert_int_equal(fwrite(data.p, 1, data.n, file), data.n);
    fclose(file);
    loading->set.first = NULL;
    return image_load(&loading->arena, &loading->set, str_from(loading->path), span_none(), &loading->diags);
}

/* The file must be refused with that code. */
static void refuse(struct buf *file, enum diag_code code)
{
    struct loading loading;
    loading_init(&loading);
    assert_null(load_bytes(&loading, buf_view(file)));
    assert_int_equal(loading.diags.errors, 1);
    assert_int_equal(loading.diags.first->code, code);
    assert_true(loading.diags.first->message.n > 0);
    loading_done(&loading);
    buf_done(file);
}

static void takes_png_of_every_kind(void **state)
{
    (void)state;
    static const struct { int colour, depth, components; bool interlaced, alpha; } kinds[] = {
        {0, 8, 1, false, false}, {0, 1, 1, false, false}, {0, 16, 1, false, false}, {2, 8, 3, false, false},
        {2, 16, 3, false, false}, {3, 8, 3, false, false}, {3, 4, 3, false, false}, {4, 8, 1, false, true},
        {6, 8, 3, false, true}, {6, 16, 3, false, true}, {6, 8, 3, true, true}, {2, 8, 3, true, false},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct buf file = {0};
        png_file(&file, 13, 9, kinds[i].colour, kinds[i].depth, kinds[i].interlaced);
        struct loading loading;
        loading_init(&loading);
        const struct image *image = load_bytes(&loading, buf_view(&file));
        assert_non_null(image);
        assert_int_equal(image->width_px, 13);
        assert_int_equal(image->height_px, 9);
        assert_int_equal(image->components, kinds[i].components);
        assert_int_equal(image->data.n, 13 * 9 * kinds[i].components);
        assert_int_equal(image->alpha.n, kinds[i].alpha ? 13 * 9 : 0);
        assert_false(image->jpeg);
        loading_done(&loading);
        buf_done(&file);
    }
}

static void loads_a_path_once(void **state)
{
    (void)state;
    struct loading loading;
    loading_init(&loading);
    struct buf file = {0};
    png_file(&file, 2, 2, 2, 8, false);
    const struct image *image = load_bytes(&loading, buf_view(&file));
    struct str detour = str_printf(&loading.arena, "/tmp/.%s", loading.path + strlen("/tmp"));
    const struct image *same = image_load(&loading.arena, &loading.set, detour, span_none(), &loading.diags);
    assert_true(same != image && same->data.p == image->data.p); /* by another path: the same pixels */
    unlink(loading.path);
    assert_ptr_equal(image, image_load(&loading.arena, &loading.set, image->path, span_none(), &loading.diags));
    assert_ptr_equal(image, image_find(&loading.set, image->path));
    assert_null(image_find(&loading.set, STR("other.png")));
    buf_done(&file);
    loading_done(&loading);
}

/* A small picture is decoded once for all documents; one larger than the cache does not drive it out. */
static void keeps_pixels_for_the_next_document(void **state)
{
    (void)state;
    struct image_cache *cache = image_cache_open();
    struct loading loading;
    struct buf small = {0}, large = {0};
    png_file(&small, 2, 2, 2, 8, false);
    png_file(&large, 1500, 1000, 2, 8, false);
    const char *pixels = NULL;
    for (int document = 0; document < 3; document++) {
        loading_init(&loading);
        image_set_init(&loading.set, cache);
        const struct image *image = load_bytes(&loading, buf_view(&small));
        const char *taken = image ? image->data.p : NULL;
        assert_non_null(taken);
        if (document > 0)
            assert_ptr_equal(taken, pixels);
        pixels = taken;
        const struct image *whole = load_bytes(&loading, buf_view(&large));
        assert_int_equal(whole ? whole->data.n : 0, 1500 * 1000 * 3);
        assert_int_equal(loading.diags.errors, 0);
        assert_null(load_bytes(&loading, str_slice(buf_view(&large), 0, 100)));
        assert_int_equal(loading.diags.errors, 1);
        image_set_done(&loading.set);
        loading_done(&loading);
    }
    image_cache_close(cache);
    buf_done(&small);
    buf_done(&large);
}

static void takes_jpeg_without_its_notes(void **state)
{
    (void)state;
    struct loading loading;
    loading_init(&loading);
    struct buf file = {0};
    jpeg_file(&file, &(struct jpeg_options){.components = 3, .comment = "secret place"});
    assert_true(str_find(buf_view(&file), STR("secret place")) != SIZE_MAX);
    const struct image *image = load_bytes(&loading, buf_view(&file));
    assert_non_null(image);
    assert_true(image->jpeg);
    assert_int_equal(image->width_px, 16);
    assert_int_equal(image->height_px, 8);
    assert_int_equal(image->components, 3);
    assert_true(str_find(image->data, STR("secret place")) == SIZE_MAX);
    assert_true(str_ends(image->data, STR("\xFF\xD9")));
    buf_done(&file);
    loading_done(&loading);
}

static void refuses_what_pdf_cannot_show(void **state)
{
    (void)state;
    struct buf file = {0};
    buf_text(&file, "<svg xmlns='http://www.w3.org/2000/svg'/>");
    refuse(&file, DIAG_PICTURE_FORMAT);
    refuse(&file, DIAG_PICTURE_FORMAT); /* empty */
    jpeg_file(&file, &(struct jpeg_options){.components = 4});
    refuse(&file, DIAG_PICTURE_CMYK);
    jpeg_file(&file, &(struct jpeg_options){.components = 3, .orientation = 6});
    refuse(&file, DIAG_PICTURE_ROTATED);
    jpeg_file(&file, &(struct jpeg_options){.components = 3, .frame = 0xC9});
    refuse(&file, DIAG_PICTURE_FORMAT);
    jpeg_file(&file, &(struct jpeg_options){.components = 3, .precision = 12});
    refuse(&file, DIAG_PICTURE_FORMAT);
    jpeg_file(&file, &(struct jpeg_options){.components = 3, .without_tables = true});
    refuse(&file, DIAG_PICTURE_DAMAGED);
    png_header(&file, 30000, 10);
    refuse(&file, DIAG_PICTURE_TOO_LARGE);
    png_header(&file, 19000, 19000);
    refuse(&file, DIAG_PICTURE_TOO_LARGE);
    png_header(&file, 100, 100);
    refuse(&file, DIAG_PICTURE_DAMAGED);
    png_header(&file, 0, 100);
    refuse(&file, DIAG_PICTURE_DAMAGED);
}

static void upright_photographs_pass(void **state)
{
    (void)state;
    struct loading loading;
    loading_init(&loading);
    struct buf file = {0};
    jpeg_file(&file, &(struct jpeg_options){.components = 1, .orientation = 1});
    const struct image *image = load_bytes(&loading, buf_view(&file));
    assert_non_null(image);
    assert_int_equal(image->components, 1);
    assert_true(str_find(image->data, STR("Exif")) == SIZE_MAX);
    buf_done(&file);
    loading_done(&loading);
}

static void missing_files_are_named(void **state)
{
    (void)state;
    struct loading loading;
    loading_init(&loading);
    assert_null(image_load(&loading.arena, &loading.set, STR("/nowhere/chart.png"), span_none(), &loading.diags));
    assert_int_equal(loading.diags.first->code, DIAG_PICTURE_MISSING);
    assert_true(str_find(loading.diags.first->message, STR("/nowhere/chart.png")) != SIZE_MAX);
    assert_null(image_load(&loading.arena, &loading.set, STR("/tmp"), span_none(), &loading.diags));
    assert_int_equal(loading.diags.errors, 2);
    loading_done(&loading);
}

/* Every prefix of a file is refused; a PNG that lacks but its end mark has all its pixels and is taken. */
static void every_cut_is_refused(void **state)
{
    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        struct buf file = {0};
        if (kind)
            jpeg_file(&file, &(struct jpeg_options){.components = 3, .orientation = 1});
        else
            png_file(&file, 7, 5, 6, 8, false);
        struct loading loading;
        loading_init(&loading);
        size_t end = kind ? file.n : file.n - 12;
        for (size_t n = 0; n < end; n++)
            if (load_bytes(&loading, (struct str){file.p, n}))
                fail_msg("kind %d: %zu of %zu bytes were taken", kind, n, file.n);
        assert_non_null(load_bytes(&loading, buf_view(&file)));
        loading_done(&loading);
        buf_done(&file);
    }
}

/* A fixed sequence, the same on every machine. */
static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void mutations_do_no_harm(void **state)
{
    (void)state;
    uint32_t seed = 7;
    size_t taken = 0;
    for (int round = 0; round < 600; round++) {
        struct buf file = {0};
        if (round % 2)
            jpeg_file(&file, &(struct jpeg_options){.components = 3, .orientation = 1});
        else
            png_file(&file, 7, 5, round % 4 ? 3 : 6, 8, round % 8 == 0);
        for (uint32_t i = 0, edits = 1 + next_random(&seed) % 4; i < edits; i++)
            file.p[next_random(&seed) % file.n] = (char)next_random(&seed);
        if (round % 2 == 0)
            png_fix_sums(&file); /* else every change ends at the checksum */
        struct loading loading;
        loading_init(&loading);
        const struct image *image = load_bytes(&loading, buf_view(&file));
        assert_true(image ? loading.diags.errors == 0 : loading.diags.errors == 1);
        if (image && !image->jpeg)
            assert_int_equal(image->data.n,
                             (size_t)image->width_px * (size_t)image->height_px * (size_t)image->components);
        taken += image != NULL;
        loading_done(&loading);
        buf_done(&file);
    }
    assert_true(taken > 0 && taken < 600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_png_of_every_kind),      cmocka_unit_test(loads_a_path_once),
        cmocka_unit_test(keeps_pixels_for_the_next_document),
        cmocka_unit_test(takes_jpeg_without_its_notes), cmocka_unit_test(refuses_what_pdf_cannot_show),
        cmocka_unit_test(upright_photographs_pass),     cmocka_unit_test(missing_files_are_named),
        cmocka_unit_test(every_cut_is_refused),         cmocka_unit_test(mutations_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
