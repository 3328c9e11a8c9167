/* Lint of the entity: is its name a name, and is it what it says it is? */
#include "base/utf8.h"
#include "prose/prose.h"
#include "spec/decode.h"
#include "spec/lint.h"
#include "spec/syntax.h"

enum { MOST_WORDS = 12, MOST_CHARACTERS = 90, FEWEST_WORDS_WITH_VERB = 4 };

/* Finite verbs and pronouns that headlines have and names have not. "Shares" and its like do stand in names:
 * they count only among four and more words, and never at the ends. */
static const char *const headline_words[] = {
    "is",    "are",     "was",    "were",      "has",      "have",     "had",   "will",   "would",  "can",
    "could", "should",  "must",   "may",       "my",       "his",      "her",   "their",  "our",    "says",
    "said",  "tells",   "shares", "announces", "launches", "unveils",  "calls", "claims", "denies", "wins",
    "loses", "becomes", "urges",  "warns",     "reveals",  "explains", "why",   "how",    "sues",   "lost",
    "won",   "seeks",   "gets",   "rejects",   "appoints", "accuses",  "joins", "quits",  NULL};
/* With these a headline begins, and ends in a small letter: names are spelt with capitals. */
static const char *const opening_words[] = {"how", "why", "what", "when", "where", "inside", NULL};
static const char *const institution_words[] = {
    "institution", "organisation", "organization", "company",   "corporation", "registry", "agency",
    "authority",   "association",  "foundation",   "institute", "firm",        NULL};
static const char *const person_words[] = {"person",     "individual",  "people",        "entrepreneur",
                                           "politician", "lawyer",      "journalist",    "founder",
                                           "executive",  "businessman", "businesswoman", NULL};
static const char *const person_titles[] = {"ceo",      "chairman",  "chairwoman", "chairperson",
                                            "director", "president", NULL};

static bool is_name_byte(char c)
{
    return syntax_is_letter(c) || syntax_is_digit(c) || (unsigned char)c >= 0x80 || c == '\'' || c == '-';
}

/* The next word at or after *at; empty at the end. */
static struct str next_word(struct str s, size_t *at)
{
    while (*at < s.n && !is_name_byte(s.p[*at]))
        ++*at;
    size_t from = *at;
    while (*at < s.n && is_name_byte(s.p[*at]))
        ++*at;
    return str_slice(s, from, *at);
}

static struct str last_word(struct str s)
{
    struct str last = {0}, word;
    for (size_t at = 0; (word = next_word(s, &at)).n;)
        last = word;
    return last;
}

static bool is_small(struct str word)
{
    return word.n > 3 && word.p[0] >= 'a' && word.p[0] <= 'z';
}

/* "How the exchange lost its reserve", "Pioneering inclusive and sustainable governance": small letters at
 * both ends of what follows the first word. */
static bool opens_like_headline(struct str name, size_t words)
{
    size_t at = 0;
    struct str first = next_word(name, &at), second = next_word(name, &at), last = last_word(name);
    if (!is_small(last))
        return false;
    return (words >= 3 && lint_word_in(first, opening_words)) ||
           (words >= FEWEST_WORDS_WITH_VERB && first.n > 5 && str_ends(first, STR("ing")) &&
            is_small(second));
}

/* What kind of thing a description names: "CEO of an institution" a CEO, "internet exchange operator" an
 * operator. */
static struct str head_noun(struct str s)
{
    static const char *const joints[] = {" of ", " at ", " for ", " in "};
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        size_t at = str_find(s, str_from(joints[i]));
        s = str_slice(s, 0, at == SIZE_MAX ? s.n : at);
    }
    return last_word(s);
}

