/* The copy line: its fixed words, and between them the slot for an id that nobody knows yet. Each letter that
 * an id may have is set alone, so that a copy needs no shaping. Words behind the id begin where the widest id
 * would end; the id itself stands close to the words before it. */
#include "layout/layout.h"

enum { LETTERS = sizeof COPY_ID_ALPHABET, HYPHEN = LETTERS - 1, ID_LETTERS = 16, ID_HYPHENS = 3 };

static const struct text_segment *only_segment(struct layout *lay, const struct typeset *set)
{
    if (set->lines.count != 1 || set->lines.items[0].segment_count != 1)
        return NULL;
    struct text_segment *segment = &set->lines.items[0].segments[0];
    if (segment->packed)
        text_spell(&lay->scratch, segment);
    return segment->glyph_count == 1 && segment->glyphs[0].id ? segment : NULL;
}

/* Fills face, size and letters. */
static bool set_letters(struct layout *lay, const struct style *style, struct copy_slot *slot)
{
    const struct str letters = STR(COPY_ID_ALPHABET "-");
    for (size_t i = 0; i < LETTERS; i++) {
        struct typeset set =
            typeset_of(lay, str_slice(letters, i, i + 1), style, lay->geometry.full_width, TEXT_LEFT);
        const struct text_segment *segment = only_segment(lay, &set);
        if (!segment || (i && segment->face != slot->face))
            return false;
        slot->face = segment->face;
        slot->size_mpt = segment->size_mpt;
        slot->colour = set.runs[0].colour;
        slot->letters[i] = (struct copy_letter){segment->glyphs[0].id, segment->glyphs[0].advance_mpt};
    }
    return true;
}

/* The widest id that there can be. */
static struct str widest_id(struct layout *lay, const struct copy_slot *slot, int32_t *width)
{
    size_t widest = 0;
    for (size_t i = 0; i < HYPHEN; i++)
        if (slot->letters[i].advance_mpt > slot->letters[widest].advance_mpt)
            widest = i;
    *width = ID_LETTERS * slot->letters[widest].advance_mpt + ID_HYPHENS * slot->letters[HYPHEN].advance_mpt;
    char c = COPY_ID_ALPHABET[widest];
    return str_printf(lay->arena, "%c%c%c%c-%c%c%c%c-%c%c%c%c-%c%c%c%c", c, c, c, c, c, c, c, c, c, c, c, c,
                      c, c, c, c);
}

/* Takes what stands in for the id off the line and puts the slot in its place. */
static void take_out(struct typeset *set, uint32_t tag, struct copy_slot *slot)
{
    struct text_line *line = &set->lines.items[0];
    size_t kept = 0;
    bool found = false;
    for (size_t i = 0; i < line->segment_count; i++) {
        if (line->segments[i].tag != tag) {
            line->segments[kept++] = line->segments[i];
        } else if (!found) {
            slot->x = line->segments[i].x_mpt;
            found = true;
        }
    }
    line->segment_count = kept;
}

/* Words on one side of the id; where they are cut, they keep apart from it. */
static struct str fit(struct layout *lay, struct str words, const struct style *style, int32_t width,
                      const char *left, const char *right)
{
    struct str cut = typeset_shorten(lay, words, style, width, 1, "the copy line", lay->title_at);
    return str_eq(cut, words) ? words : str_printf(lay->arena, "%s" STR_FMT "%s", left, STR_ARG(cut), right);
}

struct typeset copy_line_make(struct layout *lay, struct str format, const struct style *style, int32_t width,
                              struct copy_slot *slot)
{
    const struct str mark = STR("{copy}");
    size_t at = str_find(format, mark);
    *slot = (struct copy_slot){0};
    if (at == SIZE_MAX)
        return (struct typeset){.style = style};
    if (!set_letters(lay, style, slot)) {
        struct diag *diag = diag_add(lay->diags, DIAG_MISSING_GLYPH, lay->title_at,
                                     "the font of running feet lacks letters of copy ids");
        diag_hint(lay->diags, diag, "choose another font for headings, one with digits and Latin capitals");
        *slot = (struct copy_slot){0};
        return (struct typeset){.style = style};
    }
    int32_t id_width = 0;
    struct str before = str_slice(format, 0, at), after = str_slice(format, at + mark.n, format.n);
    struct str id = widest_id(lay, slot, &id_width);
    int32_t room = width - id_width;
    int32_t least = before.n && after.n ? room / 2 : room;
    struct block_inlines *inlines = ARENA_NEW(lay->arena, struct block_inlines);
    before = fit(lay, before, style, least, "", " ");
    after = fit(lay, after, style, least, " ", "");
    if (before.n)
        ARENA_PUSH(lay->arena, inlines)->text = before;
    uint32_t tag = (uint32_t)inlines->count;
    *ARENA_PUSH(lay->arena, inlines) = (struct block_inline){.text = id, .style = INLINE_NOWRAP};
    if (after.n)
        ARENA_PUSH(lay->arena, inlines)->text = after;
    struct typeset set =
        typeset_make(lay, inlines, style, lay->geometry.full_width, TEXT_LEFT, lay->language);
    if (set.lines.count)
        take_out(&set, tag, slot);
    if (lay->mirrored)
        slot->width_mpt = id_width;
    return set;
}
