/* Writing letters one after the other, and bringing them where they shall go. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "batch/lock.h"
#include "cli/machine.h"
#include "cli/mailing.h"
#include "mail/handoff.h"
#include "mail/mbox.h"
#include "spec/idmap.h"

enum { COMMAND_SECONDS = 300, MOST_PER_MINUTE = 60000, MOST_TRIES = 20, DEFAULT_TRIES = 3 };

struct sending {
    const struct options *options;
    const struct mail_inputs *inputs;
    struct mail_pdfs *pdfs;
    struct mail_outcome *outcome;
    struct diags *diags;
    struct mail_mailing mailing;
    struct words words;
    const char *folder; /* of .eml files; NULL: none */
    struct mbox mbox;
    struct handoff handoff;
    struct batch_lock lock; /* of --pipe */
    struct buf plan;        /* of --dry-run */
    size_t steps[MAIL_LINKS + 1];
};

static bool dry(const struct sending *s)
{
    return s->options->given[OPTION_DRY_RUN];
}

/* ---- where letters go */

/* The names of this mailing's letters, without ".eml". */
static void note_ours(const struct sending *s, struct arena *arena, struct idmap *ours)
{
    idmap_init(ours, arena, s->pdfs->recipient_count);
    for (size_t i = 0; i < s->pdfs->recipient_count; i++)
        if (s->pdfs->recipients[i].skip == MAIL_SENT_TO)
            idmap_add(ours, s->pdfs->recipients[i].member->id.s, i);
}

/* A letter that is left from another mailing, or to who has unsubscribed since, would go out with these. */
static bool check_folder(const struct sending *s, struct arena *arena)
{
    struct idmap ours;
    DIR *dir = opendir(s->folder);
    bool clean = true;
    note_ours(s, arena, &ours);
    for (struct dirent *entry; dir && clean && (entry = readdir(dir));) {
        struct str name = str_from(entry->d_name);
        if (!str_ends(name, STR(".eml")) || idmap_find(&ours, str_slice(name, 0, name.n - 4)) != SIZE_MAX)
            continue;
        struct diag *diag =
            diag_add(s->diags, DIAG_CANNOT_WRITE, span_none(),
                     "%s holds a letter that is not of this mailing: %s", s->folder, entry->d_name);
        diag_hint(s->diags, diag, "take it away, or name another folder");
        clean = false;
    }
    if (dir)
        closedir(dir);
    return clean;
}

bool mail_send_limits(const struct options *options, unsigned *tries, unsigned *rate, struct diags *diags)
{
    *tries = DEFAULT_TRIES;
    *rate = 0;
    return machine_number(options, OPTION_TRIES, 1, MOST_TRIES, tries, diags) &&
           machine_number(options, OPTION_RATE, 1, MOST_PER_MINUTE, rate, diags);
}

static bool open_handoff(struct sending *s, struct arena *arena)
{
    unsigned tries, rate;
    if (!mail_send_limits(s->options, &tries, &rate, s->diags) ||
        !lock_take_mailing(&s->lock, arena, s->inputs->batch.ledger, s->diags))
        return false;
    s->handoff = (struct handoff){.ledger = s->pdfs->ledger,
                                  .mailing = mail_mailing_name(arena, s->inputs->newsletter),
                                  .command = s->options->value[OPTION_PIPE],
                                  .folder = str_z(arena, file_folder(str_from(s->inputs->batch.ledger))),
                                  .tries = tries,
                                  .per_minute = rate,
                                  .seconds = COMMAND_SECONDS,
                                  .retry_doubtful = s->options->given[OPTION_RETRY_DOUBTFUL],
                                  .now_ms = machine_now_ms,
                                  .monotonic_us = machine_monotonic_us,
                                  .stop = &mail_stop};
    return ledger_letters_ready(s->pdfs->ledger, s->diags);
}

static bool open_target(struct sending *s, struct arena *arena)
{
    const char *why = NULL, *mbox = s->options->value[OPTION_MBOX];
    if (dry(s))
        return true;
    if (s->options->given[OPTION_PIPE])
        return open_handoff(s, arena);
    if (mbox) {
        if (mbox_open(&s->mbox, mbox, &why))
            return true;
        diag_add(s->diags, DIAG_CANNOT_WRITE, span_none(), "cannot write %s: %s", mbox, why);
        return false;
    }
    s->folder = s->options->value[OPTION_OUTPUT];
    return check_folder(s, arena);
}

