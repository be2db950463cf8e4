/* intern: strings to small numbers, 0, 1, 2, … in the order they first came.
 *
 * An open table whose slots hold the whole of a string up to sixteen bytes, so that nearly every
 * word is found with two comparisons and without reading a name.  Hashing is multiply-shift with
 * a key that differs from process to process: a text cannot be written that makes words collide. */
#ifndef CORE_INTERN_H
#define CORE_INTERN_H

#include "core/arena.h"
#include "core/base.h"

#include <endian.h>

struct intern_key {
    uint64_t a, b; /* the first sixteen bytes, little-endian, zeros behind; of longer strings, b is
                      a hash of all behind the first eight */
    uint32_t n;    /* the length */
    uint32_t hash;
};

#define INTERN_WHOLE 16 /* strings no longer than this are in their key as a whole */

struct intern_slot {
    uint64_t a, b;
    uint32_t n;
    uint32_t id_1; /* 1 + the number; 0: free */
};

/* Zeroed memory is a ready table. */
struct intern {
    struct intern_slot *slots;
    unsigned log2_slots;
    byte_vec names;     /* one after another */
    VEC(uint32_t) ends; /* where name i ends in `names`; it begins where the one before ends */
};

void intern_finish(struct intern *t);

/* Odd, and unknown to whoever writes the texts: where the program was loaded. */
static inline uint64_t intern_secret(void)
{
    extern const char intern_anchor;
    return ((uint64_t)(uintptr_t)&intern_anchor * 0x9e3779b97f4a7c15u) | 1;
}

static inline struct intern_key intern_key_from(uint64_t a, uint64_t b, uint32_t n)
{
    uint64_t secret = intern_secret();
    uint64_t hash = a * secret + (b ^ n) * (secret ^ 0xc2b2ae3d27d4eb4eu);
    return (struct intern_key){a, b, n, (uint32_t)(hash >> 32)};
}

struct intern_key intern_key_of(struct str s);

/* Where in a table of 2^log2_slots (1 to 32) the search for a key begins. */
static inline uint32_t intern_home(uint32_t hash, unsigned log2_slots)
{
    return hash >> (32 - log2_slots);
}

/* The number of `s` whose key is `k`, made if it is not there. At most 2^31 strings, names of at
 * most 4 GB in all.  O(1) */
uint32_t intern_add(struct intern *t, struct str s, struct intern_key k);

/* The number of `s`, or INTERN_NONE when it is not there.  O(1) */
#define INTERN_NONE UINT32_MAX
uint32_t intern_find(const struct intern *t, struct str s, struct intern_key k);

/* What will be added soon: begins to fetch its slot. */
static inline void intern_prefetch(const struct intern *t, struct intern_key k)
{
    if (t->slots)
        __builtin_prefetch(&t->slots[intern_home(k.hash, t->log2_slots)]);
}

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

/* As intern_add for a string of at most INTERN_WHOLE bytes: here for the loop over words. */
static inline uint32_t intern_add_whole(struct intern *t, struct intern_key k)
{
    if (t->slots) {
        const struct intern_slot *slot = &t->slots[intern_home(k.hash, t->log2_slots)];
        if (slot->a == k.a && slot->b == k.b && slot->n == k.n && slot->id_1)
            return slot->id_1 - 1;
    }
    uint64_t bytes[2] = {htole64(k.a), htole64(k.b)};
    return intern_add(t, str_from((const char *)bytes, k.n), k);
}

#endif
