/* What a PDF says of itself. */
#ifndef BRIEFING_PDF_INSPECT_H
#define BRIEFING_PDF_INSPECT_H

#include "diag/diag.h"

/* A file in YAML that is attached: a spec, for what we know. */
struct pdf_attached {
    struct str name, type;
    struct str content; /* empty when it cannot be unpacked */
};

/* All texts are as the file has them, whoever made it, but valid UTF-8 and of at most 4096 bytes; empty: not
 * told. */
struct pdf_facts {
    struct str version; /* of PDF: "1.7" */
    size_t pages;
    bool sealed, linearized, tagged;
    struct str title, language, producer;
    struct str entity, edition, tier, copy, edition_digest;
    struct str pdfa_part, pdfa_conformance, pdfua_part; /* what is claimed: "3", "A", "1" */
    struct pdf_attached *specs; /* in the order of the file: of a compendium, of its briefings */
    size_t spec_count;
};

/* Reads a whole PDF. false with a diagnostic about the file called name when it is none, is damaged, or does
 * not open with the password (NULL: none). libqpdf unpacks object streams without a bound: whoever reads
 * files of others limits the memory and time of the process. */
bool pdf_inspect(struct arena *arena, struct str file, const char *name, const char *password,
                 struct pdf_facts *facts, struct diags *diags);

#endif
