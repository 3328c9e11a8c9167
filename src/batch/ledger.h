/* The ledger: what was made from what, for whom, and how each edition was scored. An SQLite file with one
 * writer at a time, shared by the editions of a house. */
#ifndef BRIEFING_BATCH_LEDGER_H
#define BRIEFING_BATCH_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "diag/diag.h"

struct ledger;

/* Opens or makes a ledger; waits up to wait_ms for another process that holds it. Writers make missing parent
 * folders. NULL with a diagnostic: cannot be opened, is locked, is no ledger, is of a later version.
 * read_only: a missing or empty file is no error but gives NULL without a diagnostic. Its locks are of POSIX
 * (fcntl): whoever opens and closes the same file by other means in this process gives them up. */
struct ledger *ledger_open(const char *path, bool read_only, int wait_ms, struct diags *diags);
/* For writing, by who begins a run at once: a new ledger is there when the first transaction is committed.
 * Without sync nobody waits for the disk: a killed process still loses nothing, a power cut may lose the
 * ledger. */
struct ledger *ledger_open_for_run(const char *path, bool sync, int wait_ms, struct diags *diags);
void ledger_close(struct ledger *ledger);

/* Every call below returns false with a diagnostic (ledger, machine) when the file fails. Strings that come
 * back live in the arena given, or, of _each, until the callback returns. */

/* One transaction. A killed process leaves what was committed last. */
bool ledger_begin(struct ledger *ledger, struct diags *diags);
bool ledger_commit(struct ledger *ledger, struct diags *diags);
/* Forgets an open transaction; nothing where there is none. ledger_close does so too. */
bool ledger_rollback(struct ledger *ledger, struct diags *diags);
/* In a transaction: what is put after ledger_mark is forgotten by ledger_back, and nothing else. */
bool ledger_mark(struct ledger *ledger, struct diags *diags);
bool ledger_back(struct ledger *ledger, struct diags *diags);

struct ledger_run {
    struct str name, folder; /* folder of the outputs, as ledger_folder makes it */
    struct str edition, program;
    unsigned shard, shards;       /* 0, 0: whole */
    int64_t started_ms, ended_ms; /* ended 0: still running, or killed */
    struct str status;            /* "running", "done", "failed", "killed" */
};
/* Starts a record; or, with resume, goes on with the last one of that name, folder and shard if it is
 * unfinished. Without, an unfinished one is marked as killed: whoever starts a run holds the lock of its
 * outputs. */
bool ledger_run_begin(struct ledger *ledger, const struct ledger_run *run, bool resume, int64_t *id,
                      struct diags *diags);
bool ledger_run_end(struct ledger *ledger, int64_t id, int64_t ended_ms, struct str status,
                    struct diags *diags);
/* The last run of a folder by a shard (0, 0: of a whole run); *id 0 when there is none. */
bool ledger_run_last(struct ledger *ledger, struct arena *arena, struct str folder, unsigned shard,
                     unsigned shards, struct ledger_run *run, int64_t *id, struct diags *diags);
/* All runs, oldest first; stops early, still true, when visit returns false. */
bool ledger_run_each(struct ledger *ledger,
                     bool (*visit)(void *self, int64_t id, const struct ledger_run *run), void *self,
                     struct diags *diags);

enum ledger_state {
    LEDGER_PENDING, /* made under its temporary name; digest known; not yet renamed for certain */
    LEDGER_DONE,
    LEDGER_FAILED
};

/* One output: a PDF of a run. (folder, path) is its key. */
struct ledger_output {
    struct str folder, path;                        /* path relative to the folder of outputs */
    struct str kind;                                /* "edition", "copy" or "compendium" */
    struct str entity, edition, tier, member, copy; /* empty where there is none */
    struct str inputs;                              /* hex digest of all inputs */
    struct str depends;      /* further files read (pictures, fonts), as lines "size mtime_ns path" */
    struct str temporary;    /* name of the temporary file while pending */
    struct str digest;       /* hex BLAKE2b of the file's bytes */
    struct str name;         /* of the entity, for people */
    struct str grade, label; /* of its score's band, for people */
    struct str diagnostics;  /* JSON array as `check --format json` writes them; "[]" for none */
    struct str stamp;        /* "draft", "internal", "draft internal": so marked, and never to be mailed */
    int64_t pages, bytes, mtime_ns, inode;
    enum ledger_state state;
    int score;    /* hundredths, -1: none (compendium) */
    int64_t run;  /* the run that made it */
    int64_t seen; /* the last run that planned it: outputs of older plans stand in no manifest */
};
bool ledger_output_put(struct ledger *ledger, const struct ledger_output *output, struct diags *diags);
/* An output that was PENDING has its name. */
bool ledger_output_done(struct ledger *ledger, struct str folder, struct str path, struct diags *diags);
/* *found tells whether there is one. */
bool ledger_output_find(struct ledger *ledger, struct arena *arena, struct str folder, struct str path,
                        struct ledger_output *output, bool *found, struct diags *diags);
