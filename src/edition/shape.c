/* The rows of the model. */
#include "edition/shape.h"

#include "model/spec.h"

/* NOLINTBEGIN(bugprone-sizeof-expression): a prose is a pointer in the model, and the size of the pointer is meant. */

#define ROW(type, field, kind, shape, flag)                                                                            \
    {                                                                                                                  \
        MEMBER_##kind, offsetof(struct type, field), sizeof(((struct type *)0)->field), shape, flag                    \
    }
#define VALUE(type, field, kind) ROW(type, field, kind, NULL, NO_OFFSET)
#define ONE(type, field, shape) ROW(type, field, ONE, &shape, NO_OFFSET)
#define ONE_IF(type, field, shape, flag) ROW(type, field, ONE, &shape, offsetof(struct type, flag))
#define LIST(type, field, shape) ROW(type, field, LIST, &shape, NO_OFFSET)

#define COUNT(members) (sizeof(members) / sizeof(members)[0])
#define SHAPE(type)                                                                                                    \
    {                                                                                                                  \
        sizeof(struct type), type##_rows, COUNT(type##_rows), AUDIENCE_NONE, NO_OFFSET, GATE_NONE, NO_OFFSET           \
    }
#define SHAPE_READ(type, rule)                                                                                         \
    {                                                                                                                  \
        sizeof(struct type), type##_rows, COUNT(type##_rows), AUDIENCE_##rule, offsetof(struct type, audience),        \
            GATE_NONE, NO_OFFSET                                                                                       \
    }

static const struct member identifier_rows[] = {VALUE(identifier, scheme, TEXT), VALUE(identifier, value, TEXT)};
static const struct shape identifier_shape = SHAPE(identifier);

static const struct member role_rows[] = {
    VALUE(role, title, TEXT),
    VALUE(role, at, TEXT),
    VALUE(role, from, DATE),
    VALUE(role, to, DATE),
    VALUE(role, span, SPAN),
};
static const struct shape role_shape = SHAPE(role);

static const struct member entity_rows[] = {
    VALUE(entity, name, TEXT),
    VALUE(entity, native_name, TEXT),
    VALUE(entity, native_language, TEXT),
    VALUE(entity, also_known_as, TEXTS),
    VALUE(entity, kind, ENUM),
    VALUE(entity, kind_at, SPAN),
    VALUE(entity, type, TEXT),
    VALUE(entity, base, TEXT),
    VALUE(entity, url, TEXT),
    VALUE(entity, focus, TEXT),
    LIST(entity, identifiers, identifier_shape),
    LIST(entity, roles, role_shape),
    VALUE(entity, image, PICTURE),
};
static const struct shape entity_shape = SHAPE(entity);

static const struct member history_entry_rows[] = {
    VALUE(history_entry, edition, EDITION),
    VALUE(history_entry, score, SCORE),
    VALUE(history_entry, span, SPAN),
};
static const struct shape history_entry_shape = {
    sizeof(struct history_entry), history_entry_rows, COUNT(history_entry_rows), AUDIENCE_NONE, NO_OFFSET,
    GATE_SILENT, offsetof(struct history_entry, score),
};

static const struct member confidence_rows[] = {
    VALUE(confidence, score, SCORE),
    VALUE(confidence, basis, TEXT),
    VALUE(confidence, as_of, DATE),
    VALUE(confidence, outlook, ENUM),
    LIST(confidence, history, history_entry_shape),
    VALUE(confidence, span, SPAN),
};
static const struct shape confidence_shape = SHAPE(confidence);

static const struct member point_rows[] = {
    VALUE(point, text, PROSE),
    VALUE(point, sources, REFS),
    VALUE(point, confidence, SCORE),
    VALUE(point, likelihood, LIKELIHOOD),
    VALUE(point, audience, OMITTED),
    VALUE(point, span, SPAN),
};
static const struct shape point_shape = {
    sizeof(struct point), point_rows, COUNT(point_rows), AUDIENCE_DEFAULT, offsetof(struct point, audience),
    GATE_CLAIM, offsetof(struct point, confidence),
};

static const struct member key_figure_rows[] = {
    VALUE(key_figure, label, TEXT),
    VALUE(key_figure, value, TEXT),
    VALUE(key_figure, as_of, DATE),
    VALUE(key_figure, sources, REFS),
    VALUE(key_figure, audience, OMITTED),
    VALUE(key_figure, span, SPAN),
};
static const struct shape key_figure_shape = SHAPE_READ(key_figure, DEFAULT);

