/* One process, many documents: warm [--two] [--to FOLDER] ROUNDS HOUSE FONTS SPEC... Reads, lays out and
 * writes the specs in turns, ROUNDS documents in all, as a batch worker does: house and fonts are read once.
 * Prints the median milliseconds of each phase, the bytes and pages, and the memory that is resident early
 * and late. With FOLDER each document is also written to a file there, of the spec's name, without fsync.
 * --two: a second thread helps. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/heap.h"
#include "cli/fonts_config.h"
#include "compile.h"
#include "diag/render.h"
#include "spec/spec_read.h"
#include "yaml/yaml_tree.h"

/* The last rounds are timed: so many, that timing takes no memory to speak of. */
enum { MOST_ROUNDS = 100000, TIMED = 2000 };

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* Resident now: all pages, and those that are the process's own (statm of proc(5), in pages). */
struct memory {
    double all_mib, own_mib;
};

static struct memory memory_now(void)
{
    struct memory memory = {0};
    unsigned long size = 0, resident = 0, shared = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file && fscanf(file, "%lu %lu %lu", &size, &resident, &shared) == 3) {
        double page_mib = (double)sysconf(_SC_PAGESIZE) / (1024 * 1024);
        memory = (struct memory){(double)resident * page_mib, (double)(resident - shared) * page_mib};
    }
    if (file)
        fclose(file);
    return memory;
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

static void write_file(const char *folder, const char *spec_path, struct str pdf)
{
    const char *name = strrchr(spec_path, '/');
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.pdf", folder, name ? name + 1 : spec_path);
    FILE *file = fopen(path, "w");
    if (!file || fwrite(pdf.p, 1, pdf.n, file) != pdf.n || fclose(file) != 0) {
        fprintf(stderr, "warm: cannot write %s\n", path);
        exit(1);
    }
}

static struct timing one(const struct compile_context *context, const char *spec_path,
                         const struct house *house, const char *folder)
{
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    struct timing timing = {0};
    double start = now_ms();
    struct diag_source *source = spec_open(&arena, spec_path, YAML_MAX_BYTES, &diags);
    struct spec_lint lint = {.diags = NULL};
    struct spec *spec =
        source ? spec_load_aside(&arena, source, NULL, house, &diags, context->aside, &lint) : NULL;
    if (!spec)
        fail(&diags);
    timing.read_ms = now_ms() - start;
    struct compile_options options = {.edition.date = spec->as_of.date};
    struct buf pdf = {0};
    if (!compile_pdf(context, spec, house, &options, &pdf, &timing.pages, &diags))
        fail(&diags);
    spec_lint_finish(&lint, context->aside);
    if (folder)
        write_file(folder, spec_path, buf_view(&pdf));
    timing.whole_ms = now_ms() - start;
    timing.bytes = pdf.n;
    buf_done(&pdf);
    arena_done(&arena);
    return timing;
}

static void print_times(double *read_ms, double *whole_ms, int rounds, double first)
{
    qsort(read_ms, (size_t)rounds, sizeof *read_ms, compare);
    qsort(whole_ms, (size_t)rounds, sizeof *whole_ms, compare);
    printf("warm: %.2f ms a document (median of %d; a quarter under %.2f, three under %.2f; least %.2f; the "
           "first %.2f), "
           "of which reading and checking %.2f\n",
           whole_ms[rounds / 2], rounds, whole_ms[rounds / 4], whole_ms[rounds - 1 - rounds / 4], whole_ms[0],
           first, read_ms[rounds / 2]);
}

int main(int argc, char **argv)
{
    const char *folder = NULL;
    bool two = argc > 1 && strcmp(argv[1], "--two") == 0;
    heap_keep(); /* as the program does */
    argc -= two;
    argv += two;
    if (argc > 2 && strcmp(argv[1], "--to") == 0) {
        folder = argv[2];
        argc -= 2;
        argv += 2;
    }
    int rounds = argc >= 5 ? atoi(argv[1]) : 0;
    if (rounds < 1 || rounds > MOST_ROUNDS) {
        fprintf(stderr, "usage: warm [--two] [--to FOLDER] ROUNDS HOUSE FONTS SPEC...\n");
        return 2;
    }
    hash_hurry();
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    struct text_font_config *config = fonts_config_read(&arena, argv[3], &diags);
    struct diag_source *source = spec_open(&arena, argv[2], YAML_MAX_BYTES, &diags);
    struct house *house = source ? house_read(&arena, source, &diags) : NULL;
    if (!config || !house)
        fail(&diags);
    struct text_fonts *fonts = text_fonts_open(config);
    struct compile_context context = {text_engine_open(fonts), pdf_writer_open(), image_cache_open(), NULL, NULL};
    text_engine_remember(context.engine);
    struct aside *aside = two ? aside_open() : NULL;
    compile_hurry(&context, aside);
    static double read_ms[TIMED], whole_ms[TIMED];
    struct memory early = {0};
    size_t bytes = 0, pages = 0;
    double first_ms = 0;
    for (int i = 0; i < rounds; i++) {
        struct timing timing = one(&context, argv[4 + i % (argc - 4)], house, folder);
        read_ms[i % TIMED] = timing.read_ms;
        whole_ms[i % TIMED] = timing.whole_ms;
        first_ms = i == 0 ? timing.whole_ms : first_ms;
        bytes += timing.bytes;
        pages += timing.pages;
        if (i == 9)
            early = memory_now();
    }
    struct memory late = memory_now();
    print_times(read_ms, whole_ms, rounds < TIMED ? rounds : TIMED, first_ms);
    printf("      %.1f pages and %zu bytes a document; resident after 10 and after %d: %.1f and %.1f MiB "
           "(own pages %.1f "
           "and %.1f)\n",
           (double)pages / rounds, bytes / (size_t)rounds, rounds, early.all_mib, late.all_mib, early.own_mib,
           late.own_mib);
    compile_hurry(&context, NULL);
    aside_close(aside);
    image_cache_close(context.images);
    pdf_writer_close(context.writer);
    text_engine_close(context.engine);
    text_fonts_close(fonts);
    arena_done(&arena);
    return 0;
}
