/* Compendia and entities on index.html: a card each, with its tiers. */
#include "batch/index.h"

#include <unistd.h>

#include "base/decimal.h"
#include "base/file.h"

enum { MOST_ROWS = 100 /* of a card: more than a house has tiers */ };

struct cards {
    struct index *index;
    struct index_rows rows;
    size_t more;
    bool compendia;
};

/* ---- one tier's edition */

static void write_sheet(struct index *index, const struct ledger_output *output, bool made,
                        struct arena *scratch)
{
    struct buf *out = &index->stream.out;
    struct str name = {0};
    bool shown = made && output->digest.n && index->pictured;
    if (shown) {
        name = str_printf(scratch, "thumbnails/" STR_FMT ".jpg", STR_ARG(output->digest));
        shown = access(file_join(scratch, str_from(index->output), name), R_OK) == 0;
    }
    if (!shown) {
        buf_printf(out, "<span class=\"sheet none\" aria-hidden=\"true\">%s</span>",
                   made ? "PDF" : "\xe2\x9c\x97");
        return;
    }
    buf_text(out, "<span class=\"sheet\"><img src=\"");
    html_path(out, name);
    buf_text(out, "\" alt=\"First page of ");
    html_text(out, output->name.n ? output->name : output->entity);
    buf_text(out, ":\" loading=\"lazy\" width=\"226\" height=\"320\"></span> ");
}

static void write_edition(struct index *index, const struct ledger_output *output, struct arena *scratch)
{
    struct buf *out = &index->stream.out;
    bool made = output->state == LEDGER_DONE;
    buf_text(out, made ? "<li><a href=\"" : "<li class=\"bad\">");
    if (made) {
        html_path(out, output->path);
        buf_text(out, "\">");
    }
    write_sheet(index, output, made, scratch);
    html_text(out, output->tier.n ? index_tier(index, output->tier) : output->path);
    if (made)
        buf_text(out, "</a>");
    if (output->edition.n && !str_eq(output->edition, index->head->edition)) {
        buf_text(out, "<span class=\"facts\">");
        html_text(out, output->edition);
        buf_text(out, "</span>");
    }
    if (made) {
        buf_text(out, "<span class=\"facts\">");
        html_counted(out, output->pages, "page", "pages");
        buf_text(out, ", ");
        html_size(out, output->bytes);
        buf_text(out, "</span></li>\n");
    } else {
        buf_text(out, " <a class=\"state\" href=\"#failed\">failed</a></li>\n");
    }
}

/* ---- what was said of those that were made */

static bool has_earlier(const struct index_rows *rows, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (rows->items[j].state == LEDGER_DONE &&
            str_eq(rows->items[j].diagnostics, rows->items[i].diagnostics))
            return true;
    }
    return false;
}

static void write_tiers_of(struct index *index, const struct index_rows *rows, struct str diagnostics,
                           struct buf *out)
{
    bool any = false;
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->items[i].state != LEDGER_DONE || !str_eq(rows->items[i].diagnostics, diagnostics))
            continue;
        buf_text(out, any ? ", " : "<h4>");
        html_text(out, index_tier(index, rows->items[i].tier));
        any = true;
    }
    buf_text(out, "</h4>\n");
}

static void write_messages(struct index *index, const struct index_rows *rows)
{
    struct buf *out = &index->stream.out, all = {0}, messages = {0};
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct ledger_output *row = &rows->items[i];
        if (row->state != LEDGER_DONE || has_earlier(rows, i))
            continue;
        buf_clear(&messages);
        size_t more = index_messages(&messages, row->diagnostics);
        if (more) {
            write_tiers_of(index, rows, row->diagnostics, &all);
            buf_str(&all, buf_view(&messages));
        }
        count += more;
    }
    if (count) {
        buf_text(out, "<details class=\"diagnostics\">\n<summary>");
        html_counted(out, (int64_t)count, "remark", "remarks");
        buf_text(out, "</summary>\n");
        buf_str(out, buf_view(&all));
        buf_text(out, "</details>\n");
    }
    buf_done(&all);
    buf_done(&messages);
}

/* ---- a card */

