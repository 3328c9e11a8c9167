/* Build tool: hyphenation patterns as Debian's hyphen packages install them, to C tables for text/hyphen.h.
 * Usage: hyphen_compile OUTPUT NAME=FILE…  A file that is not there is left out. */
#include "text/hyphen.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"

enum {
    PATTERN_MOST = 62,
    FILE_MOST = 16 * 1024 * 1024,
    COMMON_MOST = 32 * 1024, /* edges; English has 14,000, German ten times as many */
    ALPHABET_MOST = 126,
    VALUES_MOST = 65535,
    EDGES_MOST = 0xFFFFFF
};

/* A trie while patterns are read: children in a list ordered by letter. */
struct node {
    struct node *children, *next;
    uint32_t letter, value;
};

struct table {
    const char *name;
    unsigned left, right;
    uint32_t alphabet[ALPHABET_MOST];
    size_t alphabet_count;
    struct node levels[HYPHEN_LEVELS];
    size_t level, pattern_count[HYPHEN_LEVELS];
    bool latin1;
    struct arena arena;
    struct buf values, edges, edge_values; /* edges of uint32_t, edge_values of uint16_t */
    uint32_t *states;                      /* hash table of the states that are written: their offsets */
    size_t state_count, state_size;
    uint32_t roots[HYPHEN_LEVELS];
};

static _Noreturn void fail(const char *name, const char *why)
{
    fprintf(stderr, "hyphen_compile: %s: %s\n", name, why);
    exit(1);
}

/* Code points of a line in the file's encoding; those beyond 0xFFFF end it. */
static size_t decode(const struct table *table, struct str line, uint32_t *out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < line.n && n < room;) {
        unsigned char c = (unsigned char)line.p[i++];
        if (table->latin1 || c < 0x80) {
            out[n++] = c;
        } else {
            unsigned more = c >= 0xE0 ? 2 : 1;
            uint32_t point = c & (c >= 0xE0 ? 0x0Fu : 0x1Fu);
            if (c >= 0xF0 || i + more > line.n)
                return 0;
            while (more--)
                point = point << 6 | ((unsigned char)line.p[i++] & 0x3F);
            out[n++] = point;
        }
    }
    return n;
}

/* Offset of a pattern's digits among all, each sequence stored once. */
static uint32_t value_of(struct table *table, const uint8_t *digits, size_t count)
{
    size_t first = 0;
    while (first < count && !digits[first])
        first++;
    while (count > first && !digits[count - 1])
        count--;
    char entry[PATTERN_MOST + 4];
    size_t n = 0;
    entry[n++] = (char)(count - first);
    entry[n++] = (char)first;
    for (size_t i = first; i < count; i++)
        entry[n++] = (char)digits[i];
    for (size_t at = 1; at + n <= table->values.n; at += 2u + (unsigned char)table->values.p[at])
        if (memcmp(table->values.p + at, entry, n) == 0)
            return (uint32_t)at;
    uint32_t offset = (uint32_t)table->values.n;
    buf_add(&table->values, entry, n);
    if (table->values.n > VALUES_MOST)
        fail(table->name, "too many different patterns");
    return offset;
}

static void add_letter(struct table *table, uint32_t c)
{
    size_t at = 0;
    while (at < table->alphabet_count && table->alphabet[at] < c)
        at++;
    if (at < table->alphabet_count && table->alphabet[at] == c)
        return;
    if (table->alphabet_count == ALPHABET_MOST)
        fail(table->name, "too many letters");
    memmove(&table->alphabet[at + 1], &table->alphabet[at],
            (table->alphabet_count - at) * sizeof table->alphabet[0]);
    table->alphabet[at] = c;
    table->alphabet_count++;
}

