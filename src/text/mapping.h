/* Font files in memory: one mapping of a file for all font sets of the process, so that a second thread's set
 * takes no memory of its own, and sees the same file. Any thread may call. */
#ifndef BRIEFING_TEXT_MAPPING_H
#define BRIEFING_TEXT_MAPPING_H

#include <stdbool.h>

#include "base/str.h"

/* As file_map does, or once more what is mapped from that path; release with mapping_close. */
bool mapping_open(const char *path, struct str *data, const char **why);
void mapping_close(struct str data);

#endif
