/* Reading marks from the gaps between words, and weighing them. */
#include "trace/marks.h"

#include <math.h>
#include <stdlib.h>

#include "pdf/mark.h"

enum {
    MOST_GAP_MPT = 30000,                 /* a wider one lies between columns */
    LEAST_SHIFT_MPT = MARK_SHIFT_MPT / 4, /* of pages that were made smaller, */
    MOST_SHIFT_MPT = MARK_SHIFT_MPT * 5,  /* and larger */
    ROUNDING_MPT = 15, /* what is left by programs that round places to a hundredth of a point */
    MAX_WORD = 256,    /* bytes */
    FIRST_LOOK = 24,   /* signs after which a copy may be given up */
};

/* ---- reading */

/* The sign of the middle one of five words of a line; 0: none. Its own two gaps differ by twice the shift,
 * those around them by the shift, the other way: a page's scale does not matter. */
static int sign_of(const struct trace_word *words)
{
    int64_t gaps[4];
    for (int i = 0; i < 4; i++) {
        gaps[i] = (int64_t)words[i + 1].left_mpt - words[i].right_mpt;
        if (gaps[i] <= 0 || gaps[i] > MOST_GAP_MPT)
            return 0;
    }
    int64_t shift = (gaps[1] - gaps[2]) / 2, size = llabs(shift), spare = size / 3 + ROUNDING_MPT;
    if (size < LEAST_SHIFT_MPT || size > MOST_SHIFT_MPT || llabs(gaps[0] - gaps[1] + shift) > spare ||
        llabs(gaps[2] - gaps[3] + shift) > spare)
        return 0;
    return shift > 0 ? 1 : -1;
}

static bool are_on_a_line(const struct trace_word *words)
{
    bool starts = false;
    for (int i = 1; i < 5; i++)
        starts = starts || words[i].starts_line;
    return !starts && words[0].page == words[4].page;
}

static int by_letters(const void *a, const void *b)
{
    const struct trace_mark *one = a, *other = b;
    return str_cmp(one->letters, other->letters);
}

/* Places with the same letters become one with the sign of most of them, or none. */
static void join_equal(struct trace_marks *marks)
{
    size_t kept = 0;
    for (size_t i = 0, next = 0; i < marks->count; i = next) {
        int sum = 0;
        for (next = i; next < marks->count && by_letters(&marks->items[i], &marks->items[next]) == 0; next++)
            sum += marks->items[next].sign;
        if (sum)
            marks->items[kept++] = (struct trace_mark){marks->items[i].letters, sum > 0 ? 1 : -1};
    }
    marks->count = kept;
}

void marks_read(struct arena *arena, const struct trace_words *words, struct trace_marks *marks)
{
    struct buf letters = {0};
    *marks = (struct trace_marks){0};
    for (size_t i = 0; i + 4 < words->count; i++) {
        const struct trace_word *five = &words->items[i];
        int sign = are_on_a_line(five) ? sign_of(five) : 0;
        if (!sign)
            continue;
        buf_clear(&letters);
        for (int k = 1; k < 4; k++)
            mark_letters(&letters, str_slice(five[k].text, 0, MAX_WORD));
        if (letters.n >= MARK_LEAST_LETTERS)
            *ARENA_PUSH(arena, marks) = (struct trace_mark){str_dup(arena, buf_view(&letters)), sign};
    }
    buf_done(&letters);
    if (marks->count)
        qsort(marks->items, marks->count, sizeof *marks->items, by_letters);
    join_equal(marks);
}

/* ---- weighing */

size_t marks_agree(const struct trace_marks *marks, const struct copy_id *id)
{
    size_t agree = 0;
    for (size_t i = 0; i < marks->count; i++)
        agree += copy_id_sign(id, marks->items[i].letters) == marks->items[i].sign;
    return agree;
}

size_t marks_agree_quick(const struct trace_marks *marks, const struct copy_id *id)
{
    size_t agree = 0, look = FIRST_LOOK;
    for (size_t i = 0; i < marks->count; i++) {
        agree += copy_id_sign(id, marks->items[i].letters) == marks->items[i].sign;
        if (i + 1 == look && agree * 2 <= look)
            return 0;
        look += i + 1 == look ? look : 0;
    }
    return agree;
}

/* Of `agree` or more heads among `count` coins; natural. */
static double log_tail(size_t agree, size_t count)
{
    double n = (double)count, largest = 0, sum = 0;
    if (agree > count)
        return -INFINITY;
    for (size_t k = agree; k <= count; k++) {
        double i = (double)k;
        double term = lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) - n * log(2);
        if (k == agree)
            largest = term;
        double part = exp(term - largest);
        sum += part;
        if (part < 1e-17 * sum)
            break;
    }
    return largest + log(sum); /* the first part is 1 */
}

double marks_chance(size_t agree, size_t count, size_t copies)
{
    if (count == 0 || agree * 2 <= count || copies == 0)
        return 0;
    double chance = (log_tail(agree, count) + log((double)copies)) / log(10);
    return chance < 0 ? chance : 0;
}
