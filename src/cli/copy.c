/* The copy of one member, on demand: the same bytes as a batch makes. */
#include "cli/copy.h"

#include <string.h>

#include "base/secret.h"
#include "cli/key_file.h"
#include "cli/roster_file.h"

static bool need(const struct options *options, enum option_id option, enum option_id other,
                 struct diags *diags)
{
    if (!options->given[option] || options->given[other])
        return true;
    struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "--%s needs --%s", option_infos[option].name,
                                 option_infos[other].name);
    diag_hint(diags, diag, "add --%s %s", option_infos[other].name, option_infos[other].argument);
    return false;
}

bool copy_check(const struct options *options, struct diags *diags)
{
    if (!need(options, OPTION_MEMBER, OPTION_ROSTER, diags) ||
        !need(options, OPTION_ROSTER, OPTION_MEMBER, diags) ||
        !need(options, OPTION_KEY_FILE, OPTION_MEMBER, diags))
        return false;
    if (options->given[OPTION_MEMBER] && options->given[OPTION_TIER]) {
        struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(),
                                     "--tier and --member cannot go together: the tier is the member's");
        diag_hint(diags, diag, "leave --tier out");
        return false;
    }
    return true;
}

static bool same_id(struct str left, struct str right)
{
    bool same = left.n == right.n;
    for (size_t i = 0; same && i < left.n; i++) {
        char a = left.p[i], b = right.p[i];
        a = a >= 'A' && a <= 'Z' ? (char)(a + 32) : a;
        b = b >= 'A' && b <= 'Z' ? (char)(b + 32) : b;
        same = a == b;
    }
    return same;
}

static const struct member *find_member(struct arena *arena, const struct roster *roster, struct str id,
                                        const char *path, struct diags *diags)
{
    struct str *ids = ARENA_ARRAY(arena, struct str, roster->members.count);
    for (size_t i = 0; i < roster->members.count; i++) {
        ids[i] = roster->members.items[i].id.s;
        if (same_id(ids[i], id))
            return &roster->members.items[i];
    }
    struct diag *diag = diag_add(diags, DIAG_UNKNOWN_MEMBER, span_none(),
                                 "--member: %s has no member '" STR_FMT "'", path, STR_ARG(id));
    struct str nearest = str_nearest(id, ids, roster->members.count);
    if (nearest.n)
        diag_hint(diags, diag, "did you mean '" STR_FMT "'?", STR_ARG(nearest));
    return NULL;
}

static bool open_key(struct copy *copy, const struct options *options, struct diags *diags)
{
    const char *path = options->value[OPTION_KEY_FILE];
    if (path)
        return key_file_read(path, &copy->key, diags);
    struct diag *diag =
        diag_add(diags, DIAG_USAGE, span_none(), "the personal copy of member '" STR_FMT "' needs a key",
                 STR_ARG(copy->member->id.s));
    diag_hint(diags, diag, "add --key-file FILE, the key that batches are made with");
    return false;
}

bool copy_open(struct copy *copy, struct arena *arena, const struct options *options,
               const struct house *house, struct diags *diags)
{
    const char *profile = options->value[OPTION_PROFILE];
    *copy = (struct copy){.sealed = profile && strcmp(profile, "sealed") == 0};
    const char *id = options->value[OPTION_MEMBER], *path = options->value[OPTION_ROSTER];
    if (!id)
        return true;
    const struct roster *roster = roster_file_read(arena, path, span_none(), house, diags);
    copy->member = roster ? find_member(arena, roster, str_from(id), path, diags) : NULL;
    return copy->member && (!copy->member->personal_copy || open_key(copy, options, diags));
}

void copy_close(struct copy *copy)
{
    secret_wipe(copy, sizeof *copy);
}

bool copy_is_personal(const struct copy *copy)
{
    return copy->member && copy->member->personal_copy;
}

static bool watches(const struct member *member, struct str entity)
{
    bool found = member->all_entities;
    for (size_t i = 0; i < member->entities.count; i++)
        found = found || str_eq(member->entities.items[i].s, entity);
    return found;
}

bool copy_check_spec(const struct copy *copy, const struct spec *spec, struct diags *diags)
{
    const struct member *member = copy->member;
    if (!member)
        return true;
    if (!watches(member, spec->id.s)) {
        struct diag *diag = diag_add(diags, DIAG_NOT_WATCHED, span_none(),
                                     "member '" STR_FMT "' does not watch '" STR_FMT "'",
                                     STR_ARG(member->id.s), STR_ARG(spec->id.s));
        diag_hint(diags, diag, "add it to the member's column entities in the roster");
        return false;
    }
    if (member->password.s.n && member->personal_copy && !copy->sealed) {
        struct diag *diag =
            diag_add(diags, DIAG_PASSWORD_UNUSED, span_none(),
                     "member '" STR_FMT "' has a password in the roster, and the copy is not sealed",
                     STR_ARG(member->id.s));
        diag_hint(diags, diag, "add --profile sealed");
    }
    if (date_is_set(member->unsubscribed.date)) {
        struct str date = date_iso(diags->arena, member->unsubscribed.date);
        diag_add(diags, DIAG_UNSUBSCRIBED, span_none(), "member '" STR_FMT "' unsubscribed on " STR_FMT,
                 STR_ARG(member->id.s), STR_ARG(date));
    }
    return true;
}

struct copy_id copy_make_id(const struct copy *copy, struct str entity, struct str edition)
{
    return copy_id_make(&copy->key, &(struct copy_subject){.member = copy->member->id.s,
                                                           .entity = entity,
                                                           .edition = edition,
                                                           .tier = copy->member->tier.s});
}
