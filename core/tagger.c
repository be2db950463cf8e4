/* The model, and the best sequence of labels under it.
 *
 * The packed form that is compiled in holds, for each feature kept, only the weights that are
 * not zero; it is unpacked once into rows of small integers, in order of their keys.  What is
 * asked of it is mostly "do you know this feature?", and mostly it does not, so that question is
 * made cheap: one bucket of 32 bytes holds the keys of some four rows, compared all at once, and
 * before that a bit in 64 KB, which stay in the nearest cache, says no to most of the unknown.
 * (Open addressing with 32-bit slots was tried: its branches, which nobody can predict, took a
 * third of all time.)
 *
 * Most of that need not be asked at all, as the words around names are always the same: "said"
 * behind a capital adds to its scores what it added the last time.  Features come in groups that
 * look at one word, and a table remembers what each group came to (tried: groups of two words,
 * which come again too seldom and push the others out).
 *
 * Labels follow the begin, inside, last, unit scheme, so most pairs of labels cannot stand beside
 * each other; such a step costs more than any path can make good, and then all steps are alike.
 * Only the scores of paths are kept on the way on: on the way back, one label a token has to be
 * asked where it came from. */
#include "core/tagger.h"

#include <pthread.h>
#include <stdalign.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

__asm__(".section .rodata\n"
        "tag_packed_begin:\n.incbin \"core/model/names.weights\"\ntag_packed_end:\n"
        ".byte 0\n.previous\n");
extern const char tag_packed_begin[], tag_packed_end[];

/* Loops over vectors are unrolled by pragma, so that sums stay in registers. */
enum { VECTORS = TAG_LANES / 8 };

/* Paths are kept between NEVER and 0; a forbidden step is worse than all that scores can make
 * good. */
enum { NEVER = -2 * TAG_SCORE_MAX, FORBIDDEN = -5 * TAG_SCORE_MAX };

/* One cache line. */
struct row {
    alignas(64) int8_t weight[TAG_READINGS][TAG_LANES];
};

enum { BUCKET_ROWS = 14 };

/* The rows whose keys begin alike stand together; the checks are the rest of their keys, plus 1. */
struct bucket {
    alignas(32) uint16_t check[BUCKET_ROWS];
    uint32_t first; /* row */
};

struct tag_model {
    struct row *rows; /* row 0 is all zeros */
    struct bucket *buckets;
    uint32_t *known;  /* one a bucket, a bit for each thirty-second of its keys: is there one? */
    uint32_t n_rows;
    unsigned bucket_bits;
    struct tag_scores step[TAG_READINGS][TAG_LABELS]; /* [from]: to each label */
    struct tag_scores back[TAG_READINGS][TAG_LABELS]; /* [to]: from each label */
};

/* ---- unpacking ---- */

struct packed {
    const unsigned char *p, *end;
    bool bad;
};

static uint32_t take(struct packed *in, unsigned bytes)
{
    if ((size_t)(in->end - in->p) < bytes)
        return in->bad = true, 0;
    uint32_t v = 0;
    for (unsigned i = 0; i < bytes; i++)
        v |= (uint32_t)*in->p++ << 8 * i;
    return v;
}

static uint32_t take_varint(struct packed *in)
{
    uint32_t v = 0;
    for (unsigned shift = 0; shift < 28; shift += 7) {
        uint32_t b = take(in, 1);
        v |= (b & 127) << shift;
        if (!(b & 128))
            return v;
    }
    return in->bad = true, 0;
}

static inline uint32_t known_bit(const struct tag_model *m, uint32_t key)
{
    return 1u << (key >> (TAG_KEY_BITS - m->bucket_bits - 5) & 31);
}

/* Keys come in rising order.  A full bucket, which is one in some ten thousand, drops the rest. */
static void add_key(struct tag_model *m, uint32_t key, uint32_t row)
{
    unsigned shift = TAG_KEY_BITS - m->bucket_bits, n = 0;
    struct bucket *b = &m->buckets[key >> shift];
    while (n < BUCKET_ROWS && b->check[n])
        n++;
    if (n == 0)
        b->first = row;
    if (n < BUCKET_ROWS)
        b->check[n] = (uint16_t)((key & ((1u << shift) - 1)) + 1);
    m->known[key >> shift] |= known_bit(m, key);
}

