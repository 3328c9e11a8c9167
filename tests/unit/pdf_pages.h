/* Pages made by hand for the tests of pdf/: real faces, text shaped without the text room. */
#ifndef PDF_PAGES_H
#define PDF_PAGES_H

#include "base/buf.h"
#include "layout/page.h"
#include "pdf/pdf.h"

/* A face of a file; NULL when it is not there. Lives until pdf_face_close. */
struct text_face *pdf_face_open(const char *path);
void pdf_face_close(struct text_face *face);

/* A bundled face by its file name. */
struct text_face *pdf_face_bundled(const char *file);

/* A shaped segment; its glyphs are where the font puts them. */
struct text_segment *pdf_segment(struct arena *arena, const struct text_face *face, int32_t size_mpt, const char *text,
                                 bool rtl);

struct pages *pdf_pages_new(struct arena *arena, size_t count);
uint32_t pdf_node(struct arena *arena, struct pages *pages, enum node_role role, uint32_t parent);
struct page_item *pdf_item(struct arena *arena, struct pages *pages, size_t page, enum item_kind kind, uint32_t node);
/* Sets a line of text; returns its item. */
struct page_item *pdf_line(struct arena *arena, struct pages *pages, size_t page, uint32_t node, int32_t x_mpt,
                           int32_t y_mpt,
                           const struct text_segment *segment);

/* Writes pages with plain metadata; fails the test on a diagnostic. */
void pdf_make(struct arena *arena, const struct pages *pages, struct buf *out);

/* All streams of a PDF inflated, one after the other (object streams included). */
void pdf_inflate(struct buf *out, const struct buf *pdf);
bool pdf_has(const struct buf *text, const char *what);

#endif
