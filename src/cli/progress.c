/* Drawing progress on standard error. */
#include "cli/progress.h"

#include <inttypes.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"

enum { PLAIN_MS = 5000, DRAW_MS = 100, WIDTH = 80, BAR = 20 };

static void put(struct buf *text)
{
    const char *ignored = NULL; /* progress is a courtesy */
    (void)!file_write_fd(2, buf_view(text), &ignored);
    buf_done(text);
}

void progress_open(struct progress *progress, const struct options *options)
{
    const char *when = options->value[OPTION_PROGRESS];
    bool always = when && strcmp(when, "always") == 0, never = when && strcmp(when, "never") == 0;
    *progress =
        (struct progress){.quiet = options->given[OPTION_QUIET], .terminal = isatty(2) == 1, .last_ms = -1};
    progress->shown = always || (!never && !progress->quiet);
    if (always && !progress->terminal)
        progress->last_ms = -PLAIN_MS; /* the first line at once */
}

static size_t width(void)
{
    struct winsize size;
    return ioctl(2, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : WIDTH;
}

/* "1:05 h", "3:20 min", "12 s" */
static void put_time(struct buf *line, int64_t ms)
{
    int64_t seconds = (ms + 999) / 1000, minutes = seconds / 60;
    if (minutes >= 60)
        buf_printf(line, "%" PRId64 ":%02" PRId64 " h", minutes / 60, minutes % 60);
    else if (minutes)
        buf_printf(line, "%" PRId64 ":%02" PRId64 " min", minutes, seconds % 60);
    else
        buf_printf(line, "%" PRId64 " s", seconds);
}

static void put_counts(struct buf *line, const struct batch_progress *state)
{
    size_t done = state->made + state->kept + state->failed, worked = state->made + state->failed;
    buf_printf(line, "%zu of %zu", done, state->planned);
    if (state->kept)
        buf_printf(line, ", %zu kept", state->kept);
    if (state->failed)
        buf_printf(line, ", %zu failed", state->failed);
    if (worked && state->elapsed_ms > 0) {
        int64_t tenths = (int64_t)worked * 10000 / state->elapsed_ms;
        if (tenths >= 100)
            buf_printf(line, " · %" PRId64 " a second", tenths / 10);
        else
            buf_printf(line, " · %" PRId64 ".%" PRId64 " a second", tenths / 10, tenths % 10);
        buf_text(line, " · ");
        put_time(line, (int64_t)(state->planned - done) * state->elapsed_ms / (int64_t)worked);
        buf_text(line, " left");
    }
}

static void put_bar(struct buf *line, const struct batch_progress *state)
{
    size_t done = state->made + state->kept + state->failed;
    size_t full = state->planned ? done * BAR / state->planned : 0;
    for (size_t i = 0; i < BAR; i++)
        buf_text(line, i < full ? "█" : "░");
    buf_char(line, ' ');
}

/* Cut at the width of the terminal, so that it stays one line. */
static struct str clipped(struct str line, size_t columns)
{
    size_t at = 0;
    while (at < line.n) {
        size_t end = utf8_cluster_end(line, at);
        if (utf8_width(str_slice(line, 0, end)) >= columns)
            break;
        at = end;
    }
    return str_slice(line, 0, at);
}

static void draw(struct progress *progress, const struct batch_progress *state)
{
    struct buf line = {0}, out = {0};
    put_bar(&line, state);
    put_counts(&line, state);
    if (state->current.n)
        buf_printf(&line, " · " STR_FMT, STR_ARG(state->current));
    buf_text(&out, "\r\x1b[K");
    buf_str(&out, clipped(buf_view(&line), width()));
    buf_done(&line);
    put(&out);
    progress->drawn = true;
}

void progress_clear(struct progress *progress)
{
    if (!progress->drawn)
        return;
    struct buf out = {0};
    buf_text(&out, "\r\x1b[K");
    put(&out);
    progress->drawn = false;
}

void progress_tell(void *self, const struct batch_progress *state)
{
    struct progress *progress = self;
    if (state->finished)
        progress_clear(progress);
    if (!progress->shown || state->finished)
        return;
    if (progress->last_ms == -1)
        progress->last_ms = 0;
    if (state->elapsed_ms - progress->last_ms < (progress->terminal ? DRAW_MS : PLAIN_MS))
        return;
    progress->last_ms = state->elapsed_ms;
    if (progress->terminal) {
        draw(progress, state);
        return;
    }
    struct buf line = {0};
    put_counts(&line, state);
    buf_char(&line, '\n');
    put(&line);
}

void progress_diagnostic(void *self, struct str text, bool is_error)
{
    struct progress *progress = self;
    if (progress->quiet && !is_error)
        return;
    progress_clear(progress);
    struct buf out = {0};
    buf_str(&out, text);
    put(&out);
}
