/* Language tags. */
#include "base/language.h"

static bool is_part(struct str part, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(part, names[i]))
            return true;
    return false;
}

bool language_is_rtl(struct str tag)
{
    static const char *const scripts[] = {"Adlm", "Arab", "Aran", "Hebr", "Mand",
                                          "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"};
    static const char *const languages[] = {"ar", "arc", "ckb", "dv", "fa",  "he", "iw", "khw",
                                            "ks", "nqo", "ps",  "sd", "syr", "ug", "ur", "yi"};
    bool first = true, rtl = false;
    for (size_t at = 0; at < tag.n;) {
        size_t end = at;
        while (end < tag.n && tag.p[end] != '-')
            end++;
        struct str part = str_slice(tag, at, end);
        if (first)
            rtl = is_part(part, languages, sizeof languages / sizeof languages[0]);
        else if (part.n == 4 && (unsigned char)part.p[0] > '9') /* a variant of four begins with a digit */
            return is_part(part, scripts, sizeof scripts / sizeof scripts[0]);
        else if (part.n < 3)
            break;
        first = false;
        at = end + 1;
    }
    return rtl;
}
