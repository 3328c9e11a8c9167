/* Checking tiers: what a spec or roster names, and how the tiers of a house include each other. */
#include "spec/tiers.h"

#include "spec/decode.h"
#include "spec/idmap.h"
#include "spec/syntax.h"

enum { TIERS_TOLD = 8 };

static struct str *ids_of(struct arena *arena, const struct house *house)
{
    struct str *ids = ARENA_ARRAY(arena, struct str, house->tiers.count);
    for (size_t i = 0; i < house->tiers.count; i++)
        ids[i] = house->tiers.items[i].id.s;
    return ids;
}

static void report_unknown(struct arena *arena, const struct house *house, const struct text *id,
                           struct diags *diags)
{
    struct diag *diag = diag_add(diags, DIAG_UNKNOWN_TIER, id->at, "the house has no tier '" STR_FMT "'",
                                 STR_ARG(decode_shown(arena, id->s)));
    if (!decode_wanted(diags, DIAG_UNKNOWN_TIER))
        return;
    struct str *ids = ids_of(arena, house);
    if (decode_hint_nearest(arena, diags, diag, id->s, ids, house->tiers.count).n == 0 &&
        house->tiers.count <= TIERS_TOLD)
        diag_hint(diags, diag, "its tiers are " STR_FMT,
                  STR_ARG(decode_alternatives(arena, ids, house->tiers.count)));
}

static char slug_letter(char c)
{
    return syntax_is_letter(c) || syntax_is_digit(c) ? syntax_lower(c) : '-';
}

/* A tier whose id could not be read may be the one that is meant: its own fault is told, and not this one
 * too. */
static bool is_told(const struct house *house, struct str id)
{
    for (size_t i = 0; i < house->tiers.count; i++) {
        struct str tier = house->tiers.items[i].id.s;
        size_t same = 0;
        while (same < tier.n && same < id.n && slug_letter(tier.p[same]) == slug_letter(id.p[same]))
            same++;
        if (tier.n == 0 || (same == tier.n && same == id.n && !syntax_slug(tier)))
            return true;
    }
    return false;
}

void tiers_check(struct arena *arena, const struct house *house, const struct text *id, struct diags *diags)
{
    if (id->s.n && !house_tier(house, id->s))
        report_unknown(arena, house, id, diags);
}

/* Follows `includes` from one tier, depth first with a stack of its own: a tier met again while it is still
 * open closes a circle. */
struct frame {
    size_t tier, next;
};

static void find_circles(struct arena *arena, const struct house *house, const struct idmap *ids,
                         struct diags *diags)
{
    enum { NEW, OPEN, DONE };
    size_t count = house->tiers.count, depth = 0;
    unsigned char *state = ARENA_ARRAY(arena, unsigned char, count);
    struct frame *stack = ARENA_ARRAY(arena, struct frame, count);
    for (size_t start = 0; start < count; start++) {
        if (state[start] != NEW)
            continue;
        stack[depth++] = (struct frame){start, 0};
        state[start] = OPEN;
        while (depth) {
            struct frame *top = &stack[depth - 1];
            const struct tier *tier = &house->tiers.items[top->tier];
            if (top->next == tier->includes.count) {
                state[top->tier] = DONE;
                depth--;
                continue;
            }
            const struct text *id = &tier->includes.items[top->next++];
            size_t other = idmap_find(ids, id->s);
            if (other == SIZE_MAX)
                continue;
            if (state[other] == OPEN)
                diag_add(diags, DIAG_TIER_CIRCLE, id->at,
                         other == top->tier ? "tier '" STR_FMT "' includes itself"
                                            : "tier '" STR_FMT "' is included in a circle",
                         STR_ARG(id->s));
            if (state[other] != NEW)
                continue;
            state[other] = OPEN;
            stack[depth++] = (struct frame){other, 0};
        }
    }
}

void tiers_check_house(struct arena *arena, const struct house *house, struct diags *diags)
{
    struct idmap ids;
    idmap_init(&ids, arena, house->tiers.count);
    for (size_t i = 0; i < house->tiers.count; i++) {
        const struct text *id = &house->tiers.items[i].id;
        size_t first = id->s.n ? idmap_add(&ids, id->s, i) : i;
        if (first == i)
            continue;
        struct diag *diag =
            diag_add(diags, DIAG_DUPLICATE_ID, id->at, "there are two tiers '" STR_FMT "'", STR_ARG(id->s));
        diag_note(diags, diag, house->tiers.items[first].id.at, "the first one");
    }
    for (size_t i = 0; i < house->tiers.count; i++) {
        const struct audience *includes = &house->tiers.items[i].includes;
        for (size_t j = 0; j < includes->count; j++)
            if (includes->items[j].s.n && idmap_find(&ids, includes->items[j].s) == SIZE_MAX &&
                !is_told(house, includes->items[j].s))
                report_unknown(arena, house, &includes->items[j], diags);
    }
    find_circles(arena, house, &ids, diags);
    if (house->default_tier.s.n && idmap_find(&ids, house->default_tier.s) == SIZE_MAX &&
        !is_told(house, house->default_tier.s))
        report_unknown(arena, house, &house->default_tier, diags);
}
