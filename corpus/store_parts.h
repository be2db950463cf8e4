/* store_parts: what the files of the store share.  Only they include this. */
#ifndef CORPUS_STORE_PARTS_H
#define CORPUS_STORE_PARTS_H

#include "corpus/store.h"

#include <sqlite3.h>

enum store_state {
    STORE_WHOLE,    /* ours, this version: may be written */
    STORE_FOREIGN,  /* not ours: not even read */
    STORE_NEWER,    /* made by a later program: read */
    STORE_DAMAGED,  /* what can be read is read */
};

struct store {
    struct notes_store base;
    char *path;           /* absolute; null only when memory ran out while opening */
    sqlite3 *db;          /* null: not opened, or no file */
    int configured;       /* what SQLite said to the settings */
    enum store_state state;
    int steps;            /* of the query that runs */
    int seen_version;     /* data_version of the last load; -1: none */
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
bool store_version(struct store *s, int *out);
enum status store_read(struct store *s, void (*each)(void *ctx, const struct note *n), void *ctx);
enum status store_write(struct notes_store *base, struct note_change *v, size_t n);

#endif
