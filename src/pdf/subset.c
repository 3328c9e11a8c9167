/* Subsetting a face to the glyphs of a document with hb-subset, with glyph ids renumbered. Hints are dropped:
 * they are more than half of a small subset, and nobody reads a PDF on a screen that needs them. */
#include "pdf/font.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>

#include <stdlib.h>

#include "pdf/cff.h"

/* The tables of outlines. From others hb-subset would gather, character by character, what no page asks for.
 */
static hb_blob_t *kept_table(hb_face_t *face, hb_tag_t tag, void *source)
{
    static const hb_tag_t kept[] = {HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'), HB_TAG('h', 'e', 'a', 'd'),
                                    HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
                                    HB_TAG('C', 'F', 'F', ' ')};
    (void)face;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (kept[i] == tag)
            return hb_face_reference_table(source, tag);
    return NULL;
}

/* A variable face is frozen where the text was shaped. The tables that vary it are kept for that. */
static bool pin_axes(hb_font_t *font, hb_face_t *face, hb_subset_input_t *input)
{
    unsigned set = 0;
    const float *where = hb_font_get_var_coords_design(font, &set);
    unsigned count = hb_ot_var_get_axis_count(face);
    if (count == 0 || set == 0)
        return false;
    for (unsigned i = 0; i < count; i++) {
        hb_ot_var_axis_info_t axis;
        unsigned one = 1;
        hb_ot_var_get_axis_infos(face, i, &one, &axis);
        float value = i < set ? where[i] : axis.default_value;
        hb_subset_input_pin_axis_location(input, face, axis.tag, value);
    }
    return true;
}

static hb_subset_input_t *make_input(const uint32_t *glyphs, size_t count)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        base_out_of_memory();
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t *ids = hb_subset_input_glyph_set(input);
    hb_set_add_sorted_array(ids, glyphs, (unsigned)count);
    return input;
}

static bool number_glyphs(const struct subset *subset, hb_face_t *made, const hb_map_t *new_ids, const uint32_t *ids,
                          uint16_t *cids, size_t count)
{
    unsigned made_count = hb_face_get_glyph_count(made);
    uint16_t *made_cids = base_malloc((made_count + 1) * sizeof *made_cids);
    bool ok = true;
    if (subset->cff)
        ok = cff_cids(subset->data, made_cids, made_count);
    for (size_t i = 0; i < count && ok; i++) {
        hb_codepoint_t id = hb_map_get(new_ids, ids[i]);
        ok = id < made_count;
        if (ok)
            cids[i] = subset->cff ? made_cids[id] : (uint16_t)id;
    }
    free(made_cids);
    return ok;
}

static bool take_program(struct subset *subset, hb_face_t *made)
{
    hb_blob_t *blob = hb_face_reference_table(made, HB_TAG('C', 'F', 'F', ' '));
    subset->cff = hb_blob_get_length(blob) > 0;
    if (!subset->cff) {
        hb_blob_destroy(blob);
        blob = hb_face_reference_table(made, HB_TAG('g', 'l', 'y', 'f'));
        bool has_outlines = hb_blob_get_length(blob) > 0;
        hb_blob_destroy(blob);
        blob = has_outlines ? hb_face_reference_blob(made) : hb_blob_get_empty();
    }
    unsigned n;
    const char *p = hb_blob_get_data(blob, &n);
    subset->blob = blob;
    subset->data = (struct str){p, n};
    return n > 0;
}

bool subset_make(struct subset *subset, const struct text_face *face, const uint32_t *ids, uint16_t *cids, size_t count)
{
    *subset = (struct subset){0};
    hb_font_t *font = text_face_font(face);
    hb_face_t *source = hb_font_get_face(font);
    hb_subset_input_t *input = make_input(ids, count);
    bool pinned = pin_axes(font, source, input);
    hb_face_t *outlines =
        pinned ? hb_face_reference(source) : hb_face_create_for_tables(kept_table, source, NULL);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(outlines, input);
    hb_face_t *made = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    bool ok = made && take_program(subset, made) && (subset->cff || sfnt_read(&subset->sfnt, subset->data)) &&
              number_glyphs(subset, made, hb_subset_plan_old_to_new_glyph_mapping(plan), ids, cids, count);
    hb_face_destroy(made);
    hb_face_destroy(outlines);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    if (!ok)
        subset_done(subset);
    return ok;
}

void subset_done(struct subset *subset)
{
    if (subset->blob)
        hb_blob_destroy(subset->blob);
    *subset = (struct subset){0};
}
