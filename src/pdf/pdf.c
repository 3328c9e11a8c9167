/* The making of a PDF: fonts, pictures, pages, links, outline, structure, metadata, file. */
#include "pdf/pdf.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "pdf/attachment.h"
#include "pdf/limits.h"
#include "pdf/link.h"
#include "pdf/making.h"
#include "pdf/metadata.h"
#include "pdf/token.h"

struct pdf_writer *pdf_writer_open(void)
{
    struct pdf_writer *writer = base_malloc(sizeof *writer);
    *writer = (struct pdf_writer){.deflater = deflater_open()};
    return writer;
}

void pdf_writer_use(struct pdf_writer *writer, struct aside *aside)
{
    deflater_use(writer->deflater, aside);
}

void pdf_writer_ready(struct pdf_writer *writer)
{
    deflater_ready(writer->deflater);
}

void pdf_writer_close(struct pdf_writer *writer)
{
    if (!writer)
        return;
    font_cache_done(&writer->fonts);
    picture_cache_done(&writer->pictures);
    deflater_close(writer->deflater);
    free(writer);
}

void pdf_pack(struct pdf_writer *writer, enum aside_who who, struct str data, struct buf *out)
{
    if (!deflate_now(writer->deflater, who, DEFLATE_TEXT, data, out))
        base_out_of_memory(); /* there is room for all that it may give */
}

/* One dictionary for all pages: which page uses which font would cost more to say than it saves. Colours are
 * added once pages are written. */
static void write_resources(struct making *making)
{
    struct buf out = {0};
    if (making->fonts.count) {
        buf_text(&out, "/Font<<");
        for (size_t i = 0; i < making->fonts.count; i++) {
            buf_printf(&out, "/F%zu", i);
            token_ref(&out, making->fonts.items[i].object->id);
        }
        buf_text(&out, ">>");
    }
    if (making->pictures.count) {
        buf_text(&out, "/XObject<<");
        for (size_t i = 0; i < making->pictures.count; i++) {
            buf_printf(&out, "/I%zu", i);
            token_ref(&out, making->pictures.items[i].object->id);
        }
        buf_text(&out, ">>");
    }
    buf_text(&out, CONTENT_PROPERTIES);
    making->resources = object_new(making->objects);
    object_raw(making->resources, buf_view(&out));
    buf_done(&out);
}

/* A page with a soft mask blends in a group of its own, in a known colour space (ISO 32000-1, 11.6.6). */
static bool has_alpha(const struct page *page)
{
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_IMAGE && page->items[i].u.image.image->alpha.n)
            return true;
    return false;
}

static void write_page_dictionary(struct making *making, uint32_t index, const struct object *contents)
{
    struct buf out = {0};
    buf_text(&out, "/Type/Page/Parent");
    token_ref(&out, objects_pages(making->objects)->id);
    buf_text(&out, "/MediaBox[0 0 ");
    token_milli(&out, making->pages->width_mpt);
    buf_char(&out, ' ');
    token_milli(&out, making->pages->height_mpt);
    buf_text(&out, "]/Resources");
    token_ref(&out, making->resources->id);
    buf_text(&out, making->copy_line ? "/Contents[" : "/Contents");
    token_ref(&out, contents->id);
    if (making->copy_line) {
        token_ref(&out, making->copy_line->id);
        buf_char(&out, ']');
    }
    buf_text(&out, "/Tabs/S/StructParents ");
    token_int(&out, index);
    if (has_alpha(&making->pages->items[index]))
        buf_text(&out, "/Group<</S/Transparency/CS/DeviceRGB>>");
    object_raw(making->page_objects[index], buf_view(&out));
    buf_done(&out);
}

