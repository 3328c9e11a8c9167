/* Lint of what is written: sentences that stand twice, articles that do not fit their word, and confidence
 * beside likelihood in one sentence. Quotes are left alone: they are other people's words. */
#include <string.h>

#include "base/ascii.h"
#include "prose/prose.h"
#include "spec/decode.h"
#include "spec/idmap.h"
#include "spec/lint.h"
#include "spec/passage.h"
#include "spec/syntax.h"

enum { FEWEST_WORDS = 4, FEWEST_BYTES = 16 };

struct sentence {
    struct str plain; /* lower case, one space between words, one at each end */
    struct passage passage;
    size_t from, to; /* in the passage's text */
};

struct texts {
    struct lint *lint;
    bool english;           /* the spec's language */
    struct sentence *items; /* those that are long enough to be told apart */
    size_t count, cap;
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

static void check_grades(struct texts *texts, const struct sentence *sentence)
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
    if (str_find(sentence->plain, STR("confiden")) == SIZE_MAX)
        return;
    if (!has_any(sentence->plain, confidence) || !has_any(sentence->plain, likelihood))
        return;
    struct span at = place_of(texts->lint, DIAG_CONFIDENCE_WITH_LIKELIHOOD, &sentence->passage, sentence->from,
                              sentence->to);
    struct diag *diag = diag_add(texts->lint->diags, DIAG_CONFIDENCE_WITH_LIKELIHOOD, at,
                                 "one sentence gives a confidence and a likelihood");
    diag_hint(texts->lint->diags, diag,
              "say in one sentence how likely it is, and in another how sure you are");
}

/* ---- sentences */

static bool is_word_byte(char c)
{
    return syntax_is_letter(c) || syntax_is_digit(c) || (unsigned char)c >= 0x80;
}

static struct str plain_form(struct arena *arena, struct str s, size_t *words)
{
    static const struct ascii_set word_bytes = {{ASCII_DIGITS, ASCII_LETTERS}};
    char *copy = arena_alloc(arena, s.n + 3);
    size_t n = 0;
    *words = 0;
    copy[n++] = ' ';
    for (size_t i = 0; i < s.n; i++) {
        size_t from = n;
        for (; i < s.n && (ascii_has(&word_bytes, s.p[i]) || (unsigned char)s.p[i] >= 0x80); i++)
            copy[n++] = syntax_lower(s.p[i]);
        *words += n > from && copy[from - 1] == ' ';
        if (i < s.n && copy[n - 1] != ' ' && s.p[i] != '\'')
            copy[n++] = ' ';
    }
    if (copy[n - 1] != ' ')
        copy[n++] = ' ';
    arena_shrink(arena, copy, s.n + 3, n);
    return (struct str){copy, n};
}

/* The end of the sentence that begins at from: behind . ! ? and closing marks, before a blank; or a full stop
 * of Chinese and Japanese. */
static size_t sentence_end(struct str text, size_t from)
{
    static const struct ascii_set within = {{~(ASCII_BIT('.') | ASCII_BIT('!') | ASCII_BIT('?')), ~(uint64_t)0}};
    for (size_t i = from; i < text.n; i++) {
        char c = text.p[i];
        if (ascii_has(&within, c) || ((unsigned char)c >= 0x80 && c != '\xE3'))
            continue;
        if ((c == '.' || c == '!' || c == '?') && (i + 1 == text.n || text.p[i + 1] == ' '))
            return i + 1;
        if (c == '\xE3' && i + 2 < text.n && memcmp(text.p + i, "\xE3\x80\x82", 3) == 0)
            return i + 3;
    }
    return text.n;
}

static void take_sentences(struct texts *texts, const struct passage *passage, bool english, bool may_repeat)
{
    struct str text = passage->text;
    for (size_t from = 0; from < text.n;) {
        size_t to = sentence_end(text, from), words;
        struct sentence sentence = {.passage = *passage, .from = from, .to = to};
        sentence.plain = plain_form(texts->lint->arena, str_slice(text, from, to), &words);
        if (english)
            check_grades(texts, &sentence);
        if (!may_repeat && words >= FEWEST_WORDS && sentence.plain.n >= FEWEST_BYTES)
            *ARENA_PUSH(texts->lint->arena, texts) = sentence;
        from = to;
        while (from < text.n && text.p[from] == ' ')
            from++;
    }
}

static void check_repeats(struct texts *texts)
{
    struct idmap seen;
    idmap_init(&seen, texts->lint->arena, texts->count);
    for (size_t i = 0; i < texts->count; i++) {
        size_t first = idmap_add(&seen, texts->items[i].plain, i);
        if (first == i || !decode_wanted(texts->lint->diags, DIAG_REPEATED_TEXT))
            continue;
        const struct sentence *a = &texts->items[first], *b = &texts->items[i];
        struct span one = passage_span(&a->passage, a->from, a->to),
                    two = passage_span(&b->passage, b->from, b->to);
        bool turned = two.start < one.start; /* the tables have an order of their own */
        struct diag *diag = diag_add(texts->lint->diags, DIAG_REPEATED_TEXT, turned ? one : two,
                                     "this sentence stands twice");
        diag_note(texts->lint->diags, diag, turned ? two : one, "the first time");
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

static void check_articles(struct lint *lint, const struct passage *passage)
{
    struct str text = passage->text;
    static const struct ascii_set others = {{~(uint64_t)0, ~(ASCII_BIT('a') | ASCII_BIT('A'))}};
    for (size_t i = 0; i + 2 < text.n; i++) {
        char c = text.p[i];
        if (ascii_has(&others, c) || (c | 0x20) != 'a' || (i > 0 && text.p[i - 1] != ' ' && !opens(text.p[i - 1])))
            continue;
        size_t n = text.p[i + 1] == 'n' ? 2 : 1;
        if (text.p[i + n] != ' ' || (c == 'A' && !starts_sentence(text, i)))
            continue;
        check_article(lint, passage, i, n);
    }
}

/* ---- gathering */

static void take_passage(struct texts *texts, const struct passage *passage, bool english, bool may_repeat)
{
    take_sentences(texts, passage, english, may_repeat);
    if (english)
        check_articles(texts->lint, passage);
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
