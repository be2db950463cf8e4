/* The model, and the best sequence of labels under it.
 *
 * The packed form that is compiled in holds, for each feature kept, only the weights that are
 * not zero; it is unpacked once into rows of small integers, in order of their keys.  What is
 * asked of it is mostly "do you know this feature?", and mostly it does not, so that question is
 * made cheap: one bucket of 32 bytes holds the keys of some four rows, compared all at once.
 * (Open addressing with 32-bit slots was tried: its branches, which nobody can predict, took a
 * third of all time.)
 *
 * Labels follow the begin, inside, last, unit scheme, so most pairs of labels cannot stand beside
 * each other: whatever begins comes from one of eleven labels that close, and inside and last
 * come from two each.  The former is done with vectors, the latter one by one. */
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

enum { VECTORS = TAG_LANES / 8, CLOSING = 1 + 2 * (TAG_KINDS - 1) };

struct row {
    int8_t weight[TAG_READINGS][TAG_LANES];
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
    uint32_t n_rows;
    unsigned bucket_bits;
    struct tag_scores step[TAG_READINGS][TAG_LABELS]; /* [from]: to each label */
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

struct tag_model *tag_model_unpack(struct str packed)
{
    struct packed in = {(const unsigned char *)packed.p, (const unsigned char *)packed.p + packed.n, false};
    if (take(&in, 4) != 0x314d5444) /* "DTM1" */
        return NULL;
    uint32_t n = take(&in, 4);
    if (in.bad || n >= 1u << 20 || n > packed.n)
        return NULL;
    struct tag_model *m = mem_alloc(sizeof(*m));
    *m = (struct tag_model){.n_rows = n, .bucket_bits = 10};
    while (4u << m->bucket_bits < n)
        m->bucket_bits++;
    m->rows = mem_alloc((n + 1) * sizeof(*m->rows));
    m->buckets = aligned_alloc(alignof(struct bucket), sizeof(*m->buckets) << m->bucket_bits);
    if (!m->buckets)
        return free(m->rows), free(m), NULL;
    memset(m->rows, 0, (n + 1) * sizeof(*m->rows));
    memset(m->buckets, 0, sizeof(*m->buckets) << m->bucket_bits);
    for (int r = 0; r < TAG_READINGS; r++)
        for (unsigned from = 0; from < TAG_LABELS; from++)
            for (unsigned to = 0; to < TAG_LABELS; to++)
                m->step[r][from].v[to / 8][to % 8] = (int16_t)take(&in, 2);
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
    free(m);
}

static struct tag_model *builtin;
static pthread_once_t builtin_once = PTHREAD_ONCE_INIT;

static void make_builtin(void)
{
    builtin = tag_model_unpack(str_from(tag_packed_begin, (size_t)(tag_packed_end - tag_packed_begin)));
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
    unsigned hits = (unsigned)_mm_movemask_epi8(_mm_packs_epi16(low, high)) & ((1u << BUCKET_ROWS) - 1);
#else
    unsigned hits = 0;
    for (int i = 0; i < BUCKET_ROWS; i++)
        hits |= (unsigned)(b->check[i] == check) << i;
#endif
    uint32_t row = b->first + (uint32_t)__builtin_ctz(hits | 1u << BUCKET_ROWS);
    return hits ? row : 0;
}

/* Turns n features into the rows that know them, and says how many rows those are.  Buckets are
 * asked for ahead and then rows, because each may be anywhere: waiting for them one after another
 * would be most of the work. */
static size_t rows_of(const struct tag_model *m, const uint32_t *features, size_t n, const struct row **rows)
{
    unsigned shift = TAG_KEY_BITS - m->bucket_bits;
    size_t found = 0;
    for (size_t k = 0; k < n; k++)
        __builtin_prefetch(&m->buckets[tag_key(features[k]) >> shift]);
    for (size_t k = 0; k < n; k++) {
        uint32_t row = row_of(m, tag_key(features[k]));
        rows[found] = &m->rows[row];
        __builtin_prefetch(rows[found]);
        found += row != 0;
    }
    return found;
}

static inline void add_weights(struct tag_scores *to, const int8_t *weight)
{
    typedef int8_t bytes __attribute__((vector_size(8)));
    for (int k = 0; k < VECTORS; k++) {
        bytes b;
        memcpy(&b, weight + 8 * k, sizeof(b));
        to->v[k] += __builtin_convertvector(b, tag_lanes);
    }
}

static inline tag_lanes either(tag_lanes condition, tag_lanes yes, tag_lanes no)
{
    return (condition & yes) | (~condition & no);
}

static void clamp(struct tag_scores *s)
{
    const tag_lanes top = (tag_lanes){0} + TAG_SCORE_MAX;
    for (int k = 0; k < VECTORS; k++) {
        s->v[k] = either(s->v[k] > top, top, s->v[k]);
        s->v[k] = either(s->v[k] < -top, -top, s->v[k]);
    }
}

static void score_token(struct tag_window *w, const struct tag_model *m, size_t i)
{
    uint32_t features[TAG_FEATURES];
    const struct row *rows[TAG_FEATURES];
    size_t n = rows_of(m, features, tag_features(w, i, features), rows);
    struct tag_scores s[TAG_READINGS] = {0};
    for (size_t k = 0; k < n; k++)
        for (int r = 0; r < TAG_READINGS; r++)
            add_weights(&s[r], rows[k]->weight[r]);
    clamp(&s[0]);
    memcpy(&w->scores.v[TAG_READINGS * i], s, sizeof(s));
}

static void score_votes(struct tag_window *w, const struct tag_model *m, size_t i)
{
    uint32_t features[TAG_FEATURES];
    const struct row *rows[TAG_FEATURES];
    size_t n = rows_of(m, features, tag_vote_features(w, i, features), rows);
    struct tag_scores s = w->scores.v[TAG_READINGS * i + 1];
    for (size_t k = 0; k < n; k++)
        add_weights(&s, rows[k]->weight[1]);
    clamp(&s);
    w->scores.v[TAG_READINGS * i + 1] = s;
}

/* ---- the best path ---- */

static const uint8_t closing[CLOSING] = {0, 3, 4, 7, 8, 11, 12, 15, 16, 19, 20};

struct path {
    int16_t score[TAG_LANES];
};

/* Best way to each label that begins something, from the labels that close. */
static void step_closed(const struct tag_scores *step, const struct path *p, struct path *out, uint8_t *back)
{
    for (int k = 0; k < VECTORS; k++) {
        tag_lanes best = p->score[0] + step[0].v[k], from = {0};
        for (int c = 1; c < CLOSING; c++) {
            tag_lanes s = p->score[closing[c]] + step[closing[c]].v[k];
            tag_lanes more = s > best;
            best = either(more, s, best);
            from = either(more, (tag_lanes){0} + closing[c], from);
        }
        memcpy(out->score + 8 * k, &best, sizeof(best));
        for (int l = 0; l < 8; l++)
            back[8 * k + l] = (uint8_t)from[l];
    }
}

/* Best way to what is inside or last, from begin and inside of its kind. */
static void step_open(const struct tag_scores *step, const struct path *p, struct path *out, uint8_t *back)
{
    for (unsigned kind = 1; kind < TAG_KINDS; kind++) {
        unsigned b = label_of(kind, PART_BEGIN), in = label_of(kind, PART_INSIDE);
        for (unsigned to = in; to <= in + 1; to++) {
            int sb = p->score[b] + step[b].v[to / 8][to % 8];
            int si = p->score[in] + step[in].v[to / 8][to % 8];
            out->score[to] = (int16_t)(sb >= si ? sb : si);
            back[to] = (uint8_t)(sb >= si ? b : in);
        }
    }
}

/* Adds the token's own scores and brings the best to zero, so that nothing overflows. */
static void settle(struct path *p, const struct tag_scores *own)
{
    int top = INT16_MIN;
    for (unsigned l = 0; l < TAG_LABELS; l++) {
        int s = p->score[l] + own->v[l / 8][l % 8];
        p->score[l] = (int16_t)s;
        top = s > top ? s : top;
    }
    for (unsigned l = 0; l < TAG_LABELS; l++) {
        int s = p->score[l] - top;
        p->score[l] = (int16_t)(s < -2 * TAG_SCORE_MAX ? -2 * TAG_SCORE_MAX : s);
    }
}

static unsigned best_end(const struct tag_scores *step, const struct path *p)
{
    unsigned best = 0;
    int top = INT32_MIN;
    for (int c = 0; c < CLOSING; c++) {
        int s = p->score[closing[c]] + step[closing[c]].v[0][0];
        if (s > top)
            top = s, best = closing[c];
    }
    return best;
}

static void label_run(struct tag_window *w, const struct tag_model *m, int reading, size_t from, size_t to)
{
    struct path p = {0}, next = {0};
    for (unsigned l = 1; l < TAG_LANES; l++)
        p.score[l] = -2 * TAG_SCORE_MAX;
    for (size_t i = from; i < to; i++) {
        uint8_t *back = &w->back.v[TAG_LANES * i];
        step_closed(m->step[reading], &p, &next, back);
        step_open(m->step[reading], &p, &next, back);
        settle(&next, &w->scores.v[TAG_READINGS * i + (size_t)reading]);
        p = next;
    }
    unsigned label = best_end(m->step[reading], &p);
    for (size_t i = to; i-- > from;) {
        w->labels.v[i] = (uint8_t)label;
        label = w->back.v[TAG_LANES * i + label];
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

void tag_window_label(struct tag_window *w, const struct tag_model *m)
{
    size_t n = w->tokens.n;
    vec_clear(&w->lead), vec_clear(&w->scores), vec_clear(&w->back);
    vec_reserve(&w->lead, n), vec_reserve(&w->scores, TAG_READINGS * n), vec_reserve(&w->back, TAG_LANES * n);
    for (size_t i = 0; i < n; i++)
        if (w->tokens.v[i].flags & TOKEN_LOOKED)
            score_token(w, m, i);
    label_all(w, m, 0);
    tag_window_vote(w);
    for (size_t i = 0; i < n; i++)
        if (w->tokens.v[i].flags & TOKEN_LOOKED)
            score_votes(w, m, i);
    label_all(w, m, 1);
    for (size_t i = 0; i < n; i++)
        w->lead.v[i] = w->tokens.v[i].flags & TOKEN_LOOKED
                           ? lead_of(&w->scores.v[TAG_READINGS * i + 1], w->labels.v[i])
                           : TAG_SCORE_MAX;
}