static const struct member quote_rows[] = {
    VALUE(quote, text, PROSE),
    VALUE(quote, by, TEXT),
    VALUE(quote, roles, TEXTS),
    VALUE(quote, sources, REFS),
    VALUE(quote, audience, OMITTED),
    VALUE(quote, span, SPAN),
};
static const struct shape quote_shape = SHAPE_READ(quote, DEFAULT);
static const struct shape section_quote_shape = SHAPE_READ(quote, OWNER);

static const struct member watch_rows[] = {
    VALUE(watch, text, PROSE),
    VALUE(watch, trigger, TEXT),
    VALUE(watch, by, DATE),
    VALUE(watch, likelihood, LIKELIHOOD),
    VALUE(watch, sources, REFS),
    VALUE(watch, audience, OMITTED),
    VALUE(watch, span, SPAN),
};
static const struct shape watch_shape = SHAPE_READ(watch, DEFAULT);

static const struct member outlook_rows[] = {
    VALUE(outlook, short_term, PROSE),
    VALUE(outlook, medium_term, PROSE),
    VALUE(outlook, long_term, PROSE),
    VALUE(outlook, span, SPAN),
};
static const struct shape outlook_shape = SHAPE(outlook);

static const struct member figure_rows[] = {
    VALUE(figure, picture, PICTURE),
    VALUE(figure, caption, TEXT),
    VALUE(figure, credit, TEXT),
    VALUE(figure, span, SPAN),
};
static const struct shape figure_shape = SHAPE(figure);

static const struct member align_cell_rows[] = {VALUE(align_cell, align, ENUM)};
static const struct shape align_cell_shape = SHAPE(align_cell);

/* A row of a table is a list of texts with a place; its first three fields are that list. */
static const struct member table_row_rows[] = {
    {MEMBER_TEXTS, offsetof(struct table_row, items), offsetof(struct table_row, span), NULL, NO_OFFSET},
    VALUE(table_row, span, SPAN),
};
static const struct shape table_row_shape = SHAPE(table_row);
_Static_assert(offsetof(struct table_row, items) == offsetof(struct text_list, items) &&
                   offsetof(struct table_row, cap) == offsetof(struct text_list, cap),
               "a row starts as a list of texts");

static const struct member table_rows[] = {
    VALUE(table, caption, TEXT),
    VALUE(table, columns, TEXTS),
    LIST(table, align, align_cell_shape),
    LIST(table, rows, table_row_shape),
    VALUE(table, span, SPAN),
};
static const struct shape table_shape = SHAPE(table);

static const struct member section_rows[] = {
    VALUE(section, heading, TEXT),
    VALUE(section, text, PROSE),
    VALUE(section, audience, OMITTED),
    VALUE(section, teaser, OMITTED), /* speaks to those who may not read the section */
    VALUE(section, language, TEXT),
    VALUE(section, has_quote, OMITTED), /* set with the part that it tells of */
    VALUE(section, has_figure, OMITTED),
    VALUE(section, has_table, OMITTED),
    ONE_IF(section, quote, section_quote_shape, has_quote),
    ONE_IF(section, figure, figure_shape, has_figure),
    ONE_IF(section, table, table_shape, has_table),
    VALUE(section, span, SPAN),
};
static const struct shape section_shape = SHAPE_READ(section, DEFAULT);

static const struct member relationship_rows[] = {
    VALUE(relationship, name, TEXT),
    VALUE(relationship, id, TEXT),
    VALUE(relationship, relation, TEXT),
    VALUE(relationship, direction, ENUM),
    VALUE(relationship, strength, SCORE),
    VALUE(relationship, since, DATE),
    VALUE(relationship, until, DATE),
    VALUE(relationship, sources, REFS),
    VALUE(relationship, audience, OMITTED),
    VALUE(relationship, span, SPAN),
};
static const struct shape relationship_shape = SHAPE_READ(relationship, DEFAULT);

static const struct member event_rows[] = {
    VALUE(event, date, DATE),
    VALUE(event, text, PROSE),
    VALUE(event, sources, REFS),
    VALUE(event, audience, OMITTED),
    VALUE(event, span, SPAN),
};
static const struct shape event_shape = SHAPE_READ(event, DEFAULT);

