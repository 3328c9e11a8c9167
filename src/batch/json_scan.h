/* JSON as this program writes it, read where it stands: no value becomes an object first. Of jansson's way it takes a
 * tenth, and what it does not know (below) is left to that. */
#ifndef BRIEFING_BATCH_JSON_SCAN_H
#define BRIEFING_BATCH_JSON_SCAN_H

#include "base/buf.h"

/* Hears of the members of each object in the list, in their order, and of each object's end (key empty). value is as it
 * stands, with its quotation marks. */
typedef void json_member(void *self, struct str key, struct str value);

/* Reads a list of objects (RFC 8259) and, where out is given, appends it without white space: the bytes that jansson would give.
 * false, out as it was: text is no such list, or one with what needs a closer look: escapes by number, an escaped '/', numbers
 * that are no whole ones, values more than four deep, objects of more than 16 members or with two of one name.
 * visit may be NULL. */
bool json_scan(struct str text, struct buf *out, json_member *visit, void *self);

/* Appends what a string that json_scan has seen stands for; nothing for another value. */
void json_scan_text(struct buf *out, struct str value);

#endif
