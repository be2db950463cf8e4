/* notes: the reader's annotations, and where each stands in the case that is open.
 *
 * The one living table.  Notes are kept by a store (corpus/store.c, behind the small contract
 * below, so that the core opens no file); here they are in memory, each with its place: the
 * article whose text has its key, else the article that it was made on in an earlier state, found
 * by address and confirmed by the words.  Nothing is in the table that is not in the store: a
 * change that the store refuses does not happen. */
#ifndef CORE_NOTES_H
#define CORE_NOTES_H

#include "core/anchor.h"
#include "core/dossier.h"

#define NOTE_UID_BYTES 36

struct note {
    int64_t id;                     /* in the store; 0: not kept yet */
    char uid[NOTE_UID_BYTES + 1];   /* a UUID, the same in every copy; "": the store makes one */
    uint32_t revision;              /* counts changes: one made to an older state is refused */
    struct article_key key;         /* of the text it was made on; zero: not known */
    struct str path, url, title, outlet; /* of the article then; path absolute */
    int32_t published;              /* day or DAY_NONE */
    struct anchor anchor;
    uint32_t label;                 /* a code point; 0: none */
    struct str tags;                /* parted by single blanks, without '#' */
    struct str comment;
    struct str author;
    int64_t created, changed;       /* seconds since 1970 UTC; 0: the store's now */
    bool draft;                     /* being written when the session ended: offered, not shown */
};

/* ---- the contract of a store ---- */

struct note_change {
    /* id 0: added; id and revision 0: added again under that number; else the kept one of this id
     * and revision becomes this. */
    struct note *note;
    bool remove;       /* it goes */
};

struct notes_store;

struct notes_store_ops {
    /* Hands every note to `each`, its strings valid for the call.  ERR_CORRUPT: some could not be
     * read; those that could were handed out. */
    enum status (*load)(struct notes_store *s, void (*each)(void *ctx, const struct note *n),
                        void *ctx);
    /* All of them or none, in order, in one transaction: OK means that they are on disk.  Fills
     * id, uid, revision and times of what was put.  ERR_ABSENT: one is gone or was changed by
     * another; ERR_READONLY, ERR_IO: see `why`. */
    enum status (*write)(struct notes_store *s, struct note_change *v, size_t n);
    /* A sentence about the last failure, or about what is wrong with the store; null: nothing. */
    const char *(*why)(struct notes_store *s);
    bool (*writable)(struct notes_store *s);
    /* Did another session commit since the last load or write?  Cheap. */
    bool (*changed)(struct notes_store *s);
    /* To poll: readable when `changed` should be asked; -1: none.  *wait_ms: ask after that long
     * at the latest, -1: no need. */
    int (*fd)(struct notes_store *s, int *wait_ms);
    /* Lets go of the file before a fork; the next call opens it again. */
    void (*rest)(struct notes_store *s);
    void (*close)(struct notes_store *s);
};
struct notes_store {
    const struct notes_store_ops *ops;
};

/* ---- the table ---- */

struct notes;

/* A note and its place in the case.  Borrowed until the next sync or change. */
struct noted {
    const struct note *note;
    article_id article;    /* the first with this text; never none */
    struct span at;        /* empty for orphans and for notes on the whole article */
    enum note_state state;
};
struct noted_run {
    const struct noted *v;
    uint32_t n;
};

/* The store may be null: then there are no notes and none can be made.  `author` is who makes notes
 * here; `folder`, absolute, is what relative paths of articles begin at.  Strings are copied. */
struct notes *notes_open(struct notes_store *store, struct str author, struct str folder);
void notes_close(struct notes *n); /* the store stays open */

/* Finds the places of notes in what the dossier has now, and reads the store anew when another
 * session changed it; true when anything came out different.  Cheap when nothing happened. */
bool notes_sync(struct notes *n, const struct dossier *d);

/* All of the case: by article, then begin, the longer first; notes on whole articles lead. */
struct noted_run notes_all(const struct notes *n);
/* Those of one article, also when it is a second copy of the same text.  O(log notes). */
struct noted_run notes_in_article(const struct notes *n, const struct dossier *d, article_id a);
const struct noted *notes_by_id(const struct notes *n,
                                int64_t id); /* null: not in this case; O(1) */
/* A draft left behind on an article of this case; false: none. */
bool notes_draft(const struct notes *n, struct noted *out);
/* The draft of this id; false: there is none. O(notes). */
bool notes_draft_by_id(const struct notes *n, int64_t id, struct noted *out);
/* May this one be changed here?  Null, or a sentence. */
const char *notes_refusal(const struct notes *n, const struct note *note);
/* What the reader should know of the store: null, or a sentence. */
const char *notes_warning(const struct notes *n);
/* How the store was read last: anything but OK means that notes may be missing. */
enum status notes_status(const struct notes *n);

/* To poll for changes of other sessions, as in the contract of stores. */
int notes_fd(const struct notes *n, int *wait_ms);
/* Before a fork: the store lets go of its file. */
void notes_rest(struct notes *n);
/* Grows with every change of the table. */
uint64_t notes_generation(const struct notes *n);

/* ---- changing ---- */

/* A note on text[at] of the article, with its anchor and no words yet; in `a`.  An empty span:
 * on the article as a whole. */
struct note note_on(const struct notes *n, struct arena *a, const struct article *row,
                    struct span at);

/* Puts a note (id 0: adds it), or takes one away, and remembers how to undo it.  On anything but
 * OK nothing has changed and *why says what went wrong.  *id gets the note's. */
enum status notes_put(struct notes *n, const struct dossier *d, const struct note *note,
                      int64_t *id, const char **why);
enum status notes_remove(struct notes *n, const struct dossier *d, int64_t id, const char **why);
/* Many at once, added together or not at all; undone together. */
enum status notes_add_all(struct notes *n, const struct dossier *d, struct note *v, size_t count,
                          const char **why);
/* Takes the last change back, or makes it again.  ERR_ABSENT with *why null: there is none. */
enum status notes_undo(struct notes *n, const struct dossier *d, const char **why);
enum status notes_redo(struct notes *n, const struct dossier *d, const char **why);
/* How many changes can be undone or were, since the table was opened: grows by one with each of the
 * above three, and with nothing else. */
uint32_t notes_changes(const struct notes *n);
/* What the next undo (redo) is about, for a person: "the label of a note on \"He was never\""; in
 * `a`. */
struct str notes_undo_name(const struct notes *n, struct arena *a, bool redo);

/* ---- words typed by a reader ---- */

/* "killed by whom? #ask #ledger": the words behind '#' are tags.  In `a`. */
void note_set_words(struct note *note, struct arena *a, struct str typed);
/* The same, to be edited. */
struct str note_words(struct arena *a, const struct note *note);
bool note_has_tag(const struct note *note, struct str tag);
/* A tag as it is kept: blanks become '-', '#' before it goes; empty: it is none. */
struct str tag_clean(struct arena *a, struct str tag);
/* Adds the tags of `more`, parted by blanks, that are not there yet. */
void note_add_tags(struct note *note, struct arena *a, struct str more);

/* All strings of a note copied. */
struct note note_copy(struct arena *a, const struct note *note);

#endif
