/* A batch: every spec for every tier, every member's copies and the compendia of a run, in parallel,
 * resumable. */
#ifndef BRIEFING_BATCH_BATCH_H
#define BRIEFING_BATCH_BATCH_H

#include <signal.h>
#include <stdint.h>

#include "base/copy_id.h"
#include "compile.h"
#include "model/run.h"

/* Part index of count; count 0: the whole run. Shards are counted from 1. */
struct batch_shard {
    unsigned index, count;
};

/* A day, and the second of it, for the record; what is made never depends on it. */
struct batch_clock {
    int64_t (*now_ms)(void);       /* since 1970, wall clock: for log and ledger */
    int64_t (*monotonic_us)(void); /* for time limits and rates */
};

/* What every output is made by: parts of its key. */
struct batch_identity {
    struct str program; /* digest of the program itself, hex */
    struct str fonts;   /* digest of the bundled font files and of which others are there, hex */
};

/* What to make. All of it is input: batch/ reads no environment and no clock of its own. */
struct batch_request {
    const struct house *house;
    const char *house_folder; /* that its logo lies in; "" is the working folder; NULL: built in */
    struct str house_digest;  /* hex, of the bytes of its file (or of the one built in) */
    const char **spec_paths;  /* files, resolved, each once; their order does not matter */
    size_t spec_count;
    const char *base;       /* folder of the specs' pictures; NULL: each spec's own */
    const struct str *only; /* ids of entities, or "compendium"; none: all */
    size_t only_count;
    const struct str *members; /* ids of members; none: all */
    size_t member_count;
    struct str *tiers; /* ids; one PDF for each spec and tier */
    size_t tier_count;
    const struct roster *roster; /* NULL: no members */
    bool compendium;
    bool excerpt; /* not all specs of the run are there: no warning of entities that none is about */
    struct edition_id edition; /* NONE: each spec's own */
    bool date_given;           /* else each spec's as_of */
    struct date date;
    enum paper paper;
    bool draft, internal, sealed, linearize, strong_marks, warnings_as_errors;
    bool color;                 /* in the text of diagnostics */
    const bool *allowed;        /* DIAG_CODE_COUNT, of --allow */
    const struct copy_key *key; /* NULL: personal copies are refused */
    const char *password_user,
        *password_owner; /* of sealed PDFs whose member has none; NULL: none. Prepared */
    const char *output;  /* folder */
    const char *ledger;  /* file */
    struct str name;     /* of the run, for people: the run file's name without folder and ending */
    struct batch_shard shard;
    unsigned jobs; /* 1 or more */
    unsigned limit_seconds,
        limit_mib; /* for each document; 0: none. A compendium gets more, by its briefings */
    bool resume, dry_run, fsync, thumbnails;
    bool strays;              /* PDFs in the folder that an earlier plan of this run left are told of */
    bool prune;               /* and removed */
    const char *log;          /* file, "-" is standard error; NULL: none */
    const char *fonts_folder; /* of the bundled ones */
    /* Asked when the run is planned, before a process is forked: a second thread that has found it out must
     * have ended then. false with diagnostics. Strings live in the arena, or as long as the run. */
    bool (*identify)(const struct batch_request *request, struct arena *arena,
                     struct batch_identity *identity, struct diags *diags);
    void *identifying; /* what that needs */
    struct batch_clock clock;
    const struct compile_context *context; /* opened before workers are forked: they share its fonts */
    const volatile sig_atomic_t *stop;     /* becomes 1 when the user wants it to end; NULL: never */
    const char *fault; /* for tests: "crash:WORD", "hang:WORD" or "memory:WORD" befalls the worker that makes
                        * an output with WORD in its path, "layout-crash:WORD" … the one that lays it out,
                        * "load-crash:WORD" … whoever reads a spec with WORD in its path */
};

/* How far a run has come. */
struct batch_progress {
    size_t planned, made, kept, failed; /* outputs */
    uint64_t bytes;
    int64_t elapsed_ms;
    struct str current; /* path of what is being made, or was last; may be empty */
    bool finished;
};

/* Told as the run goes, always in the parent. Diagnostics come once each, as `check` would print them. */
struct batch_watch {
    void *self;
    void (*progress)(void *self, const struct batch_progress *progress);
    void (*diagnostics)(void *self, struct str text, bool is_error);
    void (*plan)(void *self, struct str path, bool kept); /* of a dry run: each output */
};

struct batch_outcome {
    struct batch_progress progress;
    bool machine_failed; /* an output failed because of the machine */
    bool stopped;        /* by the user */
    size_t warnings;
    size_t removed; /* strays, by prune */
};

/* Runs it. false with diagnostics when the run could not go on (lock, ledger, disk) or was stopped; outputs
 * that failed are counted in outcome, told to watch, and stand in ledger and manifest. */
bool batch_run(const struct batch_request *request, const struct batch_watch *watch,
               struct batch_outcome *outcome, struct diags *diags);

/* Joins the ledgers and manifests of the shards in an output folder into one ledger, manifest and index.
 * false with diagnostics when a shard is missing, still runs, or tells of another run. */
struct batch_merge {
    const char *output, *ledger;
    const struct copy_key *key; /* signs the manifest; NULL: unsigned */
    bool thumbnails;
    unsigned jobs; /* that make thumbnails; 0: one */
    struct batch_clock clock;
};
bool batch_merge(struct arena *arena, const struct batch_merge *request, struct batch_outcome *outcome,
                 struct diags *diags);

#endif
