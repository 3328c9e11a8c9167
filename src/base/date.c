/* Dates and editions. Day numbers follow the usual era arithmetic of the Gregorian calendar (400 years =
 * 146,097 days). */
#include "base/date.h"

static int days_in_month(int year, int month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool read_digits(struct str text, size_t at, size_t count, int *value)
{
    *value = 0;
    if (at + count > text.n)
        return false;
    for (size_t i = at; i < at + count; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        *value = *value * 10 + (text.p[i] - '0');
    }
    return true;
}

bool date_parse(struct str text, bool loose, struct date *date)
{
    int year, month = 0, day = 0;
    if (text.n != 10 && !(loose && (text.n == 7 || text.n == 4)))
        return false;
    if (!read_digits(text, 0, 4, &year) || year == 0)
        return false;
    if (text.n >= 7 && (text.p[4] != '-' || !read_digits(text, 5, 2, &month) || month < 1 || month > 12))
        return false;
    if (text.n == 10 &&
        (text.p[7] != '-' || !read_digits(text, 8, 2, &day) || day < 1 || day > days_in_month(year, month)))
        return false;
    *date = (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

bool date_is_set(struct date date)
{
    return date.year != 0;
}

struct date date_first(struct date date)
{
    if (date.month == 0)
        date.month = 1;
    if (date.day == 0)
        date.day = 1;
    return date;
}

struct date date_last(struct date date)
{
    if (date.month == 0)
        date.month = 12;
    if (date.day == 0)
        date.day = (uint8_t)days_in_month(date.year, date.month);
    return date;
}

int date_compare(struct date a, struct date b)
{
    a = date_first(a);
    b = date_first(b);
    if (a.year != b.year)
        return a.year - b.year;
    if (a.month != b.month)
        return a.month - b.month;
    return a.day - b.day;
}

static struct date from_day_number(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    int64_t day = of_year - (153 * month + 2) / 5 + 1;
    month = month < 10 ? month + 3 : month - 9;
    year += era * 400 + (month <= 2);
    if (year < 1 || year > 9999)
        return (struct date){0};
    return (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

struct date date_from_epoch(int64_t seconds)
{
    int64_t days = seconds / 86400 - (seconds % 86400 < 0);
    return from_day_number(days);
}

struct str date_iso(struct arena *arena, struct date date)
{
    if (!date_is_set(date))
        return (struct str){0};
    if (date.month == 0)
        return str_printf(arena, "%04d", date.year);
    if (date.day == 0)
        return str_printf(arena, "%04d-%02d", date.year, date.month);
    return str_printf(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

bool edition_parse(struct str text, struct edition_id *edition)
{
    int year, part;
    if (!read_digits(text, 0, 4, &year) || year == 0)
        return false;
    if (text.n == 4) {
        *edition = (struct edition_id){EDITION_YEAR, (int16_t)year, 0};
        return true;
    }
    if (text.n != 7 || text.p[4] != '-')
        return false;
    if (text.p[5] == 'Q') {
        if (text.p[6] < '1' || text.p[6] > '4')
            return false;
        *edition = (struct edition_id){EDITION_QUARTER, (int16_t)year, (uint8_t)(text.p[6] - '0')};
        return true;
    }
    if (!read_digits(text, 5, 2, &part) || part < 1 || part > 12)
        return false;
    *edition = (struct edition_id){EDITION_MONTH, (int16_t)year, (uint8_t)part};
    return true;
}

struct str edition_format(struct arena *arena, struct edition_id edition)
{
    switch (edition.kind) {
    case EDITION_YEAR:
        return str_printf(arena, "%04d", edition.year);
    case EDITION_QUARTER:
        return str_printf(arena, "%04d-Q%d", edition.year, edition.part);
    case EDITION_MONTH:
        return str_printf(arena, "%04d-%02d", edition.year, edition.part);
    case EDITION_NONE:
        break;
    }
    return (struct str){0};
}

struct edition_id edition_quarter_of(struct date date)
{
    date = date_first(date);
    return (struct edition_id){EDITION_QUARTER, date.year, (uint8_t)((date.month - 1) / 3 + 1)};
}

struct date edition_first(struct edition_id edition)
{
    int month = 1;
    if (edition.kind == EDITION_QUARTER)
        month = (edition.part - 1) * 3 + 1;
    else if (edition.kind == EDITION_MONTH)
        month = edition.part;
    return (struct date){edition.year, (uint8_t)month, 1};
}

struct date edition_last(struct edition_id edition)
{
    int month = 12;
    if (edition.kind == EDITION_QUARTER)
        month = edition.part * 3;
    else if (edition.kind == EDITION_MONTH)
        month = edition.part;
    return date_last((struct date){edition.year, (uint8_t)month, 0});
}

bool edition_holds(struct edition_id edition, struct date date)
{
    return date_compare(date_last(date), edition_first(edition)) >= 0 &&
           date_compare(date_first(date), edition_last(edition)) <= 0;
}

struct edition_id edition_next(struct edition_id edition)
{
    int last = edition.kind == EDITION_QUARTER ? 4 : edition.kind == EDITION_MONTH ? 12 : 0;
    if (last && edition.part < last) {
        edition.part++;
    } else {
        edition.year++;
        edition.part = last ? 1 : 0;
    }
    return edition;
}

int edition_compare(struct edition_id a, struct edition_id b)
{
    int order = date_compare(edition_first(a), edition_first(b));
    return order ? order : date_compare(edition_last(a), edition_last(b));
}