static bool unpack_rows(struct tag_model *m, struct packed *in)
{
    uint32_t key = 0;
    for (uint32_t row = 1; row <= m->n_rows && !in->bad; row++) {
        key += take_varint(in);
        if (key >> TAG_KEY_BITS)
            return false;
        for (int r = 0; r < TAG_READINGS; r++) {
            uint32_t some = take(in, 3);
            for (unsigned l = 0; l < TAG_LABELS; l++)
                if (some >> l & 1)
                    m->rows[row].weight[r][l] = (int8_t)take(in, 1);
        }
        add_key(m, key, row);
    }
    return !in->bad && in->p == in->end;
}

/* Does label `to` carry on what `from` left open, and only then? */
static bool may_follow(unsigned from, unsigned to)
{
    bool open = from && label_part(from) <= PART_INSIDE;
    bool goes_on = to && (label_part(to) == PART_INSIDE || label_part(to) == PART_LAST);
    return open ? goes_on && label_kind(from) == label_kind(to) : !goes_on;
}

static void take_steps(struct tag_model *m, struct packed *in)
{
    for (size_t r = 0; r < TAG_READINGS; r++)
        for (unsigned from = 0; from < TAG_LABELS; from++)
            for (int k = 0; k < VECTORS; k++)
                m->step[r][from].v[k] = m->back[r][from].v[k] = (tag_lanes){0} + FORBIDDEN;
    for (size_t r = 0; r < TAG_READINGS; r++)
        for (unsigned from = 0; from < TAG_LABELS; from++)
            for (unsigned to = 0; to < TAG_LABELS; to++) {
                int16_t s = (int16_t)take(in, 2);
                if (!may_follow(from, to))
                    continue;
                m->step[r][from].v[to / 8][to % 8] = s;
                m->back[r][to].v[from / 8][from % 8] = s;
            }
}

struct tag_model *tag_model_unpack(struct str packed)
{
    struct packed in = {(const unsigned char *)packed.p, (const unsigned char *)packed.p + packed.n,
                        false};
    if (take(&in, 4) != 0x314d5444) /* "DTM1" */
        return NULL;
    uint32_t n = take(&in, 4);
    if (in.bad || n >= 1u << 20 || n > packed.n)
        return NULL;
    struct tag_model *m = mem_alloc(sizeof(*m));
    *m = (struct tag_model){.n_rows = n, .bucket_bits = 10};
    while (4u << m->bucket_bits < n)
        m->bucket_bits++;
    m->rows = mem_aligned(alignof(struct row), (n + 1) * sizeof(*m->rows));
    m->buckets = mem_aligned(alignof(struct bucket), sizeof(*m->buckets) << m->bucket_bits);
    m->known = mem_zalloc(sizeof(*m->known) << m->bucket_bits);
    memset(m->rows, 0, (n + 1) * sizeof(*m->rows));
    memset(m->buckets, 0, sizeof(*m->buckets) << m->bucket_bits);
    take_steps(m, &in);
    if (unpack_rows(m, &in))
        return m;
    tag_model_free(m);
    return NULL;
}

void tag_model_free(struct tag_model *m)
{
    if (!m)
        return;
    free(m->rows);
    free(m->buckets);
    free(m->known);
    free(m);
}

static struct tag_model *builtin;
static pthread_once_t builtin_once = PTHREAD_ONCE_INIT;

static void make_builtin(void)
{
    builtin =
        tag_model_unpack(str_from(tag_packed_begin, (size_t)(tag_packed_end - tag_packed_begin)));
}

const struct tag_model *tag_model_builtin(void)
{
    pthread_once(&builtin_once, make_builtin);
    return builtin;
}

/* ---- scores ---- */

