/* anchor: the place of a passage, kept so that it is found again after its text has changed.
 *
 * The one fault it must not have is to say surely and be wrong.  So what is found says how it was
 * found, and a place that cannot be told from another is none: a tie is an orphan.  Pure
 * functions over text; time is linear in the text, with a ceiling on what is compared. */
#ifndef CORE_ANCHOR_H
#define CORE_ANCHOR_H

#include "core/arena.h"
#include "core/base.h"

#define ANCHOR_CONTEXT_CHARS 32        /* code points kept on either side */
#define ANCHOR_WORDS_BYTES_MAX (64u << 10) /* of a passage */

enum note_state {
    NOTE_ORPHAN = 0, /* not found, or in two places that look alike */
    NOTE_WEAK,       /* found, to be confirmed: words changed, or their context is gone */
    NOTE_MOVED,      /* found surely in a text whose context there changed in part */
    NOTE_EXACT,      /* the same words between the same 32 characters on both sides */
};
const char *note_state_name(enum note_state s); /* "orphan", "weak", "moved", "exact" */

struct anchor {
    struct span at;           /* bytes of the text it was made on */
    struct str exact;         /* the words; empty: the article as a whole */
    struct str before, after; /* what stands on either side, at most ANCHOR_CONTEXT_CHARS */
    /* How like its context (0..64) that of the most similar other place with the same words was:
     * what is found later must be liker than this, or it may be that other place. */
    uint8_t rival;
    bool partial;             /* made by another program: contexts may be cut short */
};

/* The anchor of text[at], in `a`; `at` lies in the text on character boundaries. */
struct anchor anchor_make(struct arena *a, struct str text, struct span at);

struct anchored {
    enum note_state state;
    struct span at; /* empty for an orphan */
};

/* Finds it in a text that may have changed. An anchor without words is exact at [0, 0). */
struct anchored anchor_find(const struct anchor *a, struct str text);

/* Whether two stretches hold the same words: runs of white space count as one blank. */
bool words_same(struct str a, struct str b);

/* Bytes of the first n code points, and the code points of n bytes. */
size_t chars_to_bytes(struct str s, size_t chars);
size_t bytes_to_chars(struct str s, size_t bytes);

#endif
