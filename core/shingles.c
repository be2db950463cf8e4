/* The table probes linearly and doubles when seven tenths full.  Two runs whose hashes are the same cost
 * an alignment and nothing else; a run whose hash is 0 is not kept apart from an empty cell. */
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
    uint32_t high, low; /* the hash; 0, 0: empty */
    uint32_t rows[SHINGLE_ROWS];
};

struct shingle_table {
    struct entry *v;
    size_t mask, n;
};

#define ENTRIES_MIN 64

struct shingle_table *shingle_table_open(void)
{
    struct shingle_table *t = mem_alloc(sizeof(*t));
    *t = (struct shingle_table){.v = mem_zalloc(ENTRIES_MIN * sizeof(struct entry)), .mask = ENTRIES_MIN - 1};
    return t;
}

void shingle_table_close(struct shingle_table *t)
{
    free(t->v);
    free(t);
}

static bool is_empty(const struct entry *e)
{
    return !e->high && !e->low;
}

/* The entry of the hash, or the empty one where it would stand. */
static struct entry *entry_of(const struct shingle_table *t, uint32_t high, uint32_t low)
{
    size_t i = low & t->mask;
    while (!is_empty(&t->v[i]) && (t->v[i].high != high || t->v[i].low != low))
        i = (i + 1) & t->mask;
    return &t->v[i];
}

const uint32_t *shingle_table_rows(const struct shingle_table *t, uint64_t hash)
{
    const struct entry *e = entry_of(t, (uint32_t)(hash >> 32), (uint32_t)hash);
    return is_empty(e) ? NULL : e->rows;
}

static void grow(struct shingle_table *t)
{
    struct shingle_table old = *t;
    t->mask = 2 * old.mask + 1;
    t->v = mem_zalloc((t->mask + 1) * sizeof(struct entry));
    for (size_t i = 0; i <= old.mask; i++)
        if (!is_empty(&old.v[i]))
            *entry_of(t, old.v[i].high, old.v[i].low) = old.v[i];
    free(old.v);
}

void shingle_table_add(struct shingle_table *t, uint64_t hash, uint32_t row)
{
    if (t->n * 10 > t->mask * 7)
        grow(t);
    struct entry *e = entry_of(t, (uint32_t)(hash >> 32), (uint32_t)hash);
    t->n += is_empty(e);
    e->high = (uint32_t)(hash >> 32), e->low = (uint32_t)hash;
    if (e->rows[0] == row)
        return;
    memmove(e->rows + 1, e->rows, sizeof(e->rows) - sizeof(e->rows[0]));
    e->rows[0] = row;
}