static bool close_target(struct sending *s, bool ok)
{
    const char *why = NULL;
    if (s->mbox.temporary && ok && !mbox_finish(&s->mbox, &why)) {
        diag_add(s->diags, DIAG_CANNOT_WRITE, span_none(), "cannot write %s: %s", s->mbox.path, why);
        ok = false;
    }
    if (s->mbox.path)
        mbox_close(&s->mbox);
    lock_give(&s->lock, true);
    return ok;
}

/* ---- one letter */

static bool hand_over(struct sending *s, const struct member *member, const struct mail_made *made,
                      struct str letter)
{
    enum handoff_verdict verdict;
    char note[256];
    struct mail_outcome *outcome = s->outcome;
    s->handoff.ledger = s->pdfs->ledger; /* a new one since compendia were made for this letter */
    if (!handoff_send(&s->handoff, member->id.s, made->message_id, letter, &verdict, note, s->diags))
        return false;
    switch (verdict) {
    case HANDOFF_SENT:
        outcome->written++;
        break;
    case HANDOFF_STOPPED:
        outcome->stopped = true;
        return false;
    case HANDOFF_DOUBTFUL:
        outcome->doubtful++;
        diag_add(s->diags, DIAG_MAIL_DOUBTFUL, span_none(),
                 "the command ended while it had the letter to " STR_FMT "%s%s", STR_ARG(member->id.s),
                 *note ? ": " : "", note);
        break;
    default:
        outcome->refused++;
        diag_add(s->diags, DIAG_MAIL_REFUSED, span_none(), "the letter to " STR_FMT " was not taken%s%s",
                 STR_ARG(member->id.s), *note ? ": " : "", note);
    }
    return true;
}

static bool write_file(struct sending *s, struct arena *arena, const struct member *member, struct str letter)
{
    const char *why = NULL;
    struct str name = str_printf(arena, STR_FMT ".eml", STR_ARG(member->id.s));
    const char *path = file_join(arena, str_printf(arena, "%s/", s->folder), name);
    s->outcome->written++;
    mode_t mask = umask(S_IRWXG | S_IRWXO); /* for the owner alone: letters are personal */
    bool ok = file_write(path, letter, true, &why);
    umask(mask);
    if (ok) {
        file_sync_folder(s->folder);
        return true;
    }
    s->outcome->written--;
    diag_add(s->diags, DIAG_CANNOT_WRITE, span_none(), "cannot write %s: %s", path, why);
    return false;
}

static bool deliver(struct sending *s, struct arena *arena, const struct member *member,
                    const struct mail_made *made, struct str letter)
{
    const struct newsletter *newsletter = s->inputs->newsletter;
    const char *why = NULL;
    if (dry(s)) {
        buf_printf(&s->plan, "send " STR_FMT " " STR_FMT " " STR_FMT " %zu bytes token " STR_FMT "%s%s\n",
                   STR_ARG(member->id.s), STR_ARG(member->email.s), STR_ARG(member->tier.s), made->bytes,
                   STR_ARG(made->token), made->step ? ", " : "",
                   made->step ? mail_step_words(made->step) : "");
        s->outcome->written++;
        return true;
    }
    if (s->options->given[OPTION_PIPE])
        return hand_over(s, member, made, letter);
    if (s->folder)
        return write_file(s, arena, member, letter);
    struct str sender = newsletter->sender.email.s.n ? newsletter->sender.email.s : newsletter->from.email.s;
    s->outcome->written++;
    if (mbox_add(&s->mbox, sender, newsletter->date.date, letter, &why))
        return true;
    diag_add(s->diags, DIAG_CANNOT_WRITE, span_none(), "cannot write %s: %s", s->mbox.path, why);
    return false;
}

