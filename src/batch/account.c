/* From messages to rows. */
#include "batch/account.h"

static void forget(struct account *account)
{
    arena_done(&account->arena);
    *account = (struct account){0};
}

void account_begin(struct account *account)
{
    forget(account);
    account->score = -1;
}

void account_done(struct account *account)
{
    forget(account);
}

void account_diagnostic(struct batch_run *run, struct message *message)
{
    enum diag_severity severity = (enum diag_severity)message_take_number(message);
    bool machine = message_take_number(message) != 0;
    run_tell(run, severity, machine, message_take_text(message));
}

void account_facts(struct account *account, struct message *message)
{
    account->facts = true;
    account->score = (int)message_take_number(message);
    account->for_publication = message_take_number(message) != 0;
    account->pages = message_take_number(message);
    struct str *texts[] = {&account->name,    &account->grade,       &account->label,
                           &account->depends, &account->diagnostics, &account->brief};
    for (size_t i = 0; i < sizeof texts / sizeof(void *); i++)
        *texts[i] = str_dup(&account->arena, message_take_text(message));
}

/* Counts a failure, and keeps compendia from being made with a briefing that failed. */
static void note_failure(struct batch_run *run, uint32_t output, enum fate fate)
{
    const struct plan_group *group = &run->plan->groups[run->plan->outputs[output].group];
    run->plan->outputs[output].state = PLAN_FAILED;
    run->outcome->progress.failed++;
    if (!group->compendium && *run_fate(run, group->own, group->tier) < fate)
        *run_fate(run, group->own, group->tier) = (unsigned char)fate;
}

/* What is known of all outputs of the task. Copies share their edition's diagnostics, which may be long: one
 * row has them all, the others the first error. */
static void fill(struct account *account, bool personal, struct arena *arena, struct ledger_output *row)
{
    row->score = account->score;
    row->pages = account->pages;
    row->name = str_dup(arena, account->name);
    row->grade = str_dup(arena, account->grade);
    row->label = str_dup(arena, account->label);
    row->depends = str_dup(arena, account->depends);
    row->diagnostics = str_dup(arena, personal && account->told ? account->brief : account->diagnostics);
    account->told = true;
}

uint32_t account_output(struct batch_run *run, struct account *account, struct message *message)
{
    uint32_t output = (uint32_t)message_take_number(message);
    bool made = message_take_number(message) != 0, machine = message_take_number(message) != 0;
    struct arena *arena = record_arena(run);
    struct record_item item = {
        .output = output, .failed = !made, .for_publication = account->for_publication};
    struct ledger_output *row = &item.row;
    const struct plan_group *group = &run->plan->groups[run->plan->outputs[output].group];
    run_row(run, arena, output, row);
    fill(account, group->personal, arena, row);
    row->bytes = message_take_number(message);
    row->mtime_ns = message_take_number(message);
    row->inode = message_take_number(message);
    item.took_us = message_take_number(message);
    row->temporary = str_dup(arena, message_take_text(message));
    row->digest = str_dup(arena, message_take_text(message));
    struct str own = message_take_text(message);
    if (own.n)
        row->diagnostics = str_dup(arena, own);
    if (made) {
        run->plan->outputs[output].state = PLAN_MADE;
        run->outcome->progress.made++;
        run->outcome->progress.bytes += (uint64_t)row->bytes;
        run->write_failures = 0;
    } else {
        note_failure(run, output, FATE_FAILED);
        row->digest = (struct str){0};
        row->bytes = row->mtime_ns = row->inode = 0;
        run->write_failures += machine;
    }
    record_add(run, &item);
    return output;
}

void account_failure(struct batch_run *run, uint32_t output, struct str diagnostics)
{
    struct arena *arena = record_arena(run);
    struct record_item item = {.output = output, .failed = true};
    run_row(run, arena, output, &item.row);
    item.row.diagnostics = str_dup(arena, diagnostics);
    note_failure(run, output, FATE_DEADLY);
    record_add(run, &item);
}
