/* HarfBuzz, opened on first need: a document in Latin letters and bundled faces never calls it, and loading it costs more
 * than a tenth of such a document. Each function here is one of HarfBuzz's, and hands its arguments on to it. */
#include "base/library.h"

#include <hb-ot.h>
#include <hb.h>

#define CALL(name, arguments) LIBRARY_CALL(BRIEFING_HARFBUZZ_SONAME, name, arguments)
#define PASS(name, arguments) LIBRARY_PASS(BRIEFING_HARFBUZZ_SONAME, name, arguments)

hb_blob_t *hb_blob_create(const char *data, unsigned length, hb_memory_mode_t mode, void *user,
                          hb_destroy_func_t done)
{
    CALL(hb_blob_create, (data, length, mode, user, done));
}

void hb_blob_destroy(hb_blob_t *blob)
{
    PASS(hb_blob_destroy, (blob));
}

const char *hb_blob_get_data(hb_blob_t *blob, unsigned *length)
{
    CALL(hb_blob_get_data, (blob, length));
}

hb_blob_t *hb_blob_get_empty(void)
{
    CALL(hb_blob_get_empty, ());
}

unsigned hb_blob_get_length(hb_blob_t *blob)
{
    CALL(hb_blob_get_length, (blob));
}

void hb_buffer_add_utf8(hb_buffer_t *buffer, const char *text, int text_length, unsigned item_offset,
                        int item_length)
{
    PASS(hb_buffer_add_utf8, (buffer, text, text_length, item_offset, item_length));
}

void hb_buffer_clear_contents(hb_buffer_t *buffer)
{
    PASS(hb_buffer_clear_contents, (buffer));
}

hb_buffer_t *hb_buffer_create(void)
{
    CALL(hb_buffer_create, ());
}

void hb_buffer_destroy(hb_buffer_t *buffer)
{
    PASS(hb_buffer_destroy, (buffer));
}

hb_glyph_info_t *hb_buffer_get_glyph_infos(hb_buffer_t *buffer, unsigned *length)
{
    CALL(hb_buffer_get_glyph_infos, (buffer, length));
}

hb_glyph_position_t *hb_buffer_get_glyph_positions(hb_buffer_t *buffer, unsigned *length)
{
    CALL(hb_buffer_get_glyph_positions, (buffer, length));
}

unsigned hb_buffer_get_length(const hb_buffer_t *buffer)
{
    CALL(hb_buffer_get_length, (buffer));
}

void hb_buffer_set_direction(hb_buffer_t *buffer, hb_direction_t direction)
{
    PASS(hb_buffer_set_direction, (buffer, direction));
}

void hb_buffer_set_flags(hb_buffer_t *buffer, hb_buffer_flags_t flags)
{
    PASS(hb_buffer_set_flags, (buffer, flags));
}

void hb_buffer_set_language(hb_buffer_t *buffer, hb_language_t language)
{
    PASS(hb_buffer_set_language, (buffer, language));
}

void hb_buffer_set_script(hb_buffer_t *buffer, hb_script_t script)
{
    PASS(hb_buffer_set_script, (buffer, script));
}

void hb_face_collect_unicodes(hb_face_t *face, hb_set_t *out)
{
    PASS(hb_face_collect_unicodes, (face, out));
}

hb_face_t *hb_face_create(hb_blob_t *blob, unsigned index)
{
    CALL(hb_face_create, (blob, index));
}

hb_face_t *hb_face_create_for_tables(hb_reference_table_func_t reference_table_func, void *user_data,
                                     hb_destroy_func_t destroy)
{
    CALL(hb_face_create_for_tables, (reference_table_func, user_data, destroy));
}

void hb_face_destroy(hb_face_t *face)
{
    PASS(hb_face_destroy, (face));
}

unsigned hb_face_get_glyph_count(const hb_face_t *face)
{
    CALL(hb_face_get_glyph_count, (face));
}

unsigned hb_face_get_upem(const hb_face_t *face)
{
    CALL(hb_face_get_upem, (face));
}

hb_face_t *hb_face_reference(hb_face_t *face)
{
    CALL(hb_face_reference, (face));
}

hb_blob_t *hb_face_reference_blob(hb_face_t *face)
{
    CALL(hb_face_reference_blob, (face));
}

