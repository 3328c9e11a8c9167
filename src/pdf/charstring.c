/* Which operators say a contour best is a shortest way from its first segment to its last: an operator goes from
 * one place to another, and costs itself and its operands. */
#include "pdf/charstring.h"

#include <stdlib.h>

#include "pdf/cff_number.h"

/* Bits, about as deflate will say them: operators and zeros are common, and so is the first byte of a number
 * of two. */
enum { ZERO_COST = 5, BYTE_COST = 7, NUMBER_COST = 11, OPERATOR_COST = 4 };

enum {
    OPERANDS_MOST = 48, /* Adobe Technical Note 5177, Appendix B */
    VMOVETO = 4,
    RLINETO = 5,
    HLINETO = 6,
    VLINETO = 7,
    RRCURVETO = 8,
    ENDCHAR = 14,
    RMOVETO = 21,
    HMOVETO = 22,
    RCURVELINE = 24,
    RLINECURVE = 25,
    VVCURVETO = 26,
    HHCURVETO = 27,
    VHCURVETO = 30,
    HVCURVETO = 31
};

/* A segment as operands: a line has the last two alone. */
struct step {
    bool curve;
    int x[3], y[3];
};

/* The best way to a place: the operator that ends there, and where it begins. */
struct way {
    unsigned cost;
    size_t from;
    int op;
};

/* A contour while its operators are chosen. */
struct search {
    struct step *steps;
    struct way *ways; /* to each place, one more than steps */
    size_t count;
};

static unsigned cost_of(int value)
{
    return value == 0 ? ZERO_COST : cff_number_size(value) == 1 ? BYTE_COST : NUMBER_COST;
}

static unsigned line_cost(const struct step *step)
{
    return cost_of(step->x[2]) + cost_of(step->y[2]);
}

static unsigned curve_cost(const struct step *step)
{
    return cost_of(step->x[0]) + cost_of(step->y[0]) + cost_of(step->x[1]) + cost_of(step->y[1]) +
           line_cost(step);
}

/* An operator goes from one place to another for what its operands cost. */
static void offer(struct search *search, int op, size_t from, size_t to, unsigned operands)
{
    unsigned cost = search->ways[from].cost + OPERATOR_COST + operands;
    if (cost < search->ways[to].cost)
        search->ways[to] = (struct way){cost, from, op};
}

static void offer_lines(struct search *search, size_t from)
{
    const struct step *steps = search->steps;
    unsigned cost = 0;
    size_t i = from, operands = 2;
    for (; i < search->count && !steps[i].curve && operands <= OPERANDS_MOST; i++, operands += 2) {
        cost += line_cost(&steps[i]);
        offer(search, RLINETO, from, i + 1, cost);
        if (i + 1 < search->count && steps[i + 1].curve && operands + 6 <= OPERANDS_MOST)
            offer(search, RLINECURVE, from, i + 2, cost + curve_cost(&steps[i + 1]));
    }
    for (int vertical = 0; vertical < 2; vertical++) { /* level and upright ones in turns */
        cost = 0;
        for (i = from; i < search->count && !steps[i].curve && i - from < OPERANDS_MOST; i++) {
            bool is_vertical = vertical ^ (int)((i - from) % 2);
            if ((is_vertical ? steps[i].x[2] : steps[i].y[2]) != 0)
                break;
            cost += cost_of(is_vertical ? steps[i].y[2] : steps[i].x[2]);
            offer(search, vertical ? VLINETO : HLINETO, from, i + 1, cost);
        }
    }
}

/* Curves that begin and end in the same direction, but that the first may begin in any. */
static void offer_level_curves(struct search *search, size_t from, bool vertical)
{
    unsigned cost = 0;
    size_t operands = 1;
    for (size_t i = from; i < search->count && search->steps[i].curve; i++) {
        const struct step *step = &search->steps[i];
        int begins = vertical ? step->x[0] : step->y[0];
        operands += 4;
        if ((begins && i > from) || (vertical ? step->x[2] : step->y[2]) != 0 || operands > OPERANDS_MOST)
            return;
        if (begins)
            cost += cost_of(begins);
        cost += cost_of(vertical ? step->y[0] : step->x[0]) + cost_of(step->x[1]) + cost_of(step->y[1]) +
                cost_of(vertical ? step->y[2] : step->x[2]);
        offer(search, vertical ? VVCURVETO : HHCURVETO, from, i + 1, cost);
    }
}

