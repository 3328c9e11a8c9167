/* The least that a CFF program holds: its glyphs in the order of their codes, so that codes and names are
 * ranges. Source: Adobe Technical Note 5176, sections 4 to 16. */
#include "pdf/cff_write.h"

#include "pdf/cff_number.h"

enum {
    BBOX = 5,
    CHARSET = 15,
    ENCODING = 16,
    CHARSTRINGS = 17,
    PRIVATE = 18,
    DEFAULT_WIDTH = 20,
    NOMINAL_WIDTH = 21,
    HEADER_BYTES = 4,
    SUPPLEMENT = 0x80
};

/* The glyphs of a program. */
struct chosen {
    uint8_t codes[CFF_CODES];
    uint32_t glyphs[CFF_CODES];
    uint16_t names[CFF_CODES]; /* numbers of strings, standard ones and others */
    size_t count;
};

static void put16(struct buf *out, size_t value)
{
    buf_char(out, (char)(value >> 8));
    buf_char(out, (char)value);
}

/* What comes before the data of an INDEX but its offsets; how many bytes each of these has (section 5). */
static unsigned put_index(struct buf *out, size_t count, size_t bytes)
{
    unsigned size = bytes < 0xFF ? 1 : bytes < 0xFFFF ? 2 : 3;
    put16(out, count);
    buf_char(out, (char)size);
    return size;
}

static void put_offset(struct buf *out, unsigned size, size_t offset)
{
    while (size--)
        buf_char(out, (char)(offset >> 8 * size));
}

static void put_single(struct buf *out, struct str data)
{
    unsigned size = put_index(out, 1, data.n);
    put_offset(out, size, 1);
    put_offset(out, size, data.n + 1);
    buf_str(out, data);
}

static void choose(struct chosen *chosen, const struct cff_table *table, const uint32_t glyphs[CFF_CODES])
{
    unsigned strings = CFF_STANDARD_STRINGS;
    chosen->count = 0;
    for (unsigned code = 0; code < CFF_CODES; code++) {
        if (!glyphs[code])
            continue;
        unsigned name = table->glyphs[glyphs[code]].name;
        chosen->codes[chosen->count] = (uint8_t)code;
        chosen->glyphs[chosen->count] = glyphs[code];
        chosen->names[chosen->count++] = (uint16_t)(name < CFF_STANDARD_STRINGS ? name : strings++);
    }
}

/* The names that are no standard strings (section 10). */
static void put_strings(struct buf *out, const struct chosen *chosen, const struct cff_table *table)
{
    size_t count = 0, bytes = 0, offset = 1;
    for (size_t i = 0; i < chosen->count; i++)
        if (chosen->names[i] >= CFF_STANDARD_STRINGS) {
            count++;
            bytes += cff_table_name(table, chosen->glyphs[i]).n;
        }
    if (!count) {
        put16(out, 0);
        return;
    }
    unsigned size = put_index(out, count, bytes);
    put_offset(out, size, offset);
    for (size_t i = 0; i < chosen->count; i++)
        if (chosen->names[i] >= CFF_STANDARD_STRINGS)
            put_offset(out, size, offset += cff_table_name(table, chosen->glyphs[i]).n);
    for (size_t i = 0; i < chosen->count; i++)
        if (chosen->names[i] >= CFF_STANDARD_STRINGS)
            buf_str(out, cff_table_name(table, chosen->glyphs[i]));
}

static size_t name_range_end(const struct chosen *chosen, size_t i)
{
    size_t end = i + 1;
    while (end < chosen->count && chosen->names[end] == chosen->names[end - 1] + 1)
        end++;
    return end;
}

/* Names of the glyphs one by one or as ranges, whichever is shorter (section 13). */
static void put_charset(struct buf *out, const struct chosen *chosen)
{
    size_t ranges = 0;
    for (size_t i = 0; i < chosen->count; i = name_range_end(chosen, i))
        ranges++;
    bool as_ranges = 3 * ranges < 2 * chosen->count;
    buf_char(out, as_ranges ? 1 : 0);
    for (size_t i = 0, end; i < chosen->count; i = end) {
        end = as_ranges ? name_range_end(chosen, i) : i + 1;
        put16(out, chosen->names[i]);
        if (as_ranges)
            buf_char(out, (char)(end - i - 1));
    }
}

static size_t code_range_end(const struct chosen *chosen, size_t i)
{
    size_t end = i + 1;
    while (end < chosen->count && chosen->codes[end] == chosen->codes[end - 1] + 1)
        end++;
    return end;
}

static unsigned name_of(const struct chosen *chosen, uint32_t glyph)
{
    for (size_t i = 0; i < chosen->count; i++)
        if (chosen->glyphs[i] == glyph)
            return chosen->names[i];
    return 0;
}

