/* Personal copies of one edition: copies SPEC HOUSE FONTS FOLDER COPIES. Lays the edition out once and stamps
 * COPIES copies, with line and with strong marks: in memory, and as files in FOLDER (made, filled and emptied
 * here) by one process and by two, without and with fsync. Prints copies a second, the first one's cost
 * aside, and the processor's time for each, which says more on a machine that has other work. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/fonts_config.h"
#include "compile.h"
#include "diag/render.h"
#include "spec/spec_read.h"
#include "yaml/yaml_tree.h"

enum { SYNCED = 1000 /* copies, at most, with fsync: a disk takes milliseconds for one */ };

struct bench {
    struct arena arena;
    struct diags diags;
    const struct spec *spec;
    const struct house *house;
    struct compile_context context;
    struct compiled *compiled;
    const char *folder;
    struct copy_key key;
};

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* Of all processes that have ended, kernel included. */
static double children_ms(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static double own_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void fail(struct bench *bench, const char *what)
{
    struct buf out = {0};
    diag_render_text(&out, &bench->diags, false);
    fwrite(out.p, 1, out.n, stderr);
    fprintf(stderr, "copies: %s\n", what);
    exit(1);
}

/* One copy, with all that a batch computes for it. */
static void stamp(struct bench *bench, int number, struct buf *out)
{
    char member[32];
    snprintf(member, sizeof member, "M-%06d", number);
    const struct compile_facts *facts = compile_facts(bench->compiled);
    const struct copy_subject subject = {str_from(member), facts->entity, facts->edition, facts->tier};
    struct copy_id id = copy_id_make(&bench->key, &subject);
    unsigned char digest[32];
    buf_clear(out);
    if (!compile_copy(bench->compiled, &id, &(struct pdf_seal_options){0}, out, &bench->diags))
        fail(bench, "a copy failed");
    compile_copy_digest(bench->compiled, buf_view(out), digest);
}

static void put(struct bench *bench, int number, bool sync, struct buf *out)
{
    char path[4096], from[4096];
    const char *why = NULL;
    struct file_temporary made;
    stamp(bench, number, out);
    snprintf(path, sizeof path, "%s/%06d.pdf", bench->folder, number);
    if (!file_write_temporary(path, buf_view(out), sync, &made, &why))
        fail(bench, why);
    snprintf(from, sizeof from, "%s/%s", bench->folder, made.name);
    if (rename(from, path) != 0)
        fail(bench, strerror(errno));
}

static void empty(struct bench *bench, int copies)
{
    char path[4096];
    for (int i = 0; i < copies; i++) {
        snprintf(path, sizeof path, "%s/%06d.pdf", bench->folder, i);
        unlink(path);
    }
}

static void write_files(struct bench *bench, int copies, int processes, bool sync)
{
    double start = now_ms(), used = children_ms();
    for (int p = 0; p < processes; p++) {
        pid_t child = fork();
        if (child < 0)
            fail(bench, "no process");
        if (child == 0) {
            struct buf out = {0};
            for (int i = p; i < copies; i += processes)
                put(bench, i, sync, &out);
            _exit(0);
        }
    }
    int status = 0;
    while (wait(&status) > 0)
        if (status != 0)
            fail(bench, "a process failed");
    double took = now_ms() - start;
    printf("    %d files by %d process%s%s: %.0f a second; %.0f us of processor a copy\n", copies, processes,
           processes > 1 ? "es" : "", sync ? ", with fsync" : "", copies / took * 1e3,
           (children_ms() - used) * 1e3 / copies);
    fflush(stdout);
    empty(bench, copies);
}

static void measure(struct bench *bench, int copies, bool strong)
{
    struct compile_options options = {
        .edition.date = bench->spec->as_of.date, .personal = true, .strong_marks = strong};
    struct buf out = {0};
    bench->compiled = compile_open(&bench->context, bench->spec, bench->house, &options, &bench->diags);
    if (!bench->compiled)
        fail(bench, "the edition failed");
    double start = now_ms();
    stamp(bench, 0, &out);
    double first = now_ms() - start;
    start = own_ms();
    for (int i = 0; i < copies; i++)
        stamp(bench, i, &out);
    double took = own_ms() - start;
    printf("%s: %zu pages, %zu bytes; the first %.1f ms, then %.1f us of processor a copy in memory\n",
           strong ? "marks: strong" : "marks: line", compile_facts(bench->compiled)->pages, out.n, first,
           took * 1e3 / copies);
    fflush(stdout);
    int synced = copies < SYNCED ? copies : SYNCED;
    write_files(bench, copies, 1, false);
    write_files(bench, copies, 2, false);
    write_files(bench, synced, 1, true);
    write_files(bench, synced, 2, true);
    buf_done(&out);
    compile_close(bench->compiled);
}

int main(int argc, char **argv)
{
    int copies = argc == 6 ? atoi(argv[5]) : 0;
    if (copies < 10 || copies > 1000000) {
        fprintf(stderr, "usage: copies SPEC HOUSE FONTS FOLDER COPIES (10 or more)\n");
        return 2;
    }
    struct bench bench = {.folder = argv[4]};
    arena_init(&bench.arena);
    diags_init(&bench.diags, &bench.arena);
    if (copy_key_make(STR("a key for measuring, known to all, of more than thirty-two bytes"), &bench.key))
        fail(&bench, "the key");
    if (mkdir(bench.folder, 0777) != 0 && errno != EEXIST)
        fail(&bench, strerror(errno));
    struct diag_source *house = spec_open(&bench.arena, argv[2], YAML_MAX_BYTES, &bench.diags);
    bench.house = house ? house_read(&bench.arena, house, &bench.diags) : NULL;
    struct diag_source *spec = spec_open(&bench.arena, argv[1], YAML_MAX_BYTES, &bench.diags);
    bench.spec = spec ? spec_load(&bench.arena, spec, NULL, bench.house, &bench.diags) : NULL;
    struct text_font_config *config = fonts_config_read(&bench.arena, argv[3], &bench.diags);
    if (!bench.house || !bench.spec || !config)
        fail(&bench, "reading failed");
    struct text_fonts *fonts = text_fonts_open(config);
    bench.context = (struct compile_context){text_engine_open(fonts), pdf_writer_open(), NULL, NULL, NULL};
    measure(&bench, copies, false);
    measure(&bench, copies, true);
    pdf_writer_close(bench.context.writer);
    text_engine_close(bench.context.engine);
    text_fonts_close(fonts);
    arena_done(&bench.arena);
    return 0;
}
