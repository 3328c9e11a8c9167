/* Diagnostics as a person or a program reads them. */
#ifndef BRIEFING_DIAG_RENDER_H
#define BRIEFING_DIAG_RENDER_H

#include "base/buf.h"
#include "diag/diag.h"

enum diag_format { DIAG_TEXT, DIAG_JSON, DIAG_SARIF };

/* The form of product.md: position, severity[code], message, excerpt with caret, hint. */
void diag_render_text(struct buf *out, const struct diags *diags, bool color);

/* One JSON array of objects: file, line, column, end_line, end_column, severity, code, message, hint, notes. */
void diag_render_json(struct buf *out, const struct diags *diags);
/* The same without white space, which is half of it. */
void diag_render_json_tight(struct buf *out, const struct diags *diags);

/* SARIF 2.1.0: one run, a rule for each code used, regions in code points. */
void diag_render_sarif(struct buf *out, const struct diags *diags);

/* `briefing explain CODE`: meaning, example and cure, wrapped at 80 columns. */
void diag_explain(struct buf *out, enum diag_code code, bool color);

#endif
