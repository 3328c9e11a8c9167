/* Taking the encryption off, over libqpdf's C functions. */
#include "pdf/unseal.h"

#include "pdf/qpdf.h"

static bool rewrite(const struct qpdf_functions *qpdf, qpdf_data file, struct str pdf, const char *password)
{
    qpdf->silence_errors(file);
    qpdf->set_suppress_warnings(file, QPDF_TRUE);
    if (qpdf->read_memory(file, "it", pdf.p ? pdf.p : "", pdf.n, password) & QPDF_ERRORS)
        return false;
    if (qpdf->init_write_memory(file) & QPDF_ERRORS)
        return false;
    qpdf->set_decode_level(file, qpdf_dl_none);
    qpdf->set_preserve_encryption(file, QPDF_FALSE);
    qpdf->set_static_ID(file, QPDF_TRUE);
    return !(qpdf->write(file) & QPDF_ERRORS);
}

bool pdf_unseal(struct str pdf, const char *name, const char *password, struct buf *out, struct diags *diags)
{
    const struct qpdf_functions *qpdf = qpdf_open(diags);
    if (!qpdf)
        return false;
    qpdf_data file = qpdf->init();
    bool ok = rewrite(qpdf, file, pdf, password);
    if (ok) {
        buf_add(out, qpdf->get_buffer(file), qpdf->get_buffer_length(file));
    } else if (qpdf->has_error(file) &&
               qpdf->get_error_code(file, qpdf->get_error(file)) == qpdf_e_password) {
        diag_add(diags, DIAG_PDF_PASSWORD, span_none(), "%s does not open with this password", name);
    } else {
        diag_add(diags, DIAG_BAD_PDF, span_none(), "%s is no whole PDF", name);
    }
    qpdf->cleanup(&file);
    return ok;
}