/* The row of a key; row 0, all zeros, when there is none.  No branches: half of the features asked
 * about are not there, in no order that a processor could guess. */
static inline uint32_t row_of(const struct tag_model *m, uint32_t key)
{
    unsigned shift = TAG_KEY_BITS - m->bucket_bits;
    const struct bucket *b = &m->buckets[key >> shift];
    uint16_t check = (uint16_t)((key & ((1u << shift) - 1)) + 1);
#ifdef __SSE2__
    __m128i want = _mm_set1_epi16((short)check);
    __m128i low = _mm_cmpeq_epi16(want, _mm_load_si128((const __m128i *)b->check));
    __m128i high = _mm_cmpeq_epi16(want, _mm_load_si128((const __m128i *)b->check + 1));
    unsigned hits =
        (unsigned)_mm_movemask_epi8(_mm_packs_epi16(low, high)) & ((1u << BUCKET_ROWS) - 1);
#else
    unsigned hits = 0;
    for (int i = 0; i < BUCKET_ROWS; i++)
        hits |= (unsigned)(b->check[i] == check) << i;
#endif
    uint32_t row = b->first + (uint32_t)__builtin_ctz(hits | 1u << BUCKET_ROWS);
    return hits ? row : 0;
}

/* Leaves out most of the features that have no row; how many are left. */
static size_t keep_known(const struct tag_model *m, uint32_t *features, size_t n)
{
    unsigned shift = TAG_KEY_BITS - m->bucket_bits;
    size_t kept = 0;
    for (size_t k = 0; k < n; k++) {
        uint32_t key = tag_key(features[k]);
        features[kept] = features[k];
        kept += (m->known[key >> shift] & known_bit(m, key)) != 0;
    }
    return kept;
}

/* Buckets are asked for ahead, and then rows, because each may be anywhere: waiting for them one
 * after another would be most of the work. */
static void prefetch_buckets(const struct tag_model *m, const uint32_t *features, size_t n)
{
    unsigned shift = TAG_KEY_BITS - m->bucket_bits;
    for (size_t k = 0; k < n; k++)
        __builtin_prefetch(&m->buckets[tag_key(features[k]) >> shift]);
}

/* Turns n features into the rows that know them, and says how many rows those are. */
static size_t rows_of(const struct tag_model *m, const uint32_t *features, size_t n,
                      const struct row **rows)
{
    size_t found = 0;
    for (size_t k = 0; k < n; k++) {
        uint32_t row = row_of(m, tag_key(features[k]));
        rows[found] = &m->rows[row];
        __builtin_prefetch(rows[found]);
        found += row != 0;
    }
    return found;
}

static inline tag_lanes most(tag_lanes a, tag_lanes b)
{
#ifdef __SSE2__
    return (tag_lanes)_mm_max_epi16((__m128i)a, (__m128i)b);
#else
    tag_lanes more = a > b;
    return (more & a) | (~more & b);
#endif
}

static inline tag_lanes least(tag_lanes a, tag_lanes b)
{
    return -most(-a, -b);
}

static void clamp(struct tag_scores *s)
{
    const tag_lanes top = (tag_lanes){0} + TAG_SCORE_MAX;
#pragma GCC unroll 3
    for (int k = 0; k < VECTORS; k++)
        s->v[k] = most(least(s->v[k], top), -top);
}

/* ---- groups of features, remembered ---- */

/* One place for each key and no search: what is not there is made again.  Two cache lines. */
struct remembered {
    alignas(64) uint64_t key; /* 0: none */
    struct tag_scores score[TAG_READINGS];
};

enum { SURE = 250 }; /* about the sum of the greatest steps there and back */
enum { MEMO_BITS = 14 }; /* 2 MB; one of half the size misses a fifth more often */

struct tag_memo {
    const struct tag_model *model;
    struct remembered at[1u << MEMO_BITS];
};