/* Codes of the glyphs one by one or as ranges; twins by the names of their glyphs (section 12). */
static void put_encoding(struct buf *out, const struct chosen *chosen, const struct cff_twin *twins,
                         size_t twin_count)
{
    size_t ranges = 0;
    for (size_t i = 0; i < chosen->count; i = code_range_end(chosen, i))
        ranges++;
    bool as_ranges = 2 * ranges < chosen->count;
    buf_char(out, (char)((as_ranges ? 1 : 0) | (twin_count ? SUPPLEMENT : 0)));
    buf_char(out, (char)(as_ranges ? ranges : chosen->count));
    for (size_t i = 0, end; i < chosen->count; i = end) {
        end = as_ranges ? code_range_end(chosen, i) : i + 1;
        buf_char(out, (char)chosen->codes[i]);
        if (as_ranges)
            buf_char(out, (char)(end - i - 1));
    }
    if (!twin_count)
        return;
    buf_char(out, (char)twin_count);
    for (size_t i = 0; i < twin_count; i++) {
        buf_char(out, (char)twins[i].code);
        put16(out, name_of(chosen, twins[i].glyph));
    }
}

static void put_charstrings(struct buf *out, const struct chosen *chosen, const struct cff_table *table)
{
    static const char blank[] = {14}; /* endchar */
    size_t bytes = sizeof blank, offset = 1;
    for (size_t i = 0; i < chosen->count; i++)
        bytes += cff_table_charstring(table, chosen->glyphs[i]).n;
    unsigned size = put_index(out, chosen->count + 1, bytes);
    buf_reserve(out, (chosen->count + 2) * size + bytes);
    put_offset(out, size, offset);
    put_offset(out, size, offset += sizeof blank);
    for (size_t i = 0; i < chosen->count; i++)
        put_offset(out, size, offset += cff_table_charstring(table, chosen->glyphs[i]).n);
    buf_add(out, blank, sizeof blank);
    for (size_t i = 0; i < chosen->count; i++)
        buf_str(out, cff_table_charstring(table, chosen->glyphs[i]));
}

static void put_entry(struct buf *out, int value, int key)
{
    cff_number(out, value);
    buf_char(out, (char)key);
}

/* What stands behind the INDEXes of the program's start, and where (sections 9 and 15). */
struct places {
    size_t charset, encoding, private, charstrings, private_bytes;
};

static void put_top(struct buf *out, const struct cff_table *table, const struct places *places)
{
    for (size_t i = 0; i < 3; i++)
        cff_number(out, table->box[i]);
    put_entry(out, table->box[3], BBOX);
    put_entry(out, (int)places->charset, CHARSET);
    put_entry(out, (int)places->encoding, ENCODING);
    put_entry(out, (int)places->charstrings, CHARSTRINGS);
    cff_number(out, (int)places->private_bytes);
    put_entry(out, (int)places->private, PRIVATE);
}

/* The dictionary says where all else stands, which depends on how long it is itself: its numbers grow with
 * the places that they tell. */
static void find_places(struct places *places, const struct cff_table *table, size_t before, size_t charset,
                        size_t encoding)
{
    struct buf top = {0};
    size_t known = 0;
    do {
        known = top.n;
        places->charset = before + known;
        places->encoding = places->charset + charset;
        places->private = places->encoding + encoding;
        places->charstrings = places->private + places->private_bytes;
        buf_clear(&top);
        put_top(&top, table, places);
    } while (top.n > known);
    buf_done(&top);
}

void cff_write(const struct cff_table *table, struct str name, const uint32_t glyphs[CFF_CODES],
               const struct cff_twin *twins, size_t twin_count, struct buf *out)
{
    enum { ONE_INDEX = 5, NO_INDEX = 2 }; /* bytes of an INDEX of one short entry without it, and of none */
    struct chosen chosen;
    struct buf strings = {0}, charset = {0}, encoding = {0}, private = {0}, top = {0};
    choose(&chosen, table, glyphs);
    put_strings(&strings, &chosen, table);
    put_charset(&charset, &chosen);
    put_encoding(&encoding, &chosen, twins, twin_count);
    put_entry(&private, table->default_width, DEFAULT_WIDTH);
    put_entry(&private, table->nominal_width, NOMINAL_WIDTH);
    struct places places = {.private_bytes = private.n};
    find_places(&places, table, HEADER_BYTES + 2 * ONE_INDEX + name.n + strings.n + NO_INDEX, charset.n,
                encoding.n);
    put_top(&top, table, &places);
    static const char header[HEADER_BYTES] = {1, 0, HEADER_BYTES, 2};
    buf_add(out, header, sizeof header);
    put_single(out, name);
    put_single(out, buf_view(&top));
    buf_str(out, buf_view(&strings));
    put16(out, 0); /* no global subroutines */
    buf_str(out, buf_view(&charset));
    buf_str(out, buf_view(&encoding));
    buf_str(out, buf_view(&private));
    put_charstrings(out, &chosen, table);
    buf_done(&strings);
    buf_done(&charset);
    buf_done(&encoding);
    buf_done(&private);
    buf_done(&top);
}
