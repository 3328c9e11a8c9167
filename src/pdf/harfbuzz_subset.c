/* HarfBuzz's subsetting, opened on first need, as text/harfbuzz.c does: each function hands its arguments on.
 */
#include "base/library.h"

#include <hb-subset.h>

#define CALL(name, arguments) LIBRARY_CALL(BRIEFING_HARFBUZZ_SUBSET_SONAME, name, arguments)
#define PASS(name, arguments) LIBRARY_PASS(BRIEFING_HARFBUZZ_SUBSET_SONAME, name, arguments)

hb_subset_input_t *hb_subset_input_create_or_fail(void)
{
    CALL(hb_subset_input_create_or_fail, ());
}

void hb_subset_input_destroy(hb_subset_input_t *input)
{
    PASS(hb_subset_input_destroy, (input));
}

hb_set_t *hb_subset_input_glyph_set(hb_subset_input_t *input)
{
    CALL(hb_subset_input_glyph_set, (input));
}

hb_bool_t hb_subset_input_pin_axis_location(hb_subset_input_t *input, hb_face_t *face, hb_tag_t axis_tag,
                                            float axis_value)
{
    CALL(hb_subset_input_pin_axis_location, (input, face, axis_tag, axis_value));
}

void hb_subset_input_set_flags(hb_subset_input_t *input, unsigned value)
{
    PASS(hb_subset_input_set_flags, (input, value));
}

hb_subset_plan_t *hb_subset_plan_create_or_fail(hb_face_t *face, const hb_subset_input_t *input)
{
    CALL(hb_subset_plan_create_or_fail, (face, input));
}

void hb_subset_plan_destroy(hb_subset_plan_t *plan)
{
    PASS(hb_subset_plan_destroy, (plan));
}

hb_face_t *hb_subset_plan_execute_or_fail(hb_subset_plan_t *plan)
{
    CALL(hb_subset_plan_execute_or_fail, (plan));
}

const hb_map_t *hb_subset_plan_old_to_new_glyph_mapping(const hb_subset_plan_t *plan)
{
    CALL(hb_subset_plan_old_to_new_glyph_mapping, (plan));
}
