/* `briefing mail`: finished letters, one a member. */
#include "cli/cli.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/plan.h"
#include "cli/machine.h"
#include "cli/mailing.h"

volatile sig_atomic_t mail_stop;

static void note_signal(int number)
{
    mail_stop = number;
}

/* The first Ctrl-C lets the letter in hand go its way; a second one ends everything at once. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = note_signal, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

static bool is_blank(const char *command)
{
    return command && command[strspn(command, " \t\n")] == '\0';
}

static bool check_options(const struct options *options, struct diags *diags)
{
    const char *output = options->value[OPTION_OUTPUT], *mbox = options->value[OPTION_MBOX];
    unsigned tries, rate;
    int targets = options->given[OPTION_OUTPUT] + options->given[OPTION_MBOX] + options->given[OPTION_PIPE];
    struct diag *diag = NULL;
    if (targets > 1) {
        diag =
            diag_add(diags, DIAG_USAGE, span_none(), "letters go to one place: --output, --mbox or --pipe");
    } else if (targets == 0 && !options->given[OPTION_DRY_RUN]) {
        diag = diag_add(diags, DIAG_USAGE, span_none(), "where shall the letters go?");
        diag_hint(diags, diag, "add -o DIR, --mbox FILE, --pipe COMMAND or --dry-run");
    } else if (!options->given[OPTION_PIPE] && (options->given[OPTION_RATE] || options->given[OPTION_TRIES] ||
                                                options->given[OPTION_RETRY_DOUBTFUL])) {
        diag = diag_add(diags, DIAG_USAGE, span_none(),
                        "--rate, --tries and --retry-doubtful are of use with --pipe only");
    } else if (is_blank(options->value[OPTION_PIPE])) { /* a shell takes it for a success */
        diag = diag_add(diags, DIAG_USAGE, span_none(), "--pipe: there is no command");
        diag_hint(diags, diag, "'sendmail -t -i' or 'msmtp -t'");
    } else if ((output && strcmp(output, "-") == 0) || (mbox && strcmp(mbox, "-") == 0)) {
        diag = diag_add(diags, DIAG_USAGE, span_none(), "letters cannot go to standard output");
        diag_hint(diags, diag, "name a folder or an mbox file, or hand them to a command by --pipe");
    }
    return !diag && mail_send_limits(options, &tries, &rate, diags);
}

static bool choose(struct arena *arena, const struct options *options, const struct mail_inputs *inputs,
                   struct mail_recipient **recipients, size_t *sent, struct diags *diags)
{
    struct mail_choice choice = {.only_count = options->every[OPTION_ONLY].count};
    unsigned sample = 0;
    if (!machine_number(options, OPTION_SAMPLE, 1, 1000000, &sample, diags))
        return false;
    struct str *only = ARENA_ARRAY(arena, struct str, choice.only_count + 1);
    for (size_t i = 0; i < choice.only_count; i++) {
        bool known = false;
        only[i] = str_from(options->every[OPTION_ONLY].items[i]);
        for (size_t j = 0; j < inputs->batch.roster->members.count && !known; j++) {
            known = plan_same_id(inputs->batch.roster->members.items[j].id.s, only[i]);
            if (known)
                only[i] = inputs->batch.roster->members.items[j].id.s;
        }
        if (!known)
            diag_add(diags, DIAG_USAGE, span_none(), "--only: the roster has no member '" STR_FMT "'",
                     STR_ARG(only[i]));
        if (!known)
            return false;
    }
    choice.only = only;
    choice.sample = sample;
    *recipients = recipients_choose(arena, inputs->batch.roster, &choice, sent);
    return true;
}