hb_blob_t *hb_face_reference_table(const hb_face_t *face, hb_tag_t tag)
{
    CALL(hb_face_reference_table, (face, tag));
}

hb_font_t *hb_font_create(hb_face_t *face)
{
    CALL(hb_font_create, (face));
}

void hb_font_destroy(hb_font_t *font)
{
    PASS(hb_font_destroy, (font));
}

hb_face_t *hb_font_get_face(hb_font_t *font)
{
    CALL(hb_font_get_face, (font));
}

hb_bool_t hb_font_get_glyph_extents(hb_font_t *font, hb_codepoint_t glyph, hb_glyph_extents_t *extents)
{
    CALL(hb_font_get_glyph_extents, (font, glyph, extents));
}

hb_position_t hb_font_get_glyph_h_advance(hb_font_t *font, hb_codepoint_t glyph)
{
    CALL(hb_font_get_glyph_h_advance, (font, glyph));
}

hb_bool_t hb_font_get_nominal_glyph(hb_font_t *font, hb_codepoint_t unicode, hb_codepoint_t *glyph)
{
    CALL(hb_font_get_nominal_glyph, (font, unicode, glyph));
}

const float *hb_font_get_var_coords_design(hb_font_t *font, unsigned *length)
{
    CALL(hb_font_get_var_coords_design, (font, length));
}

hb_language_t hb_language_from_string(const char *str, int len)
{
    CALL(hb_language_from_string, (str, len));
}

const char *hb_language_to_string(hb_language_t language)
{
    CALL(hb_language_to_string, (language));
}

hb_codepoint_t hb_map_get(const hb_map_t *map, hb_codepoint_t key)
{
    CALL(hb_map_get, (map, key));
}

hb_bool_t hb_ot_metrics_get_position(hb_font_t *font, hb_ot_metrics_tag_t metrics_tag,
                                     hb_position_t *position)
{
    CALL(hb_ot_metrics_get_position, (font, metrics_tag, position));
}

unsigned hb_ot_name_get_utf8(hb_face_t *face, hb_ot_name_id_t name_id, hb_language_t language,
                             unsigned *text_size, char *text)
{
    CALL(hb_ot_name_get_utf8, (face, name_id, language, text_size, text));
}

unsigned hb_ot_var_get_axis_count(hb_face_t *face)
{
    CALL(hb_ot_var_get_axis_count, (face));
}

unsigned hb_ot_var_get_axis_infos(hb_face_t *face, unsigned start_offset, unsigned *axes_count,
                                  hb_ot_var_axis_info_t *axes_array)
{
    CALL(hb_ot_var_get_axis_infos, (face, start_offset, axes_count, axes_array));
}

void hb_set_add_sorted_array(hb_set_t *set, const hb_codepoint_t *sorted_codepoints, unsigned num_codepoints)
{
    PASS(hb_set_add_sorted_array, (set, sorted_codepoints, num_codepoints));
}

hb_set_t *hb_set_create(void)
{
    CALL(hb_set_create, ());
}

void hb_set_destroy(hb_set_t *set)
{
    PASS(hb_set_destroy, (set));
}

unsigned hb_set_get_population(const hb_set_t *set)
{
    CALL(hb_set_get_population, (set));
}

hb_bool_t hb_set_next(const hb_set_t *set, hb_codepoint_t *codepoint)
{
    CALL(hb_set_next, (set, codepoint));
}

void hb_shape(hb_font_t *font, hb_buffer_t *buffer, const hb_feature_t *features, unsigned num_features)
{
    PASS(hb_shape, (font, buffer, features, num_features));
}

void hb_tag_to_string(hb_tag_t tag, char *buf)
{
    PASS(hb_tag_to_string, (tag, buf));
}

hb_unicode_funcs_t *hb_unicode_funcs_get_default(void)
{
    CALL(hb_unicode_funcs_get_default, ());
}

hb_unicode_general_category_t hb_unicode_general_category(hb_unicode_funcs_t *ufuncs, hb_codepoint_t unicode)
{
    CALL(hb_unicode_general_category, (ufuncs, unicode));
}

hb_script_t hb_unicode_script(hb_unicode_funcs_t *ufuncs, hb_codepoint_t unicode)
{
    CALL(hb_unicode_script, (ufuncs, unicode));
}
