/* The editions that a text may be of, by the dates that stand in it. */
#include "trace/ids.h"

#include <string.h>

enum {
    FIRST_YEAR = 1990,
    LAST_YEAR = 2099,
    YEARS = 10, /* that are tried at most */
    MAX_READ = 64,
    QUARTERS = 4,
    MONTHS = 12,
};

void editions_add(struct arena *arena, struct trace_editions *editions, struct edition_id edition)
{
    for (size_t i = 0; i < editions->count; i++) {
        struct edition_id other = editions->items[i];
        if (other.kind == edition.kind && other.year == edition.year && other.part == edition.part)
            return;
    }
    *ARENA_PUSH(arena, editions) = edition;
}

/* Without what may stand around it in a sentence. */
static struct str bare(struct str word)
{
    static const char around[] = "()[],.;:*";
    while (word.n && strchr(around, word.p[0]))
        word = str_slice(word, 1, word.n);
    while (word.n && strchr(around, word.p[word.n - 1]))
        word.n--;
    return word;
}

/* 0: it is no year. */
static int16_t year_of(struct str word)
{
    struct edition_id edition;
    bool is = word.n >= 4 && edition_parse(str_slice(word, 0, 4), &edition) && edition.year >= FIRST_YEAR &&
              edition.year <= LAST_YEAR && (word.n == 4 || word.p[4] == '-');
    return is ? edition.year : 0;
}

static bool is_quarter(struct str word)
{
    return word.n == 2 && (word.p[0] == 'Q' || word.p[0] == 'q') && word.p[1] >= '1' && word.p[1] <= '4';
}

void editions_read(struct arena *arena, const struct trace_words *words, struct trace_editions *editions)
{
    struct str last = {0};
    for (size_t i = 0; i < words->count && editions->count < MAX_READ; i++) {
        struct str word = bare(words->items[i].text);
        struct edition_id edition = {.kind = EDITION_QUARTER, .year = year_of(word)};
        bool is = word.n > 4 && edition.year && edition_parse(word, &edition);
        if (word.n == 4 && edition.year && is_quarter(last)) {
            edition.part = (uint8_t)(last.p[1] - '0');
            is = true;
        }
        if (is)
            editions_add(arena, editions, edition);
        last = word;
    }
}

static void add_year(struct arena *arena, int16_t year, struct trace_editions *editions)
{
    for (uint8_t part = QUARTERS; part; part--)
        editions_add(arena, editions, (struct edition_id){EDITION_QUARTER, year, part});
    for (uint8_t part = MONTHS; part; part--)
        editions_add(arena, editions, (struct edition_id){EDITION_MONTH, year, part});
    editions_add(arena, editions, (struct edition_id){EDITION_YEAR, year, 0});
}

void editions_of_years(struct arena *arena, const struct trace_words *words, struct trace_editions *editions)
{
    bool seen[LAST_YEAR - FIRST_YEAR + 1] = {false};
    for (size_t i = 0; i < words->count; i++) {
        int16_t year = year_of(bare(words->items[i].text));
        if (year)
            seen[year - FIRST_YEAR] = true;
    }
    int left = YEARS;
    for (int16_t year = LAST_YEAR; year >= FIRST_YEAR && left; year--)
        if (seen[year - FIRST_YEAR]) {
            add_year(arena, year, editions);
            left--;
        }
}

void editions_before(struct arena *arena, int16_t year, struct trace_editions *editions)
{
    for (int back = 0; back < YEARS; back++)
        add_year(arena, (int16_t)(year - back), editions);
}
