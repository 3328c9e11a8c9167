/* One process, many documents: warm SPEC HOUSE FONTS ROUNDS. Reads, lays out and writes the PDF ROUNDS times
 * as a batch worker would, and prints the median milliseconds of each phase, the bytes, and the peak memory
 * early and late. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "cli/fonts_config.h"
#include "compile.h"
#include "diag/render.h"
#include "spec/spec_read.h"
#include "yaml/yaml_tree.h"

enum { MOST_ROUNDS = 100000 };

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static long peak_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void fail(struct diags *diags)
{
    struct buf out = {0};
    diag_render_text(&out, diags, false);
    fwrite(out.p, 1, out.n, stderr);
    exit(1);
}

struct timing {
    double read_ms, whole_ms;
    size_t bytes, pages;
};

static struct timing one(const struct compile_context *context, const char *spec_path, const char *house_path)
{
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    struct timing timing = {0};
    double start = now_ms();
    struct diag_source *house_source = spec_open(&arena, house_path, YAML_MAX_BYTES, &diags);
    struct house *house = house_source ? house_read(&arena, house_source, &diags) : NULL;
    struct diag_source *source = spec_open(&arena, spec_path, YAML_MAX_BYTES, &diags);
    struct spec *spec = source ? spec_load(&arena, source, NULL, house, &diags) : NULL;
    if (!house || !spec)
        fail(&diags);
    timing.read_ms = now_ms() - start;
    struct compile_options options = {.edition.date = spec->as_of.date};
    struct buf pdf = {0};
    if (!compile_pdf(context, spec, house, &options, &pdf, &timing.pages, &diags))
        fail(&diags);
    timing.whole_ms = now_ms() - start;
    timing.bytes = pdf.n;
    buf_done(&pdf);
    arena_done(&arena);
    return timing;
}

int main(int argc, char **argv)
{
    int rounds = argc == 5 ? atoi(argv[4]) : 0;
    if (rounds < 10 || rounds > MOST_ROUNDS) {
        fprintf(stderr, "usage: warm SPEC HOUSE FONTS ROUNDS (10 or more)\n");
        return 2;
    }
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    struct text_font_config *config = fonts_config_read(&arena, argv[3], &diags);
    if (!config)
        fail(&diags);
    struct text_fonts *fonts = text_fonts_open(config);
    struct compile_context context = {text_engine_open(fonts), pdf_writer_open()};
    static double read_ms[MOST_ROUNDS], whole_ms[MOST_ROUNDS];
    struct timing timing = {0};
    double first = 0;
    long early = 0;
    for (int i = 0; i < rounds; i++) {
        timing = one(&context, argv[1], argv[2]);
        read_ms[i] = timing.read_ms;
        whole_ms[i] = timing.whole_ms;
        if (i == 0)
            first = timing.whole_ms;
        if (i == 9)
            early = peak_kib();
    }
    qsort(read_ms, (size_t)rounds, sizeof *read_ms, compare);
    qsort(whole_ms, (size_t)rounds, sizeof *whole_ms, compare);
    printf("warm: %.2f ms a document (median of %d; least %.2f; the first %.2f), of which reading and "
           "checking %.2f\n",
           whole_ms[rounds / 2], rounds, whole_ms[0], first, read_ms[rounds / 2]);
    printf("      %zu pages, %zu bytes; peak memory %.1f MiB after 10, %.1f MiB after %d\n", timing.pages,
           timing.bytes, (double)early / 1024, (double)peak_kib() / 1024, rounds);
    pdf_writer_close(context.writer);
    text_engine_close(context.engine);
    text_fonts_close(fonts);
    arena_done(&arena);
    return 0;
}