struct tag_memo *tag_memo_open(const struct tag_model *m)
{
    struct tag_memo *memo = mem_aligned(alignof(struct tag_memo), sizeof(*memo));
    memset(memo, 0, sizeof(*memo));
    memo->model = m;
    return memo;
}

void tag_memo_close(struct tag_memo *memo)
{
    free(memo);
}

static inline struct remembered *place_of(struct tag_memo *memo, uint64_t key)
{
    return &memo->at[key >> (64 - MEMO_BITS)];
}

static inline void prefetch_place(struct tag_memo *memo, uint64_t key)
{
    const char *at = (const char *)place_of(memo, key);
    __builtin_prefetch(at);
    __builtin_prefetch(at + 64);
}

/* The rows of those groups of a token that have to be made: group k has rows[end[k -
 * 1]..end[k]). */
struct made {
    const struct row *rows[TAG_TOKEN_FEATURES];
    size_t end[TAG_GROUPS];
};

static void make_rows(struct tag_memo *memo, const struct tag_groups *g, struct made *out)
{
    uint32_t features[TAG_TOKEN_FEATURES];
    size_t n = 0, found = 0, ends[TAG_GROUPS];
    for (size_t k = 0; k < g->n; k++) {
        if (!g->key[k] || place_of(memo, g->key[k])->key != g->key[k])
            n += keep_known(memo->model, features + n, tag_group_features(g, k, features + n));
        ends[k] = n;
    }
    prefetch_buckets(memo->model, features, n);
    for (size_t k = 0, i = 0; k < g->n; k++) {
        found += rows_of(memo->model, features + i, ends[k] - i, out->rows + found);
        out->end[k] = found;
        i = ends[k];
    }
}

/* Sixteen weights at a time: a byte beside itself, shifted down by eight, is that byte as a
 * lane. */
static void add_rows(struct tag_scores to[TAG_READINGS], const struct row *const *rows, size_t n)
{
    typedef int8_t bytes __attribute__((vector_size(16)));
    enum { HALVES = TAG_READINGS * TAG_LANES / 16 };
    tag_lanes s[2 * HALVES];
    memcpy(s, to, sizeof(s));
    for (size_t i = 0; i < n; i++) {
        const bytes *b = (const bytes *)rows[i]->weight;
#pragma GCC unroll 3
        for (int k = 0; k < HALVES; k++) {
            s[2 * k] += (tag_lanes)__builtin_shufflevector(b[k], b[k], 0, 0, 1, 1, 2, 2, 3, 3, 4, 4,
                                                           5, 5, 6, 6, 7, 7) >>
                        8;
            s[2 * k + 1] +=
                (tag_lanes)__builtin_shufflevector(b[k], b[k], 8, 8, 9, 9, 10, 10, 11, 11, 12, 12,
                                                   13, 13, 14, 14, 15, 15) >>
                8;
        }
    }
    memcpy(to, s, sizeof(s));
}

/* What group k adds up to; made when it is not there, from `rows`, or, if another group of the same
 * token has taken its place in the meantime, from its features again. */
static const struct tag_scores *recall(struct tag_memo *memo, const struct tag_groups *g, size_t k,
                                       const struct row *const *rows, size_t n)
{
    struct remembered *at = place_of(memo, g->key[k]);
    if (at->key == g->key[k])
        return at->score;
    uint32_t features[TAG_TOKEN_FEATURES];
    const struct row *again[TAG_TOKEN_FEATURES];
    if (n == 0) {
        n = rows_of(memo->model, features, tag_group_features(g, k, features), again);
        rows = again;
    }
    *at = (struct remembered){.key = g->key[k]};
    add_rows(at->score, rows, n);
    return at->score;
}

static void add_groups(struct tag_memo *memo, const struct tag_groups *g,
                       struct tag_scores s[TAG_READINGS])
{
    struct made made;
    make_rows(memo, g, &made);
    for (size_t k = 0, from = 0; k < g->n; from = made.end[k++]) {
        if (!g->key[k]) {
            add_rows(s, made.rows + from, made.end[k] - from);
            continue;
        }
        const struct tag_scores *sum = recall(memo, g, k, made.rows + from, made.end[k] - from);
        for (int r = 0; r < TAG_READINGS; r++)
#pragma GCC unroll 3
            for (int v = 0; v < VECTORS; v++)
                s[r].v[v] += sum[r].v[v];
    }
}

