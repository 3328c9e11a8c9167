/* Calendar dates (proleptic Gregorian), loose dates and editions. No clock, no time zone. */
#ifndef BRIEFING_BASE_DATE_H
#define BRIEFING_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Year 0: no date. Month 0: only the year is known; day 0: only year and month. */
struct date {
    int16_t year;
    uint8_t month, day;
};

enum edition_kind { EDITION_NONE, EDITION_YEAR, EDITION_QUARTER, EDITION_MONTH };

struct edition_id {
    enum edition_kind kind;
    int16_t year;
    uint8_t part; /* quarter 1–4, month 1–12, 0 for a year */
};

/* "2026-11-21"; with loose also "2026-11" and "2026". A day that the calendar lacks is refused. */
bool date_parse(struct str text, bool loose, struct date *date);
bool date_is_set(struct date date);
/* Orders by first possible day: negative, 0 or positive. */
int date_compare(struct date a, struct date b);
struct date date_first(struct date date); /* the first day that a loose date may mean */
struct date date_last(struct date date);  /* the last one */
/* ISO 8601, as precise as the date is. */
struct str date_iso(struct arena *arena, struct date date);
/* UTC day of seconds since 1970, for SOURCE_DATE_EPOCH. */
struct date date_from_epoch(int64_t seconds);

/* "2026-Q4", "2026-11", "2026". */
bool edition_parse(struct str text, struct edition_id *edition);
struct str edition_format(struct arena *arena, struct edition_id edition);
struct edition_id edition_quarter_of(struct date date);
bool edition_holds(struct edition_id edition, struct date date); /* some day of a loose date lies in it */
struct date edition_first(struct edition_id edition);
struct date edition_last(struct edition_id edition);
struct edition_id edition_next(struct edition_id edition);     /* of the same kind */
int edition_compare(struct edition_id a, struct edition_id b); /* by first day, then by last */

#endif