static void add_pattern(struct table *table, struct str line)
{
    uint32_t points[2 * PATTERN_MOST];
    uint8_t digits[PATTERN_MOST + 2] = {0};
    size_t count = decode(table, line, points, 2 * PATTERN_MOST), length = 0;
    bool any = false;
    struct node *node = &table->levels[table->level];
    for (size_t i = 0; i < count; i++) {
        if (points[i] >= '0' && points[i] <= '9') {
            digits[length] = (uint8_t)(points[i] - '0');
            any |= digits[length] != 0;
            continue;
        }
        if (++length > PATTERN_MOST)
            fail(table->name, "a pattern is too long");
    }
    if (!any) /* says nothing */
        return;
    for (size_t i = 0; i < count; i++) {
        if (points[i] >= '0' && points[i] <= '9')
            continue;
        add_letter(table, points[i]);
        struct node **place = &node->children;
        while (*place && (*place)->letter < points[i])
            place = &(*place)->next;
        if (!*place || (*place)->letter != points[i]) {
            struct node *fresh = ARENA_NEW(&table->arena, struct node);
            *fresh = (struct node){.letter = points[i], .next = *place};
            *place = fresh;
        }
        node = *place;
    }
    node->value = value_of(table, digits, length + 1);
    table->pattern_count[table->level]++;
}

static void read_line(struct table *table, struct str line)
{
    unsigned number = 0;
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] >= '0' && line.p[i] <= '9')
            number = number * 10 + (unsigned)(line.p[i] - '0');
    if (!line.n || line.p[0] == '%' || line.p[0] == '#')
        return;
    if (str_starts(line, STR("LEFTHYPHENMIN")))
        table->left = number;
    else if (str_starts(line, STR("RIGHTHYPHENMIN")))
        table->right = number;
    else if (str_starts(line, STR("NEXTLEVEL")))
        table->level = 1;
    else if (!str_starts(line, STR("COMPOUND")) && !str_starts(line, STR("NOHYPHEN")) &&
             str_find(line, STR("/")) == SIZE_MAX) /* with / it would change letters, which we do not */
        add_pattern(table, line);
}

static uint32_t letter_index(const struct table *table, uint32_t c)
{
    uint32_t i = 0;
    while (table->alphabet[i] != c)
        i++;
    return i + 1;
}

static uint32_t edge_at(const struct table *table, size_t i)
{
    uint32_t edge;
    memcpy(&edge, table->edges.p + i * sizeof edge, sizeof edge);
    return edge;
}

static bool is_state(const struct table *table, uint32_t at, const uint32_t *edges, const uint16_t *values,
                     size_t n)
{
    return (at + n) * sizeof *edges <= table->edges.n &&
           memcmp(table->edges.p + at * sizeof *edges, edges, n * sizeof *edges) == 0 &&
           memcmp(table->edge_values.p + at * sizeof *values, values, n * sizeof *values) == 0;
}

