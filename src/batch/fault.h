/* Misfortunes on purpose, so that tests can see what a run makes of a worker that crashes, hangs or eats
 * memory. */
#ifndef BRIEFING_BATCH_FAULT_H
#define BRIEFING_BATCH_FAULT_H

#include "base/str.h"

/* fault: as batch_request.fault; NULL: none. stage: "load", "layout" or "". What befalls whom is told by the
 * path. */
void fault_befall(const char *fault, const char *stage, struct str path);

#endif
