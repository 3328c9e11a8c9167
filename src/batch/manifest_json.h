/* JSON that manifest, index, log and merge share. */
#ifndef BRIEFING_BATCH_MANIFEST_JSON_H
#define BRIEFING_BATCH_MANIFEST_JSON_H

#include "diag/json.h"

/* A ledger's diagnostics as the list they are; NULL when they are none. Empty: an empty list. */
json_t *manifest_diagnostics(struct str text);

/* Appends a string with its quotation marks, the bytes that json_write gives for json_text. What is no UTF-8
 * becomes U+FFFD. */
void manifest_text(struct buf *out, struct str text);

#endif
