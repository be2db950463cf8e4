/* The table is at most half full and doubles; a slot holds the whole key, so growing reads no
 * names.  Probing is linear: the next slot is in the same cache line. */
#include "core/intern.h"

#ifndef INTERN_LOG2_FIRST
#define INTERN_LOG2_FIRST 10
#endif

const char intern_anchor;

static uint64_t load(const char *p, size_t n)
{
    uint64_t word = 0;
    if (n >= 8)
        memcpy(&word, p, 8);
    else if (n)
        memcpy(&word, p, n);
    return le64toh(word);
}

struct intern_key intern_key_of(struct str s)
{
    uint64_t a = load(s.p, s.n), b = 0, key = intern_secret();
    if (s.n > INTERN_WHOLE)
        for (size_t i = 8; i < s.n; i += 8) {
            b = (b ^ load(s.p + i, s.n - i)) * key;
            b ^= b >> 29;
        }
    else if (s.n > 8)
        b = load(s.p + 8, s.n - 8);
    return intern_key_from(a, b, (uint32_t)s.n);
}

static uint32_t home_of(const struct intern_slot *s, unsigned log2_slots)
{
    return intern_home(intern_key_from(s->a, s->b, s->n).hash, log2_slots);
}

static void grow(struct intern *t)
{
    struct intern_slot *old = t->slots;
    size_t n = old ? (size_t)1 << t->log2_slots : 0;
    t->log2_slots = old ? t->log2_slots + 1 : INTERN_LOG2_FIRST;
    t->slots = mem_zalloc(sizeof(*t->slots) << t->log2_slots);
    uint32_t mask = (uint32_t)(((uint64_t)1 << t->log2_slots) - 1);
    for (size_t i = 0; i < n; i++) {
        if (!old[i].id_1)
            continue;
        uint32_t at = home_of(&old[i], t->log2_slots);
        while (t->slots[at].id_1)
            at = (at + 1) & mask;
        t->slots[at] = old[i];
    }
    free(old);
}

static uint32_t add_new(struct intern *t, struct intern_slot *slot, struct str s,
                        struct intern_key k)
{
    uint32_t id = intern_count(t);
    *slot = (struct intern_slot){k.a, k.b, k.n, id + 1};
    bytes_put(&t->names, s);
    vec_push(&t->ends, (uint32_t)t->names.n);
    if ((uint64_t)t->ends.n * 2 > (uint64_t)1 << t->log2_slots)
        grow(t);
    return id;
}

uint32_t intern_add(struct intern *t, struct str s, struct intern_key k)
{
    if (!t->slots)
        grow(t);
    uint32_t mask = (uint32_t)(((uint64_t)1 << t->log2_slots) - 1);
    for (uint32_t at = intern_home(k.hash, t->log2_slots);; at = (at + 1) & mask) {
        struct intern_slot *slot = &t->slots[at];
        if (!slot->id_1)
            return add_new(t, slot, s, k);
        if (slot->a == k.a && slot->b == k.b && slot->n == k.n &&
            (k.n <= INTERN_WHOLE || str_eq(intern_name(t, slot->id_1 - 1), s)))
            return slot->id_1 - 1;
    }
}

uint32_t intern_find(const struct intern *t, struct str s, struct intern_key k)
{
    if (!t->slots)
        return INTERN_NONE;
    uint32_t mask = (uint32_t)(((uint64_t)1 << t->log2_slots) - 1);
    for (uint32_t at = intern_home(k.hash, t->log2_slots);; at = (at + 1) & mask) {
        const struct intern_slot *slot = &t->slots[at];
        if (!slot->id_1)
            return INTERN_NONE;
        if (slot->a == k.a && slot->b == k.b && slot->n == k.n &&
            (k.n <= INTERN_WHOLE || str_eq(intern_name(t, slot->id_1 - 1), s)))
            return slot->id_1 - 1;
    }
}

void intern_finish(struct intern *t)
{
    free(t->slots);
    vec_free(&t->names);
    vec_free(&t->ends);
    *t = (struct intern){0};
}
