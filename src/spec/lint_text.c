/* Lint of what is written: sentences that stand twice, articles that do not fit their word, and confidence
 * beside likelihood in one sentence. Quotes are left alone: they are other people's words. */
#include <string.h>

#include "prose/prose.h"
#include "spec/decode.h"
#include "spec/lint.h"
#include "spec/lint_sentence.h"
#include "spec/passage.h"
#include "spec/syntax.h"

enum { FEWEST_WORDS = 4, FEWEST_BYTES = 16 };

struct sentence {
    struct passage passage;
    size_t from, to; /* in the passage's text */
    uint64_t shape;  /* of its plain form */
    bool shared;     /* by another sentence, the shape */
};

struct texts {
    struct lint *lint;
    bool english;           /* the spec's language */
    struct sentence *items; /* those that are long enough to be told apart */
    size_t count, cap;
    struct lint_places articles; /* of the passage: where a word begins that may be one */
};

static bool is_english(struct str language)
{
    return language.n >= 2 && syntax_lower(language.p[0]) == 'e' && syntax_lower(language.p[1]) == 'n' &&
           (language.n == 2 || language.p[2] == '-');
}

/* ---- confidence beside likelihood */

static bool has_any(struct str plain, const char *const *phrases)
{
    for (size_t i = 0; phrases[i]; i++)
        if (str_find(plain, str_from(phrases[i])) != SIZE_MAX)
            return true;
    return false;
}

/* Finding the exact place reads the passage from its beginning: only for those that somebody will see. */
static struct span place_of(const struct lint *lint, enum diag_code code, const struct passage *passage, size_t from,
                            size_t to)
{
    return decode_wanted(lint->diags, code) ? passage_span(passage, from, to) : passage->at;
}

static void check_grades(struct texts *texts, const struct passage *passage, size_t from, size_t to)
{
    static const char *const confidence[] = {" high confidence ",
                                             " higher confidence ",
                                             " moderate confidence ",
                                             " medium confidence ",
                                             " low confidence ",
                                             " lower confidence ",
                                             " great confidence ",
                                             " full confidence ",
                                             " strong confidence ",
                                             " little confidence ",
                                             " some confidence ",
                                             " with confidence ",
                                             " our confidence ",
                                             " confidence level ",
                                             " confidence of ",
                                             " level of confidence ",
                                             " degree of confidence ",
                                             " confidence is high ",
                                             " confidence is moderate ",
                                             " confidence is medium ",
                                             " confidence is low ",
                                             " confident that ",
                                             " fairly confident ",
                                             " highly confident ",
                                             NULL};
    static const char *const likelihood[] = {
        " almost no chance ", " likely ",        " unlikely ",  " probable ",       " probably ",
        " improbable ",       " even chance ",   " even odds ", " almost certain ", " almost certainly ",
        " nearly certain ",   " remote chance ", NULL};
    struct str plain = lint_sentence_plain(texts->lint->arena, str_slice(passage->text, from, to));
    if (!has_any(plain, confidence) || !has_any(plain, likelihood))
        return;
    struct span at = place_of(texts->lint, DIAG_CONFIDENCE_WITH_LIKELIHOOD, passage, from, to);
    struct diag *diag = diag_add(texts->lint->diags, DIAG_CONFIDENCE_WITH_LIKELIHOOD, at,
                                 "one sentence gives a confidence and a likelihood");
    diag_hint(texts->lint->diags, diag,
              "say in one sentence how likely it is, and in another how sure you are");
}

/* ---- sentences */

static void take_sentences(struct texts *texts, const struct passage *passage, bool english, bool may_repeat)
{
    struct str text = passage->text;
    for (size_t from = 0; from < text.n;) {
        struct lint_sentence told = lint_sentence_next(texts->lint->arena, text, from, &texts->articles);
        if (english && told.may_tell_confidence)
            check_grades(texts, passage, from, told.end);
        if (!may_repeat && told.words >= FEWEST_WORDS && told.plain_bytes >= FEWEST_BYTES)
            *ARENA_PUSH(texts->lint->arena, texts) =
                (struct sentence){.passage = *passage, .from = from, .to = told.end, .shape = told.shape};
        from = told.end;
        while (from < text.n && text.p[from] == ' ')
            from++;
    }
}

static struct str words_of(const struct sentence *sentence)
{
    return str_slice(sentence->passage.text, sentence->from, sentence->to);
}

