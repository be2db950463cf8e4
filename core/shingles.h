/* shingles: runs of a few words as one number, to find texts that share them.
 *
 * Two wordings of one utterance share runs of three words; two printings of one report share runs
 * of five.  A sample of the runs is enough: the smallest hash of each few neighbours ("winnowing",
 * Schleimer, Wilkerson and Aiken, 2003), so that whatever two texts share for long enough is
 * sampled in both at the same place. */
#ifndef CORE_SHINGLES_H
#define CORE_SHINGLES_H

#include "core/align.h"

/* The hash of words [i, i + k) of a run. */
uint64_t shingle_at(const struct word *words, uint32_t i, uint32_t k);

struct shingle {
    uint64_t hash;
    uint32_t word; /* the first of its words */
};
struct shingle_run {
    const struct shingle *v;
    uint32_t n;
};

/* The sample of k-word runs: the smallest of each `window` neighbours (1: all), each once, in order
 * of words.  In `a`.  Empty when there are fewer than k words.  Linear. */
struct shingle_run shingles_of(struct arena *a, struct word_run words, uint32_t k, uint32_t window);

/* ---- a table from hashes to a few rows ---- */

struct shingle_table;

/* Grows with what is put in: papers that copy one another have few different runs, and a guess from
 * the length of the texts takes ten times what they need.  20 bytes a hash, twice that at the
 * most. */
struct shingle_table *shingle_table_open(void);
void shingle_table_close(struct shingle_table *t);
/* The rows kept with a hash, newest first: at most SHINGLE_ROWS, zero-terminated if fewer. */
#define SHINGLE_ROWS 3
const uint32_t *shingle_table_rows(const struct shingle_table *t, uint64_t hash); /* null: none */
/* What will soon be asked or put in: begins to fetch its place, which in a large table is in no
 * cache. */
void shingle_table_expect(const struct shingle_table *t, uint64_t hash);
/* Keeps row (not 0) with the hash; the oldest of too many is forgotten. */
void shingle_table_add(struct shingle_table *t, uint64_t hash, uint32_t row);

#endif
