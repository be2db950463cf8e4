/* The table probes linearly over cells of 16 bytes; the upper half of the hash is the check, so two
 * runs that collide cost an alignment and nothing else. */
#include "core/shingles.h"

uint64_t shingle_at(const struct word *words, uint32_t i, uint32_t k)
{
    uint64_t h = 0x9e3779b97f4a7c15u;
    for (uint32_t j = i; j < i + k; j++) {
        h = (h ^ words[j].hash) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return h;
}

struct shingle_run shingles_of(struct arena *a, struct word_run words, uint32_t k, uint32_t window)
{
    if (words.n < k)
        return (struct shingle_run){0};
    uint32_t n = words.n - k + 1, kept = 0;
    uint64_t *hashes = arena_array(a, uint64_t, n);
    struct shingle *out = arena_array(a, struct shingle, n);
    for (uint32_t i = 0; i < n; i++)
        hashes[i] = shingle_at(words.v, i, k);
    uint32_t last = UINT32_MAX;
    for (uint32_t i = 0; i + (window < n ? window : n) <= n; i++) {
        uint32_t best = i;
        for (uint32_t j = i + 1; j < i + window && j < n; j++)
            if (hashes[j] <= hashes[best])
                best = j;
        if (best != last)
            out[kept++] = (struct shingle){hashes[best], best};
        last = best;
    }
    return (struct shingle_run){out, kept};
}

struct entry {
    uint32_t check; /* 0: empty */
    uint32_t rows[SHINGLE_ROWS];
};

struct shingle_table {
    struct entry *v;
    size_t mask, n;
};

struct shingle_table *shingle_table_open(size_t n)
{
    struct shingle_table *t = mem_alloc(sizeof(*t));
    size_t size = 64;
    while (size * 2 < n * 3)
        size *= 2;
    *t = (struct shingle_table){.v = mem_alloc(size * sizeof(struct entry)), .mask = size - 1};
    memset(t->v, 0, size * sizeof(struct entry));
    return t;
}

void shingle_table_close(struct shingle_table *t)
{
    free(t->v);
    free(t);
}

/* The entry of the hash, or the empty one where it would stand. */
static struct entry *entry_of(const struct shingle_table *t, uint64_t hash)
{
    uint32_t check = (uint32_t)(hash >> 32) | 1;
    size_t i = (size_t)hash & t->mask;
    while (t->v[i].check && t->v[i].check != check)
        i = (i + 1) & t->mask;
    return &t->v[i];
}

const uint32_t *shingle_table_rows(const struct shingle_table *t, uint64_t hash)
{
    const struct entry *e = entry_of(t, hash);
    return e->check ? e->rows : NULL;
}

void shingle_table_add(struct shingle_table *t, uint64_t hash, uint32_t row)
{
    struct entry *e = entry_of(t, hash);
    if (!e->check && ++t->n > t->mask) /* never full: one cell stays empty */
        return;
    e->check = (uint32_t)(hash >> 32) | 1;
    if (e->rows[0] == row)
        return;
    memmove(e->rows + 1, e->rows, sizeof(e->rows) - sizeof(e->rows[0]));
    e->rows[0] = row;
}
