/* Model → YAML: a spec in the form of spec-language.md, written anew from its values. */
#ifndef BRIEFING_SPEC_SPEC_WRITE_H
#define BRIEFING_SPEC_SPEC_WRITE_H

#include "base/buf.h"
#include "model/spec.h"

/* Writes every value that is given, in the order of fields.def, without comments; reading it gives the same
 * values. What names no audience gets this one, unless it is empty. Of a picture's path only the file's name
 * is written: folders are the publisher's own affair. */
void spec_write(struct buf *out, const struct spec *spec, struct str audience);

#endif