static bool are_alike(struct arena *arena, const struct sentence *a, const struct sentence *b)
{
    struct arena_mark mark = arena_mark(arena);
    bool alike = str_eq(lint_sentence_plain(arena, words_of(a)), lint_sentence_plain(arena, words_of(b)));
    arena_rewind(arena, mark);
    return alike;
}

static void report_repeat(struct lint *lint, const struct sentence *a, const struct sentence *b)
{
    struct span one = passage_span(&a->passage, a->from, a->to),
                two = passage_span(&b->passage, b->from, b->to);
    bool turned = two.start < one.start; /* the tables have an order of their own */
    struct diag *diag =
        diag_add(lint->diags, DIAG_REPEATED_TEXT, turned ? one : two, "this sentence stands twice");
    diag_note(lint->diags, diag, turned ? two : one, "the first time");
}

/* A table with open addressing: of what has the key first, its number from 1, or 0 and a place for it. */
struct firsts {
    struct {
        uint64_t key;
        size_t number;
    } * slots;
    size_t size;
};

static void firsts_init(struct firsts *firsts, struct arena *arena, size_t count)
{
    firsts->size = 8;
    while (firsts->size / 2 <= count)
        firsts->size *= 2;
    firsts->slots = arena_array(arena, firsts->size, sizeof *firsts->slots);
}

static size_t firsts_add(struct firsts *firsts, uint64_t key, size_t number)
{
    size_t at = (size_t)key & (firsts->size - 1);
    while (firsts->slots[at].number && firsts->slots[at].key != key)
        at = (at + 1) & (firsts->size - 1);
    size_t first = firsts->slots[at].number;
    if (!first) {
        firsts->slots[at].key = key;
        firsts->slots[at].number = number;
    }
    return first;
}

/* Only sentences with words of the same lengths are looked at. What has the hash of another one and is not
 * like it is left out: nobody writes that but to keep a reader busy. */
static void check_repeats(struct texts *texts)
{
    struct lint *lint = texts->lint;
    struct firsts shapes, hashes;
    size_t shared = 0;
    firsts_init(&shapes, lint->arena, texts->count);
    for (size_t i = 0; i < texts->count; i++) {
        size_t first = firsts_add(&shapes, texts->items[i].shape, i + 1);
        if (first) {
            texts->items[first - 1].shared = texts->items[i].shared = true;
            shared += 2;
        }
    }
    firsts_init(&hashes, lint->arena, shared);
    for (size_t i = 0; shared && i < texts->count && decode_wanted(lint->diags, DIAG_REPEATED_TEXT); i++) {
        const struct sentence *sentence = &texts->items[i];
        if (!sentence->shared)
            continue;
        size_t first = firsts_add(&hashes, lint_sentence_hash(lint->arena, words_of(sentence)), i + 1);
        if (first && are_alike(lint->arena, &texts->items[first - 1], sentence))
            report_repeat(lint, &texts->items[first - 1], sentence);
    }
}

/* ---- articles */

static bool opens(char c)
{
    return c == '(' || c == '[' || c == '"' || c == '\'';
}

/* Is the capital A at this offset the first word of a sentence, and no letter of its own ("Grade A")? */
static bool starts_sentence(struct str text, size_t at)
{
    while (at > 0 &&
           (text.p[at - 1] == ' ' || opens(text.p[at - 1]) || (unsigned char)text.p[at - 1] >= 0x80))
        at--;
    char before = at ? text.p[at - 1] : '.';
    return before == '.' || before == '!' || before == '?' || before == ':' || before == ';';
}

/* After the letter "a" these make no sense, so that the letter is a name: "option a or b". */
static const char *const function_words[] = {"and", "or", "is", "are", "as",  "at", "in",
                                             "of",  "on", "if", "it",  "its", NULL};

static bool is_word_byte(char c)
{
    return syntax_is_letter(c) || syntax_is_digit(c) || (unsigned char)c >= 0x80;
}

/* Without what print sets close to a word: dashes, closing quotation marks and the ellipsis (U+2012 to
 * U+2015, U+2019 at the end, U+201C, U+201D, U+2026). */
static size_t word_end(struct str word)
{
    for (size_t i = 0; i + 2 < word.n; i++) {
        unsigned char last = (unsigned char)word.p[i + 2];
        if (memcmp(word.p + i, "\xE2\x80", 2) != 0)
            continue;
        if ((last >= 0x92 && last <= 0x95) || last == 0x9C || last == 0x9D || last == 0xA6 ||
            (last == 0x99 && i + 3 == word.n))
            return i;
    }
    return word.n;
}