/* Curves that turn from one direction to the other in turns, but that the last may end in any. */
static void offer_turning_curves(struct search *search, size_t from, bool vertical)
{
    unsigned cost = 0;
    size_t operands = 0;
    for (size_t i = from; i < search->count && search->steps[i].curve; i++) {
        const struct step *step = &search->steps[i];
        bool is_vertical = vertical ^ ((i - from) % 2 == 1);
        int ends = is_vertical ? step->y[2] : step->x[2];
        operands += ends ? 5 : 4;
        if ((is_vertical ? step->x[0] : step->y[0]) != 0 || operands > OPERANDS_MOST)
            return;
        cost += cost_of(is_vertical ? step->y[0] : step->x[0]) + cost_of(step->x[1]) + cost_of(step->y[1]) +
                cost_of(is_vertical ? step->x[2] : step->y[2]) + (ends ? cost_of(ends) : 0);
        offer(search, vertical ? VHCURVETO : HVCURVETO, from, i + 1, cost);
        if (ends)
            return;
    }
}

static void offer_curves(struct search *search, size_t from)
{
    const struct step *steps = search->steps;
    unsigned cost = 0;
    size_t operands = 6;
    for (size_t i = from; i < search->count && steps[i].curve && operands <= OPERANDS_MOST;
         i++, operands += 6) {
        cost += curve_cost(&steps[i]);
        offer(search, RRCURVETO, from, i + 1, cost);
        if (i + 1 < search->count && !steps[i + 1].curve && operands + 2 <= OPERANDS_MOST)
            offer(search, RCURVELINE, from, i + 2, cost + line_cost(&steps[i + 1]));
    }
    for (int vertical = 0; vertical < 2; vertical++) {
        offer_level_curves(search, from, vertical);
        offer_turning_curves(search, from, vertical);
    }
}

/* Where the segment before segment i of a contour stands in it. */
static size_t before(const struct outline_contour *contour, size_t i)
{
    return (i ? i : contour->count) - 1;
}

/* Where segment i of a contour begins. */
static struct outline_point start_of(const struct outline *outline, const struct outline_contour *contour,
                                     size_t i)
{
    return outline->segments[contour->first + before(contour, i)].points[2];
}

static void find_steps(struct search *search, const struct outline *outline,
                       const struct outline_contour *contour, size_t start)
{
    struct outline_point pen = start_of(outline, contour, start);
    search->count = contour->count;
    for (size_t i = 0; i < contour->count; i++) {
        size_t at = start + i < contour->count ? start + i : start + i - contour->count;
        const struct outline_segment *segment = &outline->segments[contour->first + at];
        struct step *step = &search->steps[i];
        step->curve = segment->curve;
        for (size_t p = segment->curve ? 0 : 2; p < 3; p++) {
            step->x[p] = segment->points[p].x - pen.x;
            step->y[p] = segment->points[p].y - pen.y;
            pen = segment->points[p];
        }
    }
    if (!search->steps[contour->count - 1].curve)
        search->count--; /* who draws it closes it with a line */
}

/* The least cost of a contour that begins with a segment. */
static unsigned find_ways(struct search *search, const struct outline *outline,
                          const struct outline_contour *contour, size_t start)
{
    find_steps(search, outline, contour, start);
    for (size_t i = 0; i <= search->count; i++)
        search->ways[i] = (struct way){.cost = i ? ~0u : 0};
    for (size_t i = 0; i < search->count; i++) {
        if (search->steps[i].curve)
            offer_curves(search, i);
        else
            offer_lines(search, i);
    }
    return search->ways[search->count].cost;
}

static unsigned move_cost(struct outline_point from, struct outline_point to)
{
    unsigned x = to.x != from.x ? cost_of(to.x - from.x) : 0, y = to.y != from.y ? cost_of(to.y - from.y) : 0;
    return x || y ? x + y : ZERO_COST;
}

static void write_move(struct buf *out, struct outline_point from, struct outline_point to)
{
    int x = to.x - from.x, y = to.y - from.y;
    if (x || !y)
        cff_number(out, x);
    if (y)
        cff_number(out, y);
    buf_char(out, (char)(x && y ? RMOVETO : y ? VMOVETO : HMOVETO));
}

