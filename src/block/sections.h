/* The sections of a briefing, each in its file. A section that has nothing to say adds nothing. Private to block/. */
#ifndef BRIEFING_BLOCK_SECTIONS_H
#define BRIEFING_BLOCK_SECTIONS_H

#include "block/build.h"

typedef void section_builder(struct builder *b, struct block_list *page);

section_builder section_masthead, section_title, section_standfirst, section_key_figures, section_summary,
    section_quotes, section_confidence, section_body, section_what_it_does, section_why_it_matters, section_watch,
    section_outlook, section_relationships, section_timeline, section_sources, section_abbreviations, section_release,
    section_about, section_contact, section_also_read, section_corrections, section_disclosures, section_legal;

/* Parts of the summary. */
section_builder section_key_points, section_at_glance;

/* The panel that stands where sections for another tier would. */
void locked_panel_add(struct builder *b, struct block_list *page, const struct locked_panel *panel);
/* The confidence meter with its sparkline. */
void meter_add(struct builder *b, struct block_list *page);
/* The drawn map of relationships. */
void relationship_map_add(struct builder *b, struct block_list *page);
/* Grades, kinds and terms that the edition uses, explained. */
void legend_add(struct builder *b, struct block_list *page);

/* "TLP:GREEN", or empty; "Internal · Draft", or empty. */
struct str running_marking(enum tlp tlp);
struct str running_stamp(struct builder *b);
/* What stands on every page, and what the PDF says of itself. */
void running_fill(struct builder *b, struct block_document *document);

#endif
