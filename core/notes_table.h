/* notes_table: the inside of notes.h, for notes.c and notes_place.c alone. */
#ifndef CORE_NOTES_TABLE_H
#define CORE_NOTES_TABLE_H

#include "core/notes.h"

/* A note of the store; article none: not of this case, or not found yet. */
struct kept {
    struct note note;
    article_id article;
    struct span at;
    enum note_state state;
    uint32_t next;    /* 1 + the next note with the same slot of by_key; 0: none */
    uint32_t next_id; /* the same of by_id */
    uint32_t shown;   /* 1 + its row of what is shown; 0: none */
};

struct undo {
    uint32_t batch; /* changes with the same number go together */
    bool had_before, had_after;
    struct note before, after;
};

struct notes {
    struct notes_store *store;
    struct arena memory, rows_memory, undo_memory;
    struct str author, folder;
    VEC(struct kept) notes;
    VEC(struct noted) shown;
    size_t draft;         /* row of notes; SIZE_MAX: none */
    uint32_t *by_key, *by_id; /* 1 + the first note of a slot */
    uint32_t slots;       /* a power of two */
    uint32_t seen;        /* articles 1..seen have been asked for their key */
    bool stale, settled;  /* to be loaded; changed articles have been looked through */
    VEC(struct undo) undo;
    size_t undone_at;     /* undo.v[undone_at..] can be made again */
    uint32_t batch;
    uint64_t generation;
    enum status status;   /* of the last load */
};

/* Hashes the notes by the keys of their texts, and by their numbers. */
void notes_index(struct notes *n);
/* Rebuilds what is shown. */
void notes_show(struct notes *n);
/* Places notes on the texts of articles that came in since; true when one was. */
bool notes_place_new(struct notes *n, const struct dossier *d);
/* Places those left over on articles that have changed since; true when one was. */
bool notes_place_changed(struct notes *n, const struct dossier *d);
void notes_place_one(struct notes *n, const struct dossier *d, struct kept *k);
/* Articles by what names them; to be freed by free(v). */
struct names {
    struct name { uint64_t hash; uint32_t article; } *v;
    uint32_t slots;
};
struct names names_of(const struct notes *n, const struct articles *all);
/* The article with this text, else with this path or address, whichever is given; else, not sure,
 * with this name of a file.  None. */
article_id names_lookup(const struct notes *n, const struct names *m, struct article_key key,
                        struct str path, struct str url, bool *sure);
/* The first article of this text that has notes; none. */
article_id notes_article_with(const struct notes *n, struct article_key key);

#endif