static void write_pages(struct making *making)
{
    size_t count = making->pages->count;
    struct buf text = {0}, kids = {0};
    struct content_marks marks = {.arena = &making->arena};
    struct content_palette palette = {.count = 0};
    struct content content = {.out = &text,
                              .palette = &palette,
                              .pages = making->pages,
                              .fonts = &making->fonts,
                              .pictures = &making->pictures,
                              .structure = &making->structure,
                              .unpacked = {.arena = &making->arena},
                              .marks = making->marked ? &marks : NULL};
    buf_text(&kids, "/Kids[");
    for (uint32_t i = 0; i < count; i++) /* one after the other: the cross-references are shorter */
        making->page_objects[i] = object_new(making->objects);
    for (uint32_t i = 0; i < count; i++) {
        struct object *contents = object_new(making->objects);
        buf_clear(&text);
        marks.count = 0;
        content_write(&content, i);
        if (marks.count)
            making->marked[i] = marked_deflate(making->keep, contents, buf_view(&text), &marks);
        else
            object_deflate(contents, DEFLATE_CONTENTS, buf_view(&text));
        write_page_dictionary(making, i, contents);
        token_ref(&kids, making->page_objects[i]->id);
    }
    buf_printf(&kids, "]/Count %zu", count);
    object_raw(objects_pages(making->objects), buf_view(&kids));
    buf_clear(&text);
    content_palette_write(&palette, &text);
    object_raw(making->resources, buf_view(&text));
    buf_done(&kids);
    buf_done(&text);
}

static void report_library(struct diags *diags, const char *phase, unsigned code)
{
    diag_add(diags, DIAG_INTERNAL, span_none(), "libharu reported error 0x%04x while %s", code, phase);
}

static void report_face(struct diags *diags, const struct text_face *face)
{
    diag_add(diags, DIAG_INTERNAL, span_none(), "the font %s cannot be put into a PDF", face->path ? face->path : "");
}

bool making_write(struct making *making, const struct pdf_metadata *metadata, struct diags *diags)
{
    struct objects *objects = making->objects;
    const struct text_face *failed_face = NULL;
    unsigned code;
    if (!fonts_write(&making->fonts, objects, &failed_face)) {
        report_face(diags, failed_face);
        return false;
    }
    pictures_write(&making->pictures, objects, &making->writer->pictures, making->pages);
    if ((code = objects_failed(objects)) != 0) {
        report_library(diags, "fonts and pictures were written", code);
        return false;
    }
    write_resources(making);
    write_pages(making);
    if ((code = objects_failed(objects)) != 0) {
        report_library(diags, "pages were written", code);
        return false;
    }
    links_write(&making->structure, objects, making->page_objects);
    outline_write(making->pages, objects, making->page_objects);
    structure_write(&making->structure, objects, making->page_objects);
    making->xmp = metadata_write(metadata, objects);
    attachments_write(metadata->attachments, metadata->attachment_count, metadata->date, objects);
    if ((code = objects_failed(objects)) != 0)
        report_library(diags, "the document's structure was written", code);
    return code == 0;
}

bool making_save(struct making *making, const struct pdf_metadata *metadata, struct buf *out, struct saved *saved,
                 struct diags *diags)
{
    size_t before = out->n;
    unsigned char digest[32];
    struct hash hash;
    hash_init(&hash);
    hash_field(&hash, metadata->digest);
    hash_done(&hash, digest);
    *saved = objects_save(making->objects, digest, out);
    unsigned code = objects_failed(making->objects);
    if (code) {
        out->n = before;
        report_library(diags, "the file was written", code);
    }
    return code == 0;
}

bool making_open(struct making *making, struct pdf_writer *writer, const struct pages *pages,
                 const struct pdf_metadata *metadata, struct diags *diags)
{
    *making = (struct making){.writer = writer, .pages = pages};
    arena_init(&making->arena);
    limits_check(pages, metadata, diags);
    making->objects = objects_open(&making->arena, writer->deflater);
    if (!making->objects) {
        report_library(diags, "a document was started", 0);
        return false;
    }
    making->page_objects = ARENA_ARRAY(&making->arena, struct object *, pages->count + 1);
    structure_init(&making->structure, &making->arena, pages);
    fonts_collect(&making->fonts, &making->arena, &writer->fonts, pages);
    return true;
}

void making_close(struct making *making)
{
    if (making->objects) {
        deflate_await(making->writer->deflater, NULL); /* what a failure has left */
        fonts_done(&making->fonts);
        objects_close(making->objects);
        font_cache_trim(&making->writer->fonts);
        picture_cache_trim(&making->writer->pictures);
    }
    arena_done(&making->arena);
}

bool pdf_write(struct pdf_writer *writer, const struct pages *pages, const struct pdf_metadata *metadata,
               struct buf *out,
               struct diags *diags)
{
    struct making making;
    struct saved saved;
    bool ok = making_open(&making, writer, pages, metadata, diags) && making_write(&making, metadata, diags) &&
              making_save(&making, metadata, out, &saved, diags);
    making_close(&making);
    return ok;
}
