/* One member's message, and how it is made to fit. */
#include "mail/compose.h"

#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "mail/letter.h"

/* One message in the making. */
struct composing {
    struct arena *arena;
    const struct mail_mailing *mailing;
    const struct mail_reading *reading;
    const struct member *member;
    struct diags *diags;
    struct str domain, token, unsubscribe_url, message_id;
    struct mail_pdf *pdfs; /* one a briefing */
    struct mail_pdf bundle;
};

/* Without folder and ending. */
static struct str stem_of(struct str path)
{
    struct str name = str_slice(path, file_folder(path).n, path.n);
    size_t dot = str_find(name, STR(".yaml"));
    return dot ? str_slice(name, 0, dot) : name;
}

struct str mail_mailing_name(struct arena *arena, const struct newsletter *newsletter)
{
    struct str list = newsletter->list.id.s.n ? newsletter->list.id.s : newsletter->from.email.s;
    struct str edition = edition_format(arena, newsletter->edition),
               date = date_iso(arena, newsletter->date.date), stem = stem_of(newsletter->source->name);
    return str_printf(arena, STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(list), STR_ARG(edition),
                      STR_ARG(date), STR_ARG(stem));
}

const char *mail_step_words(enum mail_step step)
{
    switch (step) {
    case MAIL_SMALL_PICTURES:
        return "pictures of first pages at half their width";
    case MAIL_NO_PICTURES:
        return "no pictures of first pages";
    case MAIL_ONE_FILE:
        return "one PDF that binds all briefings";
    case MAIL_LINKS:
        return "links instead of PDFs";
    case MAIL_WHOLE:
        break;
    }
    return "whole";
}

struct mail_reading *mail_reading_make(struct arena *arena, const struct mail_mailing *mailing,
                                       const struct tier *tier, struct diags *diags)
{
    struct mail_reading *reading = ARENA_NEW(arena, struct mail_reading);
    const struct newsletter *newsletter = mailing->newsletter;
    struct edition_options options = {
        .tier = tier->id.s, .edition = newsletter->edition, .date = newsletter->date.date};
    reading->tier = tier;
    reading->editions = ARENA_ARRAY(arena, const struct edition *, mailing->spec_count + 1);
    for (size_t i = 0; i < mailing->spec_count; i++)
        if (!(reading->editions[i] = edition_make(arena, mailing->specs[i], mailing->house, &options, diags)))
            return NULL;
    return reading;
}

static struct str token_of(struct arena *arena, const struct mail_mailing *mailing, const char *purpose,
                           struct str what, const struct member *member)
{
    const struct str fields[] = {what, member->id.s};
    struct token token = token_make(mailing->key, purpose, fields, 2);
    return str_dup(arena, str_from(token.text));
}

/* Of the list, not of one mailing: a link in an old letter still works. */
static struct str list_token(struct arena *arena, const struct mail_mailing *mailing,
                             const struct member *member)
{
    return token_of(arena, mailing, "unsubscribe", mailing->newsletter->list.id.s, member);
}

struct str mail_unsubscribe_url(struct arena *arena, const struct mail_mailing *mailing,
                                const struct member *member)
{
    struct str url = mailing->newsletter->list.unsubscribe_url.s;
    if (!url.n)
        return url;
    struct str token = list_token(arena, mailing, member);
    const char *joint = str_find(url, STR("?")) == SIZE_MAX ? "?token=" : "&token=";
    return str_printf(arena, STR_FMT "%s" STR_FMT, STR_ARG(url), joint, STR_ARG(token));
}

/* "Name – Q4.pdf" in any script, without what folders and shells take for their own. */
static struct str shown_name(struct arena *arena, const struct edition *edition)
{
    struct buf name = {0};
    struct str entity = edition->spec.entity.name.s, id = edition_format(arena, edition->id);
    for (size_t at = 0; at < entity.n;) {
        size_t from = at;
        int32_t c = utf8_next(entity, &at);
        bool foreign = c <= ' ' || c == 0x7F || (c < 0x80 && strchr("/\\:*?\"<>|", (int)c));
        if (!foreign)
            buf_str(&name, str_slice(entity, from, at));
        else if (name.n && name.p[name.n - 1] != ' ')
            buf_char(&name, ' ');
    }
    struct str shown = str_trim(buf_view(&name));
    while (shown.n && shown.p[0] == '.')
        shown = str_slice(shown, 1, shown.n);
    shown = str_printf(arena, STR_FMT "%s" STR_FMT ".pdf", STR_ARG(shown), id.n ? " – " : "", STR_ARG(id));
    buf_done(&name);
    return shown;
}

