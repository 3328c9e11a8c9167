/* Building JSON with jansson: running out of memory ends the process, texts are made valid. */
#ifndef BRIEFING_DIAG_JSON_H
#define BRIEFING_DIAG_JSON_H

#include <jansson.h>

#include "base/buf.h"

/* value itself. jansson returns NULL only when memory is out, as what it is given is valid. */
json_t *json_need(json_t *value);

/* Both take value over. */
void json_put(json_t *object, const char *key, json_t *value);
void json_push(json_t *array, json_t *value);

/* A string; bytes that are no UTF-8 become U+FFFD. */
json_t *json_text(struct str text);

/* Appends value as text, with jansson's JSON_COMPACT or JSON_INDENT(n), and frees it. */
void json_write(struct buf *out, json_t *value, size_t flags);

#endif
