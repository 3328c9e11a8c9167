/* Font files as tables. */
#include "pdf/sfnt.h"

#include <string.h>

enum { CODES = 256, MACINTOSH = 1 };

static void put16(struct buf *out, unsigned value)
{
    buf_char(out, (char)(value >> 8));
    buf_char(out, (char)value);
}

static void put32(struct buf *out, uint32_t value)
{
    put16(out, value >> 16);
    put16(out, value & 0xFFFF);
}

static void set32(char *p, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++)
        p[i] = (char)(value >> (24 - 8 * i));
}

static uint32_t u32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 | u[3];
}

static uint32_t sum_of(struct str s)
{
    uint32_t sum = 0;
    size_t i = 0;
    for (; i + 4 <= s.n; i += 4)
        sum += u32(s.p + i);
    for (; i < s.n; i++)
        sum += (uint32_t)(unsigned char)s.p[i] << (24 - 8 * (i % 4));
    return sum;
}

bool sfnt_set(struct sfnt *sfnt, const char *tag, struct str data)
{
    size_t at = 0;
    while (at < sfnt->count && memcmp(sfnt->tables[at].tag, tag, 4) < 0)
        at++;
    if (at == sfnt->count || memcmp(sfnt->tables[at].tag, tag, 4) != 0) {
        if (sfnt->count == SFNT_TABLES_MOST)
            return false;
        memmove(&sfnt->tables[at + 1], &sfnt->tables[at], (sfnt->count - at) * sizeof sfnt->tables[0]);
        sfnt->count++;
        memcpy(sfnt->tables[at].tag, tag, 4);
        sfnt->tables[at].tag[4] = 0;
    }
    sfnt->tables[at].data = data;
    return true;
}

bool sfnt_read(struct sfnt *sfnt, struct str file)
{
    *sfnt = (struct sfnt){.count = 0};
    if (file.n < 12 || memcmp(file.p, "\0\1\0\0", 4) != 0)
        return false;
    size_t count = u32(file.p + 4) >> 16;
    if (count > SFNT_TABLES_MOST || 12 + 16 * count > file.n)
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *record = file.p + 12 + 16 * i;
        size_t at = u32(record + 8), n = u32(record + 12);
        if (at > file.n || n > file.n - at || !sfnt_set(sfnt, record, (struct str){file.p + at, n}))
            return false;
    }
    return true;
}

/* What comes before the tables: sizes that a search by halves needs (OpenType 1.9, Table Directory). */
static void put_start(struct buf *out, unsigned count)
{
    unsigned power = 1, log = 0;
    for (; 2 * power <= count; power *= 2)
        log++;
    put32(out, 0x10000);
    put16(out, count);
    put16(out, 16 * power);
    put16(out, log);
    put16(out, 16 * (count - power));
}

void sfnt_write(const struct sfnt *sfnt, struct buf *out)
{
    const size_t start = out->n;
    size_t at = 12 + 16 * sfnt->count, head_at = 0, place[SFNT_TABLES_MOST] = {0},
           order[SFNT_TABLES_MOST] = {0};
    for (size_t i = 0; i < sfnt->count; i++) {
        size_t j = i;
        for (; j && sfnt->tables[order[j - 1]].data.n > sfnt->tables[i].data.n; j--)
            order[j] = order[j - 1];
        order[j] = i;
    }
    for (size_t i = 0; i < sfnt->count; i++) {
        place[order[i]] = at;
        at += (sfnt->tables[order[i]].data.n + 3) & ~(size_t)3;
    }
    buf_reserve(out, at);
    put_start(out, (unsigned)sfnt->count);
    for (size_t i = 0; i < sfnt->count; i++) {
        const struct sfnt_table *table = &sfnt->tables[i];
        bool is_head = memcmp(table->tag, "head", 4) == 0 && table->data.n >= 12;
        if (is_head)
            head_at = start + place[i];
        buf_add(out, table->tag, 4);
        put32(out, sum_of(table->data) - (is_head ? u32(table->data.p + 8) : 0));
        put32(out, (uint32_t)place[i]);
        put32(out, (uint32_t)table->data.n);
    }
    for (size_t i = 0; i < sfnt->count; i++) {
        buf_str(out, sfnt->tables[order[i]].data);
        buf_repeat(out, '\0', (4 - (out->n - start) % 4) % 4);
    }
    if (head_at) { /* checkSumAdjustment */
        set32(out->p + head_at + 8, 0);
        set32(out->p + head_at + 8, 0xB1B0AFBA - sum_of(str_slice(buf_view(out), start, out->n)));
    }
}

void sfnt_cmap(const uint16_t gids[CODES], struct buf *out)
{
    unsigned first = 0, end = CODES, most = 0;
    while (first < CODES - 1 && !gids[first])
        first++;
    while (end > first + 1 && !gids[end - 1])
        end--;
    for (unsigned i = first; i < end; i++)
        most = gids[i] > most ? gids[i] : most;
    put16(out, 0);
    put16(out, 1); /* one encoding */
    put16(out, MACINTOSH);
    put16(out, 0); /* Roman */
    put32(out, 12);
    if (most < CODES) {
        put16(out, 0); /* a byte for each code */
        put16(out, 6 + CODES);
        put16(out, 0); /* no language */
        for (unsigned i = 0; i < CODES; i++)
            buf_char(out, (char)gids[i]);
        return;
    }
    put16(out, 6); /* two bytes for each from the first to the last */
    put16(out, 10 + 2 * (end - first));
    put16(out, 0);
    put16(out, first);
    put16(out, end - first);
    for (unsigned i = first; i < end; i++)
        put16(out, gids[i]);
}
