/* Packing of samples. What the samples look like decides how: each way is tried on nothing but a look. */
#include "pdf/picture.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/token.h"

/* ---- few colours: a palette */

enum { PALETTE_SLOTS = 1024, PALETTE_MOST = 256 };

struct palette {
    uint32_t colours[PALETTE_SLOTS]; /* open addressing; + 1, so that 0 is empty */
    unsigned char index[PALETTE_SLOTS];
    unsigned char entries[PALETTE_MOST * 3];
    unsigned count;
};

static uint32_t colour_at(const unsigned char *rgb)
{
    return (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
}

/* The slot of a colour, taken for it when it is new; PALETTE_SLOTS when the palette is full. */
static uint32_t palette_slot(struct palette *palette, const unsigned char *rgb)
{
    uint32_t colour = colour_at(rgb) + 1, slot = colour * 2654435761u >> 22;
    while (palette->colours[slot] && palette->colours[slot] != colour)
        slot = (slot + 1) % PALETTE_SLOTS;
    if (palette->colours[slot])
        return slot;
    if (palette->count == PALETTE_MOST)
        return PALETTE_SLOTS;
    palette->colours[slot] = colour;
    palette->index[slot] = (unsigned char)palette->count;
    memcpy(palette->entries + 3 * (size_t)palette->count++, rgb, 3);
    return slot;
}

/* false when there are more colours than a palette holds. */
static bool to_indices(struct palette *palette, struct str samples, unsigned char *indices)
{
    const unsigned char *rgb = (const unsigned char *)samples.p;
    uint32_t last_colour = 0, slot = PALETTE_SLOTS;
    for (size_t i = 0; i < samples.n / 3; i++, rgb += 3) {
        if (slot == PALETTE_SLOTS || colour_at(rgb) != last_colour)
            slot = palette_slot(palette, rgb);
        if (slot == PALETTE_SLOTS)
            return false;
        last_colour = colour_at(rgb);
        indices[i] = palette->index[slot];
    }
    return true;
}

/* ---- many colours: PNG's filters */

/* Drawings have stretches of one colour, which deflate finds best untouched. */
static bool is_flat(struct str samples, size_t step)
{
    size_t same = 0;
    for (size_t i = step; i < samples.n; i++)
        same += samples.p[i] == samples.p[i - step];
    return same >= samples.n / 2;
}

/* The difference to whichever of left, above and corner is nearest to left + above - corner (PNG, 9.4). */
static unsigned char paeth(int left, int above, int corner)
{
    int to_left = abs(above - corner), to_above = abs(left - corner), to_corner = abs(left + above - 2 * corner);
    int nearest = to_above <= to_corner ? above : corner;
    return (unsigned char)(to_left <= to_above && to_left <= to_corner ? left : nearest);
}

enum { FILTER_SUB = 1, FILTER_UP = 2, FILTER_PAETH = 4, FILTERS = 3 };

/* row and above have step zero bytes before them. */
static void filter_row(unsigned char *restrict to, int filter, const unsigned char *restrict row,
                       const unsigned char *restrict above, size_t n, size_t step)
{
    const unsigned char *left = row - step, *corner = above - step;
    if (filter == FILTER_SUB)
        for (size_t i = 0; i < n; i++)
            to[i] = (unsigned char)(row[i] - left[i]);
    else if (filter == FILTER_UP)
        for (size_t i = 0; i < n; i++)
            to[i] = (unsigned char)(row[i] - above[i]);
    else
        for (size_t i = 0; i < n; i++)
            to[i] = (unsigned char)(row[i] - paeth(left[i], above[i], corner[i]));
}

/* PNG's own rule of thumb (12.8): the best filter's output is smallest in sum, as signed bytes. */
static size_t weigh(const unsigned char *row, size_t n)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (size_t)abs((signed char)row[i]);
    return sum;
}

static void filter_samples(struct buf *out, struct str samples, size_t row_bytes, size_t step)
{
    static const int filters[FILTERS] = {FILTER_SUB, FILTER_UP, FILTER_PAETH};
    unsigned char *rows[2], *tried = base_malloc(row_bytes);
    for (size_t i = 0; i < 2; i++) {
        rows[i] = base_malloc(row_bytes + step);
        memset(rows[i], 0, row_bytes + step);
    }
    buf_reserve(out, samples.n + samples.n / row_bytes);
    for (size_t at = 0, y = 0; at + row_bytes <= samples.n; at += row_bytes, y++) {
        unsigned char *row = rows[y % 2] + step, *above = rows[1 - y % 2] + step;
        size_t best = SIZE_MAX, place = out->n;
        memcpy(row, samples.p + at, row_bytes);
        buf_repeat(out, 0, row_bytes + 1);
        for (size_t i = 0; i < FILTERS; i++) {
            filter_row(tried, filters[i], row, above, row_bytes, step);
            size_t weight = weigh(tried, row_bytes);
            if (weight >= best)
                continue;
            best = weight;
            out->p[place] = (char)filters[i];
            memcpy(out->p + place + 1, tried, row_bytes);
        }
    }
    free(tried);
    free(rows[0]);
    free(rows[1]);
}

/* ---- the choice */

static void put_packed(struct picture_part *part, struct objects *objects, struct str data)
{
    buf_str(&part->data, objects_compress(objects, DEFLATE_PICTURE, data));
}

static bool pack_indices(struct picture_part *part, struct objects *objects, struct str samples)
{
    struct palette *palette = base_malloc(sizeof *palette);
    unsigned char *indices = base_malloc(samples.n / 3);
    *palette = (struct palette){.count = 0};
    bool few = to_indices(palette, samples, indices);
    if (few) {
        buf_printf(&part->entries, "/ColorSpace[/Indexed/DeviceRGB %u ", palette->count - 1);
        token_hex(&part->entries, palette->entries, 3 * (size_t)palette->count);
        buf_char(&part->entries, ']');
        put_packed(part, objects, (struct str){(const char *)indices, samples.n / 3});
    }
    free(indices);
    free(palette);
    return few;
}

void picture_pack(struct picture_part *part, struct objects *objects, struct str samples, int width, int height,
                  int components)
{
    *part = (struct picture_part){0};
    if (components == 3 && pack_indices(part, objects, samples))
        return;
    size_t step = (size_t)components;
    buf_text(&part->entries, components == 1 ? "/ColorSpace/DeviceGray" : "/ColorSpace/DeviceRGB");
    if (height < 2 || is_flat(samples, step)) {
        put_packed(part, objects, samples);
        return;
    }
    struct buf filtered = {0};
    filter_samples(&filtered, samples, (size_t)width * step, step);
    buf_printf(&part->entries, "/DecodeParms<</Predictor 15/Colors %d/Columns %d>>", components, width);
    put_packed(part, objects, buf_view(&filtered));
    buf_done(&filtered);
}
