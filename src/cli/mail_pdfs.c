/* The PDFs of a mailing: made by the batch engine, or taken from a finished run. Members whose PDFs are
 * sealed by a password of their own are a batch of their own, beside the other. */
#include <stdlib.h>
#include <string.h>

#include "base/child.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/password.h"
#include "cli/identity.h"
#include "cli/machine.h"
#include "cli/mailing.h"
#include "cli/progress.h"
#include "pdf/inspect.h"

enum {
    LEDGER_WAIT_MS = 5000,
    MAX_PDF_BYTES = 256 * 1024 * 1024,
    LIMIT_SECONDS = 60,
    LIMIT_MIB = 1024,
    DRAW_SECONDS = 20,
    DRAW_MIB = 1024,
    WIDTHS = 2 /* of a first page's picture */
};

/* ---- making */

static bool has_own_password(const struct member *member)
{
    return member->password.s.n > 0;
}

/* The members of one of the two batches, each of whom is to have every briefing of the newsletter. A sealed
 * PDF is its member's own in any case. */
static struct roster *choose_members(const struct mail_pdfs *pdfs, bool sealed)
{
    struct roster *roster = ARENA_NEW(pdfs->arena, struct roster);
    roster->source = pdfs->inputs->batch.roster->source;
    for (size_t i = 0; i < pdfs->recipient_count; i++) {
        const struct mail_recipient *recipient = &pdfs->recipients[i];
        if (recipient->skip != MAIL_SENT_TO || has_own_password(recipient->member) != sealed)
            continue;
        struct member *member = ARENA_PUSH(pdfs->arena, &roster->members);
        *member = *recipient->member;
        member->entities = (struct text_list){0};
        member->all_entities = true;
        member->unsubscribed = (struct dated){0}; /* is to come: who has left already is no recipient */
        member->personal_copy = member->personal_copy || sealed;
    }
    return roster;
}

static bool is_tier_read(const struct mail_pdfs *pdfs, struct str tier)
{
    for (size_t i = 0; i < pdfs->recipient_count; i++)
        if (pdfs->recipients[i].skip == MAIL_SENT_TO && str_eq(pdfs->recipients[i].member->tier.s, tier))
            return true;
    return false;
}

/* The shared editions: also those that nobody gets, for the pictures of their first pages bear no copy line.
 */
static void choose_tiers(const struct mail_pdfs *pdfs, struct batch_request *request)
{
    const struct tier_list *tiers = &pdfs->inputs->batch.house->tiers;
    request->tiers = ARENA_ARRAY(pdfs->arena, struct str, tiers->count + 1);
    for (size_t i = 0; i < tiers->count; i++)
        if (is_tier_read(pdfs, tiers->items[i].id.s))
            request->tiers[request->tier_count++] = tiers->items[i].id.s;
}

/* Where the PDFs of those without, or with, a password of their own are. */
static const char *folder_of(const struct mail_pdfs *pdfs, bool sealed)
{
    const char *output = pdfs->inputs->batch.output;
    if (!sealed || pdfs->inputs->from_run)
        return output;
    return file_join(pdfs->arena, str_printf(pdfs->arena, "%s/", output), STR("sealed"));
}

static bool fill(const struct mail_pdfs *pdfs, bool sealed, bool bound, struct batch_request *request,
                 struct diags *diags)
{
    const struct mail_inputs *inputs = pdfs->inputs;
    const struct batch_inputs *batch = &inputs->batch;
    *request = (struct batch_request){
        .house = batch->house,
        .house_folder = batch->house_folder,
        .house_digest = batch->house_digest,
        .spec_paths = inputs->spec_paths,
        .spec_count = inputs->spec_count,
        .roster = choose_members(pdfs, sealed),
        .compendium = bound,
        .excerpt = true,
        .edition = inputs->edition,
        .date_given = true,
        .date = inputs->newsletter->date.date,
        .sealed = sealed,
        .strong_marks = batch->house->marks == MARKS_STRONG,
        .warnings_as_errors = diags->warnings_as_errors,
        .allowed = diags->allowed,
        .color = report_color(pdfs->options, 2),
        .key = &inputs->key,
        .output = folder_of(pdfs, sealed),
        .ledger = batch->ledger,
        .name = batch->name,
        .jobs = machine_processors(),
        .limit_seconds = LIMIT_SECONDS,
        .limit_mib = LIMIT_MIB,
        .fsync = true,
        .fonts_folder = pdfs->session.folder,
        .identify = identity_find,
        .clock = {machine_now_ms, machine_monotonic_us},
        .context = &pdfs->session.context,
        .stop = &mail_stop,
    };
    if (!sealed)
        choose_tiers(pdfs, request);
    return machine_number(pdfs->options, OPTION_JOBS, 1, 1024, &request->jobs, diags);
}

