/* anchor_fold: texts compared without regard to how they were set, and what is near to what.
 * Inside of anchor.c. */
#ifndef CORE_ANCHOR_FOLD_H
#define CORE_ANCHOR_FOLD_H

#include "core/base.h"

#define FOLD_END UINT32_MAX /* there is no more text in this direction */

/* The folded character behind (before) *at, which moves over it: a run of white space is one
 * blank, every quote and dash is the plain one; letters stay as they are. */
uint32_t fold_on(struct str s, size_t *at);
uint32_t fold_back(struct str s, size_t *at);

/* A text folded, at its ends trimmed; 8 bytes a character. */
struct folded {
    uint32_t *v;  /* characters */
    uint32_t *at; /* where each begins in the text */
    size_t n;
};

/* Longer texts are not folded: n is 0. */
#define FOLDED_BYTES_MAX (16u << 20)

struct folded folded_make(struct str text);
void folded_free(struct folded *f);
/* The first place at or after `from`, SIZE_MAX when there is none.  Linear (Knuth, Morris,
 * Pratt). */
size_t folded_find(const struct folded *f, size_t from, const uint32_t *v, size_t n);
/* The byte of the text behind character i - 1. */
size_t folded_end(const struct folded *f, size_t i, struct str text);

/* What stands between the two contexts, when they stand around one place only, no further apart
 * than twice `bytes` and some; not empty. */
bool folded_between(const struct folded *f, struct str before, struct str after, size_t bytes,
                    struct str text, struct span *out);

/* The one stretch that shares most words with `words`: at least 60 of a hundred, of at least
 * four, and clearly more than any other. Linear. */
bool words_near(struct str words, struct str text, struct span *out);

#endif
