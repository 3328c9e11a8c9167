/* 'a' or 'an'? It goes by the first sound of what follows, not by its letter: an hour, a university, an ASN,
 * a UN body, an 8-bit number. Where speakers differ, or a name may be said in two ways, nothing is said. */
#include "spec/lint.h"
#include "spec/syntax.h"

static bool is_vowel_letter(char c)
{
    c = syntax_lower(c);
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Does the name of the letter begin with a vowel sound: an F, a U? */
static enum lint_sound sound_of_letter_name(char c)
{
    static const struct str vowels = {"aefhilmnorsx", 12};
    char lower = syntax_lower(c);
    return str_find(vowels, (struct str){&lower, 1}) != (size_t)-1 ? LINT_VOWEL : LINT_CONSONANT;
}

static bool begins(struct str word, const char *const *prefixes)
{
    char first = word.n ? syntax_lower(word.p[0]) : '\0';
    for (size_t i = 0; prefixes[i]; i++) {
        if (prefixes[i][0] != first)
            continue;
        struct str prefix = str_from(prefixes[i]);
        bool same = word.n >= prefix.n;
        for (size_t j = 0; same && j < prefix.n; j++)
            same = syntax_lower(word.p[j]) == prefix.p[j];
        if (same)
            return true;
    }
    return false;
}

/* Words with u that are said with the sound of 'you', and those with o said with that of 'won'. */
static const char *const consonant_prefixes[] = {
    "eu",    "ewe",  "oui",      "ouija", "ubiq",    "ufo",    "uganda", "ukr",  "ukul",  "unanim",
    "union", "unic", "unidirec", "unif",  "unil",    "unimod", "uniq",   "unis", "unit",  "univ",
    "ura",   "ure",  "uri",      "urol",  "uruguay", "usab",   "usag",   "use",  "using", "usu",
    "usurp", "utah", "ute",      "uti",   "uto",     "uvula",  NULL};
static const char *const silent_h_prefixes[] = {"hour", "honest", "honor", "honour", "heir", NULL};
/* "an historic" and "a historic" are both written. */
static const char *const unsure_prefixes[] = {"herb",  "hist",    "homage", "hotel",  "habit", "hallu",
                                              "hered", "heroi",   "hilar",  "horr",   "humb",  "hyp",
                                              "hyst",  "utrecht", "uyghur", "uighur", "ural",  NULL};
static const char *const one_words[] = {"one", "ones", "once", "oneness", NULL};

bool lint_word_in(struct str word, const char *const *list)
{
    char first = word.n ? syntax_lower(word.p[0]) : '\0';
    for (size_t i = 0; list[i]; i++) {
        if (list[i][0] != first)
            continue;
        struct str other = str_from(list[i]);
        bool same = other.n == word.n;
        for (size_t j = 0; same && j < word.n; j++)
            same = syntax_lower(word.p[j]) == other.p[j];
        if (same)
            return true;
    }
    return false;
}

static enum lint_sound sound_of_word(struct str word)
{
    char c = syntax_lower(word.p[0]);
    if (begins(word, unsure_prefixes))
        return LINT_UNSURE;
    if (c == 'h')
        return begins(word, silent_h_prefixes) ? LINT_VOWEL : LINT_CONSONANT;
    if (c == 'y')
        return word.n > 1 && is_vowel_letter(word.p[1]) ? LINT_CONSONANT : LINT_UNSURE;
    if (!is_vowel_letter(c))
        return LINT_CONSONANT;
    return begins(word, consonant_prefixes) || lint_word_in(word, one_words) ? LINT_CONSONANT : LINT_VOWEL;
}

/* Eight, eleven, eighteen and what begins with them. A year such as 1850 may be said in two ways. */
static enum lint_sound sound_of_number(struct str word)
{
    size_t group = 0, digits = 0;
    bool separated = false;
    for (size_t i = 0; i < word.n && (syntax_is_digit(word.p[i]) || word.p[i] == ','); i++) {
        if (word.p[i] == ',') {
            separated = true;
        } else {
            digits++;
            group += !separated;
        }
    }
    if (word.p[0] == '8')
        return LINT_VOWEL;
    bool teen = word.n > 1 && word.p[0] == '1' && (word.p[1] == '1' || word.p[1] == '8');
    if (!teen)
        return LINT_CONSONANT;
    if (group == 2 || (!separated && digits % 3 == 2))
        return LINT_VOWEL;
    return digits == 4 && !separated ? LINT_UNSURE : LINT_CONSONANT;
}

/* A run of capitals: said letter by letter, or as a word? */
static enum lint_sound sound_of_capitals(struct str run)
{
    bool vowel_in_it = false;
    for (size_t i = 0; i < run.n; i++)
        vowel_in_it = vowel_in_it || is_vowel_letter(run.p[i]);
    enum lint_sound letters = sound_of_letter_name(run.p[0]);
    if (run.n <= 2 || !vowel_in_it || (run.n == 3 && is_vowel_letter(run.p[0])))
        return letters;
    enum lint_sound word = sound_of_word(run);
    return letters == word ? word : LINT_UNSURE;
}

enum lint_sound lint_sound_of(struct str word)
{
    if (word.n == 0)
        return LINT_UNSURE;
    if (syntax_is_digit(word.p[0]))
        return sound_of_number(word);
    if (!syntax_is_letter(word.p[0]))
        return LINT_UNSURE;
    size_t capitals = 0, letters = 0;
    while (capitals < word.n && is_capital(word.p[capitals]))
        capitals++;
    while (letters < word.n && syntax_is_letter(word.p[letters]))
        letters++;
    /* Beyond ASCII the word is of another language. */
    if (letters < word.n && (unsigned char)word.p[letters] >= 0x80)
        return is_vowel_letter(word.p[0]) && syntax_lower(word.p[0]) != 'u' ? LINT_VOWEL : LINT_UNSURE;
    if (letters == 1)
        return sound_of_letter_name(word.p[0]);
    if (capitals >= 2)
        return sound_of_capitals(str_slice(word, 0, capitals));
    return sound_of_word(str_slice(word, 0, letters));
}