static void write_meta(struct buf *out, const struct ledger_output *row, struct arena *scratch)
{
    buf_text(out, "<p class=\"meta\">");
    if (row->score >= 0) {
        if (row->grade.n) {
            buf_text(out, "<span class=\"grade\">");
            html_text(out, row->grade);
            buf_text(out, "</span> ");
        }
        buf_str(out, score_format(scratch, row->score));
        buf_char(out, ' ');
        html_text(out, row->label);
        buf_text(out, " \xc2\xb7 ");
    }
    buf_text(out, "<code>");
    html_text(out, row->entity);
    buf_text(out, "</code></p>\n");
}

/* The tiers in the house's order; rows come sorted by their ids, and the sort keeps that within a rank. */
static void sort_tiers(const struct index *index, struct index_rows *rows)
{
    for (size_t i = 1; i < rows->count; i++) {
        struct ledger_output row = rows->items[i];
        size_t rank = index_tier_rank(index, row.tier), at = i;
        for (; at && index_tier_rank(index, rows->items[at - 1].tier) > rank; at--)
            rows->items[at] = rows->items[at - 1];
        rows->items[at] = row;
    }
}

static void write_card(struct cards *cards)
{
    struct index *index = cards->index;
    struct index_rows *rows = &cards->rows;
    struct buf *out = &index->stream.out;
    if (rows->count == 0)
        return;
    sort_tiers(index, rows);
    const struct ledger_output *best = &rows->items[0];
    bool bad = false;
    for (size_t i = 0; i < rows->count; i++) {
        bad = bad || rows->items[i].state != LEDGER_DONE;
        if (best->score < 0 || best->name.n == 0)
            best = &rows->items[i];
    }
    buf_printf(out, "<article class=\"card%s\">\n", bad ? " bad" : "");
    if (!cards->compendia) {
        buf_text(out, "<h3><bdi>");
        html_text(out, best->name.n ? best->name : best->entity);
        buf_text(out, "</bdi></h3>\n");
        if (best->name.n)
            write_meta(out, best, &rows->arena);
    }
    buf_text(out, "<ul class=\"tiers\">\n");
    for (size_t i = 0; i < rows->count; i++)
        write_edition(index, &rows->items[i], &rows->arena);
    buf_text(out, "</ul>\n");
    if (cards->more) {
        buf_text(out, "<p>");
        html_counted(out, (int64_t)cards->more, "more output", "more outputs");
        buf_text(out, ": see <a href=\"manifest.json\">manifest.json</a>.</p>\n");
    }
    write_messages(index, rows);
    buf_text(out, "</article>\n");
    stream_pass(&index->stream);
    index_rows_clear(rows);
    cards->more = 0;
}

static bool add(void *self, const struct ledger_output *output)
{
    struct cards *cards = self;
    if (!cards->compendia && cards->rows.count && !str_eq(cards->rows.items[0].entity, output->entity))
        write_card(cards);
    if (cards->rows.count < MOST_ROWS)
        index_rows_add(&cards->rows, output);
    else
        cards->more++;
    return !cards->index->stream.why;
}

static bool write_cards(struct index *index, enum ledger_part part)
{
    struct cards cards = {.index = index, .compendia = part == LEDGER_COMPENDIA};
    bool ok = ledger_output_part(index->ledger, part, index->folder, index->run, add, &cards, index->diags);
    write_card(&cards);
    index_rows_clear(&cards.rows);
    return ok;
}

bool index_compendia(struct index *index)
{
    struct buf *out = &index->stream.out;
    if (index->totals.compendia == 0)
        return true;
    buf_text(out, "<section id=\"compendia\">\n<h2>Compendium</h2>\n");
    bool ok = write_cards(index, LEDGER_COMPENDIA);
    buf_text(out, "</section>\n");
    return ok;
}

bool index_briefings(struct index *index)
{
    struct buf *out = &index->stream.out;
    if (index->totals.entities == 0)
        return true;
    buf_text(out, "<section id=\"briefings\">\n<h2>Briefings</h2>\n<div class=\"cards\">\n");
    bool ok = write_cards(index, LEDGER_EDITIONS);
    buf_text(out, "</div>\n</section>\n");
    return ok;
}