/* Without an excerpt: a roster's lines hold passwords. */
static size_t report_skipped(const struct mail_inputs *inputs, const struct mail_recipient *recipients,
                             size_t count, struct diags *diags)
{
    size_t skipped = 0;
    for (size_t i = 0; i < count; i++) {
        const struct mail_recipient *recipient = &recipients[i];
        size_t line = 0, column = 0;
        if (recipient->skip == MAIL_SENT_TO || recipient->skip == MAIL_NOT_ASKED)
            continue;
        skipped++;
        span_line_column(recipient->member->span, &line, &column);
        struct diag *diag = diag_add(diags, DIAG_MAIL_SKIPPED, span_none(), STR_FMT ":%zu: " STR_FMT " %s",
                                     STR_ARG(inputs->batch.roster->source->name), line,
                                     STR_ARG(recipient->member->id.s), recipients_reason(recipient->skip));
        if (recipient->twin)
            diag_hint(diags, diag, STR_FMT " %s", STR_ARG(recipient->twin->id.s),
                      recipient->skip == MAIL_UNSUBSCRIBED ? "has the same address" : "gets the letter");
    }
    return skipped;
}

static void summary(const struct options *options, const struct mail_outcome *outcome, size_t skipped)
{
    struct buf line = {0};
    const char *ignored = NULL; /* the summary is a courtesy */
    if (options->given[OPTION_QUIET])
        return;
    buf_printf(&line, "%zu letter%s %s", outcome->written, outcome->written == 1 ? "" : "s",
               options->given[OPTION_DRY_RUN] ? "would go out"
               : options->given[OPTION_PIPE]  ? "handed over"
                                              : "written");
    const struct {
        size_t count;
        const char *words;
    } parts[] = {{outcome->already, "handed over before"},
                 {skipped, "skipped"},
                 {outcome->refused, "refused"},
                 {outcome->doubtful, "doubtful"},
                 {outcome->failed, "failed"},
                 {outcome->smaller, "made smaller"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count)
            buf_printf(&line, ", %zu %s", parts[i].count, parts[i].words);
    buf_text(&line, outcome->stopped ? "; stopped\n" : "\n");
    (void)!file_write_fd(2, buf_view(&line), &ignored);
    buf_done(&line);
}

static void make_letters(struct arena *arena, const struct options *options, const struct mail_inputs *inputs,
                         struct mail_recipient *recipients, struct mail_outcome *outcome, struct diags *diags)
{
    struct mail_pdfs pdfs;
    if (mail_pdfs_open(&pdfs, arena, options, inputs, recipients, inputs->batch.roster->members.count, diags))
        mail_send(arena, options, inputs, &pdfs, outcome, diags);
    mail_pdfs_close(&pdfs);
}

int cli_mail(struct arena *arena, const struct options *options, struct diags *diags)
{
    struct mail_inputs inputs;
    struct mail_recipient *recipients;
    struct mail_outcome outcome = {0};
    size_t sent, skipped = 0;
    session_start();
    if (strcmp(options->arguments[0], "check") == 0 && options->argument_count >= 2)
        return mail_check_folder(arena, options, diags);
    if (strcmp(options->arguments[0], "check") == 0 && access("check", F_OK) != 0) {
        diag_add(diags, DIAG_USAGE, span_none(), "'mail check' needs DIR, the folder of the letters");
        return EXIT_USAGE;
    }
    if (options->argument_count != 1) {
        diag_add(diags, DIAG_USAGE, span_none(), "a newsletter stands alone: what is '%s'?",
                 options->arguments[1]);
        return EXIT_USAGE;
    }
    if (!check_options(options, diags))
        return EXIT_USAGE;
    bool ok = mail_inputs_read(&inputs, arena, options, diags) &&
              choose(arena, options, &inputs, &recipients, &sent, diags);
    if (ok) {
        skipped = report_skipped(&inputs, recipients, inputs.batch.roster->members.count, diags);
        if (!diags->errors) /* --warnings-as-errors */ {
            catch_signals();
            make_letters(arena, options, &inputs, recipients, &outcome, diags);
            summary(options, &outcome, skipped);
        }
    }
    mail_inputs_done(&inputs);
    return report_status(diags);
}
