/* Writing HTML (WHATWG): text and addresses from others, made harmless; counts and sizes for people. */
#ifndef BRIEFING_BATCH_HTML_H
#define BRIEFING_BATCH_HTML_H

#include <stdint.h>

#include "base/buf.h"

/* Text, for content and for attributes in double quotes alike: markup characters become references, control
 * characters and bytes that are no UTF-8 become U+FFFD. */
void html_text(struct buf *out, struct str text);

/* A relative path as a URL (RFC 3986): all but letters, digits, "-._~" and "/" is percent-encoded, so that no
 * path reads as a scheme, a query or a fragment. */
void html_path(struct buf *out, struct str path);

void html_count(struct buf *out, int64_t value); /* "12,345" */
/* "1 page", "2 pages". */
void html_counted(struct buf *out, int64_t value, const char *one, const char *many);
void html_size(struct buf *out,
               int64_t bytes); /* "210 KB", "1.4 MB": decimal, rounded; the space does not break */

#endif
