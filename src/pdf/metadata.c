/* Metadata, said twice and alike: in the information dictionary and in XMP. */
#include "pdf/metadata.h"

#include "base/language.h"
#include "base/utf8.h"
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
        else
            buf_char(out, c);
    }
}

static void put_property(struct buf *out, const char *name, struct str value)
{
    if (value.n == 0)
        return;
    buf_printf(out, "<%s>", name);
    put_xml(out, value);
    buf_printf(out, "</%s>\n", name);
}

/* container: Alt (with its default language), Seq or Bag. */
static void put_list(struct buf *out, const char *name, const char *container, struct str value)
{
    if (value.n == 0)
        return;
    bool alternatives = container[0] == 'A';
    buf_printf(out, "<%s><rdf:%s><rdf:li%s>", name, container, alternatives ? " xml:lang=\"x-default\"" : "");
    put_xml(out, value);
    buf_printf(out, "</rdf:li></rdf:%s></%s>\n", container, name);
}

struct property {
    const char *name, *type, *meaning;
};

static void put_schema(struct buf *out, const char *name, const char *uri, const char *prefix,
                       const struct property *properties, size_t count)
{
    buf_printf(out,
               "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>%s</pdfaSchema:schema>"
               "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI><pdfaSchema:prefix>%s</pdfaSchema:prefix>"
               "<pdfaSchema:property><rdf:Seq>\n",
               name, uri, prefix);
    for (size_t i = 0; i < count; i++)
        buf_printf(out,
                   "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>%s</pdfaProperty:name>"
                   "<pdfaProperty:valueType>%s</pdfaProperty:valueType>"
                   "<pdfaProperty:category>internal</pdfaProperty:category>"
                   "<pdfaProperty:description>%s</pdfaProperty:description></rdf:li>\n",
                   properties[i].name, properties[i].type, properties[i].meaning);
    buf_text(out, "</rdf:Seq></pdfaSchema:property></rdf:li>\n");
}

#define BRIEFING_NAMESPACE "urn:x-briefing:ns:1.0:"
#define PDFUA_NAMESPACE "http://www.aiim.org/pdfua/ns/id/"

/* Schemas that PDF/A does not know must be described in the file (ISO 19005-3, 6.6.2.3). */
static void put_extensions(struct buf *out, bool is_copy)
{
    static const struct property ua[] = {{"part", "Integer", "Part of ISO 14289"}};
    static const struct property own[] = {
        {"entity", "Text", "Entity that is briefed on"},
        {"edition", "Text", "Edition of the briefing"},
        {"tier", "Text", "Tier of readers"},
        {"digest", "Text", "Digest of the edition's content"},
        {"copy", "Text", "Id of a personal copy"}, /* last: other PDFs do not have it */
    };
    buf_text(out, "<pdfaExtension:schemas><rdf:Bag>\n");
    put_schema(out, "PDF/UA identification", PDFUA_NAMESPACE, "pdfuaid", ua, 1);
    put_schema(out, "Briefing", BRIEFING_NAMESPACE, "briefing", own, sizeof own / sizeof *own - (is_copy ? 0 : 1));
    buf_text(out, "</rdf:Bag></pdfaExtension:schemas>\n");
}

static void put_date(struct buf *out, const char *name, struct date date)
{
    date = date_first(date);
    buf_printf(out, "<%s>%04d-%02d-%02dT00:00:00Z</%s>\n", name, date.year, date.month, date.day, name);
}

static void put_packet(struct buf *out, const struct pdf_metadata *metadata)
{
    buf_text(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                  "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                  " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
                  " xmlns:pdfuaid=\"" PDFUA_NAMESPACE "\" xmlns:briefing=\"" BRIEFING_NAMESPACE "\"");
    if (!metadata->sealed)
        buf_text(out, "\n xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                      " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                      " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                      " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"");
    buf_text(out, ">\n<pdfuaid:part>1</pdfuaid:part>\n<dc:format>application/pdf</dc:format>\n");
    if (!metadata->sealed)
        buf_text(out, "<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n");
    put_list(out, "dc:title", "Alt", metadata->title);
    put_list(out, "dc:creator", "Seq", metadata->author);
    put_list(out, "dc:description", "Alt", metadata->subject);
    put_list(out, "dc:language", "Bag", metadata->language);
    put_property(out, "pdf:Keywords", metadata->keywords);
    put_property(out, "pdf:Producer", metadata->producer);
    put_property(out, "xmp:CreatorTool", metadata->creator);
    if (date_is_set(metadata->date)) {
        put_date(out, "xmp:CreateDate", metadata->date);
        put_date(out, "xmp:ModifyDate", metadata->date);
    }
    put_property(out, "briefing:entity", metadata->entity);
    put_property(out, "briefing:edition", metadata->edition);
    put_property(out, "briefing:tier", metadata->tier);
    put_property(out, "briefing:digest", metadata->digest);
    put_property(out, METADATA_COPY, metadata->copy);
    if (!metadata->sealed)
        put_extensions(out, metadata->copy.n > 0);
    buf_text(out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
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
    object_deflate(profile, icc_srgb());
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
        object_deflate(xmp, buf_view(&text));

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