static uint64_t state_hash(const uint32_t *edges, const uint16_t *values, size_t n)
{
    uint64_t hash = n;
    for (size_t i = 0; i < n; i++)
        hash = ((hash ^ edges[i]) * 0x9E3779B97F4A7C15u ^ values[i]) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

/* Writes a node's edges, or finds equal ones: tails of words are shared. Depth is that of a pattern at most.
 */
static uint32_t write_state(struct table *table, const struct node *node)
{
    uint32_t edges[ALPHABET_MOST];
    uint16_t values[ALPHABET_MOST];
    size_t n = 0;
    for (const struct node *child = node->children; child; child = child->next) {
        uint32_t target = write_state(table, child);
        edges[n] = letter_index(table, child->letter) << 25 | (uint32_t)!child->next << 24 | target;
        values[n++] = (uint16_t)child->value;
    }
    if (!n)
        return 0;
    size_t slot = state_hash(edges, values, n) & (table->state_size - 1);
    for (; table->states[slot]; slot = (slot + 1) & (table->state_size - 1))
        if (is_state(table, table->states[slot], edges, values, n))
            return table->states[slot];
    uint32_t at = (uint32_t)(table->edges.n / sizeof edges[0]);
    if (at + n > EDGES_MOST || ++table->state_count * 2 > table->state_size)
        fail(table->name, "too many patterns");
    table->states[slot] = at;
    buf_add(&table->edges, edges, n * sizeof edges[0]);
    buf_add(&table->edge_values, values, n * sizeof values[0]);
    return at;
}

static void build(struct table *table, struct str data)
{
    bool first = true;
    while (data.n) {
        size_t end = str_find(data, STR("\n"));
        struct str line = str_trim(str_slice(data, 0, end));
        data = end == SIZE_MAX ? STR("") : str_slice(data, end + 1, data.n);
        if (first)
            table->latin1 = !str_is(line, "UTF-8");
        else
            read_line(table, line);
        first = false;
    }
    if (!table->level ||
        !table->pattern_count[0]) { /* one level: it is the second, compounds are not told apart */
        if (!table->level)
            table->levels[1] = table->levels[0];
        table->levels[0] = (struct node){0};
    }
    table->state_size = 1u << 20;
    table->states = arena_array(&table->arena, table->state_size, sizeof table->states[0]);
    buf_add(&table->edges, &(uint32_t){0}, sizeof(uint32_t)); /* offset 0 means none */
    buf_add(&table->edge_values, &(uint16_t){0}, sizeof(uint16_t));
    for (size_t i = 0; i < HYPHEN_LEVELS; i++)
        table->roots[i] = write_state(table, &table->levels[i]);
}

static void write_numbers(struct buf *out, const char *type, size_t table, const char *name, bool rare)
{
    buf_printf(out, "};\n%sstatic const %s %s_%zu[] = {", rare ? "RARE " : "", type, name, table);
}

static void write_table(struct buf *out, const struct table *table, size_t index)
{
    buf_printf(out, "static const uint16_t alphabet_%zu[] = {", index);
    for (size_t i = 0; i < table->alphabet_count; i++)
        buf_printf(out, "%" PRIu32 ",", table->alphabet[i]);
    write_numbers(out, "uint8_t", index, "values", false);
    for (size_t i = 0; i < table->values.n; i++)
        buf_printf(out, "%u,%s", (unsigned char)table->values.p[i], i % 40 == 39 ? "\n" : "");
    size_t count = table->edges.n / sizeof(uint32_t);
    bool rare = count > COMMON_MOST;
    write_numbers(out, "uint32_t", index, "edges", rare);
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "%" PRIu32 ",%s", edge_at(table, i), i % 12 == 11 ? "\n" : "");
    write_numbers(out, "uint16_t", index, "edge_values", rare);
    for (size_t i = 0; i < count; i++) {
        uint16_t value;
        memcpy(&value, table->edge_values.p + i * sizeof value, sizeof value);
        buf_printf(out, "%u,%s", value, i % 20 == 19 ? "\n" : "");
    }
    buf_text(out, "};\n");
}

int main(int argc, char **argv)
{
    if (argc < 2)
        fail("usage", "hyphen_compile OUTPUT NAME=FILE...");
    struct buf out = {0}, list = {0};
    buf_text(&out,
             "/* Hyphenation tables, made by hyphen_compile from the patterns installed at build time. */\n"
             "#include \"base/rare.h\"\n#include \"text/hyphen.h\"\n\n");
    size_t count = 0;
    for (int i = 2; i < argc; i++) {
        char *file = strchr(argv[i], '=');
        if (!file)
            fail(argv[i], "is not NAME=FILE");
        *file++ = '\0';
        struct table table = {.name = argv[i], .left = 2, .right = 2};
        arena_init(&table.arena);
        buf_char(&table.values, '\0');
        struct str data;
        const char *why;
        if (file_read(&table.arena, file, FILE_MOST, &data, &why, NULL)) {
            build(&table, data);
            write_table(&out, &table, count);
            buf_printf(
                &list,
                "    {\"%s\", %u, %u, alphabet_%zu, %zu, edges_%zu, edge_values_%zu, values_%zu, {%" PRIu32
                ", %" PRIu32 "}},\n",
                table.name, table.left, table.right, count, table.alphabet_count, count, count, count,
                table.roots[0], table.roots[1]);
            count++;
        } else {
            fprintf(stderr, "hyphen_compile: %s %s: no hyphenation for %s\n", file, why, table.name);
        }
        buf_done(&table.values);
        buf_done(&table.edges);
        buf_done(&table.edge_values);
        arena_done(&table.arena);
    }
    buf_text(&list, "    {0}};\n");
    buf_printf(&out, "\nconst struct hyphen_table hyphen_tables[] = {\n" STR_FMT, STR_ARG(buf_view(&list)));
    buf_printf(&out, "const size_t hyphen_table_count = %zu;\n", count);
    const char *why;
    bool ok = file_write(argv[1], buf_view(&out), true, &why);
    if (!ok)
        fprintf(stderr, "hyphen_compile: %s: %s\n", argv[1], why);
    buf_done(&out);
    buf_done(&list);
    return ok ? 0 : 1;
}