static struct str link_to(const struct composing *c, struct str file)
{
    struct str base = c->mailing->house->base_url.s;
    if (!base.n)
        return base;
    return str_printf(c->arena, STR_FMT "%s" STR_FMT, STR_ARG(base), str_ends(base, STR("/")) ? "" : "/",
                      STR_ARG(file));
}

/* Where a reader without the attachment finds the tier's edition: the name that a batch gives it. */
static struct str link_of(const struct composing *c, const struct edition *edition)
{
    struct str id = edition_format(c->arena, edition->id);
    return link_to(c,
                   str_printf(c->arena, STR_FMT "%s" STR_FMT "_" STR_FMT ".pdf", STR_ARG(edition->spec.id.s),
                              id.n ? "_" : "", STR_ARG(id), STR_ARG(edition->tier->id.s)));
}

static bool add_picture(const struct composing *c, enum mail_step step, size_t entity, struct mail_card *card,
                        struct mail_file *pictures, size_t *count)
{
    if (step > MAIL_SMALL_PICTURES)
        return true;
    const struct mail_store *store = c->mailing->store;
    unsigned width = step == MAIL_WHOLE ? 2 * MAIL_PICTURE_PIXELS : MAIL_PICTURE_PIXELS;
    struct str jpeg = {0};
    if (!store->picture(store->self, c->arena, c->reading->tier, entity, width, &jpeg, c->diags))
        return false;
    if (!jpeg.n)
        return true;
    struct str name = str_printf(c->arena, "first-page-%zu.jpg", entity + 1);
    struct mail_file *picture = &pictures[(*count)++];
    *picture =
        (struct mail_file){.media_type = STR("image/jpeg"), .name = name, .plain_name = name, .data = jpeg};
    picture->content_id = str_printf(c->arena, "first-page-%zu@" STR_FMT, entity + 1, STR_ARG(c->domain));
    card->picture_id = picture->content_id;
    card->picture_width = MAIL_PICTURE_PIXELS;
    return true;
}

/* Parts of a message at one step. */
struct parts {
    struct mail_card *cards;
    struct mail_file *pictures, *files;
    size_t picture_count, file_count;
    struct str bundle; /* its shown name */
};

static void add_file(struct parts *parts, struct str name, const struct mail_pdf *pdf)
{
    parts->files[parts->file_count++] = (struct mail_file){
        .media_type = STR("application/pdf"), .name = name, .plain_name = pdf->name, .data = pdf->data};
}

static bool gather(const struct composing *c, enum mail_step step, struct parts *parts)
{
    size_t count = c->mailing->spec_count;
    *parts = (struct parts){.cards = ARENA_ARRAY(c->arena, struct mail_card, count + 1),
                            .pictures = ARENA_ARRAY(c->arena, struct mail_file, count + 1),
                            .files = ARENA_ARRAY(c->arena, struct mail_file, count + 1)};
    for (size_t i = 0; i < count; i++) {
        struct mail_card *card = &parts->cards[i];
        *card = (struct mail_card){.edition = c->reading->editions[i]};
        if (!add_picture(c, step, i, card, parts->pictures, &parts->picture_count))
            return false;
        if (step == MAIL_LINKS)
            card->link = link_of(c, card->edition);
        if (step >= MAIL_ONE_FILE)
            continue;
        card->file = shown_name(c->arena, card->edition);
        card->pages = c->pdfs[i].pages;
        card->bytes = c->pdfs[i].data.n;
        add_file(parts, card->file, &c->pdfs[i]);
    }
    if (step == MAIL_ONE_FILE) {
        parts->bundle = c->bundle.name;
        add_file(parts, c->bundle.name, &c->bundle);
    }
    return true;
}

