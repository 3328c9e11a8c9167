/* Editions and blocks made from YAML texts. */
#include "edition_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "block/trace.h"
#include "spec/spec_read.h"

static const char default_house[] =
    "house: 1\n"
    "publisher: {name: Test Press}\n"
    "product: Test Briefing\n"
    "language: en-GB\n"
    "tiers:\n"
    "  - {id: open, label: Everyone}\n"
    "  - {id: circle, label: The Circle, eligibility: Members, invitation: {text: Join, url: "
    "'https://example.org/c'}, includes: [open]}\n"
    "  - {id: board, label: The Board, eligibility: Owners, includes: [circle]}\n"
    "  - {id: press, label: The Press}\n"
    "default_tier: open\n"
    "scale:\n"
    "  title: The scale\n"
    "  bands:\n"
    "    - {from: 0.75, to: 1.00, grade: A, label: Strong, meaning: seen}\n"
    "    - {from: 0.10, to: 0.74, grade: B, label: Medium}\n"
    "    - {from: 0.00, to: 0.09, grade: D, label: Internal monitoring, publish: false}\n";

static void expect_clean(const struct diags *diags)
{
    for (const struct diag *diag = diags->first; diag; diag = diag->next)
        if (diag->severity == DIAG_ERROR)
            fail_msg("%s: " STR_FMT, diag_info(diag->code)->name, STR_ARG(diag->message));
}

void fixture_open(struct fixture *fixture, const char *house, const char *spec)
{
    memset(fixture, 0, sizeof *fixture);
    arena_init(&fixture->arena);
    diags_init(&fixture->diags, &fixture->arena);
    struct diag_source *house_source =
        diag_source_new(&fixture->arena, STR("house.yaml"), str_from(house ? house : default_house));
    fixture->house = house_read(&fixture->arena, house_source, &fixture->diags);
    struct diag_source *spec_source = diag_source_new(&fixture->arena, STR("spec.yaml"), str_from(spec));
    fixture->spec = spec_read(&fixture->arena, spec_source, NULL, &fixture->diags);
    expect_clean(&fixture->diags);
    assert_non_null(fixture->house);
    assert_non_null(fixture->spec);
}

void fixture_close(struct fixture *fixture)
{
    arena_done(&fixture->arena);
}

static struct edition *make(struct fixture *fixture, const char *tier, bool internal)
{
    struct edition_options options = {.tier = str_from(tier), .internal = internal};
    struct edition *edition = edition_make(&fixture->arena, fixture->spec, fixture->house, &options, &fixture->diags);
    expect_clean(&fixture->diags);
    assert_non_null(edition);
    return edition;
}

struct edition *fixture_edition(struct fixture *fixture, const char *tier)
{
    return make(fixture, tier, false);
}

struct edition *fixture_internal(struct fixture *fixture, const char *tier)
{
    return make(fixture, tier, true);
}

struct str fixture_trace(struct fixture *fixture, const struct edition *edition)
{
    struct buf out = {0};
    block_trace(&out, block_build(&fixture->arena, edition, &fixture->diags));
    struct str text = str_dup(&fixture->arena, buf_view(&out));
    buf_done(&out);
    return text;
}

bool fixture_has(struct str text, const char *part)
{
    return str_find(text, str_from(part)) != SIZE_MAX;
}

size_t fixture_count(struct str text, const char *part)
{
    size_t count = 0, at;
    while ((at = str_find(text, str_from(part))) != SIZE_MAX) {
        count++;
        text = str_slice(text, at + strlen(part), text.n);
    }
    return count;
}