/* Whether a letter is still to be sent; false in *go_on when nothing can be. */
static bool wanted(struct sending *s, const struct member *member, bool *go_on)
{
    enum handoff_verdict verdict;
    size_t errors = s->diags->errors;
    *go_on = true;
    if (dry(s) || !s->options->given[OPTION_PIPE])
        return true;
    s->handoff.ledger = s->pdfs->ledger;
    if (handoff_wanted(&s->handoff, member->id.s, &verdict, s->diags))
        return true;
    if (s->diags->errors != errors) {
        *go_on = false;
    } else if (verdict == HANDOFF_DOUBTFUL) {
        s->outcome->doubtful++;
        diag_add(s->diags, DIAG_MAIL_DOUBTFUL, span_none(),
                 "the letter to " STR_FMT " was in flight when a mailing was killed", STR_ARG(member->id.s));
    } else {
        s->outcome->already++;
    }
    return false;
}

static bool send_one(struct sending *s, const struct mail_reading *reading, const struct member *member)
{
    struct arena arena;
    struct buf letter = {0};
    struct mail_made made;
    bool go_on;
    if (!wanted(s, member, &go_on))
        return go_on;
    bool crlf = !s->options->given[OPTION_PIPE] && !s->options->given[OPTION_MBOX];
    arena_init(&arena);
    if (mail_compose(&arena, &s->mailing, reading, member, crlf, &letter, &made, s->diags)) {
        s->steps[made.step]++;
        s->outcome->smaller += made.step != MAIL_WHOLE;
        go_on = deliver(s, &arena, member, &made, buf_view(&letter));
    } else {
        s->outcome->failed++;
        go_on = !s->diags->machine_failed;
    }
    buf_done(&letter);
    arena_done(&arena);
    return go_on;
}

/* The recipients of one tier share what they read, and so follow one another. */
static bool send_tier(struct sending *s, const struct tier *tier)
{
    struct arena arena;
    const struct mail_reading *reading = NULL;
    bool go_on = true;
    arena_init(&arena);
    for (size_t i = 0; i < s->pdfs->recipient_count && go_on; i++) {
        const struct mail_recipient *recipient = &s->pdfs->recipients[i];
        if (recipient->skip != MAIL_SENT_TO || !str_eq(recipient->member->tier.s, tier->id.s))
            continue;
        if (!reading && !(reading = mail_reading_make(&arena, &s->mailing, tier, s->diags)))
            break;
        go_on = send_one(s, reading, recipient->member) && !mail_stop;
    }
    arena_done(&arena);
    s->outcome->stopped = s->outcome->stopped || mail_stop;
    return go_on;
}

static void report_steps(const struct sending *s)
{
    for (enum mail_step step = MAIL_SMALL_PICTURES; step <= MAIL_LINKS; step++)
        if (s->steps[step])
            diag_add(s->diags, DIAG_MAIL_SMALLER, s->inputs->newsletter->size_budget.at,
                     "%zu letter%s would be over the size budget: %s", s->steps[step],
                     s->steps[step] == 1 ? "" : "s", mail_step_words(step));
}

bool mail_send(struct arena *arena, const struct options *options, const struct mail_inputs *inputs,
               struct mail_pdfs *pdfs, struct mail_outcome *outcome, struct diags *diags)
{
    struct sending s = {.options = options,
                        .inputs = inputs,
                        .pdfs = pdfs,
                        .outcome = outcome,
                        .diags = diags,
                        .lock = {-1, -1, false}};
    const struct tier_list *tiers = &inputs->batch.house->tiers;
    words_init(&s.words, inputs->batch.house);
    s.mailing = (struct mail_mailing){.newsletter = inputs->newsletter,
                                      .house = inputs->batch.house,
                                      .words = &s.words,
                                      .key = &inputs->key,
                                      .specs = inputs->specs,
                                      .spec_count = inputs->spec_count,
                                      .store = &pdfs->store};
    bool ok = open_target(&s, arena);
    for (size_t i = 0; i < tiers->count && ok; i++)
        ok = send_tier(&s, &tiers->items[i]);
    ok = close_target(&s, ok);
    report_steps(&s);
    if (s.plan.n)
        report_output(buf_view(&s.plan), diags);
    buf_done(&s.plan);
    return ok;
}
