/* keep: what a reader leaves behind in a case, to be found at the next start.
 *
 * Small facts of three words, a kind, a name and a value: the place, which articles were read,
 * marks, sort and filter, who was said to be whom, what was struck out.  A store (corpus/store.h,
 * behind the small contract below) has them on disk beside the notes; here is which case they
 * belong to, and those that are not written yet.
 *
 * A case is known by its articles.  Of each the store has a sketch: the 64 smallest keys of its
 * texts, which are a fair sample of it, whatever its size (Broder, "On the resemblance and
 * containment of documents", 1997).  Since the articles take a while to come in, the case that was
 * opened last under the same paths is believed meanwhile. */
#ifndef CORE_KEEP_H
#define CORE_KEEP_H

#include "core/articles.h"

/* Whose a fact is. */
enum keep_scope {
    KEEP_OURS,       /* of the case: everybody who reads it with this file has it */
    KEEP_MINE,       /* of this reader, in this case */
    KEEP_EVERYWHERE, /* of this reader, in whichever case */
};

/* A fact replaces the one of the same scope, kind and name. */
struct fact {
    enum keep_scope scope;
    struct str kind;  /* a word of the program: "read" */
    struct str name;  /* which of that kind; may be empty */
    struct str value;
};
struct fact_change {
    struct fact fact;
    bool remove; /* value is not looked at */
};

#define KEEP_SKETCH 64

struct keep_case {
    int64_t id;        /* in the store; 0: not there yet */
    int64_t not_id;    /* its name meant this one, which it is not; 0: it meant none */
    uint32_t articles; /* it has that many */
    uint32_t n;        /* keys of the sketch; 0: not known */
    struct article_key sketch[KEEP_SKETCH]; /* ascending */
};

/* ---- the contract of a store ---- */

struct keep_store;

struct keep_store_ops {
    /* The case last opened under this name; *id 0: none. */
    enum status (*named)(struct keep_store *s, struct str name, int64_t *id);
    /* Every case, the one last written first. */
    enum status (*cases)(struct keep_store *s, void (*each)(void *ctx, const struct keep_case *c),
                         void *ctx);
    /* The facts of a case (0: none) and those of everywhere that this reader has, in the order of
     * saying; strings are valid UTF-8, for the call. */
    enum status (*load)(struct keep_store *s, int64_t id, struct str reader,
                        void (*each)(void *ctx, const struct fact *f), void *ctx);
    /* All of them or none, on disk when it says OK; makes the case where its id is 0 and no other
     * session made it meanwhile under this name.  `name`, if not empty, means this case from now
     * on. Not patient: a store that is busy answers ERR_LIMIT at once. */
    enum status (*write)(struct keep_store *s, struct keep_case *c, struct str name,
                         struct str reader, const struct fact_change *v, size_t n, bool patient);
    /* A sentence about the last failure; null: there was none. */
    const char *(*why)(struct keep_store *s);
    /* Did another session write facts since the last load?  Cheap. */
    bool (*changed)(struct keep_store *s);
};
struct keep_store {
    const struct keep_store_ops *ops;
};

/* ---- the facts of the case that is open ---- */

struct keep;

/* The store may be null: then nothing outlives the session.  `paths` is what the reader named, the
 * same whenever the same is named; empty: nothing that stays the same, as with standard input.
 * Both strings are copied. */
struct keep *keep_open(struct keep_store *store, struct str paths, struct str reader);
void keep_close(struct keep *k); /* the store stays open; what was not written is forgotten */

/* 16 hexadecimal digits that stand for the paths; empty for none.  Borrowed. */
struct str keep_name(const struct keep *k);
/* Is the case in the store, as far as is known now? */
bool keep_is_known(const struct keep *k);

/* Now the articles are there (whole: all of them): which case is it?  True when it is not the one
 * believed so far: load again.  O(articles x log cases) */
bool keep_settle(struct keep *k, const struct articles *all, bool whole);

/* Every fact that is written, then the changes that are not yet.  ERR_CORRUPT, ERR_IO: some may be
 * missing. */
enum status keep_load(struct keep *k,
                      void (*each)(void *ctx, const struct fact_change *c, bool written),
                      void *ctx);

/* Copied; written by the next flush. */
void keep_put(struct keep *k, const struct fact_change *c);
/* Writes what is not written yet, in one transaction; it waits while the case is neither settled
 * nor known by its paths.  Not OK: it stays for the next time; ERR_LIMIT (not patient): another
 * session is writing. */
enum status keep_flush(struct keep *k, bool patient);
/* Is something not written yet? */
bool keep_is_due(const struct keep *k);
/* Another session wrote facts: load again. */
bool keep_changed(struct keep *k);
/* Null, or a sentence about what went wrong last. */
const char *keep_why(const struct keep *k);

#endif