static void check_article(struct lint *lint, const struct passage *passage, size_t at, size_t n)
{
    struct str text = passage->text;
    size_t from = at + n;
    while (from < text.n && (text.p[from] == ' ' || opens(text.p[from])))
        from++;
    /* An opening quotation mark of print: U+2018, U+201C. */
    if (from + 2 < text.n &&
        (memcmp(text.p + from, "\xE2\x80\x98", 3) == 0 || memcmp(text.p + from, "\xE2\x80\x9C", 3) == 0))
        from += 3;
    size_t to = from;
    while (to < text.n &&
           (is_word_byte(text.p[to]) || (text.p[to] == ',' && to > from && syntax_is_digit(text.p[to - 1]))))
        to++;
    struct str word = str_slice(text, from, to);
    word.n = word_end(word);
    to = from + word.n;
    if (n == 1 && lint_word_in(word, function_words))
        return;
    enum lint_sound sound = lint_sound_of(word);
    if (sound == LINT_UNSURE || (sound == LINT_VOWEL) == (n == 2))
        return;
    struct diag *diag =
        diag_add(lint->diags, DIAG_WRONG_ARTICLE, place_of(lint, DIAG_WRONG_ARTICLE, passage, at, to),
                 "'" STR_FMT "': before a %s sound it is '%s'",
                 STR_ARG(decode_shown(lint->arena, str_slice(text, at, to))),
                 sound == LINT_VOWEL ? "vowel" : "consonant", sound == LINT_VOWEL ? "an" : "a");
    bool capital = text.p[at] == 'A';
    diag_hint(lint->diags, diag, "write '%s " STR_FMT "'",
              sound == LINT_VOWEL ? (capital ? "An" : "an") : (capital ? "A" : "a"),
              STR_ARG(decode_shown(lint->arena, word)));
}

static void check_articles(struct lint *lint, const struct passage *passage, const struct lint_places *places)
{
    struct str text = passage->text;
    for (size_t k = 0; k < places->count; k++) {
        size_t i = places->items[k];
        if (i + 2 >= text.n || (i > 0 && text.p[i - 1] != ' ' && !opens(text.p[i - 1])))
            continue;
        size_t n = text.p[i + 1] == 'n' ? 2 : 1;
        if (text.p[i + n] != ' ' || (text.p[i] == 'A' && !starts_sentence(text, i)))
            continue;
        check_article(lint, passage, i, n);
    }
}

/* ---- gathering */

static void take_passage(struct texts *texts, const struct passage *passage, bool english, bool may_repeat)
{
    texts->articles.count = 0;
    take_sentences(texts, passage, english, may_repeat);
    if (english)
        check_articles(texts->lint, passage, &texts->articles);
}

struct taking {
    struct texts *texts;
    bool english, may_repeat;
};

static void take_block(void *context, const struct passage *passage)
{
    const struct taking *taking = context;
    take_passage(taking->texts, passage, taking->english, taking->may_repeat);
}

static void take_field(void *context, const struct field *field, const void *value,
                       const struct record *record, const void *owner)
{
    struct texts *texts = context;
    bool prose = field->kind == FIELD_PROSE;
    if ((field->flags & FIELD_VERBATIM) || !(prose || (field->flags & FIELD_RUNNING)))
        return;
    bool english = texts->english;
    if (strcmp(record->name, "section") == 0 && ((const struct section *)owner)->language.s.n)
        english = is_english(((const struct section *)owner)->language.s);
    /* "Known from the report only" may be said of many sources. */
    struct taking taking = {texts, english, strcmp(record->name, "note") == 0};
    if (prose) {
        const struct prose *const *text = value;
        if (*text)
            passage_each(texts->lint->arena, *text, take_block, &taking);
    } else {
        struct passage passage = passage_of_text(value);
        if (passage.text.n)
            take_block(&taking, &passage);
    }
}

void lint_texts(struct lint *lint)
{
    struct str language = lint->spec->language.s.n ? lint->spec->language.s : lint->house->language.s;
    struct texts texts = {.lint = lint, .english = is_english(language)};
    fields_walk(fields_of(FILE_SPEC), lint->spec, take_field, &texts);
    check_repeats(&texts);
}
