/* Build tool: fewer bytes for the same outline. A contour may begin at any of its points on the curve, and
 * contours may stand in any order. Each begins where the fewest bytes say how to get there, and at the lowest
 * and leftmost of such points, from low contours to high ones, so that like shapes are said alike. */
#include "pdf/glyf_pack.h"

#include <stdint.h>
#include <stdlib.h>

enum {
    HEADER = 10,
    ON_CURVE = 1,
    X_SHORT = 2,
    Y_SHORT = 4,
    REPEAT = 8,
    X_SAME = 16,
    Y_SAME = 32,
    OVERLAP = 64,
    REPEATS_MOST = 255, /* of a flag */
    RUN_LEAST = 4       /* flags; shorter runs deflate better one by one */
};

struct point {
    int x, y;
    unsigned flag; /* of it ON_CURVE */
};

struct contour {
    size_t first, count, start; /* points; start: where it is to begin */
    size_t lowest;
};

struct shape {
    struct point *points;
    struct contour *contours;
    size_t point_count, contour_count;
    unsigned overlap; /* OVERLAP, if the first flag has it */
};

static unsigned u8(struct str s, size_t at)
{
    return at < s.n ? (unsigned char)s.p[at] : 0;
}

static unsigned u16(struct str s, size_t at)
{
    return u8(s, at) << 8 | u8(s, at + 1);
}

static void put16(struct buf *out, unsigned value)
{
    buf_char(out, (char)(value >> 8));
    buf_char(out, (char)value);
}

/* How far a point lies from the one before, in one direction. */
static int step(struct str glyph, size_t *at, unsigned flag, unsigned is_short, unsigned same)
{
    int value = 0;
    if (flag & is_short) {
        value = (int)u8(glyph, (*at)++);
        return flag & same ? value : -value;
    }
    if (!(flag & same)) {
        value = (int16_t)u16(glyph, *at);
        *at += 2;
    }
    return value;
}

/* Fills points and contours; false where the glyph ends too early. */
static bool read_shape(struct shape *shape, struct str glyph)
{
    size_t at = HEADER + 2 * shape->contour_count, n = shape->point_count, from = 0;
    at += 2 + u16(glyph, at);
    for (size_t i = 0; i < shape->contour_count; i++) {
        size_t end = u16(glyph, HEADER + 2 * i) + (size_t)1;
        if (end <= from || end > n)
            return false;
        shape->contours[i] = (struct contour){.first = from, .count = end - from};
        from = end;
    }
    for (size_t i = 0; i < n;) {
        unsigned flag = u8(glyph, at++), times = 1 + (flag & REPEAT ? u8(glyph, at++) : 0);
        if (i == 0)
            shape->overlap = flag & OVERLAP;
        for (; times && i < n; times--)
            shape->points[i++].flag = flag;
    }
    for (size_t i = 0; i < n; i++)
        shape->points[i].x =
            (i ? shape->points[i - 1].x : 0) + step(glyph, &at, shape->points[i].flag, X_SHORT, X_SAME);
    for (size_t i = 0; i < n; i++)
        shape->points[i].y =
            (i ? shape->points[i - 1].y : 0) + step(glyph, &at, shape->points[i].flag, Y_SHORT, Y_SAME);
    return at <= glyph.n;
}

static bool lower(const struct point *a, const struct point *b)
{
    return a->y != b->y ? a->y < b->y : a->x < b->x;
}

/* From the lowest contour up. */
static void order_contours(struct shape *shape)
{
    const struct point *points = shape->points;
    for (size_t i = 0; i < shape->contour_count; i++) {
        struct contour contour = shape->contours[i];
        contour.lowest = contour.first;
        for (size_t j = 1; j < contour.count; j++)
            if (lower(&points[contour.first + j], &points[contour.lowest]))
                contour.lowest = contour.first + j;
        size_t j = i;
        for (; j && lower(&points[contour.lowest], &points[shape->contours[j - 1].lowest]); j--)
            shape->contours[j] = shape->contours[j - 1];
        shape->contours[j] = contour;
    }
}

