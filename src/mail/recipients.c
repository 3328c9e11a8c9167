/* Who gets a letter, and why others do not. */
#include "mail/recipients.h"

#include <stdint.h>
#include <stdlib.h>

#include "mail/message.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* As mail systems deliver it: hardly any tells small letters from capitals, though RFC 5321 lets the local
 * part. */
static int compare_addresses(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    for (size_t i = 0; i < n; i++) {
        char x = lower(a.p[i]), y = lower(b.p[i]);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return (a.n > b.n) - (a.n < b.n);
}

static int by_address(const void *a, const void *b)
{
    const struct mail_recipient *const *x = a, *const *y = b;
    int order = compare_addresses((*x)->member->email.s, (*y)->member->email.s);
    if (order)
        return order;
    return ((*x)->member > (*y)->member) - ((*x)->member < (*y)->member);
}

/* Members of one address, from the first to before the last. Who unsubscribes an address does so for all of
 * them; else the first one gets the letter. */
static void settle_twins(struct mail_recipient **first, struct mail_recipient **last)
{
    const struct member *gone = NULL;
    for (struct mail_recipient **one = first; one < last && !gone; one++)
        if ((*one)->skip == MAIL_UNSUBSCRIBED)
            gone = (*one)->member;
    for (struct mail_recipient **one = first; one < last; one++) {
        if (gone ? (*one)->skip == MAIL_UNSUBSCRIBED : one == first)
            continue;
        (*one)->skip = gone ? MAIL_UNSUBSCRIBED : MAIL_SAME_ADDRESS;
        (*one)->twin = gone ? gone : (*first)->member;
    }
}

static void skip_twins(struct arena *arena, struct mail_recipient *list, size_t count)
{
    struct mail_recipient **sorted = ARENA_ARRAY(arena, struct mail_recipient *, count + 1);
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (list[i].skip == MAIL_SENT_TO || (list[i].skip == MAIL_UNSUBSCRIBED && list[i].member->email.s.n))
            sorted[n++] = &list[i];
    qsort(sorted, n, sizeof(struct mail_recipient *), by_address);
    for (size_t first = 0, next; first < n; first = next) {
        for (next = first + 1; next < n; next++)
            if (compare_addresses(sorted[first]->member->email.s, sorted[next]->member->email.s) != 0)
                break;
        settle_twins(sorted + first, sorted + next);
    }
}

/* Any date counts, also one after the letter's: the roster is as of now, and a letter may go out late. */
static enum mail_skip judge(const struct member *member)
{
    if (date_is_set(member->unsubscribed.date))
        return MAIL_UNSUBSCRIBED;
    if (!member->email.s.n)
        return MAIL_NO_ADDRESS;
    return mail_address_allowed(member->email.s) ? MAIL_SENT_TO : MAIL_BAD_ADDRESS;
}

static bool is_asked(const struct mail_choice *choice, struct str id)
{
    for (size_t i = 0; i < choice->only_count; i++)
        if (str_eq(choice->only[i], id))
            return true;
    return choice->only_count == 0;
}

/* Who is to come, a chain for each tier, in the order of the roster. */
struct queues {
    struct str *tiers;
    size_t *heads, *next; /* SIZE_MAX: the end */
    size_t count;
};

static void queue_up(struct arena *arena, const struct mail_recipient *list, size_t count,
                     struct queues *queues)
{
    *queues = (struct queues){.tiers = ARENA_ARRAY(arena, struct str, count + 1),
                              .heads = ARENA_ARRAY(arena, size_t, count + 1),
                              .next = ARENA_ARRAY(arena, size_t, count + 1)};
    for (size_t i = count; i-- > 0;) {
        size_t tier = 0;
        if (list[i].skip != MAIL_SENT_TO)
            continue;
        while (tier < queues->count && !str_eq(queues->tiers[tier], list[i].member->tier.s))
            tier++;
        if (tier == queues->count) {
            queues->tiers[queues->count] = list[i].member->tier.s;
            queues->heads[queues->count++] = SIZE_MAX;
        }
        queues->next[i] = queues->heads[tier];
        queues->heads[tier] = i;
    }
}

/* One of each tier in turn until there are enough. */
static void take_sample(struct arena *arena, struct mail_recipient *list, size_t count, size_t wanted)
{
    bool *taken = ARENA_ARRAY(arena, bool, count + 1);
    struct queues queues;
    size_t total = 0, before;
    queue_up(arena, list, count, &queues);
    do {
        before = total;
        for (size_t tier = queues.count; tier-- > 0 && total < wanted;) {
            size_t first = queues.heads[tier];
            if (first == SIZE_MAX)
                continue;
            taken[first] = true;
            queues.heads[tier] = queues.next[first];
            total++;
        }
    } while (total < wanted && total != before);
    for (size_t i = 0; i < count; i++)
        if (list[i].skip == MAIL_SENT_TO && !taken[i])
            list[i].skip = MAIL_NOT_ASKED;
}

struct mail_recipient *recipients_choose(struct arena *arena, const struct roster *roster,
                                         const struct mail_choice *choice, size_t *sent)
{
    size_t count = roster->members.count;
    struct mail_recipient *list = ARENA_ARRAY(arena, struct mail_recipient, count + 1);
    for (size_t i = 0; i < count; i++) {
        list[i].member = &roster->members.items[i];
        list[i].skip = judge(list[i].member);
    }
    skip_twins(arena, list,
               count); /* of the whole roster: whom an address belongs to does not depend on --only */
    for (size_t i = 0; i < count; i++)
        if (!is_asked(choice, list[i].member->id.s))
            list[i].skip = MAIL_NOT_ASKED;
    if (choice->sample)
        take_sample(arena, list, count, choice->sample);
    *sent = 0;
    for (size_t i = 0; i < count; i++)
        *sent += list[i].skip == MAIL_SENT_TO;
    return list;
}

const char *recipients_reason(enum mail_skip skip)
{
    switch (skip) {
    case MAIL_NOT_ASKED:
        return "is not asked for";
    case MAIL_NO_ADDRESS:
        return "has no e-mail address";
    case MAIL_BAD_ADDRESS:
        return "has an e-mail address that is none";
    case MAIL_SAME_ADDRESS:
        return "has the same e-mail address as another member";
    case MAIL_UNSUBSCRIBED:
        return "has unsubscribed";
    case MAIL_SENT_TO:
        break;
    }
    return "gets a letter";
}