static bool run(const struct mail_pdfs *pdfs, bool sealed, bool bound, struct diags *diags)
{
    struct batch_request request;
    struct batch_outcome outcome = {0};
    struct progress progress;
    if (!fill(pdfs, sealed, bound, &request, diags))
        return false;
    if (sealed && request.roster->members.count == 0)
        return true;
    progress_open(&progress, pdfs->options);
    const struct batch_watch watch = {&progress, progress_tell, progress_diagnostic, NULL};
    bool ok = batch_run(&request, &watch, &outcome, diags);
    if (!ok || !outcome.progress.failed)
        return ok;
    diag_add(diags, DIAG_MAIL_PDF, span_none(),
             "%zu PDFs could not be made; the letters that need them are not written",
             outcome.progress.failed);
    return true;
}

/* The engine and this share one ledger, which has one writer at a time. */
static bool make(struct mail_pdfs *pdfs, bool bound, struct diags *diags)
{
    ledger_close(pdfs->ledger);
    pdfs->ledger = NULL;
    bool ok = pdfs->inputs->from_run || !pdfs->inputs->spec_count ||
              (run(pdfs, false, bound, diags) && run(pdfs, true, bound, diags));
    pdfs->ledger = ledger_open(pdfs->inputs->batch.ledger, false, LEDGER_WAIT_MS, diags);
    return ok && pdfs->ledger;
}

/* ---- finding */

static bool missing(const char *path, const char *why, struct diags *diags)
{
    diag_add(diags, DIAG_MAIL_PDF, span_none(), "%s: %s", path, why);
    return false;
}

/* With another key than its copies a mailing's tokens and message ids would be wrong too. */
static bool has_our_id(const struct mail_pdfs *pdfs, const struct ledger_output *row)
{
    const struct copy_subject subject = {row->member, row->entity, row->edition, row->tier};
    return !row->copy.n || str_is(row->copy, copy_id_make(&pdfs->inputs->key, &subject).text);
}

/* Whether the run's last manifest lists it: what a member got in another tier, or before the roster was
 * changed, is still in the ledger. A run that was never told of (shards that were not joined) says nothing.
 */
static bool is_of_last_plan(const struct mail_pdfs *pdfs, struct arena *arena,
                            const struct ledger_output *row, struct diags *diags)
{
    struct ledger_told told;
    return ledger_told_find(pdfs->ledger, arena, row->folder, &told, diags) &&
           (told.run == 0 || told.run == row->seen);
}

/* Reads a PDF that the ledger knows, and holds it against the ledger's digest: what somebody changed is not
 * mailed. */
static bool take(const struct mail_pdfs *pdfs, struct arena *arena, const char *folder, struct str path,
                 struct mail_pdf *pdf, bool *known, struct diags *diags)
{
    struct ledger_output row;
    struct hash hash;
    unsigned char digest[32];
    const char *why = NULL, *file = file_join(arena, str_printf(arena, "%s/", folder), path);
    struct str name = ledger_folder(arena, pdfs->inputs->batch.ledger, folder);
    if (!ledger_output_find(pdfs->ledger, arena, name, path, &row, known, diags))
        return false;
    if (!*known)
        return true;
    if (row.state != LEDGER_DONE)
        return missing(file, "was not made", diags);
    if (pdfs->inputs->from_run && !is_of_last_plan(pdfs, arena, &row, diags))
        return missing(file, "is of an earlier plan of the run, and not of its last one", diags);
    if (!has_our_id(pdfs, &row))
        return missing(file, "was made with another key than --key-file", diags);
    if (row.stamp.n)
        return missing(file, "is a draft or internal, and such PDFs are never mailed", diags);
    if (!file_read(arena, file, MAX_PDF_BYTES, &pdf->data, &why, NULL))
        return missing(file, why, diags);
    hash_init(&hash);
    hash_add(&hash, pdf->data.p, pdf->data.n);
    hash_done(&hash, digest);
    if (!str_eq(hash_hex(arena, digest, sizeof digest), row.digest))
        return missing(file, "was changed since it was made", diags);
    pdf->name = str_slice(path, file_folder(path).n, path.n);
    pdf->pages = (size_t)row.pages;
    return true;
}

/* "<id>_<edition>_<tier>.pdf" */
static struct str file_name(const struct mail_pdfs *pdfs, struct arena *arena, struct str entity,
                            struct edition_id edition, struct str tier)
{
    (void)pdfs;
    struct str id = edition_format(arena, edition);
    return str_printf(arena, STR_FMT "%s" STR_FMT "_" STR_FMT ".pdf", STR_ARG(entity), id.n ? "_" : "",
                      STR_ARG(id), STR_ARG(tier));
}

static struct str member_path(struct arena *arena, const struct member *member, struct str name)
{
    return str_printf(arena, "members/" STR_FMT "/" STR_FMT, STR_ARG(member->id.s), STR_ARG(name));
}

static bool sealed_for(const struct mail_pdfs *pdfs, const struct member *member)
{
    return pdfs->inputs->from_run ? pdfs->inputs->sealed_run : has_own_password(member);
}

