/* md4c, opened on first need: the usual prose is read without it. The function here is md4c's, and hands its
 * arguments on. */
#include "base/library.h"

#include <md4c.h>

int md_parse(const MD_CHAR *text, MD_SIZE size, const MD_PARSER *parser, void *data)
{
    LIBRARY_CALL(BRIEFING_MD4C_SONAME, md_parse, (text, size, parser, data));
}
