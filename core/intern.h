/* intern: strings to small numbers, 0, 1, 2, … in the order they first came.
 *
 * An open table keyed by the first eight bytes of a string, its length, and a hash of the rest, so
 * that a word of up to eight letters is found with one comparison and without reading a name.
 * Hashing is multiply-shift with a key that differs from process to process: a text cannot be
 * written that makes words collide. */
#ifndef CORE_INTERN_H
#define CORE_INTERN_H

#include "core/arena.h"
#include "core/base.h"

#include <endian.h>

struct intern_key {
    uint64_t head; /* the first eight bytes, little-endian, zeros behind */
    uint32_t tail; /* the length; of longer strings a hash of length and rest, 256 or more */
};

struct intern_slot {
    uint64_t head;
    uint32_t tail;
    uint32_t id_1; /* 1 + the number; 0: free */
};

/* Zeroed memory is a ready table. */
struct intern {
    struct intern_slot *slots;
    unsigned log2_slots;
    VEC(char) names;     /* one after another */
    VEC(uint32_t) ends;  /* where name i ends in `names`; it begins where the one before ends */
};

void intern_finish(struct intern *t);

struct intern_key intern_key_of(struct str s);

/* A number below 2^log2_slots; 1 <= log2_slots <= 32. */
uint32_t intern_hash(struct intern_key k, unsigned log2_slots);

/* The number of `s` whose key is `k`, made if it is not there. At most 2^32 - 2 strings, names of
 * at most 4 GB in all.  O(1) */
uint32_t intern_add(struct intern *t, struct str s, struct intern_key k);

static inline uint32_t intern_count(const struct intern *t)
{
    return (uint32_t)t->ends.n;
}

/* Borrowed until the next intern_add. */
static inline struct str intern_name(const struct intern *t, uint32_t id)
{
    uint32_t begin = id ? t->ends.v[id - 1] : 0;
    return str_from(t->names.v + begin, t->ends.v[id] - begin);
}

#endif
