/* Sealing and linearising, over libqpdf's C functions. */
#include "pdf/seal.h"

#include <string.h>

#include "base/secret.h"
#include "pdf/qpdf.h"

static bool report(const struct qpdf_functions *qpdf, qpdf_data file, const char *phase, struct diags *diags)
{
    const char *why = NULL;
    if (qpdf->has_error(file))
        why = qpdf->get_error_message_detail(file, qpdf->get_error(file));
    diag_add(diags, DIAG_INTERNAL, span_none(), "libqpdf failed while the PDF was %s: %s", phase,
             why && *why ? why : "no reason given");
    return false;
}

/* The first part of /ID is a digest of the edition; a sealed file must not show it. libqpdf would make the second part
 * of the clock and the document's title: a fixed one tells nothing, and the first makes the file unique. */
static void random_id(const struct qpdf_functions *qpdf, qpdf_data file)
{
    char bytes[16];
    secret_random(bytes, sizeof bytes);
    qpdf_oh id = qpdf->oh_new_array(file);
    for (int i = 0; i < 2; i++)
        qpdf->oh_append_item(file, id, qpdf->oh_new_binary_string(file, bytes, sizeof bytes));
    qpdf->oh_replace_key(file, qpdf->get_trailer(file), "/ID", id);
}

static void encrypt(const struct qpdf_functions *qpdf, qpdf_data file, const struct pdf_seal_options *options)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char chance[32];
    char owner[2 * sizeof chance + 1];
    secret_random(chance, sizeof chance);
    for (size_t i = 0; i < sizeof chance; i++) {
        owner[2 * i] = hex[chance[i] >> 4];
        owner[2 * i + 1] = hex[chance[i] & 15];
    }
    owner[2 * sizeof chance] = '\0';
    qpdf->set_static_ID(file, QPDF_TRUE);
    qpdf->set_r6_encryption_parameters2(file, options->user_password,
                                        options->owner_password ? options->owner_password : owner,
                                        /* accessibility */ QPDF_TRUE, /* extract */ QPDF_FALSE,
                                        /* assemble */ QPDF_FALSE, /* annotate and form */ QPDF_FALSE,
                                        /* form filling */ QPDF_FALSE, /* modify other */ QPDF_FALSE, qpdf_r3p_full,
                                        /* encrypt metadata */ QPDF_TRUE);
    secret_wipe(chance, sizeof chance);
    secret_wipe(owner, sizeof owner);
}

static bool rewrite(const struct qpdf_functions *qpdf, qpdf_data file, struct buf *pdf,
                    const struct pdf_seal_options *options, struct diags *diags)
{
    qpdf->silence_errors(file);
    qpdf->set_suppress_warnings(file, QPDF_TRUE);
    if (qpdf->read_memory(file, "the PDF", pdf->p, pdf->n, NULL) & QPDF_ERRORS)
        return report(qpdf, file, "read", diags);
    if (options->user_password)
        random_id(qpdf, file);
    if (qpdf->init_write_memory(file) & QPDF_ERRORS)
        return report(qpdf, file, "prepared", diags);
    qpdf->set_object_stream_mode(file, qpdf_o_generate);
    qpdf->set_compress_streams(file, QPDF_TRUE); /* its own; those that are compressed already stay as they are */
    qpdf->set_decode_level(file, qpdf_dl_none);
    qpdf->set_newline_before_endstream(file, QPDF_TRUE); /* ISO 19005-3, 6.1.7.1 */
    qpdf->set_linearization(file, options->linearize ? QPDF_TRUE : QPDF_FALSE);
    if (options->user_password)
        encrypt(qpdf, file, options);
    else
        qpdf->set_deterministic_ID(file, QPDF_TRUE);
    if (qpdf->write(file) & QPDF_ERRORS)
        return report(qpdf, file, "written", diags);
    buf_clear(pdf);
    buf_add(pdf, qpdf->get_buffer(file), qpdf->get_buffer_length(file));
    return true;
}

bool pdf_seal(struct buf *pdf, const struct pdf_seal_options *options, struct diags *diags)
{
    if (!options->user_password && !options->linearize)
        return true;
    const struct qpdf_functions *qpdf = qpdf_open(diags);
    if (!qpdf)
        return false;
    qpdf_data file = qpdf->init();
    bool ok = rewrite(qpdf, file, pdf, options, diags);
    qpdf->cleanup(&file);
    return ok;
}