static const struct member note_rows[] = {
    VALUE(note, text, PROSE),
    VALUE(note, audience, OMITTED),
    VALUE(note, span, SPAN),
};
static const struct shape note_shape = SHAPE_READ(note, OWNER);

static const struct member source_rows[] = {
    VALUE(source, id, TEXT),
    VALUE(source, title, TEXT),
    VALUE(source, kind, ENUM),
    VALUE(source, publisher, TEXT),
    VALUE(source, author, TEXT),
    VALUE(source, url, TEXT),
    VALUE(source, archive_url, TEXT),
    VALUE(source, published, DATE),
    VALUE(source, accessed, DATE),
    VALUE(source, reliability, CHAR),
    VALUE(source, credibility, CHAR),
    VALUE(source, repeats, REF),
    VALUE(source, audience, OMITTED),
    ONE(source, note, note_shape),
    VALUE(source, span, SPAN),
};
static const struct shape source_shape = SHAPE_READ(source, DEFAULT);

static const struct member link_rows[] = {VALUE(link, title, TEXT), VALUE(link, url, TEXT)};
static const struct shape link_shape = SHAPE(link);

static const struct member release_rows[] = {
    VALUE(release, distributor, TEXT),
    VALUE(release, number, TEXT),
    VALUE(release, url, TEXT),
    VALUE(release, dateline, TEXT),
    VALUE(release, published, DATE),
    VALUE(release, disclaimer, PROSE),
    VALUE(release, span, SPAN),
};
static const struct shape release_shape = SHAPE(release);

static const struct member about_rows[] = {VALUE(about, name, TEXT), VALUE(about, text, PROSE)};
static const struct shape about_shape = SHAPE(about);

static const struct member contact_rows[] = {
    VALUE(contact, name, TEXT),
    VALUE(contact, email, TEXT),
    VALUE(contact, phone, TEXT),
    VALUE(contact, url, TEXT),
};
static const struct shape contact_shape = SHAPE(contact);

static const struct member abbreviation_rows[] = {
    VALUE(abbreviation, short_form, TEXT),
    VALUE(abbreviation, long_form, TEXT),
};
static const struct shape abbreviation_shape = SHAPE(abbreviation);

static const struct member correction_rows[] = {VALUE(correction, date, DATE), VALUE(correction, text, PROSE)};
static const struct shape correction_shape = SHAPE(correction);

static const struct member spec_rows[] = {
    VALUE(spec, source, OMITTED), /* the whole file as text */
    VALUE(spec, id, TEXT),
    VALUE(spec, language, TEXT),
    VALUE(spec, edition, EDITION),
    VALUE(spec, edition_at, SPAN),
    VALUE(spec, as_of, DATE),
    VALUE(spec, headline, TEXT),
    VALUE(spec, deck, TEXT),
    VALUE(spec, authors, TEXTS),
    ONE(spec, entity, entity_shape),
    VALUE(spec, profile, PROSE),
    VALUE(spec, tracked_as, TEXT),
    VALUE(spec, ecosystem, TEXT),
    VALUE(spec, relevance, PROSE),
    VALUE(spec, impact, ENUM),
    VALUE(spec, criticality, ENUM),
    VALUE(spec, horizon, ENUM),
    ONE(spec, confidence, confidence_shape),
    LIST(spec, key_points, point_shape),
    LIST(spec, key_figures, key_figure_shape),
    LIST(spec, quotes, quote_shape),
    LIST(spec, what_it_does, point_shape),
    LIST(spec, why_it_matters, point_shape),
    LIST(spec, what_to_watch, watch_shape),
    ONE(spec, outlook, outlook_shape),
    LIST(spec, sections, section_shape),
    LIST(spec, relationships, relationship_shape),
    LIST(spec, timeline, event_shape),
    LIST(spec, sources, source_shape),
    LIST(spec, also_read, link_shape),
    ONE(spec, release, release_shape),
    LIST(spec, about, about_shape),
    ONE(spec, contact, contact_shape),
    VALUE(spec, tags, TEXTS),
    LIST(spec, abbreviations, abbreviation_shape),
    VALUE(spec, disclosures, PROSE),
    LIST(spec, corrections, correction_shape),
    VALUE(spec, tlp, ENUM),
};
const struct shape shape_spec = SHAPE(spec);

/* NOLINTEND(bugprone-sizeof-expression) */
