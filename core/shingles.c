/* The table probes linearly and doubles when seven tenths full.  Two runs whose hashes are the same
 * cost an alignment and nothing else; a run whose hash is 0 is not kept apart from an empty cell.
 *
 * Nearly all that is asked for is not there, and a large table is in no cache: a bit for each hash,
 * in a fortieth of the room, answers most of that. */
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
    uint64_t *there; /* BITS_EACH an entry, in words of 64 */
    size_t mask, n;
};

#define ENTRIES_MIN 64
#define BITS_EACH 4

static void make_room(struct shingle_table *t, size_t entries)
{
    t->mask = entries - 1;
    t->v = mem_zalloc(entries * sizeof(*t->v));
    t->there = mem_zalloc(entries * BITS_EACH / 8);
}

struct shingle_table *shingle_table_open(void)
{
    struct shingle_table *t = mem_zalloc(sizeof(*t));
    make_room(t, ENTRIES_MIN);
    return t;
}

void shingle_table_close(struct shingle_table *t)
{
    free(t->v);
    free(t->there);
    free(t);
}

/* Which bit of `there`: of other bits of the hash than those that say where the entry stands. */
static size_t bit_of(const struct shingle_table *t, uint32_t high, uint32_t low)
{
    return (high ^ (size_t)low << 2) & ((t->mask + 1) * BITS_EACH - 1);
}

static void put_bit(struct shingle_table *t, uint32_t high, uint32_t low)
{
    size_t bit = bit_of(t, high, low);
    t->there[bit / 64] |= 1ull << bit % 64;
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

void shingle_table_expect(const struct shingle_table *t, uint64_t hash)
{
    uint32_t high = (uint32_t)(hash >> 32), low = (uint32_t)hash;
    __builtin_prefetch(&t->there[bit_of(t, high, low) / 64]);
    __builtin_prefetch(&t->v[low & t->mask]);
}

const uint32_t *shingle_table_rows(const struct shingle_table *t, uint64_t hash)
{
    uint32_t high = (uint32_t)(hash >> 32), low = (uint32_t)hash;
    size_t bit = bit_of(t, high, low);
    if (!(t->there[bit / 64] >> bit % 64 & 1))
        return NULL;
    const struct entry *e = entry_of(t, high, low);
    return is_empty(e) ? NULL : e->rows;
}

static void grow(struct shingle_table *t)
{
    struct shingle_table old = *t;
    make_room(t, 2 * (old.mask + 1));
    for (size_t i = 0; i <= old.mask; i++)
        if (!is_empty(&old.v[i])) {
            *entry_of(t, old.v[i].high, old.v[i].low) = old.v[i];
            put_bit(t, old.v[i].high, old.v[i].low);
        }
    free(old.v);
    free(old.there);
}

void shingle_table_add(struct shingle_table *t, uint64_t hash, uint32_t row)
{
    if (t->n * 10 > t->mask * 7)
        grow(t);
    struct entry *e = entry_of(t, (uint32_t)(hash >> 32), (uint32_t)hash);
    t->n += is_empty(e);
    e->high = (uint32_t)(hash >> 32), e->low = (uint32_t)hash;
    put_bit(t, e->high, e->low);
    if (e->rows[0] == row)
        return;
    memmove(e->rows + 1, e->rows, sizeof(e->rows) - sizeof(e->rows[0]));
    e->rows[0] = row;
}