/* The sums of the first reading are kept for both; the second adds its own. */
static void score_token(struct tag_window *w, struct tag_memo *memo, size_t i,
                        const struct tag_groups *g, int reading)
{
    struct tag_scores s[TAG_READINGS] = {0};
    struct tag_scores *out = &w->scores.v[TAG_READINGS * i];
    if (reading == 1)
        s[1] = out[1];
    add_groups(memo, g, s);
    clamp(&s[reading]);
    if (reading == 0)
        out[0] = s[0];
    out[1] = s[1];
}

/* One token behind, so that what the memo holds of a token is on its way before it is needed. */
static void score_all(struct tag_window *w, struct tag_memo *memo, int reading)
{
    struct tag_groups g[2];
    size_t last = SIZE_MAX;
    unsigned turn = 0;
    for (size_t i = 0; i < w->tokens.n; i++) {
        if (!(w->tokens.v[i].flags & TOKEN_LOOKED))
            continue;
        (reading == 0 ? tag_groups_first : tag_groups_second)(&g[turn], w, i);
        for (size_t k = 0; k < g[turn].n; k++)
            prefetch_place(memo, g[turn].key[k]);
        turn ^= 1;
        if (last != SIZE_MAX)
            score_token(w, memo, last, &g[turn], reading);
        last = i;
    }
    if (last != SIZE_MAX)
        score_token(w, memo, last, &g[turn ^ 1], reading);
}

/* ---- the best path ---- */

/* The best of all lanes. */
static inline int16_t top_of(const struct tag_scores *s)
{
    tag_lanes m = most(most(s->v[0], s->v[1]), s->v[2]);
    m = most(m, __builtin_shufflevector(m, m, 4, 5, 6, 7, 0, 1, 2, 3));
    m = most(m, __builtin_shufflevector(m, m, 2, 3, 0, 1, 6, 7, 4, 5));
    m = most(m, __builtin_shufflevector(m, m, 1, 0, 3, 2, 5, 4, 7, 6));
    return m[0];
}

/* The first lane that holds `value`; one does. */
static inline unsigned lane_of(const struct tag_scores *s, int16_t value)
{
    unsigned l = 0;
#ifdef __SSE2__
    __m128i want = _mm_set1_epi16(value), none = _mm_setzero_si128();
    __m128i a = _mm_cmpeq_epi16((__m128i)s->v[0], want),
            b = _mm_cmpeq_epi16((__m128i)s->v[1], want);
    __m128i c = _mm_cmpeq_epi16((__m128i)s->v[2], want);
    l = (unsigned)_mm_movemask_epi8(_mm_packs_epi16(a, b)) |
        (unsigned)_mm_movemask_epi8(_mm_packs_epi16(c, none)) << 16;
    l = (unsigned)__builtin_ctz(l);
#else
    while (s->v[l / 8][l % 8] != value)
        l++;
#endif
    return l;
}

/* The best way to each label of the next token, `own` its own scores, to be found in `out`; the
 * best of all is brought to zero, so that nothing overflows. */
static void settle(const struct tag_scores *best, const struct tag_scores *own,
                   struct tag_scores *out)
{
    struct tag_scores s;
#pragma GCC unroll 3
    for (int k = 0; k < VECTORS; k++)
        s.v[k] = most(best->v[k], (tag_lanes){0} + FORBIDDEN) + own->v[k];
    int16_t top = top_of(&s);
#pragma GCC unroll 3
    for (int k = 0; k < VECTORS; k++)
        out->v[k] = most(s.v[k] - top, (tag_lanes){0} + NEVER);
}

