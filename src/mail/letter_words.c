/* Phrases that both forms of the letter print. */
#include "mail/letter_words.h"

#include "base/decimal.h"
#include "base/utf8.h"

static struct str word(const struct mail_letter *letter, enum word_id id)
{
    return letter->words->text[id];
}

static struct str joined(struct arena *arena, struct str a, const char *separator, struct str b)
{
    if (!a.n || !b.n)
        return a.n ? a : b;
    return str_printf(arena, STR_FMT "%s" STR_FMT, STR_ARG(a), separator, STR_ARG(b));
}

struct str letter_kind(struct arena *arena, const struct mail_letter *letter, const struct mail_card *card)
{
    static const enum word_id kinds[] = {
        [ENTITY_PERSON] = WORD_entity_person,     [ENTITY_ORGANISATION] = WORD_entity_organisation,
        [ENTITY_REGISTRY] = WORD_entity_registry, [ENTITY_NETWORK] = WORD_entity_network,
        [ENTITY_PLACE] = WORD_entity_place,       [ENTITY_PROGRAMME] = WORD_entity_programme,
        [ENTITY_EVENT] = WORD_entity_event,       [ENTITY_DOCUMENT] = WORD_entity_document};
    const struct entity *entity = &card->edition->spec.entity;
    struct str type = entity->type.s;
    if (!type.n && entity->kind != ENTITY_NONE)
        type = word(letter, kinds[entity->kind]);
    return joined(arena, type, " · ", entity->base.s);
}

static struct str score_of(struct arena *arena, const struct mail_letter *letter,
                           const struct mail_card *card)
{
    int hundredths = card->edition->spec.confidence.score.hundredths;
    if (hundredths < 0 || !card->edition->band)
        return (struct str){0};
    return word_score(arena, letter->words, hundredths);
}

struct str letter_grade(struct arena *arena, const struct mail_letter *letter, const struct mail_card *card)
{
    struct str score = score_of(arena, letter, card);
    if (!score.n)
        return score;
    const struct band *band = card->edition->band;
    enum word_id id = band->grade.s.n ? WORD_claim_score : WORD_claim_score_ungraded;
    return word_fill(
        arena, word(letter, id),
        (struct word_slot[]){{"score", score}, {"grade", band->grade.s}, {"label", band->label.s}}, 3);
}

struct str letter_grade_spoken(struct arena *arena, const struct mail_letter *letter,
                               const struct mail_card *card)
{
    struct str score = score_of(arena, letter, card);
    if (!score.n)
        return score;
    const struct band *band = card->edition->band;
    return word_fill(
        arena, word(letter, WORD_meter_alt),
        (struct word_slot[]){{"score", score}, {"grade", band->grade.s}, {"label", band->label.s}}, 3);
}

static struct str size_of(struct arena *arena, size_t bytes)
{
    if (bytes >= 1000000)
        return str_printf(arena, "%zu.%zu MB", bytes / 1000000, bytes / 100000 % 10);
    return str_printf(arena, "%zu kB", (bytes + 999) / 1000);
}

/* Blocks of scripts that are written from right to left, but for marks that are also used elsewhere. */
static bool is_rtl_letter(int32_t c)
{
    return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC) ||
           (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
}

/* A file's name reads from the left, and its number and ending do not run into a name from the right before
 * them: each in an isolate of its own (Unicode Standard Annex 9, 2.4: LRI, FSI, PDI). */
static struct str isolated(struct arena *arena, struct str file)
{
    size_t end = 0;
    for (size_t at = 0; at < file.n;)
        if (is_rtl_letter(utf8_next(file, &at)))
            end = at;
    if (!end)
        return file;
    return str_printf(arena, "\u2066\u2068" STR_FMT "\u2069" STR_FMT "\u2069",
                      STR_ARG(str_slice(file, 0, end)), STR_ARG(str_slice(file, end, file.n)));
}

struct str letter_attached(struct arena *arena, const struct mail_letter *letter,
                           const struct mail_card *card)
{
    if (!card->file.n)
        return (struct str){0};
    struct str count = str_printf(arena, "%zu", card->pages);
    struct str pages =
        word_fill(arena, word(letter, card->pages == 1 ? WORD_mail_pages_one : WORD_mail_pages_many),
                  &(struct word_slot){"count", count}, 1);
    return word_fill(arena, word(letter, WORD_mail_attached),
                     (struct word_slot[]){{"file", isolated(arena, card->file)},
                                          {"pages", pages},
                                          {"size", size_of(arena, card->bytes)}},
                     3);
}

static bool holds(const struct tier *const *tiers, size_t count, const struct tier *tier)
{
    for (size_t i = 0; i < count; i++)
        if (tiers[i] == tier)
            return true;
    return false;
}

const struct tier **letter_locked(struct arena *arena, const struct mail_letter *letter, size_t *count)
{
    const struct tier **tiers = ARENA_ARRAY(arena, const struct tier *, letter->house->tiers.count + 1);
    *count = 0;
    for (size_t i = 0; i < letter->card_count; i++) {
        const struct edition *edition = letter->cards[i].edition;
        for (size_t j = 0; j < edition->panel_count; j++)
            if (!holds(tiers, *count, edition->panels[j].tier))
                tiers[(*count)++] = edition->panels[j].tier;
    }
    return tiers;
}

struct str letter_panel_title(struct arena *arena, const struct mail_letter *letter, const struct tier *tier)
{
    return word_fill(arena, word(letter, WORD_locked_title), &(struct word_slot){"tier", tier->label.s}, 1);
}

struct str letter_invitation(const struct tier *tier)
{
    return tier->invitation.text.s.n ? tier->invitation.text.s : tier->invitation.url.s;
}

struct str letter_why(struct arena *arena, const struct mail_letter *letter)
{
    struct str product =
        letter->house->product.s.n ? letter->house->product.s : letter->house->publisher.name.s;
    return word_fill(arena, word(letter, WORD_mail_why),
                     (struct word_slot[]){{"product", product}, {"tier", letter->tier->label.s}}, 2);
}

struct str letter_imprint(struct arena *arena, const struct mail_letter *letter)
{
    const struct publisher *publisher = &letter->house->publisher;
    struct str name = publisher->legal_name.s.n ? publisher->legal_name.s : publisher->name.s;
    return joined(arena, name, ", ", publisher->address.s);
}

bool letter_is_rtl(struct str language)
{
    static const char *const codes[] = {"ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"};
    struct str primary = str_slice(language, 0, str_find(language, STR("-")));
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (str_is(primary, codes[i]))
            return true;
    return false;
}
