/* libqpdf's C functions, opened on first need: a plain render must not pay for loading a C++ library. */
#ifndef BRIEFING_PDF_QPDF_H
#define BRIEFING_PDF_QPDF_H

#include <qpdf/qpdf-c.h>

#include "diag/diag.h"

/* Every function that is used, once: the table and its filling come from this list. */
#define QPDF_FUNCTIONS(use)                                                                              \
    use(init) use(cleanup) use(silence_errors) use(set_suppress_warnings)                                \
    use(has_error) use(get_error) use(get_error_message_detail)                                          \
    use(read_memory) use(is_encrypted) use(get_trailer) use(get_root)                                    \
    use(init_write_memory) use(write) use(get_buffer) use(get_buffer_length)                             \
    use(set_object_stream_mode) use(set_compress_streams) use(set_decode_level)                          \
    use(set_newline_before_endstream) use(set_linearization) use(set_deterministic_ID)                   \
    use(set_static_ID) use(set_r6_encryption_parameters2) use(set_preserve_encryption)                   \
    use(oh_new_array) use(oh_new_binary_string) use(oh_append_item) use(oh_replace_key)                  \
    use(set_attempt_recovery) use(get_error_code) use(get_pdf_version) use(get_num_pages)                \
    use(is_linearized) use(oh_get_key) use(oh_is_dictionary) use(oh_is_array) use(oh_is_stream)          \
    use(oh_is_string) use(oh_is_name) use(oh_is_bool) use(oh_is_integer) use(oh_get_bool_value)          \
    use(oh_get_int_value) use(oh_get_name) use(oh_get_binary_utf8_value) use(oh_get_array_n_items)       \
    use(oh_get_array_item) use(oh_get_stream_data) use(oh_get_dict)

struct qpdf_functions {
#define MEMBER(name) __typeof__(qpdf_##name) *name;
    QPDF_FUNCTIONS(MEMBER)
#undef MEMBER
};

/* The functions; NULL with a diagnostic when the library is not there. */
const struct qpdf_functions *qpdf_open(struct diags *diags);

#endif