static void advance(const struct tag_scores *step, const struct tag_scores *before,
                    struct tag_scores *best)
{
    *best = (struct tag_scores){{before->v[0][0] + step[0].v[0], before->v[0][0] + step[0].v[1],
                                 before->v[0][0] + step[0].v[2]}};
    for (unsigned from = 1; from < TAG_LABELS; from++) {
        int16_t s = before->v[from / 8][from % 8];
#pragma GCC unroll 3
        for (int k = 0; k < VECTORS; k++)
            best->v[k] = most(best->v[k], s + step[from].v[k]);
    }
}

/* The label before `label` on the best path, `before` the paths to it. */
static unsigned step_back(const struct tag_scores *back, const struct tag_scores *before,
                          unsigned label)
{
    struct tag_scores s;
#pragma GCC unroll 3
    for (int k = 0; k < VECTORS; k++)
        s.v[k] = before->v[k] + back[label].v[k];
    return lane_of(&s, top_of(&s));
}

/* Before and behind the run all is outside. */
static void label_run(struct tag_window *w, const struct tag_model *m, int reading, size_t from,
                      size_t to)
{
    const struct tag_scores *step = m->step[reading];
    struct tag_scores best = step[0];
    for (size_t i = from; i < to; i++) {
        if (i > from)
            advance(step, &w->path.v[i - 1], &best);
        settle(&best, &w->scores.v[TAG_READINGS * i + (size_t)reading], &w->path.v[i]);
    }
    unsigned label = 0;
    for (size_t i = to; i-- > from;)
        w->labels.v[i] = (uint8_t)(label = step_back(m->back[reading], &w->path.v[i], label));
}

/* A token without a capital that the first reading leaves no doubt about is outside for good, and
 * what is left of its run is shorter.  No path makes good a lead this large. */
static void drop_sure(struct tag_window *w)
{
    for (size_t i = 0; i < w->tokens.n; i++) {
        struct tag_token *t = &w->tokens.v[i];
        if (!(t->flags & TOKEN_LOOKED) || tag_is_capital(t))
            continue;
        struct tag_scores s = w->scores.v[TAG_READINGS * i];
        int16_t out = s.v[0][0];
        s.v[0][0] = INT16_MIN;
        if (out - top_of(&s) >= SURE)
            t->flags &= (uint8_t)~TOKEN_LOOKED;
    }
}

/* Runs of tokens that may be part of a name, on one line. */
static void label_all(struct tag_window *w, const struct tag_model *m, int reading)
{
    const struct tag_token *t = w->tokens.v;
    for (size_t i = 0, e; i < w->tokens.n; i = e) {
        e = i + 1;
        if (!(t[i].flags & TOKEN_LOOKED))
            continue;
        while (e < w->tokens.n && (t[e].flags & TOKEN_LOOKED) && !(t[e].flags & TOKEN_LINE))
            e++;
        label_run(w, m, reading, i, e);
    }
}

static int16_t lead_of(const struct tag_scores *s, unsigned label)
{
    int other = INT32_MIN;
    for (unsigned l = 0; l < TAG_LABELS; l++)
        if (label_kind(l) != label_kind(label) && s->v[l / 8][l % 8] > other)
            other = s->v[l / 8][l % 8];
    return (int16_t)(s->v[label / 8][label % 8] - other);
}

void tag_window_label(struct tag_window *w, struct tag_memo *memo)
{
    size_t n = w->tokens.n;
    vec_clear(&w->lead), vec_clear(&w->scores), vec_clear(&w->path);
    vec_reserve(&w->lead, n), vec_reserve(&w->scores, TAG_READINGS * n), vec_reserve(&w->path, n);
    score_all(w, memo, 0);
    drop_sure(w);
    label_all(w, memo->model, 0);
    tag_window_vote(w);
    score_all(w, memo, 1);
    label_all(w, memo->model, 1);
    for (size_t i = 0; i < n; i++)
        w->lead.v[i] = w->labels.v[i] ? lead_of(&w->scores.v[TAG_READINGS * i + 1], w->labels.v[i])
                                      : TAG_SCORE_MAX;
}
