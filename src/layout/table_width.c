/* Widths of table columns, in whole numbers. */
#include "layout/table_width.h"

enum { CAP_LEAST = 26000 }; /* words are torn into no shorter parts */

static int64_t root(int64_t n)
{
    int64_t low = 0, high = 70000; /* above the root of any int32_t */
    while (low < high) {
        int64_t mid = (low + high + 1) / 2;
        if (mid * mid <= n)
            low = mid;
        else
            high = mid - 1;
    }
    return low;
}

static int64_t share_of(const struct column_width *c, int64_t scale)
{
    int64_t width = scale * c->root / 1000, least = c->narrow ? c->most : c->least;
    if (width > c->most)
        width = c->most;
    return width < least ? least : width;
}

static int64_t sum_at(const struct column_width *columns, size_t count, int64_t scale)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += share_of(&columns[i], scale);
    return sum;
}

/* A number or a time at the left edge keeps its place there. */
static int64_t weight_of(const struct column_width *columns, size_t i, size_t count)
{
    return i == 0 && count > 1 && columns[i].narrow ? 0 : columns[i].root;
}

/* Spreads what is over: a column's share grows with the root of what it asks for, so that long ones do not drift away from
 * their neighbours. */
static void spread(struct column_width *columns, size_t count, int64_t over)
{
    int64_t weights = 0, given = 0;
    for (size_t i = 0; i < count; i++)
        weights += weight_of(columns, i, count);
    for (size_t i = 0; i < count && weights > 0; i++) {
        int64_t more = over * weight_of(columns, i, count) / weights;
        columns[i].width += (int32_t)more;
        given += more;
    }
    if (count)
        columns[count - 1].width += (int32_t)(over - given);
}

static int32_t capped(const struct column_width *column, int64_t cap)
{
    int32_t least = column->least < cap ? column->least : (int32_t)cap;
    return least < column->whole ? column->whole : least;
}

static int64_t sum_capped(const struct column_width *columns, size_t count, int64_t cap)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += capped(&columns[i], cap);
    return sum;
}

/* The highest cap that leaves all in room. */
static int64_t cap_for(const struct column_width *columns, size_t count, int64_t room)
{
    int64_t low = 0, high = room;
    while (low < high) {
        int64_t mid = (low + high + 1) / 2;
        if (sum_capped(columns, count, mid) <= room)
            low = mid;
        else
            high = mid - 1;
    }
    return low;
}

/* Words that are too long will be torn: what columns need at the least is capped so that it takes three fifths of the
 * room, and the rest is shared out as ever; or all of the room, where figures take so much. */
static bool cap_words(struct column_width *columns, size_t count, int32_t room)
{
    int64_t cap = cap_for(columns, count, (int64_t)room * 3 / 5);
    if (cap < CAP_LEAST)
        cap = cap_for(columns, count, room);
    if (cap < CAP_LEAST && sum_capped(columns, count, CAP_LEAST) > room)
        return false;
    for (size_t i = 0; i < count; i++)
        columns[i].least = capped(&columns[i], cap);
    return true;
}

bool table_width_share(struct column_width *columns, size_t count, int32_t room)
{
    int64_t least_sum = 0, most_sum = 0;
    for (size_t i = 0; i < count; i++) {
        least_sum += columns[i].least;
        most_sum += columns[i].most;
        columns[i].width = columns[i].most;
        columns[i].root = (int32_t)root(columns[i].most);
    }
    if (most_sum <= room) {
        spread(columns, count, room - most_sum);
        return true;
    }
    if (least_sum > room && !cap_words(columns, count, room))
        return false;
    if (sum_at(columns, count, 0) > room) {
        for (size_t i = 0; i < count; i++)
            columns[i].narrow = false;
    }
    int64_t low = 0, high = (int64_t)INT32_MAX;
    while (low < high) {
        int64_t mid = (low + high + 1) / 2;
        if (sum_at(columns, count, mid) <= room)
            low = mid;
        else
            high = mid - 1;
    }
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        columns[i].width = (int32_t)share_of(&columns[i], low);
        sum += columns[i].width;
    }
    if (count)
        columns[count - 1].width += (int32_t)(room - sum);
    return true;
}