static void write_curve(struct buf *out, const struct step *step, bool first, bool last, int op)
{
    bool level = op == HHCURVETO || op == VVCURVETO;
    if (level && first && (op == HHCURVETO ? step->y[0] : step->x[0]))
        cff_number(out, op == HHCURVETO ? step->y[0] : step->x[0]);
    bool begins_vertical = op == VVCURVETO || op == VHCURVETO;
    cff_number(out, begins_vertical ? step->y[0] : step->x[0]);
    cff_number(out, step->x[1]);
    cff_number(out, step->y[1]);
    bool ends_vertical = op == VVCURVETO || op == HVCURVETO;
    cff_number(out, ends_vertical ? step->y[2] : step->x[2]);
    if (!level && last && (ends_vertical ? step->x[2] : step->y[2]))
        cff_number(out, ends_vertical ? step->x[2] : step->y[2]);
}

static void write_operator(struct buf *out, const struct search *search, int op, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct step *step = &search->steps[i];
        bool turned = (i - from) % 2 == 1;
        switch (op) {
        case HLINETO:
        case VLINETO:
            cff_number(out, (op == VLINETO) ^ turned ? step->y[2] : step->x[2]);
            break;
        case HHCURVETO:
        case VVCURVETO:
            write_curve(out, step, i == from, i + 1 == to, op);
            break;
        case HVCURVETO:
        case VHCURVETO:
            write_curve(out, step, i == from, i + 1 == to,
                        (op == HVCURVETO) ^ turned ? HVCURVETO : VHCURVETO);
            break;
        default:
            for (size_t p = step->curve ? 0 : 2; p < 3; p++) {
                cff_number(out, step->x[p]);
                cff_number(out, step->y[p]);
            }
        }
    }
    buf_char(out, (char)op);
}

/* The ways lead back: each is turned about before they are written. */
static void write_ways(struct buf *out, const struct search *search)
{
    size_t *ends = base_malloc((search->count + 1) * sizeof *ends), count = 0;
    for (size_t at = search->count; at; at = search->ways[at].from)
        ends[count++] = at;
    while (count--)
        write_operator(out, search, search->ways[ends[count]].op, search->ways[ends[count]].from,
                       ends[count]);
    free(ends);
}

static bool lower(struct outline_point a, struct outline_point b)
{
    return a.y != b.y ? a.y < b.y : a.x < b.x;
}

/* Writes a contour from the best of its segments on, and moves the pen to where it ends. */
static void write_contour(struct buf *out, struct search *search, const struct outline *outline,
                          const struct outline_contour *contour, struct outline_point *pen)
{
    size_t best = 0;
    unsigned least = ~0u;
    for (size_t i = 0; i < contour->count; i++) {
        struct outline_point start = start_of(outline, contour, i);
        unsigned cost = find_ways(search, outline, contour, i) + move_cost(*pen, start);
        if (cost < least || (cost == least && lower(start, start_of(outline, contour, best)))) {
            least = cost;
            best = i;
        }
    }
    find_ways(search, outline, contour, best);
    struct outline_point start = start_of(outline, contour, best);
    write_move(out, *pen, start);
    write_ways(out, search);
    *pen = search->count == contour->count ? start : start_of(outline, contour, before(contour, best));
}

static struct outline_point lowest_of(const struct outline *outline, const struct outline_contour *contour)
{
    struct outline_point lowest = start_of(outline, contour, 0);
    for (size_t i = 0; i < contour->count; i++)
        if (lower(start_of(outline, contour, i), lowest))
            lowest = start_of(outline, contour, i);
    return lowest;
}

/* From the lowest up: a letter with an accent then begins as the letter without it. */
static void order_contours(struct outline *outline)
{
    for (size_t i = 1; i < outline->contour_count; i++) {
        struct outline_contour contour = outline->contours[i];
        struct outline_point lowest = lowest_of(outline, &contour);
        size_t j = i;
        for (; j && lower(lowest, lowest_of(outline, &outline->contours[j - 1])); j--)
            outline->contours[j] = outline->contours[j - 1];
        outline->contours[j] = contour;
    }
}

void charstring_pack(struct outline *outline, const int *width, struct buf *out)
{
    struct search search = {.steps = base_malloc((outline->segment_count + 1) * sizeof *search.steps),
                            .ways = base_malloc((outline->segment_count + 1) * sizeof *search.ways)};
    struct outline_point pen = {0, 0};
    if (width)
        cff_number(out, *width);
    order_contours(outline);
    for (size_t i = 0; i < outline->contour_count; i++)
        write_contour(out, &search, outline, &outline->contours[i], &pen);
    buf_char(out, ENDCHAR);
    free(search.steps);
    free(search.ways);
}
