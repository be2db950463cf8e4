/* store_parts: what the files of the store share.  Only they include this. */
#ifndef CORPUS_STORE_PARTS_H
#define CORPUS_STORE_PARTS_H

#include "corpus/store.h"

#include "core/arena.h"

#include <sqlite3.h>

enum store_state {
    STORE_WHOLE,    /* ours, this version: may be written */
    STORE_FOREIGN,  /* not ours: not even read */
    STORE_NEWER,    /* made by a later program: read */
    STORE_DAMAGED,  /* what can be read is read */
};

/* How often this kind of thing was written: what is in memory, and the last that was seen. */
struct store_count {
    int64_t loaded, now;
};

struct store {
    struct notes_store base;
    struct keep_store keep;
    char *path;           /* absolute; null only when memory ran out while opening */
    sqlite3 *db;          /* null: not opened, or no file */
    int configured;       /* what SQLite said to the settings */
    enum store_state state;
    int steps;            /* of the query that runs */
    bool proven;          /* every page hangs together: looked at once a handle */
    int64_t version;      /* data_version when the counts were asked; -1: never */
    struct store_count notes, facts;
    bool watched, remote, again;
    int watch_fd;
    char why[400];        /* the last sentence; "" none */
};

/* *s->why gets the sentence; returns the status. */
enum status store_fail(struct store *s, const char *what, enum status status);
enum status store_refused(struct store *s, int sqlite_code);
enum status store_reach(struct store *s, bool make);
void store_let_go(struct store *s);
bool store_is_remote(const char *path);

/* What kind of file it is, brought to this version where it is older (after a backup beside it). */
enum status store_look(struct store *s);
/* Asks how often notes and facts were written; false when it is busy.  Cheap when nothing was. */
bool store_count(struct store *s);
/* Do all pages hang together?  Asked before notes are read or anything is written: it reads the
 * whole file.  ERR_CORRUPT: *s->why says it. */
enum status store_prove(struct store *s);
/* Opened, ours and whole: it may be written. */
enum status store_ready(struct store *s);
/* BEGIN, and the end of it: commits when `code` is OK, counts the change, answers what became of
 * it. */
int store_begin(struct store *s);
int store_end(struct store *s, int code, struct store_count *what);
enum status store_read(struct store *s, void (*each)(void *ctx, const struct note *n), void *ctx);
enum status store_write(struct notes_store *base, struct note_change *v, size_t n);
/* Valid UTF-8, whatever is in the file; in `a`. */
struct str store_text(sqlite3_stmt *q, int column, struct arena *a);
struct article_key store_key(const void *bytes);       /* of 16 bytes */
void store_key_put(unsigned char out[16], struct article_key key);

bool store_facts_changed(struct store *s);

extern const struct keep_store_ops store_keep_ops;
enum { STORE_BUSY_MS = 10000, STORE_LOOK_BUSY_MS = 200 };

#endif