static bool write_at(const struct composing *c, enum mail_step step, bool crlf, struct buf *out)
{
    const struct newsletter *newsletter = c->mailing->newsletter;
    struct parts parts;
    if (!gather(c, step, &parts))
        return false;
    struct str language = c->mailing->house->language.s;
    const struct mail_letter letter = {
        .house = c->mailing->house,
        .words = c->mailing->words,
        .tier = c->reading->tier,
        .text = newsletter->text,
        .subject = newsletter->subject.s,
        .language = language,
        .cards = parts.cards,
        .card_count = c->mailing->spec_count,
        .bundle = parts.bundle,
        .unsubscribe_url = c->unsubscribe_url,
        .unsubscribe_email = newsletter->list.unsubscribe_email.s,
    };
    struct buf text = {0}, html = {0};
    letter_text(&text, c->arena, &letter);
    letter_html(&html, c->arena, &letter);
    const struct mail_message message = {
        .from = {newsletter->from.name.s, newsletter->from.email.s},
        .sender = {newsletter->sender.name.s, newsletter->sender.email.s},
        .to = {c->member->name.s, c->member->email.s},
        .reply_to = newsletter->reply_to.s,
        .subject = newsletter->subject.s,
        .date = newsletter->date.date,
        .message_id = c->message_id,
        .language = language,
        .list_id = newsletter->list.id.s,
        .unsubscribe_url = c->unsubscribe_url,
        .unsubscribe_email = newsletter->list.unsubscribe_email.s,
        .unsubscribe_token = c->token,
        .text = buf_view(&text),
        .html = buf_view(&html),
        .pictures = parts.pictures,
        .picture_count = parts.picture_count,
        .attachments = parts.files,
        .attachment_count = parts.file_count,
    };
    bool ok = mail_message_write(&message, crlf, out, c->diags);
    buf_done(&text);
    buf_done(&html);
    return ok;
}

/* Whether a step is there to be taken at all. */
static bool possible(const struct composing *c, enum mail_step step)
{
    if (step == MAIL_ONE_FILE)
        return c->bundle.name.n > 0;
    return step != MAIL_LINKS || c->mailing->house->base_url.s.n > 0;
}

static bool open_pdfs(struct composing *c)
{
    const struct mail_store *store = c->mailing->store;
    c->pdfs = ARENA_ARRAY(c->arena, struct mail_pdf, c->mailing->spec_count + 1);
    for (size_t i = 0; i < c->mailing->spec_count; i++)
        if (!store->pdf(store->self, c->arena, c->member, i, &c->pdfs[i], c->diags))
            return false;
    return true;
}

static void report_too_large(const struct composing *c, uint64_t budget, size_t least)
{
    const struct mail_pdf *largest = NULL;
    for (size_t i = 0; i < c->mailing->spec_count; i++)
        if (!largest || c->pdfs[i].data.n > largest->data.n)
            largest = &c->pdfs[i];
    struct span at = c->mailing->newsletter->size_budget.at;
    struct diag *diag = diag_add(
        c->diags, DIAG_MAIL_OVER_BUDGET, at,
        "the message for " STR_FMT " takes %zu bytes, and the budget is %llu; its largest PDF is '" STR_FMT
        "' with %zu bytes, which e-mail makes a third larger",
        STR_ARG(c->member->id.s), least, (unsigned long long)budget,
        STR_ARG(largest ? largest->name : (struct str){0}), largest ? largest->data.n : 0);
    if (!c->mailing->house->base_url.s.n)
        diag_hint(c->diags, diag,
                  "raise size_budget, attach less, or give the house a base_url for links instead");
}

bool mail_compose(struct arena *arena, const struct mail_mailing *mailing, const struct mail_reading *reading,
                  const struct member *member, bool crlf, struct buf *out, struct mail_made *made,
                  struct diags *diags)
{
    const struct newsletter *newsletter = mailing->newsletter;
    struct composing c = {
        .arena = arena, .mailing = mailing, .reading = reading, .member = member, .diags = diags};
    struct str from = newsletter->from.email.s, name = mail_mailing_name(arena, newsletter);
    uint64_t budget = newsletter->size_budget_bytes ? newsletter->size_budget_bytes : MAIL_BUDGET_BYTES;
    size_t before = out->n, least = SIZE_MAX;
    c.domain = str_slice(from, str_find(from, STR("@")) + 1, from.n);
    c.token = list_token(arena, mailing, member);
    c.unsubscribe_url = mail_unsubscribe_url(arena, mailing, member);
    struct str message = token_of(arena, mailing, "message", name, member);
    c.message_id = str_printf(arena, STR_FMT "@" STR_FMT, STR_ARG(message), STR_ARG(c.domain));
    if (!open_pdfs(&c))
        return false;
    for (enum mail_step step = MAIL_WHOLE; step <= MAIL_LINKS; step++) {
        if (step == MAIL_ONE_FILE && mailing->spec_count > 1 &&
            !mailing->store->bundle(mailing->store->self, arena, member, &c.bundle, diags))
            return false;
        if (!possible(&c, step))
            continue;
        out->n = before;
        if (!write_at(&c, step, crlf, out))
            return false;
        size_t bytes = out->n - before;
        if (bytes <= budget) {
            *made = (struct mail_made){
                .step = step, .message_id = c.message_id, .token = c.token, .bytes = bytes};
            return true;
        }
        least = bytes < least ? bytes : least;
    }
    out->n = before;
    report_too_large(&c, budget, least);
    return false;
}
