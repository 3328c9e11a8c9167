/* GMime's functions, opened on first need: only `mail` pays for loading GLib. */
#ifndef BRIEFING_MAIL_GMIME_H
#define BRIEFING_MAIL_GMIME_H

#include <gmime/gmime.h>

#include "diag/diag.h"

/* Every function that is used, once: the table and its filling come from this list. */
#define GMIME_FUNCTIONS(use)                                                                                     \
    use(g_object_unref) use(g_date_time_new_utc) use(g_date_time_unref) use(g_mime_init) use(                    \
        g_mime_message_new) use(g_mime_message_add_mailbox) use(g_mime_message_set_subject)                      \
        use(g_mime_message_set_date) use(g_mime_message_set_message_id) use(                                     \
            g_mime_message_set_mime_part) use(g_mime_object_set_header) use(g_mime_object_write_to_stream)       \
            use(g_mime_object_set_content_type_parameter) use(g_mime_object_set_disposition) use(                \
                g_mime_object_set_content_disposition_parameter) use(g_mime_object_set_content_id)               \
                use(g_mime_multipart_new_with_subtype) use(g_mime_multipart_add) use(                            \
                    g_mime_multipart_set_boundary) use(g_mime_part_new_with_type) use(g_mime_part_set_content)   \
                    use(g_mime_part_set_content_encoding) use(g_mime_data_wrapper_new_with_stream) use(          \
                        g_mime_stream_mem_new) use(g_mime_stream_mem_new_with_buffer)                            \
                        use(g_mime_stream_mem_get_byte_array) use(g_mime_format_options_new) use(                \
                            g_mime_format_options_free) use(g_mime_format_options_set_newline_format)            \
                            use(g_mime_format_options_set_param_encoding_method) use(                            \
                                g_mime_parser_new_with_stream) use(g_mime_parser_construct_message)              \
                                use(g_mime_message_get_mime_part) use(g_mime_message_get_addresses) use(         \
                                    g_mime_message_get_message_id) use(internet_address_list_length)             \
                                    use(internet_address_list_get_address) use(                                  \
                                        internet_address_mailbox_get_addr) use(g_mime_multipart_get_type)        \
                                        use(g_mime_part_get_type) use(g_mime_multipart_get_count) use(           \
                                            g_mime_multipart_get_part) use(g_mime_object_get_content_type)       \
                                            use(g_mime_content_type_is_type) use(                                \
                                                g_mime_content_type_get_parameter)                               \
                                                use(g_mime_object_get_header_list) use(                          \
                                                    g_mime_header_list_get_count)                                \
                                                    use(g_mime_header_list_get_header_at) use(                   \
                                                        g_mime_header_get_name) use(g_mime_header_get_raw_value) \
                                                        use(g_mime_object_get_content_id) use(                   \
                                                            g_mime_part_get_content)                             \
                                                            use(g_mime_part_get_content_encoding) use(           \
                                                                g_mime_part_get_filename)                        \
                                                                use(g_mime_data_wrapper_get_stream) use(         \
                                                                    g_mime_data_wrapper_write_to_stream)         \
                                                                    use(g_mime_stream_reset) use(                \
                                                                        g_mime_stream_write_to_stream)           \
                                                                        use(g_type_check_instance_is_a) use(     \
                                                                            internet_address_mailbox_get_type)   \
                                                                            use(g_mime_header_list_get_header)   \
                                                                                use(g_mime_header_set_raw_value)

struct gmime_functions {
#define MEMBER(name) __typeof__(name) *name;
    GMIME_FUNCTIONS(MEMBER)
#undef MEMBER
};

/* The functions, the library set up; NULL with a diagnostic when it is not there. */
const struct gmime_functions *gmime_open(struct diags *diags);

#endif