/* All outputs of a folder in the order in which the file has them, with what settling asks of them: path,
 * inputs, depends, temporary, digest, kind, entity, edition, bytes, mtime_ns, inode, state and seen; all
 * fields if whole. digest and inputs are not checked to be digests. Stops early, still true, when visit
 * returns false. */
bool ledger_output_scan(struct ledger *ledger, struct str folder, bool whole,
                        bool (*visit)(void *self, const struct ledger_output *output), void *self,
                        struct diags *diags);
/* Outputs last seen by a run (run 0: all of the folder), in bytewise order of path; stops early, still true,
 * when visit returns false. */
bool ledger_output_each(struct ledger *ledger, struct str folder, int64_t run,
                        bool (*visit)(void *self, const struct ledger_output *output), void *self,
                        struct diags *diags);
/* Copies all its strings into the arena. */
void ledger_output_keep(struct ledger_output *output, struct arena *arena);
bool ledger_output_seen(struct ledger *ledger, struct str folder, struct str path, int64_t run,
                        struct diags *diags);
/* All outputs that one run saw are now seen by another. */
bool ledger_output_adopt(struct ledger *ledger, struct str folder, int64_t from_run, int64_t to_run,
                         struct diags *diags);

/* The same as _each, for one part of a run, in the order in which people read it. */
enum ledger_part {
    LEDGER_ALL,       /* by path */
    LEDGER_NOT_MADE,  /* all that is not DONE, by entity, member, edition, tier, path */
    LEDGER_EDITIONS,  /* without a member, no compendium, by entity, edition, tier, path */
    LEDGER_COMPENDIA, /* without a member, by edition, tier, path */
    LEDGER_MEMBERS    /* with a member, by member, entity, tier, path */
};
bool ledger_output_part(struct ledger *ledger, enum ledger_part part, struct str folder, int64_t run,
                        bool (*visit)(void *self, const struct ledger_output *output), void *self,
                        struct diags *diags);

/* Sums over the outputs that a run saw. */
struct ledger_totals {
    int64_t outputs, not_made, pages, bytes; /* pages and bytes: of those that are DONE */
    int64_t entities;                        /* different ones among editions without a member */
    int64_t compendia;                       /* without a member */
    int64_t personal, members;               /* outputs with a member; different members */
};
bool ledger_output_totals(struct ledger *ledger, struct str folder, int64_t run, struct ledger_totals *totals,
                          struct diags *diags);

/* Scores by edition. put replaces what the same edition said. Only what is for publication is ever put. */
bool ledger_score_put(struct ledger *ledger, struct str entity, struct edition_id edition, int hundredths,
                      struct diags *diags);
struct ledger_score {
    struct edition_id edition;
    int hundredths;
};
bool ledger_scores(struct ledger *ledger, struct arena *arena, struct str entity,
                   struct ledger_score **scores, size_t *count, struct diags *diags);

/* Copies outlive the outputs table: who ever got a copy stays findable when a later run replaces or drops it.
 */
struct ledger_copy {
    struct str copy, member, entity, edition, tier, path, digest;
    int64_t made_ms;
};
bool ledger_copy_put(struct ledger *ledger, const struct ledger_copy *copy, struct diags *diags);
bool ledger_copy_find(struct ledger *ledger, struct arena *arena, struct str copy, struct ledger_copy *found,
                      bool *is, struct diags *diags);
bool ledger_copy_each(struct ledger *ledger, bool (*visit)(void *self, const struct ledger_copy *copy),
                      void *self, struct diags *diags);

/* As if it had never been. Copies are remembered all the same. */
bool ledger_output_forget(struct ledger *ledger, struct str folder, struct str path, struct diags *diags);

/* What a whole run last told of a folder: manifest and page are of the outputs that `run` saw. */
struct ledger_told {
    int64_t run;       /* 0: nothing was told */
    struct str digest; /* of what they say besides the outputs, hex */
    struct str files;  /* as they were written: lines "size mtime_ns inode name" */
};
bool ledger_told_find(struct ledger *ledger, struct arena *arena, struct str folder, struct ledger_told *told,
                      struct diags *diags);
bool ledger_told_put(struct ledger *ledger, struct str folder, const struct ledger_told *told,
                     struct diags *diags);

/* Adds all that another ledger says of a folder of outputs: its runs, outputs, copies and scores. */
bool ledger_join(struct ledger *into, struct ledger *from, struct diags *diags);

/* The name under which a ledger knows a folder of outputs: relative to the ledger's own folder where it lies
 * beneath it or beside it, so that both can be moved together. */
struct str ledger_folder(struct arena *arena, const char *ledger_path, const char *output_folder);

/* True for a relative path that leads nowhere but down: no "..", no ".", no empty part, no NUL. Outputs and
 * copies with another path neither go into a ledger nor come out of one: who asks for them gets
 * `ledger-unreadable`. */
bool ledger_path_safe(struct str path);

#endif
