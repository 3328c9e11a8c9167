/* Which rectangles can be drawn before all else: those that share no height of the page with what came
 * before. */
#include "pdf/backdrop.h"

void backdrop_init(struct backdrop *backdrop, int32_t height_mpt)
{
    *backdrop = (struct backdrop){.row_mpt = (height_mpt > 0 ? height_mpt : 0) / BACKDROP_ROWS + 1};
}

static int row_of(const struct backdrop *backdrop, int64_t y)
{
    int64_t row = y < 0 ? 0 : y / backdrop->row_mpt;
    return (int)(row < BACKDROP_ROWS ? row : BACKDROP_ROWS - 1);
}

/* Whether any row from one height to another is taken already; take: they are from now on. */
static bool rows_between(struct backdrop *backdrop, int64_t top, int64_t bottom, bool take)
{
    int first = row_of(backdrop, top), last = row_of(backdrop, bottom);
    uint64_t any = 0;
    for (int word = first / 64; word <= last / 64; word++) {
        uint64_t mask = UINT64_MAX;
        if (word == first / 64)
            mask &= UINT64_MAX << first % 64;
        if (word == last / 64)
            mask &= UINT64_MAX >> (63 - last % 64);
        any |= backdrop->rows[word] & mask;
        if (take)
            backdrop->rows[word] |= mask;
    }
    return any != 0;
}

static void take_path(struct backdrop *backdrop, const struct page_path *path)
{
    int32_t top = INT32_MAX, bottom = INT32_MIN;
    for (size_t i = 0; i < path->count; i++) {
        const struct path_step *step = &path->steps[i];
        size_t points = step->op == PATH_CURVE ? 3 : step->op == PATH_CLOSE ? 0 : 1;
        for (size_t k = 0; k < points; k++) {
            top = step->y[k] < top ? step->y[k] : top;
            bottom = step->y[k] > bottom ? step->y[k] : bottom;
        }
    }
    if (top <= bottom)
        rows_between(backdrop, (int64_t)top - path->stroke_mpt, (int64_t)bottom + path->stroke_mpt, true);
}

bool backdrop_takes(struct backdrop *backdrop, const struct page_item *item)
{
    int64_t y = item->y;
    switch (item->kind) {
    case ITEM_RECT:
        if (item->node == PAGE_ARTIFACT && !rows_between(backdrop, y, y + item->u.rect.height, false))
            return true;
        rows_between(backdrop, y, y + item->u.rect.height, true);
        break;
    case ITEM_GLYPHS: /* over a rule, not under it: none hides letters */
        break;
    case ITEM_PATH:
        take_path(backdrop, item->u.path);
        break;
    case ITEM_IMAGE:
        rows_between(backdrop, y, y + item->u.image.height, true);
        break;
    }
    return false;
}
