/* The table is at most half full and doubles; a slot holds the whole key, so growing reads no
 * names.  Probing is linear: the next slot is in the same cache line. */
#include "core/intern.h"

#ifndef INTERN_LOG2_FIRST
#define INTERN_LOG2_FIRST 10
#endif

/* Odd, and unknown to whoever writes the texts: where the program was loaded. */
static uint64_t secret(void)
{
    static const char anchor;
    return ((uint64_t)(uintptr_t)&anchor * 0x9e3779b97f4a7c15u) | 1;
}

static uint64_t load_head(const char *p, size_t n)
{
    uint64_t head = 0;
    memcpy(&head, p, n < 8 ? n : 8);
    return le64toh(head);
}

struct intern_key intern_key_of(struct str s)
{
    if (s.n <= 8)
        return (struct intern_key){s.n ? load_head(s.p, s.n) : 0, (uint32_t)s.n};
    uint64_t hash = s.n, key = secret();
    for (size_t i = 8; i < s.n; i += 8) {
        hash = (hash ^ load_head(s.p + i, s.n - i)) * key;
        hash ^= hash >> 29;
    }
    return (struct intern_key){load_head(s.p, 8), (uint32_t)(hash >> 32) | 256};
}

uint32_t intern_hash(struct intern_key k, unsigned log2_slots)
{
    return (uint32_t)((k.head ^ k.tail * 0xc2b2ae3d27d4eb4fu) * secret() >> (64 - log2_slots));
}

static void grow(struct intern *t)
{
    struct intern_slot *old = t->slots;
    size_t n = old ? (size_t)1 << t->log2_slots : 0;
    t->log2_slots = old ? t->log2_slots + 1 : INTERN_LOG2_FIRST;
    size_t bytes = sizeof(*t->slots) << t->log2_slots;
    t->slots = memset(mem_alloc(bytes), 0, bytes);
    uint32_t mask = (uint32_t)(((uint64_t)1 << t->log2_slots) - 1);
    for (size_t i = 0; i < n; i++) {
        if (!old[i].id_1)
            continue;
        uint32_t at = intern_hash((struct intern_key){old[i].head, old[i].tail}, t->log2_slots);
        while (t->slots[at].id_1)
            at = (at + 1) & mask;
        t->slots[at] = old[i];
    }
    free(old);
}

static uint32_t add_new(struct intern *t, struct intern_slot *slot, struct str s, struct intern_key k)
{
    uint32_t id = intern_count(t);
    *slot = (struct intern_slot){k.head, k.tail, id + 1};
    vec_reserve(&t->names, s.n);
    if (s.n)
        memcpy(t->names.v + t->names.n, s.p, s.n);
    t->names.n += s.n;
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
    for (uint32_t at = intern_hash(k, t->log2_slots);; at = (at + 1) & mask) {
        struct intern_slot *slot = &t->slots[at];
        if (!slot->id_1)
            return add_new(t, slot, s, k);
        if (slot->head == k.head && slot->tail == k.tail &&
            (k.tail <= 8 || str_eq(intern_name(t, slot->id_1 - 1), s)))
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
