/* Metadata, said twice and alike: in the information dictionary and in XMP. */
#include "pdf/metadata.h"

#include "base/language.h"
#include "base/utf8.h"
#include "pdf/deflate.h"
#include "pdf/token.h"

/* What XML 1.0 (2.2) lets stand; the same is written into both. */
static bool is_printable(int32_t c)
{
    bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    return !is_control && !(c >= 0xD800 && c < 0xE000) && c != 0xFFFE && c != 0xFFFF;
}

/* Without control characters; line ends and tabs become spaces. */
static struct str clean(struct arena *arena, struct str text)
{
    struct buf out = {0};
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        int32_t c = utf8_next(text, &i);
        if (c == '\n' || c == '\t' || c == '\r' || c == 0x2028)
            buf_char(&out, ' ');
        else if (is_printable(c))
            buf_str(&out, str_slice(text, from, i));
    }
    struct str result = token_clip(str_dup(arena, buf_view(&out)));
    buf_done(&out);
    return result;
}

static struct pdf_metadata cleaned(struct arena *arena, const struct pdf_metadata *metadata)
{
    struct pdf_metadata result = *metadata;
    result.title = clean(arena, metadata->title);
    result.author = clean(arena, metadata->author);
    result.subject = clean(arena, metadata->subject);
    result.keywords = clean(arena, metadata->keywords);
    result.language = clean(arena, metadata->language);
    result.creator = clean(arena, metadata->creator);
    result.producer = clean(arena, metadata->producer);
    result.digest = clean(arena, metadata->digest);
    result.entity = clean(arena, metadata->entity);
    result.edition = clean(arena, metadata->edition);
    result.tier = clean(arena, metadata->tier);
    result.copy = clean(arena, metadata->copy);
    if (result.title.n == 0) /* PDF/UA wants one */
        result.title = result.entity.n ? result.entity : STR("Briefing");
    if (result.language.n == 0)
        result.language = STR("en");
    return result;
}

static void put_xml(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '&')
            buf_text(out, "&amp;");
        else if (c == '<')
            buf_text(out, "&lt;");
        else if (c == '>')
            buf_text(out, "&gt;");
        else if (c == '"')
            buf_text(out, "&quot;");
        else
            buf_char(out, c);
    }
}

/* Simple properties are attributes (ISO 16684-1, 7.9.2.2), and so are fields of a structure that has no
 * others (7.9.2.3). */
static void put_attribute(struct buf *out, const char *name, struct str value)
{
    if (value.n == 0)
        return;
    buf_char(out, ' ');
    buf_text(out, name);
    buf_text(out, "=\"");
    put_xml(out, value);
    buf_char(out, '"');
}

/* What each copy overwrites: its place is found by the tag. */
static void put_element(struct buf *out, const char *name, struct str value)
{
    if (value.n == 0)
        return;
    buf_printf(out, "<%s>", name);
    put_xml(out, value);
    buf_printf(out, "</%s>", name);
}

/* container: Alt (with its default language), Seq or Bag. */
static void put_list(struct buf *out, const char *name, const char *container, struct str value)
{
    if (value.n == 0)
        return;
    bool alternatives = container[0] == 'A';
    buf_printf(out, "<%s><rdf:%s><rdf:li%s>", name, container, alternatives ? " xml:lang=\"x-default\"" : "");
    put_xml(out, value);
    buf_printf(out, "</rdf:li></rdf:%s></%s>", container, name);
}

static void put_schema(struct buf *out, const char *name, const char *uri, const char *prefix)
{
    buf_text(out, "<rdf:li><rdf:Description");
    put_attribute(out, "pdfaSchema:schema", str_from(name));
    put_attribute(out, "pdfaSchema:namespaceURI", str_from(uri));
    put_attribute(out, "pdfaSchema:prefix", str_from(prefix));
    buf_text(out, "><pdfaSchema:property><rdf:Seq>");
}

static void put_schema_property(struct buf *out, const char *name, const char *type, const char *meaning)
{
    buf_text(out, "<rdf:li");
    put_attribute(out, "pdfaProperty:name", str_from(name));
    put_attribute(out, "pdfaProperty:valueType", str_from(type));
    put_attribute(out, "pdfaProperty:category", STR("internal"));
    put_attribute(out, "pdfaProperty:description", str_from(meaning));
    buf_text(out, "/>");
}

static void end_schema(struct buf *out)
{
    buf_text(out, "</rdf:Seq></pdfaSchema:property></rdf:Description></rdf:li>");
}

#define BRIEFING_NAMESPACE "urn:x-briefing:ns:1.0:"
#define PDFUA_NAMESPACE "http://www.aiim.org/pdfua/ns/id/"

/* Schemas that PDF/A does not know must be described in the file (ISO 19005-3, 6.6.2.3). */
static void put_extensions(struct buf *out, bool is_copy)
{
    buf_text(out, "<pdfaExtension:schemas><rdf:Bag>");
    put_schema(out, "PDF/UA", PDFUA_NAMESPACE, "pdfuaid");
    put_schema_property(out, "part", "Integer", "Part");
    end_schema(out);
    put_schema(out, "Briefing", BRIEFING_NAMESPACE, "briefing");
    put_schema_property(out, "entity", "Text", "Entity");
    put_schema_property(out, "edition", "Text", "Edition");
    put_schema_property(out, "tier", "Text", "Tier");
    put_schema_property(out, "digest", "Text", "Digest");
    if (is_copy)
        put_schema_property(out, "copy", "Text", "Copy");
    end_schema(out);
    buf_text(out, "</rdf:Bag></pdfaExtension:schemas>");
}

