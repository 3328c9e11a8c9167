/* Reads the charset of a CFF. Every offset is checked: font files come from the system. */
#include "pdf/cff.h"

struct reader {
    const unsigned char *p;
    size_t n, at;
    bool failed;
};

static uint32_t read_bytes(struct reader *in, unsigned count)
{
    uint32_t value = 0;
    if (in->failed || count > in->n - in->at) {
        in->failed = true;
        return 0;
    }
    while (count--)
        value = value << 8 | in->p[in->at++];
    return value;
}

static void seek(struct reader *in, size_t at)
{
    if (at > in->n)
        in->failed = true;
    else
        in->at = at;
}

/* Reads an INDEX and moves behind it; gives the place of its first entry. */
static void skip_index(struct reader *in, size_t *first, size_t *first_end)
{
    *first = *first_end = in->at;
    uint32_t count = read_bytes(in, 2);
    if (count == 0)
        return;
    uint32_t size = read_bytes(in, 1);
    if (size < 1 || size > 4) {
        in->failed = true;
        return;
    }
    size_t offsets = in->at;
    size_t data = offsets + (size_t)(count + 1) * size - 1; /* offsets count from 1 */
    size_t start = read_bytes(in, size), end = read_bytes(in, size);
    seek(in, offsets + (size_t)count * size);
    size_t last = read_bytes(in, size);
    *first = data + start;
    *first_end = data + end;
    if (start > end || *first_end > in->n)
        in->failed = true;
    seek(in, data + last);
}

struct top_dict {
    bool cid_keyed;
    size_t charset;
};

/* One operand of a DICT. Real numbers are passed over. */
static int32_t read_operand(struct reader *in, uint32_t b0)
{
    if (b0 == 28)
        return (int16_t)read_bytes(in, 2);
    if (b0 == 29)
        return (int32_t)read_bytes(in, 4);
    if (b0 == 30) {
        uint32_t b;
        do {
            b = read_bytes(in, 1);
        } while (!in->failed && (b & 15) != 15 && b >> 4 != 15);
        return 0;
    }
    if (b0 <= 246)
        return (int32_t)b0 - 139;
    if (b0 <= 250)
        return ((int32_t)b0 - 247) * 256 + (int32_t)read_bytes(in, 1) + 108;
    return -((int32_t)b0 - 251) * 256 - (int32_t)read_bytes(in, 1) - 108;
}

static struct top_dict read_top_dict(struct reader *in, size_t end)
{
    struct top_dict dict = {0};
    int32_t operand = 0;
    while (!in->failed && in->at < end) {
        uint32_t b0 = read_bytes(in, 1);
        if (b0 > 21) {
            operand = read_operand(in, b0);
            continue;
        }
        uint32_t operator = b0 == 12 ? 0x0C00 | read_bytes(in, 1) : b0;
        if (operator == 0x0C1E) /* ROS */
            dict.cid_keyed = true;
        else if (operator == 15 && operand > 0)
            dict.charset = (size_t)operand;
    }
    return dict;
}

static void read_charset(struct reader *in, uint16_t *cids, size_t count)
{
    uint32_t format = read_bytes(in, 1);
    if (format > 2)
        in->failed = true;
    for (size_t glyph = 1; glyph < count && !in->failed;) {
        uint32_t cid = read_bytes(in, 2);
        uint32_t more = format == 0 ? 0 : read_bytes(in, format);
        for (uint32_t i = 0; i <= more && glyph < count; i++)
            cids[glyph++] = (uint16_t)(cid + i);
    }
}

/* Moves to the charset, where the font has one of its own. */
static struct top_dict open_charset(struct reader *in)
{
    size_t from, to;
    seek(in, 2);
    uint32_t header = read_bytes(in, 1);
    seek(in, header);
    skip_index(in, &from, &to); /* names */
    skip_index(in, &from, &to); /* top DICTs */
    seek(in, from);
    struct top_dict dict = {0};
    if (!in->failed)
        dict = read_top_dict(in, to);
    if (dict.charset > 2)
        seek(in, dict.charset);
    return dict;
}

bool cff_cids(struct str table, uint16_t *cids, size_t count)
{
    struct reader in = {(const unsigned char *)table.p, table.n, 0, false};
    for (size_t i = 0; i < count; i++)
        cids[i] = (uint16_t)i;
    struct top_dict dict = open_charset(&in);
    if (dict.cid_keyed && dict.charset > 2)
        read_charset(&in, cids, count);
    return !in.failed;
}

bool cff_names(struct str table, uint16_t *names, size_t count)
{
    struct reader in = {(const unsigned char *)table.p, table.n, 0, false};
    struct top_dict dict = open_charset(&in);
    if (count)
        names[0] = 0;
    if (dict.charset > 2)
        read_charset(&in, names, count);
    return !in.failed && !dict.cid_keyed && dict.charset > 2;
}
