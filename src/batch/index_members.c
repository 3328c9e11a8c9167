/* Members' copies on index.html: a table a member, folded away. */
#include "batch/index.h"

/* Of the member under way: rows are written as they come, the line above them needs their sums. */
struct members {
    struct index *index;
    struct arena arena;
    struct str member;
    struct buf rows;
    int64_t count, failed, pages, bytes;
    bool any;
};

static void write_member(struct members *members)
{
    struct buf *out = &members->index->stream.out;
    if (!members->any)
        return;
    buf_text(out, "<details>\n<summary><b>");
    html_text(out, members->member);
    buf_text(out, "</b> <span class=\"facts\">");
    html_counted(out, members->count, "copy", "copies");
    buf_text(out, ", ");
    html_counted(out, members->pages, "page", "pages");
    buf_text(out, ", ");
    html_size(out, members->bytes);
    buf_text(out, "</span>");
    if (members->failed) {
        buf_text(out, " <span class=\"error\">\xe2\x9c\x97 ");
        html_count(out, members->failed);
        buf_text(out, " failed</span>");
    }
    buf_text(out, "</summary>\n<table><caption>Copies of ");
    html_text(out, members->member);
    buf_text(out, "</caption>\n<thead><tr><th scope=\"col\">Briefing<th scope=\"col\">Tier"
                  "<th scope=\"col\" class=\"n\">Pages<th scope=\"col\" class=\"n\">Size<th "
                  "scope=\"col\">Copy<tbody>\n");
    buf_str(out, buf_view(&members->rows));
    buf_text(out, "</table>\n</details>\n");
    stream_pass(&members->index->stream);
}

static void next_member(struct members *members, struct str member)
{
    write_member(members);
    arena_done(&members->arena);
    buf_clear(&members->rows);
    members->member = str_dup(&members->arena, member);
    members->count = members->failed = members->pages = members->bytes = 0;
    members->any = true;
}

static void name_copy(struct buf *out, const struct ledger_output *output)
{
    if (str_is(output->kind, "compendium"))
        buf_text(out, "Compendium");
    else
        html_text(out, output->name.n ? output->name : output->entity);
}

/* End tags of cells and rows may be left out in HTML; a tenth of the page with 50,000 of them. */
static void write_row(struct members *members, const struct ledger_output *output)
{
    struct buf *out = &members->rows;
    bool made = output->state == LEDGER_DONE;
    buf_text(out, made ? "<tr><th scope=\"row\"><a href=\"" : "<tr class=\"bad\"><th scope=\"row\">");
    if (made) {
        html_path(out, output->path);
        buf_text(out, "\">");
    }
    buf_text(out, "<bdi>");
    name_copy(out, output);
    buf_text(out, made ? "</bdi></a><td>" : "</bdi><td>");
    html_text(out, index_tier(members->index, output->tier));
    buf_text(out, "<td class=\"n\">");
    if (made)
        html_count(out, output->pages);
    buf_text(out, "<td class=\"n\">");
    if (made)
        html_size(out, output->bytes);
    else
        buf_text(out, "\xe2\x9c\x97 failed");
    buf_text(out, "<td><code>");
    html_text(out, output->copy);
    buf_text(out, "</code>\n");
}

static bool add(void *self, const struct ledger_output *output)
{
    struct members *members = self;
    if (!members->any || !str_eq(members->member, output->member))
        next_member(members, output->member);
    write_row(members, output);
    members->count++;
    if (output->state == LEDGER_DONE) {
        members->pages += output->pages;
        members->bytes += output->bytes;
    } else {
        members->failed++;
    }
    return !members->index->stream.why;
}

bool index_members(struct index *index)
{
    struct buf *out = &index->stream.out;
    struct members members = {.index = index};
    buf_text(out, "<section id=\"copies\" class=\"members\">\n<h2>Members\xe2\x80\x99 copies</h2>\n");
    bool ok = ledger_output_part(index->ledger, LEDGER_MEMBERS, index->folder, index->run, add, &members,
                                 index->diags);
    write_member(&members);
    arena_done(&members.arena);
    buf_done(&members.rows);
    buf_text(out, "</section>\n");
    return ok;
}