static void put_date(struct buf *out, const char *name, struct date date)
{
    date = date_first(date);
    buf_printf(out, " %s=\"%04d-%02d-%02dT00:00:00Z\"", name, date.year, date.month, date.day);
}

static void put_packet(struct buf *out, const struct pdf_metadata *metadata)
{
    buf_text(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                  "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                  " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                  " xmlns:pdfuaid=\"" PDFUA_NAMESPACE "\" xmlns:briefing=\"" BRIEFING_NAMESPACE "\"");
    if (!metadata->sealed)
        buf_text(out, " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                      " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                      " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                      " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"");
    buf_text(out, " pdfuaid:part=\"1\"");
    if (!metadata->sealed)
        buf_text(out, " pdfaid:part=\"3\" pdfaid:conformance=\"A\"");
    put_attribute(out, "pdf:Keywords", metadata->keywords);
    put_attribute(out, "pdf:Producer", metadata->producer);
    put_attribute(out, "xmp:CreatorTool", metadata->creator);
    if (date_is_set(metadata->date)) {
        put_date(out, "xmp:CreateDate", metadata->date);
        put_date(out, "xmp:ModifyDate", metadata->date);
    }
    put_attribute(out, "briefing:entity", metadata->entity);
    put_attribute(out, "briefing:edition", metadata->edition);
    put_attribute(out, "briefing:tier", metadata->tier);
    put_attribute(out, "briefing:digest", metadata->digest);
    buf_char(out, '>');
    put_list(out, "dc:title", "Alt", metadata->title);
    put_list(out, "dc:creator", "Seq", metadata->author);
    put_list(out, "dc:description", "Alt", metadata->subject);
    put_list(out, "dc:language", "Bag", metadata->language);
    put_element(out, METADATA_COPY, metadata->copy);
    if (!metadata->sealed)
        put_extensions(out, metadata->copy.n > 0);
    buf_text(out, "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>");
}

void metadata_xmp(struct buf *out, const struct pdf_metadata *metadata)
{
    struct arena arena;
    arena_init(&arena);
    struct pdf_metadata clean_metadata = cleaned(&arena, metadata);
    put_packet(out, &clean_metadata);
    arena_done(&arena);
}

static void write_info(const struct pdf_metadata *metadata, struct objects *objects)
{
    struct object *info = objects_info(objects);
    object_text(info, "Title", metadata->title);
    object_text(info, "Author", metadata->author);
    object_text(info, "Subject", metadata->subject);
    object_text(info, "Keywords", metadata->keywords);
    object_text(info, "Creator", metadata->creator);
    object_text(info, "Producer", metadata->producer);
    if (date_is_set(metadata->date)) {
        struct buf dates = {0};
        buf_text(&dates, "/CreationDate");
        token_date(&dates, metadata->date);
        buf_text(&dates, "/ModDate");
        token_date(&dates, metadata->date);
        object_raw(info, buf_view(&dates));
        buf_done(&dates);
    }
}

static void write_output_intent(struct objects *objects)
{
    struct object *profile = object_new(objects);
    object_number(profile, "N", 3);
    object_store(profile, deflate_once(objects_deflater(objects), icc_srgb()), "FlateDecode");
    struct buf intent = {0};
    buf_text(&intent, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
                      "/Info(sRGB IEC61966-2.1)/DestOutputProfile");
    token_ref(&intent, profile->id);
    buf_text(&intent, ">>]");
    object_raw(objects_catalog(objects), buf_view(&intent));
    buf_done(&intent);
}

struct object *metadata_write(const struct pdf_metadata *given, struct objects *objects)
{
    struct arena *arena = objects_arena(objects);
    struct pdf_metadata metadata = cleaned(arena, given);
    write_info(&metadata, objects);

    struct buf text = {0};
    put_packet(&text, &metadata);
    struct object *xmp = object_new(objects);
    object_name(xmp, "Type", "Metadata");
    object_name(xmp, "Subtype", "XML");
    if (metadata.copy.n) /* each copy's id is put into its place */
        object_store(xmp, str_dup(arena, buf_view(&text)), NULL);
    else /* forbidden by PDF/A-1 only (ISO 19005-1, 6.7.2) */
        object_deflate(xmp, DEFLATE_METADATA, buf_view(&text));

    struct object *catalog = objects_catalog(objects);
    object_ref(catalog, "Metadata", xmp);
    buf_clear(&text);
    buf_text(&text, "/Lang");
    token_text(&text, metadata.language);
    buf_text(&text, "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true");
    if (language_is_rtl(metadata.language)) /* ISO 32000-1, 12.2: how pages stand side by side */
        buf_text(&text, "/Direction/R2L");
    buf_text(&text, ">>");
    if (metadata.page_labels_from_one)
        buf_text(&text, "/PageLabels<</Nums[0<</S/D>>]>>");
    object_raw(catalog, buf_view(&text));
    buf_done(&text);
    if (!metadata.sealed)
        write_output_intent(objects);
    return xmp;
}
