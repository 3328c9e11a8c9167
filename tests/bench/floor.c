/* The baseline: the cheapest honest program that sets the same words with libharu as it comes: floor TEXT
 * FONT OUT. Greedy ragged lines, one embedded face, no tags, no structure. What briefing takes is told as a
 * ratio to it. */
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    (void)data;
    fprintf(stderr, "floor: libharu error %lx, %lx\n", (unsigned long)error, (unsigned long)detail);
    exit(1);
}

static HPDF_Page new_page(HPDF_Doc pdf, HPDF_Font font)
{
    HPDF_Page page = HPDF_AddPage(pdf);
    HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    HPDF_Page_SetFontAndSize(page, font, 10.3f);
    HPDF_Page_SetTextLeading(page, 14);
    HPDF_Page_BeginText(page);
    HPDF_Page_MoveTextPos(page, 72, 760);
    return page;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    FILE *in = fopen(argv[1], "r");
    if (!in)
        return 3;
    HPDF_Doc pdf = HPDF_New(on_error, NULL);
    HPDF_SetCompressionMode(pdf, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(pdf);
    HPDF_Font font = HPDF_GetFont(pdf, HPDF_LoadTTFontFromFile(pdf, argv[2], HPDF_TRUE), "UTF-8");
    char line[4096], text[4096];
    int lines = 0;
    HPDF_Page page = new_page(pdf, font);
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = 0;
        for (const char *rest = line; *rest;) {
            HPDF_REAL width;
            HPDF_UINT n = HPDF_Page_MeasureText(page, rest, 380, HPDF_TRUE, &width);
            if (n == 0)
                n = (HPDF_UINT)strlen(rest);
            memcpy(text, rest, n);
            text[n] = 0;
            HPDF_Page_ShowTextNextLine(page, text);
            rest += n;
            if (++lines % 48 == 0) {
                HPDF_Page_EndText(page);
                page = new_page(pdf, font);
            }
        }
    }
    HPDF_Page_EndText(page);
    fclose(in);
    HPDF_STATUS status = HPDF_SaveToFile(pdf, argv[3]);
    HPDF_Free(pdf);
    return status == HPDF_OK ? 0 : 3;
}
