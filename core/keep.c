/* Facts wait here until there is a good moment to write them: a disk takes milliseconds, a key must
 * not.  They are written as they were said, one by one, and never as a whole state: two sessions
 * of one case then add to each other instead of overwriting each other.
 *
 * Cases are compared by how much of either is in the other.  A name (the paths) is believed when a
 * quarter fits, since a folder grows; without a name, half of both must.  A folder that was moved
 * keeps its facts so, and another case in the old folder does not get them. */
#include "core/keep.h"

#include <inttypes.h>

struct keep {
    struct keep_store *store;
    struct arena memory, pending_memory;
    struct str name, reader;
    struct keep_case it; /* the case that is open */
    bool settled;
    VEC(struct fact_change) pending;
};

/* FNV-1a: a name for a list of paths, nothing more. */
static struct str name_of(struct arena *a, struct str paths)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < paths.n; i++)
        h = (h ^ (unsigned char)paths.p[i]) * 1099511628211u;
    return paths.n ? arena_printf(a, "%016" PRIx64, h) : STR("");
}

struct keep *keep_open(struct keep_store *store, struct str paths, struct str reader)
{
    struct keep *k = mem_zalloc(sizeof *k);
    k->store = store;
    k->name = name_of(&k->memory, paths);
    k->reader = arena_str(&k->memory, reader);
    if (store && k->name.n)
        store->ops->named(store, k->name, &k->it.id);
    return k;
}

void keep_close(struct keep *k)
{
    vec_free(&k->pending);
    arena_finish(&k->pending_memory);
    arena_finish(&k->memory);
    free(k);
}

struct str keep_name(const struct keep *k)
{
    return k->name;
}

bool keep_is_known(const struct keep *k)
{
    return k->it.id != 0;
}

/* ---- which case it is ---- */

static int key_cmp(struct article_key a, struct article_key b)
{
    if (a.hi != b.hi)
        return a.hi < b.hi ? -1 : 1;
    return (a.lo > b.lo) - (a.lo < b.lo);
}

/* Keeps the smallest, each once. */
static void sketch_add(struct keep_case *c, struct article_key key)
{
    if (c->n == KEEP_SKETCH && key_cmp(key, c->sketch[c->n - 1]) >= 0)
        return;
    uint32_t i = c->n;
    while (i > 0 && key_cmp(key, c->sketch[i - 1]) < 0)
        i--;
    if (i > 0 && key_cmp(key, c->sketch[i - 1]) == 0)
        return;
    c->n -= c->n == KEEP_SKETCH;
    memmove(&c->sketch[i + 1], &c->sketch[i], (c->n - i) * sizeof c->sketch[0]);
    c->sketch[i] = key;
    c->n++;
}

static struct keep_case case_of(const struct articles *all)
{
    struct keep_case c = {.articles = all->n};
    for (uint32_t id = 1; id <= all->n; id++)
        sketch_add(&c, article_at(all, (article_id){id})->key);
    return c;
}

/* A key of a sketch, and whether it is among the articles that are open. */
struct sample {
    struct article_key key;
    uint32_t case_at; /* in `cases` */
    bool hit;
};
struct choice {
    VEC(struct keep_case) cases;
    VEC(struct sample) samples; /* by key */
    VEC(uint32_t) hits;         /* of each case */
};

#define CASES_MAX 10000

static void take_case(void *ctx, const struct keep_case *c)
{
    struct choice *o = ctx;
    if (o->cases.n == CASES_MAX)
        return;
    for (uint32_t i = 0; i < c->n && i < KEEP_SKETCH; i++)
        vec_push(&o->samples, ((struct sample){c->sketch[i], (uint32_t)o->cases.n, false}));
    vec_push(&o->cases, *c);
    vec_push(&o->hits, 0);
}

static int by_key(const void *x, const void *y)
{
    return key_cmp(((const struct sample *)x)->key, ((const struct sample *)y)->key);
}

static void count_hits(struct choice *o, const struct articles *all)
{
    if (!o->samples.n)
        return;
    qsort(o->samples.v, o->samples.n, sizeof *o->samples.v, by_key);
    for (uint32_t id = 1; id <= all->n; id++) {
        struct article_key key = article_at(all, (article_id){id})->key;
        size_t i;
        BISECT(i, 0, o->samples.n, key_cmp(o->samples.v[i].key, key) < 0);
        for (; i < o->samples.n && key_cmp(o->samples.v[i].key, key) == 0; i++) {
            o->hits.v[o->samples.v[i].case_at] += !o->samples.v[i].hit;
            o->samples.v[i].hit = true;
        }
    }
}

