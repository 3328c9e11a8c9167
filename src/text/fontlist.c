/* The list for `briefing fonts`: every face and what it covers. */
#include "text/fontset.h"

#include <hb.h>

#include <stdlib.h>

#include "base/buf.h"

enum { SCRIPTS_MOST = 256, SCRIPT_LEAST = 8 }; /* a script of fewer code points is not worth naming */

struct tally {
    hb_script_t script;
    size_t code_points;
};

static int by_size(const void *a, const void *b)
{
    const struct tally *left = a, *right = b;
    if (left->code_points != right->code_points)
        return left->code_points > right->code_points ? -1 : 1;
    return left->script < right->script ? -1 : left->script > right->script;
}

/* Scripts as ISO 15924 codes, the largest first, separated by spaces. */
static const char *scripts_of(struct arena *arena, hb_set_t *set)
{
    struct tally tallies[SCRIPTS_MOST] = {0};
    size_t count = 0, last = 0;
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(set, &c);) {
        hb_script_t script = hb_unicode_script(unicode, c);
        if (script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN)
            continue;
        if (last >= count || tallies[last].script != script)
            for (last = 0; last < count && tallies[last].script != script; last++) {
            }
        if (last == count && count < SCRIPTS_MOST)
            tallies[count++] = (struct tally){script, 0};
        if (last < count)
            tallies[last].code_points++;
    }
    qsort(tallies, count, sizeof tallies[0], by_size);
    struct buf text = {0};
    for (size_t i = 0; i < count && (i == 0 || tallies[i].code_points >= SCRIPT_LEAST); i++) {
        char tag[5] = "";
        hb_tag_to_string((hb_tag_t)tallies[i].script, tag);
        buf_text(&text, i ? " " : "");
        buf_text(&text, tag);
    }
    const char *result = str_z(arena, buf_view(&text));
    buf_done(&text);
    return result;
}

size_t text_fonts_list(struct text_fonts *fonts, struct arena *arena, struct text_coverage **list,
                       struct diags *diags)
{
    fonts_read_fallbacks(fonts, diags);
    struct {
        struct text_coverage *items;
        size_t count, cap;
    } all = {0};
    struct font_slot slot;
    for (size_t i = 0; fonts_slot(fonts, i, &slot); i++) {
        struct text_coverage *row = ARENA_PUSH(arena, &all);
        *row = (struct text_coverage){.family = slot.family,
                                      .path = slot.path,
                                      .weight = slot.weight,
                                      .italic = slot.italic,
                                      .bundled = slot.bundled,
                                      .readable = slot.face != NULL,
                                      .scripts = ""};
        if (!slot.face)
            continue;
        hb_set_t *set = hb_set_create();
        hb_face_collect_unicodes(hb_font_get_face(text_face_font(&slot.face->shown)), set);
        row->code_points = hb_set_get_population(set);
        row->scripts = scripts_of(arena, set);
        hb_set_destroy(set);
    }
    *list = all.items;
    return all.count;
}
