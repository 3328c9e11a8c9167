/* Scripts of clusters. */
#include "text/script.h"

#include <hb.h>

#include <string.h>

#include "base/utf8.h"
#include "text/para.h"
#include "text/unicode.h"

enum { PAIRS_DEEP = 16 };

/* What closes a bracket or a quotation, 0 for what opens nothing. */
static uint32_t closer_of(uint32_t c)
{
    static const uint32_t pairs[][2] = {
        {'(', ')'},       {'[', ']'},       {'{', '}'},       {0xAB, 0xBB},     {0x2018, 0x2019},
        {0x201C, 0x201D}, {0x2039, 0x203A}, {0x3008, 0x3009}, {0x300A, 0x300B}, {0x300C, 0x300D},
        {0x300E, 0x300F}, {0x3010, 0x3011}, {0xFF08, 0xFF09}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (pairs[i][0] == c)
            return pairs[i][1];
    return 0;
}

struct pair {
    uint32_t closer, script;
};

size_t script_find(struct str text, uint32_t from, uint32_t to, struct cluster *clusters)
{
    struct str part = {text.p, to};
    struct pair pairs[PAIRS_DEEP];
    size_t depth = 0, count = 0, leading = 0;
    uint32_t current = HB_SCRIPT_INVALID;
    for (uint32_t at = from; at < to;) {
        struct cluster *cluster = &clusters[count++];
        size_t after = at;
        int32_t next = utf8_next(part, &after);
        uint32_t c = next < 0 ? 0xFFFD : (uint32_t)next;
        uint32_t script = unicode_script(c);
        *cluster = (struct cluster){.from = at, .to = cluster_end(part, at), .code_point = c};
        at = cluster->to;
        cluster->proper =
            script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED && script != HB_SCRIPT_UNKNOWN;
        if (cluster->proper) {
            current = script;
            for (; leading + 1 < count; leading++)
                if (clusters[leading].script == HB_SCRIPT_INVALID)
                    clusters[leading].script = script;
            leading = count;
        } else {
            script = current;
            uint32_t closer = closer_of(c);
            if (closer && depth < PAIRS_DEEP)
                pairs[depth++] = (struct pair){closer, current};
            else if (!closer && depth && pairs[depth - 1].closer == c)
                script = pairs[--depth].script;
            if (script == HB_SCRIPT_INVALID)
                script = current;
        }
        cluster->script = script;
    }
    for (size_t i = 0; i < count; i++)
        if (clusters[i].script == HB_SCRIPT_INVALID)
            clusters[i].script = HB_SCRIPT_LATIN;
    return count;
}

bool cluster_is_emoji(const struct cluster *cluster, struct str text)
{
    uint32_t c = cluster->code_point;
    if ((c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x1F1E6 && c <= 0x1F1FF))
        return true;
    return str_find(str_slice(text, cluster->from, cluster->to), STR("\xEF\xB8\x8F")) != SIZE_MAX;
}

enum han script_han(struct str text)
{
    enum han han = HAN_CHINESE;
    for (size_t i = 0; i < text.n;) {
        int32_t c = utf8_next(text, &i);
        if (c >= 0x3041 && c <= 0x30FF)
            return HAN_JAPANESE;
        if ((c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x1100 && c <= 0x11FF))
            han = HAN_KOREAN;
    }
    return han;
}

static bool begins(const char *language, const char *tag)
{
    size_t n = strlen(tag);
    return language && strncmp(language, tag, n) == 0 && (language[n] == '\0' || language[n] == '-');
}

static const char *han_key(const char *language, enum han han)
{
    if (begins(language, "ja"))
        return "Jpan";
    if (begins(language, "ko"))
        return "Kore";
    if (begins(language, "zh-Hant") || begins(language, "zh-TW") || begins(language, "zh-HK") ||
        begins(language, "zh-MO") || begins(language, "yue"))
        return "Hant";
    if (begins(language, "zh"))
        return "Hans";
    return han == HAN_JAPANESE ? "Jpan" : han == HAN_KOREAN ? "Kore" : "Hans";
}

void script_key(uint32_t script, const char *language, enum han han, char key[5])
{
    const char *name = NULL;
    switch (script) {
    case HB_SCRIPT_HAN:
        name = han_key(language, han);
        break;
    case HB_SCRIPT_HIRAGANA:
    case HB_SCRIPT_KATAKANA:
        name = "Jpan";
        break;
    case HB_SCRIPT_HANGUL:
        name = "Kore";
        break;
    case HB_SCRIPT_COMMON:
    case HB_SCRIPT_INHERITED:
    case HB_SCRIPT_UNKNOWN:
    case HB_SCRIPT_INVALID:
        name = "Zsym";
        break;
    default:
        break;
    }
    if (name)
        memcpy(key, name, 5);
    else
        for (int i = 0; i < 4; i++)
            key[i] = (char)(script >> (24 - 8 * i) & 0xFF);
    key[4] = '\0';
}