static bool store_pdf(void *self, struct arena *arena, const struct member *member, size_t entity,
                      struct mail_pdf *pdf, struct diags *diags)
{
    const struct mail_pdfs *pdfs = self;
    const struct spec *spec = pdfs->inputs->specs[entity];
    bool sealed = sealed_for(pdfs, member), known = false;
    if (has_own_password(member) && !sealed) {
        diag_add(diags, DIAG_MAIL_PDF, span_none(),
                 STR_FMT " has a password, and the PDFs of the newsletter's run are not sealed",
                 STR_ARG(member->id.s));
        return false;
    }
    const char *folder = folder_of(pdfs, sealed);
    struct str name =
        file_name(pdfs, arena, spec->id.s, edition_choose(spec, pdfs->inputs->edition), member->tier.s);
    struct str path = member->personal_copy || sealed ? member_path(arena, member, name) : name;
    if (!take(pdfs, arena, folder, path, pdf, &known, diags))
        return false;
    return known ||
           missing(file_join(arena, str_printf(arena, "%s/", folder), path), "was never made", diags);
}

static bool store_bundle(void *self, struct arena *arena, const struct member *member, struct mail_pdf *pdf,
                         struct diags *diags)
{
    struct mail_pdfs *pdfs = self;
    bool sealed = sealed_for(pdfs, member), known = false;
    bool bound = pdfs->bound;
    pdfs->bound = true; /* tried once, for all letters */
    if (!bound && !pdfs->inputs->from_run && !make(pdfs, true, diags))
        return false;
    struct str name = file_name(pdfs, arena, STR("compendium"), pdfs->inputs->edition, member->tier.s);
    struct str path = member->personal_copy || sealed ? member_path(arena, member, name) : name;
    *pdf = (struct mail_pdf){0};
    return take(pdfs, arena, folder_of(pdfs, sealed), path, pdf, &known, diags);
}

/* ---- pictures */

/* Poppler's pdftoppm, in a process with limits: the PDF is ours, but so is the time. */
static struct str draw(struct arena *arena, struct str pdf, unsigned width)
{
    static const struct child_limits limits = {DRAW_SECONDS, (size_t)DRAW_MIB << 20, 4u << 20};
    char pixels[16];
    struct buf out = {0};
    int n = 0;
    for (unsigned rest = width, scale = 1000000; scale; rest %= scale, scale /= 10)
        if (n || rest / scale)
            pixels[n++] = (char)('0' + rest / scale);
    pixels[n] = 0;
    const char *arguments[] = {"pdftoppm",    "-jpeg", "-f",          "1",  "-l", "1", "-singlefile",
                               "-scale-to-x", pixels,  "-scale-to-y", "-1", "-",  NULL};
    struct str jpeg = {0};
    if (child_run(getenv("PATH"), arguments, pdf, &limits, &out, NULL) == CHILD_DONE)
        jpeg = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return jpeg;
}

static size_t tier_number(const struct mail_pdfs *pdfs, const struct tier *tier)
{
    return (size_t)(tier - pdfs->inputs->batch.house->tiers.items);
}

static bool store_picture(void *self, struct arena *arena, const struct tier *tier, size_t entity,
                          unsigned width, struct str *jpeg, struct diags *diags)
{
    struct mail_pdfs *pdfs = self;
    size_t slot = (tier_number(pdfs, tier) * pdfs->inputs->spec_count + entity) * WIDTHS +
                  (width > MAIL_PICTURE_PIXELS);
    if (!pdfs->drawn[slot]) {
        const struct spec *spec = pdfs->inputs->specs[entity];
        struct str name =
            file_name(pdfs, arena, spec->id.s, edition_choose(spec, pdfs->inputs->edition), tier->id.s);
        struct mail_pdf pdf = {0};
        bool known = false;
        if (!pdfs->inputs->sealed_run &&
            !take(pdfs, arena, folder_of(pdfs, false), name, &pdf, &known, diags))
            return false;
        if (known)
            pdfs->pictures[slot] = draw(pdfs->arena, pdf.data, width);
        pdfs->drawn[slot] = true;
    }
    *jpeg = pdfs->pictures[slot];
    return true;
}

/* ---- */

bool mail_pdfs_open(struct mail_pdfs *pdfs, struct arena *arena, const struct options *options,
                    const struct mail_inputs *inputs, const struct mail_recipient *recipients, size_t count,
                    struct diags *diags)
{
    *pdfs = (struct mail_pdfs){.arena = arena,
                               .options = options,
                               .inputs = inputs,
                               .recipients = recipients,
                               .recipient_count = count};
    pdfs->store = (struct mail_store){pdfs, store_pdf, store_bundle, store_picture};
    size_t slots = inputs->batch.house->tiers.count * inputs->spec_count * WIDTHS;
    pdfs->pictures = ARENA_ARRAY(arena, struct str, slots + 1);
    pdfs->drawn = ARENA_ARRAY(arena, bool, slots + 1);
    if (!inputs->from_run && !session_open(&pdfs->session, arena, inputs->batch.house, diags))
        return false;
    return make(pdfs, false, diags);
}

void mail_pdfs_close(struct mail_pdfs *pdfs)
{
    ledger_close(pdfs->ledger);
    session_close(&pdfs->session);
}