/* Is at least 1/part of the old case here, and of what is here in the old case? */
struct fit {
    bool of_old, of_new;
};
static struct fit fits(const struct keep_case *c, uint32_t hits, uint32_t articles, uint32_t part)
{
    uint64_t both = c->n ? (uint64_t)hits * c->articles / c->n : 0;
    return (struct fit){hits && (uint64_t)hits * part >= c->n, hits && both * part >= articles};
}

/* The case by its articles: its index, or the number of cases.  Of a case that is only partly
 * there, what there is must do. */
static size_t best_case(const struct choice *o, uint32_t articles, bool whole)
{
    size_t best = o->cases.n;
    for (size_t i = 0; i < o->cases.n; i++) {
        struct fit f = fits(&o->cases.v[i], o->hits.v[i], articles, 2);
        if (whole ? !f.of_old || !f.of_new : !o->hits.v[i])
            continue;
        if (best == o->cases.n || (uint64_t)o->hits.v[i] * o->cases.v[best].n >
                                      (uint64_t)o->hits.v[best] * o->cases.v[i].n)
            best = i;
    }
    return best;
}

static int64_t choose(const struct choice *o, int64_t named, uint32_t articles, bool whole)
{
    for (size_t i = 0; i < o->cases.n; i++) {
        const struct keep_case *c = &o->cases.v[i];
        struct fit f = fits(c, o->hits.v[i], articles, 4);
        if (c->id == named && (f.of_old || f.of_new || c->n == 0 || !whole))
            return named;
    }
    size_t best = best_case(o, articles, whole);
    return best < o->cases.n ? o->cases.v[best].id : 0;
}

bool keep_settle(struct keep *k, const struct articles *all, bool whole)
{
    struct choice o = {0};
    int64_t before = k->it.id;
    if (k->store)
        k->store->ops->cases(k->store, take_case, &o);
    count_hits(&o, all);
    k->it = case_of(all);
    k->it.id = choose(&o, before, all->n, whole);
    k->it.not_id = before;
    k->settled = true;
    if (!whole && k->it.id)
        k->it.n = 0; /* what is known of it is more than what came in */
    vec_free(&o.cases);
    vec_free(&o.samples);
    vec_free(&o.hits);
    return k->it.id != before;
}

/* ---- facts ---- */

struct loading {
    void (*each)(void *ctx, const struct fact_change *c, bool written);
    void *ctx;
};

static void hand_on(void *ctx, const struct fact *f)
{
    struct loading *l = ctx;
    l->each(l->ctx, &(struct fact_change){*f, false}, true);
}

enum status keep_load(struct keep *k,
                      void (*each)(void *ctx, const struct fact_change *c, bool written), void *ctx)
{
    struct loading l = {each, ctx};
    int64_t named = 0;
    if (k->store && !k->it.id && k->name.n &&
        k->store->ops->named(k->store, k->name, &named) == OK && named != k->it.not_id)
        k->it.id = named; /* another session made it meanwhile */
    enum status status =
        k->store ? k->store->ops->load(k->store, k->it.id, k->reader, hand_on, &l) : OK;
    for (size_t i = 0; i < k->pending.n; i++)
        each(ctx, &k->pending.v[i], false);
    return status;
}

static bool is_same(const struct fact *a, const struct fact *b)
{
    return a->scope == b->scope && str_eq(a->kind, b->kind) && str_eq(a->name, b->name);
}

void keep_put(struct keep *k, const struct fact_change *c)
{
    struct arena *a = &k->pending_memory;
    struct fact f = {c->fact.scope, arena_str(a, c->fact.kind), arena_str(a, c->fact.name),
                     arena_str(a, c->remove ? STR("") : c->fact.value)};
    /* The place is said over and over while a disk is full: once is enough. */
    if (k->pending.n && is_same(&vec_last(&k->pending)->fact, &f))
        k->pending.n--;
    vec_push(&k->pending, ((struct fact_change){f, c->remove}));
}

static void forget_pending(struct keep *k)
{
    vec_clear(&k->pending);
    arena_finish(&k->pending_memory);
}

bool keep_is_due(const struct keep *k)
{
    return k->pending.n > 0;
}

enum status keep_flush(struct keep *k, bool patient)
{
    if (!k->store)
        forget_pending(k);
    if (!k->pending.n || (!k->settled && !k->it.id))
        return OK;
    enum status status = k->store->ops->write(k->store, &k->it, k->name, k->reader, k->pending.v,
                                              k->pending.n, patient);
    if (status == OK)
        forget_pending(k);
    return status;
}

bool keep_changed(struct keep *k)
{
    return k->store && k->store->ops->changed(k->store);
}

const char *keep_why(const struct keep *k)
{
    return k->store ? k->store->ops->why(k->store) : NULL;
}