static int size_of(int distance)
{
    return distance == 0 ? 0 : abs(distance) < 256 ? 1 : 2;
}

static int step_size(const struct point *from, const struct point *to)
{
    return size_of(to->x - from->x) + size_of(to->y - from->y);
}

/* The point of a contour, from its start on. */
static const struct point *point_of(const struct shape *shape, const struct contour *contour, size_t i)
{
    size_t at = contour->start + i;
    return &shape->points[contour->first + (at < contour->count ? at : at - contour->count)];
}

static void choose_starts(struct shape *shape)
{
    struct point pen = {0};
    for (size_t c = 0; c < shape->contour_count; c++) {
        struct contour *contour = &shape->contours[c];
        const struct point *points = shape->points + contour->first, *best = NULL;
        int least = 0;
        for (size_t i = 0; i < contour->count; i++) {
            const struct point *point = &points[i], *before = &points[(i ? i : contour->count) - 1];
            int more = step_size(&pen, point) - step_size(before, point);
            if (!(point->flag & ON_CURVE) ||
                (best && (more > least || (more == least && !lower(point, best)))))
                continue;
            best = point;
            least = more;
        }
        contour->start = best ? (size_t)(best - points) : 0;
        pen = *point_of(shape, contour, contour->count - 1);
    }
}

static unsigned write_step(struct buf *out, int distance, unsigned is_short, unsigned same)
{
    if (distance == 0)
        return same;
    if (size_of(distance) == 1) {
        buf_char(out, (char)abs(distance));
        return is_short | (distance > 0 ? same : 0);
    }
    put16(out, (unsigned)distance & 0xFFFF);
    return 0;
}

static void write_flags(struct buf *out, const char *flags, size_t n)
{
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && flags[end] == flags[i] && end - i <= REPEATS_MOST;)
            end++;
        if (end - i >= RUN_LEAST) {
            buf_char(out, (char)(flags[i] | REPEAT));
            buf_char(out, (char)(end - i - 1));
        } else {
            buf_repeat(out, flags[i], end - i);
        }
    }
}

static void write_shape(struct buf *out, const struct shape *shape)
{
    struct buf flags = {0}, x = {0}, y = {0};
    struct point pen = {0};
    size_t end = 0;
    for (size_t c = 0; c < shape->contour_count; c++) {
        const struct contour *contour = &shape->contours[c];
        end += contour->count;
        put16(out, (unsigned)(end - 1));
        for (size_t i = 0; i < contour->count; i++) {
            const struct point *point = point_of(shape, contour, i);
            unsigned flag = point->flag & ON_CURVE;
            flag |= write_step(&x, point->x - pen.x, X_SHORT, X_SAME);
            flag |= write_step(&y, point->y - pen.y, Y_SHORT, Y_SAME);
            if (flags.n == 0)
                flag |= shape->overlap;
            buf_char(&flags, (char)flag);
            pen = *point;
        }
    }
    put16(out, 0); /* instructions */
    write_flags(out, flags.p, flags.n);
    buf_str(out, buf_view(&x));
    buf_str(out, buf_view(&y));
    buf_done(&flags);
    buf_done(&x);
    buf_done(&y);
}

bool glyf_pack(struct str glyph, struct buf *out)
{
    struct shape shape = {.contour_count = u16(glyph, 0)};
    if (shape.contour_count == 0 || HEADER + 2 * shape.contour_count + 2 > glyph.n)
        return false;
    shape.point_count = u16(glyph, HEADER + 2 * shape.contour_count - 2) + (size_t)1;
    shape.points = base_malloc(shape.point_count * sizeof *shape.points);
    shape.contours = base_malloc(shape.contour_count * sizeof *shape.contours);
    bool ok = read_shape(&shape, glyph);
    if (ok) {
        order_contours(&shape);
        choose_starts(&shape);
        buf_str(out, str_slice(glyph, 0, HEADER));
        write_shape(out, &shape);
    }
    free(shape.points);
    free(shape.contours);
    return ok;
}
