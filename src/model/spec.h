/* One entity's spec as plain data: the shape of spec-language.md, key by key. */
#ifndef BRIEFING_MODEL_SPEC_H
#define BRIEFING_MODEL_SPEC_H

#include "model/value.h"

enum entity_kind {
    ENTITY_NONE,
    ENTITY_PERSON,
    ENTITY_ORGANISATION,
    ENTITY_REGISTRY,
    ENTITY_NETWORK,
    ENTITY_PLACE,
    ENTITY_PROGRAMME,
    ENTITY_EVENT,
    ENTITY_DOCUMENT
};
enum horizon {
    HORIZON_NONE,
    HORIZON_NOW,
    HORIZON_THIS_QUARTER,
    HORIZON_NEXT_QUARTER,
    HORIZON_THIS_YEAR,
    HORIZON_LONG_TERM
};
enum outlook_direction {
    OUTLOOK_NONE,
    OUTLOOK_POSITIVE,
    OUTLOOK_STABLE,
    OUTLOOK_NEGATIVE,
    OUTLOOK_DEVELOPING
};
enum source_kind {
    SOURCE_NONE,
    SOURCE_PRIMARY,
    SOURCE_REGISTRY,
    SOURCE_FILING,
    SOURCE_PRESS_RELEASE,
    SOURCE_NEWS,
    SOURCE_INTERVIEW,
    SOURCE_SELF_PUBLISHED,
    SOURCE_OTHER
};
enum tlp { TLP_NONE, TLP_CLEAR, TLP_GREEN, TLP_AMBER, TLP_AMBER_STRICT, TLP_RED };
enum direction { DIRECTION_NONE, DIRECTION_TO, DIRECTION_FROM, DIRECTION_BOTH };
enum column_align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

/* A list type: items, count, cap, as ARENA_PUSH takes it. */
#define MODEL_LIST(name)                                                                                     \
    struct name##_list {                                                                                     \
        struct name *items;                                                                                  \
        size_t count, cap;                                                                                   \
    }

struct identifier {
    struct text scheme, value;
};
MODEL_LIST(identifier);

struct role {
    struct text title, at;
    struct dated from, to;
    struct span span;
};
MODEL_LIST(role);

struct entity {
    struct text name, native_name, native_language;
    struct text_list also_known_as;
    enum entity_kind kind;
    struct span kind_at;
    struct text type, base, url, focus;
    struct identifier_list identifiers;
    struct role_list roles;
    struct picture image;
};

struct history_entry {
    struct edition_id edition;
    struct score score;
    struct span span;
};
MODEL_LIST(history_entry);

struct confidence {
    struct score score;
    struct text basis;
    struct dated as_of;
    enum outlook_direction outlook;
    struct history_entry_list history;
    struct span span;
};

struct point {
    struct prose *text;
    struct refs sources;
    struct score confidence;
    struct likelihood likelihood;
    struct audience audience;
    struct span span;
};
MODEL_LIST(point);

struct key_figure {
    struct text label, value;
    struct dated as_of;
    struct refs sources;
    struct audience audience;
    struct span span;
};
MODEL_LIST(key_figure);

struct quote {
    struct prose *text;
    struct text by;
    struct text_list roles;
    struct refs sources;
    struct audience audience;
    struct span span;
};
MODEL_LIST(quote);

struct watch {
    struct prose *text;
    struct text trigger;
    struct dated by;
    struct likelihood likelihood;
    struct refs sources;
    struct audience audience;
    struct span span;
};
MODEL_LIST(watch);

struct outlook {
    struct prose *short_term, *medium_term, *long_term;
    struct span span;
};

struct figure {
    struct picture picture;
    struct text caption, credit;
    struct span span;
};

struct align_cell {
    enum column_align align;
};
MODEL_LIST(align_cell);
struct table_row {
    struct text *items;
    size_t count, cap;
    struct span span;
};
MODEL_LIST(table_row);
struct table {
    struct text caption;
    struct text_list columns;
    struct align_cell_list align;
    struct table_row_list rows;
    struct span span;
};

struct section {
    struct text heading;
    struct prose *text;
    struct audience audience;
    struct text teaser, language;
    bool has_quote, has_figure, has_table;
    struct quote quote;
    struct figure figure;
    struct table table;
    struct span span;
};
MODEL_LIST(section);

struct relationship {
    struct text name, id, relation;
    enum direction direction;
    struct score strength;
    struct dated since, until;
    struct refs sources;
    struct audience audience;
    struct span span;
};
MODEL_LIST(relationship);

struct event {
    struct dated date;
    struct prose *text;
    struct refs sources;
    struct audience audience;
    struct span span;
};
MODEL_LIST(event);

struct note {
    struct prose *text;
    struct audience audience;
    struct span span;
};

struct source {
    struct text id, title;
    enum source_kind kind;
    struct text publisher, author, url, archive_url;
    struct dated published, accessed;
    char reliability; /* 'A'–'F', 0 when not given */
    char credibility; /* '1'–'6', 0 when not given */
    struct text repeats;
    struct audience audience;
    struct note note; /* text NULL when not given; a plain text becomes a one-paragraph prose */
    struct span span;
};
MODEL_LIST(source);

struct link {
    struct text title, url;
};
MODEL_LIST(link);
struct release {
    struct text distributor, number, url, dateline;
    struct dated published;
    struct prose *disclaimer;
    struct span span;
};
struct about {
    struct text name;
    struct prose *text;
};
MODEL_LIST(about);
struct contact {
    struct text name, email, phone, url;
};
struct abbreviation {
    struct text short_form, long_form;
};
MODEL_LIST(abbreviation);
struct correction {
    struct dated date;
    struct prose *text;
};
MODEL_LIST(correction);

struct spec {
    struct diag_source *source;
    struct text id, language;
    struct edition_id edition; /* kind EDITION_NONE when not given */
    struct span edition_at;
    struct dated as_of;
    struct text headline, deck;
    struct text_list authors;
    struct entity entity;
    struct prose *profile; /* proses are NULL when not given */
    struct text tracked_as, ecosystem;
    struct prose *relevance;
    enum level impact, criticality;
    enum horizon horizon;
    struct confidence confidence;
    struct point_list key_points;
    struct key_figure_list key_figures;
    struct quote_list quotes;
    struct point_list what_it_does, why_it_matters;
    struct watch_list what_to_watch;
    struct outlook outlook;
    struct section_list sections;
    struct relationship_list relationships;
    struct event_list timeline;
    struct source_list sources;
    struct link_list also_read;
    struct release release;
    struct about_list about;
    struct contact contact;
    struct text_list tags;
    struct abbreviation_list abbreviations;
    struct prose *disclosures;
    struct correction_list corrections;
    enum tlp tlp;
    bool pruned; /* of one edition and written by the program: no part of the edition itself */
};

#endif
