/* Editions and blocks made from YAML texts, for tests. */
#ifndef BRIEFING_TESTS_EDITION_FIXTURE_H
#define BRIEFING_TESTS_EDITION_FIXTURE_H

#include "block/block.h"
#include "edition/edition.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct house *house;
    struct spec *spec;
};

/* Reads both; house NULL: one with the tiers open, circle (reads open), board (reads circle), press (reads nothing
 * else). Fails the test when a text has errors. */
void fixture_open(struct fixture *fixture, const char *house, const char *spec);
void fixture_close(struct fixture *fixture);

/* The edition of a tier, NULL: the default one. Fails the test when there is none. */
struct edition *fixture_edition(struct fixture *fixture, const char *tier);
struct edition *fixture_internal(struct fixture *fixture, const char *tier);
/* The blocks of an edition as text, in the fixture's arena. */
struct str fixture_trace(struct fixture *fixture, const struct edition *edition);
bool fixture_has(struct str text, const char *part);
size_t fixture_count(struct str text, const char *part);

#endif
