/* The log of a run: JSON lines, each written in one go to the end of the file, so that shards may share it.
 */
#include "batch/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "batch/manifest_json.h"

struct batch_log {
    int fd;
    bool failed;
    char *path;
    struct diags *diags;
};

struct batch_log *batch_log_open(const char *path, struct diags *diags)
{
    bool console = strcmp(path, "-") == 0;
    int fd = console ? 2 : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0666);
    if (fd < 0) {
        diag_add(diags, DIAG_CANNOT_WRITE, span_none(), "cannot write the log %s: %s", path,
                 file_reason(errno));
        return NULL;
    }
    struct batch_log *log = base_malloc(sizeof *log);
    size_t n = strlen(path) + 1;
    *log = (struct batch_log){.fd = fd, .path = memcpy(base_malloc(n), path, n), .diags = diags};
    return log;
}

void batch_log_close(struct batch_log *log)
{
    if (!log)
        return;
    if (log->fd != 2)
        close(log->fd);
    free(log->path);
    free(log);
}

/* ISO 8601, UTC, with milliseconds. */
static json_t *json_time(int64_t now_ms)
{
    struct arena scratch;
    arena_init(&scratch);
    int64_t seconds = now_ms / 1000, ms = now_ms % 1000;
    if (ms < 0) {
        ms += 1000;
        seconds--;
    }
    int64_t of_day = (seconds % 86400 + 86400) % 86400;
    struct str day = date_iso(&scratch, date_from_epoch(seconds));
    json_t *value =
        json_text(str_printf(&scratch, STR_FMT "T%02d:%02d:%02d.%03dZ", STR_ARG(day), (int)(of_day / 3600),
                             (int)(of_day / 60 % 60), (int)(of_day % 60), (int)ms));
    arena_done(&scratch);
    return value;
}

static json_t *line_new(int64_t now_ms, const char *event)
{
    json_t *object = json_need(json_object());
    json_put(object, "time", json_time(now_ms));
    json_put(object, "event", json_string(event));
    return object;
}

static void put_text(json_t *object, const char *key, struct str text)
{
    if (text.n)
        json_put(object, key, json_text(text));
}

static void write_line(struct batch_log *log, json_t *object)
{
    struct buf line = {0};
    const char *why;
    json_write(&line, object, JSON_COMPACT);
    buf_char(&line, '\n');
    if (!log->failed && !file_write_fd(log->fd, buf_view(&line), &why)) {
        diag_add(log->diags, DIAG_CANNOT_WRITE, span_none(), "cannot write the log %s: %s", log->path, why);
        log->failed = true;
    }
    buf_done(&line);
}

void batch_log_run(struct batch_log *log, int64_t now_ms, const struct manifest_head *head, size_t planned,
                   unsigned jobs)
{
    if (!log)
        return;
    json_t *object = line_new(now_ms, "run");
    put_text(object, "run", head->name);
    put_text(object, "edition", head->edition);
    put_text(object, "program", head->program);
    if (head->shards) {
        json_put(object, "shard", json_integer(head->shard));
        json_put(object, "shards", json_integer(head->shards));
    }
    json_put(object, "planned", json_integer((json_int_t)planned));
    json_put(object, "jobs", json_integer(jobs));
    write_line(log, object);
}

void batch_log_output(struct batch_log *log, int64_t now_ms, const char *event,
                      const struct ledger_output *output, int64_t took_us)
{
    if (!log)
        return;
    json_t *object = line_new(now_ms, event);
    put_text(object, "path", output->path);
    put_text(object, "kind", output->kind);
    put_text(object, "entity", output->entity);
    put_text(object, "edition", output->edition);
    put_text(object, "tier", output->tier);
    put_text(object, "member", output->member);
    put_text(object, "copy", output->copy);
    if (output->state != LEDGER_FAILED) {
        json_put(object, "pages", json_integer(output->pages));
        json_put(object, "bytes", json_integer(output->bytes));
    }
    json_put(object, "took_us", json_integer(took_us));
    json_t *diagnostics = manifest_diagnostics(output->diagnostics);
    if (json_array_size(diagnostics))
        json_put(object, "diagnostics", diagnostics);
    else
        json_decref(diagnostics);
    write_line(log, object);
}

void batch_log_worker(struct batch_log *log, int64_t now_ms, int pid, const char *what, struct str path)
{
    if (!log)
        return;
    json_t *object = line_new(now_ms, "worker");
    json_put(object, "pid", json_integer(pid));
    json_put(object, "what", json_string(what));
    put_text(object, "path", path);
    write_line(log, object);
}

void batch_log_end(struct batch_log *log, int64_t now_ms, size_t made, size_t kept, size_t failed,
                   int64_t took_ms)
{
    if (!log)
        return;
    json_t *object = line_new(now_ms, "end");
    json_put(object, "made", json_integer((json_int_t)made));
    json_put(object, "kept", json_integer((json_int_t)kept));
    json_put(object, "failed", json_integer((json_int_t)failed));
    json_put(object, "took_ms", json_integer(took_ms));
    write_line(log, object);
}