/* Why the name reads like a headline, or NULL. */
static const char *headline_sign(struct str name, enum entity_kind kind)
{
    size_t words = 0;
    struct str word, last = last_word(name);
    const char *verb = NULL;
    for (size_t at = 0; (word = next_word(name, &at)).n; words++)
        if (words > 0 && at < name.n && lint_word_in(word, headline_words))
            verb = "it has the verb or pronoun of a sentence";
    if (utf8_length(name) > MOST_CHARACTERS || words > MOST_WORDS)
        return "it is very long";
    /* The title of a document, or the motto of an event, may well read like one. */
    if (kind == ENTITY_DOCUMENT || kind == ENTITY_EVENT)
        return NULL;
    if (str_find(name, STR(": ")) != SIZE_MAX)
        return "it has a colon";
    char end = name.p[name.n - 1];
    if (end == '?' || (end == '!' && words >= FEWEST_WORDS_WITH_VERB))
        return "it ends like a sentence";
    /* "S. A." and "Inc." are no sentences. */
    if (end == '.' && words >= FEWEST_WORDS_WITH_VERB && last.n > 4)
        return "it ends like a sentence";
    if (opens_like_headline(name, words))
        return "it begins like one";
    return words >= FEWEST_WORDS_WITH_VERB ? verb : NULL;
}

static void check_name(struct lint *lint)
{
    const struct text *name = &lint->spec->entity.name;
    const char *sign = name->s.n ? headline_sign(name->s, lint->spec->entity.kind) : NULL;
    if (!sign)
        return;
    struct diag *diag = diag_add(lint->diags, DIAG_HEADLINE_NAME, name->at,
                                 "the entity's name reads like a headline: %s", sign);
    size_t colon = str_find(name->s, STR(": "));
    if (colon != SIZE_MAX && lint->spec->entity.kind != ENTITY_DOCUMENT)
        diag_hint(lint->diags, diag, "is the name '" STR_FMT "'? The rest belongs under 'headline'",
                  STR_ARG(decode_shown(lint->arena, str_slice(name->s, 0, colon))));
    else
        diag_hint(lint->diags, diag, "give the bare name here, and the headline under 'headline'");
}

static void check_person(struct lint *lint)
{
    const struct entity *entity = &lint->spec->entity;
    const struct {
        const char *key;
        const struct text *text;
    } fields[] = {
        {"type", &entity->type}, {"focus", &entity->focus}, {"tracked_as", &lint->spec->tracked_as}};
    bool person = entity->kind == ENTITY_PERSON;
    bool body = entity->kind == ENTITY_ORGANISATION || entity->kind == ENTITY_REGISTRY ||
                entity->kind == ENTITY_NETWORK;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && (person || body); i++) {
        if (!lint_word_in(head_noun(fields[i].text->s), person ? institution_words : person_words))
            continue;
        struct diag *diag = diag_add(lint->diags, DIAG_PERSON_AS_INSTITUTION, fields[i].text->at,
                                     person ? "a person, and yet '%s' says '" STR_FMT "'"
                                            : "no person, and yet '%s' says '" STR_FMT "'",
                                     fields[i].key, STR_ARG(decode_shown(lint->arena, fields[i].text->s)));
        diag_note(lint->diags, diag, entity->kind_at, "the kind");
    }
    for (size_t i = 0; body && i < entity->roles.count; i++) {
        const struct text *title = &entity->roles.items[i].title;
        if (!lint_word_in(title->s, person_titles) && !str_starts(title->s, STR("Chief ")))
            continue;
        struct diag *diag = diag_add(lint->diags, DIAG_PERSON_AS_INSTITUTION, title->at,
                                     "no person, and yet it holds the role '" STR_FMT "'",
                                     STR_ARG(decode_shown(lint->arena, title->s)));
        diag_note(lint->diags, diag, entity->kind_at, "the kind");
    }
}

void lint_entity(struct lint *lint)
{
    check_name(lint);
    check_person(lint);
}

void lint_spec(struct arena *arena, const struct spec *spec, const struct house *house, struct diags *diags,
               bool whole)
{
    struct lint lint = {arena, spec, house, diags, whole};
    lint_entity(&lint);
    lint_claims(&lint);
    lint_texts(&lint);
}
