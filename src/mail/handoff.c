/* Handing a mailing over. */
#include "mail/handoff.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "mail/pipe.h"

enum { FIRST_WAIT_MS = 1000 /* before the second try; doubled each time */, NAP_MS = 100 };

static bool stopped(const struct handoff *handoff)
{
    return handoff->stop && *handoff->stop;
}

/* In short naps, so that a user who wants it to end need not wait. */
static void wait_until(const struct handoff *handoff, int64_t ms)
{
    int64_t left;
    while (!stopped(handoff) && (left = ms - handoff->monotonic_us() / 1000) > 0) {
        long nap = (long)(left < NAP_MS ? left : NAP_MS);
        struct timespec time = {0, nap * 1000000L};
        nanosleep(&time, NULL);
    }
}

bool handoff_wanted(struct handoff *handoff, struct str member, enum handoff_verdict *verdict,
                    struct diags *diags)
{
    struct arena arena;
    struct ledger_letter letter;
    bool found = false;
    arena_init(&arena);
    bool ok = ledger_letter_find(handoff->ledger, &arena, handoff->mailing, member, &letter, &found, diags);
    bool wanted = ok && (!found || letter.state == LETTER_REFUSED);
    if (ok && found && letter.state == LETTER_SENT) {
        *verdict = HANDOFF_ALREADY;
    } else if (ok && found && letter.state == LETTER_SENDING) {
        *verdict = HANDOFF_DOUBTFUL;
        wanted = handoff->retry_doubtful;
    }
    arena_done(&arena);
    return wanted;
}

static bool put(struct handoff *handoff, struct ledger_letter *letter, enum ledger_letter_state state,
                const char *note, struct diags *diags)
{
    letter->state = state;
    letter->at_ms = handoff->now_ms();
    letter->note = str_from(note);
    return ledger_letter_put(handoff->ledger, letter, diags);
}

static void take_turn(struct handoff *handoff)
{
    wait_until(handoff, handoff->next_ms);
    if (handoff->per_minute)
        handoff->next_ms = handoff->monotonic_us() / 1000 + 60000 / handoff->per_minute;
}

/* The record goes first: killed between it and the command, the letter is doubtful, never lost or sent twice.
 */
static bool try_once(struct handoff *handoff, struct ledger_letter *letter, struct str message,
                     struct pipe_result *result, struct diags *diags)
{
    letter->tries++;
    if (!put(handoff, letter, LETTER_SENDING, "", diags))
        return false;
    *result = pipe_hand(handoff->command, message, handoff->folder, handoff->seconds);
    return true;
}

bool handoff_send(struct handoff *handoff, struct str member, struct str message_id, struct str message,
                  enum handoff_verdict *verdict, char *note, struct diags *diags)
{
    struct ledger_letter letter = {.mailing = handoff->mailing, .member = member, .message_id = message_id};
    struct pipe_result result = {.end = PIPE_LATER};
    int64_t pause = FIRST_WAIT_MS;
    *note = '\0';
    *verdict = HANDOFF_STOPPED;
    for (unsigned i = 0; i < handoff->tries && result.end == PIPE_LATER; i++, pause *= 2) {
        if (i)
            wait_until(handoff, handoff->monotonic_us() / 1000 + pause);
        take_turn(handoff);
        if (stopped(handoff))
            break;
        if (!try_once(handoff, &letter, message, &result, diags))
            return false;
        memcpy(note, result.note, sizeof result.note);
        if (result.end == PIPE_LATER && !put(handoff, &letter, LETTER_REFUSED, note, diags))
            return false;
        *verdict = HANDOFF_REFUSED;
    }
    switch (result.end) {
    case PIPE_TAKEN:
        *verdict = HANDOFF_SENT;
        return put(handoff, &letter, LETTER_SENT, note, diags);
    case PIPE_REFUSED:
        *verdict = HANDOFF_REFUSED;
        return put(handoff, &letter, LETTER_REFUSED, note, diags);
    case PIPE_LOST:
        *verdict = HANDOFF_DOUBTFUL;
        return put(handoff, &letter, LETTER_SENDING, note, diags);
    case PIPE_BROKEN:
        if (!put(handoff, &letter, LETTER_REFUSED, note, diags))
            return false;
        diag_add(diags, DIAG_CANNOT_WRITE, span_none(),
                 "the message for " STR_FMT " cannot be handed over: %s", STR_ARG(member), note);
        return false;
    case PIPE_LATER:
        break;
    }
    return true;
}
