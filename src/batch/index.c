/* index.html: its frame, and which parts it has. */
#include "batch/index.h"

#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"

enum { MOST_COPIES = 1000 /* on index.html; more go to members.html, so that it stays light */ };

extern const char index_css[], index_js[];
extern const unsigned long index_css_size, index_js_size;

struct str index_tier(const struct index *index, struct str id)
{
    size_t rank = index_tier_rank(index, id);
    return rank < index->head->tier_count ? index->head->tiers[rank].label : id;
}

size_t index_tier_rank(const struct index *index, struct str id)
{
    size_t i = 0;
    while (i < index->head->tier_count && !str_eq(index->head->tiers[i].id, id))
        i++;
    return i;
}

void index_rows_add(struct index_rows *rows, const struct ledger_output *output)
{
    struct ledger_output *row = ARENA_PUSH(&rows->arena, rows);
    *row = *output;
    ledger_output_keep(row, &rows->arena);
}

void index_rows_clear(struct index_rows *rows)
{
    arena_done(&rows->arena);
    *rows = (struct index_rows){0};
}

/* ---- the frame */

/* "#rrggbb" and nothing else: it goes into the style. */
static bool is_colour(struct str text)
{
    for (size_t i = 1; i < text.n; i++) {
        char c = text.p[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
            return false;
    }
    return text.n == 7 && text.p[0] == '#';
}

/* Nothing is loaded or run but what stands here, even should a text ever get through as markup. */
static void write_policy(struct buf *out, struct str style, struct arena *scratch)
{
    struct str script = {index_js, index_js_size};
    buf_text(out,
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; "
             "form-action 'none'; img-src 'self' file:; style-src 'sha256-");
    buf_str(out, hash_sha256_base64(scratch, style));
    buf_text(out, "'; script-src 'sha256-");
    buf_str(out, hash_sha256_base64(scratch, script));
    buf_text(out, "'\">\n");
}

static void write_title(struct buf *out, const struct manifest_head *head)
{
    html_text(out, head->product);
    if (head->edition.n) {
        buf_char(out, ' ');
        html_text(out, head->edition);
    }
}

static void open_page(struct index *index)
{
    struct buf *out = &index->stream.out, style = {0};
    struct arena scratch;
    arena_init(&scratch);
    buf_char(&style, '\n');
    if (is_colour(index->head->accent))
        buf_printf(&style, ":root { --accent: " STR_FMT "; }\n", STR_ARG(index->head->accent));
    buf_add(&style, index_css, index_css_size);
    buf_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    write_policy(out, buf_view(&style), &scratch);
    buf_text(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" "
                  "content=\"noindex\">\n<title>");
    write_title(out, index->head);
    buf_text(out, "</title>\n<style>");
    buf_str(out, buf_view(&style));
    buf_text(out, "</style>\n</head>\n<body>\n");
    buf_done(&style);
    arena_done(&scratch);
}

/* The language of what the house calls itself and its product, where that is not the page's own. */
static void write_lang(struct buf *out, struct str language)
{
    if (language.n == 0 || str_is(language, "en"))
        return;
    buf_text(out, " lang=\"");
    html_text(out, language);
    buf_char(out, '"');
}

static void begin_count(struct buf *out, const char *kind, const char *what)
{
    buf_printf(out, "<div class=\"%s\"><dt>%s</dt><dd>", kind, what);
}

static void write_top(struct index *index)
{
    struct buf *out = &index->stream.out;
    const struct manifest_head *head = index->head;
    const struct ledger_totals *totals = &index->totals;
    buf_text(out, "<header class=\"top\"><div>\n<p class=\"publisher\"");
    write_lang(out, head->language);
    buf_char(out, '>');
    html_text(out, head->publisher);
    buf_text(out, "</p>\n<h1");
    write_lang(out, head->language);
    buf_char(out, '>');
    write_title(out, head);
    buf_text(out, "</h1>\n<p class=\"run\">Run <b>");
    html_text(out, head->name);
    buf_text(out, "</b>, made by ");
    html_text(out, head->program);
    buf_text(out, "</p>\n<dl class=\"counts\">\n");
    bool all = totals->not_made == 0;
    begin_count(out, all ? "good" : "made", all ? "made, all that was planned" : "made");
    html_count(out, totals->outputs - totals->not_made);
    buf_text(out, "</dd></div>\n");
    if (!all) {
        begin_count(out, "bad", "failed");
        html_count(out, totals->not_made);
        buf_text(out, "</dd></div>\n");
    }
    begin_count(out, "pages", "pages");
    html_count(out, totals->pages);
    buf_text(out, "</dd></div>\n");
    begin_count(out, "size", "in all");
    html_size(out, totals->bytes);
    buf_text(out, "</dd></div>\n");
    buf_text(out, "</dl>\n</div></header>\n");
}

static bool has_own_page(const struct index *index)
{
    return index->totals.personal > MOST_COPIES;
}

static void write_link(struct buf *out, const char *address, const char *words, int64_t count)
{
    buf_printf(out, "<a href=\"%s\">%s (", address, words);
    html_count(out, count);
    buf_text(out, ")</a>\n");
}

static void write_navigation(struct index *index)
{
    struct buf *out = &index->stream.out;
    const struct ledger_totals *totals = &index->totals;
    buf_text(out, "<nav aria-label=\"Parts of this run\"><div>\n");
    if (totals->not_made) {
        buf_text(out, "<a class=\"bad\" href=\"#failed\">\xe2\x9c\x97 Failed (");
        html_count(out, totals->not_made);
        buf_text(out, ")</a>\n");
    }
    if (totals->compendia)
        write_link(out, "#compendia", "Compendium", totals->compendia);
    if (totals->entities)
        write_link(out, "#briefings", "Briefings", totals->entities);
    if (totals->personal)
        write_link(out, has_own_page(index) ? "members.html" : "#copies", "Members\xe2\x80\x99 copies",
                   totals->personal);
    buf_text(out, "</div></nav>\n");
}

static void close_page(struct index *index)
{
    struct buf *out = &index->stream.out;
    buf_text(out, "</main>\n<footer>The same for programs: <a "
                  "href=\"manifest.json\">manifest.json</a>.</footer>\n<script>");
    buf_add(out, index_js, index_js_size);
    buf_text(out, "</script>\n</body>\n</html>\n");
}

static bool write_index(struct index *index)
{
    struct buf *out = &index->stream.out;
    open_page(index);
    write_top(index);
    write_navigation(index);
    buf_text(out, "<main>\n");
    if (!index_failed(index) || !index_compendia(index) || !index_briefings(index))
        return false;
    if (has_own_page(index)) {
        buf_text(out, "<section id=\"copies\">\n<h2>Members\xe2\x80\x99 copies</h2>\n<p>");
        html_counted(out, index->totals.personal, "copy", "copies");
        buf_text(out, " for ");
        html_counted(out, index->totals.members, "member", "members");
        buf_text(out, ": <a href=\"members.html\">members.html</a>.</p>\n</section>\n");
    } else if (index->totals.personal && !index_members(index)) {
        return false;
    }
    close_page(index);
    return true;
}

static bool write_members(struct index *index)
{
    struct buf *out = &index->stream.out;
    open_page(index);
    buf_text(out, "<header class=\"top\"><div>\n<p class=\"publisher\">");
    html_text(out, index->head->publisher);
    buf_text(out, "</p>\n<h1>");
    write_title(out, index->head);
    buf_text(out, "</h1>\n<p class=\"run\">Run <b>");
    html_text(out, index->head->name);
    buf_text(out, "</b></p>\n</div></header>\n<nav aria-label=\"Parts of this run\"><div>\n"
                  "<a href=\"index.html\">All of the run</a>\n</div></nav>\n<main>\n");
    if (!index_members(index))
        return false;
    close_page(index);
    return true;
}

/* ---- files */

static bool write_page(struct index *index, const char *name, bool (*write)(struct index *))
{
    struct arena scratch;
    arena_init(&scratch);
    const char *why, *path = file_join(&scratch, str_from(index->output), str_from(name));
    stream_sweep(path);
    stream_open(&index->stream, path);
    bool ok = write(index);
    if (!ok) {
        stream_abandon(&index->stream);
    } else if (!(index->set ? stream_keep(&index->stream, index->set, &why)
                            : stream_commit(&index->stream, &why))) {
        diag_add(index->diags, DIAG_CANNOT_WRITE, span_none(), "cannot write %s: %s", path, why);
        ok = false;
    }
    arena_done(&scratch);
    return ok;
}

static void remove_page(const struct index *index, const char *name)
{
    struct arena scratch;
    arena_init(&scratch);
    unlink(file_join(&scratch, str_from(index->output), str_from(name)));
    arena_done(&scratch);
}

bool index_write(struct ledger *ledger, struct str folder, int64_t run, const struct manifest_head *head,
                 const char *output, struct stream_set *set, struct diags *diags)
{
    struct index index = {.ledger = ledger,
                          .folder = folder,
                          .run = run,
                          .head = head,
                          .output = output,
                          .set = set,
                          .diags = diags};
    if (!ledger_output_totals(ledger, folder, run, &index.totals, diags))
        return false;
    struct arena scratch;
    arena_init(&scratch);
    index.pictured = access(file_join(&scratch, str_from(output), STR("thumbnails")), X_OK) == 0;
    arena_done(&scratch);
    if (has_own_page(&index)) {
        if (!write_page(&index, "members.html", write_members))
            return false;
    } else {
        remove_page(&index, "members.html");
    }
    return write_page(&index, "index.html", write_index);
}
