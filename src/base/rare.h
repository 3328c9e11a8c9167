/* Tables that few documents look at stand together behind all other constants, so that the huge page in which those
 * lie (briefing_huge in CMakeLists.txt) is the only one that most processes have in memory. */
#ifndef BRIEFING_BASE_RARE_H
#define BRIEFING_BASE_RARE_H

#ifdef __ELF__
#define RARE __attribute__((section("rare_tables")))
#else
#define RARE
#endif

#endif
