/* The structure tree (ISO 32000-1, 14.7 and 14.8): elements, what content belongs to each, and the way back from
 * content to element. */
#ifndef BRIEFING_PDF_STRUCTURE_H
#define BRIEFING_PDF_STRUCTURE_H

#include "layout/page.h"
#include "pdf/object.h"

/* A marked-content sequence, or an annotation, of an element. */
struct structure_mark {
    uint32_t node, page;
    uint32_t mcid;              /* of content */
    const struct object *annot; /* or an annotation */
    uint32_t next;              /* index + 1 of the node's next mark, 0 */
};

struct structure {
    struct arena *arena;
    const struct pages *pages;
    struct structure_mark *items; /* content in order of pages, then annotations */
    size_t count, cap;
    uint32_t *mcids;              /* used on each page */
    uint32_t annotations;
    struct structure_node *nodes;
    uint32_t *written;                  /* the nodes that are elements, while they are written: */
    struct object_series elements;
    uint32_t first_id, root_id;         /* their numbers, that of the tree */
    struct object *const *page_objects;
};

void structure_init(struct structure *structure, struct arena *arena, const struct pages *pages);

/* Whether a node of a display list is an element of the tree; all else is an artifact. */
bool structure_has(const struct structure *structure, uint32_t node);

/* The node whose element holds a node's content: mostly itself; PAGE_ARTIFACT: none. */
uint32_t structure_element(const struct structure *structure, uint32_t node);

/* The standard type's name, and the name under which the content of an element is marked. */
const char *structure_type(enum node_role role);

/* Notes that the next marked-content sequence of a page belongs to a node; returns its MCID. */
uint32_t structure_mark(struct structure *structure, uint32_t node, uint32_t page);

/* Notes an annotation of a node; returns its StructParent key. */
uint32_t structure_annotation(struct structure *structure, uint32_t node, uint32_t page, const struct object *annot);

/* Enters the tree in the catalogue; its elements are written when the file is saved, until which structure must stay where
 * it is. page_objects: one for each page, whose StructParents is its index. */
void structure_write(struct structure *structure, struct objects *objects, struct object *const *page_objects);

#endif
