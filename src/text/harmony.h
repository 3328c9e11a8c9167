/* Harmony: the size of a face that stands in for the text's own. */
#ifndef BRIEFING_TEXT_HARMONY_H
#define BRIEFING_TEXT_HARMONY_H

#include "text/face.h"

/* The size at which face looks as large, in a script (hb_script_t), as text of size_mpt in the primary face.
 */
int32_t harmony_size(const struct face *face, const struct face *primary, uint32_t script, int32_t size_mpt);

/* Whether the script has capitals and small letters. */
bool harmony_has_case(uint32_t script);

#endif
