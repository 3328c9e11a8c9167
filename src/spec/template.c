/* `briefing new`: a spec to begin with, which says in comments what to put where. */
#include "base/buf.h"
#include "spec/spec_read.h"

/* "quiet-harbour-network" → "Quiet Harbour Network" */
static void write_name(struct buf *out, struct str slug)
{
    bool first = true;
    for (size_t i = 0; i < slug.n; i++) {
        char c = slug.p[i];
        if (c == '-')
            buf_char(out, ' ');
        else
            buf_char(out, first && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        first = c == '-';
    }
}

static const char opening[] = "# What you leave out leaves no trace in the briefing. `briefing check FILE` "
                              "says what is wrong or missing.\n"
                              "# Whatever stands here as an example is to be replaced.\n"
                              "briefing: 1                     # the version of this language\n";

static const char after_id[] = "edition: 2026-Q4                # or a month, 2026-11, or a year, 2026\n"
                               "as_of: 2026-11-15               # the day up to which this is true\n"
                               "# headline: Of the article, when it differs from the name\n"
                               "# deck: The line beneath it\n"
                               "# authors: [The research desk]\n"
                               "\n"
                               "entity:\n";

static const char after_name[] =
    "  # native_name: The name in its own language and script\n"
    "  # native_language: zh-Hant\n"
    "  kind: organisation            # person organisation registry network place programme event document\n"
    "  # type: Internet exchange operator\n"
    "  # base: Rotterdam, Netherlands\n"
    "  # url: https://example.org/\n"
    "  # identifiers: [{scheme: ASN, value: AS64500}]\n"
    "\n"
    "# Why it is profiled. Prose: paragraphs, lists, *emphasis*, **strong**, `code` and "
    "[links](https://example.org/).\n"
    "profile: |\n"
    "  Say here in two or three sentences whom this is about and why a reader should care.\n"
    "\n"
    "# impact: medium                # low medium high critical\n"
    "# criticality: low\n"
    "# horizon: next-quarter         # now this-quarter next-quarter this-year long-term\n"
    "\n"
    "confidence:\n"
    "  score: 0.60                   # from 0.00 to 1.00, with two places\n"
    "  # basis: How the score was reached\n"
    "  # outlook: stable             # positive stable negative developing\n"
    "  # history: [{edition: 2026-Q3, score: 0.55}]\n"
    "\n"
    "# Each claim names its sources. `audience` keeps it for a tier of readers; without it, all may read "
    "it.\n"
    "key_points:\n"
    "  - text: The first thing to know of it.\n"
    "    sources: [s1]\n"
    "    # confidence: 0.70\n"
    "  # - text: \"A text with a colon: or with a comma inside { } wants quotes.\"\n"
    "  #   sources: [s1]\n"
    "  #   audience: strategy-circle\n"
    "\n"
    "# key_figures: [{label: Members, value: \"120\", as_of: 2026, sources: [s1]}]\n"
    "# what_it_does: [{text: It runs an exchange., sources: [s1]}]\n"
    "# why_it_matters: [Others depend on it.]\n"
    "# what_to_watch:\n"
    "#   - text: What may come.\n"
    "#     trigger: What would show it\n"
    "#     by: 2027-06\n"
    "#     likelihood: roughly even chance\n"
    "\n"
    "# sections:\n"
    "#   - heading: The story\n"
    "#     text: |\n"
    "#       The body of the briefing.\n"
    "#   - heading: For members\n"
    "#     audience: strategy-circle\n"
    "#     teaser: Public words that stand in the place of this section for others.\n"
    "#     text: |\n"
    "#       What only they may read.\n"
    "\n"
    "sources:\n"
    "  - id: s1\n"
    "    title: The title of the source\n"
    "    kind: primary               # primary registry filing press-release news interview self-published "
    "other\n"
    "    # publisher: Who published it\n"
    "    # url: https://example.org/report\n"
    "    # published: 2026-10\n"
    "    # accessed: 2026-11-15\n"
    "    # reliability: B            # A to F, Admiralty\n"
    "    # credibility: 2            # 1 to 6, Admiralty\n"
    "    # repeats: s0               # when it only repeats another source\n"
    "\n"
    "# Also: relevance, tracked_as, ecosystem, quotes, outlook, relationships, timeline, also_read, release, "
    "about,\n"
    "# contact, tags, abbreviations, disclosures, corrections, marking. `briefing schema spec` has them "
    "all.\n";

void spec_template(struct buf *out, struct str slug)
{
    buf_text(out, "# ");
    write_name(out, slug);
    buf_text(out, ": a spec for `briefing`.\n");
    buf_text(out, opening);
    buf_text(out, "id: ");
    buf_str(out, slug);
    buf_text(out, "\n");
    buf_text(out, after_id);
    buf_text(out, "  name: ");
    write_name(out, slug);
    buf_text(out, "\n");
    buf_text(out, after_name);
}
