/* Times whole commands from outside, in turns, so that a drift of the machine meets all of them alike:
 *   measure ROUNDS COMMAND [-- COMMAND]...
 * Prints for each: median, least and most wall milliseconds, CPU milliseconds, peak memory, and its ratio to
 * the first command, taken round by round: the median, and the quarters between which half of the rounds lie.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_COMMANDS = 8, MOST_ROUNDS = 1000 };

struct sample {
    double wall_ms, cpu_ms;
    long peak_kib;
};

static struct sample samples[MOST_COMMANDS][MOST_ROUNDS];

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static struct sample run(char **argv)
{
    double start = now_ms();
    pid_t child = vfork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        execvp(argv[0], argv);
        _exit(127);
    }
    int status = 0;
    struct rusage usage = {0};
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "measure: %s failed\n", argv[0]);
        exit(1);
    }
    double cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
                 (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
    return (struct sample){now_ms() - start, cpu, usage.ru_maxrss};
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

int main(int argc, char **argv)
{
    char **commands[MOST_COMMANDS];
    int count = 0, rounds = argc > 2 ? atoi(argv[1]) : 0;
    if (rounds < 1 || rounds > MOST_ROUNDS) {
        fprintf(stderr, "usage: measure ROUNDS COMMAND [-- COMMAND]...\n");
        return 2;
    }
    commands[count++] = argv + 2;
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], "--") == 0) {
            argv[i] = NULL;
            if (count < MOST_COMMANDS)
                commands[count++] = argv + i + 1;
        }
    for (int c = 0; c < count; c++)
        run(commands[c]);
    for (int round = 0; round < rounds; round++)
        for (int c = 0; c < count; c++)
            samples[c][round] = run(commands[c]);
    printf("%-28s %9s %8s %8s %8s %9s %8s %15s\n", "command", "wall ms", "least", "most", "CPU ms",
           "peak MiB", "ratio", "half of them");
    for (int c = 0; c < count; c++) {
        static double wall[MOST_ROUNDS], cpu[MOST_ROUNDS], ratio[MOST_ROUNDS];
        long peak = 0;
        for (int round = 0; round < rounds; round++) {
            wall[round] = samples[c][round].wall_ms;
            cpu[round] = samples[c][round].cpu_ms;
            ratio[round] = samples[c][round].wall_ms / samples[0][round].wall_ms;
            if (samples[c][round].peak_kib > peak)
                peak = samples[c][round].peak_kib;
        }
        const char *name = strrchr(commands[c][0], '/');
        double middle = median(wall, rounds);
        double middle_ratio = median(ratio, rounds);
        printf("%-28s %9.2f %8.2f %8.2f %8.2f %9.1f %8.3f %7.3f-%.3f\n", name ? name + 1 : commands[c][0],
               middle, wall[0], wall[rounds - 1], median(cpu, rounds), (double)peak / 1024, middle_ratio,
               ratio[rounds / 4], ratio[rounds - 1 - rounds / 4]);
    }
    return 0;
}
